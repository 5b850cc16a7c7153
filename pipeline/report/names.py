"""Names of pages: safe on every file system, the same in every run, never two for one key."""

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
_MAX = 60


def page_name(key: str) -> str:
    """The file name of a key's page: what is safe of it, and a digest that keeps it apart from all others."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    stem = _UNSAFE.sub("_", key).strip("._")[:_MAX] or "page"
    return f"{stem}-{digest}.html"
