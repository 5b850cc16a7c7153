"""Sentence starts set before the network reads."""

import pytest
import spacy

from pipeline.language import sentences  # noqa: F401


@pytest.fixture(scope="module")
def starts():
    nlp = spacy.blank("en")
    nlp.add_pipe("news_sentences")

    def run(text: str) -> list[tuple[str, bool | None]]:
        return [(token.text, token.is_sent_start) for token in nlp(text)][1:]

    return run


def test_no_start_without_final_punctuation(starts):
    assert not any(start is not False for _, start in starts("The army launched strikes against five boats"))


def test_start_stays_open_after_a_stop(starts):
    assert dict(starts("He left. She stayed"))["She"] is None


@pytest.mark.parametrize(
    "text", ["He said: “No.” She left", 'He said: "No." She left', "It fell (again). She left"]
)
def test_closing_marks_belong_to_the_sentence_before(starts, text):
    found = starts(text)
    assert dict(found)["She"] is not False
    assert [start for _, start in found][-3] is False


def test_start_stays_open_after_a_note(starts):
    assert dict(starts("He left. [3] She stayed"))["She"] is None


def test_new_line_may_start_a_sentence(starts):
    assert dict(starts("No stop here\nNext one"))["Next"] is None


@pytest.mark.parametrize(
    "dateline",
    [
        "LAGOS (Reuters) - ",
        "London (AFP) – ",
        "KYIV, Ukraine — ",
        "GENEVA -- ",
        "PARIS, Jan 3 - ",
        "UNITED NATIONS, March 12 (AP) -- ",
        "Abuja, Nigeria (AP/AFP) -- ",
    ],
)
def test_dateline_stands_apart(starts, dateline):
    found = starts(dateline + "Ministers met again. They left")
    assert [word for word, start in found if start] == ["Ministers"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Holm (Greens) said: “No”",
        "Vodafone - the biggest of them - fell",
        "NATO said - It fell",
        "Rain (A) : ",
    ],
)
def test_no_dateline(starts, text):
    assert not any(start for _, start in starts(text))


@pytest.mark.parametrize("text", ["", " ", "\n", "“", "A" * 5000, "Ab, " * 2000, "A.-'" * 2000])
def test_any_text(starts, text):
    starts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Its No. 2 fled to Essa.",
        "Maj. Gen. Ruiz and Brig. Gen. Berg met approx. 12 envoys.",
        "Nos. 3 and 4 of vol. 2 and Art. 5 were read.",
        "The resolution no. 45 was read.",
    ],
)
def test_a_stop_of_an_abbreviation_ends_nothing(starts, text: str) -> None:
    assert all(start is False for _, start in starts(text))


@pytest.mark.parametrize(
    "text",
    [
        "It ended at 5 p.m. The envoys left.",
        "They left the U.S. He said so.",
        "She works for Essa Inc. They sell boats.",
        'She said "no." Then they left.',
        "“It is over.” But nobody left.",
    ],
)
def test_a_small_word_with_a_capital_opens_a_sentence(starts, text: str) -> None:
    assert [word for word, start in starts(text) if start] == [
        text.split(". ")[-1].split('." ')[-1].split(".” ")[-1].split()[0]
    ]


@pytest.mark.parametrize(
    "text", ["The U.S. Army and U.N. envoys left.", "He read “The end.”", "J. R. Berg of the U.S. Senate"]
)
def test_names_behind_abbreviations_open_nothing(starts, text: str) -> None:
    assert not any(start for _, start in starts(text))
