import pandas as pd

from pipeline.link.train.examples import stories_of
from pipeline.link.train.told import Told, joined, without

TEXT = " date 2025-04-02 Rebels stormed the mill. The attack lasted an hour. A bridge fell."


def told(*docs: str) -> Told:
    """A story for each article, with one event each."""
    line = {"text": TEXT, "events": [], "coreferent_events": []}
    stories = stories_of({**line, "doc_id": doc} for doc in docs)
    return stories, {"events": pd.DataFrame({"doc_id": docs})}


def test_stories_and_rows_are_put_together() -> None:
    stories, rows = joined(told("a"), told("b", "c"))
    assert [story.name for story in stories] == ["a", "b", "c"]
    assert rows["events"]["doc_id"].tolist() == ["a", "b", "c"]


def test_what_is_measured_is_left_out_with_its_rows() -> None:
    stories, rows = without(told("a", "b"), '{"reports": [["b", 1, "stormed"]]}')
    assert [story.name for story in stories] == ["a"]
    assert rows["events"]["doc_id"].tolist() == ["a"]


def test_triggers_told_as_one_event_have_one_name() -> None:
    spans = [[TEXT.index(word), TEXT.index(word) + len(word)] for word in ("stormed", "attack", "fell")]
    events = [{"trigger": span, "core": True, "event_type": "ASSAULT"} for span in spans]
    (story,) = stories_of([{"doc_id": "a", "text": TEXT, "events": events, "coreferent_events": [spans[:2]]}])
    one, two, other = (mark.name for mark in sorted(story.marks, key=lambda mark: mark.start))
    assert one == two != other


def test_events_that_may_be_left_out_are_known_where_readers_went_through_them() -> None:
    spans = [[TEXT.index(word), TEXT.index(word) + len(word)] for word in ("stormed", "attack", "fell")]
    kinds = zip(spans, (True, False, False), ("ASSAULT", "ASSAULT", "COERCE"), strict=True)
    events = [{"trigger": span, "core": core, "event_type": kind} for span, core, kind in kinds]
    line = {"doc_id": "a", "text": TEXT, "events": events}
    (thorough,) = stories_of([{**line, "coreferent_events": [spans[:2]]}])
    (others,) = stories_of([{**line, "coreferent_events": []}])
    assert [mark.start for mark in thorough.marks] == [span[0] for span in spans]
    assert spans[2][0] not in {mark.start for mark in others.marks}
