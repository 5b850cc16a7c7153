"""Bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252. No guessing beyond that."""

import codecs
import re

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
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                text, encoding = data[len(mark) :].decode(codec), name
            except UnicodeDecodeError as error:
                raise NotTextError(
                    Reason.ENCODING, f"Byte {error.start + len(mark)} is no {codec}."
                ) from None
            break
    else:
        if (nul := data.find(0)) >= 0:
            raise NotTextError(Reason.NOT_TEXT, f"Byte {nul} is NUL.")
        text, encoding = _without_mark(data)
    if (nul := text.find("\0")) >= 0:
        raise NotTextError(Reason.NOT_TEXT, f"Character {nul} is NUL.")
    controls = len(_CONTROL.findall(text))
    if controls > len(text) * _MAX_CONTROL_SHARE:
        raise NotTextError(Reason.NOT_TEXT, f"{controls} of {len(text)} characters are control characters.")
    return text, encoding


def _without_mark(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    try:
        return data.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError as error:
        detail = f"Byte {first} is no UTF-8, byte {error.start} no Windows-1252."
        raise NotTextError(Reason.ENCODING, detail) from None
