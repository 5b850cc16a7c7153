"""The four ways to see a name: word lists, the language model, a title before it, a telling word within it."""

import re
from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Doc, Span

from pipeline.extract.mentions.gazetteer import lookup
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    CALENDAR,
    CLITICS,
    MODEL_TYPES,
    PARTICLES,
    POSSESSIVE,
    bare,
    given_names,
    honorifics,
    is_capitalised,
    kin,
    name_heads,
    name_words,
    ranks,
    role_heads,
    role_modifiers,
)
from pipeline.extract.parsed import ParsedArticle, ParsedSentence

_TITLE_CASE = 0.7
"""Share of longer words with a capital from which a heading counts as title case."""
_TITLE_CASE_BODY = 0.9
_MIN_BODY = 6
"""Longer words that a line of the body must have to count as title case."""
_MAX_NAME = 8
_MIN_CAPITALS = 4
"""Shortest country that is read in a line of capitals ("AS CONGO TALKS STALL")."""
_MAX_PERSON = 4
_BEFORE_NAMES = frozenset(("Near", "In", "At", "From", "But", "And", "When", "While", "After", "Then"))
"""First words of sentences that the model takes into a name."""
_HYPHENED = frozenset(("armed_group", "party", "organization", "company", "media"))
"""Bodies whose short name goes on behind a hyphen ("SPLM-IO" is not the SPLM)."""
_OWNERS = frozenset(
    ("People", "Children", "Women", "Men", "Sheriff", "Prosecutor", "Mayor", "Governor", "Attorney")
)
"""Words without -s that own a body within its name ("Women's Institute", "Sheriff's Office")."""
_FUNCTION = frozenset(("DET", "PRON", "ADP", "SCONJ", "CCONJ", "ADV", "AUX"))
_SUFFIX = frozenset(("led", "backed", "held", "era", "style", "like", "run", "based", "born", "made", "wide"))
"""Words that follow a name and a hyphen without belonging to it ("Trump-era")."""
_CLITIC = re.compile(r"(?<=\w)[‘’'`´]s$")
"""A possessive that the tokenizer left on a word."""
_LABEL = re.compile(r"[RDI]-[A-Z]")
"""Party and state of a politician ("R-Iowa")."""
_HALVES = {"korea": ("PRK", "KOR"), "sudan": ("SDN", "SSD")}
"""Countries that the news calls "the North" and "the South"."""


def flat_text(parsed: ParsedArticle) -> str:
    """The article's text, same offsets, with plain spaces."""
    return parsed.article.text.translate({0x0A: " ", 0x0D: " ", 0x09: " ", 0xA0: " ", 0x202F: " "})


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
    text, doc, i = flat_text(parsed), parsed.doc, 0
    spans: list[ActorSpan] = []
    while i < len(doc):
        start = parsed.starts[i]
        entry = lookup(text, start) if text[start : start + 1].isalnum() else None
        stop = start + len(entry.name) if entry else start
        if (
            entry is None
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


def _halves(parsed: ParsedArticle, spans: list[ActorSpan]) -> list[ActorSpan]:
    """ "The North" and "the South" where the article names both halves."""
    named = {s.country for s in spans}
    pair = next((p for p in _HALVES.values() if named.issuperset(p)), None)
    if pair is None:
        return []
    doc, taken, found = parsed.doc, {s.start for s in spans}, []
    for token in doc[1:-1]:
        before, after = doc[token.i - 1], doc[token.i + 1]
        half = {"North": 0, "South": 1}.get(token.text)
        if half is None or token.i in taken or (is_capitalised(after.text) and after.text not in CALENDAR):
            continue
        if before.lower_ == "the" or (after.text == "and" and token.i + 2 in taken):
            span = make_name(parsed, token.i, token.i + 1, "country", certain=True)
            span.key, span.country, span.sector = f"country:{pair[half]}", pair[half], "GOV"
            found.append(span)
    return found


def modelled(parsed: ParsedArticle, known: list[ActorSpan]) -> list[ActorSpan]:
    """The language model's entities without titles, articles and possessives. `known`: names from the lists."""
    demonyms = {i for s in known if s.kind == "demonym" or s.type == "party" for i in range(s.start, s.end)}
    countries = {s.start: s.end for s in known if s.type == "country"}
    spans = []
    for entity in chain.from_iterable(_parts(entity) for entity in parsed.doc.ents):
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
        spans.append(make_name(parsed, start, end, type_))
    return spans


def _parts(entity: Span) -> Iterator[Span]:
    """An entity, cut where one body owns another ("the Department of Justice's Office of ...")."""
    doc, start = entity.doc, entity.start
    if entity.label_ == "PERSON":
        owner = next((t.i for t in entity if t.text in POSSESSIVE and t.i > start), None)
        if owner is not None and any(t.text in name_words() for t in doc[owner : entity.end]):
            yield Span(doc, start, owner, label="PERSON")  # "Wilders' Freedom Party"
            return
    if entity.label_ == "ORG":
        for i in range(entity.start + 2, entity.end - 1):
            body = any(t.text in name_words() for t in doc[start:i])
            if doc[i].text in CLITICS and body and is_capitalised(doc[i + 1].text):
                yield Span(doc, start, i, label=entity.label)
                start = i + 1
    yield Span(doc, start, entity.end, label=entity.label) if start > entity.start else entity


def _trim(entity: Span, type_: str, demonyms: set[int]) -> tuple[int, int] | None:
    """An entity's tokens without what is no part of the name; None where nothing is left."""
    doc, start, end = entity.doc, entity.start, min(entity.end, entity.start + _MAX_NAME + 4)
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
    if type_ == "group" and end - start > 1 and doc[start].is_digit:
        start += 1
    if end - start == 1 and bare(doc[start].text) in role_heads():
        return None
    if (
        type_ != "person"
        and start > 1
        and doc[start - 1].text == "of"
        and bare(doc[start - 2].text) in role_heads()
    ):
        if all(bare(t.text) in role_modifiers() for t in doc[start:end]):
            return None  # "Secretary of State"
    words = [t.text for t in doc[start:end]]
    if _LABEL.match("".join(words)):
        return None
    if not any(is_capitalised(w) for w in words) or all(w in CALENDAR or not w[0].isalpha() for w in words):
        return None
    if type_ == "person" and not is_capitalised(words[0]) and words[0].lower() not in PARTICLES:
        return None
    return start, end


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
    while end - start > 1 and (
        bare(doc[end - 1].text) in role_modifiers() or bare(doc[end - 1].text) in ranks()
    ):
        end -= 1
    return end


def _is_title(entity: Span, i: int, end: int, demonyms: set[int]) -> bool:
    word = bare(entity.doc[i].text)
    role = word in role_heads() or word in role_modifiers()
    return word in honorifics() or word in ranks() or i in demonyms or (end - i > 1 and role)


def _hyphened(entity: Span, start: int, end: int) -> int:
    """Take in the rest of a name that was cut at a hyphen or particle ("Wong Kwok|-hing", "Abu Omar| al-Ansari")."""
    doc = entity.doc
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
    return text.replace("’", "").replace("'", "").isalpha() and text.lower() not in _SUFFIX


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
        spans.append(make_name(parsed, start, end, "person", certain=title or len(words) > 1))
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
            if doc[end + 1].lower_ in _SUFFIX or not doc[end + 1].text.isalpha():
                break
            end += 2
    while end > start and not is_capitalised(doc[start].text) and doc[start].text not in PARTICLES:
        start += 1
    return start, end


def worded(parsed: ParsedArticle, capitals: list[bool]) -> list[ActorSpan]:
    """Names that a word within them gives away: "Ministry of Foreign Affairs", "Mosul University"."""
    doc, words, upto = parsed.doc, name_words(), 0
    spans: list[ActorSpan] = []
    for token in doc:
        if token.text not in words or capitals[token.i] or token.i < upto:
            continue
        start = _left_edge(parsed, token.i, capitals)
        end = _right_edge(parsed, _after_head(parsed, token.i, capitals), capitals)
        alone = words[token.text][0] == "party" and token.text[-1] == "s" and _has_article(doc, token.i)
        if end - start < 2 and words[token.text][0] != "thing" and not alone:
            continue
        upto = end
        told = max(
            (t.i for t in doc[token.i : end] if t.text in words and not _after_of(doc, t.i, token.i)),
            default=token.i,
        )
        pair = f"{doc[told - 1].text} {doc[told].text}" if told > start else ""
        type_, sector = words.get(pair) or words[doc[told].text]
        named = token.i > 0 and doc[token.i - 1].text in given_names()
        if type_ in ("place", "thing") and (doc[token.i].ent_type_ == "PERSON" or named):
            continue  # "Marc Lamont Hill"
        span = make_name(parsed, start, end, type_)
        span.sector, span.certain = sector, True
        spans.append(span)
    return spans


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
        elif before.text in ("-", "&") and start - 1 > first and is_capitalised(doc[start - 2].text):
            start -= 2
        elif (
            before.text in POSSESSIVE
            and start - 1 > first
            and (doc[start - 2].text.endswith("s") or doc[start - 2].text in _OWNERS)
            and is_capitalised(doc[start - 2].text)
            and not (start - 2 > first and doc[start - 3].text in given_names())
        ):
            start -= 2  # "Workers' Party"
        else:
            break
    return start


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
        if doc[last].text not in ("of", "for"):
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
    joins = doc[i].text in ("and", "&") and begin < i < len(doc) - 1
    return joins and is_name_token(parsed, i + 1, capitals) and doc[i + 1].pos_ != "PRON"
