"""Rows stand in the text as published, whatever was mended to read it; and no format changes what is read."""

import random

import pytest
import spacy

from pipeline.extract import extract
from pipeline.extract.parsed import parse
from pipeline.extract.published import as_published
from pipeline.extract.rows import ROW_TYPES, Extract
from pipeline.extract.sentences import extract_sentences
from pipeline.language import load
from pipeline.read.article import Article
from pipeline.read.reader import article, articles
from tests import formats
from tests.compositions import composition, shifted

CLEAN = (
    "Date: 17 May 2026\n\nGermany expelled three Russian diplomats on Friday. “We will not be threatened,” said the minister, Lena Vogt. "
    "At least 1,200 people protested in Berlin on Saturday against the attack."
)
MESSY = (
    "\ufeffDate: 17 May 2026\n\n<p>Ger\u00admany ex\u00adpelled\u200b three [Russian](https://e.example/r) diplo-\nmats on **Friday**.&ldquo;We will not be "
    "threatened,&rdquo;said the minister, Le\u00adna\u00a0Vogt. At least 1,\n200 people pro-\ntested in \u202aBerlin\u202c on Saturday against the attack.</p>\n\nShare this\n"
)  # fmt: skip


def read(text: str) -> Extract:
    found = article(text.encode(), "a.txt")
    assert isinstance(found, Article)
    return extract(next(parse([found], load())))


def test_a_messy_text_gives_the_rows_of_the_clean_one_where_they_stand() -> None:
    clean, messy = read(CLEAN), read(MESSY)
    assert messy.documents[0].text == MESSY.removeprefix("\ufeff")
    text = messy.documents[0].text
    for table in ROW_TYPES:
        for row in getattr(messy, table):
            if getattr(row, "start", None) is not None:
                assert text[row.start : row.end] == row.text
    assert [(e.event_type, e.actor_names, e.recipient_names, e.date_from) for e in messy.events] == [
        (e.event_type, e.actor_names, e.recipient_names, e.date_from) for e in clean.events
    ]
    assert [(f.value, f.counted, f.measure) for f in messy.figures] == [
        (f.value, f.counted, f.measure) for f in clean.figures
    ]
    assert [(q.quote_kind, q.cue_start is None) for q in messy.quotes] == [
        (q.quote_kind, q.cue_start is None) for q in clean.quotes
    ]
    quote = messy.quotes[0]
    assert text[slice(*map(int, quote.spans.split("-")))] == quote.content == "We will not be threatened,"
    assert quote.speaker is not None and text[quote.speaker_start : quote.speaker_end] == quote.speaker
    assert [a.name for a in messy.entities] == [a.name for a in clean.entities]
    assert all(e.sentence in text for e in (*messy.events, *messy.figures, *messy.quotes))
    assert "hidden characters" in (messy.documents[0].note or "")
    assert [e.event_id for e in messy.events] == [f"a#event{e.start}" for e in messy.events]


def summary(rows: Extract) -> tuple[list[tuple[object, ...]], ...]:
    """What events, quotes and figures say, without keys and places."""
    return (
        [
            (
                e.text,
                e.event_type,
                e.event_mode,
                e.status,
                e.actor_names,
                e.recipient_names,
                e.date_from,
                e.place,
                e.fatalities_low,
                e.sentence,
            )
            for e in rows.events
        ],
        [(q.quote_kind, q.content, q.cue, q.speaker, q.sentence) for q in rows.quotes],
        [(f.text, f.value, f.unit, f.counted, f.measure, f.sentence) for f in rows.figures],
    )


def test_every_format_gives_the_same_events_quotes_and_figures() -> None:
    files = [(name, make(n)) for name, make in formats.ONE.items() for n in range(3)]
    files += [(name, make()) for name, make in formats.MANY.items()]
    found = [one for name, data in files for one in articles(data, name)]
    assert all(isinstance(one, Article) for one in found)
    read = [
        summary(extract(parsed))
        for parsed in parse([one for one in found if isinstance(one, Article)], load())
    ]
    assert len(read) == 3 * len(formats.ONE) + 3 * len(formats.MANY)
    for n, rows in enumerate(read):
        assert rows == read[n % 3], found[n].path
    assert all(rows[0] and rows[1] and rows[2] for rows in read[:3])


@pytest.mark.parametrize("seed", range(3))
def test_compositions_keep_every_word_in_its_place(seed: int) -> None:
    chance = random.Random(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for _ in range(60):
        text = composition(chance)
        assert [problem for problem in shifted(text) if problem] == []
        found = article(text.encode("utf-8", "replace"), "a.txt")
        if not isinstance(found, Article):
            continue
        parsed = next(parse([found], nlp))
        rows = as_published(
            Extract(**{**{table: [] for table in ROW_TYPES}, "sentences": extract_sentences(parsed)}), found
        )
        published = found.reading.published if found.reading else found.text
        done = 0
        for sentence in rows.sentences:
            assert done <= sentence.start < sentence.end
            assert published[sentence.start : sentence.end] == sentence.text
            done = sentence.start
