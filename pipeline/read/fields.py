"""What files call their fields: `date`, `datePublished` and `article:published_time` are one thing."""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.lexicon import table
from pipeline.settings import settings

_APART = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A field's name without case, marks and blanks."""
    return _APART.sub("", name.lower())


@cache
def _names() -> Mapping[str, str]:
    return {plain(row["name"]): row["field"] for row in table("metadata_fields")}


@cache
def _order() -> Mapping[str, int]:
    return {plain(row["name"]): n for n, row in enumerate(table("metadata_fields"))}


def field_of(name: str) -> str | None:
    """Which of our fields a name stands for: published, headline, outlet, author, url, section, text, key ...; None for others."""
    return _names().get(plain(name))


def rank(name: str) -> int:
    """Of two names for one field, the one with the smaller rank counts."""
    return _order().get(plain(name), len(_order()))


def chosen_fields() -> dict[str, str]:
    """Our field for each name that the settings give: `text=body_raw, published=meta.ts`."""
    pairs = (pair.split("=", 1) for pair in (settings().fields or "").split(",") if "=" in pair)
    return {name.strip(): field.strip() for field, name in pairs}
