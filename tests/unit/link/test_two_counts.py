import pytest

from pipeline.link.two_counts import contested, two_counts
from tests.unit.link.frames import figure
from tests.unit.link.test_tallies import link


@pytest.mark.parametrize(
    ("sentence", "one", "two", "expected"),
    [
        ("Organisers speak of 3,000 people, the gendarmerie of 700.", "3,000 people", "700", True),
        ("The town put the number at 5,000, police at 3,200.", "5,000", "3,200", True),
        ("The guard counted 900 walkers; the fans at least 2,000.", "900 walkers", "at least 2,000", True),
        ("The union said that 7,000 came; according to the police it was 2,500.", "7,000", "2,500", True),
        (
            "Some 4,000 people by their own count and 1,300 by that of the police came.",
            "4,000",
            "1,300",
            True,
        ),
        ("The union says 5,000 came, while the company says 1,200.", "5,000", "1,200", True),
        ("Doctors count 12 victims and the ministry seven thousand.", "12", "seven thousand", True),
        ("The town put the number at 5,000, in a town of 20,000.", "5,000", "20,000", False),
        ("The police counted 1,200 people, among them 40 children.", "1,200 people", "40", False),
        ("The police counted 1,200 people, 40 buses and a tank.", "1,200 people", "40", False),
        ("The army said that 12 soldiers died, and that it had shot 30 rebels.", "12", "30", False),
        ("According to the mayor, 300 houses burnt, and 40 people were hurt.", "300", "40", False),
        ("He counted 40 ships, two days later 60.", "40 ships", "60", False),
        ("The army fired 10 rockets, the navy 4.", "10 rockets", "4", False),
    ],
)
def test_two_voices_that_count_one_thing(sentence: str, one: str, two: str, expected: bool) -> None:
    spans = [(sentence.index(text), sentence.index(text) + len(text)) for text in (one, two)]
    assert two_counts(sentence, spans[0], spans[1]) is expected
    assert two_counts(sentence, spans[1], spans[0]) is expected
    assert contested(sentence, spans[0][0], one) is expected


def test_two_counts_of_one_sentence_conflict_and_what_repeats_one_of_them_belongs_to_them() -> None:
    told = "Organisers of the walk in Orkhon speak of 3,000 people, the police of 700."
    plain = {"measure": None, "counted": "people"}
    many = figure("a", "2025-08-16", told, "3,000 people", 3000) | plain
    few = figure("a", "2025-08-16", told, "700", 700) | plain
    again = figure("b", "2025-08-17", "In Orkhon 700 people joined the walk.", "700 people", 700) | plain
    tallies, found = link(many, few, again)
    assert len(set(found.values())) == 1
    assert tallies["agreement"].tolist() == ["conflict"]
    assert len(set(link(many, few | {"counted": "tent"})[1].values())) == 2
