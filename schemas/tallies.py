"""One thing counted, from all its figures."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import Day, Integer, TableModel, column, in_order


class Tallies(TableModel):
    """One row for each thing that figures count, joined from all figures that count it."""

    tally_id: str = column("Key of the tally, the same in every rerun.", key=True)
    measure: str = column(
        "What became of those counted, or what the unit tells.", nullable=True, values="measure"
    )
    counted: str = column("What is counted, a short noun phrase.", nullable=True)
    unit: str = column("Unit of its figures; empty where they have none.", nullable=True)
    place: str = column("Named place of the incident that it belongs to.", nullable=True)
    incident_id: str = column(
        "Incident whose consequences it counts; none where it counts something else.",
        references="incidents",
        nullable=True,
    )
    value_low: float = column("Least value of its figures.", unit="as in the column unit")
    value_high: float = column("Greatest value of its figures.", unit="as in the column unit")
    first_on: Day = column("Publication of the first figure.", nullable=True)
    latest_value: float = column("Value of the latest figure.", unit="as in the column unit")
    latest_on: Day = column("Publication of the latest figure.", nullable=True)
    n_figures: Integer = column("Figures that give it.", unit="figures", ge=1)
    n_documents: Integer = column("Articles that give it.", unit="documents", ge=1)
    agreement: str = column("Whether its figures agree.", values="agreement")

    @pa.dataframe_check(error="the greatest value is below the least")
    def values_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The latest value lies between the least and the greatest."""
        return in_order(rows["value_low"], rows["latest_value"]) & in_order(
            rows["latest_value"], rows["value_high"]
        )

    @pa.dataframe_check(error="more articles than figures")
    def counts_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Each article gives it at least once."""
        return in_order(rows["n_documents"], rows["n_figures"])

    @pa.dataframe_check(error="last given before it was first given")
    def days_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["first_on"], rows["latest_on"])
