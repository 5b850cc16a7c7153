"""The wording of dates: patterns that find candidates in a paragraph. What they mean is said in `resolve`.

Every pattern is linear: its repeated parts are bounded or cannot match the same character in two ways.
"""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from pipeline.lexicon import table

_EN = Locale("en")
MONTHS = {name.lower(): n for n, name in _EN.months["format"]["wide"].items()}
MONTHS |= {name.lower(): n for n, name in _EN.months["format"]["abbreviated"].items()} | {"sept": 9}
WEEKDAYS = {name.lower(): n for n, name in _EN.days["format"]["wide"].items()}
WEEKDAYS |= {name.lower(): n for n, name in _EN.days["format"]["abbreviated"].items()}
WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
ORDINALS: tuple[str, ...] = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
ORDINALS += ("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")
ORDINALS += ("eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third")
ORDINALS += (
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
)
ORDINALS += ("thirtieth", "thirty-first")
HOLIDAYS = {row["name"]: row for row in table("calendar_days")}


def _any(words: Iterator[str] | list[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def _cased(words: list[str]) -> str:
    """Capitalised or in capitals: "may", "march", "sun" and "sat" are common words."""
    return _any([w.capitalize() for w in words] + [w.upper() for w in words])


_LONG_MONTHS = [m for m in MONTHS if len(m) > 4 or m in ("may", "june", "july")]
ABBREVIATED_MONTHS = [m for m in MONTHS if m not in _LONG_MONTHS]
_MONTH = rf"(?P<month>(?:{_cased(_LONG_MONTHS)})\b|(?:{_cased(ABBREVIATED_MONTHS)})\b\.?)"
_ANY_MONTH = rf"(?P<month>(?:{_cased(_LONG_MONTHS)}|{_any([m for m in _LONG_MONTHS if m not in ('may', 'march')])})\b|(?:{_cased(ABBREVIATED_MONTHS)})\b\.?|(?:{_any(ABBREVIATED_MONTHS)})\.)"
"""With a day beside it a month may stand in lower case."""
_LONG_WEEKDAYS = [w for w in WEEKDAYS if w.endswith("day")]
_SHORT_WEEKDAYS = "Mon|Tues?|Wed|Thu(?:rs?)?|Fri"
_WEEKDAY = rf"(?P<weekday>(?:{_cased(_LONG_WEEKDAYS)})\b|(?:{_SHORT_WEEKDAYS})(?=\.)|(?<=\b[Oo]n\s)(?:Sat|Sun)(?=\.))"
"""A short form alone has its stop; "sat." and "sun." are words too."""
_DATED_WEEKDAY = rf"(?:(?P<weekday>(?:{_cased(list(WEEKDAYS))})\b)\.?,?\s{{1,3}})?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d%]|[.,]\d)"
_WHOSE = r"(?:,?\s(?:of\s)?(?P<whose>(?i:last|this|next))\s(?i:year)(?![\w’']))"
"""The year by its place beside that of publication: "in May last year"."""
_OPEN = r"(?<![\w$£€¥.,:/+])(?<![A-Za-z]-)"
_AND = r"(?P<join>\s?[-–—/]\s?|\s(?:to|and|or|until|till|through)\s)"
_PART = r"(?P<part>(?i:early|mid|late|the\s(?:beginning|start|middle|end|close)\sof))"
_OF = r"(?:[\s-]|\s(?i:in)\s)"
"""What stands between a part and its whole: "early May", "early in May"."""
_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
_UNIT = r"(?P<unit>(?i:second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|century|centurie))"
_THIS = r"(?P<which>(?i:this|last|next|this\spast|this\scoming|past|coming|current|previous|following|same))"
_NUMBER_WORDS = _any([w["word"] for w in table("number_words")])
_COUNT = (
    rf"(?P<count>\d{{1,4}}(?:\.\d)?|(?i:(?:{_NUMBER_WORDS})(?:[\s-](?:{_NUMBER_WORDS})){{0,3}}"
    r"|(?:a\s)?couple(?:\sof)?|half\sa|an?))"
)
_NTH_DAY = rf"(?P<day>[0-3]?\d(?:st|nd|rd|th)|(?i:{_any(list(ORDINALS))}))"
_REL_MONTH = r"(?P<rel>(?i:this|last|next|the|that|the\ssame))\s(?i:month)(?![\w’'])"
_DAYS = r"(?P<days>[0-3]?\d(?:st|nd|rd|th)?(?:,\s[0-3]?\d(?:st|nd|rd|th)?){1,6},?\s(?:and|or|&)\s[0-3]?\d(?:st|nd|rd|th)?)"
_WEEKS = r"(?P<unit>(?i:week|fortnight))s?"
_EIGHTIES = _any(
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
)
_HOLIDAY = rf"(?P<holiday>(?i:{_any(list(HOLIDAYS)).replace('’', '[’' + chr(39) + ']')}))\b"

PATTERNS: dict[str, str] = {
    "iso": r"(?<![\w-])(?P<year>[12]\d{3})-(?P<m>[01]\d)-(?P<day>[0-3]\d)(?![\d-])",
    "dotted": r"(?<![\w./-])(?P<year>[12]\d{3})(?P<sep>[./])(?P<m>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?![\w/-]|\.\d)",
    "compact": r"(?<![\w.,/-])(?P<year>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w,/-]|\.\d)",
    "hyphened": rf"(?<![\w-])(?P<day>[0-3]?\d)-(?P<month>(?i:{_any(list(MONTHS))}))-(?P<year>[12]\d{{3}}|\d\d)(?![\w-])",
    "numeric": r"(?<![\w/.-])(?P<a>[0-3]?\d)(?P<sep>[/.-])(?P<b>[0-3]?\d)(?P=sep)(?P<year>[12]\d{3}|\d\d)(?![\w/-]|\.\d)",
    "days_month": rf"{_OPEN}(?i:the\s)?{_DAYS}\s(?:of\s)?{_ANY_MONTH}(?:,?\s{_YEAR}|{_WHOSE})?(?!\w)",
    "month_days": rf"{_OPEN}{_ANY_MONTH}\s(?:the\s)?{_DAYS}(?!\d|[.:/]\d|%)(?:,?\s{_YEAR}|{_WHOSE})?(?!\w)",
    "day_rel_month": rf"(?<![\w-])(?:(?i:the)\s)?{_NTH_DAY}\s(?i:of)\s{_REL_MONTH}",
    "ordinal_day": rf"(?<![\w-])(?i:the)\s(?!(?i:fourth\sof\sjuly))(?P<day>(?i:{_any(list(ORDINALS))}))\s(?i:of)\s{_MONTH}(?:,?\s{_YEAR}|{_WHOSE})?(?!\w)",
    "bare_day": r"(?<![\w-])(?i:(?<=on )|(?<=by )|(?<=until )|(?<=till )|(?<=since )|(?<=before )|(?<=after )|(?<=from ))(?i:the)\s(?P<day>[0-3]?\d(?:st|nd|rd|th))(?=[.,;:!?)–—]|\s(?i:and|the|a|an|at|in|when|that|as|but|they|he|she|it|to|with|after|before|for|of\s(?:the|this|that)\smonth)\b|$)",
    "nth_weekday": rf"(?<![\w-])(?:(?i:the)\s)?(?P<nth>(?i:first|second|third|fourth|fifth|last|final))\s{_WEEKDAY}\s(?i:of|in)\s(?:{_MONTH}(?:,?\s(?:of\s)?{_YEAR}|{_WHOSE})?|{_YEAR.replace('year', 'alone')}|(?P<rel>(?i:this|last|next|the|that))\s(?P<span>(?i:month|year))(?![\w’']))(?!\w)",
    "ago_weekday": rf"(?<![\w.,]){_COUNT}\s{_WEEKS}\s(?i:ago)\s(?i:on\s|last\s)?{_WEEKDAY}(?!\w)",
    "weekday_ago": rf"(?<![\w-]){_WEEKDAY},?\s{_COUNT}\s{_WEEKS}\s(?i:ago)\b",
    "weeks_from": rf"(?<![\w.,]){_COUNT}\s{_WEEKS}\s(?i:from|on)\s(?:{_WEEKDAY}|(?P<today>(?i:today|tomorrow|now|yesterday)))(?!\w)",
    "weekday_week": rf"(?<![\w-]){_WEEKDAY}\s(?:(?i:in)\s{_COUNT}\s{_WEEKS}(?:[’']\s(?i:time)|\s(?i:time))?|(?P<unit2>(?i:week)))(?![\w’'-]|\s(?i:of|after|later|earlier|before|ago|long)\b)",
    "half_year": r"(?<!\w)(?:(?P<kind>[QqHh])(?P<nth>[1-4])[\s-]?(?:(?i:of|FY)\s?)?(?P<year>[12]\d{3}|[’']?\d\d)|(?P<nth2>[1-4])(?P<kind2>[QqHh])[\s-]?(?P<year2>[12]\d{3}|[’']?\d\d)|(?P<year3>[12]\d{3})[\s-]?(?P<kind3>[QqHh])(?P<nth3>[1-4]))(?![\w%]|[.,]\d)",
    "year_half": rf"(?<![\w-])(?:(?i:the)\s)?(?:(?P<nth>(?i:first|second|third|fourth|last|final))[\s-](?P<unit>(?i:quarter|half))[\s-](?:of\s)?{_YEAR}|{_YEAR.replace('year', 'year2')}(?:[’']s)?\s(?P<nth2>(?i:first|second|third|fourth))[\s-](?P<unit2>(?i:quarter|half))|(?P<whose>(?i:this|last|next))\s(?i:year)[’']s\s(?P<nth3>(?i:first|second|third|fourth|last|final))[\s-](?P<unit3>(?i:quarter|half)))(?!\w)",
    "bare_quarter": r"(?<![\w-])(?:(?i:the)\s)?(?P<nth>(?i:first|second|third|fourth))[\s-](?P<unit>(?i:quarter))(?![\w-]|[’']s\s\w+\sof\b|\s(?:of|century)\b)",
    "months_to": rf"(?<![\w.,])(?:(?i:the)\s)?(?:(?i:first|last)\s)?{_COUNT}\s(?i:months)\s(?i:to|through|ending|ended|until)\s(?:(?i:in|the\send\sof|end|late)\s)?{_MONTH}(?:,?\s{_YEAR}|{_WHOSE})?(?!\w)",
    "mid_week": r"(?<![\w-])(?i:mid-?week)(?![\w-])",
    "day_month": rf"{_OPEN}{_DATED_WEEKDAY}(?i:the\s)?(?:(?P<other>[0-3]?\d)(?:st|nd|rd|th)?{_AND}(?i:the\s)?)?{_DAY}\s{{1,2}}(?:of\s)?{_ANY_MONTH}(?:,?\s{_YEAR}|{_WHOSE})?(?!\w)",
    "month_day": rf"{_OPEN}(?:(?P<which>(?i:next|last|this\spast|this\scoming|this))\s)?{_DATED_WEEKDAY}{_ANY_MONTH}\s{{1,2}}(?:the\s)?{_DAY}(?!\d|[.,:/]\d|%|\s?(?:per\s?cent|[ap]\.?m\b))(?:{_AND}(?:the\s)?(?P<other>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?(?:,?\s{{1,2}}{_YEAR}|{_WHOSE})?(?!\w)",
    "month": rf"{_OPEN}(?:{_PART}{_OF})?(?:{_THIS}\s)?{_MONTH}(?:,?\s(?:of\s)?{_YEAR}|{_WHOSE})?(?!\w)",
    "season": rf"(?<![\w-])(?:{_PART}{_OF})?(?:{_THIS}\s|(?i:the\s))?{_SEASON}(?:\s(?:of\s)?{_YEAR}(?:[-–/]\d\d(?:\d\d)?)?|{_WHOSE})?(?![\w-])",
    "decade": rf"(?<!\w)(?:{_PART}{_OF})?(?i:the\s)?(?:{_PART.replace('part', 'part2')}[\s-])?(?P<decade>[12]\d\d0|[’'‘][2-9]0|(?<=the )[2-9]0|(?<=mid-)[2-9]0|(?<=early )[2-9]0|(?<=late )[2-9]0|(?i:(?<=the ){_EIGHTIES}|(?<=mid-)(?:{_EIGHTIES})))[’']?s?(?<=s)\b",
    "century": rf"(?<!\w)(?:{_PART}{_OF})?(?i:the\s)?(?:{_PART.replace('part', 'part2')}[\s-])?(?P<nth>[12]?\d(?:st|nd|rd|th)|(?i:{_any(list(ORDINALS))}))[\s-](?i:century)\b",
    "years": r"(?<![\w$£€.,:/-])(?P<year>[12]\d{3})\s?[-–—/]\s?(?P<until>[12]\d{3}|\d\d|(?<=[\s–-])\d)(?![\w%]|[.,:/-]\d)",
    "year": rf"(?<![\w$£€¥.,:/+–—-])(?:{_PART}{_OF})?(?P<year>[12]\d{{3}})(?![\w%$£€]|[.,:/]\d|[-–—]\w)",
    "short_year": r"(?<=\s[Ii]n\s)[’'‘](?P<year>\d\d)(?![\w%]|[.,]\d)",
    "today": r"(?<![\w-])(?:(?i:earlier|later|late|early)\s)?(?P<today>(?i:the\sday\sbefore\syesterday|the\sday\safter\stomorrow|yesterday|today|tomorrow|tonight|(?:later|earlier)\s(?:in|that|the\ssame)\s(?:the\s)?day))(?:\s(?i:morning|afternoon|evening|night))?\b",
    "daytime": r"(?<![\w-])(?:(?i:earlier|later|late|early)\s)?(?P<which>(?i:this|last))\s(?P<time>(?i:morning|afternoon|evening|night))\b",
    "overnight": r"(?<![\w-])(?i:overnight)(?![\w-])",
    "weekday": rf"(?<![\w-])(?:(?i:earlier|later|late|early)\s(?:on\s)?)?(?:{_THIS}\s)?{_WEEKDAY}(?:\s(?i:morning|afternoon|evening|night|lunchtime))?(?:\s(?:of\s)?(?P<week>(?i:last|this|next))\s(?i:week)(?![\w’']))?(?!\w|-\w)",
    "this_unit": rf"(?<![\w-])(?:(?P<part>(?i:earlier|later|so\sfar|early|mid|late))[\s-](?i:in\s)?)?(?P<the>(?i:the)\s)?{_THIS}\s{_UNIT}(?![\w-])",
    "after_next": rf"(?<![\w-])(?:(?i:the)\s)?(?:{_WEEKDAY}|(?P<unit>(?i:day|night|week|weekend|month|quarter|year)))\s(?P<which>(?i:after\snext|before\slast))(?![\w’'-])",
    "within_unit": r"(?<![\w-])(?P<part>(?i:earlier|later|early|late))\s(?i:in\sthe)\s(?P<unit>(?i:week|month|year))(?![\w’'-]|\s(?i:of)\b)",
    "weekend": r"(?<!\w)(?i:the)\sweekend\b(?!\sof\b)",
    "part_of": rf"(?<!\w)(?:(?i:the)\s)?(?P<part>(?i:beginning|start|middle|end|close))\sof\s(?:(?i:the)\s)?(?:{_THIS}\s)?(?P<unit>(?i:week|month|quarter|year|decade|century))\b",
    "unit_end": r"(?<![\w-])(?:(?i:the)\s)?(?P<unit>(?i:month|year))(?:[’']s)?[\s-](?i:end)\b",
    "year_part": rf"(?<!\w)(?:(?i:the)\s)?(?P<nth>(?i:first|second|third|fourth|last|final))[\s-](?P<unit>(?i:quarter|half))\sof\s(?:{_YEAR}|(?:(?i:the)\s)?(?:{_THIS}\s)?(?i:year)\b)",
    "first_units": rf"(?<!\w)(?:(?i:the)\s)?(?P<which>(?i:first|last|final))\s(?:{_COUNT}\s)?(?P<unit>(?i:week|month))s?\sof\s(?:{_YEAR}|(?:(?i:the)\s)?(?:(?P<whose>(?i:this|last|next))\s)?(?i:year)\b)",
    "units_of_month": rf"(?<!\w)(?:(?i:the)\s)?(?P<which>(?i:first|second|third|fourth|last|final))\s(?:{_COUNT}\s)?(?P<unit>(?i:day|week|weekend))s?\s(?:of|in)\s(?:{_MONTH}(?:,?\s(?:of\s)?{_YEAR}|{_WHOSE})?|{_REL_MONTH})(?!\w)",
    "past_units": rf"(?<!\w)(?:(?i:the)\s)?(?P<which>(?i:this\spast|past|last|previous|next|coming|following))\s{_COUNT}[\s-](?:(?i:or\sso|full|calendar|working|business)\s)?{_UNIT}s?\b(?!\sof\b)",
    "ago": rf"(?<![\w.,])(?:(?i:about|around|some|nearly|almost|over|more\sthan|just)\s)?(?:(?P<least>\d{{1,3}}|(?i:{_NUMBER_WORDS}))\s(?:or|to)\s)?{_COUNT}(?:\s(?:and\sa\shalf|full|short|long))?[\s-]{_UNIT}s?\s(?P<which>(?i:ago|back))\b(?:\s(?P<to>(?i:today|this\s(?:week|month)))\b)?",
    "from_now": rf"(?<![\w.,]){_COUNT}\s{_UNIT}s?\s(?P<which>(?i:from\s(?:now|today)))\b",
    "ahead": rf"(?<!\w)(?i:in)\s{_COUNT}\s{_UNIT}s?[’']?\s(?P<which>(?i:time))\b",
    "later": rf"(?<![\w.,]){_COUNT}[\s-]{_UNIT}s?\s(?P<which>(?i:later|earlier|previously|afterwards?))\b(?!\sthan\b)",
    "next_day": r"(?<!\w)(?i:the)\s(?P<which>(?i:next|following|previous|preceding))\s(?P<unit>(?i:day|morning|afternoon|evening|night|week|month|year))\b",
    "same_day": r"(?<![\w-])(?:(?i:on|in)\s)?(?i:that\ssame|the\svery\ssame|the\ssame|that)\s(?P<unit>(?i:day|morning|afternoon|evening|night|week|weekend|month|year))(?![\w’'-]|\s(?i:as|that|when|in\swhich)\b)",
    "in_units": rf"(?<!\w)(?P<how>(?i:in|within))\s(?i:about\s|around\s|roughly\s|some\s|just\s)?{_COUNT}\s{_UNIT}s?(?![\w’'-]|\s(?i:of|ago|or|to)\b)",
    "holiday": rf"(?<!\w)(?:{_THIS}\s)?{_HOLIDAY}(?P<weekend>(?:[’']s)?\s(?:(?i:bank|holiday|long)\s){{0,2}}(?i:weekend))?(?:,?\s(?:in\s|of\s)?{_YEAR}|{_WHOSE})?",
}


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """A pattern, made when a text may hold it: most texts need few, and to make all takes as long as to read a short article."""
    return re.compile(PATTERNS[kind])


_TRIGGER = re.compile(
    rf"\d\d|\d[/.]\d|\d(?:st|nd|rd|th)\b|\b(?i:day|night|overnight|week|fortnight|month|quarter|year|decade|century|spring|summer|autumn|fall|winter|morning|afternoon|evening|ago|century|later|earlier|tomorrow|tonight|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|mid-?week|[1-4][qh]\d\d|[qh][1-4])"
    rf"|day\b|DAY\b|{_MONTH}|\b(?:{_cased(list(WEEKDAYS))})\b|{_HOLIDAY}"
)

_ANY_DIGIT = re.compile(r"\d")

LEAD = re.compile(
    r"(?i:\b(?P<lead>on|in|at|during|over|since|by|until|till|from|between|within|for|through)\s(?:the\s)?)$"
)
"""The preposition right before a date; `since`, `by` and `until` change its span of days."""

LINK = re.compile(
    r"(?:,(?=\s(?:to|until|till|through)\b))?\s?(?:[-–—]|\b(?:to|until|till|through|and))\s?(?:the\s)?",
    re.IGNORECASE,
)
"""What stands between the two ends of a span of time."""


def _plain(text: str) -> str:
    """A text in small letters, with 0 for any digit and the curved apostrophe for both."""
    return _ANY_DIGIT.sub("0", text.casefold()).replace("'", "’")


_Words = tuple[str, ...]
_DIGIT: _Words = ("0",)
_MONTH_NAMES: _Words = tuple(sorted({name[:3] for name in MONTHS}))
_DAY_NAMES: _Words = tuple(sorted({name[:3] for name in WEEKDAYS}))
_WEEK_NAMES: _Words = ("week", "fortnight")
_UNITS: _Words = (
    "second", "minute", "hour", "day", "night", "week", "month", "quarter", "year", "decade", "centur",
)  # fmt: skip
_PARTS_OF_YEAR: _Words = ("quarter", "half")
_TIMES: _Words = ("morning", "afternoon", "evening", "night")

_NEEDS: dict[str, tuple[_Words, ...]] = {
    "iso": (_DIGIT,),
    "dotted": (_DIGIT,),
    "compact": (_DIGIT,),
    "hyphened": (_DIGIT, _MONTH_NAMES),
    "numeric": (_DIGIT,),
    "days_month": (_DIGIT, _MONTH_NAMES),
    "month_days": (_DIGIT, _MONTH_NAMES),
    "day_rel_month": (("month",),),
    "ordinal_day": (_MONTH_NAMES,),
    "bare_day": (_DIGIT,),
    "nth_weekday": (_DAY_NAMES,),
    "ago_weekday": (_DAY_NAMES, ("ago",)),
    "weekday_ago": (_DAY_NAMES, ("ago",)),
    "weeks_from": (_WEEK_NAMES,),
    "weekday_week": (_DAY_NAMES, _WEEK_NAMES),
    "half_year": (_DIGIT,),
    "year_half": (_PARTS_OF_YEAR,),
    "bare_quarter": (("quarter",),),
    "months_to": (("months",), _MONTH_NAMES),
    "mid_week": (("week",),),
    "day_month": (_DIGIT, _MONTH_NAMES),
    "month_day": (_DIGIT, _MONTH_NAMES),
    "month": (_MONTH_NAMES,),
    "season": (("spring", "summer", "autumn", "fall", "winter"),),
    "decade": (("0", "ties"),),
    "century": (("century",),),
    "years": (_DIGIT,),
    "year": (_DIGIT,),
    "short_year": (_DIGIT,),
    "today": (("day", "tomorrow", "tonight"),),
    "daytime": (_TIMES,),
    "overnight": (("overnight",),),
    "weekday": (_DAY_NAMES,),
    "this_unit": (_UNITS,),
    "after_next": (("after next", "before last"),),
    "within_unit": (("in the",),),
    "weekend": (("weekend",),),
    "part_of": (_UNITS,),
    "unit_end": (("month", "year"), ("end",)),
    "year_part": (_PARTS_OF_YEAR,),
    "first_units": (("week", "month"), ("first", "last", "final")),
    "units_of_month": (("day", "week"),),
    "past_units": (_UNITS,),
    "ago": (_UNITS, ("ago", "back")),
    "from_now": (_UNITS, ("from now", "from today")),
    "ahead": (_UNITS, ("time",)),
    "later": (_UNITS, ("later", "earlier", "previously", "afterward")),
    "next_day": (("next", "following", "previous", "preceding"),),
    "same_day": (("same", "that"),),
    "in_units": (_UNITS,),
    "holiday": (("day", *(_plain(name) for name in HOLIDAYS if "day" not in name)),),
}
"""Of each of these tuples a text holds a part at least, wherever the pattern fits: most patterns need not be tried on most texts."""
_EVERY_NEED = frozenset(words for needs in _NEEDS.values() for words in needs)


def _holds(text: str, words: _Words) -> bool:
    return any(map(text.__contains__, words))


def candidates(text: str) -> list[tuple[str, re.Match[str]]]:
    """Every place where a pattern fits, with the pattern's name; they may overlap."""
    if not _TRIGGER.search(text):
        return []
    plain = _plain(text)
    holds = {words: _holds(plain, words) for words in _EVERY_NEED}
    return [
        (kind, match)
        for kind in PATTERNS
        if all(holds[words] for words in _NEEDS[kind])
        for match in pattern(kind).finditer(text)
    ]
