"""What the reader of a format hands over, and how its parts are made alike."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.read.article import Reason

_SIMPLE = re.compile(r"[\w.-]{1,40}")
_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it is dated and laid out."""

    text: str
    sha256: str
    encoding: str
    format: str = "text"
    told: Mapping[str, str] = field(default_factory=dict)
    """What the format's own fields tell: headline, outlet, author, url, section, published."""
    key: str | None = None
    """What tells it from the others in its file; None where the file is the article."""
    has_header: bool = False
    """The text may begin with a header."""
    notes: tuple[str, ...] = ()


class UnreadableError(ValueError):
    """A file that is not what its name says, or a part of one; `reason` is for the user, the message says what is wrong."""

    def __init__(self, reason: Reason, detail: str, key: str | None = None) -> None:
        """`key`: of the part; None for the whole file."""
        super().__init__(detail)
        self.reason, self.key = reason, key


Read = Callable[[bytes], Iterable[Draft | UnreadableError]]
"""A reader: bytes to articles. May raise UnreadableError for the whole file."""


def with_headline(headline: str, body: str) -> str:
    """The text of an article whose headline is told apart from it: the headline first, unless the body repeats it."""
    headline, body = " ".join(headline.split()), body.strip()
    first = " ".join(body[: 2 * len(headline) + 20].split())
    return (
        body if not headline or first.casefold().startswith(headline.casefold()) else f"{headline}\n\n{body}"
    )


def digest(*parts: str) -> str:
    """A fingerprint of an article that is a part of a file."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def part(
    body: str,
    told: Mapping[str, str],
    format: str,
    *,
    key: str | None = None,
    encoding: str = "utf-8",
    notes: tuple[str, ...] = (),
) -> Draft:
    """An article that is a part of a file. Its key is what the file calls it, else its address, else a fingerprint of its words."""
    told = {name: value for name, value in told.items() if value.strip()}
    text = with_headline(told.get("headline", ""), body)
    chosen = key or told.get("url") or ""
    if not _SIMPLE.fullmatch(chosen):
        chosen = digest(chosen or text)[:_KEY_LENGTH]
    sha256 = digest(text, *(f"{name}={told[name]}" for name in sorted(told)))
    return Draft(text, sha256, encoding, format, told, chosen, notes=notes)
