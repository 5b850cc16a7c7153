"""Likenesses of the rows of many pairs at once; a pair is a row in `left` and the row at the same place in `right`."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from pipeline.link.rows import Flags, Floats, Ints

STEP = 2.0**-10
"""Weights are multiples of this: so the sum of their products is exact, in whatever order they come."""
CHUNK = 20_000
"""Pairs whose bags are multiplied at a time: bounds memory."""


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
        if question not in self.known:
            if self.wider is not None and question in self.wider.known:
                found = self.wider.known[question][self.some]
            else:
                found = answer()
            found.flags.writeable = False
            self.known[question] = found
        return self.known[question]


class Asked:
    """Questions about pairs, each answered once for the pairs looked at last, and for some of them."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.last: list[_Looked] = []
        self.flags: dict[str, Flags] = {}

    def flag(self, name: str, values: Iterable[str], test: Callable[[str], bool]) -> Flags:
        """A test of each row, by its name, made once."""
        if name not in self.flags:
            self.flags[name] = flags(values, test)
            self.flags[name].flags.writeable = False
        return self.flags[name]

    def of(self, left: Ints, right: Ints) -> _Looked:
        """What was found out about pairs; these very arrays are meant, not others with the same numbers."""
        for looked in self.last:
            if looked.left is left and looked.right is right:
                return looked
        self.last = [*self.last[-1:], _Looked(left, right)]
        return self.last[-1]

    def narrowed(self, left: Ints, right: Ints, some: Ints) -> tuple[Ints, Ints]:
        """Some of the pairs; what was found out about all of them holds for these."""
        wider = self.of(left, right)
        self.last = [wider, _Looked(left[some], right[some], wider, some)]
        return self.last[-1].left, self.last[-1].right


class Columns(dict[str, int]):
    """A number for each word, the next one for a new word."""

    def __missing__(self, word: str) -> int:
        """Number a word."""
        self[word] = found = len(self)
        return found


class Bags:
    """Sets or bags of weighted words, one for each row of a table, read when they are asked for."""

    def __init__(
        self,
        read: Callable[[int], Mapping[str, float] | frozenset[str]],
        column: "Columns | None" = None,
    ) -> None:
        """`read` gives the words of a row. Bags that are held against each other share the numbers of their words (`column`)."""
        self.read = read
        self.column = Columns() if column is None else column
        self.place = np.zeros(0, dtype=np.int64)
        self.tables = [csr_array((0, 1), dtype=np.int8)]
        self.n_read = 0
        self.lengths = np.zeros(0)
        self.asked = Asked()

    @property
    def table(self) -> csr_array:
        """All bags that were read, one a row."""
        if len(self.tables) > 1:
            for part in self.tables:
                part.resize(part.shape[0], len(self.column) + 1)
            self.tables = [vstack(self.tables, format="csr")]
        return self.tables[0]

    def gather(self, rows: Ints) -> None:
        """Read the bags of rows, those not yet there."""
        self._places(rows)

    def _places(self, *rows: Ints) -> list[Ints]:
        """Where the bags of rows stand in the table; those not yet there are read."""
        wanted = np.zeros(max(len(self.place), 1 + max(part.max(initial=0) for part in rows)), dtype=np.bool_)
        for part in rows:
            wanted[part] = True
        self.place = np.pad(self.place, (0, len(wanted) - len(self.place)), constant_values=-1)
        unread = np.flatnonzero(wanted & (self.place < 0))
        if len(unread):
            more = self._numbered(unread)
            self.place[unread] = self.n_read + np.arange(len(unread))
            self.n_read += len(unread)
            self.tables.append(more)
        return [self.place[part] for part in rows]

    def _numbered(self, rows: Ints) -> csr_array:
        """The bags of rows, their words as numbers; words of mere sets weigh a whole number, which takes less room."""
        bags = [self.read(row) for row in rows.tolist()]
        ends = np.cumsum([0, *map(len, bags)])
        columns = list(map(self.column.__getitem__, chain.from_iterable(bags)))
        exact: npt.NDArray[Any] = np.ones(len(columns), dtype=np.int8)
        if any(isinstance(bag, dict) for bag in bags):
            told = (bag.values() if isinstance(bag, dict) else [1.0] * len(bag) for bag in bags)
            exact = np.round(np.fromiter(chain.from_iterable(told), dtype=np.float64) / STEP) * STEP
        where = np.array(columns, dtype=np.int32), ends.astype(np.int32)
        more = csr_array((exact, *where), shape=(len(rows), len(self.column) + 1))
        more.sort_indices()
        return more

    def shared(self, left: Ints, right: Ints) -> Floats:
        """Products of the bags of each pair: of sets, how many words they share."""
        looked = self.asked.of(left, right)
        found: Floats = looked.once((self, "shared"), lambda: self._products(self, left, right))
        return found

    def held(self, other: "Bags", left: Ints, right: Ints) -> Floats:
        """Products of this bag of one row and the `other` bag of the other row of each pair; both share their words' numbers."""
        return self._products(other, left, right)

    def _products(self, other: "Bags", left: Ints, right: Ints) -> Floats:
        if other is self:
            one, two = self._places(left, right)
        else:
            (one,), (two,) = self._places(left), other._places(right)
        for bags in (self, other):
            bags.table.resize(bags.table.shape[0], len(self.column) + 1)
        found = [np.zeros(0)]
        for i in range(0, len(one), CHUNK):
            products = self.table[one[i : i + CHUNK]].multiply(other.table[two[i : i + CHUNK]])
            found.append(np.asarray(products.sum(axis=1), dtype=np.float64).ravel())
        return np.concatenate(found)

    def cosine(self, left: Ints, right: Ints, few: float = 1e-9) -> Floats:
        """Likeness of the bags of each pair, 0 to 1; `few` is added to the product of their lengths and lowers that of short ones."""
        product = self.shared(left, right)
        if len(self.lengths) < self.n_read:
            self.lengths = np.sqrt(np.asarray(self.table.multiply(self.table).sum(axis=1)).ravel())
        one, two = self.lengths[self.place[left]], self.lengths[self.place[right]]
        return np.asarray(product / (one * two + few))

    def size(self, rows: Ints) -> Floats:
        """How many words each of some rows has."""
        (places,) = self._places(rows)
        return np.asarray(np.diff(self.table.indptr)[places], dtype=np.float64)

    def filled(self, left: Ints, right: Ints) -> Flags:
        """Whether both rows of each pair have any words."""
        one, two = self._places(left, right)
        some = np.diff(self.table.indptr) > 0
        return np.asarray(some[one] & some[two])


class Together(Bags):
    """Unions of the bags of some rows each, a weighted word with its highest weight, made of the numbers of their words."""

    def __init__(self, parts: Bags, members: list[Ints]) -> None:
        """`members` are the rows of `parts` that make each union."""
        super().__init__(self._whole, parts.column)
        self.parts, self.members = parts, members

    def _whole(self, row: int) -> dict[str, float]:
        """The words of a union as text."""
        whole: dict[str, float] = {}
        for at in self.members[row].tolist():
            words = self.parts.read(at)
            told = words if isinstance(words, Mapping) else dict.fromkeys(words, 1.0)
            whole |= {word: max(weight, whole.get(word, 0.0)) for word, weight in told.items()}
        return whole

    def _numbered(self, rows: Ints) -> csr_array:
        own = [self.members[row] for row in rows.tolist()]
        (places,) = self.parts._places(np.concatenate(own))
        found = self.parts.table[places]
        n_words = np.add.reduceat(np.diff(found.indptr), np.cumsum([0, *map(len, own[:-1])]))
        shape = (len(rows), len(self.column) + 1)
        key = np.repeat(np.arange(len(rows)) * shape[1], n_words) + found.indices
        order = np.argsort(key, kind="stable")
        key = key[order]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        best = np.maximum.reduceat(found.data[order], starts) if len(starts) else found.data
        union, words = np.divmod(key[starts], shape[1])
        ends = np.append(0, np.cumsum(np.bincount(union, minlength=len(rows))))
        return csr_array((best, words.astype(np.int32), ends.astype(np.int32)), shape=shape)


def codes(values: Iterable[object]) -> Ints:
    """A number for each distinct value; -1 for a missing one (None, empty)."""
    code: dict[object, int] = {}
    return np.array(
        [code.setdefault(v, len(code)) if v not in (None, "") else -1 for v in values], dtype=np.int64
    )


def flags(values: Iterable[str], test: Callable[[str], bool]) -> Flags:
    """Whether each value passes a test; each distinct value is tested once."""
    known: dict[str, bool] = {}
    return np.array(
        [known[v] if v in known else known.setdefault(v, test(v)) for v in values], dtype=np.bool_
    )


def equal(code: Ints, left: Ints, right: Ints) -> Flags:
    """Whether the values (as `codes`) of each pair are equal; a missing one equals nothing."""
    return np.asarray((code[left] == code[right]) & (code[left] >= 0))


def both(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for both rows."""
    return np.asarray(flag[left] & flag[right])


def either(flag: Flags, left: Ints, right: Ints) -> Flags:
    """Whether a flag is set for one row or both."""
    return np.asarray(flag[left] | flag[right])


def kilometres(latitude: Floats, longitude: Floats, left: Ints, right: Ints) -> Floats:
    """Distances on the globe (haversine); 0 where a point is unknown."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    a = (
        np.sin((lat[left] - lat[right]) / 2) ** 2
        + np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[left] - lon[right]) / 2) ** 2
    )
    return np.asarray(np.nan_to_num(12_742 * np.arcsin(np.sqrt(np.clip(a, 0, 1)))))
