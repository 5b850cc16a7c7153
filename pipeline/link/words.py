"""Content words of a sentence, weighted by their distance from the word that the row is about."""

import bisect
import calendar
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

import pycountry
import Stemmer
from spacy.lang.en.stop_words import STOP_WORDS

from pipeline.lexicon import table

LEAD = 700
"""Characters of an article's beginning that tell what its news is."""
TOPIC = 3000
"""Characters of an article that tell its topic."""
HALF, LITTLE, SHARPER = 0.5, 0.3, 1.5
"""Weights of words of a topic that name little, and the power that parts common words from rare ones."""
WINDOW = 14
"""Words on each side that still belong to the row's surroundings."""
MOST_STEMS = 200_000
"""Words whose stems are remembered."""
REMEMBERED = 20_000
"""Names of parties whose words are remembered."""
HALVED_AT = 6.0
"""Distance in words at which a word counts half."""

_WEIGHTS = [1.0 / (1.0 + distance / HALVED_AT) for distance in range(WINDOW)]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_LETTERS = "".join(letter if letter.isalpha() or letter == "'" else " " for letter in map(chr, range(128)))
"""What stands for each character of ASCII where words are cut at blanks: in less than half the time of a pattern."""
_BREAK = re.compile(r"[;:—–\n]|\s-\s")
_OF_BREAK = re.compile(r"[;:—–\n-]")
"""The pattern needs one of these."""
_CAPITALISED = re.compile(r"([^\W\d_a-z](?<=[\w,;:’']\s.)[^\W\d_]+)")
"""What stands before is looked at behind the capital, of which there are few."""
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")
_ASCII_CAPITALISED = re.compile(r"([A-Z](?<=[\w,;:']\s.)[A-Za-z]+)")
_ASCII_CAPITAL = re.compile(r"[A-Z](?<!\w.)[A-Za-z]+")
_DIGITS = re.compile(r"\d(?<![\w.,:-].)[\d,.]*(?![\w:-])")
_ASCII_DIGITS = re.compile(r"[0-9](?<![\w.,:-].)[0-9,.]*(?![\w:-])")
COMMON_NAMES = (
    *(("titles", "title"), ("roles", "role"), ("offices", "role"), ("body_nouns", "noun")),
    *(("generic_nouns", "noun"), ("name_words", "word"), ("place_nouns", "noun"), ("given_names", "name")),
    *(("agencies", "agency"), ("country_names", "name")),
)
"""Word lists, each with its column, of what stands in capitals and names nobody by itself."""
_STEMMER = Stemmer.Stemmer("english")
_CALENDAR = {
    name.lower() for name in (*calendar.day_name, *calendar.month_name, *calendar.month_abbr) if name
}
_SAYING = {
    "say",
    "said",
    "says",
    "saying",
    "tell",
    "told",
    "according",
    "report",
    "reported",
    "reportedly",
    "add",
    "added",
    "statement",
    "official",
    "officials",
}
_NO_CONTENT = STOP_WORDS | _CALENDAR | _SAYING


class _Stems(dict[str, str | None]):
    """The stem of each word that was met: looked up without a call in Python for words met before."""

    def __missing__(self, word: str) -> str | None:
        plain = word.lower().replace("’", "'").removesuffix("'s")
        content = len(plain) > 1 and plain not in _NO_CONTENT
        found = str(_STEMMER.stemWord(plain)) if content else None
        if len(self) >= MOST_STEMS:
            self.clear()
        self[word] = found
        return found


stem = _Stems().__getitem__
"""The stem of a content word; None for function words, days, months and words of saying."""


def _found(whole: re.Pattern[str], ascii_only: re.Pattern[str], text: str) -> list[str]:
    """What a pattern finds in a text; `ascii_only` finds the same where all is ASCII, several times as quickly."""
    found: list[str] = (ascii_only if text.isascii() else whole).findall(text)
    return found


def _words(text: str, start: int = 0, end: int = sys.maxsize) -> list[str]:
    """The words of a text, or between two places of it, one after another."""
    if not text.isascii():
        return _WORD.findall(text, start, end)
    words = text[max(0, start) : max(0, end)].translate(_LETTERS).split()
    if "'" not in text:
        return words
    return [word for part in words for word in ((part,) if "'" not in part else _ASCII_WORD.findall(part))]


def _stems(words: Iterable[str]) -> Iterator[str]:
    """The stems of the content words among some words, one after another."""
    return filter(None, map(stem, words))


def stems(text: str | None) -> frozenset[str]:
    """The stems of all content words."""
    return frozenset(_stems(_words(text or "")))


@lru_cache(maxsize=REMEMBERED)
def name_stems(told: str) -> frozenset[str]:
    """The same of names that come again and again."""
    return stems(told)


@cache
def country_words() -> frozenset[str]:
    """Stems of the words in names of countries and peoples: they tell little about a single event."""
    names = [row["demonym"] for row in table("demonyms")] + [row["name"] for row in table("country_names")]
    return frozenset().union(*(stems(name) for name in names))


CONCEPTS = frozenset(
    [
        "aircraft",
        "arms",
        "bomb",
        "building",
        "diplomat",
        "election",
        "factory",
        "meeting",
        "missile",
        "money",
        "police",
        "prisoner",
        "protester",
        "road",
        "sanction",
        "school",
        "troops",
        "vehicle",
        "vessel",
        "victims",
        "warship",
        "worker",
        "aid",
        "agreement",
    ]
)
"""Word classes of things: reports of one event name them differently."""


THINGS = frozenset({"@aircraft", "@building", "@vehicle", "@vessel"})
"""Classes of what can be struck or taken: what is of the one is not of the other."""


@lru_cache(maxsize=REMEMBERED)
def things(names_told: str) -> frozenset[str]:
    """The classes of the things among parties ("oil tanker": vessel)."""
    return THINGS & meanings(dict.fromkeys(party_words(names_told), 1.0)).keys()


@cache
def _concepts() -> dict[str, frozenset[str]]:
    """Stem -> what else may be said for it: the classes of things and, of words for one type of event, that type."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("event_word_classes"):
        if row["word_class"] in CONCEPTS:
            for part in stems(row["word"]):
                found[part].add(f"@{row['word_class']}")
    types: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("event_triggers"):
        for part in stems(row["trigger"]):
            types[part].add(row["event_type"])
    for part, told in types.items():
        if len(told) == 1:
            found[part].add(f"@{min(told)}")
    return {part: frozenset(told) for part, told in found.items()}


def meanings(words: dict[str, float]) -> dict[str, float]:
    """Weighted stems with their concepts, which count half: "tanker" and "vessel" share one."""
    out = dict(words)
    concepts = _concepts()
    for word, weight in words.items():
        for concept in concepts.get(word, ()):
            out[concept] = max(out.get(concept, 0.0), weight / 2)
    return out


@cache
def _classes() -> dict[str, dict[str, float]]:
    """Stem -> the classes of words that it is in; small classes count more."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("event_word_classes"):
        members[row["word_class"]] |= stems(row["word"])
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, words in members.items():
        for word in words:
            found[word][name] = 3.0 / (3.0 + len(words)) ** 0.5
    return dict(found)


@lru_cache(maxsize=REMEMBERED)
def meant(text: str) -> dict[str, float]:
    """The classes of the words of a text, weighted."""
    found: dict[str, float] = {}
    for word in stems(text):
        found |= _classes().get(word, {})
    return found


@cache
def number_words() -> dict[str, float]:
    """The value of each word for a number."""
    return {row["word"]: float(row["value"]) for row in table("number_words")}


def amount(phrase: str) -> float:
    """How many a phrase tells of ("12 judges", "dozen judges"); nan where it does not."""
    for word in phrase.lower().split():
        if word.replace(",", "").isdigit():
            return float(word.replace(",", ""))
        if word in number_words():
            return number_words()[word]
    return float("nan")


@lru_cache(maxsize=REMEMBERED)
def party_words(names_told: str) -> frozenset[str]:
    """Stems of the names of parties; those of countries and peoples, which are compared by themselves, and numbers left out."""
    return stems(names_told) - country_words() - number_stems()


@cache
def number_stems() -> frozenset[str]:
    """Stems of the words for numbers."""
    return frozenset().union(*(stems(word) for word in number_words()))


@cache
def _common_names() -> frozenset[str]:
    """Stems of words in capitals that name nobody by themselves: countries, titles, offices, kinds of bodies, agencies."""
    found = [country.name for country in pycountry.countries]
    for name, column in COMMON_NAMES:
        found += [row[column] for row in table(name)]
    return country_words().union(*map(stems, found))


def names(text: str) -> frozenset[str]:
    """Stems of words with a capital within a sentence, but for those that many articles share."""
    return frozenset(_stems(_found(_CAPITALISED, _ASCII_CAPITALISED, text))) - _common_names()


def capitals(text: str) -> frozenset[str]:
    """Stems of all words with a capital."""
    return frozenset(_stems(_found(_CAPITAL, _ASCII_CAPITAL, text)))


def proper(text: str) -> frozenset[str]:
    """Stems of all words with a capital, but for those that many articles share."""
    return capitals(text) - _common_names()


LONGEST = 4
"""Words of the longest name of a country that is looked for."""
_RUN = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*)*")
_ASCII_RUN = re.compile(r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*")
_WORLD = re.compile(r"\b(?:[Ww]orldwide|[Gg]lobal(?:ly)?|[Ww]orld)\b(?! [A-Z])")
"""The whole world; in "World Bank" it is a name."""


@cache
def _codes() -> dict[str, str]:
    """Names of countries and peoples -> ISO code."""
    found = {country.name.casefold(): country.alpha_3 for country in pycountry.countries}
    for row in (*table("demonyms"), *table("country_names")):
        found[row.get("demonym", row.get("name", "")).casefold()] = row["country"]
    return found


def lands(text: str) -> frozenset[str]:
    """The countries that a sentence names, by themselves or their people; the whole world is one of them."""
    world = ("orld" in text or "lobal" in text) and _WORLD.search(text)
    found = map(_lands_of_run, _found(_RUN, _ASCII_RUN, text))
    return frozenset({"@world"} if world else ()).union(*found)


@lru_cache(maxsize=REMEMBERED)
def _lands_of_run(run: str) -> frozenset[str]:
    """The countries that some words with a capital name."""
    words = run.casefold().replace("’", "'").split()
    names = (
        " ".join(words[at : at + size]).removesuffix("'s").strip(".,")
        for size in range(1, LONGEST + 1)
        for at in range(len(words) - size + 1)
    )
    return frozenset(filter(None, map(_codes().get, names)))


_PARTNER = re.compile(
    r"^\W{0,2}(?:votes?\s)?(?:to|of|out of)[\s-](?:the |its |all )?(?:[\w ]{1,20}['’]s? )?(\d[\d,]*)|^\s?[–-]\s?(\d[\d,]*)"
)


def partner(sentence: str, start: int, text: str) -> str:
    """The number that a figure stands against: "230 to 197", "39 of the state's 40"; empty where there is none."""
    digits = re.match(r"\d[\d,]*", text)
    found = _PARTNER.search(sentence[start + len(digits[0]) :][:50]) if digits else None
    return (found[1] or found[2]) if found else ""


def numbers(text: str) -> frozenset[str]:
    """Numbers in figures from ten on that are no years."""
    found = (digits.replace(",", "").rstrip(".") for digits in _found(_DIGITS, _ASCII_DIGITS, text))
    return frozenset(told for told in found if len(told) > 1 and not re.fullmatch(r"(?:19|20)\d\d", told))


_YEARS = re.compile(r"\b(?:1[89]|20)\d\d\b")


def years(text: str) -> frozenset[str]:
    """The years that a text names in figures."""
    return frozenset(_YEARS.findall(text))


@cache
def _telling() -> dict[str, float]:
    """How much a stem that many articles hold tells of a topic, below one; names of countries little, given names and titles half."""
    least = min(float(row["share"]) for row in table("news_words"))
    found = dict.fromkeys(_common_names(), HALF) | dict.fromkeys(country_words(), LITTLE)
    for row in table("news_words"):
        found[row["stem"]] = max(LITTLE / 2, math.log(float(row["share"])) / math.log(least)) ** SHARPER
    return found


def topic(text: str) -> tuple[dict[str, float], Counter[str]]:
    """The stems of an article, rare ones weighted more, and how often it uses each."""
    telling, times = _telling(), Counter(_stems(_words(text)))
    return {word: telling.get(word, 1.0) for word in times}, times


def rare(words: dict[str, float]) -> dict[str, float]:
    """Weighted stems, those that many articles hold weighted less."""
    telling = _telling()
    return {word: weight * telling.get(word, 1.0) for word, weight in words.items()}


def rareness(word: str) -> float:
    """How much a stem tells: one, or less where many articles hold it."""
    return _telling().get(word, 1.0)


def told_often(weights: dict[str, float], times: Counter[str], most: int) -> list[str]:
    """The stems of a `topic` that tell most of it: rare in other articles, often used in this one."""
    alike: defaultdict[float, list[str]] = defaultdict(list)
    for word, n in times.items():
        alike[weights[word] * math.sqrt(n)].append(word)
    found: list[str] = []
    for told in sorted(alike, reverse=True):
        if len(found) >= most:
            break
        found += sorted(alike[told])  # of those alike the first by the alphabet
    return found[:most]


def surroundings(sentence: str, start: int, end: int) -> dict[str, float]:
    """Stems around characters `start` to `end` of a sentence, with weights from 1 down; the words there are left out.

    Words behind a dash, colon or semicolon count half: they belong to another clause.
    """
    if not (_OF_BREAK.search(sentence) and _BREAK.search(sentence)):  # as most: all words are of one clause
        words_left = _words(sentence, 0, max(0, start))[-WINDOW:]
        words_right = _words(sentence, end)[:WINDOW]
        weights: dict[str, float] = {}
        for side in (words_left[::-1], words_right):
            for found_stem, weight in zip(map(stem, side), _WEIGHTS, strict=False):
                if found_stem and weight > weights.get(found_stem, 0.0):
                    weights[found_stem] = weight
        return weights
    return _by_clause(sentence, start, end)


def _by_clause(sentence: str, start: int, end: int) -> dict[str, float]:
    """As `surroundings`, of a sentence of several clauses."""
    breaks = [found.start() for found in _BREAK.finditer(sentence)]
    first_after = bisect.bisect_left(breaks, start)
    near, far = breaks[first_after - 1 : first_after], breaks[first_after : first_after + 1]
    before, after = (near or [-1])[0], (far or [len(sentence)])[0]
    left = [(found.start(), found[0]) for found in _WORD.finditer(sentence, 0, max(0, start))][-WINDOW:]
    right = [(found.start(), found[0]) for found in islice(_WORD.finditer(sentence, end), WINDOW)]
    weights: dict[str, float] = {}
    for words in (reversed(left), right):
        for distance, (at, word) in enumerate(words):
            if found_stem := stem(word):
                weight = _WEIGHTS[distance] if before < at < after else _WEIGHTS[distance] / 2
                if weight > weights.get(found_stem, 0.0):
                    weights[found_stem] = weight
    return weights


@cache
def is_country(name: str) -> bool:
    """Whether a place is a whole country."""
    if not name:
        return False
    try:
        return bool(pycountry.countries.lookup(name.casefold().removeprefix("the ")))
    except LookupError:
        return False


_RUN_OF_LETTERS = re.compile(r"\w+")
_ASCII_RUN_OF_LETTERS = re.compile(r"[0-9a-z_]+")
_DAY_NAMES = frozenset(_CALENDAR - {"may"})


def day_names(text: str) -> frozenset[str]:
    """Names of weekdays and months, the first three letters of each; "may" is no month here."""
    runs = _found(_RUN_OF_LETTERS, _ASCII_RUN_OF_LETTERS, text.lower())
    return frozenset(name[:3] for name in _DAY_NAMES.intersection(runs))


_TIMES = re.compile(
    r"\b(?:(?:1[89]|20)\d\d|(?:last|this|next|past) (?:week|month|year|weekend|night|spring|summer|autumn|fall|winter)|yesterday|today|ago)\b",
    re.IGNORECASE,
)


_OF_TIMES = ("18", "19", "20", "last ", "this ", "next ", "past ", "yesterday", "today", "ago")
"""The pattern needs one of these."""


def times_told(text: str) -> frozenset[str]:
    """Years, days and other words for when something happened."""
    told = _TIMES.findall(text) if holds(text, _OF_TIMES) else ()
    return frozenset(map(str.lower, told)) | day_names(text)


def holds(text: str, parts: Iterable[str]) -> bool:
    """Whether a text holds any of some parts in small letters: asked before a pattern that needs one of them, which is slower."""
    small = text.lower()
    return any(map(small.__contains__, parts))


_QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]")
RUN = 3
"""Words in a run of quoted words."""


def quoted(text: str) -> frozenset[str]:
    """Runs of quoted words."""
    runs = set()
    for match in _QUOTED.finditer(text):
        words = [word.lower() for word in _WORD.findall(match[1])]
        runs |= {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return frozenset(runs)


def thing_names(parties: str, place: str) -> frozenset[str]:
    """Stems of the names that things among parties have ("the tanker Skipper"), the place's left out."""
    found: set[str] = set()
    for party in parties.split(" | "):
        if things(party):
            found |= {stem(match[0]) or "" for match in re.finditer(r"[^\W\d_a-z][^\W\d_]+", party)}
    return frozenset(found) - country_words() - stems(place) - {""}


_THREATENS = re.compile(
    r"\b(?:threat(?:en(?:s|ed|ing)?|s)?|warn(?:s|ed|ing)?|ultimatum|vow(?:s|ed|ing)?)\b", re.IGNORECASE
)


def threatens(sentence: str) -> bool:
    """Whether a sentence tells of a threat."""
    return holds(sentence, ("threat", "warn", "ultimatum", "vow")) and bool(_THREATENS.search(sentence))


@cache
def praising_words() -> frozenset[str]:
    """Stems of words of praise and thanks."""
    return frozenset().union(
        *(stems(row["word"]) for row in table("event_word_classes") if row["word_class"] == "praise")
    )


@cache
def casualty_words() -> frozenset[str]:
    """Stems of the words that tell of dead and injured: what a deed led to, not a deed of its own."""
    return frozenset().union(
        *(stems(row["lemma"]) for row in table("measures") if row["measure"] in ("killed", "injured"))
    )
