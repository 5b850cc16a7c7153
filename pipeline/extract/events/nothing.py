"""Where words of force and aid report nothing: in novels and films, in games, of mishaps, of aid that is held back."""

import re

from pipeline.extract.events.lexicon import max_of, triggers_of
from pipeline.extract.events.reading import Reading
from pipeline.extract.events.tree import Tree

CLIMB = 4
STAGED = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
"""What a film shows and nobody did; what is said in one was said."""
SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}(?!\d)")
NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
SIDES = frozenset({"LOC", "ORG", "NORP"})
"""Kinds of names that teams bear."""


def reports_nothing(reading: Reading, i: int) -> bool:
    """Whether what a word stands in makes it no report of a deed."""
    tree = reading.tree
    kind = max_of(triggers_of(tree.lemmas[i]))
    return (
        _in_fiction(tree, i, kind)
        or _in_game(reading, i, kind)
        or _of_mishap(tree, i)
        or _held_back(tree, i, kind)
    )


def _in_fiction(tree: Tree, i: int, kind: str | None) -> bool:
    """Whether it is what a novel tells of, or what goes on in a film."""
    above = list(tree.above(i, CLIMB))
    if any("fiction" in tree.classes[x] for head in above for x in (head, *tree.agents(head))):
        return True
    if kind not in STAGED:
        return False
    settings = [c for x in (i, *above) for c in tree.kids(x, "obl") if tree.case(c) == "in"]
    return any("on_screen" in tree.classes[c] for c in settings)


def _in_game(reading: Reading, i: int, kind: str | None) -> bool:
    """Whether a side attacks where a score or a word of play stands in the sentence or the one before."""
    tree = reading.tree
    if kind not in STAGED or "harm" in tree.classes[i]:
        return False
    sides = tree.agents(i) if tree.pos[i] == "VERB" else tree.holder(i)
    if not sides or not all(reading.cast.kind(x) in SIDES for x in (*sides, *tree.patients(i))):
        return False
    spans = [
        s.span for s in reading.parsed.sentences[max(0, reading.sentence[i] - 1) : reading.sentence[i] + 1]
    ]
    return any(_plays(reading, x) for span in spans for x in range(span.start, span.end))


def _plays(reading: Reading, i: int) -> bool:
    """Whether a word is one of play, or begins a score: "4-0", not "3-4 days"."""
    tree = reading.tree
    if "play" in tree.classes[i]:
        return True
    score = tree.pos[i] == "NUM" and SCORE.match("".join(tree.words[i : i + 3]))
    if not score or tree.is_time(i):
        return False
    end = i + (3 if tree.words[i].isdigit() else 1)
    return not NOUNS.intersection(tree.pos[end : end + 1])


def _of_mishap(tree: Tree, i: int) -> bool:
    """Whether people came to harm when something crashed or fell: "killed when their coach overturned"."""
    if "harm" not in tree.classes[i]:
        return False
    mishaps = [c for c in tree.kids(i, "advcl") if "mishap" in tree.classes[c]]
    return any(not {"arms", "missile"} & tree.classes[a] for c in mishaps for a in tree.agents(c))


def _held_back(tree: Tree, i: int, kind: str | None) -> bool:
    """Whether it is aid that is cut, held up or put off: "delays a shipment of aid"."""
    if tree.pos[i] != "NOUN" or (kind != "AID" and "aid" not in tree.classes[i]):
        return False
    while tree.deps[i] in ("nmod", "compound", "amod") and tree.heads[i] != i:
        i = tree.heads[i]
    return tree.deps[i] in ("obj", "nsubj:pass") and "withholding" in tree.classes[tree.heads[i]]
