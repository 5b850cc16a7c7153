"""Put figures together: quantities of each paragraph, what they count in the parse, who gives them."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

from spacy.tokens import Token

from pipeline.extract.figures.context import of_time, with_age, with_magnitude
from pipeline.extract.figures.guards import is_figure
from pipeline.extract.figures.homes import Homes
from pipeline.extract.figures.notations import Notations, is_short_year
from pipeline.extract.figures.quantities import quantities
from pipeline.extract.figures.reader import Reader, noun_of
from pipeline.extract.figures.recalled import Recalled
from pipeline.extract.figures.sources import Days, Sources
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Entity, Figure, Mention, Quote


def extract_figures(
    parsed: ParsedArticle,
    *,
    mentions: list[Mention],
    quotes: list[Quote],
    dates: list[Date],
    entities: Sequence[Entity] = (),
) -> list[Figure]:
    """Every number that measures or counts, in order of the text; `event_id` is filled later, by the events.

    `entities`: the article's actors, for the countries that tell whose rupees are meant.
    """
    out: list[Figure] = []
    keys: set[str] = set()
    days, sources, who = Days(dates), Sources(parsed, quotes, mentions), _Who(parsed, mentions)
    homes = Homes(parsed, mentions, entities)
    recalled = Recalled()
    dated = {t.i for d in dates for t in parsed.tokens_between(d.start, d.end)}
    for block in parsed.article.blocks:
        if block.kind == "credit":
            continue
        text = parsed.article.text[block.start : block.end]
        numbers = quantities(text, partial(_is_dated, days, text, block.start))
        if not numbers:
            continue
        notations = Notations(text)
        found = [
            (
                with_magnitude(
                    text, with_age(text, homes.at_home(text, of_time(text, quantity), block.start), tokens)
                ),
                tokens,
            )
            for quantity in numbers
            if not notations.cover(quantity.number_start)
            and (
                tokens := parsed.tokens_between(
                    block.start + quantity.amount_start, block.start + quantity.end
                )
            )
        ]
        taken = dated | {t.i for _, tokens in found for t in tokens}
        found = [(q, tokens) for q, tokens in found if is_figure(text, q, tokens, noun_of(q, tokens, taken))]
        taken = dated | {t.i for _, tokens in found for t in tokens}
        reader = Reader(parsed, block.start, text, taken, dated, who.of, recalled)
        for quantity, tokens in found:
            figure = reader.read(quantity, tokens)
            if _only_points(figure, tokens):
                continue
            figure.figure_id = parsed.key("figure", figure.start, keys)
            figure.source_id = sources.of(figure.start, figure.end) or sources.counting(tokens)
            out.append(figure)
    return out


def _is_dated(days: Days, text: str, offset: int, start: int, is_time: bool) -> bool:
    """Whether the number at a character of a paragraph is part of a date."""
    return days.cover(offset, start, is_time) or is_short_year(text, start)


def _only_points(figure: Figure, tokens: list[Token]) -> bool:
    """Whether a number in digits behind "the" counts nothing that the article told: "a walk called Up the 40"."""
    first = tokens[0]
    led = first.i > first.sent.start and first.nbor(-1).lower_ == "the" and first.text[0].isdigit()
    told = figure.counted or figure.attribute or figure.measure
    return led and not told and figure.unit == "count"


class _Who:
    """Which actor a noun phrase names, by the mentions of the article."""

    def __init__(self, parsed: ParsedArticle, mentions: list[Mention]) -> None:
        self._parsed = parsed
        self._mentions = sorted((m for m in mentions if m.actor_id), key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self._mentions]

    def of(self, head: Token, noun: Token | None) -> tuple[str | None, str | None]:
        """The actor that the head of a phrase names, and its words; for a pronoun the name last used before it.

        `noun`: what is counted, which is no part of whose it is ("140 million people of Peru").
        """
        start, end = self._parsed.start(head), self._parsed.end(head)
        n = bisect_right(self._starts, start)
        around = [m for m in self._mentions[max(0, n - 8) : n] if m.start <= start and end <= m.end]
        if noun is not None and noun in head.ancestors:
            counted = self._parsed.start(noun)
            around = [m for m in around if not m.start <= counted < m.end]
        if not around:
            return None, None
        best = max(around, key=lambda m: m.end - m.start)
        if best.mention_kind != "pronoun":
            return best.actor_id, best.text
        names = (
            m.text
            for m in reversed(self._mentions[max(0, n - 50) : n])
            if m.actor_id == best.actor_id and m.mention_kind == "name"
        )
        return best.actor_id, next(names, None)
