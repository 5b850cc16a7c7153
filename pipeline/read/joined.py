"""What is mended inside paragraphs once the lines are laid out: words and numbers cut at line ends, line breaks and runs of
blanks, blanks that are missing behind stops and around quotation marks.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import table
from pipeline.read.reading import Edit

_BREAK = r"[ \t]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])[ \t]*"
_CUT_WORD = re.compile(
    rf"(?<![^\W\d_])(?P<before>[^\W\d_]{{2,40}})(?P<cut>-{_BREAK})(?P<behind>[a-zß-ÿ]{{2,}})"
)
_CUT_NUMBER = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:,\d{{3}})*,(?P<cut>{_BREAK})(?=\d{{3}}(?!\d))")
_CUT_WORD_END, _CUT_WORD_START = re.compile(r"[^\W\d_]{2}-"), re.compile(r"[a-zß-ÿ]{2}")
_CUT_NUMBER_END, _CUT_NUMBER_START = re.compile(r"(?:^|[^\d.,])\d{1,3},"), re.compile(r"\d{3}(?!\d)")
_BLANKS = re.compile(
    r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]*[\t\r\n\x0b\x0c\x85\u2028\u2029][ \t\r\n\x0b\x0c\x85\u2028\u2029]*|  +"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GLUED = re.compile(
    r"(?:(?<=[a-zß-ÿ]{2})|(?<=\b[A-Z][a-z])|(?<=[\d%)\]”\"’]))[.!?…](?P<stop>)(?=[“‘(]?(?:[A-ZÀ-Þ][a-zß-ÿ]|[AI] |(?:[A-Z]\.){2}))"
    r"|(?<=\b[A-Z]\.[A-Z])\.(?P<short>)(?=[a-zß-ÿ]{2})"
    r"|[,.!?…]”(?P<closed>)(?=[A-Za-zÀ-ÿ(])"
    r"|(?<=[A-Za-zÀ-ÿ,.:;!?])(?P<opens>)“(?=\w)"
    r"|(?<=[,.:;!?])(?P<single>)‘(?=[A-Za-zÀ-ÿ])"
    r"|(?<=[a-zß-ÿ]{2}),(?P<comma>)(?=[A-Za-zÀ-ÿ][a-zß-ÿ])"
    r"|(?P<straight>(?<=[A-Za-zÀ-ÿ,.:;!?])\"(?=[A-Za-zÀ-ÿ(]))"
)  # fmt: skip
_PLACES = ("stop", "short", "closed", "opens", "single", "comma")
_TOLD_APART = ("stop", "short", "comma")
"""Stops and commas, which stand in addresses too."""
_AROUND = 80
"""Characters on either side in which a word is looked at."""
_ADDRESS = re.compile(
    r"[/@\\_#=]|www\.|\.[a-z]{2,4}$|^[a-z0-9-]+\.(?:com|org|net|gov|edu|int|io|js|co|info|tv)\b", re.I
)


def inside(text: str, start: int, end: int) -> Iterator[Edit]:
    """The edits of a paragraph or heading that stands at characters `start` to `end`, in order."""
    cuts = sorted(_cuts(text, start, end))
    around = [*cuts, (end, end, "")]
    edits = [*cuts, *_missing_blanks(text, start, end)]
    n = 0
    for found in _BLANKS.finditer(text, start, end):
        while around[n][1] < found.start():
            n += 1
        if around[n][0] >= found.end() and (len(found[0]) > 1 or found[0] != " "):
            edits.append((found.start(), found.end(), " "))
    yield from sorted(set(edits))


def is_cut(text: str, end: int, after: int) -> bool:
    """Whether the line that ends at `end` breaks off inside a word or a number that goes on at `after`."""
    if _CUT_WORD_END.fullmatch(text, max(0, end - 3), end):
        return bool(_CUT_WORD_START.match(text, after))
    return bool(
        _CUT_NUMBER_END.search(text, max(0, end - 5), end)
        and text[end - 1 : end] == ","
        and _CUT_NUMBER_START.match(text, after)
    )


def _cuts(text: str, start: int, end: int) -> Iterator[Edit]:
    found = list(_CUT_WORD.finditer(text, start, end))
    words = {word.lower() for word in _WORD.findall(text)} if found else set()
    for cut in found:
        keep = _keeps_hyphen(cut["before"].lower(), cut["behind"].lower(), words)
        yield cut.start("cut") + keep, cut.end("cut"), ""
    for number in _CUT_NUMBER.finditer(text, start, end):
        yield number.start("cut"), number.end("cut"), ""


@cache
def _hyphened(part: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("hyphenated") if row["part"] == part)


def _keeps_hyphen(before: str, behind: str, words: set[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: as the rest of the text writes it, else as such words are written."""
    if f"{before}{behind}" in words:
        return False
    if f"{before}-{behind}" in words:
        return True
    if f"{before}{behind}" in _hyphened(
        "joined"
    ):  # "day" goes behind a hyphen in "two-day", in "Sunday" it does not
        return False
    return before in _hyphened("before") or behind in _hyphened("behind")


def _missing_blanks(text: str, start: int, end: int) -> Iterator[Edit]:
    """Blanks to insert; straight quotation marks open and close in turn, where a paragraph has an even number of them."""
    even = text.count('"', start, end) % 2 == 0
    n_marks, counted = 0, start
    for found in _GLUED.finditer(text, start, end):
        if found["straight"] is None:
            name = next(name for name in _PLACES if found[name] is not None)
            place = found.start(name)
            if name in _TOLD_APART and _in_address(text, place, start, end):
                continue
            if start < place < end:
                yield place, place, " "
            continue
        n_marks += text.count('"', counted, found.start())
        counted = found.start()
        if not even:
            continue
        closes = n_marks % 2 == 1
        place = found.end() if closes else found.start()
        if start < place < end:
            yield place, place, " "


def _in_address(text: str, place: int, start: int, end: int) -> bool:
    """Whether a character lies in an address, a file's name or a tag."""
    left = text[max(start, place - _AROUND) : place].split(" ")[-1]
    right = text[place : min(end, place + _AROUND)].split(" ")[0]
    return (
        bool(_ADDRESS.search(left) or _ADDRESS.search(right)) or right.lower().rstrip('.,;:)”"') in _DOMAINS
    )


_DOMAINS = frozenset({"com", "org", "net", "gov", "edu", "int", "io", "js", "co", "info", "tv"})
