"""Names in GUM, from its mentions of persons, organizations and places (`Entity=` brackets), which cover whole noun phrases."""

import re
from collections import defaultdict

from pipeline.language.train.conllu import Sentence, Word
from pipeline.language.train.lists import column, peoples, territories
from pipeline.language.train.rows import Name

_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_MONTHS_AND_DAYS = frozenset(column("months_and_days"))
_TITLES = frozenset(column("titles"))
_LINKS = frozenset(column("name_links"))
_GROUPS = frozenset({"Taliban", "Hamas", "Hezbollah", "ISIS", "ISIL", "Daesh", "al-Qaeda", "Al-Qaeda"})
_PLACES = frozenset(name for _, name in territories()) | frozenset(column("places"))
_NO_LEFT = frozenset({"PUNCT", "PRON", "DET", "ADP", "AUX", "SCONJ"})
_NO_RIGHT = frozenset({"PUNCT", "PRON", "DET", "AUX"})
_GENITIVE = ("'s", "’s")

Mention = tuple[int, int, str]
"""First word, last word, type as GUM writes it."""


def names(sentence: Sentence) -> list[Name]:
    """The names of a sentence, each cut out of its noun phrase; the longer one where two overlap."""
    words = sentence.words
    mentions = _mentions(words)
    candidates = [name for mention in mentions for name in _candidate(words, mention, mentions)]
    candidates.sort(key=lambda n: (-(n[1] - n[0]), n[0]))
    taken: set[int] = set()
    out: list[Name] = []
    for start, end, label in candidates:
        if taken.isdisjoint(range(start, end)):
            taken |= set(range(start, end))
            out.append((start, end, label))
    for i, word in enumerate(words):
        if i not in taken and word.form in peoples() and word.upos in ("ADJ", "PROPN", "NOUN"):
            out.append((i, i + 1, "NORP"))
    return sorted(out)


def _mentions(words: list[Word]) -> list[Mention]:
    open_: dict[str, list[tuple[int, str]]] = defaultdict(list)
    out: list[Mention] = []
    for i, word in enumerate(words):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", word.misc)
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", found[1]) if found else ():
            if part.startswith("("):
                group, kind = part[1:].rstrip(")").split("-")[:2]
                if part.endswith(")"):
                    out.append((i, i, kind))
                else:
                    open_[group].append((i, kind))
            elif open_[group := part[:-1].split("-")[0]]:
                start, kind = open_[group].pop()
                out.append((start, i, kind))
    return out


def _candidate(words: list[Word], mention: Mention, mentions: list[Mention]) -> list[Name]:
    kind = mention[2]
    bounds = _cut(words, mention, mentions) if kind in _LABELS else None
    if bounds is None:
        return []
    first, last = bounds
    label = _LABELS[kind]
    if words[last].form in _TITLES and (label == "PERSON" or first == last):
        return []
    if words[last].form in _MONTHS_AND_DAYS and label == "PERSON":
        return []
    if first == last and words[first].form in peoples():
        label = "NORP"
    elif first == last and words[first].xpos == "NNPS" and label == "PERSON":
        return []
    text = " ".join(word.form for word in words[first : last + 1])
    if label == "ORG" and text in _PLACES:
        label = "LOC"
    elif label == "PERSON" and text in _GROUPS:
        label = "ORG"
    return [(first, last + 1, label)]


def _cut(words: list[Word], mention: Mention, mentions: list[Mention]) -> tuple[int, int] | None:
    """First and last word of the name around the head of a mention, None where the head is no proper noun."""
    start, end, kind = mention
    head = next(
        (i for i in range(start, end + 1) if words[i].dep == "ROOT" or not start <= words[i].head <= end),
        None,
    )
    if (
        head is None
        or not _capital(words[head].form)
        or not (words[head].upos == "PROPN" or words[head].xpos in ("NNP", "NNPS"))
    ):
        return None
    first = _leftmost(words, head, start, kind, _other_names(mention, mentions, head))
    last = _rightmost(words, head, end, kind)
    while first < last and words[first].form in _TITLES and kind == "person":
        first += 1
    while first < last and words[first].form in ("The", "the"):
        first += 1
    while last > first and words[last].form in _LINKS:
        last -= 1
    return first, last


def _other_names(mention: Mention, mentions: list[Mention], head: int) -> set[int]:
    """Words of bodies and places inside a person's noun phrase ("Ford spokesman John Smith")."""
    start, end, kind = mention
    if kind != "person":
        return set()
    inner = [
        (a, b)
        for a, b, k in mentions
        if k in ("organization", "place") and start <= a and b <= end and not a <= head <= b
    ]
    return {i for a, b in inner for i in range(a, b + 1)}


def _leftmost(words: list[Word], head: int, start: int, kind: str, blocked: set[int]) -> int:
    first = head
    for i in range(head - 1, start - 1, -1):
        word = words[i]
        described = kind == "person" and word.dep in ("nmod:desc", "appos")
        if i in blocked:
            break
        if _capital(word.form) and word.upos not in _NO_LEFT and not described:
            first = i
            continue
        link = word.form in _LINKS and i > start and _capital(words[i - 1].form)
        if not link or word.form in ("the", "to", "in") or (word.form in _GENITIVE and kind == "person"):
            break
    return first


def _rightmost(words: list[Word], head: int, end: int, kind: str) -> int:
    last = head
    for i in range(head + 1, end + 1):
        word = words[i]
        after = words[i + 1].form if i + 1 <= end else ""
        if kind == "person":
            if (word.dep == "flat" or word.form in ("Jr.", "Sr.", "II", "III", "IV")) and (
                _capital(word.form) or word.form.lower() in _LINKS
            ):
                last = i
            elif word.form not in (
                "-",
                "'",
                "’",
                "al",
                "bin",
                "de",
                "van",
                "von",
                "la",
                "el",
            ) or not _capital(after):
                break
        elif _capital(word.form) and word.upos not in _NO_RIGHT:
            last = i
        else:
            beyond = words[i + 2].form if i + 2 <= end else ""
            goes_on = _capital(after) or (after in _LINKS and _capital(beyond))
            if word.form not in _LINKS or word.form in _GENITIVE or not goes_on:
                break
    return last


def _capital(form: str) -> bool:
    return form[:1].isupper() or form[:1].isdigit()
