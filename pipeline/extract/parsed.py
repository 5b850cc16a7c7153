"""An article after parsing: one spaCy Doc over all its blocks, and the way back to the article's characters."""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.extract.unread import Unread, unread
from pipeline.read.article import Article, Block, BlockKind

if TYPE_CHECKING:
    from pipeline.extract.joint import Joint


class Place(TypedDict):
    """The columns that every row of an extracted table shares."""

    doc_id: str
    published_on: date | None
    sentence_id: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence, heading or credit line: its tokens and its characters (blank space trimmed)."""

    sentence_id: str
    kind: BlockKind
    position: int
    paragraph: int
    start: int
    end: int
    span: Span


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence that is none of prose in the reader's language: nothing but its place is known."""

    sentence_id: str
    kind: BlockKind
    position: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class ParsedArticle:
    """An article, its tokens (`doc`, all that is read of it) and the sentences that they make.

    `token.idx` counts within `doc`, never within the article: use `start`, `end` and `offsets`.
    """

    article: Article
    doc: Doc
    starts: list[int]
    """The character of the article's text at which each token starts."""
    sentences: list[ParsedSentence]
    unread: Unread = field(default_factory=Unread)
    unread_sentences: list[UnreadSentence] = field(default_factory=list)
    _sentence_starts: list[int] = field(init=False, repr=False)
    _sentence_of: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Build the look-ups from characters and tokens to sentences."""
        object.__setattr__(self, "_sentence_starts", [s.start for s in self.sentences])
        owner = [0] * len(self.doc)
        for n, sentence in enumerate(self.sentences):
            for i in range(sentence.span.start, sentence.span.end):
                owner[i] = n
        object.__setattr__(self, "_sentence_of", owner)

    @cached_property
    def words(self) -> list[str]:
        """Each token as it is written: a list is asked many times quicker than the Doc."""
        return [token.text for token in self.doc]

    @cached_property
    def lower(self) -> list[str]:
        """Each token in small letters."""
        return [token.lower_ for token in self.doc]

    @cached_property
    def flat(self) -> str:
        """The article's text, same offsets, with plain spaces."""
        return self.article.text.translate({0x0A: " ", 0x0D: " ", 0x09: " ", 0xA0: " ", 0x202F: " "})

    def written(self, fits: Callable[[str], object], *, first: int = 0, behind: int = 0) -> Iterator[Token]:
        """The tokens whose words fit, from the `first` one on, each with at least so many `behind` it."""
        words = self.words[: len(self.words) - behind]
        return (self.doc[i] for i, word in enumerate(words) if i >= first and fits(word))

    @cached_property
    def joint(self) -> "Joint":
        """What the network over the whole article says of its tokens."""
        from pipeline.extract.joint import read_jointly

        return read_jointly(self.doc, [sentence.span.start for sentence in self.sentences])

    @property
    def every_sentence(self) -> list[ParsedSentence | UnreadSentence]:
        """Those that are read and those that are not, in order."""
        return sorted([*self.sentences, *self.unread_sentences], key=lambda s: s.position)

    def start(self, token: Token) -> int:
        """First character of a token in the article's text."""
        return self.starts[token.i]

    def end(self, token: Token) -> int:
        """Character after a token's last one."""
        return self.starts[token.i] + len(token)

    def offsets(self, span: Span) -> tuple[int, int]:
        """First character of a span of tokens, and the one after its last."""
        return self.start(span[0]), self.end(span[-1])

    def token_at(self, char: int) -> Token | None:
        """The token that covers a character, or the next one after it; None past the last token."""
        i = bisect.bisect_right(self.starts, char) - 1
        if i < 0 or self.end(self.doc[i]) <= char:
            i += 1
        return self.doc[i] if i < len(self.doc) else None

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """The tokens that overlap characters `start` to `end`."""
        token = self.token_at(start)
        out: list[Token] = []
        while token is not None and self.start(token) < end:
            out.append(token)
            token = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return out

    def sentence_of(self, token: Token) -> ParsedSentence:
        """The sentence that a token stands in."""
        return self.sentences[self._sentence_of[token.i]]

    def sentence_at(self, char: int) -> ParsedSentence | None:
        """The last sentence that starts at or before a character (the first one where none does)."""
        if not self.sentences:
            return None
        return self.sentences[max(0, bisect.bisect_right(self._sentence_starts, char) - 1)]

    def place(self, start: int, end: int) -> Place:
        """The shared columns of a row over characters `start` to `end`."""
        sentence = self.sentence_at(start)
        article = self.article
        return Place(
            doc_id=article.doc_id,
            published_on=article.published_on,
            sentence_id=sentence.sentence_id if sentence else None,
            start=start,
            end=end,
            text=article.text[start:end],
        )

    def sentence_text(self, start: int) -> str:
        """The whole sentence at a character, for a row's `sentence` column."""
        sentence = self.sentence_at(start)
        return self.article.text[sentence.start : sentence.end] if sentence else ""

    def key(self, noun: str, start: int, taken: set[str]) -> str:
        """A key for a row of this article, the same in every run: where it starts, numbered where several do.

        `taken` holds the keys given so far and gets the new one.
        """
        key = first = f"{self.article.doc_id}#{noun}{self.article.place(start, start)[0]}"
        n = 1
        while key in taken:
            n += 1
            key = f"{first}.{n}"
        taken.add(key)
        return key


_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000", " "))
"""Blank space that the tokenizer would take for words; a character each, so that offsets stay."""

_REFERENCE = re.compile(r"(?<=\S)\[(?:\d{1,3}|note \d{1,2}|citation needed)\]")
"""A mark that refers to a note: "said,[12]"."""

_END = re.compile(r"(?<=\w\w\w)[.?!…][\"'”’)\]]* ")

_STOP = re.compile(r"[.?!…؟۔।。！？][\"'”’»)\]]*(?:\s+|(?<=[。！？]))")
"""What ends a sentence of any language."""

MAX_CHUNK = 2_000
"""Characters parsed at once: bounds memory on a line of a million characters."""
MAX_SENTENCE = 600
"""Characters of a sentence where nothing ends one for longer than that twice over: rows of numbers or names are no prose."""


def _chunks(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a block into pieces of at most MAX_CHUNK characters, at a sentence's end; where there is none, at blank space."""
    start = block.start
    while block.end - start > MAX_SENTENCE:
        window = text[start : min(block.end, start + MAX_CHUNK)]
        ends = [found.end() for found in _END.finditer(window)]
        gap = next((a for a, b in pairwise([0, *ends, len(window)]) if b - a > 2 * MAX_SENTENCE), None)
        if gap is not None and gap > 0:
            cut = gap
        elif gap is not None:
            cut = window.rfind(" ", MAX_SENTENCE // 2, MAX_SENTENCE) + 1 or MAX_SENTENCE
        elif len(window) == block.end - start:
            break
        else:
            cut = ends[-1]
        yield start, start + cut
        start += cut
    if start < block.end:
        yield start, block.end


@dataclass(slots=True)
class _Pieces:
    """An article in pieces: each with its block, where it starts, and whether it is read."""

    article: Article
    unread: Unread
    pieces: list[tuple[Block, int, int]]
    docs: list[Doc] = field(default_factory=list)

    @property
    def read(self) -> list[tuple[Block, int, int]]:
        return [piece for n, piece in enumerate(self.pieces) if n not in self.unread.pieces]


def parse(articles: Iterable[Article], nlp: Language, *, batch_size: int = 64) -> Iterator[ParsedArticle]:
    """Parse articles block by block, many blocks at once; yields them in their order.

    `nlp` is any spaCy pipeline with Universal Dependencies labels. What is not to be read is never handed to it.
    """
    pending: list[_Pieces] = []

    def pieces() -> Iterator[tuple[str, None]]:
        for article in articles:
            cuts = [(b, s, e) for b in article.blocks for s, e in _chunks(article.text, b)]
            pending.append(_Pieces(article, unread(article, cuts, nlp.lang or ""), cuts))
            for _, s, e in pending[-1].read:
                yield _plain(article.text[s:e]), None

    for doc, _ in nlp.pipe(pieces(), as_tuples=True, batch_size=batch_size):
        while len(pending[0].docs) == len(pending[0].read):
            yield _assemble(pending.pop(0), nlp)
        pending[0].docs.append(doc)
    for one in pending:
        yield _assemble(one, nlp)


def _plain(text: str) -> str:
    """A text as it is read, as long as it was: plain spaces, and blanks for marks that refer to notes."""
    return _REFERENCE.sub(lambda mark: " " * len(mark[0]), text.translate(_BLANKS))


def _assemble(cut: _Pieces, nlp: Language) -> ParsedArticle:
    """Join the parsed pieces of an article into one Doc. A heading or credit is one sentence, whatever the parse says."""
    article = cut.article
    whole = Doc.from_docs(cut.docs, ensure_whitespace=False) if cut.docs else None
    if whole is None:
        whole = nlp.make_doc("")
    docs = iter(cut.docs)
    starts: list[int] = []
    sentences: list[ParsedSentence] = []
    passed: list[UnreadSentence] = []

    def common(block: Block, start: int, end: int) -> dict[str, Any]:
        position = len(sentences) + len(passed)
        return {
            "sentence_id": f"{article.doc_id}#sentence{position}",
            "kind": block.kind,
            "position": position,
            "paragraph": block.paragraph,
            "start": start,
            "end": end,
        }

    for n, (block, offset, end) in enumerate(cut.pieces):
        if n in cut.unread.pieces:
            for start, stop in _plain_sentences(article.text, block, offset, end):
                passed.append(UnreadSentence(**common(block, start, stop)))
            continue
        doc, base = next(docs), len(starts)
        starts.extend(offset + token.idx for token in doc)
        for span in doc.sents if block.kind == "body" else [doc[:]]:
            words = [t for t in span if not t.is_space]
            if words:
                start, last = starts[base + words[0].i], words[-1]
                place = common(block, start, starts[base + last.i] + len(last.text))
                sentences.append(ParsedSentence(**place, span=whole[base + span.start : base + span.end]))
    return ParsedArticle(_read_blocks(cut), whole, starts, sentences, cut.unread, passed)


def _read_blocks(cut: _Pieces) -> Article:
    """The article with what is read of its blocks as its blocks, for those who look at its characters."""
    if not cut.unread.pieces:
        return cut.article
    blocks: list[Block] = []
    for block, start, end in cut.read:
        if (
            blocks
            and blocks[-1].end == start
            and blocks[-1].paragraph == block.paragraph
            and start > block.start
        ):
            blocks[-1] = replace(blocks[-1], end=end)
        else:
            blocks.append(replace(block, start=start, end=end))
    return replace(cut.article, blocks=tuple(blocks))


def _plain_sentences(text: str, block: Block, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a piece that is not read begin and end: behind a stop that blank space follows."""
    ends = [found.end() for found in _STOP.finditer(text, start, end)] if block.kind == "body" else []
    for a, b in pairwise([start, *ends, end]):
        words = text[a:b].strip()
        if words:
            first = text.index(words, a)
            yield first, first + len(words)
