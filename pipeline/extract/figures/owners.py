"""Who a counted or measured thing belongs to: by a possessive, an of-phrase or a name before it; else who does what is told of it."""

from collections.abc import Iterator, Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import GETS, MEMBERS, NOUNS, has_case, head_of, whole_phrase
from pipeline.extract.figures.doers import PLACES, SUBJECTS, counts_only, doers, may_own
from pipeline.extract.figures.measures import counts_people, deed_of, governing_verb
from pipeline.extract.figures.nouns import MEMBERED, names_quantity
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.trends import moves
from pipeline.extract.figures.words import of_kind
from pipeline.lexicon import table

_OWNED = frozenset({"of", "for", "in", "on", "by", "from", "at"})
_WHERE = frozenset({"in", "on", "at"})
"""What ties a quantity to its owner ("inflation in Peru") and anything else only to its place or aim ("sessions in London", "a raid on a farm")."""
_PARTIES = frozenset({"between", "against", "among"})
_AROUND = frozenset(
    {"in", "at", "from", "near", "across", "through", "into", "after", "before", "during", "since", "until"}
    | {"despite", "along", "amid", "around", "outside", "inside", "within", "towards", "toward", "as"}
)
"""What stands before things counted that nobody has for it."""
_SEEKS = of_kind("seeks")
"""Verbs whose subject has nothing of what they are done for: "searched for 15 children"."""
_HOLDS = GETS | of_kind("holds")
_KNOWN = frozenset({"the", "these", "those", "both"})
_HARMS = frozenset(row["noun"] for row in table("harm_nouns"))
_DURING = ("in", "during", "by")
GROUPS = MEMBERED | frozenset(row["noun"] for row in table("body_nouns"))
"""Nouns that name what has members: "a fleet of 12 ships", "a country of four nations"."""
_LISTED = frozenset({"appos", "list", "parataxis", "dep"})
"""How a number without a noun hangs that only goes on with a list: "9,000 marched, 4,000 in Oslo"."""
_DASHES = frozenset({"-", "–", "—", ":"})


def owners_of_count(tokens: list[Token], own: Token | None, taken: Set[int]) -> Iterator[Token]:
    """Whose the things counted are, the nearest first; `own` is the noun behind the number, if it has one."""
    if (named := _named_before(tokens, taken)) is not None:
        yield named
    if own is not None and (whole := _made_up(tokens[-1], own)) is not None:
        yield whole  # "a 30-member cabinet"
        return
    if own is None:
        yield from _of_bare_number(tokens, taken)
        return
    if _is_part(tokens[-1], own) and not _takes_part(head_of(tokens) or own, own):
        yield from doers(head_of(tokens), taken, counts=True)  # "she won 39 of the state's 54 delegates"
    possessor = possessor_of(own)
    if possessor is not None and may_own(possessor, taken):
        yield possessor
    yield from _of_whom(own, taken)
    yield from _over_count(tokens, own, taken)


def _of_bare_number(tokens: list[Token], taken: Set[int]) -> Iterator[Token]:
    """Whose what a number without a noun counts is: "Ruiz's 99", "Ford lost 12"; nobody's in "attacked by dozens"."""
    head = head_of(tokens)
    if head is None or head.dep_ in _LISTED or _other_than(tokens[-1]):
        return
    possessor, over = possessor_of(head), head.head
    if head.dep_ == "obl" and has_case(head, "of"):
        return  # "of 307 on board, three pupils died"
    if over.lemma_.lower() == "number" and over.pos_ == "VERB":
        return  # "supporters of Ruiz, numbering around 400"
    crowd = head.dep_ == "nmod" and over.dep_ == "obj" and over.lemma_.lower() in GROUPS
    if crowd and over.head.lemma_.lower() not in _HOLDS:
        return  # "dispersed a crowd of 500"
    if possessor is not None and may_own(possessor, taken):
        yield possessor
    elif not _takes_part(head, None):
        yield from doers(head, taken, counts=True)


def harmed_in(own: Token | None, head: Token | None, taken: Set[int]) -> list[Token]:
    """In what happening those counted came to harm: "six people were killed in a raid on the town", "12 were hurt during the riots"."""
    node = own if own is not None else head
    verb = governing_verb(node) if node is not None else None
    if verb is None or not counts_people(verb):
        return []
    around = [c for c in verb.children if c.dep_ == "obl"]
    for joined in () if around else (c for c in verb.children if c.dep_ == "conj"):
        around.extend(c for c in joined.children if c.dep_ == "obl")  # "six died and 12 were hurt in a raid"
    inside = (c for c in around if any(has_case(c, word) for word in _DURING))
    return [c for c in inside if c.lemma_.lower() in _HARMS and may_own(c, taken)][:1]


def _over_count(tokens: list[Token], own: Token, taken: Set[int]) -> Iterator[Token]:
    """Whose things counted are by the group that they make or by the verb over them; nobody's where they are known already ("the two towns")."""
    known = any(c.lower_ in _KNOWN for t in (own, *tokens) for c in t.children if c.dep_ == "det")
    noun, own = own, _first_of(_hung(own, tokens))
    over = own.head
    if own.dep_ == "nmod" and over.lower_ == "one":
        return  # "Peru is one of the seven countries"
    inside = own.dep_ == "nmod" and over.pos_ in NOUNS and over.i < tokens[0].i
    whole = inside and not known and over.lemma_.lower() in GROUPS
    if whole and has_case(own, "of") and may_own(over, taken):
        yield over  # "a fleet of 12 ships", not "the parents of the two guides"
    elif inside and not counts_only(over) and (deed_of(over) is None or over.lemma_.lower() == "body"):
        return  # "the offices of two civic groups"
    led_to = over.head.lemma_.lower() in ("result", "lead", "end", "culminate")
    if inside and deed_of(over) is not None and over.dep_ not in (*SUBJECTS, "obj") and not led_to:
        return  # "charged with the murder of two nurses"
    if known and over.lemma_.lower() not in _HOLDS:
        return  # "he praised the two teams"
    if not _takes_part(own, noun) and not _only_around(own):
        yield from doers(own, taken, counts=True)


def _hung(own: Token, tokens: list[Token]) -> Token:
    """The number that a counted noun hangs on, where it does: "hundreds" of "hundreds of thousands of people"."""
    inside = {t.i for t in tokens}
    while own.head.i in inside and own.head != own:
        own = own.head
    return own


def _other_than(last: Token) -> bool:
    """Whether the others that a number counts are only what something is done for, in or with: "searched for 26 others"."""
    others = last.nbor(1) if last.i + 1 < len(last.doc) else None
    return others is not None and others.lower_ == "others" and others.dep_.startswith("obl")


def _only_around(own: Token) -> bool:
    """Whether things counted, or the number that leads to them ("to thousands of homes"), are only where, when or for whom something is done: "work goes on in three districts"."""
    cases = {c.lower_ for c in own.children if c.dep_ == "case"}
    # "cut supplies to 300 homes", "issued a warning for 28 countries"
    given = bool(cases & {"to", "for"}) and any(c.dep_ == "obj" for c in own.head.children)
    sought = "for" in cases and own.head.lemma_.lower() in _SEEKS
    return own.dep_.startswith("obl") and (given or sought or bool(cases & _AROUND))


def _made_up(last: Token, own: Token) -> Token | None:
    """What a compound of a number and a noun tells the parts of: "a 15-member council", "the 49-page report"."""
    hyphened = own.i == last.i + 2 and last.nbor(1).text == "-" and not last.whitespace_
    hyphened |= own.i == last.i + 1 and own.tag_ == "NN" and own.lower_ in MEMBERS  # "a 15 man crew"
    if not hyphened or own.i + 1 >= len(own.doc):
        return None
    whole = whole_phrase(own.head) if own.dep_ in ("compound", "nmod", "amod", "dep") else own
    return whole if whole.i > own.i and whole.pos_ in NOUNS else None


def _first_of(noun: Token) -> Token:
    """The first of the nouns that a conjunction joins."""
    for _ in range(4):
        if noun.dep_ != "conj" or noun.head.pos_ not in NOUNS:
            break
        noun = noun.head
    return noun


def _is_part(last: Token, own: Token) -> bool:
    """Whether a number counts some of a whole: "39 of the state's 54 delegates", not "thousands of homes"."""
    whole = any(c.dep_ in ("det", "nmod:poss") and c.i > last.i for c in own.children)
    return whole and last.i + 1 < len(last.doc) and last.nbor(1).lower_ == "of"


def _named_before(tokens: list[Token], taken: Set[int]) -> Token | None:
    """The name that a number is put to: "followed by Ana Ruiz, with 12", "Green Party - 7 seats"."""
    first = tokens[0]
    at = first.i - 1
    if at <= first.sent.start:
        return None
    doc = first.doc
    if doc[at].lower_ == "with" and doc[at - 1].text == ",":
        at -= 2
    elif doc[at].text in _DASHES and doc[at - 1].text[:1].isupper():
        at -= 1
    else:
        return None
    name = doc[at]
    if name.dep_ == "nmod" and name.head.pos_ == "PROPN" and first.sent.start <= name.head.i < at:
        name = name.head  # "Senator Ruiz of Ohio, with 6"
    while name.dep_ == "flat" and name.head.i < name.i:
        name = name.head
    fits = name.pos_ == "PROPN" and name.ent_type_ not in PLACES and name.i not in taken
    return name if fits and at >= first.sent.start else None


def _of_whom(own: Token, taken: Set[int]) -> Iterator[Token]:
    """Those named or known whom the things counted are of: "twelve members of the Secret Service"."""
    for child in own.children:
        behind = child.dep_ == "nmod" and own.i < child.i < own.i + 9 and has_case(child, "of")
        known = child.pos_ == "PROPN" or any(
            c.lower_ == "the" or c.dep_ == "nmod:poss" for c in child.children
        )
        several = any(
            c.dep_ == "conj" for c in child.children
        )  # "the two territories of Sudan and South Sudan"
        if behind and known and not several and child.pos_ in NOUNS and may_own(child, taken):
            yield child


def _takes_part(own: Token, noun: Token | None) -> bool:
    """Whether those counted are parties of their own to what is told: "was seized by six men", "a row between two firms".

    `own`: the noun, or the number that it or nothing hangs on; `noun`: what is counted.
    """
    if own.head.lemma_.lower() == "survive":
        return False  # "she is survived by three children"
    cases = {c.lower_ for c in own.children if c.dep_ == "case"}
    helpers = {c.dep_ for c in own.head.children if c.dep_.startswith("aux")}
    passive = "aux:pass" in helpers or (own.head.tag_ == "VBN" and not helpers)
    persons = noun is not None and is_person(noun)
    acts = passive or (persons and not moves(own.head.lower_))  # "rejected a plea by two monks"
    return bool(cases & _PARTIES) or (acts and "by" in cases)


def owners(noun: Token, taken: Set[int]) -> list[Token]:
    """Whose quantity a noun names: by a possessive, an of-phrase or a name before it."""
    possessor = possessor_of(noun)
    out = [possessor] if possessor is not None else []
    for child in noun.children:
        behind = child.dep_ == "nmod" and noun.i < child.i < noun.i + 9 and child.pos_ in NOUNS | {"PRON"}
        at_place = child.ent_type_ in PLACES or any(c.lower_ in ("on", "at") for c in child.children)
        owned = _OWNED - _WHERE if at_place and not names_quantity(noun) else _OWNED
        if behind and may_own(child, taken) and any(c.lower_ in owned for c in child.children):
            out.append(child)
    if is_person(noun):
        return out  # "half of Democratic voters": of which kind they are, not whose
    for child in noun.children:
        before = noun.i - 5 < child.i < noun.i and child.dep_ in ("compound", "amod", "nmod")
        if before and child.text[:1].isupper() and child.i not in taken and not child.is_sent_start:
            out.append(child)
    return out


def possessor_of(noun: Token) -> Token | None:
    """Who stands before a noun in the genitive."""
    return next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i < noun.i), None)
