"""Whether an event is one of politics: somebody of public life takes part, or the article is about such people."""

from collections.abc import Callable

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.report import ACTS, ARMED_MODES, Report
from pipeline.extract.events.tree import CLAUSAL, Tree

PRONOUNS = frozenset({"it", "he", "she", "they", "each", "both", "who"})
MILITARY_MODES = frozenset({"aerial", "drone", "heavy-weapons", "suicide-attack"})
THINGS_UNDERGO = frozenset({"MOBILIZE", "COERCE", "REJECT", "RETREAT", "ASSAULT"})
PRIVATE_LIFE = frozenset({"person", "worker", "people", "victims", "civilian"})
PUBLIC_LIFE = frozenset(
    [
        "armed",
        "troops",
        "military",
        "police",
        "government",
        "leader",
        "official",
        "diplomat",
        "political",
        "protester",
        "religious",
        "prisoner",
        "migrant",
        "observer",
        "inspector",
    ]
)


class Politics:
    """Tells events of politics from private life, crime and the press."""

    def __init__(self, tree: Tree, cast: Cast, actor_of: Callable[[int], str | None]) -> None:
        """`actor_of`: the actor of a phrase, "we" and "I" included."""
        self.tree, self.cast, self.actor_of = tree, cast, actor_of

    def political(self, report: Report) -> bool:
        """Somebody of public life must take part, and for an act of speech be the one who speaks."""
        if self._private_crime(report):
            return False
        if report.actor_id is not None:
            return True
        parties = [*report.actors, *report.recipients]
        if report.event_type == "CONSULT" and any(self.is_kind(x, "media") for x in parties):
            return False  # interviews
        if (
            report.event_type == "PROTEST"
            and len(report.actors) == 1
            and self.is_kind(report.actors[0], "person")
        ):
            return False  # collective dissent; a candidate's rally is none
        if report.event_type == "ASSAULT" and report.event_mode in MILITARY_MODES and report.recipients:
            return True  # "a drone strike on the port": nobody private has the means
        armed = report.event_type == "ASSAULT" and report.event_mode is not None
        if not any(self._public(x) or (armed and self.cast.is_party(x)) for x in parties):
            return False
        if report.event_type in ACTS:
            return True
        if report.event_type == "REJECT" and any(self.cast.actor(x) is not None for x in report.recipients):
            return True
        return any(self.cast.is_party(x) or "voice" in self.tree.classes[x] for x in report.actors)

    def in_politics(self, report: Report) -> bool:
        """What is enough in an article of politics: people without an office, a pronoun, things seized or sent."""
        if report.event_type == "CONSULT" or self._private_crime(report):
            return False
        parties = [*report.actors, *report.recipients]
        if report.event_type == "PROTEST" and not parties:
            return False
        tree, head = self.tree, report.head
        if any(self.cast.is_party(x) or self.cast.actor(x) is not None for x in parties):
            return True
        if tree.pos[head] not in CLAUSAL:
            return False
        if any(tree.words[s] in PRONOUNS for s in tree.surface_subjects(head)):
            return True
        if report.event_type in ("COERCE", "MOBILIZE") and tree.is_passive(head):
            return True
        return report.event_type in THINGS_UNDERGO and bool(parties)

    def _private_crime(self, report: Report) -> bool:
        """One private person attacks others: a crime, whoever reports it."""
        if report.event_type != "ASSAULT" or report.event_mode in ARMED_MODES or len(report.actors) != 1:
            return False
        tree, (actor,) = self.tree, report.actors
        plural = tree.tags[actor] in ("NNS", "NNPS") or tree.pos[actor] == "PRON"
        return not plural and all(self._private(x) for x in (actor, *report.recipients))

    def _private(self, head: int) -> bool:
        """A person known by a private walk of life alone."""
        kinds = self.tree.classes[head]
        if self.cast.actor(head) is not None or self.cast.kind(head) in ("ORG", "NORP", "LOC"):
            return False
        return bool(kinds & PRIVATE_LIFE) and not kinds & PUBLIC_LIFE

    def is_kind(self, head: int, kind: str) -> bool:
        """Whether a party is an actor of a type, or, where it is none, a word for one."""
        entity = self.cast.entities.get(self.cast.actor(head) or "")
        return (
            entity.actor_type == kind if entity is not None else kind in self.tree.classes[head] - {"person"}
        )

    def _public(self, head: int) -> bool:
        """A state, body or group, an office holder, or a word for one; not a private person or a company."""
        entity = self.cast.entities.get(self.actor_of(head) or "")
        if entity is not None:
            if entity.actor_type == "person":
                known = entity.country or entity.sector or entity.role
                return bool(known) or "public" in self.tree.classes[head]
            return entity.actor_type != "company"
        if self.cast.kind(head) in ("ORG", "NORP", "LOC") or self.cast.describes(head):
            return True
        return "public" in self.tree.classes[head]
