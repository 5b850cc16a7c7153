"""From scores to decisions: the best tree of a sentence, the best names of a text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.language.labels import NAMES

Scores = NDArray[np.float32]
Name = tuple[int, int, str]
"""First word, word after the last, label."""

_NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> list[int]:
    """The head of each word (0: the root, i: the word i - 1) in the best tree with a single root.

    `scores` by word and head. Where each word's best head makes a tree, that is it; else Chu, Liu and Edmonds.
    """
    n = len(scores)
    full = np.full((n + 1, n + 1), _NEVER, dtype=np.float64)
    full[1:] = scores
    np.fill_diagonal(full, _NEVER)
    heads = _maximum_tree(full)
    if (heads[1:] == 0).sum() != 1:
        others = full[1:, 1:].max(axis=1)
        root = int(np.argmax(full[1:, 0] - others)) + 1
        full[:, 0] = _NEVER
        full[root] = _NEVER
        full[root, 0] = 0.0
        heads = _maximum_tree(full)
    return [int(head) for head in heads[1:]]


def _maximum_tree(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The maximum spanning tree below node 0; `scores` by node and head."""
    heads: NDArray[np.intp] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    k = len(outside)
    own = scores[inside, heads[inside]]
    gain = scores[np.ix_(inside, outside)] - own[:, None]
    entered, left = gain.argmax(axis=0), scores[np.ix_(outside, inside)].argmax(axis=1)
    smaller = np.full((k + 1, k + 1), float(_NEVER))
    smaller[:k, :k] = scores[np.ix_(outside, outside)]
    smaller[k, :k] = gain.max(axis=0) + own.sum()
    smaller[:k, k] = scores[outside, inside[left]]
    found = _maximum_tree(smaller)
    result = heads.copy()
    for i in range(1, k):
        result[outside[i]] = inside[left[i]] if found[i] == k else outside[found[i]]
    enter = found[k]
    result[inside[entered[enter]]] = outside[enter]
    return result


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """The nodes of one cycle, or none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node, path = start, []
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if node and seen[node] == start:
            return path[path.index(node) :]
    return []


def names(scores: Scores) -> list[Name]:
    """The names of a text: the best path on which an inside follows the begin or inside of its label."""
    path = [int(i) for i in scores.argmax(axis=1)]
    if not _allowed(path):
        path = _best_path(scores)
    out: list[Name] = []
    for i, number in enumerate(path):
        if number % 2:
            out.append((i, i + 1, NAMES[number][2:]))
        elif number:
            start, _, label = out[-1]
            out[-1] = (start, i + 1, label)
    return out


def _allowed(path: Sequence[int]) -> bool:
    return all(
        now == 0 or now % 2 or before in (now, now - 1) for before, now in zip([0, *path], path, strict=False)
    )


def _best_path(scores: Scores) -> list[int]:
    """Viterbi. Classes: 0 outside, odd begin, even inside of the label before it."""
    count = scores.shape[1]
    change = np.zeros((count, count), dtype=np.float32)
    for inside in range(2, count, 2):
        change[:, inside] = _NEVER
        change[inside - 1 : inside + 1, inside] = 0
    best = scores[0] + change[0]
    back = []
    for row in scores[1:]:
        totals = best[:, None] + change
        back.append(totals.argmax(axis=0))
        best = totals.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]
