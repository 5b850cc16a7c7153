"""How the cost of each stage grows with the folder: all articles behind their reading, then one more, one edited, one gone, none.

    python -m benchmarks.growth [--sizes 250 500 1000 2000] [--read 2000] [--keep DIR]

Generated articles, five a day (`benchmarks.articles`), are read once, more than `--read` made out of these (`benchmarks.multiplied`); each
size then starts from what was read of its own. Prints CPU seconds of one process, each run in a process of its own, and by which power of the number of articles they grow from the
first size to the last (1: as the articles do; 0: not at all). CPU seconds hold on a busy machine better than times, yet not to a tenth.
"""

import argparse
import math
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks import articles
from benchmarks.multiplied import multiply

Costs = dict[str, float]
STAGES = ("read", "link, stage", "check", "publish", "pages", "show", "all")


def run(seeds: Path, data: Path) -> Costs:
    """CPU seconds of each stage of a run, as Dagster's job goes through them."""
    from pipeline import tables, unchanged
    from pipeline.findings import why_held_back
    from pipeline.refresh import refresh
    from pipeline.report.build import write_report
    from pipeline.settings import Settings
    from pipeline.steps import finishers
    from pipeline.store import lock, staged, verdicts
    from pipeline.store.versions import REPORT, drafting
    from schemas import TABLES

    clock, costs = [time.process_time()], dict.fromkeys(STAGES, 0.0)

    def done(stage: str) -> None:
        clock.append(time.process_time())
        costs[stage] += clock[-1] - clock[-2]

    with lock.hold(data, wait=10):
        seen = unchanged.seen(seeds, data)
        refresh(seeds, data, Settings(workers=1, accept_vanished=True))
        done("read")
        with drafting(data) as draft:
            tables.assemble(data)
            done("link, stage")
            for name, table in TABLES.items():
                failures = verdicts.check(data, name, partial(staged.load, data), partial(staged.parts, data))
                done("check")
                if why_held_back(table, failures):
                    draft.hold_back(name)
                else:
                    draft.publish(name, staged.parts(data, name))
                done("publish")
            made = write_report(draft.folder, as_left=draft.pages_as_left)
            draft.done(REPORT, changed=made.written + made.removed > 0)
            done("pages")
            draft.finish(finishers())
            unchanged.standing(data, seen)
            done("show")
    costs["all"] = clock[-1] - clock[0]
    return costs


def look(seeds: Path, data: Path) -> Costs:
    """CPU seconds of finding that nothing changed."""
    from pipeline import unchanged

    begun = time.process_time()
    unchanged.standing(data, unchanged.seen(seeds, data) or "")
    return {"all": time.process_time() - begun}


def measured(work: Callable[[Path, Path], Costs], seeds: Path, data: Path) -> Costs:
    """A run in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, seeds, data).result()


def steps(folder: Path, n: int, extracted: Path) -> dict[str, Costs]:
    """What each kind of run costs in a folder of `n` articles, of which `extracted` holds what was read."""
    seeds, data = folder / "seeds", folder / "data"
    (read,) = extracted.iterdir()  # by the one extractor
    multiply(read, seeds, data / "cache" / "extract" / read.name, n)
    files = sorted(seeds.rglob("*.txt"))
    found = {"from what was read": measured(run, seeds, data)}
    *_, (name, text) = articles.articles(n + 1)
    (seeds / name).parent.mkdir(exist_ok=True)
    (seeds / name).write_text(text, "utf-8")
    found["one more"] = measured(run, seeds, data)
    files[n // 2].write_text(
        files[n // 2].read_text("utf-8") + "Later the mayor of Kalosa resigned.\n", "utf-8"
    )
    found["one edited"] = measured(run, seeds, data)
    files[n // 3].unlink()
    found["one gone"] = measured(run, seeds, data)
    found["nothing"] = measured(look, seeds, data)
    return found


def exponent(sizes: list[int], costs: list[float]) -> str:
    """The power of the number of articles by which a cost grows."""
    if len(sizes) < 2 or min(costs[0], costs[-1]) < 0.02:
        return "-"
    return f"{math.log(costs[-1] / costs[0]) / math.log(sizes[-1] / sizes[0]):.2f}"


def table(sizes: list[int], found: list[dict[str, Costs]]) -> str:
    """What was measured, as Markdown."""
    lines = [
        f"| run | stage | {' | '.join(f'{n:,}' for n in sizes)} | grows by n^ |",
        "|---|---|" + "---:|" * (len(sizes) + 1),
    ]
    for step in found[0]:
        for stage in found[0][step]:
            costs = [of_size[step][stage] for of_size in found]
            cells = " | ".join(f"{cost:.2f}" for cost in costs)
            lines.append(f"| {step} | {stage} | {cells} | {exponent(sizes, costs)} |")
    return "\n".join(lines)


def main() -> None:
    """Read the articles of the largest size, then measure each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1_000, 2_000])
    parser.add_argument("--read", type=int, default=2_000, help="How many articles are read.")
    parser.add_argument("--keep", type=Path, help="Folder in which what was read stays, for another time.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        read = chosen.keep or Path(made) / "read"
        articles.write(read / "seeds", min(chosen.read, max(chosen.sizes)))
        (read / "data").mkdir(exist_ok=True)
        print(
            "reading",
            {k: round(v, 1) for k, v in measured(run, read / "seeds", read / "data").items()},
            flush=True,
        )
        found = []
        for n in chosen.sizes:
            found.append(steps(Path(made) / str(n), n, read / "data" / "cache" / "extract"))
            print(n, {step: round(costs["all"], 2) for step, costs in found[-1].items()}, flush=True)
    print(table(chosen.sizes, found))


if __name__ == "__main__":
    main()
