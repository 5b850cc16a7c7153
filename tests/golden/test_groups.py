"""How well the whole way from text to links finds the groups that the marked articles name."""

import pandas as pd
import pytest

from tests.golden import golden
from tests.golden.tables import Tables, extracted, linked

ARTICLES, MARKS = golden.read()
FLOORS = {"incident": (88.0, 50.0), "tally": (98.0, 96.0)}
"""Pairwise precision and F1 that were reached, a little below what was measured: they may rise, never fall."""


@pytest.fixture(scope="module")
def rows() -> dict[str, pd.DataFrame]:
    """Rows of each article."""
    return extracted(ARTICLES)


@pytest.fixture(scope="module")
def found(rows: dict[str, pd.DataFrame]) -> tuple[Tables, list[golden.Mark]]:
    """The tables of all articles, and the marks with the sentences that they stand in."""
    return linked(rows), golden.with_sentences(MARKS, rows["sentences"])


def test_the_set_is_as_large_as_it_says() -> None:
    assert len(ARTICLES) >= 25
    names = {(mark.kind, mark.name) for mark in MARKS}
    assert set(golden.expected()) <= names
    assert all(article.published_on for article in ARTICLES)


@pytest.mark.parametrize("kind", ["incident", "tally"])
def test_pairs(found: tuple[Tables, list[golden.Mark]], kind: str) -> None:
    tables, marks = found
    rows = tables.events if kind == "incident" else tables.figures
    own = [mark for mark in marks if mark.kind == kind]
    precision, recall, f1 = golden.pairwise(own, golden.group_of(own, rows, f"{kind}_id"))
    print(f"{kind}: precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f}")
    assert precision >= FLOORS[kind][0]
    assert f1 >= FLOORS[kind][1]


def test_what_the_sources_make_of_tallies(found: tuple[Tables, list[golden.Mark]]) -> None:
    tables, marks = found
    group = golden.group_of([mark for mark in marks if mark.kind == "tally"], tables.figures, "tally_id")
    agreement = dict(zip(tables.tallies["tally_id"], tables.tallies["agreement"], strict=True))
    told = {mark.name: set[str]() for mark in marks if mark.kind == "tally"}
    for mark, key in group.items():
        told[mark.name].add(agreement[key])
    expected = {name: what for (kind, name), what in golden.expected().items() if kind == "tally"}
    right = sum(told[name] == {what} for name, what in expected.items())
    assert right / len(expected) >= 0.8


def test_a_copy_is_found_and_nothing_else(found: tuple[Tables, list[golden.Mark]]) -> None:
    documents = found[0].documents.set_index("doc_id")["duplicate_of"].dropna()
    assert documents.to_dict() == {"izmail_2_copy": "izmail_1"}


def test_the_order_of_arrival_does_not_matter(
    found: tuple[Tables, list[golden.Mark]], rows: dict[str, pd.DataFrame]
) -> None:
    again = linked(
        {table: frame.sample(frac=1, random_state=1).reset_index(drop=True) for table, frame in rows.items()}
    )
    for one, two, key in (
        (found[0].events, again.events, "event_id"),
        (found[0].figures, again.figures, "figure_id"),
    ):
        group = "incident_id" if key == "event_id" else "tally_id"
        assert dict(zip(one[key], one[group], strict=True)) == dict(zip(two[key], two[group], strict=True))
