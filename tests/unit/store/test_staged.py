from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.store import parts, sealed, staged
from pipeline.store.parts import cut
from tests.sample import ROWS, table

Rows = dict[str, pa.Table]


def sentences(month: int, word: str = "body") -> pa.Table:
    rows = [row | {"published_on": date(2026, month, 3), "kind": word} for row in ROWS["sentences"]]
    return table("sentences", rows)


def stage(data: Path, months: dict[str, pa.Table]) -> list[str]:
    """Stage months, each made from the words of its rows; returns those that were made anew."""
    staging, made = staged.Staging(data, "sentences"), []
    for month, rows in months.items():
        mark = str(rows["kind"][0])
        if not staging.keep(month, mark):
            staging.write(month, rows, mark)
            made.append(month)
    staging.save()
    return made


@pytest.fixture
def year() -> Rows:
    return {f"2026-{month:02}": sentences(month) for month in range(1, 5)}


def test_only_months_made_from_something_else_are_made_again(tmp_path: Path, year: Rows) -> None:
    assert stage(tmp_path, year) == [*year]
    assert stage(tmp_path, year) == []
    year["2026-02"] = sentences(2, "heading")
    assert stage(tmp_path, year) == ["2026-02"]
    del year["2026-03"]
    assert stage(tmp_path, year) == []
    whole = pa.concat_tables(year.values())
    assert staged.load(tmp_path, "sentences").equals(whole)
    assert staged.parts(tmp_path, "sentences").digests() == cut(whole).digests()
    files = {path.name for path in staged.folder(tmp_path).glob("*.arrow")}
    assert files == {f"sentences.{month}.arrow" for month in year}


def test_a_month_that_somebody_changed_is_made_again(
    tmp_path: Path, year: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    stage(tmp_path, year)
    path = staged.folder(tmp_path) / "sentences.2026-03.arrow"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert stage(tmp_path, year) == ["2026-03"]
    assert path.name in caplog.text
    assert path.read_bytes() == whole


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    stage(tmp_path, {})
    found = staged.parts(tmp_path, "sentences")
    assert (found.num_rows, found.schema) == (0, sentences(1).schema)
    assert staged.load(tmp_path, "sentences").num_rows == 0
    with pytest.raises(FileNotFoundError):
        staged.parts(tmp_path, "events")


def test_rows_are_read_only_when_they_are_asked_for(
    tmp_path: Path, year: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(tmp_path, year)
    read: list[str] = []
    real = sealed.read

    def noted(path: Path, **other: str) -> pa.Buffer:
        read.append(path.name)
        return real(path, **other)

    monkeypatch.setattr(sealed, "read", noted)
    found = staged.parts(tmp_path, "sentences")
    read.clear()
    assert found.num_rows == 4 * len(ROWS["sentences"])
    assert len(found.digests()) == 4
    assert read == []
    assert found.all[2].read().equals(year["2026-03"])
    assert read == ["sentences.2026-03.arrow"]


def across(n: int) -> list[dict[str, object]]:
    told = ROWS["actors"][0] | {"role": "mayor"}
    return [told | {"actor_id": f"person:p{k:05}", "n_mentions": 1 + k % 7} for k in range(n)]


@pytest.mark.parametrize("step", ["added", "edited", "removed", "lost a value", "nothing"])
def test_of_a_table_without_months_only_runs_that_changed_are_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    rows = across(2_000)
    staged.write(tmp_path, "actors", table("actors", rows))
    match step:
        case "added":
            rows.insert(700, rows[700] | {"actor_id": "person:p00699x"})
        case "edited":
            rows[900] |= {"n_mentions": 99}
        case "removed":
            del rows[1_100]
        case "lost a value":
            rows[50] |= {"role": None}
    hashed: list[int] = []
    real = parts.digest
    for place in (parts, staged):
        monkeypatch.setattr(place, "digest", lambda some: hashed.append(some.num_rows) or real(some))
    staged.write(tmp_path, "actors", table("actors", rows))
    assert len(hashed) <= 2 and bool(hashed) == (step != "nothing")
    monkeypatch.undo()
    found = staged.parts(tmp_path, "actors")
    assert found.digests() == cut(table("actors", rows)).digests()
    assert pa.concat_tables(part.read() for part in found.all).equals(table("actors", rows))
