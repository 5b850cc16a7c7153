"""What the trained decisions say of articles that they did not see, as lines of text."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.events import judge as judging
from pipeline.extract.events import parties, when
from pipeline.extract.events.lexicon import event_types
from pipeline.extract.events.linear import Array, Head
from pipeline.extract.events.ranking import shares
from pipeline.extract.events.train import slots as slotting
from pipeline.extract.events.train import words as wording
from pipeline.extract.events.train.gold import Marked, reported
from pipeline.extract.events.train.measure import Found, Row, confusion

LEAST = 0.05
"""Scores below this make no row, whatever the threshold."""
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
SIZES = (50, 100, 200, 400, 800)


@dataclass(frozen=True)
class Right:
    """The rows that scores above `LEAST` make, and whether each tells a marked event."""

    rows: NDArray[np.int64]
    hits: Array


def rows_of(told: wording.Words, judged: wording.Judged, score: Array, least: float) -> list[list[Row]]:
    """The rows of each article."""
    out: list[list[Row]] = []
    for n, marked in enumerate(told.marked):
        reading = marked.reading
        own = np.flatnonzero((told.article == n) & (score >= least))
        heads = [told.heads[k] for k in own]
        chosen = judging.choose(reading, heads, judged.types[own], score[own], least)
        out.append([_row(marked, heads[c], judged.types[own[c]], sure, int(own[c])) for c, sure in chosen])
    return out


def _row(marked: Marked, head: int, types: Array, score: float, n: int) -> Row:
    start = marked.reading.parsed.starts[head]
    end = start + len(marked.reading.tree.shapes[head])
    return Row(start, end, event_types()[int(types.argmax())], float(score), n)


def right_rows(told: wording.Words, judged: wording.Judged) -> Right:
    """Which rows tell a marked event."""
    rows, hits = [], []
    for marked, found in zip(told.marked, rows_of(told, judged, judged.score, LEAST), strict=True):
        right = {row.n for _, row in Found().add(marked.events, found, marked.gold["text"])}
        rows += [row.n for row in found]
        hits += [float(row.n in right) for row in found]
    return Right(np.array(rows, int), np.array(hits))


def found(told: wording.Words, rows: list[list[Row]]) -> Found:
    """Counts over all articles."""
    out = Found()
    for marked, own in zip(told.marked, rows, strict=True):
        out.add(marked.events, own, marked.gold["text"])
    return out


def judge(told: wording.Words, judged: wording.Judged, calibrated: Head) -> str:
    """Found and right by threshold, calibration, confusion of types."""
    score = np.interp(judged.score, calibrated.named[:, 0], calibrated.bias)
    out = ["", "confidence at least: core events found, rows right"]
    for least in THRESHOLDS:
        rows = rows_of(told, judged, score, least)
        groups = {"wikinews": "wn_", "newswire": "voa_"}
        parts = [f"all {found(told, rows)}"]
        for name, prefix in groups.items():
            own = [n for n, m in enumerate(told.marked) if m.gold["doc_id"].startswith(prefix)]
            count = Found()
            for n in own:
                count.add(told.marked[n].events, rows[n], told.marked[n].gold["text"])
            parts.append(f"{name} {count.recall:.1f} / {count.precision:.1f}")
        out.append(f"{least:5.2f}  " + " · ".join(parts))
    out += ["", "calibration: said, right, rows"]
    right = right_rows(told, judged)
    said = score[right.rows]
    for low in np.arange(0.1, 1.0, 0.1):
        within = (said >= low) & (said < low + 0.1)
        if within.any():
            out.append(f"{said[within].mean():5.2f} {right.hits[within].mean():5.2f} {within.sum():5d}")
    pairs = [
        (str(e["event_type"]), event_types()[int(judged.types[n].argmax())])
        for n, e in enumerate(told.event)
        if e and e.get("core", True) and told.article[n] < len(told.marked)
    ]
    out += [
        "",
        f"type right {100 * np.mean([a == b for a, b in pairs]):.1f} of {len(pairs)}",
        confusion(pairs),
    ]
    return "\n".join(out)


def ways(fitted: wording.Fitted, fold: NDArray[np.int64]) -> str:
    """Status and mode of marked events, right of a hundred core ones."""
    told = fitted.words
    status, mode = [], []
    for rows, rest in wording.folds(fold, told.article):
        own = np.array(
            [
                n
                for n in rows
                if (e := told.event[n]) and e.get("core", True) and reported(told.marked[told.article[n]])
            ]
        )
        head = fitted.status(rest)
        best = head.scores(fitted.typed_matrix[own], told.dense[own]).argmax(axis=1)
        status += [head.labels[b] == told.event[n]["status"] for b, n in zip(best, own, strict=True)]
        heads = dict(fitted.modes(rest))
        for n in own:
            event = told.event[n]
            by = heads.get(f"mode.{event['event_type']}") if event else None
            if event and event["mode"] and by is not None:
                scores = by.scores(fitted.matrix[n], told.dense[n : n + 1])
                mode.append(by.labels[int(scores.argmax())] == event["mode"])
    return f"\nstatus right {100 * np.mean(status):.1f} of {len(status)}; mode {100 * np.mean(mode):.1f} of {len(mode)}"


def curve(fitted: wording.Fitted, fold: NDArray[np.int64]) -> str:
    """Found and right at the confidence that suits each, trained on fewer articles."""
    whole = replace(fitted.words, marked=[m for m in fitted.words.marked if reported(m)])
    source = np.array([m.source for m in fitted.words.marked])
    order = np.random.default_rng(0).permutation(np.unique(source))
    out = ["", "articles: best F1 of found and right"]
    for size in SIZES:
        learn = np.isin(source, order[:size])[fitted.words.article]
        judged = wording.held_out(fitted, fold, learn=learn)
        best = max(
            2 * f.recall * f.precision / max(1e-9, f.recall + f.precision)
            for least in np.arange(0.1, 0.6, 0.05)
            for f in [found(whole, rows_of(whole, judged, judged.score, least))]
        )
        out.append(f"{size:4d}  {best:.1f}")
    return "\n".join(out)


def slot(marked: list[Marked], ranked: slotting.Ranked, role: str, believed: list[Array]) -> str:
    """Right where somebody was marked, invented where nobody was, by the belief it takes; `believed`: the candidates' shares."""
    out = ["", role]
    measured = [
        (one, share)
        for one, share in zip(ranked.slots, believed, strict=True)
        if reported(marked[one.article])
    ]
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        answers = []
        for one, share in measured:
            if role == "date":
                answers.append(
                    [when.likeliest(one.candidates, share)]
                    if len(share) > 1 and 1 - share[-1] >= least
                    else []
                )
            else:
                answers.append(parties.chosen(marked[one.article].reading, one.candidates, share, least))
        told = slotting.measure([one for one, _ in measured], role, answers)
        out.append(
            f"{least:5.2f}  right {told['right']:.1f} of {told['of']} (reachable {told['reachable']:.1f}), "
            f"invented {told['invented']:.1f} of {told['nobody']}"
        )
    return "\n".join(out)


def places(marked: list[Marked], ranked: slotting.Ranked, scores: list[Array]) -> str:
    """Given, right and found by the belief it takes, of all events of each kind of text; the country that the right place lies in is right too."""
    out, by_kind = ["", "place"], dict[str, list[tuple[slotting.Slot, Array]]]()
    for one, score in zip(ranked.slots, scores, strict=True):
        by_kind.setdefault(_kind(marked[one.article]), []).append((one, shares(score)))
    for least in (0.5, 0.6, 0.65, 0.7, 0.8):
        parts = []
        for kind, own in by_kind.items():
            best = [(one, int(share[:-1].argmax()), share[:-1].max()) for one, share in own if len(share) > 1]
            given = [slotting.lies_in(one, n) for one, n, belief in best if belief >= least]
            told = sum(bool(one.event.get("location")) for one, _ in own)
            parts.append(
                f"{kind} {100 * sum(given) / max(1, len(given)):.0f} / {100 * sum(given) / max(1, told):.0f}"
            )
        out.append(f"{least:5.2f}  " + " · ".join(parts))
    return "\n".join(out)


def _kind(marked: Marked) -> str:
    """What kind of text an article is of."""
    return marked.gold["doc_id"].split("_")[0] if marked.gold["more"] else "corpus"


def together(marked: list[Marked], ranked: slotting.Ranked, believed: dict[str, list[Array]]) -> str:
    """Actors and recipients as extraction names them: nobody in two roles of one event."""
    measured = [n for n, one in enumerate(ranked.slots) if reported(marked[one.article])]
    own = [ranked.slots[n] for n in measured]
    named = [
        parties.answers(
            marked[one.article].reading, one.candidates, {role: believed[role][n] for role in believed}
        )
        for n, one in zip(measured, own, strict=True)
    ]
    out = ["", "both roles together"]
    for role in believed:
        told = slotting.measure(own, role, [answer[role] for answer in named])
        out.append(
            f"{role}: right {told['right']:.1f} of {told['of']}, invented {told['invented']:.1f} of {told['nobody']}"
        )
    return "\n".join(out)
