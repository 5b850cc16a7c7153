import errno
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pytest

from pipeline.definitions import defs
from pipeline.orchestration import RunError, RunResult, run_job
from pipeline.orchestration import assets as assets_module
from pipeline.store import lock
from pipeline.store.publish import publish
from pipeline.store.record import FOLDER
from schemas import TABLES
from schemas.validation import checks
from tests.orchestration.conftest import Run, stage
from tests.sample import broken


def test_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)


def test_there_is_an_asset_for_each_table() -> None:
    graph = defs.resolve_asset_graph()
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert names == {*TABLES, "articles", "links", "report", "datapackage"}
    for name, facts in TABLES.items():
        node = graph.get(dg.AssetKey(name))
        assert node.description == facts.description
        assert node.group_name == facts.group
        assert node.owners
        assert node.kinds == {"parquet", "csv"}
        columns = node.metadata["dagster/column_schema"]
        assert isinstance(columns, dg.TableSchema)
        assert [column.name for column in columns.columns] == list(facts.columns)
        assert all(column.description for column in columns.columns)
        specs = {
            key.name: graph.get_check_spec(key)
            for key in graph.get_check_keys_for_assets({dg.AssetKey(name)})
        }
        assert {check: spec.blocking for check, spec in specs.items()} == {
            c.name: c.blocking for c in checks(facts)
        }


@dataclass(frozen=True)
class Published:
    """What lies in the data folder after a run, and the run's result."""

    result: RunResult
    files: dict[str, tuple[bytes, int]]
    package: dict[str, Any]


def look(result: RunResult, data: Path) -> Published:
    version = (data / "current").resolve()
    files = {
        path.relative_to(version).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(version.rglob("*"))
        if path.is_file() and path.relative_to(version).parts[0] != FOLDER
    }
    return Published(result, files, json.loads((data / "datapackage.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def history(run: Run, tmp_path_factory: pytest.TempPathFactory) -> list[Published]:
    """A first run, the same once more, and one with a broken, a changed and an implausible table."""
    data = tmp_path_factory.mktemp("history") / "data"
    return [
        look(run(data), data),
        look(run(data), data),
        look(
            run(
                data,
                figures=broken("figures", comparator="=="),
                actors=broken("actors", role="general"),
                events=broken("events", fatalities_low=1_000_000),
            ),
            data,
        ),
    ]


def names(package: dict[str, Any]) -> set[str]:
    return {resource["name"] for resource in package["resources"]}


def test_sound_tables_are_published(history: list[Published]) -> None:
    first, *_ = history
    assert not first.result.failed
    assert set(first.result.rows) == set(TABLES)
    assert first.result.rows["mentions"] == 2
    assert first.result.refreshed.n_new == 1
    assert {"parquet/events/2026-03.parquet", "csv/events.csv", "parquet/actors/all.parquet"} <= set(
        first.files
    )
    assert names(first.package) == set(TABLES)


def test_an_unchanged_run_touches_no_file(history: list[Published]) -> None:
    first, second, _ = history
    assert second.files == first.files


def test_a_broken_table_keeps_its_last_good_files_and_the_others_go_on(history: list[Published]) -> None:
    _, good, after = history
    assert set(after.result.failed) == {"figures"}
    assert "values: 1 failing, the first: comparator of a#figure46" in after.result.failed["figures"]
    assert "'=='" in after.result.failed["figures"]
    assert set(after.result.rows) == set(TABLES) - {"figures"}
    tables = {p for p in good.files if p.startswith(("parquet", "csv")) and after.files[p] != good.files[p]}
    assert tables == {
        "parquet/actors/all.parquet",
        "csv/actors.csv",
        "parquet/events/2026-03.parquet",
        "csv/events.csv",
    }
    assert after.package["id"] != good.package["id"]
    assert after.package["held_back"] == [
        {"part": "figures", "since": after.package["created"], "version": good.package["id"]}
    ]
    assert names(after.package) == set(TABLES)


def test_what_is_not_plausible_warns_and_is_published(history: list[Published]) -> None:
    assert "events" in history[2].result.rows


def test_a_step_that_breaks_is_told_and_nothing_new_shows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, rows: pa.Table, folder: Path) -> list[Path]:
        if name == "quotes":
            raise OSError(errno.ENOSPC, "No space left on device", str(folder / "csv" / "quotes.csv"))
        return publish(name, rows, folder)

    data = tmp_path / "data"
    before = look(run(data), data)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.versions.publish", full)
        with pytest.raises(RunError, match="No space left on device"):
            run(data, events=broken("events", status="actual"), quotes=broken("quotes", cue="said"))
    assert look(before.result, data).files == before.files
    assert [path.name for path in (data / "versions").iterdir()] == [before.package["id"]]


def test_a_table_that_was_never_sound_is_left_out_of_the_package(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    found = look(run(data, tallies=broken("tallies", agreement="maybe")), data)
    assert set(found.result.failed) == {"tallies"}
    assert names(found.package) == set(TABLES) - {"tallies"}
    assert found.package["held_back"] == [
        {"part": "tallies", "since": found.package["created"], "version": None}
    ]
    references = {
        key["reference"]["resource"]
        for table in found.package["resources"]
        for key in table["schema"]["foreignKeys"]
    }
    assert "events" in references
    assert "tallies" not in references


def test_articles_that_cannot_be_read_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(seeds: Path, data: Path) -> None:
        raise FileNotFoundError(f"The folder {seeds.name} does not exist.")

    monkeypatch.setattr(assets_module.refreshing, "refresh", gone)
    with pytest.raises(RunError, match="The folder nowhere does not exist"):
        run_job(tmp_path / "nowhere", tmp_path / "data")


def test_another_run_on_the_same_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise lock.LockedError("Another run works on data: process 1.")

    monkeypatch.setattr(lock, "hold", held)
    with pytest.raises(lock.LockedError, match="process 1"):
        run_job(tmp_path, tmp_path / "data")


def materialize(table: str, data: Path) -> dg.ExecuteInProcessResult:
    """Make a single asset, as the UI does."""
    return defs.resolve_job_def("make_tables").execute_in_process(
        run_config={"resources": {"folders": {"config": {"seeds": "seeds", "data": str(data)}}}},
        instance=dg.DagsterInstance.ephemeral(),
        raise_on_error=False,
        asset_selection=[dg.AssetKey(table)],
    )


def test_a_red_check_lists_the_rows(tmp_path: Path) -> None:
    stage(tmp_path, sentences=broken("sentences", kind="footnote"))
    done = materialize("sentences", tmp_path)
    (red,) = [check for check in done.get_asset_check_evaluations() if not check.passed]
    assert red.check_name == "values"
    assert red.severity is dg.AssetCheckSeverity.ERROR
    assert red.metadata["failing"].value == 1
    failing = red.metadata["failing_rows"]
    assert isinstance(failing, dg.TableMetadataValue)
    assert failing.records[0].data == {
        "column": "kind",
        "reason": "not in the vocabulary sentence_kind",
        "row": "a#sentence0",
        "value": "footnote",
    }
    assert not done.get_asset_materialization_events()
    assert not done.success


def test_a_table_shows_its_rows(tmp_path: Path) -> None:
    stage(tmp_path)
    (event,) = materialize("mentions", tmp_path).get_asset_materialization_events()
    metadata = event.materialization.metadata
    assert metadata["dagster/row_count"].value == 2
    assert "army of Norland" in str(metadata["preview"].value)
    assert "2026-03" in str(metadata["rows_by_month"].value)
