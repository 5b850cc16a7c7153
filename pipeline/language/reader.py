"""The pipeline component that reads a text with the network and writes everything that it says into spaCy's document."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.lang.en import English
from spacy.language import Language
from spacy.parts_of_speech import IDS as UPOS_IDS
from spacy.tokens import Doc, Token
from spacy.util import SimpleFrozenList
from spacy.vocab import Vocab

from pipeline.language import decode
from pipeline.language.labels import Labels, apply_edit
from pipeline.language.network import NETWORK, RELATIONS, Network, Reading
from pipeline.language.pieces import Splitter

LABELS, PIECES = "labels.json", "tokenizer.json"
WINDOW_PIECES = 230
"""Word pieces that are read at once; the network was trained on texts up to this length."""

VECTOR = 384
"""Numbers of a word's vector."""

_ATTRS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_OUTSIDE, _INSIDE, _BEGIN = 2, 1, 3


@dataclass(slots=True)
class Words:
    """What is known of a run of words; heads are places in the run, a root's is its own."""

    upos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[decode.Name] = field(default_factory=list)
    vectors: list[NDArray[np.float32]] = field(default_factory=list)

    def add(self, other: "Words") -> None:
        """Put another run behind this one."""
        n = len(self.upos)
        for name in ("upos", "tags", "feats", "lemmas", "relations", "vectors"):
            getattr(self, name).extend(getattr(other, name))
        self.heads += [head + n for head in other.heads]
        self.names += [(start + n, end + n, label) for start, end, label in other.names]


class EncoderReader:
    """Sets tags, parts of speech, features, lemmas, sentences, trees, names, and the vectors of words as `doc.tensor`.

    Starts of sentences that are set before (True or False) are kept.
    """

    def __init__(self, vocab: Vocab, name: str) -> None:
        """`vocab` of the pipeline that the component belongs to."""
        self.vocab, self.name = vocab, name
        self.read: WordReader | None = None
        self.folder: Path | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Relations and labels of names."""
        return self.read.known if self.read else ()

    def __call__(self, doc: Doc) -> Doc:
        """Read a text."""
        if self.read is None:
            raise ValueError("The reader has no network yet: load it from a model's folder.")
        tokens = [token for token in doc if not token.is_space]
        words = self.read(
            [token.text for token in tokens],
            [bool(token.whitespace_) or doc[token.i + 1 : token.i + 2].text.isspace() for token in tokens],
            [token.is_sent_start for token in tokens],
        )
        return _write(doc, tokens, words)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Copy the model's files."""
        if self.folder is None:
            raise ValueError("The reader has no network yet: there is nothing to save.")
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in (LABELS, PIECES, NETWORK, RELATIONS):
            shutil.copyfile(self.folder / name, Path(path) / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> "EncoderReader":
        """Load the network."""
        self.folder = Path(path)
        self.read = WordReader(
            Labels.load(self.folder / LABELS), Splitter(self.folder / PIECES), Network(self.folder)
        )
        return self


@English.factory("encoder_reader", assigns=["token.tag", "token.dep", "doc.ents", "doc.tensor"])
def make_encoder_reader(nlp: Language, name: str) -> EncoderReader:
    """The component, without its network yet."""
    return EncoderReader(nlp.vocab, name)


class WordReader:
    """Words in, all labels out."""

    def __init__(self, labels: Labels, splitter: Splitter, network: Network) -> None:
        """Join what a model's folder holds."""
        self.labels, self.splitter, self.network = labels, splitter, network
        self.known = (
            *self.labels.relations,
            *sorted({name[2:] for name in self.labels.names if name != "O"}),
        )
        self.root = self.labels.relations.index("ROOT")

    def __call__(self, words: Sequence[str], spaces: Sequence[bool], starts: Sequence[bool | None]) -> Words:
        """Read window after window; the next one begins with the last sentence of a window that ends inside the text."""
        out, start = Words(), 0
        while start < len(words):
            end = self._reach(words, start)
            reading = self.network.read(self.splitter(words[start:end], spaces[start:end]))
            first = sentence_starts(reading.starts, starts[start:end])
            if end < len(words):
                end = start + window_end(first, end - start)
                first = [i for i in first if i < end - start]
            out.add(self._words(words[start:end], reading, first))
            start = end
        return out

    def _reach(self, words: Sequence[str], start: int) -> int:
        """The word before which a window that begins with `start` is full; at least one word fits."""
        pieces, end = 0, start
        while end < len(words):
            pieces += len(self.splitter.word(words[end]))
            if pieces > WINDOW_PIECES and end > start:
                break
            end += 1
        return end

    def _words(self, words: Sequence[str], reading: Reading, first: list[int]) -> Words:
        """Decide on the first words of a reading; sentences start at `first`."""
        labels, n = self.labels, len(words)
        found = decode.names(reading.names[:n])
        inside = {i for start, end, _ in found for i in range(start + 1, end)}
        first = [i for i in first if i not in inside]
        heads = np.zeros(n, dtype=np.int64)
        for start, end in zip(first, [*first[1:], n], strict=True):
            columns = [0, *range(start + 1, end + 1)]
            tree = decode.best_tree(reading.arcs[start:end][:, columns])
            heads[start:end] = [head + start if head else 0 for head in tree]
        scores = self.network.relations(reading.vectors[:n], heads)
        scores[:, self.root] = np.where(heads == 0, np.inf, -np.inf)
        return Words(
            upos=[labels.upos[i] for i in reading.upos[:n].argmax(axis=1)],
            tags=[labels.tags[i] for i in reading.tags[:n].argmax(axis=1)],
            feats=[labels.feats[i] for i in reading.feats[:n].argmax(axis=1)],
            lemmas=[self._lemma(word, row) for word, row in zip(words, reading.lemmas, strict=False)],
            heads=[int(head) - 1 if head else i for i, head in enumerate(heads)],
            relations=[labels.relations[i] for i in scores.argmax(axis=1)],
            names=found,
            vectors=list(reading.vectors[:n]),
        )

    def _lemma(self, word: str, scores: NDArray[np.float32]) -> str:
        """What the best edit that fits the word makes of it."""
        lemma = apply_edit(word, self.labels.lemmas[scores.argmax()])
        if lemma is None:
            made = (apply_edit(word, self.labels.lemmas[i]) for i in np.argsort(-scores, kind="stable"))
            lemma = next((lemma for lemma in made if lemma), word)
        return lemma


def sentence_starts(scores: NDArray[np.float32], known: Sequence[bool | None]) -> list[int]:
    """The words that start a sentence: the first one, those set so before, and those that the network says, unless set otherwise."""
    says = scores > 0
    return [i for i in range(len(known)) if i == 0 or (bool(says[i]) if known[i] is None else known[i])]


def window_end(first: Sequence[int], length: int) -> int:
    """Where to end a window that the text goes beyond: before its last sentence, if that leaves a quarter of it; else at its end."""
    return first[-1] if first[-1] >= max(1, length // 4) else length


def _write(doc: Doc, tokens: Sequence[Token], words: Words) -> Doc:
    """Set the annotation of all tokens; blank ones hang on the word before them, or after them at the start."""
    n = len(doc)
    doc.tensor = np.zeros((n, VECTOR), dtype=np.float32)
    if not n:
        return doc
    places = [token.i for token in tokens]
    values = np.zeros((n, len(_ATTRS)), dtype=np.uint64)
    strings = doc.vocab.strings
    values[:, 0], values[:, 1] = strings.add("_SP"), UPOS_IDS["SPACE"]
    values[:, 2] = doc.vocab.morphology.add("")
    values[:, 3], values[:, 5] = [token.orth for token in doc], strings.add("dep")
    values[:, 6] = _OUTSIDE
    heads = _blanks(n, places)
    if places:
        doc.tensor[places] = np.stack(words.vectors)
        values[places, 0] = [strings.add(tag) for tag in words.tags]
        values[places, 1] = [UPOS_IDS[upos] for upos in words.upos]
        values[places, 2] = [doc.vocab.morphology.add(feats) for feats in words.feats]
        values[places, 3] = [strings.add(lemma) for lemma in words.lemmas]
        values[places, 5] = [strings.add(relation) for relation in words.relations]
        for place, head in zip(places, words.heads, strict=True):
            heads[place] = places[head]
    else:
        values[0, 5] = strings.add("ROOT")
    for start, end, label in words.names:
        span = slice(places[start], places[end - 1] + 1)
        values[span, 6], values[span, 7] = _INSIDE, strings.add(label)
        values[places[start], 6] = _BEGIN
    values[:, 4] = np.array([head - i for i, head in enumerate(heads)], dtype=np.int64).view(np.uint64)
    return doc.from_array(_ATTRS, values)  # type: ignore[arg-type]  # its stub says floats


def _blanks(n: int, places: Sequence[int]) -> list[int]:
    """A head for each token as if it were blank: the word before it, the first word, or the first token where there is no word."""
    first = places[0] if places else 0
    heads, last = [], first
    words: Iterator[int] = iter(places)
    following = next(words, n)
    for i in range(n):
        if i == following:
            last, following = i, next(words, n)
        heads.append(last)
    return heads
