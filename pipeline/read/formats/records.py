"""Articles as records: JSON, JSON Lines, CSV, Parquet. Fields are known by the names that such files use; others are told by a setting."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from pipeline.read.article import Reason
from pipeline.read.decoding import NotTextError, decode_parts
from pipeline.read.fields import chosen_fields, field_of, plain, rank
from pipeline.read.formats.draft import Draft, UnreadableError, part
from pipeline.read.formats.feeds import read_json_feed, words
from pipeline.read.formats.streams import LIST, lines, members

_LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "docs",
    "documents",
    "records",
    "stories",
    "news",
    "entries",
    "rows",
    "value",
    "posts",
)
_SECONDS = range(315_532_800, 4_102_444_800)
"""1980 to 2100, in seconds since 1970."""
_MAX_DEPTH = 3
_INTO = frozenset({"response", "hits", "data"})
"""Objects that hold the list of records of an object, as search engines answer."""


def read_json(data: bytes) -> Iterator[Draft | UnreadableError]:
    """A JSON file: a JSON Feed, a list of records, an object that holds such a list, or one record."""
    parts, encoding = _decoded(data)
    shape = _shape(parts)
    if "jsonfeed.org" in str(shape.told.get("/version")):
        yield from read_json_feed(str(shape.told.get("/title") or ""), _listed(data, "/items/"))
        return
    chosen = "/" if "/" in shape.lists else _chosen(shape.lists)
    if chosen is None:
        if "" in shape.told:
            raise UnreadableError(Reason.FORMAT, "It holds neither an object nor a list of objects.")
        one = _draft(json.loads("".join(_decoded(data)[0])), "json", encoding)
        yield (
            one
            if isinstance(one, UnreadableError)
            else Draft(one.text, "", encoding, "json", one.told, notes=one.notes)
        )
        return
    records = _listed(data, chosen)
    if chosen != "/":
        records = (r["_source"] if isinstance(r.get("_source"), dict) else r for r in records)
    yield from _drafts(enumerate(records, 1), "json", "record", encoding)


def read_jsonl(data: bytes) -> Iterator[Draft | UnreadableError]:
    """A JSON Lines file: a record a line."""
    parts, encoding = _decoded(data)
    for n, line in enumerate(lines(parts), 1):
        if not line.strip():
            continue
        try:
            loaded = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield UnreadableError(Reason.FORMAT, f"Line {n} is no JSON: {str(error)[:200]}.", f"line{n}")
            continue
        yield from _drafts([(n, loaded)], "jsonl", "line", encoding)


def read_csv(data: bytes) -> Iterator[Draft | UnreadableError]:
    """A CSV or TSV file with a line of names on top: a record a row."""
    parts, encoding = _decoded(data)
    every = lines(parts)
    head = next(every, "")
    delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(2**31 - 1)
    rows = csv.DictReader(chain([head], every), delimiter=delimiter)
    if not rows.fieldnames or not any(field_of(str(name)) == "text" for name in rows.fieldnames):
        names = ", ".join(map(str, rows.fieldnames or []))[:200]
        raise UnreadableError(
            Reason.FORMAT,
            f"No column is known to hold the articles' text ({names}): name it in NEWSTABLES_FIELDS.",
        )
    try:
        yield from _drafts(enumerate(rows, 2), "csv", "row", encoding)
    except csv.Error as error:
        yield UnreadableError(
            Reason.FORMAT, f"Row {rows.line_num} is no CSV: {error}.", f"row{rows.line_num}"
        )


def read_parquet(data: bytes) -> Iterator[Draft | UnreadableError]:
    """A Parquet file: a record a row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        batches = pq.ParquetFile(pa.BufferReader(data)).iter_batches(100)
        n = 0
        for batch in batches:
            yield from _drafts(enumerate(batch.to_pylist(), n + 1), "parquet", "row", "binary")
            n += len(batch)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableError(Reason.FORMAT, f"It is no Parquet file: {str(error)[:200]}.") from None


def _decoded(data: bytes) -> tuple[Iterator[str], str]:
    try:
        return decode_parts(data)
    except NotTextError as error:
        raise UnreadableError(error.reason, str(error)) from None


@dataclass(slots=True)
class _Shape:
    """What a JSON document holds: plain values of an object, and lists, by the way to them."""

    told: dict[str, object] = field(default_factory=dict)
    lists: dict[str, bool] = field(default_factory=dict)
    """True where a list holds something, and objects alone."""


def _shape(parts: Iterable[str]) -> _Shape:
    """Raises UnreadableError where it is no JSON."""
    shape = _Shape()
    empty: set[str] = set()
    try:
        for path, value in members(parts, _INTO):
            if value is LIST:
                shape.lists[path] = True
                empty.add(path)
            elif path in shape.lists:
                shape.lists[path] &= isinstance(value, dict)
                empty.discard(path)
            else:
                shape.told[path] = None if isinstance(value, dict) else value
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Reason.FORMAT, f"It is no JSON: {str(error)[:200]}.") from None
    return _Shape(shape.told, {path: full and path not in empty for path, full in shape.lists.items()})


def _listed(data: bytes, path: str) -> Iterator[Any]:
    """The members of a list of a JSON document."""
    return (v for at, v in members(_decoded(data)[0], _INTO) if at == path and v is not LIST)


def _chosen(lists: Mapping[str, bool], path: str = "") -> str | None:
    """The list of records among those that an object holds; None where there is none."""
    for name in (*_LISTS, "response", "hits"):
        inner = f"{path}/{name}"
        if lists.get(f"{inner}/"):
            return f"{inner}/"
        inside = name in _INTO and any(other.startswith(f"{inner}/") for other in lists)
        if inside and (found := _chosen(lists, inner)):
            return found
    return None


def _drafts(
    records: Iterable[tuple[int, Any]], format: str, noun: str, encoding: str
) -> Iterator[Draft | UnreadableError]:
    """An article a record, or why it is none."""
    for n, record in records:
        if not isinstance(record, dict):
            yield UnreadableError(Reason.FORMAT, f"{noun.capitalize()} {n} is no object.", f"{noun}{n}")
            continue
        found = _draft(record, format, encoding)
        if isinstance(found, UnreadableError):
            found.key = f"{noun}{n}"
        yield found


def _draft(record: Mapping[str, Any], format: str, encoding: str) -> Draft | UnreadableError:
    """A record's article: of several names for one field the first in the list of names that holds something."""
    flat = dict(_flat(record))
    chosen = chosen_fields()
    told: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for name, value in flat.items():
        field = (
            chosen.get(name)
            or chosen.get(name.rpartition(".")[2])
            or field_of(name)
            or field_of(name.rpartition(".")[2])
        )
        order = -1 if name in chosen or name.rpartition(".")[2] in chosen else rank(name.rpartition(".")[2])
        said = _said(value, when=field == "published")
        if field and field != "ignored" and said and order < ranks.get(field, 10**6):
            told[field], ranks[field] = said, order
    summary = next(
        (
            _said(v)
            for n, v in flat.items()
            if plain(n) in ("summary", "description", "lead", "abstract", "snippet")
        ),
        "",
    )
    body = told.pop("text", "")
    notes = () if body else ("Only a summary of the article is given.",)
    body = words(body or summary)
    if not body:
        names = ", ".join(map(str, record))[:200]
        return UnreadableError(
            Reason.NO_TEXT, f"No field is known to hold its text ({names}): name it in NEWSTABLES_FIELDS."
        )
    key = told.pop("key", "")
    told.pop("modified", None)
    if "headline" in told:
        told["headline"] = words(told["headline"])
    return part(body, told, format, key=key, encoding=encoding, notes=notes)


def _flat(record: Mapping[str, Any], before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Names and values of a record; those of an object inside it as `outer.inner`."""
    for name, value in record.items():
        yield f"{before}{name}", value
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            yield from _flat(value, f"{before}{name}.", depth + 1)


def _said(value: object, *, when: bool = False) -> str:
    """A value as words; a number in a field of time as the time that it counts to."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return next(
            (_said(value[n]) for n in ("name", "title", "rendered", "value", "#text") if value.get(n)), ""
        )
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_said, value)))
    if value is None or isinstance(value, bool) or value != value:
        return ""
    if when and (seconds := _epoch(value)) is not None:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value).strip()


def _epoch(value: object) -> int | None:
    """Seconds since 1970 that a number (of seconds or milliseconds) counts; None for other values."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    for scale in (1, 1_000, 1_000_000):
        if number == number and abs(number) < 1e18 and int(number // scale) in _SECONDS:
            return int(number // scale)
    return None
