from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pipeline.link import regrouped as module
from pipeline.link.candidates import Pairs
from pipeline.link.linking import Linked, Records
from pipeline.link.regrouped import NEAR, nearly, regrouped
from pipeline.link.rows import Ints, Lists
from pipeline.link.weights import learned

NAME = pa.schema([("name", pa.string())])


def pairs(scores: dict[tuple[int, int], float]) -> Pairs:
    both = np.array(sorted(scores), dtype=np.int32).reshape(-1, 2)
    score = np.array([scores[pair] for pair in sorted(scores)], dtype=np.float32)
    counts = np.ones(len(both), dtype=np.int16)
    return Pairs(both[:, 0], both[:, 1], counts, score, np.zeros(len(both), dtype=np.uint16))


class Told(SimpleNamespace):
    """Groups as lists of accounts; nothing is read of them."""

    def gather(self, rows: Ints) -> None: ...

    def forget(self) -> None: ...

    def hold(self, rows: Ints) -> None: ...


def after(
    monkeypatch: pytest.MonkeyPatch,
    group: list[int],
    article: list[int],
    scores: dict[tuple[int, int], float],
    of_groups: float,
    path: Path | None = None,
) -> Linked:
    """Accounts of some groups after each two groups that are compared score `of_groups`."""
    told = Linked(
        np.array(group), Records(np.array([0]), pa.table({"name": ["before"]}, schema=NAME)), pairs(scores)
    )

    def score(_: Any, left: Ints, right: Ints) -> tuple[Any, Any]:
        return np.full(len(left), of_groups), np.full(len(left), 4, dtype=np.uint16)

    def read(groups: Lists, some: Ints) -> Any:
        return Told(rows=[groups[at].tolist() for at in some.tolist()])

    def describe(accounts: Any, some: Ints) -> dict[str, object]:
        return {"name": " + ".join(str(accounts.rows[at]) for at in some.tolist())}

    monkeypatch.setattr(module, "_scores", score)
    monkeypatch.setattr(module, "TOLD", NAME)
    digests = np.arange(7, 7 + len(group), dtype=np.uint64)
    return regrouped(path, told, digests, np.array(article), read, describe)


NEAR_ONES = {(0, 1): 1.0, (2, 3): 1.0, (1, 2): NEAR / 2, (0, 2): NEAR * 2}


def test_groups_that_are_nearly_one_are_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    found = after(monkeypatch, [0, 0, 2, 2, 4], [0, 1, 2, 3, 4], NEAR_ONES, 0.5)
    assert found.group.tolist() == [0, 0, 0, 0, 4]
    assert dict(found.records) == {0: {"name": "[0, 1] + [2, 3]"}}
    by = dict(
        zip(
            zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True),
            found.pairs.score.tolist(),
            strict=True,
        )
    )
    assert by == NEAR_ONES | {(1, 2): 0.5}
    apart = after(monkeypatch, [0, 0, 2, 2, 4], [0, 1, 2, 3, 4], NEAR_ONES, -0.5)
    assert apart.group.tolist() == [0, 0, 2, 2, 4]
    assert dict(apart.records) == {0: {"name": "before"}}


def test_groups_far_from_each_other_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    far = NEAR_ONES | {(1, 2): NEAR * 2}
    assert after(monkeypatch, [0, 0, 2, 2], [0, 1, 2, 3], far, 1.0).group.tolist() == [0, 0, 2, 2]
    there = {(0, 1): NEAR / 2}
    assert nearly(pairs(there), np.array([3, 3])).tolist() == [False]
    assert nearly(pairs(there), np.array([3, 4])).tolist() == [True]


def test_what_one_article_tells_as_two_stays_two(monkeypatch: pytest.MonkeyPatch) -> None:
    article = [0, 1, 2, 0]  # the first account of one group and the last of the other are of one article
    unlikely = -learned("within").alone - 0.25
    for score, group in ((unlikely, [0, 0, 2, 2]), (unlikely + 0.5, [0, 0, 0, 0])):
        assert (
            after(monkeypatch, [0, 0, 2, 2], article, NEAR_ONES | {(0, 3): score}, 1.0).group.tolist()
            == group
        )
    never_compared = after(monkeypatch, [0, 0, 2, 2], article, NEAR_ONES, 1.0)
    assert never_compared.group.tolist() == [0, 0, 2, 2]


def test_what_was_kept_tells_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "regrouped.arrays"
    told = [0, 0, 2, 2, 4], [0, 1, 2, 3, 4], NEAR_ONES, 0.5
    first = after(monkeypatch, *told, path)
    again = after(monkeypatch, *told[:3], -9.0, path)  # nothing changed, so nothing is compared anew
    assert first.group.tolist() == again.group.tolist() == [0, 0, 0, 0, 4]
    assert dict(again.records) == dict(first.records)
    more = NEAR_ONES | {(3, 4): NEAR / 2}
    grown = after(monkeypatch, told[0], told[1], more, 0.5, path)
    assert grown.group.tolist() == after(monkeypatch, told[0], told[1], more, 0.5).group.tolist() == [0] * 5
