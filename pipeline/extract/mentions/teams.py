"""Countries that play: in reports of sport, "Sweden" is a team, not a state."""

from functools import cache

from pipeline.extract.mentions.gazetteer import countries, fold
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_DISTINCT = 6
"""Different words of sport that an article must hold."""
_SHARE = 0.02
"""Share of its words that they must make."""
_WHERE = frozenset(("in", "from", "across", "near", "outside", "throughout", "visit", "leave"))
_OF_STATE = frozenset(
    ("government", "president", "parliament", "minister", "capital", "border", "economy", "people")
)


@cache
def sport_words() -> frozenset[str]:
    """Words that reports of sport are full of, players and coaches among them, lower case."""
    return frozenset(row["word"] for row in table("sport_words"))


def is_sport(parsed: ParsedArticle) -> bool:
    """Whether an article reports on sport, by its words."""
    words = [t.lower_ for t in parsed.doc if t.is_alpha or "-" in t.text]
    found = [w for w in words if w in sport_words()]
    return len(set(found)) >= _DISTINCT and len(found) >= _SHARE * len(words)


def settle_teams(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Make the countries of a report on sport teams, but for those that only locate or have a government."""
    if not is_sport(parsed):
        return
    doc = parsed.doc
    for span in spans:
        if span.type != "country" or span.kind != "name" or not span.country:
            continue
        before = doc[span.start - 1].lower_ if span.start else ""
        after = [t.lower_ for t in doc[span.end : span.end + 2]]
        state = len(after) > 1 and after[0] in POSSESSIVE and after[1] in _OF_STATE
        if before not in _WHERE and not state:
            code = span.country if span.country != "GBR" else fold(span.name)
            span.type, span.sector, span.key = "organization", "CVL", f"team:{code}"


def team_name(code: str, spoken: str) -> str:
    """What a team is called in the table, told apart from its country."""
    return f"{countries().get(code, spoken)} national team"
