"""How a column is declared: type, meaning, unit, source, vocabulary, references; and the columns that tables share.

What a model says here is said once: Arrow schema, checks, Dagster's column schema, `datapackage.json` and
`docs/tables.md` are all made from it.
"""

from datetime import date
from functools import cache
from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pa
import pyarrow

from pipeline import lexicon
from pipeline.spared import without

without("dask.dataframe", "pandera.typing.dask")  # frames
without("hypothesis", "pandera.backends.pandas.builtin_checks")  # rows made up for tests

Day = Annotated[pd.ArrowDtype, pyarrow.date32()]
"""A calendar day."""

Integer = pd.Int64Dtype
"""A whole number, or none."""

SEPARATOR = " | "
"""Between the values of a column that lists several."""


@cache
def vocabulary(name: str) -> dict[str, str]:
    """Every value of a closed vocabulary and its meaning. An unknown name raises KeyError.

    All stand in `pipeline/lexicon`: PLOVER's in files of their own, most measures with the words that name them, the
    others in `vocabularies.csv`.
    """
    if name == "event_type":
        return {row["event_type"]: row["description"] for row in lexicon.table("plover_types")}
    if name == "event_mode":
        modes: dict[str, set[str]] = {}
        for row in lexicon.table("plover_modes"):
            modes.setdefault(row["event_mode"], set()).add(row["event_type"])
        return {mode: f"a way to {', '.join(sorted(types))}" for mode, types in modes.items()}
    if name == "context":
        return {row["context"]: "" for row in lexicon.table("plover_contexts")}
    values = {r["value"]: r["meaning"] for r in lexicon.table("vocabularies") if r["vocabulary"] == name}
    if name == "measure":
        values = {row["measure"]: "" for row in lexicon.table("measures")} | values
    if not values:
        raise KeyError(f"no vocabulary {name!r} in pipeline/lexicon/vocabularies.csv")
    return values


def column(
    description: str,
    *,
    key: bool = False,
    references: str | None = None,
    values: str | None = None,
    span: tuple[str, str] | None = None,
    unit: str | None = None,
    source: str | None = None,
    listed: bool = False,
    **checks: Any,
) -> Any:
    """A column of a model.

    `references`: the table whose key it holds. `values`: its closed vocabulary. `span`: the columns of the
    characters of `documents.text` that it repeats. `listed`: several values, joined by `SEPARATOR`.
    `checks`: any keyword of `pandera.Field` (`nullable`, `ge`, `str_matches` ...).
    """
    if values and not listed:
        checks["isin"] = list(vocabulary(values))
    facts = {
        "key": key,
        "references": references,
        "values": values,
        "span": span,
        "unit": unit,
        "source": source,
        "listed": listed,
    }
    return pa.Field(description=description, unique=key, metadata=facts, **checks)


COUNTRY = "[A-Z]{3}"
SPANS = r"\d+-\d+(;\d+-\d+)*"
OFFSET = "characters from the start of documents.text"


class TableModel(pa.DataFrameModel):
    """A table: all of its columns, in order, nothing else, nothing converted."""

    class Config:
        """Pandera's settings."""

        strict = True
        ordered = True
        coerce = False


class Located(TableModel):
    """What every row that was read from a text says of its place."""

    doc_id: str = column("Article that the row was read from.", references="documents")
    published_on: Day = column(
        "Day on which the article was published; none where neither its header nor its name tells.",
        nullable=True,
        source="header of the article, else the file's name",
    )
    sentence_id: str = column("Sentence that the row starts in.", references="sentences", nullable=True)
    start: Integer = column("First character of the row's text.", unit=OFFSET, ge=0)
    end: Integer = column("Character after the last one of the row's text.", unit=OFFSET, ge=0)
    text: str = column(
        "The words that the row was read from, as they stand in the article.",
        span=("start", "end"),
        source="documents.text[start:end]",
    )


def in_order(low: "pd.Series[Any]", high: "pd.Series[Any] | date") -> "pd.Series[bool]":
    """Where `low <= high`, or one of them is none."""
    return low.isna() | pd.isna(high) | (low <= high).fillna(True).astype(bool)


def sensible(days: "pd.Series[Any]") -> "pd.Series[bool]":
    """Where a day lies in the years 1000 to 2200, or is none."""
    return days.isna() | days.between(date(1000, 1, 1), date(2200, 12, 31)).fillna(True).astype(bool)
