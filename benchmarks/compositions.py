"""Read many random compositions of what files hold and hide: none may raise, no word may be read at another place.

python -m benchmarks.compositions [--n 20000] [--seed 1]
"""

import argparse
import random
import time
from collections import Counter

from tests.compositions import composition, shifted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    wrong: Counter[str] = Counter()
    started = time.perf_counter()
    for _ in range(options.n):
        text = composition(chance)
        try:
            problems = [problem for problem in shifted(text) if problem]
        except Exception as error:
            problems = [f"{type(error).__name__}: {error}"]
        if problems:
            wrong[problems[0].split(" ")[0]] += 1
            print(repr(text), problems[:3], sep="\n   ")
    seconds = time.perf_counter() - started
    print(f"{options.n:,} compositions in {seconds:.0f} s: {sum(wrong.values())} wrong")


if __name__ == "__main__":
    main()
