"""Rows of `mentions`, and the actors of one article that they resolve to.

Names come first (word lists, the language model, titles), then bodies that a description names, then who is who, then what
titles tell of people, and last the words that go back to an actor.
"""

from pipeline.extract.mentions.actorhood import features, meaning, score
from pipeline.extract.mentions.anaphora import find_anaphora
from pipeline.extract.mentions.bodies import find_bodies
from pipeline.extract.mentions.collectives import find_collectives
from pipeline.extract.mentions.describe import describe_people
from pipeline.extract.mentions.guesses import settle_guesses
from pipeline.extract.mentions.heard import voice
from pipeline.extract.mentions.homes import infer_countries
from pipeline.extract.mentions.homonyms import settle_countries, settle_shared
from pipeline.extract.mentions.kinds import TYPES, kind_of
from pipeline.extract.mentions.metonymy import PART, apply_metonymy, governments_of_parts
from pipeline.extract.mentions.names import find_names
from pipeline.extract.mentions.places import position, settle_places
from pipeline.extract.mentions.resolve import Registry, actor_name, owned, resolve
from pipeline.extract.mentions.setting import Setting, read_setting
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.teams import settle_teams
from pipeline.extract.mentions.titles import find_titles, settle_holders
from pipeline.extract.mentions.words import CLITICS
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention

_OF_MANY = "igo"
"""Type of bodies that several countries make, which are of none."""

__all__ = ["extract_mentions", "read_candidates", "weighed"]


def extract_mentions(parsed: ParsedArticle) -> tuple[list[Mention], list[Entity]]:
    """Names, demonyms, titles, nouns and pronouns in order of the text, and all that may be the article's actors."""
    mentions, actors, setting = weighed(parsed)
    ids = _ids(parsed, actors)
    entities = [_entity(parsed, a, ids[id(a)], setting) for a in actors]
    decided = {
        e.entity_id: e.actor_type for a, e in zip(actors, entities, strict=True) if e.actor_type != a.type
    }
    for mention in mentions:
        if mention.actor_id in decided and mention.entity_type in TYPES:
            mention.entity_type = decided[mention.actor_id]
            mention.country = None if mention.entity_type == _OF_MANY else mention.country
    return mentions, entities


def weighed(parsed: ParsedArticle) -> tuple[list[Mention], list[Actor], Setting]:
    """Mentions in order of the text, the actors that they name in order of the first one, and where the story plays."""
    spans, registry, setting = read_candidates(parsed)
    settle_guesses(parsed, registry.actors, setting)
    return *_rows(parsed, spans, registry), setting


def read_candidates(parsed: ParsedArticle) -> tuple[list[ActorSpan], Registry, Setting]:
    """Every occurrence with the actor that it would mean, whether that acts or not, and where the story plays."""
    names = find_names(parsed)
    parts = settle_countries(parsed, names)
    settle_places(names)
    setting = read_setting(parsed, names)
    settle_shared(parsed, names, setting)
    settle_teams(parsed, names)
    apply_metonymy(parsed, names)
    governments_of_parts(parsed, names)
    spans = names + find_bodies(parsed, names, setting, parts)
    spans.sort(key=lambda s: (s.start, -s.end))
    people = describe_people(parsed, spans)
    registry = resolve(parsed, spans, people.genders)
    people.apply(registry)
    setting = read_setting(parsed, spans)
    infer_countries(parsed, registry, spans, setting, people.abroad())
    owned(registry, spans)
    described = {told.head for _, told in people.told if told.head is not None}
    spans += find_titles(parsed, spans, described, registry)
    spans.sort(key=lambda s: (s.start, -s.end))
    settle_holders(parsed, registry, spans)
    spans += find_anaphora(parsed, spans, registry, setting)
    spans += find_collectives(parsed, spans, registry, setting)
    return spans, registry, setting


def _rows(
    parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry
) -> tuple[list[Mention], list[Actor]]:
    """Mentions in order, and the actors by their first mention."""
    near = frozenset(a.country for a in registry.actors if a.country)
    spans = sorted(
        {(s.start, s.end, s.kind == "pronoun"): s for s in spans}.values(), key=lambda s: (s.start, -s.end)
    )
    actors = list({id(s.actor): s.actor for s in spans if s.actor is not None}.values())
    ids, taken = _ids(parsed, actors), set[str]()
    return [_mention(parsed, s, ids.get(id(s.actor)), near, taken) for s in spans], actors


def _ids(parsed: ParsedArticle, actors: list[Actor]) -> dict[int, str]:
    """The key of each actor within its article."""
    return {id(a): f"{parsed.article.doc_id}#actor{n}" for n, a in enumerate(actors)}


def _mention(
    parsed: ParsedArticle, span: ActorSpan, actor_id: str | None, near: frozenset[str], taken: set[str]
) -> Mention:
    start, end = parsed.start(parsed.doc[span.start]), parsed.end(parsed.doc[span.end - 1])
    if parsed.article.text[end - 2 : end] in CLITICS and end - 2 > start:
        end -= 2
    country, place = span.country, None
    if span.type == "place" or (span.key or "").startswith(PART):
        place = position(span.name, country, span.within, near)
        country = place.country
    elif span.actor is not None:
        country = span.actor.country
    return Mention(
        **parsed.place(start, end),
        mention_id=parsed.key("mention", start, taken),
        mention_kind=span.kind,
        entity_type=span.type,
        actor_id=actor_id,
        place_id=place.place_id if place else None,
        place_precision=place.precision if place else None,
        country=country,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def _entity(parsed: ParsedArticle, actor: Actor, entity_id: str, setting: Setting) -> Entity:
    type_ = kind_of(parsed, actor)
    country = None if type_ == _OF_MANY else actor.country
    named = [s for s in actor.spans if s.kind in ("name", "demonym", "noun", "title")]
    aliases = sorted({s.name for s in named}, key=lambda n: (-len(n), n))
    return Entity(
        doc_id=parsed.article.doc_id,
        published_on=parsed.article.published_on,
        entity_id=entity_id,
        name=actor_name(actor),
        actor_type=type_,
        country=country,
        sector=actor.sector,
        role=actor.role,
        aliases=" | ".join(aliases),
        n_mentions=len({(s.start, s.end) for s in actor.spans}),
        country_basis=actor.basis if country else None,
        actorhood=score(features(parsed, actor, setting), meaning(parsed, actor)) + voice(parsed, actor),
        identity=actor.key if actor.key and "@" not in actor.key and not actor.key.endswith(":") else None,
    )
