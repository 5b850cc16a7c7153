"""Learns the weights of `lexicon/actor_weights.csv`, `guess_weights.csv` and `kind_weights.csv`: `python -m pipeline.extract.mentions.train MARKED.jsonl`.

Each line of the file is an article with `text` and `actors`, each with its `type`, its `country` and the `aliases` by which the text names it.
It may have a `weight`: how much its candidates count, where others count 1, when it is learned who is an actor.
A candidate counts as an actor where an alias, outside any longer one, falls on one of its occurrences; of the countries that an article
names, each marked actor that no word ties to one has the one that is marked, or none: a choice among these.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

from pipeline.extract import read_all
from pipeline.extract.mentions import weighed
from pipeline.extract.mentions.actorhood import VECTOR, features, meaning
from pipeline.extract.mentions.guesses import Scene, is_open
from pipeline.extract.mentions.kept import use_features, uses_of
from pipeline.extract.mentions.kinds import TYPES, is_listed, is_undecided, kind_features, name_features
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.extract.rows import Mention
from pipeline.language import load
from pipeline.lexicon import table
from pipeline.read.article import Rejection
from pipeline.read.reader import article

Floats = npt.NDArray[np.float64]
Features = dict[str, float]
LEXICON = Path(__file__).parents[2] / "lexicon"
_RARE = 8
"""Candidates that a feature must stand with to have a weight."""
_PENALTIES = {"actor": 3.0, "guess": 20.0}
"""What a weight costs, by what is learned: chosen by leaving out a fifth of the articles at a time."""
_VECTOR_PENALTY = 40.0
"""What the weight of a place of a vector costs; there are as many as named features, and each tells less."""
_KIND_PENALTY, _KIND_VECTOR_PENALTY, _RARE_KIND = 2.0, 8.0, 4
"""The same for the kinds of bodies, of which fewer are marked."""
_NAME_ONLY = 0.3
"""What a listed name counts beside a body of an article."""
_ROUNDS, _STEPS = 25, 200
_UNLIKELY = 30.0
"""Odds, as a logarithm, beyond which a choice is no surer."""
_HALF = 0.5


def fit(rows: list[Features], labels: Floats, weight: Floats, *, penalty: float) -> dict[str, float]:
    """Weights of a logistic regression with a quadratic penalty, by Newton's method; `weight`: how much each row counts."""
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, n in counts.items() if n >= _RARE)
    at = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for r, row in enumerate(rows):
        for name, value in row.items():
            if name in at:
                matrix[r, at[name]] = value
    cost = np.array([_VECTOR_PENALTY if name.startswith(VECTOR) else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (weight * (likely - labels)) + cost * weights
        curvature = (matrix * (weight * likely * (1 - likely))[:, None]).T @ matrix + np.diag(cost)
        weights -= np.linalg.solve(curvature, gradient)
    return dict(zip(names, weights.tolist(), strict=True))


def fit_choice(actors: list[list[tuple[Features, bool]]], *, penalty: float) -> dict[str, float]:
    """Weights of a choice among an actor's countries, none of which has the score 0; `actors`: features of each country, whether it is the right one."""
    rows = [(features, right, n) for n, countries in enumerate(actors) for features, right in countries]
    counts = Counter(name for features, _, _ in rows for name in features)
    names = sorted(name for name, n in counts.items() if n >= _RARE)
    at = {name: i for i, name in enumerate(names)}
    cells = [
        (value, r, at[f]) for r, (found, _, _) in enumerate(rows) for f, value in found.items() if f in at
    ]
    values, where, which = zip(*cells, strict=True)
    matrix = csr_array((values, (where, which)), shape=(len(rows), len(names)))
    right = np.array([float(r) for _, r, _ in rows])
    owner = np.array([n for _, _, n in rows])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.clip(matrix @ weights, -_UNLIKELY, _UNLIKELY)
        parts = np.exp(scores)
        whole = 1 + np.bincount(owner, parts, len(actors))
        missed = np.log(whole).sum() - (scores * right).sum() + penalty * (weights @ weights) / 2
        slope: Floats = matrix.T @ (parts / whole[owner] - right) + penalty * weights
        return float(missed), slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return dict(zip(names, found.x.tolist(), strict=True))


def fit_kinds(rows: list[Features], labels: list[str], counts: list[float]) -> dict[str, list[float]]:
    """Weights of a choice among the kinds of bodies, by accelerated descent. `counts`: how much each row counts."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, n in seen.items() if n >= _RARE_KIND)
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    count = np.array(counts)[:, None]
    truth = np.array([[float(label == t) for t in TYPES] for label in labels])
    cost = np.array([_KIND_VECTOR_PENALTY if n.startswith(VECTOR) else _KIND_PENALTY for n in names])[:, None]
    step = 1 / (np.linalg.norm(matrix * np.sqrt(count), 2) ** 2 / 2 + cost.max())
    weights = ahead = np.zeros((len(names), len(TYPES)))
    pace = 1.0
    for _ in range(_STEPS):
        scores = matrix @ ahead
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        new = ahead - step * (matrix.T @ (count * (likely - truth)) + cost * ahead)
        quicker = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead, weights, pace = new + (pace - 1) / quicker * (new - weights), new, quicker
    return dict(zip(names, weights.tolist(), strict=True))


def kinds(parsed: ParsedArticle, marked: list[dict[str, Any]]) -> Iterator[tuple[Features, str]]:
    """Features of each body of an article and its type: the marked one where it is nothing but its name, else the list's."""
    mentions, actors, _ = weighed(parsed)
    said = [
        ((m.start, m.end), m.actor_id)
        for m in mentions
        if m.actor_id is not None and m.mention_kind != "pronoun"
    ]
    told: dict[str, Counter[str]] = {}
    for place, actor_type in places_of(parsed.article.text, marked, "type").items():
        key = best_of(place, said)
        if key is not None and actor_type in TYPES:
            told.setdefault(key, Counter())[actor_type] += 1
    for n, actor in enumerate(actors):
        key = f"{parsed.article.doc_id}#actor{n}"
        right = told[key].most_common(1)[0][0] if key in told and is_undecided(actor) else None
        if right is not None or is_listed(actor):
            vector = {f"{VECTOR}{n}": float(v) for n, v in enumerate(meaning(parsed, actor))}
            yield kind_features(actor) | vector, right or actor.type


def names_of_kinds() -> Iterator[tuple[Features, str]]:
    """What the names of the listed bodies tell, without any article, and their types."""
    for row in table("bodies"):
        if row["type"] in TYPES:
            yield name_features(row["name"]) | {"name only": 1.0}, row["type"]


def examples(parsed: ParsedArticle, marked: list[dict[str, Any]]) -> Iterator[tuple[Features, bool]]:
    """Features of each candidate of an article, and whether the marks name it."""
    found, _ = read_all(parsed)
    uses = uses_of(found)
    _, actors, setting = weighed(parsed)
    hit = hits(parsed, found.mentions, marked)
    for actor, entity in zip(actors, found.entities, strict=True):
        if any(s.kind != "pronoun" for s in actor.spans):
            told = dict.fromkeys(use_features(entity, uses.get(entity.entity_id, Counter())), 1.0)
            vector = {f"{VECTOR}{n}": float(v) for n, v in enumerate(meaning(parsed, actor))}
            yield features(parsed, actor, setting) | told | vector, entity.entity_id in hit


def choices(parsed: ParsedArticle, marked: list[dict[str, Any]]) -> Iterator[list[tuple[Features, bool]]]:
    """For each marked actor that no word ties to a country, the features of each country that may be its own and whether it is."""
    mentions, actors, setting = weighed(parsed)
    hit = hits(parsed, mentions, marked)
    scene = Scene(parsed, setting, actors)
    for n, actor in enumerate(actors):
        key = f"{parsed.article.doc_id}#actor{n}"
        if key in hit and is_open(actor):
            yield [(found, hit[key] == country) for country, found in scene.candidates(actor).items()]


def hits(
    parsed: ParsedArticle, mentions: list[Mention], marked: list[dict[str, Any]]
) -> dict[str, str | None]:
    """The candidates that the marks name, each with the country marked."""
    said = [
        ((m.start, m.end), m.actor_id)
        for m in mentions
        if m.actor_id is not None and m.mention_kind != "pronoun"
    ]
    hit: dict[str, str | None] = {}
    for place, country in places_of(parsed.article.text, marked).items():
        key = best_of(place, said)
        if key is not None:
            hit[key] = hit.get(key) or country
    return hit


def places_of(
    text: str, marked: list[dict[str, Any]], column: str = "country"
) -> dict[tuple[int, int], str | None]:
    """Where aliases stand, outside any longer one, and the country (or another column) of whom they name."""
    found = {
        m.span(): actor[column]
        for actor in marked
        for name in actor["aliases"]
        for m in re.finditer(r"(?<!\w)" + re.escape(name) + r"(?!\w)", text)
    }
    return {
        s: country
        for s, country in sorted(found.items())
        if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)
    }


def best_of(place: tuple[int, int], said: list[tuple[tuple[int, int], str]]) -> str | None:
    """The candidate whose occurrence fits a place best, where it covers half of it or ends it ("Commissioner |Ana Ruiz")."""

    def common(other: tuple[int, int]) -> int:
        return max(0, min(place[1], other[1]) - max(place[0], other[0]))

    def fit_of(item: tuple[tuple[int, int], str]) -> float:
        return common(item[0]) / (max(place[1], item[0][1]) - min(place[0], item[0][0]))

    best = max(said, key=fit_of, default=None)
    if best is None or place[0] >= best[0][1] or best[0][0] >= place[1]:
        return None
    ends = best[0][1] == place[1] and best[0][0] >= place[0]
    return best[1] if ends or common(best[0]) >= _HALF * (place[1] - place[0]) else None


def main(path: Path) -> None:
    """Learn from a file of marked articles and write the weights."""
    marked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read = [article(row["text"].encode(), f"{row['doc_id']}.txt") for row in marked]
    known = [(a, row) for a, row in zip(read, marked, strict=True) if not isinstance(a, Rejection)]
    candidates: list[tuple[Features, bool]] = []
    weight: list[float] = []
    countries: list[list[tuple[Features, bool]]] = []
    bodies: list[tuple[Features, str]] = []
    for parsed, (_, row) in zip(parse([a for a, _ in known], load()), known, strict=True):
        bodies += kinds(parsed, row["actors"])
        candidates += examples(parsed, row["actors"])
        weight += [row.get("weight", 1.0)] * (len(candidates) - len(weight))
        countries += choices(parsed, row["actors"])
    labels = np.array([right for _, right in candidates], dtype=np.float64)
    features_of = [found for found, _ in candidates]
    write("actor", fit(features_of, labels, np.array(weight), penalty=_PENALTIES["actor"]))
    write("guess", fit_choice(countries, penalty=_PENALTIES["guess"]))
    counts = [1.0] * len(bodies)
    bodies += names_of_kinds()
    counts += [_NAME_ONLY] * (len(bodies) - len(counts))
    write_kinds(fit_kinds([v for v, _ in bodies], [t for _, t in bodies], counts))


def write(what: str, weights: dict[str, float]) -> None:
    """Write the weights of `actor` or `guess`."""
    with (LEXICON / f"{what}_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "source"])
        writer.writerows(
            (name, f"{weights[name]:.3f}", "learned from marked articles") for name in sorted(weights)
        )


def write_kinds(weights: dict[str, list[float]]) -> None:
    """Write the weights of the kinds of bodies, a column a kind."""
    with (LEXICON / "kind_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", *TYPES, "source"])
        for name in sorted(weights):
            writer.writerow([name, *(f"{w:.3f}" for w in weights[name]), "learned from marked articles"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
