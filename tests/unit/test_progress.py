import pytest

from pipeline.progress import Progress, duration


def test_it_tells_now_and_then_and_at_the_end() -> None:
    told: list[str] = []
    time = [0.0]
    progress = Progress(100, 10_000, told.append, every=10, clock=lambda: time[0])
    for _ in range(10):
        time[0] += 4
        progress.add(10, 400, 1_000)
    assert told == [
        "Reading 100 articles, 0.0 MB.",
        "30 of 100 articles read, 100 words a second, about 28 s left.",
        "60 of 100 articles read, 100 words a second, about 16 s left.",
        "90 of 100 articles read, 100 words a second, about 4 s left.",
        "100 of 100 articles read, 100 words a second, 40 s in all.",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (7500, "2 h 05 min"), (-3, "0 s")],
)
def test_lengths_of_time_read_well(seconds: float, said: str) -> None:
    assert duration(seconds) == said
