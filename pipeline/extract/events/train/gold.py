"""Marked articles: what a careful reader found, by token of the parsed article."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from pipeline.extract.dates import extract_dates
from pipeline.extract.events.reading import Reading
from pipeline.extract.events.train import wikinews
from pipeline.extract.events.train.blocks import blocks
from pipeline.extract.figures import extract_figures
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.extract.quotes import extract_quotes
from pipeline.read.article import Article
from pipeline.read.reader import article

FILES = ("annotate/train.jsonl", "gold/dev.jsonl", "gold/seeds.jsonl")
"""The marked articles that may be trained on, below the folder that holds them."""
OWN = Path(__file__).parent / "own.jsonl"
"""Articles and sentences written and marked for the project, rich in types and constructions that news has seldom."""
QUIET = 3
"""Of the sentences without an event one in so many is learned from alone."""
CONTENT = ("VERB", "NOUN", "ADJ", "PROPN")
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "president",
        "prime",
        "minister",
        "foreign",
        "secretary",
        "general",
        "senator",
        "the",
        "of",
        "and",
    ]
)
STATES = frozenset({"country", "government", "military"})


@dataclass(frozen=True)
class Marked:
    """An article as read by the program, and as marked."""

    reading: Reading
    gold: dict[str, Any]
    source: int = 0
    """The number of the article that it is, or is a sentence of."""

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that the reader marked."""
        return list(self.gold["events"])


def lines(folder: Path, more: Sequence[Path] = ()) -> Iterator[dict[str, Any]]:
    """The marked articles of a folder, then those written for the project, blocks and articles of open corpora, and further files."""
    for name in FILES:
        yield from _lines(folder / name, more=False)
    yield from _lines(OWN, more=True)
    yield from ({**block, "unmarked": ["dates"], "more": True} for block in blocks(folder))
    yield from ({**article, "more": True} for article in wikinews.articles(folder))
    for path in more:
        yield from _lines(path, more=True)


def _lines(path: Path, *, more: bool) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            gold = json.loads(line)
            for event in gold["events"]:
                also = event.get("also_accept") or []
                event["also_accept"] = [x["event_type"] if isinstance(x, dict) else x for x in also]
            unmarked = [*gold.get("unmarked", []), *([] if gold["published_on"] else ["dates"])]
            yield {**gold, "unmarked": unmarked, "more": more}


def read(golds: list[dict[str, Any]], nlp: Language) -> Iterator[Marked]:
    """Parse marked articles and read everything that events need."""
    both = [(g, article(g["text"].encode(), "marked.txt")) for g in golds]
    kept = [(g, a) for g, a in both if isinstance(a, Article)]  # a mark that stands alone is no article
    texts = parse([a for _, a in kept], nlp)
    for n, ((gold, _), parsed) in enumerate(zip(kept, texts, strict=True)):
        yield Marked(reading(parsed), gold, gold.get("source", n))


def reported(marked: Marked) -> bool:
    """Whether an article is measured on: a whole one of the corpus."""
    return "source" not in marked.gold and not marked.gold["more"]


def alone(marked: Marked) -> Iterator[dict[str, Any]]:
    """Sentences of an article as articles of their own: short texts give the judge no article to lean on."""
    text = marked.gold["text"]
    for n, sentence in enumerate(marked.reading.parsed.sentences):
        start, end = sentence.start, sentence.end
        events = [e for e in marked.events if start <= e["trigger"][0] and e["trigger"][1] <= end]
        if sentence.kind == "body" and (events or n % QUIET == 0):
            yield {
                "doc_id": f"{marked.gold['doc_id']}#{n}",
                "text": text[start:end],
                "actors": marked.gold["actors"],
                "events": [_moved(event, start, end) for event in events],
                "unmarked": ["dates", *marked.gold.get("unmarked", [])],
                "source": marked.source,
                "more": marked.gold["more"],
            }


def _moved(event: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """An event of a sentence that stands alone."""
    moved = {**event, "trigger": [event["trigger"][0] - start, event["trigger"][1] - start]}
    for spans in ("actor_spans", "recipient_spans"):
        inside = [s for s in event.get(spans) or [] if s and start <= s[0] and s[1] <= end]
        moved[spans] = [[s[0] - start, s[1] - start] for s in inside]
    return moved


def reading(parsed: ParsedArticle) -> Reading:
    """The rows of other tables, and the article with them."""
    dates = extract_dates(parsed)
    mentions, entities = extract_mentions(parsed)
    quotes = extract_quotes(parsed, mentions)
    figures = extract_figures(parsed, mentions=mentions, quotes=quotes, dates=dates)
    return Reading(parsed, mentions, entities, dates, quotes, figures)


def head_of(reading: Reading, span: list[int]) -> int | None:
    """The word that a trigger stands for: the one whose head lies outside, content words first."""
    tokens = [t.i for t in reading.parsed.tokens_between(*span)]
    tree = reading.tree
    content = [i for i in tokens if tree.pos[i] in CONTENT]
    tops = [i for i in content if tree.heads[i] not in tokens or tree.heads[i] == i]
    return next(iter(tops or content or tokens), None)


def heads(marked: Marked) -> dict[int, dict[str, Any]]:
    """The marked events by the token of their trigger; of two on one word the core one."""
    out: dict[int, dict[str, Any]] = {}
    for event in sorted(marked.events, key=lambda e: not e.get("core", True)):
        head = head_of(marked.reading, event["trigger"])
        if head is not None:
            out.setdefault(head, event)
    return out


def parts(marked: Marked) -> set[int]:
    """Every token of a trigger."""
    return {t.i for e in marked.events for t in marked.reading.parsed.tokens_between(*e["trigger"])}


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(w for w in re.findall(r"[^\W_]+", _fold(name)) if w not in TITLES)


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one actor's."""
    a, b = words_of(one), words_of(other)
    return bool(a and b) and (a <= b or b <= a)


def entities_of(
    marked: Marked, names: list[str], spans: Sequence[list[int] | None] = ()
) -> dict[str, set[str]]:
    """Which of the article's actors each marked party is; `spans`: where each stands, None for one who is understood.

    "American contractors" are no state, whatever the state is called: a form of a state's name within a longer one counts only
    where the marks say that the party belongs to a state, or where the words that are marked are read as that state.
    """
    known = {a["name"]: a for a in marked.gold["actors"]}
    entities = marked.reading.cast.entities.values()
    out: dict[str, set[str]] = {}
    for n, name in enumerate(names):
        actor = known.get(name, {})
        forms = [name, *actor.get("aliases", [])]
        head = head_of(marked.reading, span) if n < len(spans) and (span := spans[n]) else None
        there = marked.reading.actors[head] if head is not None else None
        found = set[str]()
        for e in entities:
            part = actor.get("type") in STATES or e.actor_type not in STATES or e.entity_id == there
            if any(_is_form(f, own, part=part) for f in forms for own in [e.name, *e.aliases.split(" | ")]):
                found.add(e.entity_id)
        if not found and actor.get("country") and actor["type"] in STATES:
            found = {
                e.entity_id for e in entities if e.country == actor["country"] and e.actor_type in STATES
            }
        out[name] = found
    return out


def _is_form(form: str, own: str, *, part: bool) -> bool:
    """Whether a marked name can be one that an actor has; `part`: also where the actor's is only part of it."""
    return same_name(form, own) and (part or words_of(form) <= words_of(own))
