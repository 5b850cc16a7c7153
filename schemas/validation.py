"""Checks of a table before it is published: each a name, what it asks, and whether failing it blocks.

The models hold the rules of one row; here stand those that need other tables. Every check answers with the rows that
fail it and why, so that a red check can be understood without opening the data.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc

from schemas import TABLES, Table
from schemas.arrow import arrow_schema, to_pandas
from schemas.columns import SPANS

PLAUSIBLE = "plausible: "
"""Begins the message of a model's rule that warns and does not block."""


@dataclass(frozen=True)
class Check:
    """A check of a table."""

    name: str
    description: str
    blocking: bool


COLUMNS = Check("columns", "The columns, their order and their types are those of the schema.", True)
KEY = Check("key", "Every row has a key, and no two rows the same.", True)
FOREIGN_KEYS = Check("foreign_keys", "Every key of another table is one that this table has.", True)
VALUES = Check(
    "values", "Values are there where they must be, in their vocabularies and limits, and fit together.", True
)
SOURCE_TEXT = Check("source_text", "The words are those of the article at the given characters.", True)
PLAUSIBILITY = Check("plausibility", "Values are such as news articles hold.", False)
NOT_EMPTY = Check("not_empty", "There are rows.", False)
NONE_REJECTED = Check("none_rejected", "Every file could be read as an article.", False)

SPAN_SEPARATOR = " … "
"""Between the words of several spans."""

Failures = pd.DataFrame
"""Failing rows: `check`, `column`, `reason`, `row` (the row's key, "" for the whole table), `value`."""

_FAILURE_COLUMNS = ["check", "column", "reason", "row", "value"]


def checks(table: Table) -> list[Check]:
    """The checks that a table has."""
    extra = [NONE_REJECTED if table.name == "rejected_documents" else NOT_EMPTY]
    linked = [FOREIGN_KEYS] if table.foreign_keys else []
    read = [SOURCE_TEXT] if table.spans else []
    return [COLUMNS, KEY, *linked, VALUES, *read, PLAUSIBILITY, *extra]


def validate(name: str, load: Callable[[str], pa.Table]) -> Failures:
    """Every failing row of a table; none where it is clean.

    `load` gives any table by name; those that the table refers to are loaded too.
    """
    table, rows = TABLES[name], load(name)
    if has_wrong_columns(table, rows):  # no other check can be trusted then
        return _frame(_wrong_columns(table, rows))
    articles = load("documents") if table.spans else None
    return all_failures([across_rows(table, rows, load), of_rows(table, rows, articles)])


def has_wrong_columns(table: Table, rows: pa.Table) -> bool:
    """Whether the columns are not those of the schema."""
    return next(_wrong_columns(table, rows), None) is not None


def across_rows(table: Table, rows: pa.Table, load: Callable[[str], pa.Table]) -> Failures:
    """The failures that only all rows together show: none there, a key given twice, a key that its table has not."""
    dangling = (_dangling(table, rows, column, load) for column in table.foreign_keys)
    return _frame(chain(_extent(table, rows), _repeated(table, rows), *dangling))


def of_rows(table: Table, rows: pa.Table, articles: pa.Table | None) -> Failures:
    """The failures that each row shows by itself; `articles` are the documents that it belongs to, where it repeats their words."""
    found = [_empty_texts(table, rows, column) for column in rows.column_names]
    if table.spans:
        documents = arrow_schema("documents").empty_table() if articles is None else articles
        texts = dict(zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True))
        found += [_misplaced(table, rows, column, texts) for column in table.spans]
        if "spans" in table.columns:
            found.append(_misquoted(table, rows, texts))
    return all_failures([_model_failures(table, rows), _frame(chain(*found))])


def all_failures(found: Iterable[Failures | list[list[str]]]) -> Failures:
    """Failures as one frame."""
    frames = [one if isinstance(one, pd.DataFrame) else _frame([tuple(row) for row in one]) for one in found]
    some = [one for one in frames if len(one)]  # joining frames costs more than all checks of a few rows
    return pd.concat(some, ignore_index=True) if len(some) > 1 else [*some, *frames, _frame([])][0]


def _frame(failures: Iterable[tuple[str, ...]]) -> Failures:
    found = list(failures)
    return pd.DataFrame(found, columns=_FAILURE_COLUMNS, dtype="str") if found else _none().copy()


@cache
def _none() -> Failures:
    """No failures; to make an empty frame of texts costs as much as to check a column."""
    return pd.DataFrame([], columns=_FAILURE_COLUMNS, dtype="str")


def _wrong_columns(table: Table, rows: pa.Table) -> Iterator[tuple[str, ...]]:
    wanted = arrow_schema(table.name)
    for missing in [n for n in wanted.names if n not in rows.column_names]:
        yield COLUMNS.name, missing, "the column is missing", "", ""
    for extra in [n for n in rows.column_names if n not in wanted.names]:
        yield COLUMNS.name, extra, "the schema has no such column", "", ""
    for field in rows.schema:
        if field.name in wanted.names and field.type != wanted.field(field.name).type:
            yield (
                COLUMNS.name,
                field.name,
                f"its type is not {wanted.field(field.name).type}",
                "",
                str(field.type),
            )
    if sorted(rows.column_names) == sorted(wanted.names) and rows.column_names != wanted.names:
        yield COLUMNS.name, "", "the columns stand in another order", "", ", ".join(rows.column_names)


def _extent(table: Table, rows: pa.Table) -> Iterator[tuple[str, ...]]:
    if table.name == "rejected_documents":
        for path, reason in zip(rows["path"].to_pylist(), rows["reason"].to_pylist(), strict=True):
            yield NONE_REJECTED.name, "path", str(reason), str(path), ""
    elif rows.num_rows == 0:
        yield NOT_EMPTY.name, "", "the table has no rows", "", ""


def _model_failures(table: Table, rows: pa.Table) -> Failures:
    """What the pandera model finds, one line a failing row and rule."""
    if not rows.num_rows:
        return _frame([])
    frame = to_pandas(rows)
    try:
        _rules(table.name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return _frame([])
    of_frame = cases["schema_context"] == "DataFrameSchema"  # pandera repeats those once a column
    cases = cases.astype({"column": object, "failure_case": object})
    cases.loc[of_frame, ["column", "failure_case"]] = ""
    cases = cases.drop_duplicates(["column", "check", "index"]).reset_index(drop=True)
    plausible = cases["check"].str.startswith(PLAUSIBLE)
    names = pd.Series(VALUES.name, index=cases.index)
    names[cases["column"] == table.key] = KEY.name
    names[plausible] = PLAUSIBILITY.name
    keys = frame[table.key].reindex(cases["index"]).astype("str").fillna("")
    return pd.DataFrame(
        {
            "check": names.astype("str"),
            "column": cases["column"].fillna("").astype("str"),
            "reason": [_reason(table, *case) for case in zip(cases["check"], cases["column"], strict=True)],
            "row": keys.to_numpy(),
            "value": ["" if pd.isna(value) else str(value) for value in cases["failure_case"]],
        }
    )


@cache
def _rules(table: str) -> Any:
    """A model without what is asked elsewhere: types, of the Arrow schema; whether a key is unique, of all rows together."""
    whole = copy(TABLES[table].model.to_schema())
    whole.columns = {name: copy(column) for name, column in whole.columns.items()}
    for column in whole.columns.values():
        column.dtype, column.unique = None, False
    return whole


def _reason(table: Table, check: str, column: str) -> str:
    """A rule in words."""
    vocabulary = table.columns[column].values if column in table.columns else None
    if check.startswith("isin") and vocabulary:
        return f"not in the vocabulary {vocabulary}"
    return "none, but it must be given" if check == "not_nullable" else check.removeprefix(PLAUSIBLE)


def _keys(table: Table, rows: pa.Table, where: pa.ChunkedArray) -> list[str]:
    return [str(key) for key in rows[table.key].filter(where).to_pylist()]


def _empty_texts(table: Table, rows: pa.Table, column: str) -> Iterator[tuple[str, ...]]:
    if rows.schema.field(column).type == pa.string():
        for key in _keys(table, rows, pc.fill_null(pc.equal(rows[column], ""), False)):
            yield VALUES.name, column, "an empty text (there must be none, or words)", key, ""


def _repeated(table: Table, rows: pa.Table) -> Iterator[tuple[str, ...]]:
    """Rows whose key stands in another row too."""
    keys = rows[table.key].combine_chunks()
    counts = pc.value_counts(keys)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    if len(twice):
        for key in keys.filter(pc.is_in(keys, value_set=twice)).drop_null().to_pylist():
            yield KEY.name, table.key, "given more than once", str(key), str(key)


def _dangling(
    table: Table, rows: pa.Table, column: str, load: Callable[[str], pa.Table]
) -> Iterator[tuple[str, ...]]:
    if not rows.num_rows:  # all of the other table would be read for nothing
        return
    target = TABLES[table.foreign_keys[column]]
    known = load(target.name)[target.key].combine_chunks()
    lost = pc.and_(pc.is_valid(rows[column]), pc.invert(pc.is_in(rows[column], value_set=known)))
    for key, value in zip(_keys(table, rows, lost), rows[column].filter(lost).to_pylist(), strict=True):
        yield FOREIGN_KEYS.name, column, f"{target.name} has no such {target.key}", key, value


def _misplaced(
    table: Table, rows: pa.Table, column: str, texts: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    start, end = table.spans[column]
    names = [table.key, "doc_id", column, start, end]
    for key, doc_id, words, first, last in zip(*(rows[n].to_pylist() for n in names), strict=True):
        if words is None and first is None and last is None:
            continue
        if words is None or first is None or last is None:
            yield (
                SOURCE_TEXT.name,
                column,
                f"{column}, {start} and {end} are not all given",
                str(key),
                str(words),
            )
        elif texts.get(doc_id, "")[first:last] != words:
            yield SOURCE_TEXT.name, column, f"not the article's characters {first} to {last}", str(key), words


def _misquoted(table: Table, rows: pa.Table, texts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Rows whose content is not what stands at their spans, or whose start and end are not the spans' own."""
    names = [table.key, "doc_id", "spans", "content", "start", "end"]
    for key, doc_id, spans, content, first, last in zip(*(rows[n].to_pylist() for n in names), strict=True):
        if not re.fullmatch(SPANS, spans or ""):
            continue  # the model tells of it
        ends = [tuple(map(int, span.split("-"))) for span in spans.split(";")]
        if SPAN_SEPARATOR.join(texts.get(doc_id, "")[a:b] for a, b in ends) != content:
            yield SOURCE_TEXT.name, "content", f"not the article's characters {spans}", str(key), str(content)
        elif (ends[0][0], ends[-1][1]) != (first, last):
            yield SOURCE_TEXT.name, "spans", "not from start to end", str(key), spans
