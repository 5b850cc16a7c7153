"""Articles that are read where the data folder is not: a job takes its articles from storage and leaves their records there."""

import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline import refresh
from pipeline.read.fetch import fetch_files
from pipeline.read.manifest import SeedFile
from pipeline.store import addresses, mirror
from pipeline.store.record import hash_of


def extract_shard(job: refresh.Job) -> refresh.Done:
    """Read and extract the articles of a job, on any machine, and send their records to where the data lie."""
    data = job.folder.parents[2]
    address = addresses.address(data)
    assert address is not None
    beside = data if data.is_dir() else None  # where the next run removes what a killed one left
    with tempfile.TemporaryDirectory(prefix=mirror.SCRATCH, dir=beside) as scratch:
        folder = Path(scratch, "data", "cache", "extract", job.folder.name)
        done = refresh.extract_shard(replace(_at_hand(job, Path(scratch, "seeds")), folder=folder))
        mirror.send_records(address, folder)
    return done


def _at_hand(job: refresh.Job, scratch: Path) -> refresh.Job:
    """The job with its articles on this machine: those that lie here as they were listed, or else all of them fetched."""
    address = addresses.address(job.seeds)
    if address is None or all(_is_here(file, job.seeds) for file in job.files):
        return job
    names = {Path(file.location) for file in job.files}
    fetch_files(address, {name.as_posix(): scratch / name for name in names})
    return replace(job, seeds=scratch)


def _is_here(file: SeedFile, seeds: Path) -> bool:
    path = seeds / file.location
    return path.is_file() and hash_of(path) == (file.file_sha256 or file.sha256)
