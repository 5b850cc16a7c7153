import codecs

import pytest

from pipeline.read.article import Reason
from pipeline.read.decoding import NotTextError, decode

TEXT = "The “council” met in Reykjavík.\r\nNobody spoke."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-bom"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-bom"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-bom"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-bom"),
        (TEXT.encode("windows-1252"), "windows-1252"),
    ],
)
def test_text_survives_each_encoding(data: bytes, encoding: str) -> None:
    assert decode(data) == (TEXT, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"The council\0 met.", Reason.NOT_TEXT),
        (TEXT.encode("utf-16-le"), Reason.NOT_TEXT),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), Reason.NOT_TEXT),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 20, Reason.NOT_TEXT),
        (b"caf\xe9 \x81\x8d", Reason.ENCODING),
        (codecs.BOM_UTF16_LE + b"abc", Reason.ENCODING),
        (codecs.BOM_UTF8 + b"caf\xe9", Reason.ENCODING),
    ],
)
def test_what_is_no_text_is_told_apart(data: bytes, reason: Reason) -> None:
    with pytest.raises(NotTextError) as error:
        decode(data)
    assert error.value.reason is reason
    assert str(error.value)
