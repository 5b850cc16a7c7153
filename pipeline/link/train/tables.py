"""Rows and links of some articles, straight from the functions that make them."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from pipeline.extract import extract
from pipeline.extract.parsed import parse
from pipeline.extract.rows import ROW_TYPES, columns
from pipeline.language import load
from pipeline.link.actors import link_actors
from pipeline.link.copies import find_copies
from pipeline.link.incidents import link_incidents
from pipeline.link.parties import party_names
from pipeline.link.tallies import link_tallies
from pipeline.read.article import Article


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of every table that linking reads or makes."""

    documents: pd.DataFrame
    events: pd.DataFrame
    event_actors: pd.DataFrame
    figures: pd.DataFrame
    incidents: pd.DataFrame
    incident_links: pd.DataFrame
    tallies: pd.DataFrame


def extracted(articles: Iterable[Article]) -> dict[str, pd.DataFrame]:
    """Rows of each article's own tables."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in ROW_TYPES}
    for parsed in parse(articles, load()):
        found = extract(parsed)
        for table in rows:
            rows[table] += [dataclasses.asdict(row) for row in getattr(found, table)]
    return {table: pd.DataFrame(rows[table], columns=columns(table)) for table in rows}


def named(rows: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Events, their parties and articles, with the actors' keys and names that hold across articles."""
    actors, actor_of = link_actors(rows["entities"])
    event_actors = rows["event_actors"].assign(actor_id=rows["event_actors"]["actor_id"].map(actor_of))
    documents = rows["documents"].assign(duplicate_of=find_copies(rows["documents"]).to_numpy())
    events = rows["events"].copy()
    for role, names_of in party_names(event_actors, actors).items():
        events[f"{role}_names"] = events["event_id"].map(names_of)
    return events, event_actors, documents


def linked(rows: dict[str, pd.DataFrame]) -> Tables:
    """The rows with the keys that hold across articles, and the tables that link them."""
    events, event_actors, documents = named(rows)
    incidents, incident_links, incident_of = link_incidents(events, event_actors, documents)
    events["incident_id"] = events["event_id"].map(incident_of)
    tallies, tally_of = link_tallies(rows["figures"], events, documents)
    figures = rows["figures"].assign(tally_id=rows["figures"]["figure_id"].map(tally_of))
    return Tables(documents, events, event_actors, figures, incidents, incident_links, tallies)
