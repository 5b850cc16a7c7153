"""The actors of all articles as one table: the same person, country or body is one row, with a lasting key.

Articles are read in order of publication, and each of their actors joins the one it means among those read before, or begins
a row. So a key never changes when later articles are added. Look-ups are by name: no two rows are compared beyond those
that share one.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pandas as pd
import pyarrow as pa

from pipeline.lexicon import table

COLUMNS = (
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
)
_SMALL_WORDS = frozenset(("the", "of", "for", "and", "a", "an", "s"))
_SPELLING = {"defense": "defence", "labor": "labour", "organisation": "organization", "programme": "program"}
_AFFIXES = frozenset(("al", "el", "jr", "sr", "ii", "iii"))
_BREAK = re.compile(r"[\W_]+")
_DROP = str.maketrans("", "", "'’.")
_OWNED = re.compile(r"['’]s? ")
_OF_A_TIME = frozenset(("administration", "regime", "presidency"))
"""Nouns by which a government is called after who leads it."""
_GUESSED = "guessed"
_BASES = ("told", "demonym", "office", "seat", _GUESSED)
"""Ways in which articles tell a country, the surest first."""
_Row = dict[str, object]
_Post = tuple[str, str, str]


@dataclass(slots=True)
class _Linked:
    """An actor as known so far, from the articles read."""

    actor_id: str
    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    country: str | None = None
    basis: str | None = None
    """The surest way in which articles tell the country."""
    guesses: Counter[str] = field(default_factory=Counter)
    """Countries that articles only guess at; they count where no article tells one."""
    sector: str | None = None
    role: str | None = None
    doc_id: str | None = None
    """The article read last."""
    n_documents: int = 0
    n_mentions: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(slots=True)
class _Index:
    """Ways to find the actors read so far."""

    actors: dict[str, _Linked] = field(default_factory=dict)
    by_name: dict[str, list[_Linked]] = field(default_factory=lambda: defaultdict(list))
    full: dict[_Post, dict[str, _Linked]] = field(default_factory=lambda: defaultdict(dict))
    """People with a full name, by surname, country and sector."""
    lone: dict[_Post, dict[str, _Linked]] = field(default_factory=lambda: defaultdict(dict))
    """People of whom only the surname is known."""


def link_actors(entities: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table `actors`, and the actor's key for each key of an article's entity.

    `entities`: one row an actor and article, the columns of `pipeline.extract.rows.Entity`. An actor with an identity
    (a country, a listed body, a country's government) is that; others join by name where type and country allow it.
    Two candidates, or a country that differs, make a row of their own: better two rows than a false one.
    """
    index = _Index()
    keys: dict[str, str] = {}
    rows: list[_Row] = pa.Table.from_pandas(entities, preserve_index=False).to_pylist()
    rows.sort(key=lambda r: (str(r["published_on"] or "9999"), str(r["doc_id"]), _order(str(r["entity_id"]))))
    for row in rows:
        actor = _find(row, index)
        _absorb(actor, row)
        keys[str(row["entity_id"])] = actor.actor_id
    return _frame(index), keys


def _order(entity_id: str) -> tuple[int, str]:
    number = re.search(r"\d+$", entity_id)
    return (int(number[0]) if number else 0, entity_id)


def _words(name: str) -> list[str]:
    """The words of a name without accents, case, apostrophes and stops."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _BREAK.sub(" ", name.lower().translate(_DROP)).split()


def _slug(words: list[str]) -> str:
    return "-".join(words) or "unnamed"


def known_by(row: _Row) -> tuple[str, _Post | None]:
    """The name by which an article's entity is looked up, as the beginning of a key, and for people the post of which there may be but one."""
    identity = row.get("identity")
    if identity:
        kind, _, name = str(identity).partition(":")
        return str(identity) if kind == "country" else f"{kind.replace(' ', '-')}:{_identity(name)}", None
    words = _words(str(row["name"]))
    if row["actor_type"] == "person":
        words = _of_person(words)
        held = words and row["country"] and row["sector"]
        post = (words[-1], str(row["country"]), str(row["sector"])) if held else None
        return f"person:{_slug(words)}", post
    words = sorted({_SPELLING.get(w, w) for w in words if w not in _SMALL_WORDS})
    return f"{'group' if row['actor_type'] == 'group' else 'body'}:{_slug(words)}", None


def _of_person(words: list[str]) -> list[str]:
    """The words of a person's name without middle initials and affixes."""
    return [w for i, w in enumerate(words) if w not in _AFFIXES and (len(w) > 1 or i == 0)] or words


def _find(row: _Row, index: _Index) -> _Linked:
    """The actor that an article's entity means; a new one where none is sure."""
    key, post = known_by(row)
    if row.get("identity"):
        if key not in index.actors:
            index.actors[key] = _Linked(key)
        return index.actors[key]
    if row["actor_type"] == "person":
        return _person(row, key, post, index)
    return _namesake(row, key, index) or _begin(row, key, index)


@cache
def _identity(name: str) -> str:
    """The part of a key behind the colon: a country's code stays as it is."""
    return name if re.fullmatch(r"[A-Z]{3}", name) else _slug(_words(name))


def _begin(row: _Row, key: str, index: _Index) -> _Linked:
    """A new actor; where the plain key is taken, the country or a number tells it apart."""
    actor_id, n = key, 1
    while actor_id in index.actors:
        actor_id = f"{key}:{row['country']}" if n == 1 and row["country"] else f"{key}:{n + 1}"
        n += 1
    actor = index.actors[actor_id] = _Linked(actor_id)
    index.by_name[key].append(actor)
    return actor


def _namesake(row: _Row, key: str, index: _Index) -> _Linked | None:
    """The one actor of this name whose country agrees, or is not known on one side."""
    known = index.by_name.get(key, [])
    country = row["country"]
    same = [
        a for a in known if country and (a.country == country or (not a.country and country in a.guesses))
    ]
    if same:
        return same[0]
    weak = row.get("country_basis") == _GUESSED and _is_distinct(row)
    if country is None or weak:
        return known[0] if len(known) == 1 else next((a for a in known if a.country is None), None)
    open_ = [a for a in known if a.country is None and (not a.guesses or _is_distinct(row))]
    return open_[0] if len(open_) == 1 else None


def _is_distinct(row: _Row) -> bool:
    """Whether a name is rarely borne by two, so that a guessed country does not keep two occurrences apart."""
    return row["actor_type"] in ("company", "media") or (
        row["actor_type"] == "person" and len(_words(str(row["name"]))) > 1
    )


def _person(row: _Row, key: str, post: _Post | None, index: _Index) -> _Linked:
    """People by full name; a lone surname joins the one such officeholder of the country."""
    found = _namesake(row, key, index)
    full = len(_of_person(_words(str(row["name"])))) > 1
    if found is None and post:
        alike = list((index.lone if full else index.full)[post].values())
        if len(alike) == 1:
            found = alike[0]
            index.by_name[key].append(found)
    if found is None:
        found = _begin(row, key, index)
    if post and full:
        index.full[post][found.actor_id] = found
        index.lone[post].pop(found.actor_id, None)
    elif post and found.actor_id not in index.full[post]:
        index.lone[post][found.actor_id] = found
    return found


def _absorb(actor: _Linked, row: _Row) -> None:
    """Add what one article tells of an actor; rows come in order of publication, so the last word on a role is the latest."""
    actor.types[str(row["actor_type"])] += 1
    actor.names[str(row["name"])] += 1
    actor.aliases.update(str(row["aliases"]).split(" | ") if row["aliases"] else [str(row["name"])])
    basis = _text(row.get("country_basis"))
    if row["country"] and basis == _GUESSED:
        actor.guesses[str(row["country"])] += 1
    else:
        actor.country = actor.country or _text(row["country"])
        if actor.country == row["country"]:
            actor.basis = min(filter(None, (actor.basis, basis)), key=_BASES.index, default=None)
    actor.sector = _text(row["sector"]) or actor.sector
    actor.role = _text(row["role"]) or actor.role
    actor.n_documents += actor.doc_id != row["doc_id"]
    actor.doc_id = str(row["doc_id"])
    actor.n_mentions += int(str(row["n_mentions"]))
    day = row["published_on"]
    if isinstance(day, date):
        actor.first = min(filter(None, (actor.first, day)))
        actor.last = max(filter(None, (actor.last, day)))


@cache
def _wikidata() -> dict[str, str]:
    """Items of Wikidata by the key of a country or listed body."""
    countries = {f"country:{row['country']}": row["wikidata_id"] for row in table("country_wikidata")}
    bodies = ((f"body:{_identity(row['name'])}", row["wikidata_id"]) for row in table("bodies"))
    return countries | {key: item for key, item in bodies if item}


def _guess(actor: _Linked) -> str | None:
    """The country that most articles guess, the first one of those in the alphabet."""
    return min(actor.guesses, key=lambda c: (-actor.guesses[c], c), default=None)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _name(actor: _Linked) -> str:
    """The fullest name; for countries and described bodies the usual one."""
    if actor.actor_id.startswith(("person:", "body:", "group:")):
        return max(actor.names, key=lambda n: (len(n.split()), actor.names[n], len(n), n))
    return max(actor.names, key=lambda n: (*_stands_for(n), actor.names[n], len(n), n))


def _stands_for(name: str) -> tuple[bool, bool, bool]:
    """Whether a described body's name is no leader's ("Ruiz administration"), that of the whole ("U.S. military", not "U.S. jets"), and nobody owns it there."""
    words = name.lower().split()
    last = {words[-1], " ".join(words[-2:])} if words else set[str]()
    return not last & _OF_A_TIME, not last & _members(), not _OWNED.search(name)


@cache
def _members() -> frozenset[str]:
    """Nouns for those who belong to a body and for what it uses: "officials", "troops", "jets"."""
    return frozenset(row["noun"] for row in table("body_nouns") if row["anaphoric"] != "yes")


def _frame(index: _Index) -> pd.DataFrame:
    wikidata = _wikidata()
    records = [
        (
            actor.actor_id,
            _name(actor),
            max(actor.types, key=lambda t: (actor.types[t], t)),
            actor.country or _guess(actor),
            (actor.basis or "told") if actor.country else _GUESSED if actor.guesses else None,
            actor.sector,
            actor.role,
            " | ".join(sorted(actor.aliases, key=lambda a: (a.casefold(), a))),
            wikidata.get(actor.actor_id),
            actor.n_documents,
            actor.n_mentions,
            actor.first,
            actor.last,
        )
        for actor in sorted(index.actors.values(), key=lambda a: a.actor_id)
    ]
    return pd.DataFrame(records, columns=list(COLUMNS))
