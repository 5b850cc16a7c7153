"""What is known of each report, row by row: told once for all rows, since pairs are looked at some at a time and ask for it again and again."""

from functools import cached_property

import numpy as np

from pipeline.link.rows import NO_DAY, Flags, Floats, Ints
from pipeline.link.standing import SERIES

SLACK = 2
"""Days by which reports of one event may differ: midnight, time zones."""


def is_sharp(first: Ints, last: Ints) -> Flags:
    """Whether a date is known to about a day."""
    return np.asarray((first != NO_DAY) & (last - first <= SLACK))


class ReportFlags:
    """Flags of reports."""

    published: Ints
    first: Ints
    last: Ints
    day_of: tuple[Ints, Ints]
    fatalities: Floats
    injured: Floats
    amounts: Floats
    wide: Flags
    standing: Ints
    codes: dict[str, Ints]

    @cached_property
    def printed(self) -> Flags:
        """Whether it is known when a report was published."""
        return np.asarray(self.published != NO_DAY)

    @cached_property
    def named_day(self) -> Flags:
        """Whether a report names a day, be it that of its event or another's."""
        return np.asarray(self.first != NO_DAY)

    @cached_property
    def sharp(self) -> Flags:
        """Whether it names one to about a day."""
        return is_sharp(self.first, self.last)

    @cached_property
    def dated(self) -> Flags:
        """Whether a report tells the day of its event itself."""
        return np.asarray(self.day_of[0] != NO_DAY)

    @cached_property
    def dated_sharply(self) -> Flags:
        """Whether it tells it to about a day."""
        return is_sharp(*self.day_of)

    @cached_property
    def dated_widely(self) -> Flags:
        """Whether it tells a month or the like."""
        return np.asarray(self.dated & ~self.dated_sharply)

    @cached_property
    def width(self) -> Ints:
        """From the first to the last day of an event, of no meaning where it tells none."""
        return np.asarray(self.day_of[1] - self.day_of[0])

    @cached_property
    def placed(self) -> Flags:
        """Whether a report tells a place."""
        return np.asarray(self.codes["place"] >= 0)

    @cached_property
    def in_town(self) -> Flags:
        """Whether this is no whole country."""
        return np.asarray(self.placed & ~self.wide)

    @cached_property
    def serial(self) -> Flags:
        """Whether a report tells a whole row of deeds."""
        return np.asarray(self.standing == SERIES)

    @cached_property
    def with_toll(self) -> Flags:
        """Whether a report tells how many died."""
        return ~np.isnan(self.fatalities)

    @cached_property
    def with_amount(self) -> Flags:
        """Whether it tells to how many it was done."""
        return ~np.isnan(self.amounts)
