import pytest

from pipeline.link.count_words import added, local_names, own_day, slogan, thought_of, toll_of, whole
from pipeline.link.rows import NO_DAY
from tests.unit.link.frames import day


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("The number of soldiers killed in the ambush has risen to 24.", "24", "killed"),
        ("It brings to 77 the number of people killed since May.", "77", "killed"),
        ("The army put the number of dead at nine.", "nine", "killed"),
        ("The toll rose to 34.", "34", "killed"),
        ("The number of people injured reached 60.", "60", "injured"),
        ("The death toll reached 143, and 15,000 people live in tents.", "15,000 people", ""),
        ("41 people are known to have died.", "41 people", "killed"),
        ("Nine miners are feared dead.", "Nine miners", "killed"),
        ("Nine miners are known to have voted.", "Nine miners", ""),
        ("The total number of boats that came was 35.", "35", ""),
        ("They took 24 sailors to the port.", "24 sailors", ""),
        ("Some 24 sailors are still in custody.", "Some 24 sailors", "arrested"),
        ("By Monday 24 were under arrest.", "24", "arrested"),
        ("They put 24 sailors into police cells.", "24 sailors", "arrested"),
        ("Five of her crew are in hospital.", "Five of her crew", "injured"),
        ("The 24 sailors keep birds in cages.", "24 sailors", ""),
        ("The town has 24 doctors in two hospitals.", "24 doctors", ""),
    ],
)
def test_tolls(sentence: str, text: str, expected: str) -> None:
    assert toll_of(sentence, sentence.index(text), text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("An additional ten people died there.", "ten people", True),
        ("Rescuers found three more bodies.", "three more bodies", True),
        ("It killed more than ten people.", "more than ten people", False),
        ("It killed ten people.", "ten people", False),
    ],
)
def test_what_comes_on_top(sentence: str, text: str, expected: bool) -> None:
    assert added(sentence, sentence.index(text), text) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The minister suggested that it expel 35 envoys.", True),
        ("They could kill 35 envoys.", True),
        ("In early May they killed 35 envoys.", False),
        ("At the plant they killed 35 envoys.", False),
        ("He suggested talks, and they killed 35 envoys.", False),
    ],
)
def test_what_is_only_thought_of(sentence: str, expected: bool) -> None:
    assert thought_of(sentence, sentence.index("35")) is expected


def test_wholes() -> None:
    told = "She won 39 of Orkhon's 54 seats and 12 of the 40 mayors."
    assert [whole(told, told.index(n)) for n in ("39", "54", "40")] == ["", "Orkhon", " "]


def test_slogans() -> None:
    told = 'It keeps the "one land, two banks" rule, and "we will send two ships to the port of Orkhon," she said.'
    assert [slogan(told, told.index(n)) for n in ("one", "two", "two ships")] == [True, True, False]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Two were killed by a bomb Saturday.", "2025-08-16"),
        ("On Friday two were killed.", "2025-08-15"),
        ("A court opened an inquiry on Friday into the deaths of two men.", None),
        ("Two were killed, a doctor said on Friday.", None),
        ("The number of the killed rose to two on Friday.", None),
    ],
)
def test_days_behind_a_number(sentence: str, expected: str | None) -> None:
    at = sentence.lower().index("two")
    published = day("2025-08-17").toordinal()
    assert own_day(sentence, at, published) == (day(expected).toordinal() if expected else NO_DAY)


def test_local_names() -> None:
    assert local_names("In Orkhon's Old Town guns of Bold were fired near Selenge in Mongolia.") == {
        "orkhon",
        "old",
        "seleng",
    }
