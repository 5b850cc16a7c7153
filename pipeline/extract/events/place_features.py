"""What speaks for the places of an article as those of its events."""

import bisect
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from pipeline.extract.events.features import Features
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.tree import CLAUSAL
from pipeline.extract.rows import Mention

BEFORE, BEHIND, OFTEN = 12, 6, 4
"""Mentions of places before and behind an event that are looked at, and how many of the places that the article names most."""
FAR = 100
"""Sentences before that count as one behind."""
BACK = 4
"""Sentences back that are told apart."""
LOCATIVE = frozenset(
    ["in", "at", "near", "off", "inside", "outside", "around", "across", "along", "within", "throughout"]
) | frozenset(["over", "through", "between", "past", "above", "beneath", "under"])
"""Prepositions of place."""
TOWARDS = frozenset({"to", "into", "on", "onto", "towards", "toward", "from", "for", "of"})
"""Prepositions that may introduce the place of what moves or is done to a place."""
DESCRIBING = frozenset({"compound", "amod", "nmod:poss", "nmod:desc"})
PARTS = frozenset({"appos", "compound", "flat", "nmod:desc", "nmod:poss"})
"""How a name hangs on the noun that stands for it."""
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "both"})


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the article names, once or more."""

    key: Hashable
    mentions: tuple[Mention, ...]
    heads: tuple[int, ...]
    """The head of each mention, in order of the text."""

    @property
    def kind(self) -> str:
        """Country, city, state, region, or unknown."""
        first = self.mentions[0]
        return "country" if first.entity_type == "country" else first.place_precision or "unknown"

    @property
    def sort(self) -> str:
        """A country, or what lies in one."""
        return "country" if self.kind == "country" else "town"


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it stands to an event: the mention of it that tells most."""

    named: Named
    at: int
    """The head of that mention."""

    @property
    def mention(self) -> Mention:
        """The mention."""
        return self.named.mentions[bisect.bisect_left(self.named.heads, self.at)]


class PlaceFeatures:
    """What speaks for the places of one article."""

    def __init__(self, reading: Reading) -> None:
        """Note the places that the article names and what it tells of them."""
        self.reading = reading
        named = list(_named(reading))
        self.told = sorted((h, place) for place in named for h in place.heads)
        """The mentions of places in order of the text."""
        self.starts = [h for h, _ in self.told]
        self.key = {h: place.key for h, place in self.told}
        self.here: dict[int, list[Where]] = {}
        for h, place in self.told:
            self.here.setdefault(reading.sentence[h], []).append(Where(place, h))
        self.heads = {
            sort: [h for h, place in self.told if place.sort == sort] for sort in ("town", "country")
        }
        body = (k for k, s in enumerate(reading.parsed.sentences) if s.kind == "body")
        self.first = next(body, 0)
        self.often = sorted(named, key=lambda place: (-len(place.heads), place.heads[0]))[:OFTEN]
        self.known = {place.key: self._known(place) for place in named}
        self.most = {
            sort: max((len(place.heads) for place in named if place.sort == sort), default=0)
            for sort in self.heads
        }
        towns = [place for place in named if place.sort == "town"]
        self.n_towns = len(towns)
        self.lands = {place.mentions[0].country for place in towns}

    def candidates(self, told: Told) -> list[Where]:
        """The places named nearest to the event and those that the article names most, each once, at their nearest mention."""
        n, at = self.reading.sentence[told.head], bisect.bisect_left(self.starts, told.head)
        near = self.told[max(0, at - BEFORE) : at + BEHIND]
        often = [(h, place) for place in self.often for h in _beside(place.heads, told.head)]
        out: dict[Hashable, Where] = {}
        for h, place in sorted([*near, *often], key=lambda one: (self._away(n, told.head, one[0]), one[0])):
            out.setdefault(place.key, Where(place, h))
        return sorted(out.values(), key=lambda where: where.at)

    def _away(self, n: int, i: int, h: int) -> tuple[int, int]:
        """How far a mention stands from an event: sentences before, those behind counting more, then words."""
        k = self.reading.sentence[h]
        return (n - k if k <= n else FAR + k - n), abs(h - i)

    def features(self, told: Told, every: list[Where]) -> list[Features]:
        """The features of each candidate, and of none."""
        return [*(self._of(told, where, every) for where in every), self._none(told, every)]

    def _known(self, place: Named) -> list[str]:
        """What the whole article tells of a place: whether it stands behind a preposition of place, in the lead, in a heading."""
        sentences = self.reading.parsed.sentences
        located = [self._case(h) in LOCATIVE for h in place.heads]
        lead = [self.reading.sentence[h] <= self.first for h in place.heads]
        heading = any(sentences[self.reading.sentence[h]].kind != "body" for h in place.heads)
        found = {
            "somewhere located": any(located),
            "lead": any(lead),
            "located in the lead": any(a and b for a, b in zip(located, lead, strict=True)),
            "heading": heading,
        }
        return [name for name, holds in found.items() if holds]

    def _of(self, told: Told, where: Where, every: list[Where]) -> Features:
        tree, named = self.reading.tree, where.named
        kind, tag = named.kind, tree.tags[told.head][:2]
        out: Features = {"kind=" + kind: 1, f"kind={kind} {told.event_type}": 1}
        here = self._here(told, where)
        if here:
            self._in_sentence(told, where, every, out)
        else:
            self._elsewhere(told, where, out)
        sort = named.sort
        way = f"{sort} {'here' if here else 'away'}"
        out["way " + way] = out[f"way {way} {told.event_type}"] = out[f"way {way} {tag}"] = 1
        if len(named.heads) == self.most[sort]:
            out["most named, " + way] = out[f"most named, {way} {tag}"] = 1
        share = len(named.heads) / len(self.told)
        out["share, " + way] = share
        for known in self.known[named.key]:
            out[f"{known}, {way}"] = out[f"{known}, {way} {tag}"] = out[
                f"{known}, {way} {told.event_type}"
            ] = 1
        if sort == "town" and self.n_towns == 1:
            out["only town, " + way] = out[f"only town, {way} {tag}"] = 1
        if sort == "country":
            out[f"{'holds a town' if named.mentions[0].country in self.lands else 'no town'}, {way}"] = 1
            self._parties(told, named, way, out)
        return out

    def _here(self, told: Told, where: Where) -> bool:
        return self.reading.sentence[where.at] == self.reading.sentence[told.head]

    def _in_sentence(self, told: Told, where: Where, every: list[Where], out: Features) -> None:
        """A place that the event's own sentence names."""
        tree, i, j = self.reading.tree, told.head, self._top(where.at)
        beside = [w for w in every if self._here(told, w)]
        only = "only" if len(beside) == 1 else "one of several"
        case, path = tree.case(j), tree.path(i, j)
        put = "located" if case in LOCATIVE else f"case {case}" if case in TOWARDS else "other"
        mine = "" if self._claimed(j, i) else " own"
        out[f"here {put}{mine}"] = out[f"here {put}{mine} {told.event_type}"] = 1
        out[f"here {put}{mine} {only}"] = out[f"here {put} {where.named.kind}"] = 1
        out["path " + path] = out[f"path {path} {put}"] = 1
        out["end " + path.rpartition(" ")[2] + f" {put}"] = 1
        out["case " + case] = 1
        out[f"steps {min(6, path.count(' '))} {only}"] = 1
        verbs = sum(tree.pos[x] == "VERB" for x in range(min(i, j) + 1, max(i, j)))
        side = "before" if j < i else "behind"
        out[f"{min(3, verbs)} verbs {side} {put}"] = 1
        out["distance"] = min(25, abs(i - j)) / 25
        if abs(i - j) <= min(abs(i - self._top(w.at)) for w in beside):
            out["nearest " + put] = 1
        self._part(told, where, out)
        if where.named.sort == "country" and any(
            w.named.sort != "country" and w.mention.country == where.mention.country for w in beside
        ):
            out["holds a town here " + put] = 1
        if where.mention.actor_id is not None:
            out["an actor " + put] = 1

    def _part(self, told: Told, where: Where, out: Features) -> None:
        """Whether a place has a part in the event: it acts, undergoes it, or describes it ("the Gaza raid")."""
        tree, i, h = self.reading.tree, told.head, where.at
        if h in tree.patients(i):
            out["undergoes"] = out["undergoes " + told.event_type] = 1
        if h in tree.subjects(i) or h in tree.agents(i):
            out["acts"] = out["acts " + told.event_type] = 1
        if tree.heads[h] == i and tree.deps[h] in DESCRIBING:
            out["describes"] = out["describes " + where.named.kind] = out["describes " + told.event_type] = 1

    def _elsewhere(self, told: Told, where: Where, out: Features) -> None:
        """A place that other sentences name."""
        reading, tree, i = self.reading, self.reading.tree, told.head
        n, k = reading.sentence[i], reading.sentence[where.at]
        sort = where.named.sort
        put = "located" if self._case(where.at) in LOCATIVE else "named"
        back = str(n - k) if 0 < n - k <= BACK else "far before" if n > k else "later"
        tag = tree.tags[i][:2]
        alone = "others here" if n in self.here else "none here"
        out[f"away {back} {sort} {put}"] = out[f"away {back} {sort} {alone}"] = 1
        out[f"away {back} {sort} {tag}"] = out[f"away {sort} {put} {told.event_type}"] = 1
        same = reading.parsed.sentences[k].paragraph == reading.sentence_of(i).paragraph
        out[f"away, paragraph {same} {sort}"] = 1
        if any(tree.words[c] in POINTING for c in tree.kids(i, "det")):
            out[f"points back {sort} {put}"] = 1
        span = reading.parsed.sentences[k].span
        if tree.lemmas[i] in {tree.lemmas[x] for x in range(span.start, span.end)}:
            out[f"away, the same word {sort} {put}"] = 1
        last = bisect.bisect_left(self.heads[sort], i) - 1
        if last >= 0 and self.key[self.heads[sort][last]] == where.named.key:
            out[f"last {sort} told {put}"] = out[f"last {sort} told {alone}"] = out[
                f"last {sort} told {tag}"
            ] = 1

    def _parties(self, told: Told, named: Named, way: str, out: Features) -> None:
        """Whether a country is that of who acts or undergoes."""
        tree, cast, land = self.reading.tree, self.reading.cast, named.mentions[0].country
        if land is None:
            return
        i = told.head
        own = {cast.country(x) for x in (*tree.subjects(i), *tree.agents(i))}
        theirs = {cast.country(x) for x in tree.patients(i)}
        if land in own:
            out["country of who acts, " + way] = out[f"country of who acts, {way} {told.event_type}"] = 1
        if land in theirs:
            out["country of who undergoes, " + way] = 1
            out[f"country of who undergoes, {way} {told.event_type}"] = 1

    def _none(self, told: Told, every: list[Where]) -> Features:
        """What speaks for no place."""
        reading, tree, i = self.reading, self.reading.tree, told.head
        here = [w for w in every if self._here(told, w)]
        tag = tree.tags[i]
        located = any(self._case(w.at) in LOCATIVE for w in here)
        state = "located here" if located else "named here" if here else "elsewhere" if every else "nowhere"
        out: Features = {
            "none": 1,
            "none " + told.event_type: 1,
            "none " + told.status: 1,
            "none " + tag: 1,
            f"none {state}": 1,
            f"none {state} {told.event_type}": 1,
            f"none {state} {tag[:2]}": 1,
            f"none {state} {told.status}": 1,
            "none dep=" + tree.deps[i]: 1,
            f"none towns {min(3, self.n_towns)}": 1,
            f"none towns {min(3, self.n_towns)} {told.event_type}": 1,
        }
        if told.event_mode:
            out["none " + told.event_mode] = 1
        if i in reading.quote:
            out["none, quoted"] = out["none, quoted " + told.event_type] = 1
        return out

    def basis(self, told: Told, where: Where) -> str | None:
        """Where a place was read: the event's own clause or elsewhere in its sentence; None for one that only other sentences name."""
        if not self._here(told, where):
            return None
        return "sentence" if self._claimed(self._top(where.at), told.head) else "own"

    def _claimed(self, j: int, i: int) -> bool:
        """Whether another verb stands between a place and the event in the tree."""
        tree = self.reading.tree
        verb = next((x for x in (j, *tree.above(j)) if tree.pos[x] in CLAUSAL), None)
        mine = next((x for x in (i, *tree.above(i)) if tree.pos[x] in CLAUSAL), None)
        return verb not in (mine, i)

    def _top(self, h: int) -> int:
        """The noun that a place's name belongs to: "town" of "in the town of Bria", "capital" of "in the capital, Bangui"."""
        tree = self.reading.tree
        for _ in range(2):
            head = tree.heads[h]
            part = tree.case(h) == "of" or tree.deps[h] in PARTS
            if not (part and tree.case(head) in LOCATIVE | TOWARDS - {"of"}):
                break
            h = head
        return h

    def _case(self, h: int) -> str:
        return self.reading.tree.case(self._top(h))


def _named(reading: Reading) -> Iterator[Named]:
    """The places that an article names, in order of their first mention."""
    tree, seen = reading.tree, set[str]()
    mentions: dict[Hashable, list[Mention]] = {}
    heads: dict[Hashable, list[int]] = {}
    for i in sorted(reading.cast.mention):
        mention = reading.cast.mention[i]
        if mention.mention_id in seen or mention.mention_kind != "name":
            continue
        if mention.entity_type not in ("place", "country"):
            continue
        outside = reading.cast.mention.get(tree.heads[i]) is not mention or tree.heads[i] == i
        if not outside:
            continue
        seen.add(mention.mention_id)
        known = mention.country if mention.entity_type == "country" else mention.place_id
        key = known or mention.text.casefold().removeprefix("the ")
        mentions.setdefault(key, []).append(mention)
        heads.setdefault(key, []).append(i)
    return (Named(key, tuple(mentions[key]), tuple(heads[key])) for key in mentions)


def _beside(heads: tuple[int, ...], i: int) -> tuple[int, ...]:
    """The mentions before and behind a token."""
    at = bisect.bisect_left(heads, i)
    return heads[max(0, at - 1) : at + 1]
