"""Writes the pages of `data/report/`, only those whose content changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.report.actors import ActorRows, actor_pages, load_actors
from pipeline.report.article import ArticleRows, article_page, title_of
from pipeline.report.front import articles_view, front_page
from pipeline.report.load import actors_of, by_document, month_rows, months
from pipeline.report.names import page_name
from pipeline.store import atomic, sealed
from pipeline.store.record import FOLDER, file_state

_EXTRACTED = ("sentences", "mentions", "dates", "quotes", "figures", "events", "event_actors")


@dataclass(frozen=True, slots=True)
class Report:
    """How many pages there are, and how many were written or removed this time."""

    pages: int
    written: int
    removed: int


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Pages:
    """The folder of pages: writes what differs, remembers what belongs, removes the rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: set[Path] = set()
        self.written = 0
        self.environment = _environment()

    def write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        self.kept.add(path)
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            atomic.write_bytes(path, content, sync=False)
            self.written += 1

    def render(self, name: str, template: str, shown: dict[str, Any]) -> None:
        html = self.environment.get_template(template).render({"charts": False, "tables": False} | shown)
        self.write(name, html.encode("utf-8", "surrogateescape"))

    def states(self, names: Iterable[str]) -> dict[str, list[int]]:
        """Size and time of change of pages."""
        return {name: file_state(self.folder / name) for name in names}

    def keep(self, states: Mapping[str, list[int]]) -> bool:
        """Keep pages as they are; False where one is gone or was changed by someone."""
        if self.states(states) != states:
            return False
        self.kept.update(self.folder / name for name in states)
        return True

    def sweep(self) -> int:
        """Remove the pages that nothing belongs to any more."""
        stale = [p for p in self.folder.rglob("*") if p.is_file() and p not in self.kept]
        for path in stale:
            path.unlink()
        return len(stale)


def write_report(data: Path) -> Report:
    """Write the front page and the pages of months, articles and actors from the tables in `data`, the folder of a version.

    No file is written into: it may be a link to that of the version before.
    """
    pages = _Pages(data / "report")
    state = data / FOLDER / "report"
    _static(pages)
    actors = load_actors(data)
    names = dict(zip(actors.actors["actor_id"], actors.actors["name"], strict=True))
    design = _digest([_templates()])
    for month in months(data):
        _write_month(data, pages, state, month, names, design)
    _write_actors(pages, state / "actors.json", actors, design)
    pages.render("index.html", "index.html.j2", front_page(data, set(names)))
    written, removed = pages.written, pages.sweep()
    return Report(len(pages.kept), written, removed)


def _write_month(
    data: Path, pages: _Pages, state: Path, month: str, names: dict[str, str], design: str
) -> None:
    """The pages of a month's articles; nothing is read again where its tables and its actors' names are the same."""
    inputs = [data / "parquet" / table / f"{month}.parquet" for table in ("documents", *_EXTRACTED)]
    used = sorted(actors_of(data, month) & names.keys())
    digest = _digest(
        [design, *(_file_digest(path) for path in inputs), *(f"{key} {names[key]}" for key in used)]
    )
    memory = state / f"{month}.json"
    known = sealed.kept_json(memory)
    if known and known["digest"] == digest and pages.keep(known["pages"]):
        return
    documents = month_rows(data, "documents", month)
    titles = {row["doc_id"]: title_of(row) for row in documents}
    groups = {table: by_document(month_rows(data, table, month)) for table in _EXTRACTED}
    made = []
    for document in documents:
        key = document["doc_id"]
        tables = {table: group.get(key, []) for table, group in groups.items()}
        made.append(f"articles/{page_name(key)}")
        pages.render(made[-1], "article.html.j2", article_page(ArticleRows(document, tables), names, titles))
    made.append(f"months/{month}.html")
    shown = {"root": "../", "tables": True, "month": month, "articles": articles_view(documents, "../")}
    pages.render(made[-1], "month.html.j2", shown)
    sealed.write_json(memory, {"digest": digest, "pages": pages.states(made)}, sync=False)


def _write_actors(pages: _Pages, memory: Path, actors: ActorRows, design: str) -> None:
    """The pages of actors, only those whose rows changed."""
    known = sealed.kept_json(memory) or {}
    digests = {key: f"{design} {digest}" for key, digest in actors.digests().items()}
    page = {key: f"actors/{page_name(key)}" for key in digests}
    same = {key for key, digest in digests.items() if known.get(key, [None])[0] == digest}
    changed = digests.keys() - {key for key in same if pages.keep({page[key]: known[key][1]})}
    for key, shown in actor_pages(actors, set(changed)):
        pages.render(page[key], "actor.html.j2", shown)
    states = pages.states(page.values())
    now = {key: [digest, states[page[key]]] for key, digest in digests.items()}
    if now != known:
        sealed.write_json(memory, now, sync=False)


def _resources() -> Iterator[tuple[str, bytes]]:
    with as_file(files("pipeline.report") / "static") as folder:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".js", ".css"}:
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _static(pages: _Pages) -> None:
    for name, content in _resources():
        pages.write(f"static/{name}", content)


def _templates() -> str:
    with as_file(files("pipeline.report") / "templates") as folder:
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.j2")))


def _file_digest(path: Path) -> str:
    if not path.exists():
        return "none"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(parts: Iterable[str]) -> str:
    joined = hashlib.sha256()
    for part in parts:
        joined.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return joined.hexdigest()
