"""Likenesses of the rows of many pairs at once; a pair is a row in `left` and the row at the same place in `right`."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np

from pipeline.link.columns import Cells, Column, Picked
from pipeline.link.numbered import Columns, Places, Table, Weighed, Words
from pipeline.link.rows import Flags, Floats, Ints, Lists


@dataclass(slots=True)
class _Looked:
    """Pairs, and what was found out about them."""

    left: Ints
    right: Ints
    wider: "_Looked | None" = None
    """Pairs of which these are some, and which."""
    some: Ints | None = None
    known: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer to a question about each pair, an array that nobody may change."""
        found = self._found(question)
        if found is None:
            found = self.known[question] = answer()
            found.flags.writeable = False
        return found

    def _found(self, question: Hashable) -> Any:
        """The answer that was given for these pairs or for those of which they are some."""
        if question not in self.known and self.wider is not None:
            told = self.wider._found(question)
            if told is not None:
                self.known[question] = told.take(self.some)
                self.known[question].flags.writeable = False
        return self.known.get(question)


class Asked:
    """Questions about pairs, each answered once for the pairs looked at last, and for some of them."""

    def __init__(self, of_cells: "Asked | None" = None) -> None:
        """Nothing was asked yet. `of_cells` are the questions about the rows whose cells these rows have."""
        self.last: list[_Looked] = []
        self.flags: dict[str, Flags] = {}
        self.of_cells = of_cells

    def flag(self, name: str, values: Iterable[str], test: Callable[[str], bool]) -> Flags:
        """A test of each row, by its name, made once."""
        return self.told(name, lambda: self._tested(name, values, test))

    def _tested(self, name: str, values: Iterable[str], test: Callable[[str], bool]) -> Flags:
        if self.of_cells and isinstance(values, Picked):
            return values.tested(self.of_cells.flag(name, values.column, test), test)
        return flags(values, test)

    def told(self, name: str, answer: Callable[[], Flags]) -> Flags:
        """A question about each row, by its name, answered once."""
        if name not in self.flags:
            self.flags[name] = answer()
            self.flags[name].flags.writeable = False
        return self.flags[name]

    def given(self, name: str, code: Ints) -> Flags:
        """Whether each row has a value in a column (as `codes`), by its name."""
        return self.told(f"{name} given", lambda: code >= 0)

    def same(self, name: str, code: Ints, left: Ints, right: Ints) -> Flags:
        """Whether the values of each pair in a column (as `codes`), by its name, are equal: told once for the pairs looked at last."""
        found: Flags = self.of(left, right).once(("same", name), lambda: equal(code, left, right))
        return found

    def of(self, left: Ints, right: Ints) -> _Looked:
        """What was found out about pairs; these very arrays are meant, not others with the same numbers."""
        for looked in self.last:
            if looked.left is left and looked.right is right:
                return looked
        self.last = [*self.last[-1:], _Looked(left, right)]
        return self.last[-1]

    def narrowed(self, left: Ints, right: Ints, some: Ints) -> tuple[Ints, Ints]:
        """Some of the pairs; what was found out about all of them holds for these."""
        found = _Looked(left[some], right[some], self.of(left, right), some)
        self.last = [found]
        while self.last[0].wider:  # all of which these are some will be asked for again
            self.last.insert(0, self.last[0].wider)
        return found.left, found.right


class OfPairs(Protocol):
    """Rows of which pairs are asked."""

    asked: Asked


Rows = TypeVar("Rows", bound=OfPairs)


def asked_of(
    some: Flags, question: Callable[[Rows, Ints, Ints], Flags], rows: Rows, left: Ints, right: Ints
) -> Flags:
    """A question that takes long, asked of some of the pairs; of the others it does not hold."""
    found, at = np.zeros(len(left), dtype=np.bool_), np.flatnonzero(some)
    if len(at):
        found[at] = question(rows, *rows.asked.narrowed(left, right, at))
    return found


class Bags:
    """Sets or bags of weighted words, one for each row of a table, read when they are asked for."""

    def __init__(
        self,
        read: Callable[[int], Words],
        column: Columns | None = None,
        *,
        same: Places | None = None,
        weight: Callable[[str], float] | None = None,
    ) -> None:
        """`read` gives the words of a row. Bags that are held against each other share the numbers of their words (`column`).

        Rows of one number in `same` (from -1 on) have the same words, which are read once. `weight` tells what the words of sets weigh.
        """
        self.read = read
        self.same = same
        self.place_of_same = np.full(2 + int(same.max(initial=-1)) if same is not None else 0, -1, np.int32)
        self.table = Table(column, weight)
        self.place = np.zeros(0, dtype=np.int32)
        self.like: tuple[Bags, Ints] | None = None
        self.mostly: Bags | None = None
        """Other bags of the same table: rows that have the same ones have the same products."""
        self.settled = False
        """Whether all that will be asked for are read, so that nobody looks for what is not."""
        self.asked = Asked()

    @property
    def column(self) -> Columns:
        """The numbers of words."""
        return self.table.column

    def as_in(self, other: "Bags", rows: Ints) -> None:
        """Take the words of some rows from other bags: `rows` has for each row that of the other, -1 where it must be read."""
        self.table, self.like = other.table, (other, rows)

    def gather(self, rows: Ints) -> None:
        """Read the bags of rows, those not yet there."""
        self._places(rows)

    def settle(self) -> None:
        """Put the bags together, once all that will be asked for are read."""
        self.settled = True
        self.table.settle()

    def _places(self, *rows: Ints) -> list[Places]:
        """Where the bags of rows stand in the table; those not yet there are read."""
        if self.same is not None:
            return [self._places_of_same(1 + self.same[part], part) for part in rows]
        if self.settled:
            return [self.place[part] for part in rows]
        if all(len(part) == 0 or part.max() < len(self.place) for part in rows):
            known = [self.place[part] for part in rows]
            if all(part.min(initial=0) >= 0 for part in known):
                return known
        wanted = np.zeros(max(len(self.place), 1 + max(part.max(initial=0) for part in rows)), dtype=np.bool_)
        for part in rows:
            wanted[part] = True
        self.place = np.pad(self.place, (0, len(wanted) - len(self.place)), constant_values=-1)
        unread = np.flatnonzero(wanted & (self.place < 0))
        if len(unread):
            self.place[unread] = self._found(unread)
        return [self.place[part] for part in rows]

    def _places_of_same(self, same: Places, rows: Ints) -> Places:
        """Where the bags of rows with the numbers `same` stand; of those not yet there one of each number is read."""
        found: Places = self.place_of_same[same]
        if not self.settled and found.min(initial=0) < 0:
            new, first = np.unique(same, return_index=True)
            unread = self.place_of_same[new] < 0
            new, wanted = new[unread], rows[first[unread]]
            order = np.argsort(wanted)  # cells near each other are read together
            self.place_of_same[new[order]] = self._found(wanted[order])
            found = self.place_of_same[same]
        return found

    def _found(self, rows: Ints) -> Places:
        """Where the bags of rows stand that were not asked for before: in those of other rows, or put down."""
        if not self.like:
            return self._numbered(rows)
        other, row_of = self.like
        there = row_of[rows] >= 0
        places = np.zeros(len(rows), dtype=np.int32)
        (places[there],) = other._places(row_of[rows[there]])
        if not there.all():
            places[~there] = self._numbered(rows[~there])
        return places

    def _numbered(self, rows: Ints) -> Places:
        """Put down the bags of rows; where they stand."""
        return self.table.add([self.read(row) for row in rows.tolist()])

    def shared(self, left: Ints, right: Ints) -> Floats:
        """Products of the bags of each pair: of sets, how many words they share."""
        looked = self.asked.of(left, right)
        found: Floats = looked.once((self, "shared"), lambda: self._products(left, right))
        return found

    def _sides(self, left: Ints, right: Ints) -> tuple[Places, Places]:
        """Where the bags of both rows of each pair stand, looked up once for the pairs looked at last."""
        looked = self.asked.of(left, right)
        one: Places = looked.once((self, "left"), lambda: self._place_of(looked, "left", left))
        two: Places = looked.once((self, "right"), lambda: self._place_of(looked, "right", right))
        return one, two

    def _place_of(self, looked: _Looked, side: str, rows: Ints) -> Places:
        """Where the bags of one row of each pair stand; the numbers by which rows have the same words are looked up once for all bags that go by these."""
        if self.same is None:
            return self._places(rows)[0]
        same = self.same
        return self._places_of_same(looked.once((id(same), side), lambda: 1 + same[rows]), rows)

    def _products(self, left: Ints, right: Ints) -> Floats:
        one, two = self._sides(left, right)
        if self.mostly is None:
            return self.table.products(one, self.table, two)
        others = self.mostly._sides(left, right)
        found = self.mostly.shared(left, right).copy()
        differ = np.flatnonzero((one != others[0]) | (two != others[1]))
        found[differ] = self.table.products(one[differ], self.table, two[differ])
        return found

    def held(self, other: "Bags", left: Ints, right: Ints) -> Floats:
        """Products of this bag of one row and the `other` bag of the other row of each pair; both share their words' numbers."""
        (one,), (two,) = self._places(left), other._places(right)
        return self.table.products(one, other.table, two)

    def cosine(self, left: Ints, right: Ints, few: float = 1e-9) -> Floats:
        """Likeness of the bags of each pair, 0 to 1; `few` is added to the product of their lengths and lowers that of short ones."""
        product, (one, two) = self.shared(left, right), self._sides(left, right)
        lengths = self.table.lengths()
        return np.asarray(product / (lengths.take(one) * lengths.take(two) + few))

    def size(self, rows: Ints) -> Floats:
        """How many words each of some rows has."""
        (places,) = self._places(rows)
        return self.table.sizes(places).astype(np.float64)

    def filled(self, left: Ints, right: Ints) -> Flags:
        """Whether both rows of each pair have any words."""
        one, two = self._sides(left, right)
        return np.asarray((self.table.sizes(one) > 0) & (self.table.sizes(two) > 0))


class Parts(Bags):
    """Sets that are mostly those of other bags, row by row: a part of a sentence is mostly all of it. Such a set is not held twice."""

    def __init__(self, read: Callable[[int], Words], whole: Bags) -> None:
        """`read` gives the words of a row, `whole` has those that they are a part of."""
        super().__init__(read)
        self.whole, self.table, self.mostly = whole, whole.table, whole

    def _numbered(self, rows: Ints) -> Places:
        (places,) = self.whole._places(rows)
        own = [self.read(row) for row in rows.tolist()]
        less = np.array(
            [part != self.whole.read(row) for part, row in zip(own, rows.tolist(), strict=True)],
            dtype=np.bool_,
        )
        if less.any():
            places = places.copy()
            places[less] = self.table.add([own[at] for at in np.flatnonzero(less).tolist()])
        return places


class Rare(Bags):
    """The sets of other bags, each word by its own weight."""

    def __init__(self, sets: Bags, weight: Callable[[str], float]) -> None:
        """`weight` tells what a word weighs."""
        super().__init__(sets.read)
        self.sets = sets
        self.weighed = Weighed(sets.table, weight)
        self.table = self.weighed

    def gather(self, rows: Ints) -> None:
        """Read the sets of rows."""
        self.sets.gather(rows)

    def settle(self) -> None:
        """Put the sets together, and weigh them."""
        self.sets.settle()
        self.weighed.follow()

    def _places(self, *rows: Ints) -> list[Places]:
        found = self.sets._places(*rows)
        self.weighed.follow()
        return found


class Together(Bags):
    """Unions of the bags of some rows each, a weighted word with its highest weight, made of the numbers of their words."""

    def __init__(self, parts: Bags, members: Lists) -> None:
        """`members` are the rows of `parts` that make each union; one row's is its own bag."""
        super().__init__(parts.read)
        self.parts, self.members = parts, members
        self.as_in(parts, single_members(members))

    def _numbered(self, rows: Ints) -> Places:
        (places,) = self.parts._places(self.members.of(rows))
        found = self.table.rows[places]
        sizes = self.members.sizes()[rows]
        n_words = np.add.reduceat(np.diff(found.indptr), np.cumsum(sizes) - sizes)
        key = np.repeat(np.arange(len(rows)) * found.shape[1], n_words) + found.indices
        order = np.argsort(key, kind="stable")
        key = key[order]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        best = np.maximum.reduceat(found.data[order], starts) if len(starts) else found.data
        union, words = np.divmod(key[starts], found.shape[1])
        ends = np.append(0, np.cumsum(np.bincount(union, minlength=len(rows))))
        return self.table.append(best, words.astype(np.int32), ends)


def single_members(members: Lists) -> Ints:
    """For each group of rows its row where it is one; -1 where it is several."""
    return np.where(members.sizes() == 1, members.rows[members.ends[:-1]], -1)


def numbered(cells: Sequence[str]) -> tuple[Ints, list[str]]:
    """The number of each cell among the distinct ones, and these."""
    return cells.numbered() if isinstance(cells, Cells) else Column(cells).numbered()


def of_distinct(cells: Sequence[str], told: Callable[[str], Any]) -> Any:
    """What each cell tells; each distinct one is asked once."""
    numbers, distinct = numbered(cells)
    return np.array(list(map(told, distinct)))[numbers]


def codes(values: Iterable[object], told: Callable[[str], object] | None = None) -> Ints:
    """A number for each distinct value, or for what is `told` by a cell; -1 for a missing one (None, empty)."""
    if isinstance(values, Cells):
        numbers, distinct = values.numbered()
        return codes(map(told, distinct) if told else distinct)[numbers]
    code: dict[object, int] = {}
    return np.array(
        [code.setdefault(v, len(code)) if v not in (None, "") else -1 for v in values], dtype=np.int64
    )


def united(*numbers: Ints) -> Ints:
    """A number for each distinct combination of numbers of a row; they may be -1."""
    whole = numbers[0] + 1
    for other in numbers[1:]:
        wide = 2 + int(other.max(initial=-1))
        whole = np.unique(whole * wide + other + 1, return_inverse=True)[1].astype(np.int64)
    return whole


def flags(values: Iterable[str], test: Callable[[str], bool]) -> Flags:
    """Whether each value passes a test; each distinct value is tested once."""
    if isinstance(values, Cells):
        return values.flags(test)  # by parts: the distinct ones of a long column are many
    known: dict[str, bool] = {}
    return np.array(
        [known[v] if v in known else known.setdefault(v, test(v)) for v in values], dtype=np.bool_
    )


def equal(code: Ints, left: Ints, right: Ints) -> Flags:
    """Whether the values (as `codes`) of each pair are equal; a missing one equals nothing."""
    one = code.take(left)
    return np.asarray((one == code.take(right)) & (one >= 0))


def both(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for both rows."""
    return np.asarray(flag.take(left) & flag.take(right))


def either(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for one row or both."""
    return np.asarray(flag.take(left) | flag.take(right))


def kilometres(latitude: Floats, longitude: Floats, left: Ints, right: Ints) -> Floats:
    """Distances on the globe (haversine); 0 where a point is unknown."""
    found = np.zeros(len(left))
    sides = (latitude, left), (latitude, right), (longitude, left), (longitude, right)
    known = np.flatnonzero(np.isfinite(sum(told[rows] for told, rows in sides)))
    one, two = left[known], right[known]
    (lat, lat_), (lon, lon_) = (
        (np.radians(told[one]), np.radians(told[two])) for told in (latitude, longitude)
    )
    a = np.sin((lat - lat_) / 2) ** 2 + np.cos(lat) * np.cos(lat_) * np.sin((lon - lon_) / 2) ** 2
    found[known] = 12_742 * np.arcsin(np.sqrt(np.clip(a, 0, 1)))
    return found
