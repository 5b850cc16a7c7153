"""Overlapping rows become a flat run of segments."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.marks import Mark, segments

TEXT = "The army said ten soldiers were killed."


def test_overlapping_marks_share_segments_and_the_shortest_stands_first() -> None:
    found = list(segments(TEXT, 0, len(TEXT), [Mark("q", "quote", 14, 38), Mark("f", "figure", 14, 26)]))
    assert [s.text for s in found] == ["The army said ", "ten soldiers", " were killed", "."]
    assert [m.row for m in found[1].marks] == ["f", "q"]
    assert set(found[1].first_of) == {"f", "q"}
    assert found[2].first_of == ()


def test_a_mark_that_reaches_out_is_cut() -> None:
    found = list(segments(TEXT, 4, 8, [Mark("m", "mention", 0, 8)]))
    assert [(s.text, len(s.marks)) for s in found] == [("army", 1)]


spans = st.tuples(st.integers(-5, 60), st.integers(-5, 60))


@given(st.lists(spans, max_size=20))
def test_segments_joined_are_the_text_again(places: list[tuple[int, int]]) -> None:
    marks = [Mark(str(n), "mention", a, b) for n, (a, b) in enumerate(places)]
    found = list(segments(TEXT, 0, len(TEXT), marks))
    assert "".join(s.text for s in found) == TEXT
