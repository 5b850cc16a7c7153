"""What is kept from the last run never shows: after each change the tables are those of a run from nothing."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.link import add_document, generate, words
from pipeline.link.accounts import Tellings
from pipeline.link.candidates import STORY
from pipeline.link.copies import find_copies
from pipeline.link.evidence import enough, evidence, evidence_of_reports, may_be_enough
from pipeline.link.incidents import link_incidents
from pipeline.link.linking import OF_STORY, numbered
from pipeline.link.reports import Reports
from pipeline.link.rows import stable_order
from pipeline.link.same_event import score_reports
from pipeline.link.tallies import link_tallies

Rows = dict[str, list[dict[str, Any]]]
TABLES = ("documents", "events", "event_actors", "figures")


def story(pick: Random) -> dict[str, Any]:
    """An event like many others, so that rows have many neighbours and groups are open to doubt."""
    return {
        "story": 0,
        "kind": pick.choice(["ASSAULT", "COERCE", "CONSULT"]),
        "actor": pick.choice(["RUS", "UKR"]),
        "recipient": pick.choice(["UKR", "MDA"]),
        "place": pick.choice(["Brovary", "Orhei", None]),
        "day": date(2025, 1, 1) + timedelta(days=pick.randrange(12)),
        "words": words(pick, 8),
        "toll": pick.choice([3, 5, 15, 40]),
    }


def article(pick: Random, doc_id: str, stories: list[dict[str, Any]], others: list[Rows]) -> Rows:
    """The rows of an article; some are undated, some deny, some are copies of others."""
    rows: Rows = {table: [] for table in TABLES}
    add_document(rows, pick, doc_id, pick.choices(stories, k=3))
    document = rows["documents"][0] | {"credit": pick.choice([None, "Reuters", "AFP and Reuters"])}
    if others and pick.random() < 0.3:
        text = pick.choice(others)["documents"][0]["text"]
        document |= {"text": text, "body_end": len(text)}
    rows["documents"] = [document]
    for row in rows["events"]:
        row["status"] = pick.choice(["actual", "actual", "negated"])
    if pick.random() < 0.1:
        for row in rows["documents"] + rows["events"] + rows["figures"]:
            row["published_on"] = None
    return rows


def link(articles: list[Rows], cache: Path | None) -> tuple[pd.Series, pd.DataFrame, Any, pd.DataFrame, Any]:
    """The links of some articles."""
    tables = {table: pd.DataFrame([row for rows in articles for row in rows[table]]) for table in TABLES}
    documents, events = tables["documents"], tables["events"]
    copies = find_copies(documents, cache=cache)
    documents["duplicate_of"] = copies.to_numpy()
    incidents, ties, incident_of = link_incidents(events, tables["event_actors"], documents, cache=cache)
    events["incident_id"] = events["event_id"].map(incident_of)
    tallies, tally_of = link_tallies(tables["figures"], events, documents, cache=cache)
    return copies.sort_index(), pd.concat([incidents, ties]), incident_of, tallies, tally_of


def kept(folder: Path) -> list[Path]:
    """The files that are kept for the next run."""
    return [path for path in folder.rglob("*") if path.is_file()]


def assert_same(one: Any, two: Any) -> None:
    pd.testing.assert_series_equal(one[0], two[0])
    pd.testing.assert_frame_equal(one[1], two[1])
    pd.testing.assert_frame_equal(one[3], two[3])
    assert (one[2], one[4]) == (two[2], two[4])


def test_keys_that_share_thirty_two_bits_are_two() -> None:
    keys = [f"{OF_STORY}{n}" for n in range(100)] + [f"key {n}" for n in range(200_000)]
    found = numbered(keys)
    assert len(np.unique(found)) == len(keys) > len(np.unique(found & np.uint64(0x7FFFFFFF)))
    assert ((found >= STORY) == [key.startswith(OF_STORY) for key in keys]).all()
    assert len(numbered([])) == 0


@pytest.mark.parametrize("share", [2, 8, 1_000])
@pytest.mark.parametrize("seed", range(3))
def test_tables_are_those_of_a_run_from_nothing(
    seed: int, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`share`: whether what is kept of pairs is written anew rarely, or nearly each time."""
    monkeypatch.setattr("pipeline.link.kept.SHARE", share)
    pick = Random(seed)
    stories = [story(pick) for _ in range(6)]
    there: dict[str, Rows] = {}
    with TemporaryDirectory() as folder:
        for _ in range(8):
            for _ in range(pick.choice([1, 1, 4])):
                key = f"d{pick.randrange(16):02}"
                if there.pop(key, None) is None or pick.random() < 0.5:
                    there[key] = article(pick, key, stories, list(there.values()))
            if there:
                arrived = pick.sample(list(there.values()), len(there))
                assert_same(link(arrived, Path(folder)), link(list(there.values()), None))


def test_a_run_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    pick = Random(1)
    articles = [article(pick, f"d{n}", [story(pick)], []) for n in range(3)]
    first = link(articles, tmp_path)
    written = {path: path.stat().st_mtime_ns for path in kept(tmp_path)}
    assert {path.name.split(".")[0] for path in written} == {
        "copies",
        "accounts",
        "incidents",
        "lone",
        "tallies",
    }
    assert_same(link(articles[::-1], tmp_path), first)
    assert {path: path.stat().st_mtime_ns for path in kept(tmp_path)} == written


def test_reports_of_drawers_are_linked_as_all_together_and_held_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pick = Random(4)
    articles = [article(pick, f"d{n:02}", [story(pick) for _ in range(6)], []) for n in range(12)]
    held: list[int] = []
    read = Reports.read

    def counted(*told: Any) -> Reports:
        found = read(*told)
        held.append(len(found))
        return found

    monkeypatch.setattr(Reports, "read", counted)
    parted = link(articles, None)
    drawers, held[:] = held.copy(), []
    monkeypatch.setattr("pipeline.link.incidents.drawer", lambda _: "all")
    assert_same(parted, link(articles, None))
    assert held == [sum(drawers)] and len(drawers) == 2  # CONSULT, and ASSAULT with COERCE


def test_another_drawer_is_left_untouched(tmp_path: Path) -> None:
    pick = Random(6)
    meeting, attack = (story(pick) | {"kind": kind} for kind in ("CONSULT", "ASSAULT"))
    articles = [article(pick, f"d{n}", [meeting, attack], []) for n in range(3)]
    link(articles, tmp_path)
    written = {path: path.stat().st_mtime_ns for path in kept(tmp_path)}
    link([*articles, article(pick, "d9", [attack], [])], tmp_path)
    again = {path.parent.name for path in kept(tmp_path) if path.stat().st_mtime_ns != written[path]}
    assert again == {"assault", tmp_path.name}


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"broken"), lambda path: path.unlink()])
def test_a_lost_or_broken_file_is_made_again(tmp_path: Path, spoil: Any) -> None:
    pick = Random(2)
    articles = [article(pick, f"d{n}", [story(pick)], []) for n in range(4)]
    link(articles[:3], tmp_path)
    for path in kept(tmp_path):
        spoil(path)
    assert_same(link(articles, tmp_path), link(articles, None))


def test_other_code_or_word_lists_begin_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pick = Random(3)
    articles = [article(pick, f"d{n}", [story(pick)], []) for n in range(3)]
    link(articles, tmp_path)
    monkeypatch.setattr("pipeline.link.memory.version", lambda: "another")
    asked: list[int] = []
    monkeypatch.setattr(
        "pipeline.link.incidents.score_reports",
        lambda reports, left, right: asked.append(len(left)) or (left * 0.0 - 4, (left * 0).astype("uint16")),
    )
    incidents = link(articles, tmp_path)[1]
    assert asked and len(incidents) == 9


def test_reports_of_one_article_are_compared_without_the_words_of_articles() -> None:
    tables = generate(30)
    frame = stable_order(tables["events"], "event_id")
    reports = Reports.read(frame, tables["event_actors"], tables["documents"])
    left, right = (np.array(side) for side in zip(*combinations(range(60), 2), strict=True))
    there = reports.doc[left] == reports.doc[right]
    left, right = left[there], right[there]
    score, why = score_reports(Tellings(reports).told, left, right)
    whole, why_whole = score_reports(reports, left.copy(), right.copy())
    assert len(np.unique(whole)) > 3
    assert score.tolist() == whole.tolist()
    assert why.tolist() == why_whole.tolist()


def test_a_pair_that_has_enough_in_common_may_have_it_whatever_the_story() -> None:
    tables = generate(40)
    frame = stable_order(tables["events"], "event_id")
    reports = Reports.read(frame, tables["event_actors"], tables["documents"])
    left, right = (np.array(side) for side in zip(*combinations(range(240), 2), strict=True))
    found = enough(reports, evidence(reports, left, right), left, right)
    may = may_be_enough(reports, evidence_of_reports(reports, left, right), left, right)
    assert found.any() and not may.all()
    assert not (found & ~may).any()
