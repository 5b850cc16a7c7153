"""The pipeline component that reads a text with the network and writes everything that it says into spaCy's document."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lang.en import English
from spacy.language import Language
from spacy.parts_of_speech import IDS as UPOS_IDS
from spacy.tokens import Doc, Token
from spacy.util import SimpleFrozenList, minibatch
from spacy.vocab import Vocab

from pipeline.language import decode
from pipeline.language.labels import Labels, apply_edit
from pipeline.language.network import FILES, Network, Numbers, Reading, Scores
from pipeline.language.pieces import Splitter

LABELS, PIECES = "labels.json", "tokenizer.json"
WINDOW_PIECES = 230
"""Word pieces that are read at once; the network was trained on texts up to this length."""

VECTOR = 384
"""Numbers of a word's vector."""

_ATTRS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_OUTSIDE, _INSIDE, _BEGIN = 2, 1, 3


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the tokenizer cuts them, which of them have a blank behind them, and where sentences start, as far as that is set."""

    words: list[str]
    spaces: list[bool]
    starts: list[bool | None]

    def part(self, start: int, end: int) -> "Text":
        """The words from one place up to another."""
        return Text(self.words[start:end], self.spaces[start:end], self.starts[start:end])


@dataclass(slots=True)
class Words:
    """What is known of a run of words: numbers of labels; heads are places in the run, a root's is its own."""

    upos: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    feats: list[int] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
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
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read texts, so many at once; of each the same is said as of it alone."""
        if self.read is None:
            raise ValueError("The reader has no network yet: load it from a model's folder.")
        known = _known(self.vocab, self.read.labels)
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            tokens = [[token for token in doc if not token.is_space] for doc in docs]
            texts = [text_of(doc, some) for doc, some in zip(docs, tokens, strict=True)]
            for doc, some, words in zip(docs, tokens, self.read(texts), strict=True):
                yield _write(doc, some, words, known)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Copy the model's files."""
        if self.folder is None:
            raise ValueError("The reader has no network yet: there is nothing to save.")
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in (LABELS, PIECES, *FILES):
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

    def __call__(self, texts: Sequence[Text]) -> list[Words]:
        """Read texts, of each a window and then the next, which begins with the last sentence of the window before it."""
        out = [Words() for _ in texts]
        waiting = [n for n, text in enumerate(texts) if text.words]
        while waiting:
            begins = [len(out[n].upos) for n in waiting]
            windows = [self._window(texts[n], start) for n, start in zip(waiting, begins, strict=True)]
            more = [
                start + len(window.words) < len(texts[n].words)
                for n, start, window in zip(waiting, begins, windows, strict=True)
            ]
            for n, words in zip(waiting, self._read(windows, more), strict=True):
                out[n].add(words)
            waiting = [n for n in waiting if len(out[n].upos) < len(texts[n].words)]
        return out

    def _window(self, text: Text, start: int) -> Text:
        """The words from `start` on that fit into a window; at least one."""
        pieces, end = 0, start
        while end < len(text.words):
            pieces += len(self.splitter.word(text.words[end]))
            if pieces > WINDOW_PIECES and end > start:
                break
            end += 1
        return text.part(start, end)

    def _read(self, windows: Sequence[Text], more: Sequence[bool]) -> list[Words]:
        """Decide on the words of windows, or on their first ones where the text goes on behind them."""
        readings = self.network.read([self.splitter(window.words, window.spaces) for window in windows])
        cut = [_cut(*each) for each in zip(windows, readings, more, strict=True)]
        names = [decode.names(reading.names[:n]) for reading, (n, _) in zip(readings, cut, strict=True)]
        heads = [
            _heads(reading, n, _apart(first, found))
            for reading, (n, first), found in zip(readings, cut, names, strict=True)
        ]
        vectors = [reading.vectors[: len(own)] for reading, own in zip(readings, heads, strict=True)]
        scores = self.network.relations(vectors, heads)
        return [self._words(*each) for each in zip(windows, readings, names, heads, scores, strict=True)]

    def _words(
        self,
        window: Text,
        reading: Reading,
        names: list[decode.Name],
        heads: Numbers,
        scores: Scores,
    ) -> Words:
        """What is decided on the first words of a window, as many as have heads."""
        n = len(heads)
        scores[:, self.root] = np.where(heads == 0, np.inf, -np.inf)
        return Words(
            upos=reading.upos[:n].argmax(axis=1).tolist(),
            tags=reading.tags[:n].argmax(axis=1).tolist(),
            feats=reading.feats[:n].argmax(axis=1).tolist(),
            lemmas=self._lemmas(window.words[:n], reading.lemmas[:n]),
            heads=[head - 1 if head else i for i, head in enumerate(heads.tolist())],
            relations=scores.argmax(axis=1).tolist(),
            names=names,
            vectors=list(reading.vectors[:n]),
        )

    def _lemmas(self, words: Sequence[str], scores: Scores) -> list[str]:
        """What the best edit that fits each word makes of it."""
        edits = self.labels.lemmas
        out = [
            apply_edit(word, edits[i]) for word, i in zip(words, scores.argmax(axis=1).tolist(), strict=True)
        ]
        for n, lemma in enumerate(out):
            if lemma is None:
                made = (apply_edit(words[n], edits[i]) for i in np.argsort(-scores[n], kind="stable"))
                out[n] = next((other for other in made if other), words[n])
        return [lemma or word for lemma, word in zip(out, words, strict=True)]


def _cut(window: Text, reading: Reading, more: bool) -> tuple[int, list[int]]:
    """How many words of a window are decided on, and which of them start a sentence; `more`: the text goes on behind it."""
    first = sentence_starts(reading.starts, window.starts)
    if not more:
        return len(window.words), first
    end = window_end(first, len(window.words))
    return end, [i for i in first if i < end]


def _apart(first: Sequence[int], names: Sequence[decode.Name]) -> list[int]:
    """The starts of sentences that do not stand inside a name."""
    inside = {i for start, end, _ in names for i in range(start + 1, end)}
    return [i for i in first if i not in inside]


def _heads(reading: Reading, n: int, first: Sequence[int]) -> Numbers:
    """The head of each of the first `n` words (0: the root, i: the word i - 1): a tree for each sentence."""
    heads = np.zeros(n, dtype=np.int64)
    for start, end in pairwise([*first, n]):
        tree = np.array(decode.best_tree(reading.arcs(start, end)))
        heads[start:end] = np.where(tree > 0, tree + start, 0)
    return heads


def sentence_starts(scores: NDArray[np.float32], known: Sequence[bool | None]) -> list[int]:
    """The words that start a sentence: the first one, those set so before, and those that the network says, unless set otherwise."""
    says = scores > 0
    return [i for i in range(len(known)) if i == 0 or (bool(says[i]) if known[i] is None else known[i])]


def window_end(first: Sequence[int], length: int) -> int:
    """Where to end a window that the text goes beyond: before its last sentence, if that leaves a quarter of it; else at its end."""
    return first[-1] if first[-1] >= max(1, length // 4) else length


def text_of(doc: Doc, tokens: Sequence[Token]) -> Text:
    """What a network is told of a document's tokens that are not blank."""
    words = [token.text for token in doc]
    return Text(
        [words[token.i] for token in tokens],
        [bool(token.whitespace_) or "".join(words[token.i + 1 : token.i + 2]).isspace() for token in tokens],
        [token.is_sent_start for token in tokens],
    )


Known = dict[str, NDArray[np.uint64]]
"""The values by which spaCy knows each label of each set."""


def _known(vocab: Vocab, labels: Labels) -> Known:
    """Make a vocabulary know the labels."""
    values = {
        "upos": [UPOS_IDS[label] for label in labels.upos],
        "tags": [vocab.strings.add(label) for label in labels.tags],
        "feats": [vocab.morphology.add(label) for label in labels.feats],
        "relations": [vocab.strings.add(label) for label in labels.relations],
    }
    return {name: np.array(some, dtype=np.uint64) for name, some in values.items()}


def _write(doc: Doc, tokens: Sequence[Token], words: Words, known: Known) -> Doc:
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
    values[:, 3], values[:, 5] = doc.to_array(ORTH), strings.add("dep")
    values[:, 6] = _OUTSIDE
    heads = _blanks(n, places)
    if places:
        doc.tensor[places] = np.stack(words.vectors)
        values[places, 0] = known["tags"][words.tags]
        values[places, 1] = known["upos"][words.upos]
        values[places, 2] = known["feats"][words.feats]
        values[places, 3] = [strings.add(lemma) for lemma in words.lemmas]
        values[places, 5] = known["relations"][words.relations]
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
