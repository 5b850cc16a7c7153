"""Headings in title case ("Court Blocks New Tax"), read as the sentence they stand for ("Court blocks new tax").

A tagger takes every capital for a name. Words that running text writes in lower case are put in lower case, the result is parsed, and
the annotation goes back to the heading's own words.
"""

from collections.abc import Iterable
from pathlib import Path

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.lang.en import English
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList

TABLE = "written_in_lower_case"
_ATTRS = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_MIN_WORDS, _MAX_WORDS = 4, 30
_CAPITALS = 0.8
"""Share of the words of four letters and more that are capitalised in title case; short ones often are not."""


class TitleCase:
    """Parses texts in title case or capitals once more, in lower case; stands last in the pipeline."""

    def __init__(self, nlp: Language, name: str) -> None:
        """`nlp` is the pipeline that the component belongs to."""
        self.nlp, self.name = nlp, name
        self.lookups = Lookups()

    def __call__(self, doc: Doc) -> Doc:
        """Parse a heading in title case again; other texts stay as they are."""
        if not in_title_case(doc) or TABLE not in self.lookups:
            return doc
        common = self.lookups.get_table(TABLE)
        words = [token.lower_ if token.lower_ in common else token.text for token in doc]
        copy = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
        for name, pipe in self.nlp.pipeline:
            if name == self.name:
                break
            copy = pipe(copy)
        return doc.from_array(_ATTRS, copy.to_array(_ATTRS))  # type: ignore[arg-type]  # its stub says floats

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Save the table."""
        self.lookups.to_disk(path)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> "TitleCase":
        """Load the table."""
        self.lookups.from_disk(path)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = SimpleFrozenList()) -> bytes:
        """The table as bytes."""
        data: bytes = self.lookups.to_bytes()
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = SimpleFrozenList()) -> "TitleCase":
        """Load the table from bytes."""
        self.lookups.from_bytes(data)
        return self


def in_title_case(doc: Doc) -> bool:
    """Whether a text is a single line in title case or capitals, without a sentence's stop."""
    words = [token.text for token in doc if token.is_alpha]
    if not _MIN_WORDS <= len(words) <= _MAX_WORDS or doc[-1].text[-1] in ".…" or "\n" in doc.text:
        return False
    long = [word for word in words[1:] if len(word) >= 4]
    return len(long) >= 2 and sum(word[0].isupper() for word in long) >= _CAPITALS * len(long)


@English.factory("title_case", requires=["token.pos"], assigns=["token.tag", "token.dep", "doc.ents"])
def make_title_case(nlp: Language, name: str) -> TitleCase:
    """The component, without its table yet."""
    return TitleCase(nlp, name)
