"""Units of measurement and currencies around a number; names in the singular, money by ISO 4217.

Names come from CLDR (through Babel) for the units that `units.csv` lists, and for every currency; the lists add what
CLDR lacks: symbols as news write them, bare currency names, slang.
"""

import re
from dataclasses import dataclass
from functools import cache

import pycountry
from babel.numbers import get_currency_name
from babel.units import format_unit

from pipeline.lexicon import table


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its English name in the singular (money: its ISO 4217 code) and what it measures."""

    name: str
    dimension: str


COUNT = Unit("count", "count")
NO_UNIT = Unit("", "")
"""Of an index, an exchange rate, a price without its currency."""
FRACTION = Unit("fraction", "share")
MAX_FORM_WORDS = 4
_WORDS_TOO = frozenset({"ALL", "TOP", "MOP", "CUP", "PEN", "SOS", "COP", "GEL", "BAM"})
"""Currency codes that headlines in capitals use as words."""


def _cldr_names(unit_id: str) -> set[str]:
    """Singular and plural names in American and British spelling."""
    names = set()
    for locale in ("en", "en_GB"):
        for count in (1, 2):
            names.add(
                format_unit(count, unit_id, "long", locale=locale).removeprefix(str(count)).strip().lower()
            )
    return names


@cache
def _unit_forms() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Units by lower-case name, and by symbol (case matters)."""
    names: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for row in table("units"):
        unit = Unit(row["name"], row["dimension"])
        forms = {row["name"], *filter(None, row["forms"].split("|"))}
        if row["cldr"] and row["dimension"] != "age":
            forms |= _cldr_names(row["cldr"])
        for form in forms:
            names[form] = unit
            names[form.replace(" ", "-")] = unit
        symbols |= dict.fromkeys(filter(None, row["symbols"].split("|")), unit)
    return names, symbols


@cache
def _currency_forms() -> tuple[dict[str, str], dict[str, str]]:
    """ISO codes by what stands before a number (case matters) and by what stands after it (lower case)."""
    codes = [c.alpha_3 for c in pycountry.currencies if c.alpha_3 not in _WORDS_TOO]
    before = {code: code for code in codes}
    after: dict[str, str] = {}
    for code in codes:
        for count in (1, 2):
            after[get_currency_name(code, count=count, locale="en").lower()] = code
    for row in table("currencies"):
        if row["place"] == "before":
            before[row["form"]] = row["code"]
            if not row["form"].isascii():
                after[row["form"]] = row["code"]
        else:
            after[row["form"].lower()] = row["code"]
            if row["source"] == "bare name" and row["form"].isalpha():
                after.setdefault(f"{row['form'].lower()}s", row["code"])  # "20,000 laris"
    return before, after


_SIGNS = "".join(
    {row["form"] for row in table("currencies") if len(row["form"]) == 1 and not row["form"].isalpha()}
)
_BEFORE = re.compile(
    rf"((?:(?<![\w-])(?:(?:c|hk|nz|[acnhsm][aguzkx][dpn])\s?|[A-Z]{{1,3}}[a-z]{{0,2}}(?:\.[A-Z]\.)?|[A-Z]{{2,3}}\s|U\.S\.\s))?[{re.escape(_SIGNS)}](?:US|HK|NZ|A|C|S)?"
    rf"|(?<![\w-])(?:Y=|[A-Z][A-Za-z]{{0,3}}\.?))\s?[-+−]?$"
)
_WORDS = re.compile(
    r"(\s?-?\s?)([^\s,;:()\[\]\"“”!?—–/-][^\s,;:()\[\]\"“”!?—–]{0,40}(?:\s[^\s,;:()\[\]\"“”!?—–]{1,40}){0,3})"
)
_TAIL = ".'’=-"
_LETTERS = frozenset(row["form"] for row in table("currencies") if row["form"] in ("N", "K", "P", "PS"))
"""Letters that stand for a currency in its country, or for its sign in plain ASCII, and for much else elsewhere."""
_SHOUTED_BEFORE = re.compile(r"(?:^|\n|[A-Z]{3,}\s)$")
_SHOUTED = re.compile(r"\d[\d.,]*\s(?!(?:MILLION|BILLION|TRILLION|CRORE|LAKH)\b)[A-Z]{3,}\b")
"""Words in capitals on both sides, as in headlines."""
_NAME_GOES_ON = re.compile(r"-[\dA-Z]")


def currency_before(text: str, start: int, *, large: bool = True) -> tuple[str, int] | None:
    """ISO code and start of a currency sign or code right before a number; single letters stand before large sums only."""
    found = _BEFORE.search(text, max(0, start - 8), start)
    if not found:
        return None
    form = re.sub(r"\.(?=.)", "", found[1].rstrip("."))
    if _SHOUTED_BEFORE.search(text, max(0, found.start(1) - 20), found.start(1)) and _SHOUTED.match(
        text, start
    ):
        return None  # "POLICE TRY 30 MEN" is no sum
    codes = _currency_forms()[0]
    if form in _LETTERS and not large:
        return None
    code = codes.get(form) or codes.get(form.replace(" ", ""))
    if code is None and form[-1] in _SIGNS and form[:-1] in codes:  # "MXN$68"
        code = codes[form[:-1]]
    if code is None and form[-1] == "$" and form[:1].islower():  # "c $ 16", "mxn$ 15"
        code = codes.get(form.replace(" ", "").upper()) or codes.get(form[:-1].strip().upper())
    if code:
        return code, found.start(1)
    return (codes[form[-1]], found.end(1) - 1) if form[-1] in _SIGNS else None


def unit_after(text: str, end: int, *, digits: bool) -> tuple[Unit, int, str] | None:
    """The unit after a number, where it ends, and what joins the two ("", " " or "-"); longest name first.

    `digits`: the number is written in digits; only then do letters like "MP" and "C" stand for units.
    """
    found = _WORDS.match(text, end)
    if not found:
        return None
    names, symbols = _unit_forms()
    codes, currencies = _currency_forms()
    words = re.split(r"\s", found[2])
    for count in range(min(len(words), MAX_FORM_WORDS), 0, -1):
        form = " ".join(words[:count])
        cuts = [form, form.rstrip(_TAIL), re.split(r"['’](?=s\b)", form)[0]]
        if count == 1:
            cuts.append(re.split(r"[-/](?=\w)", form)[0])
        for cut in cuts:
            symbol = symbols.get(cut) if digits or not cut.isalpha() else None
            unit = symbol or names.get(cut.lower())
            if len(cut) == 1 and _NAME_GOES_ON.match(text, found.start(2) + 1):
                continue  # "two F-16s"
            if unit is None and (code := codes.get(cut) or currencies.get(cut.lower())):
                unit = Unit(code, "money")
            if unit and _allowed(cut, found[1]):
                return unit, found.start(2) + len(cut), found[1].strip()
    return None


@cache
def _scaled_code() -> re.Pattern[str]:
    codes = "|".join(sorted(_currency_forms()[0].keys() & {c.alpha_3 for c in pycountry.currencies}))
    return re.compile(rf"\s?([kKM]|MN|Mn|BN|Bn)({codes})\b")


def scaled_code_after(text: str, end: int) -> tuple[str, str, int] | None:
    """Scale, ISO code and end of "MEUR" or "KSEK" after a number, as Nordic companies report."""
    found = _scaled_code().match(text, end)
    return (found[1].lower(), found[2], found.end()) if found else None


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """What a counted noun is for one of, and its end: "per day", "a week", "for every bed"."""
    if (often := _HOW_OFTEN.match(text, end)) is not None:
        return _OFTEN[often["often"]], often.end()
    found = _PER.match(text, end)
    below = _below(found) if found else None
    return (
        (below.name, found.end())
        if found and below and (below.dimension == "time" or _says_per(found))
        else None
    )


def unit_named(name: str) -> Unit | None:
    """The unit of length, mass, time ... by its English name in the singular; None for other words and for money."""
    unit = _unit_forms()[0].get(name.lower())
    return unit if unit is not None and unit.name == name.lower() and unit.dimension in _NAMED else None


def _allowed(form: str, gap: str) -> bool:
    """A one-letter symbol must touch its number ("5m"), and "in" for inches is no unit at all here."""
    return (len(form) > 1 and form != "in") or not form.isalpha() or gap == "" or form in "WVJLANCFmg"


_NAMED = frozenset({"time", "length", "area", "volume", "mass"})
_PER = re.compile(
    r"\s?(?:-?(?P<by>per|an?|each|every|for\severy|for\seach)[\s-](?:(?:full|whole|single|calendar|working|extra)\s)?|/)\s?"
    r"(?:(?<=per\s)(?P<many>\d[\d,]{0,11})\s|(?<=/)\d[\d,]{0,11}\s)?"
    r"(?P<below>(?:square\s|cubic\s)?[A-Za-z]+[23²³]?)(?!\s(?:ago|earlier|later|before|after)\b)",
    re.IGNORECASE,
)
_OFTEN = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}
_HOW_OFTEN = re.compile(
    rf"\s(?P<often>{'|'.join(_OFTEN)})(?=[.,;:)]|$|\s(?:in|from|to|for|by|since|between|on|and|but|through|at|over|until|as|with|while|when)\b)"
)
"""Behind an amount: "$6 billion annually"; "40 daily flights" go on with their noun."""
_SOLD = frozenset(row["noun"] for row in table("sold_by"))
_AWARE = frozenset({"cent", "se"})
_NO_THING = frozenset(
    {
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "with",
        "by",
        "as",
        "than",
        "that",
        "while",
        "when",
    }
    | {
        "the",
        "a",
        "other",
        "one",
        "side",
        "way",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "after",
        "before",
    }
)
"""Words behind "each" that name nothing that something is for one of: "weighing 60 pounds each and"."""
_COMPOUNDED = frozenset({"length", "data", "current", "power", "voltage", "force", "energy"})


def _says_per(found: re.Match[str]) -> bool:
    return (found["by"] or "per").lower() in ("per", "each", "for every", "for each")


def _below(found: re.Match[str]) -> Unit | None:
    """What stands below a rate: a unit, or for "per" any noun; "a" and "an" take things sold by the piece too."""
    names, symbols = _unit_forms()
    word = found["below"]
    if word.lower() in _AWARE | _NO_THING:
        return None  # "two each in the north"
    below = names.get(word.lower()) or symbols.get(word)
    if below is not None and below.dimension in ("time", "length", "area", "volume", "mass", "energy"):
        return below
    if word.lower() in _SOLD or (found["by"] and _says_per(found) and word.islower()):
        return Unit("person" if word.lower() in ("capita", "head") else word.lower(), "count")
    return None


def per(text: str, unit: Unit, end: int) -> tuple[Unit, str | None, int] | None:
    """The unit, what it is for one of, and the end of both: "$60 a barrel", "5% a year", "300 barrels per day".

    A speed and the like are units themselves: "kilometre per hour".
    """
    if (often := _HOW_OFTEN.match(text, end)) is not None:
        return unit, _OFTEN[often["often"]], often.end()
    found = _PER.match(text, end)
    below = _below(found) if found else None
    if found is None or below is None:
        return None
    if unit.dimension == "length" and below.dimension == "time":
        return Unit(f"{unit.name} per {below.name}", "speed"), None, found.end()
    whole = _unit_forms()[0].get(f"{unit.name} per {below.name}")
    if whole is not None:
        return whole, None, found.end()
    if unit.dimension in _COMPOUNDED and below.dimension != "count":
        return Unit(f"{unit.name} per {below.name}", f"{unit.dimension} rate"), None, found.end()
    return unit, f"{found['many']} {below.name}" if found["many"] else below.name, found.end()
