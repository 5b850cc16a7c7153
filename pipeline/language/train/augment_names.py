"""Texts with their names replaced by other names of the same label; short sentences as headings; datelines."""

from collections import defaultdict
from dataclasses import replace
from random import Random

import spacy

from pipeline.language.train import lists
from pipeline.language.train.bodies import Composer
from pipeline.language.train.rows import Name, Row
from pipeline.language.train.tokenizer import adapt

SOURCES = ("ner-gum-train", "ner-uner-dev", "ner-wikigold-train", "ner-re3d-train", "ner-gmb-train")
"""The sets that are rewritten; those of short web messages are not."""

_NO_ADJECTIVE = ("Pole", "Dane", "Turk", "Kurd", "Serb", "Croat", "Swede", "Finn", "Scot", "Spaniard")
_AGENCIES = [
    "AP",
    "AP",
    "AFP",
    "Reuters",
    "Reuters",
    "dpa",
    "Xinhua",
    "Bloomberg",
    "UPI",
    "Interfax",
    "TASS",
    "Anadolu",
]
_JOINED = ("-", ".", "’", "'")
_MAX_POOLED = 6


class Replacer:
    """Draws other names from the names of the training sets, countries, cities, demonyms and made-up bodies."""

    def __init__(self, texts: list[Row], rng: Random) -> None:
        """Collect the names of the training texts, held-out names left out."""
        self.nlp = spacy.blank("en")
        adapt(self.nlp)
        self.rng = rng
        self.countries, self.cities = lists.countries(), lists.cities()
        self.demonyms = lists.demonyms(*_NO_ADJECTIVE)
        self.pool: dict[str, list[list[str]]] = defaultdict(list)
        for row in texts:
            for start, end, label in row.names:
                words = row.words[start:end]
                if len(words) <= _MAX_POOLED and lists.HELD_OUT.isdisjoint(words):
                    self.pool[label].append(words)
        full = [words for words in self.pool["PERSON"] if len(words) >= 2]
        self.given = [w[0] for w in full if w[0][0].isupper() and len(w[0]) > 2] + lists.given_names() * 3
        self.family = [
            w[-1] for w in full if w[-1][0].isupper() and len(w[-1]) > 2
        ] + lists.family_names() * 3
        self.bodies = Composer(rng, self.family, self.countries, self.cities)

    def _tokens(self, text: str) -> list[str]:
        return [token.text for token in self.nlp.make_doc(text)]

    def pick(self, label: str, old: list[str]) -> list[str] | None:
        """The words of another name, None to keep the old one."""
        rng = self.rng
        draw = rng.random()
        if label == "LOC" and draw < 0.45:
            return self._tokens(rng.choice(self.countries))
        if label == "LOC" and draw < 0.75:
            return self._tokens(rng.choice(self.cities))
        if label == "PERSON" and len(old) >= 2 and draw < 0.6:
            return [rng.choice(self.given), rng.choice(self.family)]
        if label == "PERSON" and len(old) == 1 and draw < 0.5:
            return [rng.choice(self.family)]
        if label == "NORP":
            if draw >= 0.5:
                return None
            plural = old[-1].endswith("s") and not old[-1].endswith(("ese", "ss"))
            return [rng.choice(self.demonyms) + ("s" if plural else "")]
        if label == "ORG" and len(old) == 1 and old[0].isupper() and draw < 0.5:
            return [rng.choice(lists.column("acronyms"))]
        if label == "ORG" and draw < 0.35:
            return self._tokens(self.bodies.name())
        return rng.choice(self.pool[label])

    def rewrite(self, row: Row) -> Row:
        """A copy with four in five names up for replacement."""
        out = Row([], [], [])
        names = {start: (end, label) for start, end, label in row.names}
        unknown = set(row.unknown)
        i = 0
        while i < len(row.words):
            if i not in names:
                if i in unknown:
                    out.unknown.append(len(out.words))
                out.words.append(row.words[i])
                out.spaces.append(row.spaces[i])
                i += 1
                continue
            end, label = names[i]
            old = row.words[i:end]
            new = (self.pick(label, old) if self.rng.random() < 0.8 else None) or old
            inner = row.spaces[i : end - 1] if new == old else _spaces(new)
            out.names.append((len(out.words), len(out.words) + len(new), label))
            out.words += new
            out.spaces += [*inner, row.spaces[end - 1]]
            i = end
        return out

    def with_dateline(self, row: Row) -> Row:
        """The text behind a dateline: `LAGOS, Nigeria (AP) - `."""
        rng = self.rng
        words = [word.upper() for word in self._tokens(rng.choice(self.cities))]
        spaces = [True] * len(words)
        names: list[Name] = [(0, len(words), "LOC")]
        if rng.random() < 0.4:
            country = self._tokens(rng.choice(self.countries))
            spaces[-1] = False
            names.append((len(words) + 1, len(words) + 1 + len(country), "LOC"))
            words += [",", *country]
            spaces += [True] * (1 + len(country))
        if rng.random() < 0.7:
            names.append((len(words) + 1, len(words) + 2, "ORG"))
            words += ["(", rng.choice(_AGENCIES), ")"]
            spaces += [False, False, True]
        words.append(rng.choice(["-", "-", "--", "–", "—"]))
        spaces.append(True)
        n = len(words)
        names += [(start + n, end + n, label) for start, end, label in row.names]
        return Row(words + row.words, spaces + row.spaces, names, [i + n for i in row.unknown])


def _spaces(words: list[str]) -> list[bool]:
    """Where blank space stands inside a new name."""
    follows = ("-", ".", "'s", "’s", ",")
    return [words[k] not in _JOINED and words[k + 1] not in follows for k in range(len(words) - 1)]


def heading(row: Row, rng: Random) -> Row | None:
    """A short sentence with a name as a heading: no final stop, four in five in title case."""
    words, n = list(row.words), len(row.words)
    if not 5 <= n <= 17 or words[-1] != "." or not row.names or any(w in ('"', "“", "”") for w in words):
        return None
    if any(end == n for _, end, _ in row.names):
        return None
    words.pop()
    if rng.random() < 0.8:
        inside = {i for start, end, _ in row.names for i in range(start, end)}
        for i, word in enumerate(words):
            free = i not in inside and (i == 0 or row.spaces[i - 1]) and word[0].isalpha()
            if free and (i == 0 or word.lower() not in lists.column("small_words") or rng.random() < 0.1):
                words[i] = word[0].upper() + word[1:]
    return replace(row, words=words, spaces=row.spaces[:-1], unknown=[i for i in row.unknown if i < n - 1])
