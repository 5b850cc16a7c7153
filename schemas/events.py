"""A report of a political event."""

import re

import pandas as pd
import pandera.pandas as pa

from pipeline import lexicon
from schemas.columns import COUNTRY, SEPARATOR, Day, Integer, Located, column, in_order, sensible, vocabulary


class Events(Located):
    """One row for each report of a political event, in the PLOVER ontology; text is the word that names the event."""

    event_id: str = column("The article and where the trigger starts.", key=True)
    event_type: str = column("What was done.", values="event_type", source="PLOVER")
    event_mode: str = column(
        "How it was done; none where the text does not tell.",
        nullable=True,
        values="event_mode",
        source="PLOVER",
    )
    quad_class: Integer = column(
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        isin=[1, 2, 3, 4],
        source="PLOVER",
    )
    intensity: float = column(
        "From -10, most violent, to 10, most cooperative.",
        ge=-10,
        le=10,
        unit="PLOVER score",
        source="PLOVER",
    )
    contexts: str = column(
        "What the paragraph is about.", nullable=True, values="context", listed=True, source="PLOVER"
    )
    status: str = column("Whether the event happened, by the words of the report.", values="status")
    attributed_to: str = column("Who says so, where the article leaves it to a source.", nullable=True)
    date_from: Day = column("First day on which it may have happened.", nullable=True)
    date_to: Day = column("Last day on which it may have happened.", nullable=True)
    date_precision: str = column("How precise the date is.", nullable=True, values="date_precision")
    date_basis: str = column("Where the date was read.", nullable=True, values="event_date_basis")
    place: str = column("Named place where it happened.", nullable=True)
    place_country: str = column(
        "Country of the place, ISO 3166 alpha-3.",
        nullable=True,
        str_matches=f"^{COUNTRY}$",
        source="gazetteer",
    )
    place_basis: str = column("Where the place was read.", nullable=True, values="event_place_basis")
    latitude: float = column(
        "Latitude of the place.", nullable=True, ge=-90, le=90, unit="degrees north", source="gazetteer"
    )
    longitude: float = column(
        "Longitude of the place.", nullable=True, ge=-180, le=180, unit="degrees east", source="gazetteer"
    )
    fatalities_low: Integer = column(
        "Least number of deaths that the text ties to the event.",
        nullable=True,
        ge=0,
        unit="persons",
        source="figures",
    )
    fatalities_high: Integer = column(
        "Greatest number of deaths; none where the text sets no upper bound.",
        nullable=True,
        ge=0,
        unit="persons",
        source="figures",
    )
    injured_low: Integer = column(
        "Least number of injured that the text ties to the event.",
        nullable=True,
        ge=0,
        unit="persons",
        source="figures",
    )
    injured_high: Integer = column(
        "Greatest number of injured; none where the text sets no upper bound.",
        nullable=True,
        ge=0,
        unit="persons",
        source="figures",
    )
    actor_names: str = column("Who did it.", nullable=True, listed=True)
    recipient_names: str = column("To whom it was done.", nullable=True, listed=True)
    actor_countries: str = column(
        "Countries of those who did it, ISO 3166 alpha-3.",
        nullable=True,
        listed=True,
        str_matches=rf"^{COUNTRY}( \| {COUNTRY})*$",
    )
    recipient_countries: str = column(
        "Countries of those to whom it was done, ISO 3166 alpha-3.",
        nullable=True,
        listed=True,
        str_matches=rf"^{COUNTRY}( \| {COUNTRY})*$",
    )
    method: str = column("How the event was recognised.", values="event_method")
    confidence: float = column(
        "How likely the row is right: of rows at 0.8, eight in ten report an event of their type.",
        nullable=True,
        ge=0,
        le=1,
        unit="probability",
    )
    incident_id: str = column(
        "Incident that this is a report of.",
        references="incidents",
        nullable=True,
        source="linking over all articles",
    )
    sentence: str = column("The whole sentence that the trigger stands in.")

    @pa.dataframe_check(error="its type has no such mode")
    def mode_of_type(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """PLOVER gives each type modes of its own."""
        allowed = pd.MultiIndex.from_tuples(
            [(row["event_type"], row["event_mode"]) for row in lexicon.table("plover_modes")]
        )
        pairs = pd.MultiIndex.from_frame(rows[["event_type", "event_mode"]])
        return pd.Series(pairs.isin(allowed), index=rows.index) | rows["event_mode"].isna()

    @pa.dataframe_check(error="its type is of another quad class")
    def quad_class_of_type(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The quad class follows from the type."""
        classes = {row["event_type"]: int(row["quad_class"]) for row in lexicon.table("plover_types")}
        wanted = rows["event_type"].map(classes).astype("Int64")
        return wanted.isna() | (wanted == rows["quad_class"]).fillna(False).astype(bool)

    @pa.dataframe_check(error="a context that PLOVER does not have")
    def contexts_known(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Every context of the list is in the vocabulary."""
        one = f"(?:{'|'.join(vocabulary('context'))})"
        pattern = f"{one}(?:{re.escape(SEPARATOR)}{one})*"
        return rows["contexts"].isna() | rows["contexts"].str.fullmatch(pattern)

    @pa.dataframe_check(error="ends before it begins")
    def days_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["date_from"], rows["date_to"])

    @pa.dataframe_check(error="more dead at least than at most")
    def fatalities_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The lower bound is not above the upper one."""
        return in_order(rows["fatalities_low"], rows["fatalities_high"])

    @pa.dataframe_check(error="more injured at least than at most")
    def injured_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The lower bound is not above the upper one."""
        return in_order(rows["injured_low"], rows["injured_high"])

    @pa.dataframe_check(error="plausible: before 1000 or after 2200")
    def days_plausible(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """News seldom speaks of other centuries: likely a number misread as a year."""
        return sensible(rows["date_from"]) & sensible(rows["date_to"])

    @pa.dataframe_check(error="plausible: it is reported as a fact before its day has come")
    def actual_is_past(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """What the article reports as a fact began on the day after publication at the latest (time zones)."""
        early = (rows["date_from"] - rows["published_on"] > pd.Timedelta(days=1)).fillna(False).astype(bool)
        return ~(early & (rows["status"] == "actual") & (rows["event_type"] != "AGREE"))

    @pa.dataframe_check(error="plausible: more than 100,000 dead in one event")
    def fatalities_plausible(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Likely a number that counts something else."""
        return ~(rows["fatalities_low"] > 100_000).fillna(False).astype(bool)
