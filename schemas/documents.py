"""An article."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pandera.pandas as pa

from schemas.columns import OFFSET, Day, Integer, TableModel, column, in_order

PUBLISHED_AT = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"


class Documents(TableModel):
    """One row for each article that could be read."""

    doc_id: str = column(
        "The file's path below the seeds folder, without its suffix; behind `#` the article's key in a file that holds several.",
        key=True,
    )
    published_on: Day = column(
        "Day on which the article was published, in the time zone of its publication; none where nothing tells it "
        "for certain (`note` says what was seen).",
        nullable=True,
        source="as `date_basis` says",
    )
    path: str = column("The file's path below the seeds folder.")
    sha256: str = column(
        "SHA-256 of the file's bytes, or of the article's own words in a file that holds several.",
        str_matches="^[0-9a-f]{64}$",
    )
    encoding: str = column("Encoding that the file was decoded from.", values="encoding")
    title: str = column("Headline, where the article opens with one.", nullable=True)
    credit: str = column(
        "Agencies or authors named at the end of the article.",
        nullable=True,
        source="the closing line behind a dash",
    )
    language: str = column("Language of the article, ISO 639.", str_matches="^[a-z]{2,3}$")
    text: str = column(
        "The whole decoded text file, header included; of another format the words of the article. Every offset counts its characters."
    )
    body_start: Integer = column("First character of the article behind its header.", unit=OFFSET, ge=0)
    body_end: Integer = column(
        "Character after the last one of the article, its credit left out.", unit=OFFSET, ge=0
    )
    n_words: Integer = column("Words, punctuation left out.", unit="words", ge=0)
    n_sentences: Integer = column(
        "Sentences of the body; headings and the credit are not counted.", unit="sentences", ge=0
    )
    outlet: str = column("Newspaper, agency or site that published it, as its file says.", nullable=True)
    author: str = column("Who wrote it, as its file says; several as they stand there.", nullable=True)
    url: str = column("Address that it was published under, as its file says.", nullable=True)
    section: str = column("Section of the outlet, as its file says.", nullable=True)
    headline: str = column(
        "Headline, as the file says, else the one that the text opens with.", nullable=True
    )
    format: str = column("What kind of file it was read from.", values="format")
    published_at: str = column(
        "Time of publication, ISO 8601: with the offset of its time zone where one is told, else local to the outlet; "
        "none where only the day is known.",
        nullable=True,
        str_matches=rf"^{PUBLISHED_AT}$",
    )
    date_basis: str = column(
        "Where the day of publication was read.", nullable=True, values="publication_basis"
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

    @pa.dataframe_check(error="plausible: undated, see its note")
    def dated(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """The day of publication is known."""
        return rows["published_on"].notna()

    @pa.dataframe_check(error="a day of publication without its basis, or a basis without the day")
    def day_has_basis(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """What dates an article says where it was read."""
        return rows["published_on"].notna() == rows["date_basis"].notna()
