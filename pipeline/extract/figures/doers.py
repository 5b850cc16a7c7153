"""Who does what a figure is told of: the subject of the verb over it, or whom that verb gives it to or makes do it."""

from collections.abc import Set

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS, has_case, has_mark, is_plural
from pipeline.extract.figures.measures import state_of
from pipeline.extract.figures.nouns import is_light, tells_time
from pipeline.extract.figures.persons import is_person
from pipeline.extract.figures.words import of_kind
from pipeline.lexicon import table

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_SPEAKS = frozenset(row["lemma"] for row in table("counting_verbs") if row["kind"] == "tells")
_COUNTS = frozenset(row["lemma"] for row in table("counting_verbs")) - {"put", "record", "log", "register"}
"""Verbs whose subject gives a number of others; who records albums has them."""
_PUTS = of_kind("puts")
_GIVES_NUMBERS = of_kind("gives")
_SEES = of_kind("sees")
_FINDS = of_kind("finds")
_FOUND = of_kind("found")
_GIVEN = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "object")
_GIVES = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "indirect")
"""Verbs whose object belongs to their indirect object: "gave them 12 seats"."""
_EQUIPS = frozenset(row["lemma"] for row in table("given_verbs") if row["kind"] == "with")
"""Verbs whose object has what they give it "with": "left the party with 12 seats"."""
_DEEDS_OF = frozenset({"of", "from", "for", "into", "against"})
"""What leads to what somebody is accused of or kept from: "accused them of killing two"."""
_LETS = of_kind("lets")
_TOUCHES = of_kind("touches")
_DIRECTIVES = frozenset(row["lemma"] for row in table("directive_verbs"))
_RELATIVE = frozenset({"that", "which", "who", "whom", "what"})
_TOTALS = of_kind("total")
_MAX_CLIMB = 8
PLACES = frozenset({"GPE", "LOC", "FAC", "GPE-LOC"})
"""Kinds of names of places."""


def may_own(noun: Token, taken: Set[int]) -> bool:
    """Whether a noun may be whose a figure is: part of no other figure or date, no word for a time."""
    return noun.i not in taken and not tells_time(noun)


def counts_only(noun: Token) -> bool:
    """Whether a noun only tells how a number was taken: "a total of", "a number of"."""
    return is_light(noun) or noun.lemma_.lower() in _TOTALS


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
        if not out and _does(below) and may_own(node, taken):
            return [name_behind(node)]  # "a bus carrying 40 passengers"
        subject = next((c for c in node.children if c.dep_ in SUBJECTS and may_own(c, taken)), None)
        if subject is None:
            if node.dep_ == "acl" and node.tag_ == "VBN":
                return out  # "money paid to two women"
            continue
        if not out and subject.dep_ == "nsubj" and _only_tells(node, subject, below, counts=counts):
            return out
        if subject.lower_ in _RELATIVE:  # "Ford, which has 13,000 workers"
            return [node.head] if node.dep_.startswith("acl") and may_own(node.head, taken) else out
        if (
            counts_only(subject)
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
    return led and (counts_only(verb) or any(c.dep_ == "obj" and counts_only(c) for c in verb.children))


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
    return word == "it" and not acts and (noun.ent_type_ in ("ORG", *PLACES) or noun.tag_ == "NN")


def equal_to(noun: Token, taken: Set[int]) -> Token | None:
    """The subject that a predicate noun is told of: "the chief gain is a 12% lead"."""
    if noun.pos_ not in NOUNS or not any(c.dep_ == "cop" for c in noun.children):
        return None
    subject = next((c for c in noun.children if c.dep_ == "nsubj" and c.i < noun.i), None)
    fits = (
        subject is not None and subject.pos_ in NOUNS and may_own(subject, taken) and not counts_only(subject)
    )
    return subject if fits else None


def name_behind(title: Token) -> Token:
    """The name that a title leads: "former Vice President Ana Ruiz", "Senator from Ohio Tom Hall"."""
    if title.ent_type_ == "PERSON" or title.pos_ not in NOUNS:
        return title
    placed = title.ent_type_ in PLACES  # "Lexington, Kentucky, lawyer Ana Ruiz"
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
    return lemma in _SPEAKS or (counts and lemma in _COUNTS and subject.ent_type_ not in PLACES)


def _is_found(figure: Token) -> bool:
    """Whether those counted are people, alive or dead, whom somebody only finds."""
    return is_person(figure) or figure.lemma_.lower() in _FOUND


def _told_to(verb: Token, deed: Token, taken: Set[int]) -> Token | None:
    """Who is told or made to do what a figure is told of: "ordered the firm to pay $1 million to each", "accused him of killing two"."""
    accused = deed.dep_ == "advcl" and deed.tag_ == "VBG" and any(has_mark(deed, word) for word in _DEEDS_OF)
    ordered = deed.dep_ in ("xcomp", "ccomp") and verb.lemma_.lower() in _DIRECTIVES
    if deed.pos_ == "VERB" and (asked := _asked(verb, deed)) is not None:
        return asked if may_own(asked, taken) else None
    if deed.pos_ != "VERB" or not (accused or ordered):
        return None
    if any(c.dep_ in SUBJECTS for c in deed.children):
        return None
    objects = (c for c in verb.children if c.dep_ in ("obj", "iobj") and verb.i < c.i < deed.i)
    acting = (c for c in objects if ordered or is_person(c) or c.ent_type_ or c.pos_ == "PRON")
    return next((c for c in acting if may_own(c, taken)), None)


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
        return next((c for c in found if may_own(c, taken)), None)
    if lemma in _EQUIPS and has_case(below, "with") and verb.pos_ == "VERB":
        objects = [c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < below.i]
        return next((c for c in objects if may_own(c, taken)), None)
    if lemma not in _GIVEN | _GIVES or any(c.dep_ == "nsubj:pass" for c in verb.children):
        return None
    roles = ("iobj", "obj") if lemma in _GIVEN else ("iobj",)
    objects = [c for c in verb.children if c.dep_ in roles and c != below and c.i > verb.i]
    return next((c for c in objects if may_own(c, taken)), None)
