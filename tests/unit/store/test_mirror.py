"""Data on a server that speaks S3: what readers find there, whoever runs, is killed or comes too late."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.read.manifest import scan
from pipeline.refresh import Job, cached, extractor_version
from pipeline.settings import Settings
from pipeline.store import addresses, mirror
from pipeline.store.bucket import Bucket, ChangedError, StorageError
from tests.storage import served
from tests.unit import fakes

ADDRESS = "s3://papers/tables"
ROOT = Path(__file__).parents[3]
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with served() as storage:
        yield storage


@pytest.fixture
def storage(server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket; nothing learns a language."""
    fakes.install(monkeypatch)
    yield server
    server.rm("papers/tables", recursive=True)
    if server.exists("papers/news"):
        server.rm("papers/news", recursive=True)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for month in (1, 2, 3):
        add(folder, f"{month}", f"2026-0{month}-01")
    return folder


def add(seeds: Path, name: str, day: str) -> None:
    (seeds / f"{name}.txt").write_text(f"date {day}\n\nWord{name} left the harbour.\n", encoding="utf-8")


def machine(root: Path, name: str) -> Path:
    """The folder in which a machine of its own works."""
    return addresses.local(ADDRESS, root / name)


def shown(storage: Any) -> Parts:
    """What a reader of the bucket sees: the files of the version that the pointer names."""
    version = json.loads(storage.cat("papers/tables/current.json"))["version"]
    root = f"papers/tables/versions/{version}/"
    names = [name for name in storage.find(root) if not name.endswith("/.claim")]
    assert storage.exists(f"{root}datapackage.json")
    found = storage.cat([name for name in names if "datapackage" not in name])
    return {name.removeprefix(root): content for name, content in found.items()}


def on_disk(seeds: Path, data: Path) -> Parts:
    """The same of a run on a disk, from nothing."""
    fakes.run(seeds, data)
    version = (data / "current").resolve()
    files = {p.relative_to(version).as_posix(): p.read_bytes() for p in version.rglob("*") if p.is_file()}
    return {
        name: content
        for name, content in files.items()
        if not name.startswith(".record") and name != "datapackage.json"
    }


def test_what_lies_there_is_what_a_disk_would_hold_and_one_more_article_sends_its_month(
    storage: Any, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = machine(tmp_path, "a")
    assert fakes.run(seeds, here).n_extracted == 3
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
    sent: list[str] = []
    real = Bucket.send
    monkeypatch.setattr(Bucket, "send", lambda self, files: (sent.extend(files), real(self, files)))
    add(seeds, "4", "2026-03-02")
    assert fakes.run(seeds, here).n_extracted == 1
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
    assert not [name for name in sent if "2026-01" in name or "2026-02" in name]
    assert [name for name in sent if "parquet/events/2026-03" in name]
    sent.clear()
    assert fakes.run(seeds, here).n_extracted == 0
    assert {name.rpartition("/")[2] for name in sent} <= {"manifest.arrow"}  # knows the files' times by now


def test_readers_open_the_version_with_their_own_tools(storage: Any, seeds: Path, tmp_path: Path) -> None:
    fakes.run(seeds, machine(tmp_path, "a"))
    version = json.loads(storage.cat("papers/tables/current.json"))["version"]
    events = f"{ADDRESS}/versions/{version}/parquet/events"
    assert pd.read_parquet(f"{events}/2026-02.parquet")["text"].tolist() == ["Word2"]
    assert pq.read_table(events.removeprefix("s3://"), filesystem=storage).num_rows == 3
    with duckdb.connect() as database:
        database.register_filesystem(storage)
        found = database.sql(f"select text from read_parquet('{events}/*.parquet') order by 1").fetchall()
    assert found == [("Word1",), ("Word2",), ("Word3",)]


def test_another_machine_goes_on_from_there(storage: Any, seeds: Path, tmp_path: Path) -> None:
    fakes.run(seeds, machine(tmp_path, "a"))
    before = storage.find("papers")
    other = machine(tmp_path, "b")
    assert fakes.run(seeds, other).n_extracted == 0
    add(seeds, "4", "2026-03-02")
    assert fakes.run(seeds, other).n_extracted == 1
    assert fakes.run(seeds, machine(tmp_path, "a")).n_extracted == 0
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
    for day in range(3, 5):
        add(seeds, f"more{day}", f"2026-03-0{day}")
        fakes.run(seeds, machine(tmp_path, "ab"[day % 2]))
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
    assert len(storage.ls("papers/tables/versions")) == 2
    assert len(storage.find("papers")) < 3 * len(before)


def test_of_two_runs_at_once_one_is_refused_and_loses_nothing(
    storage: Any, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, real = machine(tmp_path, "a"), machine(tmp_path, "b"), mirror._swap
    fakes.run(seeds, first)
    add(seeds, "4", "2026-04-01")
    won: list[Parts] = []

    def overtaken(*some: Any) -> Any:
        monkeypatch.setattr(mirror, "_swap", real)
        fakes.run(seeds, second)
        won.append(shown(storage))
        return real(*some)

    monkeypatch.setattr(mirror, "_swap", overtaken)
    add(seeds, "own", "2026-05-01")
    with pytest.raises(StorageError, match=r"Another run has published .* Run again"):
        fakes.run(seeds, first)
    assert shown(storage) == won[0] == on_disk(seeds, tmp_path / "data")
    add(seeds, "last", "2026-06-01")
    assert fakes.run(seeds, first).n_extracted == 1
    assert shown(storage) == on_disk(seeds, tmp_path / "data")


def test_two_runs_that_begin_a_version_in_the_same_second_do_not_mix(
    storage: Any, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.run(seeds, machine(tmp_path, "a"))
    then, real = shown(storage), mirror._send

    def late(data: Path, bucket: Bucket, files: dict[str, Any], base: Any, old: Any) -> None:
        version = next(name.split("/")[1] for name in files if name.startswith("versions/"))
        storage.pipe(f"papers/tables/versions/{version}/.claim", b"")
        real(data, bucket, files, base, old)

    monkeypatch.setattr(mirror, "_send", late)
    add(seeds, "4", "2026-04-01")
    with pytest.raises(StorageError, match="Another run has published version"):
        fakes.run(seeds, machine(tmp_path, "a"))
    assert shown(storage) == then


STEPS = ("records", "files", "copies", "pointer", "removal")
"""Of a run, in their order: what it was doing, or about to do, when it was killed."""


def killed_before(step: str, run: Callable[[], object]) -> None:
    """Do a run in a process that is killed at a step."""

    def end_at(owner: object, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
        real = getattr(owner, name)

        def end(*some: Any) -> Any:
            if when(*some):
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*some)

        setattr(owner, name, end)

    pid = os.fork()
    if pid == 0:
        try:
            if step == "records":
                end_at(Bucket, "send")
            elif step == "files":
                end_at(Bucket, "send", lambda _, files: any(name.startswith("versions/") for name in files))
            elif step == "copies":
                end_at(Bucket, "copy")
            elif step == "pointer":
                end_at(Bucket, "write_if", lambda _, name, *__: name == mirror.POINTER)
            else:
                end_at(mirror, "_unneeded")
            run()
        finally:
            os._exit(1)
    assert os.WIFSIGNALED(os.waitpid(pid, 0)[1]), step


def test_killed_anywhere_the_old_version_or_the_new_one_is_whole_and_a_rerun_goes_on(
    storage: Any, seeds: Path, tmp_path: Path
) -> None:
    here = machine(tmp_path, "a")
    fakes.run(seeds, here)
    old = shown(storage)
    for n, step in enumerate(STEPS):
        add(seeds, step, f"2026-04-0{n + 1}")
        killed_before(step, lambda: fakes.run(seeds, here))
        left = shown(storage)
        assert (left == old) == (step != "removal"), step
        if n % 2:
            shutil.rmtree(here)  # another machine goes on
        assert fakes.run(seeds, here).n_extracted == (step == "records"), step
        old = shown(storage)
        assert (left == old) == (step == "removal"), step
    assert old == on_disk(seeds, tmp_path / "data")
    add(seeds, "last", "2026-05-01")
    fakes.run(seeds, here)
    assert len(storage.ls("papers/tables/versions")) == 2


WORKER = """
import pickle, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import pipeline.refresh
from pipeline import afar
from tests.unit import fakes
pipeline.refresh.extract_articles = fakes.extract_articles
print(afar.extract_shard(pickle.loads(Path(sys.argv[1]).read_bytes())).articles)
"""


def test_a_worker_with_neither_folder_reads_articles_there_and_leaves_their_records(
    storage: Any, seeds: Path, tmp_path: Path
) -> None:
    for path in seeds.iterdir():
        storage.put(os.fspath(path), f"papers/news/{path.name}")
    shutil.copytree(seeds, mirrored := addresses.local("s3://papers/news", tmp_path / "a"))
    files = tuple(file for file in scan(mirrored).files.values() if file.published_on == date(2026, 2, 1))
    data = machine(tmp_path, "a")
    job = Job(mirrored, cached(data, extractor_version(Settings())), date(2026, 2, 1), files, 1_000_000)
    shutil.rmtree(mirrored)
    (tmp_path / "job").write_bytes(pickle.dumps(job))
    command = [sys.executable, "-c", WORKER.format(root=str(ROOT)), str(tmp_path / "job")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "1\n", done.stderr
    assert not data.exists()
    assert fakes.run(seeds, data).n_extracted == 2
    assert shown(storage) == on_disk(seeds, tmp_path / "data")


def test_a_pointer_that_changed_refuses_the_write_and_any_other_write_stays_whole(storage: Any) -> None:
    bucket = Bucket(ADDRESS)
    tag = bucket.write_if("one", b"1", None)
    with pytest.raises(ChangedError):
        bucket.write_if("one", b"2", None)
    newer = bucket.write_if("one", b"2", tag)
    with pytest.raises(ChangedError):
        bucket.write_if("one", b"3", tag)
    assert bucket.read("one") == (b"2", newer)
    assert bucket.read("none") is None


def test_an_answer_that_was_lost_is_no_defeat(
    storage: Any, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Bucket.write_if

    def unheard(self: Bucket, name: str, content: bytes, tag: str | None) -> str:
        found = real(self, name, content, tag)
        if name == mirror.POINTER:
            raise ChangedError("as a second try finds it")
        return found

    monkeypatch.setattr(Bucket, "write_if", unheard)
    fakes.run(seeds, machine(tmp_path, "a"))
    assert shown(storage) == on_disk(seeds, tmp_path / "data")


def test_what_cannot_be_used_is_told_in_a_line_that_says_what_to_do(
    storage: Any, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(address: str) -> str:
        with pytest.raises(StorageError) as error:
            fakes.run(seeds, addresses.local(address, tmp_path / "work"))
        assert "\n" not in str(error.value)
        return str(error.value)

    assert "there is no such bucket. Make it, or mend the address" in said("s3://nowhere/tables")
    assert "data can lie on s3:// alone" in said("gs://papers/tables")
    storage.pipe("papers/tables/current.json", b"{}")
    assert "Remove current.json there to have all sent again" in said(ADDRESS)
    outside = {"version": "20260101T000000Z", "previous": None, "kept": "bad"}
    storage.pipe("papers/tables/current.json", json.dumps(outside).encode())
    listed = {"versions/20260101T000000Z/../../../../out": [1, 1, "current.json"]}
    storage.pipe("papers/tables/kept/bad/files.json", json.dumps(listed).encode())
    assert "files.json at s3://papers/tables is not what newstables wrote" in said(ADDRESS)
    real = Bucket._put
    monkeypatch.setattr(Bucket, "_put", lambda self, name, content, **_: real(self, name, content))
    assert "writes whatever the condition" in said("s3://papers/other")
    monkeypatch.setattr(Bucket, "_put", real)
    clear = type(storage).clear_instance_cache
    clear()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert "does not answer" in said(ADDRESS)
    clear()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert "no credentials are known" in said(ADDRESS)
    clear()


def test_files_that_are_gone_from_the_storage_are_told(storage: Any, seeds: Path, tmp_path: Path) -> None:
    here = machine(tmp_path, "a")
    fakes.run(seeds, here)
    storage.rm(storage.find("papers/tables/cache")[:1])
    add(seeds, "4", "2026-03-02")
    assert fakes.run(seeds, machine(tmp_path, "b")).n_extracted in (
        1,
        2,
    )  # a record is read again where it is needed
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
    kept = json.loads(storage.cat("papers/tables/current.json"))["kept"]
    files = json.loads(storage.cat(f"papers/tables/kept/{kept}/files.json"))
    storage.rm(f"papers/tables/{files['cache/staged/actors.all.arrow'][2]}")
    with pytest.raises(StorageError, match=r"lacks files of its version .* Remove current.json"):
        fakes.run(seeds, machine(tmp_path, "c"))
    storage.rm("papers/tables/current.json")
    add(seeds, "5", "2026-03-05")
    fakes.run(seeds, machine(tmp_path, "b"))
    assert shown(storage) == on_disk(seeds, tmp_path / "data")
