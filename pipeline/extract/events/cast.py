"""Who the words refer to: from the head of a noun phrase to an actor of the article, or to the phrase itself."""

from pipeline.extract.events.tree import MAX_CLIMB, Tree
from pipeline.extract.mentions.index import mentions_by_token
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention

KINDS = {"person": "PERSON", "place": "LOC", "country": "LOC", "group": "NORP"}
NAMED = frozenset({"PERSON", "ORG", "LOC", "NORP"})
FORCES = frozenset({"armed", "military", "government", "police"})
GROUPS = frozenset({"armed_group", "organization", "military", "party"})
MEMBERS = frozenset({"member", "operative", "faction", "wing", "arm", "branch"})
"""Those who act for the group that they are of."""
LEADING = frozenset({"DET", "PUNCT", "ADP", "CCONJ", "ADV", "SCONJ"})
PERSONAL = frozenset(
    ["he", "she", "they", "we", "i", "him", "her", "them", "us", "me", "themselves", "himself", "herself"]
)


BEFORE = frozenset(
    ["amod", "compound", "nmod:poss", "nummod", "det", "nmod:desc", "flat", "advmod", "nmod", "obl:unmarked"]
)
BEHIND = frozenset({"flat", "nmod:poss", "compound"})
APART = frozenset({"acl:relcl", "acl", "conj", "appos", "punct"})
"""Relations of the words of a noun phrase, and of what stands apart from it."""


class Cast:
    """Looks up actors by token."""

    def __init__(
        self, parsed: ParsedArticle, tree: Tree, mentions: list[Mention], entities: list[Entity]
    ) -> None:
        """Note for each token the longest mention that covers it."""
        self.tree = tree
        self.entities = {e.entity_id: e for e in entities}
        self.mention = mentions_by_token(parsed, mentions)
        self._parties: dict[int, bool] = {}

    def is_party(self, i: int) -> bool:
        """Whether a noun can be a party to a political event: a name, an actor, or a word for people and bodies."""
        if i not in self._parties:
            self._parties[i] = self._is_party(i, 0)
        return self._parties[i]

    def _is_party(self, i: int, depth: int) -> bool:
        tree = self.tree
        if tree.pos[i] == "PRON":
            return tree.words[i] in PERSONAL or self.actor(i) is not None
        if tree.pos[i] not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return False
        if tree.ents[i] in NAMED or "party" in tree.classes[i] or self._own(i) is not None:
            return True
        if any(tree.ents[c] == "PERSON" for c in tree.kids(i, "flat", "appos", "nmod:desc")):
            return True
        if tree.words[i] in ("more", "others") and tree.kids(i, "nummod"):
            return True
        if "quantity" in tree.classes[i] or tree.pos[i] in ("NUM", "ADJ"):
            below = [c for c in tree.kids(i, "nmod") if tree.case(c) in ("of", "from")]
            return depth < MAX_CLIMB and any(self._is_party(c, depth + 1) for c in below)
        return False

    def _own(self, i: int) -> str | None:
        mention = self.mention.get(i)
        return mention.actor_id if mention is not None else None

    def kind(self, i: int) -> str:
        """What a name names: PERSON, ORG, LOC or NORP, by the mentions, else by the names found; "" for no name."""
        mention = self.mention.get(i)
        if mention is not None and mention.mention_kind == "name":
            return KINDS.get(mention.entity_type, "ORG")
        return self.tree.ents[i]

    def in_name(self, i: int) -> bool:
        """Whether a word is part of a name of several words ("Agency for Economic Cooperation")."""
        mention = self.mention.get(i)
        named = self.tree.ents[i] in NAMED
        return named or (mention is not None and mention.mention_kind == "name" and " " in mention.text)

    def actor(self, i: int, depth: int = 0) -> str | None:
        """The actor that a noun phrase with head `i` refers to; null where it names none."""
        own = self._own(i)
        tree = self.tree
        if own is not None and (self.mention[i].mention_kind in ("name", "demonym", "pronoun") or depth):
            return own
        for c in tree.kids(i, "appos", "flat", "nmod:desc"):
            if (tree.pos[c] == "PROPN" or tree.ents[c] == "PERSON") and self._own(c) is not None:
                return self._own(c)
        if own is not None:
            return own
        if "quantity" in tree.classes[i]:
            for c in tree.kids(i, "nmod"):
                if tree.case(c) == "of" and depth < MAX_CLIMB:
                    return self.actor(c, depth + 1)
        bearer = self._bearer(i) if "bearer" in tree.classes[i] else None
        return bearer or self._member_of(i, depth)

    def _bearer(self, i: int) -> str | None:
        """Whose army, cabinet or court it is: "the Turkish army", "Israel's cabinet"."""
        tree = self.tree
        bare = [
            c
            for c in tree.kids(i, "nmod:poss", "amod", "compound", "nmod")
            if tree.deps[c] != "nmod" or tree.case(c) == "of"
        ]
        return next((self._own(c) for c in bare if self._own(c) is not None and not self._is_person(c)), None)

    def _member_of(self, i: int, depth: int) -> str | None:
        """The group whose fighters or members act: "gunmen from a faction of the Front", "its fighters"."""
        tree = self.tree
        kinds = tree.classes[i]
        if depth >= MAX_CLIMB or not (kinds & {"armed", "troops"} or tree.lemmas[i] in MEMBERS or depth):
            return None
        for c in tree.kids(i, "nmod:poss", "nmod"):
            if tree.deps[c] == "nmod" and tree.case(c) not in ("of", "from"):
                continue
            found = self.actor(c, depth + 1)
            entity = self.entities.get(found or "")
            if entity is not None and entity.actor_type in GROUPS:
                return found
        return None

    def _is_person(self, i: int) -> bool:
        """A person's party, army or press is not the person."""
        entity = self.entities.get(self._own(i) or "")
        return (
            entity is not None
            and entity.actor_type == "person"
            and "government" not in self.tree.classes[self.tree.heads[i]]
        )

    def country(self, i: int) -> str | None:
        """The country of the actor or place that a noun phrase refers to."""
        actor = self.actor(i)
        entity = self.entities.get(actor) if actor else None
        if entity is not None:
            return entity.country
        mention = self.mention.get(i)
        if mention is not None and mention.country is not None:
            return mention.country
        near = [self.mention[c] for c in self.describes(i) if c in self.mention]  # "Iraqi civilians"
        for m in near:
            entity = self.entities.get(m.actor_id or "")
            found = entity.country if entity is not None else m.country
            if found is not None:
                return found
        return None

    def describes(self, i: int) -> list[int]:
        """Names inside a noun phrase that own or describe its head: "Israel" in "Israel's raid", "US" in "US raid"."""
        tree = self.tree
        own = [c for c in tree.kids(i, "nmod:poss") if tree.pos[c] != "PRON"]
        near = [
            c
            for c in tree.kids(i, "amod", "compound", "nmod:desc", "nmod", "obl:unmarked", "nummod")
            if not tree.case(c)
        ]
        out: list[int] = []
        for c in own + near:
            if tree.pos[c] == "VERB" and c not in own:  # "CIA-led strike": the name hangs on the participle
                out += [g for g in tree.children[c] if g < c and self._names(g)]
            elif self._names(c) or (c in own and self.is_party(c)):
                out += [x for x in tree.coordinated(c) if x == c or self._names(x)]
        return out

    def _names(self, i: int) -> bool:
        return (
            self.tree.ents[i] in NAMED
            or self._own(i) is not None
            or (self.tree.pos[i] == "NOUN" and bool(self.tree.classes[i] & FORCES))
        )

    def phrase(self, i: int, depth: int = 0) -> tuple[int, int]:
        """First and last token of the noun phrase with head `i`: its words before the head, its "of" behind."""
        tree = self.tree
        left = right = i
        for c in tree.children[i]:
            label = tree.deps[c]
            if c < i and label in BEFORE:
                left = min(left, *tree.subtree(c))
            elif c > i and label in BEHIND:
                right = max(right, *tree.subtree(c, skip=APART))
            elif c > i and label == "nmod" and tree.case(c) == "of" and depth < MAX_CLIMB:
                right = max(right, self.phrase(c, depth + 1)[1])
        while left < i and (
            left in tree.dated
            or tree.pos[left] in LEADING
            or tree.words[left] in ("least", "most", "more", "than")
        ):
            left += 1
        return left, right
