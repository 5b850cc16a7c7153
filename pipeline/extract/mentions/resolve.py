"""Names to actors within one article: who is who."""

from collections import Counter, defaultdict

from pipeline.extract.mentions.bodies import body_key
from pipeline.extract.mentions.gazetteer import countries, fold
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.parsed import ParsedArticle

_ORGANISED = frozenset(
    ["government", "military", "armed_group", "organization", "company", "igo", "media", "party", "group"]
)
_MIN_ACRONYM = 2


class Registry:
    """The actors of an article and the ways to find them."""

    def __init__(self) -> None:
        """Start without actors."""
        self.actors: list[Actor] = []
        self.by_key: dict[str, Actor] = {}
        self.surnames: dict[str, list[Actor]] = defaultdict(list)
        self.given: dict[str, list[Actor]] = defaultdict(list)
        self.parts: dict[str, list[Actor]] = defaultdict(list)

    def new(self, span: ActorSpan, key: str | None = None) -> Actor:
        """A new actor from its first occurrence."""
        actor = Actor(span.type, key=key, country=span.country, sector=span.sector)
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
        actor.country = actor.country or span.country
        actor.sector = actor.sector or span.sector


def resolve(parsed: ParsedArticle, spans: list[ActorSpan], genders: dict[int, str]) -> Registry:
    """Give each name its actor. `genders`: m or f by the start of a person's name, from titles."""
    registry = Registry()
    for span in spans:
        if span.key and span.type != "person" and "@" not in span.key:
            registry.add(span, registry.by_key.get(span.key) or registry.new(span, span.key))
    _people(registry, [s for s in spans if s.type == "person"], genders)
    _bodies(parsed, registry, [s for s in spans if s.actor is None and s.type in _ORGANISED and not s.key])
    return registry


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
        span.country = country
        registry.add(span, registry.by_key.get(key) or registry.new(span, key))


def _name_parts(name: str) -> list[str]:
    parts = fold(name).split()
    while len(parts) > 1 and parts[0] in ("al", "el"):
        parts = parts[1:]
    return [p for p in parts if p not in ("jr", "sr", "ii", "iii")] or parts


def _people(registry: Registry, spans: list[ActorSpan], genders: dict[int, str]) -> None:
    """Full names first, then lone names, each to the latest person before it that bears it."""
    order = {id(s): n for n, s in enumerate(spans)}
    full = [s for s in spans if len(_name_parts(s.name)) > 1]
    for span in full:
        parts = _name_parts(span.name)
        registry.add(span, _full_name(registry, span, parts))
        _gender(span.actor, genders.get(span.start))
    for span in spans:
        if span.actor is None:
            gender = genders.get(span.start)
            registry.add(span, _lone_name(registry, span, gender, order))
            _gender(span.actor, gender)
    for known in registry.actors:
        known.spans.sort(key=lambda s: s.start)


def _full_name(registry: Registry, span: ActorSpan, parts: list[str]) -> Actor:
    """The person of a name of several words."""
    alike = (a for a in registry.surnames[parts[-1]] if _same_person(_name_parts(a.spans[0].name), parts))
    actor = next(alike, None) or next(iter(registry.parts[" ".join(parts)]), None)
    if actor is None:
        actor = registry.new(span)
        registry.surnames[parts[-1]].append(actor)
        registry.given[parts[0]].append(actor)
    registry.parts[" ".join(parts)].append(actor)
    return actor


def _lone_name(registry: Registry, span: ActorSpan, gender: str | None, order: dict[int, int]) -> Actor:
    """The person of a surname or given name alone: the latest bearer before it, else the first one after it."""
    part = _name_parts(span.name)[0]
    bearers = (*registry.surnames[part], *registry.given[part])
    options = [a for a in bearers if not (gender and a.gender and a.gender != gender)]
    before = [a for a in options if order[id(a.spans[0])] < order[id(span)]]
    if before:
        return max(before, key=lambda a: max((s.start for s in a.spans if s.start < span.start), default=0))
    if options:
        return options[0]
    actor = registry.new(span)
    registry.surnames[part].append(actor)
    registry.parts[part].append(actor)
    return actor


def _gender(actor: Actor | None, gender: str | None) -> None:
    if actor is not None:
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


def _acronym(name: str) -> str:
    return "".join(w[0] for w in name.replace("-", " ").split() if w[0].isupper())


def _bodies(parsed: ParsedArticle, registry: Registry, spans: list[ActorSpan]) -> None:
    """Bodies by the words of their names, by acronym, and by a shorter name within a longer one."""
    by_words: dict[str, Actor] = {}
    by_last: dict[str, list[tuple[list[str], Actor]]] = defaultdict(list)
    acronyms: dict[str, Actor] = {}
    known = [a for a in registry.actors if a.type in _ORGANISED]
    for actor in known:
        for span in actor.spans:
            _learn(span.name, actor, by_words, by_last, acronyms)
    for span in sorted(spans, key=lambda s: -len(s.name.split())):
        actor = by_words.get(body_key(span.name, None)) or _bracketed(parsed, span, spans)
        if actor is None and span.name.isupper() and len(span.name) >= _MIN_ACRONYM:
            actor = acronyms.get(span.name.replace(".", ""))
        if actor is None:
            actor = _shortened(span, by_last)
        if actor is None:
            actor = registry.new(span)
        registry.add(span, actor)
        _learn(span.name, actor, by_words, by_last, acronyms)


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
        for word in {words[0], words[-1]}:
            by_last[word].append((words, actor))
        if len(_acronym(name)) >= _MIN_ACRONYM:
            acronyms.setdefault(_acronym(name), actor)


def _shortened(span: ActorSpan, by_last: dict[str, list[tuple[list[str], Actor]]]) -> Actor | None:
    """A longer name that ends or begins with this one ("the State Department")."""
    words = fold(span.name).split()
    if not words:
        return None
    for longer, actor in by_last.get(words[-1], ()):
        if len(longer) > len(words) and longer[-len(words) :] == words and len(words) > 1:
            return actor
    for longer, actor in by_last.get(words[0], ()):
        if (
            len(longer) > len(words)
            and longer[: len(words)] == words
            and actor.type not in ("military", "government")
        ):
            return actor
    return None


def _bracketed(parsed: ParsedArticle, span: ActorSpan, spans: list[ActorSpan]) -> Actor | None:
    """The body whose short name this is: "Full Name (FN)"."""
    doc = parsed.doc
    if span.start < 2 or doc[span.start - 1].text != "(" or span.end >= len(doc) or doc[span.end].text != ")":
        return None
    return next((s.actor for s in spans if s.end == span.start - 1 and s.actor is not None), None)


def actor_name(actor: Actor) -> str:
    """The fullest name of an actor in the article; a country's common name; a described body's usual description."""
    names = Counter(s.name for s in actor.spans if s.kind == "name" and "@" not in (s.key or ""))
    if actor.key and actor.key.startswith("country:"):
        return countries().get(actor.key.removeprefix("country:"), next(iter(names), actor.spans[0].name))
    if not names or (actor.key and ":" in actor.key and not actor.key.startswith(("body:", "group:"))):
        described = Counter(s.name for s in actor.spans if s.kind in ("name", "noun"))
        if described:
            return max(described, key=lambda n: (described[n], len(n.split()), n))
    if not names:
        return actor.spans[0].name
    return max(names, key=lambda n: (len(n.split()), len(n), names[n], n))
