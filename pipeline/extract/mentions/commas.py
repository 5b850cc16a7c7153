"""Places by what stands behind their comma: "Moscow, Idaho", "London, Ontario", "Athens, Georgia"."""

from pipeline.extract.mentions.gazetteer import countries, fold, is_region, lookup
from pipeline.extract.mentions.places import city_in, states
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.parsed import ParsedArticle

_BRACKETS = frozenset((",", "("))
_POSSIBLE = ("place", "country", "person", "organization")


def settle_commas(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Give a place the state or country behind its comma; so neither the capital nor the country of that name is meant."""
    starts = {s.start: s for s in spans}
    for span in list(spans):
        if span.type not in _POSSIBLE or span.kind != "name" or "," in span.name:
            continue
        after = span.end
        if (
            after + 1 >= len(parsed.doc)
            or parsed.doc[after].text not in _BRACKETS
            or parsed.doc[after + 1].is_sent_start
        ):
            continue
        within = _within(parsed, starts.get(after + 1), after + 1)
        if within is None:
            continue
        country, part, sure = within
        city = city_in(span.name, country, part)
        placed = span.type == "place" or (span.type == "country" and span.country != country)
        if city is None and not (placed and sure):
            continue
        if span.type in ("person", "organization") and span.certain:
            continue
        span.type, span.country, span.key, span.sector, span.within = "place", country, None, None, part
        span.certain = True
        behind = starts.get(after + 1)
        if part and behind is not None and behind.type == "country":  # "Athens, Georgia"
            behind.type, behind.country, behind.key, behind.sector = "place", country, None, None


def _within(parsed: ParsedArticle, behind: ActorSpan | None, at: int) -> tuple[str, str | None, bool] | None:
    """Country and state that stand at a token, and whether no country bears the state's name."""
    text = parsed.flat
    name = behind.name if behind is not None else parsed.doc[at].text
    state = states().get(fold(name))
    if state:
        if behind is not None and behind.type == "country":  # Georgia
            return "USA", state[0], False
        return "USA", state[0], name not in countries().values()
    if behind is None or behind.kind != "name":
        return None
    entry = lookup(text, parsed.starts[at])
    if behind.type == "country" and behind.country:
        return behind.country, None, False
    if entry is not None and entry.type == "place" and entry.country and is_region(behind.name):
        return entry.country, None, True
    return None


def split_commas(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Part a place and the state or country that the model took in with it ("Moscow, Idaho")."""
    for span in list(spans):
        if span.type != "place" or span.certain or "," not in span.name:
            continue
        comma = next((t.i for t in parsed.doc[span.start : span.end] if t.text == ","), None)
        if comma is None or comma in (span.start, span.end - 1):
            continue
        rest = make_name(parsed, comma + 1, span.end, "place")
        span.end = comma
        span.name = make_name(parsed, span.start, comma, "place").name
        spans.append(rest)
