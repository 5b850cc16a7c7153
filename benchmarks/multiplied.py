"""Many articles out of few that were read: the same ones again in other letters, under other names and later days.

Reading costs most of what a folder costs and grows with it by design; what comes behind reading is measured on articles that
are told apart (other names, other words: no copies, few stories in common) without being read.
"""

import hashlib
import string
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.store import shards

HEADER = len("date 2021-01-01")
_TEXTS = frozenset(
    [
        "text",
        "title",
        "credit",
        "headline",
        "sentence",
        "content",
        "cue",
        "speaker",
        "attributed_to",
        "place",
        "actor_names",
        "recipient_names",
        "name",
        "aliases",
        "counted",
        "subject",
    ]
)
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
Row = dict[str, Any]


def multiply(read: Path, seeds: Path, extracted: Path, n: int) -> None:
    """Write `n` articles below `seeds`, and what would be read of them below `extracted`, from the shards below `read`.

    The articles are those of `benchmarks.articles`: a date in the first line, the same number a day.
    """
    days = [(path.parent.name, path) for path in sorted(read.glob("*/*.arrow"))]
    lines = [(day, row) for day, path in days for row in shards.read(path).to_pylist()]
    lines.sort(key=lambda line: (line[0], line[1]["path"]))
    span = date.fromisoformat(lines[-1][0]) - date.fromisoformat(lines[0][0])
    step = -(-(span.days + 1) // 7) * 7  # whole weeks: "on Friday" stays one
    found: dict[date, list[Row]] = {}
    for number in range(n):
        again, place = divmod(number, len(lines))
        row = _moved(lines[place][1], number, timedelta(days=again * step), _letters(again))
        found.setdefault(row["documents"][0]["published_on"], []).append(row)
        seed = seeds / row["path"]
        seed.parent.mkdir(parents=True, exist_ok=True)
        seed.write_text(row["documents"][0]["text"], encoding="utf-8")
    for day, rows in found.items():
        shards.write(extracted, day, pa.Table.from_pylist(rows, shards.shard_schema()).to_batches())


def _letters(again: int) -> dict[int, int]:
    """Letters for letters, another exchange each time; none the first time."""
    found: dict[int, int] = {}
    for letters in (_VOWELS, _CONSONANTS):
        by = again % len(letters)
        moved = letters[by:] + letters[:by]
        found |= str.maketrans(letters + letters.upper(), moved + moved.upper())
    return found if again else str.maketrans(string.ascii_letters, string.ascii_letters)


def _moved(line: Row, number: int, later: timedelta, letters: dict[int, int]) -> Row:
    """An article's line of a shard as that of another one."""
    old = line["documents"][0]
    day = old["published_on"] + later
    doc_id = f"{day:%Y-%m}/{number:07}"
    text = f"date {day}{old['text'][HEADER:].translate(letters)}"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    new: Row = {"path": f"{doc_id}.txt", "sha256": sha256, "failure": None}
    whole = {"path": f"{doc_id}.txt", "sha256": sha256, "text": text}
    for table in line.keys() - new.keys():
        new[table] = [dict(_values(row, old["doc_id"], doc_id, later, letters, text)) for row in line[table]]
    new["documents"][0].update(whole)
    return new


def _values(
    row: Row, old: str, new: str, later: timedelta, letters: dict[int, int], text: str
) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, date):
            yield name, value + later
        elif not isinstance(value, str):
            yield name, value
        elif name == "text" and row.get("start") is not None:
            yield name, text[row["start"] : row["end"]]
        elif name in _TEXTS:
            # a listed actor is one across all articles: of names that are all as frequent one more article would choose another, in every month
            stays = row.get("identity") and name in ("name", "aliases")
            yield name, value if stays else value.translate(letters)
        else:
            yield name, new + value[len(old) :] if value.startswith(old) else value
