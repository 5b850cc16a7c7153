"""Whom a speaker's words may mean, and what speaks for each: the words themselves, who was named and who spoke before."""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pipeline.extract.mentions.reading import generic_nouns
from pipeline.extract.mentions.words import given_names, honorifics, kin, role_heads
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.sources import source_nouns
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.quotes.ways import DEFINITE, TEXTS, Ways
from pipeline.extract.rows import Mention

Features = dict[str, float]
BACK, AHEAD = 6, 2
"""Sentences before and behind a speaker's words in which whom they mean is named."""
_MAIN = 3
"""Actors named most that may be meant wherever they are named."""
_MOST = 24
"""Candidates of one speaker, so that time stays linear."""
_SPOKE = 3
"""Speakers before that are kept in mind."""
_STATE = frozenset({"country", "government", "military"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "which", "that", "him", "her", "them"})
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_INDEFINITE = frozenset({"a", "an", "another", "one", "some", "several", "many"})


@dataclass(slots=True)
class Spot:
    """An occurrence of an actor: its first and last token."""

    first: int
    last: int
    actor: str
    mention: Mention
    subject: bool


@dataclass(slots=True)
class Known:
    """What the article tells of an actor."""

    kind: str = "body"
    type: str = ""
    words: set[str] = field(default_factory=set)
    """Words of its names, titles and descriptions."""
    countries: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)
    """Genders that its titles and given names tell."""
    n: int = 0
    plural: int = 0
    """Occurrences in the plural."""


@dataclass(slots=True)
class Spoken:
    """A speaker before: where, and who it was believed to be."""

    head: int
    actor: str | None


class Candidates:
    """The candidates for an article's speakers."""

    def __init__(self, tree: Tree, at: dict[int, Mention]) -> None:
        """Gather where each actor stands and what it is called. `at`: the longest mention over each token."""
        self.tree, self.at, self.ways = tree, at, Ways(tree, at)
        self.spots = _spots(tree, at)
        self.firsts = [s.first for s in self.spots]
        self.known: dict[str, Known] = defaultdict(Known)
        for spot in self.spots:
            self._learn(spot)
        order = sorted(self.known, key=lambda a: (-self.known[a].n, a))
        self.rank = {actor: n for n, actor in enumerate(order)}
        self.main = order[:_MAIN]
        self.bounds = _sentence_starts(tree)
        self.called: dict[str, str | None] = {}
        """Whom the words of the speakers so far meant."""

    def _learn(self, spot: Spot) -> None:
        """What an occurrence tells of its actor."""
        tree, known, mention = self.tree, self.known[spot.actor], spot.mention
        known.n += 1
        if mention.mention_kind == "pronoun":
            gender = _GENDER.get(tree.lower[spot.first])
            known.genders.update([gender] if gender else [])
            return
        known.type = known.type or mention.entity_type
        person = known.type == "person"
        known.kind = "person" if person else "state" if known.type in _STATE else "body"
        inside = range(spot.first, spot.last + 1)
        known.plural += tree.tag[spot.last] in ("NNS", "NNPS")
        known.words.update(tree.lower[i] for i in inside)
        known.countries.update([mention.country] if mention.country else [])
        for i in inside:
            near = (c for c in tree.children[i] if tree.pos[c] in ("NOUN", "PROPN", "ADJ"))
            known.words.update(tree.lower[c] for c in near if abs(c - i) <= _MOST)
            if tree.dep[i] == "appos" and tree.pos[tree.head[i]] == "NOUN":
                known.words.add(tree.lower[tree.head[i]])
        before = tree.lower[spot.first - 1].rstrip(".") if spot.first else ""
        gender = honorifics().get(before) if person else None
        gender = gender or (role_heads().get(before, (None, None))[1] if person else None)
        if person and mention.mention_kind == "name":
            gender = gender or given_names().get(mention.text.split()[0])
        told = {gender} if gender else set[str]()
        known.genders.update(told)
        known.named |= told

    def of(self, draft: Draft, spoken: list[Spoken]) -> tuple[list[str], list[Features]]:
        """The actors that a draft's speaker may be, and what speaks for each of them; the features of nobody come last."""
        head = draft.head or 0
        reading = _Reading(self, draft, head, spoken)
        ways = self.ways.of(draft, head)
        unnamed = {m.actor_id} if (m := self.at.get(head)) and self.ways.id_at(head) is None else set()
        near = [s for s in self._near(head) if s.actor not in unnamed]
        actors = [a for _, a in ways] + [s.actor for s in reversed(spoken[-_SPOKE:]) if s.actor]
        actors += [s.actor for s in near]
        actors += self.main
        gender = _GENDER.get(self.tree.lower[head])
        others = {a for a in actors if gender and self.known[a].named and gender not in self.known[a].named}
        chosen = [a for a in dict.fromkeys(actors) if a not in unnamed | others][:_MOST]
        return chosen, reading.features(chosen, ways, near)

    def remember(self, draft: Draft, actor: str | None) -> None:
        """Keep in mind whom a speaker's words, and the text in which it speaks, meant."""
        tree = self.tree
        if draft.head is not None:
            self.called[tree.lower[draft.head]] = actor
        for c in (c for i in draft.cue for c in tree.children[i]):
            if actor is not None and source_nouns().get(tree.lower[c]) in TEXTS:
                self.called[tree.lower[c]] = actor

    def _near(self, head: int) -> list[Spot]:
        """Occurrences around a speaker's words: those before, the nearest first, then those behind."""
        number = self.tree.sentence[head]
        low = self.bounds[max(0, number - BACK)]
        high = self.bounds[min(len(self.bounds) - 1, number + AHEAD + 1)]
        a, m, b = (bisect_left(self.firsts, i) for i in (low, head, high))
        return [*reversed(self.spots[max(a, m - 2 * _MOST) : m]), *self.spots[m : min(b, m + _MOST)]]


def _sentence_starts(tree: Tree) -> list[int]:
    """The first token of each sentence, and the end of the last one."""
    starts: list[int] = []
    for i, number in enumerate(tree.sentence):
        while len(starts) <= number:
            starts.append(i)
    return [*starts, len(tree.sentence)]


def _spots(tree: Tree, at: dict[int, Mention]) -> list[Spot]:
    """The occurrences of actors in order of the text."""
    found: list[Spot] = []
    for i in sorted(at):
        mention = at[i]
        if mention.actor_id is None:
            continue
        subject = tree.dep[i] in ("nsubj", "nsubj:pass")
        if found and found[-1].mention is mention and found[-1].last == i - 1:
            found[-1].last, found[-1].subject = i, found[-1].subject or subject
        else:
            found.append(Spot(i, i, mention.actor_id, mention, subject))
    return found


class _Reading:
    """A speaker's words, and how each candidate stands to them."""

    def __init__(self, of: Candidates, draft: Draft, head: int, spoken: list[Spoken]) -> None:
        self.of, self.tree, self.draft, self.head, self.spoken = of, of.tree, draft, head, spoken
        self.word = self.tree.lower[head]
        self.kind = self._kind()
        self.form = self.kind.partition(" ")[0]
        self.number = self.tree.sentence[head]
        top = of.ways.antecedent(head)
        kids = self.tree.children[top]
        self.modifiers = {self.tree.lower[c] for c in kids if c < top and self.tree.pos[c] != "DET"}
        self.countries = {
            m.country for c in kids if c < top and (m := of.at.get(c)) is not None and m.country
        }

    def _kind(self) -> str:
        """What kind of words the speaker's are."""
        tree, head = self.tree, self.head
        if self.word in _PRONOUNS:
            return "who" if self.word in ("who", "which", "that") else self.word
        mention = self.of.at.get(head)
        if mention is not None and mention.mention_kind != "pronoun":
            return f"{mention.mention_kind} {'person' if mention.entity_type == 'person' else 'body'}"
        if self.tree.pos[head] not in ("NOUN", "PROPN", "NUM"):
            return "other"
        article = next((tree.lower[c] for c in tree.children[head] if c < head), "")
        form = "the" if article in DEFINITE else "a" if article in _INDEFINITE else "bare"
        noun = source_nouns().get(self.word)
        if self.word in kin():
            noun = "kin"
        elif noun is None:
            known = self.word in generic_nouns()
            noun = "role" if self.word in role_heads() else "group" if known else "noun"
        owned = any(c > head and tree.dep[c] == "nmod" for c in tree.children[head])
        noun += " of" if owned else ""
        plural = " many" if tree.tag[head] in ("NNS", "NNPS") else ""
        return f"{form} {noun}{plural}"

    def features(self, chosen: list[str], ways: list[tuple[str, str]], near: list[Spot]) -> list[Features]:
        """What speaks for each candidate, and for nobody."""
        nearest: dict[str, Spot] = {}
        behind: dict[str, Spot] = {}
        for spot in near:
            (nearest if spot.first < self.head else behind).setdefault(spot.actor, spot)
        recency: dict[str, int] = {}
        counts: Counter[str] = Counter()
        subjects: dict[str, int] = {}
        seen: Counter[str] = Counter()
        for actor in nearest:
            kind = self.of.known[actor].kind
            recency[actor] = counts[kind]
            counts[kind] += 1
        for spot in near:
            if spot.first < self.head and spot.subject and spot.actor not in subjects:
                kind = self.of.known[spot.actor].kind
                subjects[spot.actor] = seen[kind]
                seen[kind] += 1
        out = []
        for actor in chosen:
            found = self._own(actor, ways)
            found |= self._place(
                actor, nearest.get(actor), behind.get(actor), recency.get(actor), subjects.get(actor)
            )
            found |= self._spoke(actor) | self._fits(actor)
            out.append(found)
        out.append(self._nobody(ways, out))
        return out

    def _own(self, actor: str, ways: list[tuple[str, str]]) -> Features:
        """What the speaker's own words say of a candidate."""
        kind = self.of.known[actor].kind
        found: Features = {f"{self.kind} is {kind}": 1.0}
        mine = [w for w, a in ways if a == actor]
        for way in mine:
            found[f"way {way}"] = found[f"{self.kind} way {way}"] = found[f"{kind} way {way}"] = 1.0
        if ways and ways[0][1] == actor:
            found["first way"] = found[f"{self.kind} first way"] = 1.0
        if not mine:
            found["no way"] = found[f"{self.kind} no way"] = 1.0
        return found

    def _place(
        self, actor: str, before: Spot | None, behind: Spot | None, recency: int | None, subject: int | None
    ) -> Features:
        """How near a candidate is named, and whether others of its kind are nearer."""
        k = self.kind
        kind = self.of.known[actor].kind
        found: Features = {}
        if before is not None:
            back = min(self.number - self.tree.sentence[before.last], 4)
            found[f"{k} back {back}"] = found[f"back {back}"] = found[f"{kind} back {back}"] = 1.0
            stands = "subject" if before.subject else self.tree.dep[before.last]
            found[f"{k} last as {stands}"] = 1.0
            if self._is_quoted(before):
                found["in its own words"] = found[f"{k} in its own words"] = 1.0
        elif behind is not None:
            ahead = self.tree.sentence[behind.first] - self.number
            stands = "subject" if behind.subject else "other"
            found[f"{k} ahead {ahead}"] = found[f"{k} ahead {ahead} {stands}"] = 1.0
            found[f"ahead {stands}"] = found[f"{self.form} ahead {stands}"] = 1.0
            found[f"{self.form} ahead {ahead} {kind} {stands}"] = 1.0
        else:
            found[f"{k} afar"] = 1.0
        if recency is not None:
            found[f"{k} {kind} recent {min(recency, 3)}"] = 1.0
        if subject is not None:
            found[f"{k} {kind} subject {min(subject, 3)}"] = 1.0
            found[f"{kind} subject {min(subject, 3)}"] = 1.0
        rank = self.of.rank[actor]
        found[f"main {min(rank, 4)}"] = found[f"{k} main {min(rank, 4)}"] = 1.0
        return found

    def _is_quoted(self, spot: Spot) -> bool:
        """Whether an occurrence stands in the words that the speaker says."""
        start = spot.mention.start
        return any(s <= start < e for s, e in self.draft.spans)

    def _spoke(self, actor: str) -> Features:
        """Whether a candidate spoke before."""
        found: Features = {}
        for n, past in enumerate(reversed(self.spoken[-_SPOKE:])):
            if past.actor == actor:
                away = min(self.number - self.tree.sentence[past.head], 4)
                name = f"spoke {n}"
                found[name] = found[f"{self.kind} {name}"] = found[f"{self.kind} {name} {away}"] = 1.0
                break
        else:
            found[f"{self.kind} silent"] = 1.0
        if self.of.called.get(self.word) == actor:
            found["same word"] = found[f"{self.kind} same word"] = 1.0
        return found

    def _fits(self, actor: str) -> Features:
        """Whether a candidate is called by the speaker's noun and has its adjectives, country and gender."""
        known, k = self.of.known[actor], self.kind
        found: Features = {}
        gender = _GENDER.get(self.word) or role_heads().get(self.word, (None, None))[1]
        if gender and known.genders:
            same = known.genders.most_common(1)[0][0] == gender
            found[f"gender {same}"] = 1.0
        elif gender:
            found[f"gender unknown {known.kind}"] = 1.0
        many = known.plural > known.n / 2
        found[f"{k} many {many}"] = 1.0
        if k in _PRONOUNS or k.startswith("name"):
            found[f"{k} {known.type}"] = 1.0
            return found
        if self.word in known.words:
            found["called"] = found[f"{k} called"] = found[f"{known.kind} called"] = 1.0
        if known.type in generic_nouns().get(self.word, ()):
            found["of its type"] = found[f"{k} of its type"] = 1.0
        if self.modifiers & known.words:
            found["described"] = found[f"{k} described"] = 1.0
        if self.countries:
            found[f"country {bool(self.countries & known.countries)}"] = 1.0
        found[f"{k} {known.type}"] = 1.0
        found[f"{self.word} {known.type}"] = 1.0
        return found

    def _nobody(self, ways: list[tuple[str, str]], others: list[Features]) -> Features:
        """What speaks for a speaker who is no actor of the article."""
        k = self.kind
        found: Features = {"nobody": 1.0, f"{k} nobody": 1.0, f"{self.word} nobody": 1.0}
        for way in dict.fromkeys(w for w, _ in ways):
            found[f"nobody way {way}"] = 1.0
        if not ways:
            found["nobody no way"] = found[f"{k} nobody no way"] = 1.0
        last = self.spoken[-1] if self.spoken else None
        if last is not None and last.actor is None and self.number - self.tree.sentence[last.head] <= 1:
            found[f"{k} nobody spoke"] = 1.0
        if self.word in self.of.called and self.of.called[self.word] is None:
            found["nobody same word"] = found[f"{k} nobody same word"] = 1.0
        if not any("called" in f for f in others):
            found[f"{k} nobody called"] = 1.0
        return found
