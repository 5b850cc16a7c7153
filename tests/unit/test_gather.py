"""Rows of months that are kept for linking."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline import gather
from pipeline.store import sealed

ROWS = pa.table({"n": [1, 2]})


OTHERS = pa.table({"name": pa.chunked_array([["a"], ["b", None]]), "at": [[1], [], None]})
NONE = ROWS.slice(0, 0)
KEPT = {"events": ROWS, "figures": OTHERS, "quotes": NONE}


def kept(folder: Path, mark: str = "mark") -> dict[str, pa.Table] | None:
    return gather.kept(folder, "2026-03", mark, {table: rows.schema for table, rows in KEPT.items()})


def test_rows_are_kept_as_they_are_until_they_are_made_from_something_else(tmp_path: Path) -> None:
    gather.keep(tmp_path, "2026-03", "mark", KEPT)
    assert kept(tmp_path) == KEPT
    assert kept(tmp_path, "another") is None
    assert gather.kept(tmp_path, "2026-03", "mark", {"events": ROWS.schema}) is None
    sealed.write(
        tmp_path / "2026-03.arrow", sealed.arrow_bytes(ROWS.replace_schema_metadata({"mark": "mark"}))
    )
    assert kept(tmp_path) is None  # of an older program


def test_a_file_that_was_noted_is_not_verified_again_and_one_that_is_another_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gather.keep(tmp_path, "2026-03", "mark", KEPT)
    gather.note(tmp_path)
    verified: list[str] = []
    real = sealed._header

    def noted(name: str, *rest: Any) -> bytes:
        verified.append(name)
        return real(name, *rest)

    monkeypatch.setattr(sealed, "_header", noted)
    for remembered in (sealed._verified, gather._states, gather._read):
        remembered.clear()
    assert kept(tmp_path) == KEPT
    assert verified == [gather.STATES]
    (path,) = tmp_path.glob("2026-03.*")
    path.write_bytes(path.read_bytes()[:-1])
    assert kept(tmp_path) is None
    assert "is damaged" in caplog.text
