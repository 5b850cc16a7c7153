"""Constructions that news is full of and treebanks of web text lack, made out of treebank sentences.

Attributions after the statement ("Prices fell, the bank said."), weekdays after a verb ("said Wednesday"), headings in title case.
"""

from collections import defaultdict
from dataclasses import replace
from random import Random

from pipeline.language.train.conllu import Sentence, Word
from pipeline.language.train.lists import column

_QUOTES = ('"', "“", "”", "''", "``")
_SMALL = frozenset({"ADP", "DET", "CCONJ", "PART", "SCONJ", "AUX"})
_COUNTED = frozenset(
    {
        "person",
        "people",
        "man",
        "woman",
        "child",
        "other",
        "soldier",
        "civilian",
        "troop",
        "policeman",
        "officer",
    }
    | {"victim", "militant", "passenger", "student", "worker", "member", "fighter", "rebel", "insurgent"}
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def subtree(words: list[Word], i: int) -> set[int]:
    """A word and all words below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for k, word in enumerate(words):
        if word.head != k:
            children[word.head].append(k)
    out: set[int] = set()
    todo = [i]
    while todo:
        k = todo.pop()
        out.add(k)
        todo += children[k]
    return out


def _ordered(words: list[Word], order: list[int]) -> list[Word] | None:
    """Copies of the words in another order, the others left out; None where a head would be left out."""
    place = {old: new for new, old in enumerate(order)}
    if any(words[old].head not in place for old in order):
        return None
    return [replace(words[old], head=place[words[old].head]) for old in order]


def _insert(words: list[Word], at: int, word: Word) -> None:
    """Insert a word whose head counts after the insertion; the other heads are shifted."""
    for other in words:
        if other.head >= at:
            other.head += 1
    words.insert(at, word)


def trailing_attribution(sentence: Sentence, rng: Random) -> Sentence | None:
    """`X said (that) S.` as `S, X said.` or `S, said X.`; None where the sentence is none of that form."""
    words = sentence.words
    parts = _attribution(words)
    if parts is None:
        return None
    root, subject, clause = parts
    before = [i for i in range(clause[0]) if not (words[i].head == root and words[i].dep in ("punct", "cc"))]
    complement = next(i for i in clause if words[i].head == root)
    that = words[clause[0]]
    body = (
        clause[1:]
        if that.head == complement and that.dep == "mark" and that.form.lower() == "that"
        else clause
    )
    if len(body) < 4 or not before or not set(before) >= subtree(words, subject) | {root}:
        return None
    out = _ordered(words, [*body, *before, len(words) - 1])
    if out is None:
        return None
    n = len(body)
    short = len(subtree(words, subject)) <= 6 and words[subject].upos in ("PROPN", "NOUN")
    alone = before == [*sorted(subtree(words, subject)), root]
    inverted = short and alone and rng.random() < 0.4
    out[n - 1].space = True
    out[0].form = out[0].form[0].upper() + out[0].form[1:] if out[0].form[0].islower() else out[0].form
    first = out[n]
    if first.form[0].isupper() and first.upos not in ("PROPN", "NOUN") and first.form != "I":
        first.form = first.form[0].lower() + first.form[1:]
    verb = next(i for i, word in enumerate(out) if word.dep == "ROOT")
    if inverted:
        swapped = _ordered(out, [*range(n), verb, *(i for i in range(n, len(out)) if i != verb)])
        assert swapped is not None
        out, verb = swapped, n
    out[n - 1].space = out[-2].space = False
    _insert(out, n, Word(",", ",", "PUNCT", ",", "", verb + 1, "punct"))
    for i in range(n + 1, len(out) - 2):
        if out[i].form.isalpha() and out[i + 1].form.isalpha():
            out[i].space = True
    return replace(sentence, words=out)


def _attribution(words: list[Word]) -> tuple[int, int, list[int]] | None:
    """Verb, subject and words of the statement, where a sentence is a subject, a verb of saying and one clause up to the stop."""
    root = next((i for i, word in enumerate(words) if word.dep == "ROOT"), None)
    if root is None or words[root].upos != "VERB" or words[root].lemma not in column("saying_verbs"):
        return None
    finite = "VerbForm=Fin" in words[root].feats or any(w.head == root and w.dep == "aux" for w in words)
    children = [i for i, word in enumerate(words) if word.head == root and i != root]
    clauses = [i for i in children if words[i].dep == "ccomp" and i > root]
    subjects = [i for i in children if words[i].dep == "nsubj" and i < root]
    stop = words[-1].form in ".!" and words[-1].head == root
    if not finite or not stop or len(clauses) != 1 or len(subjects) != 1:
        return None
    if any(word.form in _QUOTES for word in words) or words[subjects[0]].xpos in ("WP", "WDT", "EX"):
        return None
    clause = sorted(subtree(words, clauses[0]))
    return (root, subjects[0], clause) if clause == list(range(clause[0], len(words) - 1)) else None


def weekday(sentence: Sentence, rng: Random) -> Sentence | None:
    """`She said` as `She said Wednesday`: a bare day after the first past verb that has a subject and no object."""
    words = sentence.words
    for i, word in enumerate(words[:-1]):
        if word.upos != "VERB" or word.xpos not in ("VBD", "VBN") or "Tense=Past" not in word.feats:
            continue
        if not word.space or word.lemma in ("be", "have"):
            continue
        below = [(j, other.dep) for j, other in enumerate(words) if other.head == i]
        objects = ("obj", "iobj", "xcomp", "compound:prt", "obl:unmarked")
        if any(dep.startswith("nsubj") and j < i for j, dep in below) and not any(
            dep in objects for _, dep in below
        ):
            day = rng.choice(_DAYS)
            out = [replace(other) for other in words]
            _insert(out, i + 1, Word(day, day, "PROPN", "NNP", "Number=Sing", i, "obl:unmarked"))
            return replace(sentence, words=out)
    return None


def bare_number(sentence: Sentence) -> Sentence | None:
    """`killed 12 people` as `killed 12`: a number that alone counts a subject or object of people takes its place."""
    words = sentence.words
    for i, word in enumerate(words):
        below = [j for j, other in enumerate(words) if other.head == i and j != i]
        if word.lemma.lower() not in _COUNTED or word.dep not in ("obj", "nsubj", "nsubj:pass", "conj"):
            continue
        if below == [i - 1] and words[i - 1].dep == "nummod":
            number = replace(words[i - 1], head=word.head, dep=word.dep, space=word.space)
            out = [*words[: i - 1], number, *words[i + 1 :]]
            return replace(
                sentence,
                words=[replace(w, head=w.head - (w.head >= i)) for w in out],
            )
    return None


def heading(sentence: Sentence, rng: Random) -> Sentence | None:
    """A short sentence as a heading: no final stop, three in four in title case."""
    words = sentence.words
    last = len(words) - 1
    odd = any(word.upos in ("X", "SYM") or word.form in ('"', "“", "”") for word in words)
    if not 4 <= len(words) <= 14 or words[-1].form != "." or any(word.head == last for word in words) or odd:
        return None
    out = [replace(word) for word in words[:-1]]
    title = rng.random() >= 0.25
    for k, word in enumerate(out):
        if not title:
            continue
        capital = k == 0 or word.upos not in _SMALL or rng.random() < 0.15
        own = k == 0 or out[k - 1].space or out[k - 1].form == "-"
        if capital and own and word.form[0].isalpha() and word.form != "n't":
            word.form = word.form[0].upper() + word.form[1:]
    out[-1].space = True
    return replace(sentence, words=out)
