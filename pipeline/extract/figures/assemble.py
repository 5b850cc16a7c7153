"""Put figures together: quantities of each paragraph, what they count in the parse, who gives them."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import partial

from spacy.tokens import Token

from pipeline.extract.figures.context import age_or, with_age, with_magnitude, with_unit_of
from pipeline.extract.figures.counted import counted_noun, counted_phrase, elliptical_noun, head_of, singular
from pipeline.extract.figures.guards import is_figure
from pipeline.extract.figures.measured import is_countable, is_crowd, measured_noun, measured_text, own_noun
from pipeline.extract.figures.measures import counts_people, governing_verb, measure, people_in_state, toll
from pipeline.extract.figures.quantities import Quantity, quantities
from pipeline.extract.figures.trends import moves, trend
from pipeline.extract.figures.units import NO_UNIT, rate_after, unit_named
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Date, Figure, Mention, Quote
from pipeline.lexicon import table


def extract_figures(
    parsed: ParsedArticle, *, mentions: list[Mention], quotes: list[Quote], dates: list[Date]
) -> list[Figure]:
    """Every number that measures or counts, in order of the text; `event_id` is filled later, by the events."""
    out: list[Figure] = []
    keys: set[str] = set()
    days, sources = _Days(dates), _Sources(parsed, quotes, mentions)
    dated = {t.i for d in dates for t in parsed.tokens_between(d.start, d.end)}
    for block in parsed.article.blocks:
        if block.kind == "credit":
            continue
        text = parsed.article.text[block.start : block.end]
        found = [
            (with_magnitude(text, with_age(text, quantity, tokens)), tokens)
            for quantity in quantities(text, partial(days.cover, block.start))
            if (
                tokens := parsed.tokens_between(
                    block.start + quantity.amount_start, block.start + quantity.end
                )
            )
        ]
        taken = dated | {t.i for _, tokens in found for t in tokens}
        found = [(q, tokens) for q, tokens in found if is_figure(text, q, tokens, _noun(q, tokens, taken))]
        reader = _Reader(parsed, block.start, text, dated | {t.i for _, tokens in found for t in tokens})
        for quantity, tokens in found:
            figure = reader.read(quantity, tokens)
            figure.figure_id = parsed.key("figure", figure.start, keys)
            figure.source_id = sources.of(figure.start, figure.end) or sources.counting(tokens)
            out.append(figure)
    return out


def _noun(quantity: Quantity, tokens: list[Token], taken: set[int]) -> Token | None:
    """What a bare number counts."""
    return counted_noun(tokens, taken) if quantity.unit.name == "count" else None


_LEVEL = 1000
"""A smaller whole number without a noun counts something more often than it tells a level."""


class _Reader:
    """Reads the figures of one paragraph in order; remembers the one before, which later ones lean on."""

    def __init__(self, parsed: ParsedArticle, offset: int, text: str, taken: set[int]) -> None:
        self._parsed, self._offset, self._text, self._taken = parsed, offset, text, taken
        self._counted: Token | None = None
        self._previous: tuple[Quantity, list[Token], Figure] | None = None

    def read(self, quantity: Quantity, tokens: list[Token]) -> Figure:
        """The row of a quantity."""
        text = self._text
        noun = _noun(quantity, tokens, self._taken)
        if noun is not None and (unit := unit_named(singular(noun))):
            quantity, noun = replace(quantity, unit=unit), None  # "three consecutive years"
        before = self._same_sentence(tokens)
        if before and quantity.unit.name == "count" and noun is None:
            quantity = with_unit_of(text, quantity, before[0])
        start, end = self._offset + quantity.start, self._offset + quantity.end
        node, counted = head_of(tokens), None
        if quantity.unit.name == "count":
            noun, counted = self._what_is_counted(tokens, node, noun)
            if noun is not None and tokens[-1].i < noun.i < tokens[-1].i + 8:
                end = max(end, self._parsed.end(noun))
            if counted is None and (level := self._level(quantity, tokens, before)) is not None:
                noun, quantity = level
                counted = self._phrase_of(quantity, noun)
            if counted and (rate := rate_after(text, end - self._offset)):
                counted, end = f"{counted} per {rate[0]}", self._offset + rate[1]
        else:
            noun = measured_noun(quantity, tokens, self._taken, before[1][-1].i + 1 if before else 0)
            counted = measured_text(noun, self._taken) if noun is not None else None
        figure = Figure(
            **self._parsed.place(start, end),
            figure_id="",
            value=quantity.value,
            # the table promises that a range runs upwards: a score ("2 – 1") is none
            value_high=quantity.value_high if (quantity.value_high or 0) >= quantity.value else None,
            comparator=quantity.comparator,
            trend=trend(text, quantity, tokens),
            unit=quantity.unit.name or None,
            dimension=quantity.unit.dimension or None,
            counted=counted,
            measure=measure(quantity, tokens[0], node, noun)
            or (toll(tokens) if counted == "people" and (noun is None or noun.i < tokens[0].i) else None),
            source_id=None,
            event_id=None,
            sentence=self._parsed.sentence_text(start),
        )
        if before:
            _lean(
                text,
                quantity,
                figure,
                before[2],
                gap=text[before[2].end - self._offset : quantity.start],
                own=noun is not None and noun == own_noun(quantity, tokens, self._taken),
            )
        self._previous = quantity, tokens, figure
        return figure

    def _level(
        self, quantity: Quantity, tokens: list[Token], before: tuple[Quantity, list[Token], Figure] | None
    ) -> tuple[Token, Quantity] | None:
        """A bare number that tells how high its subject stands: "the index rose to 6,327.8", "a crowd of 2,500".

        Such a number has no unit, unless its subject can be counted.
        """
        if quantity.style != "digits":
            return None
        noun = measured_noun(quantity, tokens, self._taken, before[1][-1].i + 1 if before else 0)
        if noun is None or noun.ent_type_ == "PERSON":
            return None
        if is_crowd(noun) or (noun.tag_ == "NNS" and is_countable(noun) and quantity.value.is_integer()):
            return noun, quantity
        age = age_or(NO_UNIT, noun)
        small = quantity.value.is_integer() and quantity.value < _LEVEL
        if small and age is NO_UNIT and trend(self._text, quantity, tokens) is None:
            return None  # "Hall has 151 and Kerr 54": they count what an earlier sentence named
        return noun, replace(quantity, unit=age)

    def _phrase_of(self, quantity: Quantity, noun: Token) -> str:
        if quantity.unit.name == "count" and not is_crowd(noun):
            return counted_phrase(noun, self._taken)
        return measured_text(noun, self._taken)

    def _same_sentence(self, tokens: list[Token]) -> tuple[Quantity, list[Token], Figure] | None:
        before = self._previous
        return before if before and before[1][-1].i >= tokens[0].sent.start else None

    def _what_is_counted(
        self, tokens: list[Token], node: Token | None, noun: Token | None
    ) -> tuple[Token | None, str | None]:
        if noun is not None and noun.lemma_.lower() == "other":
            noun = None  # "30 others" are what was counted before
        if noun is None and tokens[-1].i + 1 < len(tokens[-1].doc) and tokens[-1].nbor().lower_ == "aboard":
            return None, "people"
        if noun is None:
            noun = elliptical_noun(tokens, self._counted)
        if noun is None and toll(tokens):
            return None, "people"
        if noun is not None and noun.i not in {t.i for t in tokens}:
            if noun.lemma_ != "time":  # "three times as many"
                self._counted = noun
            return noun, counted_phrase(noun, self._taken)
        if node is not None and (counts_people(governing_verb(node)) or people_in_state(node)):
            return None, "people"
        return None, None


_SAME_AGAIN = re.compile(
    r"(?:\s?[(/]|,?\sor\s|,?\s(?:the\s)?equivalent\s(?:of|to)\s)\s?(?:about\s|around\s|roughly\s|some\s)?",
    re.IGNORECASE,
)
_OTHER_END = re.compile(
    r",?\s(?:back\s)?(?:to|from|up|down|up\sfrom|down\sfrom)\s(?:an?\s|only\s|just\s|about\s|around\s)?",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?P<before>[\w’'%]+)?[\s,;(–—-]*\b(?:(?:up|down)\sfrom|compared\s(?:with|to)|versus|vs\.?|against|instead\sof)\s"
    r"(?:the\s|an?\s)?(?:(?:[\w’'-]+\s){0,3}(?:average|mean|norm|total|figure)\sof\s)?$",
    re.IGNORECASE,
)


def _compared(text: str, quantity: Quantity) -> bool:
    """Whether a figure is what another is compared with: ", up from 16%", but not "went up from 98"."""
    for end in {quantity.start, quantity.amount_start}:
        found = _COMPARED.search(text, max(0, end - 60), end)
        if found and not moves((found["before"] or "").lower()):
            return True
    return False


def _lean(text: str, quantity: Quantity, figure: Figure, last: Figure, *, gap: str, own: bool) -> None:
    """What a figure takes from the one before: all of a conversion ("30km (19 miles)"), the subject of a comparison.

    `gap` is the text between the two; `own` tells that the figure names what it measures itself.
    """
    again = _SAME_AGAIN.fullmatch(gap)
    ends = _OTHER_END.fullmatch(gap) or (figure.unit == last.unit and _compared(text, quantity))
    if figure.unit == "count" or own:
        return
    if (again or ends) and last.unit != "count":
        figure.counted = last.counted or figure.counted
    elif figure.counted is None and (again or last.unit != "count"):
        figure.counted = last.counted
    if again and figure.unit != last.unit:
        figure.trend = figure.trend or last.trend
        if figure.comparator == "=":
            figure.comparator = last.comparator


class _Days:
    """The dates of an article, to tell whose number it is: "two years ago" and "3 May" are theirs."""

    def __init__(self, dates: list[Date]) -> None:
        self._spans = sorted((d.start, d.end, d.text.lower().endswith((" ago", " back"))) for d in dates)
        self._starts = [span[0] for span in self._spans]

    def cover(self, offset: int, start: int, is_time: bool) -> bool:
        """Whether a number is part of a date and no length of time ("the last 24 hours" keeps its 24)."""
        n = bisect_right(self._starts, offset + start) - 1
        return n >= 0 and offset + start < self._spans[n][1] and (not is_time or self._spans[n][2])


_MAX_SOURCE = 80
"""Characters behind "according to" within which the source is named."""
_COUNTING = frozenset(row["lemma"] for row in table("counting_verbs"))
_ACCORDING = re.compile(r"\b(?:according\sto|as\sper)\b", re.IGNORECASE)


class _Sources:
    """Who gives a figure: the speaker of the shortest quote around it, or whoever stands behind "according to"."""

    def __init__(self, parsed: ParsedArticle, quotes: list[Quote], mentions: list[Mention]) -> None:
        spans = [
            (int(start), int(end), quote.speaker_id)
            for quote in quotes
            for start, end in (part.split("-") for part in quote.spans.split(";"))
            if quote.speaker_id
        ]
        self._spans = sorted(spans, key=lambda s: (s[0], s[1]))
        self._starts = [s[0] for s in self._spans]
        self._longest = max((s[1] - s[0] for s in spans), default=0)
        self._parsed = parsed
        # The longest first where several start alike: "Trump administration" before "Trump".
        self._actors = sorted((m.start, -m.end, m.actor_id) for m in mentions if m.actor_id)

    def of(self, start: int, end: int) -> str | None:
        """The actor who says the words between two characters, None where nobody does."""
        low, high = bisect_left(self._starts, start - self._longest), bisect_right(self._starts, start)
        around = [s for s in self._spans[low:high] if s[0] <= start and end <= s[1]]
        if around:
            return min(around, key=lambda s: s[1] - s[0])[2]
        return self._according_to(start)

    def counting(self, tokens: list[Token]) -> str | None:
        """The actor that counts or estimates: "the ministry put the toll at 12"."""
        node = head_of(tokens)
        while node is not None and node.pos_ != "VERB" and node.head != node:
            node = node.head
        if node is None or node.lemma_.lower() not in _COUNTING:
            return None
        subject = next((c for c in node.children if c.dep_ == "nsubj" and c.i < tokens[0].i), None)
        if subject is None:
            return None
        start, end = self._parsed.start(subject), self._parsed.end(subject)
        n = bisect_right(self._actors, (start, -end, chr(0x10FFFF)))
        around = (a for a in self._actors[max(0, n - 4) : n + 1] if a[0] <= start and end <= -a[1])
        return next((actor for _, _, actor in around), None)

    def _according_to(self, start: int) -> str | None:
        sentence = self._parsed.sentence_at(start)
        if sentence is None:
            return None
        found = _ACCORDING.search(self._parsed.article.text, sentence.start, sentence.end)
        if found is None:
            return None
        n = bisect_left(self._actors, (found.end(),))
        named = n < len(self._actors) and self._actors[n][0] < min(sentence.end, found.end() + _MAX_SOURCE)
        return self._actors[n][2] if named else None
