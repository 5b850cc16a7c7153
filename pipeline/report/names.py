"""Names of pages and of places on them: safe on every file system, the same in every run, never two for one key."""

import hashlib
import re
from urllib.parse import quote

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_MAX = 60
DEEP = "../../"
"""The way from a page of an article, actor, incident or tally to the folder of all pages."""


def page_name(key: str) -> str:
    """The file of a key's page below the folder of its kind: what is safe of it, and a digest that keeps it apart from all others.

    Files stand in 256 folders by how the digest begins: it depends on the key alone, so a page never moves.
    """
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    stem = _UNSAFE.sub("_", key).strip("._")[:_MAX] or "page"
    return f"{digest[:2]}/{stem}-{digest}.html"


def anchor(key: str) -> str:
    """A row's name on its article's page: the part of its key behind the article's (`event120`)."""
    return _UNSAFE.sub("_", key.rsplit("#", 1)[-1])


def place(doc_id: str, key: str, root: str = "../") -> str:
    """The address of a row's words in its article."""
    return f"{root}articles/{page_name(doc_id)}#t-{anchor(key)}"


def article(doc_id: str, root: str = "../") -> str:
    """The address of an article's page."""
    return f"{root}articles/{page_name(doc_id)}"


def actor(actor_id: str, root: str = "../") -> str:
    """The address of an actor's page."""
    return f"{root}actors/{page_name(actor_id)}"


def incident(incident_id: str, root: str = "../") -> str:
    """The address of an incident's page."""
    return f"{root}incidents/{page_name(incident_id)}"


def tally(tally_id: str, root: str = "../") -> str:
    """The address of a tally's page."""
    return f"{root}tallies/{page_name(tally_id)}"


def filtered(page: str, **filters: str) -> str:
    """The address of a page with the filters of its tables set; an underscore of a filter stands for a space of its column."""
    return (
        page
        + "#"
        + "&".join(f"{key.replace('_', '-')}={quote(value)}" for key, value in filters.items() if value)
    )
