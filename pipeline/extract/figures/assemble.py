"""Put figures together: quantities of each paragraph, what they count in the parse, who gives them."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import partial

from spacy.tokens import Token

from pipeline.extract.figures.counted import (
    counted_noun,
    counted_phrase,
    elliptical_noun,
    head_of,
    measured_phrase,
    measured_text,
)
from pipeline.extract.figures.guards import is_figure
from pipeline.extract.figures.measures import counts_people, governing_verb, measure, people_in_state
from pipeline.extract.figures.quantities import Quantity, quantities
from pipeline.extract.figures.trends import trend
from pipeline.extract.figures.units import Unit
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Figure, Mention, Quote

_AGE = Unit("year of age", "age")
_AGE_BEFORE = re.compile(r"\b(?:ages?|aged|age\sof|ages\sof)\s(?:between\s)?$", re.IGNORECASE)
_MAX_AGE = 125


def extract_figures(
    parsed: ParsedArticle, *, mentions: list[Mention], quotes: list[Quote], dates: list[Date]
) -> list[Figure]:
    """Every number that measures or counts, in order of the text; `event_id` is filled later, by the events."""
    out: list[Figure] = []
    taken: set[str] = set()
    sources = _Sources(quotes)
    days = _Days(dates)
    for block in parsed.article.blocks:
        if block.kind == "credit":
            continue
        text = parsed.article.text[block.start : block.end]
        last: Token | None = None
        for quantity in quantities(text, partial(days.cover, block.start)):
            tokens = _tokens(parsed, block.start + quantity.amount_start, block.start + quantity.end)
            if not tokens:
                continue
            quantity = _aged(text, quantity, tokens)
            noun = counted_noun(tokens) if quantity.unit.name == "count" else None
            if not is_figure(text, quantity, tokens, noun):
                continue
            if quantity.unit.name == "count" and noun is None:
                noun = elliptical_noun(tokens, last)
            figure, last = _figure(parsed, block.start, text, quantity, tokens, noun, last)
            figure.figure_id = parsed.key("figure", figure.start, taken)
            figure.source_id = sources.of(figure.start, figure.end)
            out.append(figure)
    return out


def _figure(
    parsed: ParsedArticle,
    offset: int,
    text: str,
    quantity: Quantity,
    tokens: list[Token],
    noun: Token | None,
    last: Token | None,
) -> tuple[Figure, Token | None]:
    """The row, and the noun that a later elliptical number of the sentence would count."""
    start, end = offset + quantity.start, offset + quantity.end
    node = head_of(tokens)
    counted: str | None = None
    if quantity.unit.name == "count":
        if noun is not None:
            counted, last = counted_phrase(noun), noun
            if noun.i > tokens[-1].i and noun.i - tokens[-1].i < 8:
                end = parsed.end(noun)
        elif node is not None and (counts_people(governing_verb(node)) or people_in_state(node)):
            counted = "people"
    else:
        noun = measured_phrase(tokens)
        counted = measured_text(noun) if noun is not None else None
    row = Figure(
        **parsed.place(start, end),
        figure_id="",
        value=quantity.value,
        value_high=quantity.value_high,
        comparator=quantity.comparator,
        trend=trend(text, quantity, tokens),
        unit=quantity.unit.name,
        dimension=quantity.unit.dimension,
        counted=counted,
        measure=measure(quantity, node, noun),
        source_id=None,
        event_id=None,
        sentence=parsed.sentence_text(start),
    )
    return row, last


def _tokens(parsed: ParsedArticle, start: int, end: int) -> list[Token]:
    """The tokens that overlap characters `start` to `end`."""
    first = parsed.token_at(start)
    out: list[Token] = []
    while first is not None and parsed.start(first) < end:
        out.append(first)
        first = parsed.doc[first.i + 1] if first.i + 1 < len(parsed.doc) else None
    return out


def _aged(text: str, quantity: Quantity, tokens: list[Token]) -> Quantity:
    """Give a bare number its unit where it is an age: "aged 44", or "Ann Hall, 44," after a name."""
    if quantity.unit.name != "count" or not 0 <= quantity.value <= _MAX_AGE:
        return quantity
    if _AGE_BEFORE.search(text, max(0, quantity.start - 20), quantity.start):
        return replace(quantity, unit=_AGE)
    first = tokens[0]
    if (
        first.i < 2
        or quantity.style != "digits"
        or text[quantity.number_end : quantity.number_end + 1] not in (",", ".", ";", ")")
    ):
        return quantity
    comma, name = first.doc[first.i - 1], first.doc[first.i - 2]
    if comma.text in (",", "(") and name.pos_ == "PROPN":
        return replace(quantity, unit=_AGE)
    return quantity


class _Days:
    """The dates of an article, to tell whose number it is: "two years ago" and "3 May" are theirs."""

    def __init__(self, dates: list[Date]) -> None:
        self._spans = sorted((d.start, d.end, d.text.lower().endswith((" ago", " back"))) for d in dates)
        self._starts = [span[0] for span in self._spans]

    def cover(self, offset: int, start: int, is_time: bool) -> bool:
        """Whether a number is part of a date and no length of time ("the last 24 hours" keeps its 24)."""
        n = bisect_right(self._starts, offset + start) - 1
        return n >= 0 and offset + start < self._spans[n][1] and (not is_time or self._spans[n][2])


class _Sources:
    """Who gives a figure: the speaker of the shortest quote around it."""

    def __init__(self, quotes: list[Quote]) -> None:
        spans = [
            (int(start), int(end), quote.speaker_id)
            for quote in quotes
            for start, end in (part.split("-") for part in quote.spans.split(";"))
            if quote.speaker_id
        ]
        self._spans = sorted(spans, key=lambda s: (s[0], s[1]))
        self._starts = [s[0] for s in self._spans]
        self._longest = max((s[1] - s[0] for s in spans), default=0)

    def of(self, start: int, end: int) -> str | None:
        """The actor who says the words between two characters, None where nobody does."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_right(self._starts, start)
        around = [s for s in self._spans[low:high] if s[0] <= start and end <= s[1]]
        return min(around, key=lambda s: s[1] - s[0])[2] if around else None
