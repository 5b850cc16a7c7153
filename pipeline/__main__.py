"""The command: `python -m pipeline run` makes the tables, with the same job that Dagster runs."""

import os
import shutil
import sys
from pathlib import Path

import click


@click.group()
@click.version_option(package_name="newstables")
def main() -> None:
    """News articles in, tables that analysts trust out."""


_FOLDER = click.Path(path_type=Path, file_okay=True)


@main.command()
@click.option("--seeds", type=_FOLDER, help="Folder of the articles (.txt).  [default: seeds]")
@click.option("--data", type=_FOLDER, help="Folder that the tables go to.  [default: data]")
@click.option("--accept-vanished", is_flag=True, help="Go on where more than half of the articles are gone.")
def run(seeds: Path | None, data: Path | None, accept_vanished: bool) -> None:
    """Read what is new or changed in the articles and publish the tables."""
    if accept_vanished:
        os.environ["NEWSTABLES_ACCEPT_VANISHED"] = "true"
    from pipeline.settings import settings

    seeds, data = seeds or settings().seeds_dir, data or settings().data_dir
    _check_folders(seeds, data)
    # Loading takes seconds: only once the folders are known to be there.
    from pipeline.orchestration import RunError, run_job
    from pipeline.store.lock import LockedError
    from pipeline.summary import summarize

    try:
        result = run_job(
            seeds, data, waiting=lambda who: click.echo(f"Waiting for another run: {who}.", err=True)
        )
    except (OSError, LockedError, RunError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(summarize(result, data))
    sys.exit(1 if result.failed else 0)


def _check_folders(seeds: Path, data: Path) -> None:
    """One clear line where the articles cannot be read or the tables not be written."""
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
@click.option("--port", type=int, default=3000, show_default=True)
def ui(port: int) -> None:
    """Open Dagster: the tables, their checks and history; run the job, the sensor and the schedule."""
    from pipeline.settings import settings

    home = Path(os.environ.get("DAGSTER_HOME") or settings().dagster_home).absolute()
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copy(Path(__file__).parent / "orchestration" / "dagster.yaml", home)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipeline.definitions", "--port", str(port)]
    os.execve(
        sys.executable, command, {**os.environ, "DAGSTER_HOME": str(home)}
    )  # signals reach Dagster itself


if __name__ == "__main__":
    main()
