import math
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link import copies
from pipeline.link.copies import find_copies
from tests.unit.link.frames import documents

STORY = (
    "Rescuers in the coastal town pulled nine more people from the ruins of the school on Sunday, two days after the "
    "quake. The mayor said that tents, blankets and clean water had arrived by ship during the night, but that the road "
    "over the pass would stay closed until engineers had checked its bridges. Schools in the district open again in May."
)
EDITED = (
    STORY.replace("nine more", "another nine").replace(" during the night", "")
    + " (Additional reporting by staff)"
)
OTHER = (
    "The central bank left its main rate where it was on Sunday and said that it expected prices to fall in spring. "
    "Economists had hoped for a cut. The governor told journalists that wages still rise faster than the bank would like."
)


def originals(frame: pd.DataFrame) -> dict[str, str]:
    return find_copies(frame).dropna().to_dict()


def test_an_edited_version_is_a_copy_of_the_earliest() -> None:
    frame = documents(("b", "2025-02-02", EDITED), ("a", "2025-02-03", STORY), ("c", "2025-02-02", OTHER))
    assert originals(frame) == {"a": "b"}


def test_on_one_day_the_smallest_key_is_the_original() -> None:
    assert originals(documents(("b", "2025-02-02", STORY), ("a", "2025-02-02", EDITED))) == {"b": "a"}


def test_a_shortened_version_is_a_copy() -> None:
    short = STORY[: STORY.index(" Schools")]
    assert originals(documents(("a", "2025-02-02", STORY), ("b", "2025-02-03", short))) == {"b": "a"}


def test_the_same_event_in_other_words_is_no_copy() -> None:
    own_words = "Nine survivors were found under a collapsed school on Sunday, the mayor of the town on the coast said."
    assert originals(documents(("a", "2025-02-02", STORY), ("b", "2025-02-02", own_words))) == {}


def test_an_article_without_a_date_is_never_the_original_of_a_dated_one() -> None:
    frame = documents(("a", "2025-02-02", STORY), ("b", "2025-02-02", STORY))
    frame.loc[0, "published_on"] = None
    assert originals(frame) == {"a": "b"}


def test_nothing_and_empty_texts() -> None:
    assert len(find_copies(documents(("a", "2025-02-02", "")))) == 1
    assert (
        originals(documents(("a", "2025-02-02", ""), ("b", "2025-02-02", ""), ("c", "2025-02-02", "."))) == {}
    )


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    frame = documents(
        ("e", "2025-02-04", STORY),
        ("d", "2025-02-02", EDITED),
        ("c", "2025-02-02", OTHER),
        ("b", "2025-02-03", STORY.upper()),
        ("a", "2025-02-09", OTHER + " It meets again in June."),
    )
    assert originals(frame.iloc[order]) == {"e": "d", "b": "d", "a": "c"}


def pattern(number: int) -> str:
    """A report of the weather as a program writes it; every fifth is one of four told again."""
    pick = random.Random(number % 4 if number % 5 == 0 else number)
    town, wind = (pick.choice(("Orlen", "Mirka", "Tessa", "Volda", "Karsk", "Belno")) for _ in range(2))
    numbers = " ".join(str(pick.randrange(90)) for _ in range(30))
    return f"Weather for {town} on the coast: clouds with some sun, wind from {wind}, later rain. Values: {numbers}."


@pytest.mark.parametrize("seed", range(12))
def test_among_many_of_one_pattern_a_step_finds_what_a_look_at_all_finds(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "MANY", 2)
    marks, fewer = (
        copies._band_marks,
        (0xFFFF, 1, 0)[seed % 3],
    )  # with less in a mark, more articles seem near
    monkeypatch.setattr(copies, "_band_marks", lambda sketches: marks(sketches) & np.uint16(fewer))
    pick = random.Random(seed)
    whole = documents(*((f"d{n:02}", f"2025-02-{1 + n % 9:02}", pattern(n)) for n in range(40)))
    there = set(range(20))
    for _ in range(8):
        there ^= {pick.randrange(40) for _ in range(pick.randrange(1, 4))}
        frame = whole.iloc[pick.sample(sorted(there), len(there))]
        assert find_copies(frame, cache=tmp_path).equals(find_copies(frame))


def test_one_more_puts_only_those_in_order_that_it_may_resemble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [" ".join(f"w{n}x{k}" for k in range(40)) for n in range(300)]
    lines = [(f"d{n:03}", "2025-02-01", text) for n, text in enumerate(texts)]
    find_copies(documents(*lines), cache=tmp_path)
    sizes: list[int] = []
    real = copies._Sorted.__init__
    monkeypatch.setattr(
        copies._Sorted,
        "__init__",
        lambda found, sketches, articles: sizes.append(len(articles)) or real(found, sketches, articles),  # type: ignore[func-returns-value]
    )
    more = documents(*lines, ("e", "2025-02-01", texts[7] + " And more."), ("f", "2025-02-02", "All else."))
    assert find_copies(more, cache=tmp_path).dropna().to_dict() == {"e": "d007"}
    assert 0 < max(sizes) < 30


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the pairs of sketches and of texts that are compared, and the members of buckets that are passed."""
    found: Counter[str] = Counter()

    def counted(owner: Any, name: str, size: Callable[..., int]) -> None:
        real = getattr(owner, name)

        def count(*arguments: Any) -> Any:
            found[name] += size(*arguments)
            return real(*arguments)

        monkeypatch.setattr(owner, name, count)

    monkeypatch.setattr(copies, "MANY", 2)
    counted(copies, "_most_alike", lambda sketches, row, others: len(others))
    counted(copies, "_same_text", lambda one, two: 1)
    counted(copies._Windows, "_enough", lambda windows, before: len(before))
    return found


def weather(number: int) -> str:
    text = "Weather for the coast: clouds with some sun and wind from the north, later rain and fog over the hills."
    return f"{text} {number * 7919} {number * 104729}"


def test_a_crowd_of_one_pattern_is_not_held_against_itself_whole(looked_at: Counter[str]) -> None:
    assert len(originals(documents(*((f"d{n:03}", "2025-02-01", weather(n)) for n in range(1, 300))))) > 0
    assert looked_at["_most_alike"] <= 299 * 2 * copies.BANDS
    assert looked_at["_same_text"] <= 299 * 2


@pytest.mark.parametrize("text", [weather, lambda number: STORY], ids=["near", "copies"])
def test_pairs_that_are_compared_grow_as_the_articles_do(
    text: Callable[[int], str], looked_at: Counter[str]
) -> None:
    found = []
    for n in (150, 600):
        looked_at.clear()
        find_copies(documents(*((f"d{k:03}", "2025-02-01", text(k)) for k in range(1, n + 1))))
        found.append(looked_at.total())
    assert math.log(found[1] / found[0], 4) <= 1.1, found


def test_a_text_printed_often_on_one_day_is_a_copy_of_the_first() -> None:
    frame = documents(*((f"d{n:03}", "2025-02-01", STORY) for n in range(3 * copies.MANY)))
    assert set(originals(frame).values()) == {"d000"}
    assert len(originals(frame)) == len(frame) - 1
