"""Quotation marks: where quoted words start and end, whatever the marks and however many of them are missing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_MARK = re.compile(r"``|''|’’|‘‘|,,(?=\w)|[\"“”„‟«»＂「」『』‘’‚‛'‹›]")
_OPEN = frozenset("“‟«「『„") | {"``", ",,", "‘‘"}
_CLOSE = frozenset("”»」』")
_SINGLE = frozenset("‘’‚‛'‹›")
_SAID = re.compile(
    r"[,!?] (?:(?:he|she|they|it|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}) (?:said|says|added|told)"
    r"|(?:said|says|added) (?:he|she|they|it|the [a-z]+|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}))\b"
)
_STOP = re.compile(r"[.!?…] ")
_FINAL = frozenset(".,!?…")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters `start` to `end` (exclusive) stand in quotation marks; the marks are not in it.

    `left` and `right` are the characters from the opening mark to the closing one, marks included. `closed` is False
    where the paragraph ends first.
    """

    start: int
    end: int
    left: int
    right: int
    closed: bool


def pair_marks(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The quotations of one paragraph, `text[start:end]`, in order; quotations within a quotation are left out.

    Whether a mark opens or closes is read from the mark, then from the blank space beside it, then from whether a
    quotation is open. A quotation that nothing closes runs to the paragraph's end. Single marks count where no double
    ones are open. One pass, linear in time.
    """
    end = len(text) if end is None else end
    found: list[Quotation] = []
    double: tuple[int, int] | None = None
    single: tuple[int, int] | None = None
    maybe: tuple[int, int] | None = None

    def close(opened: tuple[int, int], mark: tuple[int, int], closed: bool = True) -> None:
        s, e = opened[1], mark[0]
        while s < e and text[s].isspace():
            s += 1
        while e > s and text[e - 1].isspace():
            e -= 1
        if s < e:
            found.append(Quotation(s, e, opened[0], mark[1], closed))

    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.span()
        before = text[at[0] - 1] if at[0] > start else " "
        after = text[at[1]] if at[1] < end else " "
        if mark in _SINGLE:
            if double is not None:
                continue
            if single is None:
                if _opens_single(mark, before, after):
                    single, maybe = at, None
            elif not after.isalnum() and not before.isspace() and mark in "’'›‘":
                if before == "s" and after == " ":
                    maybe = maybe or at  # perhaps a plural's apostrophe
                else:
                    close(single, at)
                    single = maybe = None
            continue
        if double is None:
            if _opens(mark, before, after):
                if single is not None and maybe is not None:
                    close(single, maybe)
                double, single, maybe = at, None, None
        elif _closes(mark, before, after):
            close(double, at)
            double = None
        elif (
            (mark in _OPEN or mark == '"') and (before.isspace() or before in "([—–") and not after.isspace()
        ):
            _cut_short(text, double, at, close)  # the one before was never closed
            double = at
    if double is not None and not _cut_short(text, double, (end, end), close, first=True):
        close(double, (end, end), closed=False)
    elif single is not None and maybe is not None:
        close(single, maybe)
    return found


def _cut_short(
    text: str,
    opened: tuple[int, int],
    mark: tuple[int, int],
    close: Callable[[tuple[int, int], tuple[int, int]], None],
    *,
    first: bool = False,
) -> bool:
    """End a quotation that lost its closing mark before its speech clause: “We won, he said. “It is over.”

    `first`: only where the clause stands in the quotation's first sentence. Tells whether it did.
    """
    said = _SAID.search(text, opened[1], mark[0])
    if said is None or (first and _STOP.search(text, opened[1], said.start())):
        return False
    close(opened, (said.start() + 1, said.start() + 1))
    return True


def _opens_single(mark: str, before: str, after: str) -> bool:
    """Whether a single mark can open a quotation: not an apostrophe, nor the one of a year ('13)."""
    if before.isalnum() or before in _FINAL or after.isspace() or after.isdigit():
        return False
    return mark in "‘‚‛‹'" and (before.isspace() or before in "([—–-:")


def _opens(mark: str, before: str, after: str) -> bool:
    """Whether a double mark opens a quotation when none is open."""
    if mark in _OPEN:
        return True
    if mark in _CLOSE:
        # “ and ” confused: a closing mark stands where only an opening one can
        return (before.isspace() or before in "([—–") and after.isalnum() and mark == "”"
    if before.isdigit() and (after.isspace() or after in ",.;)-"):
        return False  # inches
    return not after.isspace() or before.isspace()


def _closes(mark: str, before: str, after: str) -> bool:
    """Whether a double mark closes the quotation that is open."""
    if mark in _OPEN:
        return not before.isspace() and before not in "([—–" and not after.isalnum()
    if mark in _CLOSE or mark == "’’":
        return True
    return not (before.isspace() and after.isalnum())
