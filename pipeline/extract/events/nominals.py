"""What the mending of parses shares: the lists of a tree that it writes, and the way up through a noun phrase."""

from typing import Protocol

NOUNS = frozenset({"NOUN", "PROPN"})
WITHIN = frozenset({"flat", "compound", "nmod", "nmod:poss", "nmod:desc", "appos", "conj", "amod", "nummod"})


class Arcs(Protocol):
    """The lists of a tree that a repair writes."""

    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    dated: frozenset[int]


def top(tree: Arcs, i: int, start: int) -> int:
    """The head of the noun phrase that ends with token `i`, its apposition and coordination included."""
    while (
        start <= tree.heads[i] < i and tree.deps[i] in WITHIN and tree.pos[tree.heads[i]] in (*NOUNS, "PRON")
    ):
        i = tree.heads[i]
    return i
