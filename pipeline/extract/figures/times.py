"""Which time a length of time is, and whether it is anybody's: served, spent, so far after or before."""

import re
from collections.abc import Set
from itertools import islice

from spacy.tokens import Token

from pipeline.extract.figures.counted import (
    NOUNS,
    after_superlative,
    has_case,
    head_of,
    modifiers,
    names_kind,
)
from pipeline.extract.figures.doers import SUBJECTS
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.quantities import Quantity

_NO_PASTIME = frozenset(
    {
        "be",
        "have",
        "take",
        "need",
        "require",
        "give",
        "get",
        "use",
        "want",
        "allow",
        "mean",
        "do",
        "make",
        "come",
        "go",
    }
)
"""Verbs that do not say what is done over a length of time."""
_OFFSET = re.compile(
    r"\s(?P<way>from\s(?:now|today)|later|earlier|before(?:hand)?|ahead\sof|on\s(?:from|since)|after(?:wards?)?|previously|prior\sto|since)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:for|in|over|during|the|last(?:ed|s|ing)?|took|takes?|spen[dt]|spending|serv(?:ed|es|ing))\s$",
    re.IGNORECASE,
)


_JUDGES = frozenset({"sentence", "condemn", "order", "jail"})
"""Verbs whose "to serve" is no time that anybody has served yet."""


def offset_of(text: str, quantity: Quantity) -> str | None:
    """How far apart two things are in time: "four minutes later", "two weeks before the deadline"."""
    if quantity.unit.dimension != "time":
        return None
    found = _OFFSET.match(text, quantity.end)
    if found is None or _LASTING.search(text, max(0, quantity.start - 10), quantity.start):
        return None
    way = found["way"].lower()
    if way == "since":
        return "time since"
    if way.startswith("from"):
        return "time"
    return "time after" if way.startswith(("after", "later", "on")) else "time before"


def is_time_in(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """Whether a length of time is one in something: "two years in office", not "in the 40-minute film"."""
    led = any(c.lower_ == "in" and c.dep_ == "case" and c.i > tokens[-1].i for c in noun.children)
    return quantity.unit.dimension == "time" and led


def had(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """Whether what a sum, share or time is of may be the subject's: not where it only tells when ("after a 16-hour debate")."""
    if quantity.unit.dimension != "time" or is_time_in(quantity, tokens, noun):
        return quantity.unit.dimension in ("money", "time", "share")
    head = head_of(tokens)
    held = noun if head is None or head.head == noun else head
    return held.dep_ == "obj" and any(c.dep_ in SUBJECTS for c in held.head.children)


def time_spent(tokens: list[Token]) -> str:
    """Which time a length of time is: "served as president for five years" gives the time served as president."""
    node, head = verb_over(tokens), head_of(tokens)
    if node is None or head is None:
        return "time"
    behind = [*node.children, *tokens[-1].children, *(c for t in tokens for c in t.children)]
    office = next((c for c in behind if c.pos_ in NOUNS and has_case(c, "as") and is_person(c)), None)
    over = head.head == node and {c.lower_ for c in head.children if c.dep_ == "case"} <= {"for"}
    spent = _spent(node) if over or node.lemma_.lower() == "serve" else "time"
    if office is None:
        return spent
    words = " ".join([*(t.text for t in modifiers(office, frozenset()) if names_kind(t)), office.text])
    return f"{spent} as {words.lower()}"


def verb_over(tokens: list[Token]) -> Token | None:
    """The verb that a figure hangs on, at most three words up."""
    node = head_of(tokens)
    for _ in range(3):
        if node is None or node.head == node or node.pos_ == "VERB":
            break
        node = node.head
    return node if node is not None and node.pos_ == "VERB" else None


def _spent(verb: Token) -> str:
    """ "Time served", "time held", "time spent fighting", "time to isolate"."""
    lemma = verb.lemma_.lower()
    if lemma == "serve":
        judged = verb.tag_ == "VB" and verb.head.lemma_.lower() in _JUDGES
        return "sentence" if judged else "time served"
    if lemma in _NO_PASTIME:
        return "time"
    if lemma == "spend":
        doing = (c.lower_ for c in verb.children if c.tag_ == "VBG" and c.i > verb.i)
        return " ".join(["time", "spent", *islice(doing, 1)])
    return f"time {verb.lower_}" if verb.tag_ in ("VBN", "VBD", "VBG") else f"time to {lemma}"


def served(quantity: Quantity, tokens: list[Token]) -> bool:
    """ "Served eight years of a longer sentence", "serve five years in prison": how long, whatever follows."""
    head = head_of(tokens)
    if head is None:
        return False
    within = tokens[-1].i + 1 < len(tokens[-1].doc) and tokens[-1].nbor(1).lower_ == "in"
    verb = head.head.lemma_.lower()
    spends = verb == "serve" or (verb == "spend" and not within)  # "spent 200 days in space"
    return quantity.unit.dimension == "time" and spends and head.dep_ in ("obj", "obl:unmarked", "obl:tmod")


def tells_since_when(quantity: Quantity, tokens: list[Token]) -> bool:
    """ "The worst drought in 20 years": a length of time that hangs on a noun and is nobody's."""
    head = head_of(tokens)
    inside = head is not None and head.dep_ == "nmod" and has_case(head, "in")
    return quantity.unit.dimension == "time" and inside


def passes(quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether a length of time only goes by, which is nobody's: "three months have passed since the vote"."""
    head = head_of(tokens)
    return (
        quantity.unit.dimension == "time"
        and head is not None
        and head.dep_ in SUBJECTS
        and head.head.lemma_.lower() in ("pass", "elapse", "go")
    )


def is_rare_in(quantity: Quantity, tokens: list[Token]) -> bool:
    """ "The worst to strike the port in two years": a length of time that hangs on a verb and only says how rare something is."""
    head = head_of(tokens)
    rare = head is not None and head.dep_ != "nmod" and has_case(head, "in") and after_superlative(tokens[0])
    return quantity.unit.dimension == "time" and rare


def lasts(quantity: Quantity, tokens: list[Token], noun: Token) -> bool:
    """ "They were in the cave for nine days": how long something went on, not how long a thing is that stands before."""
    head = head_of(tokens)
    if quantity.unit.dimension != "time" or head is None or noun.i > head.i:
        return False
    if has_case(head, "in") or has_case(head, "within"):
        return True  # "it gathered eight million views in two days"
    if not has_case(head, "for"):
        return False
    acts = noun.head == head.head and noun.dep_ in SUBJECTS
    return (not acts and head.head != noun) or has_case(noun, "in")


def moved_by(quantity: Quantity, tokens: list[Token], taken: Set[int]) -> Token | None:
    """What is made longer or later by a length of time: "delayed the game by five minutes"."""
    head = head_of(tokens)
    if quantity.unit.dimension != "time" or head is None or not has_case(head, "by"):
        return None
    objects = (c for c in head.head.children if c.dep_ == "obj" and head.head.i < c.i < tokens[0].i)
    return next((c for c in objects if c.i not in taken), None)
