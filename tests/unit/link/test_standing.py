import pytest

from pipeline.link.standing import DEED, DENIAL, PLAN, SERIES, standing


@pytest.mark.parametrize(
    ("event_type", "status", "sentence", "trigger", "told"),
    [
        ("ASSAULT", "actual", "Rebels attacked the town of Orhei.", "attacked", DEED),
        ("ASSAULT", "future", "Rebels will attack Orhei.", "attack", PLAN),
        ("ASSAULT", "negated", "The rebels did not attack Orhei.", "attack", DENIAL),
        ("ASSAULT", "actual", "Norland denied that its jets attacked Orhei.", "attacked", DENIAL),
        ("ASSAULT", "actual", "Norland denied that the shell which hit Orhei was its own.", "hit", DEED),
        ("ASSAULT", "actual", "Norland denied a plan, but rebels attacked Orhei.", "attacked", DEED),
        ("ASSAULT", "actual", "Norland denied having any part in the attack on Orhei.", "attack", DEED),
        ("ASSAULT", "actual", "Rebels have repeatedly attacked Orhei.", "attacked", SERIES),
        ("ASSAULT", "actual", "Jets bombed Orhei almost daily.", "bombed", SERIES),
        ("ASSAULT", "actual", "Drone strikes on Orhei have stopped.", "Drone strikes", SERIES),
        ("ASSAULT", "actual", "It told of the destruction of fishing boats.", "destruction", SERIES),
        ("ASSAULT", "actual", "It told of the destruction of a fishing boat.", "destruction", DEED),
        ("ASSAULT", "actual", "They raided it 30 times; the worst raid hit Orhei.", "hit", DEED),
        ("ASSAULT", "actual", "Jets bomb daily since the rebels took Orhei.", "took", DEED),
        ("MOBILIZE", "actual", "Norland answered with increased military activity.", "activity", SERIES),
        ("ASSAULT", "actual", "Norland strikes a port in Orhei.", "strikes", DEED),
        ("ASSAULT", "actual", "The strike on Orhei killed four.", "strike", DEED),
        ("PROTEST", "actual", "The unrest in Orhei scared off guests.", "unrest", SERIES),
        ("PROTEST", "actual", "Rioting in Orhei scared off guests.", "Rioting", SERIES),
        ("PROTEST", "actual", "A riot in Orhei scared off guests.", "riot", DEED),
        ("AGREE", "actual", "Norland offered talks.", "offered", PLAN),
        ("AGREE", "actual", "He expressed his willingness to talk.", "expressed his willingness", PLAN),
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


def test_several_deeds_of_one_day_are_one_event() -> None:
    sentence = "The army announced strikes on five boats on Sunday."
    at = sentence.index("strikes")
    assert standing("ASSAULT", "actual", sentence, at, "strikes", dated=True) == DEED
    assert standing("ASSAULT", "actual", sentence, at, "strikes") == SERIES
    assert standing("PROTEST", "actual", "There was unrest on Sunday.", 10, "unrest", dated=True) == DEED
