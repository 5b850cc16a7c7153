"""The dates told before, which later ones lean on: "the next day", "that September", a month in a story of another year."""

from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.reading import Context, Match, Reading, group
from pipeline.extract.dates.resolve import READERS

LEANING = frozenset({"same_day", "next_day", "later"})
"""Patterns that count from the date before them."""
_REACH = 600
"""Characters over which "the next day" looks back for its day."""
_YEAR_REACH = 400
"""Characters over which a year is carried on."""
_NEAR = 200
"""Characters over which the year of a day ahead is carried on."""
_SOON = timedelta(days=92)
_WEEK = timedelta(days=7)
_LONG_AGO = timedelta(days=330)
_MONTHS = frozenset({"month", "day_month", "month_day"})


@dataclass(frozen=True, slots=True)
class _At:
    start: int
    period: Period


@dataclass(frozen=True, slots=True)
class Anchors:
    """The last date told, the last that is not ahead, the last of this block with its year in the text, the last day of this week, the last ahead with its year."""

    last: _At | None = None
    past: _At | None = None
    dated: _At | None = None
    lately: _At | None = None
    dated_ahead: _At | None = None

    def in_block(self) -> "Anchors":
        """The anchors at the start of a new block: no year is carried into it."""
        return replace(self, dated=None, dated_ahead=None)

    def after(self, start: int, reading: Reading, context: Context, *, main: bool) -> "Anchors":
        """The anchors behind a date; `main`: whether it tells when the verb of a main clause was."""
        period, published = reading.period, context.published_on
        if period is None or period.precision not in ("day", "month", "year"):
            return self
        at = _At(start, period)
        known = main and reading.basis == "explicit"
        begun = published is None or period.first <= published
        lately = (
            begun and published is not None and period.precision == "day" and published - period.first < _WEEK
        )
        return Anchors(
            at,
            at if begun else self.past,
            at if known else self.dated,
            at if lately else self.lately,
            at
            if not begun and reading.basis == "explicit" and period.precision == "day"
            else self.dated_ahead,
        )

    def near(self, start: int, *, told: bool) -> Period | None:
        """The date that one at `start` leans on; in a clause that has `told` the past none that lies ahead."""
        at = self.past if told and self.past else self.last
        return at.period if at and start - at.start < _REACH else None

    def then(self) -> Period | None:
        """The day of the week before publication from which a clause looks ahead, however far before it is told."""
        return self.lately.period if self.lately else None

    def carried(self, kind: str, match: Match, start: int, context: Context, *, that: bool) -> Reading | None:
        """The reading by the date before: "that September", or in a story of long ago; None where nothing speaks for it."""
        if that and kind in _MONTHS | {"weekday"}:
            period = self.near(start, told=True)
        elif (
            kind in _MONTHS
            and not context.certain
            and (soon := self._soon_after(kind, match, start, context))
        ):
            return soon
        elif kind in _MONTHS and context.tense == "past":
            period = self._year_before(start, context)
        else:
            return None
        if period is None or any(group(match, name) for name in ("year", "which", "whose", "week")):
            return None
        read = READERS[kind](match, replace(context, published_on=period.first, tense="future"))
        late = read is not None and read.period is not None and read.period.first - period.last > _SOON
        return None if late and not that else read  # "allowed in November 2015. On June 19"

    def _soon_after(self, kind: str, match: Match, start: int, context: Context) -> Reading | None:
        """A day without its year that follows soon on one ahead with its year: "April 22, 2027, with a run-off on May 6"."""
        at, published = self.dated_ahead, context.published_on
        if at is None or published is None or start - at.start > _NEAR:
            return None
        if any(group(match, name) for name in ("year", "which", "whose", "week")):
            return None
        read = READERS[kind](match, replace(context, published_on=at.period.last, tense="future"))
        soon = read is not None and read.period is not None and read.period.first - at.period.last < _SOON
        return read if soon else None

    def _year_before(self, start: int, context: Context) -> Period | None:
        at, published = self.dated, context.published_on
        if at is None or published is None or start - at.start > _YEAR_REACH:
            return None
        return at.period if at.period.last < published - _LONG_AGO else None
