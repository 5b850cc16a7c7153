"""One real event, from all its reports."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import COUNTRY, Day, Integer, TableModel, column, in_order


class Incidents(TableModel):
    """One row for each real event, joined from all reports of it."""

    incident_id: str = column("Key of the incident, the same in every rerun.", key=True)
    event_type: str = column("What was done.", values="event_type", source="PLOVER")
    status: str = column(
        "Whether it happened: a plan, a denial and the deed itself are incidents of their own.",
        values="incident_status",
    )
    date_from: Day = column("First day on which it may have happened.", nullable=True)
    date_to: Day = column("Last day on which it may have happened.", nullable=True)
    place: str = column("Named place where it happened.", nullable=True)
    place_country: str = column(
        "Country of the place, ISO 3166 alpha-3.",
        nullable=True,
        str_matches=f"^{COUNTRY}$",
        source="gazetteer",
    )
    latitude: float = column(
        "Latitude of the place.", nullable=True, ge=-90, le=90, unit="degrees north", source="gazetteer"
    )
    longitude: float = column(
        "Longitude of the place.", nullable=True, ge=-180, le=180, unit="degrees east", source="gazetteer"
    )
    actor_names: str = column("Who did it.", nullable=True, listed=True)
    actor_countries: str = column(
        "Countries of those who did it, ISO 3166 alpha-3.",
        nullable=True,
        listed=True,
        str_matches=rf"^{COUNTRY}( \| {COUNTRY})*$",
    )
    recipient_names: str = column("To whom it was done.", nullable=True, listed=True)
    recipient_countries: str = column(
        "Countries of those to whom it was done, ISO 3166 alpha-3.",
        nullable=True,
        listed=True,
        str_matches=rf"^{COUNTRY}( \| {COUNTRY})*$",
    )
    fatalities_low: Integer = column(
        "Least number of deaths that a report gives.", nullable=True, ge=0, unit="persons", source="figures"
    )
    fatalities_high: Integer = column(
        "Greatest number of deaths that a report gives; none where no report sets an upper bound.",
        nullable=True,
        ge=0,
        unit="persons",
        source="figures",
    )
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
    disputed_over: str = column(
        "What sources dispute: whether it happened, who did it, how many died.",
        nullable=True,
        values="disputed_over",
        listed=True,
    )
    claim_event_id: str = column(
        "Report that speaks for the one side of the dispute.", references="events", nullable=True
    )
    counter_event_id: str = column(
        "Report that speaks for the other side of the dispute.", references="events", nullable=True
    )
    incident_basis: str = column(
        "Why its reports are taken for one event; none with a single report.",
        nullable=True,
        values="incident_basis",
        listed=True,
    )
    confidence: float = column(
        "How sure it is that its reports are of one event: of links at 0.9 nine in ten are right; none with a single report.",
        nullable=True,
        ge=0,
        le=1,
    )
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

    @pa.dataframe_check(error="more dead at least than at most")
    def fatalities_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The lower bound is not above the upper one."""
        return in_order(rows["fatalities_low"], rows["fatalities_high"])

    @pa.dataframe_check(error="disputed without two sides, or two sides without a dispute")
    def disputed_by_two(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """A dispute names what it is over and a report of each side."""
        disputed = rows["corroboration"] == "disputed"
        sides = ["disputed_over", "claim_event_id", "counter_event_id"]
        return (
            (rows[sides].notna().all(axis=1) == disputed) & (rows[sides].notna().any(axis=1) == disputed)
        ).astype(bool)

    @pa.dataframe_check(error="several reports without a reason to join them")
    def joined_for_a_reason(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Joined reports tell why and how surely, single ones have nothing to tell."""
        joined = (rows["n_reports"] > 1).fillna(False).astype(bool)
        told = rows[["incident_basis", "confidence"]].notna()
        return (told.all(axis=1) == joined) & (told.any(axis=1) == joined)
