"""Where names stand: word lists, the language model's entities, titles before names, and words within names."""

from collections import Counter, defaultdict

from spacy.tokens import Span

from pipeline.extract.mentions.gazetteer import fold, lookup
from pipeline.extract.mentions.span import ActorSpan, contains, overlaps
from pipeline.extract.mentions.words import (
    CALENDAR,
    CONNECTORS,
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
from pipeline.extract.parsed import ParsedArticle, ParsedSentence

_TITLE_CASE = 0.7
"""Share of longer words with a capital from which a line counts as a heading in title case."""
_MAX_NAME = 8


def flat_text(parsed: ParsedArticle) -> str:
    """The article's text, same offsets, with plain spaces and apostrophes."""
    return parsed.article.text.translate({0x0A: " ", 0x0D: " ", 0x09: " ", 0xA0: " ", 0x202F: " "})


def title_case(sentence: ParsedSentence) -> bool:
    """Whether capitals tell nothing in a line: title case or all capitals."""
    longer = [t.text for t in sentence.span if len(t.text) > 3 and t.text[0].isalpha()]
    capitals = sum(w[0].isupper() for w in longer)
    return (
        len(longer) > 1
        and capitals > _TITLE_CASE * len(longer)
        and (sentence.kind == "heading" or len(longer) > 3)
    )


def find_names(parsed: ParsedArticle) -> list[ActorSpan]:
    """Names and demonyms in order of the text; a longer one comes before those within it."""
    capitals = [False] * len(parsed.doc)
    for sentence in parsed.sentences:
        if title_case(sentence):
            capitals[sentence.span.start : sentence.span.end] = [True] * len(sentence.span)
    listed = _listed(parsed, capitals)
    spans = _merge(
        listed, _titled(parsed, capitals) + _worded(parsed, capitals, listed), _modelled(parsed, listed)
    )
    spans += _repeated(parsed, spans)
    _settle_types(spans)
    spans.sort(key=lambda s: (s.start, -s.end))
    return spans


def make_name(parsed: ParsedArticle, start: int, end: int, type_: str, *, certain: bool = False) -> ActorSpan:
    """A name over tokens."""
    a, b = parsed.start(parsed.doc[start]), parsed.end(parsed.doc[end - 1])
    return ActorSpan(start, end, "name", type_, " ".join(parsed.article.text[a:b].split()), certain=certain)


def _listed(parsed: ParsedArticle, capitals: list[bool]) -> list[ActorSpan]:
    """Names from the word lists, the longest at each place."""
    text, doc, spans, i = flat_text(parsed), parsed.doc, [], 0
    while i < len(doc):
        start = parsed.starts[i]
        entry = lookup(text, start) if text[start : start + 1].isalnum() else None
        if entry is None or (
            capitals[i] and entry.name.isupper() and doc[max(0, i - 1)].text.isupper() and i > 0
        ):
            i += 1
            continue
        end, stop = i + 1, start + len(entry.name)
        while end < len(doc) and parsed.starts[end] < stop:
            end += 1
        if parsed.end(doc[end - 1]) > stop + 1 and text[stop : stop + 1] not in "-'’–/":
            i += 1
            continue
        span = ActorSpan(i, end, entry.kind, entry.type, " ".join(entry.name.split()), certain=True)
        span.key, span.country, span.sector = entry.key, entry.country, entry.sector
        spans.append(span)
        i = end
    return spans


def _modelled(parsed: ParsedArticle, listed: list[ActorSpan]) -> list[ActorSpan]:
    """The language model's entities without titles, articles and possessives."""
    demonyms = {i for s in listed if s.kind == "demonym" for i in range(s.start, s.end)}
    spans = []
    for entity in parsed.doc.ents:
        type_ = MODEL_TYPES.get(entity.label_)
        bounds = _trim(entity, type_ or "", demonyms) if type_ else None
        if type_ and bounds:
            spans.append(make_name(parsed, *bounds, type_))
    return spans


def _trim(entity: Span, type_: str, demonyms: set[int]) -> tuple[int, int] | None:
    doc, start, end = entity.doc, entity.start, min(entity.end, entity.start + _MAX_NAME + 4)
    while start < end:
        word = bare(doc[start].text)
        title = type_ == "person" and (
            word in honorifics()
            or start in demonyms
            or word in ranks()
            or (end - start > 1 and (word in role_heads() or word in role_modifiers()))
        )
        if not (
            title
            or doc[start].pos_ in ("DET", "PUNCT")
            or doc[start].text in POSSESSIVE
            or not doc[start].text.strip()
        ):
            break
        start += 1
    while end > start and (
        doc[end - 1].is_punct or doc[end - 1].text in POSSESSIVE or not doc[end - 1].text.strip()
    ):
        end -= 1
    words = [t.text for t in doc[start:end]]
    if not any(is_capitalised(w) for w in words) or all(w in CALENDAR or not w[0].isalpha() for w in words):
        return None
    if type_ == "person" and not is_capitalised(words[0]) and words[0].lower() not in PARTICLES:
        return None
    return start, end


def _is_name_token(parsed: ParsedArticle, i: int, capitals: list[bool]) -> bool:
    token = parsed.doc[i]
    return (
        is_capitalised(token.text)
        and token.text not in CALENDAR
        and not capitals[i]
        and token.text[0].isalpha()
    )


def _titled(parsed: ParsedArticle, capitals: list[bool]) -> list[ActorSpan]:
    """People whom a title announces: "Mr Maduro", "Gen. Petraeus"."""
    doc, spans = parsed.doc, []
    for token in doc[:-1]:
        word = bare(token.text)
        if not token.text[0].isupper() or not (word in honorifics() or word in ranks()):
            continue
        start = token.i + 1
        if start < len(doc) and doc[start].text == ".":
            start += 1
        end = start
        while (
            end < len(doc)
            and end - start < 4
            and _is_name_token(parsed, end, capitals)
            and not doc[end].is_sent_start
        ):
            if bare(doc[end].text) in honorifics() or bare(doc[end].text) in ranks():
                start = end + 1
            end += 1
            if (
                end + 1 < len(doc)
                and doc[end].text in ("-", "al-")
                and is_capitalised(doc[end + 1].text)
                and not doc[end].whitespace_
            ):
                end += 1
        if end > start:
            spans.append(make_name(parsed, start, end, "person", certain=True))
    return spans


def _worded(parsed: ParsedArticle, capitals: list[bool], listed: list[ActorSpan]) -> list[ActorSpan]:
    """Names that a word within them gives away: "Ministry of Foreign Affairs", "Mosul University"."""
    doc, words, spans = parsed.doc, name_words(), []
    upto = 0
    for token in doc:
        if token.text not in words or capitals[token.i] or token.i < upto:
            continue
        start, end = token.i, token.i + 1
        first = parsed.sentence_of(token).span.start
        while start > first and token.i - start < _MAX_NAME:
            before = doc[start - 1]
            if _is_name_token(parsed, start - 1, capitals) and before.pos_ not in (
                "DET",
                "PRON",
                "ADP",
                "SCONJ",
                "CCONJ",
                "ADV",
                "VERB",
                "AUX",
            ):
                start -= 1
            elif before.text in ("-", "&") and start - 1 > first and is_capitalised(doc[start - 2].text):
                start -= 2
            else:
                break
        end = _right_edge(parsed, end, capitals)
        if end - start < 2:
            continue
        upto = end
        span = make_name(parsed, start, end, words[token.text][0])
        span.sector, span.certain = words[token.text][1], True
        spans.append(span)
    return spans


def _right_edge(parsed: ParsedArticle, end: int, capitals: list[bool]) -> int:
    """How far a name goes on to the right: "of Foreign Affairs", "for the Welfare of Immigrants"."""
    doc, words = parsed.doc, name_words()
    last = end
    while last < len(doc) and last - end < _MAX_NAME and not doc[last].is_sent_start:
        if doc[last].text in words and _is_name_token(parsed, last, capitals):
            last += 1
            end = last
            continue
        if doc[last].text not in ("of", "for"):
            break
        name = last + 1
        if name < len(doc) and doc[name].text == "the":
            name += 1
        begin = name
        while (
            name < len(doc)
            and name - begin < _MAX_NAME
            and (
                _is_name_token(parsed, name, capitals)
                or (
                    doc[name].text in ("and", "&")
                    and name > begin
                    and name + 1 < len(doc)
                    and _is_name_token(parsed, name + 1, capitals)
                    and doc[name + 1].pos_ != "PRON"
                )
            )
        ):
            name += 1
        if name == begin:
            break
        last = end = name
    return end


def _merge(listed: list[ActorSpan], told: list[ActorSpan], modelled: list[ActorSpan]) -> list[ActorSpan]:
    """One span a name: lists before words and titles, these before the model, longer before shorter."""
    kept: list[ActorSpan] = []
    at: dict[int, list[ActorSpan]] = defaultdict(list)

    def keep(span: ActorSpan) -> None:
        kept.append(span)
        for i in range(span.start, span.end):
            at[i].append(span)

    for span in listed:
        keep(span)
    for span in (*told, *modelled):
        near = list({id(o): o for i in range(span.start, span.end) for o in at[i]}.values())
        if not near:
            keep(span)
            continue
        if not all(contains(span, other) for other in near):
            _widen(span, near)
            continue
        inner = [o for o in near if o.certain and (o.key or o.type == "place")]
        if span.type == "person":
            if any(o.kind == "demonym" for o in inner) and not span.certain:
                continue
        elif (
            span.type == "place"
            and any(o.type == "country" and o.start == span.start for o in inner)
            and "," in span.name
        ):
            continue
        for other in near:
            if span.type in ("person", "place") or not other.key or other.end == span.end:
                if other in kept:
                    kept.remove(other)
                for i in range(other.start, other.end):
                    at[i] = [o for o in at[i] if o is not other]
        if span.country is None and inner:
            span.country = next((o.country for o in inner if o.country), None)
        keep(span)
    return kept


def _widen(span: ActorSpan, near: list[ActorSpan]) -> None:
    """Let what is known of a dropped span serve the one that stays."""
    for other in near:
        if (other.start, other.end) == (span.start, span.end) and not other.certain and span.certain:
            other.type, other.certain = span.type, True


def _repeated(parsed: ParsedArticle, spans: list[ActorSpan]) -> list[ActorSpan]:
    """Later occurrences of a name, or of a person's surname, that the model did not see."""
    covered = {i for s in spans for i in range(s.start, s.end)}
    known: dict[str, list[tuple[tuple[str, ...], ActorSpan]]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for span in spans:
        if span.kind != "name" or span.key or (span.type == "place" and not span.certain):
            continue
        tokens = tuple(t.text for t in parsed.doc[span.start : span.end])
        forms = [tokens, tokens[-1:]] if span.type == "person" else [tokens]
        for form in forms:
            if form not in seen and len(form[0]) > 2 and form[0][0].isupper():
                seen.add(form)
                known[form[0]].append((form, span))
    found, i = [], 0
    while i < len(parsed.doc):
        token = parsed.doc[i]
        step = 1
        if i not in covered and token.text in known and token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB"):
            for form, span in sorted(known[token.text], key=lambda k: -len(k[0])):
                if i + len(form) <= len(parsed.doc) and all(
                    parsed.doc[i + k].text == w and i + k not in covered for k, w in enumerate(form)
                ):
                    again = make_name(parsed, i, i + len(form), span.type)
                    again.sector, again.country = span.sector, span.country
                    found.append(again)
                    step = len(form)
                    break
        i += step
    return found


def _settle_types(spans: list[ActorSpan]) -> None:
    """One type for one name throughout the article: what a list or title says, else what the model says most."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        if span.kind == "name":
            votes[fold(span.name)][span.type] += 10 if span.certain else 1
            if span.type == "person" and " " in span.name:
                votes[fold(span.name.split()[-1])]["person"] += 3 if span.certain else 1
    for span in spans:
        if span.kind == "name" and not span.certain:
            best = max(votes[fold(span.name)].items(), key=lambda v: (v[1], v[0]))
            span.type = best[0]


__all__ = ["CONNECTORS", "find_names", "flat_text", "make_name", "overlaps", "title_case"]
