import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

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
