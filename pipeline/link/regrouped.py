"""Groups of accounts held against each other once more, each as one account: what one article leaves open another of its group tells.

Only groups with a pair of accounts just below the bar are looked at. Two of one article may come together here: what others tell ties them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.link.accounts import Accounts, account_digests
from pipeline.link.candidates import Masks, Pairs
from pipeline.link.linking import Linkage, Linked, Record, Records, link_rows
from pipeline.link.memory import Digests
from pipeline.link.records import TOLD
from pipeline.link.rows import Flags, Floats, Ints, Lists
from pipeline.link.same_event import ABOUT, score_reports
from pipeline.link.weights import learned

NEAR = -0.5
"""Score of two accounts of different articles from which on their groups are compared."""
SURER = 0.75
"""What two groups must score more than two accounts: what many say together is easily like what others say."""


def nearly(pairs: Pairs, article: Ints) -> Flags:
    """Which pairs of accounts of different articles (`article`: that of each account) are so near that their groups are compared."""
    return np.asarray((pairs.score > NEAR) & (article[pairs.left] != article[pairs.right]))


@dataclass
class Regrouped:
    """Some groups, each as one account."""

    accounts: Accounts
    near: list[list[str]]
    """The keys of each: one for each group that it is compared with."""

    def keys(self, row: int) -> list[str]:
        """Those of a group."""
        return self.near[row]

    def gather(self, rows: Ints) -> None:
        """Read the words of some groups, as numbers."""
        self.accounts.gather(rows)

    def hold(self, rows: Ints) -> None:
        """Have the cells of the reports of some groups at hand."""
        self.accounts.hold(rows)

    def settle(self) -> None:
        """Nothing: accounts are compared by the same words afterwards."""

    def compared(self) -> None:
        """Nothing either."""

    def forget(self) -> None:
        """Let go of words that were kept as text."""
        self.accounts.forget()


@dataclass(frozen=True, slots=True)
class _Near:
    """Groups that are compared, and which with which."""

    leaders: Ints
    """Their first accounts, in order."""
    pairs: Pairs
    """The nearest accounts of each two."""
    left: Ints
    right: Ints
    """The places of both groups among the leaders."""

    @classmethod
    def of(cls, found: Linked, article: Ints) -> "_Near":
        """Those of some groups of accounts."""
        group = found.group
        apart = nearly(found.pairs, article) & (group[found.pairs.left] != group[found.pairs.right])
        some = found.pairs.taken(apart)
        sides = group[some.left], group[some.right]
        left, right = np.minimum(*sides), np.maximum(*sides)
        order = np.lexsort((some.right, some.left, -some.score, right, left))
        new = np.append(True, (np.diff(left[order]) != 0) | (np.diff(right[order]) != 0))[: len(order)]
        best = order[new]
        best = np.sort(best[_may(found, article, left[best], right[best])])
        leaders = np.unique(np.concatenate([left[best], right[best]]))
        places = (np.searchsorted(leaders, side[best]) for side in (left, right))
        nearest = np.zeros(len(some), dtype=np.bool_)
        nearest[best] = True
        return cls(leaders, some.taken(nearest), *places)

    def keys(self, digests: Digests) -> list[list[str]]:
        """A key for each two groups, from the hashes of what they hold."""
        found: list[list[str]] = [[] for _ in digests]
        told = digests.tolist()
        for left, right in zip(self.left.tolist(), self.right.tolist(), strict=True):
            key = "{} {}".format(*sorted((told[left], told[right])))
            found[left].append(key)
            found[right].append(key)
        return found

    def mixed(self, digests: Digests) -> Digests:
        """A hash of each group and of those that it is compared with."""
        one, two = np.append(self.left, self.right), np.append(self.right, self.left)
        return digests + account_digests(digests[two], one, len(digests))


def _may(found: Linked, article: Ints, left: Ints, right: Ints) -> Flags:
    """Which pairs of groups may be one: whatever one article says in both was compared, and would be one event if no other article told it."""
    pairs, group, wide = found.pairs, found.group, len(article)
    there = np.flatnonzero(article[pairs.left] == article[pairs.right])
    sides = group[pairs.left[there]], group[pairs.right[there]]
    likely = pairs.score[there] + learned("within").alone > 0
    code = np.minimum(*sides).astype(np.int64) * wide + np.maximum(*sides)
    unlikely, known = np.unique(code[~likely]), np.unique(code)
    own = left * wide + right
    told = Lists.of_groups(group, wide)
    shared = np.array(
        [
            bool(np.intersect1d(article[told[one]], article[told[two]]).size)
            for one, two in zip(left.tolist(), right.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    return np.asarray(~np.isin(own, unlikely) & (~shared | np.isin(own, known)))


def regrouped(
    path: Path | None,
    found: Linked,
    digests: Digests,
    article: Ints,
    read: Callable[[Lists, Ints], Accounts],
    describe: Callable[[Accounts, Ints], Record],
) -> Linked:
    """Groups of accounts after they were held against each other once more.

    `digests` and `article` are those of the accounts, `read` gives groups (lists of accounts, some of them) as accounts, `describe` the record of some of these.
    """
    near = _Near.of(found, article)
    place = np.full(len(found.group), -1, dtype=np.int64)
    place[near.leaders] = np.arange(len(near.leaders))
    own = np.flatnonzero(place[found.group] >= 0)
    inside = place[found.group[own]]
    members = Lists.of_groups(inside, len(near.leaders))
    members = replace(members, rows=own[members.rows])
    whole = account_digests(digests[own], inside, len(near.leaders))
    keys = near.keys(whole)

    def groups(some: Ints) -> Regrouped:
        return Regrouped(read(members, some), [keys[at] for at in some.tolist()])

    def told(rows: Regrouped, some: Ints) -> Record:
        return describe(rows.accounts, some) if len(some) > 1 else {}

    n = np.arange(len(near.leaders))
    again = link_rows(path, near.mixed(whole), n, n, Linkage(groups, _scores, told, TOLD))
    group = found.group.copy()
    group[own] = near.leaders[again.group][inside]
    stays = group[found.records.leaders] == found.records.leaders
    grown = near.leaders[again.records.leaders]
    stays &= ~np.isin(found.records.leaders, grown)
    kept = Records(found.records.leaders[stays], found.records.rows.filter(pa.array(stays)))
    records = Records.joined([kept, Records(grown, again.records.rows)])
    return Linked(group, records, found.pairs.joined(_tied(near, again.pairs)))


def _tied(near: _Near, pairs: Pairs) -> Pairs:
    """What two groups say of each other, as said by their nearest accounts."""
    wide = len(near.leaders)
    known = near.left * wide + near.right
    order = np.argsort(known)
    up = pairs.taken(pairs.score > 0)
    at = order[np.searchsorted(known[order], up.left.astype(np.int64) * wide + up.right)]
    by = np.argsort(at, kind="stable")
    at = at[by]
    return replace(
        near.pairs,
        left=near.pairs.left[at],
        right=near.pairs.right[at],
        count=near.pairs.count[at],
        score=up.score[by],
        why=up.why[by],
    )


def _scores(rows: Regrouped, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """Scores of pairs of groups."""
    score, why = score_reports(rows.accounts.told, left, right, across=True)
    return np.where(score > ABOUT / 2, score - SURER, score), why
