"""Where an event happened: the named place that its clause tells."""

from collections.abc import Iterable, Iterator

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.reading import Told
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.rows import Mention

LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "off",
        "inside",
        "outside",
        "around",
        "across",
        "along",
        "within",
        "throughout",
        "over",
    ]
)
"""Prepositions of place."""
TOWARDS = frozenset({"to", "into", "on", "onto", "towards", "toward"})
"""Prepositions of a goal, which is where forces arrive and blows fall."""
MOVING = frozenset({"MOBILIZE", "ASSAULT"})
DEEDS = frozenset(
    ["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "CONSULT", "AID", "RETREAT", "COOPERATE"]
)
"""Types of things done, which happen at a place; acts of speech have one only on their own verb."""
ELSEWHERE = frozenset({"ccomp", "parataxis", "acl:relcl", "conj", "advcl"})
"""Clauses of their own, which a search leaves out."""
REACH = 25
MAX_CLIMB = 3


class Places:
    """Looks for the place of an event among the names around it."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        """Keep what the search reads."""
        self.tree, self.cast = tree, cast

    def place(self, told: Told, acting: frozenset[int]) -> Mention | None:
        """The place of an event; null where its clause names none.

        First what hangs on the event's own words, then a place that is itself attacked, taken or visited, then what
        hangs on the clause that the event belongs to. `acting`: words that name who does it.
        """
        if told.event_type not in DEEDS:
            near = self.tree.kids(told.head, "obl") if self.tree.pos[told.head] in CLAUSAL else []
            return self._best(near, told, acting)
        own = self.tree.subtree(told.head, skip=ELSEWHERE, reach=REACH)
        found = self._best(own, told, acting) or self._undergoing(told)
        i = told.head
        for _ in range(MAX_CLIMB):
            head, label = self.tree.heads[i], self.tree.deps[i]
            if found is not None or head == i or label in ("ccomp", "parataxis", "acl:relcl", "conj"):
                break
            if "reporting" in self.tree.classes[head] and label != "obj":
                break
            i = head
            found = self._best(self._circumstances(i), told, acting)
        return found

    def _circumstances(self, i: int) -> Iterator[int]:
        """What hangs on a verb or noun by a preposition, and what hangs on that."""
        for c in self.tree.kids(i, "obl", "nmod", "obj"):
            yield from self.tree.subtree(c, skip=ELSEWHERE, reach=REACH)

    def _best(self, tokens: Iterable[int], told: Told, acting: frozenset[int]) -> Mention | None:
        """The nearest place behind the event's word, a town before its country; else the nearest before it."""
        found = [
            (m.entity_type == "country", x < told.head, abs(x - told.head), x)
            for x in tokens
            if x not in acting and (m := self._named(x)) is not None and self._located(x, told)
        ]
        return self.cast.mention[min(found)[-1]] if found else None

    def _named(self, x: int) -> Mention | None:
        """The place that a token is the head of."""
        mention = self.cast.mention.get(x)
        if mention is None or mention.mention_kind != "name":
            return None
        return mention if mention.entity_type in ("place", "country") else None

    def _located(self, x: int, told: Told) -> bool:
        """Whether a preposition of place introduces a name, or the noun that it is the name of ("the town of")."""
        tree = self.tree
        case = tree.case(x)
        while case == "of" and tree.classes[tree.heads[x]] & {"place", "territory"}:
            x = tree.heads[x]
            case = tree.case(x)
        if case in LOCATIVE:
            return True
        direct = tree.heads[x] in (told.head, *tree.kids(told.head, "obj"))
        return case in TOWARDS and direct and told.event_type in MOVING

    def _undergoing(self, told: Told) -> Mention | None:
        """A place attacked, taken or visited, or the name of the town that is."""
        tree = self.tree
        if told.event_type not in ("ASSAULT", "COERCE", "CONSULT", "PROTEST"):
            return None
        for r in dict.fromkeys((*told.recipients, *tree.patients(told.head))):
            named = self._named(r)
            if named is None and tree.classes[r] & {"place", "territory"}:
                named = next((m for c in tree.kids(r, "nmod", "appos") if (m := self._named(c))), None)
            if named is not None and named.actor_id is None:
                return named
        return None
