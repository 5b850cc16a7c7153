"""An article."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pandera.pandas as pa

from schemas.columns import OFFSET, Day, Integer, TableModel, column, in_order


class Documents(TableModel):
    """One row for each article that could be read."""

    doc_id: str = column("The file's path below the seeds folder, without its suffix.", key=True)
    published_on: Day = column(
        "Day on which the article was published; none where neither its header nor its name tells.",
        nullable=True,
        source="header of the article, else the file's name",
    )
    path: str = column("The file's path below the seeds folder.")
    sha256: str = column("SHA-256 of the file's bytes.", str_matches="^[0-9a-f]{64}$")
    encoding: str = column("Encoding that the file was decoded from.", values="encoding")
    title: str = column("Headline, where the article opens with one.", nullable=True)
    credit: str = column(
        "Agencies or authors named at the end of the article.",
        nullable=True,
        source="the closing line behind a dash",
    )
    language: str = column("Language of the article, ISO 639.", str_matches="^[a-z]{2,3}$")
    text: str = column("The whole decoded file, header included; every offset counts its characters.")
    body_start: Integer = column("First character of the article behind its header.", unit=OFFSET, ge=0)
    body_end: Integer = column(
        "Character after the last one of the article, its credit left out.", unit=OFFSET, ge=0
    )
    n_words: Integer = column("Words, punctuation left out.", unit="words", ge=0)
    n_sentences: Integer = column(
        "Sentences of the body; headings and the credit are not counted.", unit="sentences", ge=0
    )
    note: str = column("What to know about how the file was read.", nullable=True)
    duplicate_of: str = column(
        "The article that this one is a copy of, the earliest of them; a copy is no second source.",
        references="documents",
        nullable=True,
        source="near-duplicate search over all articles",
    )

    @pa.dataframe_check(error="the article ends before it begins, or behind its text")
    def body_in_text(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The body lies within the text."""
        return in_order(rows["body_start"], rows["body_end"]) & in_order(
            rows["body_end"], rows["text"].str.len()
        )

    @pa.dataframe_check(error="plausible: published in the future")
    def published_by_now(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Published tomorrow at the latest (time zones)."""
        return in_order(rows["published_on"], (datetime.now(UTC) + timedelta(days=1)).date())
