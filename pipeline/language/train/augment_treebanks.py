"""The treebanks as news would have them: foreign names, titles without full stop, trailing attributions, weekdays, headings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.language.train import conllu, constructions, gum_names, lists
from pipeline.language.train.conllu import Sentence, Word
from pipeline.language.train.rows import Name

_STOPPED_TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr."})
_COUNTRIES = frozenset({"US", "UK", "USA", "UAE", "UN", "EU"})
_NEW_TITLES = ("Mr", "Mr", "Mr", "Mrs", "Ms", "Mr.", "Dr", "President", "Sir", "Gen")
_NO_ADJECTIVE = (
    "Pole",
    "Dane",
    "Turk",
    "Kurd",
    "Serb",
    "Croat",
    "Swede",
    "Finn",
    "Scot",
    "Spaniard",
    "Briton",
    "Arab",
)


class Replacer:
    """Swaps names of persons, places and peoples in treebank sentences; draws from `rng` only."""

    def __init__(self, rng: Random) -> None:
        """Read the lists."""
        self.rng = rng
        self.countries = lists.one_word_countries()
        self.swapped = frozenset(self.countries) | {"Iraq", "Iran", "Russia"}
        self.cities = lists.one_word_cities()
        self.demonyms = lists.demonyms(*_NO_ADJECTIVE)
        self.given, self.family = lists.given_names(), lists.family_names()
        self.acronyms = lists.column("acronyms")

    def __call__(self, sentence: Sentence, names: list[Name]) -> Sentence:
        """A rewritten copy; `names` are the known names of the sentence."""
        out = deepcopy(sentence)
        words = out.words
        children: dict[int, list[int]] = defaultdict(list)
        for i, word in enumerate(words):
            if word.head != i:
                children[word.head].append(i)
        for i in range(len(words)):
            self._replace(words, i, children[i])
            self._abbreviate(words, i, known=bool(names))
        for i in reversed(self._lone_persons(words, children, names)):
            self._add_title(words, i)
        return out

    def _replace(self, words: list[Word], i: int, children: list[int]) -> None:
        word, rng = words[i], self.rng
        if word.form in _STOPPED_TITLES and rng.random() < 0.5:
            word.form, word.lemma = word.form[:-1], word.lemma.rstrip(".")
        if word.upos == "PROPN" and word.form in self.swapped and rng.random() < 0.3:
            word.form = word.lemma = rng.choice(self.countries if rng.random() < 0.7 else self.cities)
        elif word.upos == "ADJ" and word.form in lists.peoples() and rng.random() < 0.3:
            word.form = word.lemma = rng.choice(self.demonyms)
        elif word.upos == "PROPN":
            flat = [k for k in children if words[k].dep == "flat"]
            if flat == [i + 1] and words[i + 1].upos == "PROPN" and rng.random() < 0.4:
                word.form = word.lemma = rng.choice(self.given)
                words[i + 1].form = words[i + 1].lemma = rng.choice(self.family)

    def _abbreviate(self, words: list[Word], i: int, *, known: bool) -> None:
        """Bodies in capitals that are words in lower case (IS, WHO): half of all abbreviations, those of countries where no names are known."""
        word, rng = words[i], self.rng
        short = (
            word.upos == "PROPN" and word.form.isupper() and word.form.isalpha() and 2 <= len(word.form) <= 4
        )
        if short and not (known and word.form in _COUNTRIES) and rng.random() < 0.5:
            word.form = word.lemma = rng.choice(self.acronyms)

    def _lone_persons(
        self, words: list[Word], children: dict[int, list[int]], names: list[Name]
    ) -> list[int]:
        """Persons of a single word without a title, three in ten; half of them get another name."""
        out: list[int] = []
        persons = {start: end for start, end, label in names if label == "PERSON"}
        for i, end in persons.items():
            word = words[i]
            free = word.upos == "PROPN" and word.dep not in ("flat", "compound", "vocative", "conj")
            first = i == 0 or words[i - 1].upos not in ("PROPN", "PART", "ADJ", "DET")
            bare = not any(words[k].dep in ("nmod:desc", "flat", "compound") for k in children[i])
            if end - i == 1 and free and first and bare and self.rng.random() < 0.3:
                out.append(i)
                if self.rng.random() < 0.5:
                    word.form = word.lemma = self.rng.choice(self.family)
        return sorted(out)

    def _add_title(self, words: list[Word], i: int) -> None:
        title = self.rng.choice(_NEW_TITLES)
        for word in words:
            if word.head >= i:
                word.head += 1
        words.insert(i, Word(title, title, "PROPN", "NNP", "Number=Sing", i + 1, "nmod:desc"))


def augmented(vocab: Vocab, data: Path, name: str, seed: int, made: Counter[str]) -> Iterator[Doc]:
    """A treebank rewritten once, in texts of 1 to 7 sentences, the headings as texts of their own; counts what was made."""
    rng = Random(seed)
    replacer = Replacer(rng)
    gum = name.startswith("gum")
    heading_share = 0.12 if gum else 0.06
    for document in conllu.documents(conllu.read(data / f"{name}.conllu.gz")):
        for chunk in conllu.chunks(document, rng, 1, 7):
            out = [replacer(s, gum_names.names(s) if gum else []) for s in chunk]
            for k, sentence in enumerate(out):
                trailing = constructions.trailing_attribution(sentence, rng) if rng.random() < 0.5 else None
                sentence = trailing or sentence
                day = constructions.weekday(sentence, rng) if rng.random() < 0.06 else None
                sentence = day or sentence
                out[k] = (constructions.bare_number(sentence) if rng.random() < 0.5 else None) or sentence
                heading = None
                if not trailing and rng.random() < heading_share:
                    heading = constructions.heading(sentence, rng)
                if heading:
                    yield _doc(vocab, [heading], rng, gum)
                made.update(trailing=bool(trailing), weekday=bool(day), heading=bool(heading))
            yield _doc(vocab, out, rng, gum)


def _doc(vocab: Vocab, sentences: list[Sentence], rng: Random, named: bool) -> Doc:
    """The sentences as one text, half of them with typographic quotation marks; with names where the treebank has them."""
    doc = conllu.to_doc(vocab, sentences, rng, 0.5)
    if named:
        spans, offset = [], 0
        for sentence in sentences:
            spans += [Span(doc, a + offset, b + offset, label) for a, b, label in gum_names.names(sentence)]
            offset += len(sentence.words)
        doc.set_ents(spans, default="outside")
    return doc
