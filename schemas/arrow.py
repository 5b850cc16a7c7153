"""Arrow schemas: the exact types on disk; and the way from Arrow to pandas that the models expect."""

from functools import cache

import pandas as pd
import pyarrow as pa

from schemas import TABLES


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table: string, int64, float64, bool, date32 and timestamp[us, UTC] only."""
    return pa.schema([pa.field(column.name, column.type) for column in TABLES[name].columns.values()])


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """A table as the models expect it: whole numbers that may be none stay whole, days stay days."""
    types = {pa.int64(): pd.Int64Dtype(), pa.date32(): pd.ArrowDtype(pa.date32())}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get)
    return frame


def from_pandas(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """A frame in a schema, whose columns it has; missing values of any kind are null."""
    columns = [
        pa.nulls(len(frame), field.type)  # pandas gives a column without values any type
        if frame[field.name].isna().all()
        else pa.array(frame[field.name], field.type, from_pandas=True)
        for field in schema
    ]
    return pa.table(columns, schema=schema).combine_chunks()
