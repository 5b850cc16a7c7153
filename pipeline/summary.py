"""What a run did, and how it is told on the terminal."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

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


def summarize(result: RunResult, data: Path) -> str:
    """The summary as lines of text: what was read, rejected, published, what failed, where to look."""
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
    lines.append("Look at the tables, checks and history: make ui")
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
