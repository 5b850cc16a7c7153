"""Who could be a party to an event, and what speaks for each: place in the tree, frame, office, what was told before.

A candidate is an actor of the article or a noun phrase of the sentence that names none; `None` in a list of features
stands for nobody.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from pipeline.extract.events.features import Features
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.tree import CLAUSAL

LOOK_BACK = 4
"""Sentences in which an actor must have been named to be understood; those whom the article is about always may."""
MAIN = 5
INNER = frozenset({"compound", "flat", "amod", "nummod", "nmod:poss", "fixed", "det"})
"""Relations of words within a noun phrase."""
FAR = 25
NEARBY = (1, 2, 4, 8, 16)
MANY = 4
"""Candidates between one and the event, and steps up to one that it is part of, past which nobody counts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a party: an actor, the words for it in the event's sentence, or both."""

    actor: str | None
    heads: tuple[int, ...]

    @property
    def key(self) -> tuple[str | None, int]:
        """What tells it from others."""
        return self.actor, -1 if self.actor else self.heads[0]


@dataclass(frozen=True, slots=True)
class Near:
    """What syntax and the lexicon tell of an event's parties: its agents, its patients, and who fills the slots of its frame."""

    agents: list[int]
    patients: list[int]
    acts: list[tuple[str, frozenset[int]]]
    undergoes: list[tuple[str, frozenset[int]]]
    all_act: bool
    owners: frozenset[int]
    """Names that own or describe a phrase beside the event."""


class PartyFeatures:
    """The candidates for the parties of an article's events."""

    def __init__(self, reading: Reading) -> None:
        """Sort the actors' words by sentence."""
        self.reading = reading
        self.near: dict[int, Near] = {}
        self.everybody: dict[int, frozenset[int]] = {}
        """By the event's word, those of all candidates in its sentence."""
        self.words: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.seen: dict[str, list[int]] = defaultdict(list)
        for i, actor in enumerate(reading.actors):
            if actor is not None and actor in reading.cast.entities:
                n = reading.sentence[i]
                self.words[n][actor].append(i)
                if not self.seen[actor] or self.seen[actor][-1] != n:
                    self.seen[actor].append(n)
        entities = sorted(reading.cast.entities.values(), key=lambda e: (-e.n_mentions, e.entity_id))
        self.main = [e.entity_id for e in entities[:MAIN]]
        self.mentions = sum(e.n_mentions for e in entities) or 1
        self.rank = {e.entity_id: n for n, e in enumerate(entities)}

    @cached_property
    def doers(self) -> dict[int, tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
        """Who did and underwent what, by sentence, as syntax and the lexicon alone tell: (type, actor)."""
        reading, tree = self.reading, self.reading.tree
        out: dict[int, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = defaultdict(lambda: ([], []))
        for i in range(len(tree.words)):
            fitting = reading.frames.fitting(i) if tree.pos[i] in ("VERB", "NOUN") else ()
            if not fitting:
                continue
            kind = fitting[0].event_type
            did, got = out[reading.sentence[i]]
            agents = (
                tree.agents(i) if tree.pos[i] in CLAUSAL else tree.kids(i, "nmod:poss", "amod", "compound")
            )
            did += [(kind, a) for x in agents if (a := reading.actors[x]) is not None]
            got += [(kind, a) for x in tree.patients(i) if (a := reading.actors[x]) is not None]
        return out

    @cached_property
    def roles(self) -> dict[tuple[str, int], Counter[str]]:
        """Who does (0) and who undergoes (1) acts of each type in the whole article."""
        out: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        for told_of in self.doers.values():
            for role in (0, 1):
                for kind, actor in told_of[role]:
                    out[kind, role][actor] += 1
        return out

    def candidates(self, told: Told) -> list[Candidate]:
        """Everybody who may be a party: the sentence's actors and phrases, then those named before."""
        reading = self.reading
        n = reading.sentence[told.head]
        here = self.words[n]
        out = [Candidate(actor, tuple(heads)) for actor, heads in here.items()]
        out += [Candidate(None, (i,)) for i in self._phrases(told)]
        quote = reading.quote.get(told.head)
        speaker = quote.speaker_id if quote is not None else None
        known = {speaker, *self.main} - {None}
        for actor, sentences in self.seen.items():
            last = bisect_left(sentences, n)
            near = last > 0 and sentences[last - 1] >= n - LOOK_BACK
            if actor not in here and (near or actor in known):
                out.append(Candidate(actor, ()))
        self.everybody[told.head] = frozenset(x for candidate in out for x in candidate.heads)
        return out

    def _phrases(self, told: Told) -> list[int]:
        """Noun phrases of the sentence that name no actor, but people or things that somebody may do or undergo."""
        reading, tree, cast = self.reading, self.reading.tree, self.reading.cast
        span = reading.sentence_of(told.head).span
        near = self._near(told)
        own = {*tree.children[told.head], *near.patients, *near.agents}
        out = []
        for i in range(span.start, span.end):
            if tree.pos[i] not in ("NOUN", "PROPN", "NUM") or reading.actors[i] is not None or i == told.head:
                continue
            if tree.deps[i] in INNER and not (tree.deps[i] == "nmod:poss" or cast.is_party(i)):
                continue
            if not tree.is_time(i) and (cast.is_party(i) or i in own):
                out.append(i)
        return out

    def all(self, told: Told, candidates: list[Candidate]) -> list[Features]:
        """The features of each candidate, and of nobody."""
        return [*(self.of(told, c) for c in candidates), self.nobody(told, candidates)]

    def nobody(self, told: Told, candidates: list[Candidate]) -> Features:
        """What speaks for nobody being named or understood."""
        tree, i, kind, near = self.reading.tree, told.head, told.event_type, self._near(told)
        out: Features = {"nobody": 1, "nobody " + kind: 1, f"nobody {tree.pos[i]} {kind}": 1}
        out["nobody dep=" + tree.deps[i]] = out[f"nobody {tree.pos[i]}"] = 1
        if tree.is_passive(i):
            out["nobody passive"] = out["nobody passive " + kind] = 1
        for name, found in (("agent", near.agents), ("patient", near.patients)):
            party = any(self.reading.cast.is_party(x) for x in found)
            out[f"nobody, {'a' if party else 'thing as' if found else 'no'} {name}"] = 1
            out[f"nobody, {'a' if party else 'no'} {name} {kind}"] = 1
        for c in tree.children[i]:
            if tree.deps[c] in ("obl", "nmod", "nmod:poss", "xcomp", "ccomp"):
                out[f"nobody, {tree.deps[c]} {tree.case(c)}"] = 1
        out["nobody of so many"] = min(10, sum(bool(c.heads) for c in candidates)) / 10
        out["nobody lemma=" + tree.lemmas[i]] = 1
        out["nobody, " + told.status] = 1
        return out

    def of(self, told: Told, candidate: Candidate) -> Features:
        """All features of one of the event's candidates, which were asked for before."""
        out: Features = {}
        self._who(told, candidate, out)
        if candidate.heads:
            self._where(told, candidate, out)
        else:
            self._before(told, candidate, out)
        if candidate.actor is not None:
            self._told(told, candidate.actor, out)
        return out

    def _who(self, told: Told, candidate: Candidate, out: Features) -> None:
        """What kind of party it is."""
        cast, kind = self.reading.cast, told.event_type
        entity = cast.entities.get(candidate.actor or "")
        here = "here" if candidate.heads else "away"
        if entity is not None:
            names = [entity.actor_type]
            out["share"] = entity.n_mentions / self.mentions
            rank = self.rank[entity.entity_id]
            out[f"rank {min(rank, 4)} {here}"] = 1
            if entity.role or entity.sector:
                out["office"] = 1
            if entity.role:
                out[f"role {entity.role.split()[-1].lower()} {kind}"] = 1
            if entity.sector:
                out[f"sector {entity.sector} {here}"] = out[f"sector {entity.sector} {kind}"] = 1
        else:
            names = ["phrase"]
            classes = self.reading.tree.classes[candidate.heads[0]]
            for c in classes:
                out["class=" + c] = 1
            self._phrase(candidate.heads[0], out)
            if cast.is_party(candidate.heads[0]):
                names.append("phrase of people")
        for name in names:
            out[f"{name} {here}"] = out[f"{name} {here} {kind}"] = 1

    def _phrase(self, i: int, out: Features) -> None:
        """What a noun that names no actor says of whom it means."""
        tree = self.reading.tree
        if tree.pos[i] == "NOUN":
            what = "people" if self.reading.cast.is_party(i) else "thing"
            out[f"{what}, {self._determined(i)} {tree.tags[i]}"] = out["phrase " + tree.lemmas[i]] = 1

    def _determined(self, i: int) -> str:
        """Whether a noun refers to what is known: "the two", "these", "a", "its"."""
        tree = self.reading.tree
        before = [c for c in tree.kids(i, "det", "nummod", "nmod:poss") if c < i]
        return " ".join(tree.words[c] for c in before if tree.pos[c] in ("DET", "NUM", "PRON"))

    def _best(self, told: Told, heads: tuple[int, ...]) -> tuple[int, str]:
        """The word for a candidate that stands closest to the event in the tree, and the way there."""
        tree = self.reading.tree
        ways = [(tree.path(told.head, j), j) for j in heads]
        way, best = min(ways, key=lambda w: (w[0] == "far", w[0].count(" "), abs(w[1] - told.head)))
        return best, way

    def _where(self, told: Told, candidate: Candidate, out: Features) -> None:
        """How it stands to the event in the sentence."""
        tree, i, kind = self.reading.tree, told.head, told.event_type
        passive, pos = (" passive" if tree.is_passive(i) else ""), tree.pos[i]
        j, way = self._best(told, candidate.heads)
        last = way.split(" ")[-1]
        case = tree.case(j)
        out[f"way {way} {pos}{passive}"] = out[f"way {way} {kind}{passive}"] = 1
        out[f"end {last} {pos}{passive}"] = out[f"end {last} {case} {kind}"] = 1
        out[f"case {case} {last}"] = out[f"case {case} {pos}"] = 1
        if way.count(" ") < 2:
            out[f"way {way} {case} {kind}{passive}"] = 1
            out[f"way {way} {case} {tree.lemmas[i]}"] = 1
        side = "before" if j < i else "behind"
        step = next((n for n in NEARBY if abs(j - i) <= n), FAR)
        out[f"{side} {step}"] = out[f"{side} {pos}"] = 1
        if tree.pos[j] == "PRON":
            out["pronoun"] = out["pronoun " + tree.words[j]] = 1
        if tree.deps[j] in ("nsubj", "nsubj:pass"):
            out["a subject"] = 1
            if tree.deps[tree.heads[j]] == "ROOT":
                out["the subject"] = out["the subject " + kind] = 1
        out[f"end {last} {case} {tree.lemmas[i]}"] = 1
        out[f"{tree.deps[j]} of {tree.lemmas[tree.heads[j]]}"] = out[f"{told.status}, here"] = 1
        self._named(told, candidate, j, way, out)
        self._among(told, candidate, j, out)
        self._slots(told, candidate, out)
        out["only"] = float(len(self.words[self.reading.sentence[i]]) == 1)
        if any(i < j for j in candidate.heads) and any(j < i for j in candidate.heads):
            out["both sides"] = 1

    def _named(self, told: Told, candidate: Candidate, j: int, way: str, out: Features) -> None:
        """What kind of actor it is, and in what kind of words, where it stands so: "in Iraq" and "with Iraq"."""
        tree, cast, kind = self.reading.tree, self.reading.cast, told.event_type
        last, case = way.split(" ")[-1], tree.case(j)
        mention = cast.mention.get(j)
        worded = mention.mention_kind if mention is not None else "phrase"
        out[f"{worded} {tree.deps[j]}"] = out[f"{worded} {last} {kind}"] = 1
        entity = cast.entities.get(candidate.actor or "")
        what = entity.actor_type if entity is not None else "phrase"
        out[f"{what} {last} {case}"] = out[f"{what} {last} {case} {kind}"] = 1
        out[f"{what} {way} {tree.pos[told.head]}"] = 1

    def _among(self, told: Told, candidate: Candidate, j: int, out: Features) -> None:
        """How it stands to the sentence's other candidates: the nearest subject above, so many between, part of another."""
        tree, i = self.reading.tree, told.head
        subjects = ((n, a, tree.subjects(a)) for n, a in enumerate(tree.above(i)))
        n, above, found = next((each for each in subjects if each[2]), (0, i, []))
        if set(found) & set(candidate.heads):
            out[f"subject {n} above"] = out[f"subject above, {tree.deps[i]}"] = 1
            out[f"subject above of {tree.lemmas[above]}"] = 1
        elif found:
            out["another subject above"] = 1
        every, near = self.everybody[i], self._near(told)
        between = sum(x in every for x in range(min(i, j) + 1, max(i, j)))
        out[f"{'before' if j < i else 'behind'}, {min(MANY, between)} between"] = 1
        inside = next((x for x in tree.above(j, MANY) if x in every and x not in candidate.heads), None)
        if inside is not None:
            slot = "agent" if inside in near.agents else "patient" if inside in near.patients else "neither"
            out["inside another"] = out[f"inside another, {slot}"] = 1
            out[f"inside another by {tree.deps[j]} {tree.case(j)}"] = 1

    def _slots(self, told: Told, candidate: Candidate, out: Features) -> None:
        """Whether syntax or the lexicon has it as agent or patient."""
        tree, i, kind = self.reading.tree, told.head, told.event_type
        heads, near = set(candidate.heads), self._near(told)
        for name, found in (("agent", near.agents), ("patient", near.patients)):
            if heads & set(found):
                out[name] = out[f"{name} {kind}"] = out[f"{name} {tree.pos[i]}"] = 1
            else:
                out[f"another {name}" if found else f"no {name}, here"] = 1
        for name, slots in (("acts", near.acts), ("undergoes", near.undergoes)):
            slot = next((slot for slot, found in slots if heads & found), None)
            if slot is not None:
                out[f"{name} by frame"] = out[f"{name} by frame {kind}"] = 1
                out[f"{name} by slot {slot}"] = 1
        if near.all_act:
            out["all act"] = 1
        if heads & near.owners:
            out["owner of a phrase"] = out["owner of a phrase " + kind] = 1

    def mutual(self, told: Told) -> bool:
        """Whether all who take part act alike: a meeting, but no visit."""
        return self._near(told).all_act or told.event_mode != "visit"

    def _near(self, told: Told) -> "Near":
        """What syntax and the lexicon tell of an event's parties, found once."""
        i = told.head
        if i not in self.near:
            reading, tree = self.reading, self.reading.tree
            verbal = tree.pos[i] in CLAUSAL or tree.pos[i] == "ADJ"
            entry = next(iter(reading.frames.fitting(i) or reading.frames.entries(i)), None)
            filled = [
                [(slot, frozenset(reading.frames.fill(i, slot))) for slot in slots]
                for slots in ((entry.actor, entry.recipient) if entry is not None else ((), ()))
            ]
            phrases = [x for c in tree.children[i] if tree.deps[c] != "conj" for x in tree.coordinated(c)]
            self.near[i] = Near(
                tree.agents(i) if verbal else tree.holder(i),
                tree.patients(i),
                filled[0],
                filled[1],
                entry is not None and "all" in entry.actor,
                frozenset(x for p in phrases for x in reading.cast.describes(p)),
            )
        return self.near[i]

    def _before(self, told: Told, candidate: Candidate, out: Features) -> None:
        """Where it was named, if not in the sentence."""
        reading, kind = self.reading, told.event_type
        n = reading.sentence[told.head]
        sentences = self.seen.get(candidate.actor or "", [])
        told_in = reading.parsed.sentences
        back = n - sentences[last - 1] if (last := bisect_left(sentences, n)) else 0
        same = back > 0 and told_in[n - back].paragraph == told_in[n].paragraph
        pos = reading.tree.pos[told.head]
        out[f"away {min(back, 5)}" if back else "only later"] = 1
        out[f"away, {'same' if same else 'other'} paragraph {pos}"] = 1
        out[f"away {pos} {kind}"] = 1
        out[f"{told.status}, away"] = 1
        tree, near = reading.tree, self._near(told)
        words = [tree.words[a] for a in near.agents if tree.pos[a] == "PRON" and reading.actors[a] is None]
        out[f"away, agent {words[0] if words else 'told' if near.agents else 'untold'}"] = 1
        out[f"away, patient {'told' if near.patients else 'untold'}"] = 1
        self._missing(told, candidate, out)

    def _missing(self, told: Told, candidate: Candidate, out: Features) -> None:
        """Whether it is what the sentence leaves open: no agent, or one that names nobody ("the two countries")."""
        reading, tree, near = self.reading, self.reading.tree, self._near(told)
        what = reading.cast.entities[candidate.actor or ""].actor_type
        for name, found in (("agent", near.agents), ("patient", near.patients)):
            known = any(reading.actors[a] is not None for a in found)
            state = "known" if known else "told" if found else "untold"
            out[f"away {what}, {name} {state}"] = out[f"away {what}, {name} {state} {told.event_type}"] = 1
            for a in found:
                if tree.pos[a] == "NOUN" and reading.actors[a] is None:
                    out[f"away {what}, {name} {tree.lemmas[a]}"] = 1
                    out[f"away {what}, {name} {tree.tags[a]} {self._determined(a)}"] = 1

    def _told(self, told: Told, actor: str, out: Features) -> None:
        """Who speaks, and what was told of it before."""
        reading, kind = self.reading, told.event_type
        n = reading.sentence[told.head]
        quote = reading.quote.get(told.head)
        if quote is not None and quote.speaker_id is not None:
            name = "speaks" if quote.speaker_id == actor else "another speaks"
            out[name] = out[f"{name} {kind}"] = 1
        here = "here" if actor in self.words[n] else "away"
        for back in range(n - 1, n - LOOK_BACK - 1, -1):
            for name, found in zip(("did", "got"), self.doers.get(back, ()), strict=False):
                kinds = {done for done, who in found if who == actor}
                if kinds:
                    out[f"{name} before {here}"] = 1
                if kind in kinds:
                    out[f"{name} the same before {here}"] = out[f"{name} the same before {kind}"] = 1
        for role, name in enumerate(("does", "gets")):
            every = self.roles.get((kind, role))
            if every is not None and actor in every:
                out[f"{name} the same {here}"] = every[actor] / every.total()
