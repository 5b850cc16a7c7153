"""Numbers in text: from numerals and number words to values. Nothing of units or sentences in here.

Patterns are linear: every repetition is bounded or cannot match one character in two ways.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.lexicon import table

WORDS = {row["word"]: (float(row["value"]), row["kind"]) for row in table("number_words")}
SCALES = {row["form"]: float(row["value"]) for row in table("number_scales")}
_ATTACHED = [row["form"] for row in table("number_scales") if row["attached"]]


def _any(words: list[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def _of_kind(*kinds: str) -> str:
    return _any([w for w, (_, kind) in WORDS.items() if kind in kinds])


_UNIT, _TEEN, _TEN, _SCALE = _of_kind("unit"), _of_kind("teen"), _of_kind("ten"), _of_kind("scale", "group")
_THOUSANDS = _of_kind("scale")
_MORE = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "three-quarters": 0.75, "two-thirds": 2 / 3}
"""What "and a ..." adds to a number."""
_AND_PART = r"(?:[\s-]and[\s-](?:an?[\s-](?:half|quarter|third)|(?:one[\s-]half|one[\s-]quarter|one[\s-]third|three[\s-]quarters?|two[\s-]thirds?))\b)"
_TO_99 = rf"(?:(?:{_TEN})(?:[\s-](?:{_UNIT}))?|{_TEEN}|{_UNIT})"
_TO_999 = rf"(?:(?:{_TO_99}|an?)[\s-]hundred(?:\s(?:and\s)?{_TO_99})?|{_TO_99}|an?(?=\s(?:{_SCALE})\b))"
_SPELT = (
    rf"(?:{_TO_999}(?:[\s-](?:{_THOUSANDS}))+(?:,?\s(?:and\s)?)(?={_TO_999})){{0,5}}{_TO_999}"
    rf"(?:\spoint(?:\s(?:{_UNIT}))+)?{_AND_PART}?(?:[\s-](?:{_SCALE}))*{_AND_PART}?"
)
_GROUPS = (
    r"\d{1,3}(?:,\d{2,3}){0,8},\d{3}(?!\d)|\d{1,3}(?:[\u00a0\u2009\u202f'’.]\d{3}){2,8}(?![\d'’])"
    r"|\d{1,3}[\u00a0\u2009\u202f'’]\d{3}(?!\d)"
)
_SPACED = r"(?:(?<!\d )|(?<=\b[12]\d\d\d ))(?<!\d-)\d{1,3}(?: \d{3}){1,4}(?![\d,.]?\d| \d)"
"""Thousands parted by plain blanks, as in most of Europe."""
_CONTINENTAL = r"(?:\d{1,3}(?:\.\d{3}){1,5}|\d{1,9}),\d{1,2}(?!\d|[,.]\d)"
"""A decimal comma: "3,7", "4.999,99"."""
_DECIMAL = rf"{_SPACED}(?:[.,]\d{{1,2}}(?!\d))?|{_CONTINENTAL}|(?:{_GROUPS}|\d+)(?:\.\d+)?|(?<![A-Za-z])\.\d+"
_VULGAR = (
    "["
    + "".join(
        chr(c) for c in range(0x80, 0x2190) if unicodedata.decomposition(chr(c)).startswith("<fraction>")
    )
    + "]"
)
_LONG_SCALES = _any([s for s in SCALES if s not in _ATTACHED])
_NUMERAL = (
    rf"(?P<digits>(?>{_DECIMAL}))(?P<power>\s?[×x*]\s?10\s?\^?\s?[-−+]?\d{{1,3}}(?!\d))?"
    rf"(?:[\s-]?(?P<half>{_VULGAR}|(?<=\d[\s-])\d{{1,2}}[/⁄]\d{{1,2}}(?!\d))|(?P<over>[/⁄]\d{{1,3}}(?![\d/⁄]))|(?i:(?P<more>{_AND_PART})))?"
    rf"(?:[\s-]?(?P<scale>(?i:{_LONG_SCALES})(?:[\s-](?i:{_LONG_SCALES}))*)(?![\w])|(?P<attached>(?:{_any(_ATTACHED)}))(?![\w]))?(?:-?fold\b)?"
)
_VAGUE_WORDS = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
}
_VAGUE_WORDS |= {"trillions": 1e12, "lakhs": 1e5, "crores": 1e7}
_VAGUE = rf"(?:{_any(list(_VAGUE_WORDS))})(?:\s(?:of|upon)\s(?:{_any(list(_VAGUE_WORDS))})){{0,2}}"
_SOME = {
    "several": ">=",
    "many": ">=",
    "a few": "~",
    "few": "~",
    "a couple of": "~",
    "a couple": "~",
    "couple of": "~",
}
"""Words before a scale that mean two of it or more, and how that bounds the value."""
_SOME_SCALE = rf"(?P<some>{_any(list(_SOME))})\s(?P<somescale>{_of_kind('scale', 'group', 'hundred')})s?(?:\s(?P<somemore>{_of_kind('scale')}))?\b(?!\syears?\sago)"
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
}
_PARTS |= {
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
}
_PARTS |= {"ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100, "thousandth": 1000}
_FINITE = r"\s(?:is|are|was|were|has|had|lives?|lacks?|does|did|goes|gets|can|cannot|could|will|would|may|must|suffers?|dies|died|lost)\b"
"""Behind "one child in six": a verb, no noun that is counted itself."""
_FRACTION = (
    rf"(?:(?P<top>{_TO_99}|an?|\d{{1,2}})[\s-])?(?P<part>{_any(list(_PARTS))})(?:\sof\san?)?\s(?P<multiplied>{_THOUSANDS})\b"
    rf"|(?P<tops>{_TO_99}|an?|\d{{1,2}})[\s-](?P<parts>{_any(list(_PARTS))})\b"
    rf"|(?P<ratio>(?:one\s[a-z]{{3,12}}(?=\s(?:in|out\sof)\s(?:every\s)?(?:{_TO_99}|\d{{1,3}})(?:[,.;)]|{_FINITE}))|{_TO_99}|\d{{1,3}})(?:\s(?:in|out\sof)\s)(?:every\s)?(?:{_TO_99}|an?\shundred|\d{{1,3}}))(?![\w,.%]?\d|\s?(?:%|per|million|billion|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b)"
    r"|(?P<halfa>half\san?)(?=\s)|(?P<bare>half)\b(?!-)"
)
_NUMBER = re.compile(
    rf"(?:(?<![\w#@&])(?i:{_SOME_SCALE}|(?P<pair>a\scouple\sof)(?=\s\w)|(?P<one>an?)(?=\s(?!(?:{_SCALE}|hundred)\b)[a-z]{{3,9}}\sand\sa\shalf\b)|(?P<vague>{_VAGUE})\b|(?:an?\s)?half[\s-](?:an?\s)?(?P<halved>{_of_kind('scale', 'group', 'hundred')})\b"
    rf"|{_FRACTION}|(?P<spelt>{_SPELT})(?:-?fold)?\b|(?P<alone>(?:{_of_kind('scale', 'group')}|hundred(?:[\s-](?:{_THOUSANDS}))?)){_AND_PART}?\b)|(?:(?<=\bRs\.)|(?<=\bTk\.)|(?<=\bSh\.)|(?<![\d.,/:#@&]))(?:(?P<vulgar>{_VULGAR})|{_NUMERAL})(?![.:/⁄]\d))"
)
_LEADS = re.compile(
    r"\b(?:"
    + _any(
        [row["form"] for row in table("comparators") if row["place"] == "before" and row["form"][0].isalpha()]
    )
    + r"|another|additional|further|first|last)\s$",
    re.IGNORECASE,
)
"""What stands before "hundred" without "a": "about hundred people"."""
_HABIT = re.compile(r"\d,\d{1,2}(?![\d,])")
"""A decimal comma somewhere: then a dot parts thousands."""
_COMMAS = re.compile(r"\d,\d{3}(?!\d)")
"""A comma that parts thousands somewhere: then blanks do not."""
_ANY = re.compile(rf"\d|{_VULGAR}|\b(?i:{_any([*WORDS, *_VAGUE_WORDS, *_PARTS])}|\w{{3,9}}fold|couple)\b")
_MINUS = re.compile(r"(?:(?<![\w\d)])[-−–]|(?<!plus or )\b(?i:minus|negative)[\s-])$")
_DOTTED = frozenset({"mil", "Mil", "mn", "bn", "tn"})
_DOT = re.compile(r"\.(?=\s[a-z])")
"""The stop of a short form, no end of a sentence: "3 mil. people"."""
_LAST_SCALES = re.compile(
    rf"(?<=[\s-])((?:{_of_kind('scale', 'hundred')})(?:[\s-](?:{_of_kind('scale')}))*)$", re.IGNORECASE
)
MAX_DIGITS = 16
"""A longer row of digits is a key or a code, no number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text: characters `start` to `end`, its value and how it is written.

    `style`: digits, words, vague ("dozens": the least it can mean), fraction.
    """

    start: int
    end: int
    value: float
    style: str
    scale: str = ""
    """The scale as written ("million", "m"): the first end of a range may lean on it."""
    sign: str = ""
    """How the words bound the value, where they do: "several hundred" is 200 or more."""

    @property
    def factor(self) -> float:
        """The scale as a number; 1 where there is none."""
        return scale_of(self.scale) if self.scale else 1.0


def read_words(text: str) -> float | None:
    """The value of a number written out ("two hundred and five", "twenty-one", "3.5 million"); None if it is none."""
    total = part = 0.0
    seen = False
    for word in re.split(r"[\s-]+", text.replace(",", " ").strip().lower()):
        if word in ("and", "a", "an", ""):
            continue
        seen = True
        value, kind = WORDS.get(word, (0.0, ""))
        if not kind:
            try:
                value = float(word)
            except ValueError:
                return None
            part += value
        elif kind in ("unit", "teen", "ten"):
            part += value
        elif kind == "hundred":
            part = (part or 1) * value
        elif part == 0 and total:
            total *= value  # "a hundred thousand million"
        else:
            total, part = total + (part or 1) * value, 0.0
    return total + part if seen else None


def _spelt(text: str) -> float | None:
    """`read_words` with "and a half" and "point five"."""
    words = text.lower()
    part = re.search(_AND_PART, words)
    half = _more(part[0]) if part else 0.0
    words = re.sub(_AND_PART, "", words)
    point = re.search(r"\spoint((?:\s(?:" + _UNIT + r"))+)", words)
    if point:
        half += float("0." + "".join(str(int(WORDS[w][0])) for w in point[1].split()))
        words = words[: point.start()] + words[point.end() :]
    scales = [w for w in re.split(r"[\s-]+", words) if WORDS.get(w, (0, ""))[1] in ("scale", "group")]
    value = read_words(words)
    return None if value is None else value + half * (WORDS[scales[-1]][0] if scales else 1)


def _more(words: str) -> float:
    """What "and a half" adds."""
    kind = re.sub(r"[\s-]+", "-", words.strip().lower()).removeprefix("-").removeprefix("and-")
    kind = kind.removeprefix("a-").removeprefix("an-").removeprefix("one-")
    return _MORE.get(kind) or _MORE[f"{kind}s"]


def scale_of(scale: str) -> float:
    """The factor of a scale as written: "m" is a million, "lakh crore" a million million."""
    if scale in SCALES:
        return SCALES[scale]
    factor = 1.0
    for word in re.split(r"[\s-]+", scale.lower()):
        factor = times(factor, SCALES[word])
    return factor


def plain(digits: str, *, dots_part: bool = False) -> float:
    """The value of a numeral with any digits of Unicode and any thousands separators; `dots_part`: a dot is one of them."""
    if re.search(r",\d{1,2}$", digits) or (dots_part and re.fullmatch(r"\d{1,3}\.\d{3}", digits)):
        digits = digits.replace(".", "").replace(",", ".")
    groups = re.split(r"[\u00a0\u2009\u202f'’, ]", digits)
    joined = "".join(groups)
    if joined.count(".") > 1:
        joined = joined.replace(".", "")
    return float(joined)


def _numeral(match: re.Match[str], *, dots_part: bool) -> tuple[float, str] | None:
    digits = match["digits"]
    if sum(c.isdigit() for c in digits) > MAX_DIGITS:
        return None
    value = plain(digits, dots_part=dots_part)
    if match["power"]:
        exponent = re.sub(r"[^\d+-]", "", match["power"].replace("−", "-").split("10", 1)[1])
        value *= 10.0 ** int(exponent)
    if match["half"]:
        value += _fraction_sign(match["half"])
    if match["more"]:
        value += _more(match["more"])
    if match["over"]:
        below = int(match["over"][1:])
        if not below or value >= below or below == 11:  # "24/7", "9/11"
            return None
        return value / below, "fraction"
    scale = match["scale"] or match["attached"]
    if scale:
        value = times(value, scale_of(scale))
    return value, "digits"


def times(value: float, scale: float) -> float:
    """A number by its scale, exact in decimals: 16.4 million is 16400000."""
    return float(Decimal(repr(value)) * Decimal(repr(scale)))


def _fraction_sign(sign: str) -> float:
    if len(sign) == 1:
        return unicodedata.numeric(sign)
    top, below = re.split("[/⁄]", sign)
    return int(top) / int(below) if int(below) else 0.0


def _fraction(top: str | None, part: str) -> float | None:
    count = 1.0 if top is None or top.lower() in ("a", "an") else read_words(top)
    return None if count is None else count / _PARTS[part.lower()]


def _read(match: re.Match[str], *, dots_part: bool) -> tuple[float, str] | None:
    """Value and style of a match; None where it is no number."""
    if match["some"]:
        more = WORDS[match["somemore"].lower()][0] if match["somemore"] else 1
        return 2 * WORDS[match["somescale"].lower()][0] * more, "words"
    if match["pair"]:
        return 2.0, "words"
    if match["one"]:
        return 1.0, "words"
    if match["alone"]:
        if not _LEADS.search(match.string, max(0, match.start() - 24), match.start()):
            return None
        return _spelt(match[0]) or 0.0, "words"
    if match["vague"]:
        value = 2.0
        for word in re.split(r"\s(?:of|upon)\s", match["vague"].lower()):
            value *= _VAGUE_WORDS[word]
        return value, "vague"
    if match["halved"]:
        return WORDS[match["halved"].lower()][0] / 2, "words"
    if match["part"]:
        share = _fraction(match["top"], match["part"])
        return None if share is None else (share * WORDS[match["multiplied"].lower()][0], "words")
    if match["parts"]:
        share = _fraction(match["tops"], match["parts"])
        return None if share is None else (share, "fraction")
    if match["ratio"]:
        top, below = (
            read_words(w)
            for w in re.split(r"(?:\s[a-z]{3,12})?\s(?:in|out\sof)\s(?:every\s)?", match["ratio"].lower())
        )
        return (top / below, "fraction") if top and below and 0 < top < below else None
    if match["halfa"]:
        return 0.5, "words"
    if match["bare"]:
        return 0.5, "fraction"
    if match["spelt"]:
        spelt = _spelt(match["spelt"])
        return None if spelt is None else (spelt, "words")
    if match["vulgar"]:
        return _fraction_sign(match["vulgar"]), "fraction"
    return _numeral(match, dots_part=dots_part)


def scan(text: str, in_date: Callable[[int], bool] = lambda start: False) -> Iterator[Number]:
    """The numbers of a text from left to right, without overlap.

    `in_date`: whether a character belongs to a date: "on 12 June 300 men" holds no 12 thousand.
    """
    if not _ANY.search(text):
        return
    dots_part, commas_part = bool(_HABIT.search(text)), bool(_COMMAS.search(text))
    position = 0
    while match := _NUMBER.search(text, position):
        blank = match["digits"].find(" ") if match["digits"] else -1
        if blank > 0 and (commas_part or in_date(match.start()) or in_date(match.end() - 1)):
            cut = match.start("digits") + blank
            match = _NUMBER.match(text, match.start(), cut) or match
        position = max(match.end(), position + 1)
        try:
            read = _read(match, dots_part=dots_part)
        except (ValueError, OverflowError):
            continue
        if read is None or read[0] in (float("inf"), float("-inf")):
            continue
        start, (value, style) = match.start(), read
        before = text[max(0, start - 20) : start]
        if style != "vague" and (minus := _MINUS.search(before)):
            value, start = -value, start - len(minus[0])
        scale = _scale(match)
        end = match.end()
        if scale in _DOTTED and _DOT.match(text, end):
            end += 1
        yield Number(start, end, value, style, scale, _sign(match))


def _scale(match: re.Match[str]) -> str:
    """The scale at the end of a number as written: "hundred million" of "four hundred million"."""
    if match["spelt"]:
        found = _LAST_SCALES.search(match["spelt"])
        return found[1] if found else ""
    return str(match["scale"] or match["attached"] or "")


def _sign(match: re.Match[str]) -> str:
    if match["some"]:
        return _SOME[" ".join(match["some"].lower().split())]
    return "~" if match["pair"] else ""
