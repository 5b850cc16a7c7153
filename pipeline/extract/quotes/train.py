"""Learns the weights of `lexicon/speaker_weights.csv`: `python -m pipeline.extract.quotes.train MARKED.jsonl`.

Each line of the file is an article with `text`, `actors` with their `aliases`, and `quotes` with their `content` and `speaker_actor`
(null where the article names no one). Prints how many speakers of articles that were left out are right, and writes the weights
that all articles give. The same articles and language model give the same weights.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from pipeline.extract.events.train import fit
from pipeline.extract.events.train.gold import same_name
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.index import mentions_by_token
from pipeline.extract.mentions.train import LEXICON, best_of, places_of
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.extract.quotes import drafts_of
from pipeline.extract.quotes.candidates import Candidates, Features
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.resolve import in_order, likeliest, walk
from pipeline.extract.quotes.tree import Tree, spans_of
from pipeline.extract.rows import Entity, Mention
from pipeline.language import load
from pipeline.read.article import Rejection
from pipeline.read.reader import article

FOLDS = 5
STRENGTH = fit.Strength(4.0)
"""How strongly weights are held near nothing: chosen by leaving out a fifth of the articles at a time."""
OWN = Path(__file__).parent / "own.jsonl"
"""Texts written for the project, rich in speakers that news has seldom; learned from whoever is left out."""
_LEAST = 0.01
"""Weights below this are left out."""
_HALF = 0.5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Meant:
    """Whom a reader says that a speaker is: actors of the article that may be it, or words of it where no actor is."""

    actors: frozenset[str]
    nobody: bool
    """Whether naming no actor is right."""
    marked: bool = True
    """Whether the article names somebody."""


@dataclass(frozen=True)
class Read:
    """An article with its drafts, whom each of them means where that was marked, and where its actors stand."""

    tree: Tree
    at: dict[int, Mention]
    drafts: list[Draft]
    meant: dict[int, Meant]
    """By identity of the draft."""


def read(parsed: ParsedArticle, marked: dict[str, Any]) -> Read:
    """An article as the program reads it, beside what a reader marked."""
    mentions, entities = extract_mentions(parsed)
    tree, drafts = drafts_of(parsed)
    speaking = in_order(draft for draft, _ in drafts)
    actors = _actors(parsed.article.text, marked["actors"], mentions, entities)
    meant: dict[int, Meant] = {}
    for draft, quote in _pairs(parsed.article.text, speaking, marked["quotes"]):
        name = quote["speaker_actor"]
        if name is None:
            meant[id(draft)] = Meant(frozenset(), nobody=True, marked=False)
        else:
            spans = spans_of(tree, draft.speaker)
            words = parsed.article.text[spans[0][0] : spans[-1][1]] if spans else ""
            meant[id(draft)] = Meant(actors.get(name, frozenset()), nobody=same_name(words, name))
    return Read(tree, mentions_by_token(parsed, (m for m in mentions if m.actor_id)), speaking, meant)


def _actors(
    text: str, marked: list[dict[str, Any]], mentions: list[Mention], entities: list[Entity]
) -> dict[str, frozenset[str]]:
    """The program's actors that each marked one may be: the one on most of its places, and those of its name."""
    said = [((m.start, m.end), m.actor_id) for m in mentions if m.actor_id and m.mention_kind != "pronoun"]
    names = {e.entity_id: {fold(e.name), *map(fold, e.aliases.split(" | "))} for e in entities}
    found: dict[str, frozenset[str]] = {}
    for actor in marked:
        placed = Counter(k for p in places_of(text, [actor]) if (k := best_of(p, said)) is not None)
        alike = {k for k, own in names.items() if fold(actor["name"]) in own}
        found[actor["name"]] = frozenset(alike | {k for k, _ in placed.most_common(1)})
    return found


def _pairs(
    text: str, drafts: list[Draft], quotes: list[dict[str, Any]]
) -> Iterator[tuple[Draft, dict[str, Any]]]:
    """Drafts and marked quotes that share at least half of their words, each in one pair, the closest first."""

    def words(spans: list[Any]) -> set[int]:
        return {s + m.start() for s, e in spans for m in _WORD.finditer(text[s:e])}

    said = [words(list(d.spans)) for d in drafts]
    close = []
    for j, quote in enumerate(quotes):
        wanted = words(quote["content"])
        for i, own in enumerate(said):
            share = len(own & wanted) / max(1, len(own | wanted))
            if share >= _HALF:
                close.append((-share, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(close):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield drafts[i], quotes[j]


def learn(articles: list[Read]) -> dict[str, float]:
    """Weights of a ranking of each speaker's candidates, learned twice: who spoke before where nobody marked it, the first ones tell."""
    return _learned(articles, _learned(articles, {}))


def _learned(articles: list[Read], before: dict[str, float]) -> dict[str, float]:
    """Weights of a ranking; what was said before is as marked, so far as it is, else as weights `before` have it."""
    rows: list[Features] = []
    truth: list[float] = []
    group: list[int] = []
    owner: list[int] = []
    for n, each in enumerate(articles):

        def choose(
            draft: Draft, actors: list[str], found: list[Features], each: Read = each, n: int = n
        ) -> str | None:
            meant = each.meant.get(id(draft))
            if meant is None:
                return likeliest(actors, found, before)
            right = [float(a in meant.actors) for a in actors]
            nobody = meant.nobody and not any(right)
            if any(right) or nobody:
                rows.extend(found)
                whole = sum(right) or 1.0
                truth.extend([*(r / whole for r in right), float(nobody)])
                group.extend([group[-1] + 1 if group else 0] * len(found))
                owner.extend([n] * len(found))
            return next((a for a, r in zip(actors, right, strict=True) if r), None)

        walk(Candidates(each.tree, each.at), each.drafts, choose)
    vocabulary = fit.vocabulary(rows, owner)
    none = np.zeros((len(rows), 0))
    head = fit.ranking(
        vocabulary.matrix(rows), none, np.array(truth), np.array(group), np.ones(len(rows)), STRENGTH
    )
    values = head.named[:, 0].tolist()
    return {name: values[n] for name, n in vocabulary.index.items() if abs(values[n]) >= _LEAST}


def measure(each: Read, known: dict[str, float]) -> Counter[str]:
    """Of an article's marked speakers: how many there are and are right; how many are nobody, and invented."""
    found = walk(Candidates(each.tree, each.at), each.drafts, lambda _, a, f: likeliest(a, f, known))
    out: Counter[str] = Counter()
    for key, meant in each.meant.items():
        actor = found.get(key)
        if meant.marked:
            right = actor in meant.actors if actor is not None else meant.nobody
            out.update({"speakers": 1, "right": int(right)})
        else:
            out.update({"nobody": 1, "invented": int(actor is not None)})
    return out


def held_out(articles: list[Read], own: list[Read]) -> Counter[str]:
    """What models say of articles that they did not see; the project's `own` they always did."""
    whole: Counter[str] = Counter()
    for fold_ in range(FOLDS):
        known = learn([*(a for n, a in enumerate(articles) if n % FOLDS != fold_), *own])
        for each in articles[fold_::FOLDS]:
            whole.update(measure(each, known))
    return whole


def write(known: dict[str, float], folder: Path = LEXICON) -> None:
    """Write the weights."""
    with (folder / "speaker_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "source"])
        rows = ((name, f"{known[name]:.3f}", "learned from marked articles") for name in sorted(known))
        writer.writerows(rows)


def own_texts() -> Iterator[dict[str, Any]]:
    """The project's own texts in the shape of the marked ones."""
    for line in OWN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, quotes = row["text"], row["quotes"]
        spans = [[text.index(q["content"]), text.index(q["content"]) + len(q["content"])] for q in quotes]
        names = sorted({q["speaker"] for q in quotes if q["speaker"]})
        yield {
            "doc_id": "own",
            "text": text,
            "actors": [{"name": name, "country": None, "aliases": [name]} for name in names],
            "quotes": [
                {"content": [span], "speaker_actor": q["speaker"]}
                for span, q in zip(spans, quotes, strict=True)
            ],
        }


def read_all(marked: list[dict[str, Any]], nlp: Language) -> list[Read]:
    """Parse and read marked articles."""
    every = [(article(row["text"].encode(), f"{row['doc_id']}.txt"), row) for row in marked]
    known = [(a, row) for a, row in every if not isinstance(a, Rejection)]
    texts = parse([a for a, _ in known], nlp)
    return [read(parsed, row) for parsed, (_, row) in zip(texts, known, strict=True)]


def main(path: Path) -> None:
    """Learn from a file of marked articles, measure and write the weights."""
    marked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    nlp = load()
    articles, own = read_all(marked, nlp), read_all(list(own_texts()), nlp)
    out = held_out(articles, own)
    print(f"held out: {out['right']} of {out['speakers']} speakers right", end=", ")
    print(f"{out['invented']} of {out['nobody']} that nobody is named for invented")
    write(learn([*articles, *own]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
