"""Days that quoted words count from: "today" in a quotation is the day on which the words were spoken.

Somebody quoted says "today" of their own day, which the sentence tells ("he said on Tuesday") or else the report before it;
an article published two days later does not move it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from pipeline.extract.dates.periods import Period

SPOKEN = frozenset({"today", "daytime", "past_units", "ahead", "in_units"})
"""Patterns that count from the speaker's day."""
ANNOUNCED = frozenset({"ahead", "in_units"})
"""Those that count from the day that their sentence tells, quoted or not."""
_REACH = timedelta(days=10)
"""Days before publication within which a day that is told can be the one of the words quoted."""


class Speakers:
    """On which day the words quoted in an article were spoken, block by block, in the order of the text."""

    def __init__(self, published: date) -> None:
        """`published`: the day that counts where the article tells none."""
        self._published = published
        self._told: Counter[date] = Counter()

    def days(self, block: Iterable[tuple[int, bool, Period | None]]) -> list[tuple[date, bool]]:
        """For each date of a block (its sentence, whether in a quotation, its period) the day of words spoken there, and whether the sentence tells it.

        A day that the same sentence tells outside the quotation; else the last told before it in the block, the one that
        the article has told most often (the latest of several), the day of publication.
        """
        dates = list(block)
        beside: dict[int, date] = {}
        for sentence, quoted, period in dates:
            if not quoted and (day := self._near(period)):
                beside[sentence] = max(day, beside.get(sentence, day))
        out = []
        last: date | None = None
        for sentence, quoted, period in dates:
            day = beside.get(sentence)
            out.append((day or last or self._main or self._published, day is not None))
            if not quoted and (told := self._near(period)):
                self._told[told] += 1
                last = told
        return out

    @property
    def _main(self) -> date | None:
        """The day that the article has told most often, at most as many as `_REACH` has."""
        return max(self._told, key=lambda day: (self._told[day], day), default=None)

    def _near(self, period: Period | None) -> date | None:
        """A day on which somebody can have spoken; None for what is no day, lies ahead or long ago."""
        near = period is not None and self._published - _REACH <= period.first <= self._published
        return period.first if period is not None and near and period.precision == "day" else None
