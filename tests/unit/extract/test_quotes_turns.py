"""Interviews, transcripts, statements behind a colon, sources of headlines: who speaks where no marks stand."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import extract_quotes
from pipeline.extract.rows import Quote

Read = Callable[[str], ParsedArticle]


def _said(parsed: ParsedArticle) -> list[tuple[str, str | None]]:
    """What each row holds, and the name of its speaker's actor."""
    mentions, entities = extract_mentions(parsed)
    names = {entity.entity_id: entity.name for entity in entities}
    return [(q.content, names.get(q.speaker_id or "")) for q in extract_quotes(parsed, mentions)]


def _rows(parsed: ParsedArticle) -> list[Quote]:
    return extract_quotes(parsed, [])


INTRODUCTIONS = (
    "The weekly met the pianist Irene Falk at home.",
    "Irene Falk, the pianist, spoke to our reporter Max Oder.",
)


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize(("ask", "answer"), [("Q:", "A:"), ("Q.", "A."), ("Question:", "Answer:")])
def test_answers_are_of_who_is_asked(parsed: Read, introduction: str, ask: str, answer: str) -> None:
    talk = f"{ask} Do you practise at night?\n\n{answer} Only in winter.\n\n{ask} Why?\n\n{answer} It is quiet then."
    said = _said(parsed(f"{introduction}\n\n{talk}"))
    assert ("Only in winter.", "Irene Falk") in said
    assert ("It is quiet then.", "Irene Falk") in said
    assert ("Why?", None) in said


def test_initials_are_of_the_person_whose_they_are(parsed: Read) -> None:
    text = (
        "Max Oder spoke to the pilot Irene Falk.\n\nMO: Was it dark?\n\nIF: It was noon.\n\nMO: And the fog?\n\n"
        "IF: There was none."
    )
    said = _said(parsed(text))
    assert ("It was noon.", "Irene Falk") in said
    assert ("Was it dark?", "Max Oder") in said


def test_names_take_turns(parsed: Read) -> None:
    text = (
        "Two guests came.\n\nIrene Falk: The road is too narrow.\n\nMax Oder: It can be widened.\n\n"
        "Irene Falk: Nobody will pay for that."
    )
    rows = _rows(parsed(text))
    assert [(q.content, q.speaker, q.quote_kind) for q in rows] == [
        ("The road is too narrow.", "Irene Falk", "direct"),
        ("It can be widened.", "Max Oder", "direct"),
        ("Nobody will pay for that.", "Irene Falk", "direct"),
    ]


def test_a_turn_goes_on_in_the_next_paragraph(parsed: Read) -> None:
    text = (
        "Irene Falk was our guest.\n\nQ: How did it begin?\n\nA: With a loan.\n\nIt was a small one.\n\nQ: And now?\n\n"
        "A: Now we lend.\n\nThe bank opened in May."
    )
    said = [content for content, _ in _said(parsed(text))]
    assert "With a loan. … It was a small one." in said
    assert "Now we lend." in said


@pytest.mark.parametrize(
    "text",
    [
        "Hours:\n\nMonday: The pool is closed.\n\nTuesday: The pool opens at ten.\n\nFriday: The pool opens at noon.",
        "Medals:\n\nKenya: three golds in running\n\nJapan: two golds in judo\n\nKenya: one silver in boxing",
        "Two sides.\n\nPros: It is cheap.\n\nCons: It is slow.",
    ],
)
def test_lists_are_no_talk(parsed: Read, text: str) -> None:
    assert _rows(parsed(text)) == []


STATEMENTS = [
    (
        "Chief Ana Roe wrote in a letter: We lack boats. Our men need rest. The letter was read aloud.",
        "We lack boats. Our men need rest.",
        "Chief Ana Roe",
    ),
    (
        "The port office announced: No ship may leave. Two ships sank.",
        "No ship may leave.",
        "The port office",
    ),
    (
        "Ana Roe told the press:\n\nWe saw the wave. It came at noon.\n\nThe dam was rebuilt.",
        "We saw the wave. It came at noon.",
        "Ana Roe",
    ),
    (
        "The union demands:\n\n- Wages must rise.\n\n- Shifts must end at four.\n\nTalks are due in May.",
        "Wages must rise. … Shifts must end at four.",
        "The union",
    ),
]


@pytest.mark.parametrize(("text", "content", "speaker"), STATEMENTS)
def test_a_colon_brings_in_a_statement(parsed: Read, text: str, content: str, speaker: str) -> None:
    (row,) = _rows(parsed(text))
    assert (row.content, row.speaker, row.quote_kind) == (content, speaker, "direct")


@pytest.mark.parametrize(
    "text",
    [
        "The shop sells three things: bread, milk and salt.",
        "The court named three men: Karl Moss, Jan Orr and Piet Sands.",
        "There was one problem: The bridge was too low for the truck.",
        "The menu has:\n\n- Soup with rice\n\n- Fish of the day",
    ],
)
def test_what_a_colon_lists_is_not_said(parsed: Read, text: str) -> None:
    assert _rows(parsed(text)) == []


def test_who_stands_before_a_colon_without_a_verb_speaks(parsed: Read) -> None:
    (row,) = _rows(
        parsed("Norland's transport minister, Ana Roe: “All flights are stopped.” Trains run again.")
    )
    assert row.speaker == "Ana Roe"


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("UN envoy: aid must double by May", "UN envoy"),
        ("City officials: new pier is safe", "City officials"),
    ],
)
def test_a_heading_names_a_role(parsed: Read, heading: str, speaker: str) -> None:
    (row,) = _rows(parsed(f"{heading}\n\nThe ship left at noon."))
    assert row.speaker == speaker


def test_a_heading_names_no_source(parsed: Read) -> None:
    assert _rows(parsed("Red alert: three rivers rise at once\n\nThe ship left at noon.")) == []


def test_a_quotation_goes_on_behind_a_participle(parsed: Read) -> None:
    (row,) = _rows(parsed("“They know it,” she said, pointing at the wall, “and they should.”"))
    assert row.content == "They know it, … and they should."


def test_a_title_behind_which_a_paper_stands_is_not_said(parsed: Read) -> None:
    sources = "The pier was shut.\n\n“Pier shut by the flood” — Norland Post, 5 August 2008\n\nThe ship left."
    assert _rows(parsed(sources)) == []
    signed = "The pier was shut.\n\n“We shut it in time.” — Mayor Ana Roe\n\nThe ship left."
    (row,) = _rows(parsed(signed))
    assert row.speaker == "Mayor Ana Roe"


@pytest.mark.parametrize("dash", ["", "– ", "**"])
@pytest.mark.parametrize(
    "introduction", ["The pianist Irene Falk played here for years.", "An interview with Irene Falk."]
)
def test_answers_without_labels_are_of_who_is_asked(parsed: Read, introduction: str, dash: str) -> None:
    close = dash if dash == "**" else ""
    text = (
        f"{introduction}\n\n{dash}When did you begin?{close}\n\nI was four. My aunt had a piano.\n\n"
        f"{dash}Who taught you?{close}\n\nNobody did.\n\nWe had no money for that.\n\n"
        "The concert begins at eight."
    )
    assert _said(parsed(text)) == [
        ("I was four. My aunt had a piano.", "Irene Falk"),
        ("Nobody did. … We had no money for that.", "Irene Falk"),
    ]


EXPLAINED = [
    "Irene Falk opens the new hall.\n\nWhat does it cost?\n\nAbout nine million euros.\n\nWho pays?\n\nThe town and the state.",
    "Irene Falk wants the hall.\n\nCan we pay for it?\n\nWe cannot. Falk knows that.\n\nDo we need it?\n\nWe have two halls.",
    "Irene Falk wants the hall.\n\nCan we pay for it?\n\nWe cannot, and our debts grow.",
]


@pytest.mark.parametrize("text", EXPLAINED)
def test_questions_that_an_article_asks_are_no_talk(parsed: Read, text: str) -> None:
    assert all(q.quote_kind != "direct" for q in extract_quotes(parsed(text), []))


def test_items_that_name_their_speakers(parsed: Read) -> None:
    text = (
        "What the parties said about the hall:\n\n• Irene Falk (Centre): “We cannot pay for it.”\n\n"
        "• Max Oder (Labour): “It is the best that we could get.”"
    )
    assert _said(parsed(text)) == [
        ("We cannot pay for it.", "Irene Falk"),
        ("It is the best that we could get.", "Max Oder"),
    ]


def test_a_headline_of_a_name_and_few_words(parsed: Read) -> None:
    rows = _rows(parsed("Minister Irene Falk: ‘No new hall’\n\nThe old hall stays open until June."))
    assert [(q.content, q.speaker) for q in rows] == [("No new hall", "Minister Irene Falk")]


def test_a_date_says_nothing(parsed: Read) -> None:
    rows = _rows(parsed("date 2024-05-06 The town council announced on Friday that the hall would close."))
    assert [q.speaker for q in rows] == ["The town council"]


def test_words_before_and_behind_what_somebody_does_are_one_quotation(parsed: Read) -> None:
    rows = _rows(parsed("“It was dark.” Mrs Falk paused. “Then the bell rang.”"))
    assert [(q.content, q.speaker) for q in rows] == [("It was dark. … Then the bell rang.", "Mrs Falk")]
