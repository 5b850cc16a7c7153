"""Writes the pages of a version's `report/`, only those whose content changed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report import names, search
from pipeline.report.actors import ACTOR, ActorRows, actor_pages, load_actors
from pipeline.report.actors import KINDS as OF_ACTORS
from pipeline.report.article import ArticleRows, article_page
from pipeline.report.cells import Elsewhere
from pipeline.report.folder import Pages
from pipeline.report.front import front_page
from pipeline.report.groups import Known, load_known
from pipeline.report.incidents import INCIDENT, LINK, incident_pages, load_incidents
from pipeline.report.incidents import KINDS as OF_INCIDENTS
from pipeline.report.lists import (
    DAY,
    LISTED,
    MONTHLY,
    Context,
    across_by_month,
    list_pages,
    month_of,
    monthly_rows,
    title_of_list,
)
from pipeline.report.load import Row, by_document, count, month_rows, months
from pipeline.report.rows import Across, keep_across, load_across
from pipeline.report.tallies import KINDS as OF_TALLIES
from pipeline.report.tallies import TALLY, load_tallies, tally_pages
from pipeline.report.ties import NAMED
from pipeline.report.views import Link
from pipeline.store import atomic
from pipeline.store.record import FOLDER, Record

VERSION = "static/version.js"
"""Tells the pages their version; `write_version` makes it."""
_TEMPLATES = {"actors": "actor.html.j2", "incidents": "incident.html.j2", "tallies": "tally.html.j2"}
_KINDS = OF_ACTORS | OF_INCIDENTS | OF_TALLIES
_ACROSS = {"actors": ACTOR, "incidents": INCIDENT, "incident_links": LINK, "tallies": TALLY}
_SEARCHED: dict[str, Callable[[list[Row], Context], list[search.Found]]] = {
    "actors": lambda rows, context: search.actors(rows, context.actors),
    "incidents": lambda rows, context: search.incidents(rows, context),
}
"""How rows across articles are found by their words."""
_EXTRACTED = ("sentences", "mentions", "dates", "quotes", "figures", "events", "event_actors")


@dataclass(frozen=True, slots=True)
class Report:
    """How many pages there are, and how many were written or removed this time."""

    pages: int
    written: int
    removed: int


@dataclass(frozen=True)
class _Moved:
    """What leads elsewhere, or is called otherwise, than when pages were made the last time."""

    actors: set[str]
    incidents: set[str]
    tallies: set[str]


@dataclass(frozen=True)
class _Build:
    """What the pages are made from, and where they go."""

    data: Path
    pages: Pages
    design: str
    anew: bool
    """Another program made the pages that are there, or none."""
    known: Known
    actors: ActorRows
    context: Context

    @cached_property
    def leading(self) -> dict[str, dict[str, Any]]:
        """What articles and lists say of what they lead to: names of actors, how many articles and figures."""
        incidents, tallies = self.context.incidents, self.context.tallies
        found: dict[str, dict[str, Any]] = {"actors": self.context.actors}
        for table, of_table, number in (
            ("incidents", incidents, "n_documents"),
            ("tallies", tallies, "n_figures"),
        ):
            numbers = zip(of_table.rows, of_table.rows.column(number), strict=True)
            found[table] = {key: n for key, n in numbers if key in of_table.paged}
        return found

    @cached_property
    def moved(self) -> _Moved:
        """What of it is not as it was."""
        then = self.pages.known("leading")
        sides = {name: (now, then.get(name, {})) for name, now in self.leading.items()}
        return _Moved(
            **{
                name: set() if now == before else {key for key, _ in now.items() ^ before.items()}
                for name, (now, before) in sides.items()
            }
        )


def write_report(data: Path) -> Report:
    """Write all pages from the tables in `data`, the folder of a version, into its `report/`.

    No file is written into: it may be a link to that of the version before.
    """
    pages = Pages(data / "report", data / FOLDER / "report")
    for name, content in _resources():
        pages.write(f"static/{name}", content)
    design = _digest([_design()])
    made_from = pages.known("design")
    anew = made_from.get("design") != design
    known = load_known(data, pages.state, _KINDS, _marks(data, design))
    across = {
        table: load_across(data, pages.state, table, columns, [] if anew else made_from["tables"].get(table))
        for table, columns in _ACROSS.items()
    }
    actors = load_actors(across["actors"], known)
    tables = (across["incidents"], across["incident_links"], across["tallies"])
    context = Context(
        known.articles,
        actors.names,
        load_incidents(*tables, known.articles, known),
        load_tallies(across["tallies"], known.articles, actors.names, known),
    )
    build = _Build(data, pages, design, anew, known, actors, context)
    _write_all(build)
    tables_now = {table: keep_across(data, pages.state, table) for table in _ACROSS}
    if made_from != (now := {"design": design, "tables": tables_now}):
        pages.note("design", now)
    if pages.known("leading") != build.leading:
        pages.note("leading", build.leading)
    written, removed = pages.written, pages.sweep(frozenset({VERSION}))
    return Report(len(pages.kept), written, removed)


def _marks(data: Path, design: str) -> dict[str, str]:
    """What the tables of each month are, and the program that reads them."""
    tables = ("documents", *_EXTRACTED)
    records = {table: Record(data, table) for table in tables}
    found = {}
    for month in months(data):
        paths = {table: data / "parquet" / table / f"{month}.parquet" for table in tables}
        hashes = [records[table].sha256(path) if path.exists() else "none" for table, path in paths.items()]
        found[month] = _digest([design, *hashes])
    return found


def _write_all(build: _Build) -> None:
    across = across_by_month(build.context, build.actors.actors)
    present = months(build.data)
    leading = _leading_elsewhere(build)
    for month in present:
        _write_month(build, month, leading)
    _write_lists_across(build, across)
    for table in LISTED:
        of_table = across[table].keys() if table in across else present
        _write_months(build, table, sorted(of_table, key=_newest_first))
    _write_across(build)
    _write_search(build, across, present)
    shown = front_page(build.data, build.context, build.actors, _fresh(build))
    build.pages.render("index.html", "index.html.j2", shown)


def _fresh(build: _Build) -> list[str] | None:
    """Articles that came with the last run that changed any; None where no run before is known."""
    articles = build.context.documents
    now = dict(zip(articles, articles.column("sha256"), strict=True))
    noted = build.pages.known("documents")
    if noted.get("now") == now:
        fresh: list[str] | None = noted["fresh"]
        return fresh
    fresh = sorted(key for key in now if noted["now"].get(key) != now[key]) if noted else None
    build.pages.note("documents", {"now": now, "fresh": fresh})
    return fresh


def write_version(version: Path) -> None:
    """Tell the pages which version they belong to: a script, so that pages that are the same stay the same files."""
    line = f"window.newstablesVersion = {json.dumps(version.name)};\n"
    atomic.write_bytes(version / "report" / VERSION, line.encode(), sync=False)


def _leading_elsewhere(build: _Build) -> set[str]:
    """The months whose articles lead to what has moved."""
    moved, known = build.moved, build.known
    parts = ((NAMED, moved.actors), ("reports", moved.incidents), ("figures", moved.tallies))
    return set[str]().union(*(known.months_of(kind, keys) for kind, keys in parts if keys))


def _newest_first(month: str) -> tuple[bool, str]:
    """Months from the newest on, undated last."""
    return month == "undated", "".join(chr(0x10FFFF - ord(c)) for c in month)


def _write_month(build: _Build, month: str, leading: set[str]) -> None:
    """The pages and lists of a month's articles; nothing is read again where its tables are the same and it does not lead elsewhere (`leading`)."""
    data, pages, context = build.data, build.pages, build.context
    memory, mark = pages.known(month), build.known.marks[month]
    if memory.get("mark") == mark and month not in leading and pages.keep(memory["pages"]):
        return
    elsewhere = _elsewhere(build, month)
    documents = month_rows(data, "documents", month)
    before, pages.kept = pages.kept, set()
    shown = _write_articles(build, month, documents, elsewhere)
    for table in MONTHLY:
        _write_list(build, table, month, monthly_rows(data, table, month))
    found = search.articles(documents, context) + search.quotes(monthly_rows(data, "quotes", month), context)
    pages.write(f"search/month-{month}.js", search.script(f"month-{month}", found))
    pages.note(month, {"mark": mark, "shown": shown, "pages": pages.states(sorted(pages.kept))})
    pages.kept |= before


def _write_articles(build: _Build, month: str, documents: list[Row], elsewhere: Elsewhere) -> dict[str, str]:
    """The pages of a month's articles, only those that show something else than before; returns a fingerprint of what each shows."""
    pages, memory = build.pages, build.pages.known(month)
    known, states = memory.get("shown", {}), memory.get("pages", {})
    groups = {table: by_document(month_rows(build.data, table, month)) for table in _EXTRACTED}
    copied = {row["duplicate_of"] for row in documents if row["duplicate_of"] in build.context.documents}
    titles = {key: build.context.documents[key]["title"] for key in copied}
    found: dict[str, str] = {}
    for document in documents:
        key = document["doc_id"]
        tables = {table: group.get(key, []) for table, group in groups.items()}
        shown = article_page(ArticleRows(document, tables), build.context.actors, titles, elsewhere)
        name = f"articles/{names.page_name(key)}"
        found[name] = _digest([build.design, json.dumps(shown, default=_plain)])
        if known.get(name) != found[name] or not pages.keep({name: states.get(name, [])}):
            pages.render(name, "article.html.j2", shown)
    return found


def _plain(value: Any) -> Any:
    """A part of what a page shows as JSON can hold it, the same in every process."""
    if isinstance(value, set | frozenset):
        return sorted(value)
    if is_dataclass(value):
        return [type(value).__name__, *(getattr(value, field.name) for field in fields(value))]
    return str(value)


def _elsewhere(build: _Build, month: str) -> Elsewhere:
    """The incidents and tallies that a month's rows share with other reports."""
    context = build.context
    incidents, tallies = {}, {}
    for row in build.known.of_month("reports", month):
        if row in context.incidents.paged:
            n = context.incidents.rows[row]["n_documents"]
            words = f"in {n} articles" if n > 1 else "in this article"
            incidents[row] = Link(words, names.incident(row))
    for row in build.known.of_month("figures", month):
        if row in context.tallies.paged:
            tallies[row] = Link(f"{context.tallies.rows[row]['n_figures']} figures", names.tally(row))
    return Elsewhere(incidents, tallies)


def _write_list(build: _Build, table: str, month: str, rows: list[Row]) -> None:
    for path, shown in list_pages(table, month, rows, build.context):
        build.pages.render(path, "list.html.j2", shown)


def _write_lists_across(build: _Build, across: dict[str, dict[str, list[str]]]) -> None:
    """The lists of rows that span articles, with what is searched of them; only months whose rows, or where they lead, changed."""
    pages, known = build.pages, build.pages.known("lists")
    now: dict[str, Any] = {}
    for table, by_month in across.items():
        again = _months_again(build, table)
        for month, keys in by_month.items():
            name = f"{table}/{month}"
            if month not in again and not build.anew and name in known and pages.keep(known[name]):
                now[name] = known[name]
                continue
            before, pages.kept = pages.kept, set()
            rows = _of(build, table).rows.of(keys)
            _write_list(build, table, month, rows)
            if table in _SEARCHED:
                script = f"{table}-{month}"
                pages.write(
                    f"search/{script}.js", search.script(script, _SEARCHED[table](rows, build.context))
                )
            now[name] = pages.states(sorted(pages.kept))
            pages.kept |= before
    if now != known:
        pages.note("lists", now)


def _of(build: _Build, table: str) -> Across:
    of = (build.actors, build.context.incidents, build.context.tallies)
    return dict(zip(("actors", "incidents", "tallies"), (one.across for one in of), strict=True))[table]


def _months_again(build: _Build, table: str) -> set[str]:
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


def _write_months(build: _Build, table: str, found: list[str]) -> None:
    """The page that leads to a table's lists."""
    links = [Link(month, f"{month}.html") for month in found]
    shown = {"root": "../", "tables": True, "table": table, "title": title_of_list(table), "months": links}
    build.pages.render(f"{table}/index.html", "months.html.j2", shown)


def _write_across(build: _Build) -> None:
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
    build: _Build,
    kind: str,
    paged: frozenset[str],
    changed: set[str],
    pages_of: Callable[[set[str]], Iterable[tuple[str, Any]]],
) -> None:
    """The pages of one kind that may show something else than the last time, or whose file is another."""
    pages, known = build.pages, build.pages.known(kind)
    now: dict[str, Any] = {}
    if not build.anew:
        now = {
            key: place
            for key, place in known.items()
            if key in paged and key not in changed and pages.there.get(place[0]) == place[1]
        }
    pages.kept.update(name for name, _ in now.values())
    made = {key: f"{kind}/{names.page_name(key)}" for key in paged - now.keys()}
    for key, shown in pages_of(set(made)):
        pages.render(made[key], _TEMPLATES[kind], shown)
    if made or len(known) > len(now):
        states = pages.states(made.values())
        pages.note(kind, now | {key: [name, states[name]] for key, name in sorted(made.items())})


def _write_search(build: _Build, across: dict[str, dict[str, list[str]]], present: list[str]) -> None:
    """The search page; `present`: the months whose own scripts are written already."""
    shards = []
    for month in sorted(
        {*present, *(month for table in _SEARCHED for month in across[table])}, key=_newest_first
    ):
        shards += [
            (f"{table}-{month}", len(across[table][month])) for table in _SEARCHED if month in across[table]
        ]
        if month in present:
            n = sum(count(build.data, table, month) for table in ("documents", "quotes"))
            shards.append((f"month-{month}", n))
    build.pages.render("search.html", "search.html.j2", {"root": "", "search": True, "shards": shards})


def _resources() -> Iterator[tuple[str, bytes]]:
    with as_file(files("pipeline.report") / "static") as folder:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".js", ".css", ".txt"}:
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _design() -> str:
    """What the look of pages is made from: templates and the program's own code, so that pages change when it does."""
    found = []
    for folder, pattern in (("templates", "*.j2"), (".", "*.py")):
        with as_file(files("pipeline.report") / folder) as path:
            found += [file.read_text(encoding="utf-8") for file in sorted(path.glob(pattern))]
    return "\n".join(found)


def _digest(parts: Iterable[str]) -> str:
    joined = hashlib.sha256()
    for part in parts:
        joined.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return joined.hexdigest()
