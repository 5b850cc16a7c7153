"""The trigger lexicon and the word classes, read once into look-up tables."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import table


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must stand beside a trigger: a slot and what may fill it.

    `slot` is a grammatical slot ("obj", "subj", "mod", "mod-obj", "mod-subj", "comp"), a preposition, "+" for a particle, or a
    flag of its own name with nothing to fill. `any_filler` stands for "*".
    """

    slot: str
    lemmas: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    any_filler: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an event, what it needs beside it, and where its parties stand."""

    lemma: str
    pos: str
    conditions: tuple[Condition, ...]
    event_type: str
    event_mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]


def _condition(text: str) -> Condition:
    if text.startswith(("+", "!+")):
        slot, _, particle = text.partition("+")
        return Condition(slot + "+", frozenset({particle}))
    slot, _, fillers = text.partition(":")
    if not fillers:
        return Condition(slot)
    words = fillers.split("|")
    return Condition(
        slot,
        frozenset(w for w in words if w[0] not in "@*"),
        frozenset(w[1:] for w in words if w[0] == "@"),
        "*" in words,
    )


@cache
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """Triggers by (lemma, part of speech), those that ask for most first."""
    found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for row in table("event_triggers"):
        trigger = Trigger(
            row["trigger"],
            row["pos"],
            tuple(_condition(c) for c in row["requires"].split()),
            row["event_type"],
            row["event_mode"] or None,
            tuple(row["actor"].split()),
            tuple(row["recipient"].split()),
        )
        found[trigger.lemma, trigger.pos].append(trigger)
    return {key: tuple(sorted(rows, key=lambda t: -len(t.conditions))) for key, rows in found.items()}


@cache
def idioms() -> dict[tuple[str, str], tuple[tuple[Condition, ...], ...]]:
    """What must stand beside a word that then is a figure of speech and reports nothing: "shot a film", "struck oil"."""
    found: dict[tuple[str, str], list[tuple[Condition, ...]]] = defaultdict(list)
    for row in table("event_idioms"):
        found[row["trigger"], row["pos"]].append(tuple(_condition(c) for c in row["requires"].split()))
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def triggers_of(lemma: str) -> dict[str, float]:
    """Which types the entries of a lemma in any part of speech name, as shares."""
    count = Counter(t.event_type for pos in ("VERB", "NOUN", "ADJ") for t in triggers().get((lemma, pos), ()))
    whole = sum(count.values())
    return {event_type: n / whole for event_type, n in count.items()}


def max_of(shares: dict[str, float]) -> str | None:
    """The type with the largest share."""
    return max(shares, key=lambda t: (shares[t], t), default=None)


@cache
def _word_classes() -> dict[str, frozenset[str]]:
    of: dict[str, set[str]] = defaultdict(set)
    wider: dict[str, set[str]] = defaultdict(set)
    for row in table("event_word_classes"):
        word, word_class = row["word"], row["word_class"]
        if word.startswith("@"):  # A class within a wider class.
            wider[word[1:]].add(word_class)
        else:
            of[word].add(word_class)
    return {word: frozenset(names.union(*(wider[n] for n in names))) for word, names in of.items()}


def classes_of(lemma: str) -> frozenset[str]:
    """The word classes of a lemma."""
    return _word_classes().get(lemma, frozenset())


@cache
def scores() -> dict[tuple[str, str | None], tuple[int, float]]:
    """Quad class and intensity of a type and mode."""
    quads = {row["event_type"]: int(row["quad_class"]) for row in table("plover_types")}
    out: dict[tuple[str, str | None], tuple[int, float]] = {
        (row["event_type"], None): (quads[row["event_type"]], float(row["intensity"]))
        for row in table("plover_types")
    }
    for row in table("plover_modes"):
        key = row["event_type"], row["event_mode"]
        out[key] = (quads[row["event_type"]], float(row["intensity"]))
    return out


@cache
def event_types() -> tuple[str, ...]:
    """PLOVER's types, in its order."""
    return tuple(row["event_type"] for row in table("plover_types"))


@cache
def _means() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in table("event_mode_words"):
        out[row["word"]].append(f"{row['event_type']}.{row['event_mode']}")
    return {word: tuple(means) for word, means in out.items()}


def means_of(lemma: str) -> tuple[str, ...]:
    """The types with modes that a word tells of: "missile" of an assault with heavy weapons."""
    return _means().get(lemma, ())


@cache
def context_words() -> dict[str, tuple[str, ...]]:
    """Word to PLOVER contexts."""
    out: dict[str, list[str]] = defaultdict(list)
    for row in table("context_words"):
        out[row["word"]].append(row["context"])
    return {word: tuple(contexts) for word, contexts in out.items()}


@cache
def irregular_verbs() -> dict[str, str]:
    """Irregular past forms and participles, and the verb that each is of."""
    return {row["form"]: row["lemma"] for row in table("irregular_verbs")}


@cache
def domain_words() -> frozenset[str]:
    """Words of sport and the arts, where attacks, strikes and visits are no political events."""
    return frozenset(row["word"] for row in table("event_exclusions"))
