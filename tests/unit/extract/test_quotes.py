"""Who said what: quotation geometry, reported speech, sources; any text at all, in linear time."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes import extract_quotes
from pipeline.extract.rows import Quote

Read = Callable[[str], ParsedArticle]


def _quotes(parsed: ParsedArticle) -> list[Quote]:
    return extract_quotes(parsed, [])


DIRECT = [
    # the quotation first, the verb after it
    (
        "“The bridge will open in May,” the mayor said.",
        [("The bridge will open in May,", "said", "the mayor")],
    ),
    (
        "“The bridge will open in May,” said Mr Anders Holt.",
        [("The bridge will open in May,", "said", "Mr Anders Holt")],
    ),
    # before it, with comma and colon
    ("Holt said: “We are ready to talk.”", [("We are ready to talk.", "said", "Holt")]),
    (
        "Asked about the fire, the chief replied, “We do not know yet.”",
        [("We do not know yet.", "replied", "the chief")],
    ),
    # in the middle: one quote with two spans
    (
        "“We have waited long enough,” she said, “and we will not wait any more.”",
        [("We have waited long enough, … and we will not wait any more.", "said", "she")],
    ),
    # goes on without a new cue
    (
        "“The dam is safe,” Ms Lund said. “Nobody has to leave.”",
        [("The dam is safe, … Nobody has to leave.", "said", "Ms Lund")],
    ),
    # British print: the stop behind the mark
    (
        "“The dam is safe”, Ms Lund said. “Nobody has to leave”.",
        [("The dam is safe … Nobody has to leave", "said", "Ms Lund")],
    ),
    # a word between two parts that says nothing of who speaks
    (
        "“They rang me,” she said. And now? “And now I ring them.”",
        [("They rang me, … And now I ring them.", "said", "she")],
    ),
    # a closing mark is missing
    (
        '"We had three boats, he said. "One is left."',
        [("We had three boats, … One is left.", "said", "he")],
    ),
    # a stop that belongs to a word ends the sentence before
    (
        "It closed at 2 p.m. “We were not told,” she said.",
        [("We were not told,", "said", "she")],
    ),
    # the name before a colon, where the subject is a thing
    (
        "The delay did not surprise the pilot Ida Berg: “They never call.”",
        [("They never call.", ":", "the pilot Ida Berg")],
    ),
    # straight and doubled marks
    ('"The talks failed," the envoy added.', [("The talks failed,", "added", "the envoy")]),
    ("''The talks failed,'' the envoy added.", [("The talks failed,", "added", "the envoy")]),
    # a mark of the wrong shape closes
    ("“The talks failed,“ the envoy added.", [("The talks failed,", "added", "the envoy")]),
    # a source with an apposition or a relative clause
    (
        "“It was a long night,” said Eva Brandt, a nurse at the hospital.",
        [("It was a long night,", "said", "Eva Brandt, a nurse at the hospital")],
    ),
    (
        "“It was a long night,” Eva Brandt, who runs the clinic, told reporters.",
        [("It was a long night,", "told", "Eva Brandt")],
    ),
    # a title in marks between two parts is no quotation
    (
        '"He is wrong," Holt said on "Morning Talk." "He knows it."',
        [("He is wrong, … He knows it.", "said", "Holt")],
    ),
    # according to
    (
        "“The roof collapsed at noon,” according to the ministry.",
        [("The roof collapsed at noon,", "according to", "the ministry")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DIRECT, ids=range(len(DIRECT)))
def test_direct(parsed: Read, text: str, expected: list[tuple[str, str, str]]) -> None:
    rows = _quotes(parsed(text))
    assert [(r.content, r.cue, r.speaker) for r in rows] == expected
    assert {r.quote_kind for r in rows} == {"direct"}


def test_quotation_over_paragraphs_is_one_quote(parsed: Read) -> None:
    text = "“The first year was hard,” the farmer said. “We lost the herd.\n\n“The second year was better.”"
    (row,) = _quotes(parsed(text))
    assert row.content == "The first year was hard, … We lost the herd. … The second year was better."
    assert row.speaker == "the farmer"


def test_colon_brings_in_the_next_paragraph(parsed: Read) -> None:
    (row,) = _quotes(
        parsed("The minister wrote in a letter to the union:\n\n“We cannot pay more than this.”")
    )
    assert (row.content, row.cue, row.speaker) == ("We cannot pay more than this.", "wrote", "The minister")


def test_transcript(parsed: Read) -> None:
    text = "HOLT: Will you sign the treaty?\n\nBRANDT: We will read it first."
    rows = _quotes(parsed(text))
    assert [(r.content, r.speaker) for r in rows] == [
        ("Will you sign the treaty?", "HOLT"),
        ("We will read it first.", "BRANDT"),
    ]


INDIRECT = [
    (
        "The army said that two bridges had been destroyed.",
        "that two bridges had been destroyed",
        "said",
        "The army",
    ),
    ("The army said two bridges had been destroyed.", "two bridges had been destroyed", "said", "The army"),
    (
        "Officials told Reuters that the talks would resume on Monday.",
        "that the talks would resume on Monday",
        "told",
        "Officials",
    ),
    # the statement first
    (
        "The border will stay closed, the minister said.",
        "The border will stay closed",
        "said",
        "the minister",
    ),
    (
        "The border will stay closed, the minister has said, but he gave no date.",
        "The border will stay closed",
        "said",
        "the minister",
    ),
    # inside the statement
    (
        "The border, the minister said, will stay closed.",
        "The border … will stay closed",
        "said",
        "the minister",
    ),
    # the clause goes on behind "and that"
    (
        "The report found that the dam was old, and that nobody had checked it.",
        "that the dam was old, and that nobody had checked it",
        "found",
        "The report",
    ),
    (
        "According to the interior ministry, twelve people were arrested.",
        "twelve people were arrested",
        "According to",
        "the interior ministry",
    ),
    (
        "Twelve people were arrested, according to the interior ministry.",
        "Twelve people were arrested",
        "according to",
        "the interior ministry",
    ),
    ("She vowed to rebuild the school.", "to rebuild the school", "vowed", "She"),
    (
        "The union accused the company of breaking the law.",
        "the company of breaking the law",
        "accused",
        "The union",
    ),
    ("The envoy called for an immediate truce.", "an immediate truce", "called for", "The envoy"),
    ("Holt’s claim that the vote was stolen is false.", "that the vote was stolen", "claim", "Holt"),
    # "that" far behind the verb, where the parser hangs its clause elsewhere
    (
        "The harbour office told crews at a briefing that the pier had cracked.",
        "that the pier had cracked",
        "told",
        "The harbour office",
    ),
    (
        "The lender said in a notice posted on its website that branches would open.",
        "that branches would open",
        "said",
        "The lender",
    ),
    (
        "Her rival hit out at the plan and pointed out that fares had risen.",
        "that fares had risen",
        "pointed out",
        "Her rival",
    ),
    # where the next statement begins
    (
        "The captain said the engine had failed and denied any blame.",
        "the engine had failed",
        "said",
        "The captain",
    ),
    (
        "The firm signalled that it would not sell, saying the price was low.",
        "that it would not sell",
        "signalled",
        "The firm",
    ),
    ("Growers say prices are down; the bank puts the fall at a tenth.", "prices are down", "say", "Growers"),
    (
        "The tunnel is flooded, the mayor said, as rescue crews left for the valley.",
        "The tunnel is flooded",
        "said",
        "the mayor",
    ),
    # who is called on to act
    (
        "The envoy called on both sides to lay down arms.",
        "both sides to lay down arms",
        "called",
        "The envoy",
    ),
    # a subject with words between commas
    (
        "The old miners' union, which runs the fund, denied any debt.",
        "any debt",
        "denied",
        "The old miners' union",
    ),
    (
        "Ferries would stop at noon, noted Ida Berg, head of the port.",
        "Ferries would stop at noon",
        "noted",
        "Ida Berg, head of the port",
    ),
    (
        "Nine people were hurt, according to the city-run rescue service, which said a wall had fallen.",
        "Nine people were hurt",
        "according to",
        "the city-run rescue service",
    ),
    # who is told or asked, and the clause behind
    ("And, Lund tells the crew, he has been ill.", "he has been ill", "tells", "Lund"),
    (
        "Then Ms Lund asked the divers if they had seen the wreck.",
        "if they had seen the wreck",
        "asked",
        "Ms Lund",
    ),
    (
        "The consul has encouraged shipping firms to reroute their tankers.",
        "shipping firms to reroute their tankers",
        "encouraged",
        "The consul",
    ),
    # a verb that judges a noun, and a verb with a particle
    (
        "Ms Lund rejected the idea that the cuts amounted to a punishment.",
        "the idea that the cuts amounted to a punishment",
        "rejected",
        "Ms Lund",
    ),
    (
        "The cabinet ruled out any talks with the smugglers.",
        "any talks with the smugglers",
        "ruled out",
        "The cabinet",
    ),
    # an estimate; a state of mind that is tagged as a passive
    ("Relief groups put the toll at 300.", "the toll at 300", "put", "Relief groups"),
    (
        "Some pilots are concerned that the runway could flood.",
        "that the runway could flood",
        "concerned",
        "Some pilots",
    ),
    # the subject of two verbs of saying, the second hung within the clause of the first
    (
        "Berg denied that the deal had been settled in March, but acknowledged that a draft existed.",
        "that a draft existed",
        "acknowledged",
        "Berg",
    ),
    # what the article adds behind a speech clause
    (
        "The tunnel was closed on Friday, the mayor said, hours after the river rose.",
        "The tunnel was closed on Friday",
        "said",
        "the mayor",
    ),
    # a weekday is no speaker
    ("Mr Holt said Monday the strike was over.", "the strike was over", "said", "Mr Holt"),
]


@pytest.mark.parametrize(("text", "content", "cue", "speaker"), INDIRECT, ids=range(len(INDIRECT)))
def test_indirect(parsed: Read, text: str, content: str, cue: str, speaker: str) -> None:
    rows = [r for r in _quotes(parsed(text)) if r.cue and r.cue.startswith(cue)]
    assert [(r.content, r.speaker) for r in rows] == [(content, speaker)]
    assert rows[0].quote_kind == "indirect"


def test_mixed(parsed: Read) -> None:
    (row,) = _quotes(parsed("The coach said the team was “tired but happy”."))
    assert (row.content, row.quote_kind) == ("the team was “tired but happy”", "mixed")


MIXED = [
    # a label in marks, with what the article adds in the same clause
    ("The mayor called the toll “a gift to smugglers” because lorries could pay it twice.",
     "the toll “a gift to smugglers” because lorries could pay it twice", "called", "The mayor"),
    # a statement that begins with the quoted words
    ("The captain says “the sea was flat” despite the forecast.", "“the sea was flat” despite the forecast", "says",
     "The captain"),
    # "that" of a clause belongs to the verb, not to the noun before it
    ("The port office said in a statement that the pier was “beyond repair” and that boats had “days, not weeks”.",
     "that the pier was “beyond repair” and that boats had “days, not weeks”", "said", "The port office"),
    # the outer of two speech clauses
    ("The envoy vowed that grain would not rot “in a single silo,” the state radio reported.",
     "The envoy vowed that grain would not rot “in a single silo,", "reported", "the state radio"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "cue", "speaker"), MIXED, ids=range(len(MIXED)))
def test_mixed_by_construction(parsed: Read, text: str, content: str, cue: str, speaker: str) -> None:
    rows = [r for r in _quotes(parsed(text)) if r.cue == cue]
    assert [(r.content, r.speaker, r.quote_kind) for r in rows] == [(content, speaker, "mixed")]


def test_heading_names_its_source(parsed: Read) -> None:
    rows = _quotes(parsed("Poll: Most voters want a new election\n\nThe result came as a surprise."))
    assert [(r.content, r.speaker, r.cue) for r in rows] == [("Most voters want a new election", "Poll", ":")]


NONE = [
    "Live updates: the storm reaches the coast\n\nThe storm grew overnight.",
    "The so-called “ghost fleet” left the harbour on Monday.",
    "Her novel “The Long Winter” sold two million copies.",
    "The ship sank within an hour.",
    "The army declined to comment.",
    "The police did not say why the road was closed.",
    "The bank declined to say whether it would appeal.",
    "A guard who asked not to be named opened the gate.",
    "The driver declined to give his name.",
    "Several held signs that read “Fix the bridge.”",
    "These delays show that the port is too small.",
    "Rebels attacked a police post near Gao on Friday.",
    "On Sunday the army attacked three villages in the north and burned dozens of houses.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_quote(parsed: Read, text: str) -> None:
    assert _quotes(parsed(text)) == []


def test_minds_within_a_reported_clause_are_no_rows(parsed: Read) -> None:
    rows = _quotes(parsed("The senator said he supports the bill."))
    assert [r.content for r in rows] == ["he supports the bill"]


def test_words_only_told_of_within_a_report_are_no_rows(parsed: Read) -> None:
    rows = _quotes(parsed("The coach says he spends his days begging people and saying “Buy a ticket.”"))
    assert [r.cue for r in rows] == ["says"]


def test_the_first_word_can_be_a_speaker(parsed: Read) -> None:
    rows = _quotes(parsed("Lund praised the crew and said the boat would sail."))
    assert {r.speaker for r in rows} == {"Lund"}


def test_speaker_resolves_to_an_actor(parsed: Read) -> None:
    article = parsed(
        "President Ana Ruiz arrived on Monday. “The road is open,” Ms Ruiz said. She said the tunnel was closed."
    )
    mentions, entities = extract_mentions(article)
    (ruiz,) = [e.entity_id for e in entities if "Ruiz" in e.name]
    assert [q.speaker_id for q in extract_quotes(article, mentions)] == [ruiz, ruiz]


def test_numbers_released_by_a_body_are_its_own(parsed: Read) -> None:
    article = parsed("Forty villages were cut off, according to figures released by the United Nations.")
    mentions, entities = extract_mentions(article)
    (row,) = extract_quotes(article, mentions)
    assert row.speaker_id in {e.entity_id for e in entities if e.name in ("UN", "United Nations")}


def test_unnamed_source_has_no_actor(parsed: Read) -> None:
    article = parsed("A senior official said the tunnel was closed.")
    (row,) = extract_quotes(article, extract_mentions(article)[0])
    assert (row.speaker, row.speaker_id) == ("A senior official", None)


SPEAKERS = [
    # a name in apposition, behind an office or a part of a group
    ("The mayor, Ana Duro, says the ferry cannot leave.", "Ana Duro"),
    ("One of them, 19-year-old student Ana Duro, says she will stay.", "Ana Duro"),
    ("The head of the port's rescue team, Ana Duro, said two boats had sunk.", "Ana Duro"),
    ("A guard, Sergeant Ana Duro, told the paper that the gate had been open.", "Ana Duro"),
    # a description of the one who spoke before
    ("Ana Duro said the boat had sunk. “I swam,” the 29-year-old said.", "Ana Duro"),
    # a body, what it issues and who speaks for it
    ("The Ministry of Health closed two clinics on Monday, the statement said.", "Ministry of Health"),
    (
        "The Ministry of Health closed two clinics. A spokesman said that more would follow.",
        "Ministry of Health",
    ),
    ("The Ministry of Health denied the claim. It said the clinics were open.", "Ministry of Health"),
    ("Two were freed, according to a United Nations report. The report said six remained.", "United Nations"),
    # an unnamed woman, not the last one named
    ("Ana Duro left on Monday. A nurse said the ward was full. “We had no beds,” she said.", None),
    ("Ana Duro left. One former U.S. official said that she would not be back.", None),
    ("Ana Duro left. The mother said her son was ill.", None),
    # whose statement it is, and for whom a spokesman speaks
    ("Ship doctor Ralf Conner issued a statement saying the crew was well.", "Ralf Conner"),
    ("Mali's army shelled a village. A military statement says ten men died.", "Mali's army"),
    ("The army left Larmo. A spokesman for the family of Ann Roe said she was well.", None),
    ("Swiss police met. The Swedish charity Velmor Aid said it would leave.", "Velmor Aid"),
    ("A spokeswoman for the Danish Coast Agency says the boat sank at night.", "Danish Coast Agency"),
    (
        "A spokeswoman for the Danish Coast Agency says it sank. She says nobody was hurt.",
        "Danish Coast Agency",
    ),
    # an office and a name that the parser took for two subjects, initials before the verb
    ("The current Prime Minister of India Ravi Patel wrote, “India grieves.”", "Ravi Patel"),
    (
        "In a statement, the Norwegian Coastal Police (NCP) confirmed they seized the boat.",
        "Norwegian Coastal Police",
    ),
    (
        "The EU envoy, Rosa Conti, called it a threat, and the Red Cross head, Marc Perret, said aid was stuck.",
        "Marc Perret",
    ),
    # who is quoted, not who quotes
    ("The paper Velmor Post quotes Mr. Petrov as saying ships will be built.", "Petrov"),
    ("Ana Duro led the talks. Reuters quotes the Dutch leader Jan Kok as urging voters to go.", "Jan Kok"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_speaker_by_description(parsed: Read, text: str, name: str | None) -> None:
    article = parsed(text)
    mentions, entities = extract_mentions(article)
    names = {e.entity_id: e.name for e in entities}
    row = extract_quotes(article, mentions)[-1]
    assert (names[row.speaker_id] if row.speaker_id else None) == name


def test_rows_point_at_the_text(parsed: Read) -> None:
    article = parsed(
        "“We have waited,” she said, “and we will wait.”\n\nThe mayor said that he had heard it."
    )
    text = article.article.text
    for row in _quotes(article):
        spans = [tuple(map(int, part.split("-"))) for part in row.spans.split(";")]
        assert (row.start, row.end) == (spans[0][0], spans[-1][1])
        assert row.text == text[row.start : row.end]
        assert row.content == " … ".join(text[s:e] for s, e in spans)
        assert text[row.cue_start : row.cue_end] == row.cue
        assert text[row.speaker_start : row.speaker_end] == row.speaker


PIECES = [
    "“",
    "”",
    '"',
    "''",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "``",
    "said",
    "he said",
    ",",
    ".",
    ":",
    "\n\n",
    "The war is over",
    "NAME:",
    "—",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_random_marks_never_raise(tokenized: Read, pieces: list[str]) -> None:
    article = tokenized(" ".join(pieces))
    for row in _quotes(article):
        assert row.text == article.article.text[row.start : row.end]


def _seconds(parsed: Read, text: str) -> float:
    article = parsed(text)
    best = 60.0
    for _ in range(3):
        start = time.process_time()
        _quotes(article)
        best = min(best, time.process_time() - start)
    return best


def test_time_is_linear(tokenized: Read) -> None:
    """Ten times the text in less than 30 times the time; quadratic would take 100 times."""
    assert _seconds(tokenized, "“A,” he said. " * 1500) < 30 * _seconds(tokenized, "“A,” he said. " * 150)


CLASSES = [
    ("The mayor denied that the dam was unsafe.", "denying"),
    ("The mayor said that the dam was safe.", "saying"),
    ("The union called for a strike.", "asking"),
    ("The union called the plan a trick.", "saying"),
    ("The mayor plans to sell the dam.", "intending"),
    ("Farmers believe that the dam is unsafe.", "thinking"),
    ("Residents accused the mayor of hiding the report.", "accusing"),
    ("“It is over,” the mayor said.", "saying"),
    ("The dam is safe, according to the mayor.", "saying"),
]


@pytest.mark.parametrize(("text", "expected"), CLASSES)
def test_what_the_cue_does(parsed: Read, text: str, expected: str) -> None:
    assert [q.cue_class for q in _quotes(parsed(text))] == [expected]


BASES = [
    ("Elena Rusu said that the port was closed.", "name"),
    ("Elena Rusu left. She said that the port was closed.", "pronoun"),
    ("The mayor of Oslo, Elena Rusu, said that the port was closed.", "apposition"),
    ("Elena Rusu turned round. “The port will stay closed.”", "carried"),
]


@pytest.mark.parametrize(("text", "expected"), BASES)
def test_how_the_speaker_is_known(parsed: Read, text: str, expected: str) -> None:
    article = parsed(text)
    found = extract_quotes(article, extract_mentions(article)[0])
    assert [q.speaker_basis for q in found if q.speaker_id] == [expected]


def test_one_cue_brings_in_a_report_and_the_quotation_behind_it(parsed: Read) -> None:
    rows = _quotes(parsed("The mayor said the dam was full. “Nobody needs to leave the valley.”"))
    assert [(q.quote_kind, q.cue) for q in rows] == [("indirect", "said"), ("direct", "said")]


def test_a_name_behind_a_dash_signs_a_quotation(parsed: Read) -> None:
    rows = _quotes(
        parsed("Ministers gave their views.\n\n“The treaty serves us all.” — Marta Lund, trade minister")
    )
    assert [(q.quote_kind, q.speaker) for q in rows] == [("direct", "Marta Lund, trade minister")] or [
        q.speaker for q in rows
    ] == ["Marta Lund"]


def test_quoted_as_saying_is_said_by_the_one_quoted(parsed: Read) -> None:
    rows = _quotes(parsed("Colonel Ruiz was quoted as saying that the border was open."))
    assert [(q.cue, q.speaker) for q in rows] == [("saying", "Colonel Ruiz")]


def test_a_quotation_that_nothing_closes_ends_before_its_speech_clause(parsed: Read) -> None:
    rows = _quotes(parsed("“We will not pay, Mayor Ana Duro said on Friday.\n\nThe strike went on."))
    assert [(q.quote_kind, q.content) for q in rows] == [("direct", "We will not pay,")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Charles Mott replaced Diana Frost. She said it was time to go.", "Diana Frost"),
        ("Linda Moss is angry. “Richard Kahn took my seat,” she said.", "Linda Moss"),
        ("Philip Reyes praised Sarah Nolan. “She is kind,” he said.", "Philip Reyes"),
        (
            "Premier Anna Lund received Yusuf Darwish, the Kuwaiti envoy. She said the visit was useful. Florence Adeyemi, a Nigerian judge, agreed.",
            "Anna Lund",
        ),
        (
            "Mayor Sofia Stein met Paul Voss, the union leader, on Friday. She said the strike would end. Charlotte Hahn, a driver, was glad.",
            "Sofia Stein",
        ),
    ],
)
def test_he_and_she_fit_a_given_name(parsed: Read, text: str, speaker: str) -> None:
    assert _last_speaker(parsed, text) == speaker


def test_nobody_of_the_other_gender_speaks(parsed: Read) -> None:
    text = "Philip Reyes praised Sarah Nolan. “He is kind,” she said."
    assert _last_speaker(parsed, text) in ("Sarah Nolan", None)


def _last_speaker(parsed: Read, text: str) -> str | None:
    """Name of the speaker of a text's last quote."""
    article = parsed(text)
    mentions, entities = extract_mentions(article)
    names = {e.entity_id: e.name for e in entities}
    return names.get(extract_quotes(article, mentions)[-1].speaker_id or "")
