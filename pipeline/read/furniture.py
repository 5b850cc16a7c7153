"""Lines of a page that are no part of its article: sharing buttons, links to other articles, captions, cookie notices,
copyright lines, page numbers. The patterns are data (`lexicon/furniture.csv`): `whole` must match the whole line, `opens`
its beginning, `ends` its end.
"""

import re
from functools import cache

from pipeline.lexicon import table

MAX_FURNITURE = 300
"""Longer lines are paragraphs, whatever they begin with."""
_MAX_ENDS = 200
"""Longer lines that end as captions do are paragraphs."""
_AROUND = " \t\u00a0|·•–—-*»>«<→▶►✕×+…:,;"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rows: dict[str, list[str]] = {}
    for row in table("furniture"):
        rows.setdefault(row["where"], []).append(row["pattern"])
    return {
        where: re.compile("|".join(f"(?:{p})" for p in patterns), re.I) for where, patterns in rows.items()
    }


def is_furniture(line: str) -> bool:
    """Whether a line is none of its article's."""
    if len(line) > MAX_FURNITURE:
        return False
    patterns = _patterns()
    bare = line.strip(_AROUND)
    if patterns["whole"].fullmatch(bare.rstrip(".!")) or patterns["whole"].fullmatch(bare):
        return True
    if patterns["opens"].match(bare):
        return True
    return len(line) <= _MAX_ENDS and bool(_ends().search(bare))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s.,|(\[/’”]))(?:{_patterns()['ends'].pattern})$", re.I)
