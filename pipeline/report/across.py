"""Writes the pages and lists of rows that span articles, only those that may show something else than the last time."""

from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import names, search
from pipeline.report.actors import actor_pages
from pipeline.report.incidents import incident_pages
from pipeline.report.lists import DAY, Context, Keys, list_pages, month_of
from pipeline.report.load import Row
from pipeline.report.made import Build
from pipeline.report.rows import Across
from pipeline.report.tallies import tally_pages

_TEMPLATES = {"actors": "actor.html.j2", "incidents": "incident.html.j2", "tallies": "tally.html.j2"}
SEARCHED: dict[str, Callable[[list[Row], Context], list[search.Found]]] = {
    "actors": lambda rows, context: search.actors(rows, context.actors),
    "incidents": lambda rows, context: search.incidents(rows, context),
}
"""How rows across articles are found by their words."""


def write_lists_across(build: Build, across: dict[str, dict[str, Keys]]) -> None:
    """The lists of rows that span articles, with what is searched of them; only months whose rows, or where they lead, changed."""
    pages, known = build.pages, build.pages.known("lists")
    now: dict[str, Any] = {}
    for states in known.values():
        pages.belonged(states)
    for table, by_month in across.items():
        again = _months_again(build, table)
        for month, keys in by_month.items():
            name = f"{table}/{month}"
            if month not in again and not build.anew and name in known and pages.keep(known[name]):
                now[name] = known[name]
                continue
            before, pages.kept = pages.kept, set()
            rows = _of(build, table).rows.of(keys.to_pylist())
            write_list(build, table, month, rows)
            if table in SEARCHED:
                script = f"{table}-{month}"
                pages.write(
                    f"search/{script}.js", search.script(script, SEARCHED[table](rows, build.context))
                )
            now[name] = pages.states(sorted(pages.kept))
            pages.kept |= before
    if now != known:
        pages.note("lists", now)


def _of(build: Build, table: str) -> Across:
    context = build.context
    if table == "actors":
        return build.actors.across
    return (context.incidents if table == "incidents" else context.tallies).across


def _months_again(build: Build, table: str) -> set[str]:
    """The months of a table across articles whose list may show something else: those of rows that changed, or lead elsewhere."""
    across, kind = _of(build, table), {"incidents": "reports", "tallies": "figures"}.get(table, "")
    keys = across.changed | getattr(build.moved, table) | build.known.changed.get(kind, frozenset())
    found = set[str]()
    for rows in (across.rows, across.before):
        if rows is not None:
            some = [key for key in keys if key in rows]
            places = rows.table.filter(pc.is_in(rows.table[rows.key], pa.array(some, pa.string())))
            found.update(map(month_of, places[DAY[table]].unique().to_pylist()))
    return found


def write_list(build: Build, table: str, month: str, rows: list[Row]) -> None:
    """The pages of a table's month."""
    for path, shown in list_pages(table, month, rows, build.context):
        build.pages.render(path, "list.html.j2", shown)


def write_across(build: Build) -> None:
    """The pages of actors, incidents and tallies, only those whose rows changed."""
    actors, incidents, tallies = build.actors, build.context.incidents, build.context.tallies
    named, paged = build.pages.known("leading").get("actors", {}), incidents.paged
    _write_changed(
        build,
        "actors",
        actors.paged,
        actors.changed() | actors.leading_elsewhere(named),
        lambda keys: actor_pages(actors, keys),
    )
    _write_changed(
        build, "incidents", paged, incidents.changed(), lambda keys: incident_pages(incidents, keys)
    )
    _write_changed(
        build,
        "tallies",
        tallies.paged,
        tallies.changed(build.moved.incidents) | tallies.named_otherwise(named),
        lambda keys: tally_pages(tallies, keys, paged),
    )


def _write_changed(
    build: Build,
    kind: str,
    paged: frozenset[str],
    changed: set[str],
    pages_of: Callable[[set[str]], Iterable[tuple[str, Any]]],
) -> None:
    """The pages of one kind that may show something else than the last time, or whose file is another."""
    pages, known = build.pages, build.pages.known(kind)
    now: dict[str, Any] = {}
    pages.belonged(name for name, _ in known.values())
    if not build.anew:
        now = {
            key: place
            for key, place in known.items()
            if key in paged and key not in changed and pages.is_as_noted(*place)
        }
    pages.kept.update(name for name, _ in now.values())
    made = {key: f"{kind}/{names.page_name(key)}" for key in paged - now.keys()}
    for key, shown in pages_of(set(made)):
        pages.render(made[key], _TEMPLATES[kind], shown)
    if made or len(known) > len(now):
        states = pages.states(made.values())
        pages.note(kind, now | {key: [name, states[name]] for key, name in sorted(made.items())})
