"""The country of people and bodies that the text ties to none outright: by office, by what they lead, by where the story is."""

from functools import cache

from spacy.tokens import Token

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.guesses import is_joint, settle_guesses
from pipeline.extract.mentions.persons import SENT
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.span import Actor, ActorSpan, basis_of
from pipeline.extract.mentions.words import POSSESSIVE, body_nouns
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_AMERICAN = "administration"
"""What the news calls a government of the United States by its president's name."""
_AT_HOME = ("government", "military", "armed_group", "organization", "company", "media", "party")
"""Bodies that are of the country that the story is about unless the text says otherwise."""
_CALLED = ("organization", "company", "media")
"""Types of listed bodies at work in many countries that an article may call those of one."""
_REACH = 8
_ONE = frozenset(("a", "an", "the", "another", "one"))
_SEATED = frozenset(("in", "based", "registered", "headquartered"))


@cache
def office_countries() -> dict[str, tuple[str, frozenset[str]]]:
    """Country by an office that bears its English name there ("home secretary"), and others that have one of that name."""
    return {
        row["role"]: (row["country"], frozenset(filter(None, row["also"].split(" | "))))
        for row in table("offices")
    }


def infer_countries(
    parsed: ParsedArticle, registry: Registry, spans: list[ActorSpan], setting: Setting, abroad: set[int]
) -> None:
    """Fill in the country of people and bodies of whom the article tells none outright.

    `abroad`: ids of people who act for a body of several countries; they get none.
    """
    names = (s for s in reversed(spans) if s.kind != "noun")
    owner = {i: s for s in names for i in range(s.start, s.end)}
    led: dict[str, ActorSpan] = {}
    for span in spans:
        if span.key and "@" in span.key:
            led.setdefault(fold(span.key.partition("@")[2]).split()[-1], span)
    for actor in registry.actors:
        actor.abroad = id(actor) in abroad
        if actor.country or not actor.spans:
            continue
        person = actor.type == "person"
        if (actor.key or "").startswith("body:") and actor.type in _CALLED:
            actor.belongs(*_from_description(parsed, actor, owner))
        if not person and (actor.type not in _AT_HOME or (actor.key or "").startswith("body:")):
            continue
        if not (person and actor.abroad):
            actor.belongs(*_from_name(parsed, actor, owner))
        if actor.country is None and person:
            surnames = {fold(s.name).split()[-1] for s in actor.spans if s.kind == "name" and fold(s.name)}
            body = next((led[n] for n in sorted(surnames) if n in led), None)
            country = _by_office(actor, setting) or (_led_by(body, setting) if body else None)
            actor.belongs(country, "office")
    settle_guesses(parsed, registry.actors, setting)


def _from_name(
    parsed: ParsedArticle, actor: Actor, owner: dict[int, ActorSpan]
) -> tuple[str | None, str | None]:
    """Country by what stands right before or behind a name ("Fiji's Rabuka", "X, based in Oslo"), and how it is told."""
    for span in actor.spans:
        if span.kind != "name":
            continue
        named = (
            _possessor(parsed, span, owner)
            or _origin(parsed, actor, span, owner)
            or _described(parsed, span, owner)
            or _called(parsed, span, owner)
        )
        sent = (actor.role or "").split(" ")[-1] in SENT
        if named is not None and sent and named.start and parsed.doc[named.start - 1].tag_ == "PRP$":
            continue  # "its Peruvian ambassador X"
        if named is not None and named.country:
            return named.country, basis_of(named)
        seated = actor.type != "person" and not is_joint(actor.type, span.name)
        seat = _seat(parsed, span, owner) if seated else None
        if seat:
            return seat, "seat"
    return None, None


def _from_description(
    parsed: ParsedArticle, actor: Actor, owner: dict[int, ActorSpan]
) -> tuple[str | None, str | None]:
    """The country that an article gives a listed body that has none: "the British charity X", and how it is told."""
    for span in actor.spans:
        named = (
            _described(parsed, span, owner) or _called(parsed, span, owner) if span.kind == "name" else None
        )
        if named is not None and named.country:
            return named.country, basis_of(named)
    return None, None


def _by_office(actor: Actor, setting: Setting) -> str | None:
    """The country whose office bears this English name; where the story plays in another that has one, that."""
    if actor.role not in office_countries():
        return None
    country, others = office_countries()[actor.role or ""]
    return setting.main if setting.main in others else country


def _possessor(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> ActorSpan | None:
    """The name of a country right before a name, with a possessive or as an adjective: "Hungary's Orbán", "Moscow-based X"."""
    doc, i = parsed.doc, span.start - 1
    if i > 0 and doc[i].text in POSSESSIVE:
        i -= 1
    elif i > 2 and doc[i].text == "based" and doc[i - 1].text == "-":
        i -= 2
    elif owner.get(i) is None or owner[i].kind != "demonym":
        return None
    named = owner.get(i)
    owners = ("country", "place", "group", "government")
    return named if named is not None and named.type in owners else None


def _described(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> ActorSpan | None:
    """The country in the description before a name: "the British charity X", "Austrian shell maker X", "An Australian, X,"."""
    doc, i = parsed.doc, span.start - 1
    first = parsed.sentence_of(doc[span.start]).span.start
    apposed = i > first and doc[i].text == ","
    i -= int(apposed)
    last = i
    while i >= first and last - i < _REACH and i not in owner and _describes(doc[i]):
        i -= 1
    named = owner.get(i) if i >= first else None
    if named is None or named.end <= i or not _is_home(named):
        return None
    if apposed:
        opens = named.start > first and doc[named.start - 1].lower_ in _ONE
        alone = opens and (i < last or (named.kind == "demonym" and named.name[-1] != "s"))
        return named if alone else None
    return named if i < last and doc[last].pos_ == "NOUN" and doc[last].tag_ == "NN" else None


def _describes(token: Token) -> bool:
    """Whether a word may stand between a country's adjective and the noun that describes a name."""
    plain = token.pos_ in ("NOUN", "ADJ") and token.lower_ not in body_nouns()
    return plain or token.lower_ in ("-", "and", "based")


def _is_home(named: ActorSpan) -> bool:
    return bool(named.country) and (named.type in ("country", "place") or named.kind == "demonym")


def _called(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> ActorSpan | None:
    """The country in the apposition behind a name: "X, a German carmaker,", "X, an Oslo charity"."""
    doc, i = parsed.doc, span.end
    if i + 2 >= len(doc) or doc[i].text != "," or doc[i + 1].lower_ not in _ONE:
        return None
    i += 2
    while i < len(doc) and i - span.end < _REACH and i not in owner and doc[i].pos_ in ("ADJ", "NUM"):
        i += 1
    named = owner.get(i)
    if named is None or not _is_home(named) or named.end >= len(doc):
        return None
    after = doc[named.end]
    behind = [t.lower_ for t in doc[named.end : named.end + 2]]
    based = behind[:1] == ["based"] or behind == ["-", "based"]  # "X, the Oregon-based firm"
    nominal = based or (after.pos_ in ("NOUN", "ADJ") and not after.is_sent_start)
    return named if nominal or (named.kind == "demonym" and after.is_punct) else None


def _origin(
    parsed: ParsedArticle, actor: Actor, span: ActorSpan, owner: dict[int, ActorSpan]
) -> ActorSpan | None:
    """The country or place right behind a person's name: "Ana Duro of Chile"."""
    doc, i = parsed.doc, span.end
    if actor.type != "person" or i + 1 >= len(doc) or doc[i].text not in ("of", "from"):
        return None
    named = owner.get(i + 2 if doc[i + 1].lower_ == "the" else i + 1)
    return named if named is not None and named.type in ("country", "place") else None


def _seat(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> str | None:
    """The country of the place that a body is said to be in: "X in Oslo", "X, a firm based in Istanbul"."""
    doc = parsed.doc
    if span.end < len(doc) and doc[span.end].text in POSSESSIVE:
        return None  # "the university's campus in Tonga"
    for i in range(span.end, min(span.end + _REACH, len(doc) - 1)):
        if doc[i].pos_ == "VERB" and doc[i].lower_ not in _SEATED:
            return None
        if doc[i].is_sent_start:
            return None
        named = owner.get(i + 1)
        if doc[i].lower_ == "in" and named is not None and named.type in ("country", "place"):
            return named.country
    return None


def _led_by(body: ActorSpan, setting: Setting) -> str | None:
    """The United States for the head of "the X administration", as the news calls no other government, unless it names others alone."""
    american = body.head == _AMERICAN and ("USA" in setting.weights or setting.main is None)
    return "USA" if american else None
