from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest

from pipeline.link import memory


@dataclass(frozen=True)
class Inner:
    rows: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Outer:
    digests: npt.NDArray[np.uint64]
    inner: Inner
    records: pa.Table


FOUND = Outer(
    np.array([2**64 - 1, 0], dtype=np.uint64),
    Inner(np.zeros(0, dtype=np.int32)),
    pa.table({"on": [date(2026, 3, 2), None], "sides": [["a", "b"], None], "sure": [0.1, 1.0]}),
)


def test_what_was_found_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept.arrays"
    memory.save(path, FOUND)
    again = memory.load(path, Outer)
    assert again is not None
    assert (again.digests == FOUND.digests).all() and again.digests.dtype == np.uint64
    assert (again.inner.rows.shape, again.inner.rows.dtype) == ((0,), np.int32)
    assert again.records.equals(FOUND.records)


def test_what_other_code_wrote_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.save(tmp_path / "kept.arrays", FOUND)
    monkeypatch.setattr(memory, "version", lambda: "another")
    assert memory.load(tmp_path / "kept.arrays", Outer) is None
    assert memory.load(tmp_path / "none.arrays", Outer) is None


def test_damage_is_told_and_thrown_away(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "kept.arrays"
    memory.save(path, FOUND)
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    assert memory.load(path, Outer) is None
    assert "kept.arrays is damaged" in caplog.text
    assert not path.exists()


def test_rows_are_found_again_wherever_others_came_and_went() -> None:
    pick = np.random.default_rng(0)
    for _ in range(200):
        some = pick.permutation(12).astype(np.uint64)
        old, new = some[pick.random(12) < 0.8], some[pick.random(12) < 0.8]
        if pick.random() < 0.3:
            new = pick.permutation(new)
        found = memory.rows_now(old, new)
        assert [new[at] if at >= 0 else None for at in found] == [n if n in new else None for n in old]
        assert memory.not_among(found, len(new)).tolist() == [at for at, n in enumerate(new) if n not in old]
        assert memory.each_once(old, new)
        if len(new):
            assert not memory.each_once(old, np.insert(new, pick.integers(len(new)), pick.choice(new)))
