import pandas as pd
import pytest

from pipeline.link.responses import responses
from tests.unit.link.frames import event


@pytest.mark.parametrize(
    ("sentence", "answer", "deed", "tied"),
    [
        ("Norland condemned the strike on Orhei.", "condemned", "strike", True),
        ("Norland expelled an envoy over the poisoning of a deserter.", "expelled", "poisoning", True),
        ("Crowds marched in Orhei against the arrest of the mayor.", "marched", "arrest", True),
        ("Crowds marched in Orhei against a tax, and police arrested forty.", "marched", "arrested", False),
        ("Norland condemned a law and its army shelled Orhei.", "condemned", "shelled", False),
    ],
)
def test_a_sentence_ties_an_answer_to_a_deed(sentence: str, answer: str, deed: str, tied: bool) -> None:
    kind = "PROTEST" if answer == "marched" else "ACCUSE"
    rows = [
        event("a", "2025-03-03", sentence, answer, event_type=kind),
        event("a", "2025-03-03", sentence, deed, event_type="ASSAULT"),
    ]
    assert responses(pd.DataFrame(rows)).tolist() == ([1, 0] if tied else [0, 0])
