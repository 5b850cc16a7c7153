"""Columns of a table as plain lists and arrays, rows in an order that does not depend on their arrival."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = int(np.iinfo(np.int32).min)
"""Stands for a missing day."""


@dataclass(slots=True)
class Lists:
    """A list of rows for each row, end to end."""

    rows: Ints
    ends: Ints
    """Where each list ends; one entry more in front, where the first begins."""

    @classmethod
    def of_groups(cls, group: Ints, n: int) -> "Lists":
        """The rows of each of `n` groups, in order, from the group of each row."""
        ends = np.cumsum(np.bincount(group, minlength=n))
        return cls(np.argsort(group, kind="stable"), np.append(0, ends))

    def __len__(self) -> int:
        """The number of lists."""
        return len(self.ends) - 1

    def __getitem__(self, at: int) -> Ints:
        """A list."""
        return self.rows[self.ends[at] : self.ends[at + 1]]

    def __iter__(self) -> Iterator[Ints]:
        """The lists."""
        return map(self.__getitem__, range(len(self)))

    def sizes(self) -> Ints:
        """How long each list is."""
        return np.diff(self.ends)

    def places(self, some: Ints) -> Ints:
        """Where the lists of some rows stand, one after another."""
        starts, sizes = self.ends[some], self.ends[some + 1] - self.ends[some]
        before = np.cumsum(sizes) - sizes
        return np.asarray(np.repeat(starts - before, sizes) + np.arange(sizes.sum()))

    def of(self, some: Ints) -> Ints:
        """The lists of some rows, one after another."""
        return self.rows[self.places(some)]


def stable_order(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows by publication (undated last), article, place in the text and `key`."""
    days = ordinals(frame["published_on"])
    order = pd.DataFrame(
        {
            "day": np.where(days == NO_DAY, np.iinfo(np.int32).max, days),
            "doc_id": frame["doc_id"].to_numpy(),
            "start": frame["start"].to_numpy(),
            "key": frame[key].to_numpy(),
        }
    )
    return frame.iloc[order.sort_values(["day", "doc_id", "start", "key"]).index].reset_index(drop=True)


def ordinals(days: Any) -> Ints:
    """Days as numbers; NO_DAY where there is none."""
    dates = pa.array(np.asarray(days, dtype=object), pa.date32(), from_pandas=True)
    since_epoch = dates.cast(pa.int32()).to_numpy(zero_copy_only=False)
    return np.where(np.isnan(since_epoch), NO_DAY, since_epoch + EPOCH).astype(np.int64)


def ordinal(day: Any) -> int:
    """A day as a number; NO_DAY where there is none."""
    return day.toordinal() if isinstance(day, date) and not pd.isna(day) else NO_DAY


def texts(column: Any) -> list[str]:
    """Cells as text; missing is empty."""
    return [value if isinstance(value, str) else "" for value in np.asarray(column, dtype=object)]


def floats(column: Any) -> Floats:
    """Cells as numbers; missing is nan."""
    return np.array(pd.Series(column).to_numpy(dtype=np.float64, na_value=np.nan))


def first_place(sentence: str, words: str) -> int:
    """Where words stand in a sentence at first; at its start where they do not."""
    return max(0, sentence.find(words))


def offsets(cells: Mapping[str, Iterable[str]], starts: Iterable[int], text_of: Mapping[str, str]) -> Ints:
    """Where each row starts within its `sentence`; `cells` has columns of text, `starts` where rows stand in their article."""
    out = []
    for doc_id, start, sentence, words in zip(
        cells["doc_id"], starts, cells["sentence"], cells["text"], strict=True
    ):
        first = text_of.get(doc_id, "").find(sentence, max(0, start - len(sentence)), start + len(sentence))
        out.append(int(start) - first if first >= 0 else first_place(sentence, words))
    return np.array(out, dtype=np.int64)


def end_to_end(arrays: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Arrays of one type as one; the list is emptied meanwhile, so that they are not held twice."""
    out = np.empty(sum(map(len, arrays)), dtype=arrays[0].dtype if arrays else np.int64)
    at = 0
    while arrays:
        some = arrays.pop(0)
        out[at : at + len(some)] = some
        at += len(some)
    return out


def parts(cell: str) -> list[str]:
    """The parts of a listed cell (`a | b`)."""
    return [part for part in cell.split(" | ") if part]
