"""Objects that only hold each other are let go of late, and then at times."""

import subprocess
import sys

WORK = """
import gc
from pipeline import garbage
garbage.FIRST, garbage.MANY = 20_000, 3_000
looks = []
garbage.collect_rarely()
gc.callbacks.append(lambda phase, told: looks.append(len(held)) if phase == "start" else None)
held = []
while len(held) < 40_000:
    held.append([])
    if len(held) == 30_000:
        garbage.collect_rarely()
print(*looks)
"""


def test_the_first_look_comes_late_and_others_follow_sooner() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, check=True)
    first, *later = map(int, done.stdout.split())
    assert 19_000 < first < 25_000
    steps = [after - before for before, after in zip([first, *later], later, strict=False)]
    assert len(steps) >= 5 and all(2_500 < step < 3_500 for step in steps), steps
