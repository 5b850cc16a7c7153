"""How many died or were hurt: which event of a sentence each figure of dead or injured belongs to."""

from pipeline.extract.events.reading import Told
from pipeline.extract.events.tree import CLAUSAL, NOMINAL, Tree
from pipeline.extract.figures.measures import DEEDS
from pipeline.extract.figures.nouns import MEMBERED
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure

MEASURES = ("killed", "injured")
DEADLY = frozenset({"ASSAULT", "PROTEST"})
"""Types that have dead and hurt: a custody or a ban whose sentence tells of some has none of its own."""
PARTS = frozenset({"including", "among"})
"""What introduces a part of a number told before."""
MAX_CLIMB = 7
AND_KILLED = 2
"""Words from a deed to the one that tells that it killed."""
ONE = frozenset({"a", "an", "one", "another", "the", "this", "that", "his", "her", "its", "their"})
PEOPLE = frozenset({"person", "leader", "party"})
MANY = frozenset({"bearer", "military", "organization", "political", "quantity"})
"""Classes of nouns for bodies and numbers of people."""

Toll = dict[str, list[Figure]]


def tolls(parsed: ParsedArticle, tree: Tree, told: list[Told], figures: list[Figure]) -> dict[int, Toll]:
    """The figures of dead and injured of a sentence by the head of the event that they belong to."""
    deadly = {
        r.head: r for r in told if r.event_type in DEADLY and r.status not in ("hypothetical", "negated")
    }
    out: dict[int, Toll] = {head: {m: [] for m in MEASURES} for head in deadly}
    for figure in figures:
        token = parsed.token_at(figure.start)
        if token is None or not deadly:
            continue
        if figure.measure not in MEASURES:
            for own, each in deadly.items():  # "shot dead 26 tourists"
                if _fatal(tree, own) and {token.i, tree.heads[token.i]} & set(each.recipients):
                    out[own]["killed"].append(figure)
            continue
        head = _event_of(tree, token.i, deadly)
        if head is not None:
            out[head][figure.measure].append(figure)
    return out


def _event_of(tree: Tree, i: int, deadly: dict[int, Told]) -> int | None:
    """The event over a figure, or that is subject, means or scene of a verb over it; else the nearest attack."""
    start, foreign = i, False
    for _ in range(MAX_CLIMB):
        if i in deadly:
            return None if foreign else i
        if tree.pos[i] in CLAUSAL:
            beside = [c for c in tree.kids(i, "nsubj", "obl", "obl:agent", "advcl", "obj") if c in deadly]
            if beside:
                return min(beside, key=lambda c: (tree.deps[c] != "nsubj", abs(c - start)))
            subjects = [s for s in tree.kids(i, "nsubj") if tree.pos[s] in NOMINAL and not tree.is_time(s)]
            foreign |= bool(subjects) and not any(_armed(tree, s) for s in subjects)
        if tree.heads[i] == i:
            break
        i = tree.heads[i]
    attacks = [] if foreign else [h for h, r in deadly.items() if r.event_type == "ASSAULT"]
    return min(attacks, key=lambda h: (abs(h - start), h), default=None)


def _armed(tree: Tree, i: int) -> bool:
    """Whether a subject can kill, or is the number of the dead itself."""
    kinds = tree.classes[i] & {
        "cause",
        "armed",
        "military",
        "troops",
        "police",
        "quantity",
        "party",
        "person",
    }
    return bool(kinds) or bool(tree.ents[i]) or tree.pos[i] in ("PRON", "NUM")


def dead(tree: Tree, told: Told) -> int | None:
    """How many a killing names one by one ("killed a nurse and her son", "the murder of Ann Roe"); null where it does not."""
    happened = told.status in ("actual", "reported", "historical")
    if told.event_type != "ASSAULT" or not happened or not _kills(tree, told.head):
        return None
    whom = {x for r in told.recipients or tree.patients(told.head) for x in tree.coordinated(r)}
    return len(whom) if whom and all(_single(tree, r) for r in whom) else None


def _kills(tree: Tree, head: int) -> bool:
    """Whether a word tells that somebody died, alone or with the next: "shot and killed"."""
    next_ = (c for c in tree.kids(head, "conj") if 0 < c - head <= AND_KILLED)
    return _fatal(tree, head) or any(_fatal(tree, c) for c in next_)


def _fatal(tree: Tree, head: int) -> bool:
    killing = tree.pos[head] == "NOUN" and DEEDS.get(tree.lemmas[head]) == "killed"
    return killing or "fatal" in tree.classes[head] or tree.words[head + 1 : head + 2] == ["dead"]


def _single(tree: Tree, i: int) -> bool:
    """One person: a name, or a noun for people in the singular with a word like "a" or "the"."""
    if tree.ents[i] == "PERSON":
        return True
    determined = any(tree.words[c] in ONE or tree.deps[c] == "nmod:poss" for c in tree.children[i])
    kinds = tree.classes[i]
    one = bool(kinds & PEOPLE) and ("person" in kinds or not kinds & MANY) and tree.lemmas[i] not in MEMBERED
    return tree.tags[i] == "NN" and determined and one


def counted(tree: Tree, parsed: ParsedArticle, figures: list[Figure]) -> tuple[int | None, int | None]:
    """The lowest and highest number that figures of one event allow: of the largest that is no part of another."""
    whole = [f for f in figures if not _part(tree, parsed, f)] or figures
    best = max(whole, key=lambda f: (f.value, -f.start), default=None)
    if best is None:
        return None, None
    low = None if best.comparator in ("<", "<=") else int(best.value)
    high = int(best.value_high) if best.value_high is not None else None
    if high is None and best.comparator in ("=", "~", "<", "<="):
        high = int(best.value)
    return low, high


def _part(tree: Tree, parsed: ParsedArticle, figure: Figure) -> bool:
    token = parsed.token_at(figure.start)
    before = tree.words[max(0, token.i - 2) : token.i] if token is not None else []
    return bool(PARTS & set(before))
