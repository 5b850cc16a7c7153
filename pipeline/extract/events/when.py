"""When an event happened: the article's expressions of time and its day of publication, ranked for each event, or none."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from pipeline.extract.events.features import Features
from pipeline.extract.events.judge import MODEL
from pipeline.extract.events.linear import Array, Model, load
from pipeline.extract.events.ranking import rank
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.tree import CLAUSAL

ROLES = ("date",)
BACK = 4
"""Sentences over which a date told before may hold on."""
SHARE = 0.35
"""The belief in some date that it takes to give one."""
AGO = ((0, "today"), (1, "yesterday"), (7, "week"), (31, "month"), (364, "year"))
YEAR = timedelta(days=365)
RELATIVE = "acl:relcl"
"""How a relative clause hangs on its noun."""
SEQUENCE = frozenset({"after", "before", "until", "since", "following"})
"""What parts the times of two events."""


@dataclass(frozen=True, slots=True)
class When:
    """First and last day, how precise that is, and where it was read: tokens, or none for the day of publication."""

    date_from: date
    date_to: date | None
    precision: str
    tokens: range

    @property
    def basis(self) -> str:
        """Filled in by `basis_of` for dates in the text; the day of publication is its own."""
        return "publication"


@cache
def dates_model() -> Model:
    """The trained ranking."""
    return load(MODEL / "dates.npz")


def candidates(reading: Reading, told: Told) -> list[When]:
    """The dates of the event's sentence and those before it, of the article's first sentence, and the day of publication."""
    n = reading.sentence[told.head]
    first = next((k for k, s in enumerate(reading.parsed.sentences) if s.kind == "body"), 0)
    out = []
    for tokens, row in reading.dates:
        k = reading.sentence[tokens[0]] if tokens else -1
        near = n - BACK <= k <= n or k == first
        if row.date_from is not None and near and not _is_of_another(reading, tokens, told.head):
            out.append(When(row.date_from, row.date_to, row.date_precision, tokens))
    if reading.published_on is not None:
        out.append(When(reading.published_on, reading.published_on, "day", range(0)))
    return out


def of(reading: Reading, told: Told, when: When, every: list[When]) -> Features:
    """What speaks for a date."""
    out: Features = {"precision=" + when.precision: 1}
    published = reading.published_on
    if published is not None:
        days = (published - when.date_from).days
        ago = "future" if days < 0 else next((name for most, name in AGO if days <= most), "older")
        out["ago=" + ago] = out[f"ago={ago} {told.status}"] = 1
    if not when.tokens:
        out["publication"] = out["publication " + told.event_type] = out["publication " + told.status] = 1
        if told.head in reading.quote:
            out["publication, quoted"] = 1
        tag = reading.tree.tags[told.head]
        out["publication " + tag] = 1
        return out
    n, k = reading.sentence[told.head], reading.sentence[when.tokens[0]]
    if n == k:
        _here(reading, told, when, every, out)
    else:
        _before(reading, told, when, every, out)
    return out


def _here(reading: Reading, told: Told, when: When, every: list[When], out: Features) -> None:
    """A date in the event's own sentence."""
    tree, i = reading.tree, told.head
    n = reading.sentence[i]
    j = _top(reading, when.tokens)
    way = tree.path(i, j)
    beside = sum(reading.sentence[w.tokens[0]] == n for w in every if w.tokens)
    only = "only" if beside == 1 else "one of several"
    out["here"] = out["here, " + only] = out[f"here, {only} {told.event_type}"] = 1
    out["way " + way] = out[f"way {way} {tree.pos[i]}"] = 1
    out[f"steps {min(6, way.count(' '))} {only}"] = 1
    out["here, case " + tree.case(j)] = 1
    between = range(min(i, j) + 1, max(i, j))
    verbs = sum(tree.pos[x] == "VERB" for x in between)
    out[f"{min(3, verbs)} verbs between {only}"] = 1
    if any(tree.words[x] in SEQUENCE for x in between):
        out["a sequence between"] = 1
    others = [
        abs(i - _top(reading, w.tokens)) for w in every if w.tokens and reading.sentence[w.tokens[0]] == n
    ]
    out["nearest"] = float(abs(i - j) <= min(others))
    out[f"{'before' if j < i else 'behind'} {only}"] = 1
    out["distance"] = min(25, abs(i - j)) / 25
    if not _claimed(reading, j, i):
        out["of its own clause"] = 1


def _is_of_another(reading: Reading, tokens: range, i: int) -> bool:
    """Whether a date stands in a relative clause of another word of the event's sentence: "Norway, which left in 2021, offered talks"."""
    tree = reading.tree
    if not tokens or reading.sentence[tokens[0]] != reading.sentence[i]:
        return False
    top = _top(reading, tokens)
    own = {i, *tree.above(i)}
    below = takewhile(lambda x: x not in own, (top, *tree.above(top)))
    return any(tree.deps[x] == RELATIVE and tree.heads[x] != i for x in below)


def _claimed(reading: Reading, date_head: int, i: int) -> bool:
    """Whether another verb stands between a date and the event in the tree."""
    tree = reading.tree
    verb = next((x for x in tree.above(date_head) if tree.pos[x] in CLAUSAL), None)
    mine = i if tree.pos[i] in CLAUSAL else next((x for x in tree.above(i) if tree.pos[x] in CLAUSAL), None)
    return verb != mine


def _before(reading: Reading, told: Told, when: When, every: list[When], out: Features) -> None:
    """A date told in another sentence."""
    tree = reading.tree
    k = reading.sentence[when.tokens[0]]
    back = reading.sentence[told.head] - k
    same = reading.parsed.sentences[k].paragraph == reading.sentence_of(told.head).paragraph
    name = str(back) if 0 < back <= BACK else "first" if back > 0 else "later"
    own = any(i in tree.dated for i in range(*_span(reading, told.head)))
    out["away " + name] = out[f"away {name} {told.event_type}"] = 1
    out[f"away, {'dated' if own else 'undated'} sentence"] = out[f"away, paragraph {same}"] = 1
    out[f"away {tree.tags[told.head]} {'dated' if own else 'undated'}"] = 1
    out["away " + told.status] = 1
    span = reading.parsed.sentences[k].span
    kinds = {
        e.event_type
        for i in range(span.start, span.end)
        if tree.pos[i] in ("VERB", "NOUN")
        for e in reading.frames.fitting(i)[:1]
    }
    lemmas = {tree.lemmas[i] for i in range(span.start, span.end)}
    _story(reading, told, when, every, out)
    if told.event_type in kinds:
        out["away, the same told"] = out["away, the same told " + told.event_type] = 1
    if tree.lemmas[told.head] in lemmas:
        out["away, the same word"] = 1
    if any(tree.words[c] in ("the", "this", "these") for c in tree.kids(told.head, "det")):
        out["away, points back"] = 1


def _story(reading: Reading, told: Told, when: When, every: list[When], out: Features) -> None:
    """Whether a date is the day that the story goes on about: that of the lead, the last one told, the only one so far."""
    tree, i = reading.tree, told.head
    before = [w for w in every if w.tokens and w.tokens[0] < i]
    first = next((k for k, s in enumerate(reading.parsed.sentences) if s.kind == "body"), 0)
    mood = f"{tree.tags[i]} {told.status}{' quoted' if i in reading.quote else ''}"
    if reading.sentence[when.tokens[0]] == first and when.tokens[0] < i:
        out["lead"] = out["lead " + told.event_type] = out["lead " + mood] = 1
    if before and when.date_from == max(before, key=lambda w: w.tokens[0]).date_from:
        out["last told"] = out["last told " + mood] = 1
    if before and all(w.date_from == when.date_from for w in before):
        out["the only day so far"] = out["the only day so far " + mood] = 1
    if not any(reading.sentence[w.tokens[0]] == reading.sentence[i] for w in every if w.tokens):
        out["away " + mood] = 1


def _span(reading: Reading, i: int) -> tuple[int, int]:
    span = reading.sentence_of(i).span
    return span.start, span.end


def _top(reading: Reading, tokens: range) -> int:
    """The word of a date that the others hang on."""
    return next((i for i in tokens if reading.tree.heads[i] not in tokens), tokens[0])


def none(reading: Reading, told: Told, every: list[When]) -> Features:
    """What speaks for no date."""
    n = reading.sentence[told.head]
    here = sum(1 for w in every if w.tokens and reading.sentence[w.tokens[0]] == n)
    tree, i = reading.tree, told.head
    out: Features = {
        "none": 1,
        "none " + told.event_type: 1,
        "none " + told.status: 1,
        "none " + tree.tags[i]: 1,
    }
    out[f"none of {min(here, 2)} here"] = out[f"none of {min(here, 2)} here {told.status}"] = 1
    out["none dep=" + tree.deps[i]] = 1
    days = {w.date_from for w in every if w.tokens and w.tokens[0] < i}
    out[f"none of {min(len(days), 2)} days {tree.tags[i]} {told.status}"] = 1
    if i in reading.quote:
        out["none, quoted"] = 1
    return out


def find_dates(reading: Reading, told: list[Told]) -> list[tuple[When, str] | None]:
    """The date of each event and where it was read; None where the text does not tell."""
    if not told:
        return []
    every = [candidates(reading, each) for each in told]
    features = [features_of(reading, each, own) for each, own in zip(told, every, strict=True)]
    dated = [placed(reading, each, own) for each, own in zip(told, every, strict=True)]
    out: list[tuple[When, str] | None] = []
    for each, own, believed in zip(
        told, every, rank(dates_model(), reading, told, dated, features, ROLES), strict=True
    ):
        share = believed["date"]
        if not own or 1 - share[-1] < SHARE:
            out.append(None)
            continue
        best = own[likeliest(own, share)]
        out.append((best, basis(reading, each, best)))
        if each.status == "actual" and reading.published_on is not None:
            last = best.date_to or best.date_from
            each.status = "historical" if reading.published_on - last >= YEAR else each.status
    return out


def features_of(reading: Reading, told: Told, every: list[When]) -> list[Features]:
    """The features of each candidate, and of none."""
    return [*(of(reading, told, when, every) for when in every), none(reading, told, every)]


def placed(reading: Reading, told: Told, every: list[When]) -> list[tuple[Hashable, str]]:
    """The dates as the article's other events know them, none last."""
    n = reading.sentence[told.head]
    where = [
        "publication" if not w.tokens else "here" if reading.sentence[w.tokens[0]] == n else "away"
        for w in every
    ]
    return [*zip((w.date_from for w in every), where, strict=True), (None, "none")]


def likeliest(every: list[When], share: Array) -> int:
    """The date with the largest share, the same day told twice taken together."""
    days: dict[tuple[date, str], float] = {}
    for when, belief in zip(every, share, strict=False):
        key = when.date_from, when.precision
        days[key] = days.get(key, 0.0) + float(belief)
    sums = [days[w.date_from, w.precision] for w in every]
    return max(range(len(every)), key=lambda n: (sums[n], share[n], -n))


def basis(reading: Reading, told: Told, found: When) -> str:
    """Where a date was read."""
    if not found.tokens:
        return "publication"
    if reading.sentence[found.tokens[0]] != reading.sentence[told.head]:
        return "before"
    tree = reading.tree
    top = _top(reading, found.tokens)
    if not _claimed(reading, top, told.head):
        return "own"
    verb = next((x for x in tree.above(top) if tree.pos[x] in CLAUSAL), None)
    return "saying" if verb is not None and "reporting" in tree.classes[verb] else "sentence"
