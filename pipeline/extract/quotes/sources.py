"""Nouns that stand for sources: look-up of `lexicon/source_nouns.csv`, and things that are none."""

from functools import cache

from pipeline import lexicon
from pipeline.extract.quotes.tree import Tree


@cache
def source_nouns() -> dict[str, str]:
    """Noun, singular or plural -> what it is: document, release (a text that a body issues), voice, office, body or person."""
    kinds = {r["noun"]: r["kind"] for r in lexicon.table("source_nouns")}
    plurals = {
        (n[:-1] + "ies" if n.endswith("y") and n[-2] not in "aeiou" else n + "s"): k for n, k in kinds.items()
    }
    return plurals | kinds


@cache
def deed_objects(cue: str) -> frozenset[str]:
    """Words with which a cue tells of a deed: "reported a profit"."""
    return frozenset(row["word"] for row in lexicon.table("deed_objects") if row["cue"] == cue)


def inscribed(tree: Tree, i: int) -> bool:
    """Words that a thing bears, not those of a text that speaks: "placards reading ..."."""
    above = tree.head[i]
    borne = tree.lower[i] in ("read", "reading") and tree.dep[i] in ("acl", "acl:relcl")
    return borne and tree.pos[above] == "NOUN" and source_nouns().get(tree.lower[above]) is None
