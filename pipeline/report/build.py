"""Writes the pages of a version's `report/`, only those whose content changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, is_dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from pipeline.report import names, search
from pipeline.report.across import SEARCHED, write_across, write_list, write_lists_across
from pipeline.report.actors import ACTOR, load_actors
from pipeline.report.actors import KINDS as OF_ACTORS
from pipeline.report.article import ArticleRows, article_page
from pipeline.report.cells import Elsewhere
from pipeline.report.folder import Pages
from pipeline.report.front import front_page
from pipeline.report.groups import load_known, noted_months
from pipeline.report.incidents import INCIDENT, LINK, load_incidents
from pipeline.report.incidents import KINDS as OF_INCIDENTS
from pipeline.report.lists import (
    LISTED,
    MONTHLY,
    Context,
    Keys,
    across_by_month,
    monthly_rows,
    title_of_list,
)
from pipeline.report.load import Row, by_document, month_rows, months
from pipeline.report.made import Build
from pipeline.report.rows import keep_across, load_across
from pipeline.report.tallies import KINDS as OF_TALLIES
from pipeline.report.tallies import TALLY, load_tallies
from pipeline.report.ties import NAMED
from pipeline.report.views import Link
from pipeline.store import atomic, sealed
from pipeline.store.record import FOLDER, Record
from pipeline.store.versions import CHANGED

VERSION = "static/version.js"
"""Tells the pages their version; `write_version` makes it."""
_KINDS = OF_ACTORS | OF_INCIDENTS | OF_TALLIES
_ACROSS = {"actors": ACTOR, "incidents": INCIDENT, "incident_links": LINK, "tallies": TALLY}
_MONTHS = "months"
"""Under this name it is noted what the tables of each month are, and how many pages it has."""
_EXTRACTED = ("sentences", "mentions", "dates", "quotes", "figures", "events", "event_actors")


@dataclass(frozen=True, slots=True)
class Report:
    """How many pages there are, and how many were written or removed this time."""

    pages: int
    written: int
    removed: int


def write_report(data: Path, *, as_left: bool = False) -> Report:
    """Write all pages from the tables in `data`, the folder of a version, into its `report/`.

    No file is written into: it may be a link to that of the version before. `as_left`: nobody has touched the pages that are
    there, so that not each needs to be looked at.
    """
    pages = Pages(data / "report", data / FOLDER / "report", as_left=as_left)
    design = _digest([_design()])
    made_from, marks = pages.known("design"), _marks(data, design)
    anew = made_from.get("design") != design
    if as_left and (anew or noted_months(pages.state) - marks.keys()):
        pages.walk()
    for name, content in _resources():
        pages.write(f"static/{name}", content)
    known = load_known(data, pages.state, _KINDS, marks)
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
    build = Build(data, pages, design, anew, known, actors, context)
    _write_all(build)
    tables_now = {table: keep_across(data, pages.state, table) for table in _ACROSS}
    if made_from != (now := {"design": design, "tables": tables_now}):
        pages.note("design", now)
    if pages.known("leading") != build.leading:
        pages.note("leading", build.leading)
    written, removed = pages.written, pages.sweep(frozenset({VERSION}))
    if pages.changed:
        sealed.write_json(data / CHANGED, sorted({*pages.changed, VERSION}), sync=False)
    return Report(len(pages.kept) + pages.stayed, written, removed)


def _marks(data: Path, design: str) -> dict[str, str]:
    """What the tables of each month are, and the program that reads them."""
    tables = ("documents", *_EXTRACTED)
    records = {table: Record(data, table) for table in tables}
    found = {}
    for month in months(data):
        facts = [records[t].size_and_hash(data / "parquet" / t / f"{month}.parquet") for t in tables]
        found[month] = _digest([design, *(told[1] if told else "none" for told in facts)])
    return found


def _write_all(build: Build) -> None:
    across = across_by_month(build.context, build.actors.actors)
    present = months(build.data)
    leading = _leading_elsewhere(build)
    months_now = {month: _write_month(build, month, leading) for month in present}
    if build.pages.known(_MONTHS) != months_now:
        build.pages.note(_MONTHS, months_now)
    write_lists_across(build, across)
    for table in LISTED:
        of_table = across[table].keys() if table in across else present
        _write_months(build, table, sorted(of_table, key=_newest_first))
    write_across(build)
    _write_search(build, across, present)
    shown = front_page(build.data, build.context, build.actors, _fresh(build))
    build.pages.render("index.html", "index.html.j2", shown)


def _fresh(build: Build) -> list[str] | None:
    """Articles that came with the last run that changed any; None where no run before is known."""
    noted, known = build.pages.known("documents"), build.known
    fresh: list[str] | None
    if noted and not (known.came or known.went):
        fresh = noted["fresh"]
    else:
        fresh = sorted(known.came) if noted else None
        build.pages.note("documents", {"fresh": fresh})
    return fresh


def write_version(version: Path) -> None:
    """Tell the pages which version they belong to: a script, so that pages that are the same stay the same files."""
    line = f"window.newstablesVersion = {json.dumps(version.name)};\n"
    atomic.write_bytes(version / "report" / VERSION, line.encode(), sync=False)


def _leading_elsewhere(build: Build) -> set[str]:
    """The months whose articles lead to what has moved."""
    moved, known = build.moved, build.known
    parts = ((NAMED, moved.actors), ("reports", moved.incidents), ("figures", moved.tallies))
    return set[str]().union(*(known.months_of(kind, keys) for kind, keys in parts if keys))


def _newest_first(month: str) -> tuple[bool, str]:
    """Months from the newest on, undated last."""
    return month == "undated", "".join(chr(0x10FFFF - ord(c)) for c in month)


def _write_month(build: Build, month: str, leading: set[str]) -> list[Any]:
    """The pages and lists of a month's articles; returns what its tables are and how many pages it has.

    Nothing is read again where its tables are the same and it does not lead elsewhere (`leading`); where nobody has touched the pages
    either, not even what is noted of them.
    """
    data, pages, context = build.data, build.pages, build.context
    mark = build.known.marks[month]
    noted: list[Any] = pages.known(_MONTHS).get(month, ["", 0])
    if pages.as_left and noted[0] == mark and month not in leading:
        pages.stayed += noted[1]
        return noted
    memory = pages.known(month)
    pages.belonged(memory.get("pages", ()))
    if memory.get("mark") == mark and month not in leading and pages.keep(memory["pages"]):
        return [mark, len(memory["pages"])]
    elsewhere = _elsewhere(build, month)
    documents = month_rows(data, "documents", month)
    context.documents.fetch([document["doc_id"] for document in documents])
    before, pages.kept = pages.kept, set()
    shown = _write_articles(build, month, documents, elsewhere)
    for table in MONTHLY:
        write_list(build, table, month, monthly_rows(data, table, month))
    found = search.articles(documents, context) + search.quotes(monthly_rows(data, "quotes", month), context)
    pages.write(f"search/month-{month}.js", search.script(f"month-{month}", found))
    pages.note(month, {"mark": mark, "shown": shown, "pages": pages.states(sorted(pages.kept))})
    now = [mark, len(pages.kept)]
    pages.kept |= before
    return now


def _write_articles(build: Build, month: str, documents: list[Row], elsewhere: Elsewhere) -> dict[str, str]:
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
    if is_dataclass(value):  # of pages none has fields of its class
        return [type(value).__name__, *(getattr(value, name) for name in value.__dataclass_fields__)]
    return str(value)


def _elsewhere(build: Build, month: str) -> Elsewhere:
    """The incidents and tallies that a month's rows share with other reports."""
    context = build.context
    incidents, tallies = {}, {}
    reported, given = (build.known.of_month(kind, month) for kind in ("reports", "figures"))
    for rows, keys in ((context.incidents.rows, reported), (context.tallies.rows, given)):
        rows.fetch([key for key in keys if key in rows])  # lists show all of them too
    for row in reported:
        if row in context.incidents.paged:
            n = context.incidents.rows[row]["n_documents"]
            words = f"in {n} articles" if n > 1 else "in this article"
            incidents[row] = Link(words, names.incident(row, names.DEEP))
    for row in given:
        if row in context.tallies.paged:
            tallies[row] = Link(
                f"{context.tallies.rows[row]['n_figures']} figures", names.tally(row, names.DEEP)
            )
    return Elsewhere(incidents, tallies)


def _write_months(build: Build, table: str, found: list[str]) -> None:
    """The page that leads to a table's lists."""
    links = [Link(month, f"{month}.html") for month in found]
    shown = {"root": "../", "tables": True, "table": table, "title": title_of_list(table), "months": links}
    build.pages.render(f"{table}/index.html", "months.html.j2", shown)


def _write_search(build: Build, across: dict[str, dict[str, Keys]], present: list[str]) -> None:
    """The search page; `present`: the months whose own scripts are written already."""
    shards = []
    for month in sorted(
        {*present, *(month for table in SEARCHED for month in across[table])}, key=_newest_first
    ):
        shards += [
            (f"{table}-{month}", len(across[table][month])) for table in SEARCHED if month in across[table]
        ]
        if month in present:
            n = sum(build.known.count(table, month) for table in ("documents", "quotes"))
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
