from pipeline.link.words import stems, surroundings


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
