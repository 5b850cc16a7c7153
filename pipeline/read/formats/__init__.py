"""The formats that articles come in: a reader each, known by the file's suffix. Libraries are loaded when a file needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from pipeline.read.article import Reason
from pipeline.read.formats.draft import Draft, Read, UnreadableError

TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a suffix are read."""

    module: str
    reader: str
    extra: str | None = None
    """The optional part of the installation that holds its libraries."""

    def read(self, data: bytes) -> Iterator[Draft | UnreadableError]:
        """The articles of a file. Raises UnreadableError where the file is not what its name says."""
        try:
            reader = cast(Read, getattr(import_module(f"{__name__}.{self.module}"), self.reader))
            yield from reader(data)
        except UnreadableError:
            raise
        except ImportError as error:
            if self.extra is None:
                raise
            raise UnreadableError(
                Reason.EXTRA,
                f"{error.name or error} is missing: pip install 'newstables[{self.extra}]', then run again.",
            ) from None
        except Exception as error:  # libraries raise errors of many kinds on damaged files
            raise UnreadableError(Reason.FORMAT, f"{type(error).__name__}: {str(error)[:200]}") from None


FORMATS = {
    ".html": Format("pages", "read_page", extra="web"),
    ".htm": Format("pages", "read_page", extra="web"),
    ".rss": Format("feeds", "read_feed", extra="web"),
    ".atom": Format("feeds", "read_feed", extra="web"),
    ".xml": Format("feeds", "read_feed", extra="web"),
    ".warc": Format("archives", "read_warc", extra="web"),
    ".warc.gz": Format("archives", "read_warc", extra="web"),
    ".json": Format("records", "read_json"),
    ".jsonl": Format("records", "read_jsonl"),
    ".ndjson": Format("records", "read_jsonl"),
    ".csv": Format("records", "read_csv"),
    ".tsv": Format("records", "read_csv"),
    ".parquet": Format("records", "read_parquet"),
    ".eml": Format("mail", "read_mail"),
    ".docx": Format("office", "read_docx", extra="documents"),
    ".pdf": Format("office", "read_pdf", extra="documents"),
    ".rtf": Format("office", "read_rtf", extra="documents"),
}
"""By suffix, in lower case."""


def suffix_of(path: str) -> str | None:
    """The suffix by which a file is known, in lower case; None where it is none of ours."""
    lower = path.lower()
    return next((s for s in (TEXT, *sorted(FORMATS, key=len, reverse=True)) if lower.endswith(s)), None)
