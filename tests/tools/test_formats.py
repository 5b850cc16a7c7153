"""The same three articles in every format: the real command makes the same quotes, figures and events of each."""

from typing import Any

import pyarrow.dataset as ds
import pytest

from tests import formats
from tests.conftest import make_tables

COLUMNS = {
    "quotes": ["quote_kind", "content", "cue", "speaker"],
    "figures": ["text", "value", "value_high", "comparator", "unit", "counted", "measure"],
    "events": ["text", "event_type", "status", "actor_names", "recipient_names", "date_from", "date_to", "place_country"],
}  # fmt: skip
"""What is said of a row but where it stands."""
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The rows of each format, by the folder that its files lie in."""
    folder = tmp_path_factory.mktemp("formats")
    for name, write in formats.ONE.items():
        for n in range(len(formats.ARTICLES)):
            place = folder / "seeds" / name.rpartition(".")[2] / str(n)
            place.mkdir(parents=True)
            (place / name).write_bytes(write(n))
    for name, write_all in formats.MANY.items():
        place = folder / "seeds" / name
        place.mkdir()
        (place / name).write_bytes(write_all())
    data = make_tables(folder / "seeds", folder / "data", pages="off", csv="off", database="off")
    tables = {
        t: ds.dataset(data / "parquet" / t, format="parquet").to_table().to_pylist()
        for t in ("documents", *COLUMNS)
    }
    return {
        place.name: {
            table: [row for row in found if row["doc_id"].startswith(f"{place.name}/")]
            for table, found in tables.items()
        }
        for place in (folder / "seeds").iterdir()
    }


def told(rows: Rows, table: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(row[column]) for column in COLUMNS[table]) for row in rows[table])


@pytest.mark.parametrize("name", [*(n.rpartition(".")[2] for n in formats.ONE), *formats.MANY])
def test_every_format_gives_the_same_rows(name: str, rows: dict[str, Rows]) -> None:
    assert len(rows[name]["documents"]) == len(formats.ARTICLES)
    for table in COLUMNS:
        assert told(rows[name], table) == told(rows["txt"], table) != [], table
