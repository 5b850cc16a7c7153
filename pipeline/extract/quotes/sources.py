"""Nouns that stand for sources: look-up of `lexicon/source_nouns.csv`."""

from functools import cache

from pipeline import lexicon


@cache
def source_nouns() -> dict[str, str]:
    """Noun, singular or plural -> what it is: document, release (a text that a body issues), voice, office, body or person."""
    kinds = {r["noun"]: r["kind"] for r in lexicon.table("source_nouns")}
    plurals = {
        (n[:-1] + "ies" if n.endswith("y") and n[-2] not in "aeiou" else n + "s"): k for n, k in kinds.items()
    }
    return plurals | kinds
