"""The rows of `events` and `event_actors`, from the events as they were judged."""

from datetime import date

from pipeline.extract.events.contexts import contexts
from pipeline.extract.events.lexicon import scores
from pipeline.extract.events.parties import Party
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.tolls import MEASURES, Toll, counted, dead, tolls
from pipeline.extract.events.when import When
from pipeline.extract.rows import Event, EventActor, Figure, Mention

Parties = list[list[Party]]
Dates = list[tuple[When, str] | None]
Places = list[tuple[Mention, str] | None]
Bounds = tuple[int | None, int | None]


def make_rows(
    reading: Reading, told: list[Told], parties: Parties, dates: Dates, places: Places
) -> tuple[list[Event], list[EventActor]]:
    """Rows in order of the text; writes `event_id` into the figures of dead and injured."""
    events: list[Event] = []
    actors: list[EventActor] = []
    taken: set[str] = set()
    about, lost = contexts(reading), _tolls(reading, told)
    for each, those, when, where in zip(told, parties, dates, places, strict=True):
        parsed = reading.parsed
        start, end = parsed.offsets(parsed.doc[each.first : each.last + 1])
        event_id = parsed.key("event", start, taken)
        own = [_party_row(reading, each, event_id, n, p) for n, p in enumerate(those, 1)]
        killed, injured = _lost(reading, each, event_id, lost.get(each.head, {}))
        quad, intensity = scores().get((each.event_type, each.event_mode), scores()[each.event_type, None])
        first, last, precision, basis = _when(when)
        place, country, read, latitude, longitude = _where(where)
        actors += own
        events.append(
            Event(
                **parsed.place(start, end),
                event_id=event_id,
                event_type=each.event_type,
                event_mode=each.event_mode,
                quad_class=quad,
                intensity=intensity,
                contexts=" | ".join(about[reading.sentence_of(each.head).paragraph]) or None,
                status=each.status,
                attributed_to=_source(reading, each),
                date_from=first,
                date_to=last,
                date_precision=precision,
                date_basis=basis,
                place=place,
                place_country=country,
                place_basis=read,
                latitude=latitude,
                longitude=longitude,
                fatalities_low=killed[0],
                fatalities_high=killed[1],
                injured_low=injured[0],
                injured_high=injured[1],
                actor_names=_names(reading, own, "actor"),
                recipient_names=_names(reading, own, "recipient"),
                actor_countries=_countries(reading, those, "actor"),
                recipient_countries=_countries(reading, those, "recipient"),
                method="learned",
                confidence=each.confidence,
                sentence=parsed.sentence_text(start),
            )
        )
    return events, actors


def _when(found: tuple[When, str] | None) -> tuple[date | None, date | None, str | None, str | None]:
    """First and last day, their precision, and where they were read."""
    if found is None:
        return None, None, None, None
    when, basis = found
    return when.date_from, when.date_to, when.precision, basis


def _where(
    found: tuple[Mention, str] | None,
) -> tuple[str | None, str | None, str | None, float | None, float | None]:
    """A place's name and country, where it was read, and its coordinates."""
    if found is None:
        return None, None, None, None, None
    place, basis = found
    return place.text, place.country, basis, place.latitude, place.longitude


def _lost(reading: Reading, told: Told, event_id: str, toll: Toll) -> list[Bounds]:
    """The least and most dead and injured; their figures learn whose they are."""
    for figure in (f for figures in toll.values() for f in figures):
        figure.event_id = event_id
    killed, injured = (counted(reading.tree, reading.parsed, toll.get(m, [])) for m in MEASURES)
    if killed == (None, None):
        killed = (one_by_one := dead(reading.tree, told)), one_by_one
    return [killed, injured]


def _tolls(reading: Reading, told: list[Told]) -> dict[int, Toll]:
    """The dead and injured of each event, sentence by sentence."""
    out: dict[int, Toll] = {}
    figures: dict[str | None, list[Figure]] = {}
    for figure in reading.figures:
        figures.setdefault(figure.sentence_id, []).append(figure)
    by_sentence: dict[str, list[Told]] = {}
    for each in told:
        by_sentence.setdefault(reading.sentence_of(each.head).sentence_id, []).append(each)
    for sentence_id, those in by_sentence.items():
        out.update(tolls(reading.parsed, reading.tree, those, figures.get(sentence_id, [])))
    return out


def _party_row(reading: Reading, told: Told, event_id: str, number: int, party: Party) -> EventActor:
    """A party, at its words nearest to the event where it has any in the sentence."""
    article = reading.parsed.article
    head = min(party.candidate.heads, key=lambda h: (_pronoun(reading, h), abs(h - told.head)), default=None)
    span = None
    if head is not None:
        first, last = reading.cast.phrase(head)
        span = reading.parsed.offsets(reading.parsed.doc[first : last + 1])
    return EventActor(
        event_actor_id=f"{event_id}.{party.role}{number}",
        event_id=event_id,
        doc_id=article.doc_id,
        published_on=article.published_on,
        sentence_id=reading.sentence_of(told.head).sentence_id,
        start=span[0] if span else None,
        end=span[1] if span else None,
        text=article.text[span[0] : span[1]] if span else None,
        role=party.role,
        actor_id=party.candidate.actor,
        basis="understood" if head is None else "pronoun" if _pronoun(reading, head) else "named",
    )


def _pronoun(reading: Reading, i: int) -> bool:
    return reading.tree.pos[i] == "PRON"


def _source(reading: Reading, told: Told) -> str | None:
    """Who says so, where the article leaves it to a source."""
    quote = reading.quote.get(told.head)
    if quote is None:
        return None
    entity = reading.cast.entities.get(quote.speaker_id or "")
    return entity.name if entity is not None else quote.speaker


def _names(reading: Reading, own: list[EventActor], role: str) -> str | None:
    """The names of those who have a role; an unnamed party's own words."""
    entities = reading.cast.entities
    names = [entities[r.actor_id].name if r.actor_id in entities else r.text for r in own if r.role == role]
    return " | ".join(dict.fromkeys(n for n in names if n)) or None


def _countries(reading: Reading, parties: list[Party], role: str) -> str | None:
    """The ISO codes of those who have a role."""
    cast = reading.cast
    found = [
        cast.entities[p.candidate.actor].country
        if p.candidate.actor in cast.entities
        else cast.country(p.candidate.heads[0])
        for p in parties
        if p.role == role
    ]
    return " | ".join(dict.fromkeys(c for c in found if c)) or None
