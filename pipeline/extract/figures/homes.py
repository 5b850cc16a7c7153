"""Whose money it is: currencies that share a name are told apart by the country of the sentence; pounds of money from pounds of weight."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.units import Unit
from pipeline.extract.mentions.places import locate
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention
from pipeline.lexicon import table

_SHARED: dict[str, dict[str, str]] = {}
for _row in table("shared_currencies"):
    _SHARED.setdefault(_row["word"], {})[_row["country"]] = _row["code"]
_BOUND = re.compile(r"[,;:]\s|\s(?:and|but|while|whereas)\s")
_MONEY_NOUN = re.compile(
    r"-?\s?-?(?:[a-z]+\s)?(?:" + "|".join(row["noun"] for row in table("money_nouns")) + r")s?\b",
    re.IGNORECASE,
)
_MONEY_VERB = re.compile(
    r"\b(?:costs?|costing|pays?|paid|paying|fined|spends?|spent|worth|earns?|earned|owes?|owed|(?:sold|sells?|bought)\s(?:\w+\s){0,3}for"
    r"|priced\sat|(?:price|fine|fee|bill|bribe|loan|grant|salary|wage|cost|reward|bail|debt)\sof)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


class Homes:
    """Which country each part of an article speaks of."""

    def __init__(
        self, parsed: ParsedArticle, mentions: Iterable[Mention], entities: Iterable[Entity]
    ) -> None:
        """Order the mentions that have a country."""
        self._parsed = parsed
        country_of = {e.entity_id: e.country for e in entities}
        told = {m.start: m.country or country_of.get(m.actor_id or "") for m in mentions}
        for name in parsed.doc.ents:
            start = parsed.start(name[0])
            if name.label_ == "LOC" and not told.get(start) and (city := locate(name.text)) is not None:
                told[start] = city.country
        self._places = sorted((start, country) for start, country in told.items() if country)
        self._often = Counter(country for _, country in self._places)

    def at_home(self, text: str, quantity: Quantity, offset: int) -> Quantity:
        """The quantity in the currency of the country that its sentence, or else its article, speaks of."""
        if quantity.unit.name == "pound" and _is_money(text, quantity):
            quantity = replace(quantity, unit=Unit("GBP", "money"))
        if quantity.unit.dimension != "money":
            return quantity
        shared = _SHARED.get(_word(text, quantity))
        code = self._code(shared, offset + quantity.number_start) if shared else None
        return replace(quantity, unit=Unit(code, "money")) if code else quantity

    def _code(self, shared: dict[str, str], at: int) -> str | None:
        sentence = self._parsed.sentence_at(at)
        if sentence is not None:
            low, high = (bisect_left(self._places, (char,)) for char in (sentence.start, sentence.end))
            near = [
                (not first <= start < last, abs(start - at), country)
                for first, last in [self._clause(sentence.start, sentence.end, at)]
                for start, country in self._places[low:high]
                if country in shared
            ]
            if near:
                return shared[min(near)[2]]
        often = [country for country, _ in self._often.most_common() if country in shared]
        return shared[often[0]] if often else None

    def _clause(self, start: int, end: int, at: int) -> tuple[int, int]:
        """The part of a sentence around a character that commas and conjunctions bound."""
        text = self._parsed.article.text
        bounds = [m.start() for m in _BOUND.finditer(text, start, end)]
        n = bisect_left(bounds, at)
        return bounds[n - 1] if n else start, bounds[n] if n < len(bounds) else end


def _word(text: str, quantity: Quantity) -> str:
    """The word or sign for the currency as the lists have it."""
    if quantity.joined == "before":
        return text[quantity.amount_start : quantity.number_start].strip().rstrip(".")
    words = text[quantity.number_end : quantity.end].strip(" -").lower()
    word = re.split(r"\s(?:an?|per|each|every)\s|/", words)[0]
    return word if word in _SHARED else word.removesuffix("s")


def _is_money(text: str, quantity: Quantity) -> bool:
    """Whether pounds are money: "a 500-pound fine", "it costs 20 pounds"; "a 500-pound bomb" has its weight."""
    if text.startswith(" of ", quantity.end):
        return False
    if quantity.joined == "-":
        return bool(_MONEY_NOUN.match(text, quantity.end))
    return bool(_MONEY_VERB.search(text, max(0, quantity.start - 60), quantity.start))
