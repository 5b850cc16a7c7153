"""Large files are read in parts, and give what they give when they are read whole."""

import json
import random
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.read import decoding
from pipeline.read.article import Article
from pipeline.read.decoding import decode, decode_parts
from pipeline.read.formats import streams
from pipeline.read.reader import articles


def cut(text: str, sizes: random.Random) -> Iterator[str]:
    """A text in parts of one to nine characters."""
    at = 0
    while at < len(text):
        size = sizes.randint(1, 9)
        yield text[at : at + size]
        at += size


@pytest.mark.parametrize("seed", range(20))
def test_lines_are_those_of_the_whole(seed: int) -> None:
    sizes = random.Random(seed)
    text = "".join(sizes.choice(["ab", "\n", "\r\n", "\r", "\u2028", "long words here"]) for _ in range(200))
    found = list(streams.lines(cut(text, sizes)))
    assert "".join(found) == text
    assert found == list(streams.lines([text]))
    assert all(line.rstrip("\r\n") == line.strip("\r\n") for line in found)


DOCUMENTS: list[Any] = [
    [{"a": 1}, {"b": [1, {"c": "}]"}]}, None, 12],
    {"title": "x", "items": [{"a": '\\"'}, {"a": 1.5e3}], "more": {"items": [1]}},
    {"response": {"n": 2, "docs": [{"a": "\u00e9\U0001f642"}]}},
    {"hits": {"total": 1, "hits": [{"_source": {"text": "words"}}]}},
    {},
    [],
    "text",
    1234.5,
]


def shaped(path: str, value: Any, into: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """What `members` promises, from the loaded document."""
    if isinstance(value, list):
        yield f"{path}/", streams.LIST
        yield from ((f"{path}/", member) for member in value)
    elif isinstance(value, dict) and (not path or path.rsplit("/", 1)[-1] in into):
        for name, member in value.items():
            yield from shaped(f"{path}/{name}", member, into)
    else:
        yield path, value


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("indent", [None, 2])
def test_members_are_those_of_the_loaded_document(document: Any, indent: int | None) -> None:
    into = frozenset({"response", "hits"})
    for seed in range(20):
        parts = cut(f" {json.dumps(document, indent=indent, ensure_ascii=False)}\n", random.Random(seed))
        assert list(streams.members(parts, into)) == list(shaped("", document, into))


@pytest.mark.parametrize(
    "text", ['{"a": 1', "[1, 2", '[{"a": 1}] x', '{"a" 1}', "[1 2]", "", "{,}", "{a: 1}", "[1,]"]
)
def test_what_is_no_json_is_said(text: str) -> None:
    with pytest.raises(ValueError):
        json.loads(text)
    with pytest.raises(ValueError):
        list(streams.members(cut(text, random.Random(1)), frozenset()))


HEAD = '<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Essa Post</title>'
TAIL = "</channel></rss>"


def item(n: int, words: str = "Guards closed the harbour. ") -> str:
    quoted = "<![CDATA[<p>An <item> in quotes, and its </item>.</p>" if n % 3 == 0 else "<![CDATA[<p>"
    return f"<item><title>Report {n}</title><guid>g{n}</guid><c:encoded>{quoted}{words * 8}</p>]]></c:encoded></item><!-- <item> -->\n"


def test_a_feed_in_parts_has_the_entries_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (HEAD + "".join(map(item, range(60))) + TAIL).encode()
    whole = list(articles(data, "a.rss"))
    assert len(whole) == 60
    monkeypatch.setattr(streams, "_PART", 2_000)
    assert len(list(streams.feed_parts(data))) > 5
    assert list(articles(data, "a.rss")) == whole
    assert all(isinstance(one, Article) and one.metadata.outlet == "Essa Post" for one in whole)


@pytest.mark.parametrize(
    "data", [b"<rss>" + b"<item " * 9_000, b"<item>" * 9_000, b"</item>" * 9_000, b"<![CDATA[" * 9_000]
)
def test_feeds_without_sense_stay_whole(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_PART", 2_000)
    assert list(streams.feed_parts(data)) == [data]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_text_in_parts_is_the_text(codec: str) -> None:
    text = (
        "The “council” met in Reykjavík.\r\n" + ("" if codec == "windows-1252" else "\U0001f642")
    ) * 60_000
    data = text.encode(codec)
    parts, encoding = decode_parts(data)
    found = list(parts)
    assert len(found) > 1
    assert ("".join(found), encoding) == decode(data)
    assert "".join(found) == text


def many(n: int) -> list[dict[str, str]]:
    return [{"title": f"Report {i}", "text": f"Guard {i} closed the harbour. " * 40} for i in range(n)]


FILES = {
    "a.json": lambda n: json.dumps(many(n)).encode(),
    "a.jsonl": lambda n: "\n".join(map(json.dumps, many(n))).encode(),
    "a.csv": lambda n: ("title,text\n" + "\n".join(f"{r['title']},{r['text']}" for r in many(n))).encode(),
    "a.rss": lambda n: (
        HEAD + "".join(item(i, "Guards closed the harbour. " * 5) for i in range(n)) + TAIL
    ).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_a_large_file_takes_little_beside_itself(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read whole, its text and what it is parsed into took three to five times its bytes."""
    monkeypatch.setattr(decoding, "_PART", 10_000)
    monkeypatch.setattr(streams, "_PART", 10_000)
    data = FILES[name](300)
    assert next(articles(data, name), None)  # libraries come with the first
    tracemalloc.start()
    assert not list(articles(data, name, wanted=()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.8 * len(data)
