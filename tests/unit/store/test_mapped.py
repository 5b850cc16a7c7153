import mmap
import re
from pathlib import Path

import numpy as np
import pytest

from pipeline.store.mapped import let_go, mapped

SIZE = 1 << 25
STATUS = Path("/proc/self/status")


def held() -> int:
    """Bytes of files that this process holds in memory."""
    found = re.search(r"RssFile:\s+(\d+)", STATUS.read_text("ascii"))
    assert found
    return 1024 * int(found[1])


@pytest.mark.skipif(not STATUS.exists(), reason="needs Linux")
def test_what_was_read_of_a_file_is_let_go_of_and_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    with path.open("rb") as file:
        read = np.frombuffer(mapped(file), dtype=np.uint8)
    total = int(read.sum())
    before = held()
    let_go()
    assert before - held() > SIZE // 2
    assert int(read.sum()) == total == 255 * SIZE // 2


def test_an_empty_file_cannot_be_mapped(tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    path.touch()
    with path.open("rb") as file, pytest.raises(ValueError, match="empty"):
        mapped(file)


@pytest.mark.skipif(not STATUS.exists(), reason="needs Linux")
def test_files_of_which_little_was_read_are_not_told_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    path = tmp_path / "bytes"
    path.write_bytes(bytes(SIZE))

    class File(mmap.mmap):
        def madvise(self, *arguments: int) -> None:
            told.append(self)
            super().madvise(*arguments)

    monkeypatch.setattr("pipeline.store.mapped.mmap.mmap", File)
    with path.open("rb") as file:
        read = np.frombuffer(mapped(file), dtype=np.uint8)
    let_go()
    told.clear()
    assert not read[: SIZE // 8].any()
    for _ in range(3):
        let_go()
    assert told == []
    assert not read.any()
    let_go()
    assert len(told) == 1
