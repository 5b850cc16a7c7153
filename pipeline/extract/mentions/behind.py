"""The words behind people or an office that tell who they are: "supporters| of President Ruiz", "mayor| of Fort Lee"."""

from collections.abc import Mapping

from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE
from pipeline.extract.parsed import ParsedArticle

PLAIN = frozenset(("ADJ", "NOUN", "PROPN"))
"""Words that may stand between a preposition and the name behind it."""
_MOST = 7
"""Words behind the preposition that are looked at."""
_COMMON = 4
"""Words up to the end of what no name tells: "veterans of the war"."""


def named_behind(
    parsed: ParsedArticle, head: int, named: Mapping[int, ActorSpan], prepositions: frozenset[str]
) -> tuple[int, ActorSpan] | None:
    """The end of the words behind a head noun that a name closes, and the name; `named`: names by their tokens."""
    end, name = _behind(parsed, head, named, prepositions)
    return (end, name) if name is not None and name.kind != "demonym" and end == name.end else None


def common_behind(parsed: ParsedArticle, head: int, named: Mapping[int, ActorSpan]) -> int | None:
    """The end of "of the" and a common noun behind a head noun: "members| of the public"."""
    end, name = _behind(parsed, head, named, frozenset(("of",)))
    doc = parsed.doc
    common = name is None and head + 2 < end <= head + _COMMON and doc[head + 2].lower_ == "the"
    return end if common and doc[end - 1].pos_ == "NOUN" else None


def _behind(
    parsed: ParsedArticle, head: int, named: Mapping[int, ActorSpan], prepositions: frozenset[str]
) -> tuple[int, ActorSpan | None]:
    """Where the plain words and names behind a preposition end, and the last name; the head itself where there is nothing."""
    doc, i = parsed.doc, head + 2
    last = min(parsed.sentence_of(doc[head]).span.end, i + _MOST)
    if i >= last or doc[head + 1].lower_ not in prepositions:
        return head + 1, None
    name: ActorSpan | None = None
    while i < last and (i in named or doc[i].pos_ in PLAIN or doc[i].lower_ == "the"):
        here = named.get(i)
        if here is not None and here.start != i:
            break
        name, i = (here, here.end) if here is not None else (name, i + 1)
    if i < len(doc) and doc[i].text in POSSESSIVE:
        return head + 1, None  # "opponents of Ruiz's plan"
    return i, name
