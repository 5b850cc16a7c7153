"""What data on object storage cost: requests and bytes of a first version, one more article, and a machine that starts with nothing.

    python -m benchmarks.cloud [--sizes 250 1000] [--read 60 | --kept DIR]

Generated articles, of which few are read and the others made out of these (`benchmarks.multiplied`), published to a server that
speaks S3 in a process of its own. Once with all that a version may hold, once with Parquet alone (`NEWSTABLES_CSV`,
`NEWSTABLES_PAGES` and `NEWSTABLES_DATABASE` off). CPU seconds are those of sending and fetching, beside those of the whole run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import articles
from benchmarks.growth import measured
from benchmarks.growth import run as read_all
from benchmarks.multiplied import multiply

SERVER = """
import sys, time
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(*server.get_host_and_port(), flush=True)
sys.stdin.read()
"""
COLUMNS = ("requests", "of them copies", "MB sent", "MB fetched", "CPU s there", "CPU s in all")
COUNTS: Counter[str] = Counter()


def count() -> None:
    """Count every request, and what it carries."""
    import s3fs

    real = s3fs.S3FileSystem._call_s3

    async def counted(self: Any, method: str, *some: Any, **other: Any) -> Any:
        COUNTS["requests"] += 1
        COUNTS["of them copies"] += method == "copy_object"
        body = other.get("Body")
        if body is not None:
            COUNTS["sent"] += (
                len(body) if isinstance(body, bytes | bytearray) else os.fstat(body.fileno()).st_size
            )
        found = await real(self, method, *some, **other)
        if method == "get_object":
            COUNTS["fetched"] += found["ContentLength"]
        return found

    s3fs.S3FileSystem._call_s3 = counted


@contextmanager
def clocked(owner: Any, name: str) -> Any:
    """Add the CPU seconds of a function to the counts."""
    real = getattr(owner, name)

    def timed(*some: Any, **other: Any) -> Any:
        begun = time.process_time()
        try:
            return real(*some, **other)
        finally:
            COUNTS["milliseconds"] += round(1000 * (time.process_time() - begun))

    setattr(owner, name, timed)
    try:
        yield
    finally:
        setattr(owner, name, real)


def publish(seeds: Path, data: Path, *, all_kinds: bool) -> None:
    """A run without checks and Dagster."""
    from pipeline import tables
    from pipeline.refresh import refresh
    from pipeline.report.build import write_report
    from pipeline.settings import Settings
    from pipeline.steps import finishers
    from pipeline.store import lock, staged
    from pipeline.store.versions import REPORT, drafting

    with lock.hold(data, wait=10):
        refresh(seeds, data, Settings(workers=1))
        with drafting(data) as draft:
            for name in tables.assemble(data):
                draft.publish(name, staged.parts(data, name), csv="whole" if all_kinds else "off")
            if all_kinds:
                made = write_report(draft.folder, as_left=draft.pages_as_left)
                draft.done(REPORT, changed=made.written + made.removed > 0)
            else:
                draft.leave_out_report()
            draft.finish(finishers() if all_kinds else {})


def costs(work: Callable[[], object]) -> list[float]:
    """What a run costs, by `COLUMNS`."""
    from pipeline.store import mirror

    COUNTS.clear()
    begun = time.process_time()
    with clocked(mirror, "publish"), clocked(mirror, "bring"), clocked(mirror, "bring_records"):
        work()
    return [
        COUNTS["requests"],
        COUNTS["of them copies"],
        COUNTS["sent"] / 1e6,
        COUNTS["fetched"] / 1e6,
        COUNTS["milliseconds"] / 1e3,
        time.process_time() - begun,
    ]


def steps(folder: Path, n: int, read: Path, *, all_kinds: bool) -> dict[str, list[float]]:
    """What each kind of run costs with `n` articles."""
    from pipeline.refresh import cached, extractor_version
    from pipeline.settings import Settings
    from pipeline.store import addresses

    address = f"s3://papers/{n}-{all_kinds}"
    seeds, data = folder / "seeds", addresses.local(address, folder / "one")
    multiply(read, seeds, cached(data, extractor_version(Settings())), n)
    found = {"first version": costs(lambda: publish(seeds, data, all_kinds=all_kinds))}
    *_, (name, text) = articles.articles(n + 1)
    (seeds / name).parent.mkdir(exist_ok=True)
    (seeds / name).write_text(text, "utf-8")
    found["one more article"] = costs(lambda: publish(seeds, data, all_kinds=all_kinds))
    time.sleep(3)  # times of files are trusted after two seconds
    publish(seeds, data, all_kinds=all_kinds)
    found["nothing new"] = costs(lambda: publish(seeds, data, all_kinds=all_kinds))
    other = addresses.local(address, folder / "other")
    found["an empty folder"] = costs(lambda: publish(seeds, other, all_kinds=all_kinds))
    return found


def main() -> None:
    """Read some articles, then measure each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 1_000])
    parser.add_argument("--read", type=int, default=60, help="How many articles are read.")
    parser.add_argument(
        "--kinds",
        nargs="+",
        choices=("all", "Parquet"),
        default=("all", "Parquet"),
        help="What versions hold.",
    )
    parser.add_argument("--kept", type=Path, help="What `benchmarks.growth --keep` left, instead of reading.")
    chosen = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    while not (place := server.stdout.readline().split())[1:2] or not place[1].isdigit():
        pass
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://{place[0]}:{place[1]}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    count()
    import fsspec

    fsspec.filesystem("s3").mkdir("papers")
    print(f"| articles | what a version holds | run | {' | '.join(COLUMNS)} |")
    print("|---:|---|---|" + "---:|" * len(COLUMNS), flush=True)
    try:
        with tempfile.TemporaryDirectory() as made:
            kept = chosen.kept or Path(made) / "read"
            if not chosen.kept:
                articles.write(kept / "seeds", chosen.read)
                measured(read_all, kept / "seeds", kept / "data")
            (read,) = (kept / "data" / "cache" / "extract").iterdir()
            for n in chosen.sizes:
                for kinds in chosen.kinds:
                    found = steps(Path(made) / f"{n}{kinds}", n, read, all_kinds=kinds == "all")
                    for step, (requests, copies, *rest) in found.items():
                        cells = [f"{requests:,}", f"{copies:,}", *(f"{cost:.1f}" for cost in rest)]
                        print(f"| {n:,} | {kinds} | {step} | {' | '.join(cells)} |", flush=True)
    finally:
        server.kill()


if __name__ == "__main__":
    main()
