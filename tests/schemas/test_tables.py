import pyarrow as pa
import pytest

import schemas
from pipeline import lexicon
from pipeline.extract import rows
from schemas import TABLES
from schemas.arrow import arrow_schema
from schemas.columns import vocabulary

PUBLISHED = sorted(set(rows.ROW_TYPES) - {"entities"})


@pytest.mark.parametrize("table", PUBLISHED)
def test_columns_are_those_of_the_rows(table: str) -> None:
    assert arrow_schema(table).names == rows.columns(table)


def test_every_row_type_has_a_table() -> None:
    assert set(PUBLISHED) | {"actors", "incidents", "incident_links", "tallies", "rejected_documents"} == set(
        TABLES
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_facts_hold_together(table: schemas.Table) -> None:
    assert table.description
    assert [c.name for c in table.columns.values() if c.unique] == [table.key]
    assert not table.columns[table.key].nullable
    for column in table.columns.values():
        assert column.description.endswith((".", " ...")), column.name
        assert column.values is None or vocabulary(column.values)
    for name, target in table.foreign_keys.items():
        assert table.columns[name].type == TABLES[target].columns[TABLES[target].key].type
    for name, span in table.spans.items():
        assert table.columns[name].type == pa.string()
        assert {*span} <= set(table.columns)


def test_types_are_plain() -> None:
    allowed = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us", "UTC")}
    for table in TABLES:
        assert set(arrow_schema(table).types) <= allowed, table


def test_every_vocabulary_is_used() -> None:
    listed = {row["vocabulary"] for row in lexicon.table("vocabularies")}
    used = {column.values for table in TABLES.values() for column in table.columns.values()}
    assert listed <= used
