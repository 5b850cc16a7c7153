"""What tests of the pages share: the tables behind them, and addresses of pages."""

from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from pipeline.report import names

WAIT = 120_000
"""Milliseconds: the machine that runs the tests may be busy."""


def rows(shown: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        ds.dataset(shown / "parquet" / table, format="parquet").to_table().to_pylist()
    )
    return found


def url(shown: Path, path: str) -> str:
    file, _, rest = path.partition("#")
    return (shown / "report" / file).resolve().as_uri() + (f"#{rest}" if rest else "")


def article_with(shown: Path, table: str) -> tuple[str, dict[str, Any]]:
    row = rows(shown, table)[0]
    return names.article(row["doc_id"], ""), row


def kinds_of_pages(shown: Path) -> dict[str, str]:
    """A page of every kind."""
    incident = max(rows(shown, "incidents"), key=lambda row: row["n_reports"])
    tally = max(rows(shown, "tallies"), key=lambda row: row["n_figures"])
    paged = [r for r in rows(shown, "actors") if (shown / "report" / names.actor(r["actor_id"], "")).exists()]
    actor = max(paged, key=lambda row: row["n_mentions"])
    lists = sorted(p.name for p in (shown / "report" / "events").glob("2*.html"))
    return {
        "front": "index.html",
        "article": article_with(shown, "events")[0],
        "incident": names.incident(incident["incident_id"], ""),
        "tally": names.tally(tally["tally_id"], ""),
        "actor": names.actor(actor["actor_id"], ""),
        "list": f"events/{lists[-1]}",
        "months": "events/index.html",
        "search": "search.html",
    }
