"""The command: `newstables run` makes the tables, by the same steps that Dagster takes."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.ending import as_process
from pipeline.garbage import collect_rarely

if TYPE_CHECKING:
    from pipeline.settings import Settings


class _Folder(click.Path):
    """A folder, here or by its address on object storage; then the one on this machine that stands for it."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path of the folder."""
        from pipeline.settings import folder

        with _clear_errors():
            return folder(str(value))


SEEDS = click.option(
    "--seeds", type=_Folder(), help="Folder of the articles, or s3://bucket/folder.  [default: seeds]"
)
DATA = click.option(
    "--data", type=_Folder(), help="Folder that the tables go to, or s3://bucket/folder.  [default: data]"
)


class _Group(click.Group):
    """Commands, and below them in the help every setting with its default."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings."""
        from pipeline.settings import described

        with formatter.section("Settings, as environment variables"):
            formatter.write_dl(
                [(name, f"{meaning}  [default: {default}]") for name, default, meaning in described()]
            )


@click.group(cls=_Group)
@click.version_option(package_name="newstables")
def main() -> None:
    """News articles in, tables that analysts trust out.

    Articles are text files below the folder `seeds`, tables go to the folder `data`, unless --seeds and --data or the
    settings say otherwise.
    """


@contextmanager
def _clear_errors() -> Iterator[None]:
    """One line for what a user can mend, instead of a traceback."""
    from pipeline.settings import SettingsError

    try:
        yield
    except (SettingsError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _settings(seeds: Path | None = None, data: Path | None = None, **other: Any) -> "Settings":
    """The settings, with what the command line says put into the environment, for every process that is started."""
    from pipeline.settings import PREFIX, settings

    said = {"seeds_dir": seeds and seeds.absolute(), "data_dir": data and data.absolute(), **other}
    for name, value in said.items():
        if value is not None:
            os.environ[f"{PREFIX}{name.upper()}"] = str(value)
    with _clear_errors():
        return settings()


def _here(command: str) -> str:
    """How a command is given here: with `make` in a checkout, by its name elsewhere."""
    root = Path(__file__).parent.parent
    checkout = root == Path.cwd() and (root / "Makefile").is_file()
    return f"make {command}" if checkout else f"newstables {command}"


@main.command()
@SEEDS
@DATA
@click.option("--accept-vanished", is_flag=True, help="Go on where more than half of the articles are gone.")
@click.option("--again", metavar="MONTH", help="Read the articles of a month (2026-03, or undated) again.")
@click.option(
    "--whole", is_flag=True, help="Look at every file and row, though no file seems to have changed."
)
def run(seeds: Path | None, data: Path | None, accept_vanished: bool, again: str | None, whole: bool) -> None:
    """Read what is new or changed in the articles and publish the tables."""
    collect_rarely()
    chosen = _settings(accept_vanished="true" if accept_vanished else None)
    seeds, data = seeds or chosen.seeds_dir, data or chosen.data_dir
    _check_folders(seeds, data)
    if again and not re.fullmatch(r"\d{4}-\d{2}|undated", again):
        raise click.ClickException(f"--again needs a month such as 2026-03, or undated, not {again}.")
    if not again and not whole and _told_unchanged(seeds, data):
        return
    # Loading takes seconds: only once the folders are known to be there, and something is to be done.
    from pipeline.run import RunError, run_steps
    from pipeline.store.lock import LockedError
    from pipeline.summary import summarize

    def waiting(who: str) -> None:
        click.echo(f"Waiting for another run on {data}: {who}.", err=True)

    try:
        result = run_steps(seeds, data, waiting=waiting, again=again or "", whole=whole)
    except (OSError, LockedError, RunError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(summarize(result, data, ui=_here("ui")))
    _tell_address(data)
    sys.exit(1 if result.failed else 0)


def _told_unchanged(seeds: Path, data: Path) -> bool:
    """Tell that nothing has changed since the tables were published; False where that is not so, or Dagster keeps a history."""
    from pipeline.store import addresses

    if os.environ.get("DAGSTER_HOME") or addresses.address(seeds):
        return False
    from pipeline import unchanged
    from pipeline.summary import summarize_entry

    with _clear_errors():
        entry = unchanged.confirm(seeds, data)
    if entry is not None:
        click.echo(summarize_entry(entry, data, ui=_here("ui")))
        _tell_address(data)
    return entry is not None


def _tell_address(data: Path) -> None:
    """Where on object storage the tables are to be read."""
    from pipeline.store import addresses, places

    if address := addresses.address(data):
        click.echo(f"Published at {address}/versions/{places.target(data)}")


def _check_folders(seeds: Path, data: Path) -> None:
    """One clear line where the articles cannot be read or the tables not be written."""
    from pipeline.store import addresses

    if addresses.address(seeds):
        seeds.mkdir(parents=True, exist_ok=True)  # a run fetches what lies there
    if not seeds.is_dir():
        what = "is not a folder" if seeds.exists() else "does not exist"
        raise click.ClickException(f"The folder of the articles, {seeds}, {what}.")
    try:
        next(os.scandir(seeds), None)
    except OSError as error:
        raise click.ClickException(
            f"The folder of the articles, {seeds}, cannot be read: {error.strerror}."
        ) from None
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise click.ClickException(
            f"The folder for the tables, {data}, cannot be written: {error.strerror}."
        ) from None
    if data.resolve() == seeds.resolve():
        raise click.ClickException(f"Articles and tables need two folders, both are {seeds}.")


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the pages.  [default: 3000]")
@click.option("--host", help="Address of the pages, which have no password.  [default: 127.0.0.1]")
@SEEDS
@DATA
def ui(port: int | None, host: str | None, seeds: Path | None, data: Path | None) -> None:
    """Open Dagster: the tables, their checks and history; run the job, the sensor and the schedule."""
    chosen = _settings(seeds, data, port=port, host=host)
    _check_folders(chosen.seeds_dir, chosen.data_dir)
    home = Path(os.environ.get("DAGSTER_HOME") or chosen.dagster_home).absolute()
    os.environ["DAGSTER_HOME"] = str(home)
    from pipeline.orchestration.home import HomeInUseError
    from pipeline.orchestration.serve import ServeError, serve

    try:
        status = serve(home, chosen.host, chosen.port, lambda line: click.echo(line, err=True))
    except (ServeError, HomeInUseError, OSError) as error:
        raise click.ClickException(str(error)) from None
    sys.exit(status)


@main.command()
@click.argument("url")
@SEEDS
def fetch(url: str, seeds: Path | None) -> None:
    """Bring the seeds folder up to date with object storage (s3://bucket/folder), only what is new or changed there."""
    from pipeline.read.fetch import fetch as fetch_all

    with _clear_errors():
        done = fetch_all(url, seeds or _settings().seeds_dir)
    click.echo(f"{done.n_fetched:,} fetched, {done.n_same:,} as they were, {done.n_removed:,} removed.")


@main.command()
@SEEDS
@DATA
def check(seeds: Path | None, data: Path | None) -> None:
    """Say whether the settings and folders are sound and the tables made from the articles as they are.

    Exit status 0 where they are, 1 where a run is due or the last one failed.
    """
    chosen = _settings()
    seeds, data = seeds or chosen.seeds_dir, data or chosen.data_dir
    _check_folders(seeds, data)
    from pipeline import journal
    from pipeline.store import mirror
    from pipeline.summary import history_line

    with _clear_errors():
        here = mirror.look(data)
    runs = journal.entries(data)
    click.echo(f"Articles {seeds.absolute()}\nTables   {data.absolute()}")
    if runs:
        click.echo(f"Last run {history_line(runs[-1])}")
    due = not here or journal.published_state(data) != journal.state(seeds.absolute(), data.absolute())
    if not runs or due:
        click.echo(f"The tables are not made from the articles as they are: {_here('run')}")
    else:
        click.echo("The tables are made from the articles as they are.")
    held = runs[-1].get("held_back") if runs else None
    sys.exit(1 if not runs or due or held or runs[-1].get("outcome") != journal.PUBLISHED else 0)


@main.command()
@DATA
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many runs.")
def history(data: Path | None, last: int) -> None:
    """List the last runs, whoever started them: when, how long, what was read, what came of it."""
    chosen = _settings()
    from pipeline import journal
    from pipeline.store import mirror
    from pipeline.summary import history_line

    data = data or chosen.data_dir
    with _clear_errors():
        mirror.look(data)
    runs = journal.entries(data)
    if not runs:
        click.echo(f"No run has been here yet: {_here('run')}")
    for entry in runs[-last:]:
        click.echo(history_line(entry))


def command() -> None:
    """The command as a process of its own."""
    as_process(main)


if __name__ == "__main__":
    command()
