"""What the paragraph around an event is about: PLOVER's contexts, counted from its words."""

from pipeline.extract.events.lexicon import context_words
from pipeline.extract.events.reading import Reading

MOST = 4


def contexts(reading: Reading) -> dict[int, list[str]]:
    """The contexts of each paragraph, the most frequent first, then by name."""
    words = context_words()
    count: dict[int, dict[str, int]] = {}
    for sentence in reading.parsed.sentences:
        of = count.setdefault(sentence.paragraph, {})
        for i in range(sentence.span.start, sentence.span.end):
            for context in words.get(reading.tree.lemmas[i], ()):
                of[context] = of.get(context, 0) + 1
    return {p: sorted(of, key=lambda c: (-of[c], c))[:MOST] for p, of in count.items()}
