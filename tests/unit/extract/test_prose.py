"""What is no prose is not read by the network: counted in words, so that no clock is needed."""

import random
from collections.abc import Iterable, Iterator

import pytest
from spacy.tokens import Doc

from pipeline import language
from pipeline.extract import extract
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.extract.prose import MIN_TOKENS, no_prose
from pipeline.extract.rows import Extract
from pipeline.extract.unread import LONGEST, unread
from pipeline.read.article import Article
from pipeline.read.reader import article

PROSE = (
    "Norland's army shelled the harbour of Port Essa on Monday, killing 12 dockers and wounding 30 others, the ministry said. "
    "Ostia, which had warned of such a step for weeks, recalled its envoy and asked for a meeting of the council."
)
NO_PROSE = {
    "counting": " ".join(map(str, range(1, 4000))),
    "quotation marks": '"a" ' * 5000,
    "brackets": "(a " * 5000,
    "apostrophes": "'a " * 5000,
    "letters": "a b c d e f g h " * 1000,
    "stops": "a. " * 5000,
    "one sentence": "He did. " * 2000,
    "one deed": "The army killed 12 people on Monday. " * 500,
    "results": "".join(f"Norland {n % 5}-{n % 3} Ostia ({n % 4}), " for n in range(800)),
    "lines of a word": "\n\n".join("".join(random.Random(n).choices("abcdefgh", k=5)) for n in range(2000)),
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pieces that the network is given."""
    reader = type(language.load().get_pipe("encoder_reader"))
    seen: list[str] = []
    real = reader.pipe

    def noticed(self: object, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        for doc in real(self, stream, batch_size=batch_size):  # type: ignore[arg-type]
            seen.append(doc.text)
            yield doc

    monkeypatch.setattr(reader, "pipe", noticed)
    yield seen
    assert seen


def rows(text: str) -> tuple[ParsedArticle, Extract]:
    found = article(f"2026-03-02\n\n{text}".encode(), "a.txt")
    parsed = next(parse([found], language.load()))  # type: ignore[list-item]
    return parsed, extract(parsed)


@pytest.mark.parametrize("kind", NO_PROSE)
def test_no_prose_is_left_unread_and_says_so(kind: str, read: list[str]) -> None:
    parsed, found = rows(f"{PROSE}\n\n{NO_PROSE[kind]}")
    assert sum(len(piece.split()) for piece in read) < len(PROSE.split()) + MIN_TOKENS
    assert len(parsed.doc) < 2 * MIN_TOKENS
    (document,) = found.documents
    assert "nothing was read" in (document.note or "")
    assert document.n_words > 1000
    assert found.sentences[-1].end == document.body_end
    assert [s.position for s in found.sentences] == list(range(len(found.sentences)))
    assert all(row.text == document.text[row.start : row.end] for row in found.sentences)
    alone = rows(PROSE * 8)[1]  # a last piece of fewer than MIN_TOKENS is read
    for table in ("dates", "quotes", "figures", "events"):
        assert len(getattr(found, table)) <= len(getattr(alone, table)) + MIN_TOKENS // 5, table


def test_rows_do_not_grow_with_what_is_no_prose(read: list[str]) -> None:
    once = len(read) if rows(f"{PROSE}\n\n{NO_PROSE['results']}") else 0
    read.clear()
    rows(f"{PROSE}\n\n{NO_PROSE['results'] * 4}")
    assert len(read) == once


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n\n" * 3,
        # a list of those arrested, results of an election, a sparse poem, a table's heading: all are read
        "\n\n".join(f"Ada{n} Berg{n * 7}, {20 + n}, Port Essa {n}" for n in range(40)),
        "The vote: " + ", ".join(f"party {chr(97 + n)}x{n} {n + 3}.{n % 10} per cent" for n in range(30)),
        "\n\n".join(f"Line {n} of it, and no two lines of it say what line {n * 3} says" for n in range(30)),
        "1 2 3",
        "(AP) (Reuters)",
        "",
    ],
)
def test_what_people_write_is_read(text: str) -> None:
    assert no_prose([piece for piece in text.split("\n\n") if piece]) == set()


def test_a_sentence_among_rows_of_figures_is_read() -> None:
    table = [f"{n} {n * 3} {n * 7} | {n % 4}" for n in range(40)]
    pieces = [*table, PROSE, *table]
    assert no_prose(pieces) >= set(range(20))
    assert len(table) not in no_prose(pieces)


def test_beyond_any_articles_length_nothing_is_read() -> None:
    parts = [
        f"Delegate {n} of town {n * 7} told the council that road {n * 3} and bridge {n + 5} were shut by order {n * 11}."
        for n in range(3 * LONGEST // 100)
    ]
    found = article(("2026-03-02\n\n" + "\n\n".join(parts)).encode(), "a.txt")
    assert isinstance(found, Article)
    pieces = [(b, b.start, b.end) for b in found.blocks]
    left = unread(found, pieces, "en")
    kept = [e - s for n, (_, s, e) in enumerate(pieces) if n not in left.pieces]
    assert LONGEST - 200 < sum(kept) <= LONGEST
    assert min(left.pieces) == len(kept)
    assert f"beyond the {LONGEST:,} characters" in left.notes[0]


def test_another_language_is_left_unread(read: list[str]) -> None:
    spanish = "El gobierno de la provincia anunció el lunes que las escuelas cerrarán durante dos semanas por las lluvias."
    _, found = rows(f"{PROSE}\n\n{spanish}\n\n{PROSE}")
    assert spanish not in read and PROSE in read
    assert spanish in [row.text for row in found.sentences]
    assert "1 of 3 paragraphs are in another language" in (found.documents[0].note or "")
