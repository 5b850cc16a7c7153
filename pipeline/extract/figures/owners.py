"""Who a counted or measured thing belongs to: by a possessive, an of-phrase, a name before it, or the verb over it."""

from collections.abc import Iterator, Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import (
    GETS,
    MEMBERS,
    NOUNS,
    has_case,
    has_mark,
    head_of,
    is_plural,
    whole_phrase,
)
from pipeline.extract.figures.measures import counts_people, deed_of, governing_verb, state_of
from pipeline.extract.figures.nouns import is_light, names_quantity, tells_time
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.trends import moves
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
_SEEKS = frozenset({"search", "look", "hunt", "wait", "pray", "care", "fear", "mourn"})
"""Verbs whose subject has nothing of what they are done for: "searched for 15 children"."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_SPEAKS = frozenset(row["lemma"] for row in table("counting_verbs") if row["kind"] == "tells")
_COUNTS = frozenset(row["lemma"] for row in table("counting_verbs")) - {"put", "record", "log", "register"}
"""Verbs whose subject gives a number of others; who records albums has them."""
_PUTS = frozenset({"put", "place", "set", "peg", "estimate"})
_GIVES_NUMBERS = frozenset({"give", "offer", "quote", "issue", "release", "publish", "provide", "present"})
_SEES = frozenset({"see", "witness", "spot", "notice", "hear", "count", "identify", "name"})
_FINDS = frozenset({"find", "recover", "retrieve", "discover", "uncover", "locate", "pull", "know"})
_FOUND = frozenset({"body", "corpse", "casualty", "survivor", "victim", "remains"})
_GIVEN = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "object")
_GIVES = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "indirect")
"""Verbs whose object belongs to their indirect object: "gave them 12 seats"."""
_EQUIPS = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "with")
"""Verbs whose object has what they give it "with": "left the party with 12 seats"."""
_HOLDS = GETS | {"own", "possess", "employ", "contain", "include", "comprise"}
_KNOWN = frozenset({"the", "these", "those", "both"})
_HARMS = frozenset(row["noun"] for row in table("harm_nouns"))
_DURING = ("in", "during", "by")
_DEEDS_OF = frozenset({"of", "from", "for", "into", "against"})
"""What leads to what somebody is accused of or kept from: "accused them of killing two"."""
_LETS = frozenset({"allow", "enable", "permit", "let", "help", "cause", "leave", "encourage"})
_TOUCHES = frozenset({"benefit", "affect", "threaten", "endanger", "impact"})
_DIRECTIVES = frozenset(row["lemma"] for row in table("directive_verbs"))
_RELATIVE = frozenset({"that", "which", "who", "whom", "what"})
_TOTALS = frozenset(
    {"number", "total", "count", "tally", "toll", "net", "margin", "figure", "estimate"}
    | {"series", "string", "spate", "round", "wave", "batch"}
)
GROUPS = frozenset(row["noun"] for row in table("measured_nouns") if row["kind"] in ("group", "crowd"))
GROUPS |= frozenset(row["noun"] for row in table("body_nouns"))
"""Nouns that name what has members: "a fleet of 12 ships", "a country of four nations"."""
_MAX_CLIMB = 8
_PLACES = frozenset({"GPE", "LOC", "FAC", "GPE-LOC"})
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
    if possessor is not None and _usable(possessor, taken):
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
    if possessor is not None and _usable(possessor, taken):
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
    return [c for c in inside if c.lemma_.lower() in _HARMS and _usable(c, taken)][:1]


def _over_count(tokens: list[Token], own: Token, taken: Set[int]) -> Iterator[Token]:
    """Whose things counted are by the group that they make or by the verb over them; nobody's where they are known already ("the two towns")."""
    known = any(c.lower_ in _KNOWN for t in (own, *tokens) for c in t.children if c.dep_ == "det")
    noun, own = own, _first_of(_hung(own, tokens))
    over = own.head
    if own.dep_ == "nmod" and over.lower_ == "one":
        return  # "Peru is one of the seven countries"
    inside = own.dep_ == "nmod" and over.pos_ in NOUNS and over.i < tokens[0].i
    whole = inside and not known and over.lemma_.lower() in GROUPS
    if whole and has_case(own, "of") and _usable(over, taken):
        yield over  # "a fleet of 12 ships", not "the parents of the two guides"
    elif inside and not _counts_only(over) and (deed_of(over) is None or over.lemma_.lower() == "body"):
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
    fits = name.pos_ == "PROPN" and name.ent_type_ not in _PLACES and name.i not in taken
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
        if behind and known and not several and child.pos_ in NOUNS and _usable(child, taken):
            yield child


def _counts_only(noun: Token) -> bool:
    """Whether a noun only tells how a number was taken: "a total of", "a number of"."""
    return is_light(noun) or noun.lemma_.lower() in _TOTALS


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
        at_place = child.ent_type_ in _PLACES or any(c.lower_ in ("on", "at") for c in child.children)
        owned = _OWNED - _WHERE if at_place and not names_quantity(noun) else _OWNED
        if behind and _usable(child, taken) and any(c.lower_ in owned for c in child.children):
            out.append(child)
    if is_person(noun):
        return out  # "half of Democratic voters": of which kind they are, not whose
    for child in noun.children:
        before = noun.i - 5 < child.i < noun.i and child.dep_ in ("compound", "amod", "nmod")
        if before and child.text[:1].isupper() and child.i not in taken and not child.is_sent_start:
            out.append(child)
    return out


def _usable(noun: Token, taken: Set[int]) -> bool:
    return noun.i not in taken and not tells_time(noun)


def possessor_of(noun: Token) -> Token | None:
    """Who stands before a noun in the genitive."""
    return next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i < noun.i), None)


def doers(node: Token | None, taken: Set[int], *, counts: bool = False) -> list[Token]:
    """The subject of the verb over a noun that is no subject itself; behind a pronoun those of the clauses over it.

    Who only tells the number is none (`counts`: of things counted; a profit is that of who reports it); what a judge gives belongs to whom it is given ("sentenced the man to five years").
    """
    out: list[Token] = []
    if node is not None and (equal := equal_to(node, taken)) is not None:
        return [equal]
    below = node
    for _ in range(_MAX_CLIMB):
        if node is None or node.head == node or (node.dep_ in SUBJECTS and not out):
            return out
        below, node = node, node.head
        if counts and not out and (_comes_to(below, node) or _lets(node, below)):
            return out
        if not out and (given := _given_to(node, below, taken)) is not None:
            return [given]
        if not out and (told := _told_to(node, below, taken)) is not None:
            return [told]
        if not out and _does(below) and _usable(node, taken):
            return [name_behind(node)]  # "a bus carrying 40 passengers"
        subject = next((c for c in node.children if c.dep_ in SUBJECTS and _usable(c, taken)), None)
        if subject is None:
            if node.dep_ == "acl" and node.tag_ == "VBN":
                return out  # "money paid to two women"
            continue
        if not out and subject.dep_ == "nsubj" and _only_tells(node, subject, below, counts=counts):
            return out
        if subject.lower_ in _RELATIVE:  # "Ford, which has 13,000 workers"
            return [node.head] if node.dep_.startswith("acl") and _usable(node.head, taken) else out
        if (
            _counts_only(subject)
            or subject.pos_ == "NUM"
            or state_of(subject) is not None
            or any(c.dep_ == "expl" for c in node.children)
        ):
            return out
        if counts and not out and subject.dep_ == "nsubj:pass" and _aimed_at(below, node):
            return out  # "the idea is credited to two people"
        if out and not (_as_many if node.lemma_.lower() in _COUNTS else _agrees)(out[-1], subject):
            return out  # "profits are up and they paid $5m"
        out.append(name_behind(_of_which(subject)))
        if subject.pos_ != "PRON":
            return out
    return out


def _does(verb: Token) -> bool:
    """Whether a participle behind a noun tells what that noun does: "a bus carrying 40 people"."""
    noun = verb.head
    behind = verb.dep_ == "acl" and verb.tag_ == "VBG" and noun.pos_ in NOUNS and noun.i < verb.i
    return behind and not any(t.text == "," for t in noun.doc[noun.i : verb.i])


def _aimed_at(figure: Token, verb: Token) -> bool:
    """Whether a figure stands for whom or by what something is done, not for what its subject has: not in "is limited to two terms"."""
    if verb.lemma_.lower() in _GIVEN or verb.lemma_.lower() == "survive":
        return False
    return figure.dep_.startswith("obl") and (has_case(figure, "to") or has_case(figure, "by"))


_SOME = frozenset({"each", "some", "most", "all", "both", "many", "few", "none", "any", "either", "neither"})


def _of_which(subject: Token) -> Token:
    """What "each of the 34 charges" and "most of the boats" are of."""
    if subject.lower_ not in _SOME:
        return subject
    return next((c for c in subject.children if c.dep_ == "nmod" and has_case(c, "of")), subject)


def _comes_to(figure: Token | None, verb: Token) -> bool:
    """Whether a verb brings a count to a number: "the raid brings the death toll to 35 people"."""
    led = figure is not None and (has_case(figure, "to") or has_case(figure, "at"))
    return led and (_counts_only(verb) or any(c.dep_ == "obj" and _counts_only(c) for c in verb.children))


def _as_many(pronoun: Token, speaker: Token) -> bool:
    """Whether a pronoun can stand for who speaks, by its number: not in "officials say it killed three"."""
    return pronoun.lower_ not in ("it", "he", "she") or not is_plural(speaker)


def _lets(verb: Token, figure: Token) -> bool:
    """Whether those counted are let or made to do something, and nobody's for it: "will allow 16,000 refugees to return"."""
    if figure.dep_ == "obj" and verb.lemma_.lower() in _TOUCHES:
        return True  # "is meant to help two million herders"
    lets = verb.lemma_.lower() in _LETS and figure.dep_ == "obj"
    return lets and any(c.dep_ in ("xcomp", "advcl") and c.i > figure.i for c in verb.children)


def _agrees(pronoun: Token, noun: Token) -> bool:
    """Whether a pronoun can stand for the subject of the clause over it: "Fiat is to announce it will hire 900 people"."""
    word, acts = pronoun.lower_, noun.ent_type_ == "PERSON" or is_person(noun)
    between = noun.doc[noun.i + 1 : pronoun.i]
    if word in ("he", "she"):
        others = any(t.ent_type_ == "PERSON" and t.dep_ != "flat" for t in between)
        return acts and not is_plural(noun) and not others
    if word == "they":
        others = any(is_plural(t) for t in between)
        return not others and (noun.ent_type_ == "ORG" or (acts and is_plural(noun)))
    return word == "it" and not acts and (noun.ent_type_ in ("ORG", *_PLACES) or noun.tag_ == "NN")


def equal_to(noun: Token, taken: Set[int]) -> Token | None:
    """The subject that a predicate noun is told of: "the chief gain is a 12% lead"."""
    if noun.pos_ not in NOUNS or not any(c.dep_ == "cop" for c in noun.children):
        return None
    subject = next((c for c in noun.children if c.dep_ == "nsubj" and c.i < noun.i), None)
    fits = (
        subject is not None
        and subject.pos_ in NOUNS
        and _usable(subject, taken)
        and not _counts_only(subject)
    )
    return subject if fits else None


def name_behind(title: Token) -> Token:
    """The name that a title leads: "former Vice President Ana Ruiz", "Senator from Ohio Tom Hall"."""
    if title.ent_type_ == "PERSON" or title.pos_ not in NOUNS:
        return title
    placed = title.ent_type_ in _PLACES  # "Lexington, Kentucky, lawyer Ana Ruiz"
    for other in title.doc[title.i + 1 : min(title.sent.end, title.i + 10)]:
        if (other.is_punct and not (placed and other.text == ",")) or (
            other.pos_ in ("VERB", "AUX") and not other.ent_type_
        ):
            break
        if other.ent_type_ == "PERSON" and (other.dep_ in ("appos", "flat") or other.dep_ == title.dep_):
            return other
    return title


def given(head: Token | None, taken: Set[int]) -> list[Token]:
    """Whom the verb over a figure gives it to: "fined the bank $40 million"."""
    node = head
    for _ in range(3):
        if node is None or node.head == node:
            return []
        if node.head.pos_ == "VERB":
            found = _given_to(node.head, node, taken)
            return [] if found is None else [found]
        node = node.head
    return []


def _only_tells(verb: Token, subject: Token, figure: Token | None, *, counts: bool) -> bool:
    """Whether a subject tells a number that is not its own: "the ministry reported 12 cases", but "Peru reported 12 cases"."""
    lemma = verb.lemma_.lower()
    totals = (c for c in verb.children if c.dep_ == "obj" and c.lemma_.lower() in _TOTALS)
    if lemma in _GIVES_NUMBERS and any(totals):
        return True  # "gave a count of 116, up from 70"
    if counts and lemma in _SEES and (subject.ent_type_ == "PERSON" or is_person(subject)):
        return True  # "a witness saw three gunmen"
    if counts and lemma in _FINDS and figure is not None and _is_found(figure):
        return True  # "divers found 82 bodies", "she knew of only one survivor"
    if (
        lemma in _PUTS
        and counts
        and figure is not None
        and any(has_case(figure, word) for word in ("at", "in", "with"))
    ):
        return True  # "police put the number at 60,000"
    return lemma in _SPEAKS or (counts and lemma in _COUNTS and subject.ent_type_ not in _PLACES)


def _is_found(figure: Token) -> bool:
    """Whether those counted are people, alive or dead, whom somebody only finds."""
    return is_person(figure) or figure.lemma_.lower() in _FOUND


def _told_to(verb: Token, deed: Token, taken: Set[int]) -> Token | None:
    """Who is told or made to do what a figure is told of: "ordered the firm to pay $1 million to each", "accused him of killing two"."""
    accused = deed.dep_ == "advcl" and deed.tag_ == "VBG" and any(has_mark(deed, word) for word in _DEEDS_OF)
    ordered = deed.dep_ in ("xcomp", "ccomp") and verb.lemma_.lower() in _DIRECTIVES
    if deed.pos_ == "VERB" and (asked := _asked(verb, deed)) is not None:
        return asked if _usable(asked, taken) else None
    if deed.pos_ != "VERB" or not (accused or ordered):
        return None
    if any(c.dep_ in SUBJECTS for c in deed.children):
        return None
    objects = (c for c in verb.children if c.dep_ in ("obj", "iobj") and verb.i < c.i < deed.i)
    acting = (c for c in objects if ordered or is_person(c) or c.ent_type_ or c.pos_ == "PRON")
    return next((c for c in acting if _usable(c, taken)), None)


def _asked(verb: Token, deed: Token) -> Token | None:
    """Who is to do what a verb asks for: "called for the club to get two seats"."""
    to = next((c for c in deed.children if c.tag_ == "TO"), None)
    if to is None:
        return None
    behind = (c for c in verb.children if c.dep_ == "obl" and verb.i < c.i < to.i and has_case(c, "for"))
    return next((c for c in behind if c.right_edge.i == to.i - 1), None)


def _given_to(verb: Token, below: Token, taken: Set[int]) -> Token | None:
    """Whom a sentence, fine or award is given to, where the verb tells it of its object."""
    lemma = verb.lemma_.lower()
    if below.dep_ == "xcomp" and below.pos_ == "ADJ":  # "found the men guilty of nine charges"
        found = (c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < below.i)
        return next((c for c in found if _usable(c, taken)), None)
    if lemma in _EQUIPS and has_case(below, "with") and verb.pos_ == "VERB":
        objects = [c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < below.i]
        return next((c for c in objects if _usable(c, taken)), None)
    if lemma not in _GIVEN | _GIVES or any(c.dep_ == "nsubj:pass" for c in verb.children):
        return None
    roles = ("iobj", "obj") if lemma in _GIVEN else ("iobj",)
    objects = [c for c in verb.children if c.dep_ in roles and c != below and c.i > verb.i]
    return next((c for c in objects if _usable(c, taken)), None)
