"""Word documents (python-docx), PDF with text (pdfminer.six) and Rich Text Format (striprtf)."""

import io
import re
from collections import Counter
from collections.abc import Iterator

from pipeline.read.article import Reason
from pipeline.read.credits import is_byline
from pipeline.read.formats.draft import Draft, UnreadableError
from pipeline.read.header import read_header
from pipeline.read.joined import is_cut
from pipeline.read.paragraphs import has_final_stop
from pipeline.read.publication import date_line

_DIGITS = re.compile(r"\d+")
_REPEATED = 3
"""Pages on which a line must stand to count as the page's own, not the article's."""
_TOP = 3
"""Boxes among which a header, a byline and a date may stand."""


def read_docx(data: bytes) -> Iterator[Draft]:
    """The paragraphs of a Word document; text in tables and boxes is not read."""
    from docx import Document

    paragraphs = [paragraph.text.strip() for paragraph in Document(io.BytesIO(data)).paragraphs]
    text = "\n\n".join(p for p in paragraphs if p)
    yield Draft(text, "", "binary", "docx", has_header=True)


def read_rtf(data: bytes) -> Iterator[Draft]:
    """The words of a document in Rich Text Format."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError(Reason.FORMAT, "It does not begin as Rich Text Format does.")
    text = str(rtf_to_text(data.decode("latin-1"), errors="ignore"))  # type: ignore[no-untyped-call]
    yield Draft(text, "", "declared", "rtf", has_header=True)


def read_pdf(data: bytes) -> Iterator[Draft]:
    """The paragraphs of a PDF that holds text, in reading order; lines that stand on every page are left out."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer

    pages = [
        [box.get_text() for box in page if isinstance(box, LTTextContainer)]
        for page in extract_pages(io.BytesIO(data), laparams=LAParams())
    ]
    text = "\n\n".join(_joined([box for page in _own(pages) for box in page]))
    if not text.strip():
        raise UnreadableError(
            Reason.NO_TEXT,
            "The PDF holds pictures of pages, not text: put it through text recognition first.",
        )
    yield Draft(text, "", "binary", "pdf", has_header=True)


def _own(pages: list[list[str]]) -> list[list[str]]:
    """The boxes of each page without running titles and page numbers: what stands on several pages but for its digits."""
    seen = Counter(_DIGITS.sub("#", box.strip()) for page in pages for box in set(page))
    return [[box for box in page if seen[_DIGITS.sub("#", box.strip())] < _REPEATED] for page in pages]


def _joined(boxes: list[str]) -> list[str]:
    """Paragraphs from boxes of lines: lines joined, words cut at their ends left for the mending; a paragraph that a page cuts goes on."""
    paragraphs: list[str] = []
    for box in boxes:
        lines = [" ".join(line.split()) for line in box.splitlines() if line.strip()]
        if not lines:
            continue
        if len(paragraphs) < _TOP and (_stand_alone(lines) or read_header("\n".join(lines)).told):
            paragraphs.append("\n".join(lines))
            continue
        whole = lines[0]
        for line in lines[1:]:
            whole += _between(whole, line) + line
        if paragraphs and whole[0].islower() and not has_final_stop(paragraphs[-1]):
            before = paragraphs.pop()
            whole = f"{before}{_between(before, whole)}{whole}"
        paragraphs.append(whole)
    return paragraphs


def _stand_alone(lines: list[str]) -> bool:
    """Whether one of the lines is a byline or a date: then none goes on in the next."""
    return any(is_byline(line) or date_line(line) for line in lines)


def _between(line: str, after: str) -> str:
    """What joins two lines: a line's end where a word is cut, for the mending to see; else a blank."""
    tail = line[-5:]
    return "\n" if is_cut(f"{tail}\n{after[:5]}", len(tail), len(tail) + 1) else " "
