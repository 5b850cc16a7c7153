"""Turns of interviews and transcripts: paragraphs that begin with who speaks, and whom such a label means."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.quotes.candidates import Candidates
from pipeline.extract.quotes.draft import Draft
from pipeline.extract.quotes.layout import BRACKETS, STOPS
from pipeline.extract.quotes.tree import Tree
from pipeline.lexicon import table

_CAPITALS = re.compile(r"[\"'“”‘]{0,2}([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s")
_ASKED = re.compile(r"(Q|A|Question|Answer|Reply)[:.]\s")
_NAMED = re.compile(r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}):\s")
_LEAST = 3
"""Turns that names in small letters need, so that no list of countries or days is taken for talk."""
_BETWEEN = 3
"""Paragraphs at most between two turns with which the first one goes on."""
_FEWEST = 2
"""Questions at least in an interview without labels."""
_INTRODUCED = 8
"""Paragraphs before the first of them at most."""
_LONGEST = 4
"""Paragraphs of an answer at most, on average."""
_ASKED_IN = 400
"""Characters of a question at most."""
_OWN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Oo]urs|[Mm]ine)\b")
_MARKS = "\"“”«»„'‘"
_ORNAMENTS = " \t*_–—-"
_INITIALS = re.compile(r"[a-z]\.?[a-z]\.?(?:[a-z]\.?)?")


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of a turn: the characters of its label, where it has one, and what it is: labelled, question, answer or more."""

    label: tuple[int, int] | None
    kind: str = "more"


@cache
def labels(kind: str) -> frozenset[str]:
    """The words of a kind of label, lower case: question, answer, asker."""
    return frozenset(row["word"] for row in table("turn_labels") if row["kind"] == kind)


def find_turns(parsed: ParsedArticle, paragraphs: list[tuple[int, int]]) -> dict[int, Turn]:
    """Start of a paragraph -> its turn, where the article holds several."""
    text = parsed.article.text
    found = _matches(text, paragraphs, _CAPITALS)
    if len(found) < 2:
        found = {}
    found |= _questions(text, paragraphs) or _names(parsed, paragraphs)
    if not found:
        return _unlabelled(parsed, paragraphs)
    labelled = {start: Turn(label, "labelled") for start, label in found.items()}
    return labelled | _going_on(parsed, paragraphs, found)


def _matches(
    text: str, paragraphs: list[tuple[int, int]], label: re.Pattern[str]
) -> dict[int, tuple[int, int]]:
    """Start of each paragraph that a label opens -> the label's characters."""
    return {start: match.span(1) for start, end in paragraphs if (match := label.match(text, start, end))}


def _questions(text: str, paragraphs: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Questions and answers, where there are both: "Q: ...", "A: ..."."""
    found = _matches(text, paragraphs, _ASKED)
    kinds = {text[slice(*label)].lower() for label in found.values()}
    return found if kinds & labels("question") and kinds & labels("answer") else {}


def _names(parsed: ParsedArticle, paragraphs: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Names in small letters that take turns in whole sentences: several of them, one at least twice, one of a person."""
    text = parsed.article.text
    whole = [(start, end) for start, end in paragraphs if text[start:end].rstrip(BRACKETS)[-1:] in STOPS]
    found = _matches(text, whole, _NAMED)
    said = [text[slice(*label)] for label in found.values()]
    changes = sum(a != b for a, b in pairwise(said))
    if len(said) < _LEAST or max(Counter(said).values()) < 2 or changes < len(said) / 2:
        return {}
    return found if any(_is_person(parsed, label) for label in found.values()) else {}


def _is_person(parsed: ParsedArticle, label: tuple[int, int]) -> bool:
    """Whether a label is read as a person's name."""
    return any(token.ent_type_ == "PERSON" for token in parsed.tokens_between(*label))


def _going_on(
    parsed: ParsedArticle, paragraphs: list[tuple[int, int]], found: dict[int, tuple[int, int]]
) -> dict[int, Turn]:
    """Few paragraphs without a label between two turns: the first turn goes on with them."""
    headings = {s.start for s in parsed.sentences if s.kind != "body"}
    turns = [n for n, (start, _) in enumerate(paragraphs) if start in found]
    if len(turns) < _LEAST:
        return {}
    between: dict[int, Turn] = {}
    for a, b in pairwise(turns):
        starts = [paragraphs[n][0] for n in range(a + 1, b)]
        if len(starts) <= _BETWEEN and not headings.intersection(starts):
            between |= {start: Turn(None) for start in starts}
    return between


def _unlabelled(parsed: ParsedArticle, paragraphs: list[tuple[int, int]]) -> dict[int, Turn]:
    """Questions and answers without labels: paragraphs that end in a question mark, and those below each, which speak of "me" or "us"."""
    text = parsed.article.text
    asked = [n for n, span in enumerate(paragraphs) if _is_question(text, *span)]
    if len(asked) < _FEWEST or asked[0] > _INTRODUCED:
        return {}
    answers = [paragraphs[a + 1 : b] for a, b in pairwise([*asked, len(paragraphs)])]
    answers[-1] = _last(text, answers[-1])
    owned = sum(any(_OWN.search(text, *span) for span in answer) for answer in answers)
    plain = all(answer and text[answer[0][0]] not in _MARKS for answer in answers)
    dense = sum(map(len, answers)) <= _LONGEST * len(asked)
    if (
        not (plain and dense)
        or owned < len(answers) / 2
        or not _is_asked(parsed, paragraphs[asked[0]][0], answers)
    ):
        return {}
    found = {paragraphs[n][0]: Turn(None, "question") for n in asked}
    for answer in answers:
        found |= {start: Turn(None) for start, _ in answer} | {answer[0][0]: Turn(None, "answer")}
    return found


def _is_question(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a short question without marks around it."""
    words = text[start:end].strip(_ORNAMENTS)
    return words.endswith("?") and words[0] not in _MARKS and len(words) < _ASKED_IN


def _is_asked(parsed: ParsedArticle, begin: int, answers: list[list[tuple[int, int]]]) -> bool:
    """Whether a person is named before the first question and not in the answers, as nobody names himself."""
    named = Counter(token.text for token in parsed.tokens_between(0, begin) if token.ent_type_ == "PERSON")
    most = max(named.values(), default=0)
    main = {name for name, n in named.items() if n == most}
    told = (parsed.article.text[start:end] for answer in answers for start, end in answer)
    return bool(main) and not any(name in words for words in told for name in main)


def _last(text: str, answer: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs below the last question that are an answer: the first one, and those that speak of "me" or "us"."""
    own = next((n for n, span in enumerate(answer) if n and not _OWN.search(text, *span)), len(answer))
    return answer[:own]


class Labels:
    """Whom the labels of an article's turns mean that are no names: initials, questions, answers."""

    def __init__(self, tree: Tree, candidates: Candidates, drafts: Iterable[Draft]) -> None:
        """Find who is asked, and the initials of the persons named."""
        self.tree = tree
        turns = (draft for draft in drafts if draft.frame == "turn")
        first = min((_first(tree, draft) for draft in turns), default=0)
        known = candidates.known
        spots = [s for s in candidates.spots if known[s.actor].type == "person"]
        before = dict.fromkeys(s.actor for s in spots if s.last < first)
        asked = [a for a in before if not known[a].words & labels("asker")]
        self.asked = max(asked, key=lambda a: known[a].n, default=None)
        """Of those named before the first turn the one named most, but for those whose job is to ask."""
        self.initials: dict[str, set[str]] = {}
        for spot in spots if first else ():
            if spot.mention.mention_kind == "name":
                words = (tree.lower[i] for i in range(spot.first, spot.last + 1) if tree.is_word(i))
                self.initials.setdefault("".join(word[0] for word in words), set()).add(spot.actor)

    def means(self, draft: Draft) -> tuple[bool, str | None]:
        """Whether a label is none of a name, and the actor that it then means."""
        if draft.frame == "turn" and draft.head is None:
            return True, self.asked
        if draft.frame != "turn" or len(draft.speaker) != 1:
            return False, None
        word = self.tree.lower[draft.speaker[0]]
        bare = word.rstrip(".")
        if bare in labels("question"):
            return True, None
        if bare in labels("answer"):
            return True, self.asked
        fit = self.initials.get(word.replace(".", ""), set()) if _INITIALS.fullmatch(word) else set()
        return len(fit) == 1, next(iter(fit)) if len(fit) == 1 else None


def _first(tree: Tree, draft: Draft) -> int:
    """The first token of a turn, its label included."""
    return draft.head if draft.head is not None else bisect_left(tree.start, draft.spans[0][0])
