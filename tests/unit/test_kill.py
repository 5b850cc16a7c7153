"""`kill -9` at any moment, then a rerun: readers see the version before or the new one, whole, and the rerun makes the new one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.store import atomic, versions
from tests.unit import dying, fakes

SETTINGS = {"shard_documents": 2}
ROOT = Path(__file__).parents[2]
EVERY = int(os.environ.get("NEWSTABLES_KILL_EVERY", "127"))
"""Every which change to the disk is the moment of a death; those around the swap all are. 1 takes minutes."""
AROUND_SWAP = 6


def write_seeds(root: Path) -> Path:
    root.mkdir()
    for n in range(6):
        (root / f"{n}.txt").write_text(f"date 2026-0{n // 4 + 1}-01 Word{n} left the harbour.")
    return root


@dataclass(frozen=True)
class Story:
    """A folder with a version, what its next one will be, and what makes it."""

    seeds: Path
    before: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def copy(self, data: Path) -> Path:
        shutil.copytree(self.before, data, symlinks=True)
        return data

    def run(self, data: Path) -> Callable[[], object]:
        return lambda: fakes.run(self.seeds, data, pages=True, **SETTINGS)


def seen(data: Path) -> dict[str, bytes]:
    """What readers see of the current version: its tables and pages."""
    version = (data / "current").resolve()
    return {
        str(path.relative_to(version)): path.read_bytes()
        for part in ("parquet", "csv", "report")
        for path in (version / part).rglob("*")
        if path.is_file()
    }


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    fakes.install(monkeypatch)
    seeds, before = write_seeds(tmp_path / "seeds"), tmp_path / "before"
    fakes.run(seeds, before, pages=True, **SETTINGS)
    old = seen(before)
    (seeds / "0.txt").unlink()
    (seeds / "1.txt").write_text("date 2026-02-03 Edited left the harbour.")
    (seeds / "6.txt").write_text("date 2026-03-01 Added left the harbour.")
    shutil.copytree(before, tmp_path / "after", symlinks=True)
    fakes.run(seeds, tmp_path / "after", pages=True, **SETTINGS)
    return Story(seeds, before, old, seen(tmp_path / "after"))


def moments(story: Story, data: Path) -> list[int]:
    """The changes to the disk at which a run is ended: each around the swap, some of the others."""
    changes = dying.changes(story.run(story.copy(data)))
    swap = changes.index("os.rename current")
    around = range(swap - AROUND_SWAP, min(len(changes), swap + AROUND_SWAP))
    return sorted({*range(0, len(changes), EVERY), *around})


def test_killed_at_any_change_to_the_disk(story: Story, tmp_path: Path) -> None:
    shown = []
    for n in moments(story, tmp_path / "count"):
        data = story.copy(tmp_path / f"data{n}")
        died = dying.killed_at(n, story.run(data))
        found = seen(data)
        assert died or found == story.new, n
        assert found in (story.old, story.new), n
        shown.append(found == story.new)
        shards = {p: p.stat().st_mtime_ns for p in data.glob("cache/extract/*/*/*.arrow")}
        story.run(data)()
        assert seen(data) == story.new, n
        assert all(p.stat().st_mtime_ns == t for p, t in shards.items() if p.exists()), n
        assert not [p for p in data.rglob("*") if atomic.is_part(p.name) and "cache" not in p.parts], n
        assert len(list((data / "versions").iterdir())) == 2, n
        shutil.rmtree(data)
    assert shown == sorted(shown)
    assert {*shown} == {False, True}


def test_a_disk_that_fills_up_at_any_change(story: Story, tmp_path: Path) -> None:
    n = len(dying.changes(story.run(story.copy(tmp_path / "count"))))
    for k in range(0, n, 2 * EVERY if EVERY > 1 else 1):
        data = story.copy(tmp_path / f"data{k}")
        said = dying.full_at(k, story.run(data))
        found = seen(data)
        assert found in (story.old, story.new), k
        if found == story.old:
            assert said.startswith("WriteError: ") and str(data) in said and "Make room" in said, (k, said)
            assert "\n" not in said
        story.run(data)()
        assert seen(data) == story.new, k
        shutil.rmtree(data)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts file systems")
def test_a_small_file_system(story: Story, tmp_path: Path) -> None:
    needed = sum(p.lstat().st_size for p in (tmp_path / "after").rglob("*"))
    told = 0
    for part in range(1, 11):
        disk = tmp_path / f"disk{part}"
        disk.mkdir()
        size = needed * (5 + part) // 10
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)],
            check=False,
            capture_output=True,
        )
        if mounted.returncode:
            pytest.skip("mounting is not allowed here")
        try:
            data = disk / "data"
            try:
                shutil.copytree(story.before, data, symlinks=True)
            except shutil.Error:
                continue  # not even the version before has room
            said = dying.full_at(10**9, story.run(data))
            assert seen(data) == (story.old if said else story.new), (part, said)
            assert not said or said.startswith("WriteError: ")
            told += bool(said)
            subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
            story.run(data)()
            assert seen(data) == story.new
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    assert told


RUN = """
import sys
from pathlib import Path
import pytest
from tests.unit import fakes
fakes.install(pytest.MonkeyPatch())
print("ready", flush=True)
fakes.run(Path(sys.argv[1]), Path(sys.argv[2]), shard_documents=2, pages=True)
"""


def test_killed_at_an_odd_time(story: Story, tmp_path: Path) -> None:
    data = story.copy(tmp_path / "data")
    command = [sys.executable, "-c", RUN, str(story.seeds), str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.5))
        process.kill()
    assert seen(data) in (story.old, story.new)
    story.run(data)()
    assert seen(data) == story.new


def test_a_killed_first_run_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    seeds, data, log = write_seeds(tmp_path / "seeds"), tmp_path / "data", tmp_path / "log"
    monkeypatch.setenv(fakes.LOG, str(log))
    n = 0
    while len(list(data.glob("cache/extract/*/*/*.arrow"))) < 2:
        shutil.rmtree(data, ignore_errors=True)
        log.unlink(missing_ok=True)
        assert dying.killed_at(n, lambda: fakes.run(seeds, data, **SETTINGS))
        n += 3
    assert versions.current(data) is None
    done = len(log.read_text().splitlines())
    fakes.run(seeds, data, **SETTINGS)
    again = len(log.read_text().splitlines()) - 6
    assert 0 <= again <= done - 4
    fakes.run(seeds, tmp_path / "whole", **SETTINGS)
    assert seen(data) == seen(tmp_path / "whole")


def test_a_half_written_file_is_never_seen_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    child = os.fork()
    if child == 0:
        with atomic.replacing(path) as part:
            part.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert list(tmp_path.glob("*.parquet")) == []
