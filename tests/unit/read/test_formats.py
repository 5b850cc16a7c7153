"""Every format gives the same article; what is broken is rejected with a reason."""

import builtins
import gzip
import json
import random
from typing import Any

import pytest

from pipeline.read.article import Article, Reason, Rejection
from pipeline.read.formats import FORMATS
from pipeline.read.reader import articles, document_id
from pipeline.settings import Settings
from tests import formats


def read(name: str, data: bytes) -> list[Article | Rejection]:
    return list(articles(data, name))


def whole(found: list[Article | Rejection]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.start : b.end]) for b in article.blocks]


def expected(n: int) -> list[tuple[str, str]]:
    headline, paragraphs = formats.ARTICLES[n]
    return [("heading", headline), *(("body", p) for p in paragraphs)]


@pytest.mark.parametrize("n", range(3))
@pytest.mark.parametrize("name", formats.ONE)
def test_formats_of_one_article(name: str, n: int) -> None:
    (found,) = whole(read(name, formats.ONE[name](n)))
    assert blocks(found) == expected(n)
    assert (found.doc_id, found.key, found.metadata.published_at) == ("a", None, "2026-05-17T06:45:00Z")
    assert (found.metadata.headline, found.metadata.author) == (formats.ARTICLES[n][0], formats.AUTHOR)
    if name != "a.eml":  # mail names no outlet
        assert (found.metadata.outlet, found.metadata.section) == (formats.OUTLET, formats.SECTION)


@pytest.mark.parametrize("name", formats.MANY)
def test_formats_of_several_articles(name: str) -> None:
    found = whole(read(name, formats.MANY[name]()))
    assert [blocks(one) for one in found] == [expected(n) for n in range(3)]
    assert len({one.doc_id for one in found}) == len({one.sha256 for one in found}) == 3
    for one in found:
        assert (one.file, one.path, one.doc_id) == (
            name,
            f"{name}#{one.key}",
            f"{document_id(name)}#{one.key}",
        )
        assert (one.metadata.outlet, one.metadata.author, one.metadata.section) == (
            formats.OUTLET,
            formats.AUTHOR,
            formats.SECTION,
        )
        assert str(one.published_on) == formats.DAY and one.metadata.date_basis == "metadata"


@pytest.mark.parametrize("name", formats.MANY)
def test_of_a_file_only_what_is_wanted_is_laid_out(name: str) -> None:
    data = formats.MANY[name]()
    first, second, third = whole(read(name, data))
    assert whole(list(articles(data, name, wanted={second.sha256, third.sha256}))) == [second, third]
    assert list(articles(data, name, wanted={"another"})) == []
    assert first.sha256 not in {second.sha256, third.sha256}


def test_keys_stay_when_others_come_and_go() -> None:
    rows = [{"text": f"Norland expelled {n} envoys. Essa did not."} for n in range(3)]
    before = {one.text: one.doc_id for one in whole(read("a.json", json.dumps(rows).encode()))}
    after = {one.text: one.doc_id for one in whole(read("a.json", json.dumps(rows[::-1][:2]).encode()))}
    assert after.items() <= before.items()
    twice = [one.doc_id for one in whole(read("a.json", json.dumps([rows[0], rows[0]]).encode()))]
    assert twice[1] == f"{twice[0]}.2"


def test_field_names_of_all_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    record = {
        "webTitle": "x", "fields": {"headline": "Envoys leave", "bodyText": "Three envoys left. Nobody spoke."}, "webPublicationDate": "2026-05-17T06:45:00Z",
        "author": [{"name": "Ana Ruiz"}, {"name": "Tom Berg"}], "source": {"id": None, "name": "Harbour Post"}, "sectionName": "World", "n": 3,
    }  # fmt: skip
    (found,) = whole(read("a.json", json.dumps(record).encode()))
    told = found.metadata
    assert (told.headline, told.author, told.outlet, told.section) == (
        "Envoys leave",
        "Ana Ruiz, Tom Berg",
        "Harbour Post",
        "World",
    )
    assert told.published_at == "2026-05-17T06:45:00Z"
    assert isinstance(read("a.jsonl", b'{"inhalt": "Three envoys left.", "ts": 1779000300}')[0], Rejection)
    monkeypatch.setattr("pipeline.read.fields.settings", lambda: Settings(fields="text=inhalt, published=ts"))
    (found,) = whole(read("a.jsonl", b'{"inhalt": "Three envoys left.", "ts": 1779000300}'))
    assert (found.text, found.metadata.published_at) == ("Three envoys left.", "2026-05-17T06:45:00Z")


def test_halves_of_characters_and_nulls_can_be_written() -> None:
    (found,) = whole(read("a.json", b'{"text": "Three \\ud800 envoys\\u0000 left.", "author": "A\\udfff"}'))
    (found.text + str(found.metadata)).encode()


def test_one_bad_line_costs_one_article() -> None:
    data = formats.jsonl().replace(b'{"id": "b-17"', b'{"id": b-17"')
    found = read("all.jsonl", data)
    assert [type(one).__name__ for one in found] == ["Article", "Rejection", "Article"]
    assert found[1].path == "all.jsonl#line2"


def test_one_bad_page_of_an_archive_costs_one_article() -> None:
    pages = gzip.decompress(formats.warc())
    data = pages.replace(b"<html", b"<h\0ml", 1)
    assert len(data) == len(pages) != 0 and data != pages
    found = read("all.warc", data)
    assert [type(one).__name__ for one in found] == ["Rejection", "Article", "Article"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", b"{", Reason.FORMAT), ("a.json", b"3", Reason.FORMAT), ("a.json", b'{"a": 1}', Reason.NO_TEXT), ("a.csv", b"a,b\n1,2\n", Reason.FORMAT),
        ("a.parquet", b"PAR1", Reason.FORMAT), ("a.pdf", b"%PDF-1.4", Reason.FORMAT), ("a.docx", b"x", Reason.FORMAT), ("a.rtf", b"x", Reason.FORMAT),
        ("a.rss", b"<rss/>", Reason.FORMAT), ("a.html", b"<html><body></body></html>", Reason.NO_TEXT), ("a.eml", b"Subject: x\n\n", Reason.NO_TEXT),
        ("a.warc", b"x", Reason.NO_TEXT), ("a.html", b"", Reason.EMPTY), ("a.jsonl", b"a\0b", Reason.NOT_TEXT), ("a.txt", b"%PDF-1.4\n\0\1", Reason.NOT_TEXT),
    ],
)  # fmt: skip
def test_what_is_broken_says_so(name: str, data: bytes, reason: Reason) -> None:
    (found,) = read(name, data)
    assert isinstance(found, Rejection)
    assert found.reason is reason


@pytest.mark.parametrize("name", [*formats.ONE, *formats.MANY])
def test_damaged_files_never_raise(name: str) -> None:
    data = formats.ONE[name](0) if name in formats.ONE else formats.MANY[name]()
    chance = random.Random(name)
    for _ in range(12):
        damaged = bytearray(data[: chance.randrange(1, len(data))] if chance.random() < 0.5 else data)
        for _ in range(chance.randrange(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert read(name, bytes(damaged))


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("a.html", "web"),
        ("all.rss", "web"),
        ("a.pdf", "documents"),
        ("a.docx", "documents"),
        ("a.rtf", "documents"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(module: str, *rest: Any, **named: Any) -> Any:
        if module.split(".")[0] in ("trafilatura", "feedparser", "pdfminer", "docx", "striprtf"):
            raise ImportError(f"No module named {module!r}", name=module)
        return real(module, *rest, **named)

    data = formats.ONE[name](0) if name in formats.ONE else formats.MANY[name]()
    monkeypatch.setattr(builtins, "__import__", refuse)
    (found,) = read(name, data)
    assert isinstance(found, Rejection)
    assert found.reason is Reason.EXTRA
    assert f"newstables[{extra}]" in (found.detail or "")


def test_every_suffix_has_a_test() -> None:
    tested = {suffix for name in (*formats.ONE, *formats.MANY) for suffix in FORMATS if name.endswith(suffix)}
    assert set(FORMATS) - tested == {
        ".htm",
        ".xml",
        ".warc",
        ".ndjson",
        ".tsv",
    }  # read as others of these are
