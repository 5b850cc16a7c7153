"""Pairing of quotation marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.quotes.marks import pair_marks

CASES = [
    ("He said “yes” and “no”.", ["yes", "no"]),
    ('He said "yes" and "no".', ["yes", "no"]),
    ("He said ''yes'' and ``no''.", ["yes", "no"]),
    ("Er sagte „ja“, und «nein».", ["ja", "nein"]),
    ("He said ‘it’s the boys’ house’ and left.", ["it’s the boys’ house"]),
    ("He said 'yes, sir,' and left.", ["yes, sir,"]),
    ("“She told me ‘no’,” he said.", ["She told me ‘no’,"]),
    ("“No end", ["No end"]),
    ("“First,“ he said.", ["First,"]),
    ("It is 6'3\" tall and 20\" wide.", []),
    ("It’s the girls’ school.", []),
    ("The class of ’13 met in the ’90s.", []),
    ("”", []),
    ("“”", []),
]


@pytest.mark.parametrize(("text", "inside"), CASES)
def test_pairs(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in pair_marks(text)] == inside


@given(st.text(alphabet="“”\"'‘’«»„`, .aA\n3", max_size=60))
def test_any_marks(text: str) -> None:
    found = pair_marks(text)
    assert all(q.left < q.start < q.end <= q.right for q in found)
    assert all(a.right <= b.left for a, b in zip(found, found[1:], strict=False))


def test_a_million_marks_take_linear_time() -> None:
    start = time.perf_counter()
    found = pair_marks('"a" ' * 500_000)
    assert len(found) == 500_000
    assert time.perf_counter() - start < 6
