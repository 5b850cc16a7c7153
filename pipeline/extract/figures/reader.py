"""Read the figures of one paragraph in order: a quantity and its tokens become a row."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.extract.figures.attributes import DIMENSIONS
from pipeline.extract.figures.context import age_or, apart, is_side, with_unit_of
from pipeline.extract.figures.counted import (
    MEMBERS,
    counted_noun,
    counted_phrase,
    elliptical_noun,
    head_of,
    is_plural,
    shared_ahead,
    shared_phrase,
    singular,
    tallied_before,
    told_behind,
    told_to_be,
)
from pipeline.extract.figures.kinds import TOLLS, value_kind
from pipeline.extract.figures.lean import lean
from pipeline.extract.figures.led import led_noun, opening
from pipeline.extract.figures.measured import measured_noun, own_noun
from pipeline.extract.figures.measures import (
    by_deed,
    counts_people,
    fate_before,
    fate_behind,
    governing_verb,
    measure,
    people_in_state,
    state_of,
    takes_lives,
    toll,
    toll_reached,
)
from pipeline.extract.figures.nouns import has_members, is_countable, is_crowd, is_light
from pipeline.extract.figures.persons import act_as_people, is_named_person, is_person, those_who_act
from pipeline.extract.figures.phrases import measured_text
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.recalled import Recalled
from pipeline.extract.figures.trends import trend
from pipeline.extract.figures.units import NO_UNIT, rate_after, unit_named
from pipeline.extract.figures.whose import Told, told_by_count, told_by_size
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure

ActorOf = Callable[[Token, Token | None], tuple[str | None, str | None]]
"""From the head of a noun phrase, and a noun that is no part of it, to the actor that it names and the words that name it."""
_WHEN = frozenset({"last", "past", "next", "coming", "previous", "recent", "within", "in"})
_PARTS_OF_TIME = frozenset({"first", "final", "opening", "closing", "last"})
_LEVEL = 1000
"""A smaller whole number without a noun counts something more often than it tells a level."""


def noun_of(quantity: Quantity, tokens: list[Token], taken: set[int]) -> Token | None:
    """What a bare number counts."""
    return counted_noun(tokens, taken) if quantity.unit.name == "count" else None


@dataclass(frozen=True, slots=True)
class _Before:
    """The figure before, which later ones lean on."""

    quantity: Quantity
    tokens: list[Token]
    figure: Figure


class Reader:
    """Reads the figures of one paragraph in order; remembers the one before."""

    def __init__(
        self,
        parsed: ParsedArticle,
        offset: int,
        text: str,
        taken: set[int],
        dated: set[int],
        actor_of: ActorOf,
        recalled: Recalled,
    ) -> None:
        """`offset`: where the paragraph starts; `taken`: tokens of figures and dates; `dated`: of dates; `actor_of`: who a noun is.

        `recalled`: the counts of the paragraphs before.
        """
        self._dated = dated
        self._parsed, self._offset, self._text, self._taken = parsed, offset, text, taken
        self._actor_of, self._recalled = actor_of, recalled
        self._counted: Token | None = None
        self._tallied: list[tuple[Token, float]] = []
        self._previous: _Before | None = None
        self._index: Quantity | None = None
        """The last level in points of its sentence."""

    def read(self, quantity: Quantity, tokens: list[Token]) -> Figure:
        """The row of a quantity, without its key, source and event."""
        noun = noun_of(quantity, tokens, self._taken)
        if noun is not None and (unit := unit_named(singular(noun))):
            quantity, noun = replace(quantity, unit=unit), None  # "three consecutive years"
        quantity = apart(self._text, quantity, tokens[0].sent.text)
        quantity = replace(quantity, vote=quantity.vote or is_side(self._text, quantity, tokens[0].sent.text))
        before = self._same_sentence(tokens)
        if before and quantity.unit.name == "count" and noun is None:
            quantity = with_unit_of(self._text, quantity, before.quantity)
            if (
                quantity.unit.name == "count"
                and self._index is not None
                and self._index.start < quantity.start
            ):
                quantity = with_unit_of(
                    self._text, quantity, self._index
                )  # "to 1,463.87 points, the other rose 1% to 1,333.18"
        quantity, noun, told = self._told(quantity, tokens, noun, before)
        if quantity.unit.dimension == "time" and self._only_dates(tokens, told):
            told = Told(attribute="time")  # "in the past three months"
        if noun is not None and quantity.unit.name == "count" and noun.i > tokens[-1].i:
            self._tallied.append((noun, quantity.value))
        figure = self._row(quantity, tokens, noun, told)
        self._recalled.note(quantity.value, figure.counted, tokens[0])
        self._index = quantity if quantity.unit.dimension == "index" else self._index if before else None
        if before:
            own = noun is not None and noun == own_noun(quantity, tokens, self._taken)
            lean(self._text, quantity, figure, before.figure, self._offset, own=own)
        if before is None or not self._is_conversion(quantity, before):
            self._previous = _Before(quantity, tokens, figure)
        return figure

    def _told(
        self, quantity: Quantity, tokens: list[Token], noun: Token | None, before: _Before | None
    ) -> tuple[Quantity, Token | None, Told]:
        """What the figure counts or measures, and whose it is; a level may turn out to have no unit."""
        behind = before.tokens[-1].i + 1 if before else 0
        if quantity.vote:
            return quantity, None, told_by_count(tokens, None, "vote", self._taken)
        if quantity.unit.name == "count":
            noun, counted = self._what_is_counted(quantity, tokens, head_of(tokens), noun)
            level = self._level(quantity, tokens, behind) if counted is None else None
            if level is None:
                return quantity, noun, told_by_count(tokens, noun, counted, self._taken)
            noun, quantity = level
            if quantity.unit.name == "count":
                phrase = (measured_text if is_crowd(noun) else counted_phrase)(noun, self._taken)
                return quantity, noun, replace(told_by_count(tokens, noun, None, self._taken), counted=phrase)
        else:
            noun = measured_noun(quantity, tokens, self._taken, behind)
        return quantity, noun, told_by_size(self._text, quantity, tokens, noun, self._taken)

    def _row(self, quantity: Quantity, tokens: list[Token], noun: Token | None, told: Told) -> Figure:
        start, end = self._offset + quantity.start, self._offset + quantity.end
        counts = quantity.unit.name == "count"
        near = (
            noun is not None and tokens[-1].i < noun.i < tokens[-1].i + 8 and told_to_be(tokens[-1]) is None
        )
        if counts and noun is not None and near and noun != shared_ahead(tokens[-1], self._taken):
            end = max(end, self._parsed.end(noun))
        per = quantity.per
        if counts and told.counted and per is None and (rate := rate_after(self._text, end - self._offset)):
            per, end = rate[0], self._offset + rate[1]
        subject, subject_id = self._subject(told.subjects, _parts(tokens[-1], noun), noun if counts else None)
        found = measure(quantity, tokens[0], head_of(tokens), noun)
        if found is None and told.counted == "people" and (noun is None or noun.i < tokens[0].i):
            found = toll(tokens)
        elif found is None and noun is not None and noun.i > tokens[-1].i and is_named_person(noun):
            found = toll_reached(tokens[0], noun)
        if quantity.vote:
            found = "votes"
        apart = (told.attribute or "").startswith(("time after", "time before", "time since"))
        moved = None if apart else trend(self._text, quantity, tokens)  # "went down ten minutes later"
        kind = value_kind(
            self._text,
            quantity,
            trend=moved,
            measure=found,
            attribute=told.attribute,
            per=per,
            counted=told.counted,
        )
        return Figure(
            **self._parsed.place(start, end),
            figure_id="",
            value=quantity.value,
            # the table promises that a range runs upwards: a score ("2 – 1") is none
            value_high=quantity.value_high if (quantity.value_high or 0) >= quantity.value else None,
            comparator=quantity.comparator,
            trend=moved,
            value_kind=kind,
            unit=quantity.unit.name or None,
            per=per,
            dimension=quantity.unit.dimension or None,
            counted=told.counted,
            attribute=told.attribute,
            subject=subject,
            subject_id=subject_id,
            measure=kind if found == "share" and kind in ("change", "rate") else found,
            source_id=None,
            event_id=None,
            sentence=self._parsed.sentence_text(start),
        )

    def _subject(
        self, heads: tuple[Token, ...], parts: set[int], counted: Token | None
    ) -> tuple[str | None, str | None]:
        """The words that tell whose a figure is, and the actor that they name; a pronoun gives way to the name it stands for.

        `parts`: words of a compound with the number that its owner's words leave out.
        """
        taken = self._taken | parts if parts else self._taken
        for head in heads:
            actor, named = self._actor_of(head, counted)
            if named is not None:
                return named, actor
            if head.pos_ != "PRON":
                return measured_text(head, taken), actor
        return None, None

    def _level(self, quantity: Quantity, tokens: list[Token], behind: int) -> tuple[Token, Quantity] | None:
        """A bare number that tells how high its subject stands: "the index rose to 6,327.8", "a crowd of 2,500".

        Such a number has no unit, unless its subject can be counted.
        """
        head = head_of(tokens)
        if quantity.style != "digits" or (quantity.scaled and head is not None and head.dep_ == "obj"):
            return None  # "they help 1.5 million there"
        noun = measured_noun(quantity, tokens, self._taken, behind)
        if noun is None or noun.ent_type_ == "PERSON" or is_light(noun):
            return None
        if is_crowd(noun) or (noun.tag_ == "NNS" and is_countable(noun) and quantity.value.is_integer()):
            return noun, quantity
        age = age_or(NO_UNIT, noun)
        small = quantity.value.is_integer() and quantity.value < _LEVEL
        if small and age is NO_UNIT and trend(self._text, quantity, tokens) is None:
            return None  # "Hall has 151 and Kerr 54": they count what an earlier sentence named
        return noun, replace(quantity, unit=age)

    def _only_dates(self, tokens: list[Token], told: Told) -> bool:
        """Whether a length of time only tells when: "in the past three months"; "spent the last two years" is more."""
        first, head = tokens[0], head_of(tokens)
        led = first.i > first.sent.start and first.nbor(-1).lower_ in _WHEN
        part = first.i - 2 > first.sent.start and first.nbor(-1).lower_ in _PARTS_OF_TIME
        if part and first.nbor(-2).lower_ == "the" and first.nbor(-3).pos_ == "ADP":
            return True  # "late in the last ten minutes"
        spent = head is not None and head.dep_ == "obj"
        apart = (told.attribute or "").startswith(("time after", "time before", "time since"))
        return first.i in self._dated and led and not spent and not apart

    def _is_conversion(self, quantity: Quantity, before: _Before) -> bool:
        """Whether a figure repeats the one before in another unit: "2 million francs ($2.2 million), up from 1 million francs"."""
        other = (
            quantity.unit != before.quantity.unit
            and quantity.unit.dimension == before.quantity.unit.dimension
        )
        gap = self._text[before.quantity.end : quantity.start].strip()
        closed = self._text.startswith(")", quantity.end)
        return other and gap == "(" and closed and quantity.unit.dimension != "count"

    def _is_sum(self, tokens: list[Token], value: float) -> bool:
        """Whether a bare number adds up different persons that its sentence counted."""
        start = tokens[0].sent.start
        parts = [(noun, n) for noun, n in self._tallied if start <= noun.i < tokens[0].i]
        several = len({noun.lemma_ for noun, _ in parts}) > 1 and any(is_person(noun) for noun, _ in parts)
        return several and sum(n for _, n in parts) == value

    def _same_sentence(self, tokens: list[Token]) -> _Before | None:
        before = self._previous
        return before if before and before.tokens[-1].i >= tokens[0].sent.start else None

    def _what_is_counted(
        self, quantity: Quantity, tokens: list[Token], node: Token | None, noun: Token | None
    ) -> tuple[Token | None, str | None]:
        """The noun that a bare number counts, where the sentence has one, and the words for what it counts."""
        if (some := told_behind(tokens[-1]) or told_to_be(tokens[-1])) is not None:
            return some, counted_phrase(some, self._taken)  # "100 of whom are nurses", "seven were men"
        if noun is not None and noun == shared_ahead(tokens[-1], self._taken):
            return noun, shared_phrase(tokens[-1], noun)
        others = noun is not None and noun.lower_ == "others"
        if noun is not None and (noun.lemma_.lower() == "other" or state_of(noun)):
            node, noun = noun, None  # "30 others" are what was counted before, "12 dead" are people
        if noun is None:
            if (told := self._told_around(quantity, tokens)) is not None:
                return told
            noun = self._told_before(quantity, tokens)
            if self._must_be_people(quantity, tokens, node, noun, others=others):
                return None, "people"
        if noun is not None and noun.i not in {t.i for t in tokens}:
            return noun, self._counting(noun)
        vague = quantity.style == "vague"
        acts = node is not None and act_as_people(node, tokens[-1], vague=vague)
        if others or acts or _befell(tokens, node):
            return None, "people"
        if noun is None and (pointed := self._recalled.of(quantity.value, tokens)) is not None:
            return None, pointed
        if self._counted is not None and node is not None and tallied_before(node, self._counted):
            return self._counted, counted_phrase(self._counted, self._taken)
        return None, None

    def _told_around(self, quantity: Quantity, tokens: list[Token]) -> tuple[Token | None, str | None] | None:
        """What the words right around a number without a noun tell: "marched 3,000 strong", "a crew of four"."""
        last = tokens[-1]
        behind = last.nbor().lower_ if last.i + 1 < len(last.doc) else ""
        if behind in ("aboard", "strong") or _is_present(last):
            return None, "people"
        if quantity.style == "vague" and (those := those_who_act(tokens)) is not None:
            return those, counted_phrase(those, self._taken)
        led = self._members_before(quantity, tokens)
        if led is not None and quantity.style == "words" and not toll(tokens):
            return led, counted_phrase(led, self._taken)
        return None

    def _told_before(self, quantity: Quantity, tokens: list[Token]) -> Token | None:
        """The noun before that a number without one goes on with; not "the number of dead"."""
        if self._members_before(quantity, tokens) is not None:
            return None
        noun = elliptical_noun(tokens, self._counted)
        return None if noun is not None and state_of(noun) else noun

    def _members_before(self, quantity: Quantity, tokens: list[Token]) -> Token | None:
        """The noun right before a number that has as many members: "a crew of four"."""
        led = led_noun(opening(quantity, tokens), self._taken)
        return led if _of_members(led) else None

    def _must_be_people(
        self, quantity: Quantity, tokens: list[Token], node: Token | None, noun: Token | None, *, others: bool
    ) -> bool:
        """Whether a number that goes on with a noun before, or with none, counts people all the same."""
        if noun is None:
            return toll(tokens) is not None
        if others and is_person(noun):
            return True  # "killed 14 Danes and seven others"
        if self._is_sum(tokens, quantity.value):
            return True  # "90 guests and 12 waiters were there: all 102 escaped"
        return not is_person(noun) and _befell(tokens, node)  # "four shootings, one of them killing three"

    def _counting(self, noun: Token) -> str:
        """The words for what a noun counts; later numbers go on with it, not with "three times as many"."""
        before = self._counted
        beside = before is not None and before.sent == noun.sent and is_plural(before)
        if noun.lemma_ != "time" and not (beside and noun.tag_ == "NN"):
            self._counted = noun  # not "290 nurses at one clinic"
        if noun.lemma_ == "life" and takes_lives(noun):
            return "people"  # "claimed 30 lives"
        return counted_phrase(noun, self._taken)


def _parts(last: Token, noun: Token | None) -> set[int]:
    """The words behind a number that belong to it: "a 49-page report" is the report's, "a 10-metre wide trench" the trench's."""
    after = last.doc[last.i + 1 : last.i + 3]
    hyphened = noun is not None and noun.i == last.i + 2 and noun.nbor(-1).text == "-"
    tied = noun is not None and noun.i == last.i + 1 and noun.lower_ in MEMBERS  # "a 15 man crew"
    return {t.i for t in after if t.lower_ in DIMENSIONS} | (
        {noun.i} if noun is not None and (hyphened or tied) else set()
    )


def _of_members(led: Token | None) -> bool:
    """Whether a noun right before a number has as many members: "a cast of over 2,000" counts none of what stands before."""
    return led is not None and led.tag_ == "NN" and has_members(led)


def _is_present(last: Token) -> bool:
    """Whether those counted are on a vessel or at an event: "307 on board", "8,000 in attendance"."""
    following = last.doc[last.i + 1 : last.i + 3]
    return [t.lower_ for t in following] in (["on", "board"], ["in", "attendance"])


def _befell(tokens: list[Token], node: Token | None) -> bool:
    """Whether a number tells what befell people, by the words over or beside it."""
    if node is not None and (counts_people(governing_verb(node)) or people_in_state(node) or by_deed(node)):
        return True
    return (fate_behind(tokens[-1]) or fate_before(tokens[0])) in TOLLS
