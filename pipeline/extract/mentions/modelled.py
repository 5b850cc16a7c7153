"""What the language model sees as names, without titles, articles, possessives and offices."""

import re
from collections.abc import Container, Iterator
from itertools import chain

from spacy.tokens import Doc, Span

from pipeline.extract.mentions.places import locate
from pipeline.extract.mentions.sources import SUFFIXES, make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    CALENDAR,
    CLITICS,
    JOINS,
    MODEL_TYPES,
    PARTICLES,
    POSSESSIVE,
    bare,
    honorifics,
    is_capitalised,
    name_words,
    ranks,
    role_heads,
    role_modifiers,
)
from pipeline.extract.parsed import ParsedArticle

_MAX_NAME = 8
_MAX_PERSON = 3
_PATRONYMS = frozenset(("kyzy", "uulu", "uly", "oglu", "ogly", "oghlu", "qizi", "gyzy", "kizi"))
"""Son or daughter of, behind a Turkic name."""
_BEFORE_NAMES = frozenset(("Near", "In", "At", "From", "But", "And", "When", "While", "After", "Then"))
"""First words of sentences that the model takes into a name."""
_AFTER_NAMES = frozenset(("QC", "KC", "MP", "MEP", "MSP", "MD", "PhD", "Esq", "OBE", "CBE", "MBE"))
"""Letters behind a person's name that are no part of it."""
_LABEL = re.compile(r"[RDI]-[A-Z]")
"""Party and state of a politician ("R-Iowa")."""


_OF_FIELDS = frozenset(("minister", "ministers", "professor", "professors", "lecturer"))
"""Offices and jobs that are for a field: what stands behind "of" is no one's name."""
_AGAINST = frozenset(("v", "vs", "versus"))
"""Words between those who meet in a court or a match: the two names together are nobody's."""
_FOR = frozenset(("of", "for", "in"))
_FIRST_OF_STATE = frozenset(("prime", "first", "chief"))
"""Words before ministers who govern a whole land: what stands behind "of" is its name."""


def modelled(parsed: ParsedArticle, known: list[ActorSpan]) -> list[ActorSpan]:
    """The language model's entities without titles, articles and possessives. `known`: names from the lists."""
    demonyms = {i for s in known if s.kind == "demonym" or s.type == "party" for i in range(s.start, s.end)}
    countries = {s.start: s.end for s in known if s.type == "country"}
    bodies = {s.start: s.end for s in known if (s.key or "").startswith("body:")}
    spans = []
    for entity in chain.from_iterable(_parts(entity, bodies) for entity in parsed.doc.ents):
        type_ = MODEL_TYPES.get(entity.label_)
        bounds = _trim(entity, type_ or "", demonyms) if type_ else None
        if not type_ or not bounds:
            continue
        start, end = bounds
        rest = countries.get(start, end)
        if (
            type_ == "place"
            and end - rest > 1
            and not any(t.text in name_words() or t.is_punct for t in entity.doc[rest:end])
        ):
            start, type_ = rest, "person"  # "Ambassador to the United States Carla Mendes"
        rest = bodies.get(start, end)
        if type_ == "organization" and rest < end and not _belongs(entity.doc, rest, end):
            titled = _behind_office(entity.doc, rest, end)
            if rest < titled < end:
                start, type_ = titled, "person"  # "U.N. Secretary General Duro"
            elif end == bounds[1] < entity.end or _is_before_role(entity.doc, end):
                continue  # "U.N. Emergency Relief |Coordinator"
            elif _is_full_name(entity.doc, rest, end):
                start, type_ = rest, "person"  # "the director of Amnesty International Man-kei Tam"
        spans.append(make_name(parsed, start, end, type_))
    return spans


def _belongs(doc: Doc, start: int, end: int) -> bool:
    """Whether words behind a listed body's name make a longer name with it: one of them tells of a body, or joins."""
    return any(t.text in name_words() or t.pos_ in ("ADP", "CCONJ", "DET") for t in doc[start:end])


def _is_before_role(doc: Doc, end: int) -> bool:
    return end < len(doc) and bare(doc[end].text) in role_heads() and not doc[end].is_sent_start


def _behind_office(doc: Doc, start: int, end: int) -> int:
    """The token behind an office that words begin with; `start` where they begin with none."""
    i = start
    while i < end and (bare(doc[i].text) in role_heads() or bare(doc[i].text) in role_modifiers()):
        i += 1
    return i if i > start and bare(doc[i - 1].text) in role_heads() else start


def _is_full_name(doc: Doc, start: int, end: int) -> bool:
    """Whether words may be a person's given name and surname."""
    words = "".join(t.text_with_ws for t in doc[start:end]).split()
    named = all(is_capitalised(w) and w.replace("-", "").isalpha() and not w.isupper() for w in words)
    return named and 1 < len(words) <= _MAX_PERSON and locate(" ".join(words)) is None


def _parts(entity: Span, listed: Container[int]) -> Iterator[Span]:
    """An entity, cut where one body owns another ("the Department of Justice's Office of ..."); `listed`: where listed bodies begin."""
    doc, start = entity.doc, entity.start
    if entity.label_ == "PERSON":
        owner = next((t.i for t in entity if t.text in POSSESSIVE and t.i > start), None)
        saint = entity[0].lower_ in ("st", "st.", "saint")
        if owner is not None and not saint and any(t.text in name_words() for t in doc[owner : entity.end]):
            yield Span(doc, start, owner, label="PERSON")  # "Wilders' Freedom Party"
            return
    if entity.label_ == "ORG":
        for i in range(entity.start + 1, entity.end - 1):
            body = any(t.text in name_words() for t in doc[start:i]) or i + 1 in listed
            if doc[i].text in CLITICS and body and is_capitalised(doc[i + 1].text):
                yield Span(doc, start, i, label=entity.label)
                start = i + 1
    yield Span(doc, start, entity.end, label=entity.label) if start > entity.start else entity


def _trim(entity: Span, type_: str, demonyms: set[int]) -> tuple[int, int] | None:
    """An entity's tokens without what is no part of the name; None where nothing is left."""
    doc, end = entity.doc, min(entity.end, entity.start + _MAX_NAME + 4)
    start = _begin(entity, end, type_, demonyms)
    end = _end(entity, start, end, type_)
    if type_ == "group" and end - start > 1 and doc[start].is_digit:
        start += 1
    words = [t.text for t in doc[start:end]]
    named = _is_written_as_name(words, type_) and not _is_no_name(doc, start, end, type_)
    return (start, end) if named else None


def _begin(entity: Span, end: int, type_: str, demonyms: set[int]) -> int:
    """Where a name begins behind titles, articles, marks and the rest of an office."""
    doc, start = entity.doc, entity.start
    while start < end and (
        (type_ == "person" and _is_title(entity, start, end, demonyms))
        or doc[start].pos_ in ("DET", "PUNCT")
        or doc[start].text in POSSESSIVE
        or doc[start].text in _BEFORE_NAMES
        or _is_of_office(doc, start, end)
        or not doc[start].text.strip()
    ):
        start += 1
    if end - start > 2 and doc[start].tag_ == "NNS" and doc[start + 1].text == "of":
        start += 2  # "Shares of Brookline"
    return start


def _end(entity: Span, start: int, end: int, type_: str) -> int:
    """Where a name ends before marks, prepositions, addresses, offices and letters; a cut person's is mended."""
    doc = entity.doc
    while end > start and (
        doc[end - 1].is_punct
        or doc[end - 1].pos_ in ("DET", "ADP", "CCONJ")
        or doc[end - 1].text in POSSESSIVE
        or not doc[end - 1].text.strip()
    ):
        end -= 1
    if type_ != "person":
        end = _without_role(entity, start, end)
    while end > start and (doc[end - 1].like_url or "/" in doc[end - 1].text):
        end -= 1
    if type_ == "person":
        end = _hyphened(entity, start, end)
        while end - start > 1 and doc[end - 1].text.rstrip(".") in _AFTER_NAMES:
            end -= 1
    return end


def _is_no_name(doc: Doc, start: int, end: int, type_: str) -> bool:
    """Whether words are an office or an adjective rather than someone's name."""
    if end - start == 1 and bare(doc[start].text) in role_heads():
        return True
    if any(t.lower_.rstrip(".") in _AGAINST for t in doc[start:end]):
        return True  # "Roe v. Wade", "Larmo vs Velt"
    if _is_field(doc, start) or (type_ != "person" and _is_office(doc, start, end)):
        return True
    of = type_ == "organization" and end - start > 2 and doc[start + 1].text == "of"
    if of and bare(doc[start].text) in role_heads():
        return True  # "Archbishop of Lima"
    return type_ == "group" and _only_describes(doc, start, end)  # "Islamic schools", "Byzantine art"


def _is_written_as_name(words: list[str], type_: str) -> bool:
    """Whether words have the capitals of a name, and are no label of a party and no date."""
    if _LABEL.match("".join(words)):
        return False
    if not any(is_capitalised(w) for w in words) or all(w in CALENDAR or not w[0].isalpha() for w in words):
        return False
    return type_ != "person" or is_capitalised(words[0]) or words[0].lower() in PARTICLES


def _only_describes(doc: Doc, start: int, end: int) -> bool:
    """Whether the words for a people or creed are adjectives of a noun that follows."""
    following = doc[end].pos_ if end < len(doc) else ""
    return all(t.tag_ == "JJ" for t in doc[start:end]) and following in ("NOUN", "ADJ", "CCONJ")


def _is_field(doc: Doc, start: int) -> bool:
    """Whether words tell what a minister or a professor is for: "Mines" in "the minister of Mines", "Rural Law" in "professor of Rural Law"."""
    i = start - 1
    i -= int(i > 0 and doc[i].lower_ == "the")
    if i < 1 or doc[i].lower_ not in _FOR or doc[i - 1].lower_ not in _OF_FIELDS:
        return False
    first = i > 1 and doc[i - 2].lower_ in _FIRST_OF_STATE
    placed = doc[i].lower_ == "in" and locate(doc[start].text) is not None
    return not (first or placed or doc[start].text in name_words())


def _is_office(doc: Doc, start: int, end: int) -> bool:
    """Whether a name is only the rest of an office: "State" in "Secretary of State", "Affairs" in "Minister of Strategic Affairs"."""
    start = _after_of(doc, start)
    of = start > 1 and doc[start - 1].text == "of" and bare(doc[start - 2].text) in role_heads()
    return of and all(bare(t.text) in role_modifiers() for t in doc[start:end])


def _after_of(doc: Doc, start: int) -> int:
    """Where the words of an office behind "of" begin that a name ends; its own `start` where there are none."""
    i = start
    while i > 1 and start - i < _MAX_PERSON and bare(doc[i - 1].text) in role_modifiers():
        i -= 1
    return i if i > 0 and doc[i - 1].text == "of" else start


def _is_of_office(doc: Doc, i: int, end: int) -> bool:
    """Whether a word belongs to an office in front of it: "State" in "Secretary of State Kerry"."""
    of = i > 1 and doc[i - 1].text == "of" and bare(doc[i - 2].text) in role_heads()
    return (
        of
        and bare(doc[i].text) in role_modifiers()
        and end - i > 1
        and doc[i + 1].text not in ("of", "for", "and")
    )


def _without_role(entity: Span, start: int, end: int) -> int:
    """Leave out the office at the end of a body's name ("Pentagon Press Secretary")."""
    doc = entity.doc
    head = end - 1
    if bare(doc[head].text) not in role_heads():
        head = end if end < len(doc) and bare(doc[end].text) in role_heads() else -1
    if head <= start:
        return end
    end = head
    while end > start and doc[end - 1].text == "-":
        end -= 2  # "United Nations Secretary-General"
    while end - start > 1 and (
        bare(doc[end - 1].text) in role_modifiers() or bare(doc[end - 1].text) in ranks()
    ):
        end -= 1
    return max(start, end)


def _is_title(entity: Span, i: int, end: int, demonyms: set[int]) -> bool:
    word = bare(entity.doc[i].text)
    role = word in role_heads() or word in role_modifiers()
    return word in honorifics() or word in ranks() or i in demonyms or (end - i > 1 and role)


def _hyphened(entity: Span, start: int, end: int) -> int:
    """Take in the rest of a name that was cut at a hyphen or particle ("Wong Kwok|-hing", "Abu Omar| al-Ansari")."""
    doc = entity.doc
    while start < end < len(doc) - 1 and doc[end].text in _PATRONYMS:
        end += 1
    if start + 1 < end < len(doc) and doc[end - 1].text in JOINS and doc[end].text.istitle():
        end += 1  # "Luz Mora da| Silva"
    while start < end < len(doc) - 1:
        after = doc[end + 1]
        if doc[end].text in PARTICLES and (is_capitalised(after.text) or after.text == "-"):
            end += 1 if after.text == "-" else 2
            continue
        if (
            doc[end].text != "-"
            or doc[end - 1].whitespace_
            or doc[end].whitespace_
            or not _is_syllable(after.text)
        ):
            break
        if not (after.text[0].isupper() or end - start > 1):
            break
        end += 2
    return end


def _is_syllable(text: str) -> bool:
    return text.replace("’", "").replace("'", "").isalpha() and text.lower() not in SUFFIXES
