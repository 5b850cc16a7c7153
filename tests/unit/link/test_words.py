from math import isnan

import pytest

from pipeline.link import slots, words
from pipeline.link.words import (
    _by_clause,
    amount,
    day_names,
    lands,
    meanings,
    names,
    numbers,
    partner,
    party_words,
    stems,
    surroundings,
    things,
    told_often,
    topic,
)


def test_stems_leave_out_function_words_days_and_saying() -> None:
    assert stems("Officials said on Monday that the tankers were sanctioned") == {"tanker", "sanction"}
    assert stems(None) == frozenset()


def test_words_count_less_the_further_away() -> None:
    sentence = "Drones hit a grain terminal near the river"
    words = surroundings(sentence, 7, 10)
    assert "hit" not in words
    assert words["drone"] > words["termin"] > words["river"] > 0


def test_words_of_another_clause_count_half() -> None:
    plain = surroundings("Drones hit terminals near rivers", 7, 10)
    broken = surroundings("Drones hit terminals; near rivers", 7, 10)
    assert broken["river"] == plain["river"] / 2


def test_any_place_in_any_text() -> None:
    assert surroundings("", 5, 9) == {}
    assert surroundings("one two", 50, 60) == surroundings("one two", 7, 7)


def test_what_most_articles_hold_tells_little_of_a_topic() -> None:
    words, times = topic("The government met in Kharg about a sluice in Iraq, the sluice of 1911")
    assert words["kharg"] == words["sluic"] == 1.0
    assert words["govern"] < words["iraq"] + 0.3 < words["kharg"]
    assert told_often(words, times, 2) == ["sluic", "kharg"]
    alike, once = topic("zeppelin quarry ferry orchard quarry")
    assert told_often(alike, once, 3) == ["quarri", "ferri", "orchard"]
    assert told_often(alike, once, 9) == ["quarri", "ferri", "orchard", "zeppelin"]


def test_titles_and_countries_name_nobody() -> None:
    assert names("the new President Anna Kovar of Hungary met the Senate in Szeged") == {"kovar", "szege"}


def test_numbers_but_no_years() -> None:
    assert numbers("In 2019 at 09:30 some 1,200 of 47 and 3 came on 2019-04-05") == {"1200", "47"}


def test_lands_of_a_sentence() -> None:
    assert lands("Deaths in Peru, among Chileans and in South Korea’s north") == {"PER", "CHL", "KOR"}
    assert "@world" in lands("Worldwide 9,400 people died") and not lands("He died at home")


def test_a_figure_may_stand_against_another() -> None:
    sentence = "It passed by 230 to 197 and won 39 of the state's 40 seats; 12 people came"
    assert partner(sentence, sentence.index("230"), "230") == "197"
    assert partner(sentence, sentence.index("39"), "39") == "40"
    assert partner(sentence, sentence.index("12"), "12") == "" == partner("two of 9", 0, "two")


def test_words_share_what_they_mean() -> None:
    assert meanings({"tanker": 1.0})["@vessel"] == meanings({"boat": 1.0})["@vessel"] == 0.5
    assert things("Greek-owned oil tanker") == {"@vessel"} and things("seven people") == frozenset()


def test_amounts_of_parties() -> None:
    assert amount("12 judges") == amount("dozen Belarusian judges") == 12
    assert amount("1,200 people") == 1200 and isnan(amount("judges"))
    assert party_words("four Belarusian banks") == {"bank"}


def test_words_of_one_clause_are_those_of_several_when_nothing_parts_them() -> None:
    told = "Dockers in Zuidhaven blocked the ferry to Kelpmar on Tuesday and burned a crane of the port again"
    for trigger in ("Dockers", "blocked", "burned", "again"):
        start = told.index(trigger)
        place = start, start + len(trigger)
        plain, parted = surroundings(told, *place), _by_clause(told, *place)
        assert list(plain.items()) == list(parted.items()) != []


def test_days_are_named_by_whole_words() -> None:
    assert day_names("On Monday's eve, mid-March, in MAY and on 3 oct. the sundays were marked") == {
        *("mon", "mar", "oct")
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Don't rock'n'roll o'clock 'quoted' '' ' it's",
        "a_b c-d e.f 3rd B52 52b x\ty\nz\x1cw",
        'The minister’s aide, 41, said: "No" (twice)\\n',
        "plain words only",
        "it's Ünal's día",
    ],
)
def test_words_are_cut_as_the_pattern_finds_them(text: str) -> None:
    for start in range(-2, len(text) + 2):
        for end in (start, start + 3, len(text), len(text) + 5):
            assert words._words(text, start, end) == words._WORD.findall(text, start, end)


@pytest.mark.parametrize(
    "text", ["", "12,500.5 and b52 or 52b", "3.10.2020,x 7..8 a,b", "1 2 3", "x", "no number here", "é 3 x 4"]
)
def test_tokens_are_those_of_the_pattern(text: str) -> None:
    assert slots._tokens(text) == slots._TOKEN.findall(text)
