"""What a measurement measures: the noun whose size, price, length or share it gives, as the text names it."""

from collections.abc import Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS, head_of, modifiers, whole_phrase
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import changes

_BEFORE_NOUN = frozenset(
    {"nummod", "compound", "amod", "nmod", "nmod:unmarked", "nmod:poss", "obl:unmarked", "dep"}
)
_UP_TO_NOUN = frozenset({"nmod", "appos", "nmod:unmarked", "acl", "acl:relcl"})
_SKIPPED = frozenset({"VERB", "AUX", "ADP", "ADV", "PART", "ADJ", "PUNCT", "SCONJ", "DET"})
_MAX_STEPS = 8
_MAX_SKIPPED = 7


def measured_noun(
    quantity: Quantity, tokens: list[Token], taken: Set[int], previous_end: int
) -> Token | None:
    """The noun measured: after the figure ("5% of sales", "25% tax"), else by the parse, else the nearest before.

    `taken`: tokens of figures and dates, which measure nothing themselves. `previous_end`: the token after the figure before
    this one in its sentence; a subject beyond it gives way to a noun in between ("Tesla rose 8% and Starbucks 3%").
    """
    head = head_of(tokens)
    if head is None:
        return None
    if (after := _after(quantity, head, tokens, taken)) is not None:
        return after
    found = _climb(head, taken)
    if found is None or found.i < previous_end:
        nearest = _nearest_before(tokens[0], taken, previous_end)
        found = nearest if nearest is not None else found
    return found


def _after(quantity: Quantity, head: Token, tokens: list[Token], taken: Set[int]) -> Token | None:
    """The noun that the figure modifies, or its of-phrase."""
    last = tokens[-1].i
    if quantity.unit.name == "fraction" and (noun := _shared_out(tokens[-1], taken)) is not None:
        return noun
    if (
        head.dep_ in _BEFORE_NOUN
        and head.head.pos_ in NOUNS
        and last < head.head.i <= last + 6
        and head.head.i not in taken
    ):
        return whole_phrase(head.head)
    for token in (head, tokens[-1]):
        for child in token.children:
            if (
                child.dep_ in ("nmod", "obl")
                and child.i > last
                and child.pos_ in NOUNS
                and child.i not in taken
            ):
                case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
                if case == "of" or (
                    case in ("in", "on") and quantity.unit.dimension == "money" and child.tag_ == "NNS"
                ):
                    return child
    return None


def _shared_out(number: Token, taken: Set[int]) -> Token | None:
    """ "Half the population", "a third of its seats"."""
    for token in number.doc[number.i + 1 : number.i + 6]:
        owner = token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS"
        if token.pos_ in NOUNS and token.i not in taken and not owner:
            return whole_phrase(token)
        if token.pos_ not in ("DET", "PRON", "ADJ", "ADP", "PROPN", "NOUN", "PART") or token.lower_ in (
            "who",
            "which",
            "that",
            "in",
            "on",
            "to",
            "by",
        ):
            return None
    return None


def _climb(head: Token, taken: Set[int]) -> Token | None:
    """The noun over the figure, or the subject of the first verb over it that has one."""
    node = head
    for _ in range(_MAX_STEPS):
        before = [c for c in node.children if c.pos_ in NOUNS and c.i not in taken and c.i < head.i]
        if changes(node):  # "cut spending by 5%" measures spending
            acted_on = next((c for c in before if c.dep_ == "obj" and c.i > node.i), None)
            if acted_on is not None:
                return acted_on
        subject = next((c for c in before if c.dep_.startswith("nsubj")), None)
        if subject is not None:
            return subject
        if node.head == node:
            return None
        if node.dep_ in _UP_TO_NOUN and node.head.pos_ in NOUNS and node.head.i not in taken:
            return node.head
        node = node.head
    return None


def _nearest_before(first: Token, taken: Set[int], previous_end: int) -> Token | None:
    """The noun right before the figure, with no more than its verb between."""
    start = max(first.sent.start, previous_end)
    for token in reversed(first.doc[max(start, first.i - _MAX_SKIPPED) : first.i]):
        if token.i in taken:
            return None
        if token.pos_ in NOUNS:
            return token
        if token.pos_ not in _SKIPPED:
            return None
    return None


def measured_text(noun: Token, taken: Set[int]) -> str:
    """The measured noun with its modifiers and its of-phrase as the text has them."""
    first = next(iter(modifiers(noun, taken)), noun)
    last = noun
    for child in noun.children:
        near = child.dep_ == "nmod" and noun.i < child.i < noun.i + 8 and child.pos_ in NOUNS
        free = near and taken.isdisjoint(range(noun.i + 1, child.i + 1))
        if free and any(c.lower_ == "of" for c in child.children):
            last = child
            break
    end = last.i + 1
    if (
        end < len(noun.doc)
        and noun.doc[end].like_num
        and end not in taken
        and noun.doc[end].text[0].isdigit()
    ):
        end += 1  # "S&P 500"
    return str(noun.doc[first.i : end].text)
