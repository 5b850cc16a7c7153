"""Words that tell whose a figure is and what it tells, by kind."""

from pipeline.lexicon import table


def of_kind(kind: str) -> frozenset[str]:
    """The words of `figure_words` of one kind, as lemmas."""
    return frozenset(row["word"] for row in table("figure_words") if row["kind"] == kind)
