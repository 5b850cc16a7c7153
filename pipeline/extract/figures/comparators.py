"""Words that say how exact a number is: "at least", "nearly", "or more"."""

import re

from pipeline.lexicon import table

_BEFORE = {row["form"]: row["sign"] for row in table("comparators") if row["place"] == "before"}
_AFTER = {row["form"]: row["sign"] for row in table("comparators") if row["place"] == "after"}
_MAX_WORDS = max(len(form.split()) for form in _BEFORE)
_LAST_WORDS = re.compile(r"((?:[\w.’'-]+\s+){0,4}[\w.’'-]+)\s+$")
_LAST_SIGN = re.compile(r"(?:([<>≥≤~≈±])\s?|\b([Ss]ub)-)$")
_AFTER_FORMS = re.compile(
    r"[\s,]?\s?(" + "|".join(sorted((re.escape(f) for f in _AFTER), key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:"
    + "|".join(
        form
        for row in table("trends")
        if row["kind"] == "carrier"
        and row["lemma"] in ("go", "come", "move", "creep", "edge", "inch", "tick")
        for form in (row["lemma"], *row["forms"].split("|"))
    )
    + r")\s$",
    re.IGNORECASE,
)
"""Verbs of motion that "up" and "down" belong to."""
_BEGAN = re.compile(
    r",?\sfrom\s(?:about\s|just\s|only\s|some\s)?[$£€]?\d[\d,]*(?![\d,])(?=[.,;:)]|$|\s(?:on|in|at|as|a|an|the|and|last|before|earlier)\b)"
)
_ADDED = re.compile(r"\badd(?:s|ed|ing)?\s$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    r"\s(?!(?:for|of|in|on|at|to|from|by|per|and|or|but|as|if|when|while|with|after|before|is|was|are|were|each)\b)[a-z]"
)
_MOVES_OVER = re.compile(
    r"\b(?:tak(?:e|en|ing)\splace|took\splace|rush|flow|pour|fl[ey]w?|jump|leap|climb|spill|tumbl|f[ae]ll|hover|soar|pass|presid|argu|disagree|fight|fought|clash|disput|row"
    r"|quarrel|feud|battl|control|power|authority|sovereignty|roll|ran|run|dr[io]ve|walk|trip|stumbl|hang|hung|sail|sweep|swept|spread)\w*\s(?:\w+\s)?$",
    re.IGNORECASE,
)
"""Before "over" with a number in words, which is then a place or a matter: "flew over two towns", "a row over three islands"."""
_DURATION_LEADS = re.compile(
    r"\b(?:for|in|after|of|last(?:ed|s)?|took|takes?|spen[dt]|is|was|were|are|be|been|to|and|than)\s$",
    re.IGNORECASE,
)


def before(text: str, start: int, dimension: str) -> tuple[str, int] | None:
    """Sign and start of the comparator that ends right before a figure; several may stand in a row ("at least about")."""
    sign, first = None, start
    for _ in range(3):
        found = _one_before(text, first, dimension)
        if found is None:
            break
        if sign is None or sign in ("=", "~"):
            sign = found[0]
        first = found[1]
    return (sign, first) if sign else None


def _one_before(text: str, start: int, dimension: str) -> tuple[str, int] | None:
    window = max(0, start - 48)
    if mark := _LAST_SIGN.search(text, window, start):
        return _BEFORE[mark[1] or "under"], mark.start()
    found = _LAST_WORDS.search(text, window, start)
    if not found:
        return None
    words = re.split(r"(\s+)", found[1])
    for count in range(min(_MAX_WORDS, (len(words) + 1) // 2), 0, -1):
        tail = words[len(words) - 2 * count + 1 :]
        form = " ".join("".join(tail).lower().split())
        if form not in _BEFORE:
            continue
        first = found.end(1) - len("".join(tail))
        # "over three days" and "within 48 hours" tell when, not how long, unless something like "for" leads.
        spans = dimension == "time" and form in ("over", "within", "under")
        if spans and (form == "within" or not _DURATION_LEADS.search(text, max(0, first - 10), first)):
            return None
        if form == "over" and text[start].isalpha() and _MOVES_OVER.search(text, max(0, first - 24), first):
            return None
        if form == "up to" and _ADDED.search(text, max(0, first - 10), first):
            return None  # "which will add up to 50 million"
        if form in ("up to", "down to") and _CARRIED.search(text, max(0, first - 12), first):
            return None  # "went up to 210"
        return _BEFORE[form], first
    return None


def is_rise(text: str, start: int, end: int) -> bool:
    """Whether "up to" tells a rise and no bound: "is up to 90 from 74"."""
    return text[start : start + 6].lower() == "up to " and _BEGAN.match(text, end) is not None


def after(text: str, end: int) -> tuple[str, int] | None:
    """Sign and end of the comparator right behind a number or its unit."""
    found = _AFTER_FORMS.match(text, end)
    if found and found[1].lower() in ("minimum", "maximum") and _NOUN_BEHIND.match(text, found.end()):
        return None  # "the $50 minimum wage"
    return (_AFTER[found[1].lower()], found.end()) if found else None
