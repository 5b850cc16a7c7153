"""What a run did, and how it is told on the terminal."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.progress import duration
from pipeline.refresh import Refreshed

_SHOWN_FILES = 3


@dataclass(frozen=True, slots=True)
class RunResult:
    """Outcome of one run of the job."""

    refreshed: Refreshed
    rows: dict[str, int]
    """Rows of each table that passed its checks and is published."""
    failed: dict[str, str]
    """Why each table that is not published failed; its last good files stay."""


def summarize(result: RunResult, data: Path, *, ui: str = "newstables ui") -> str:
    """The summary as lines of text: what was read, rejected, published, what failed, where to look (`ui` opens Dagster)."""
    done = result.refreshed
    changes = f"{done.n_new} new, {done.n_changed} changed, {done.n_same} as before, {done.n_removed} removed"
    lines = [f"{done.n_documents:,} articles ({changes}), {done.n_extracted} extracted."]
    if done.n_undated:
        lines.append(
            f"{done.n_undated:,} undated: documents.note says what was seen; a header `date 2026-01-02` dates an article."
        )
    if done.rejected:
        lines += [
            "",
            f"{len(done.rejected):,} rejected (all in the table rejected_documents):",
            *_rejections(done),
        ]
    lines += ["", f"{'table':<20}{'rows':>12}"]
    lines += [f"{table:<20}{n:>12,}" for table, n in sorted(result.rows.items())]
    for table, why in sorted(result.failed.items()):
        lines.append(f"{table:<20}{'FAILED':>12}  {why} (its last good files stay)")
    lines += [
        "",
        f"Parquet  {data / 'parquet'}",
        f"CSV      {data / 'csv'}",
    ]
    if (front := data / "report" / "index.html").is_file():
        lines.append(f"Report   {front}")
    lines.append(f"Look at the tables, checks and history: {ui}")
    return "\n".join(lines)


def _rejections(done: Refreshed) -> list[str]:
    """A line a reason, with some of its files."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for rejection in done.rejected:
        by_reason[str(rejection.reason)].append(printable(rejection.path))
    lines = []
    for reason, paths in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        more = f" and {len(paths) - _SHOWN_FILES:,} more" if len(paths) > _SHOWN_FILES else ""
        lines.append(f"  {reason} ({', '.join(paths[:_SHOWN_FILES])}{more})")
    return lines


def printable(path: str) -> str:
    """A path for the terminal: line ends and other control characters escaped, letters of any script kept."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)


def history_line(entry: Mapping[str, Any]) -> str:
    """A run of the history as a line: when, how long, what was read, what came of it."""
    began, ended = _time(entry.get("began")), _time(entry.get("ended"))
    parts = [f"{began:%Y-%m-%d %H:%M:%S} UTC" if began else "at some time", entry["run"][:8]]
    parts.append(duration((ended - began).total_seconds()) if began and ended else "")
    parts.append(entry.get("outcome") or "going on, or killed")
    if "n_documents" in entry:
        numbers = [f"{entry['n_documents']:,} articles"]
        numbers += [
            f"{entry[f'n_{what}']:,} {what}" for what in ("new", "changed", "removed") if entry[f"n_{what}"]
        ]
        parts.append(", ".join(numbers))
    if entry.get("held_back"):
        parts.append("held back: " + ", ".join(entry["held_back"]))
    if entry.get("why"):
        parts.append(printable(str(entry["why"]))[:200])
    return "  ".join(part for part in parts if part)


def _time(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
