"""A folder on object storage, and the folder on this machine that a run works in for it.

The local folder is named after the address, so that whoever is handed the one knows the other, in every process.
"""

from pathlib import Path
from urllib.parse import quote, unquote

_MARK = quote("://", safe="")
_LONGEST = 200
"""Bytes that the name of a folder may take; file systems allow 255, and temporary files need some of them."""


class AddressError(ValueError):
    """An address at which no folder can lie; the message says why."""


def is_address(place: str) -> bool:
    """Whether this is an address and no path (`s3://bucket/news`)."""
    return "://" in place


def local(place: str, work: Path) -> Path:
    """The folder on this machine for an address, below the folder for such work."""
    scheme, _, rest = place.rstrip("/").partition("://")
    if not scheme or not rest:
        raise AddressError(f"{place} names no bucket: write s3://bucket or s3://bucket/folder.")
    name = quote(f"{scheme}://{rest}", safe="")
    if len(name) > _LONGEST:
        raise AddressError(f"{place} is too long an address: use a shorter folder.")
    return work / name


def address(folder: Path) -> str | None:
    """The address that a local folder stands for; None for a folder of its own."""
    return unquote(folder.name) if _MARK in folder.name else None
