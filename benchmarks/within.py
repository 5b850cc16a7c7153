"""How well reports of one event within an article are joined, on articles in which a reader marked them.

    python -m benchmarks.within MARKED.jsonl
    python -m benchmarks.within MARKED.jsonl --folds tests/golden/stories/view --groups tests/golden/real.jsonl --blocks FOLDER

Pairs of triggers that `coreferent_events` names are to be joined, other pairs of core events are not; what a reader may leave out is
not asked for. `found`: both triggers have a row. `ceiling` is F1 if every such pair and no other were joined. A miss has `no row` for one trigger, is of
`another kind` where two types are never compared, else was `refused`. The second way learns the weights five times, each time without a fifth
of the articles, and links these.
"""

import argparse
import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from pipeline.extract.events.train.blocks import blocks
from pipeline.link.incidents import link_incidents
from pipeline.link.kinds import kind
from pipeline.link.train.examples import marked_articles, stories_of, within_examples
from pipeline.link.train.fit import model
from pipeline.link.train.stories import read_stories
from pipeline.link.train.tables import named
from pipeline.link.train.told import Told, joined, read
from pipeline.link.weights import Model, learned

FOLDS = 5
Span = tuple[int, int]


def marks(line: dict[str, Any]) -> dict[Span, str]:
    """The event of each core trigger and of each that is marked as told again."""
    found = {(a, b): f"alone {a}" for a, b in (e["trigger"] for e in line["events"] if e["core"])}
    told = enumerate(line["coreferent_events"])
    return found | {(a, b): f"group {n}" for n, group in told for a, b in group}


def row_at(rows: list[dict[str, Any]], span: Span) -> dict[str, Any] | None:
    """The row that overlaps a trigger most, the first of those alike."""
    near = [row for row in rows if row["start"] < span[1] and span[0] < row["end"]]
    return max(
        near,
        key=lambda row: (min(row["end"], span[1]) - max(row["start"], span[0]), -row["start"]),
        default=None,
    )


def counts(lines: list[dict[str, Any]], events: pd.DataFrame) -> Counter[str]:
    """Pairs that are marked, found, joined, joined falsely, and the misses by their cause."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in events[["doc_id", "start", "end", "event_type", "status", "incident_id"]].to_dict("records"):
        rows[row["doc_id"]].append({str(name): value for name, value in row.items()})
    told: Counter[str] = Counter()
    for line in lines:
        own = marks(line)
        at = {span: row_at(rows[line["doc_id"]], span) for span in own}
        for one, two in combinations(sorted(own), 2):
            told[outcome(at[one], at[two], same=own[one] == own[two])] += 1
    return told


def outcome(one: dict[str, Any] | None, two: dict[str, Any] | None, *, same: bool) -> str:
    """What became of a pair."""
    if one is None or two is None:
        return "no row" if same else "apart"
    if one["incident_id"] == two["incident_id"]:
        return "joined" if same else "false"
    if not same:
        return "apart"
    return "refused" if kind(one["event_type"]) == kind(two["event_type"]) else "another kind"


def told_in_words(told: Counter[str]) -> str:
    """One line of scores and one of misses."""
    found = told["joined"] + told["refused"] + told["another kind"]
    pairs = found + told["no row"]
    precision = told["joined"] / max(1, told["joined"] + told["false"])
    whole, of_found = (f1(precision, told["joined"] / max(1, n)) for n in (pairs, found))
    return (
        f"{pairs} pairs, both found {found}, joined {told['joined']}, falsely {told['false']}: precision {100 * precision:.1f}, "
        f"F1 {100 * whole:.1f}, of those found {100 * of_found:.1f}, ceiling {100 * f1(1.0, found / max(1, pairs)):.1f}\n"
        f"misses: no row {told['no row']}, another kind {told['another kind']}, refused {told['refused']}"
    )


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / max(1e-9, precision + recall)


def linked(rows: dict[str, pd.DataFrame], docs: set[str], within: Model | None = None) -> pd.DataFrame:
    """The events of some articles with their incidents, by weights of their own for pairs of one article."""
    events, event_actors, documents = named({t: f[f["doc_id"].isin(docs)] for t, f in rows.items()})

    def weights(name: str) -> Model:
        return within if within is not None and name == "within" else learned(name)

    with (
        patch("pipeline.link.same_event.learned", weights),
        patch("pipeline.link.incidents.learned", weights),
    ):
        incident_of = link_incidents(events, event_actors, documents).incident_of
    return events.assign(incident_id=events["event_id"].map(incident_of))


def left_out(marked: Told, others: list[Told]) -> pd.DataFrame:
    """The events of all marked articles, each linked by weights that were learned without it."""
    found = []
    for fold in range(FOLDS):
        docs = {a.doc_id for story in marked[0][fold::FOLDS] for a in story.articles}
        rest = [story for n, story in enumerate(marked[0]) if n % FOLDS != fold]
        rows = {table: frame[~frame["doc_id"].isin(docs)] for table, frame in marked[1].items()}
        within, _ = model("within", within_examples(*joined((rest, rows), *others)))
        found.append(linked(marked[1], docs, within))
    return pd.concat(found)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("marked", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--groups", type=Path)
    parser.add_argument("--blocks", type=Path)
    asked = parser.parse_args()
    lines = [json.loads(line) for line in asked.marked.read_text(encoding="utf-8").splitlines()]
    marked = read(marked_articles(asked.marked, asked.groups))
    if asked.folds is None:
        events = linked(marked[1], {line["doc_id"] for line in lines})
    else:
        newswire = [read(stories_of(blocks(asked.blocks)))] if asked.blocks else []
        events = left_out(marked, [read(read_stories(asked.folds)), *newswire])
    print(told_in_words(counts(lines, events)))


if __name__ == "__main__":
    main()
