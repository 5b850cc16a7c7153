"""Names that neither lists nor the language model see, but that the text gives away: by capitals, by brackets, by "known as"."""

import re
from collections.abc import Iterator

from pipeline.extract.mentions.evidence import acronyms
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import ActorSpan, contains
from pipeline.extract.mentions.words import (
    bare,
    is_capitalised,
    role_heads,
)
from pipeline.extract.parsed import ParsedArticle

_MAX_WORDS = 4
_SHORT = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z0-9&/-]{1,9}")
"""A short name in brackets: two capitals at least ("FAMa", "SPLM-IO")."""
_BODIES = (
    "organization",
    "government",
    "military",
    "armed_group",
    "company",
    "igo",
    "media",
    "party",
    "group",
)
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "la", "y"))
_CALLED = frozenset(("known", "nicknamed", "dubbed", "alias", "aka", "called"))
_BORN = "born"
"""Before a name, a person's earlier one: "Mara Lind, born Mara Odel"."""
_MARKS = frozenset(('"', "“", "‘", "'", "``", "«", ",", "(", "as", "better", "also", "-", "simply"))
_ALIAS_REACH = 9


def find_unseen(parsed: ParsedArticle, capitals: list[bool], spans: list[ActorSpan]) -> list[ActorSpan]:
    """Names beyond those found; `capitals`: tokens whose capitals tell nothing. Sets `alias_of` where one stands for another."""
    found = acronyms(parsed, capitals, spans)
    defined = list(_bracketed(parsed, spans + found))
    within = {i: whole for whole in defined for i in range(whole.start, whole.end)}
    spans[:] = [s for s in spans if s.start not in within or not _swallows(within[s.start], s)]
    found += defined
    return found + list(_aliases(parsed, spans + found))


def _swallows(whole: ActorSpan, span: ActorSpan) -> bool:
    """Whether a name that brackets define takes the place of one within it ("Border Guard Bangladesh (BGB)")."""
    return contains(whole, span) and (span.end == whole.end or not span.key)


def _covered(spans: list[ActorSpan]) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}


def _bracketed(parsed: ParsedArticle, spans: list[ActorSpan]) -> Iterator[ActorSpan]:
    """Short names in brackets right behind a body ("the Malian Armed Forces (FAMa)"), and the full name where none is known."""
    doc, covered = parsed.doc, _covered(spans)
    ends = {s.end: s for s in spans}
    for token in parsed.written("(".__eq__, first=1, behind=1):
        close = token.i + 2
        while close < len(doc) - 1 and close < token.i + 5 and doc[close].text != ")":
            close += 1
        text = "".join(t.text for t in doc[token.i + 1 : close])
        if (
            close >= len(doc)
            or doc[close].text != ")"
            or not _SHORT.fullmatch(text)
            or token.i + 1 in covered
        ):
            continue
        full = ends.get(token.i)
        start = _spelled_out(parsed, token.i, text)
        inner = [s for s in spans if start is not None and start <= s.start and s.end <= token.i]
        if full is not None and full.type in _BODIES and (start is None or full.start <= start):
            yield make_name(parsed, token.i + 1, close, full.type)
        elif start is not None and not _is_holder(doc[start].text) and all(s.type != "person" for s in inner):
            type_ = next((s.type for s in inner if s.type in _BODIES), "organization")
            yield make_name(parsed, start, token.i, type_, certain=True)
            yield make_name(parsed, token.i + 1, close, type_)


def _is_holder(word: str) -> bool:
    """Whether a word holds an office rather than names a body: "Member of Parliament (MP)"."""
    return bare(word) in role_heads() or bare(word) in ("member", "members")


def _spelled_out(parsed: ParsedArticle, end: int, short: str) -> int | None:
    """Where the words begin whose initials are the short name that follows them; None where they do not fit."""
    doc, letters = parsed.doc, [c for c in short.upper() if c.isalpha()]
    i = end - 1
    while letters and i >= 0 and not doc[i + 1 if i + 1 < end else i].is_sent_start:
        word = doc[i].text
        if word[0].upper() == letters[-1] and (word[0].isupper() or word.lower() not in _SMALL):
            letters.pop()
        elif word.lower() not in _SMALL and word != "-":
            return None
        i -= 1
    start = i + 1
    return start if not letters and start < end and doc[start].text[0].isupper() else None


def _aliases(parsed: ParsedArticle, spans: list[ActorSpan]) -> Iterator[ActorSpan]:
    """What a person or body is "known as": a name of its own that means the one before it."""
    doc = parsed.doc
    at = {s.start: s for s in spans}
    named = [s for s in sorted(spans, key=lambda s: s.end) if s.type == "person" or s.type in _BODIES]
    n = 0
    for token in parsed.written(lambda word: word.lower() in _CALLED or word == _BORN, first=1, behind=1):
        while n < len(named) and named[n].end <= token.i:
            n += 1
        if n == 0 or token.i - named[n - 1].end > _ALIAS_REACH - 3:
            continue
        i = token.i + 1
        born = token.text == _BORN and i in at and at[i].type == "person" and named[n - 1].type == "person"
        linked = born or token.lower_ in ("alias", "aka", "nicknamed", "dubbed")
        while token.text != _BORN and i < len(doc) and doc[i].text in _MARKS:
            linked = linked or doc[i].text == "as"
            i += 1
        owner = named[n - 1]
        if owner.type != "person" and bare(doc[token.i - 1].text) in role_heads() and n > 1:
            owner = named[n - 2]  # "Dagalo, the RSF commander known as Hemedti"
        if not linked or i >= len(doc) or doc[i].is_sent_start or doc[owner.end - 1].sent != doc[i].sent:
            continue
        known = at.get(i)
        if known is not None:
            if (
                owner.type == "person"
                and not known.certain
                and known.type in ("person", "place", "organization")
            ):
                known.type, known.certain = "person", True
                known.alias_of, known.country = owner, None
            continue
        end = i
        while end < len(doc) and end - i < _MAX_WORDS and is_capitalised(doc[end].text) and end not in at:
            end += 1
        if end > i and owner.type == "person":
            span = make_name(parsed, i, end, "person", certain=True)
            span.alias_of = owner
            yield span
