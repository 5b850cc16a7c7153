"""Where names stand: what lists, titles, telling words and the language model see, made one span a name."""

from collections import Counter, defaultdict
from collections.abc import Container

from pipeline.extract.mentions.commas import settle_commas, split_commas
from pipeline.extract.mentions.evidence import CALLED, KINDS, evidence
from pipeline.extract.mentions.gazetteer import fold, shared_bodies
from pipeline.extract.mentions.halves import mend_people
from pipeline.extract.mentions.heard import votes as heard
from pipeline.extract.mentions.joined import extend_bodies, founders, nicknamed
from pipeline.extract.mentions.kinfolk import mend_kinfolk
from pipeline.extract.mentions.modelled import modelled
from pipeline.extract.mentions.places import LARGE, locate, states
from pipeline.extract.mentions.sources import (
    is_name_token,
    listed,
    make_name,
    the_company_x,
    title_case,
    titled,
)
from pipeline.extract.mentions.span import ActorSpan, contains
from pipeline.extract.mentions.unseen import find_unseen
from pipeline.extract.mentions.worded import worded
from pipeline.extract.mentions.words import (
    bare,
    body_nouns,
    given_names,
    honorifics,
    is_capitalised,
    name_heads,
    name_words,
    place_nouns,
    role_heads,
    role_modifiers,
)
from pipeline.extract.parsed import ParsedArticle

_CERTAIN = 10
"""Votes of a list or a title on a name's type; the language model's occurrence has one."""
_FULL_NAME = 3
"""Votes of the language model for a person with given name and surname."""
_SURNAMES = ("place", "country", "media", "company")
"""What bears names that people bear as well ("Jordan", "Bloomberg")."""
_PLACED = frozenset(("in", "at", "from", "near", "to", "outside", "across", "around", "into"))
_COMMON = frozenset(
    ("party", "company", "group", "bank", "union", "council", "club", "team", "state", "church")
)
"""Common nouns that the model takes for names where they open a sentence."""
_SURNAME_VOTES = 8
_PREFIX_VOTES = 6
"""Votes of a company's full name for the beginning of it ("Halvorsen Axle" of "Halvorsen Axle Corp.")."""
_FIRST_VOTES = 3
"""Votes of a body's name for its first word alone ("Halvorsen" of "the Halvorsen Institute")."""
_SHORTENED = ("organization", "company", "media")
_BYLINE = 12
"""Words of a line that tells who wrote an article, at most."""
_OF_THE = 2
"""Words between a body's name and its country: "of the"."""
_COMMERCIAL = ("company", "media")
_JOINED_TO_PEOPLES = frozenset(
    (
        "Afro",
        "Anglo",
        "Austro",
        "Euro",
        "Franco",
        "Greco",
        "Hispano",
        "Indo",
        "Italo",
        "Luso",
        "Russo",
        "Sino",
        "Turco",
    )
)
"""Forms of peoples' names that stand before another with a hyphen ("Franco-German talks"): no names of their own."""


def find_names(parsed: ParsedArticle) -> list[ActorSpan]:
    """Names and demonyms in order of the text; a longer one comes before those within it."""
    capitals = [False] * len(parsed.doc)
    for sentence in parsed.sentences:
        if title_case(sentence):
            capitals[sentence.span.start : sentence.span.end] = [True] * len(sentence.span)
    known = listed(parsed, capitals)
    known += the_company_x(parsed)
    told = [*founders(parsed, capitals), *nicknamed(parsed, capitals)]
    told += worded(parsed, capitals) + titled(parsed, capitals, known)
    spans = _merge(parsed, known, told, modelled(parsed, known))
    split_commas(parsed, spans)
    settle_commas(parsed, spans)
    _cut_people(parsed, spans, capitals)
    _extend_people(parsed, spans, capitals)
    _extend_places(parsed, spans)
    spans = extend_bodies(parsed, spans)
    _surnames_of_places(parsed, spans)
    spans += find_unseen(parsed, capitals, spans)
    _settle_types(parsed, spans)
    spans = mend_people(parsed, spans, capitals)
    again = _repeated(parsed, spans)
    _with_given_names(parsed, spans, again)
    spans += again
    _settle_types(parsed, spans, {id(s) for s in again if s.type == "place"})
    spans = [s for s in spans if not (s.type == "thing" or _is_plain(parsed, s) or _is_of_office(parsed, s))]
    spans = [s for s in spans if not (s.type == "person" and _is_byline(parsed, s))]
    mend_kinfolk(parsed, spans)
    spans.sort(key=lambda s: (s.start, -s.end))
    return spans


def _is_plain(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether the model took for a name what is a common noun with the capital of its sentence ("Exporters said"), or a letter."""
    if span.certain or span.key or span.kind != "name" or span.end - span.start > 1:
        return False
    token = parsed.doc[span.start]
    if span.name in _JOINED_TO_PEOPLES and span.end < len(parsed.doc) and parsed.doc[span.end].text == "-":
        return True
    opens = token.is_sent_start or (token.i > 0 and parsed.doc[token.i - 1].is_punct)
    plural = token.tag_ == "NNS" and token.lemma_.lower() != token.lower_
    common = token.lower_ in body_nouns() or token.lower_ in _COMMON
    return len(span.name) < 2 or token.lower_ in place_nouns() or (opens and (plural or common))


def _is_byline(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a line says who wrote the article and nothing else: "By Ann Roe", "by Ann Roe / Larmo Times"."""
    line = parsed.sentence_of(parsed.doc[span.start])
    words = line.span
    return (
        words[0].lower_ == "by"
        and span.start == words.start + 1
        and len(words) <= _BYLINE
        and not any(t.pos_ in ("VERB", "AUX") or t.text in (".", "!", "?") for t in words[:-1])
    )


def _is_of_office(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether the model took for a name what an office behind it is for: "China's |Health| Minister", "|Grand| Ayatollah"."""
    doc, end = parsed.doc, span.end
    if span.certain or span.key or span.kind != "name" or end >= len(doc) or doc[end].is_sent_start:
        return False
    words = parsed.words[span.start : end]
    return bare(doc[end].text) in role_heads() and all(bare(word) in role_modifiers() for word in words)


def _merge(
    parsed: ParsedArticle, known: list[ActorSpan], told: list[ActorSpan], model: list[ActorSpan]
) -> list[ActorSpan]:
    """One span a name: lists before words and titles, these before the model, longer before shorter."""
    kept: dict[int, ActorSpan] = {}
    at: dict[int, list[ActorSpan]] = defaultdict(list)

    def keep(span: ActorSpan) -> None:
        kept[id(span)] = span
        for i in range(span.start, span.end):
            at[i].append(span)

    def drop(span: ActorSpan) -> None:
        kept.pop(id(span), None)
        for i in range(span.start, span.end):
            at[i] = [o for o in at[i] if o is not span]

    for span in known:
        keep(span)
    for span in (*told, *model):
        near = list({id(o): o for i in range(span.start, span.end) for o in at[i]}.values())
        _leave_body(parsed, span, near)
        if near and not all(contains(span, other) for other in near):
            _inform(span, near)
            continue
        if near and not _replaces(span, near):
            continue
        if not span.certain and any(
            o.type == "thing" and (o.start == span.start or o.end == span.end) for o in near
        ):
            span.type, span.certain = "thing", True  # "USS Nimitz"
        if span.country is None and span.type != "person":
            inner = (o for o in near if o.certain and o.country and o.type != "party")
            inner = (o for o in inner if not (_is_joined(parsed, span, o) or _is_namesake(span, o)))
            inner = (o for o in inner if o.type not in _COMMERCIAL or o.start == span.start)
            span.country = next(
                (o.country for o in inner if span.type != "place" or o.start == span.start), None
            )
        for other in near:
            whole = other.type == "party" or (other.end == span.end and other.type != "country")
            whole = whole or _is_joined(parsed, span, other)
            if span.type in ("person", "place") or not other.key or whole:
                drop(other)
        keep(span)
    return list(kept.values())


def _replaces(span: ActorSpan, near: list[ActorSpan]) -> bool:
    """Whether a longer span may stand for those within it."""
    if not span.certain and any(o.certain and o.type == "person" for o in near):
        return False  # "Vermont Sen. Bernie Sanders"
    if span.type == "person":
        return span.certain or not any(o.kind == "demonym" for o in near if o.certain)
    if _adds_its_country(span, near):
        return False  # "University of Oslo of Norway"
    if span.type == "place" and sum(o.certain and o.type == "country" for o in near) > 1:
        return False  # "Ireland and Northern Ireland"
    listed_first = any(o.type == "country" and o.start == span.start for o in near)
    return not (span.type == "place" and listed_first and "," in span.name)


def _is_joined(parsed: ParsedArticle, span: ActorSpan, listed: ActorSpan) -> bool:
    """Whether a name goes on with "and" behind a shorter one that a list knows: "Department of Health| and Human Services"."""
    return listed.start == span.start and listed.end < span.end and parsed.words[listed.end] == "and"


def _is_namesake(span: ActorSpan, listed: ActorSpan) -> bool:
    """Whether a longer name ends in one that bodies of several countries bear: "the National |Electoral Commission|"."""
    return listed.key in shared_bodies() and listed.start > span.start and listed.end == span.end


def _leave_body(parsed: ParsedArticle, span: ActorSpan, near: list[ActorSpan]) -> None:
    """End what the model takes for one name before a listed body of the state, where a full name is left: "an Ann Roe| White House"."""
    ends = [o.start for o in near if o.type == "government" and o.key and o.end == span.end]
    if not span.certain and ends and min(ends) - span.start > 1 and parsed.words[span.start] in given_names():
        span.end, span.type = min(ends), "person"
        span.name = make_name(parsed, span.start, span.end, "person").name


def _adds_its_country(span: ActorSpan, near: list[ActorSpan]) -> bool:
    """Whether a name is nothing but a listed body and the country that it is of."""
    lands = {o.country: o.start for o in near if o.type == "country" and o.end == span.end}
    listed = (o for o in near if (o.key or "").startswith("body:") and o.start == span.start)
    return any(o.country in lands and 0 < lands[o.country] - o.end <= _OF_THE for o in listed)


def _inform(span: ActorSpan, near: list[ActorSpan]) -> None:
    """Let what is known of a dropped span serve the one that stays."""
    for other in near:
        if (other.start, other.end) == (span.start, span.end) and not other.certain and span.certain:
            other.type, other.certain = span.type, True


def _cut_people(parsed: ParsedArticle, spans: list[ActorSpan], capitals: list[bool]) -> None:
    """Cut names in lines where capitals tell nothing to those that the text bears out ("Ann Roe| Wins", "Roe| Critics")."""
    people = [s for s in spans if s.type == "person" and s.kind == "name"]
    plain = [tuple(fold(s.name).split()) for s in people if not capitals[s.start] and fold(s.name)]
    known = {*plain, *(name[-1:] for name in plain)}
    for span in people:
        words = tuple(fold(t.text) for t in parsed.doc[span.start : span.end])
        if not capitals[span.start] or span.certain or words in known:
            continue
        keep = next((n for n in range(len(words) - 1, 0, -1) if words[:n] in known), None)
        if keep is not None:
            span.end = span.start + keep
            span.name = make_name(parsed, span.start, span.end, "person").name


def _surnames_of_places(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """A city's or country's name that is also the surname of a person named in full before it means that person.

    Not where a preposition places it, nor a country that the article calls otherwise as well ("Jordanian").
    """
    surnames: dict[str, int] = {}
    for span in sorted(spans, key=lambda s: s.start):
        if span.type == "person" and " " in span.name and fold(span.name):
            surnames.setdefault(fold(span.name).split()[-1], span.start)
    called: dict[str | None, set[str]] = defaultdict(set)
    for span in spans:
        called[span.country].add(span.name)
    for span in spans:
        first = surnames.get(fold(span.name))
        if first is None or first > span.start or not span.certain or span.type not in _SURNAMES:
            continue
        before = parsed.doc[span.start - 1].lower_ if span.start else ""
        if before not in _PLACED and (span.type != "country" or len(called[span.country]) == 1):
            span.type, span.kind, span.country, span.key, span.sector = "person", "name", None, None, None


def _repeated(parsed: ParsedArticle, spans: list[ActorSpan]) -> list[ActorSpan]:
    """Later occurrences of a name, or of a person's surname, that the model did not see."""
    covered = {i for s in spans for i in range(s.start, s.end)}
    known: dict[str, list[tuple[tuple[str, ...], ActorSpan]]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        if span.kind != "name" or span.key:
            continue
        tokens = tuple(t.text for t in parsed.doc[span.start : span.end])
        forms = [tokens, tokens[-1:]] if span.type == "person" else [tokens]
        for form in forms:
            if form not in seen and len(form[0]) > 2 and form[0][0].isupper():
                seen.add(form)
                known[form[0]].append((form, span))
    for forms_of in known.values():
        forms_of.sort(key=lambda k: -len(k[0]))
    found, i = [], 0
    while i < len(parsed.doc):
        again = None
        if i not in covered and parsed.doc[i].text in known:
            again = _again(parsed, i, known[parsed.doc[i].text], covered)
        if again:
            found.append(again)
        i = again.end if again else i + 1
    return found


def _again(
    parsed: ParsedArticle, i: int, forms: list[tuple[tuple[str, ...], ActorSpan]], covered: set[int]
) -> ActorSpan | None:
    """The known name that stands at a token, the longest."""
    doc = parsed.doc
    if doc[i].pos_ in ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "NUM", "PUNCT"):
        return None
    for form, span in forms:
        if i + len(form) <= len(doc) and all(
            doc[i + k].text == w and i + k not in covered for k, w in enumerate(form)
        ):
            again = make_name(parsed, i, i + len(form), span.type)
            again.sector, again.country = span.sector, span.country
            return again
    return None


def _extend_people(parsed: ParsedArticle, spans: list[ActorSpan], capitals: list[bool]) -> None:
    """Take in the words of a person's name that the model left before it or took for another name ("Chowdhury| Abdullah")."""
    doc, ends = parsed.doc, {s.end: s for s in spans}
    taken = {i for s in spans for i in range(s.start, s.end)}
    lost: set[int] = set()
    for span in spans:
        if span.type != "person":
            continue
        _extend_right(parsed, span, capitals, taken)
        if span.start == 0 or doc[span.start].is_sent_start:
            continue
        hyphen = doc[span.start - 1].text == "-" and not doc[span.start - 1].whitespace_ and span.start > 1
        i = span.start - 2 if hyphen else span.start - 1
        before = ends.get(i + 1)
        word = doc[i].text
        if not is_capitalised(word) or not word.isalpha() or (hyphen and doc[i].whitespace_):
            continue
        if before is not None:
            if not (_is_cut(parsed, before, hyphen=hyphen) or _is_given(parsed, before, span)):
                continue
            lost.add(id(before))
        elif word not in given_names() or (doc[i].is_sent_start and doc[i].pos_ != "PROPN"):
            continue
        span.start = i
        span.name = make_name(parsed, i, span.end, "person").name
    spans[:] = [s for s in spans if id(s) not in lost]


def _with_given_names(parsed: ParsedArticle, spans: list[ActorSpan], again: list[ActorSpan]) -> None:
    """Take in the given name right before a person's surname that stood alone elsewhere ("coauthor |Colette Hald")."""
    covered = {i for s in spans for i in range(s.start, s.end)}
    for span in again:
        i = span.start - 1
        alone = span.type == "person" and i > 0 and i not in covered
        if alone and parsed.words[i] in given_names() and not parsed.doc[span.start].is_sent_start:
            span.start, span.name = i, make_name(parsed, i, span.end, "person").name


def _extend_right(parsed: ParsedArticle, span: ActorSpan, capitals: list[bool], taken: set[int]) -> None:
    """Take in a surname that the model took for a plain word ("Omar| Said", "Anna| Lind")."""
    doc, end = parsed.doc, span.end
    if (
        end >= len(doc)
        or end in taken
        or span.end - span.start > 2
        or not is_name_token(parsed, end, capitals)
    ):
        return
    word = doc[end].text
    known = bare(word) in role_heads() or bare(word) in honorifics() or word in name_words()
    if (
        known
        or doc[end].is_sent_start
        or not word.isalpha()
        or word.isupper()
        or doc[end - 1].whitespace_ == ""
    ):
        return
    span.end = end + 1
    span.name = make_name(parsed, span.start, span.end, "person").name
    taken.add(end)


def _is_given(parsed: ParsedArticle, before: ActorSpan, span: ActorSpan) -> bool:
    """Whether a country's or city's name right before a surname is a given name ("Israel Gómez", "Sofia Lind")."""
    one = before.end - before.start == 1 and span.end - span.start == 1 and before.end == span.start
    placed = before.start > 0 and parsed.doc[before.start - 1].lower_ in _PLACED
    named = before.type in ("country", "place") and before.kind == "name" and not before.name.isupper()
    return one and named and not placed and not parsed.doc[before.start].text.endswith(".")


def _is_cut(parsed: ParsedArticle, before: ActorSpan, *, hyphen: bool) -> bool:
    """Whether what stands right before a person's name is rather the beginning of it: one word that no list knows."""
    doc, i = parsed.doc, before.start
    if before.certain or before.key or before.kind != "name" or before.end - i > 1 or doc[i].text.isupper():
        return False
    placed = i > 0 and doc[i - 1].pos_ == "ADP"
    known = bare(doc[i].text) in role_heads() or bare(doc[i].text) in honorifics()
    known = known or bare(doc[i].text) in role_modifiers()
    return not known and (hyphen or not (placed or locate(before.name)))


def _extend_places(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Take in the noun behind a place's name ("Idlib province"), which also says that it is a place."""
    doc, taken = parsed.doc, {s.start for s in spans}
    for span in spans:
        if span.end >= len(doc) or span.end in taken or span.kind != "name" or span.type == "country":
            continue
        noun = doc[span.end]
        before = doc[span.end - 1]
        if (
            noun.lower_ in place_nouns()
            and noun.text[0].islower()
            and before.text not in ("'s", "’s")
            and (span.type == "place" or not span.certain)
        ):
            span.type, span.certain = "place", True
            span.end += 1


def _settle_types(
    parsed: ParsedArticle, spans: list[ActorSpan], silent: Container[int] = frozenset()
) -> None:
    """One type for one name throughout the article: what a list or title says, else what the model says most.

    `silent`: ids of spans whose own type does not vote, only what stands around them: a mere guess at a place, repeated.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        if span.kind != "name" or not fold(span.name):
            continue
        own = _FULL_NAME if span.type == "person" and " " in span.name else 1
        weight = _CERTAIN if span.certain else own * int(id(span) not in silent)
        votes[fold(span.name)][span.type] += weight
        if not span.certain:
            for type_, weight in (*evidence(parsed, span), *heard(parsed, span)):
                votes[fold(span.name)][type_] += weight
        if span.type == "person" and " " in span.name:
            words = fold(span.name).split()
            for n in range(1, len(words)):
                votes[" ".join(words[n:])]["person"] += _CERTAIN if span.certain else _SURNAME_VOTES
        elif " " in span.name:
            words = fold(span.name).split()
            short = span.type in _SHORTENED and not _is_large_place(words[0])
            votes[words[0]][span.type] += _FIRST_VOTES if short else 1
            if span.type == "thing" and span.certain and span.name.split()[0] in name_heads():
                votes[" ".join(words[1:])]["thing"] += _SURNAME_VOTES  # "Cyclone Freda", then "Freda"
            if span.certain and span.type in _COMMERCIAL:
                for n in range(1, len(words)):
                    votes[" ".join(words[:n])][span.type] += _PREFIX_VOTES
    for span in spans:
        if span.kind == "name" and not span.certain and fold(span.name) in votes:
            span.type = _most(votes[fold(span.name)])


def _is_large_place(name: str) -> bool:
    """Whether a name alone is likelier a state's or a large city's than a body's for short: the "California" of a museum."""
    city = locate(name)
    return name in states() or (city is not None and city.population >= LARGE)


def _most(votes: Counter[str]) -> str:
    """The type with most votes; what a body is called tells more than that it is one."""
    best = max(votes.items(), key=lambda v: (v[1], v[0]))[0]
    called = {t: n for t, n in votes.items() if t in KINDS and n >= CALLED}
    if best != "organization" or not called:
        return best
    return max(called.items(), key=lambda v: (v[1], v[0]))[0]
