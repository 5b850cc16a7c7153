"""Which actor a speaker's words mean: a learned choice among those whom the words lead to and those named around them, or nobody.

The weights stand in `lexicon/speaker_weights.csv`; `pipeline.extract.quotes.train` learns them from marked articles.
"""

from collections.abc import Callable, Iterable
from functools import cache

from pipeline.extract.quotes.candidates import Candidates, Features, Spoken
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.tree import Tree
from pipeline.extract.quotes.turns import Labels
from pipeline.extract.rows import Mention
from pipeline.lexicon import table

SOMEBODY = 0.25
"""What speaks for somebody beside the weights: a speaker in the text is seldom nobody that it names."""
_DIGITS = 6
"""Digits of a score that count: less than that is the noise of the machine's arithmetic."""
_APART = 25
"""Words behind a speaker's head in which its name may stand."""


@cache
def weights() -> dict[str, float]:
    """What each feature weighs."""
    return {row["feature"]: float(row["weight"]) for row in table("speaker_weights")}


def score(found: Features, known: dict[str, float]) -> float:
    """How much speaks for a candidate."""
    return round(sum(v * known.get(f, 0.0) for f, v in sorted(found.items())), _DIGITS)


def likeliest(actors: list[str], features: list[Features], known: dict[str, float]) -> str | None:
    """The actor for whom most speaks, the first of equals; None where more speaks for nobody."""
    scores = [score(found, known) for found in features]
    if not actors:
        return None
    best = max(range(len(actors)), key=lambda n: (scores[n], -n))
    return actors[best] if scores[best] + SOMEBODY > scores[-1] else None


Choice = Callable[[Draft, list[str], list[Features]], str | None]


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that have a speaker in the text, as they follow each other there."""
    return sorted((d for d in drafts if d.head is not None), key=lambda d: d.head or 0)


def walk(candidates: Candidates, drafts: Iterable[Draft], choose: Choice) -> dict[int, str]:
    """Identity of each draft -> its speaker's actor, for those that have one; each choice knows those before it."""
    spoken: list[Spoken] = []
    found: dict[int, str] = {}
    for draft in in_order(drafts):
        actor = choose(draft, *candidates.of(draft, spoken))
        if actor is not None:
            found[id(draft)] = actor
        spoken.append(Spoken(draft.head or 0, actor))
        candidates.remember(draft, actor)
    return found


def resolve(tree: Tree, at: dict[int, Mention], drafts: Iterable[Draft]) -> dict[int, str]:
    """Identity of each draft -> its speaker's actor, for those that have one. `at`: the longest mention over each token."""
    known, candidates, drafts = weights(), Candidates(tree, at), list(drafts)
    labels = Labels(tree, candidates, drafts)

    def choose(draft: Draft, actors: list[str], found: list[Features]) -> str | None:
        told, actor = labels.means(draft)
        return actor if told else likeliest(actors, found, known)

    found = walk(candidates, drafts, choose)
    answers = (draft for draft in drafts if draft.head is None)
    return found | {id(d): actor for d in answers if (actor := labels.means(d)[1]) is not None}


def basis(tree: Tree, at: dict[int, Mention], draft: Draft, actor: str) -> str:
    """How a draft's speaker is known to be an actor."""
    head = draft.head or 0
    if draft.head is None or (draft.frame == "sentence before" and not draft.cue):
        return "carried"
    if tree.pos[head] == "PRON" or tree.tag[head] in ("WP", "WDT"):
        return "pronoun"
    mention = at.get(head)
    if mention is not None and mention.actor_id == actor and mention.mention_kind != "pronoun":
        return {"title": "title", "noun": "description"}.get(mention.mention_kind, "name")
    behind = range(head + 1, min(head + _APART, len(tree.head)))
    beside = (*draft.speaker, *(i for i in behind if tree.sentence[i] == tree.sentence[head]))
    named = (m for i in beside if (m := at.get(i)) is not None)
    return (
        "apposition"
        if any(m.actor_id == actor and m.mention_kind == "name" for m in named)
        else "description"
    )
