"""A number that counts or measures."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import Located, column, in_order


class Figures(Located):
    """One row for each number that counts or measures something."""

    figure_id: str = column("The article and where the figure starts.", key=True)
    value: float = column("The number; the lower one of a range.", unit="as in the column unit")
    value_high: float = column("The upper number of a range.", nullable=True, unit="as in the column unit")
    from_value: float = column(
        "The value before the change that led to this one.", nullable=True, unit="as in the column unit"
    )
    comparator: str = column("How the number bounds what it counts.", values="comparator")
    trend: str = column("Whether the number is a rise or a fall.", nullable=True, values="trend")
    value_kind: str = column("What kind of value the number is.", values="value_kind")
    unit: str = column(
        "count, percent, fraction, an ISO 4217 code for money, or a unit of measurement in the English singular; "
        "empty for a number without one, such as an index or an exchange rate.",
        nullable=True,
    )
    per: str = column("What the number is for one of: year, barrel, square metre ...", nullable=True)
    dimension: str = column("What the unit measures: count, money, length, time, share ...", nullable=True)
    counted: str = column(
        "What is counted, or makes up a mass or share that is told; a short noun phrase.", nullable=True
    )
    attribute: str = column("Which quantity is measured: profit, price, range, area ...", nullable=True)
    subject: str = column("Whose it is: who or what the number tells something of.", nullable=True)
    subject_id: str = column("Actor that the subject names.", references="actors", nullable=True)
    measure: str = column(
        "What became of those counted, or what the unit tells.", nullable=True, values="measure"
    )
    source_id: str = column(
        "Actor that gives the number, where the article says so.", references="actors", nullable=True
    )
    event_id: str = column("Event that the number belongs to.", references="events", nullable=True)
    tally_id: str = column(
        "Tally that the number belongs to: all figures that count the same thing.",
        references="tallies",
        nullable=True,
        source="linking over all articles",
    )
    sentence: str = column("The whole sentence that the figure starts in.")

    @pa.dataframe_check(error="the upper value is below the lower one")
    def values_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """A range runs upwards."""
        return in_order(rows["value"], rows["value_high"])
