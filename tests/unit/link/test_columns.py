import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from pipeline.link import columns
from pipeline.link.columns import (
    Column,
    Picked,
    TextOf,
    hold,
    party_sets,
    places,
    rows_of,
    sentence_codes,
    taken,
)
from pipeline.link.linking import Records
from pipeline.link.rows import end_to_end


@pytest.mark.parametrize("kind", ["str", "object"])
def test_cells_are_text_wherever_they_are_asked_for(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    column = Column(pd.Series(["a", None, "c", "", "e"], dtype=kind))
    assert list(column) == ["a", "", "c", "", "e"]
    assert [column[row] for row in (4, 0, 3, 2, 1)] == ["e", "a", "", "c", ""]
    assert (len(column), column[1:4]) == (5, ["", "c", ""])


@pytest.mark.parametrize("kind", ["str", "object"])
def test_some_cells_of_a_column_are_a_column(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    rows = np.array([1, 3, 4, 4, 7])
    told = pd.Series(["x", "añ", "y", None, "b", "y", "y", "añ"], dtype=kind)
    some, plain = Column(told, rows), Column(told.iloc[rows].reset_index(drop=True))
    assert list(some) == list(plain) == ["añ", "", "b", "b", "añ"]
    assert [some[row] for row in (4, 0, 3, 1)] == [some.alone(row) for row in (4, 0, 3, 1)]
    assert (len(some), some.some(np.array([4, 1]))) == (5, ["añ", ""])
    assert some.numbered()[0].tolist() == plain.numbered()[0].tolist()
    assert some.numbered()[1] == plain.numbered()[1]
    assert some.flags("b".__eq__).tolist() == plain.flags("b".__eq__).tolist()
    assert some.lengths().tolist() == plain.lengths().tolist()
    assert some.like_the_last().tolist() == plain.like_the_last().tolist()
    assert len(Column(told, rows[:0])) == len(list(Column(told, rows[:0]))) == 0


def test_cells_that_are_held_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    column, plain = Column([str(n) for n in range(40)]), ["x"]
    rows = np.array([39, 2, 20, 3])
    hold([Picked(column, np.arange(40), {}), plain], rows)
    monkeypatch.setattr(Column, "_from", lambda *_: pytest.fail("cells were read anew"))
    assert [column[row] for row in rows.tolist() * 2] == ["39", "2", "20", "3"] * 2


def test_a_picked_cell_may_be_another() -> None:
    picked = Picked(Column(["a", "b", "c"]), np.array([2, 0, 2]), {1: "z"})
    assert list(picked) == [picked[at] for at in range(3)] == ["c", "z", "c"]


@pytest.mark.parametrize("kind", ["str", "object"])
def test_what_is_asked_of_all_cells_is_asked_of_each_distinct_one(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    told = ["b", "", "b", "añ", None, "añ"]
    column = Column(pd.Series(told, dtype=kind))
    numbers, distinct = column.numbered()
    assert [distinct[number] for number in numbers] == list(column)
    assert len(distinct) == 3
    assert column.flags("b".__eq__).tolist() == [True, False, True, False, False, False]
    assert column.lengths().tolist() == [1, 0, 1, 2, 0, 2]
    assert column.like_the_last().tolist() == [False, False, False, False, False, False]
    assert Column(["a", "a", "b"]).like_the_last().tolist() == [False, True, False]
    assert [len(found) for found in (Column([]).like_the_last(), Column([]).flags(bool))] == [0, 0]


def test_picked_cells_are_numbered_and_tested_with_what_stands_instead() -> None:
    picked = Picked(Column(["a", "b", "c"]), np.array([2, 0, 2, 1, 2]), {1: "z", 3: "c"})
    numbers, distinct = picked.numbered()
    assert [distinct[number] for number in numbers] == list(picked) == ["c", "z", "c", "c", "c"]
    assert picked.flags("c".__eq__).tolist() == [True, False, True, True, True]


def test_articles_are_read_by_their_keys() -> None:
    text = TextOf(pd.DataFrame({"doc_id": ["x", "y"], "text": ["one", None]}))
    assert (text["y"], text["x"], text.get("z", "none")) == ("", "one", "none")
    assert ("x" in text, "z" in text, list(text)) == (True, False, ["x", "y"])


def test_a_sentence_is_the_same_only_in_its_article() -> None:
    found = sentence_codes(np.array([0, 0, 1, 0]), ["He left.", "She left.", "He left.", "He left."])
    assert found[0] == found[3] and len(set(found.tolist())) == 3
    assert (found >= 0).all()


@pytest.mark.parametrize("kind", ["str", "object"])
def test_keys_are_found_where_they_stand_in_another_column(kind: str) -> None:
    among = pd.Series(["e3", "e1", "e2"], dtype=kind)
    cells = pd.Series(["e1", None, "e9", "e3", "e1"], dtype=kind)
    assert places(cells, among).tolist() == [1, -1, -1, 0, 1]
    assert places(cells, pa.chunked_array([["e3"], ["e1"]])).tolist() == [1, -1, -1, 0, 1]
    assert places(["e2"], pa.array(["e1", "e2"])).tolist() == [1]
    assert places([], among).tolist() == places([], []).tolist() == []
    assert Column(among).at(np.array([2, -1, 0])).to_pylist() == ["e2", "", "e3"]


def test_the_parties_of_events_are_sets_whatever_their_order() -> None:
    told = [("e1", "actor", "b"), ("e2", "actor", "a"), ("e1", "actor", "a"), ("e9", "actor", "c")]
    told += [("e2", "recipient", None), ("e1", "recipient", "c"), ("e3", "actor", "a")]
    frame = pd.DataFrame(told, columns=["event_id", "role", "actor_id"])
    found = party_sets(["e1", "e2", "e3"], frame)
    assert found["actor"] == [{"a", "b"}, {"a"}, {"a"}]
    assert found["recipient"] == [{"c"}, frozenset(), frozenset()]
    assert found["actor"][1] is found["actor"][2]
    assert party_sets(["e1", "e2", "e3"], frame[::-1]) == found


def test_records_are_found_by_the_first_row_of_their_group() -> None:
    told = pa.schema([("a", pa.int64()), ("b", pa.string())])
    one = Records(np.array([3, 9]), pa.table([[1, 2], ["x", None]], schema=told))
    two = Records(np.array([5]), pa.table([[3], ["y"]], schema=told))
    records = Records.joined([one, two])
    assert dict(records) == {3: {"a": 1, "b": "x"}, 5: {"a": 3, "b": "y"}, 9: {"a": 2, "b": None}}
    assert 4 not in records and 10 not in records and len(Records.joined([one])) == 2


def test_arrays_end_to_end_are_let_go() -> None:
    parts = [np.array([1, 2]), np.array([3])]
    assert end_to_end(parts).tolist() == [1, 2, 3]
    assert parts == []
    assert len(end_to_end([])) == 0


@pytest.mark.parametrize("in_order", [True, False])
def test_of_cells_in_pieces_only_those_that_are_meant_are_put_together(
    monkeypatch: pytest.MonkeyPatch, in_order: bool
) -> None:
    pick = np.random.default_rng(5)
    pieces = [
        pa.array([None if pick.random() < 0.2 else f"{n} {at}" for at in range(n)], pa.large_string())
        for n in (3, 0, 40, 1, 200)
    ]
    cells = pa.chunked_array(pieces)
    joined: list[int] = []
    real = pa.concat_arrays
    monkeypatch.setattr(
        "pyarrow.concat_arrays", lambda parts: (joined.append(sum(map(len, parts))), real(parts))[1]
    )
    for n in (0, 1, 7, 300):
        rows = pick.integers(0, len(cells), n)
        rows = np.sort(rows) if in_order else rows
        assert taken(cells, rows).to_pylist() == [cells[row].as_py() for row in rows.tolist()]
        assert joined.pop() == n
        frame = pd.DataFrame({"text": cells.to_pandas(), "n": np.arange(len(cells))})
        assert rows_of(frame, rows).equals(frame.iloc[rows].reset_index(drop=True))
        joined.clear()
