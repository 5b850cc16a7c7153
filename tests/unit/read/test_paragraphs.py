import textwrap
import time

from pipeline.read.paragraphs import paragraphs

LONG = "The harbour master said that three ships had left before dawn and that a fourth one was expected to follow them later in the week. "


def texts(text: str) -> list[str]:
    return [text[s:e] for s, e in paragraphs(text, 0)]


def test_a_line_is_a_paragraph_with_and_without_blank_lines() -> None:
    assert texts("One line.\nAnother line.\n\n  A third one. \r\n\r\nA fourth.") == [
        "One line.",
        "Another line.",
        "A third one.",
        "A fourth.",
    ]


def test_hard_wrapped_lines_are_joined_up_to_the_short_one() -> None:
    first, second = (LONG * 3).strip(), (LONG * 2).replace("harbour", "customs").strip()
    wrapped = f"A Short Heading\n{textwrap.fill(first, 70)}\n{textwrap.fill(second, 70)}"
    assert [" ".join(p.split()) for p in texts(wrapped)] == ["A Short Heading", first, second]


def test_hard_wrapped_paragraphs_apart_by_blank_lines_stay_apart() -> None:
    text = "\r\n\r\n".join("\r\n".join(textwrap.wrap((LONG * 2).strip(), 72)) for _ in range(3))
    assert len(texts(text)) == 3


def test_a_line_broken_inside_a_sentence_goes_on() -> None:
    assert texts("The two ministers spoke for an hour about the\nborder and the fish.\nThey then left.") == [
        "The two ministers spoke for an hour about the\nborder and the fish.",
        "They then left.",
    ]


def test_list_items_stay_apart_and_lose_their_bullets() -> None:
    assert texts(
        "The ministers agreed on the following points of order:\n• fishing rights\n• ferry times\n- a hotline"
    ) == [
        "The ministers agreed on the following points of order:",
        "fishing rights",
        "ferry times",
        "- a hotline",
    ]


def test_lines_without_letters_are_passed_over() -> None:
    assert texts("* * *\nText.\n-----\n\u200b\n!!!") == ["Text."]


def test_line_separators_of_all_kinds() -> None:
    assert texts("One.\u2028Two.\u2029Three.\x0bFour.\x0cFive.\x85Six.\rSeven.") == [
        "One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.",
    ]  # fmt: skip


def test_time_grows_with_length_only() -> None:
    for text in (
        "word " * 40_000,
        "a\n" * 100_000,
        "." * 200_000 + "a",
        "\n" * 200_000 + "a",
        "a)." * 66_000,
    ):
        start = time.process_time()
        paragraphs(text, 0)
        assert time.process_time() - start < 30  # loose: growth with the square takes far longer
