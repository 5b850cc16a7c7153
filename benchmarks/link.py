"""How long linking takes: generated rows of 20,000 articles at once, then one article more.

    python benchmarks/link.py [--documents 20000]

Articles tell stories of a made-up year: each story has parties, a place, a day and a choice of words; large stories have
hundreds of reports, most have a few, and the parties follow a long-tailed distribution as in the news. One article in
fifty is a copy of another. Times are of the linking functions alone, with their cache in a new folder.
"""

import argparse
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.link.copies import find_copies
from pipeline.link.incidents import link_incidents
from pipeline.link.tallies import link_tallies

COUNTRIES = [
    "USA",
    "UKR",
    "RUS",
    "ISR",
    "CHN",
    "SYR",
    "IRN",
    "TUR",
    "IND",
    "FRA",
    "DEU",
    "GBR",
    "SDN",
    "YEM",
    "PAK",
    "MLI",
    "COL",
    "VEN",
    "KEN",
    "NGA",
    "EGY",
    "IRQ",
    "AFG",
    "POL",
    "MEX",
]
TYPES = [
    "ASSAULT",
    "ACCUSE",
    "AGREE",
    "CONSULT",
    "COERCE",
    "REQUEST",
    "SUPPORT",
    "REJECT",
    "SANCTION",
    "PROTEST",
    "THREATEN",
    "AID",
    "MOBILIZE",
    "RETREAT",
]
WEIGHTS = [24, 14, 10, 10, 9, 7, 6, 4, 4, 4, 3, 2, 2, 1]
MEASURES = ["killed", "injured", "arrested", "displaced", None]


def words(random_: random.Random, n: int) -> list[str]:
    """Made-up words, frequent ones often."""
    return [
        f"{'aeiou'[i % 5]}{chr(98 + i % 20)}{i:x}r".replace("0", "o")
        .replace("1", "l")
        .translate(str.maketrans("23456789", "bcdfghjk"))
        for i in (int(random_.paretovariate(0.7)) % 9000 for _ in range(n))
    ]


def generate(n_documents: int, seed: int = 7) -> dict[str, pd.DataFrame]:
    """Rows of `documents`, `events`, `event_actors` and `figures`."""
    pick = random.Random(seed)
    start = date(2025, 1, 1)
    stories = []
    for _ in range(n_documents):
        a, b = (COUNTRIES[min(len(COUNTRIES) - 1, int(pick.paretovariate(0.6)) - 1)] for _ in range(2))
        stories.append(
            {
                "kind": pick.choices(TYPES, WEIGHTS)[0],
                "actor": a,
                "recipient": b,
                "place": f"Town{pick.randrange(900)}" if pick.random() < 0.5 else None,
                "day": start + timedelta(days=pick.randrange(365)),
                "words": words(pick, 12),
                "toll": pick.randrange(1, 200),
            }
        )
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("documents", "events", "event_actors", "figures")
    }
    for n in range(n_documents):
        add_document(tables, pick, f"d{n:06d}", stories)
    return {name: pd.DataFrame(rows) for name, rows in tables.items()}


def add_document(
    tables: dict[str, list[dict[str, Any]]], pick: random.Random, doc_id: str, stories: list[dict[str, Any]]
) -> None:
    """An article with six events and four figures, a few days after the first of its stories."""
    first = stories[min(len(stories) - 1, int(100 * pick.paretovariate(1.0)) - 100)]
    published = first["day"] + timedelta(days=min(60, int(pick.paretovariate(0.9)) - 1))
    text = ""
    for n in range(6):
        story = (
            first
            if n < 3
            else pick.choice(stories[max(0, stories.index(first) - 5) : stories.index(first) + 5])
        )
        before, after = (" ".join(pick.sample(story["words"], 5) + words(pick, 3)) for _ in range(2))
        sentence = f"{before.capitalize()} struck {after}, {story['toll']} people {story['place'] or ''}."
        at = len(text) + len(before) + 1
        when = story["day"] if pick.random() < 0.5 else None
        key = f"{doc_id}#event{at}"
        tables["events"].append(
            {
                "event_id": key,
                "doc_id": doc_id,
                "published_on": published,
                "start": at,
                "text": "struck",
                "event_type": story["kind"],
                "event_mode": None,
                "status": "actual",
                "date_from": when,
                "date_to": when,
                "place": story["place"],
                "place_country": None,
                "latitude": None,
                "longitude": None,
                "fatalities_low": None,
                "actor_names": story["actor"],
                "recipient_names": story["recipient"],
                "actor_countries": story["actor"],
                "recipient_countries": story["recipient"],
                "incident_id": None,
                "sentence": sentence,
            }
        )
        for role in ("actor", "recipient"):
            tables["event_actors"].append(
                {"event_id": key, "role": role, "actor_id": f"country:{story[role]}"}
            )
        if n < 4:
            number = len(text) + sentence.index(str(story["toll"]))
            tables["figures"].append(
                {
                    "figure_id": f"{doc_id}#figure{number}",
                    "doc_id": doc_id,
                    "published_on": published,
                    "start": number,
                    "text": f"{story['toll']} people",
                    "value": float(story["toll"]),
                    "value_high": None,
                    "comparator": "=",
                    "unit": "count",
                    "dimension": None,
                    "counted": "people",
                    "measure": MEASURES[story["toll"] % 5],
                    "event_id": key,
                    "sentence": sentence,
                }
            )
        text += sentence + " "
    text += " ".join(words(pick, 250))
    if tables["documents"] and pick.random() < 0.02:
        text = pick.choice(tables["documents"])["text"] + " Edited."
    tables["documents"].append(
        {
            "doc_id": doc_id,
            "published_on": published,
            "text": text,
            "body_start": 0,
            "body_end": len(text),
            "credit": None,
        }
    )


def link(tables: dict[str, pd.DataFrame], cache: Path) -> None:
    """Copies, incidents and tallies, each with its time."""
    begin = time.perf_counter()
    documents, events = tables["documents"].copy(), tables["events"].copy()
    copies = find_copies(documents)
    documents["duplicate_of"] = copies.to_numpy()
    one = time.perf_counter()
    incidents, incident_of = link_incidents(events, tables["event_actors"], documents, cache=cache)
    events["incident_id"] = events["event_id"].map(incident_of)
    two = time.perf_counter()
    tallies, _ = link_tallies(tables["figures"], events, documents, cache=cache)
    end = time.perf_counter()
    print(
        f"{len(documents):>7,} articles  {end - begin:6.1f} s   copies {one - begin:5.1f} s ({copies.notna().sum():,})   "
        f"incidents {two - one:5.1f} s ({len(events):,} reports, {len(incidents):,})   "
        f"tallies {end - two:5.1f} s ({len(tables['figures']):,} figures, {len(tallies):,})"
    )


def main() -> None:
    """Link all but one article, then all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    tables = generate(parser.parse_args().documents)
    last = tables["documents"]["doc_id"].iloc[-1]
    events = tables["events"]
    of_last = set(events["event_id"][events["doc_id"] == last])
    before = {
        name: rows[~rows["event_id"].isin(of_last)] if "event_id" in rows else rows[rows["doc_id"] != last]
        for name, rows in tables.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        link({name: rows.reset_index(drop=True) for name, rows in before.items()}, Path(folder))
        link(tables, Path(folder))


if __name__ == "__main__":
    main()
