"""People and bodies that a common noun names in the plural, whose country no word tells: "militants", "the police", "protesters"."""

from collections import defaultdict

from spacy.tokens import Token

from pipeline.extract.mentions.bodies import LEADING, REBEL, noun_at
from pipeline.extract.mentions.bodynames import OPEN_NOUNS
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import CALENDAR, BodyNoun
from pipeline.extract.parsed import ParsedArticle

_UNCOUNTED = frozenset(("police", "opposition", "jury", "military", "army"))
"""Nouns that need no plural to stand for many."""
_ANYONE = frozenset(("people", "community"))
"""Bodies that without a country are nobody in particular."""
_INNER = frozenset(("ADJ", "NOUN", "PROPN"))
_WITHIN = frozenset(("compound", "amod", "nmod:poss", "flat", "nmod:desc"))
_MAX_BEFORE = 3
_STATE = ("government", "military")
_APART = frozenset(
    (
        "other",
        "world",
        "regional",
        "western",
        "foreign",
        "international",
        "global",
        "european",
        "african",
        "arab",
        "asian",
    )
)
"""Words before people that make them no single country's."""


def find_collectives(
    parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry, setting: Setting
) -> list[ActorSpan]:
    """Plural nouns for people and bodies that nothing else covers, one actor for each kind of them in an article."""
    covered = {i for s in spans for i in range(s.start, s.end)}
    found: list[ActorSpan] = []
    bodies: dict[str, list[Actor]] = defaultdict(list)
    for known_key, actor in registry.by_key.items():
        bodies[known_key.partition(":")[0]].append(actor)
    doc, i = parsed.doc, 0
    while i < len(doc):
        noun, end = noun_at(parsed, i)
        if noun is not None and i not in covered and _stands_alone(doc[end - 1], noun, covered):
            start = _start(parsed, i, covered)
            span = make_name(parsed, start, end, noun.type, certain=True)
            span.kind, span.sector, span.head = "noun", noun.sector, noun.noun
            told = {parsed.lower[j] for j in range(start, i)}
            apart = bool(told & _APART)
            if told & REBEL and noun.type == "military":
                span.type, span.sector = "armed_group", "REB"
            elif apart and noun.noun in LEADING:
                span.type, span.sector = "group", None
            key = _key(parsed, span, noun, setting, apart=apart)
            if not apart:
                span.country, span.basis = _country(parsed, span, setting), "guessed"
            same = [] if apart or span.type != noun.type else bodies.get(noun.body, [])
            known = registry.by_key.get(key) or (same[0] if len(same) == 1 else None)
            actor = known or registry.new(span, key)
            actor.abroad = actor.abroad or apart
            registry.add(span, actor)
            found.append(span)
        i = end
    return found


def _stands_alone(token: Token, noun: BodyNoun, covered: set[int]) -> bool:
    """Whether a noun stands for people of its own: a plural that heads its phrase."""
    plural = token.tag_ in ("NNS", "NNPS") or noun.noun in _UNCOUNTED
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    within = token.dep_ in _WITHIN or (
        following is not None and following.i in covered and not following.is_sent_start
    )
    owned = any(c.dep_ == "nmod:poss" or (c.dep_ in _WITHIN and c.i in covered) for c in token.children)
    return plural and not within and not owned and noun.noun not in OPEN_NOUNS and noun.body not in _ANYONE


def _start(parsed: ParsedArticle, i: int, covered: set[int]) -> int:
    """Where the words begin that describe a noun ("suspected| militants")."""
    doc, start = parsed.doc, i
    first = parsed.sentence_of(doc[i]).span.start
    while start > first and i - start < _MAX_BEFORE and start - 1 not in covered:
        before = doc[start - 1]
        plain = (
            before.pos_ in _INNER
            or before.tag_ == "VBN"
            or (before.tag_ == "VBG" and before.dep_ in ("amod", "compound"))
            or before.text == "-"
            or doc[start].text == "-"
        )
        if not plain or before.text in CALENDAR or before.dep_ in ("case", "nsubj", "ROOT"):
            break
        start -= 1
    return start


def _country(parsed: ParsedArticle, span: ActorSpan, setting: Setting) -> str | None:
    return setting.country_of([parsed.sentence_of(parsed.doc[span.start]).position])


def _key(parsed: ParsedArticle, span: ActorSpan, noun: BodyNoun, setting: Setting, *, apart: bool) -> str:
    """A body of the state is that of the country where the passage plays; others are the article's own.

    `apart`: several countries' or nobody's in particular ("world leaders").
    """
    if apart:
        return f"crowd:{fold(span.name)} {parsed.article.doc_id}"
    country = _country(parsed, span, setting)
    if span.type in _STATE and country:
        return f"{noun.body}:{country}"
    return f"crowd:{noun.body} {country or parsed.article.doc_id}"
