"""The actors that a speaker's own words lead to, each with the way that leads there: a name, an apposition, an owner, an issuer."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.mentions.words import role_heads
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.sources import source_nouns
from pipeline.extract.quotes.speakers import agent_of, is_passive, noun_phrase, subject_of
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.rows import Mention

BODIES = frozenset(
    {"government", "military", "armed_group", "organization", "company", "igo", "media", "party", "group"}
)
TEXTS = ("document", "release")
DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_ISSUED = frozenset(
    {"announced", "released", "published", "issued", "provided", "compiled", "conducted", "collected"}
)
_OWNED = (*TEXTS, "voice", "office")
_OWNER = ("nmod:poss", "compound", "nmod", "amod")
_UNNAMED = frozenset({"a", "an", "another", "some", "several", "many"})
_NAMING = frozenset({"identified", "named", "called"})
_FOR = frozenset({"of", "from", "for", "at", "with"})
_TITLE = 8
"""Words behind a body's name in which the title and name of a person stand."""
_APART = 25
"""Words behind a speaker's head in which its name may stand."""
_CLAUSES = 4


@dataclass(slots=True)
class Ways:
    """Looks for the actors in a speaker's words. `at`: the longest mention with an actor over each token."""

    tree: Tree
    at: dict[int, Mention]

    def of(self, draft: Draft, head: int) -> list[tuple[str, str]]:
        """Each way with the actor that it leads to."""
        found = [*self._named(head), *self._owners(self.antecedent(head))]
        found += [("title", a) for a in self._titled(head)]
        top = self.antecedent(head)
        if self.tree.pos[top] != "PRON":
            found += self._beside(draft, top)
            found += [("within", a) for a in self._within(top)]
        return list(dict.fromkeys(found))

    def id_at(self, token: int) -> str | None:
        """The actor over a token; none for an office that nobody by name holds ("a former minister"; "a spokesman for X" is X)."""
        mention = self.at.get(token)
        if mention is None:
            return None
        voice = source_nouns().get(self.tree.lower[token]) == "voice" and mention.entity_type != "person"
        unnamed = (
            mention.mention_kind == "title"
            and not voice
            and any(
                self.tree.lower[c] in _UNNAMED or self.tree.pos[c] == "NUM" for c in self.tree.children[token]
            )
        )
        return None if unnamed else mention.actor_id

    def antecedent(self, head: int) -> int:
        """What "who" stands for; the head itself where it is no relative pronoun."""
        at = head
        for _ in range(_CLAUSES if self.tree.lower[head] in ("who", "which", "that", "whom") else 0):
            at = self.tree.head[at]
            if self.tree.dep[at] == "acl:relcl":
                return self.tree.head[at]
        return head

    def _ids(self, way: str, *tokens: int | None) -> Iterator[tuple[str, str]]:
        for token in tokens:
            actor = self.id_at(token) if token is not None else None
            if actor is not None:
                yield way, actor

    def _named(self, head: int) -> Iterator[tuple[str, str]]:
        """By the mention over the head, over what "who" stands for, and over an apposition by the parse."""
        tree, top = self.tree, self.antecedent(head)
        mention = self.at.get(head)
        yield from self._ids(mention.mention_kind if mention else "", head)
        if top != head:
            yield from self._ids("who", top)
        yield from self._ids("apposition", *(c for c in tree.children[top] if tree.dep[c] == "appos"))
        before = self.at.get(top - 1) if tree.pos[top] == "NOUN" and top else None
        if before is not None and before.mention_kind == "name" and before.entity_type in BODIES:
            noun = source_nouns().get(tree.lower[top])  # "the Reuters news agency"
            yield from self._ids("noun behind" if noun == "body" else "word behind", top - 1)

    def _owners(self, top: int) -> Iterator[tuple[str, str]]:
        """By who issues, gives, owns or stands behind a text, a voice or an official."""
        tree = self.tree
        if tree.pos[top] != "NOUN":
            return
        noun = source_nouns().get(tree.lower[top])
        issued = (c for c in tree.children[top] if tree.dep[c] == "acl" and tree.lower[c] in _ISSUED)
        yield from self._ids("issued by", *(agent_of(tree, c) for c in issued))
        if noun in TEXTS:
            yield from self._ids("giver", self._giver(top))
        for c in tree.children[top]:
            if tree.dep[c] in _OWNER:
                case = next((tree.lower[k] for k in tree.children[c] if tree.dep[k] == "case"), "")
                case = case if case in _FOR else "by" if case == "by" else ""
                kind = noun if noun in _OWNED else "other"
                yield from self._ids(f"{kind} {tree.dep[c]} {case if c > top else ''}".strip(), c)

    def _giver(self, text: int) -> int | None:
        """Who gives a text that speaks: the subject of "issued a statement saying ...", "wrote in a letter that says ..."."""
        tree = self.tree
        if tree.dep[text] not in ("obj", "obl"):
            return None
        verb = tree.head[text]
        if tree.pos[verb] != "VERB" or is_passive(tree, verb):
            return None
        giver = subject_of(tree, verb)
        if giver is not None and giver not in self.at:
            named = (
                i for i in noun_phrase(tree, giver) if i in self.at and self.at[i].entity_type == "person"
            )
            giver = next(named, giver)
        return giver

    def _within(self, head: int) -> Iterator[str]:
        """The person whose name stands in the phrase that a noun heads, before any preposition: "physician Ann Roe"."""
        for i in noun_phrase(self.tree, head):
            if i > head and self.tree.pos[i] == "ADP":
                return
            if self._is_person(i):
                actor = self.id_at(i)
                if actor is not None:
                    yield actor

    def _is_person(self, i: int) -> bool:
        mention = self.at.get(i)
        return mention is not None and (mention.entity_type, mention.mention_kind) == ("person", "name")

    def _titled(self, head: int) -> Iterator[str]:
        """The person whose title holds a body's name that the parser took for the speaker: "House of Commons Speaker Ann Roe"."""
        mention, tree = self.at.get(head), self.tree
        if mention is None or mention.entity_type == "person" or mention.mention_kind == "pronoun":
            return
        title = False
        for i in range(head + 1, min(head + _TITLE, len(tree.head))):
            if tree.lower[i] == "," or tree.pos[i] in ("VERB", "AUX"):
                return
            if self._is_person(i):
                actor = self.id_at(i)
                if title and actor is not None:
                    yield actor
                return
            title = title or tree.lower[i] in role_heads() or tree.lower[i] == "mp"

    def _beside(self, draft: Draft, head: int) -> Iterator[tuple[str, str]]:
        """A name behind a description: "the mayor, Ana Duro, said", "a miner who gave his name as Ilic"."""
        tree = self.tree
        if tree.tag[head] in ("NNS", "NNPS", "PRP"):
            return
        stop = draft.cue[0] if draft.cue and draft.cue[0] > head else head + _APART
        beside = self.at.get(head + 1)
        named = tree.pos[head] == "NOUN" and beside is not None and beside.mention_kind == "name"
        if named and beside and beside.start == tree.start[head + 1] > tree.start[head]:
            yield from self._ids("right behind", head + 1)  # "the state broadcaster TRT"
        else:
            token = self._person_behind(head, min(stop, head + _APART, len(tree.head)))
            yield from self._ids("beside", token)

    def _person_behind(self, head: int, stop: int) -> int | None:
        """The token of a person's name behind a description, where no verb and no other name's phrase stands between."""
        tree, naming, held = self.tree, False, False
        for i in range(head + 1, stop):
            word = tree.lower[i]
            if tree.sentence[i] != tree.sentence[head] or word in (";", ":", "."):
                return None
            naming = naming or word in _NAMING or (word == "name" and tree.lower[i - 1] in ("his", "her"))
            name, last = self._is_person(i), self.at.get(i - 1)
            role = tree.pos[head] == "NOUN" and tree.lower[head] in role_heads()
            owned = last is not None and last.entity_type != "person" and role
            if name and (naming or not held or owned):
                return i  # also "the director of the Red Cross Ana Duro"
            if not naming and (tree.pos[i] in ("VERB", "AUX") or name):
                return None
            held = word != "," and (held or tree.pos[i] == "ADP" or tree.tag[i] == "POS")
        return None
