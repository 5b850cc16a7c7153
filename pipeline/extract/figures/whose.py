"""Whose a figure is, and which quantity of it the figure gives: the profit of Ford, the height of the wall.

`measured` finds the noun that a measurement measures; here that noun is told apart: a quantity ("profit") is an attribute
and its owner the subject, a thing or person is the subject itself.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.figures.attributes import (
    BEHIND,
    derived_from,
    extent,
    is_part_of,
    is_quantity,
    is_way,
    of_dimension,
    quantity_kind,
    size_of,
)
from pipeline.extract.figures.context import QUAKES, is_polled
from pipeline.extract.figures.counted import (
    NOUNS,
    counted_phrase,
    has_case,
    head_of,
    is_plural,
    modifiers,
    names_kind,
    singular,
)
from pipeline.extract.figures.doers import SUBJECTS, doers, equal_to, given, name_behind
from pipeline.extract.figures.led import beside, led_noun, opening
from pipeline.extract.figures.nouns import (
    names_quantity,
)
from pipeline.extract.figures.owners import harmed_in, owners, owners_of_count, possessor_of
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.times import (
    had,
    is_rare_in,
    is_time_in,
    lasts,
    moved_by,
    offset_of,
    passes,
    served,
    tells_since_when,
    time_spent,
    verb_over,
)
from pipeline.extract.figures.trends import moves

_SUMS = frozenset({"amount", "sum"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure tells: `counted` for counts and parts of a mass, else `attribute`; `subjects` tell whose."""

    counted: str | None = None
    attribute: str | None = None
    subjects: tuple[Token, ...] = ()
    """Heads of the words for whose, the nearest owner first."""


def told_by_count(tokens: list[Token], noun: Token | None, counted: str | None, taken: Set[int]) -> Told:
    """Whose things are counted: "Ford has 13,000 workers", "Israel's 120 lawmakers"; no subject where none is named."""
    own = noun if noun is not None and noun.i > tokens[0].i else None  # not what an earlier number counted
    found = tuple(owners_of_count(tokens, own, taken))
    if noun is not None and own is None:  # "last year's record of 867": people are not whose people are
        found = tuple(one for one in found if one.lemma_ != noun.lemma_)
    found = found or tuple(harmed_in(own, head_of(tokens), taken))
    return Told(counted=counted, attribute=_held(own, tokens[0]), subjects=found)


def _held(own: Token | None, first: Token) -> str | None:
    """The quantity that a count gives: "a population of 50 people", "a crew of 12"."""
    over = own.head if own is not None else None
    if own is None or over is None or own.dep_ != "nmod" or not over.i < first.i or not has_case(own, "of"):
        return None
    return over.lower_ if over.tag_ == "NN" and quantity_kind(over.lower_) == "level" else None


def told_by_size(
    text: str, quantity: Quantity, tokens: list[Token], noun: Token | None, taken: Set[int]
) -> Told:
    """What a measurement tells of whom; `noun` is what it measures, None where the sentence does not name it."""
    derived = derived_from(text, quantity, tokens)
    told = _told_around(text, quantity, tokens, noun, taken, derived)
    if told is None and noun is not None:
        told = _told_apart(text, quantity, tokens, noun, taken)
    if told is not None:
        return told
    if (whole := _of_which(quantity, tokens)) is not None:
        return Told(counted=counted_phrase(whole, taken), subjects=(whole,))
    if quantity.unit.dimension == "seismic":
        return Told(attribute=derived, subjects=_quake_beside(tokens))
    if noun is None or served(quantity, tokens) or lasts(quantity, tokens, noun):
        derived = derived or of_dimension(quantity, tokens)
        if tells_since_when(quantity, tokens):
            return Told(attribute=derived)
        return Told(attribute=derived, subjects=tuple(doers(head_of(tokens), taken)))
    if is_part_of(quantity, tokens, noun):
        shared_by = [*_sharers(quantity, tokens, taken), *owners(noun, taken), noun]
        return Told(counted=counted_phrase(noun, taken), subjects=tuple(shared_by))
    if noun.lemma_.lower() in _SUMS and noun.i < tokens[0].i:
        return Told(attribute=noun.lower_)  # "the amount approved, just over $86 million"
    named = quantity_kind(noun.lemma_) is not None
    if is_person(noun) and noun.i + 1 < len(noun.doc) and noun.nbor(1).ent_type_ == "PERSON":
        noun = name_behind(noun)  # "36-year-old conductor Ivo Horn"
    thing = not named and derived is None and not is_quantity(noun)
    if thing and (usual := _USUAL.get(quantity.unit.dimension)) is not None:
        head = head_of(tokens)
        far = usual != "distance" or (head is not None and is_way(head))
        led = noun.i < tokens[0].i and led_noun(opening(quantity, tokens), taken, sized=True) == noun
        size = usual if far else extent(quantity, noun) if led else None  # "waves of one metre"
        return Told(attribute=size, subjects=_sized_thing(noun, tokens, taken))
    if quantity.unit.dimension == "time" and _takes_time(quantity, tokens, noun, taken) and not named:
        return _told_of_bearer(quantity, tokens, noun, taken, derived or time_spent(tokens))
    put_in = quantity.unit.dimension == "money" and noun.i > tokens[-1].i and has_case(noun, "in")
    if put_in and noun.head.i <= tokens[-1].i:
        return _told_by_noun(quantity, tokens, noun, taken, named=True)  # "paid £4 million in bribes"
    if not named and (derived or _bears(noun, tokens) or is_person(noun)):
        return _told_of_bearer(quantity, tokens, noun, taken, derived or of_dimension(quantity, tokens))
    return _told_by_noun(quantity, tokens, noun, taken, named=named)


def _of_which(quantity: Quantity, tokens: list[Token]) -> Token | None:
    """What a figure is a part of that stands before its clause: "a port, half of which lay in ruins"."""
    doc, behind, first = tokens[-1].doc, tokens[-1].i + 1, opening(quantity, tokens)
    part = [t.lower_ for t in doc[behind : behind + 2]] in (["of", "which"], ["of", "whom"])
    if quantity.unit.dimension != "share" or not part or first.i < first.sent.start + 2:
        return None
    whole = first.nbor(-2) if first.nbor(-1).text == "," else first.nbor(-1)
    return whole if whole.pos_ in NOUNS else None


def _takes_time(quantity: Quantity, tokens: list[Token], noun: Token, taken: Set[int]) -> bool:
    """Whether a noun before a length of time only has it: "took the firm five days", "leaves office a year from now", not "a truce of six months"."""
    return noun.i < tokens[0].i and led_noun(opening(quantity, tokens), taken) != noun


def _quake_beside(tokens: list[Token]) -> tuple[Token, ...]:
    """The quake whose magnitude is told: the next one behind the number, else the last before it; never who measured it."""
    sent = tokens[0].sent
    behind = tokens[-1].doc[tokens[-1].i + 1 : min(sent.end, tokens[-1].i + _NEAR_QUAKE)]
    before = reversed(tokens[0].doc[sent.start : tokens[0].i])
    found = next((t for t in (*behind, *before) if t.lemma_.lower() in QUAKES), None)
    return () if found is None else (found,)


_NEAR_QUAKE = 5
"""Words behind a magnitude among which its quake stands: "a 7.4 magnitude earthquake"."""


def _told_around(
    text: str,
    quantity: Quantity,
    tokens: list[Token],
    noun: Token | None,
    taken: Set[int],
    derived: str | None,
) -> Told | None:
    """What the words around tell, whatever noun is measured: how far apart in time, of which age, what a poll gives, how high what stands before is."""
    if (offset := offset_of(text, quantity)) is not None:
        return Told(attribute=offset)
    if quantity.unit.dimension == "time" and _WITHIN.search(text, max(0, quantity.start - 7), quantity.start):
        # "within 24 hours of the quake", "within three months"
        return Told(attribute="time after" if text.startswith(" of ", quantity.end) else "time")
    if is_rare_in(quantity, tokens) or passes(quantity, tokens):
        return Told(attribute=derived or "time")
    if derived == "age" and _stands_for_one(text, quantity):
        return Told(attribute=derived)
    if derived == "age" and (of_age := _aged(tokens)) is not None:
        return Told(attribute=derived, subjects=(of_age,))
    if (listed := _listed_name(quantity, tokens, taken)) is not None:
        return Told(subjects=(listed,))
    if (polled := _polled(quantity, tokens, noun, taken)) is not None:
        return Told(attribute=polled, subjects=_rated(tokens, taken))
    if (longer := moved_by(quantity, tokens, taken)) is not None:
        return Told(attribute=derived or "time", subjects=(longer,))
    if (sized := _sized(text, quantity, tokens, taken)) is not None:
        return Told(attribute=derived or "distance", subjects=(sized,))
    if quantity.unit.dimension != "length":
        return None
    if _APART.match(text, quantity.end):
        apart = noun is not None and noun.i < tokens[0].i
        by = (noun,) if noun is not None and apart else tuple(doers(head_of(tokens), taken))
        return Told(attribute=derived or "distance", subjects=by)
    return None


def _told_apart(
    text: str, quantity: Quantity, tokens: list[Token], noun: Token, taken: Set[int]
) -> Told | None:
    """The size of the thing right behind a figure, or how far somebody is: "within 100 feet of the king"."""
    if (size := size_of(text, quantity, tokens, noun)) is not None:
        return Told(attribute=size, subjects=(noun,))
    if quantity.unit.dimension == "length" and text[quantity.start : quantity.start + 7].lower() == "within ":
        return Told(attribute="distance", subjects=tuple(doers(head_of(tokens), taken)))
    return None


def _told_of_bearer(
    quantity: Quantity, tokens: list[Token], noun: Token, taken: Set[int], derived: str | None
) -> Told:
    """A quantity that no noun names, of somebody or something that has it."""
    head = head_of(tokens)
    if quantity.unit.dimension == "time" and noun.i > tokens[-1].i and not _bears(noun, tokens):
        return Told(attribute=derived, subjects=tuple(doers(head, taken)))  # "five years in prison"
    if quantity.unit.dimension == "time" and is_person(noun) and (who := equal_to(noun, taken)) is not None:
        return Told(
            attribute=f"time as {noun.lower_}", subjects=(name_behind(who),)
        )  # "was a nurse for two years"
    paid = derived == "payment" and tokens[0].i - 4 < noun.i < tokens[0].i and noun.dep_ not in SUBJECTS
    payer = doers(head, taken) if paid else []  # "paid the state $11m"
    return Told(attribute=derived, subjects=(*given(head, taken), *payer, noun))


def _told_by_noun(
    quantity: Quantity, tokens: list[Token], noun: Token, taken: Set[int], *, named: bool
) -> Told:
    """The quantity that the measured noun names, and whose it is; `named`: it names nothing but quantities."""
    phrase = " ".join([*(t.text for t in modifiers(noun, taken) if names_kind(t)), singular(noun)]).lower()
    whose, over = owners(noun, taken), noun.head
    if noun.dep_ == "nmod" and has_case(noun, "with") and over.pos_ in NOUNS and over.i not in taken:
        return Told(attribute=phrase, subjects=(*whose, over))  # "jets with speeds of 400 km/h"
    worth = tokens[0].i > 0 and tokens[0].nbor(-1).lower_ == "worth"  # "probe loans worth $5m"
    if not worth and _may_have(noun) and (named or had(quantity, tokens, noun)):
        whose.extend(d for d in doers(noun, taken) if d.lemma_.lower() not in _POLLS)
    head = head_of(tokens)
    if head is not None and (has := possessor_of(head)) is not None:
        whose.insert(0, has)  # "her first 100 days in office"
    whose[:0] = _put_with(quantity, head, taken)
    if is_time_in(quantity, tokens, noun) and not named:
        return Told(attribute=f"time in {phrase}", subjects=tuple(whose))  # "two years in office"
    itself = () if noun.lemma_.lower() == "age" else (noun,)
    return Told(attribute=phrase, subjects=(*whose, *itself))


def _listed_name(quantity: Quantity, tokens: list[Token], taken: Set[int]) -> Token | None:
    """The name that a share of a list stands right behind: "Fidesz with 21% of seats and Jobbik 19%"."""
    first = tokens[0]
    at = first.i - 1
    while at > first.sent.start and first.doc[at].pos_ == "PROPN" and at not in taken:
        at -= 1
    if quantity.unit.name != "percent" or at == first.i - 1 or first.doc[at].lower_ not in _LIST:
        return None
    earlier = any(t.i in taken for t in first.doc[first.sent.start : at])
    name = first.doc[at + 1]
    return name if earlier and name.ent_type_ not in ("DATE",) else None


_LIST = frozenset({"and", ",", ";", "while"})


_APART = re.compile(
    r"(?:\s\([^()]{1,40}\))?\s(?:due\s)?(?:(?:north|south|east|west)[\w-]*|from|away|off|out|short\sof|outside|inland|up(?:stream|river)|down(?:stream|river))\b"
)
"""What makes a length the distance of what stands before it."""


def _sized(text: str, quantity: Quantity, tokens: list[Token], taken: Set[int]) -> Token | None:
    """What a size or distance right behind it is told of: "a plume of smoke 20 metres high", "a farm 8 km north of the town"."""
    told = BEHIND.match(text, quantity.end) or _APART.match(text, quantity.end)
    if quantity.unit.dimension != "length" or quantity.joined == "-" or told is None:
        return None
    return beside(opening(quantity, tokens), taken)


_USUAL = {"length": "distance", "area": "area", "mass": "weight", "volume": "volume", "data": "size"}
"""What a size gives where neither a noun nor a verb says it."""


def _sized_thing(noun: Token, tokens: list[Token], taken: Set[int]) -> tuple[Token, ...]:
    """Whose a size is that no noun names: what stands before it, else who does something over it."""
    return (noun,) if noun.i < tokens[0].i else tuple(doers(head_of(tokens), taken))


def _may_have(noun: Token) -> bool:
    """Whether the subject over a quantity may have it: not where it moves it ("cut taxes", "made prices rise") or is only seen with it."""
    over = noun.head
    moved = moves(over.lower_) or any(c.dep_ == "xcomp" and moves(c.lower_) for c in over.children)
    beside = has_case(noun, "with") and any(c.dep_ == "aux:pass" for c in over.children)
    return noun.dep_ not in SUBJECTS and not moved and not beside


_POLLS = frozenset(
    {"poll", "survey", "polling", "pollster", "average", "study", "report", "figure", "data", "statistic"}
)
"""What only tells shares."""


def _polled(quantity: Quantity, tokens: list[Token], noun: Token | None, taken: Set[int]) -> str | None:
    """What a poll gives where no noun names it: support, or how far somebody leads or trails."""
    if quantity.unit.dimension != "share" or quantity.unit.name == "fraction":
        return None
    if quantity.unit.name == "percentage point":
        behind = tokens[-1].nbor(1).lower_ if tokens[-1].i + 1 < len(tokens[-1].doc) else ""
        return {"behind": "deficit", "adrift": "deficit", "ahead": "lead", "clear": "lead"}.get(behind)
    person = noun is not None and noun.i < tokens[0].i and is_person(noun)
    if noun is not None and noun.i > tokens[-1].i and is_plural(noun):
        return None  # "63% of Poles backed the plan"
    unnamed = noun is None or person or noun.lemma_.lower() in _POLLS or _bears(noun, tokens)
    if noun is not None and noun.i < tokens[0].i:
        unnamed |= not names_quantity(noun) and led_noun(opening(quantity, tokens), taken) is None
    return "support" if unnamed and is_polled(tokens[0].sent.text) else None


def _rated(tokens: list[Token], taken: Set[int]) -> tuple[Token, ...]:
    """Whom a poll puts at a number: "a survey put her at 13 percent", "she polled 13 percent"; a poll itself is nobody."""
    head = head_of(tokens)
    verb = verb_over(tokens)
    if head is None or verb is None:
        return ()
    put = next((c for c in verb.children if c.dep_ == "obj" and c != head and c.i not in taken), None)
    rated = (
        put is not None and put.i < tokens[0].i and (has_case(head, "at") or tokens[-1].lower_ == "points")
    )
    if rated and put is not None:
        return (put,)
    if has_case(head, "with"):
        return ()  # "with 24 percent undecided"
    return tuple(d for d in doers(head, taken) if d.lemma_.lower() not in _POLLS)


_WITHIN = re.compile(r"\bwithin\s$", re.IGNORECASE)
_ALONE = re.compile(r"['’]s\b|[.,;:)]|$|\s(?:who|whose|was|is|had|has|and|from|in|on|at|with|said)\b")
"""What follows an age that no noun of its phrase follows."""


def _stands_for_one(text: str, quantity: Quantity) -> bool:
    """Whether an age stands for whoever is of it: "facts about the 26-year-old", "the 26-year-old's background"."""
    nominal = text[max(0, quantity.start - 4) : quantity.start].lower() == "the " and text.startswith(
        "old", quantity.end - 3
    )
    return nominal and _ALONE.match(text, quantity.end) is not None


def _aged(tokens: list[Token]) -> Token | None:
    """Who is of an age: "girls between the ages of 9 and 12", "his cellmate Ivo Horn, 22,"."""
    first = tokens[0]
    if first.i >= first.sent.start + 2 and first.nbor(-1).text == "," and first.nbor(-2).pos_ == "PROPN":
        name = first.nbor(-2)
        while name.dep_ == "flat" and name.head.i < name.i:
            name = name.head
        if name.ent_type_ == "PERSON":
            return name
    node = head_of(tokens)
    for _ in range(3):
        if node is None or node.head == node:
            break
        node = node.head
        if node.lower_ == "aged" and node.dep_ in ("amod", "acl", "advcl") and node.head.pos_ in NOUNS:
            if node.head.pos_ == "PROPN" or is_person(node.head):
                return node.head
            return next(iter(doers(node.head, frozenset())), None)  # "Ruiz won his first race aged 19"
        if node.lemma_.lower() == "age":
            return node.head if node.dep_ == "nmod" and is_person(node.head) else None
    return None


def _sharers(quantity: Quantity, tokens: list[Token], taken: Set[int]) -> list[Token]:
    """Who has a part of something: "Hall won 48% of the votes", "women hold a third of the seats"."""
    head = head_of(tokens)
    if put := _put_with(quantity, head, taken):
        return put
    share = quantity.unit.dimension == "share"
    has = head is not None and (head.dep_ == "obj" or (share and has_case(head, "with")))
    found = doers(head, taken) if has else []
    return [one for one in found if one.lemma_.lower() not in _POLLS]


def _put_with(quantity: Quantity, head: Token | None, taken: Set[int]) -> list[Token]:
    """Whom a verb puts "with" a share: "showed Fidesz with 21% of seats"."""
    if quantity.unit.dimension != "share" or head is None or not has_case(head, "with"):
        return []
    if head.dep_ == "nmod" and head.head.pos_ == "PROPN" and head.head.i < head.i:
        return [head.head]
    objects = (c for c in head.head.children if c.dep_ in ("obj", "iobj") and c.i not in taken)
    return [c for c in objects if head.head.i < c.i < head.i][:1]


def _bears(noun: Token, tokens: list[Token]) -> bool:
    """Whether a noun names somebody or something that has quantities and is none: a name, a pronoun, whoever acts."""
    named = noun.pos_ in ("PROPN", "PRON") or noun.ent_type_ in ("PERSON", "ORG", "GPE")
    over = tokens[0].head if tokens[0].head not in tokens else (head_of(tokens) or tokens[0]).head
    if over.dep_ == "acl:relcl" and over.head == noun and any(c.dep_ == "nsubj" for c in over.children):
        return not quantity_kind(noun.lemma_)  # "the film, which runs 90 minutes"
    return named or (noun.dep_ in SUBJECTS and noun.i < tokens[0].i)
