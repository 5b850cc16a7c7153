from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.store import keys, verdicts
from schemas.validation import validate
from tests.sample import ROWS, table, tables

Load = Callable[[str], pa.Table]


def month_of(name: str, month: int, doc_id: str, **other: Any) -> list[dict[str, Any]]:
    """The sample's rows of a table as those of another article and month."""
    old = ROWS["documents"][0]["doc_id"]
    renamed = [
        {
            k: doc_id + v[len(old) :] if isinstance(v, str) and (v == old or v.startswith(f"{old}#")) else v
            for k, v in row.items()
        }
        for row in ROWS[name]
    ]
    return [row | {"published_on": date(2026, month, 3)} | other for row in renamed]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each call to the checks of rows looked at."""
    found: list[int] = []
    real = verdicts.of_rows

    def of_rows(facts: Any, rows: pa.Table, articles: pa.Table | None) -> Any:
        found.append(rows.num_rows)
        return real(facts, rows, articles)

    monkeypatch.setattr(verdicts, "of_rows", of_rows)
    return found


def year(**broken: Any) -> Load:
    """A year of sentences, a month an article; `broken` are columns of those of March."""
    found = tables()
    months = range(1, 13)
    for name in ("documents", "sentences"):
        rows = [
            row
            for m in months
            for row in month_of(name, m, f"m{m:02}", **(broken if (name, m) == ("sentences", 3) else {}))
        ]
        found[name] = table(name, rows)
    return found.__getitem__


def test_a_month_whose_rows_are_the_same_is_not_looked_at_again(tmp_path: Path, looked: list[int]) -> None:
    assert verdicts.check(tmp_path, "sentences", year()).empty
    assert len(looked) == 12
    looked.clear()
    assert verdicts.check(tmp_path, "sentences", year()).empty
    assert looked == []
    wrong = verdicts.check(tmp_path, "sentences", year(kind="footnote"))
    assert len(looked) == 1
    looked.clear()
    again = verdicts.check(tmp_path, "sentences", year(kind="footnote"))
    assert looked == []
    assert again.equals(wrong)
    assert set(wrong["check"]) == {"values"}
    assert sorted(wrong["row"]) == sorted(validate("sentences", year(kind="footnote"))["row"])


def test_what_failed_is_looked_at_again_on_another_day(
    tmp_path: Path, looked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts.check(tmp_path, "sentences", year(kind="footnote"))
    looked.clear()

    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2199, 1, 1)

    monkeypatch.setattr(verdicts, "date", Tomorrow)
    assert not verdicts.check(tmp_path, "sentences", year(kind="footnote")).empty
    assert len(looked) == 1


def test_other_words_in_an_article_are_noticed_where_its_rows_are_the_same(tmp_path: Path) -> None:
    load = year()
    assert verdicts.check(tmp_path, "sentences", load).empty
    rows = load("documents").to_pylist()
    rows[4]["text"] = rows[4]["text"].upper()
    changed = {"documents": table("documents", rows), "sentences": load("sentences")}
    found = verdicts.check(tmp_path, "sentences", changed.__getitem__)
    assert set(found["check"]) == {"source_text"}


def test_a_key_given_in_two_months_and_a_key_of_no_row_are_found(tmp_path: Path) -> None:
    load = year()
    assert verdicts.check(tmp_path, "sentences", load).empty
    rows = load("sentences").to_pylist()
    rows[-1]["sentence_id"] = rows[0]["sentence_id"]
    twice = {"documents": load("documents"), "sentences": table("sentences", rows)}
    assert set(verdicts.check(tmp_path, "sentences", twice.__getitem__)["check"]) == {"key"}
    gone = {"documents": load("documents").slice(1), "sentences": load("sentences")}
    assert "foreign_keys" in set(verdicts.check(tmp_path, "sentences", gone.__getitem__)["check"])


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many keys were put into numbers each time."""
    found: list[int] = []
    real = keys.numbers_of

    def numbers_of(some: pa.ChunkedArray, *, once: bool) -> Any:
        found.append(len(some))
        return real(some, once=once)

    monkeypatch.setattr(keys, "numbers_of", numbers_of)
    return found


def test_keys_are_looked_at_in_months_that_changed(tmp_path: Path, numbered: list[int]) -> None:
    assert verdicts.check(tmp_path, "sentences", year()).empty
    whole = sum(numbered)
    numbered.clear()
    assert verdicts.check(tmp_path, "sentences", year()).empty
    assert numbered == []
    rows = year()("sentences").to_pylist()
    rows[-1]["position"] += 1
    changed = {"documents": year()("documents"), "sentences": table("sentences", rows)}
    assert verdicts.check(tmp_path, "sentences", changed.__getitem__).empty
    assert 0 < sum(numbered) <= whole / 12


def test_keys_that_share_a_number_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "numbers_of", lambda some, *, once: np.zeros(len(some), dtype=np.uint64))
    assert verdicts.check(tmp_path, "sentences", year()).empty


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_kept_keys_find_what_all_rows_show(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Keys given anew, twice, or to rows that are gone: step by step as if nothing had been kept."""
    folder, load = tmp_path_factory.mktemp("keys"), year()
    for _ in range(3):
        rows = load("sentences").to_pylist()
        for _ in range(data.draw(st.integers(0, 2))):
            one, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
            rows[one]["sentence_id"] = data.draw(st.sampled_from([rows[other]["sentence_id"], f"new#{one}"]))
        documents = load("documents").to_pylist()
        documents.pop(data.draw(st.integers(0, len(documents) - 1)))
        tables = {"documents": table("documents", documents), "sentences": table("sentences", rows)}
        found = verdicts.check(folder, "sentences", tables.__getitem__)
        whole = validate("sentences", tables.__getitem__)
        assert sorted(map(tuple, found.to_numpy().tolist())) == sorted(map(tuple, whole.to_numpy().tolist()))
