"""Extraction and linking without a language model, for tests of what lies around them: fast, and every table gets rows."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from pipeline import tables
from pipeline.extract.rows import (
    Date,
    Document,
    Entity,
    Event,
    EventActor,
    Extract,
    Figure,
    Mention,
    Quote,
    Sentence,
)
from pipeline.gather import Gathered, Month, joined
from pipeline.read.article import Article
from pipeline.refresh import Refreshed, refresh
from pipeline.report.build import write_report
from pipeline.settings import Settings
from pipeline.store import disk, lock, staged
from pipeline.store.versions import REPORT, drafting
from schemas.arrow import arrow_schema, from_pandas

LOG = "FAKE_EXTRACTION_LOG"
"""Environment variable: the file that each extracted article is noted in."""


def extract_articles(articles: list[Article]) -> Iterator[tuple[Article, Extract | str]]:
    for article in articles:
        if log := os.environ.get(LOG):
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"{article.doc_id!r}\n")
        yield article, "ValueError: too odd" if "UNBEARABLE" in article.text else rows_of(article)


def rows_of(article: Article) -> Extract:
    """One row of each table, over the article's first word."""
    start = article.blocks[0].start
    end = start + len(article.text[start:].split()[0])
    doc = article.doc_id
    place = {
        "doc_id": doc,
        "published_on": article.published_on,
        "sentence_id": f"{doc}#sentence0",
        "start": start,
        "end": end,
        "text": article.text[start:end],
    }
    whole = article.text[article.body_start : article.body_end]
    document = Document(
        **{
            k: getattr(article, k)
            for k in ("doc_id", "published_on", "path", "sha256", "encoding", "title", "credit")
        },
        **{k: getattr(article, k) for k in ("text", "body_start", "body_end", "note", "format")},
        date_basis=article.metadata.date_basis,
        language="en",
        n_words=len(whole.split()),
        n_sentences=1,
    )
    entity = Entity(
        doc_id=doc,
        published_on=article.published_on,
        entity_id=f"{doc}#actor0",
        name=article.text[start:end],
        actor_type="person",
        country=None,
        sector=None,
        role=None,
        aliases=article.text[start:end],
        n_mentions=1,
    )
    event = Event(
        **place,
        event_id=f"{doc}#event0",
        event_type="ASSAULT",
        event_mode=None,
        quad_class=4,
        intensity=-9.0,
        contexts=None,
        status="actual",
        attributed_to=None,
        date_from=article.published_on,
        date_to=article.published_on,
        date_precision="day" if article.published_on else None,
        place=None,
        place_country=None,
        latitude=None,
        longitude=None,
        fatalities_low=None,
        fatalities_high=None,
        injured_low=None,
        injured_high=None,
        actor_names=entity.name,
        recipient_names=None,
        actor_countries=None,
        recipient_countries=None,
        sentence=whole,
    )
    party = EventActor(
        **place,
        event_actor_id=f"{doc}#event0#actor0",
        event_id=event.event_id,
        role="actor",
        actor_id=entity.entity_id,
    )
    figure = Figure(
        **place,
        figure_id=f"{doc}#figure0",
        value=3.0,
        value_high=None,
        comparator="=",
        trend=None,
        unit="count",
        dimension=None,
        counted="words",
        measure=None,
        source_id=entity.entity_id,
        event_id=event.event_id,
        sentence=whole,
    )
    quote = Quote(
        **place,
        quote_id=f"{doc}#quote0",
        quote_kind="direct",
        spans=f"{start}-{end}",
        content=place["text"],
        cue=None,
        cue_start=None,
        cue_end=None,
        speaker=None,
        speaker_start=None,
        speaker_end=None,
        speaker_id=entity.entity_id,
        sentence=whole,
    )
    return Extract(
        documents=[document],
        sentences=[Sentence(**place, kind="body", position=0, paragraph=0)],
        mentions=[
            Mention(
                **place,
                mention_id=f"{doc}#mention0",
                mention_kind="name",
                entity_type="person",
                actor_id=entity.entity_id,
            )
        ],
        entities=[entity],
        dates=[
            Date(
                **place,
                date_id=f"{doc}#date0",
                date_from=None,
                date_to=None,
                date_precision="day",
                basis="explicit",
            )
        ],
        quotes=[quote],
        figures=[figure],
        events=[event],
        event_actors=[party],
    )


def link(data: Path, months: list[Month], gathered: Mapping[str, Gathered]) -> tables.Links:
    """Actors by name, one incident and one tally a document, no copies."""
    rows = joined(gathered)
    entities, events, figures = (rows[t].to_pandas() for t in ("entities", "events", "figures"))
    actor_of = {
        key: f"actor {name}" for key, name in zip(entities["entity_id"], entities["name"], strict=True)
    }
    names = sorted(set(entities["name"]))
    actors = pd.DataFrame({"actor_id": [f"actor {n}" for n in names], "name": names, "actor_type": "person"})
    days = entities.dropna(subset=["published_on"]).groupby("name")["published_on"].agg(["min", "max"])
    actors = actors.assign(
        country=None,
        sector=None,
        role=None,
        aliases=actors["name"],
        n_documents=1,
        n_mentions=1,
        first_seen_on=[days["min"].get(name) for name in names],
        last_seen_on=[days["max"].get(name) for name in names],
    )
    incidents = pd.DataFrame({"incident_id": "i " + events["event_id"], "event_type": events["event_type"]})
    incidents = incidents.assign(
        **dict.fromkeys(
            (
                "date_from",
                "date_to",
                "place",
                "actor_names",
                "recipient_names",
                "place_country",
                "latitude",
                "longitude",
                "actor_countries",
                "recipient_countries",
                "fatalities_low",
                "fatalities_high",
                "disputed_over",
                "claim_event_id",
                "counter_event_id",
                "incident_basis",
                "confidence",
            )
        ),
        status="actual",
        **dict.fromkeys(("n_reports", "n_documents", "n_sources"), 1),
        corroboration="single",
        summary=events["sentence"],
        first_reported_on=events["published_on"],
        last_reported_on=events["published_on"],
    )
    tallies = pd.DataFrame(
        {
            "tally_id": "t " + figures["figure_id"],
            "measure": None,
            "counted": figures["counted"],
            "unit": "count",
        }
    )
    tallies = tallies.assign(
        value_low=3.0,
        value_high=3.0,
        latest_value=3.0,
        **dict.fromkeys(("place", "incident_id")),
        first_on=figures["published_on"],
        latest_on=figures["published_on"],
        n_figures=1,
        n_documents=1,
        agreement="single",
    )
    frames = {"actors": actors, "incidents": incidents, "incident_links": pd.DataFrame(), "tallies": tallies}
    keys = tables.MonthKeys(
        actor_of=actor_of,
        incident_of={key: f"i {key}" for key in events["event_id"]},
        tally_of={key: f"t {key}" for key in figures["figure_id"]},
        copy_of={},
        names_of={"actor": dict(zip(events["event_id"], events["actor_names"], strict=True))},
    )
    made = {name: frame.reindex(columns=arrow_schema(name).names) for name, frame in frames.items()}
    return tables.Links(
        tables={name: from_pandas(frame, arrow_schema(name)) for name, frame in made.items()},
        marks=dict.fromkeys(gathered, ""),
        keys=lambda month: keys,
    )


def install(patch: pytest.MonkeyPatch) -> None:
    """Put the fakes in place of the language model, of linking, and of the disk's slowness."""
    patch.setattr("os.fsync", lambda _: None)
    patch.setattr("os.sync", lambda: None)
    patch.setattr("pipeline.refresh.extract_articles", extract_articles)
    patch.setattr("pipeline.tables._link", link)


def run(
    seeds: Path, data: Path, *, pages: bool = False, whole: bool = False, **settings: object
) -> Refreshed:
    """Everything that a run does but the checks and Dagster; the pages where they are asked for."""
    with lock.hold(data, wait=10):
        found = refresh(seeds, data, Settings(**settings), whole=whole)
        with drafting(data) as draft:
            for table in tables.assemble(data):
                draft.publish(table, staged.parts(data, table))
            with disk.guarding(data):
                made = write_report(draft.folder, as_left=draft.pages_as_left) if pages else None
            draft.done(REPORT, changed=made is not None and made.written + made.removed > 0)
            draft.finish()
    return found
