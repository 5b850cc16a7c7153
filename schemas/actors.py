"""A person, country, body or group, across articles."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import COUNTRY, Day, Integer, TableModel, column, in_order


class Actors(TableModel):
    """One row for each person, country, body or group that does, says or undergoes something, across all articles."""

    actor_id: str = column("Key of the actor, the same in every rerun.", key=True)
    name: str = column(
        "Fullest name that an article gives it, without titles; a country's common English name."
    )
    actor_type: str = column("Kind of actor.", values="actor_type")
    country: str = column(
        "Country that it belongs to or acts for, ISO 3166 alpha-3.",
        nullable=True,
        str_matches=f"^{COUNTRY}$",
        source="names and titles in the articles, ISO 3166",
    )
    country_basis: str = column("How the country is known.", values="country_basis", nullable=True)
    sector: str = column("Sector of society.", nullable=True, values="sector", source="PLOVER")
    role: str = column("Office or job, in lower case, the latest that an article gives.", nullable=True)
    aliases: str = column("Every string that names it, no pronouns.", nullable=True, listed=True)
    wikidata_id: str = column(
        "Item of Wikidata; only for countries and bodies that a list names.",
        nullable=True,
        str_matches=r"^Q[1-9]\d*$",
        source="Natural Earth (countries), Wikidata (bodies)",
    )
    n_documents: Integer = column("Articles that mention it.", unit="documents", ge=1)
    n_mentions: Integer = column("Mentions, pronouns included.", unit="mentions", ge=1)
    first_seen_on: Day = column("Publication of the first article that mentions it.", nullable=True)
    last_seen_on: Day = column("Publication of the last article that mentions it.", nullable=True)

    @pa.dataframe_check(error="first seen after it was last seen")
    def seen_in_order(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The first day is not after the last."""
        return in_order(rows["first_seen_on"], rows["last_seen_on"])
