"""How long linking takes: generated rows of 20,000 articles at once, then one article more, then one less.

    python -m benchmarks.link [--documents 20000]
    python -m benchmarks.link --sizes 500 1000 2000 4000

The second links so many articles from nothing, each size in a process of its own, and tells by which power of the number CPU
seconds grow, and what 100,000 would take if that went on.

Articles tell of a made-up year. Of an article's six events three belong to stories that others report too (a hundred
stories fill every second article), three nobody else reports; parties, types and words follow long-tailed distributions
as in the news. One article in fifty is a copy. Each line gives the seconds of one process in the linking functions alone
(with what the process before it kept), its memory, and how well the groups are those of the stories.
"""

import argparse
import math
import random
import re
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import accumulate, count, pairwise
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.garbage import collect_rarely
from pipeline.lexicon import table
from pipeline.link.copies import find_copies
from pipeline.link.counts import prepared_figures
from pipeline.link.incidents import incidents_of
from pipeline.link.leads import Leads
from pipeline.link.report_digests import prepared_events
from pipeline.link.rows import Ints
from pipeline.link.sources import prepared_documents
from pipeline.link.tallies import tallies_of
from pipeline.store import sealed
from pipeline.store.mapped import mapped as of_file

COUNTRIES = sorted({row["country"] for row in table("capitals")})
TYPES = [row["event_type"] for row in table("plover_types")]
MEASURES = ["killed", "injured", "arrested", "displaced", None]
VOCABULARY = [f"w{rank}r".translate(str.maketrans("0123456789", "abcdefghij")) for rank in range(20_000)]
TOWNS = [word.capitalize() for word in VOCABULARY[-900:]]
FREQUENCY = list(accumulate(1 / (rank + 15) for rank in range(len(VOCABULARY))))
MANY = 100_000
"""Articles whose cost is told from that of fewer."""
Rows = dict[str, list[dict[str, Any]]]


def long_tailed(pick: random.Random, n: int, shape: float) -> int:
    """A number below `n`, the small ones often."""
    return int(pick.paretovariate(shape) - 1) % n


def words(pick: random.Random, n: int) -> list[str]:
    """Made-up content words, each as often as its rank in news (Zipf and Mandelbrot)."""
    return pick.choices(VOCABULARY, cum_weights=FREQUENCY, k=n)


def story(pick: random.Random, number: int) -> dict[str, Any]:
    """Parties, place, day and words of an event."""
    return {
        "story": number,
        "kind": TYPES[long_tailed(pick, len(TYPES), 0.6)],
        "actor": COUNTRIES[long_tailed(pick, len(COUNTRIES), 0.5)],
        "recipient": COUNTRIES[long_tailed(pick, len(COUNTRIES), 0.5)],
        "place": TOWNS[pick.randrange(len(TOWNS))] if pick.random() < 0.5 else None,
        "day": date(2025, 1, 1) + timedelta(days=pick.randrange(365)),
        "words": words(pick, 12),
        "toll": pick.randrange(1, 200),
    }


def generate(n_documents: int, seed: int = 7) -> dict[str, pd.DataFrame]:
    """Rows of `documents`, `events`, `event_actors` and `figures`."""
    pick = random.Random(seed)
    numbers = count()
    stories = [story(pick, next(numbers)) for _ in range(n_documents)]
    rows: Rows = {name: [] for name in ("documents", "events", "event_actors", "figures")}
    for n in range(n_documents):
        first = (
            long_tailed(pick, n_documents - 1, 1.0)
            if pick.random() < 0.1
            else int(100 * (pick.paretovariate(1) - 1))
        )
        own = [stories[min(first, n_documents - 2)]] * 2 + [stories[min(first, n_documents - 2) + 1]]
        add_document(rows, pick, f"d{n:06d}", own + [story(pick, next(numbers)) for _ in range(3)])
    return {name: pd.DataFrame(found) for name, found in rows.items()}


def add_document(rows: Rows, pick: random.Random, doc_id: str, stories: list[dict[str, Any]]) -> None:
    """An article with an event of each story and a figure of most, a few days after the first."""
    on = stories[0]["day"] + timedelta(days=min(60, int(pick.paretovariate(0.9)) - 1))
    text = ""
    for n, told in enumerate(stories):
        before, after = (" ".join(pick.sample(told["words"], 5) + words(pick, 3)) for _ in range(2))
        sentence = f"{before.capitalize()} struck {after}, {told['toll']} people {told['place'] or ''}."
        here = {"doc_id": doc_id, "published_on": on, "sentence": sentence}
        at, number = (len(text) + sentence.index(part) for part in ("struck", str(told["toll"])))
        day = told["day"] if pick.random() < 0.5 else None
        event_id = f"{doc_id}#event{at}"
        rows["events"].append(
            here
            | dict.fromkeys(
                (
                    "event_mode",
                    "place_country",
                    "latitude",
                    "longitude",
                    "fatalities_low",
                    "fatalities_high",
                    "injured_low",
                    "attributed_to",
                    "incident_id",
                )
            )
            | {
                "event_id": event_id,
                "story": told["story"],
                "start": at,
                "text": "struck",
                "event_type": told["kind"],
                "status": "actual",
            }
            | {"date_from": day, "date_to": day, "place": told["place"]}
            | {
                f"{role}_{what}": told[role]
                for role in ("actor", "recipient")
                for what in ("names", "countries")
            }
        )
        rows["event_actors"] += [
            {"event_id": event_id, "role": role, "actor_id": f"country:{told[role]}"}
            for role in ("actor", "recipient")
        ]
        if n != 1:
            rows["figures"].append(
                here
                | {"figure_id": f"{doc_id}#figure{number}", "start": number, "text": f"{told['toll']} people"}
                | {"value": float(told["toll"]), "value_high": None, "comparator": "=", "unit": "count"}
                | {
                    "dimension": None,
                    "counted": "people",
                    "measure": MEASURES[told["toll"] % 5],
                    "event_id": event_id,
                }
            )
        text += sentence + " "
    text += " ".join(words(pick, 250))
    if rows["documents"] and pick.random() < 0.02:
        text = pick.choice(rows["documents"])["text"] + " Edited."
    document = {"doc_id": doc_id, "published_on": on, "text": text, "body_start": 0, "body_end": len(text)}
    rows["documents"].append(document | {"credit": None})


def put_down(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Each table as a file of Arrow's: these are mapped, as the rows of a folder of articles are."""
    for name, rows in tables.items():
        found = pa.Table.from_pandas(rows, preserve_index=False)
        with pa.ipc.new_file(str(folder / f"{name}.arrow"), found.schema) as file:
            file.write_table(found)


def made_ready(folder: Path, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in their stable order as a file again, as the pipeline keeps those of each month."""
    put_down({name: rows}, folder)
    return mapped(folder, name)


def mapped(folder: Path, name: str) -> pd.DataFrame:
    """A table; its text stays in the file."""
    with (folder / f"{name}.arrow").open("rb") as file:
        return sealed.arrow(of_file(file)).to_pandas()


class Watch(Thread):
    """Looks at the memory of this process, beside what is mapped from files, and remembers the most."""

    most = 0.0
    """Gigabytes."""

    def __init__(self) -> None:
        """Begin at once; it ends with the process."""
        super().__init__(daemon=True)
        self.start()

    def run(self) -> None:
        """Look ten times a second."""
        while True:
            self.most = max(self.most, held("RssAnon"))
            time.sleep(0.1)


def held(what: str) -> float:
    """Gigabytes that this process holds, by the kernel's name. (`ru_maxrss` of a process that another started is at least what that one held.)"""
    found = re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return int(found[1]) / 1e6 if found else 0.0


def link(tables: Path, cache: Path) -> tuple[float, float]:
    """Rows made ready, copies, incidents and tallies, each with its time; CPU seconds and gigabytes of all."""
    collect_rarely()  # as the pipeline's own runs
    start, watch, clock = time.perf_counter(), Watch(), [time.process_time()]
    documents, parties = prepared_documents(mapped(tables, "documents")), mapped(tables, "event_actors")
    events = made_ready(tables, "ready_events", prepared_events(mapped(tables, "events"), parties))
    figures = made_ready(tables, "ready_figures", prepared_figures(mapped(tables, "figures")))
    clock.append(time.process_time())
    documents["duplicate_of"] = find_copies(documents, cache=cache).to_numpy()
    clock.append(time.process_time())
    leads = Leads.read(documents)
    incidents = incidents_of(events, parties, documents, cache=cache, leads=leads)
    first = pa.array(events["event_id"]).take(pa.array(incidents.group))
    events["incident_id"] = pc.replace_substring(first, "#event", "#incident").to_pandas()
    clock.append(time.process_time())
    tallies, tally = tallies_of(figures, events, documents, cache=cache, leads=leads)
    clock.append(time.process_time())
    memory = held("VmHWM")
    by_part = [after - before for before, after in pairwise(clock)]
    story = events["story"].to_numpy()
    counted = story[pd.Index(events["event_id"]).get_indexer(pd.Index(figures["event_id"]))]
    print(
        f"{len(documents):>7,} articles {time.perf_counter() - start:6.1f} s, "
        f"of the processor {clock[-1] - clock[0]:.1f} s: rows made ready {by_part[0]:.1f} s, copies {by_part[1]:.1f} s, "
        f"{len(events):,} reports of {len(incidents.incidents):,} incidents {by_part[2]:.1f} s, "
        f"{len(figures):,} figures of {len(tallies):,} tallies {by_part[3]:.1f} s; "
        f"{memory:.2f} GB, {watch.most:.2f} of it beside mapped files\n"
        f"        {pairwise_scores('incidents', incidents.group, story)}; {pairwise_scores('tallies', tally, counted)}",
        flush=True,
    )
    return clock[-1] - clock[0], memory


def linked_apart(tables: dict[str, pd.DataFrame], cache: str) -> tuple[float, float]:
    """Link in a process of its own, as reruns are."""
    with tempfile.TemporaryDirectory() as folder:
        put_down(tables, Path(folder))
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            return process.submit(link, Path(folder), Path(cache)).result()


def grown(sizes: list[int]) -> None:
    """Link more and more articles from nothing; what 100,000 would take."""
    costs = []
    for n in sizes:
        with tempfile.TemporaryDirectory() as folder:
            costs.append(linked_apart(generate(n), folder))
    if len(sizes) < 2:
        return
    (few, before, n), (first, held) = (sizes[0], sizes[-2], sizes[-1]), (costs[0][0], costs[-2][1])
    cpu, memory = costs[-1]
    power = math.log(cpu / first) / math.log(n / few)
    print(
        f"CPU seconds grow by n^{power:.2f}; {MANY:,} articles by these numbers: {cpu * (MANY / n) ** power:,.0f} s, "
        f"{memory + (memory - held) / (n - before) * (MANY - n):.1f} GB"
    )


def pairwise_scores(name: str, found: Ints, true: Ints) -> str:
    """Precision, recall and F1, in percent, over pairs of rows in one group, from the group of each row and the true one."""

    def pairs(groups: Ints) -> int:
        sizes = np.unique(groups, return_counts=True)[1]
        return int((sizes * (sizes - 1) // 2).sum())

    hits = pairs(found * (1 + int(true.max(initial=0))) + true)
    precision, recall = hits / max(1, pairs(found)), hits / max(1, pairs(true))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name}: precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {100 * f1:.1f}"


def without(tables: dict[str, pd.DataFrame], doc_id: str) -> dict[str, pd.DataFrame]:
    """The tables without the rows of an article."""
    own = {name: rows["event_id" if name == "event_actors" else "doc_id"] for name, rows in tables.items()}
    return {
        name: rows[~own[name].str.startswith(doc_id)].reset_index(drop=True) for name, rows in tables.items()
    }


def main() -> None:
    """Link all articles but one, then all, then all but another; each in a process of its own, as reruns are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--sizes", type=int, nargs="+")
    asked = parser.parse_args()
    if asked.sizes:
        return grown(sorted(asked.sizes))
    tables = generate(asked.documents)
    first, last = tables["documents"]["doc_id"].iloc[[0, -1]]
    with tempfile.TemporaryDirectory() as folder:
        for some in (without(tables, last), tables, without(tables, first)):
            linked_apart(some, folder)


if __name__ == "__main__":
    main()
