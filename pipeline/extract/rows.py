"""The rows that one article yields, one class a table, fields named and ordered as the table's columns.

A row knows only its own article. Keys of actors are those of the article's own `Entity` rows here; `pipeline.link`
replaces them by keys that hold across articles and fills the columns that need other articles (`incident_id`,
`tally_id`, `duplicate_of`).
"""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(slots=True, kw_only=True)
class Located:
    """Where a row was read: `text == documents.text[start:end]`."""

    doc_id: str
    published_on: date | None
    sentence_id: str | None
    start: int
    end: int
    text: str


@dataclass(slots=True, kw_only=True)
class Document:
    """An article."""

    doc_id: str
    published_on: date | None
    path: str
    sha256: str
    encoding: str
    title: str | None
    credit: str | None
    language: str
    text: str
    body_start: int
    body_end: int
    n_words: int
    n_sentences: int
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    section: str | None = None
    headline: str | None = None
    format: str = "text"
    published_at: str | None = None
    date_basis: str | None = None
    note: str | None = None
    duplicate_of: str | None = None


@dataclass(slots=True, kw_only=True)
class Sentence(Located):
    """A sentence, heading or credit line; its own `sentence_id` is the key."""

    kind: str
    position: int
    paragraph: int


@dataclass(slots=True, kw_only=True)
class Mention(Located):
    """An occurrence of a name, title, demonym, noun or resolved pronoun.

    `actor_id` is null for places that only locate; those carry `country`, `latitude` and `longitude` instead.
    """

    mention_id: str
    mention_kind: str
    entity_type: str
    actor_id: str | None
    place_id: str | None = None
    place_precision: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True, kw_only=True)
class Entity:
    """An actor within one article: what `link.actors` joins across articles. Not published.

    `entity_id` is what `Mention.actor_id`, `Quote.speaker_id`, ... hold until linking. `aliases` are joined by " | ".
    `identity` names an actor that is the same in every article (`country:VEN`, `government:VEN`, `body:NATO`).
    """

    doc_id: str
    published_on: date | None
    entity_id: str
    name: str
    actor_type: str
    country: str | None
    sector: str | None
    role: str | None
    aliases: str
    n_mentions: int
    identity: str | None = None
    actorhood: float = 0.0
    """Odds, as a logarithm, that it does, says or undergoes something, as far as its own words tell."""
    country_basis: str | None = None
    """How the article tells the country; `guessed` where it follows only from where the story plays."""


@dataclass(slots=True, kw_only=True)
class Date(Located):
    """An expression of time, resolved to its first and last day (inclusive)."""

    date_id: str
    date_from: date | None
    date_to: date | None
    date_precision: str
    basis: str


@dataclass(slots=True, kw_only=True)
class Quote(Located):
    """Something attributed to a source. `start` to `end` runs from the first span's start to the last span's end."""

    quote_id: str
    quote_kind: str
    spans: str
    content: str
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_id: str | None
    cue_class: str | None = None
    speaker_basis: str | None = None
    sentence: str


@dataclass(slots=True, kw_only=True)
class Figure(Located):
    """A number that counts or measures."""

    figure_id: str
    value: float
    value_high: float | None
    from_value: float | None = None
    comparator: str
    trend: str | None
    value_kind: str = "level"
    unit: str | None
    per: str | None = None
    dimension: str | None
    counted: str | None
    attribute: str | None = None
    subject: str | None = None
    subject_id: str | None = None
    measure: str | None
    source_id: str | None
    event_id: str | None
    tally_id: str | None = None
    sentence: str


@dataclass(slots=True, kw_only=True)
class Event(Located):
    """A report of a political event; `text` is its trigger."""

    event_id: str
    event_type: str
    event_mode: str | None
    quad_class: int
    intensity: float
    contexts: str | None
    status: str
    attributed_to: str | None
    date_from: date | None
    date_to: date | None
    date_precision: str | None
    date_basis: str | None = None
    place: str | None
    place_country: str | None
    place_basis: str | None = None
    latitude: float | None
    longitude: float | None
    fatalities_low: int | None
    fatalities_high: int | None
    injured_low: int | None
    injured_high: int | None
    actor_names: str | None
    recipient_names: str | None
    actor_countries: str | None
    recipient_countries: str | None
    method: str = "rule"
    confidence: float | None = None
    incident_id: str | None = None
    sentence: str


@dataclass(slots=True, kw_only=True)
class EventActor:
    """A party to an event; without a place in the text where the party is only understood."""

    event_actor_id: str
    event_id: str
    doc_id: str
    published_on: date | None
    sentence_id: str | None
    start: int | None
    end: int | None
    text: str | None
    role: str
    actor_id: str | None
    basis: str = "named"


@dataclass(slots=True, kw_only=True)
class Extract:
    """Everything that one article yields."""

    documents: list[Document]
    sentences: list[Sentence]
    mentions: list[Mention]
    entities: list[Entity]
    dates: list[Date]
    quotes: list[Quote]
    figures: list[Figure]
    events: list[Event]
    event_actors: list[EventActor]


ROW_TYPES: dict[str, type] = {
    "documents": Document,
    "sentences": Sentence,
    "mentions": Mention,
    "entities": Entity,
    "dates": Date,
    "quotes": Quote,
    "figures": Figure,
    "events": Event,
    "event_actors": EventActor,
}


def columns(table: str) -> list[str]:
    """Names of an extracted table's columns, in order."""
    return [field.name for field in fields(ROW_TYPES[table])]
