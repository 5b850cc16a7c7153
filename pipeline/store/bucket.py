"""Objects below an address of a storage that speaks S3, by their names there; every error in words of what to do."""

import contextlib
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.store import atomic

SCHEME = "s3://"
_REFUSED = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
"""What a storage says where a condition does not hold."""
_AT_ONCE = 1_000
"""Objects that one request may remove."""
_CONNECT_SECONDS = 10
_TRIES = 5


class StorageError(OSError):
    """The storage could not be read or written; the message says why and what to do."""


class ChangedError(StorageError):
    """An object is not what it was taken for, so that it was not written."""


@dataclass(frozen=True)
class Bucket:
    """A folder on object storage."""

    address: str

    @cached_property
    def _storage(self) -> Any:
        if not self.address.startswith(SCHEME):
            raise StorageError(
                f"{self.address}: data can lie on {SCHEME} alone (and on servers that speak S3, by AWS_ENDPOINT_URL): "
                "a version is shown by a write on a condition, which is made for S3."
            )
        try:
            import fsspec

            return fsspec.filesystem(
                "s3", use_listings_cache=False, config_kwargs={"connect_timeout": _CONNECT_SECONDS}
            )
        except ImportError as error:
            raise StorageError(
                f"{self.address} needs a package: pip install 'newstables[s3]' ({error})."
            ) from None

    def _path(self, name: str) -> str:
        return f"{self.address.removeprefix(SCHEME)}/{name}"

    def _key(self, name: str) -> tuple[str, str]:
        bucket, _, key = self._path(name).partition("/")
        return bucket, key

    def read(self, name: str) -> tuple[bytes, str] | None:
        """What an object holds, and the tag of just that content; None where there is none."""
        with self._told():
            for _ in range(_TRIES):
                try:
                    with self._storage.open(self._path(name), "rb") as file:
                        return file.read(), file.details["ETag"]
                except FileNotFoundError:
                    return None
                except OSError as error:
                    if type(error).__name__ != "FileExpired":  # it was replaced between the two requests
                        raise
        raise ChangedError(f"{name} at {self.address} changes all the time. Run again.")

    def write(self, name: str, content: bytes) -> None:
        """Write an object, whatever is there."""
        with self._told():
            self._put(name, content)

    def write_if(self, name: str, content: bytes, tag: str | None) -> str:
        """Write an object where it is still the one with this tag (None: where there is none); returns the new tag.

        Raises ChangedError where it is not.
        """
        with self._told():
            found = self._put(name, content, **({"IfMatch": tag} if tag else {"IfNoneMatch": "*"}))
            return str(found["ETag"])

    def _put(self, name: str, content: bytes, **condition: str) -> Any:
        bucket, key = self._key(name)
        return self._storage.call_s3("put_object", Bucket=bucket, Key=key, Body=content, **condition)

    def check(self) -> None:
        """Refuse a storage that may not be written, or that writes whatever the condition."""
        probe = f".probe-{uuid.uuid4().hex}"
        self.write_if(probe, b"", None)
        try:
            for tag in (None, '"00000000000000000000000000000000"'):
                with contextlib.suppress(ChangedError):
                    self.write_if(probe, b"", tag)
                    raise StorageError(
                        f"The server of {self.address} writes whatever the condition (If-Match, If-None-Match): two runs at once "
                        "could spoil each other's tables. Use one that heeds conditional writes, as S3 itself does."
                    )
        finally:
            self.remove([probe])

    def send(self, files: Mapping[str, Path]) -> None:
        """Write objects from files, by the names that they get."""
        if files:
            with self._told():
                self._storage.put([os.fspath(path) for path in files.values()], [*map(self._path, files)])

    def copy(self, names: Mapping[str, str]) -> None:
        """Copy objects within the storage: by the new name, the name of the one that is there."""
        if names:
            with self._told():
                self._storage.copy([*map(self._path, names.values())], [*map(self._path, names)])

    def fetch(self, files: Mapping[str, Path]) -> None:
        """Write files from objects, by the names of these. FileNotFoundError where one is gone."""
        if files:
            with self._told():
                self._storage.get([*map(self._path, files)], [os.fspath(path) for path in files.values()])

    def below(self, folder: str) -> dict[str, datetime]:
        """All objects below a folder, and when each was written."""
        with self._told(), contextlib.suppress(FileNotFoundError):
            found = self._storage.find(self._path(folder), detail=True)
            return {path.removeprefix(self._path("")): info["LastModified"] for path, info in found.items()}
        return {}

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder."""
        with self._told(), contextlib.suppress(FileNotFoundError):
            found = self._storage.ls(self._path(folder), detail=True)
            return [Path(info["name"]).name for info in found if info["type"] == "directory"]
        return []

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects."""
        keys = [self._key(name) for name in names]
        with self._told():
            for start in range(0, len(keys), _AT_ONCE):
                some = [{"Key": key} for _, key in keys[start : start + _AT_ONCE]]
                done = self._storage.call_s3(
                    "delete_objects", Bucket=keys[0][0], Delete={"Objects": some, "Quiet": True}
                )
                if refused := done.get("Errors"):
                    raise PermissionError(f"{refused[0]['Key']}: {refused[0].get('Message')}")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Every error in a line; that an object is not there is the caller's to tell."""
        try:
            yield
        except StorageError:
            raise
        except Exception as error:
            code = _code(error)
            if code in _REFUSED:
                raise ChangedError(f"{self.address} has changed.") from None
            if isinstance(error, FileNotFoundError) and code != "NoSuchBucket":
                raise
            if not code and isinstance(error, OSError) and error.errno in atomic.FULL:
                raise  # it is the disk here
            raise StorageError(self._said(error, code)) from None

    def _said(self, error: Exception, code: str) -> str:
        kind = type(error).__name__
        if code == "NoSuchBucket":
            what = "there is no such bucket. Make it, or mend the address"
        elif "Credential" in kind or kind in ("ProfileNotFound", "NoAuthTokenError"):
            what = f"no credentials are known ({error}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
        elif isinstance(error, PermissionError):
            what = f"the storage refuses ({error}). Mend the credentials, or let them read, write, list and delete there"
        elif "Connect" in kind or "Timeout" in kind or "Endpoint" in kind:
            what = (
                f"the storage does not answer ({error}). See that it runs and that AWS_ENDPOINT_URL is right"
            )
        else:
            what = f"{kind}: {error}"
        return f"{self.address} cannot be used: {what}, then run again. What was published stays as it is."


def _code(error: BaseException) -> str:
    """The storage's own word for an error; nothing where it has none."""
    response = getattr(error, "response", None) or getattr(error.__cause__, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))
