import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link.clusters import groups, rows_of_groups


def grouped(n: int, pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    left = np.array([a for a, _ in pairs], dtype=np.int64)
    right = np.array([b for _, b in pairs], dtype=np.int64)
    found = groups(n, left, right, np.array(list(pairs.values())))
    return [rows.tolist() for _, rows in rows_of_groups(found)]


def test_without_pairs_every_row_stands_alone() -> None:
    assert grouped(3, {}) == [[0], [1], [2]]


def test_pairs_above_zero_join_and_others_do_not() -> None:
    assert grouped(5, {(0, 1): 0.5, (2, 3): -0.1, (3, 4): 0.2}) == [[0, 1], [2], [3, 4]]


def test_a_chain_breaks_where_its_ends_have_nothing_in_common() -> None:
    assert grouped(3, {(0, 1): 0.9, (1, 2): 0.3, (0, 2): -0.9}) == [[0, 1], [2]]


def test_a_pair_that_was_not_compared_counts_a_little_against() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9}
    assert grouped(4, {**pairs, (1, 2): 0.1}) == [[0, 1], [2, 3]]
    assert grouped(4, {**pairs, (1, 2): 0.4}) == [[0, 1, 2, 3]]
    assert grouped(4, {**pairs, (1, 2): 0.4, (0, 3): -0.7}) == [[0, 1], [2, 3]]


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), st.floats(-1, 1)
    ),
    st.randoms(),
)
def test_the_order_of_pairs_does_not_matter(pairs: dict[tuple[int, int], float], random: object) -> None:
    items = list(pairs.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert grouped(8, pairs) == grouped(8, dict(items))
