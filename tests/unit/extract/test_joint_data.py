"""What the network over articles learns from a marked article."""

from typing import Any

import pytest

from pipeline.extract.events.train.gold import read
from pipeline.extract.joint import Labels
from pipeline.extract.joint.train.data import UNKNOWN, Example, example
from pipeline.language import load

TEXT = "Rebels shelled the port of Dara, killing four soldiers. The army said the attack was a crime."
LABELS = Labels(("ACCUSE", "ASSAULT"), ("actual", "reported"), ("armed_group", "military"))


def span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def event(trigger: str, event_type: str, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"actor": [], "recipient": [], "mode": None, "status": "actual", "core": True}
    return {"trigger": span(trigger), "event_type": event_type, "also_accept": [], **plain, **more}


@pytest.fixture(scope="module")
def learned() -> Example:
    gold = {
        "doc_id": "own",
        "published_on": None,
        "text": TEXT,
        "more": False,
        "actors": [
            {"name": "Rebels", "type": "armed_group", "country": None, "aliases": ["Rebels"]},
            {"name": "army", "type": "military", "country": None, "aliases": ["The army"]},
        ],
        "events": [
            event("shelled", "ASSAULT", actor=["Rebels"], actor_spans=[span("Rebels")]),
            event("attack", "ASSAULT", core=False, also_accept=["ACCUSE"], status="reported"),
        ],
        "coreferent_events": [[span("shelled"), span("attack")]],
        "quotes": [
            {
                "kind": "indirect",
                "content": [span("the attack was a crime")],
                "speaker": span("The army"),
                "speaker_actor": "army",
                "cue": span("said"),
            }
        ],
        "figures": [{"span": span("four soldiers"), "unit": "count", "counted": "soldiers"}],
    }
    (marked,) = read([gold], load())
    return example(marked, LABELS)


def word(learned: Example, text: str) -> int:
    return learned.words.index(text)


def test_types_are_shares_of_each_word(learned: Example) -> None:
    assert learned.event[word(learned, "shelled")].tolist() == [0, 0, 1]
    assert learned.event[word(learned, "attack")] == pytest.approx([0, 0.2, 0.8])
    assert learned.event[word(learned, "port")].tolist() == [1, 0, 0]
    assert learned.weight[word(learned, "attack")] < learned.weight[word(learned, "shelled")]


def test_events_point_at_their_parties_or_at_nobody(learned: Example) -> None:
    shelled, attack = learned.parties
    assert word(learned, "Rebels") in (shelled.at[0] or ())
    assert shelled.at[1] == ()
    assert attack.at == ((), ())
    assert learned.chains == [{shelled.word, attack.word}]


def test_quotes_and_figures_point(learned: Example) -> None:
    (speaker,) = learned.speakers
    assert word(learned, "army") in (speaker.at[0] or ())
    (figure,) = learned.figures
    assert learned.words[figure.word] == "four"
    assert figure.at == ([word(learned, "soldiers")], None)
    assert learned.content[word(learned, "crime")] == 1
    assert learned.cue[word(learned, "said")] == 1


def test_kinds_are_those_of_the_marked_actors(learned: Example) -> None:
    assert learned.kind[word(learned, "Rebels")] == 1
    assert learned.kind[word(learned, "army")] == 2
    assert learned.kind[word(learned, "port")] == 0


def test_what_was_not_marked_is_not_learned() -> None:
    gold = {"doc_id": "own", "published_on": None, "text": TEXT, "more": True, "actors": [], "events": []}
    (marked,) = read([gold], load())
    bare = example(marked, LABELS)
    assert set(bare.kind.tolist()) == set(bare.content.tolist()) == {UNKNOWN}
    assert not bare.figures
    assert not bare.speakers
