"""Characters that hide in texts and break names, words and sentences: what they stand for instead, place by place.

Each mender is a function from a text to edits. `mended` applies them in order: encodings read wrongly come first, since
what they hide may itself need mending; markup follows, then single characters. What is done inside paragraphs (words cut at
line ends, blanks) waits until the lines are laid out: `joined`.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from ftfy import fix_encoding

from pipeline.read.markup import html_tags, markdown_marks
from pipeline.read.reading import Edit, Reading

_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]+(?: ?[^\x00-\x7f]+)*")
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00c6\u00cb\u00ce\u00cf\u00d0\u00d1\u00d8\u00d9\u00e2\u00ef\u00f0][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]"
)
_PARTS = re.compile(r"[^ ]{1,200}(?: (?=[^ ]))?")
_LOST_CLOSING = re.compile("\u00e2\u20ac$")
_LOST_BYTE = re.compile("\u00e2\u20ac(?:\ufffd|\\?(?=[\\s,.;:!?)]|$))")
"""A closing quotation mark whose last byte was no character and is gone or replaced."""
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,24}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
    "\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]+"
)
_JOINER = re.compile(
    "(?<![\u0600-\u1fff\ua800-\uabff\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])[\u200c\u200d]+(?![\u0600-\u1fff\ua800-\uabff\U0001f000-\U0001faff\u2600-\u27bf])"
)
_C1 = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]+")
_COMBINING = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_ONE_FOR_ONE: dict[int, str] = {
    **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    0x2010: "-",
    0x2011: "-",
}
"""Blanks and hyphens that a tokenizer would take for parts of words."""
_SUSPECT = re.compile(r"[^\x00-\x7f]|[&<*_\[#>`\x00-\x08\x0e-\x1f\x7f]")


@lru_cache(maxsize=4096)
def _decoded_again(run: str) -> str:
    """A run of characters outside ASCII, read again as UTF-8 where it is UTF-8 that was read as something else."""
    return fix_encoding(run)


def _mojibake(text: str) -> Iterator[Edit]:
    if not _MOJIBAKE.search(text):
        return
    for run in _OUTSIDE_ASCII.finditer(text):
        for part in _PARTS.finditer(text, *run.span()):
            better = _decoded_again(part[0])
            if better == part[0]:
                better = _LOST_CLOSING.sub("”", better)
            if better != part[0]:
                yield part.start(), part.end(), better


def _lost_bytes(text: str) -> Iterator[Edit]:
    for found in _LOST_BYTE.finditer(text):
        yield found.start(), found.end(), "”"


def _entities(text: str) -> Iterator[Edit]:
    for found in _ENTITY.finditer(text):
        character = html.unescape(found[0])
        if character != found[0]:
            yield found.start(), found.end(), character


def _c1(text: str) -> Iterator[Edit]:
    for found in _C1.finditer(text):
        yield found.start(), found.end(), found[0].encode("latin-1").decode("windows-1252")


def _hidden(text: str) -> Iterator[Edit]:
    for found in _HIDDEN.finditer(text):
        cut = found[0][0] == "\u00ad" and text[found.end() : found.end() + 1] in ("\n", "\r")
        yield (
            found.start(),
            found.end(),
            "-" if cut else "",
        )  # a soft hyphen that shows, at the end of its line


def _joiners(text: str) -> Iterator[Edit]:
    for found in _JOINER.finditer(text):
        yield found.start(), found.end(), ""


def _compatible(text: str) -> Iterator[Edit]:
    for found in _COMPATIBLE.finditer(text):
        for n, character in enumerate(found[0], found.start()):
            yield n, n + 1, unicodedata.normalize("NFKC", character)


def _composed(text: str) -> Iterator[Edit]:
    for found in _COMBINING.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        if whole != found[0]:
            yield found.start(), found.end(), whole


MENDERS: tuple[tuple[str | None, Callable[[str], Iterator[Edit]]], ...] = (
    ("UTF-8 that was read as another encoding", _lost_bytes),
    ("UTF-8 that was read as another encoding", _mojibake),
    ("HTML entities", _entities),
    ("HTML entities", _entities),  # twice escaped: &amp;ldquo;
    ("HTML tags", html_tags),
    ("Markdown marks", markdown_marks),
    ("control characters", _c1),
    ("hidden characters", _hidden),
    ("hidden characters", _joiners),
    ("ligatures or wide forms", _compatible),
    (None, _composed),
)
"""What each mends (None: nothing that a reader would notice), in the order in which they are applied."""


def mended(text: str) -> tuple[Reading, dict[str, int]]:
    """A text as it is analysed, and how many places of each kind were mended."""
    reading = Reading.of(text)
    counts: dict[str, int] = {}
    if not _SUSPECT.search(text):
        return reading, counts
    for name, mender in MENDERS:
        edits = list(mender(reading.text))
        reading = reading.edited(edits)
        if name and edits:
            counts[name] = counts.get(name, 0) + len(edits)
    return reading.translated(_ONE_FOR_ONE), counts
