"""What a run did, and how it is told on the terminal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.progress import duration

if TYPE_CHECKING:
    from pipeline.read.article import Rejection
    from pipeline.refresh import Refreshed  # heavy, and a run that changes nothing is told without it

_SHOWN_FILES = 3
COUNTS = ("n_documents", "n_new", "n_changed", "n_same", "n_removed", "n_extracted", "n_undated")
"""What is counted of a look at the articles: files."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """Outcome of one run of the job."""

    refreshed: "Refreshed"
    rows: dict[str, int]
    """Rows of each table that passed its checks and is published."""
    failed: dict[str, str]
    """Why each table that is not published failed; its last good files stay."""


def summarize(result: RunResult, data: Path, *, ui: str = "newstables ui") -> str:
    """The summary as lines of text: what was read, rejected, published, what failed, where to look (`ui` opens Dagster)."""
    done = result.refreshed
    counts = {name: getattr(done, name) for name in COUNTS}
    rejected = rejections(done.rejected)
    return _told(counts, len(done.rejected), rejected, result.rows, result.failed, data, ui)


def summarize_entry(entry: Mapping[str, Any], data: Path, *, ui: str = "newstables ui") -> str:
    """The same from the history, of a run that published every table."""
    return _told(entry, entry["n_rejected"], entry["rejections"], entry["rows"], {}, data, ui)


def _told(
    counts: Mapping[str, int],
    n_rejected: int,
    rejected: list[str],
    rows: Mapping[str, int],
    failed: Mapping[str, str],
    data: Path,
    ui: str,
) -> str:
    new, changed, same, removed = (counts[f"n_{what}"] for what in ("new", "changed", "same", "removed"))
    changes = f"{new} new, {changed} changed, {same} as before, {removed} removed"
    lines = [f"{counts['n_documents']:,} articles ({changes}), {counts['n_extracted']} extracted."]
    if counts["n_undated"]:
        lines.append(
            f"{counts['n_undated']:,} undated: documents.note says what was seen; a header `date 2026-01-02` dates an article."
        )
    if n_rejected:
        lines += ["", f"{n_rejected:,} rejected (all in the table rejected_documents):", *rejected]
    lines += ["", f"{'table':<20}{'rows':>12}"]
    lines += [f"{table:<20}{n:>12,}" for table, n in sorted(rows.items())]
    for table, why in sorted(failed.items()):
        lines.append(f"{table:<20}{'FAILED':>12}  {why} (its last good files stay)")
    lines += [
        "",
        f"Parquet  {data / 'parquet'}",
    ]
    if any((data / "csv").glob("*")):
        lines.append(f"CSV      {data / 'csv'}")
    if (front := data / "report" / "index.html").is_file():
        lines.append(f"Report   {front}")
    lines.append(f"Look at the tables, checks and history: {ui}")
    return "\n".join(lines)


def rejections(rejected: Sequence["Rejection"]) -> list[str]:
    """A line a reason, with some of its files."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for rejection in rejected:
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
