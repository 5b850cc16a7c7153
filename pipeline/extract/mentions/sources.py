"""Names that word lists know and people whom a title announces; what the other sources of names share."""

import re

from spacy.tokens import Token

from pipeline.extract.mentions.gazetteer import fold, lookup
from pipeline.extract.mentions.places import states
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    CALENDAR,
    JOINS,
    PARTICLES,
    bare,
    honorifics,
    is_capitalised,
    kin,
    name_words,
    ranks,
    role_heads,
    role_modifiers,
    saying_verbs,
)
from pipeline.extract.parsed import ParsedArticle, ParsedSentence

_TITLE_CASE = 0.7
"""Share of longer words with a capital from which a heading counts as title case."""
_TITLE_CASE_BODY = 0.9
_MIN_BODY = 6
"""Longer words that a line of the body must have to count as title case."""
_MIN_CAPITALS = 4
"""Shortest country that is read in a line of capitals ("AS CONGO TALKS STALL")."""
_MAX_PERSON = 4
_HYPHENED = frozenset(("armed_group", "party", "organization", "company", "media"))
"""Bodies whose short name goes on behind a hyphen ("SPLM-IO" is not the SPLM)."""
SUFFIXES = frozenset(
    ("led", "backed", "held", "era", "style", "like", "run", "based", "born", "made", "wide")
)
"""Words that follow a name and a hyphen without belonging to it ("Trump-era")."""
_MAKERS = frozenset(("broadcaster", "publisher"))
"""Jobs that are a body's trade as well."""
_CLITIC = re.compile(r"(?<=\w)[‘’'`´]s$")
"""A possessive that the tokenizer left on a word."""
_HALVES = {"korea": ("PRK", "KOR"), "sudan": ("SDN", "SSD")}
"""Countries that the news calls "the North" and "the South"."""


def title_case(sentence: ParsedSentence) -> bool:
    """Whether capitals tell nothing in a line: title case or all capitals."""
    longer = [t.text for t in sentence.span if len(t.text) > 3 and t.text[0].isalpha()]
    capitals = sum(w[0].isupper() for w in longer)
    if sentence.kind == "heading":
        return len(longer) > 1 and capitals > _TITLE_CASE * len(longer)
    return len(longer) >= _MIN_BODY and capitals > _TITLE_CASE_BODY * len(longer)


def make_name(parsed: ParsedArticle, start: int, end: int, type_: str, *, certain: bool = False) -> ActorSpan:
    """A name over tokens."""
    a, b = parsed.start(parsed.doc[start]), parsed.end(parsed.doc[end - 1])
    name = _CLITIC.sub("", " ".join(parsed.article.text[a:b].split()))
    return ActorSpan(start, end, "name", type_, name, certain=certain)


def listed(parsed: ParsedArticle, capitals: list[bool]) -> list[ActorSpan]:
    """Names from the word lists, the longest at each place. `capitals`: tokens whose capitals tell nothing."""
    text, doc, i = parsed.flat, parsed.doc, 0
    spans: list[ActorSpan] = []
    while i < len(doc):
        start = parsed.starts[i]
        entry = lookup(text, start) if text[start : start + 1].isalnum() else None
        stop = start + len(entry.name) if entry else start
        if (
            entry is None
            or (entry.type == "country" and _within_state(parsed, i, entry.name))
            or (entry.kind == "demonym" and _is_given_name(parsed, i, entry.name, capitals))
            or (
                capitals[i]
                and entry.name.isupper()
                and (len(entry.name) < _MIN_CAPITALS or entry.type not in ("country", "group"))
                and i > 0
                and doc[i - 1].text.isupper()
            )
            or (
                text[stop : stop + 1] == "-"
                and text[stop + 1 : stop + 2].isupper()
                and entry.type in _HYPHENED
            )
            or (len(entry.name) < _MIN_CAPITALS and entry.name.isupper() and _shouted(parsed, i))
            or (entry.type == "media" and entry.name.startswith("The ") and _runs_on(text, stop))
            or text[stop : stop + 2].lstrip()[:1] in ("$", "£", "€")
        ):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and parsed.starts[end] < stop:
            end += 1
        if parsed.end(doc[end - 1]) > stop + 1 and text[stop : stop + 1] not in "-'’–/":
            i += 1
            continue
        span = ActorSpan(i, end, entry.kind, entry.type, " ".join(entry.name.split()), certain=True)
        span.key, span.country, span.sector, span.plural = (
            entry.key,
            entry.country,
            entry.sector,
            entry.plural,
        )
        if entry.kind == "demonym" and i > 0 and doc[i - 1].lower_ == "ethnic":
            span.key, span.country, span.sector = (
                f"group:ethnic {entry.name.rstrip('s').lower()}",
                None,
                "SOC",
            )
        spans.append(span)
        i = end
    return spans + _halves(parsed, spans)


def _shouted(parsed: ParsedArticle, i: int) -> bool:
    """Whether the words around a short one are in capitals, so that its own tell nothing ("FIX IS IN")."""
    around = [parsed.doc[j].text for j in (i - 1, i + 1) if 0 <= j < len(parsed.doc)]
    return len(around) > 1 and all(len(w) > 1 and w.isalpha() and w.isupper() for w in around)


def _is_given_name(parsed: ParsedArticle, i: int, name: str, capitals: list[bool]) -> bool:
    """Whether a word for a people stands between a title and a surname: "Minister |German| Orlov"."""
    doc = parsed.doc
    if i == 0 or i + 1 >= len(doc) or capitals[i] or doc[i].text != name or doc[i].is_sent_start:
        return False
    title, word, after = doc[i - 1].text, bare(doc[i - 1].text), doc[i + 1]
    personal = word in honorifics() or word in ranks() or word in role_heads()
    surname = (
        is_name_token(parsed, i + 1, capitals) and after.pos_ == "PROPN" and after.text not in name_words()
    )
    known = bare(after.text) in role_heads() or lookup(parsed.flat, parsed.starts[i + 1]) is not None
    return personal and is_capitalised(title) and surname and not known


def the_company_x(parsed: ParsedArticle) -> list[ActorSpan]:
    """The company that is called X: as the subject or object of a verb, or behind "on"."""
    doc, found = parsed.doc, []
    for token in parsed.written("X".__eq__, behind=1):
        if _behind_name(token):
            continue
        after = doc[token.i + 1]
        acts = token.dep_ == "nsubj" and token.head.lemma_ in saying_verbs() and after.pos_ in ("VERB", "AUX")
        acts = acts or (after.tag_ in ("VBD", "VBZ", "MD") and after.lemma_ in saying_verbs())
        posted = token.i > 0 and doc[token.i - 1].text == "on" and (after.is_punct or after.pos_ != "NOUN")
        if acts or posted:
            found.append(token)
    if not found:
        return []
    again = (t for t in parsed.written("X".__eq__, first=1) if t.whitespace_ and not _behind_name(t))
    return [_company_x(parsed, token.i) for token in (*again, *(t for t in found if t.i == 0))]


def _behind_name(token: Token) -> bool:
    """Whether a word may belong to a name that stands before it."""
    return token.i > 0 and is_capitalised(token.nbor(-1).text) and not token.is_sent_start


def _company_x(parsed: ParsedArticle, i: int) -> ActorSpan:
    span = make_name(parsed, i, i + 1, "company", certain=True)
    span.key, span.country, span.sector = "body:X", "USA", "BUS"
    return span


def _within_state(parsed: ParsedArticle, i: int, name: str) -> bool:
    """Whether a country's name is the end of an American state's: "New Jersey"."""
    before = parsed.doc[i - 1].text if i else ""
    return before.isalpha() and fold(f"{before} {name}") in states()


def _runs_on(text: str, stop: int) -> bool:
    """Whether the name goes on: "The Independent" is not that of "The Independent Commission" or "The Independent of Oslo"."""
    rest = text[stop : stop + 5]
    return rest[:1] == " " and (rest[1:2].isupper() or (rest[:4] == " of " and rest[4:].isupper()))


def _halves(parsed: ParsedArticle, spans: list[ActorSpan]) -> list[ActorSpan]:
    """ "The North" and "the South" where the article names both halves."""
    named = {s.country for s in spans}
    pair = next((p for p in _HALVES.values() if named.issuperset(p)), None)
    if pair is None:
        return []
    doc, taken, found = parsed.doc, {s.start for s in spans}, []
    halves = {"North": 0, "South": 1}
    for token in parsed.written(halves.__contains__, first=1, behind=1):
        before, after, half = doc[token.i - 1], doc[token.i + 1], halves[token.text]
        if token.i in taken or (is_capitalised(after.text) and after.text not in CALENDAR):
            continue
        if before.lower_ == "the" or (after.text == "and" and token.i + 2 in taken):
            span = make_name(parsed, token.i, token.i + 1, "country", certain=True)
            span.key, span.country, span.sector = f"country:{pair[half]}", pair[half], "GOV"
            found.append(span)
    return found


def is_name_token(parsed: ParsedArticle, i: int, capitals: list[bool]) -> bool:
    """Whether a token is written as a part of a name, in a line where capitals tell something."""
    text = parsed.doc[i].text
    return is_capitalised(text) and text not in CALENDAR and not capitals[i] and text[0].isalpha()


def titled(parsed: ParsedArticle, capitals: list[bool], known: list[ActorSpan]) -> list[ActorSpan]:
    """People whom a title or a job announces: "Mr Maduro", "Gen. Petraeus", "journalist Ignacio Ramonet"."""
    doc, spans = parsed.doc, []
    taken = {i for s in known if s.type != "place" for i in range(s.start, s.end)}
    for token in doc[:-1]:
        word = bare(token.text)
        upper = token.text[0].isupper()
        title = upper and (word in honorifics() or word in ranks())
        job = (
            word in role_heads()
            and word not in kin()
            and not capitals[token.i]
            and token.pos_ in ("NOUN", "PROPN")
        )
        if not (title or job):
            continue
        start, end = _person_after(parsed, token.i + 1, capitals, taken)
        if doc[token.i + 1].text == "of" and end - start < 2 and start <= token.i + 2:
            continue
        words = [doc[i].text for i in range(start, end)]
        enough = title or len(words) > 1 or (upper and len(words) == 1 and doc[start].pos_ == "PROPN")
        if not words or not enough or (not title and any(w in name_words() for w in words)):
            continue
        initials = word in _MAKERS and len(words) == 1 and words[0].isupper()
        type_ = "media" if initials else "person"  # "the state broadcaster TRT"
        spans.append(make_name(parsed, start, end, type_, certain=title or initials or len(words) > 1))
    return spans


def _person_after(
    parsed: ParsedArticle, start: int, capitals: list[bool], taken: set[int]
) -> tuple[int, int]:
    """The run of capitalised words of a person's name that begins at a token, further titles skipped; empty where none does."""
    doc = parsed.doc
    if start < len(doc) and doc[start].text == "." and start + 1 < len(doc):
        start += 1
    if start < len(doc) and doc[start].text == "of":  # "Secretary of State Ann Doyle"
        while start + 1 < len(doc) and (
            doc[start].text in ("of", "the", "and") or doc[start].lower_ in role_modifiers()
        ):
            start += 1
        if doc[start - 1].text == "of":
            return start, start
    end = start
    while end < len(doc) and end - start < _MAX_PERSON and not doc[end].is_sent_start and end not in taken:
        if not is_name_token(parsed, end, capitals):
            behind = next((token.text for token in doc[end + 1 : end + 3] if token.text != "-"), "")
            if doc[end].text not in PARTICLES or not is_capitalised(behind):
                break
        elif (
            bare(doc[end].text) in honorifics()
            or bare(doc[end].text) in role_heads()
            or bare(doc[end].text) in ranks()
        ):
            start = end + 1
        end += 1
        while (
            end + 1 < len(doc)
            and doc[end].text == "-"
            and not doc[end].whitespace_
            and not doc[end - 1].whitespace_
        ):
            if doc[end + 1].lower_ in SUFFIXES or not doc[end + 1].text.isalpha():
                break
            end += 2
    while end > start and not is_capitalised(doc[start].text) and doc[start].text not in PARTICLES:
        start += 1
    if end - start > 1 and end < len(doc) and doc[end - 1].text in JOINS and doc[end].text.istitle():
        end += 1  # "Luz Ines Mora da| Silva"
    return start, end
