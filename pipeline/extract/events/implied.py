"""Parties that a phrase implies: the two of "both leaders", whose a thing struck is, the country where it stands."""

import bisect

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import capitals
from pipeline.extract.events.places import LOCATIVE
from pipeline.extract.events.tree import Tree
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import EventActor, Mention

COUNTRIES = frozenset({"country", "government"})
ALL_SIDES = COUNTRIES | {"armed_group", "military"}
PAIRS = {
    "leader": frozenset({"person"}), "minister": frozenset({"person"}), "president": frozenset({"person"}),
    "man": frozenset({"person"}), "woman": frozenset({"person"}), "official": frozenset({"person"}),
    "country": COUNTRIES, "nation": COUNTRIES, "state": COUNTRIES, "government": COUNTRIES, "neighbour": COUNTRIES,
    "neighbor": COUNTRIES, "capital": COUNTRIES, "side": ALL_SIDES, "army": ALL_SIDES, "military": ALL_SIDES, "force": ALL_SIDES, "rival": ALL_SIDES,
    "party": ALL_SIDES, "ally": COUNTRIES, "delegation": COUNTRIES, "power": COUNTRIES, "enemy": ALL_SIDES,
    "ambassador": frozenset({"person"}), "envoy": frozenset({"person"}), "politician": frozenset({"person"}),
    "diplomat": frozenset({"person"}), "general": frozenset({"person"}), "premier": frozenset({"person"}),
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
OPPOSITES = frozenset({"neighbour", "neighbor"})
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

    def pair(self, head: int, acting: frozenset[str | None] = frozenset()) -> list[str]:
        """The two that a plural stands for: "the leaders of Chad and Niger", "the two leaders", "both countries' envoys".

        These are the two of whom the noun itself tells, else the last two named before it who are not `acting`.
        """
        tree = self.tree
        if tree.tags[head] in ("NNS", "NNPS"):
            told = self._told_of(head)
            owner = next((c for c in tree.kids(head, "nmod:poss", "compound") if tree.tags[c] == "NNS"), None)
            if len(told) > 1 or owner is not None:
                return told if len(told) > 1 else self.pair(owner, acting) if owner is not None else []
        if tree.lemmas[head] in OPPOSITES and tree.kids(head, "nmod:poss"):
            return self._opposite(head, acting)
        kinds = PAIRS.get(tree.lemmas[head])
        words = {tree.words[c] for c in tree.kids(head, "det", "det:predet", "nummod", "amod")}
        if kinds is None or not ("both" in words or ("two" in words and words & {"the", "these", "those"})):
            return []
        last = self._last_two(head, kinds, acting)
        here = self.parsed.sentence_at(self.parsed.starts[head])
        if len(last) == 2 and here is not None and last[0].start >= here.start:
            return [m.actor_id or "" for m in last]
        return self._joined(head, kinds, acting) or [m.actor_id or "" for m in last if len(last) == 2]

    def _last_two(self, head: int, kinds: frozenset[str], acting: frozenset[str | None]) -> list[Mention]:
        """The last two mentions of different actors of a kind, in order of the text."""
        out: list[Mention] = []
        people = [
            e
            for a in acting
            if (e := self.cast.entities.get(a or "")) is not None and e.actor_type == "person"
        ]
        home = {e.country for e in people if e.country and e.role and "country" in kinds}
        last = bisect.bisect_left(self.starts, self.parsed.starts[head]) - 1
        for n in range(last, max(-1, last - LOOK_BACK), -1):
            mention = self.mentions[n]
            actor = mention.actor_id or ""
            entity = self.cast.entities.get(actor)
            if entity is None or entity.actor_type not in kinds or actor in acting or entity.country in home:
                continue
            if entity.actor_type == "person" and not (entity.sector or entity.role):
                continue
            if any(m.actor_id == actor for m in out) or self._within(n, acting):
                continue
            states = "country" in kinds and "armed_group" not in kinds
            if states and any(self._country(m.actor_id or "") == entity.country for m in out):
                continue
            out.append(mention)
            if len(out) == 2:
                break
        return out[::-1]

    def _within(self, n: int, acting: frozenset[str | None]) -> bool:
        """Whether a mention is part of the name or title of someone who acts ("US envoy Ana Ruiz")."""
        inner = self.mentions[n]
        around = self.mentions[max(0, n - 3) : n + 3]
        return any(m is not inner and m.actor_id in acting and m.start <= inner.start < m.end for m in around)

    def _joined(self, head: int, kinds: frozenset[str], acting: frozenset[str | None]) -> list[str]:
        """The last two of a kind that the text joins by "and": "Chad and Niger"."""
        last = bisect.bisect_left(self.starts, self.parsed.starts[head]) - 1
        text = self.parsed.article.text
        for n in range(last, max(0, last - LOOK_BACK), -1):
            a, b = self.mentions[n - 1], self.mentions[n]
            between = text[a.end : b.start].split()
            two = [x.actor_id or "" for x in (a, b)]
            listed = n > 1 and text[self.mentions[n - 2].end : a.start].strip() == ","
            fit = not listed and all(
                x in self.cast.entities and self.cast.entities[x].actor_type in kinds for x in two
            )
            if fit and two[0] != two[1] and not set(two) & acting and between in (["and"], ["and", "the"]):
                return two
        return []

    def _opposite(self, head: int, acting: frozenset[str | None]) -> list[str]:
        """ "Its neighbour": the last other state named before."""
        last = bisect.bisect_left(self.starts, self.parsed.starts[head]) - 1
        home = {self._country(a) for a in acting if a in self.cast.entities}
        for n in range(last, max(-1, last - LOOK_BACK), -1):
            actor = self.mentions[n].actor_id or ""
            entity = self.cast.entities.get(actor)
            if entity is not None and entity.actor_type == "country" and entity.country not in home:
                return [actor]
        return []

    def _told_of(self, head: int) -> list[str]:
        """The states whose leaders, ministers or armies a plural names."""
        tree, kinds = self.tree, self.tree.classes[head]
        if not kinds & {"leader", "military", "government", "diplomat", "official"}:
            return []
        found = [x for c in tree.kids(head, "nmod", "nmod:poss", "amod") for x in tree.coordinated(c)]
        actors = [self.cast.actor(x) for x in found if tree.case(x) in ("of", "from", "")]
        states = [a for a in actors if a is not None and self.cast.entities[a].actor_type in COUNTRIES]
        return list(dict.fromkeys(states))

    def _country(self, actor: str) -> str | None:
        return self.cast.entities[actor].country

    def government(self, head: int, event_type: str) -> str | None:
        """The country whose capital a name is, where states speak to each other ("cooperation with Quito")."""
        mention = self.cast.mention.get(head)
        if event_type not in BETWEEN_STATES or mention is None or mention.entity_type != "place":
            return None
        if self.tree.case(head) in LOCATIVE and event_type != "CONSULT":
            return None
        if (mention.text, mention.country) not in capitals():
            return None
        return self.countries.get(mention.country or "")

    def owners(self, thing: int) -> list[int]:
        """Names that say whose a thing is ("Iraqi bridges"); none for people, who are a party themselves."""
        if self.cast.actor(thing) is not None or "party" in self.tree.classes[thing]:
            return []
        found = [c for c in self.cast.describes(thing) if self.cast.actor(c) is not None]
        inner = [c for c in self.tree.kids(thing, "nmod") if self.tree.case(c) in ("of", "from")]
        named = [c for c in inner if self.cast.actor(c) is not None]
        return (
            found
            or named
            or [x for c in inner for x in self.cast.describes(c) if self.cast.actor(x) is not None]
        )

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
