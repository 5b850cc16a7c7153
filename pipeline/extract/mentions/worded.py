"""Names that a telling word within them gives away: "Ministry of Foreign Affairs", "Mosul University"."""

import re

from spacy.tokens import Doc

from pipeline.extract.mentions.gazetteer import lookup
from pipeline.extract.mentions.sources import is_name_token, make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    PARTICLES,
    POSSESSIVE,
    bare,
    body_nouns,
    given_names,
    honorifics,
    is_capitalised,
    name_heads,
    name_words,
    role_heads,
    role_modifiers,
    ties,
)
from pipeline.extract.parsed import ParsedArticle

_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|d)")
_MAX_NAME = 8
_OWNERS = frozenset(
    ("People", "Children", "Women", "Men", "Sheriff", "Prosecutor", "Mayor", "Governor", "Attorney")
)
"""Words without -s that own a body within its name ("Women's Institute", "Sheriff's Office")."""
_ABOUT = frozenset(
    (
        "Commission",
        "Committee",
        "Subcommittee",
        "Council",
        "Conference",
        "Convention",
        "Declaration",
        "Covenant",
        "Protocol",
    )
)
"""Bodies and texts whose names may go on with "on" ("Commission on Presidential Debates")."""
_SEATS = frozenset(("University", "College", "Institute", "Hospital", "Academy"))
"""Words that end names of bodies that no other body's name goes on with."""
_MEETS = "Conference"
"""A word for a meeting, and for a body of those who meet."""
_FORMS = frozenset(
    ("Inc", "Ltd", "LLC", "PLC", "plc", "Plc", "Corp", "Co", "LLP", "GmbH", "Limited", "Incorporated")
)
"""Legal forms at the end of companies' names."""
_FUNCTION = frozenset(("DET", "PRON", "ADP", "SCONJ", "CCONJ", "ADV", "AUX"))


def worded(parsed: ParsedArticle, capitals: list[bool]) -> list[ActorSpan]:
    """Names that a word within them gives away: "Ministry of Foreign Affairs", "Mosul University"."""
    doc, words, upto = parsed.doc, name_words(), 0
    spans: list[ActorSpan] = []
    for token in parsed.written(words.__contains__):
        if capitals[token.i] or token.i < upto:
            continue
        start = _left_edge(parsed, token.i, capitals)
        end = _right_edge(parsed, _after_head(parsed, token.i, capitals), capitals)
        alone = words[token.text][0] == "party" and token.text[-1] == "s" and _has_article(doc, token.i)
        if end - start < 2 and words[token.text][0] != "thing" and not alone:
            continue
        if end - start > 2 and doc[start + 1].text == "of" and _is_holder(doc[start].text):
            continue  # "Member of Parliament"
        if _is_of_office(doc, end):
            continue  # "White House Press |Secretary"
        upto = end
        told = max(
            (t.i for t in doc[token.i : end] if t.text in words and not _after_of(doc, t.i, token.i)),
            default=token.i,
        )
        pair = f"{doc[told - 1].text} {doc[told].text}" if told > start else ""
        type_, sector = words.get(pair) or words[doc[told].text]
        named = token.i > 0 and doc[token.i - 1].text in given_names()
        headed = token.text in name_heads() and start == token.i  # "Hurricane Maria"
        if type_ in ("place", "thing") and not headed and (doc[token.i].ent_type_ == "PERSON" or named):
            continue  # "Marc Lamont Hill"
        if type_ == "thing" and doc[told].text == _MEETS and _is_of_many(doc, told + 1, end):
            type_, sector = "organization", None
        span = make_name(parsed, start, end, type_)
        span.sector, span.certain = sector, True
        spans.append(span)
    return spans


def _is_of_office(doc: Doc, end: int) -> bool:
    """Whether the last word of a name belongs to the office behind it: "Press Secretary"."""
    last, head = bare(doc[end - 1].text), end < len(doc) and bare(doc[end].text) in role_heads()
    return head and last in role_modifiers() and not doc[end].is_sent_start and is_capitalised(doc[end].text)


def _is_of_many(doc: Doc, i: int, end: int) -> bool:
    """Whether a name goes on with its members: "Conference of State Legislatures"."""
    return i < end and doc[i].text == "of" and doc[end - 1].text.endswith("s")


def _is_holder(word: str) -> bool:
    return bare(word) in role_heads() or bare(word) in ("member", "members")


def _has_article(doc: Doc, i: int) -> bool:
    return i > 0 and doc[i - 1].lower_ == "the"


def _after_of(doc: Doc, i: int, start: int) -> bool:
    return any(t.text in ("of", "for") for t in doc[start:i])


def _left_edge(parsed: ParsedArticle, i: int, capitals: list[bool]) -> int:
    """Where a name that holds token `i` begins."""
    doc, start = parsed.doc, i
    first = parsed.sentence_of(doc[i]).span.start
    while start > first and i - start < _MAX_NAME:
        before = doc[start - 1]
        word = bare(before.text)
        if word in honorifics() or (word in role_heads() and start < i):
            break
        verb = before.pos_ == "VERB" and start - 1 == first
        if is_name_token(parsed, start - 1, capitals) and before.pos_ not in _FUNCTION and not verb:
            start -= 1
        elif before.text == "," and start == i and _is_form(parsed, i) and start - 1 > first:
            if not is_name_token(parsed, start - 2, capitals):
                break
            start -= 2  # "Zolvane Pumps, Inc."
        elif before.text == "and" and _joins(parsed, start, i, capitals):
            start -= 2  # "the Rail and Road Passengers Forum"
        elif (
            (before.text == "&" or ties(before)) and start - 1 > first and is_capitalised(doc[start - 2].text)
        ):
            start -= 2
        elif (
            before.text in POSSESSIVE
            and start - 1 > first
            and (doc[start - 2].text.endswith("s") or doc[start - 2].text in _OWNERS)
            and is_capitalised(doc[start - 2].text)
            and not (start - 2 > first and doc[start - 3].text in given_names())
        ) or (
            before.text in POSSESSIVE
            and start - 2 > first
            and doc[start - 3].lower_ in ("st", "st.", "saint")
        ):
            start -= 2  # "Workers' Party"
        else:
            break
    numbered = start > first and _ORDINAL.fullmatch(doc[start - 1].text) is not None
    unit = name_words()[doc[i].text][0] == "military"
    return start - int(numbered and unit)  # "the 3rd Battalion"


def _is_form(parsed: ParsedArticle, i: int) -> bool:
    """Whether a word is the legal form at the end of a company's name ("Inc.")."""
    return parsed.words[i].rstrip(".") in _FORMS


def _joins(parsed: ParsedArticle, start: int, head: int, capitals: list[bool]) -> bool:
    """Whether "and" before a token is one within the name of a body: an article before it, a word that names nobody."""
    doc, i = parsed.doc, start - 2
    if i < 1 or not is_name_token(parsed, i, capitals) or doc[i - 1].lower_ != "the" or head == start:
        return False
    type_, _ = name_words().get(doc[head].text, (None, None))
    word = doc[i].text
    known = (
        word in name_words()
        or word.lower() in body_nouns()
        or word in given_names()
        or doc[i].ent_type_ == "PERSON"
    )
    return (
        type_ in ("organization", "government", "company", "party")
        and not known
        and doc[head].text[-1] != "s"
        and lookup(parsed.flat, parsed.starts[i]) is None
    )


def _after_head(parsed: ParsedArticle, i: int, capitals: list[bool]) -> int:
    """Where the words end that stand directly behind the word at token `i` and belong to the name ("Partido Popular")."""
    doc, end = parsed.doc, i + 1
    if doc[i].text not in name_heads():
        return end
    stop = end
    while stop < min(len(doc), i + _MAX_NAME) and not doc[stop].is_sent_start:
        if is_name_token(parsed, stop, capitals) or doc[stop].is_digit:
            end = stop + 1
        elif doc[stop].text not in PARTICLES:
            break
        stop += 1
    return end


def _right_edge(parsed: ParsedArticle, end: int, capitals: list[bool]) -> int:
    """How far a name goes on to the right: "of Foreign Affairs", "for the Welfare of Immigrants"."""
    doc, words = parsed.doc, name_words()
    last = end
    while last < len(doc) and last - end < _MAX_NAME and not doc[last].is_sent_start:
        if doc[last].text in words and is_name_token(parsed, last, capitals):
            last = end = last + 1
            continue
        about = doc[last].text == "on" and doc[last - 1].text in _ABOUT
        if (doc[last].text not in ("of", "for") and not about) or _is_form(parsed, last - 1):
            break
        begin = last + 2 if last + 1 < len(doc) and doc[last + 1].text == "the" else last + 1
        stop = begin
        while stop < len(doc) and stop - begin < _MAX_NAME and _goes_on(parsed, stop, begin, capitals):
            stop += 1
        if stop == begin:
            break
        last = end = stop
    return end


def _goes_on(parsed: ParsedArticle, i: int, begin: int, capitals: list[bool]) -> bool:
    """Whether a name's part behind "of" takes in a token: a capitalised word, or "and" between two of them."""
    doc = parsed.doc
    if i > begin and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "B":
        return False  # "Under Secretary of the Treasury Ann Doyle"
    if is_name_token(parsed, i, capitals):
        return True
    hyphen = doc[i].text == "-" and i > begin and not doc[i].whitespace_ and not doc[i - 1].whitespace_
    if hyphen and i + 1 < len(doc) and is_capitalised(doc[i + 1].text):
        return True  # "Council on Franco-German Relations"
    joins = doc[i].text in ("and", "&") and begin < i < len(doc) - 1
    goes_on = joins and is_name_token(parsed, i + 1, capitals) and doc[i + 1].pos_ != "PRON"
    return goes_on and not _is_whole(parsed, i + 1, capitals)


def _is_whole(parsed: ParsedArticle, i: int, capitals: list[bool]) -> bool:
    """Whether a body's name of its own begins at a token: "Institute of Technology and |Norland University"."""
    end = i
    while end < len(parsed.doc) and end - i < _MAX_NAME and is_name_token(parsed, end, capitals):
        end += 1
    type_, _ = name_words().get(parsed.words[end - 1], (None, None))
    return end - i > 1 and type_ == "organization" and parsed.words[end - 1] in _SEATS
