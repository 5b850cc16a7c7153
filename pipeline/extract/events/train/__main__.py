"""Train the decisions on events from the marked articles: `python -m pipeline.extract.events.train --data DIR`.

DIR holds `annotate/train.jsonl`, `gold/dev.jsonl` and `gold/seeds.jsonl`; `own.jsonl` beside this command is learned from as
well, and so are the blocks and articles of open corpora that are marked there, as far as DIR has their texts (`language/`,
`amalgum/`), and further marked files of the same shape (`--more FILE ...`). Prints what models say of articles of DIR that
they did not see, and writes the weights beside the code. The same articles and language model give the same weights. Weights
learned from what is not at hand any more can keep half the say (`--beside DIR`).
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.events import judge, network, parties, when, where
from pipeline.extract.events.linear import Array, Model, save
from pipeline.extract.events.ranking import shares
from pipeline.extract.events.train import joined, report, slots, words
from pipeline.extract.events.train.gold import Marked, alone, lines, read, reported
from pipeline.language import load


def main() -> None:
    """Train, measure, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="the folder of the marked articles")
    options.add_argument("--model", type=Path, default=judge.MODEL, help="where the weights go")
    options.add_argument("--more", type=Path, nargs="*", default=[], help="further files of marked articles")
    options.add_argument(
        "--rankings", action="store_true", help="train who and when alone, after a change of actors or dates"
    )
    options.add_argument("--places", action="store_true", help="train where alone")
    options.add_argument(
        "--networks", action="store_true", help="train the networks beside the ranking of parties alone"
    )
    options.add_argument(
        "--beside",
        type=Path,
        help="a folder of weights that keep half the say: they know articles that are not at hand",
    )
    options.add_argument(
        "--linear",
        action="store_true",
        help="train the linear decisions on words alone: networks and calibration stay those of --beside",
    )
    options.add_argument("--curve", action="store_true", help="also train on fewer articles")
    chosen = options.parse_args()
    if chosen.linear and not chosen.beside:
        options.error("--linear needs --beside DIR: the networks and the calibration are taken from there.")
    marked = list(read(list(lines(chosen.data, chosen.more)), load()))
    print(f"{len(marked)} articles, {sum(len(m.events) for m in marked)} events")
    if not (chosen.networks or chosen.places):
        marked += read([one for m in marked for one in alone(m)], load())
    chosen.model.mkdir(parents=True, exist_ok=True)
    before = joined.read(chosen.beside) if chosen.beside else {}
    if chosen.linear:
        train_linear(marked, before, chosen.model)
        return
    # Articles are dealt out to the folds in turn, since neighbours in the files are of one kind; their sentences go with them.
    # What is not of the corpus is learned from in every fold.
    fold = np.array([-1 if m.gold["more"] else m.source % slots.FOLDS for m in marked])
    if chosen.places:
        train_places(marked, chosen.model)
        return
    if chosen.networks:
        first = slots.Ranked.of(list(slots.parties(marked)), slots.PARTY)
        again = first.again(marked, parties.ROLES)
        again = replace(again, vocabulary=parties.parties_model().vocabulary)
        linear = {role: again.held_out(role, fold) for role in parties.ROLES}
        train_networks(marked, again, linear, fold, chosen.model)
        return
    if not chosen.rankings:
        train_judge(marked, fold, chosen.model, curve=chosen.curve)
    train_rankings(marked, fold, chosen.model)
    train_places([m for m in marked if "source" not in m.gold], chosen.model)
    for name in before:
        if name != "words" or not chosen.rankings:
            joined.write(before, chosen.model, name)


def train_judge(marked: list[Marked], fold: NDArray[np.int64], folder: Path, *, curve: bool = False) -> None:
    """Write the judge, and print what it says of articles of the corpus that it did not see.

    `marked`: whole articles, those of the corpus first, then sentences of them that stand alone, which are learned from and not
    reported on.
    """
    fitted = words.Fitted.of(words.words(marked))
    judged = words.held_out(fitted, fold)
    whole = replace(fitted.words, marked=[m for m in marked if reported(m)])
    right = report.right_rows(whole, judged)
    calibrated = words.calibration(judged.score[right.rows], right.hits)
    print(report.judge(whole, judged, calibrated))
    print(report.ways(fitted, fold))
    if curve:
        print(report.curve(fitted, fold))
    network.save(words.committee(fitted), folder / "events.npz")
    save(words.model(fitted, calibrated), folder / "words.npz")


def train_linear(marked: list[Marked], before: joined.Read, folder: Path) -> None:
    """Write the linear decisions on words beside those of `before`, whose networks and calibration stay."""
    calibrated = before["words"][0].heads["calibration"]
    save(words.model(words.Fitted.of(words.words(marked)), calibrated), folder / "words.npz")
    joined.write_linear(before, folder)


def train_rankings(marked: list[Marked], fold: NDArray[np.int64], folder: Path) -> None:
    """Write the rankings of parties and dates, and print what they say of articles that they did not see."""
    for name, first, roles in (
        ("parties", slots.Ranked.of(list(slots.parties(marked)), slots.PARTY), parties.ROLES),
        ("dates", slots.Ranked.of(list(slots.dates(marked)), slots.DATE), when.ROLES),
    ):
        again = first.again(marked, roles)
        linear = {role: again.held_out(role, fold) for role in roles}
        for role in roles:
            # An article that is learned from in every fold has no score.
            held_out = [shares(score) if len(score) else score for score in linear[role]]
            print(report.slot(marked, again, role, held_out))
        save(slots.model(first, again, roles), folder / f"{name}.npz")
        if roles == parties.ROLES:
            train_networks(marked, again, linear, fold, folder)


def train_places(marked: list[Marked], folder: Path) -> None:
    """Write the ranking of places, learned from whole texts, and print what it says of articles that it did not see."""
    ranked = slots.Ranked.of(list(slots.places(marked)), slots.PLACE)
    fold = np.arange(len(marked)) % slots.FOLDS
    print(report.places(marked, ranked, ranked.held_out("place", fold)))
    head = ranked.head("place", np.ones(len(ranked.slots), bool))
    save(Model(ranked.vocabulary, dict.fromkeys(where.ROLES, head)), folder / "places.npz")


def train_networks(
    marked: list[Marked],
    again: slots.Ranked,
    linear: dict[str, list[Array]],
    fold: NDArray[np.int64],
    folder: Path,
) -> None:
    """Write the networks beside the ranking of parties, and print what both together say of articles that they did not see.

    `linear`: the scores of linear rankings that did not see them either, by role.
    """
    beside = slots.Networks.of(again, marked)
    believed = beside.held_out(linear, fold)
    for role in parties.ROLES:
        print(report.slot(marked, again, role, believed[role]))
    print(report.together(marked, again, believed))
    every = np.ones(len(again.slots), bool)
    network.save(network.Committee(parties.ROLES, beside.members(every)), folder / "parties_networks.npz")


if __name__ == "__main__":
    main()
