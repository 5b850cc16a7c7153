"""Pairing of quotation marks."""

import time
from itertools import pairwise

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
    ('It is 6\'3" tall and 20" wide.', []),
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
    assert all(a.right <= b.left for a, b in pairwise(found))


def _seconds(marks: int) -> float:
    text = '"a" ' * (marks // 2)
    best = 60.0
    for _ in range(3):
        start = time.process_time()
        assert len(pair_marks(text)) == marks // 2
        best = min(best, time.process_time() - start)
    return best


def test_time_is_linear() -> None:
    """Ten times the marks in less than 25 times the time: a million marks take ten times the longer one."""
    assert _seconds(100_000) < 25 * _seconds(10_000)
