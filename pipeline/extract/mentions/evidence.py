"""What the words around a name tell of its type, where no list and no title does."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.places import LARGE, city_called, locate, states
from pipeline.extract.mentions.signs import callings, kind_named
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    CALENDAR,
    PARTICLES,
    POSSESSIVE,
    bare,
    body_nouns,
    given_names,
    is_capitalised,
    name_words,
    place_nouns,
    role_heads,
    saying_verbs,
)
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_WITHIN = frozenset(("in", "near", "outside", "inside", "throughout", "across"))
_WHERE = _WITHIN | {"from", "into", "to", "at", "off", "around", "toward", "towards"}
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_PEOPLE = frozenset(("man", "woman", "boy", "girl", "person"))
_ARMED = frozenset(
    (
        "rebel",
        "militant",
        "armed",
        "insurgent",
        "guerrilla",
        "separatist",
        "terrorist",
        "jihadist",
        "extremist",
    )
)
_SHARED = frozenset(("leader", "owner", "champion", "host", "investor", "player", "publisher", "broadcaster"))
"""Roles that bodies have as well."""
_GOVERNMENTS = frozenset(("administration", "presidency", "campaign"))
"""Nouns that follow the surname of who governs or wants to."""
_REACH, _NEAR = 25, 6
_LISTED = 8
"""Words of a list behind a name that are looked at."""
_JOINS = frozenset((",", "and", "&"))
_SEATED = frozenset(("government", "organization", "military"))
"""Types of bodies that are called by the place where they sit."""
_MAX_PERSON = 4
_GREAT = 500_000
"""Inhabitants of a city that is likelier meant than an unknown person."""
_CLITICS = frozenset(("'s", "’s"))
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z].*[A-Z])[A-Z][A-Z0-9&-]{2,6}")
_THINGS = re.compile(r"[A-Z][a-z]?-?\d+\w?|Group [A-Z]|(?:[A-Z]\w+ )?\w+ Affairs")
"""Models of aircraft and the like ("F-16"), and what a minister is for ("Home Affairs")."""
_MODEL = re.compile(r"[A-Z]{0,2}-?\d+[A-Za-z]?")
_NUMBERED = frozenset(("Channel", "Local", "Unit", "Fox", "Section", "Studio", "Precinct", "District"))
"""Words before the number of a station, a union's branch or a unit."""
_DIRECTED = re.compile(r"(?:North|South|East|West|Central)(?:ern)? [A-Z]\w+$")
_ETHNIC = "ethnic"
"""Before the name of a people."""
_DOCTRINE = re.compile(r"[A-Z][a-z]+ism")
_AGES = range(10, 110)
_PLACE, _THING, _CONTEXT, _PERSON, _FORM, _GIVEN, _SPEAKS, _BEHIND, _CITY = 2, 3, 3, 3, 2, 4, 2, 3, 2
"""Votes of the kinds of evidence; an occurrence that the language model types has one."""
CALLED = 4
"""Votes of what the article calls a name."""
KINDS = frozenset(("company", "media", "party", "government", "military", "armed_group", "igo"))
"""Types of bodies that say more than that it is one."""


def evidence(parsed: ParsedArticle, span: ActorSpan) -> Iterator[tuple[str, int]]:
    """Types that speak for a name that no list knows, with their votes, from its form and its neighbours."""
    if _is_placed(parsed, span) or _is_of_place(parsed, span):
        yield "place", _PLACE
    if _shares_noun(parsed, span):
        yield "place", 2 * _PERSON
    if _is_one_of_many(parsed, span) or _DOCTRINE.fullmatch(span.name):
        yield "thing", _THING
    if (_THINGS.fullmatch(span.name) or _is_model(span.name)) and not _is_before_body(parsed, span):
        yield "thing", _THING
    if span.type == "person" and _DIRECTED.match(span.name):
        yield "place", _CITY + _PERSON
    if _is_described_person(parsed, span):
        yield "person", _PERSON
    if span.type == "person" and _has_article(parsed, span):
        yield "organization", _CONTEXT
    if span.type == "person" and _is_family(parsed, span):
        yield "group", 2 * _PERSON
    if span.start and parsed.lower[span.start - 1] == _ETHNIC:
        yield "group", 2 * _PERSON
    if _is_club(parsed, span):
        yield "organization", 2 * _PERSON
    if span.type == "person" and " " in span.name and parsed.doc[span.end - 1].like_num:
        yield "thing", 2 * _THING  # "Marine One"
    if span.type == "person" and _is_phrase(parsed, span):
        yield "thing", 2 * _THING
    if span.type == "person" and _is_state_of_office(parsed, span):
        yield "place", _CITY + _PERSON
    if span.type != "person" and _begins_with_given_name(span):
        yield "person", _GIVEN
    if span.type != "person" and _is_holder(parsed, span):
        yield "person", _PERSON
    if _is_titled(parsed, span):
        yield "person", 2 * _PERSON
    if _is_short_for_thing(parsed, span):
        yield "thing", 2 * _THING + _PERSON
    if span.type == "person" and _is_short_for_body(parsed, span):
        yield "organization", 2 * _THING + _PERSON
    if span.type != "person" and _governs(parsed, span):
        yield "person", 2 * _PERSON
    if span.type == "person" and _is_city(parsed, span):
        yield "place", _CITY if " " not in span.name else 2 * _CITY
    behind = _noun_behind(parsed, span)
    if behind:
        yield behind, _BEHIND
    before = _noun_before(parsed, span)
    if before:
        yield before, _BEHIND
    described = _described_as(parsed, span)
    if described:
        yield described, _PERSON
    for called in callings(parsed, span):
        yield called, CALLED
    if _is_he_or_she(parsed, span):
        yield "person", _CONTEXT
    if span.type == "place" and _speaks(parsed, span):
        yield "person" if " " in span.name else "organization", _SPEAKS
    if span.type != "person" and not _is_known_place(span.name):
        if span.type == "place" and _is_body_form(parsed, span):
            yield "organization", _FORM
        if _has_people(parsed, span):
            yield "organization", _CONTEXT


@cache
def _contexts(position: str) -> frozenset[str]:
    """Words that stand "after" a name, before it with "of", "for" or "at", or are "possessed" by it."""
    return frozenset(row["word"] for row in table("name_contexts") if row["position"] == position)


def _has_article(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether an article stands right before several words that the model takes for a person's: "to the Larmo Evening Post"."""
    doc, end = parsed.doc, span.end
    alone = end >= len(doc) or doc[end].pos_ not in ("NOUN", "PROPN", "ADJ", "PART")
    led = span.start > 0 and doc[span.start - 1].lower_ == "the"
    return led and alone and " " in span.name and not _begins_with_given_name(span)


def _is_before_body(parsed: ParsedArticle, span: ActorSpan) -> bool:
    return span.end < len(parsed.doc) and parsed.doc[span.end].lower_ in body_nouns()


def _is_known_place(name: str) -> bool:
    return locate(name) is not None or fold(name) in states()


def _is_city(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name that the model takes for a person's is a city's, and nothing speaks for a person."""
    city = locate(span.name)
    if city is None or fold(city.name) != fold(span.name) or _is_described_person(parsed, span):
        return False
    head = parsed.doc[span.end - 1]
    if " " in span.name:
        return span.name.split()[0] not in given_names()
    placed = span.start > 0 and parsed.doc[span.start - 1].lower_ in _WHERE
    return (placed or city.population >= LARGE) and head.dep_ not in ("nsubj", "flat")


def _is_family(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name in the plural behind "the" is that of several who bear it: "the Lindqvists"."""
    token = parsed.doc[span.start]
    plural = token.tag_ == "NNPS" and token.text.endswith("s")
    return plural and " " not in span.name and token.i > 0 and parsed.lower[token.i - 1] == "the"


def _is_phrase(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether marks hold a name of several words and no more: a title or a saying, ended with “Si Vis Pacem,”."""
    doc, end = parsed.doc, span.end
    end += int(end < len(doc) and doc[end].text in (",", "."))
    held = (
        span.start > 0 and end < len(doc) and doc[span.start - 1].text in _QUOTES and doc[end].text in _QUOTES
    )
    return held and span.name.count(" ") > 1 and not _begins_with_given_name(span)


def _is_state_of_office(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether an American state's name stands before the office of one who is of it: "the Nevada senator"."""
    doc, end = parsed.doc, span.end
    return fold(span.name) in states() and end < len(doc) and _is_role(doc[end])


def _is_holder(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether several words that name no known place stand behind an office and its place: "the mayor of Larmo, Aline Goma"."""
    doc, i = parsed.doc, span.start - 2
    if i < 2 or doc[i + 1].text != "," or " " not in span.name or _is_known_place(span.name):
        return False
    while i > 1 and span.start - i < _NEAR and is_capitalised(doc[i].text):
        i -= 1
    i -= int(doc[i].lower_ == "the")
    return i > 0 and doc[i].text == "of" and i < span.start - 2 and _is_role(doc[i - 1])


def _is_club(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name is a state or large city and a plural behind it: "the San Diego |Chargers|"."""
    place, _, rest = span.name.removeprefix("the ").rpartition(" ")
    plural = parsed.doc[span.end - 1].tag_ in ("NNPS", "NNS") and rest.endswith("s")
    plural = plural and span.start > 0 and parsed.lower[span.start - 1] == "the"
    if not plural or not place or rest in name_words():
        return False
    return fold(place) in states() or city_called(place, LARGE) is not None


def _is_titled(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether one word stands behind an office or rank with a capital: "Sergeant |Bristol|", "Justice |Houston|"."""
    doc, i = parsed.doc, span.start - 1
    if i < 0 or " " in span.name or doc[span.start].is_sent_start or not is_capitalised(doc[i].text):
        return False
    closed = span.end >= len(doc) or doc[span.end].pos_ not in ("NOUN", "PROPN", "ADJ")
    return closed and bare(doc[i].text) in role_heads() and not doc[i].text.isupper()


def _is_short_for_thing(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether initials in brackets stand behind the name of a law or treaty: "the Clean Rivers Act (CRA)"."""
    doc, i = parsed.doc, span.start
    if i < 2 or doc[i - 1].text != "(" or not span.name.isupper():
        return False
    return name_words().get(doc[i - 2].text, (None, None))[0] == "thing"


def _is_short_for_body(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether initials in brackets are those of the words before them, which are no person's: "the Alliance of Nurses (AN)"."""
    doc, i = parsed.doc, span.start - 2
    letters = [c for c in span.name if c.isalpha()]
    if i < 1 or doc[i + 1].text != "(" or len(letters) < 2 or not span.name.isupper():
        return False
    if doc[i].ent_type_ == "PERSON":
        return False
    while letters and i >= 0 and (is_capitalised(doc[i].text) or doc[i].pos_ in ("ADP", "DET", "CCONJ")):
        if is_capitalised(doc[i].text) and doc[i].text[0] != letters.pop():
            return False
        i -= 1
    return not letters


def _governs(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a surname stands before a government that is called by it: "the Bush administration"."""
    doc, end = parsed.doc, span.end
    if " " in span.name or span.start == 0 or end >= len(doc) or doc[end].lower_ not in _GOVERNMENTS:
        return False
    city = locate(span.name)
    known = fold(span.name) in states() or (city is not None and city.population >= _GREAT)
    return doc[span.start - 1].lower_ == "the" and not known


def _noun_behind(parsed: ParsedArticle, span: ActorSpan) -> str | None:
    """What a common noun right behind a name makes of it: "the Droa party", "the Zolvane gang"."""
    doc, end = parsed.doc, span.end
    if end + 1 >= len(doc) or doc[end - 1].text in POSSESSIVE:
        return None
    closed = doc[end + 1].pos_ not in ("NOUN", "PROPN") and doc[end + 1].text != "-"
    type_ = nouns_behind().get(doc[end].text) if closed else None
    return type_ if type_ == "thing" or span.type != "person" else None


def _noun_before(parsed: ParsedArticle, span: ActorSpan) -> str | None:
    """What a common noun right before a name makes of it: "the German firm Velt", "the rebel group Zolvane"."""
    doc, i = parsed.doc, span.start - 1
    if i < 1 or doc[i].tag_ != "NN" or (span.type == "person" and _begins_with_given_name(span)):
        return None
    if doc[i].text == "group" and doc[i - 1].lower_ in _ARMED:
        return "armed_group"
    return _nouns_before().get(doc[i].text)


@cache
def _nouns_before() -> dict[str, str]:
    """Type of a name by the common noun right before it."""
    rows = (row for row in table("name_contexts") if row["position"] in ("behind", "before"))
    return {row["word"]: row["type"] for row in rows if row["type"] != "place" and row["word"][-1] != "s"}


@cache
def nouns_behind() -> dict[str, str]:
    """Type of a name by the common noun right behind it ("the Droa party")."""
    return {row["word"]: row["type"] for row in table("name_contexts") if row["position"] == "behind"}


def _begins_with_given_name(span: ActorSpan) -> bool:
    """Whether a name of several words begins with a given name and holds no word that tells of a body or place."""
    words = span.name.split()
    named = any(w in given_names() or w.partition("-")[0] in given_names() for w in words[:2])
    alone = len(words) == 1 and span.type == "organization"
    return (
        named
        and (alone or 1 < len(words) <= _MAX_PERSON)
        and all(is_capitalised(w) or w in PARTICLES for w in words)
        and not any(w in name_words() for w in words[1:])
        and not _is_known_place(span.name)
    )


def _speaks(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name that is no known place is the subject of a verb of saying."""
    if _is_known_place(span.name):
        return False
    return any(
        t.dep_ == "nsubj" and t.head.lemma_ in saying_verbs() and t.head.pos_ == "VERB"
        for t in parsed.doc[span.start : span.end]
    )


def _is_placed(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a preposition of place stands before a name ("in Darayya"), and no possessive after it."""
    doc = parsed.doc
    after = doc[span.end].text if span.end < len(doc) else ""
    return (
        span.start > 0
        and doc[span.start - 1].lower_ in _WITHIN
        and after not in _CLITICS
        and " " not in span.name
    )


def _is_of_place(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a noun for a place introduces a name: "the city of Tyre"."""
    doc, i = parsed.doc, span.start - 1
    if i < 1 or doc[i].text != "of":
        return False
    return doc[i - 1].text in place_nouns() or doc[i - 1].text in _contexts("place of")


def _shares_noun(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name is one of a list that ends in the plural of a body's noun: "|Larmo| and Velt District Courts"."""
    doc, i = parsed.doc, span.end
    several = (
        span.start > 1 and doc[span.start - 1].text == "and" and is_capitalised(doc[span.start - 2].text)
    )
    stop = min(len(doc), span.end + _LISTED)
    while i < stop and not doc[i].is_sent_start and (is_capitalised(doc[i].text) or doc[i].text in _JOINS):
        several = several or doc[i].text in _JOINS
        word = doc[i].text
        if several and word[-1] == "s" and name_words().get(word[:-1], ("thing",))[0] in _SEATED:
            return doc[i - 1].text not in _JOINS
        i += 1
    return False


def _is_model(name: str) -> bool:
    """Whether a name ends in the number of a model, and no word in it tells of a body: "Airbus A320", "the Nova 9"."""
    *words, number = name.split()
    body = any(w in name_words() or w in _NUMBERED for w in words)
    return bool(words) and _MODEL.fullmatch(number) is not None and not body


def _is_one_of_many(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether an indefinite article tells that a name is a kind of thing ("a UAV,"), not an actor."""
    doc = parsed.doc
    after = doc[span.end] if span.end < len(doc) else None
    alone = after is None or not (after.pos_ in ("NOUN", "PROPN", "ADJ") or after.text in ("-", "'s", "’s"))
    return span.start > 0 and doc[span.start - 1].lower_ in ("a", "an") and alone and span.type != "person"


def _is_described_person(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether what follows is said of people only: ", who", an age between commas, "'s wife"."""
    doc, end = parsed.doc, span.end
    if end + 1 >= len(doc):
        return False
    mark, word = doc[end], doc[end + 1]
    if mark.text == ",":
        closed = end + 2 < len(doc) and doc[end + 2].text in (",", ".")
        age = word.text.isdigit() and len(word.text) < 4 and int(word.text) in _AGES and closed
        return age or word.lower_ == "who"
    return mark.text in POSSESSIVE and word.lower_ in _contexts("possessed")


def _described_as(parsed: ParsedArticle, span: ActorSpan) -> str | None:
    """What an apposition or "is a" calls a name: "Masry, a lawyer", "a local lawyer, Masry, said", "Halba is a town"."""
    for token in parsed.doc[span.start : span.end]:
        if token.dep_ == "appos" and token.head.i < span.start and _is_held(token.head, span):
            return "person"
        for child in token.children:
            if child.dep_ == "appos" and child.i >= span.end and child.tag_ == "NN":
                return "person" if _is_role(child) else _noun_type(child)
        cop = token.dep_ == "nsubj" and any(c.dep_ == "cop" for c in token.head.children)
        if cop and token.head.tag_ == "NN" and token.head.lower_ not in _SHARED:
            return "person" if _is_role(token.head) else _noun_type(token.head)
    return None


def _is_held(noun: Token, span: ActorSpan) -> bool:
    """Whether a noun is the office of the one behind it, or what a full name's office is of: "the head of the |brigade|, Ugo Serra"."""
    of = noun.dep_ == "nmod" and " " in span.name and noun.head.i < noun.i
    return _is_role(noun) or (of and _is_role(noun.head))


def _is_role(token: Token) -> bool:
    return token.tag_ == "NN" and token.lower_ in role_heads()


def _noun_type(noun: Token) -> str | None:
    """What "a town" or "a charity" makes of the name that it describes; None where the noun has no indefinite article."""
    if not any(c.lower_ in ("a", "an") for c in noun.children):
        return None
    called = kind_named(noun)
    if called is not None:
        return called
    if noun.lower_ in place_nouns():
        return "place"
    type_, _ = name_words().get(noun.text.capitalize(), (None, None))
    return type_ if type_ in (None, "place", "thing") else "organization"


def _is_he_or_she(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a subject is what "he" or "his" later in the sentence goes back to, nothing else of its kind being in between."""
    doc = parsed.doc
    if not any(t.dep_ in ("nsubj", "nsubj:pass") for t in doc[span.start : span.end]):
        return False
    for token in doc[span.end : span.end + _REACH]:
        if token.lower_ in ("he", "she", "his", "her"):
            return True
        named = token.pos_ == "PROPN" and token.text not in CALENDAR
        someone = token.lower_ in role_heads() or token.lower_ in _PEOPLE
        if named or someone or token.is_sent_start or token.text in _QUOTES:
            return False
    return False


def _is_body_form(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a name is written as those of bodies are: initials within a line that is not all capitals."""
    if not _ACRONYM.fullmatch(span.name.removeprefix("the ").removeprefix("The ")):
        return False
    doc = parsed.doc
    around = [doc[i].text for i in (span.start - 1, span.end) if 0 <= i < len(doc)]
    return not any(len(w) > 1 and w.isupper() for w in around)


def _has_people(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether someone belongs to a name, speaks for it or leads it: "members of X", "X officials", "X's spokesman"."""
    doc, end = parsed.doc, span.end
    if end < len(doc) and doc[end].text in POSSESSIVE:
        end += 1
    if end < len(doc) and doc[end].text in _contexts("after"):
        return True
    i = span.start - 1
    if i > 0 and doc[i].lower_ == "the":
        i -= 1
    return i > 0 and doc[i].text in ("of", "for", "at") and doc[i - 1].lower_ in _contexts(doc[i].text)


def _called(noun: Token) -> str | None:
    """What a noun right before initials says that they are: "the state broadcaster TQR"."""
    type_, _ = name_words().get(noun.text.capitalize(), (None, None))
    if noun.lower_ in ("broadcaster", "newspaper", "station", "channel", "network"):
        return "media"
    return type_ if type_ not in (None, "place", "thing") and noun.tag_ == "NN" else None


def acronyms(parsed: ParsedArticle, capitals: list[bool], spans: list[ActorSpan]) -> list[ActorSpan]:
    """Initials of bodies that no other source saw: behind a person and "of" ("Ana Ruiz of TQRS"), or before one ("TQRS's Ana Ruiz")."""
    doc, covered = parsed.doc, {i for s in spans for i in range(s.start, s.end)}
    ends = {s.end for s in spans if s.type == "person"}
    starts = {s.start for s in spans if s.type == "person"}
    found: list[ActorSpan] = []
    for token in parsed.written(_ACRONYM.fullmatch, first=1, behind=1):
        i = token.i
        if i in covered or capitals[i]:
            continue
        behind = doc[i - 1].text in ("of", "from") and i - 1 in ends
        before = doc[i + 1].text in POSSESSIVE and i + 2 in starts
        called = _called(token.nbor(-1)) if doc[i - 1].pos_ == "NOUN" else None
        if behind or before or called:
            found.append(make_name(parsed, i, i + 1, called or "organization"))
    return found
