"""Parties that a phrase implies: the two of "both leaders", whose a thing struck is, the country where it stands."""

import bisect

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import capitals
from pipeline.extract.events.places import LOCATIVE
from pipeline.extract.events.tree import Tree
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import EventActor, Mention

COUNTRIES = frozenset({"country", "government"})
PAIRS = {
    "leader": frozenset({"person"}), "minister": frozenset({"person"}), "president": frozenset({"person"}),
    "man": frozenset({"person"}), "woman": frozenset({"person"}), "official": frozenset({"person"}),
    "country": COUNTRIES, "nation": COUNTRIES, "state": COUNTRIES, "government": COUNTRIES, "neighbour": COUNTRIES,
    "neighbor": COUNTRIES, "capital": COUNTRIES, "side": COUNTRIES | {"armed_group", "military"},
}  # fmt: skip
"""Which actors a noun of two stands for."""
BETWEEN_STATES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "SANCTION",
    ]
)
LOOK_BACK = 40
MAX_CLIMB = 4
INSIDE = frozenset({"in", "inside", "within", "across"})


class Implied:
    """Looks for parties that the text leaves to be understood."""

    def __init__(self, parsed: ParsedArticle, tree: Tree, cast: Cast, mentions: list[Mention]) -> None:
        """Sort the mentions of actors."""
        self.parsed, self.tree, self.cast = parsed, tree, cast
        self.mentions = sorted((m for m in mentions if m.actor_id), key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]
        self.suffered: dict[tuple[str, str], tuple[frozenset[str], list[str]]] = {}
        """Actors and recipients of the last event of a type told by a word."""
        self.countries = {
            e.country: e.entity_id for e in cast.entities.values() if e.actor_type == "country" and e.country
        }

    def note(self, event_type: str, head: int, rows: list[EventActor]) -> None:
        """Remember to whom an event was done."""
        by, to = (
            [r.actor_id for r in rows if r.role == role and r.actor_id] for role in ("actor", "recipient")
        )
        if to:
            self.suffered[event_type, self.tree.lemmas[head]] = frozenset(by), to

    def told_before(self, event_type: str, head: int, acting: set[str | None]) -> list[str]:
        """Those whom "the strike" hit, where an earlier strike by the same actor says so."""
        tree = self.tree
        if tree.pos[head] != "NOUN" or not any(tree.words[c] == "the" for c in tree.kids(head, "det")):
            return []
        by, to = self.suffered.get((event_type, tree.lemmas[head]), (frozenset(), []))
        return [a for a in to if a not in acting] if by & acting else []

    def pair(self, head: int) -> list[str]:
        """The last two actors named before "the two leaders" or "both countries"; none where there are no two."""
        tree = self.tree
        kinds = PAIRS.get(tree.lemmas[head])
        words = {tree.words[c] for c in tree.kids(head, "det", "det:predet", "nummod", "amod")}
        if kinds is None or not ("both" in words or ("two" in words and words & {"the", "these", "those"})):
            return []
        out: list[str] = []
        last = bisect.bisect_left(self.starts, self.parsed.starts[head]) - 1
        for n in range(last, max(-1, last - LOOK_BACK), -1):
            actor = self.mentions[n].actor_id or ""
            entity = self.cast.entities.get(actor)
            if entity is None or entity.actor_type not in kinds or actor in out:
                continue
            if entity.actor_type == "person" and not (entity.sector or entity.role):
                continue
            if kinds is COUNTRIES and any(self._country(a) == entity.country for a in out):
                continue
            out.append(actor)
            if len(out) == 2:
                return out[::-1]
        return []

    def _country(self, actor: str) -> str | None:
        return self.cast.entities[actor].country

    def government(self, head: int, event_type: str) -> str | None:
        """The country whose capital a name is, where states speak to each other ("cooperation with Quito")."""
        mention = self.cast.mention.get(head)
        if event_type not in BETWEEN_STATES or mention is None or mention.entity_type != "place":
            return None
        if self.tree.case(head) in LOCATIVE or capitals().get(mention.text) != mention.country:
            return None
        return self.countries.get(mention.country or "")

    def owners(self, thing: int) -> list[int]:
        """Names that say whose a thing is ("Iraqi bridges"); none for people, who are a party themselves."""
        if self.cast.actor(thing) is not None or "party" in self.tree.classes[thing]:
            return []
        return [c for c in self.cast.describes(thing) if self.cast.actor(c) is not None]

    def sites(self, event: int) -> list[tuple[int, str]]:
        """The country inside which an attack was made: its name and its actor."""
        tree = self.tree
        for _ in range(MAX_CLIMB):
            for c in tree.kids(event, "nmod", "obl"):
                mention = self.cast.mention.get(c)
                if mention is None or tree.case(c) not in INSIDE or mention.entity_type != "country":
                    continue
                actor = mention.actor_id or self.countries.get(mention.country or "")
                if actor is not None:
                    return [(c, actor)]
            head = tree.heads[event]
            if tree.deps[event] not in ("nmod", "conj", "appos", "obj") or head == event:
                return []
            if tree.deps[event] == "nmod" and tree.case(event) != "including":
                return []
            event = head
        return []
