"""E-mails as saved (.eml): press releases and newsletters, one article each."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from pipeline.read.article import Reason
from pipeline.read.formats.draft import Draft, UnreadableError, with_headline
from pipeline.read.formats.feeds import words

_ANSWERED = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.I)
_SIGNATURE = re.compile(r"(?m)^-- ?$")


def read_mail(data: bytes) -> Iterator[Draft]:
    """The words of an e-mail: its plain text, else those of its HTML; attachments are not read."""
    message = message_from_bytes(data, policy=default)
    try:
        body = message.get_body(("plain", "html"))
        text = str(body.get_content()) if body else ""
    except (KeyError, LookupError, ValueError, AttributeError) as error:
        raise UnreadableError(Reason.FORMAT, f"It is no e-mail that can be read: {error}.") from None
    if body and body.get_content_type() == "text/html":
        text = words(text)
    text = _SIGNATURE.split(text)[0]
    if not text.strip():
        raise UnreadableError(Reason.NO_TEXT, "The e-mail holds no text.")
    headline = _ANSWERED.sub("", _header(message, "Subject"), count=1)
    told = {
        "headline": headline,
        "author": parseaddr(_header(message, "From"))[0],
        "published": _sent(_header(message, "Date")),
    }
    yield Draft(with_headline(headline, text), "", "declared", "eml", {k: v for k, v in told.items() if v})


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):  # headers that the library cannot parse
        return ""


def _sent(written: str) -> str:
    """The time of an e-mail, ISO 8601."""
    try:
        return parsedate_to_datetime(written).isoformat(timespec="seconds") if written else ""
    except (ValueError, TypeError, IndexError):
        return written
