"""Hand-made rows for the tests of linking."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipeline.link.pairs import Bags
from pipeline.link.rows import Lists

EVENT = {
    "event_type": "ASSAULT",
    "event_mode": None,
    "status": "actual",
    "date_from": None,
    "date_to": None,
    "place": None,
    "place_country": None,
    "latitude": None,
    "longitude": None,
    "fatalities_low": None,
    "fatalities_high": None,
    "injured_low": None,
    "attributed_to": None,
    "actor_names": "Russia",
    "recipient_names": "Ukraine",
    "actor_countries": "RUS",
    "recipient_countries": "UKR",
    "incident_id": None,
}
FIGURE = {
    "value_high": None,
    "comparator": "=",
    "unit": "count",
    "dimension": None,
    "counted": "people killed",
    "measure": "killed",
    "event_id": None,
}


def day(text: str) -> date:
    """A day written as 2025-03-01."""
    return date.fromisoformat(text)


def documents(*rows: tuple[str, str, str], **columns: Any) -> pd.DataFrame:
    """Articles from their key, day of publication and text."""
    frame = pd.DataFrame(
        [
            {"doc_id": key, "published_on": day(on), "text": text, "body_start": 0, "body_end": len(text)}
            for key, on, text in rows
        ]
    )
    return frame.assign(**{"credit": None, "duplicate_of": None, **columns})


def event(doc_id: str, on: str, sentence: str, trigger: str, **columns: Any) -> dict[str, Any]:
    """A report: `trigger` within `sentence`, of an article that consists of that sentence."""
    start = sentence.index(trigger)
    if when := columns.pop("when", None):
        columns |= {"date_from": day(when), "date_to": day(when)}
    key = f"{doc_id}#event{start}"
    return {
        **EVENT,
        "event_id": key,
        "doc_id": doc_id,
        "published_on": day(on),
        "start": start,
        "text": trigger,
        "sentence": sentence,
        **columns,
    }


def parties(events: pd.DataFrame) -> pd.DataFrame:
    """`event_actors` that name countries as in the events' columns."""
    rows = [
        {"event_id": e["event_id"], "role": role, "actor_id": f"country:{country}"}
        for e in events.to_dict("records")
        for role in ("actor", "recipient")
        for country in str(e[f"{role}_countries"] or "").split(" | ")
        if country
    ]
    return pd.DataFrame(rows, columns=["event_id", "role", "actor_id"])


def figure(doc_id: str, on: str, sentence: str, text: str, value: float, **columns: Any) -> dict[str, Any]:
    """A figure: `text` within `sentence`, of an article that consists of that sentence."""
    start = sentence.index(text)
    return {
        **FIGURE,
        "figure_id": f"{doc_id}#figure{start}",
        "doc_id": doc_id,
        "published_on": day(on),
        "start": start,
        "text": text,
        "value": value,
        "sentence": sentence,
        **columns,
    }


def words_of(bags: Bags, row: int) -> dict[str, float]:
    """The words of a bag with their weights, as they were put down."""
    bags.gather(np.array([row]))
    table, names = bags.table.rows[[int(bags.place[row])]], list(bags.column)
    return {names[at]: float(w) / bags.table.scale for at, w in zip(table.indices, table.data, strict=True)}


def lists(*rows: list[int]) -> Lists:
    """Lists of rows."""
    return Lists(np.concatenate([np.array(own) for own in rows]), np.cumsum([0, *map(len, rows)]))
