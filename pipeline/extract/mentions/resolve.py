"""Names to actors within one article: who is who."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from pipeline.extract.mentions.bodies import body_key
from pipeline.extract.mentions.gazetteer import adjective, capital_countries, countries, fold, lookup
from pipeline.extract.mentions.span import Actor, ActorSpan, basis_of
from pipeline.extract.mentions.teams import team_name
from pipeline.extract.mentions.words import POSSESSIVE, name_words
from pipeline.extract.parsed import ParsedArticle

_ORGANISED = frozenset(
    ["government", "military", "armed_group", "organization", "company", "igo", "media", "party", "group"]
)
_ALIKE = str.maketrans("qyoec", "kiuik")
_MIN_ACRONYM = 2
_OF = ("of", "for", "to", "on")
_BEFORE_NOUN = 8
"""Words up to the article before a noun and its adjectives."""
_CHAMBER = "house"
"""What an article calls the House of Representatives or of Commons that it names."""


class Registry:
    """The actors of an article and the ways to find them."""

    def __init__(self) -> None:
        """Start without actors."""
        self.actors: list[Actor] = []
        self.by_key: dict[str, Actor] = {}
        self.surnames: dict[str, list[Actor]] = defaultdict(list)
        self.given: dict[str, list[Actor]] = defaultdict(list)
        self.middle: dict[str, list[Actor]] = defaultdict(list)
        self.parts: dict[str, list[Actor]] = defaultdict(list)
        self.full: dict[int, list[str]] = {}
        """Words of the name of each person, by identity of the actor."""

    def new(self, span: ActorSpan, key: str | None = None) -> Actor:
        """A new actor from its first occurrence."""
        actor = Actor(span.type, key=key, country=span.country, basis=basis_of(span), sector=span.sector)
        if span.type == "group" and key and key.startswith("country:"):
            actor.type, actor.sector = "country", "GOV"
        self.actors.append(actor)
        if key:
            self.by_key[key] = actor
        return actor

    def add(self, span: ActorSpan, actor: Actor) -> None:
        """One more occurrence of an actor."""
        span.actor = actor
        actor.spans.append(span)
        actor.belongs(span.country, basis_of(span))
        actor.sector = actor.sector or span.sector


def resolve(parsed: ParsedArticle, spans: list[ActorSpan], genders: dict[int, str]) -> Registry:
    """Give each name its actor. `genders`: m or f by the start of a person's name, from titles."""
    registry = Registry()
    _define_acronyms(parsed, spans)
    _national(parsed, spans)
    peoples = {s.key for s in spans if s.key and s.key.startswith("people:")}
    for span in spans:
        if span.key and span.type != "person" and "@" not in span.key and not _is_someone(parsed, span):
            people = f"people:{span.country}"
            key = people if span.plural and people in peoples else span.key
            registry.add(span, registry.by_key.get(key) or registry.new(span, key))
    _people(registry, [s for s in spans if s.type == "person"], genders)
    _bodies(parsed, registry, spans)
    for span in spans:
        if span.member_of is not None and span.member_of.actor is not None:
            registry.add(span, span.member_of.actor)
    return registry


def _is_someone(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether the noun for one of a people goes back to a person named before: "the young |Dane|"."""
    if (
        span.kind != "demonym"
        or not (span.key or "").startswith("people:")
        or span.name.endswith(("s", "men"))
    ):
        return False
    before = (parsed.lower[i] for i in range(span.start - 1, max(-1, span.start - _BEFORE_NOUN), -1))
    return next((w == "the" for w in before if w in ("a", "an", "the", "one", "another")), False)


def owned(registry: Registry, spans: list[ActorSpan]) -> None:
    """Give each body named after a person ("the Assad regime") its actor: the body of the person's country."""
    for span in spans:
        if span.actor is not None or not span.key or "@" not in span.key:
            continue
        body, _, person = span.key.partition("@")
        leader = next((a for a in registry.parts.get(person, ()) if a.type == "person"), None) or next(
            iter(registry.surnames.get(person.split()[-1], ())), None
        )
        country = leader.country if leader else None
        key = f"{body}:{country}" if country else f"{body}@{person.split()[-1]}"
        span.country, span.basis = country, "office"
        registry.add(span, registry.by_key.get(key) or registry.new(span, key))


def _name_parts(name: str) -> list[str]:
    parts = fold(name).split()
    while len(parts) > 1 and parts[0] in ("al", "el"):
        parts = parts[1:]
    return [p for p in parts if p not in ("jr", "sr", "ii", "iii")] or parts


def _people(registry: Registry, spans: list[ActorSpan], genders: dict[int, str]) -> None:
    """Who bears a full name first; then every name in order, a lone one to whoever bears it and is named most before it."""
    bearer: dict[int, Actor] = {}
    assumed = {" ".join(_name_parts(s.name)): s for s in reversed(spans) if s.alias_of is not None}
    for span in spans:
        parts = _name_parts(span.name)
        if len(parts) > 1 and " ".join(parts) not in assumed:
            bearer[id(span)] = _full_name(registry, span, parts)
            _gender(bearer[id(span)], genders.get(span.start))
    for span in spans:
        alias = span.alias_of
        if alias is not None:
            actor = bearer.get(id(alias)) or _lone_name(registry, alias, None)
            part = _name_parts(span.name)[-1]
            registry.surnames[part].append(actor)
            bearer[id(span)] = actor
    for span in spans:
        known = assumed.get(" ".join(_name_parts(span.name)))
        if known is not None:
            bearer[id(span)] = bearer[id(known)]
    for span in spans:
        gender = genders.get(span.start)
        actor = bearer.get(id(span)) or _lone_name(registry, span, gender)
        _gender(actor, gender)
        registry.add(span, actor)


def _full_name(registry: Registry, span: ActorSpan, parts: list[str]) -> Actor:
    """The person of a name of several words."""
    name = " ".join(parts)
    alike = (a for a in registry.surnames[parts[-1]] if _same_person(registry.full[id(a)], parts))
    actor = next(iter(registry.parts[name]), None) or next(alike, None) or _spelt_alike(registry, parts)
    actor = actor or _begun(registry, parts)
    if actor is None:
        actor = registry.new(span)
        registry.full[id(actor)] = parts
        registry.surnames[parts[-1]].append(actor)
        registry.given[parts[0]].append(actor)
        for part in parts[1:-1]:
            registry.middle[part].append(actor)
    if actor not in registry.parts[name]:
        registry.parts[name].append(actor)
    return actor


def _begun(registry: Registry, parts: list[str]) -> Actor | None:
    """The one person whose longer name begins with these words: "Ana María" of Ana María Quispe."""
    longer = [a for a in registry.given[parts[0]] if registry.full[id(a)][: len(parts)] == parts]
    return longer[0] if len(longer) == 1 else None


def _spelt_alike(registry: Registry, parts: list[str]) -> Actor | None:
    """The person whose name in another alphabet the article spells in two ways ("Ahmed Shukri", "Ahmed Shuqri")."""
    for actor in registry.given[parts[0]]:
        other = registry.full[id(actor)]
        if len(other) == len(parts) and all(
            _sound(a) == _sound(b) for a, b in zip(other, parts, strict=True)
        ):
            registry.surnames[parts[-1]].append(actor)
            return actor
    return None


def _sound(part: str) -> str:
    """A name's word with letters that transcriptions take for one another made one."""
    alike = part.replace("kh", "h").replace("ou", "u").replace("oo", "u").replace("ee", "i").translate(_ALIKE)
    return re.sub(r"(.)\1", r"\1", alike)


def _lone_name(registry: Registry, span: ActorSpan, gender: str | None) -> Actor:
    """The person of a surname or given name alone: the bearer named most before it, the first of those, else the first one after it.

    Wives, brothers and namesakes come up beside the person that the article is about; the bare surname stays that person's.
    """
    part = _name_parts(span.name)[0]
    bearers: tuple[Actor, ...] = (*registry.surnames[part], *registry.given[part])
    if not bearers:  # "López" of Rafael López Aliaga
        bearers = tuple(registry.middle[part])
    options = [a for a in bearers if not (gender and a.gender and a.gender != gender)]
    before = [a for a in options if a.spans]
    if before:
        return max(before, key=lambda a: (len(a.spans), -a.spans[0].start))
    if options:
        return options[0]
    actor = registry.new(span)
    registry.full[id(actor)] = [part]
    registry.surnames[part].append(actor)
    registry.parts[part].append(actor)
    return actor


def _gender(actor: Actor, gender: str | None) -> None:
    actor.gender = actor.gender or gender


def _same_person(a: list[str], b: list[str]) -> bool:
    """Whether two full names with one surname may be one person's: one's given names begin or are within the other's."""
    if len(a) < 2 or len(b) < 2:
        return False
    short, long = sorted((a[:-1], b[:-1]), key=len)
    return all(
        any(x == y or (len(x) == 1 and y.startswith(x)) or (len(y) == 1 and x.startswith(y)) for y in long)
        for x in short
    )


def _acronyms(name: str) -> set[str]:
    """What a name may be shortened to: the initials of its capitalised words, and of all its words but the small ones."""
    words = name.replace("-", " ").split()
    capitals = "".join(w[0] for w in words if w[0].isupper())
    every = "".join(w[0].upper() for w in words if w not in ("of", "the", "and", "for", "in", "on"))
    return {a for a in (capitals, every) if len(a) >= _MIN_ACRONYM and a.isalpha()}


def _bodies(parsed: ParsedArticle, registry: Registry, spans: list[ActorSpan]) -> None:
    """Bodies by the words of their names, by acronym, and by a shorter name within a longer one."""
    by_words: dict[str, Actor] = {}
    by_last: dict[str, list[tuple[list[str], Actor]]] = defaultdict(list)
    acronyms: dict[str, Actor] = {}
    before = {s.end: s for s in spans if s.type in _ORGANISED}
    for known in [a for a in registry.actors if a.type in _ORGANISED]:
        for name in dict.fromkeys(s.name for s in known.spans):
            _learn(name, known, by_words, by_last, acronyms)
    for span in spans:
        if span.type == "place" and not span.certain and span.name.isupper() and span.name in acronyms:
            span.type = acronyms[span.name].type
    unknown = [
        s for s in spans if s.actor is None and s.type in _ORGANISED and not s.key and s.member_of is None
    ]
    for span in sorted(unknown, key=lambda s: -len(s.name.split())):
        actor = by_words.get(body_key(span.name, None)) or _bracketed(parsed, span, before)
        if actor is None and span.name.isupper() and len(span.name) >= _MIN_ACRONYM:
            actor = acronyms.get(span.name.replace(".", ""))
        if actor is None:
            actor = _shortened(span, by_last)
        if actor is None:
            actor = registry.new(span)
        registry.add(span, actor)
        _learn(span.name, actor, by_words, by_last, acronyms)


def _define_acronyms(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Let "Rapid Support Forces (RSF)" say what RSF means in this article, whatever the lists say."""
    doc = parsed.doc
    ends = {s.end: s for s in spans if s.type in _ORGANISED}
    meant: dict[str, ActorSpan] = {}
    for span in spans:
        full = ends.get(span.start - 1) if span.start > 1 and doc[span.start - 1].text == "(" else None
        if full is not None and full.key != span.key and span.name.replace(".", "") in _acronyms(full.name):
            meant.setdefault(span.name, full)
        if full is not None and span.key and not full.key and span.key.startswith("body:"):
            full.key, full.type, full.sector = span.key, span.type, span.sector  # "Group for Islam (JNIM)"
            full.country = span.country or full.country
    _named_in_full(spans, meant)
    for span in spans:
        full = meant.get(span.name)
        if full is not None:
            span.key, span.type, span.country, span.sector = full.key, full.type, full.country, full.sector


def _named_in_full(spans: list[ActorSpan], meant: dict[str, ActorSpan]) -> None:
    """Listed initials mean the body that the article names in full, where it never names the listed one so."""
    bodies = [s for s in spans if s.type in _ORGANISED and s.kind == "name" and " " in s.name]
    listed = {s.key for s in bodies if s.key}
    by_initials = {a: s for s in reversed(bodies) for a in _acronyms(s.name)}
    for span in spans:
        if span.key and span.key.startswith("body:") and span.name.isupper() and span.key not in listed:
            full = by_initials.get(span.name.replace(".", ""))
            if full is not None and full.type != "group":
                meant.setdefault(span.name, full)


def _national(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Let a listed name mean the body of a country that the article named before by the same words: "the Turkish Red Crescent", then "the Red Crescent"."""
    bodies = [s for s in spans if s.type in _ORGANISED and s.kind == "name"]
    longer: dict[str, ActorSpan] = {}
    for span in sorted(bodies, key=lambda s: s.start):
        rest = _behind_country(span.name)
        if " " in rest:
            longer.setdefault(rest, span)
        full = longer.get(span.name)
        listed = (span.key or "").startswith("body:")
        before = parsed.doc[span.start - 1] if span.start else None
        if full is not None and listed and (before is None or before.text not in POSSESSIVE):
            span.key, span.type, span.country, span.sector = full.key, full.type, full.country, full.sector


def _behind_country(name: str) -> str:
    """The words of a name behind the country or people that it begins with; empty where it begins with none."""
    words = name.split()
    for n in (2, 1):
        first = " ".join(words[:n])
        land = lookup(first, 0)
        if land is not None and land.name == first and (land.type == "country" or land.kind == "demonym"):
            return " ".join(words[n:])
    return ""


def _learn(
    name: str,
    actor: Actor,
    by_words: dict[str, Actor],
    by_last: dict[str, list[tuple[list[str], Actor]]],
    acronyms: dict[str, Actor],
) -> None:
    by_words.setdefault(body_key(name, None), actor)
    words = fold(name).split()
    if len(words) > 1:
        for word in sorted({words[0], words[-1], *_heads(words)}):
            by_last[word].append((words, actor))
        for acronym in _acronyms(name):
            acronyms.setdefault(acronym, actor)


def _shortened(span: ActorSpan, by_last: dict[str, list[tuple[list[str], Actor]]]) -> Actor | None:
    """A longer name that ends or begins with this one ("the State Department")."""
    words = fold(span.name).split()
    if not words:
        return None
    ends = [
        (x, a) for x, a in by_last.get(words[-1], ()) if len(x) > len(words) and x[-len(words) :] == words
    ]
    if len(words) > 1 and ends:
        return ends[0][1]
    begins = [
        (x, a)
        for x, a in by_last.get(words[0], ())
        if len(x) > len(words)
        and x[: len(words)] == words
        and (a.type not in ("military", "government") or words == [_CHAMBER])
    ]
    if begins:
        return min(begins, key=lambda b: len(b[0]))[1]
    only = {id(a): a for _, a in ends}
    several = len(words) == 1 and span.name.endswith("s") and len(only) == 1
    if several and next(iter(only.values())).type == "organization":
        return next(iter(only.values()))  # "the Falcons" of the Atlanta Falcons
    if len(words) == 1 and span.name in name_words():
        only |= {id(a): a for x, a in by_last.get(words[0], ()) if words[0] in _heads(x)}
        if len(only) == 1:
            return next(iter(only.values()))  # "the League"
    return None


def _heads(name: list[str]) -> set[str]:
    """The words that say what a longer name is, before an "of" or "for" ("the Higher Council for Peace")."""
    return {word for word, after in pairwise(name) if after in _OF}


def _bracketed(parsed: ParsedArticle, span: ActorSpan, before: dict[int, ActorSpan]) -> Actor | None:
    """The body whose short name this is: "Full Name (FN)". `before`: bodies by the token after their last one."""
    doc = parsed.doc
    if span.start < 2 or doc[span.start - 1].text != "(" or span.end >= len(doc) or doc[span.end].text != ")":
        return None
    full = before.get(span.start - 1)
    return full.actor if full is not None else None


def actor_name(actor: Actor) -> str:
    """The fullest name of an actor in the article; a country's common name; a described body's usual description."""
    names = Counter(
        s.name for s in actor.spans if s.kind == "name" and s.member_of is None and s.alias_of is None
    )
    kind, _, code = (actor.key or "").partition(":")
    if kind == "country":
        return countries().get(code, next(iter(names), actor.spans[0].name))
    if kind == "people" and not names:
        called = Counter(s.name for s in actor.spans if s.kind == "demonym")
        if called:
            return max(called, key=lambda n: (n.endswith(("s", "men")), called[n], n))
    if kind == "team":
        return team_name(code, max(names, key=lambda n: (names[n], n)))
    if not names:
        names = Counter(s.name for s in actor.spans if s.kind == "title")
    if not names and kind and re.fullmatch("[A-Z]{3}", code):
        return f"{adjective(code)} {kind}"  # "its forces": the Russian military
    if not names:
        return next((s.name for s in actor.spans if s.kind != "pronoun"), actor.spans[0].name)
    if kind and kind not in ("body", "group", "office"):
        plain = Counter({n: k for n, k in names.items() if n not in capital_countries()})
        names = plain or names
        return max(names, key=lambda n: (names[n], len(n.split()), n))
    return max(names, key=lambda n: (len(n.split()), len(n), names[n], n))
