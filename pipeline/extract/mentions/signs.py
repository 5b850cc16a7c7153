"""What the words around a body's name tell of its kind: what the article calls it ("X, a brewer"), and what it has and does ("X shares").

The words stand in `lexicon/kind_signs.csv`, by where they stand: `called` is a noun for bodies of a kind, `after`, `of`, `for`,
`with`, `at`, `in`, `on` and `by` the nouns of what bodies of a kind have, `subject`, `agent` and `relative` the verbs of what they do.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, is_capitalised
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_NEAR = ("of", "for", "with", "at", "in", "on", "by")
_SUCH = frozenset(("including", "like", "as", "especially", "notably"))
"""Words between a plural and the names that belong to it ("banks such as X and Y")."""
_LIST = 14
"""Words of a list that are looked back over."""
_PEOPLES = 2
"""Words for peoples and creeds between a noun and the word that tells its kind."""
_NAMED = frozenset(("called", "named", "dubbed"))
_HEARD = frozenset(("tell", "inform"))
"""Verbs whose object, where it is a body of no known kind, mostly is a paper or a station."""


@cache
def signs(position: str) -> dict[str, str]:
    """Kind of body by the word that stands at a position, lower case; verbs by their lemmas."""
    return {row["word"]: row["type"] for row in table("kind_signs") if row["position"] == position}


def kind_named(noun: Token) -> str | None:
    """The kind that a common noun names, together with the word before it where that tells more ("rebel group", "think tank")."""
    called, word = signs("called"), noun.lower_ if noun.tag_ == "NN" else noun.lemma_.lower()
    before = noun.nbor(-1).lower_ if noun.i and not noun.is_sent_start else ""
    if before == "-" and noun.i > 1:
        before = f"{noun.nbor(-2).lower_}-"
    pair = called.get(f"{before} {word}") or called.get(f"{before}{word}")
    return pair or called.get(f"{_before_peoples(noun)} {word}") or called.get(word)


def _before_peoples(noun: Token) -> str:
    """The word before the peoples and creeds that stand before a noun: "a |militant| Sunni group"."""
    i = noun.i - 1
    while (
        i > 0
        and noun.i - i <= _PEOPLES
        and is_capitalised(noun.doc[i].text)
        and noun.doc[i].pos_ in ("ADJ", "PROPN")
    ):
        i -= 1
    return noun.doc[i].lower_ if 0 <= i < noun.i - 1 else ""


def callings(parsed: ParsedArticle, span: ActorSpan) -> Iterator[str]:
    """Kinds of body that the article calls a name: before or behind it, in apposition, by "is a", as one of a list."""
    doc, i = parsed.doc, span.start - 1
    if span.type == "person" and " " in span.name and span.certain:
        return
    if i >= 0 and not doc[span.start].is_sent_start:
        if doc[i].tag_ == "NN" and (doc[i].head.i >= span.start or doc[i].dep_ != "nmod:poss"):
            yield from _kinds(doc[i])
        elif doc[i].lower_ in _NAMED and i > 0 and doc[i - 1].tag_ == "NN":
            yield from _kinds(doc[i - 1])
        yield from _listed(parsed, i)
    yield from _behind(parsed, span)
    for token in doc[span.start : span.end]:
        if token.dep_ == "appos" and token.head.i < span.start and token.head.tag_ == "NN":
            yield from _kinds(token.head)
        yield from _described(token, span)


def _kinds(noun: Token) -> Iterator[str]:
    kind = kind_named(noun)
    if kind is not None:
        yield kind


def _behind(parsed: ParsedArticle, span: ActorSpan) -> Iterator[str]:
    """The noun right behind a name that says what it is, where that ends the phrase: "the Nation newspaper", "X and other banks"."""
    doc, end = parsed.doc, span.end
    if end + 1 >= len(doc) or doc[end].is_sent_start:
        return
    if doc[end].lower_ in ("and", "or") and doc[end + 1].lower_ == "other":
        stop = end + 2
        while stop < len(doc) and stop < end + 5 and doc[stop].pos_ == "ADJ":
            stop += 1
        if stop < len(doc) and doc[stop].tag_ == "NNS":
            yield from _kinds(doc[stop])
        return
    first = end
    while end < len(doc) and end < first + 2 and doc[end].tag_ == "NN" and not doc[end].is_sent_start:
        end += 1
    closed = end >= len(doc) or (doc[end].pos_ not in ("NOUN", "PROPN") and doc[end].text != "-")
    if first < end and closed and span.type != "person":  # "the Bush administration"
        yield from _kinds(doc[end - 1])


def _described(token: Token, span: ActorSpan) -> Iterator[str]:
    """Kinds in an apposition behind a name, or in "is a ..." of which it is the subject."""
    for child in token.children:
        if child.dep_ == "appos" and child.i >= span.end:
            yield from _of_one(child)
    if token.dep_ == "nsubj" and any(c.dep_ == "cop" for c in token.head.children):
        yield from _of_one(token.head)


def _of_one(noun: Token) -> Iterator[str]:
    """The kind of a noun with an article or owner, or of those of which something is one ("one of the largest banks")."""
    if noun.lower_ in ("one", "part"):
        for child in noun.children:
            if child.tag_ == "NNS":
                yield from _kinds(child)
    elif noun.tag_ == "NN" and any(
        c.dep_ in ("det", "nmod:poss") and c.lower_ != "no" for c in noun.children
    ):
        yield from _kinds(noun)


def _listed(parsed: ParsedArticle, i: int) -> Iterator[str]:
    """The kind of the plural that opens a list in which a name stands: "banks such as X and Y"."""
    doc, first = parsed.doc, max(parsed.sentence_of(parsed.doc[i + 1]).span.start, i - _LIST)
    while i > first and (is_capitalised(doc[i].text) or doc[i].lower_ in (",", "and", "or", "the")):
        i -= 1
    if i > first and doc[i].lower_ in _SUCH:
        i -= 1 + int(doc[i - 1].lower_ in ("such", ","))
        if i >= first and doc[i].tag_ == "NNS":
            yield from _kinds(doc[i])


def hints(parsed: ParsedArticle, span: ActorSpan) -> Iterator[tuple[str, str]]:
    """Positions and kinds of what a body has and does: "X shares", "editor of X", "X, which makes tyres", "owned by X", "told X"."""
    doc, end, i = parsed.doc, span.end, span.start - 1
    if end < len(doc) and doc[end].text in POSSESSIVE:
        end += 1
    for stop in (end, end + 1):  # "X chief executive", "X factory workers"
        if stop < len(doc) and doc[stop].tag_ in ("NN", "NNS", "JJ") and not doc[stop].is_sent_start:
            if doc[stop].lower_ in signs("after"):
                yield "after", signs("after")[doc[stop].lower_]
                break
        else:
            break
    i -= int(i > 0 and doc[i].lower_ == "the")
    if i > 0 and doc[i].lower_ in _NEAR and doc[i - 1].lower_ in signs(doc[i].lower_):
        yield "before", signs(doc[i].lower_)[doc[i - 1].lower_]
    for token in doc[span.start : span.end]:
        yield from _done(token, span)


def _done(token: Token, span: ActorSpan) -> Iterator[tuple[str, str]]:
    """What a name's word does in its clause tells of it."""
    verb = token.head.lemma_.lower()
    if span.start <= token.head.i < span.end:
        return
    if token.dep_ == "nsubj" and verb in signs("subject"):
        yield "subject", signs("subject")[verb]
    if token.dep_ == "obl:agent" and verb in signs("agent"):
        yield "agent", signs("agent")[verb]
    if token.dep_ in ("obj", "iobj") and verb in _HEARD and _has_speaker(token.head):
        yield "heard", "media"
    if token.dep_ == "obl" and any(c.lower_ == "to" for c in token.children) and verb in ("speak", "talk"):
        yield "heard", "media"
    for child in token.children:
        if child.dep_ == "acl:relcl" and child.i >= span.end:
            which = any(c.lower_ in ("which", "that") and c.dep_ == "nsubj" for c in child.children)
            if which and child.lemma_.lower() in signs("relative"):
                yield "relative", signs("relative")[child.lemma_.lower()]


def _has_speaker(verb: Token) -> bool:
    """Whether a verb of telling has a subject and is no passive."""
    return any(c.dep_ == "nsubj" for c in verb.children)
