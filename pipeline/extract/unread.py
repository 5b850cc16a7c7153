"""What of an article is not read: other languages, what is no prose, and what goes on beyond any article's length.

Decided before the parse, so that nothing is spent on it. Its sentences stay, and the document's note tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.languages import identify, in_other_languages
from pipeline.extract.prose import no_prose
from pipeline.read.article import Article, Block

LONGEST = 200_000
"""Characters that are read of an article: some hundred pages, about 200 MB of memory."""

Piece = tuple[Block, int, int]
"""A piece of an article's text: its block and where it starts and ends."""


@dataclass(frozen=True, slots=True)
class Unread:
    """The language of an article, and the numbers of its pieces that are not read."""

    language: str = ""
    pieces: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    """What a reader of the tables should know about it."""


def unread(article: Article, pieces: Sequence[Piece], expected: str) -> Unread:
    """What of an article's pieces is not to be read by a reader of the expected language."""
    text = article.text
    language = identify(text[article.body_start : article.body_end], expected)
    foreign = _foreign(article, pieces, language, expected)
    rest = [n for n in range(len(pieces)) if n not in foreign]
    found = no_prose([text[pieces[n][1] : pieces[n][2]] for n in rest])
    plain = {rest[n] for n in found}
    long = _beyond(pieces, [n for n in rest if n not in plain])
    notes = []
    if language != expected and len(foreign) == len(pieces):
        notes.append(f"The article's language is {language}: beyond its sentences nothing was read from it.")
    elif foreign:
        notes.append(_note(pieces, foreign, "in another language"))
    if plain:
        notes.append(_note(pieces, plain, "no prose (figures, marks or the same few words)"))
    if long:
        notes.append(_note(pieces, long, f"beyond the {LONGEST:,} characters that are read of an article"))
    return Unread(language, frozenset(foreign | plain | long), tuple(notes))


def _foreign(article: Article, pieces: Sequence[Piece], language: str, expected: str) -> set[int]:
    """Pieces of the paragraphs that are in another language than the expected one."""
    text, blocks = article.text, article.blocks
    other = in_other_languages([text[b.start : b.end] for b in blocks], language, expected)
    paragraphs = {block.paragraph for block, is_other in zip(blocks, other, strict=True) if is_other}
    return {n for n, (block, _, _) in enumerate(pieces) if block.paragraph in paragraphs}


def _beyond(pieces: Sequence[Piece], read: Sequence[int]) -> set[int]:
    """Those of the pieces to read that stand behind the first LONGEST characters of them."""
    total, found = 0, set()
    for n in read:
        total += pieces[n][2] - pieces[n][1]
        if total > LONGEST:
            found.add(n)
    return found


def _note(pieces: Sequence[Piece], which: set[int], why: str) -> str:
    all_of_them = {block.paragraph for block, _, _ in pieces}
    some = {pieces[n][0].paragraph for n in which}
    return f"{len(some)} of {len(all_of_them)} paragraphs are {why}: beyond their sentences nothing was read from them."
