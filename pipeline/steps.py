"""The two steps of a run, whoever takes them, Dagster or the command alone: articles are read, then a version is made of all rows.

One step makes all tables, the pages and the package that describes them, because a version is whole: the tables of one look at
the folder stand together. A table that a check holds back stops no other.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import journal, refresh, tables, unchanged
from pipeline.findings import why_held_back
from pipeline.garbage import collect_rarely
from pipeline.listing import Listing, as_read
from pipeline.read.fetch import bring
from pipeline.settings import settings
from pipeline.store import database, disk, lock, staged, verdicts
from pipeline.store.parts import Parts
from pipeline.store.versions import REPORT, Draft, Finisher, current, drafting
from pipeline.summary import COUNTS, rejections
from schemas import TABLES, Table
from schemas.validation import Failures

SHOWN_REJECTED = 50
SAME_FACTS = ("state", "seen", *COUNTS, "n_rejected", "rejections", "same")
"""What a run notes of the articles that finds nothing changed."""


class StepError(RuntimeError):
    """A step that cannot be taken, or did not do all of its work; the message says why."""


def _nobody(_: str) -> None:
    """Hear what a run tells where nobody listens."""


@dataclass(frozen=True)
class Run:
    """A run on two folders: its name in the history, and whom it tells what it does."""

    seeds: Path
    data: Path
    name: str
    tell: Callable[[str], None] = _nobody
    warn: Callable[[str], None] = _nobody
    stops: tuple[type[BaseException], ...] = (KeyboardInterrupt,)
    """What is raised in it where somebody stops it."""

    def parts(self, table: str) -> Parts:
        """A table as linking left it, in parts, which are read when they are asked for."""
        return staged.parts(self.data, table)


@dataclass
class Outcome:
    """What became of the tables."""

    behind: str | None = None
    """That the rows are older than the seeds folder, where they are."""
    rows: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    held_back: dict[str, str] = field(default_factory=dict)
    """Tables, and what the checks say that hold them back."""
    broken: dict[str, str] = field(default_factory=dict)
    pages: Any = None
    version: Path | None = None
    """The folder of the version that is shown now."""

    def facts(self) -> dict[str, Any]:
        """For the history."""
        facts = {"rows": self.rows, "held_back": [*self.held_back], "broken": self.broken}
        facts["why_held_back"] = self.held_back
        return facts | {"version": self.version.name if self.version else None}


@contextmanager
def working(run: Run) -> Iterator[None]:
    """What surrounds the steps: the lock on the data, the articles brought from where they lie, the beginning noted. LockedError where another run works there."""

    def waiting(who: str) -> None:
        run.tell(f"Waiting for another run on {run.data}: {who}.")

    collect_rarely()
    with lock.hold(run.data, waiting=waiting):
        bring(run.seeds)
        journal.note(run.data, run.name, began=journal.now(), seeds=str(run.seeds))
        yield


@contextmanager
def told(run: Run) -> Iterator[None]:
    """Note in the history how a step ended that did not end well."""
    try:
        yield
    except GeneratorExit:
        raise
    except run.stops:
        _ended(run, outcome=journal.STOPPED)
        raise
    except BaseException as error:
        _ended(run, outcome=journal.FAILED, why=f"{type(error).__name__}: {error}")
        raise


def _ended(run: Run, **facts: str) -> None:
    """Note how a run ended. Where not even that can be written, what ended it is worth more than the note."""
    with suppress(OSError):
        journal.note(run.data, run.name, ended=journal.now(), **facts)


def read(run: Run, *, again: str = "", whole: bool = False) -> tuple[journal.Entry, list[tuple[str, str]]]:
    """Look through the folder of articles and extract what is new or changed into the cache; returns what the run notes of it, and the first rejected files with their reasons.

    `again`: a month whose articles are read again though nothing has changed; `whole`: look into every file.
    """
    with told(run):
        listed = Listing(as_read).add(run.seeds, leave_out=run.data)
        entry = None if again or whole else unchanged.same(run.seeds, run.data, listed)
        if entry is None:
            return _read(run, listed, again=again, whole=whole)
        journal.note(run.data, run.name, **{name: entry[name] for name in SAME_FACTS})
        run.tell("Nothing has changed since the tables were published.")
        return entry, []


def _read(
    run: Run, listed: Listing, *, again: str, whole: bool
) -> tuple[journal.Entry, list[tuple[str, str]]]:
    """Read what is new or changed in the folder, which was `listed`."""
    state = journal.state(run.seeds, run.data, listed)
    seen = unchanged.seen(run.seeds, run.data, listed)
    found = refresh.refresh(run.seeds, run.data, tell=run.tell, again=again, whole=whole, listed=listed)
    if any(rejection.reason.name in unchanged.TRANSIENT for rejection in found.rejected):
        seen = None
    counts = {name: getattr(found, name) for name in COUNTS}
    rejected = {"n_rejected": len(found.rejected), "rejections": rejections(found.rejected)}
    entry = {"state": state, "seen": seen, **counts, **rejected}
    journal.note(run.data, run.name, **entry)
    first = found.rejected[:SHOWN_REJECTED]
    return entry, [(rejection.path, rejection.reason.value) for rejection in first]


def kept(run: Run, *, known: Callable[[Path], bool] = lambda _: True) -> bool:
    """Whether the tables stay as they are, since another version would be the same; then the run notes so.

    `known`: whether whoever is told of tables was told of those in the folder of a version.
    """
    with told(run):
        facts = _same(run, known)
        if facts is None:
            return False
        journal.note(run.data, run.name, **facts, ended=journal.now(), outcome=journal.PUBLISHED)
        run.tell("Nothing has changed since the tables were published: they stay as they are.")
        return True


def _same(run: Run, known: Callable[[Path], bool]) -> dict[str, Any] | None:
    """What the run that published the tables said of them, where another one would change nothing."""
    own = journal.entry_of(run.data, run.name)
    if "state" in own and not own.get("same"):  # articles were read, or looked into, by this run
        return None
    last = unchanged.published(run.data) | own
    entry = last if own.get("same") else unchanged.same(run.seeds, run.data)
    if entry is None or not known(run.data / "versions" / entry["version"]):
        return None
    return {name: entry[name] for name in ("rows", "held_back", "broken", "version", "standing", *SAME_FACTS)}


def make(
    run: Run, checked: Callable[[Table, Failures], Iterable[Any]] = lambda *_: ()
) -> Generator[Any, None, Outcome]:
    """Make a version of the rows as they are now and show it: link, check each table, publish those that are sound, write pages.

    `checked`: what is to be said of a table and the rows that fail its checks, which is yielded before the table is published.
    Returns what became of them all.
    """
    with told(run), drafting(run.data) as draft:
        outcome = Outcome(behind=_behind(run))
        run.tell("Linking the rows of all articles.")
        tables.assemble(run.data)
        for table in TABLES.values():
            failures = verdicts.check(run.data, table.name, partial(staged.load, run.data), run.parts)
            yield from checked(table, failures)
            _publish(run, draft, table, held=why_held_back(table, failures), outcome=outcome)
        _write_pages(draft, outcome)
        outcome.version = draft.finish(finishers())
        facts = outcome.facts() | {"standing": _standing(run, outcome)}
        journal.note(run.data, run.name, ended=journal.now(), outcome=journal.PUBLISHED, **facts)
    return outcome


def _publish(run: Run, draft: Draft, table: Table, *, held: str | None, outcome: Outcome) -> None:
    """Put a table into the version, or leave its last good files there; `held`: why it is held back."""
    if held is not None:
        draft.hold_back(table.name)
        outcome.held_back[table.name] = held
        run.warn(f"{table.name} is held back by a check: its last good files stay.")
        return
    rows = run.parts(table.name)
    outcome.written[table.name] = len(draft.publish(table.name, rows, csv=settings().csv))
    outcome.rows[table.name] = rows.num_rows
    run.tell(f"{table.name}: {rows.num_rows:,} rows, {outcome.written[table.name]} files written.")


def _write_pages(draft: Draft, outcome: Outcome) -> None:
    """The pages of a version; where they break, those of the version before stand there, and the outcome says so."""
    if settings().pages == "off":
        draft.leave_out_report()
        return
    from pipeline.report.build import write_report  # its templates and charts are needed here only

    try:
        with disk.guarding(draft.data):
            outcome.pages = write_report(draft.folder, as_left=draft.pages_as_left)
    except OSError:
        raise
    except Exception as error:
        draft.hold_back(REPORT)
        outcome.broken[REPORT] = f"{type(error).__name__}: {error}"
    else:
        draft.done(REPORT, changed=outcome.pages.written + outcome.pages.removed > 0)


def finishers() -> dict[str, Finisher]:
    """What else a version holds: by the name of the file that it makes, what makes it in the version's folder."""
    found: dict[str, Finisher] = {}
    if settings().pages != "off":
        from pipeline.report.build import write_version

        found[f"{REPORT}/static/version.js"] = write_version
    kind = settings().database
    if kind != "off":
        mark = database.mark(kind)
        found[database.NAME] = lambda version: database.write(version, kind, current(version.parent.parent))
        found[mark] = lambda version: (
            version / mark
        ).touch()  # so that views of another release are made anew
    return found


def _standing(run: Run, outcome: Outcome) -> str | None:
    """What the next run finds where nothing changes; None where this one left something to do."""
    if outcome.held_back or outcome.broken or outcome.behind:
        return None
    entries = reversed(journal.entries(run.data))
    return unchanged.standing(
        run.data, next((entry.get("seen") for entry in entries if "state" in entry), None)
    )


def _behind(run: Run) -> str | None:
    """What to say where the folder has changed since the articles were read; None where they are as they were, or this run read them: then the next one sees what changed meanwhile."""
    last = next((entry for entry in reversed(journal.entries(run.data)) if "state" in entry), None)
    if last is None:
        raise StepError("No articles have been read into this data folder yet: materialize articles too.")
    if last["run"] == run.name or not run.seeds.is_dir():
        return None
    if last["state"] == journal.state(run.seeds, run.data):
        return None
    why = "The seeds folder has changed since its articles were read: these rows are older than it. Materialize articles too."
    run.warn(why)
    return why
