"""What tells whether an event happened: the tense of its clause, the dates around it, and who says so."""

from pipeline.extract.events.features import Features, moods_beside
from pipeline.extract.events.lexicon import max_of, triggers_of
from pipeline.extract.events.reading import Reading
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.rows import Date

AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
BACK = 4
"""Sentences before and behind the event whose dates may tell when it happened."""
AHEAD = 2
NEAR = 3
"""Steps in the tree within which a date is the clause's own."""
CLIMB = 6
GOVERNORS = 3
"""Steps up within which a word is known by its lemma."""
AGES = ((0, "to come"), (32, "lately"), (330, "months ago"), (400, "a year ago"))
"""Days before publication below which a date is called so."""
OLD = frozenset({"a year ago", "long ago"})
HINTS = frozenset(
    [
        "according", "after", "ago", "anniversary", "decade", "decades", "during", "earlier", "first", "former",
        "history", "last", "once", "originally", "previously", "since", "year", "years",
    ]
)  # fmt: skip
"""Words that hint at how long ago, or by whose word, the things of a sentence happened."""
NOBODY = frozenset({"nobody", "none", "no-one", "neither"})
NONE_OF = frozenset({"no", "neither"})
"""Who is nobody, and what makes nobody of a noun: "no one", "neither side", "neither Chad nor Niger"."""
BEFORE_NOUNS = ("det", "cc:preconj", "cc", "advmod")
OPEN = frozenset({"to come", "possible", "due", "on condition"})
"""Moods in which a deed is not told to have been left undone."""


def status_features(reading: Reading, head: int, event_type: str) -> Features:
    """What speaks for a status of the event on a word."""
    out: Features = {"type=" + event_type: 1, f"{event_type} {reading.tree.tags[head]}": 1}
    _tense(reading, head, out)
    _governed(reading, head, event_type, out)
    _ages(reading, head, out)
    _speaker(reading, head, event_type, out)
    span = reading.sentence_of(head).span
    for word in HINTS & set(reading.tree.words[span.start : span.end]):
        out["beside " + word] = 1
    return {"status " + name: value for name, value in out.items()}


def is_left_undone(reading: Reading, i: int) -> bool:
    """Whether a verb's subject or object is nobody: "no one was killed", "none of them resigned", "arrested nobody"."""
    tree = reading.tree
    if tree.pos[i] not in CLAUSAL or moods_beside(tree, i) & OPEN:
        return False
    return any(_is_nobody(tree, x) for x in (*tree.subjects(i), *tree.patients(i)))


def _is_nobody(tree: Tree, i: int) -> bool:
    return tree.words[i] in NOBODY or any(
        tree.words[c] in NONE_OF for c in tree.kids(i, *BEFORE_NOUNS) if c < i
    )


def _tense(reading: Reading, i: int, out: Features) -> None:
    """The form of the verb that the event hangs on, and of the sentence's main verb."""
    tree = reading.tree
    above = [x for x in tree.above(i, CLIMB) if tree.pos[x] in CLAUSAL]
    verb = i if tree.pos[i] in CLAUSAL else next(iter(above), i)
    main = above[-1] if above else verb
    for name, x in (("tense", verb), ("main tense", main)):
        helpers = sorted(tree.words[c] for c in tree.children[x] if tree.deps[c] in AUXILIARY)
        out[" ".join([name, tree.tags[x], *helpers])] = 1
    if tree.pos[main] != "PROPN":
        out["main " + tree.lemmas[main]] = 1


def _governed(reading: Reading, i: int, event_type: str, out: Features) -> None:
    """The words above, how it hangs on them and in which mood they are: "asked for the release of", "refused to sign"."""
    tree = reading.tree
    for mood in moods_beside(tree, i):
        out["own " + mood] = out[f"own {mood} {event_type}"] = 1
    way: list[str] = []
    below = i
    for n, x in enumerate(tree.above(i, CLIMB)):
        step = tree.deps[below].split(":")[0]
        way.append(step)
        word = tree.lemmas[x] if tree.pos[x] != "PROPN" else "a name"
        if n < GOVERNORS:
            chain = "<".join(way)
            out[f"up {chain} of {word}"] = out[f"up {step} of {word}"] = out[f"up {step} of {word} {n}"] = 1
            out["way " + chain] = 1
        kind = max_of(triggers_of(tree.lemmas[x]))
        if kind is not None and n <= GOVERNORS:
            out[f"up {step} of {kind} {n}"] = out[f"up {step} of {kind} {event_type}"] = 1
        if tree.pos[x] in CLAUSAL:
            out[f"up {tree.tags[x]} {n}"] = 1
            for mood in moods_beside(tree, x):
                out["up " + mood] = out[f"up {mood} {min(n, 2)}"] = 1
        below = x


def _ages(reading: Reading, i: int, out: Features) -> None:
    """How old the dates of the sentence, of those before it and of the paragraph are."""
    tree, n = reading.tree, reading.sentence[i]
    paragraph = reading.sentence_of(i).paragraph
    near = [
        (reading.sentence[tokens[0]], tokens[0], _age(reading, row))
        for tokens, row in reading.dates_of(range(n - BACK, n + AHEAD + 1))
    ]
    here = [(tokens, age) for k, tokens, age in near if k == n]
    if here:
        out["nearest date " + min(here, key=lambda d: abs(d[0] - i))[1]] = 1
    else:
        out["no date"] = 1
    for token, age in here:
        way = tree.path(i, token)
        if way != "far" and way.count(" ") <= NEAR:
            out["date of its own " + age] = 1
    before = [(k, age) for k, _, age in near if k < n]
    if before:
        k, age = max(before, key=lambda b: b[0])
        same = reading.parsed.sentences[k].paragraph == paragraph
        out["date before " + age] = out[f"date before, paragraph {same} {age}"] = 1
    ages = {age for k, _, age in near if reading.parsed.sentences[k].paragraph == paragraph}
    for age in ages:
        out["paragraph " + age] = 1
    if ages and ages <= OLD:
        out["paragraph of old"] = 1


def _age(reading: Reading, row: Date) -> str:
    today, last = reading.today, row.date_to or row.date_from
    if today is None or last is None:
        return "somewhen"
    days = (today - last).days
    return next((name for most, name in AGES if days < most), "long ago")


def _speaker(reading: Reading, i: int, event_type: str, out: Features) -> None:
    """Who says so, in which way, and whether the deed is the speaker's own, its country's or another's."""
    quote = reading.quote.get(i)
    if quote is None:
        out["no quote"] = 1
        return
    entities = reading.cast.entities
    speaker = entities.get(quote.speaker_id or "")
    who = speaker.actor_type if speaker is not None else "unnamed" if quote.speaker else "nobody"
    out["by " + who] = out[f"by {who} {quote.quote_kind}"] = out[f"by {who} {event_type}"] = 1
    out["cue " + (quote.cue or "none").lower()] = out[f"cue class {quote.cue_class}"] = 1
    out[f"{quote.quote_kind} {event_type}"] = 1
    tree = reading.tree
    verbal = tree.pos[i] in CLAUSAL or tree.pos[i] == "ADJ"
    agents, patients = (tree.agents(i), tree.patients(i)) if verbal else (tree.holder(i), [])
    for name, found in (("agent", agents), ("patient", patients)):
        for kin in {_kin(reading, x, quote.speaker_id) for x in found[:2]} or {"none"}:
            feature = f"{name} to speaker: {kin}"
            out[feature] = out[f"{feature} {event_type}"] = out[f"{feature} {quote.quote_kind}"] = 1


def _kin(reading: Reading, i: int, speaker: str | None) -> str:
    """What a party is to the speaker: itself, of its country, of another, or a thing."""
    entities, tree = reading.cast.entities, reading.tree
    actor = reading.actors[i]
    if actor is not None and actor == speaker:
        return "itself"
    own, other = entities.get(actor or ""), entities.get(speaker or "")
    if own is not None:
        if other is None or not own.country or not other.country:
            return "another"
        return "its country" if own.country == other.country else "another country"
    return "word " + tree.words[i] if tree.pos[i] == "PRON" else "a thing"
