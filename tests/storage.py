"""A server that speaks S3, with a bucket, for tests of what lies on object storage."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

BUCKET = "papers"
ACCESS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def served() -> Iterator[Any]:
    """Storage with a bucket, as fsspec sees it; who runs meanwhile, here or in another process, uses it."""
    fsspec = pytest.importorskip("fsspec", reason="an optional extra")
    pytest.importorskip("s3fs", reason="an optional extra")
    server = pytest.importorskip("moto.server", reason="an optional extra")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request
    host, port = running.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (ACCESS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}).items():
            patch.setenv(name, value)
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        storage = fsspec.filesystem("s3", use_listings_cache=False)
        storage.mkdir(BUCKET)
        yield storage
        storage.rm(BUCKET, recursive=True)  # servers of one process share what they hold
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    running.stop()
