"""Rows of months that are kept for linking."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline import gather
from pipeline.store import sealed

ROWS = pa.table({"n": [1, 2]})


def kept(folder: Path) -> pa.Table | None:
    return gather.kept(folder, "2026-03", "events", "mark", ROWS.schema)


def test_a_file_that_was_noted_is_not_verified_again_and_one_that_is_another_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gather.keep(tmp_path, "2026-03", "events", "mark", ROWS)
    gather.note(tmp_path)
    verified: list[str] = []
    real = sealed._sum
    monkeypatch.setattr(sealed, "_sum", lambda name: verified.append(name) or real(name))
    for remembered in (sealed._verified, gather._states, gather._read):
        remembered.clear()
    assert kept(tmp_path) == ROWS
    assert verified == [gather.STATES]
    (path,) = tmp_path.glob("events.*")
    path.write_bytes(path.read_bytes()[:-1])
    assert kept(tmp_path) is None
    assert "is damaged" in caplog.text
