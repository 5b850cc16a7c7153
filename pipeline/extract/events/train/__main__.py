"""Train the decisions on events from the marked articles: `python -m pipeline.extract.events.train --data DIR`.

DIR holds `annotate/train.jsonl`, `gold/dev.jsonl` and `gold/seeds.jsonl`. Prints what models say of articles that they
did not see, and writes the weights beside the code. The same articles and language model give the same weights.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.extract.events import judge, parties
from pipeline.extract.events.linear import Model, save
from pipeline.extract.events.train import report, slots, words
from pipeline.extract.events.train.gold import Marked, alone, lines, read
from pipeline.language import load

FOLDS = 5


def main() -> None:
    """Train, measure, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="the folder of the marked articles")
    options.add_argument("--model", type=Path, default=judge.MODEL, help="where the weights go")
    options.add_argument("--curve", action="store_true", help="also train on fewer articles")
    chosen = options.parse_args()
    marked = list(read(list(lines(chosen.data)), load()))
    print(f"{len(marked)} articles, {sum(len(m.events) for m in marked)} events")
    marked += read([one for m in marked for one in alone(m)], load())
    for name, model in train(marked, curve=chosen.curve).items():
        chosen.model.mkdir(parents=True, exist_ok=True)
        save(model, chosen.model / f"{name}.npz")


def train(marked: list[Marked], *, curve: bool = False) -> dict[str, Model]:
    """All models, and a report of what they say of articles that they did not see.

    `marked`: whole articles, then sentences of them that stand alone, which are learned from and not reported on.
    Articles are dealt out to the folds in turn, since neighbours in the files are of one kind; their sentences go with them.
    """
    fold = np.array([m.source % FOLDS for m in marked])
    fitted = words.Fitted.of(words.words(marked))
    judged = words.held_out(fitted, fold)
    whole = replace(fitted.words, marked=[m for m in marked if "source" not in m.gold])
    right = report.right_rows(whole, judged)
    calibrated = words.calibration(judged.score[right.rows], right.hits)
    print(report.judge(whole, judged, calibrated))
    print(report.ways(fitted, fold))
    if curve:
        print(report.curve(fitted, fold))
    ranked = slots.Ranked(list(slots.parties(marked)), slots.PARTY)
    for role in parties.ROLES:
        print(report.slot(marked, ranked, role, ranked.held_out(role, fold)))
    dated = slots.Ranked(list(slots.dates(marked)), slots.DATE)
    print(report.slot(marked, dated, "date", dated.held_out("date", fold)))
    return {
        "words": words.model(fitted, calibrated),
        "parties": ranked.model(parties.ROLES),
        "dates": dated.model(("date",)),
    }


if __name__ == "__main__":
    main()
