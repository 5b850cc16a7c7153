"""People named by their office alone ("Thailand's foreign minister"), and bodies by whoever speaks for them ("a Pentagon spokesman")."""

from pipeline.extract.mentions.behind import named_behind
from pipeline.extract.mentions.describe import identity_of, last_country
from pipeline.extract.mentions.gazetteer import countries
from pipeline.extract.mentions.persons import Description, read_role, role_at
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.parsed import ParsedArticle

_SPEAKERS = frozenset(("spokesman", "spokeswoman", "spokesperson", "official"))
"""People without a name who stand for their body."""
_LEADERS = frozenset(
    ("leader", "commander", "chief", "head", "secretary-general", "director", "director-general")
)
_HEADS = frozenset(
    ("president", "prime minister", "chancellor", "premier", "king", "emir", "taoiseach", "leader")
)
_SENT = frozenset(("ambassador", "envoy"))
"""Words for one whom a country sent."""
_OF = frozenset(("of", "for"))
_REACH = 8
_SOON = 3
"""Sentences after an office's in which its holder is named."""


def find_titles(
    parsed: ParsedArticle, spans: list[ActorSpan], described: set[int], registry: Registry
) -> list[ActorSpan]:
    """Titles that stand for a person or a body of a country, with their actors.

    `described`: role nouns that belong to a name ("President Maduro"); they are no mentions of their own.
    """
    owner: dict[int, ActorSpan] = {}
    for span in spans:
        for i in range(span.start, span.end):
            owner.setdefault(i, span)
    found: list[ActorSpan] = []
    for token in parsed.doc:
        role = role_at(parsed, token.i)
        if role is None or role == "counterpart" or token.i in described or token.i in owner:
            continue
        after = parsed.doc[token.i + 1] if token.i + 1 < len(parsed.doc) else None
        if after is not None and (after.text == "-" or role_at(parsed, after.i)):
            continue
        if role == "official" and after is not None and after.pos_ in ("NOUN", "PROPN"):
            continue  # "the official news agency"
        sentence = parsed.sentence_of(token).span
        told = read_role(
            parsed, token.i, max(sentence.start, token.i - _REACH), min(sentence.end, token.i + _REACH), owner
        )
        named = None
        if told.country is None and told.country_noun is not None:
            told.country = last_country(parsed, told.country_noun, spans)
            told.start = told.country_noun
            named = f"{countries().get(told.country or '', 'the country')}'s {told.role}"
        definite = bool(told.start) and parsed.lower[(told.start or 1) - 1] == "the"
        actor = _actor(told, role, registry, definite=definite)
        if actor is not None and told.start is not None and told.end is not None:
            behind = named_behind(parsed, told.end - 1, owner, _OF) if actor.type == "person" else None
            span = make_name(parsed, told.start, behind[0] if behind else told.end, actor.type)
            span.kind, span.country, span.name = "title", actor.country, named or span.name
            registry.add(span, actor)
            found.append(span)
    return found


def _actor(told: Description, role: str, registry: Registry, *, definite: bool) -> Actor | None:
    """The body that an unnamed speaker stands for, or the holder of an office."""
    body = told.body.actor if told.body is not None else None
    if role in _SPEAKERS:
        if body is not None and body.type != "person":
            return body
        return _government(told.country, registry) if told.country else None
    if told.role is None or told.former or not (told.sector == "GOV" or role in _LEADERS):
        return None
    if definite and told.country is None and told.body is not None and role != "commander":
        heads = identity_of(told.body)
        leaders = [a for a in registry.actors if a.heads == heads and a.role == told.role]
        if len(leaders) == 1:
            return leaders[0]  # "the Labour leader" is the one who is named so
    of = told.country or (body.key if body is not None else None)
    if of is None:
        return None
    holder = next(
        (a for a in registry.actors if a.seat == told.seat and _holds(a, told.role, told.country)), None
    )
    key = f"office:{told.role} {told.seat or of}"
    return holder or registry.by_key.get(key) or _holder(told, key, body, registry)


def _holds(actor: Actor, role: str, country: str | None) -> bool:
    """Whether a person holds an office; "the Palauan leader" is whoever heads the state or its government."""
    held = actor.role or ""
    if actor.type != "person" or country is None or actor.country != country:
        return False
    sent = role in _SENT and held.split(" ")[-1] in _SENT
    return sent or held == role or held.endswith(f" {role}") or (role == "leader" and held in _HEADS)


def _holder(told: Description, key: str, body: Actor | None, registry: Registry) -> Actor:
    actor = Actor(
        "person",
        key=key,
        country=told.country or (body.country if body else None),
        basis=(told.basis or "told") if told.country else "office" if body and body.country else None,
        sector=told.sector,
        role=told.role,
    )
    registry.actors.append(actor)
    registry.by_key[key] = actor
    return actor


def _government(country: str, registry: Registry) -> Actor:
    key = f"government:{country}"
    if key not in registry.by_key:
        actor = Actor("government", key=key, country=country, basis="told", sector="GOV")
        registry.actors.append(actor)
        registry.by_key[key] = actor
    return registry.by_key[key]


def settle_holders(parsed: ParsedArticle, registry: Registry, spans: list[ActorSpan]) -> None:
    """Let a name that follows an office give its holder: "The Peruvian minister left. Ana Quispe told reporters ..."."""
    first: dict[int, ActorSpan] = {}
    for span in spans:
        if span.actor is not None and span.kind in ("name", "title"):
            first.setdefault(id(span.actor), span)
    persons = [
        (_sentence(parsed, s), s.start, a)
        for a in registry.actors
        if (s := first.get(id(a))) and a.type == "person"
    ]
    opens = sorted(persons, key=lambda each: each[:2])
    for n, (position, _, office) in enumerate(opens):
        if not (office.key or "").startswith("office:") or not _acts(parsed, first[id(office)]):
            continue
        near = [(p, a) for p, _, a in opens[n + 1 :] if p - position <= _SOON]
        undescribed = [(p, a) for p, a in near if not _is_described(a)]
        if len(undescribed) != 1 or undescribed[0] != near[0]:
            continue
        at, person = near[0]
        if at == position or not _acts(parsed, first[id(person)]) or " " not in first[id(person)].name:
            continue
        for span in office.spans:
            registry.add(span, person)
        person.role, person.sector, person.seat = office.role, office.sector, office.seat
        person.country, person.basis = office.country, office.basis
        registry.actors = [a for a in registry.actors if a is not office]
        registry.by_key[office.key or ""] = person


def _is_described(actor: Actor) -> bool:
    """Whether words tell who a person is: an office, a seat, a country."""
    return bool(actor.role or actor.seat or actor.key) or actor.basis not in (None, "guessed")


def _sentence(parsed: ParsedArticle, span: ActorSpan) -> int:
    return parsed.sentence_of(parsed.doc[span.start]).position


def _acts(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether an occurrence is the subject of a verb."""
    return any(t.dep_ == "nsubj" and t.head.pos_ == "VERB" for t in parsed.doc[span.start : span.end])
