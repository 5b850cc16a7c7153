"""Writes the pages of a version's `report/`, only those whose content changed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipeline.report import names, search
from pipeline.report.actors import KINDS as OF_ACTORS
from pipeline.report.actors import ActorRows, actor_pages, load_actors
from pipeline.report.article import ArticleRows, article_page
from pipeline.report.cells import Elsewhere
from pipeline.report.folder import Pages
from pipeline.report.front import front_page
from pipeline.report.groups import NAMED, Known, load_known
from pipeline.report.incidents import KINDS as OF_INCIDENTS
from pipeline.report.incidents import incident_pages, load_incidents
from pipeline.report.lists import (
    LISTED,
    MONTHLY,
    Context,
    across_by_month,
    list_pages,
    monthly_rows,
    title_of_list,
)
from pipeline.report.load import Row, by_document, count, month_rows, months
from pipeline.report.tallies import KINDS as OF_TALLIES
from pipeline.report.tallies import load_tallies, tally_pages
from pipeline.report.views import Link
from pipeline.store import atomic
from pipeline.store.record import FOLDER, Record

VERSION = "static/version.js"
"""Tells the pages their version; `write_version` makes it."""
_TEMPLATES = {"actors": "actor.html.j2", "incidents": "incident.html.j2", "tallies": "tally.html.j2"}
_KINDS = OF_ACTORS | OF_INCIDENTS | OF_TALLIES
_EXTRACTED = ("sentences", "mentions", "dates", "quotes", "figures", "events", "event_actors")


@dataclass(frozen=True, slots=True)
class Report:
    """How many pages there are, and how many were written or removed this time."""

    pages: int
    written: int
    removed: int


@dataclass(frozen=True)
class _Build:
    """What the pages are made from, and where they go."""

    data: Path
    pages: Pages
    design: str
    known: Known
    actors: ActorRows
    context: Context


def write_report(data: Path) -> Report:
    """Write all pages from the tables in `data`, the folder of a version, into its `report/`.

    No file is written into: it may be a link to that of the version before.
    """
    pages = Pages(data / "report", data / FOLDER / "report")
    for name, content in _resources():
        pages.write(f"static/{name}", content)
    design = _digest([_design()])
    known = load_known(data, pages.state, _KINDS, _marks(data, design))
    documents = known.documents()
    actors = load_actors(data, known)
    context = Context(
        documents,
        actors.names,
        load_incidents(data, documents, known),
        load_tallies(data, documents, actors.names, known),
    )
    build = _Build(data, pages, design, known, actors, context)
    _write_all(build)
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
    for month in present:
        _write_month(build, month)
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
    now = {key: row["sha256"] for key, row in build.context.documents.items()}
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


def _newest_first(month: str) -> tuple[bool, str]:
    """Months from the newest on, undated last."""
    return month == "undated", "".join(chr(0x10FFFF - ord(c)) for c in month)


def _write_month(build: _Build, month: str) -> None:
    """The pages and lists of a month's articles; nothing is read again where its tables and what it leads to are the same."""
    data, pages, context = build.data, build.pages, build.context
    used = [key for key in build.known.of_month(NAMED, month) if key in context.actors]
    elsewhere = _elsewhere(build, month)
    parts = [build.known.marks[month]]
    parts += [f"{key} {context.actors[key]}" for key in used]
    parts += [repr(sorted(elsewhere.incidents.items())), repr(sorted(elsewhere.tallies.items()))]
    digest = _digest(parts)
    memory = pages.known(month)
    if memory.get("digest") == digest and pages.keep(memory["pages"]):
        return
    documents = month_rows(data, "documents", month)
    before, pages.kept = pages.kept, set()
    shown = _write_articles(build, month, documents, elsewhere)
    for table in MONTHLY:
        _write_list(build, table, month, monthly_rows(data, table, month))
    found = search.articles(documents, context) + search.quotes(monthly_rows(data, "quotes", month), context)
    pages.write(f"search/month-{month}.js", search.script(f"month-{month}", found))
    pages.note(month, {"digest": digest, "shown": shown, "pages": pages.states(sorted(pages.kept))})
    pages.kept |= before


def _write_articles(build: _Build, month: str, documents: list[Row], elsewhere: Elsewhere) -> dict[str, str]:
    """The pages of a month's articles, only those that show something else than before; returns a fingerprint of what each shows."""
    pages, memory = build.pages, build.pages.known(month)
    known, states = memory.get("shown", {}), memory.get("pages", {})
    groups = {table: by_document(month_rows(build.data, table, month)) for table in _EXTRACTED}
    titles = {key: row["title"] for key, row in build.context.documents.items()}
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


def _write_lists_across(build: _Build, across: dict[str, dict[str, list[Row]]]) -> None:
    """The lists of rows that span articles, with what is searched of incidents; only months whose rows, or where they lead, changed."""
    pages, known = build.pages, build.pages.known("lists")
    now: dict[str, Any] = {}
    for table, by_month in across.items():
        for month, rows in by_month.items():
            name = f"{table}/{month}"
            digest = _digest([build.design, *(repr((row, _leads_to(build, table, row))) for row in rows)])
            if name in known and known[name][0] == digest and pages.keep(known[name][1]):
                now[name] = known[name]
                continue
            before, pages.kept = pages.kept, set()
            _write_list(build, table, month, rows)
            if table == "incidents":
                script = f"incidents-{month}"
                found = search.incidents(rows, build.context)
                pages.write(f"search/{script}.js", search.script(script, found))
            now[name] = [digest, pages.states(sorted(pages.kept))]
            pages.kept |= before
    if now != known:
        pages.note("lists", now)


def _leads_to(build: _Build, table: str, row: Row) -> bool | tuple[bool, bool]:
    """Of what it depends where a row of a list leads, beside its key."""
    context = build.context
    if table == "actors":
        return row["actor_id"] in context.actors
    if table == "incidents":
        return context.incidents.shown(row["incident_id"])
    return context.tallies.shown(row["tally_id"])


def _write_months(build: _Build, table: str, found: list[str]) -> None:
    """The page that leads to a table's lists."""
    links = [Link(month, f"{month}.html") for month in found]
    shown = {"root": "../", "tables": True, "table": table, "title": title_of_list(table), "months": links}
    build.pages.render(f"{table}/index.html", "months.html.j2", shown)


def _write_across(build: _Build) -> None:
    """The pages of actors, incidents and tallies, only those whose rows changed."""
    context = build.context
    named, paged = build.pages.known("names"), context.incidents.paged
    again = {
        "actors": build.actors.leading_elsewhere(named),
        "incidents": set[str](),
        "tallies": context.tallies.named_otherwise(named),
    }
    kinds = (
        ("actors", build.actors.digests(), lambda keys: actor_pages(build.actors, keys)),
        ("incidents", context.incidents.digests(), lambda keys: incident_pages(context.incidents, keys)),
        ("tallies", context.tallies.digests(paged), lambda keys: tally_pages(context.tallies, keys, paged)),
    )
    for kind, parts, pages_of in kinds:
        _write_changed(build, kind, parts, again[kind], pages_of)
    if named != context.actors:
        build.pages.note("names", context.actors)


def _write_changed(
    build: _Build,
    kind: str,
    parts: Mapping[str, str],
    again: set[str],
    pages_of: Callable[[set[str]], Iterable[tuple[str, Any]]],
) -> None:
    """The pages of one kind whose digest or file is another than the last time, and those to make `again` though it is not."""
    pages, known = build.pages, build.pages.known(kind)
    digests = {key: _digest([build.design, part]) for key, part in parts.items()}
    page = {key: f"{kind}/{names.page_name(key)}" for key in digests}
    same = {key for key, digest in digests.items() if known.get(key, [None])[0] == digest}
    changed = digests.keys() - {key for key in same - again if pages.keep({page[key]: known[key][1]})}
    for key, shown in pages_of(set(changed)):
        pages.render(page[key], _TEMPLATES[kind], shown)
    states = pages.states(page.values())
    now = {key: [digest, states[page[key]]] for key, digest in digests.items()}
    if now != known:
        pages.note(kind, now)


def _write_search(build: _Build, across: dict[str, dict[str, list[Row]]], present: list[str]) -> None:
    """The search page and its scripts across articles; `present`: the months whose own scripts are written already."""
    pages, context = build.pages, build.context
    found = search.actors(build.actors.actors.values(), context.actors)
    pages.write("search/actors.js", search.script("actors", found))
    shards = [("actors", len(found))]
    for month in sorted({*across["incidents"], *present}, key=_newest_first):
        if month in across["incidents"]:
            shards.append((f"incidents-{month}", len(across["incidents"][month])))
        if month in present:
            n = sum(count(build.data, table, month) for table in ("documents", "quotes"))
            shards.append((f"month-{month}", n))
    pages.render("search.html", "search.html.j2", {"root": "", "search": True, "shards": shards})


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
