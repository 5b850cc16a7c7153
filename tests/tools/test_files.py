"""Every kind of file that people have gives its article, its day and the rows of its sentences, or says why not."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from pipeline.read.reader import document_id, shown
from tests.conftest import make_tables
from tests.files import FILES, File

TABLES = [
    "documents",
    "sentences",
    "mentions",
    "dates",
    "quotes",
    "figures",
    "events",
    "actors",
    "rejected_documents",
]
Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """The rows of one article, and all actors."""

    tables: dict[str, list[Row]]
    key: str

    def of(self, table: str) -> list[Row]:
        return [row for row in self.tables[table] if row["doc_id"] == self.key]

    def name(self, actor_id: str | None) -> str | None:
        return next((row["name"] for row in self.tables["actors"] if row["actor_id"] == actor_id), None)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command makes of a folder that holds all of them."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "seeds").mkdir()
    for file in FILES:
        path = os.fsencode(folder / "seeds") + b"/" + os.fsencode(file.name)
        with open(path, "wb") as out:  # noqa: PTH123  (a name that is no text)
            out.write(file.data)
    return make_tables(folder / "seeds", folder / "data", pages="off", database="off")


@pytest.fixture(scope="module")
def tables(data: Path) -> dict[str, list[Row]]:
    return {t: ds.dataset(data / "parquet" / t, format="parquet").to_table().to_pylist() for t in TABLES}


def test_they_are_as_many_as_their_kinds() -> None:
    assert len(FILES) >= 45
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: ascii(file.name))
def test_a_file(file: File, tables: dict[str, list[Row]], data: Path) -> None:
    path = shown(os.fsdecode(os.fsencode(file.name)))
    expect = dict(file.expect)
    if expect.get("rejected"):
        assert [row["path"] for row in tables["rejected_documents"]].count(path) == 1
        return
    rows = Rows(tables, document_id(path))
    (document,) = rows.of("documents")
    told = document | {"published_on": document["published_on"] and str(document["published_on"])}
    columns = [name for name in expect if name in document and name != "note"]
    assert {name: told[name] for name in columns} == {name: expect[name] for name in columns}
    assert expect.get("note", "") in (document["note"] or "")
    for kind, check in CHECKS.items():
        if expect.get(kind) is not None:
            assert check(rows, expect[kind]), (kind, expect[kind], rows.of("sentences"), rows.of("events"))
    if expect.get("csv_guarded"):
        with (data / "csv" / "documents.csv").open(encoding="utf-8-sig", newline="") as table:
            assert [row["doc_id"] for row in csv.DictReader(table)].count("'" + rows.key) == 1


def _same_actor(rows: Rows, wanted: tuple[str, str]) -> bool:
    name, other = wanted
    ids = [
        {m["actor_id"] for m in r.of("mentions") if r.name(m["actor_id"]) == name}
        for r in (rows, Rows(rows.tables, other))
    ]
    return ids[0] == ids[1] and len(ids[0]) == 1


def _no_names(rows: Rows, names: tuple[str, ...]) -> bool:
    return not set(names) & {rows.name(row["actor_id"]) for row in rows.of("mentions")}


CHECKS = {
    "day": lambda rows, day: day in {str(row["date_from"]) for row in rows.of("dates")},
    "event": lambda rows, words: words in " ".join(row["text"].replace("\u00ad", "").replace("\u200b", "") for row in rows.of("events")),
    "actor": lambda rows, name: any(name in (row["actor_names"] or "") for row in rows.of("events")),
    "quote": lambda rows, name: [rows.name(row["speaker_id"]) for row in rows.of("quotes") if row["quote_kind"] == "direct"] == [name],
    "speaker": lambda rows, name: name in {rows.name(row["speaker_id"]) for row in rows.of("quotes")},
    "sentences": lambda rows, n: len(rows.of("sentences")) == n,
    "figure": lambda rows, value: value in {row["value"] for row in rows.of("figures")},
    "mention": lambda rows, words: words in {row["text"] for row in rows.of("mentions")},
    "no_text": lambda rows, words: not any(words in row["text"] for row in rows.of("sentences")),
    "unread": lambda rows, _: not any(rows.of(t) for t in ("mentions", "quotes", "events")) and rows.of("sentences"),
    "same_actor_as": _same_actor,
    "not_actors": _no_names,
}  # fmt: skip
"""What of an article's rows is asked for, by the name in `File.expect`."""
