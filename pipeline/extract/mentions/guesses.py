"""The country of an actor of whom no word tells it: a learned choice among those that the article names, or none.

Each country that the article names is weighed for each such actor by how near it is named, how, and what else the article tells.
The weights stand in `lexicon/guess_weights.csv`; `pipeline.extract.mentions.train` learns them from marked articles.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cache

import numpy as np
from spacy.tokens import Token

from pipeline.extract.mentions.actorhood import place_in_clause
from pipeline.extract.mentions.bodynames import HELPED
from pipeline.extract.mentions.company import Company
from pipeline.extract.mentions.gazetteer import lookup
from pipeline.extract.mentions.homonyms import is_namesake
from pipeline.extract.mentions.setting import Setting, Told
from pipeline.extract.mentions.sounds import sounds
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.teams import is_sport, sport_words
from pipeline.extract.mentions.words import people_of_anywhere
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_SURE = {"private": 0.5, "person": 0.4, "fighters": 0.5, "many": 0.4, "state": 0.5, "body": 0.45}
"""Scores from which a country is told, by the kind of actor: about nine in ten are right there."""
_LEAD = 0.05
"""What the likeliest country has before the next: with less, neither is told."""
_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
_LARGE = (0.5, 0.7, 0.9)
"""Shares that are weighed together with how near a country is."""
_STEPS = (0, 1, 2, 3, 5, 8)
"""Sentences between an actor and a country's name, from the nearest to the farthest that are told apart."""
_FAR = 99
_AROUND = 2
_HEADS = 12
"""Words above a word that are looked at."""
_BEHIND = 0.5
"""What a country that is named after an actor is farther away than one before, in sentences."""
_FEW, _LEAST_NAMED = 3, 1
_OFFICIAL = ("GOV", "LEG", "JUD", "COP", "MIL")
_UNIQUE = frozenset(
    (
        "president",
        "prime minister",
        "chancellor",
        "foreign minister",
        "defence minister",
        "defense minister",
        "interior minister",
        "finance minister",
        "king",
    )
)
"""Offices that one person of a country holds."""
_OF_MANY_LANDS = frozenset(("secretary-general", "secretary general", "deputy secretary-general"))
"""Offices that are mostly of a body of several countries, so that no country that is merely near is theirs."""
_LONG_AGO = re.compile(
    r"\b(?:\d+ ?B\.?C\.?(?:E\.?)?|A\.D\. ?\d+|\d+(?:st|nd|rd|th)[- ]century|ancient|antiquity|mediaeval|medieval|pharaohs?|mummy|mummies)(?!\w)",
    re.IGNORECASE,
)
"""Words of times that are no living person's: whoever is named beside them is of no country of today that the article names."""
_NOBODYS = ("country", "igo")
"""Types of actors that have no country beside what they are."""
_SHARED = ("body:", "group:", "coalition:")
"""Identities of listed bodies, of creeds and peoples, and of what several countries make."""
_JOINT = frozenset(("coalition", "international", "multinational", "allied", "world", "global", "worldwide"))
_NOBODY_KNOWS = frozenset(("unknown", "unidentified", "unnamed"))
_OF_SEVERAL = re.compile(
    r"(?:the )?(?:(?:North|South|East|West|Central|Southern|Eastern|Western|Southeast) )?(?:UN|U\.N\.|EU|E\.U\.|AU|Pan-\w+|Inter-\w+|European|African|Asian|Asia|Arab|Nordic|Islamic World)\b"
    r"|.*\b(?:United Nations|European Union|African Union|Arab League|North Atlantic|NATO|Europe|Asia|Africa|Americas)\b"
)
"""Names of bodies that several countries make."""
_ARMED_JOINT = frozenset(("foreign", "western"))
_MANNED = ("military", "armed_group", "group")
_OWN_NAMES = ("organization", "government", "company")
_KINDS = {
    "person": "person",
    "government": "state",
    "military": "state",
    "armed_group": "many",
    "group": "many",
}


class Scene:
    """Where an article's countries are named, and whom it ties to them outright."""

    def __init__(self, parsed: ParsedArticle, setting: Setting, actors: Collection[Actor]) -> None:
        """Gather what is told; `actors`: those of the article, as far as they are known."""
        self.parsed = parsed
        self.setting = setting
        self.by_country: dict[str, list[Told]] = defaultdict(list)
        for told in setting.told:
            self.by_country[told.country].append(told)
        known = [a for a in actors if a.country and a.basis not in (None, "guessed") and a.type != "country"]
        self.company = Company(parsed, known)
        self.ties = Counter(a.country for a in known)
        self.held = {
            (a.role, a.country) for a in known if a.type == "person" and a.role and a.sector != "ELI"
        }
        """Offices that someone is told to hold, not to have held."""
        self.teams = len({a.key for a in actors if (a.key or "").startswith("team:")}) > 1
        """Whether countries play: who plays for which of them no nearness tells."""
        self.sport = is_sport(parsed)
        """Whether the article reports on sport: clubs and players are of many countries."""
        self._labels: dict[int, str] = {}

    def label(self, told: Told) -> str:
        """How a country is named: what names it and where that stands in its clause."""
        found = self._labels.get(id(told))
        if found is None:
            kind = "demonym" if told.span.kind == "demonym" else told.span.type
            found = f"{kind} {place_in_clause(self.parsed, told.span)}".removesuffix(" event")
            self._labels[id(told)] = found
        return found

    def choose(self, actor: Actor) -> str | None:
        """The likeliest country of an actor; None where none is likely enough."""
        scored = [(share, country) for country, share in likelihoods(self.candidates(actor)).items()]
        if not scored:
            return None
        first, country = max(scored)
        second = max((share for share, other in scored if other != country), default=0.0)
        if first - second < _LEAD:
            return None
        kind = _sort(actor)
        if kind in ("private", "body") and (self.teams or self.sport):
            return None
        return country if first >= _SURE[kind] else None

    def candidates(self, actor: Actor) -> dict[str, dict[str, float]]:
        """What speaks for and against each country that the article names."""
        named = [s for s in actor.spans if s.kind != "pronoun"] or actor.spans
        at = sorted({self.parsed.sentence_of(self.parsed.doc[s.start]).position for s in named})
        if not at or any(is_joint(actor.type, s.name) for s in named):
            return {}
        if actor.type == "person" and (actor.role in _OF_MANY_LANDS or self._is_of_old(actor, named)):
            return {}
        near = {c: self._nearest(at, told) for c, told in self.by_country.items()}
        order = sorted(near.values(), key=lambda n: n[0])
        one = actor.role in _UNIQUE and actor.sector != "ELI"
        free = [c for c in near if not one or ((actor.role, c) not in self.held and _has(c, actor))]
        heard, beside = sounds(actor, free), self.company.of(actor, free)
        return {
            c: self._features(actor, at, c, near[c], order) | heard.get(c, {}) | beside.get(c, {})
            for c in free
        }

    def _is_of_old(self, actor: Actor, named: list[ActorSpan]) -> bool:
        """Whether a person without an office is named beside words of a time long ago."""
        text = self.parsed.article.text
        sentences = (self.parsed.sentence_of(self.parsed.doc[s.start]) for s in named)
        return actor.role is None and any(_LONG_AGO.search(text, s.start, s.end) for s in sentences)

    def _relation(self, actor: Actor, told: Told) -> str:
        """How an actor and a country's name that stand in one sentence hang together: by the nearest word above both."""
        span = min((s for s in actor.spans), key=lambda s: (abs(s.start - told.span.start), s.start))
        doc = self.parsed.doc
        above = _path(doc[span.end - 1])
        at = dict(above)
        for i, label in _path(doc[told.span.end - 1]):
            if i in at:
                return f"{at[i]} {label}"
        return "apart"

    def _nearest(self, at: list[int], told: list[Told]) -> tuple[float, Told]:
        """The occurrence of a country nearest to an actor's sentences, and how far that is."""
        return min(
            ((_distance(position, t.position), t) for position in at[:_FEW] for t in told), key=lambda n: n[0]
        )

    def _features(
        self,
        actor: Actor,
        at: list[int],
        country: str,
        nearest: tuple[float, Told],
        order: list[tuple[float, Told]],
    ) -> dict[str, float]:
        kind = _kind(actor)
        closer = sum(n[0] < nearest[0] for n in order)
        official = actor.sector in _OFFICIAL or (actor.role is not None and kind == "person")
        found = {
            "bias": 1.0,
            f"kind {kind}": 1.0,
            **self._weight(kind, country, len(order)),
            **self._nearness(actor, nearest, order),
            **self._place(actor, at, country, nearest),
            "held": float(bool(actor.role) and (actor.role, country) in self.held),
            f"{kind} official": float(actor.sector in _OFFICIAL),
            "official closer 0": float(official and closer == 0),
            "official main": float(official and self.setting.main == country),
            "no role": float(kind == "person" and actor.role is None),
            "no role in reach": float(kind == "person" and actor.role is None and nearest[0] == 0),
        }
        if actor.role and kind == "person":
            found[f"{country} role {actor.role.split()[-1]}"] = 1
        found |= self._together(kind, country, min(closer, _FEW), len(order))
        return {name: value for name, value in found.items() if value}

    def _weight(self, kind: str, country: str, n_countries: int) -> dict[str, float]:
        """How much of the article a country has, and how many others there are."""
        share, ties = self.setting.share(country), sum(self.ties.values())
        found = {f"share {least}": 1.0 for least in _SHARES if share >= least}
        found |= {f"{kind} share {least}": 1.0 for least in _SHARES if share >= least}
        found["main"] = found[f"{kind} main"] = float(self.setting.main == country)
        found[f"countries {min(n_countries, 6)}"] = 1
        found["alone"] = found[f"{kind} alone"] = float(n_countries == 1)
        found["named once"] = float(len(self.by_country[country]) == _LEAST_NAMED)
        found["ties"] = found[f"{kind} ties"] = self.ties[country] / ties if ties else 0.0
        found["tied to none"] = float(not self.ties[country])
        found["places only"] = float(all(t.span.type == "place" for t in self.by_country[country]))
        return found

    def _together(self, kind: str, country: str, closer: int, n_countries: int) -> dict[str, float]:
        """How near a country is together with how much of the article it has: what the whole is about need not be nearest."""
        main, share = self.setting.main == country, self.setting.share(country)
        found = {f"{'main' if main else 'not main'} closer {closer}": 1.0, f"{kind} bias": 1.0}
        found[f"{kind} main closer {closer}"] = float(main)
        found[f"{kind} countries {min(n_countries, 6)}"] = 1.0
        return found | {f"share {least} closer {closer}": 1.0 for least in _LARGE if share >= least}

    def _nearness(
        self, actor: Actor, nearest: tuple[float, Told], order: list[tuple[float, Told]]
    ) -> dict[str, float]:
        """How near a country is named, whether others are nearer, and how the nearest name stands there."""
        kind, (distance, told) = _kind(actor), nearest
        closer = sum(n[0] < distance for n in order)
        tied = sum(n[0] == distance for n in order) - 1
        found = {f"{kind} within {step}": 1.0 for step in _STEPS if distance <= step}
        found[f"closer {min(closer, _FEW)}"] = found[f"{kind} closer {min(closer, _FEW)}"] = 1
        found[f"tied {min(tied, _FEW)}"] = found[f"{kind} tied {min(tied, _FEW)}"] = 1
        found[f"near {self.label(told)}"] = float(distance <= 1)
        found[f"{kind} near {self.label(told).split()[0]}"] = float(distance <= 1)
        where = "same" if distance == 0 else "around" if distance <= _AROUND else ""
        if where:
            found[f"{where} {self.label(told)}"] = 1
            found[f"{kind} {where} {self.label(told)}"] = 1
        return found

    def _place(
        self, actor: Actor, at: list[int], country: str, nearest: tuple[float, Told]
    ) -> dict[str, float]:
        """Whether an actor and a country stand in the same sentences, and how they hang together there."""
        kind, (distance, told) = _kind(actor), nearest
        first = min((_distance(at[0], t.position) for t in self.by_country[country]), default=_FAR)
        named = {t.position for t in self.by_country[country]}
        found = {f"first within {step}": 1.0 for step in _STEPS if first <= step}
        if distance == 0:
            found[f"{kind} relation {self._relation(actor, told)}"] = 1
        found["after"] = float(distance == 0 and told.span.start > actor.spans[0].start)
        found["shared"] = len(named & set(at)) / len(at)
        return found


def _has(country: str, actor: Actor) -> bool:
    """Whether a country has the office of the state that a person holds: the United States have no prime minister."""
    return actor.sector != "GOV" or country not in _absent().get(actor.role or "", ())


@cache
def _absent() -> dict[str, frozenset[str]]:
    """Countries that have no such office, by its name."""
    return {row["role"]: frozenset(row["countries"].split(" | ")) for row in table("absent_offices")}


def _kind(actor: Actor) -> str:
    return _KINDS.get(actor.type, "body")


def _sort(actor: Actor) -> str:
    """The kind of an actor by how sure a guess has to be: people without an office, players and fighters without a name apart."""
    if actor.type == "person" and (actor.role is None or actor.role.split()[-1] in sport_words()):
        return "private"
    if actor.type == "armed_group" and (actor.key or "").startswith("crowd:"):
        return "fighters"
    return _kind(actor)


def _path(token: Token) -> list[tuple[int, str]]:
    """The words above a word, nearest first, each with the label by which the way reaches it."""
    found, label = [(token.i, "self")], "self"
    for _ in range(_HEADS):
        if token.head.i == token.i:
            break
        if label in ("self", "compound", "flat", "amod", "nmod:poss") or token.dep_ in (
            "ccomp",
            "parataxis",
            "advcl",
        ):
            label = token.dep_
        token = token.head
        found.append((token.i, label))
    return found


def _distance(actor: int, country: int) -> float:
    """Sentences from an actor to a country's name; one that comes later is a little farther."""
    return float(actor - country) if country <= actor else country - actor + _BEHIND


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("guess_weights")}


def likelihoods(candidates: dict[str, dict[str, float]]) -> dict[str, float]:
    """How likely each country is an actor's own, by its features: together with that of none they make 1."""
    weights = _weights()
    scores = {
        c: sum(v * weights.get(f, 0.0) for f, v in sorted(found.items())) for c, found in candidates.items()
    }
    most = max(scores.values(), default=0.0)
    parts = {c: float(np.exp(score - most)) for c, score in scores.items()}
    whole = sum(parts.values()) + float(np.exp(-most))
    return {c: part / whole for c, part in parts.items()}


def is_open(actor: Actor) -> bool:
    """Whether a country may be guessed: no word tells one, and it is of a kind that has one."""
    told = actor.country is not None and actor.basis != "guessed"
    nobodys = actor.abroad or actor.type in _NOBODYS or (actor.key or "").startswith(_SHARED)
    return not (told or nobodys or is_namesake(actor.key) or _are_strays(actor))


def _are_strays(actor: Actor) -> bool:
    """Whether nothing but plural nouns of people of anywhere names an actor: "terrorists", "the asylum seekers"."""
    named = [s for s in actor.spans if s.kind != "pronoun"]
    return bool(named) and all(s.head in people_of_anywhere() for s in named)


def is_joint(type_: str, name: str) -> bool:
    """Whether a name says that it belongs to several countries, or that nobody knows: "African Union peacekeepers", "unknown gunmen"."""
    first = name.partition(" ")[0].lower()
    if first in _JOINT or first in _NOBODY_KNOWS or (first in _ARMED_JOINT and type_ in _MANNED):
        return True
    if HELPED.search(name):
        return True  # "U.S.-led coalition forces", "the Syrian-backed opposition"
    if type_ in _OWN_NAMES and _OF_SEVERAL.match(name):
        return True
    listed = lookup(name, 0) if type_ in (*_MANNED, "government") else None
    creed = (
        type_ == "armed_group"
    )  # "Islamist militants" are of one country or another, "European troops" of several
    return (
        listed is not None
        and listed.country is None
        and listed.type in ("igo", *(() if creed else ("group",)))
    )


def settle_guesses(parsed: ParsedArticle, actors: list[Actor], setting: Setting) -> None:
    """Choose the countries that no word tells; with them go the identities that hang on them."""
    scene = Scene(parsed, setting, actors)
    for actor in actors:
        if not actor.spans or not is_open(actor):
            continue
        chosen = scene.choose(actor)
        if chosen == actor.country:
            continue
        if actor.country and actor.key and actor.key.endswith(actor.country):
            actor.key = actor.key.removesuffix(actor.country) + (chosen or parsed.article.doc_id)
        actor.country, actor.basis = chosen, "guessed" if chosen else None
