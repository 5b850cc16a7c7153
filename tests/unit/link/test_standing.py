import pytest

from pipeline.link.standing import DEED, DENIAL, PLAN, SERIES, standing


@pytest.mark.parametrize(
    ("event_type", "status", "sentence", "trigger", "told"),
    [
        ("ASSAULT", "actual", "Rebels attacked the town of Orhei.", "attacked", DEED),
        ("ASSAULT", "future", "Rebels will attack Orhei.", "attack", PLAN),
        ("ASSAULT", "negated", "The rebels did not attack Orhei.", "attack", DENIAL),
        ("ASSAULT", "actual", "Rebels have repeatedly attacked Orhei.", "attacked", SERIES),
        ("ASSAULT", "actual", "Jets bombed Orhei almost daily.", "bombed", SERIES),
        ("AGREE", "actual", "Norland offered talks.", "offered", PLAN),
        ("AGREE", "actual", "Norland and Suland agreed on a border.", "agreed", DEED),
        ("AGREE", "future", "The two will meet in May.", "meet", PLAN),
        ("REQUEST", "future", "Norland will ask for help.", "ask", DEED),
        ("ACCUSE", "actual", "For years Norland has accused Suland of spying.", "accused", DEED),
    ],
)
def test_deeds_plans_denials_and_series(
    event_type: str, status: str, sentence: str, trigger: str, told: int
) -> None:
    assert standing(event_type, status, sentence, sentence.index(trigger), trigger) == told
