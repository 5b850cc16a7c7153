"""Which of an article's candidates are actors, once its quotes, figures and events tell what each of them does.

Being named by such a row speaks for an actor but decides nothing: a party that the article only mentions is a worse sign than a speaker.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

from pipeline.extract.mentions.actorhood import weights
from pipeline.extract.rows import Entity, EventActor, Extract, Mention

_LEAST = 0.1
"""Odds, as a logarithm, from which an actor is kept: a row that is none is worse than one that is missed."""
_LISTED = 1.0
"""How much less is asked of a country in a list of which most stay."""
_JOINED = re.compile(r",? and (?:the )?|, (?:the )?")
_SOME, _MANY = 2, 4
"""Parts in events from which there are several, and many."""


def keep_actors(found: Extract) -> Extract:
    """An article's rows without the candidates that are no actors: their names stay as mentions of nobody, other rows as words."""
    named = {m.actor_id for m in found.mentions if m.mention_kind != "pronoun"}
    uses = uses_of(found)
    weighed = {e.entity_id: odds(e, uses) for e in found.entities}
    gone = {
        e.entity_id: e for e in found.entities if e.entity_id not in named or weighed[e.entity_id] < _LEAST
    }
    for entity_id in _in_lists(found, gone):
        if weighed[entity_id] >= _LEAST - _LISTED:
            del gone[entity_id]
    kept = []
    for mention in found.mentions:
        if mention.actor_id in gone:
            if mention.mention_kind not in ("name", "demonym"):
                continue
            mention.actor_id = None
        kept.append(_place_or_actor(mention))
    found.mentions = kept
    found.entities = [e for e in found.entities if e.entity_id not in gone]
    _forget(found, gone)
    return found


def _in_lists(found: Extract, gone: Mapping[str, Entity]) -> set[str]:
    """Countries that would go though most of those beside them in a list stay: "China, Brazil and Russia were invited"."""
    text = found.documents[0].text if found.documents else ""
    lands = [m for m in found.mentions if m.entity_type == "country" and m.mention_kind == "name"]
    lists: list[list[Mention]] = []
    for before, mention in pairwise([None, *lands]):
        if mention is None:
            continue
        if before is not None and _JOINED.fullmatch(text[before.end : mention.start]):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    kept: set[str] = set()
    for each in lists:
        ids = {m.actor_id for m in each if m.actor_id is not None}
        out = ids & gone.keys()
        if out and 2 * len(out) <= len(ids):
            kept |= out
    return kept


def _place_or_actor(mention: Mention) -> Mention:
    """A mention of a state or city that may rule is either that of a government or of the place."""
    if mention.place_id is not None and mention.entity_type != "place":
        if mention.actor_id is None:
            mention.entity_type = "place"
        else:
            mention.place_id = mention.place_precision = mention.latitude = mention.longitude = None
    return mention


def odds(entity: Entity, uses: dict[str, Counter[str]]) -> float:
    """The odds, as a logarithm, that a candidate is an actor, with what other rows tell of it."""
    told = sorted(use_features(entity, uses.get(entity.entity_id, Counter())))
    return entity.actorhood + sum(weights().get(feature, 0.0) for feature in told)


def uses_of(found: Extract) -> dict[str, Counter[str]]:
    """How often each candidate speaks, takes part in events, gives figures and is what they are about."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for quote in found.quotes:
        if quote.speaker_id:
            uses[quote.speaker_id].update(("speaks", f"speaks {quote.speaker_basis}"))
    for party in found.event_actors:
        if party.actor_id:
            uses[party.actor_id].update((f"event {party.role}", f"event {party.role} {party.basis}"))
    for figure in found.figures:
        if figure.source_id:
            uses[figure.source_id]["figure source"] += 1
        if figure.subject_id:
            uses[figure.subject_id]["figure subject"] += 1
    return uses


def use_features(entity: Entity, uses: Counter[str]) -> list[str]:
    """What the rows that name a candidate tell of it, also by what kind of candidate it is."""
    told = [f"used {use}" for use in uses] or ["unused"]
    parts = uses["event actor"] + uses["event recipient"]
    told += [f"events {n}" for n in (_SOME, _MANY) if parts >= n]
    group = _group(entity)
    return [*told, *(f"{group} {feature}" for feature in told)]


def _group(entity: Entity) -> str:
    crowd = (entity.identity or "").startswith("crowd:")
    return "crowd" if crowd else entity.actor_type if entity.actor_type in ("country", "person") else "body"


def _forget(found: Extract, gone: Mapping[str, Entity]) -> None:
    """Take actors that are none out of the rows that name them; a party that stands in no words goes with its actor."""
    for quote in found.quotes:
        if quote.speaker_id in gone:
            quote.speaker_id = None
    for figure in found.figures:
        figure.source_id = None if figure.source_id in gone else figure.source_id
        figure.subject_id = None if figure.subject_id in gone else figure.subject_id
    parties: list[EventActor] = []
    lost: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for party in found.event_actors:
        actor = gone.get(party.actor_id or "")
        if actor is not None:
            countries = lost[party.event_id, party.role]
            if party.text is None:
                countries.add(actor.country)
                continue
            party.actor_id = None
        parties.append(party)
    found.event_actors = parties
    _tell_again(found, lost)


def _tell_again(found: Extract, lost: Mapping[tuple[str, str], set[str | None]]) -> None:
    """Let the events that lost an actor name who is left; `lost`: by event and role, the countries of parties that went with theirs."""
    entities = {e.entity_id: e for e in found.entities}
    left: dict[tuple[str, str], list[EventActor]] = defaultdict(list)
    for party in found.event_actors:
        left[party.event_id, party.role].append(party)
    events = {e.event_id: e for e in found.events}
    for (event_id, role), countries in lost.items():
        event, parties = events[event_id], left[event_id, role]
        own = [entities.get(p.actor_id or "") for p in parties]
        names = [e.name if e is not None else p.text for e, p in zip(own, parties, strict=True)]
        told = {e.country for e in own if e is not None}
        listed = (getattr(event, f"{role}_countries") or "").split(" | ")
        kept = [c for c in listed if c not in countries or c in told]
        setattr(event, f"{role}_names", " | ".join(dict.fromkeys(n for n in names if n)) or None)
        setattr(event, f"{role}_countries", " | ".join(kept) or None)
