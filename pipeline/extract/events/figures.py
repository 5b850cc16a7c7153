"""Which event a figure belongs to: the one whose trigger stands over it in the parse."""

from spacy.tokens import Token

from pipeline.extract.figures.counted import head_of
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Event, Figure

_APART = frozenset({"acl:relcl", "parataxis", "dep"})
"""Clauses that tell something else about what they hang on: "the town, which has 3,000 inhabitants"."""
_OPENERS = frozenset({"mark", "advmod", "cc"})
_HARM = frozenset({"killed", "injured", "casualties", "destroyed", "damaged"})
_NAMING = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})
"""How a noun that names an event stands by the verb: "a strike hit ...", "conducted ten raids", "killed in the attack"."""
_MAX_STEPS = 12


def tie_figures(parsed: ParsedArticle, figures: list[Figure], events: list[Event]) -> None:
    """Fill `event_id` of the figures that stand within an event and have none yet; ages belong to persons, not to events."""
    triggers: dict[int, str] = {}
    for event in events:
        for token in parsed.tokens_between(event.start, event.end):
            triggers.setdefault(token.i, event.event_id)
    if not triggers:
        return
    for figure in figures:
        if figure.event_id is None and figure.dimension != "age":
            tokens = parsed.tokens_between(figure.start, figure.end)
            figure.event_id = _event_over(tokens, triggers, harm=figure.measure in _HARM)


def _event_over(tokens: list[Token], triggers: dict[int, str], *, harm: bool) -> str | None:
    """The event of the nearest trigger above a figure or by the verb above it.

    `harm`: the figure tells what an attack did, so that a verb joined to its own may name the event: "killed 20 and
    wounded 60". Other joined verbs tell another deed.
    """
    own = next((triggers[t.i] for t in tokens if t.i in triggers), None)
    node = head_of(tokens)
    if own is not None or node is None:
        return own
    passed: list[Token] = []
    for _ in range(_MAX_STEPS):
        if node.i in triggers:
            return triggers[node.i]
        passed.append(node)
        joined_verb = node.dep_ == "conj" and node.pos_ == "VERB"
        if node.head == node or _tells_else(node) or (joined_verb and not harm):
            break
        node = node.head
    verb = next((token for token in passed if token.pos_ == "VERB"), None)
    named = [c for c in verb.children if c.dep_ in _NAMING] if verb is not None else []
    joined = [c for v in passed if harm and v.pos_ == "VERB" for c in v.children if c.dep_ == "conj"]
    return next((triggers[c.i] for c in [*named, *joined] if c.i in triggers), None)


def _tells_else(node: Token) -> bool:
    """Whether a clause tells of something beside the one over it: a relative clause, "when 40 were arrested"."""
    if node.dep_ in _APART:
        return True
    opened = (c for c in node.children if c.dep_ in _OPENERS and c.i < node.i and c.tag_ in ("IN", "WRB"))
    return node.dep_ in ("advcl", "acl") and next(opened, None) is not None
