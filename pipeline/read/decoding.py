"""Bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252. No guessing beyond that."""

import codecs
import re
from collections.abc import Iterator

from pipeline.read.article import Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-bom"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-bom"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-bom"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-bom"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-bom"),
)
# Control characters that no text editor writes; tab, line ends, form feed, escape and the soft end of file (0x1A) may occur.
_CONTROL = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
_PART = 1 << 20
"""Bytes that are decoded at once."""


class NotTextError(ValueError):
    """The bytes are no text; `reason` is for the user, the message says where."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """`detail` is the message."""
        super().__init__(detail)
        self.reason = reason


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, line ends kept and a byte order mark taken off, and the name of its encoding.

    Raises NotTextError for binary files and for bytes that none of the encodings holds.
    """
    parts, encoding = decode_parts(data)
    return "".join(parts), encoding


def decode_parts(data: bytes) -> tuple[Iterator[str], str]:
    """As `decode`, the text in parts: all of it is looked at before the first one comes, never held at once."""
    codec, encoding, start = _codec(data)
    length = controls = 0
    try:
        for part in _parts(data, codec, start):
            if (nul := part.find("\0")) >= 0:
                raise NotTextError(Reason.NOT_TEXT, f"Character {length + nul} is NUL.")
            length += len(part)
            controls += len(_CONTROL.findall(part))
    except UnicodeDecodeError:
        raise NotTextError(Reason.ENCODING, f"Byte {_broken_at(data, codec, start)} is no {codec}.") from None
    if controls > length * _MAX_CONTROL_SHARE:
        raise NotTextError(Reason.NOT_TEXT, f"{controls} of {length} characters are control characters.")
    return _parts(data, codec, start), encoding


def _parts(data: bytes, codec: str, start: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)()
    for at in range(start, len(data), _PART):
        yield decoder.decode(data[at : at + _PART], at + _PART >= len(data))


def _codec(data: bytes) -> tuple[str, str, int]:
    """The codec, the name of the encoding, and where the text begins."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return codec, name, len(mark)
    if (nul := data.find(0)) >= 0:
        raise NotTextError(Reason.NOT_TEXT, f"Byte {nul} is NUL.")
    first = _broken_at(data, "utf-8", 0)
    if first is None:
        return "utf-8", "utf-8", 0
    second = _broken_at(data, "windows-1252", 0)
    if second is not None:
        detail = f"Byte {first} is no UTF-8, byte {second} no Windows-1252."
        raise NotTextError(Reason.ENCODING, detail)
    return "windows-1252", "windows-1252", 0


def _broken_at(data: bytes, codec: str, start: int) -> int | None:
    """Where the first byte stands that a codec does not hold; None where it holds all."""
    at = start
    try:
        for part in _parts(data, codec, start):
            at += len(part.encode(codec))
    except UnicodeDecodeError as error:
        return at + error.start
    return None
