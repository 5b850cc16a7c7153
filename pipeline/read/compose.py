"""From the text of an article, and what its file tells of it, to the article: dated, laid out, its furniture left out."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.read import publication
from pipeline.read.article import Article, Block, Metadata, Reason, Rejection
from pipeline.read.characters import mended
from pipeline.read.days import Written, whole_day
from pipeline.read.formats.draft import Draft
from pipeline.read.header import COLUMNS, Header, read_header
from pipeline.read.joined import inside
from pipeline.read.layout import blocks
from pipeline.read.publication import Publication
from pipeline.read.reading import Reading, moved

_TOP = 4
"""Blocks among which a headline may be repeated and a byline may stand."""


def article_path(path: str, key: str | None) -> str:
    """Where an article stands: its file, or its file and its key in it."""
    return f"{path}#{key}" if key else path


def compose(draft: Draft, path: str, doc_id: str) -> Article | Rejection:
    """The article that a draft from the file at `path` is, or why it is none."""
    reading, mends = mended(draft.text)
    text = reading.text
    where = article_path(path, draft.key)
    if not draft.text.strip():
        return Rejection(where, Reason.EMPTY, "It holds only blank space.")
    header = read_header(text) if draft.has_header else None
    laid_out, credit = blocks(text, header.start if header else 0)
    if not laid_out:
        return Rejection(where, Reason.NO_TEXT)
    told = _metadata({**draft.told, **(header.told if header else {})})
    told_day = publication.first_certain(_from_header(header), _from_field(draft.told.get("published")))
    lines = publication.date_lines(text, laid_out)
    published = publication.first_certain(
        told_day,
        publication.from_lines(lines),
        publication.from_path(path),
        publication.from_dateline(text, laid_out),
    )
    author = told.author or _byline(text, laid_out)
    spent = lines.keys() if published.basis == "line" or not published.day else set()
    laid_out = tuple(b for n, b in enumerate(laid_out) if n not in spent) or laid_out
    laid_out = _with_headline(text, laid_out, told.headline, header.spans.get("headline") if header else None)
    n_above = sum(block.start < (header.start if header else 0) for block in laid_out)
    reading, laid_out, more = _mended_inside(reading, laid_out)
    text = reading.text
    first, below = laid_out[0], laid_out[n_above:] or laid_out
    body = [b for b in below if b.kind != "credit"] or list(below)
    title = text[first.start : first.end] if first.kind == "heading" else None
    notes = [*draft.notes, *_dating_notes(published, told_day), *_mending_notes(mends | more)]
    return Article(
        doc_id=article_path(doc_id, draft.key),
        path=where,
        sha256=draft.sha256,
        encoding=draft.encoding,
        text=text,
        published_on=published.day,
        title=title or told.headline,
        credit=credit,
        body_start=body[0].start,
        body_end=body[-1].end,
        blocks=laid_out,
        note=" ".join(notes) or None,
        metadata=replace(told, author=author, published_at=published.at, date_basis=published.basis),
        format=draft.format,
        key=draft.key,
        reading=reading if reading.is_changed else None,
    )


def _mended_inside(
    reading: Reading, laid_out: tuple[Block, ...]
) -> tuple[Reading, tuple[Block, ...], dict[str, int]]:
    """The reading with the insides of its blocks mended, and the blocks where they stand then."""
    edits = [edit for block in laid_out for edit in inside(reading.text, block.start, block.end)]
    if not edits:
        return reading, laid_out, {}
    to = moved(edits)
    n_cuts = sum(not new and end > start for start, end, new in edits)
    n_blanks = sum(bool(new) and end == start for start, end, new in edits)
    mends = {"words cut at line ends": n_cuts, "missing blanks": n_blanks}
    blocks = tuple(replace(b, start=to(b.start), end=to(b.end)) for b in laid_out)
    return reading.edited(edits), blocks, {name: n for name, n in mends.items() if n}


def _mending_notes(mends: dict[str, int]) -> list[str]:
    """What was mended, and in how many places."""
    if not mends:
        return []
    return [f"Mended for reading: {', '.join(f'{name} ({n})' for name, n in mends.items())}."]


def _from_header(header: Header | None) -> Publication:
    """The day that a header tells."""
    if header is None:
        return Publication()
    return Publication(
        header.day, header.at, header.basis if header.day else None, (header.seen,) if header.seen else ()
    )


def _metadata(told: Mapping[str, str]) -> Metadata:
    return Metadata(**{name: " ".join(told[name].split()) for name in COLUMNS if told.get(name, "").strip()})


def _from_field(written: str | None) -> Publication:
    """The day that a format's field tells."""
    if not written or not written.strip():
        return Publication()
    found: Written | None = whole_day(written)
    if found and found.day:
        return Publication(found.day, found.at, "metadata")
    why = f": {found.doubt}" if found else ""
    return Publication(seen=(f"“{written.strip()[:60]}” was not read as a date{why}",))


def _with_headline(
    text: str, laid_out: tuple[Block, ...], headline: str | None, span: tuple[int, int] | None
) -> tuple[Block, ...]:
    """The headline that is told apart from the text as a heading: where the text repeats it there, else where the header has it."""
    if not headline:
        return laid_out
    words = headline.casefold().split()
    for n, block in enumerate(laid_out[:_TOP]):
        if text[block.start : block.end].casefold().split() == words:
            return (*laid_out[:n], replace(block, kind="heading"), *laid_out[n + 1 :])
    if span is None:
        return laid_out
    return (Block("heading", *span, 0), *(replace(b, paragraph=b.paragraph + 1) for b in laid_out))


def _byline(text: str, laid_out: tuple[Block, ...]) -> str | None:
    """Who wrote the article, where a line at its top says so."""
    lines = (text[block.start : block.end] for block in laid_out[:_TOP])
    return next((by for line in lines if (by := publication.byline(line))), None)


def _dating_notes(published: Publication, told: Publication) -> list[str]:
    """That an article is undated, or that its header's date was not used; and what was seen."""
    if not published.day:
        return [publication.undated_note(published.seen)]
    if told.seen and not told.day:
        basis = {
            "line": "a line of the text",
            "file_name": "the file's name",
            "folder_name": "the folders' names",
            "dateline": "the dateline",
        }
        return [
            f"In the header {'; '.join(told.seen)}: used {published.day} from {basis.get(published.basis or '', 'elsewhere')} instead."
        ]
    return []
