"""An expression of time."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import Day, Located, column, in_order, sensible


class Dates(Located):
    """One row for each expression of time that can be put on a calendar."""

    date_id: str = column("The article and where the expression starts.", key=True)
    date_from: Day = column("First day that is meant.", nullable=True)
    date_to: Day = column("Last day that is meant, itself included.", nullable=True)
    date_precision: str = column("How precise the expression is.", values="date_precision")
    basis: str = column("What the days were computed from.", values="basis")

    @pa.dataframe_check(error="ends before it begins")
    def days_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["date_from"], rows["date_to"])

    @pa.dataframe_check(error="plausible: before 1000 or after 2200")
    def days_plausible(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """News seldom speaks of other centuries: likely a number misread as a year."""
        return sensible(rows["date_from"]) & sensible(rows["date_to"])
