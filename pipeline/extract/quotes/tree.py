"""The parse as plain lists, and spans of characters from sets of tokens."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.parsed import ParsedArticle

PUNCTUATION = frozenset({"PUNCT", "SPACE", "SYM"})


@dataclass(slots=True)
class Tree:
    """Columns over the tokens of an article: index of the head, label, tags, lower-case words, characters."""

    head: list[int]
    dep: list[str]
    tag: list[str]
    pos: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    children: list[list[int]]
    sentence: list[int]
    """Number of the sentence of each token."""
    quotation: list[int] = field(default_factory=list)
    """Number of the quotation that a token stands in, -1 outside."""

    def subtree(self, i: int, without: Collection[int] = ()) -> list[int]:
        """A token and all below it, in order; branches headed by `without` are left out."""
        todo, found = [i], []
        sentence = self.sentence[i]
        while todo:
            j = todo.pop()
            found.append(j)
            todo.extend(c for c in self.children[j] if c not in without and self.sentence[c] == sentence)
        return sorted(found)

    def split_before(self, starts: Collection[int], capital: Collection[int]) -> None:
        """End a sentence at each final stop that a quotation follows: characters at which quotations start.

        A stop that belongs to a word ("a.m.") ends it before a quotation with a `capital`.
        """
        added = 0
        for i in range(len(self.sentence)):
            self.sentence[i] += added
            after = self.start[i + 1] if i + 1 < len(self.start) else -1
            if after not in starts or self.quotation[i] >= 0:
                continue
            word = self.lower[i]
            if word in (".", "!", "?") or (word.endswith(".") and after in capital):
                added += 1

    def child(self, i: int, *labels: str) -> int | None:
        """The first child with one of the labels."""
        return next((c for c in self.children[i] if self.dep[c] in labels), None)

    def is_word(self, i: int) -> bool:
        """Neither punctuation nor space."""
        return self.pos[i] not in PUNCTUATION


def build(parsed: ParsedArticle) -> Tree:
    """Read the parse once into lists. A head outside the token's sentence counts as none."""
    doc = parsed.doc
    n = len(doc)
    sentence = [0] * n
    for number, s in enumerate(parsed.sentences):
        for i in range(s.span.start, s.span.end):
            sentence[i] = number
    tokens = list(doc)
    head = [t.head.i for t in tokens]
    head = [h if sentence[h] == sentence[i] else i for i, h in enumerate(head)]
    children: list[list[int]] = [[] for _ in range(n)]
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
    read = [(t.dep_, t.tag_, "SPACE" if t.is_space else t.pos_, _word(t.lower_), len(t)) for t in tokens]
    dep, tag, pos, lower, length = map(list, zip(*read, strict=True)) if read else ([], [], [], [], [])
    _names_read_as_verbs(tokens, sentence, tag, pos)
    return Tree(
        head=head,
        dep=dep,
        tag=tag,
        pos=pos,
        lower=lower,
        start=parsed.starts,
        end=[s + n for s, n in zip(parsed.starts, length, strict=True)],
        children=children,
        sentence=sentence,
    )


def _word(lower: str) -> str:
    """A token's letters with a plain apostrophe; the colon of one behind a bracket."""
    return ":" if lower == "):" else lower.replace("’", "'")


def _names_read_as_verbs(tokens: list[Token], sentence: list[int], tag: list[str], pos: list[str]) -> None:
    """Mark verbs with a capital behind a name as names ("Omar Said told radio"), where not all of the line has capitals."""
    for i in range(1, len(tokens)):
        token, before = tokens[i], tokens[i - 1]
        if pos[i] == "SYM" and token.text.isalpha() and token.text.isupper():
            tag[i], pos[i] = "NNP", "PROPN"  # the company X
        if pos[i] != "VERB" or not token.text[0].isupper() or token.text.isupper():
            continue
        if sentence[i] == sentence[i - 1] and pos[i - 1] == "PROPN" and before.text[0].isupper():
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if following is None or not following.text[:1].isupper():
                tag[i], pos[i] = "NNP", "PROPN"


def spans_of(tree: Tree, tokens: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of characters over tokens: runs without a gap of words, punctuation trimmed at both ends of each but a bracket that closes."""
    spans: list[tuple[int, int]] = []
    first = last = -1
    opened = 0
    for i in tokens:
        if first >= 0 and tree.lower[i] == "(":
            opened += 1
        closes = tree.lower[i] == ")" and opened > 0 and i == last + 1
        opened -= int(closes)
        if not tree.is_word(i) and tree.tag[i] not in ("$", "#") and tree.lower[i] != "%" and not closes:
            continue
        if first < 0:
            first = last = i
        elif i == last + 1 or not any(tree.is_word(j) for j in range(last + 1, i)):
            last = i
        else:
            spans.append((tree.start[first], tree.end[last]))
            first = last = i
            opened = 0
    if first >= 0:
        spans.append((tree.start[first], tree.end[last]))
    return spans
