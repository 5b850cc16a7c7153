"""Texts that no newsroom writes: marks, brackets, digits, number words, dates, markup, other scripts, in any order.

    python -m benchmarks.hostile [--texts 20000] [--seed 1] [--pieces 80] [--minutes 30]

Prints how many of them made an extractor fail (none may), and the slowest kinds by the characters that they take a second.
"""

import math
import random
import time
from collections.abc import Callable, Iterator

import click

KINDS: dict[str, tuple[str, ...]] = {
    "controls": (
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "word",
    ),
    "directions": ("\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200e", "\u061c", "word", "said"),
    "joiners": ("\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "e\u0301", "\u0300" * 5, "Ada\u200bBerg"),
    "brackets": ("(", ")", "[", "]", "{", "}", "(AP", "(FAMa)", "a", "Army (", "《", "》", "(a"),
    "quotes": ('"', "'", "“", "”", "‘", "’", "«", "»", "„", "``", "a", "said", '"a"', "'a", "he said,"),
    "stops": (".", "!", "?", "…", ";", ":", ",", "--", "—", "-", "·", "*", "•", "a."),
    "digits": (*map(str, range(12)), "1,000", "1.5", "3/4", "½", "٣", "10^9", "1e400", "$5m", "5%", "2026"),
    "number words": (
        "one",
        "hundred",
        "million",
        "billion",
        "trillion",
        "dozen",
        "half",
        "a",
        "and",
        "point",
        "minus",
        "soldiers",
    ),
    "dates": (
        "Monday",
        "3 March",
        "2026-13-45",
        "yesterday",
        "last",
        "week",
        "the 31st of February",
        "0000-00-00",
        "May",
        "year 9999999",
    ),
    "markup": (
        "<b>",
        "</p>",
        "&amp;",
        "&#0;",
        "<script>",
        "[link](x)",
        "# ",
        "| a |",
        "<!--",
        "http://a.b/?c=" + "d" * 30,
        "a@b.c",
        "#tag",
    ),
    "scripts": (
        "国防部",
        "الجيش",
        "армия",
        "צבא",
        "군대",
        "กองทัพ",
        "सेना",
        "𝔄𝔯𝔪𝔶",
        "🙂👍🏽",
        "ﬁve",
        "ＡＢ１２",
    ),
    "names": (
        "Mr",
        "Gen.",
        "President",
        "Ada",
        "Berg",
        "U.S.",
        "UN",
        "of",
        "the",
        "von",
        "McDuck",
        "O'Neil",
        "Norland's",
        "Jr.",
    ),
    "deeds": (
        "killed",
        "wounded",
        "attacked",
        "met",
        "said",
        "that",
        "12",
        "people",
        "the army",
        "denied",
        "not",
        "on Monday",
        "in Norland",
    ),
}
"""Pieces of each kind."""

SPACES = (" ", " ", " ", "", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u3000")


def text(kind: str, source: random.Random, n_pieces: int) -> str:
    """A text of a kind: its own pieces, now and then one of another kind; some are a single piece over and over."""
    pieces = KINDS[kind]
    if source.random() < 0.2:
        return (source.choice(pieces) + source.choice(SPACES)) * source.randrange(1, 5 * n_pieces // 2)
    other = [piece for pieces in KINDS.values() for piece in pieces]
    chosen = (
        source.choice(pieces if source.random() < 0.8 else other)
        for _ in range(source.randrange(1, n_pieces))
    )
    return "".join(piece + source.choice(SPACES) for piece in chosen)


def texts(n: int, seed: int, n_pieces: int = 80) -> Iterator[tuple[str, str]]:
    """Kinds in turn, and a text of each of fewer than `n_pieces`, some of two and a half times as many."""
    source = random.Random(seed)
    for _, kind in zip(range(n), _round(), strict=False):
        yield kind, text(kind, source, n_pieces)


def _round() -> Iterator[str]:
    while True:
        yield from KINDS


def failures(kind_and_text: tuple[str, str], nlp: Callable[..., object]) -> list[str]:
    """What went wrong with a text: exceptions, and extractors that gave up on it."""
    from pipeline.extract import extract
    from pipeline.extract.parsed import parse
    from pipeline.read.article import Rejection
    from pipeline.read.reader import article
    from pipeline.store import shards

    kind, content = kind_and_text
    try:
        read = article(content.encode("utf-8", "surrogatepass"), f"{kind}.txt")
        if isinstance(read, Rejection):
            return []
        found = extract(next(parse([read], nlp)))  # type: ignore[arg-type]
        shards.line((read.path, read.sha256), found)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    note = found.documents[0].note or ""
    return [note] if "could be read (" in note else []


@click.command()
@click.option("--texts", "n", default=20_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--pieces", default=80, show_default=True, help="A text has fewer.")
@click.option("--minutes", default=math.inf, help="Stop then, with as many texts as were read.")
def main(n: int, seed: int, pieces: int, minutes: float) -> None:
    """Read generated hostile texts."""
    from pipeline import language

    nlp = language.load()
    spent = dict.fromkeys(KINDS, 0.0)
    size = dict.fromkeys(KINDS, 0)
    wrong: list[str] = []
    end, read = time.monotonic() + 60 * minutes, 0
    for kind, content in texts(n, seed, pieces):
        if time.monotonic() > end:
            break
        start = time.process_time()
        for failure in failures((kind, content), nlp):
            wrong.append(f"{kind}: {failure} in {content!r:.200}")
        spent[kind] += time.process_time() - start
        size[kind] += len(content.encode("utf-8", "surrogatepass"))
        read += 1
    click.echo(f"{read:,} texts, {len(wrong)} failures")
    for failure in wrong[:20]:
        click.echo(f"  {failure}")
    click.echo(f"{'kind':<14}{'kB':>8}{'s':>8}{'s per 100 kB':>14}")
    for kind in sorted(KINDS, key=lambda k: -spent[k] / max(1, size[k])):
        click.echo(
            f"{kind:<14}{size[kind] / 1e3:>8.0f}{spent[kind]:>8.1f}{spent[kind] / max(1, size[kind]) * 1e5:>14.1f}"
        )


if __name__ == "__main__":
    main()
