"""Rows of `quotes`: who said what."""

from bisect import bisect_left
from collections.abc import Iterable

from pipeline.extract.mentions.index import mentions_by_token
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes.cues import published_class
from pipeline.extract.quotes.direct import direct_drafts
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.headings import heading_drafts
from pipeline.extract.quotes.indirect import indirect_drafts
from pipeline.extract.quotes.join import SPOKEN, join_drafts
from pipeline.extract.quotes.layout import find_quotations
from pipeline.extract.quotes.resolve import basis, resolve
from pipeline.extract.quotes.statements import statement_drafts
from pipeline.extract.quotes.tree import Tree, build, spans_of
from pipeline.extract.rows import Mention, Quote

DEEDS = ("ASSAULT", "COERCE", "SANCTION")
"""Types of events that are done, not said."""
DONE = frozenset({"infinitive", "object", "passive"})
"""Constructions that verbs of doing take as well: "attacked the post", "attacked the plan"."""


def drafts_of(parsed: ParsedArticle) -> tuple[Tree, list[tuple[Draft, str]]]:
    """The parse, and every attribution as a draft with its kind, in order of the text."""
    tree = build(parsed)
    quotations = find_quotations(parsed, tree)
    direct = direct_drafts(parsed, tree, quotations)
    direct += statement_drafts(parsed, tree, direct)
    _as_quoted(tree, (d for d in direct if d.frame in (*SPOKEN, "question")), len(quotations))
    direct = [draft for draft in direct if draft.frame != "question"]
    taken = frozenset(i for d in direct for i in d.cue if d.frame != "sentence before")
    found = [*heading_drafts(parsed, tree), *indirect_drafts(tree, taken=taken)]
    indirect = [draft for draft in found if not (draft.frame in DONE and _is_deed(parsed, draft.cue[0]))]
    return tree, list(join_drafts(parsed.article.text, tree, quotations, direct, indirect))


def _as_quoted(tree: Tree, drafts: Iterable[Draft], first: int) -> None:
    """Count what is said whole as words in marks, so that nothing is read from within it; `first`: the number of the first one."""
    for number, draft in enumerate(drafts, first):
        for start, end in draft.spans:
            for i in range(bisect_left(tree.start, start), bisect_left(tree.start, end)):
                if tree.quotation[i] < 0:
                    tree.quotation[i] = number


def _is_deed(parsed: ParsedArticle, token: int) -> bool:
    """Whether the network over the article holds a word for one that reports a deed."""
    joint = parsed.joint
    (row,) = joint.rows([token])
    likeliest = int(joint.event[row].argmax())
    return likeliest > 0 and joint.labels.types[likeliest - 1] in DEEDS


def extract_quotes(parsed: ParsedArticle, mentions: list[Mention]) -> list[Quote]:
    """Every attribution of words or thoughts to a source, in order of the text.

    `speaker_id` is the actor that the speaker's words mean, where the article names it.
    """
    tree, drafts = drafts_of(parsed)
    text = parsed.article.text
    at = mentions_by_token(parsed, (m for m in mentions if m.actor_id))
    actors = resolve(tree, at, (draft for draft, _ in drafts))
    rows: list[Quote] = []
    keys: set[str] = set()
    for draft, kind in drafts:
        start, end = draft.spans[0][0], draft.spans[-1][1]
        cue = spans_of(tree, draft.cue)
        speaker = spans_of(tree, draft.speaker)
        cue_span = (cue[0][0], cue[-1][1]) if cue else None
        if cue_span is None and draft.cue:  # a colon
            cue_span = (tree.end[draft.cue[-1]] - 1, tree.end[draft.cue[-1]])
        speaker_span = (speaker[0][0], speaker[-1][1]) if speaker else None
        rows.append(
            Quote(
                **parsed.place(start, end),
                quote_id=parsed.key("quote", start, keys),
                quote_kind=kind,
                spans=";".join(f"{s}-{e}" for s, e in draft.spans),
                content=" … ".join(text[s:e] for s, e in draft.spans),
                cue=text[slice(*cue_span)] if cue_span else None,
                cue_start=cue_span[0] if cue_span else None,
                cue_end=cue_span[1] if cue_span else None,
                speaker=text[slice(*speaker_span)] if speaker_span else None,
                speaker_start=speaker_span[0] if speaker_span else None,
                speaker_end=speaker_span[1] if speaker_span else None,
                speaker_id=actors.get(id(draft)),
                cue_class=published_class([(tree.pos[i], tree.lower[i]) for i in draft.cue], draft.frame),
                speaker_basis=basis(tree, at, draft, actors[id(draft)]) if id(draft) in actors else None,
                sentence=parsed.sentence_text(start),
            )
        )
    return rows
