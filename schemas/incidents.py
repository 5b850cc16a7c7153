"""One real event, from all its reports."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import Day, Integer, TableModel, column, in_order


class Incidents(TableModel):
    """One row for each real event, joined from all reports of it."""

    incident_id: str = column("Key of the incident, the same in every rerun.", key=True)
    event_type: str = column("What was done.", values="event_type", source="PLOVER")
    date_from: Day = column("First day on which it may have happened.", nullable=True)
    date_to: Day = column("Last day on which it may have happened.", nullable=True)
    place: str = column("Named place where it happened.", nullable=True)
    actor_names: str = column("Who did it.", nullable=True, listed=True)
    recipient_names: str = column("To whom it was done.", nullable=True, listed=True)
    n_reports: Integer = column("Events that report it.", unit="events", ge=1)
    n_documents: Integer = column("Articles that report it, copies included.", unit="documents", ge=1)
    n_sources: Integer = column(
        "Independent voices: copies of one text, or articles that credit one agency, count once.",
        unit="sources",
        ge=1,
    )
    first_reported_on: Day = column("Publication of the first article that reports it.", nullable=True)
    last_reported_on: Day = column("Publication of the last article that reports it.", nullable=True)
    corroboration: str = column("Whether sources bear each other out.", values="corroboration")
    summary: str = column("The most informative sentence that reports it.")

    @pa.dataframe_check(error="ends before it begins")
    def days_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["date_from"], rows["date_to"])

    @pa.dataframe_check(error="first reported after it was last reported")
    def reports_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["first_reported_on"], rows["last_reported_on"])

    @pa.dataframe_check(error="more sources than articles, or more articles than reports")
    def counts_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Sources are articles, and each article reports it at least once."""
        return in_order(rows["n_sources"], rows["n_documents"]) & in_order(
            rows["n_documents"], rows["n_reports"]
        )

    @pa.dataframe_check(error="corroborated by a single source")
    def corroborated_by_two(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """One source cannot bear itself out."""
        return ((rows["corroboration"] != "corroborated") | (rows["n_sources"] >= 2)).astype(bool)
