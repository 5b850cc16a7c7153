"""The word lists of titles, roles, body nouns and words within names, ready for look-up."""

import calendar
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Token

from pipeline.lexicon import table

MODEL_TYPES = {"PERSON": "person", "ORG": "organization", "LOC": "place", "NORP": "group"}
"""What the language model's entity labels mean here."""

CALENDAR = frozenset(
    w for w in (*calendar.month_name, *calendar.day_name, *calendar.month_abbr, *calendar.day_abbr) if w
)
"""Words with a capital that are no names of actors."""

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "abu",
        "de",
        "da",
        "del",
        "della",
        "der",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "van",
        "von",
        "y",
        "zu",
    ]
)
"""Lower-case words within names of people."""

JOINS = PARTICLES | {"Al", "El", "Bin", "Ibn", "Abu"}
"""Words that no name ends with."""

CLITICS = frozenset(("'s", "’s", "‘s", "`s", "´s"))
"""Possessives, also as the tokenizer may leave them on a word."""

POSSESSIVE = frozenset(("'s", "’s", "'", "’"))


@dataclass(frozen=True, slots=True)
class BodyNoun:
    """A common noun for a body: what it makes of "the Venezuelan <noun>"."""

    noun: str
    type: str
    sector: str | None
    anaphoric: bool
    """"The <noun>" alone goes back to the body named before."""
    body: str
    """The body that the noun stands for: "regime" and "authorities" are the government."""


@cache
def honorifics() -> dict[str, str]:
    """Gender (m, f) by honorific, lower case, without full stop."""
    return {row["title"]: row["gender"] for row in table("titles")}


@cache
def role_heads() -> dict[str, tuple[str | None, str | None]]:
    """PLOVER sector and gender by the noun of an office or job, lower case."""
    return {
        row["role"]: (row["sector"] or None, row["gender"] or None)
        for row in table("roles")
        if row["kind"] in ("head", "rank", "kin")
    }


@cache
def given_names() -> dict[str, str | None]:
    """Gender (m, f, or None where both bear it) by given name, as it is written."""
    return {row["name"]: row["gender"] or None for row in table("given_names")}


@cache
def ranks() -> dict[str, str | None]:
    """Abbreviated titles (Gen, Sen, Dr), lower case, without full stop, and the role that they abbreviate."""
    return {row["role"]: row["full"] or None for row in table("roles") if row["kind"] == "rank"}


@cache
def full_roles() -> dict[str, str]:
    """Roles by their abbreviation ("sen": senator)."""
    return {row["role"]: row["full"] for row in table("roles") if row["full"]}


@cache
def kin() -> frozenset[str]:
    """Nouns of kinship: they tell gender, not office."""
    return frozenset(row["role"] for row in table("roles") if row["kind"] == "kin")


@cache
def role_modifiers() -> dict[str, str | None]:
    """Words that stand before the noun of an office and belong to it ("foreign minister"), and the sector that they tell."""
    return {row["role"]: row["sector"] or None for row in table("roles") if row["kind"] == "modifier"}


@cache
def body_nouns() -> dict[str, BodyNoun]:
    """Common nouns of bodies, of one or two words, lower case."""
    return {
        row["noun"]: BodyNoun(
            row["noun"], row["type"], row["sector"] or None, row["anaphoric"] == "yes", row["body"]
        )
        for row in table("body_nouns")
    }


@cache
def people_of_anywhere() -> frozenset[str]:
    """Plural nouns for people of whom a country that is merely near tells nothing ("terrorists", "asylum seekers"), lower case."""
    return frozenset(row["noun"] for row in table("people_of_anywhere"))


@cache
def staff_nouns() -> dict[str, str]:
    """Type by the common noun of those who work for a person or stand by one ("her campaign"), lower case."""
    return {row["noun"]: row["type"] for row in table("staff_nouns")}


@cache
def name_heads() -> dict[str, tuple[str, str | None]]:
    """Type and sector by a word that tells what the name is that it begins ("Partido", "Banco")."""
    return {row["word"]: (row["type"], row["sector"] or None) for row in table("name_heads")}


@cache
def name_words() -> dict[str, tuple[str, str | None]]:
    """Type and sector by a word that tells what a capitalised name is ("Ministry", "River"), those that begin it included."""
    last = {row["word"]: (row["type"], row["sector"] or None) for row in table("name_words")}
    return name_heads() | last


@cache
def place_nouns() -> frozenset[str]:
    """Common nouns for places, behind a name ("Idlib province") or before it ("the city of Tyre")."""
    return frozenset(row["noun"] for row in table("place_nouns"))


@cache
def saying_verbs() -> frozenset[str]:
    """Lemmas of verbs of saying ("say", "announce")."""
    said = (row for row in table("attribution_cues") if row["pos"] == "verb" and row["cue_class"] == "saying")
    return frozenset(row["lemma"] for row in said)


@lru_cache(maxsize=50_000)
def bare(token_text: str) -> str:
    """A title as the lists write it: lower case, without full stop."""
    return token_text.lower().rstrip(".")


def is_capitalised(text: str) -> bool:
    """Whether a token is written as a name: an upper-case letter first, or within ("al-Shabaab", "iPhone")."""
    return text[:1].isupper() or (text[:3].lower() == "al-" and text[3:4].isupper())


def ties(token: Token) -> bool:
    """Whether a token is a hyphen within a word ("US-led"), not a dash between blanks ("LIMA - Soldiers left")."""
    before = token.i > 0 and token.doc[token.i - 1].whitespace_
    return token.text == "-" and not (before and token.whitespace_)
