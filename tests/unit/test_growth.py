"""How many rows a run touches, whatever it takes: one article more touches its month, not the folder."""

import math
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import articles as generated
from benchmarks.link import generate, without
from pipeline import gather, prepare, tables
from pipeline.link import incidents, kept, linking, register, tallies
from pipeline.link.copies import find_copies
from pipeline.link.incidents import link_incidents
from pipeline.link.tallies import link_tallies
from pipeline.refresh import refresh
from pipeline.report import groups
from pipeline.report.build import write_report
from pipeline.report.folder import Pages
from pipeline.report.rows import Rows
from pipeline.settings import Settings
from pipeline.store import database, keys, lock, publish, staged, verdicts
from pipeline.store.parts import WHOLE, Part
from pipeline.store.versions import REPORT, current, drafting
from tests.unit import fakes

SIZES = (100, 400)
MOST = 1.1
"""The power of the number of articles by which a stage may grow from nothing."""
FLAT = 0.4
"""The same where one article changes: months are alike, runs of rows of tables across articles hold 64 on average, some twice that."""
STAGES = (
    "gather",
    "stage",
    "check",
    "keys",
    "csv",
    "parquet",
    "articles' pages",
    "pages written",
    "months looked through",
    "months' notes",
    "rows across",
    "database",
    "pages' rows",
)
FRONT = 60
"""Rows across articles that the front page shows, whatever the folder holds."""
ARTICLE = "article.html.j2"
Touched = Counter[str]


def power(small: float, large: float) -> float:
    return math.log(max(large, 1) / max(small, 1)) / math.log(SIZES[1] / SIZES[0])


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch) -> Touched:
    """Counts the rows that each stage touches."""
    found: Touched = Counter()

    def counted(owner: Any, name: str, stage: str, size: Callable[..., int]) -> None:
        real = getattr(owner, name)

        def count(*arguments: Any, **named: Any) -> Any:
            found[stage] += size(*arguments, **named)
            return real(*arguments, **named)

        monkeypatch.setattr(owner, name, count)

    fakes.install(monkeypatch)
    counted(fakes, "rows_of", "read", lambda article: 1)
    counted(verdicts, "of_rows", "check", lambda table, rows, texts: rows.num_rows)
    counted(keys, "numbers_of", "keys", lambda some, once: len(some))
    counted(publish, "_harmless", "csv", lambda batch: batch.num_rows)

    def monthly(parts: list[Part], path: Path) -> int:
        return sum(part.n_rows for part in parts if part.month != WHOLE)

    counted(publish, "_write_parquet", "parquet", monthly)
    counted(
        staged.Staging,
        "write",
        "stage",
        lambda table, month, rows, mark="": rows.num_rows * (month != WHOLE),
    )
    counted(gather, "_made", "gather", lambda folder, month: len(month.days))
    counted(Pages, "render", "articles' pages", lambda pages, name, template, shown: template == ARTICLE)
    counted(Pages, "written_to", "pages written", lambda pages, name: 1)
    counted(Pages, "known", "months' notes", lambda pages, name: name[:2].isdigit())
    counted(groups, "looked_through", "months looked through", lambda *arguments: 1)
    counted(groups, "part", "pages' rows", rows_of_part)
    counted(Rows, "fetch", "rows across", lambda rows, keys: len(keys))
    counted(database, "_of_month", "database", rows_of_file)
    counted(linking, "keys_of", "link", lambda rows, places, numbers: len(numbers))
    counted(kept, "based_on", "written anew", lambda entries, pairs, n: len(pairs))
    counted(incidents, "incident", "records", lambda *_: 1)
    counted(tallies, "_tally", "records", lambda *_: 1)
    return found


def day(number: int) -> date:
    """Seven articles on each of four days a month, so that a month is a small part of the folder."""
    month, week = divmod(number // 7, 4)
    return date(2025 + month // 12, month % 12 + 1, 1 + 7 * week)


def rows_of_part(data: Path, table: str, month: str, columns: object) -> int:
    """Rows that pages read of a month of a table; of articles, of which all are read without their texts, none count."""
    if table == "documents":
        return 0
    path = data / "parquet" / table / f"{month}.parquet"
    return pq.read_metadata(path).num_rows if path.exists() else 0


def rows_of_file(table: Any, parquet: Path) -> int:
    """Rows of a month that the database is given anew."""
    return pq.read_metadata(parquet).num_rows if parquet.exists() and parquet.stem != WHOLE else 0


def write(seeds: Path, n: int) -> None:
    seeds.mkdir(parents=True)
    for number, (_, text) in enumerate(generated.articles(n)):
        told = f"date {day(number)}\n\nWord{number} {text[17:]}"
        (seeds / f"{number:04}.txt").write_text(told, encoding="utf-8")


def run(seeds: Path, data: Path) -> None:
    """A run with its checks and pages."""
    with lock.hold(data, wait=10):
        refresh(seeds, data, Settings(workers=1))
        with drafting(data) as draft:
            for name in tables.assemble(data):
                assert "foreign_keys" not in set(
                    verdicts.check(data, name, partial(staged.load, data), partial(staged.parts, data))[
                        "check"
                    ]
                )
                draft.publish(name, staged.parts(data, name))
            made = write_report(draft.folder, as_left=draft.pages_as_left)
            draft.done(REPORT, changed=made.written + made.removed > 0)
            draft.finish({database.NAME: write_database})


def write_database(version: Path) -> None:
    """The database of a version, from that of the version before."""
    database.write(version, before=current(version.parent.parent))
    (version / database.mark("tables")).touch()


def change(step: str, seeds: Path, n: int) -> None:
    middle = seeds / f"{n // 2:04}.txt"
    match step:
        case "one more":
            (seeds / "more.txt").write_text(f"date {day(n // 2)}\n\nGunmen fled the town.\n", "utf-8")
        case "one edited":
            middle.write_text(middle.read_text("utf-8") + "The mayor resigned later.\n", "utf-8")


def test_a_step_touches_its_month_alone_and_a_start_each_row_once(tmp_path: Path, touched: Touched) -> None:
    found: dict[str, list[Touched]] = {}
    for n in SIZES:
        seeds, data = tmp_path / f"{n}" / "seeds", tmp_path / f"{n}" / "data"
        write(seeds, n)
        for step in ("from nothing", "nothing", "one more", "one edited"):
            touched.clear()
            change(step, seeds, n)
            run(seeds, data)
            found.setdefault(step, []).append(Counter(touched))
    nothing = found.pop("nothing")
    assert {of_size.pop("rows across") for of_size in nothing} <= {*range(1, FRONT + 1)}
    assert [of_size.total() for of_size in nothing] == [0, 0]
    start = found.pop("from nothing")
    assert [of_size["read"] for of_size in start] == list(SIZES)
    for stage in STAGES:
        assert power(start[0][stage], start[1][stage]) <= MOST, (stage, start)
    for step, (small, large) in found.items():
        assert large["read"] == 1
        assert 1 <= large["articles' pages"] <= 3  # its own, and those of reports that it joins
        for stage in STAGES:
            assert power(small[stage], large[stage]) <= FLAT, (step, stage, small, large)


def test_linking_looks_at_the_rows_of_the_article_that_came(tmp_path: Path, touched: Touched) -> None:
    found = []
    for n in SIZES:
        cache = tmp_path / str(n)
        cache.mkdir()
        whole = generate(n)
        for some in (without(whole, f"d{n - 1:06d}"), whole):
            touched.clear()
            documents = some["documents"].copy()
            documents["duplicate_of"] = find_copies(documents, cache=cache).to_numpy()
            events = some["events"].copy()
            _, _, incident_of = link_incidents(events, some["event_actors"], documents, cache=cache)
            events["incident_id"] = events["event_id"].map(incident_of)
            link_tallies(some["figures"], events, documents, cache=cache)
        found.append(Counter(touched))
    small, large = found
    assert 0 < large["link"] <= 40
    assert 0 < large["records"] <= 20
    assert large["written anew"] == 0  # keys and pairs of all rows stay as they lie
    assert power(small["link"], large["link"]) <= 0.5  # a dozen rows; those that its incidents move vary


def entities(first: int, n: int) -> list[dict[str, Any]]:
    """Actors of some articles, a few of whom each shares with its neighbours."""
    blank = dict.fromkeys(("country", "country_basis", "sector", "role", "identity"))
    return [
        blank
        | {"doc_id": f"d{number}", "published_on": day(number), "entity_id": f"d{number}#{name}"}
        | {"name": name, "aliases": name, "actor_type": "person", "n_mentions": 1}
        for number in range(first, first + n)
        for name in (f"Ana Name{number // 3}", f"Bo Lind{number}")
    ]


def test_actors_are_looked_up_where_articles_share_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[int] = []
    real = register.link_actors
    monkeypatch.setattr(register, "link_actors", lambda some: looked_up.append(len(some)) or real(some))
    for n in SIZES:
        for many in (n, n + 1):
            frame = register.prepared_entities(pd.DataFrame(entities(0, many)))
            register.actors_of(pa.Table.from_pandas(frame, preserve_index=False), tmp_path / f"{n}.arrays")
    assert looked_up == [200, 3, 800, 3]


def test_months_whose_articles_and_actors_are_the_same_are_not_made_ready_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = prepare.prepared
    monkeypatch.setattr(
        prepare, "prepared", lambda rows, actors: made.append(rows.month.name) or real(rows, actors)
    )
    monkeypatch.setattr("pipeline.refresh.extract_articles", fakes.extract_articles)
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    write(seeds, 100)
    for step, months in (("nothing", 4), ("one more", 1)):
        made.clear()
        change(step, seeds, 100)
        with lock.hold(data, wait=10):
            refresh(seeds, data, Settings(workers=1))
            tables.assemble(data)
        assert len(made) == months, (step, made)
