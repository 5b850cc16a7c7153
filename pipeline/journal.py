"""The history of runs on a data folder, whoever started them: `<data>/history.jsonl`, a line for each thing that a run says of itself.

It tells what the published tables were made from, so that a change is noticed until it is published.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.listing import Listing, as_read
from pipeline.settings import settings
from pipeline.store import atomic, disk

NAME = "history.jsonl"
KEPT = 2_000
"""Lines that stay when the file has grown to twice as many."""

Entry = dict[str, Any]
PUBLISHED, FAILED, STOPPED = "published", "failed", "stopped"


def now() -> str:
    """The time, as the history writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def code() -> str:
    """A fingerprint of the program: what it reads with, and how it links, checks and publishes."""
    from pipeline.refresh import extractor_version  # heavy, and the history can be read without it

    root = Path(__file__).parent
    whole = hashlib.sha256(extractor_version(settings()).encode())
    for folder in (root, root.parent / "schemas"):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".csv", ".sql", ".j2"}):
            whole.update(path.relative_to(root.parent).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:20]


def state(seeds: Path, data: Path, articles: Listing | None = None) -> str:
    """A fingerprint of what decides the tables: the listing of the seeds folder (`articles`, where it was listed already) and the program."""
    listing = articles or Listing(as_read).add(seeds, leave_out=data)
    return hashlib.sha256(f"{listing.digest()} {code()}".encode()).hexdigest()[:20]


def note(data: Path, run: str, **facts: Any) -> None:
    """A run says something of itself; the caller holds the lock on `data`. disk.WriteError where it cannot be written."""
    path = data / NAME
    with disk.guarding(data, shown=facts.get("outcome") == PUBLISHED):
        data.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"run": run, **facts}, ensure_ascii=False) + "\n")
        if path.stat().st_size > 2_000_000 or facts.get("outcome"):
            _shorten(path)


def _shorten(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    if len(lines) > 2 * KEPT:
        atomic.write_bytes(path, b"".join(lines[-KEPT:]))


def entries(data: Path) -> list[Entry]:
    """What each run said of itself, in the order in which they began. A damaged line is passed over."""
    runs: dict[str, Entry] = {}
    for line in _lines(data / NAME):
        runs.setdefault(line["run"], {}).update(line)
    return list(runs.values())


def _lines(path: Path) -> Iterator[Entry]:
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and isinstance(entry.get("run"), str):
            yield entry


def entry_of(data: Path, run: str) -> Entry:
    """What a run said of itself; nothing where it said nothing yet."""
    return next((entry for entry in reversed(entries(data)) if entry["run"] == run), {})


def published_state(data: Path) -> str | None:
    """The state that the published tables were made from; None where none are."""
    for entry in reversed(entries(data)):
        if entry.get("outcome") == PUBLISHED and "state" in entry:
            return str(entry["state"])
    return None
