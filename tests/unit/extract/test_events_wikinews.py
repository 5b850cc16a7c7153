"""Marked articles are put together from the segments of a corpus, and left out where these say other words."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.events.train import wikinews

SEGMENTS = {
    1: "Harbour strike",
    2: "Monday , March 4 , 2013",
    3: "Dockers ' leaders in Port Arlen said",
    4: "they would n't unload the ministry 's ships ,",
    5: '" not today "',
    7: "( the union added ) .",
    8: "Police moved in .",
}
MARK: dict[str, Any] = {
    "doc_id": "harbour",
    "published_on": "2013-03-04",
    "paragraphs": [["3-5, 7"], ["8"]],
    "events": [{"trigger": [40, 46], "event_type": "REJECT", "status": "actual", "core": True}],
    "actors": [],
    "coreferent_events": [],
    "quotes": [{"kind": "indirect", "content": [[48, 93]], "speaker": [17, 33], "core": True}],
    "figures": [{"span": [17, 24], "value": 2.0, "comparator": "=", "unit": "count", "core": True}],
    "dates": [],
}
TEXT = (
    " date 2013-03-04 Dockers' leaders in Port Arlen said they wouldn't unload the ministry's ships,"
    ' "not today" (the union added).\n\nPolice moved in.'
)


def written(folder: Path, segments: dict[int, str], **changed: Any) -> list[dict[str, Any]]:
    """The articles read from a folder with one file, by one mark."""
    (folder / "amalgum").mkdir(exist_ok=True)
    lines = "".join(f'<segment id="{n}">{text}</segment>' for n, text in segments.items())
    (folder / "amalgum" / "harbour.rs3").write_text(f"<rst><body>{lines}</body></rst>", encoding="utf-8")
    marks = folder / "marks.jsonl.gz"
    mark = {**MARK, "fingerprint": wikinews.fingerprint(TEXT), **changed}
    marks.write_bytes(gzip.compress(json.dumps(mark).encode()))
    return list(wikinews.articles(folder, marks))


def test_sentences_are_put_together_from_segments(tmp_path: Path) -> None:
    (article,) = written(tmp_path, SEGMENTS)
    assert article["text"] == TEXT
    assert article["published_on"] == "2013-03-04"
    assert article["events"][0]["also_accept"] == []
    assert article["quotes"][0]["speaker_actor"] is None
    assert article["figures"][0]["counted_spans"] == []


@pytest.mark.parametrize("changed", [{5: '" not now "'}, {8: "Police moved out ."}])
def test_other_words_than_were_marked_are_left_out(tmp_path: Path, changed: dict[int, str]) -> None:
    assert written(tmp_path, {**SEGMENTS, **changed}) == []


def test_what_is_not_at_hand_is_left_out(tmp_path: Path) -> None:
    assert written(tmp_path, SEGMENTS, doc_id="another") == []
