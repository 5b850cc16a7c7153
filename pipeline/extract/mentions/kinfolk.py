"""Names of people that only others' names complete or tell: "Ann and Paul Roe", "the Roes", "Ann Roe of Halvorsen Partners"."""

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import given_names, kin
from pipeline.extract.parsed import ParsedArticle

_AND = frozenset(("and", "&"))
_BODIES = frozenset(("organization", "company", "government", "media", "party", "military", "armed_group"))
_COUPLE = frozenset(("couple", "parent", "sibling", "twin", "spouse"))
"""Nouns for two people with one surname, as lemmas."""
_BEFORE = 3
"""Tokens before a pair that may call it kin: "the brothers |Ann and Paul Roe"."""


def mend_kinfolk(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Complete a given name by the surname that stands behind the other's, and tell families and employers from people."""
    people = [s for s in spans if s.type == "person" and s.kind == "name"]
    full = {fold(s.name) for s in people if " " in s.name}
    surnames = {name.split()[-1] for name in full}
    _pairs(parsed, people, full)
    for span in spans:
        if span.kind == "name" and not span.key and _is_family(parsed, span, surnames):
            span.type, span.certain = "group", True
    _employers(parsed, people, surnames)


def _pairs(parsed: ParsedArticle, people: list[ActorSpan], full: set[str]) -> None:
    """ "Ann and Paul Roe": the first is Ann Roe where the article names her so, calls the two kin or names the Roes."""
    starts = {s.start: s for s in people}
    for span in people:
        other = starts.get(span.end + 1)
        if other is None or " " in span.name or " " not in other.name or span.name not in given_names():
            continue
        if parsed.lower[span.end] not in _AND or (span.start and parsed.words[span.start - 1] == ","):
            continue
        surname = other.name.split()[-1]
        if fold(f"{span.name} {surname}") in full or _is_kin(parsed, span.start, surname):
            span.name = f"{span.name} {surname}"


def _is_kin(parsed: ParsedArticle, start: int, surname: str) -> bool:
    """Whether the words before two names call them kin, or the article names the family."""
    before = {t.lemma_.lower() for t in parsed.doc[max(0, start - _BEFORE) : start]}
    return bool(before & (kin() | _COUPLE)) or f"{surname}s" in parsed.words


def _is_family(parsed: ParsedArticle, span: ActorSpan, surnames: set[str]) -> bool:
    """Whether a body's name is a surname in the plural behind "the": "the Roes"."""
    if span.type not in _BODIES or " " in span.name or not span.start:
        return False
    word = fold(span.name)
    behind = parsed.lower[span.start - 1] == "the" and word.endswith("s") and word not in surnames
    return behind and bool({word[:-1], word.removesuffix("es")} & surnames)


def _employers(parsed: ParsedArticle, people: list[ActorSpan], surnames: set[str]) -> None:
    """What the model takes for a person behind another's full name and "of" is who that one works for."""
    ends = {s.end for s in people if " " in s.name}
    for span in people:
        of = span.start > 1 and parsed.lower[span.start - 1] == "of" and span.start - 1 in ends
        if of and not span.certain and fold(span.name) not in surnames:
            span.type = "organization"
