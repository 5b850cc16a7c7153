"""The country of people and bodies that the text ties to none outright: by office, by what they lead, by where the story is."""

from functools import cache

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_AMERICAN = "administration"
"""What the news calls a government of the United States by its president's name."""
_AT_HOME = ("government", "military", "armed_group", "organization", "company", "media", "party")
"""Bodies that are of the country that the story is about unless the text says otherwise."""
_REACH = 8
_SEATED = frozenset(("in", "based", "registered", "headquartered"))


@cache
def office_countries() -> dict[str, str]:
    """Country by an office that bears its English name in one country only ("home secretary")."""
    return {row["role"]: row["country"] for row in table("offices")}


def infer_countries(
    parsed: ParsedArticle, registry: Registry, spans: list[ActorSpan], setting: Setting, abroad: set[int]
) -> None:
    """Fill in the country of people and bodies of whom the article tells none outright.

    `abroad`: ids of people who act for a body of several countries; they get none.
    """
    owner = {i: s for s in reversed(spans) for i in range(s.start, s.end)}
    led: dict[str, ActorSpan] = {}
    for span in spans:
        if span.key and "@" in span.key:
            led.setdefault(fold(span.key.partition("@")[2]).split()[-1], span)
    for actor in registry.actors:
        if actor.country or not actor.spans:
            continue
        if actor.type == "person":
            surnames = {fold(s.name).split()[-1] for s in actor.spans if s.kind == "name" and fold(s.name)}
            body = next((led[n] for n in sorted(surnames) if n in led), None)
            actor.country = office_countries().get(actor.role or "") or (
                _led_by(body, setting.weights) if body else None
            )
            if actor.country is None and id(actor) not in abroad:
                actor.country = _from_text(parsed, actor, owner, setting)
        elif actor.type in _AT_HOME and not (actor.key or "").startswith("body:"):
            actor.country = _from_text(parsed, actor, owner, setting)


def _from_text(
    parsed: ParsedArticle, actor: Actor, owner: dict[int, ActorSpan], setting: Setting
) -> str | None:
    """What stands right before or behind a name ("Fiji's Rabuka", "X, based in Oslo"), else where the passage plays."""
    names = [s for s in actor.spans if s.kind == "name"] or actor.spans
    for span in names:
        told = _possessor(parsed, span, owner) or (
            _seat(parsed, span, owner) if actor.type != "person" else None
        )
        if told:
            return told
    return setting.country_of([parsed.sentence_of(parsed.doc[s.start]).position for s in names])


def _possessor(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> str | None:
    """The country right before a name, with a possessive or as an adjective: "Hungary's Orbán", "Moscow-based X"."""
    doc, i = parsed.doc, span.start - 1
    if i > 0 and doc[i].text in POSSESSIVE:
        i -= 1
    elif i > 2 and doc[i].text == "based" and doc[i - 1].text == "-":
        i -= 2
    elif owner.get(i) is None or owner[i].kind != "demonym":
        return None
    named = owner.get(i)
    owners = ("country", "place", "group", "government")
    return named.country if named is not None and named.type in owners else None


def _seat(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> str | None:
    """The country of the place that a body is said to be in: "X in Oslo", "X, a firm based in Istanbul"."""
    doc = parsed.doc
    for i in range(span.end, min(span.end + _REACH, len(doc) - 1)):
        if doc[i].pos_ == "VERB" and doc[i].lower_ not in _SEATED:
            return None
        if doc[i].is_sent_start:
            return None
        named = owner.get(i + 1)
        if doc[i].lower_ == "in" and named is not None and named.type in ("country", "place"):
            return named.country
    return None


def _led_by(body: ActorSpan, weights: dict[str, float]) -> str | None:
    """Country of the head of "the X administration", "X's government", from the countries that the article names."""
    if body.head == _AMERICAN and "USA" in weights:
        return "USA"
    return max(weights, key=lambda c: (weights[c], c)) if weights else None
