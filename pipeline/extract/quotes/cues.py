"""The words that attribute: look-up of `lexicon/attribution_cues.csv` by inflected form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word and the constructions in which it attributes.

    `frames`: quotation, clause, infinitive, gerund, object, as (object + as), small (object + predicate),
    preposition, addressee (the object is spoken to), recipient (it has to be there: tell), figure (object + at + number). `prepositions` bring content in.
    """

    lemma: str
    cue_class: str
    """What the grammar of its constructions goes by."""
    published: str
    """What the table says that it does."""
    frames: frozenset[str]
    prepositions: frozenset[str]


def inflect(verb: str, irregular: str = "") -> set[str]:
    """Every form of a verb: the regular ones, and those given."""
    forms = {verb, *irregular.split()}
    if verb.endswith("e"):
        stem = verb[:-1]
        forms |= {verb + "s", verb + "d", stem + "ing"}
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    else:
        forms |= {
            verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"),
            verb + "ed",
            verb + "ing",
        }
    return forms


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms of the verbs that the lexicon lists without a particle."""
    rows = lexicon.table("attribution_cues")
    known = {r["lemma"]: r["forms"] for r in rows if r["pos"] == "verb" and " " not in r["lemma"]}
    return known | {
        "hit": "hit hitting",
        "go": "went gone goes",
        "speak": "spoke spoken",
        "set": "set setting",
    }


@cache
def _lexicon() -> dict[str, dict[str, Cue]]:
    """Part of speech -> form -> cue."""
    found: dict[str, dict[str, Cue]] = {"verb": {}, "noun": {}, "adjective": {}, "adverb": {}, "phrase": {}}
    for row in lexicon.table("attribution_cues"):
        cue = Cue(
            row["lemma"],
            row["cue_class"],
            row["published_class"],
            frozenset(row["frames"].split()),
            frozenset(row["prepositions"].split()),
        )
        forms = {row["lemma"]}
        if row["pos"] == "verb":
            verb, _, particle = row["lemma"].partition(" ")
            forms = inflect(verb, row["forms"] or _irregular().get(verb, ""))
            forms = {f"{f} {particle}" for f in forms} if particle else forms
        elif row["pos"] == "noun":
            forms |= {f for f in inflect(row["lemma"]) if f.endswith("s")}
        for form in forms:
            found[row["pos"]].setdefault(form, cue)
    return found


def verb_cue(form: str) -> Cue | None:
    """The cue of a verb form in lower case, with its particle where it has one ("ruled out")."""
    return _lexicon()["verb"].get(form)


def noun_cue(form: str) -> Cue | None:
    """The cue of a noun form in lower case."""
    return _lexicon()["noun"].get(form)


def adjective_cue(form: str) -> Cue | None:
    """The cue of an adjective in lower case."""
    return _lexicon()["adjective"].get(form)


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the word sequences that bring in a source as an adverbial, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _lexicon()["phrase"]:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(seqs, key=len, reverse=True)) for first, seqs in found.items()}


def published_class(words: Sequence[tuple[str, str]], frame: str) -> str:
    """What a cue does, by the part of speech and form of each of its words; words that no list knows merely say.

    `frame`: the construction; "called it a mistake" asks for nothing.
    """
    look_up = {"VERB": verb_cue, "AUX": verb_cue, "NOUN": noun_cue, "ADJ": adjective_cue}
    whole = verb_cue(" ".join(form for _, form in words[:2]))
    found = (look_up[pos](form) for pos, form in words if pos in look_up)
    cue = whole or next((c for c in found if c is not None), None)
    published = cue.published if cue is not None else "saying"
    return "saying" if (published, frame) == ("asking", "predicate") else published
