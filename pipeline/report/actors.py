"""The pages of actors: what each did, underwent, said and counted, over time, with whom."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from pipeline.report import charts, names
from pipeline.report.groups import Groups, Kind, Known
from pipeline.report.load import Row
from pipeline.report.rows import Across, Rows
from pipeline.report.ties import WITH
from pipeline.report.views import Cell, Line, Link, View, listed
from pipeline.report.words import DEEDS, day_of, deed, figure_words, meant, unit_words
from schemas.columns import SEPARATOR

NEWEST = 2_000
"""Rows a table shows on an actor's page: the newest; the lists hold all of them."""
_PARTNERS = 12

_EVENT = [
    "event_id",
    "doc_id",
    "published_on",
    "event_type",
    "event_mode",
    "status",
    "place",
    "actor_names",
    "recipient_names",
    "sentence",
]
_QUOTE = ["quote_id", "speaker_id", "doc_id", "published_on", "quote_kind", "cue", "content"]
_FIGURE = [
    "figure_id",
    "source_id",
    "doc_id",
    "published_on",
    "value",
    "value_high",
    "comparator",
    "unit",
    "counted",
    "sentence",
]
ACTOR = [
    "actor_id",
    "name",
    "actor_type",
    "country",
    "country_basis",
    "sector",
    "role",
    "aliases",
    "wikidata_id",
    "n_documents",
    "n_mentions",
    "first_seen_on",
    "last_seen_on",
]
_NEWEST_FIRST = (("published_on", "descending"), ("doc_id", "ascending"))
_ACTS = (*_NEWEST_FIRST, ("event_id", "ascending"))
KINDS = {
    "did": Kind("events", "actor_id", "event_id", tuple(_EVENT), _ACTS, role="actor", most=NEWEST),
    "undergone": Kind("events", "actor_id", "event_id", tuple(_EVENT), _ACTS, role="recipient", most=NEWEST),
    "said": Kind("quotes", "speaker_id", "quote_id", tuple(_QUOTE), _NEWEST_FIRST, most=NEWEST),
    "counted": Kind("figures", "source_id", "figure_id", tuple(_FIGURE), _NEWEST_FIRST, most=NEWEST),
}
"""How the rows of an actor's page are grouped."""


@dataclass(frozen=True)
class ActorRows:
    """All that the pages of actors show."""

    across: Across
    """Every actor by its key, and which of them changed."""
    did: Groups
    undergone: Groups
    said: Groups
    counted: Groups
    paged: frozenset[str]
    """Actors that did, underwent, said or counted something: they have a page."""

    known: Known

    @property
    def actors(self) -> Rows:
        """Every actor by its key."""
        return self.across.rows

    @cached_property
    def names(self) -> dict[str, str]:
        """actor_id -> name, of the actors that have a page."""
        told = zip(self.actors.column("actor_id"), self.actors.column("name"), strict=True)
        return {key: name for key, name in told if key in self.paged}

    @cached_property
    def alone(self) -> dict[str, str]:
        """name -> actor_id, of the actors that have a page and share their name with none."""
        return alone(self.names)

    def changed(self) -> set[str]:
        """The actors whose pages may show something else than before, but for where the names of others lead."""
        return {*self.across.changed}.union(*(self.known.changed.get(kind, frozenset()) for kind in KINDS))

    def leading_elsewhere(self, before: Mapping[str, str]) -> set[str]:
        """The actors whose pages show a name that leads to another page than when actors were named as in `before`."""
        if before == self.names:
            return set()
        moved = {name for name, _ in alone(before).items() ^ self.alone.items()}
        return self.known.tied(WITH, moved) & self.paged

    def fetch(self, keys: set[str]) -> None:
        """Read the rows of some actors at once."""
        for rows in (self.did, self.undergone, self.said, self.counted):
            rows.fetch(keys)


def alone(named: Mapping[str, str]) -> dict[str, str]:
    """name -> key, of the names that are given once."""
    shared = Counter(named.values())
    return {name: key for key, name in named.items() if shared[name] == 1}


def load_actors(across: Across, known: Known) -> ActorRows:
    """Read what the pages of actors show."""
    groups = {kind: known.groups(kind) for kind in KINDS}
    keys = across.rows.table[across.rows.key]
    active = keys.filter(pa.array(sum(rows.sizes(keys) for rows in groups.values()) > 0))
    return ActorRows(across, **groups, paged=frozenset(active.to_pylist()), known=known)


def actor_pages(rows: ActorRows, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key of each of some actors, and what the actor template shows of it."""
    alone = rows.alone
    rows.fetch(keys)
    for key in sorted(keys):
        actor = rows.actors[key]
        did, undergone = rows.did.of(key, NEWEST), rows.undergone.of(key, NEWEST)
        said, figures = rows.said.of(key, NEWEST), rows.counted.of(key, NEWEST)
        over_time = _over_time(did, undergone)
        yield (
            key,
            {
                "root": names.DEEP,
                "tables": True,
                "charts": bool(over_time),
                "name": actor["name"],
                "facts": _facts(actor),
                "spec": charts.actor_over_time(over_time) if over_time else None,
                "months": _months(did, undergone, said, figures),
                "partners": _partners(did, undergone, alone),
                "views": {
                    "did": ("What it did", _events(did, "recipient", rows.did.size(key))),
                    "underwent": (
                        "What was done to it",
                        _events(undergone, "actor", rows.undergone.size(key)),
                    ),
                    "said": ("What it said", _quotes(said, rows.said.size(key))),
                    "counted": ("What it counted", _figures(figures, rows.counted.size(key))),
                },
            },
        )


def _facts(actor: Row) -> list[Cell]:
    country = actor["country"]
    if country and actor.get("country_basis"):
        country = f"{country} ({actor['country_basis']})"
    facts: list[Cell] = [actor["actor_type"], actor["role"], country, actor["sector"]]
    facts.append(f"{actor['n_mentions']:,} mentions in {actor['n_documents']:,} articles")
    if actor["first_seen_on"]:
        facts.append(f"{actor['first_seen_on']} to {actor['last_seen_on']}")
    others = [name for name in (actor["aliases"] or "").split(SEPARATOR) if name and name != actor["name"]]
    facts.append(f"also: {', '.join(others)}" if others else None)
    return [fact for fact in facts if fact]


def _over_time(did: list[Row], undergone: list[Row]) -> list[Row]:
    """Deeds a month, done and undergone."""
    found: Counter[tuple[str, str]] = Counter()
    for side, rows in (("did", did), ("underwent", undergone)):
        for row in rows:
            if row["published_on"] and row["status"] in DEEDS:
                found[str(row["published_on"])[:7], side] += 1
    return [
        {"month": month, "side": side, "events": n, "href": f"#published={month}"}
        for (month, side), n in sorted(found.items())
    ]


def _months(*groups: list[Row]) -> list[Link]:
    """The months of which its rows tell, newest first, each with how many; a link leaves only that month's rows in the tables."""
    found = Counter(str(row["published_on"])[:7] for rows in groups for row in rows if row["published_on"])
    return [
        Link(f"{month} ({n:,})", f"#published={month}") for month, n in sorted(found.items(), reverse=True)
    ]


def _partners(did: list[Row], undergone: list[Row], keys: Mapping[str, str]) -> View | None:
    """With whom: the others of its events, busiest first."""
    found: dict[str, Counter[str]] = {}
    for side, column, rows in (("did", "recipient_names", did), ("underwent", "actor_names", undergone)):
        for row in rows:
            for name in dict.fromkeys((row[column] or "").split(SEPARATOR)):
                if name:
                    found.setdefault(name, Counter())[side] += 1
    if not found:
        return None
    busiest = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))[:_PARTNERS]
    lines = [
        Line(
            [
                Link(name, names.actor(keys[name], names.DEEP)) if name in keys else name,
                _leading(sides["did"], to_whom=name),
                _leading(sides["underwent"], by_whom=name),
            ]
        )
        for name, sides in busiest
    ]
    numeric = frozenset({"did to them", "underwent from them"})
    return View(["with", "did to them", "underwent from them"], lines, numeric, len(found))


def _leading(n: int, **filters: str) -> Cell:
    """How many, leading to the rows of this page that they are."""
    return Link(str(n), names.filtered("", **filters), value=float(n)) if n else 0


def _events(rows: list[Row], other: str, total: int) -> View:
    head = {"recipient": "to whom", "actor": "by whom"}[other]
    lines = [
        Line(
            [
                day_of(row),
                deed(row),
                meant("status", row["status"]),
                listed(row[f"{other}_names"]),
                row["place"],
                Link(row["sentence"], names.place(row["doc_id"], row["event_id"], names.DEEP)),
            ]
        )
        for row in rows
    ]
    return View(["published", "what", "status", head, "where", "words"], lines, total=total)


def _quotes(rows: list[Row], total: int) -> View:
    lines = [
        Line(
            [
                day_of(row),
                row["quote_kind"],
                row["cue"],
                Link(row["content"], names.place(row["doc_id"], row["quote_id"], names.DEEP)),
            ]
        )
        for row in rows
    ]
    return View(["published", "kind", "cue", "words"], lines, total=total)


def _figures(rows: list[Row], total: int) -> View:
    lines = [
        Line(
            [
                day_of(row),
                f"{figure_words(row)}{unit_words(row['unit'])}",
                row["counted"],
                Link(row["sentence"], names.place(row["doc_id"], row["figure_id"], names.DEEP)),
            ]
        )
        for row in rows
    ]
    return View(["published", "value", "counted", "words"], lines, total=total)


def actor_cell(key: str | None, words: str | None, known: Mapping[str, str], root: str = "../") -> Cell:
    """An actor as a cell: a link to its page where it has one, else its words."""
    if key is None or key not in known:
        return words
    return Link(known[key], names.actor(key, root))
