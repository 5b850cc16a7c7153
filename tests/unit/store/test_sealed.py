"""What is kept for the next run is never trusted where it is damaged, and never fatal."""

import hashlib
import logging
import shutil
from pathlib import Path

import pytest

from pipeline.store import sealed
from tests.unit import fakes
from tests.unit.test_kill import seen, write_seeds

HUNDREDTHS = 100


def flipped(data: bytes, part: int) -> bytes:
    """Bytes with one bit of one of them turned, in a hundredth of them."""
    at = min(len(data) - 1, len(data) * part // HUNDREDTHS)
    return data[:at] + bytes([data[at] ^ (1 << part % 8)]) + data[at + 1 :]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a run, and the articles beside it."""
    root = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        fakes.install(patch)
        fakes.run(write_seeds(root / "seeds"), root / "data", shard_documents=2)
    return root


def kept(data: Path) -> list[Path]:
    records = (data / "current").resolve() / ".record"
    return sorted(p for folder in (data / "cache", records) for p in folder.rglob("*") if p.is_file())


def test_every_kept_file_is_sealed_and_every_flip_is_found(made: Path, tmp_path: Path) -> None:
    files = kept(made / "data")
    assert len(files) > 30
    for path in files:
        whole = path.read_bytes()
        name = "/".join(path.parts[-3:]) if "extract" in path.parts else None
        assert sealed.read(path, name=name).to_pybytes() == whole[sealed.HEADER :]
        for part in range(HUNDREDTHS):
            damaged = tmp_path / path.name
            damaged.unlink(missing_ok=True)  # a file that is written over waits for the disk
            damaged.write_bytes(flipped(whole, part))
            with pytest.raises(sealed.DamagedError):
                sealed.read(damaged, name=name)
        for size in (0, 1, sealed.HEADER, len(whole) - 1):
            damaged.write_bytes(whole[:size])
            with pytest.raises(sealed.DamagedError):
                sealed.read(damaged, name=name)


@pytest.mark.parametrize("part", [0, 37, 99, "cut", "empty", "folder", "foreign"])
def test_damage_everywhere_is_told_and_mended(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    part: int | str,
) -> None:
    fakes.install(monkeypatch)
    data = tmp_path / "data"
    shutil.copytree(made / "data", data, symlinks=True)
    good = seen(data)
    files = kept(data)
    contents = [path.read_bytes() for path in files]
    for n, path in enumerate(files):
        path.unlink()
        if isinstance(part, int):
            path.write_bytes(flipped(contents[n], part))
        elif part == "cut":
            path.write_bytes(contents[n][: len(contents[n]) // 2])
        elif part == "empty":
            path.touch()
        elif part == "folder":
            path.mkdir()
        else:
            path.write_bytes(contents[n - 1])
    with caplog.at_level(logging.WARNING):
        fakes.run(made / "seeds", data, shard_documents=2)
    assert seen(data) == good
    told = " ".join(record.getMessage() for record in caplog.records)
    for name in ("manifest.arrow", "events.json", *(p.name for p in files if "extract" in p.parts)):
        assert name in told
    for path in kept(data):
        sealed.read(path, name="/".join(path.parts[-3:]) if "extract" in path.parts else None)


def test_a_cache_that_is_gone_is_made_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fakes.install(monkeypatch)
    data = tmp_path / "data"
    shutil.copytree(made / "data", data, symlinks=True)
    good = seen(data)
    shutil.rmtree(data / "cache" / "extract")
    fakes.run(made / "seeds", data, shard_documents=2)
    assert "6 articles are gone from the cache" in caplog.text
    shutil.rmtree(data / "cache")
    fakes.run(made / "seeds", data, shard_documents=2)
    assert seen(data) == good


def with_pages(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, dict[str, bytes]]:
    """A copy of what was made, with pages, and what is seen of it."""
    fakes.install(monkeypatch)
    data = tmp_path / "data"
    shutil.copytree(made / "data", data, symlinks=True)
    fakes.run(made / "seeds", data, pages=True, shard_documents=2)
    return data, seen(data)


def spoil(version: Path, *parts: str) -> None:
    """Write into every file of some parts of a version, in place."""
    for path in [p for part in parts for p in (version / part).rglob("*") if p.is_file()]:
        path.write_bytes(flipped(path.read_bytes(), 50))


def test_published_files_that_somebody_changed_are_made_again(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, good = with_pages(made, tmp_path, monkeypatch)
    version = (data / "current").resolve()
    spoil(version, "parquet", "csv")
    (version / "datapackage.json").write_text("{}")
    (version / "parquet" / "events" / "2031-01.parquet").write_bytes(b"foreign")
    fakes.run(made / "seeds", data, pages=True, shard_documents=2)
    assert seen(data) == good
    assert (data / "datapackage.json").read_bytes() != b"{}"


def test_pages_that_somebody_wrote_into_are_made_again_by_a_whole_run(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, good = with_pages(made, tmp_path, monkeypatch)
    spoil((data / "current").resolve(), "report")
    fakes.run(made / "seeds", data, pages=True, whole=True, shard_documents=2)
    assert seen(data) == good


def test_a_link_in_place_of_a_temporary_file_is_not_followed(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / ".kept.json.part").symlink_to(mine)
    sealed.write_json(tmp_path / "kept.json", [1])
    assert mine.read_text() == "mine"
    assert sealed.kept_json(tmp_path / "kept.json") == [1]


def test_what_an_older_program_kept_is_read(tmp_path: Path) -> None:
    path, content = tmp_path / "x.json", b'{"a":1}'
    checksum = hashlib.blake2b(b"x.json\0" + content, digest_size=25).hexdigest()
    path.write_bytes(b"newstables/1 " + checksum.encode() + b"\n" + content)
    assert sealed.kept_json(path) == {"a": 1}
    path.unlink()
    path.write_bytes(b"newstables/1 " + checksum.encode() + b"\n" + b'{"a":2}')
    assert sealed.kept_json(path) is None
