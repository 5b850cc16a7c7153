"""The folder of pages: writes what differs, remembers what belongs, removes the rest. It is walked through once, not asked page by page.

Where nobody has touched the folder since pages were written, it is not walked through at all: what was noted then is still so.
"""

import contextlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.report.lists import LISTED
from pipeline.store import atomic, sealed
from pipeline.store.record import file_state

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
State = list[int]
"""Size and time of change of a page."""
_GONE: State = [-1, -1]


class Pages:
    """The pages of a version, by their names below its `report/`."""

    def __init__(self, folder: Path, state: Path, *, as_left: bool = False) -> None:
        """`folder`: where the pages lie; `state`: where it is noted what they were made from; `as_left`: nobody has touched them since."""
        self.folder, self.state, self.as_left = folder, state, as_left
        self._there: dict[str, State] = {}
        """Pages that were seen, all of them where the folder was walked through."""
        self._belonged: set[str] = set()
        """Else the pages that were noted."""
        if not as_left:
            self.walk()
        self.kept: set[str] = set()
        self.stayed = 0
        """How many pages stay besides, that were not asked for by name."""
        self._noted: dict[str, dict[str, Any]] = {}
        self.written = 0
        self.changed: set[str] = set()
        """Pages that came, changed or went."""
        self.environment = _environment()
        self.shared: dict[str, Any] = {"charts": False, "tables": False, "search": False, "listed": LISTED}

    def walk(self) -> None:
        """Look at every page."""
        self.as_left = False
        self._there.clear()
        _walk(os.fspath(self.folder), "", self._there)

    def _state(self, name: str) -> State:
        """Size and time of change of a page as it stands there."""
        if self.as_left and name not in self._there:
            self._there[name] = file_state(self.folder / name)
        return self._there.get(name, _GONE)

    def write(self, name: str, content: bytes) -> None:
        """A page with this content; one that has it already stays untouched."""
        path = self.folder / name
        self.kept.add(name)
        if self._state(name) == _GONE or path.read_bytes() != content:
            atomic.write_bytes(path, content, sync=False)
            self.written_to(name)

    def written_to(self, name: str) -> None:
        """Note that a page was written."""
        self.written += 1
        self.changed.add(name)
        self._there[name] = file_state(self.folder / name)

    def render(self, name: str, template: str, shown: dict[str, Any]) -> None:
        """A page made from a template."""
        html = self.environment.get_template(template).render(self.shared | shown)
        self.write(name, html.encode("utf-8", "surrogateescape"))

    def states(self, names: Iterable[str]) -> dict[str, State]:
        """Size and time of change of pages."""
        return {name: self._state(name) for name in names}

    def belonged(self, names: Iterable[str]) -> None:
        """Say which pages were noted to belong the last time: where the folder is not walked through, nothing else is there."""
        if self.as_left:
            self._belonged.update(names)

    def is_as_noted(self, name: str, state: State) -> bool:
        """Whether a page is as it was noted."""
        return self.as_left or self._there.get(name, _GONE) == state

    def keep(self, states: Mapping[str, State]) -> bool:
        """Keep pages as they are; False where one is gone or was changed by someone."""
        if not self.as_left and any(self._state(name) != state for name, state in states.items()):
            return False
        self.kept.update(states)
        return True

    def known(self, memory: str) -> dict[str, Any]:
        """What was noted under a name the last time; nothing where it cannot be read."""
        if memory not in self._noted:
            self._noted[memory] = sealed.kept_json(self.state / f"{memory}.json") or {}
        return self._noted[memory]

    def note(self, memory: str, noted: dict[str, Any]) -> None:
        """Note something under a name for the next time."""
        sealed.write_json(self.state / f"{memory}.json", noted, sync=False)
        self._noted[memory] = noted

    def sweep(self, beside: frozenset[str]) -> int:
        """Remove the pages that nothing belongs to any more; `beside`: names that others write."""
        there = self._belonged if self.as_left else self._there.keys()
        stale = there - self.kept - beside
        self.changed |= stale
        for name in stale:
            page = self.folder / name
            page.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # others stand there
                page.parent.rmdir()
        return len(stale)


def _walk(folder: str, prefix: str, found: dict[str, State]) -> None:
    """Note every file below a folder; one that is none (a link) counts as gone."""
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _walk(entry.path, f"{prefix}{entry.name}/", found)
                continue
            state = entry.stat(follow_symlinks=False)
            plain = stat.S_ISREG(state.st_mode)
            found[prefix + entry.name] = [state.st_size, state.st_mtime_ns] if plain else _GONE


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["days"] = _days
    return environment


def _days(words: str) -> Markup:
    """Words with their days held together, so that no line breaks inside `2026-03-02`."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(words))))
