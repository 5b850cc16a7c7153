"""Nouns that stand for sources: look-up of `lexicon/source_nouns.csv`."""

from functools import cache

from pipeline import lexicon


@cache
def source_nouns() -> dict[str, str]:
    """Noun -> what it is: document, release (a text that a body issues), voice, office, body or person."""
    return {r["noun"]: r["kind"] for r in lexicon.table("source_nouns")}
