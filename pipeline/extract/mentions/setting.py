"""Where an article's story takes place: the country that the whole is about, and those that a passage names."""

from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.extract.mentions.gazetteer import is_region
from pipeline.extract.mentions.places import locate
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.parsed import ParsedArticle

_LEAD = 3
"""Sentences at the beginning that weigh double."""
_DOMINANT = 1.5
"""How many times more weight the main country has than any other."""
_KNOWN_CITY = 50_000
"""Inhabitants from which a city tells a country that the article does not name otherwise."""
_BACK = 3
_PRIOR = 1.0
"""What the article's country weighs beside those that a passage names."""
_WITHIN = frozenset(("in", "at", "across", "inside", "throughout", "near", "outside", "around"))
_ANYWHERE = ("media", "igo", "company")
"""Types of listed bodies that are at work in many countries."""
_MONEY = frozenset(("dollar", "dollars", "cent", "cents", "$"))
"""Units of money of several countries, behind the name of theirs."""
_DESCENT = frozenset(
    ("descent", "heritage", "origin", "origins", "ancestry", "extraction", "roots", "parentage", "accent")
)
"""What a people's name before it tells of: where somebody's forebears are from, not whose they are."""
_ENOUGH = 1.5
"""Weight from which a country may be what the article is about."""
_SLIGHT = 0.5
"""Weight up to which a country says nothing of those who are named beside it."""
_ASIDE = 0.5
"""Weight of a country that a sentence names only by the way ("extradited to Spain")."""
_DATELINE = 5
"""Weight of a place in the dateline."""
_OPENING = 40
"""Tokens at the beginning in which a place is the dateline or the scene."""


@dataclass(frozen=True, slots=True)
class Told:
    """An occurrence that speaks for a country: where, and whether it names, describes or only places."""

    country: str
    position: int
    """Of its sentence."""
    span: ActorSpan


@dataclass(slots=True)
class Setting:
    """Countries by sentence, and the one that the article is about (None where several weigh alike)."""

    main: str | None
    weights: dict[str, float]
    by_sentence: dict[int, dict[str, float]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    """In order of the text."""
    states: frozenset[str] = frozenset()
    """Countries whose government or forces the article names."""

    def local(self, position: int) -> dict[str, float]:
        """Countries that a sentence names; where it names none, those of the sentences before it."""
        for back in range(_BACK):
            if self.by_sentence.get(position - back):
                return self.by_sentence[position - back]
        return {}

    def share(self, country: str) -> float:
        """A country's part of all that tells of countries."""
        return self.weights.get(country, 0.0) / (sum(self.weights.values()) or 1.0)

    def country_of(self, positions: list[int]) -> str | None:
        """The country that an actor named in some sentences most likely is of; None where that is open."""
        here: dict[str, float] = defaultdict(float)
        for position in positions:
            for country, weight in self.local(position).items():
                here[country] += weight
        if self.main:
            here[self.main] += _PRIOR
        top = sorted(here.items(), key=lambda c: -c[1])[:2]
        if not top or top[0][1] <= _SLIGHT:
            return None
        return top[0][0] if len(top) == 1 or top[0][1] > top[1][1] else None


def read_setting(parsed: ParsedArticle, spans: list[ActorSpan]) -> Setting:
    """Weigh countries, peoples, cities and bodies of a country over the article."""
    named = {s.country for s in spans if s.country and s.type != "place"}
    near = frozenset(c for c in named if c)
    by_sentence: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    weights: dict[str, float] = defaultdict(float)
    told: list[Told] = []
    order = {s.position: n for n, s in enumerate(parsed.sentences)}
    for span in spans:
        country = _told(span, near)
        if country is None or _is_currency(parsed, span) or is_descent(parsed, span):
            continue
        position = parsed.sentence_of(parsed.doc[span.start]).position
        told.append(Told(country, position, span))
        weight = _weight(parsed, span)
        by_sentence[position][country] += weight
        weights[country] += (2 if order[position] < _LEAD else 1) * weight
        if span.type == "place" and span.start < _OPENING:
            weights[country] += _DATELINE if _opens(parsed, span) else 1
    top = sorted(weights.items(), key=lambda w: -w[1])[:2]
    enough = bool(top) and top[0][1] >= _ENOUGH
    dominant = enough and (len(top) == 1 or top[0][1] >= _DOMINANT * top[1][1])
    return Setting(
        top[0][0] if dominant else None,
        dict(weights),
        dict(by_sentence),
        told,
        frozenset(s.country for s in spans if s.country and s.type in ("government", "military")),
    )


def _told(span: ActorSpan, near: frozenset[str]) -> str | None:
    """The country that an occurrence speaks for."""
    if span.type == "place":
        if span.within or span.country or is_region(span.name):
            return span.country
        city = locate(span.name, near)
        known = city is not None and (city.country in near or city.population >= _KNOWN_CITY)
        return city.country if city is not None and known else None
    listed = (span.key or "").startswith("body:") and span.type not in _ANYWHERE
    if span.type in ("country", "government", "military") or span.kind == "demonym" or listed:
        return span.country
    return None


def _is_currency(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a country is named as that of an amount's money: "six million US dollars", "US$50"."""
    after = parsed.lower[span.end] if span.end < len(parsed.lower) else ""
    return after in _MONEY and span.type in ("country", "group")


def is_descent(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a people is named only as that of somebody's forebears: "of Mexican descent"."""
    after = parsed.lower[span.end] if span.end < len(parsed.lower) else ""
    return after in _DESCENT and span.kind == "demonym"


def _opens(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a place stands as a dateline does: at the start of a paragraph, before a dash, colon, bracket or comma."""
    after = parsed.doc[span.end].text if span.end < len(parsed.doc) else ""
    first = parsed.sentence_of(parsed.doc[span.start]).span.start
    return span.start == first and after in ("-", "–", "—", "--", ":", "(", ",")


def _weight(parsed: ParsedArticle, span: ActorSpan) -> float:
    """How much an occurrence tells of the scene: a country that is only the aim of something tells little."""
    head = parsed.doc[span.end - 1]
    if head.dep_ not in ("obl", "obj", "iobj", "nmod", "conj") or span.kind != "name":
        return 1.0
    if span.type not in ("country", "place", "government"):
        return 1.0
    case = next((c.lower_ for c in head.children if c.dep_ == "case"), "")
    return 1.0 if case in _WITHIN else _ASIDE
