"""Which candidates report an event, of which type, by what means, and whether it happened: the learned decisions on words."""

from functools import cache
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from pipeline.extract.events import network
from pipeline.extract.events.features import MOODS, Features, WordFeatures, candidates, moods_beside
from pipeline.extract.events.lexicon import event_types
from pipeline.extract.events.linear import DIGITS, Array, Model, load, sigmoid, softmax
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.status import is_left_undone, status_features

MODEL = Path(__file__).parent / "model"
HOPELESS = 0.05
"""Below this probability of being any event a word's type is not looked at."""
AROUND = 2
"""Sentences before and behind a word's own whose words the networks see as one mean."""
LONE = 2
"""Sentences of a text that is no article: the judge's networks lean on the article around a word, and are not asked."""
JOINT, FAINT = 0.5, 1e-6
"""How much of the say the network over the whole article has, and a share below which none counts."""
JOINT_LONE = 0.15
"""The same in a text that is no article, on whether a word reports an event."""
JOINT_UNKNOWN = 0.5
"""The same there on the type, of words that no entry of the lexicon fits."""
JOINT_STATUS = 0.4
"""The same of whether it happened."""
FRAME_SHARE, FRAME_LONE = 0.3, 0.2
"""How much of the say on the type the lexicon's fitting entry has, where there is one: in an article, and in a text that is none."""
WHETHER, WHICH = 1.15, 0.75
"""Powers of how likely there is an event, and of its likeliest type, in the score of a word in an article: of which type weighs less."""
SURE = 0.5
"""A mode less likely than this is none."""
NEAR = 3
"""Tokens within which two words of one type tell one event."""
NEGATIONS = frozenset(word for word, mood in MOODS.items() if mood == "denied")
WITHIN = frozenset(
    [
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "nmod",
        "nmod:poss",
        "amod",
        "compound",
        "acl",
        "xcomp",
    ]
)
"""Relations within a clause: an attack and the killing in it are one event."""
HARM = "harm"
"""The class of words for what force does to people: told beside each other they are one event."""
REQUITAL = "requital"
"""The class of words between a deed and the one that it answers: "struck in revenge for the bombing"."""
FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "SANCTION"})


@cache
def words_model() -> Model:
    """The linear decisions on words."""
    return load(MODEL / "words.npz")


@cache
def events_model() -> network.Committee:
    """The networks that say which words report an event, and of which type."""
    return network.load(MODEL / "events.npz", words_model().vocabulary)


def find_events(reading: Reading, least: float) -> list[Told]:
    """The events of an article with at least such a confidence, in order of the text."""
    heads = candidates(reading)
    if not heads:
        return []
    model = words_model()
    of = WordFeatures(reading)
    features = [of.of(i) for i in heads]
    dense = vectors(reading, heads)
    named = model.vocabulary.matrix(features)
    plain = model.heads["event"].scores(named, dense), model.heads["type"].scores(named, dense)
    whole = sum(sentence.kind == "body" for sentence in reading.parsed.sentences) > LONE
    beside = events_model().scores(named, surroundings(reading, heads)) if whole else []
    event, types = event_and_types(*plain, beside)
    if whole:
        event, types = with_joint(reading, heads, event, types)
    else:
        unknown = np.array(["best" not in one for one in features])
        event, types = with_joint_alone(reading, heads, event, types, unknown)
    hopeful = np.flatnonzero(event >= HOPELESS)
    if not len(hopeful):
        return []
    heads, features = [heads[n] for n in hopeful], [features[n] for n in hopeful]
    types = type_shares(features, types[hopeful], FRAME_SHARE if whole else FRAME_LONE)
    score = confidence(scores(event[hopeful], types, whole=whole))
    chosen = choose(reading, heads, types, score, least)
    told = [_told(reading, heads[n], types[n], sure) for n, sure in chosen]
    rows = [n for n, _ in chosen]
    at = hopeful[rows]
    _ways(model, reading, told, [features[n] for n in rows], named[at], dense[at])
    for each in told:
        _as_worded(reading, each)
    return told


def vectors(reading: Reading, heads: list[int]) -> Array:
    """The encoder's vectors of some words."""
    return reading.vectors[heads].astype(float)


def surroundings(reading: Reading, heads: list[int]) -> Array:
    """The encoder's vectors of some words, each with the means of its sentence and of the sentences around that."""
    every = reading.vectors.astype(float)
    spans = np.array([[s.span.start, s.span.end] for s in reading.parsed.sentences], int).reshape(-1, 2)
    means = _means(every, spans[:, 0], spans[:, 1])
    numbers = np.arange(len(spans))
    around = _means(means, np.maximum(numbers - AROUND, 0), np.minimum(numbers + AROUND + 1, len(spans)))
    own = [reading.sentence[i] for i in heads]
    return np.hstack([every[heads], means[own], around[own]])


def _means(rows: Array, first: NDArray[np.int64], end: NDArray[np.int64]) -> Array:
    """The mean of each run of rows."""
    sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    return np.asarray((sums[end] - sums[first]) / np.maximum(end - first, 1)[:, None])


def event_and_types(event: Array, types: Array, networks: list[Array]) -> tuple[Array, Array]:
    """How likely each word reports an event, and of which type then: the linear model's say and the networks' (first output: none).

    All of the say is the linear model's where there are no networks.
    """
    likely = sigmoid(event)
    linear = np.hstack([1 - likely, likely * softmax(types)])
    share = network.together(linear, [softmax(one) for one in networks]) if networks else linear
    return _apart(share)


def with_joint(reading: Reading, heads: list[int], event: Array, types: Array) -> tuple[Array, Array]:
    """The same once the network over the whole article had its say: what both hold likely."""
    own = np.hstack([1 - event[:, None], event[:, None] * types])
    return _apart(network.agreed(own, _said(reading, heads), JOINT, FAINT))


def with_joint_alone(
    reading: Reading, heads: list[int], event: Array, types: Array, unknown: NDArray[np.bool_]
) -> tuple[Array, Array]:
    """The same in a text of one or two sentences, where it says whether there is an event, and of `unknown` words which.

    Without an article around it takes too much for an accusation, and makes none likelier.
    """
    said = _said(reading, heads)
    own, theirs = (np.column_stack([1 - some, some]) for some in (event, 1 - said[:, 0]))
    both = network.agreed(own, theirs, JOINT_LONE, FAINT)[:, 1]
    accuses = types.argmax(axis=1) == event_types().index("ACCUSE")
    agreed = network.agreed(types, _apart(said)[1], JOINT_UNKNOWN, FAINT)
    return np.where(accuses, np.minimum(both, event), both), np.where(unknown[:, None], agreed, types)


def _said(reading: Reading, heads: list[int]) -> Array:
    """What the network over the whole article says of some words: none, and each type."""
    joint = reading.parsed.joint
    columns = [0, *(1 + joint.labels.types.index(name) for name in event_types())]
    return joint.event[joint.rows(heads)].astype(float)[:, columns]


def _apart(share: Array) -> tuple[Array, Array]:
    """Shares of no event and of each type: how likely there is one, and of which type then."""
    some = 1 - share[:, 0]
    return some, share[:, 1:] / np.maximum(some, 1e-12)[:, None]


def type_shares(features: list[Features], shares: Array, entry: float) -> Array:
    """How likely each type is: by what was learned, and to the share `entry` by the lexicon's entry that fits best."""
    out = shares.copy()
    for row, one in enumerate(features):
        for n, event_type in enumerate(event_types()):
            if "best." + event_type in one:
                out[row] *= 1 - entry
                out[row, n] += entry
    return out


def scores(event: Array, types: Array, *, whole: bool) -> Array:
    """What speaks for a row on each word; in a text of one or two sentences whether and which weigh alike."""
    which: Array = types.max(axis=1)
    return np.power(event, WHETHER) * np.power(which, WHICH) if whole else event * which


def confidence(score: Array) -> Array:
    """How often rows of such a score are right, as measured in training on articles that were held out."""
    knots = words_model().heads["calibration"]
    return np.round(np.interp(score, knots.named[:, 0], knots.bias), DIGITS)


def choose(
    reading: Reading, heads: list[int], types: Array, score: Array, least: float
) -> list[tuple[int, float]]:
    """Which candidates make a row, and how sure: one for each event, on the word that governs the others."""
    kept: dict[int, float] = {}
    for n in sorted(np.flatnonzero(score >= least), key=lambda n: (-score[n], heads[n])):
        kind = int(types[n].argmax())
        same = next(
            (k for k in kept if types[k].argmax() == kind and same_event(reading, heads[n], heads[k], kind)),
            None,
        )
        if same is None:
            kept[int(n)] = float(score[n])
        elif heads[n] == reading.tree.heads[heads[same]] or _within(reading, heads[same], heads[n]):
            kept[int(n)] = kept.pop(same)
    return sorted(kept.items(), key=lambda each: heads[each[0]])


def same_event(reading: Reading, i: int, j: int, event_type: int) -> bool:
    """Whether two words of one type tell one event: side by side, one on the other, or force within one clause."""
    if reading.sentence[i] != reading.sentence[j]:
        return False
    if abs(i - j) < NEAR:
        return True
    steps = 3 if event_types()[event_type] in FORCE else 1
    return _within(reading, i, j, steps) or _within(reading, j, i, steps)


def _within(reading: Reading, i: int, j: int, steps: int = 3) -> bool:
    """Whether `i` hangs on `j` within a clause, by so many steps, and is not what `j` answers."""
    tree = reading.tree
    for head in tree.above(i, steps):
        outcome = tree.deps[i] == "advcl" and tree.tags[i] == "VBG"  # "struck a market, killing nine"
        more = tree.deps[i] == "conj" and HARM in tree.classes[i] & tree.classes[head]  # "and wounding four"
        if (tree.deps[i] not in WITHIN and not outcome and not more) or _answered(reading, i):
            return False
        if head == j:
            return True
        i = head
    return False


def _answered(reading: Reading, i: int) -> bool:
    """Whether a noun is a deed that another answers: "in revenge for the bombing", however that is parsed."""
    tree = reading.tree
    before = next((c for c in tree.children[i] if tree.deps[c] == "case" and c < i), 0) - 1
    return tree.pos[i] == "NOUN" and before >= 0 and REQUITAL in tree.classes[before]


def _told(reading: Reading, head: int, shares: Array, sure: float) -> Told:
    """An event on a word, with its particle and the noun before it."""
    tree = reading.tree
    last = head + 1 if head + 1 in tree.kids(head, "compound:prt") else head
    first = head - 1 if tree.pos[head] == "NOUN" and head - 1 in tree.kids(head, "compound") else head
    if reading.cast.in_name(first):
        first = head
    return Told(head, first, last, event_types()[int(shares.argmax())], sure)


def _ways(
    model: Model,
    reading: Reading,
    told: list[Told],
    features: list[Features],
    named: sp.csr_matrix,
    dense: Array,
) -> None:
    """Fill in the mode and the status, which go with the type; `named`: the features of words whose type is not known."""
    if not told:
        return
    _statuses(model, reading, told, features, dense)
    for kind in {each.event_type for each in told if "mode." + each.event_type in model.heads}:
        head = model.heads["mode." + kind]
        rows = [n for n, each in enumerate(told) if each.event_type == kind]
        for n, share in zip(rows, softmax(head.scores(named[rows], dense[rows])), strict=True):
            best = int(share.argmax())
            told[n].event_mode = (head.labels[best] or None) if share[best] >= SURE else None


def _statuses(
    model: Model, reading: Reading, told: list[Told], features: list[Features], dense: Array
) -> None:
    """Fill in whether each happened, by the linear model and the network over the article."""
    typed = [
        with_status(reading, each.head, each.event_type, one)
        for one, each in zip(features, told, strict=True)
    ]
    labels = model.heads["status"].labels
    share = softmax(model.scores("status", typed, dense))
    joint = reading.parsed.joint
    columns = [joint.labels.statuses.index(name) for name in labels]
    said = joint.status[joint.rows([each.head for each in told])][:, columns]
    share = JOINT_STATUS * said + (1 - JOINT_STATUS) * share
    for each, best in zip(told, share.argmax(axis=1), strict=True):
        each.status = labels[int(best)]


def _as_worded(reading: Reading, told: Told) -> None:
    """What the words say outright goes before what was learned: the frame's own mode, "not", "reportedly"."""
    entry = next(iter(reading.frames.fitting(told.head)), None)
    if entry is not None and entry.event_type == told.event_type and entry.event_mode:
        told.event_mode = entry.event_mode
    moods = moods_beside(reading.tree, told.head)
    undone = "denied" in moods and told.event_type != "REJECT" and "to come" not in moods
    if (
        undone
        or is_left_undone(reading, told.head)
        or (told.event_type not in ("REJECT", "ACCUSE") and _is_denied(reading, told.head))
    ):
        told.status = "negated"
    elif "hedged" in moods and told.status == "actual":
        told.status = "reported"


def _is_denied(reading: Reading, head: int) -> bool:
    """Whether somebody denies it: it is, or goes on with, the clause that a verb of denying takes."""
    tree = reading.tree
    for above in tree.above(head, 3):
        clause = tree.deps[head] in ("ccomp", "xcomp")
        if clause and tree.lemmas[above] == "deny":
            return not {tree.words[c] for c in tree.children[above]} & NEGATIONS
        if tree.deps[head] != "conj":
            return False
        head = above
    return False


def with_status(reading: Reading, head: int, event_type: str, features: Features) -> Features:
    """Features of a word of known type, and what tells whether it happened."""
    return {**features, **status_features(reading, head, event_type)}
