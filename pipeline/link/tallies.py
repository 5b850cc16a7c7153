"""Tallies: figures that count the same thing, and whether they agree or grow."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.link.columns import Column, rows_of
from pipeline.link.count_words import fates_of_people
from pipeline.link.counts import Counts, count_digests, prepared_figures, with_incidents
from pipeline.link.leads import Leads
from pipeline.link.linking import Linkage, link_rows
from pipeline.link.rows import NO_DAY, Ints, ordinals, texts
from pipeline.link.same_count import score_counts
from pipeline.link.sources import Voices, article_digests, count_sources, prepared_documents
from schemas.arrow import arrow_schema

TALLY_COLUMNS = [
    "tally_id",
    "measure",
    "counted",
    "unit",
    "place",
    "incident_id",
    "value_low",
    "value_high",
    "first_on",
    "latest_value",
    "latest_on",
    "n_figures",
    "n_documents",
    "agreement",
]
TOLD = pa.schema([arrow_schema("tallies").field(name) for name in TALLY_COLUMNS[1:]])
"""What the record of a tally holds."""


def link_tallies(
    figures: pd.DataFrame,
    events: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    cache: Path | None = None,
    leads: Leads | None = None,
) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row for each thing counted, and the tally of each figure.

    `figures` and `events` have the columns of `pipeline.extract.rows`, `events` with its `incident_id` filled;
    `documents` needs `doc_id, credit, duplicate_of, text`. `cache` is a folder for what is kept for the next run,
    `leads` what `link_incidents` read of the articles. The order of the rows does not matter. A tally has the key of its earliest figure, as an incident that of its earliest report.
    """
    if not len(figures):
        return pd.DataFrame(columns=TALLY_COLUMNS), {}
    frame = prepared_figures(figures)
    found, group = tallies_of(frame, events, prepared_documents(documents), cache=cache, leads=leads)
    ids = texts(frame["figure_id"])
    tally_of = {figure: tally_key(ids[row]) for figure, row in zip(ids, group.tolist(), strict=True)}
    return found.to_pandas(date_as_object=True), tally_of


def tallies_of(
    figures: pd.DataFrame,
    events: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    cache: Path | None = None,
    leads: Leads | None = None,
) -> tuple[pa.Table, Ints]:
    """As `link_tallies`, of figures and articles that are prepared, and the tally of each figure by its first figure's row."""
    schema = pa.schema([arrow_schema("tallies").field(name) for name in TALLY_COLUMNS])
    if not len(figures):
        return schema.empty_table(), np.zeros(0, dtype=np.int64)
    frame = with_incidents(figures, events)
    copies = set(documents["doc_id"][documents["duplicate_of"].notna()])
    linkage = Linkage(
        partial(_read, frame, leads or Leads.read(documents)),
        score_counts,
        partial(_tally, Voices(documents), copies),
        TOLD,
    )
    digests = count_digests(frame, article_digests(frame["doc_id"], documents))
    ids, article = (
        Column(frame["figure_id"]),
        np.cumsum(~Column(frame["doc_id"]).like_the_last(), dtype=np.int64),
    )
    linked = link_rows(
        cache and cache / "tallies.arrays", digests, ordinals(frame["published_on"]), article, linkage
    )
    keys = pa.array([tally_key(key) for key in ids.some(linked.records.leaders)], pa.string())
    return linked.records.rows.add_column(0, "tally_id", keys).select(TALLY_COLUMNS), linked.group


def tally_key(figure_id: str) -> str:
    """The key of the tally whose first figure has a key."""
    return figure_id.replace("#figure", "#tally")


def _read(frame: pd.DataFrame, leads: Leads, rows: Ints) -> Counts:
    """Some of the figures."""
    return Counts.read(frame if len(rows) == len(frame) else rows_of(frame, rows), leads)


def _tally(source_of: Voices, copies: set[str], counts: Counts, rows: Ints) -> dict[str, object]:
    """The row of a tally, without its key. `rows` are in their stable order."""
    if len(rows) == 1 and counts.low[rows[0]] <= counts.high[rows[0]]:
        return single(counts, int(rows[0]))
    return together(source_of, copies, counts, rows)


def together(source_of: Voices, copies: set[str], counts: Counts, rows: Ints) -> dict[str, object]:
    """What several figures tell."""
    c = counts.cells
    docs = sorted({c["doc_id"][row] for row in rows})
    own = rows[[c["doc_id"][row] not in copies for row in rows]]
    published = [int(row) for row in rows if counts.published[row] != NO_DAY]
    latest = published[-1] if published else int(rows[-1])
    return {
        "measure": _most([c["measure"][row] for row in rows]),
        "counted": _most([c["counted"][row] for row in rows]),
        "unit": c["unit"][rows[0]] or None,
        "place": _most([c["place"][row] for row in rows]),
        "incident_id": _most([counts.incident[row] for row in rows]),
        "value_low": float(counts.value[rows].min()),
        "value_high": float(np.fmax(counts.value[rows], counts.value_high[rows]).max()),
        "first_on": _days(counts)[published[0]] if published else None,
        "latest_value": float(counts.value[latest]),
        "latest_on": _days(counts)[latest] if published else None,
        "n_figures": len(rows),
        "n_documents": len(docs),
        "agreement": agreement(
            counts, own if len(own) else rows, count_sources(docs, source_of, known=False)
        ),
    }


def single(counts: Counts, row: int) -> dict[str, object]:
    """What one figure tells, as `together` would say it: most tallies have but one."""
    c = counts.cells
    value = float(counts.value[row])
    on = _days(counts)[row] if counts.published[row] != NO_DAY else None
    return {
        **{name: c[name][row] or None for name in ("measure", "counted", "unit", "place")},
        "incident_id": counts.incident[row] or None,
        "value_low": value,
        "value_high": float(np.fmax(value, counts.value_high[row])),
        "first_on": on,
        "latest_value": value,
        "latest_on": on,
        "n_figures": 1,
        "n_documents": 1,
        "agreement": "single",
    }


def _days(counts: Counts) -> Any:
    """The days of publication, one cell after another."""
    if "published_on" not in counts.days:
        counts.days["published_on"] = counts.frame["published_on"].to_numpy(dtype=object)
    return counts.days["published_on"]


def agreement(counts: Counts, rows: Ints, n_sources: int) -> str:
    """Whether figures fit: all compatible (agree), each day's at least the last day's (growing), or not (conflict).

    Only what is counted grows: a sum or a term of years that differs is in conflict. What befell people is counted on within a day: its
    reports of one day may differ where no later one tells fewer than the highest of them. That there is one of something is no number to
    agree in, but for what befell people.
    """
    low, high, day = counts.low[rows], counts.high[rows], counts.published[rows]
    if low.max() <= high.min():
        return "agree" if n_sources > 1 and not _only_one(counts, rows) else "single"
    fate = all(counts.measures[row] in fates_of_people() for row in rows.tolist())
    floor = -np.inf
    for d in np.unique(day):
        on_day = day == d
        settled = fate and d < day.max() and high[day > d].min() >= low[on_day].max()
        least = high[on_day].max() if settled else high[on_day].min()
        if least < floor or (low[on_day].max() > high[on_day].min() and not settled):
            return "conflict"
        floor = max(floor, float(low[on_day].max()))
    return "growing" if counts.cells["unit"][int(rows[0])] == "count" else "conflict"


def _only_one(counts: Counts, rows: Ints) -> bool:
    """Whether all that is told is that there is one of something."""
    return all(
        counts.value[row] == 1
        and counts.cells["unit"][row] == "count"
        and counts.measures[row] not in fates_of_people()
        for row in rows.tolist()
    )


def _most(values: list[str]) -> str | None:
    """The most frequent value, the earliest figure's in a tie."""
    known = Counter(value for value in values if value)
    return known.most_common(1)[0][0] if known else None
