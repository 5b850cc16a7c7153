import dataclasses
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.extract.rows import ROW_TYPES, Extract
from pipeline.read.article import Article
from pipeline.read.reader import article
from pipeline.store import sealed, shards
from tests.unit.fakes import rows_of

DAY = date(2026, 3, 2)


def read(path: str, text: str = "date 2026-03-02 Ships left.") -> Article:
    found = article(text.encode(), path)
    assert isinstance(found, Article)
    return found


def write(folder: Path, *articles: Article) -> Path:
    return shards.write(
        folder, articles[0].published_on, (shards.line((a.path, a.sha256), rows_of(a)) for a in articles)
    )


def wanted(*articles: Article) -> pa.Table:
    names = ("path", "sha256", "published_on")
    columns = [pa.array([getattr(a, name) for a in articles]) for name in names]
    schema = pa.schema([("path", pa.string()), ("sha256", pa.string()), ("published_on", pa.date32())])
    return pa.table(columns, names).cast(schema)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    articles = [read("b.txt"), read("a.txt", "date 2026-03-02 Nobody came.")]
    write(tmp_path, *articles)
    (batch,) = shards.batches(shards.index(tmp_path, wanted(*articles)), ROW_TYPES)
    for table in ROW_TYPES:
        expected = [
            dataclasses.asdict(row)
            for a in sorted(articles, key=lambda a: a.path)
            for row in getattr(rows_of(a), table)
        ]
        assert batch[table].to_pylist() == expected
        assert batch[table].schema == shards.row_schema(table)


def test_an_article_without_rows(tmp_path: Path) -> None:
    one = read("a.txt")
    nothing = Extract(**{table: [] for table in ROW_TYPES})
    shards.write(tmp_path, DAY, [shards.line((one.path, one.sha256), nothing)])
    (batch,) = shards.batches(shards.index(tmp_path, wanted(one)), ["quotes"])
    assert batch["quotes"].num_rows == 0


def test_days_come_in_order_and_undated_last(tmp_path: Path) -> None:
    articles = [
        read("z.txt", "Undated."),
        read("y.txt", "date 2026-03-03 Late."),
        read("x.txt", "date 2026-03-02 Early."),
    ]
    for one in articles:
        write(tmp_path, one)
    found = shards.index(tmp_path, wanted(*articles))
    assert list(shards.days(found)) == ["2026-03-02", "2026-03-03", "undated"]
    texts = [
        row["doc_id"]
        for batch in shards.batches(found, ["documents"])
        for row in batch["documents"].to_pylist()
    ]
    assert texts == ["x", "y", "z"]


def test_changed_and_gone_articles_are_passed_over_and_tidied_away(tmp_path: Path) -> None:
    old, new, other = read("a.txt"), read("a.txt", "date 2026-03-02 They came back."), read("b.txt")
    write(tmp_path, old, other)
    write(tmp_path, new)
    found = shards.index(tmp_path, wanted(new))
    assert [r["text"] for b in shards.batches(found, ["documents"]) for r in b["documents"].to_pylist()] == [
        new.text
    ]
    assert shards.tidy(found, 64)
    (left,) = tmp_path.rglob("*.arrow")
    assert shards.read(left, ["path"])["path"].to_pylist() == ["a.txt"]
    assert not shards.tidy(shards.index(tmp_path, wanted(new)), 64)
    shards.tidy(shards.index(tmp_path, wanted()), 64)
    assert list(tmp_path.iterdir()) == []


def test_many_small_shards_of_a_day_become_few(tmp_path: Path) -> None:
    articles = [read(f"{n:02}.txt") for n in range(20)]
    for one in articles:
        write(tmp_path, one)
    assert shards.tidy(shards.index(tmp_path, wanted(*articles)), 8)
    found = shards.index(tmp_path, wanted(*articles))
    assert len(list(tmp_path.rglob("*.arrow"))) == 3
    assert found.lines.num_rows == 20
    assert not shards.tidy(found, 8)


def test_an_article_in_two_shards_counts_once(tmp_path: Path) -> None:
    one, two = read("a.txt"), read("b.txt")
    write(tmp_path, one)
    write(tmp_path, one, two)
    found = shards.index(tmp_path, wanted(one, two))
    assert [
        r["doc_id"] for b in shards.batches(found, ["documents"]) for r in b["documents"].to_pylist()
    ] == ["a", "b"]


def test_a_broken_shard_is_dropped(tmp_path: Path) -> None:
    one = read("a.txt")
    shard = write(tmp_path, one)
    shard.write_bytes(shard.read_bytes()[:200])
    assert shards.index(tmp_path, wanted(one)).missing == (0,)
    assert not shard.exists()


def test_the_same_articles_make_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write(tmp_path / n / "extractor", read("a.txt"), read("b.txt")) for n in "xy")
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("table", ROW_TYPES)
def test_every_row_type_has_flat_arrow_types(table: str) -> None:
    assert {str(t) for t in shards.row_schema(table).types} <= {
        "string",
        "int64",
        "double",
        "bool",
        "date32[day]",
    }


def test_a_month_is_forgotten_and_no_other(tmp_path: Path) -> None:
    for day in ("2026-03-02", "2026-03-31", "2026-04-01", "undated"):
        (tmp_path / day).mkdir()
    assert shards.forget_month(tmp_path, "2026-03") == 2
    assert {folder.name for folder in tmp_path.iterdir()} == {"2026-04-01", "undated"}
    assert shards.forget_month(tmp_path, "undated") == 1


def test_a_shard_that_is_as_it_was_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder, listed = tmp_path / "extractor", tmp_path / "shards.json"
    articles = [read(f"{n}.txt", f"date 2026-03-0{n + 1} Ships left.") for n in range(3)]
    files = [write(folder, one) for one in articles]
    first = shards.index(folder, wanted(*articles), listed)
    opened: list[Path] = []
    real = sealed.read

    def noted(path: Path, **other: str) -> pa.Buffer:
        opened.append(path)
        return real(path, **other)

    monkeypatch.setattr(sealed, "read", noted)
    assert shards.index(folder, wanted(*articles), listed) == first
    assert opened == []  # this process wrote the list itself
    for remembered in ("_lists", "_indexes"):
        monkeypatch.setattr(shards, remembered, {})
    assert shards.index(folder, wanted(*articles), listed) == first
    assert opened == [listed]
    whole = files[1].read_bytes()
    files[1].write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    again = shards.index(folder, wanted(*articles), listed)
    assert opened[1:] == [files[1]]
    assert (again.lines.num_rows, files[1].name in caplog.text, files[1].exists()) == (2, True, False)
    assert shards.index(folder, wanted(*articles), listed) == again


def test_a_days_folder_is_looked_into_once_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = read("a.txt"), read("b.txt", "date 2026-03-02 Nobody came.")
    folder = write(tmp_path, one).parent
    os.utime(folder, ns=(1, 1))
    looked: list[str] = []
    real = os.scandir
    monkeypatch.setattr("os.scandir", lambda path: looked.append(str(path)) or real(path))
    for _ in range(3):
        assert shards.index(tmp_path, wanted(one, two)).lines.num_rows == 1
    assert looked.count(str(folder)) == 1
    write(tmp_path, two)
    assert shards.index(tmp_path, wanted(one, two)).lines.num_rows == 2  # one that came is seen
    shards.look_anew()
    shards.index(tmp_path, wanted(one, two))
    assert looked.count(str(folder)) >= 3


def test_a_days_folder_that_is_as_it_was_is_not_looked_into_in_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, listed = tmp_path / "extractor", tmp_path / "index.json"
    articles = [read(f"{n}.txt", f"date 2026-03-0{n + 1} Ships left.") for n in range(3)]
    days = [write(folder, one).parent for one in articles]
    for day in days[:2]:
        os.utime(day, ns=(1, 1))
    first = shards.index(folder, wanted(*articles), listed)
    looked: list[str] = []
    real = os.scandir
    monkeypatch.setattr("os.scandir", lambda path: looked.append(str(path)) or real(path))
    for remembered in ("_lists", "_indexes", "_days"):
        monkeypatch.setattr(shards, remembered, {})
    assert shards.index(folder, wanted(*articles), listed) == first
    assert looked == [str(folder), str(days[2])]  # what came only just now may hide another
    (days[0] / ".half.arrow.part").touch()
    shards.look_anew()
    assert shards.index(folder, wanted(*articles), listed) == first
    assert looked.count(str(days[0])) == 1
