"""Whether two rows stand in one story: how alike their articles begin, and which names their sentences share."""

from typing import Protocol

import numpy as np

from pipeline.link.pairs import Bags, equal
from pipeline.link.rows import Floats, Ints

STORY, SAME_ARTICLE, STRANGERS = 0.4, 0.1, -0.5
"""For articles that tell one story; for one article; for two that have nothing in common and whose sentences share no name."""
UNLIKE, UNSURE, ALIKE = 0.1, 0.18, 0.3
"""How alike (cosine of their words) articles begin: other stories seldom more than the first, one story mostly the last or more."""
NAME, MOST_NAMES, NO_NAME = 0.12, 3, -0.12
"""For each name that both sentences hold, up to so many; for two that hold others."""


class Rows(Protocol):
    """Rows of articles: `codes` of `doc_id` and `sentence`, `words` of `lead` and `names`."""

    codes: dict[str, Ints]
    words: dict[str, Bags]


def story_term(rows: Rows, left: Ints, right: Ints) -> Floats:
    """What the beginnings of the articles and the names in the sentences say."""
    same_article, same_sentence = (equal(rows.codes[name], left, right) for name in ("doc_id", "sentence"))
    shared = rows.words["names"].shared(left, right).clip(0, MOST_NAMES)
    apart = rows.words["names"].filled(left, right) & (shared == 0)
    named = np.where(apart, NO_NAME, NAME * np.where(same_sentence, 0, shared))
    alike = rows.words["lead"].cosine(left, right)
    story = np.interp(alike, [UNLIKE, UNSURE, ALIKE], [STRANGERS, 0.0, STORY])
    story = np.where(shared > 0, story.clip(0), story)
    return np.asarray(np.where(same_article, SAME_ARTICLE, story) + named)
