"""One row for one event: several words for it in a sentence are told once."""

from pipeline.extract.events.cast import Cast
from pipeline.extract.events.report import ACTS, Report
from pipeline.extract.events.tree import CLAUSAL, Tree

MEASURES = frozenset({"SANCTION", "COERCE"})
"""What states do to each other one measure after another."""


def merge(tree: Tree, cast: Cast, reports: list[Report]) -> list[Report]:
    """One row for one event: several words for it in a sentence are told once."""
    gone: set[int] = set()
    by_head = {r.head: r for r in reports}
    for r in sorted(reports, key=lambda r: tree.pos[r.head] in CLAUSAL):
        for other in _same_event(tree, r, by_head):
            if other.head in gone or r.head in gone or other is r:
                continue
            keep, drop = _main(tree, r, other)
            gone.add(drop.head)
            keep.actors = keep.actors or drop.actors
            vague = (
                _vague(tree, cast, keep.recipients) if tree.pos[keep.head] == "NOUN" else not keep.recipients
            )
            if drop.recipients and vague:
                keep.recipients = drop.recipients
            elif not any(_people(tree, cast, x) for x in keep.recipients):
                keep.recipients = [*(x for x in drop.recipients if _people(tree, cast, x)), *keep.recipients]
            keep.recipients = [x for x in keep.recipients if x not in keep.actors]
            keep.event_mode = keep.event_mode or drop.event_mode
    return [r for r in reports if r.head not in gone]


def _people(tree: Tree, cast: Cast, i: int) -> bool:
    return bool(tree.classes[i] & {"people", "victims", "civilian", "person"}) and cast.is_party(i)


def _vague(tree: Tree, cast: Cast, recipients: list[int]) -> bool:
    """No recipient, or only the place of it."""
    return all(
        tree.ents[x] == "LOC" or "place" in tree.classes[x] or not cast.is_party(x) for x in recipients
    )


def _same_event(tree: Tree, r: Report, by_head: dict[int, Report]) -> list[Report]:
    """Other words for the event of a verb: its subject or means, a participle or a verb joined to it."""
    if r.event_type not in ACTS | {"CONSULT"}:
        # "sparked strong condemnation": the verb only carries the noun
        carried = [by_head[c] for c in tree.kids(r.head, "obj") if c in by_head]
        same = [o for o in carried if o.event_type == r.event_type and o.event_mode == r.event_mode]
        return same if tree.pos[r.head] in CLAUSAL else []
    if tree.pos[r.head] not in CLAUSAL:
        acts = [c for c in tree.kids(r.head, "acl", "acl:relcl") if c in by_head]
        return [by_head[c] for c in acts if by_head[c].event_type == r.event_type]
    out = []
    below = tree.children[r.head]
    series = [g for c in below if "quantity" in tree.classes[c] for g in tree.kids(c, "nmod")]
    for c in (*below, *series):
        label = tree.deps[tree.heads[c]] if c in series else tree.deps[c]
        means = label == "obl" and tree.case(c) in ("in", "by", "during", "with", "at")
        nominal = label in ("nsubj", "obl:agent") or (means and "toll" in tree.classes[r.head])
        joined = (label == "advcl" and tree.tags[c] == "VBG") or (
            label == "conj" and tree.lemmas[c] in ("wound", "injure", "kill")
        )
        if (nominal or joined) and c in by_head and by_head[c].event_type == r.event_type:
            out.append(by_head[c])
    return out


def _main(tree: Tree, verb: Report, other: Report) -> tuple[Report, Report]:
    """Which of two words stands for the event: an attack rather than its toll."""
    if tree.pos[other.head] == "NOUN" and tree.pos[verb.head] in CLAUSAL:
        return other, verb
    return verb, other


def share(tree: Tree, cast: Cast, reports: list[Report]) -> None:
    """Give a measure that names nobody the recipients of the one it is joined to: "banned Thai fruit and closed the border"."""
    by_head = {r.head: r for r in reports}
    for r in reports:
        other = by_head.get(tree.heads[r.head]) if tree.deps[r.head] == "conj" else None
        for mine, theirs in ((r, other), (other, r)):
            if (
                mine is None
                or theirs is None
                or _named(cast, mine.recipients)
                or not _named(cast, theirs.recipients)
            ):
                continue
            both = {mine.event_type, theirs.event_type}
            if both <= MEASURES or (mine.event_type == "AGREE" and theirs.event_type == "CONSULT"):
                owners = [o for x in theirs.recipients for o in cast.describes(x) or [x]]
                mine.recipients = [*mine.recipients, *(x for x in owners if x not in mine.actors)]


def _named(cast: Cast, recipients: list[int]) -> bool:
    return any(cast.country(x) or cast.actor(x) is not None for x in recipients)


def pass_on(tree: Tree, reports: list[Report]) -> None:
    """Give an attack whose verb has only a time for its subject the actors of the attack that its sentence names before it."""
    before: list[int] = []
    lost: set[int] = set()
    for r in (r for r in reports if r.event_type == "ASSAULT"):
        if tree.pos[r.head] == "NOUN":
            before = r.actors
            continue
        own = tree.kids(r.head, "nsubj")
        beside = tree.deps[r.head] == "conj" and tree.heads[r.head] in lost
        if not r.actors and (beside if not own else all(tree.is_time(c) for c in own)):
            r.actors = before
            lost.add(r.head)
