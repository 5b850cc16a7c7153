import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link import numbered
from pipeline.link.columns import Column
from pipeline.link.numbered import Columns, Table
from pipeline.link.pairs import Asked, Bags, Parts, Rare, Together, codes, of_distinct, united
from tests.unit.link.frames import lists, words_of


def test_a_question_is_answered_once_and_holds_for_some_of_the_pairs() -> None:
    asked, times = Asked(), []
    left, right = np.arange(4), np.arange(4) + 1

    def answer() -> np.ndarray:
        times.append(1)
        return left * 10

    assert asked.of(left, right).once("q", answer) is asked.of(left, right).once("q", answer)
    one, two = asked.narrowed(left, right, np.array([1, 3]))
    assert asked.of(one, two).once("q", answer).tolist() == [10, 30]
    assert times == [1]
    assert asked.of(left.copy(), right).once("q", answer).tolist() == [0, 10, 20, 30]
    assert times == [1, 1]


def test_what_is_known_of_pairs_stays_known_while_some_of_some_of_them_are_asked() -> None:
    asked, times = Asked(), list[int]()

    def answer() -> np.ndarray:
        times.append(1)
        return left * 10

    left, right = np.arange(4), np.arange(4)
    asked.of(left, right).once("q", answer)
    some = asked.narrowed(left, right, np.array([1, 2, 3]))
    few = asked.narrowed(*some, np.array([0, 2]))
    few_others = asked.narrowed(*some, np.array([1]))
    assert [asked.of(*sides).once("q", answer).tolist() for sides in (few_others, some, (left, right))] == [
        [20],
        [10, 20, 30],
        [0, 10, 20, 30],
    ]
    assert few[0].tolist() == [1, 3]
    assert times == [1]


def test_an_answer_that_others_see_too_cannot_be_changed() -> None:
    left = np.arange(3)
    found = Asked().of(left, left).once("q", lambda: np.zeros(3))
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 1.0


def test_bags_that_are_read_in_parts_are_those_that_are_read_at_once() -> None:
    told = [{"a": 1.0, "b": 0.5}, {"b": 1.0}, {}, {"c": 1.0, "a": 0.25}]
    at_once, in_parts = Bags(told.__getitem__), Bags(told.__getitem__)
    for rows in ([2, 3], [0], [1]):
        in_parts.gather(np.array(rows))
    left, right = np.array([0, 0, 0, 2]), np.array([0, 1, 3, 3])
    assert in_parts.shared(left, right).tolist() == at_once.shared(left, right).tolist()
    assert in_parts.shared(left, right).tolist() == [1.25, 0.5, 0.25, 0.0]
    assert in_parts.cosine(left, right).tolist() == at_once.cosine(left, right).tolist()


def test_bags_that_were_put_together_are_asked_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbered, "ROWS_AT_ONCE", 2)
    pick = np.random.default_rng(4)
    told = [frozenset(pick.choice(list("abcdefgh"), size, replace=False)) for size in (0, 3, 8, 1, 5, 0, 3)]
    weigh = {word: (1 + at) / 4 for at, word in enumerate("abcdefgh")}.__getitem__
    rows = np.arange(len(told))
    settled, other = (Rare(Bags(told.__getitem__), weigh) for _ in range(2))
    for some in (rows[:3], rows[3:]):
        settled.gather(some)
    settled.settle()
    assert len(settled.sets.table._parts) == 1
    left, right = (side.ravel() for side in np.meshgrid(rows, rows))
    for ask in ("shared", "cosine"):
        found = [getattr(bag, ask)(left.copy(), right.copy()).tolist() for bag in (settled, other)]
        assert found[0] == found[1]
    lengths = [sum(weigh(word) ** 2 for word in words) ** 0.5 for words in told]
    assert settled.table.lengths()[settled._places(rows)[0]] == pytest.approx(lengths)


def test_parts_of_sets_have_the_products_of_sets_of_their_own() -> None:
    told = [frozenset("abcdefgh"), frozenset("cdx"), frozenset(), frozenset("abcxy"), frozenset("hg")]
    own = [told[0] - {"a"}, told[1], told[2], told[3] - {"a", "x"}, told[4]]
    parts, alone = Parts(own.__getitem__, Bags(told.__getitem__)), Bags(own.__getitem__)
    rows = np.arange(len(told))
    left, right = (side.ravel() for side in np.meshgrid(rows, rows))
    found = parts.shared(left, right)
    assert found.tolist() == alone.shared(left, right).tolist()
    assert found.tolist() == [len(own[one] & own[two]) for one, two in zip(left, right, strict=True)]


def test_words_of_bags_are_kept_in_four_bytes_each() -> None:
    table = Table()
    for some in ([frozenset("abc")], [frozenset("bcd"), frozenset()]):
        table.add(some)
    table.settle()
    assert table.rows.indices.dtype == table.rows.indptr.dtype == np.int32


def test_whether_pairs_are_the_same_is_told_once() -> None:
    asked, code, left, right = Asked(), np.array([3, 3, -1, -1]), np.array([0, 0, 2]), np.array([1, 2, 3])
    found = asked.same("kind", code, left, right)
    assert found.tolist() == [True, False, False]
    assert asked.same("kind", code, left, right) is found


def test_bags_together_hold_each_word_once_with_its_highest_weight() -> None:
    weighted = [{"strike": 0.5, "port": 1.0}, {"strike": 0.75}, {"ferry": 0.25}, {}]
    together = Together(Bags(weighted.__getitem__), lists([0, 1], [2, 3], [1, 2]))
    first, second = np.array([0, 0, 1]), np.array([0, 2, 2])
    assert together.shared(first, second).tolist() == [0.75**2 + 1.0, 0.75**2, 0.25**2]
    assert together.size(np.arange(3)).tolist() == [2, 1, 2]
    assert words_of(together, 0) == {"strike": 0.75, "port": 1.0}
    plain = [frozenset({"strike", "port"}), frozenset({"strike"}), frozenset({"port", "ferry"})]
    sets = Together(Bags(plain.__getitem__), lists([0, 1], [2]))
    assert sets.shared(np.array([0, 0, 1]), np.array([0, 1, 1])).tolist() == [2.0, 1.0, 2.0]


def test_rows_that_others_have_are_not_read_again() -> None:
    told = [frozenset({"a", "b"}), frozenset({"b"}), frozenset({"c"})]
    read: list[int] = []

    def backwards(row: int) -> frozenset[str]:
        read.append(row)
        return told[2 - row]

    one, two = Bags(told.__getitem__), Bags(backwards)
    two.as_in(one, np.array([2, 1, -1]))
    left, right = np.array([0, 1, 2]), np.array([2, 2, 2])
    assert two.shared(left, right).tolist() == [0.0, 1.0, 2.0]
    assert read == [2]
    assert two.held(one, np.array([2, 0]), np.array([0, 2])).tolist() == [2.0, 1.0]


def test_bags_of_rows_that_are_alike_are_read_once() -> None:
    read: list[int] = []
    told = [frozenset({"a", "b"}), frozenset({"b"}), frozenset({"a", "b"}), frozenset({"c"})]

    def own(row: int) -> frozenset[str]:
        read.append(row)
        return told[row]

    bags, plain = Bags(own, same=np.array([0, 1, 0, -1], dtype=np.int32)), Bags(told.__getitem__)
    bags.gather(np.array([2]))
    left, right = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 3])
    assert bags.shared(left, right).tolist() == plain.shared(left, right).tolist() == [1, 2, 1, 1]
    assert bags.filled(left, right).all()
    assert sorted(read) == [1, 2, 3]
    other = Bags(own, same=np.array([5, 5, 7], dtype=np.int32))
    other.as_in(bags, np.array([1, 1, -1]))
    assert other.shared(np.array([0]), np.array([2])).tolist() == [1.0]
    assert read[3:] == [2]


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_sets_whose_words_weigh_are_bags_of_weighted_words(seed: int) -> None:
    pick = np.random.default_rng(seed)
    most = (9, 30, 120)[seed % 3]  # few words, those of a sentence, those of an article
    weight = {f"w{n}": float(told) for n, told in enumerate(pick.random(12 * most))}
    sets = [frozenset(pick.choice(list(weight), pick.integers(0, most))) for _ in range(20)]
    weighed = Bags(lambda row: {word: weight[word] for word in sets[row]})
    rare = Rare(Bags(sets.__getitem__), weight.__getitem__)
    put_down = Bags(sets.__getitem__, weight=weight.__getitem__)
    for bags in (rare, put_down):
        bags.gather(pick.integers(0, 20, 5))
        for left, right in (pick.integers(0, 20, (2, 30)), (np.repeat([3, 7], 9), np.arange(18))):
            assert bags.shared(left, right).tolist() == weighed.shared(left, right).tolist()
            assert bags.cosine(left, right, 1.0).tolist() == weighed.cosine(left, right, 1.0).tolist()


def test_numbers_tell_values_and_their_combinations_apart() -> None:
    told = ["x", "", "X", "y", "x"]
    for cells in (told, Column(told)):
        assert codes(cells).tolist() == [0, -1, *codes(cells).tolist()[2:]]
        assert len(set(codes(cells).tolist())) == 4
    assert codes(Column(told), str.casefold)[[0, 2]].tolist() == [0, 0]
    assert of_distinct(told, len).tolist() == [1, 0, 1, 1, 1]
    both = united(np.array([0, -1, 0, -1, 0]), np.array([1, 1, -1, 1, 1]))
    assert (both[0] == both[4], both[1] == both[3], len(set(both.tolist()))) == (True, True, 3)


def test_a_small_set_is_put_down_once() -> None:
    table = Table()
    known = table.add([frozenset({"a"}), frozenset({"a", "b"}), frozenset({"a"})])
    assert known.tolist() == [0, 1, 0]
    assert table.add([frozenset({"b", "a"}), frozenset()]).tolist() == [1, 2]
    assert (table.n, table.rows.shape[0]) == (3, 3)


def test_products_of_few_rows_and_of_many_pairs_are_the_same() -> None:
    table = Table()
    places = table.add([{"a": 1.0, "b": 0.5}, {"b": 0.25, "c": 2.0}, {"c": -1.0}])
    one, two = np.repeat(places, 3), np.tile(places, 3)
    many = table.products(one, table, two).tolist()
    few = [float(table.products(one[[at]], table, two[[at]])[0]) for at in range(9)]
    assert many == few == [1.25, 0.125, 0.0, 0.125, 4.0625, -2.0, 0.0, -2.0, 1.0]


def test_a_pair_of_long_bags_is_multiplied_once() -> None:
    table = Table()
    places = table.add([{f"w{n}": 0.5 for n in range(at, at + 60)} for at in (0, 20, 40)])
    one, two = places[[0, 0, 2, 0, 2]], places[[1, 1, 0, 2, 2]]
    assert table.products(one, table, two).tolist() == [10.0, 10.0, 5.0, 5.0, 15.0]


def test_sets_among_weighted_bags_weigh_one_each() -> None:
    table = Table()
    first = table.add([frozenset({"a", "b"})])
    second = table.add([{"a": 0.5}])
    third = table.add([frozenset({"a"})])
    assert table.products(first, table, second).tolist() == [0.5]
    assert table.products(first, table, third).tolist() == [1.0]
    assert table.lengths()[[first[0], second[0]]].tolist() == [2**0.5, 0.5]


def test_a_weight_that_two_bytes_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="two bytes"):
        Table().add([{"a": 32.0}])


@pytest.mark.parametrize("most_dense", [0, numbered.MOST_DENSE])
def test_products_are_the_same_whatever_the_sizes_of_bags(
    most_dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbered, "MOST_DENSE", most_dense)
    pick = np.random.default_rng(5)
    for words, weighted in ((6, False), (3, True), (12, True), (90, False), (90, True)):
        table, other = Table(column := Columns()), Table(column)
        told = [[_bag(pick, words, weighted) for _ in range(30)] for _ in range(2)]
        (left, right), (one, two) = (
            pick.integers(0, 30, (2, 400)),
            (side.add(bags) for side, bags in zip((table, other), told, strict=True)),
        )
        runs = (left, right), (np.sort(left), right), (left, np.sort(right))
        for side, opposite in runs:  # in runs of the same one they are multiplied otherwise
            found = table.products(one[side], other, two[opposite])
            assert found.any()
            assert found.tolist() == [
                _product(told[0][a], told[1][b]) for a, b in zip(side, opposite, strict=True)
            ]


def _bag(pick: np.random.Generator, most: int, weighted: bool) -> dict[str, float] | frozenset[str]:
    words = [
        f"w{at}"
        for at in pick.choice(2 * most, pick.integers(most if most > 40 else 0, most + 1), replace=False)
    ]
    return {word: float(pick.integers(-4, 5)) / 4 for word in words} if weighted else frozenset(words)


def _product(one: dict[str, float] | frozenset[str], two: dict[str, float] | frozenset[str]) -> float:
    a, b = (bag if isinstance(bag, dict) else dict.fromkeys(bag, 1.0) for bag in (one, two))
    return sum(a[word] * b[word] for word in a.keys() & b.keys())
