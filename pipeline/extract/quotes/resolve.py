"""Which actor a speaker's words mean: by name, by apposition, by the body spoken for, or by what was said before."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.extract.mentions.words import body_nouns, kin, role_heads
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.sources import source_nouns
from pipeline.extract.quotes.speakers import agent_of, is_passive, noun_phrase, subject_of
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.rows import Mention

_BODIES = frozenset(
    {"government", "military", "armed_group", "organization", "company", "igo", "media", "party", "group"}
)
_ISSUED = frozenset(
    {"announced", "released", "published", "issued", "provided", "compiled", "conducted", "collected"}
)
_TEXTS = ("document", "release")
_OWNED = (*_TEXTS, "voice", "office")
_OWNER = ("nmod:poss", "compound", "nmod", "amod")
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_UNNAMED = frozenset({"a", "an", "another", "some", "several", "many"})
_NAMING = frozenset({"identified", "named", "called"})
_OFFICIALS = frozenset(
    {"official", "officials", "representative", "representatives", "member", "members", "source", "sources"}
)
_NEAR = 3
"""Sentences back in which a pronoun or a description finds its actor."""
_FAR = 12
_BACK = 300
"""Words back, so that time stays linear."""
_TITLE = 8
"""Words behind a body's name in which the title and name of a person stand."""
_APART = 25
"""Words behind a speaker's head in which its name may stand."""


@dataclass(slots=True)
class _Speaker:
    """One who spoke before."""

    head: int
    actor: str | None
    kind: str
    """person, body or nobody: an actor's; human for an unnamed person."""
    voice: bool = False
    """Someone without a name who speaks for a body."""


def word_of_role(tree: Tree, token: int) -> bool:
    """Whether a noun is that of an office or job."""
    return tree.pos[token] == "NOUN" and tree.lower[token] in role_heads()


@dataclass(slots=True)
class Sources:
    """Resolves the speakers of an article, in order of the text. `at`: the longest mention over each token."""

    tree: Tree
    at: dict[int, Mention]
    last: _Speaker | None = None
    issuers: dict[str, str] = field(default_factory=dict)
    """Noun for a document -> the actor that it comes from."""
    bodies: list[int] = field(default_factory=list)
    """Tokens that name a body as the subject of a clause."""
    named: list[int] = field(default_factory=list)
    """Tokens of people's names."""
    people: list[int] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)

    def resolve(self, drafts: Iterable[Draft]) -> dict[int, str]:
        """Identity of each draft -> its speaker's actor, for those that have one."""
        for i, mention in sorted(self.at.items()):
            if (
                self.tree.dep[i].startswith("nsubj")
                and mention.actor_id
                and mention.mention_kind != "pronoun"
            ):
                if mention.entity_type in _BODIES:
                    self.bodies.append(i)
                elif mention.entity_type == "person":
                    self.people.append(i)
                    self.persons.add(mention.actor_id)
        found: dict[int, str] = {}
        for draft in sorted((d for d in drafts if d.head is not None), key=lambda d: d.head or 0):
            actor = self._actor(draft, draft.head or 0)
            if actor is not None:
                found[id(draft)] = actor
            self._remember(draft, draft.head or 0, actor)
        return found

    def basis(self, draft: Draft, actor: str) -> str:
        """How a draft's speaker is known to be an actor."""
        head = draft.head or 0
        if draft.frame == "sentence before" and not draft.cue:
            return "carried"
        if self.tree.pos[head] == "PRON" or self.tree.tag[head] in ("WP", "WDT"):
            return "pronoun"
        mention = self.at.get(head)
        if mention is not None and mention.actor_id == actor and mention.mention_kind != "pronoun":
            kinds = {"title": "title", "noun": "description"}
            return kinds.get(mention.mention_kind, "name")
        around = range(head + 1, min(head + _APART, len(self.tree.head)))
        beside = any(
            (m := self.at.get(i)) is not None and m.actor_id == actor and m.mention_kind == "name"
            for i in (
                *draft.speaker,
                *(j for j in around if self.tree.sentence[j] == self.tree.sentence[head]),
            )
        )
        return "apposition" if beside else "description"

    def _actor(self, draft: Draft, head: int) -> str | None:
        word = self.tree.lower[head]
        actor = self._titled(draft, head) or self._named(head)
        if word in ("he", "she"):
            return self._pronoun(head, actor)
        if actor is not None:
            return actor
        if word == "it":
            return self._body_before(head) or self._goes_on(head)
        if word == "they":
            return self._they(head) or self._goes_on(head)
        head = self._antecedent(head)
        if self.tree.pos[head] == "PRON":
            return None
        beside = self._apposition(draft, head) or self._described(head) or self._within(head)
        return beside or self._adjective(head) or self._spoken_for(head) or self._holder(head)

    def _goes_on(self, head: int) -> str | None:
        """Who spoke in the sentence before, for a pronoun that nothing else answers to."""
        last = self.last
        near = last is not None and self.tree.sentence[head] - self.tree.sentence[last.head] <= 1
        return last.actor if last is not None and near else None

    def _within(self, head: int) -> str | None:
        """The person whose name stands in the phrase that a noun heads, before any preposition: "physician Ann Roe"."""
        for i in noun_phrase(self.tree, head):
            if i > head and self.tree.pos[i] == "ADP":
                return None
            mention = self.at.get(i)
            if mention is not None and (mention.entity_type, mention.mention_kind) == ("person", "name"):
                return self._id(i)
        return None

    def _adjective(self, head: int) -> str | None:
        """The body that the noun before a text or its people stands for: "a military statement" is the military's, named before."""
        tree = self.tree
        if source_nouns().get(tree.lower[head]) not in (*_TEXTS, "voice"):
            return None
        words = [c for c in tree.children[head] if c < head and tree.lower[c] in body_nouns()]
        named = next((a for a in map(self._same_noun, words) if a is not None), None)
        kinds = {body_nouns()[tree.lower[c]].type for c in words} & {"military", "government"}
        return named or next((a for kind in sorted(kinds) if (a := self._last_of(kind, head))), None)

    def _last_of(self, kind: str, head: int) -> str | None:
        """The last body of a type that was a subject, some sentences back at most."""
        number = self.tree.sentence[head]
        for i in reversed(self.bodies[: bisect_left(self.bodies, head)]):
            if number - self.tree.sentence[i] > _NEAR:
                return None
            if self.at[i].entity_type == kind:
                return self._id(i)
        return None

    def _spoken_for(self, head: int) -> str | None:
        """The body behind "of", "from" or "for" that an unnamed official is of."""
        tree = self.tree
        if tree.lower[head] not in _OFFICIALS:
            return None
        owners = [
            c
            for c in tree.children[head]
            if c > head and any(tree.lower[k] in ("of", "from", "for", "at") for k in tree.children[c])
        ]
        bodies = (c for c in owners if c in self.at and self.at[c].entity_type in _BODIES)
        return next((a for a in map(self._id, bodies) if a is not None), None)

    def _holder(self, head: int) -> str | None:
        """The person that "the journalist" goes back to: who spoke last, else the subject named last."""
        tree = self.tree
        definite = any(tree.lower[c] == "the" for c in tree.children[head])
        alone = all(tree.lower[c] == "the" or tree.dep[c] == "punct" for c in tree.children[head])
        job = word_of_role(tree, head) and tree.lower[head] not in kin()
        return self._person(head) if definite and alone and job else None

    def _titled(self, draft: Draft, head: int) -> str | None:
        """The person whose title holds a body's name that the parser took for the speaker: "House of Commons Speaker Ann Roe"."""
        mention = self.at.get(head)
        if mention is None or mention.entity_type == "person" or mention.mention_kind == "pronoun":
            return None
        title = False
        for i in range(head + 1, min(head + _TITLE, len(self.tree.head))):
            if self.tree.lower[i] == "," or self.tree.pos[i] in ("VERB", "AUX"):
                return None
            named = self.at.get(i)
            if named is not None and (named.entity_type, named.mention_kind) == ("person", "name"):
                return self._id(i) if title else None
            title = title or self.tree.lower[i] in role_heads() or self.tree.lower[i] == "mp"
        return None

    def _they(self, head: int) -> str | None:
        """The body or people that "they" means: who spoke last, else the last subject of that kind."""
        last, number = self.last, self.tree.sentence[head]
        if last is not None and last.kind == "body" and number - self.tree.sentence[last.head] <= 1:
            return last.actor
        return self._subject(self.bodies, head, 1)

    def _id(self, token: int) -> str | None:
        """The actor over a token; none for an office that nobody by name holds ("a former minister")."""
        mention = self.at.get(token)
        if mention is None:
            return None
        unnamed = mention.mention_kind == "title" and any(
            self.tree.lower[c] in _UNNAMED or self.tree.pos[c] == "NUM" for c in self.tree.children[token]
        )
        return None if unnamed else mention.actor_id

    def _named(self, head: int) -> str | None:
        """The actor over the head, over what "who" stands for, over an apposition, or over the owner of a document."""
        tree = self.tree
        top = self._antecedent(head)
        found = list(dict.fromkeys((head, top)))
        found += [c for c in tree.children[top] if tree.dep[c] == "appos"]
        if tree.pos[top] == "NOUN":  # "numbers released by the ministry"
            agents = (
                agent_of(tree, c)
                for c in tree.children[top]
                if tree.dep[c] == "acl" and tree.lower[c] in _ISSUED
            )
            found += [a for a in agents if a is not None]
        if tree.pos[top] == "NOUN" and source_nouns().get(tree.lower[top]) == "body" and top:
            before = self.at.get(top - 1)  # "the Reuters news agency", "The New York Times newspaper"
            if before is not None and before.entity_type in _BODIES and before.mention_kind == "name":
                found.insert(0, top - 1)
        if source_nouns().get(tree.lower[top]) in _TEXTS:
            giver = self._giver(top)
            found += [giver] if giver is not None else []
        if source_nouns().get(tree.lower[top]) in _OWNED:
            owners = [c for c in tree.children[top] if tree.dep[c] in _OWNER]
            found += sorted(owners, key=lambda c: (_OWNER.index(tree.dep[c]), c))
        return next((a for a in map(self._id, found) if a is not None), None)

    def _giver(self, text: int) -> int | None:
        """Who gives a text that speaks: the subject of "issued a statement saying ...", "wrote in a letter that says ..."."""
        tree = self.tree
        if tree.dep[text] not in ("obj", "obl") or any(
            tree.lower[c] in _DEFINITE for c in tree.children[text]
        ):
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

    def _pronoun(self, head: int, actor: str | None) -> str | None:
        """ "She": the one who spoke last, where that is an unnamed person and nobody else was named since."""
        last = self.last
        if last is None or not 0 <= self.tree.sentence[head] - self.tree.sentence[last.head] <= _NEAR:
            return actor or self._subject(self.people, head, 1)
        if last.kind == "human":
            since = any(
                self.at.get(i, None) and self._id(i) == actor
                for i in range(max(last.head, head - _BACK), head)
            )
            return actor if since else None
        before = last.actor if last.kind == "person" or last.voice else None
        return actor or before or self._subject(self.people, head, 1)

    def _body_before(self, head: int) -> str | None:
        """The body that "it" means: the one that spoke last, else the last subject."""
        last, number = self.last, self.tree.sentence[head]
        if last is not None and last.kind == "body" and number - self.tree.sentence[last.head] <= _NEAR:
            return last.actor
        return self._subject(self.bodies, head, 1)

    def _subject(self, among: list[int], head: int, reach: int) -> str | None:
        """The actor that was a subject last, some sentences back at most."""
        number = self.tree.sentence[head]
        n = bisect_left(among, head) - 1
        return self._id(among[n]) if n >= 0 and number - self.tree.sentence[among[n]] <= reach else None

    def _apposition(self, draft: Draft, head: int) -> str | None:
        """A person named behind a description: "the mayor, Ana Duro, said", "a miner who gave his name as Ilic"."""
        tree = self.tree
        if tree.tag[head] in ("NNS", "NNPS", "PRP"):
            return None
        stop = draft.cue[0] if draft.cue and draft.cue[0] > head else head + _APART
        beside = self.at.get(head + 1)
        named = tree.pos[head] == "NOUN" and beside is not None and beside.mention_kind == "name"
        if named and beside and beside.start == tree.start[head + 1] > tree.start[head]:
            return self._id(head + 1)  # "the state broadcaster TRT"
        naming = held = False
        for i in range(head + 1, min(stop, head + _APART, len(tree.head))):
            word = tree.lower[i]
            if tree.sentence[i] != tree.sentence[head] or word in (";", ":", "."):
                return None
            naming = naming or word in _NAMING or (word == "name" and tree.lower[i - 1] in ("his", "her"))
            mention = self.at.get(i)
            name = mention is not None and (mention.entity_type, mention.mention_kind) == ("person", "name")
            last = self.at.get(i - 1)
            owned = last is not None and last.entity_type != "person" and word_of_role(tree, head)
            if name and (naming or not held or owned):
                return self._id(i)  # also "the director of the Red Cross Ana Duro"
            if not naming and (tree.pos[i] in ("VERB", "AUX") or name):
                return None
            held = word != "," and (held or tree.pos[i] == "ADP" or tree.tag[i] == "POS")
        return None

    def _antecedent(self, head: int) -> int:
        """What "who" stands for; the head itself where it is no relative pronoun."""
        at = head
        for _ in range(4 if self.tree.lower[head] in ("who", "which", "that", "whom") else 0):
            at = self.tree.head[at]
            if self.tree.dep[at] == "acl:relcl":
                return self.tree.head[at]
        return head

    def _described(self, head: int) -> str | None:
        """The actor that a description goes back to: "the release", "a spokesman", "the drugmaker", "the 41-year-old"."""
        tree, word = self.tree, self.tree.lower[head]
        definite = any(tree.lower[c] in _DEFINITE for c in tree.children[head])
        kind = source_nouns().get(word, "body" if word.endswith("maker") else "")
        if kind in _TEXTS and definite:
            return self.issuers.get(word) or (
                self._issuer(head) if kind == "release" else self._reporter(head)
            )
        if kind == "voice":  # "a spokesman for the family" is that of nobody named
            owned = any(c > head and tree.dep[c] == "nmod" for c in tree.children[head])
            return None if owned else self._issuer(head)
        if not definite or word in kin():
            return None
        if word == "old":
            return self._person(head) or self._subject(self.named, head, _NEAR)
        if kind == "person":
            return self._person(head)
        return self._same_noun(head) or (self._subject(self.bodies, head, _FAR) if kind == "body" else None)

    def _reporter(self, head: int) -> str | None:
        """The body whose text it is that speaks on: the one that spoke in the sentence before."""
        last = self.last
        near = last is not None and self.tree.sentence[head] - self.tree.sentence[last.head] <= 1
        return last.actor if last is not None and near and last.kind == "body" else None

    def _issuer(self, head: int) -> str | None:
        last = self.last
        if last is not None and last.kind == "body":
            return last.actor
        return self._subject(self.bodies, head, _FAR)

    def _person(self, head: int) -> str | None:
        last, number = self.last, self.tree.sentence[head]
        if last is not None and number - self.tree.sentence[last.head] <= _NEAR:
            return last.actor if last.kind == "person" else None
        return self._subject(self.people, head, _NEAR)

    def _same_noun(self, head: int) -> str | None:
        """The last body whose name has the noun: "the Department" for "Department of Health"."""
        word = self.tree.lower[head]
        number = self.tree.sentence[head]
        for i in range(head - 1, max(-1, head - _BACK), -1):
            if number - self.tree.sentence[i] > _FAR:
                return None
            mention = self.at.get(i)
            if (
                mention is not None
                and mention.entity_type in _BODIES
                and self.tree.lower[i] == word
                and mention.actor_id
            ):
                return mention.actor_id
        return None

    def _remember(self, draft: Draft, head: int, actor: str | None) -> None:
        """Keep a speaker in mind, and the document in which it speaks."""
        tree, word = self.tree, self.tree.lower[head]
        noun = source_nouns().get(word)
        mention = self.at.get(head)
        if actor is None:
            unnamed = tree.tag[head] in ("NN", "CD") and noun not in (*_TEXTS, "body")
            kind = "human" if unnamed else "nobody"
        elif mention is not None and mention.actor_id == actor:
            kind = "person" if mention.entity_type == "person" else "body"
        else:
            kind = "person" if actor in self.persons else "body"
        voice = kind == "body" and (noun == "voice" or word == "official")
        self.last = _Speaker(head, actor, kind, voice)
        if actor is None:
            return
        if noun in _TEXTS:
            self.issuers[word] = actor
        for c in (c for i in draft.cue for c in tree.children[i]):
            if source_nouns().get(tree.lower[c]) in _TEXTS:
                self.issuers[tree.lower[c]] = actor
