"""How far the reading is, told in words: articles done, words a second, time left."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

EVERY = 10.0
"""Seconds between two lines."""


@dataclass
class Progress:
    """Counts what is done and tells it now and then."""

    articles: int
    n_bytes: int
    tell: Callable[[str], None]
    every: float = EVERY
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    words: int = 0
    bytes_done: int = 0
    began: float = field(init=False)
    told: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.began = self.told = self.clock()
        self.tell(f"Reading {self.articles:,} articles, {self.n_bytes / 1e6:,.1f} MB.")

    def add(self, articles: int, words: int, n_bytes: int) -> None:
        """Some more is done."""
        self.done += articles
        self.words += words
        self.bytes_done += n_bytes
        now = self.clock()
        if self.done >= self.articles or now - self.told >= self.every:
            self.told = now
            self.tell(self.line(now - self.began))

    def line(self, seconds: float) -> str:
        """What is done after some seconds."""
        speed = f"{self.words / seconds:,.0f} words a second" if seconds > 0 else f"{self.words:,} words"
        if self.done >= self.articles or not self.bytes_done:
            left = f"{duration(seconds)} in all"
        else:
            left = f"about {duration(seconds * (self.n_bytes - self.bytes_done) / self.bytes_done)} left"
        return f"{self.done:,} of {self.articles:,} articles read, {speed}, {left}."


def duration(seconds: float) -> str:
    """A length of time as a reader says it: 42 s, 3 min 20 s, 2 h 05 min."""
    whole = round(max(0.0, seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
