from math import isnan

from pipeline.link.words import amount, lead, meanings, party_words, stems, surroundings, things


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


def test_names_of_an_article_count_double() -> None:
    assert lead("x: A tanker left Kharg on Monday", 3) == {"tanker": 1.0, "left": 1.0, "kharg": 2.0}


def test_words_share_what_they_mean() -> None:
    assert meanings({"tanker": 1.0})["@vessel"] == meanings({"boat": 1.0})["@vessel"] == 0.5
    assert things("Greek-owned oil tanker") == {"@vessel"} and things("seven people") == frozenset()


def test_amounts_of_parties() -> None:
    assert amount("12 judges") == amount("dozen Belarusian judges") == 12
    assert amount("1,200 people") == 1200 and isnan(amount("judges"))
    assert party_words("four Belarusian banks") == {"bank"}
