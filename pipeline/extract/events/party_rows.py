"""The parties of an event as rows of `event_actors`: those that words name, and those that the article leaves to be understood."""

from collections.abc import Callable

from pipeline.extract.events.answers import Answers
from pipeline.extract.events.attributes import Attributes
from pipeline.extract.events.cast import Cast
from pipeline.extract.events.enmity import Enmity
from pipeline.extract.events.implied import Implied
from pipeline.extract.events.places import LOCATIVE
from pipeline.extract.events.report import Report
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.rows import Event, EventActor, Mention

RESUMED = {
    "it": frozenset({"country", "government", "igo", "organization", "company", "party"}),
    "they": frozenset({"armed_group", "military", "group"}),
}
"""Which actors a pronoun at the start of a sentence may go back to."""
FIRST_PERSON = frozenset({"we", "i", "us", "our"})


class PartyRows:
    """Makes the rows of an article's parties, in order of the text."""

    def __init__(
        self, parsed: ParsedArticle, tree: Tree, cast: Cast, attributes: Attributes, mentions: list[Mention]
    ) -> None:
        """Start with nothing told."""
        self.parsed, self.tree, self.cast, self.attributes = parsed, tree, cast, attributes
        self.implied = Implied(parsed, tree, cast, mentions)
        self.answers, self.enmity = Answers(tree, cast), Enmity(cast)
        self.voice: str | None = None
        """The actor who spoke last: "we" outside a quotation, and the resolution that it passed."""
        self.last: tuple[int, str] | None = None
        """Paragraph and first actor of the last event."""
        self.aimless: set[str] = set()
        """Attacks that name no one to whom they were done."""

    def rows(self, report: Report, sentence: ParsedSentence, event_id: str) -> list[EventActor]:
        """The parties of a report: each actor once in a role, with its words where it has any."""
        out: list[EventActor] = []
        article = self.parsed.article
        seen: set[tuple[str, str]] = set()

        def add(role: str, span: tuple[int, int] | None, actor_id: str | None) -> None:
            text = article.text[span[0] : span[1]] if span else None
            key = role, actor_id or text or ""
            if key in seen:
                return
            seen.add(key)
            out.append(
                EventActor(
                    event_actor_id=f"{event_id}.{role}{len(out) + 1}",
                    event_id=event_id,
                    doc_id=article.doc_id,
                    published_on=article.published_on,
                    sentence_id=sentence.sentence_id,
                    start=span[0] if span else None,
                    end=span[1] if span else None,
                    text=text,
                    role=role,
                    actor_id=actor_id,
                    basis=self._basis(span),
                )
            )

        acting = {self.actor(head) for head in report.actors}
        answered = self.answers.recipients(report, sentence.paragraph, acting | {report.actor_id})
        if answered:
            report.recipients = []
        for each in answered:
            add("recipient", None, each)
        for role, heads in (("actor", report.actors), ("recipient", report.recipients)):
            acting |= {row.actor_id for row in out if row.role == "actor" and row.actor_id}
            for head in heads:
                actor_id = self.actor(head) or self.implied.government(head, report.event_type)
                if actor_id is None and self.tree.pos[head] == "PRON":
                    continue
                if role == "recipient" and actor_id is not None and actor_id in acting:
                    continue
                locates = report.event_type in ("MOBILIZE", "PROTEST") and self._only_locates(
                    head, report.event_type
                )
                if role == "recipient" and locates:
                    continue
                others = (
                    frozenset(acting)
                    if role == "recipient" or head != report.actors[0]
                    else frozenset[str | None]()
                )
                pair = self.implied.pair(head, others - {actor_id})
                for each in pair:
                    add(role, self._phrase(head), each)
                if not pair:
                    add(role, self._phrase(head), actor_id)
        if report.actor_id is not None:
            add("actor", None, report.actor_id)
        if not any(row.role == "actor" for row in out) and self.tree.pos[report.head] in CLAUSAL:
            for subject in self.tree.agents(report.head):
                if (resumed := self._resumed(subject, sentence)) is not None:
                    add("actor", None, resumed)
        first = next((row.actor_id for row in out if row.role == "actor" and row.actor_id), None)
        self.last = (sentence.paragraph, first) if first else self.last
        for each in [] if report.actors or report.actor_id else self.answers.agents(report):
            add("actor", None, each)
        if report.event_type in ("ASSAULT", "COERCE", "SANCTION"):
            acting |= {report.actor_id}
            told = self.implied.told_before(report.event_type, report.head, acting)
            for actor_id in [] if report.recipients else told:
                add("recipient", None, actor_id)
            self._owners(report, add, acting)
        return out

    def _resumed(self, head: int, sentence: ParsedSentence) -> str | None:
        """The last actor of the paragraph, where a pronoun that nothing resolves opens a sentence."""
        kinds = RESUMED.get(self.tree.words[head], frozenset())
        if self.last is None or self.last[0] != sentence.paragraph or head > sentence.span.start + 1:
            return None
        entity = self.cast.entities.get(self.last[1])
        return self.last[1] if entity is not None and entity.actor_type in kinds else None

    def _owners(
        self,
        report: Report,
        add: Callable[[str, tuple[int, int] | None, str | None], None],
        acting: set[str | None],
    ) -> None:
        """Whose the things are that were struck or taken, and, where that is not told, in which country they stood."""
        if any(self.actor(r) is not None or self.cast.is_party(r) for r in report.recipients):
            return
        things = report.recipients or [
            x for x in self.tree.patients(report.head) if self.tree.pos[report.head] == "VERB"
        ]
        owners = [(c, self.actor(c)) for r in things for c in self.implied.owners(r)]
        if not owners and report.event_type in (
            "SANCTION",
            "COERCE",
        ):  # "shut its airspace to Russian airlines"
            beside = [x for r in (report.head, *things) for x in self.tree.kids(r, "obl", "nmod")]
            users = [x for x in beside if self.tree.case(x) in ("to", "against", "for", "from")]
            owners = [
                (c, self.actor(c)) for x in users for c in (x, *self.implied.owners(x)) if self.actor(c)
            ]
        if not owners and report.event_type == "ASSAULT":
            owners += [site for x in (report.head, *things) for site in self.implied.sites(x)][:1]
        for head, actor_id in owners:
            if actor_id not in acting:
                add("recipient", self._phrase(head), actor_id)

    def _only_locates(self, head: int, event_type: str) -> bool:
        """A sea, a mountain, an area: forces are sent there, not against it; any place where people march."""
        if event_type == "PROTEST":
            place = self.cast.kind(head) == "LOC" and self.cast.actor(head) is None
            return place and self.tree.case(head) in (*LOCATIVE, "of", "through")
        mention = self.cast.mention.get(head)
        if mention is not None:
            return mention.actor_id is None and mention.entity_type == "place" and mention.country is None
        return "place" in self.tree.classes[head] and not self.cast.describes(head)

    def _basis(self, span: tuple[int, int] | None) -> str:
        """How the text tells of a party that stands at these characters, or nowhere."""
        token = self.parsed.token_at(span[0]) if span else None
        if token is None:
            return "understood"
        return "pronoun" if token.pos_ == "PRON" else "named"

    def _phrase(self, head: int) -> tuple[int, int]:
        first, last = self.cast.phrase(head)
        return self.parsed.offsets(self.parsed.doc[first : last + 1])

    def actor(self, head: int) -> str | None:
        """The actor of a phrase; "we" and "I" are who speaks."""
        found = self.cast.actor(head)
        if found is None and self.tree.words[head] in FIRST_PERSON:
            return self.attributes.source_id(self.parsed.starts[head]) or self.voice
        if found is None and "voice" in self.tree.classes[head]:
            return self.voice
        return found

    def remember(self, report: Report, sentence: ParsedSentence, rows: list[EventActor]) -> None:
        """Keep who did what to whom, for what later reports leave to be understood."""
        self.implied.note(report.event_type, report.head, rows)
        by, to = (
            [r.actor_id for r in rows if r.role == role and r.actor_id] for role in ("actor", "recipient")
        )
        self.answers.note(report, sentence.paragraph, by, to)
        if report.event_type == "ASSAULT" and report.status != "negated":
            self.enmity.note(by, to)
        if by and not to and self._at_things(report):
            self.aimless.add(rows[0].event_id)

    def _at_things(self, report: Report) -> bool:
        """Force used or threatened against a place or thing, or against nobody that the text names."""
        heads = report.recipients
        if any(self.cast.is_party(r) and self.cast.kind(r) != "LOC" for r in heads):
            return False
        if report.event_type == "COERCE":
            ground = ("territory", "building", "base", "ground")
            return bool(heads) and all(
                self.cast.kind(r) == "LOC" or self.tree.classes[r].intersection(ground) for r in heads
            )
        violent = report.event_type == "THREATEN" and report.event_mode == "violence"
        return report.event_type == "ASSAULT" or violent

    def enemies(self, events: list[Event], event_actors: list[EventActor]) -> None:
        """Whoever an attack on a place or thing was aimed at, where the article tells of one enemy."""
        rows: dict[str, list[EventActor]] = {}
        for row in event_actors:
            rows.setdefault(row.event_id, []).append(row)
        for event in events:
            parties = rows.get(event.event_id, [])
            by = [r.actor_id for r in parties if r.role == "actor" and r.actor_id]
            enemy = self.enmity.enemy(by[0]) if by and event.event_id in self.aimless else None
            if enemy is None or enemy in by:
                continue
            row = self._party(event, len(parties) + 1, enemy)
            entity = self.cast.entities[enemy]
            event_actors.append(row)
            event.recipient_names = " | ".join(filter(None, (event.recipient_names, entity.name)))
            countries = (event.recipient_countries or "").split(" | ")
            if entity.country and entity.country not in countries:
                event.recipient_countries = " | ".join(
                    filter(None, (event.recipient_countries, entity.country))
                )
        order = {e.event_id: n for n, e in enumerate(events)}
        event_actors.sort(key=lambda r: order[r.event_id])

    def _party(self, event: Event, number: int, actor_id: str) -> EventActor:
        """A recipient that no word names."""
        return EventActor(
            event_actor_id=f"{event.event_id}.recipient{number}",
            event_id=event.event_id,
            doc_id=event.doc_id,
            published_on=event.published_on,
            sentence_id=event.sentence_id,
            start=None,
            end=None,
            text=None,
            role="recipient",
            actor_id=actor_id,
            basis="understood",
        )

    def names(self, rows: list[EventActor], role: str) -> str | None:
        """The names of those who have a role, joined by " | "; an unnamed party's own words."""
        names = []
        for row in rows:
            if row.role == role:
                entity = self.cast.entities.get(row.actor_id) if row.actor_id else None
                names.append(entity.name if entity else row.text or "")
        return " | ".join(dict.fromkeys(n for n in names if n)) or None

    def countries(self, heads: list[int], rows: list[EventActor], role: str) -> str | None:
        """The ISO codes of those who have a role, joined by " | "."""
        found = [self.cast.country(h) for h in heads]
        entities = [self.cast.entities.get(r.actor_id or "") for r in rows if r.role == role]
        found += [entity.country for entity in entities if entity is not None]
        return " | ".join(dict.fromkeys(c for c in found if c)) or None
