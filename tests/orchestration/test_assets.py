import errno
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pytest

from pipeline import journal, steps
from pipeline.definitions import defs
from pipeline.orchestration.lineage import MADE_FROM, column_lineage
from pipeline.run import RunError, run_steps
from pipeline.settings import settings
from pipeline.store import lock
from pipeline.store.publish import publish
from pipeline.store.record import FOLDER
from pipeline.summary import RunResult
from schemas import TABLES
from schemas.validation import checks
from tests.orchestration.conftest import Run, stage
from tests.sample import broken


def test_definitions_load() -> None:
    dg.Definitions.validate_loadable(defs)


def test_there_is_an_asset_for_each_table() -> None:
    graph = defs.resolve_asset_graph()
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert names == {*TABLES, "seeds", "articles", "report", "datapackage", "database"}
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
    def full(name: str, rows: pa.Table, folder: Path, *, csv: str) -> list[Path]:
        if name == "quotes":
            raise OSError(errno.ENOSPC, "No space left on device", str(folder / "csv" / "quotes.csv"))
        return publish(name, rows, folder, csv=csv)

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


def test_pages_and_csv_may_be_left_out(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSTABLES_PAGES", "off")
    monkeypatch.setenv("NEWSTABLES_CSV", "off")
    settings.cache_clear()
    data = tmp_path / "data"
    try:
        result = run(data)
    finally:
        settings.cache_clear()
    assert result.failed == {}
    assert not (data / "report").exists()
    assert list((data / "csv").glob("*")) == []
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert {resource["format"] for resource in package["resources"]} == {"parquet"}


def test_articles_that_cannot_be_read_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(seeds: Path, data: Path, **_: object) -> None:
        raise FileNotFoundError(f"The folder {seeds.name} does not exist.")

    monkeypatch.setattr(steps.refresh, "refresh", gone)
    with pytest.raises(RunError, match="The folder nowhere does not exist"):
        run_steps(tmp_path / "nowhere", tmp_path / "data")


def test_another_run_on_the_same_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise lock.LockedError("Another run works on data: process 1.")

    monkeypatch.setattr(lock, "hold", held)
    with pytest.raises(lock.LockedError, match="process 1"):
        run_steps(tmp_path, tmp_path / "data")


Materialize = Callable[..., dg.ExecuteInProcessResult]


@pytest.fixture
def materialize(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Materialize:
    """Make single assets, as the UI does, from tables that tests make up."""
    seeds, data = tmp_path / "seeds", tmp_path / "data"
    seeds.mkdir()

    def make(*assets: str, **changed: pa.Table) -> dg.ExecuteInProcessResult:
        monkeypatch.setattr(steps.tables, "assemble", lambda folder: stage(folder, **changed))
        return defs.resolve_job_def("make_tables").execute_in_process(
            run_config={"resources": {"folders": {"config": {"seeds": str(seeds), "data": str(data)}}}},
            instance=dg.DagsterInstance.ephemeral(),
            raise_on_error=False,
            asset_selection=[dg.AssetKey(asset) for asset in assets],
        )

    return make


def read_before(tmp_path: Path) -> None:
    """As if a run had read the articles."""
    data = tmp_path / "data"
    journal.note(data, "earlier", state=journal.state(tmp_path / "seeds", data))


def test_a_red_check_lists_the_rows(tmp_path: Path, materialize: Materialize) -> None:
    read_before(tmp_path)
    done = materialize("sentences", sentences=broken("sentences", kind="footnote"))
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


def test_a_table_shows_its_rows(tmp_path: Path, materialize: Materialize) -> None:
    read_before(tmp_path)
    (event,) = materialize("mentions").get_asset_materialization_events()
    metadata = event.materialization.metadata
    assert metadata["dagster/row_count"].value == 2
    preview = metadata["preview"]
    assert isinstance(preview, dg.TableMetadataValue)
    assert preview.records[0].data["text"] == "army of Norland"
    assert "2026-03" in str(metadata["rows_by_month"].value)
    assert "behind" not in metadata
    folder = metadata["folder"].value
    assert Path(str(folder)).is_absolute()


def test_a_table_made_alone_says_that_it_is_older_than_the_seeds(
    tmp_path: Path, materialize: Materialize
) -> None:
    read_before(tmp_path)
    (tmp_path / "seeds" / "late.txt").write_text("date 2026-03-03 More words.", encoding="utf-8")
    (event,) = materialize("mentions").get_asset_materialization_events()
    assert "older" in str(event.materialization.metadata["behind"].value)


def test_a_table_is_not_made_where_no_articles_were_read(tmp_path: Path, materialize: Materialize) -> None:
    done = materialize("mentions")
    assert not done.success
    assert not (tmp_path / "data" / "parquet").exists()


def test_the_graph_shows_the_way_of_the_data() -> None:
    graph = defs.resolve_asset_graph()

    def above(name: str) -> set[str]:
        found: set[str] = set()
        for parent in graph.get(dg.AssetKey(name)).parent_keys:
            found |= {parent.to_user_string(), *above(parent.to_user_string())}
        return found

    assert graph.get(dg.AssetKey("seeds")).is_external
    for table in TABLES:
        assert {"articles", "seeds"} <= above(table)
        assert table in above("datapackage")
        assert table in above("report")
    assert {"events", "documents", "mentions", "sentences"} <= above("incidents")
    assert "tallies" not in above("incidents")
    order = list(MADE_FROM)
    assert all(above(table) & set(TABLES) <= set(order[:n]) for n, table in enumerate(order))
    assert above("articles") == {"seeds"}
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.code_version
        assert node.freshness_policy_or_from_metadata
        assert "dagster/code_references" in node.metadata


def test_columns_tell_where_they_come_from() -> None:
    lineage = {name: column_lineage(table).deps_by_column for name, table in TABLES.items()}
    summary = [(d.asset_key.to_user_string(), d.column_name) for d in lineage["incidents"]["summary"]]
    assert summary == [("events", "sentence")]
    speaker = [d.asset_key.to_user_string() for d in lineage["quotes"]["speaker_id"]]
    assert speaker == ["actors"]
    for table, columns in lineage.items():
        assert set(columns) <= set(TABLES[table].columns)
        for dep in (dep for deps in columns.values() for dep in deps):
            assert dep.column_name in TABLES[dep.asset_key.to_user_string()].columns


def test_a_run_without_changes_says_so(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(home))
        run(tmp_path / "data")
        run(tmp_path / "data")
        run(tmp_path / "data", actors=broken("actors", role="general"))
        with dg.DagsterInstance.get() as instance:
            made = {}
            for name in TABLES:
                records = instance.fetch_materializations(dg.AssetKey(name), limit=10).records
                made[name] = len(records)
            seen = instance.fetch_observations(dg.AssetKey("events"), limit=10).records
    assert made == {name: 2 if name == "actors" else 1 for name in TABLES}
    assert len(seen) == 2
    assert seen[0].asset_observation is not None
    assert seen[0].asset_observation.description == "Unchanged."
