import pytest

from pipeline.link.reports import own_day
from pipeline.link.standing import DEED, DENIAL, PLAN, SERIES, denies, standing
from pipeline.link.telling import main_clause, retold, told_before


@pytest.mark.parametrize(
    ("sentence", "trigger", "known"),
    [
        ("Paris on Friday condemned the raid on the depot", "raid", True),
        ("Riga expelled a consul on Monday over the poisoning of a singer", "poisoning", True),
        ("The siege of the town ended on Friday", "siege", True),
        ("Calm returned after Sunday's raid", "raid", False),
        ("The raid on Friday killed two", "raid", False),
        ("Soldiers raided the depot on Friday", "raided", False),
        ("In May the union threw out two clerks", "threw out", False),
        ("In May the union cut off four banks", "cut off", False),
    ],
)
def test_a_noun_of_what_is_known_has_no_day_of_its_own(sentence: str, trigger: str, known: bool) -> None:
    assert retold(sentence, sentence.index(trigger), trigger) is known


@pytest.mark.parametrize(
    ("sentence", "trigger", "before"),
    [
        ("His arrest in Orhei strained relations", "arrest", True),
        ("The mill had at first offered 40 jobs", "offered", True),
        ("The mill offered 40 jobs", "offered", False),
        ("Guards made an arrest in Orhei", "arrest", False),
    ],
)
def test_what_was_told_or_done_before(sentence: str, trigger: str, before: bool) -> None:
    assert told_before(sentence, sentence.index(trigger), trigger) is before


def test_the_day_of_a_lead_is_that_of_its_first_clause() -> None:
    sentence = "On Sunday a man took a knife and stabbed two, a year after rebels burned the church"
    assert main_clause(sentence, sentence.index("stabbed"))
    assert not main_clause(sentence, sentence.index("burned"))
    told = ("sentence", sentence, sentence.index("stabbed"), "stabbed")
    assert own_day(*told, True) and not own_day(*told, False)
    assert own_day("own", sentence, sentence.index("burned"), "burned", False)


def tells(kind: str, sentence: str, trigger: str, status: str = "actual", **more: bool) -> int:
    return standing(kind, status, sentence, sentence.index(trigger), trigger, **more)


def test_deeds_series_and_movements() -> None:
    assert tells("ASSAULT", "Oslo condemned the killings in the village", "killings") == DEED
    assert tells("ASSAULT", "Oslo condemned the strikes on boats", "strikes") == SERIES
    assert tells("ASSAULT", "The strike is part of a campaign since March", "strike") == DEED
    assert tells("ASSAULT", "Jets have struck 22 boats since March", "struck") == SERIES
    assert tells("PROTEST", "The protests began after the vote", "protests") == SERIES
    assert tells("PROTEST", "Protests filled the square", "Protests", dated=True) == DEED


def test_what_is_to_come_is_planned_however_it_is_told() -> None:
    assert tells("MOBILIZE", "Poland moves a brigade next week", "moves", ahead=True) == PLAN
    assert tells("ACCUSE", "The House will impeach her", "impeach", "future") == PLAN
    assert tells("REQUEST", "Rome will ask for aid", "ask", "future") == DEED


def test_denials() -> None:
    sentence = "The army denied that it had shelled the mill"
    assert denies(sentence, sentence.index("shelled")) and not denies("They shelled it", 5)
    assert tells("ASSAULT", sentence, "shelled") == DENIAL
