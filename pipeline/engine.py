"""Where the work runs: in this process, in processes, or on a Dask cluster. Knows nothing of articles."""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

from pipeline.settings import Settings

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW_BYTES = 300_000
"""Work up to this size is done before a second process has started (about 25 s of extraction against 5 s a start)."""


CONNECT_SECONDS, CLOSE_SECONDS = 15, 5
"""How long a Dask scheduler is waited for."""


class WorkerLostError(RuntimeError):
    """A process that worked was killed from outside."""

    def __str__(self) -> str:
        """What to do."""
        return (
            "A process was killed while it worked, most likely because memory ran out: set NEWSTABLES_WORKERS to fewer and run "
            "again. What was done is kept."
        )


class SchedulerLostError(RuntimeError):
    """The Dask scheduler does not answer, or is gone in the middle of the work."""

    def __init__(self, address: str) -> None:
        """`address` is where it was looked for."""
        super().__init__(
            f"The Dask scheduler at {address} does not answer: see that it and its workers run, and run again. What was done is kept."
        )


class InProcess(Executor):
    """Runs each job at once, here."""

    def submit(self, fn: Callable[..., Result], /, *args: object, **kwargs: object) -> Future[Result]:
        """Run the job and return its outcome."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@contextmanager
def executor(settings: Settings, *, n_jobs: int, n_bytes: int) -> Iterator[Executor]:
    """The executor for a number of jobs of a size in total."""
    workers = min(settings.workers or os.cpu_count() or 1, n_jobs)
    little = n_bytes <= FEW_BYTES and not settings.dask_scheduler  # no cluster is started for it
    if settings.executor == "dask" and n_jobs and not little:
        with _dask(settings, workers) as pool:
            yield pool
    elif workers <= 1 or n_bytes <= FEW_BYTES:
        yield InProcess()
    else:
        # Spawned, not forked: a fork would inherit the lock on the data folder and threads' half-done work.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker) as pool:
            try:
                yield pool
            except BrokenProcessPool:
                raise WorkerLostError from None
            except BaseException:
                _end(pool)
                raise


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool now, in the middle of their work: what they write is whole or not there."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    for process in processes:
        process.join(5)


@contextmanager
def _dask(settings: Settings, workers: int) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        raise RuntimeError(
            "The executor is set to dask, which is not installed: pip install distributed"
        ) from None
    address = settings.dask_scheduler
    options: dict[str, float | None] = {"timeout": CONNECT_SECONDS}
    if not address:
        options |= {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    try:
        client = Client(address, **options)
    except (OSError, ValueError):
        raise SchedulerLostError(address or "this machine") from None
    try:
        yield client.get_executor(pure=False)
    except (CancelledError, OSError) as error:  # a job's own OSError is told as it is
        if isinstance(error, CancelledError) or client.status != "running":
            raise SchedulerLostError(address or "this machine") from None
        raise
    finally:
        client.close(timeout=CLOSE_SECONDS)


def _start_worker() -> None:
    """In a new worker: an end with its parent."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()


def each(
    pool: Executor,
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    weight: Callable[[Job], int],
    label: str,
) -> Iterator[Result]:
    """Results as they come in, with a bar that counts `weight` while the output is a terminal.

    Jobs are handed over a few ahead, so that an error or an interrupt stops the work soon.
    """
    with _bar(label, sum(map(weight, jobs))) as advance:
        waiting: dict[Future[Result], Job] = {}
        left = iter(jobs)
        ahead = 1 if isinstance(pool, InProcess) else 2 * (os.cpu_count() or 1) + 2
        while True:
            for job in left:
                waiting[pool.submit(work, job)] = job
                if len(waiting) >= ahead:
                    break
            if not waiting:
                return
            done = next(as_completed(waiting))
            advance(weight(waiting.pop(done)))
            yield done.result()


@contextmanager
def _bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # only where somebody looks on
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda n: progress.advance(task, n)
