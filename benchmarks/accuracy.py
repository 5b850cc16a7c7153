"""Measures the tables on the evaluation sets beside the project: `python -m benchmarks.accuracy`.

Runs `../shared/eval/run.py` (which runs the real command), writes `schemas/accuracy.csv`, which is shipped with the
tables in `datapackage.json`, fills the table in `docs/method.md`, and raises the floors of `tests/quality/floors.json`
where a score went up (never down). What `benchmarks/once.csv` holds was measured once, on articles that nobody had seen, and is added
as it stands.
"""

import csv
import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
RUN = ROOT.parent / "shared" / "eval" / "run.py"
SETS = ["articles", "marked", "quotes", "figures", "events", "actors", "actors_re3d"]
TARGET = ROOT / "schemas" / "accuracy.csv"
METHOD = ROOT / "docs" / "method.md"
ONCE = ROOT / "benchmarks" / "once.csv"
FLOORS = ROOT / "tests" / "quality" / "floors.json"


MARGIN = {"articles_seeds": 0.04, "articles_dev": 0.03, "marked": 0.02}
"""How far below the score its floor stands (else 0.01): another processor rounds a few parses differently."""


class Measure(NamedTuple):
    """One score: where the scorer puts it, what it is of, and what others reach on the same set or its other half."""

    table: str
    set: str
    path: str
    title: str
    others: str = ""


SET_TITLES = {
    "articles_seeds": "2 whole articles",
    "articles_dev": "10 whole articles (re3d, GUM news)",
    "marked": "66 marked articles and blocks (Wikinews, newswire)",
    "quotes": "PolNeAR dev, 84 articles",
    "figures": "NewsQuant dev, 297 sentences",
    "events": "PLOVER records dev, 163 sentences",
    "actors": "GUM news dev, 20 articles",
    "actors_re3d": "re3d dev, 48 documents",
}

MEASURES = [
    Measure("quotes", "quotes", "direct/match/F1", "direct quotations found, F1", "regular expression 86.8, textacy 77.1, humans 98.9"),
    Measure("quotes", "quotes", "direct/match+src-head/F1", "the same with the right source, F1", "textacy 71.1, humans 98.3"),
    Measure("quotes", "quotes", "all/match/F1", "all attributions found, F1", "textacy 29.5, humans 80.2"),
    Measure("quotes", "quotes", "all/match+src-head/F1", "the same with the right source, F1", "textacy 26.6, humans 75.6"),
    Measure("figures", "figures", "PAPER:value/F1", "value, F1", "CQE 92.0 (whole set), quantulum3 73.0"),
    Measure("figures", "figures", "PAPER:value+unit/F1", "value and unit, F1", "CQE 85.6, quantulum3 47.2"),
    Measure("figures", "figures", "PAPER:value+change/F1", "value and change, F1", "CQE 88.1"),
    Measure("figures", "figures", "PAPER:value+concept_partial/F1", "value and what is counted (a shared word), F1", "CQE 76.1"),
    Measure("events", "events", "event type/F1", "PLOVER type, F1", "zero-shot RoBERTa-large 83.8 % right, bag of words 69.1 %"),
    Measure("events", "events", "source/F1", "actor, F1"),
    Measure("events", "events", "target/F1", "recipient, F1"),
    Measure("mentions", "actors", "head+type/F1", "head and type, F1"),
    Measure("mentions", "actors", "B3 paired only/F1", "linking, B3 F1"),
    Measure("mentions", "actors_re3d", "head+type/F1", "head and type, F1"),
]  # fmt: skip
for _set in ("articles_seeds", "articles_dev", "marked"):
    MEASURES += [
        Measure("quotes", _set, "quotes/r", "found (recall)"),
        Measure("quotes", _set, "quotes/p", "right (precision)"),
        Measure("quotes", _set, "quotes/speaker", "speaker, of those found"),
        Measure("figures", _set, "figures/f1", "found, F1"),
        Measure("dates", _set, "dates/f1", "found, F1", "dateparser 80 found" if _set == "articles_dev" else ""),
        Measure("dates", _set, "dates/resolved", "both days right, of those found", "dateparser 47" if _set == "articles_dev" else ""),
        Measure("events", _set, "events near/r", "found (recall)"),
        Measure("events", _set, "events near/p", "right (precision)"),
        Measure("events", _set, "events/status", "status, of those found"),
        Measure("events", _set, "events/actor", "actor, of those found"),
        Measure("events", _set, "events/recipient", "recipient, of those found"),
        Measure("actors", _set, "actors/r", "found (recall)"),
        Measure("actors", _set, "actors/linked", "linked, of those found"),
        Measure("actors", _set, "actors/country", "country, of those found"),
    ]  # fmt: skip


def look_up(scores: dict[str, Any], path: str) -> float:
    value: Any = scores
    for part in path.split("/"):
        value = value[part]
    return float(value)


def measure() -> dict[str, dict[str, Any]]:
    """The scorers' results, by set."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, str(RUN), *SETS, "--json", out], cwd=ROOT, check=True)
        return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(out).glob("*.json")}


def once(header: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The scores of articles that were marked before any output was seen, and scored (how often, the name of the set says)."""
    with ONCE.open(encoding="utf-8", newline="") as file:
        return [tuple(row[name] for name in header) for row in csv.DictReader(file)]


def main() -> None:
    if not RUN.exists():
        sys.exit(f"Nothing to measure with: {RUN.relative_to(ROOT.parent)} is not beside the project.")
    scores = measure()
    rows = [
        (m.table, SET_TITLES[m.set], m.title, f"{100 * look_up(scores[m.set], m.path):.1f}", m.others)
        for m in MEASURES
    ]
    header = ("table", "set", "measure", "percent", "others")
    rows += once(header)
    rows.sort(key=lambda row: row[0])
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    lines = [f"| {' | '.join(row)} |" for row in (header, ("---",) * len(header), *rows)]
    text = METHOD.read_text(encoding="utf-8")
    table = "<!-- scores -->\n" + "\n".join(lines) + "\n<!-- end of scores -->"
    METHOD.write_text(
        re.sub(r"<!-- scores -->.*<!-- end of scores -->", lambda _: table, text, flags=re.S),
        encoding="utf-8",
    )
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    for m in MEASURES:
        now = math.floor(1000 * (look_up(scores[m.set], m.path) - MARGIN.get(m.set, 0.01))) / 1000
        known = floors.setdefault(m.set, {})
        known[m.path] = max(known.get(m.path, 0), now)
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
