"""Marked articles as what the network learns from: windows of words, and what was marked on them."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.events.train.gold import Marked, entities_of, head_of, heads, parts
from pipeline.extract.joint import Labels
from pipeline.language.reader import text_of

MORE, OPTIONAL, ALSO = 0.7, 0.5, 0.2
"""The weight of an article that other readers marked, of an event that may be left out, the share of other types that fit."""
UNKNOWN = -1
NEAR = 3
"""Sentences around a figure in which the words may stand that a reader named freely."""


@dataclass(slots=True)
class Points:
    """A word that points: where to, by role; None where that is not known, nothing where at nobody."""

    word: int
    at: tuple[Sequence[int] | None, ...]
    weight: float = 1.0
    status: str = ""


@dataclass
class Example:
    """An article: its words, and a number or shares for each of them."""

    name: str
    more: bool
    source: int
    words: list[str]
    spaces: list[bool]
    starts: list[int]
    """The words that begin a sentence."""
    event: NDArray[np.float32]
    """[word, 1 + type]"""
    weight: NDArray[np.float32]
    kind: NDArray[np.int64]
    content: NDArray[np.int64]
    cue: NDArray[np.int64]
    parties: list[Points] = field(default_factory=list)
    figures: list[Points] = field(default_factory=list)
    speakers: list[Points] = field(default_factory=list)
    chains: list[set[int]] = field(default_factory=list)


class Reader:
    """From the characters of a marked article to its words."""

    def __init__(self, marked: Marked) -> None:
        """Number the tokens that are not blank."""
        self.marked, self.reading, self.gold = marked, marked.reading, marked.gold
        self.tokens = [token for token in self.reading.parsed.doc if not token.is_space]
        self.word = {token.i: n for n, token in enumerate(self.tokens)}

    def within(self, span: Sequence[int]) -> list[int]:
        """The words that overlap some characters."""
        tokens = self.reading.parsed.tokens_between(span[0], span[1])
        return [self.word[token.i] for token in tokens if token.i in self.word]

    def head(self, span: list[int] | None) -> list[int]:
        """The word that some characters stand for."""
        token = head_of(self.reading, span) if span else None
        return [self.word[token]] if token is not None and token in self.word else []

    def actors(self, names: list[str], spans: Sequence[list[int] | None]) -> list[int]:
        """Every word that refers to marked actors, and those that are marked."""
        found = entities_of(self.marked, names, spans)
        own = [n for span in spans for n in self.head(span)]
        referring = (i for some in found.values() for e in some for i in self.reading.named.get(e, ()))
        return sorted({*own, *(self.word[i] for i in referring if i in self.word)})


def example(marked: Marked, labels: Labels) -> Example:
    """What there is to learn from an article."""
    of = Reader(marked)
    text = text_of(marked.reading.parsed.doc, of.tokens)
    words = text.words
    sentence = [of.reading.sentence[token.i] for token in of.tokens]
    starts = [n for n in range(len(words)) if n == 0 or sentence[n] != sentence[n - 1]]
    weight = np.full(len(words), _share(marked), np.float32)
    weight[[of.word[i] for i in parts(marked) if i in of.word]] = 0
    event = np.zeros((len(words), 1 + len(labels.types)), np.float32)
    event[:, 0] = 1
    content, cue = _quotes(of, len(words))
    out = Example(
        marked.gold["doc_id"], marked.gold["more"], marked.source, words, text.spaces, starts, event, weight,
        _kinds(of, labels.kinds, len(words)), content, cue,
    )  # fmt: skip
    _events(of, labels, out)
    if _is_marked(marked, "quotes"):
        out.speakers = [_speaker(of, quote) for quote in _spoken(of)]
    if _is_marked(marked, "figures"):
        out.figures = [points for figure in marked.gold["figures"] if (points := _figure(of, figure))]
    out.chains = _chains(of)
    return out


def _is_marked(marked: Marked, table: str) -> bool:
    """Whether an article's rows of a table were marked: what was written for events holds none of others."""
    gold = marked.gold
    return table not in gold.get("unmarked", []) and bool(gold.get(table) or not gold["more"])


def _share(marked: Marked) -> float:
    return MORE if marked.gold["more"] else 1.0


def _events(of: Reader, labels: Labels, out: Example) -> None:
    """Fill in types, weights and parties."""
    number = {name: n for n, name in enumerate(labels.types, 1)}
    for head, event in sorted(heads(of.marked).items()):
        if head not in of.word:
            continue
        word, core = of.word[head], bool(event.get("core", True))
        also = [number[t] for t in event["also_accept"] if t in number and t != event["event_type"]]
        out.event[word] = 0
        out.event[word, number[event["event_type"]]] = 1 - ALSO if also else 1
        out.event[word, also] = ALSO / max(1, len(also))
        out.weight[word] = (1.0 if core else OPTIONAL) * _share(of.marked)
        at = tuple(
            of.actors(event[role], event.get(role + "_spans") or []) or None if event[role] else ()
            for role in ("actor", "recipient")
        )
        out.parties.append(Points(word, at, 1.0 if core else 0.6, event["status"]))


def _kinds(of: Reader, kinds: Sequence[str], length: int) -> NDArray[np.int64]:
    """The kind of actor that each word names, numbered from 1, 0 for none; unknown where an article's actors are not marked."""
    actors = of.gold.get("actors") or []
    if not actors:
        return np.full(length, UNKNOWN)
    out = np.zeros(length, np.int64)
    number = {name: n for n, name in enumerate(kinds, 1)}
    text = of.gold["text"]
    starts = [of.reading.parsed.starts[token.i] for token in of.tokens]
    for actor in actors:
        for name in sorted({actor["name"], *actor.get("aliases", [])}, key=lambda form: (len(form), form)):
            at = text.find(name) if name and actor.get("type") in number else -1
            while at >= 0:
                end = at + len(name)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    out[bisect.bisect_left(starts, at) : bisect.bisect_left(starts, end)] = number[
                        actor["type"]
                    ]
                at = text.find(name, at + 1)
    return out


def _spoken(of: Reader) -> list[dict[str, Any]]:
    """The quotes with words."""
    return [q for q in of.gold.get("quotes") or [] if any(of.within(span) for span in q["content"])]


def _quotes(of: Reader, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which words are quoted, indirectly or in quotation marks, and which are cues."""
    if not _is_marked(of.marked, "quotes"):
        return np.full(length, UNKNOWN), np.full(length, UNKNOWN)
    content, cue = np.zeros(length, np.int64), np.zeros(length, np.int64)
    told = [(q, [n for span in q["content"] for n in of.within(span)]) for q in _spoken(of)]
    for quote, words in sorted(told, key=lambda each: -len(each[1])):
        content[words] = 1 if quote["kind"] == "indirect" else 2
        cue[of.within(quote["cue"]) if quote.get("cue") else []] = 1
    return content, cue


def _speaker(of: Reader, quote: dict[str, Any]) -> Points:
    """Whom the first word of a quote points at."""
    first = min(n for span in quote["content"] for n in of.within(span))
    names = [quote["speaker_actor"]] if quote.get("speaker_actor") else []
    known = bool(names or quote.get("speaker"))
    return Points(first, ((of.actors(names, [quote.get("speaker")]) or None) if known else (),))


def _figure(of: Reader, figure: dict[str, Any]) -> Points | None:
    """What the number of a figure counts, and whose it is: told by spans, or by words that a reader chose."""
    inside = of.within(figure["span"])
    numbers = [n for n in inside if of.tokens[n].like_num or any(c.isdigit() for c in of.tokens[n].text)]
    if not inside:
        return None
    word = (numbers or inside)[-1]
    if "counted_spans" not in figure:
        counted = _free(of, word, figure["counted"]) or None if figure.get("counted") else ()
        return Points(word, (counted, None))
    roles = [
        [n for span in figure[role] for n in of.head(span)] for role in ("counted_spans", "subject_spans")
    ]
    return Points(word, (roles[0], roles[1]))


def _free(of: Reader, word: int, counted: str) -> list[int]:
    """The words of the text that share a stem with the decisive ones of a phrase."""
    sentence = [of.reading.sentence[token.i] for token in of.tokens]
    words = counted.split()
    small = [n for n, w in enumerate(words) if w.lower() in PREPOSITIONS and n > 0]
    lead = words[: small[0]] if small else words
    for chosen in (lead[-1:], lead, words):
        stems = {_stem(w) for w in chosen if w.lower() not in PREPOSITIONS} - {""}
        for near in (0, 1, NEAR):
            found = [
                n
                for n, token in enumerate(of.tokens)
                if _stem(token.text) in stems and abs(sentence[n] - sentence[word]) <= near
            ]
            if found:
                return found
    return []


PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "in",
        "on",
        "at",
        "to",
        "from",
        "by",
        "with",
        "against",
        "per",
        "who",
        "that",
        "which",
        "the",
        "a",
        "an",
        "and",
        "or",
        "as",
    ]
)
"""Words that end the decisive part of a phrase."""


def _stem(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalnum())[:5]


def _chains(of: Reader) -> list[set[int]]:
    """The words that report one event, for each event that several report."""
    out = []
    for chain in of.gold.get("coreferent_events") or []:
        own = {n for span in chain for n in of.head(list(span))}
        if len(own) > 1:
            out.append(own)
    return out
