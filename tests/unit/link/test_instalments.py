import random

import numpy as np
import pandas as pd
import pytest

from pipeline.link.incidents import link_incidents
from pipeline.link.instalments import UNKNOWN, instalments
from pipeline.link.slots import SlotsOf, slots
from pipeline.link.tallies import link_tallies
from tests.unit.link.frames import documents, event, figure, parties

NOTICE = (
    "Patrols of the fleet stopped {0} boats near Lampara and towed {1} boats to Sellin. "
    "Crews on {2} ships took part in the watch. The notice is published each morning at the harbour."
)
"""A notice of a series."""
REPORT = (
    "A ferry sank off Torma with {0} pilgrims on board, and divers found {1} bodies in the wreck. "
    "Crews on {2} ships took part in the search. The coast guard publishes what it knows each morning."
)


def of_series(one: str, two: str, later: int) -> bool:
    """Whether two texts are of one series."""
    up, down = SlotsOf([one, two].__getitem__, 2).grown(np.array([0]), np.array([1]))
    return bool(instalments(up, down, np.array([later]))[0])


def test_numbers_stand_between_words_and_those_of_years_and_one_do_not() -> None:
    found = slots(
        "In all, guards stopped 1,400 boats off Lampara in May 2021 and freed one of the crews there."
    )
    assert list(found.values()) == [1400.0]
    assert found.keys() == slots("Again in all, guards stopped nine boats off Lampara.").keys()


def test_numbers_that_differ_between_the_same_words_are_left_out() -> None:
    text = "Now near Kesh guards found 12 mines in a field. Now near Kesh guards found 14 mines in a field."
    assert not slots(text)


@pytest.mark.parametrize(
    "text", ["", "12", "one two three", "3.10.2020 and 4.5.6 of 7..8 and more words here"]
)
def test_any_text_has_slots(text: str) -> None:
    assert not slots(text)


@pytest.mark.parametrize(
    ("numbers", "later", "found"),
    [
        ((11, 14, 9), 1, True),  # up and down
        ((11, 14, 9), -1, True),
        ((11, 14, 9), 0, True),
        ((15, 10, 8), 1, False),  # only up: a newer version
        ((13, 7, 4), 1, True),  # only down
        ((13, 7, 4), -1, False),
        ((13, 7, 4), 0, False),
        ((15, 10, 8), UNKNOWN, True),  # nobody says that one is newer
        ((13, 9, 6), 1, False),  # one number alone
        ((14, 9, 6), UNKNOWN, False),  # the same
    ],
)
def test_instalments_tell_other_numbers_up_and_down(
    numbers: tuple[int, int, int], later: int, found: bool
) -> None:
    assert of_series(NOTICE.format(14, 9, 6), NOTICE.format(*numbers), later) is found


def test_other_words_are_no_instalment() -> None:
    assert not of_series(NOTICE.format(14, 9, 6), REPORT.format(11, 14, 9), 1)


def test_all_pairs_at_once_tell_what_each_tells_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    pick = random.Random(5)
    texts = ["", "No number at all."]
    texts += [
        pick.choice([NOTICE, REPORT]).format(*(pick.randrange(2, 9) for _ in range(3))) for _ in range(40)
    ]
    texts += [f"{NOTICE.format(3, 4, n)} {REPORT.format(n, 2, 5)}" for n in range(2, 9)]
    one, two = (np.array([pick.randrange(-1, len(texts)) for _ in range(300)]) for _ in range(2))
    whole = [slots(text) for text in [*texts, ""]]
    differ = [
        [whole[right][key] - number for key, number in whole[left].items() if key in whole[right]]
        for left, right in zip(one, two, strict=True)
    ]
    monkeypatch.setattr("pipeline.link.slots.PAIRS_AT_ONCE", 7)
    read: list[int] = []
    found = SlotsOf(lambda at: (read.append(at), texts[at])[1], len(texts))
    ups, downs = np.concatenate([found.grown(one[:50], two[:50]), found.grown(one[50:], two[50:])], axis=1)
    assert ups.tolist() == [sum(by > 0 for by in some) for some in differ]
    assert downs.tolist() == [sum(by < 0 for by in some) for some in differ]
    assert sorted(read) == sorted({*one.tolist(), *two.tolist()} - {-1})  # each once


@pytest.mark.parametrize("text", [NOTICE.format(14, 9, 6), REPORT.format("12,500", 3, "seven")])
def test_a_letter_that_is_not_ascii_changes_no_other_number(text: str) -> None:
    assert slots(f"{text} é").items() >= slots(text).items()


def articles(template: str, first: tuple[int, ...], then: tuple[int, ...], dated: bool) -> pd.DataFrame:
    texts = template.format(*first), template.format(*then)
    days = "2024-03-05", "2024-03-06"
    found = documents(*((key, on, text) for key, on, text in zip("ab", days, texts, strict=True)))
    return found if dated else found.assign(published_on=None)


def incidents(found: pd.DataFrame, trigger: str, dated: bool) -> int:
    rows = [
        event(doc, "2024-03-05", text.split(". ")[0] + ".", trigger, place="Lampara", place_country="ITA")
        for doc, text in zip(found["doc_id"], found["text"], strict=True)
    ]
    events = pd.DataFrame(rows).assign(published_on=found["published_on"] if dated else None)
    return len(link_incidents(events, parties(events), found).incidents)


@pytest.mark.parametrize("dated", [True, False])
def test_the_same_words_of_two_notices_tell_two_events(dated: bool) -> None:
    two = articles(NOTICE, (14, 9, 6), (11, 14, 9), dated)
    assert incidents(two, "stopped", dated) == 2


def test_a_newer_version_tells_the_same_event() -> None:
    two = articles(NOTICE, (14, 9, 6), (17, 11, 8), dated=True)
    assert incidents(two, "stopped", dated=True) == 1


@pytest.mark.parametrize(
    ("then", "n_tallies"),
    [
        ((11, 14, 9), 2),  # another notice
        ((14, 8, 9), 2),  # another notice with the same small number
        ((14, 11, 8), 1),  # a newer version
    ],
)
def test_notices_count_anew(then: tuple[int, ...], n_tallies: int) -> None:
    two = articles(NOTICE, (14, 9, 6), then, dated=True)
    rows = [
        figure(doc, on.isoformat(), text.split(". ")[0] + ".", f"{n} boats", n, counted="boats", measure=None)
        for doc, on, text, n in zip(
            two["doc_id"], two["published_on"], two["text"], (14, then[0]), strict=True
        )
    ]
    none = pd.DataFrame({"event_id": pd.Series(dtype="str"), "incident_id": pd.Series(dtype="str")})
    assert len(link_tallies(pd.DataFrame(rows), none, two)[0]) == n_tallies


def test_a_number_that_is_no_chance_is_told_in_every_notice() -> None:
    text = "The fleet has {0} sailors and keeps {1} of its ships at Sellin for the watch. "
    two = articles(
        text + NOTICE.replace("{2}", "{4}").replace("{1}", "{3}").replace("{0}", "{2}"),
        (2412, 40, 14, 9, 6),
        (2412, 41, 11, 14, 9),
        dated=True,
    )
    rows = [
        figure(
            doc,
            on.isoformat(),
            told.split(". ")[0] + ".",
            "2412 sailors",
            2412,
            counted="sailors",
            measure=None,
        )
        for doc, on, told in zip(two["doc_id"], two["published_on"], two["text"], strict=True)
    ]
    none = pd.DataFrame({"event_id": pd.Series(dtype="str"), "incident_id": pd.Series(dtype="str")})
    assert len(link_tallies(pd.DataFrame(rows), none, two)[0]) == 1
