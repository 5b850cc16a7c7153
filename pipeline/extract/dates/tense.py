"""Of which time the clause around a date speaks: for weekdays and months that the text leaves open."""

from typing import Literal

from spacy.tokens import Token

from pipeline.lexicon import table

Tense = Literal["past", "present", "future"]

_PROSPECTIVE = frozenset(row["word"] for row in table("prospective_words"))
_PROMISES = frozenset({"agree", "pledge", "promise", "vow", "offer", "set"})
"""Acts with a day of their own, "set fire to" too; only what they promise in an infinitive lies ahead."""
_PAST_FORMS = frozenset(row["form"] for row in table("past_forms") if row["kind"] == "past")
_SAME_FORMS = frozenset(row["form"] for row in table("past_forms") if row["kind"] == "same")
"""Verbs whose past looks like their base form: "Iran shut its airspace"."""
_SCHEDULED = frozenset(row["lemma"] for row in table("scheduled_verbs"))
_MODALS = frozenset(
    {"will", "shall", "would", "may", "might", "could", "can", "must", "should", "'ll", "’ll", "wo", "ll"}
)
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
_REPORTS = frozenset({"say", "tell", "report", "show", "follow"})
_NOMINAL = frozenset({"nmod", "nmod:poss", "compound", "appos", "conj"})
_MAX_CLIMB = 12


def tense_of(token: Token, *, heading: bool) -> Tense:
    """The tense of the verb over a token; a word of planning between the two looks ahead.

    The present may look ahead ("the talks resume on Friday") but in headings, which tell the past in it.
    """
    node, nouns = token, 0
    for _ in range(_MAX_CLIMB):
        told = node.tag_ == "VBD" or (
            node.tag_ in ("VB", "VBP") and node.lower_ in _SAME_FORMS and not _led_in(node)
        )
        promised = (
            told and node.lemma_.lower() in _PROMISES
        )  # "agreed on a swap on Tuesday", "set fire to a school"
        planned = node != token and (node.lemma_.lower() in _PROSPECTIVE or node.lower_ in _PROSPECTIVE)
        if planned and not promised:
            return "past" if _when_planned(node, token) else "future"
        leads = {c.lower_ for c in node.children if c.dep_ == "case"}
        if leads & {"ahead", "until", "till"}:
            return "future"
        auxiliaries = [c for c in node.children if c.dep_ in ("aux", "aux:pass", "cop")]
        if node.pos_ in ("VERB", "AUX") or auxiliaries:
            # Far below its verb ("to thank the victims of Saturday's attack") a date has nothing of its tense.
            return _verb_tense(node, auxiliaries, heading) if nouns < 2 else "past"
        if node.head == node:
            return "past"
        if node.head.dep_[:5] != "nsubj":
            nouns += (node.dep_ in _NOMINAL) + (node.dep_ == "nmod:poss")
        node = node.head
    return "past"


def _led_in(verb: Token) -> bool:
    """Whether "to" or an auxiliary stands before a verb."""
    return any(c.tag_ in ("TO", "MD") or c.dep_.startswith("aux") for c in verb.children)


def _when_planned(verb: Token, date: Token) -> bool:
    """ "Agreed in December to hold talks", "vowed on Monday": the day of the promise, not of what was promised."""
    near = -12 < date.i - verb.i <= 3
    leads = {c.lower_ for c in date.children if c.dep_ == "case"}
    return verb.tag_ == "VBD" and date.head == verb and near and not leads - {"in", "on", "at"}


def _verb_tense(verb: Token, auxiliaries: list[Token], heading: bool) -> Tense:
    words = {a.lower_ for a in auxiliaries}
    if words & _PERFECT:
        return "past"
    if words & _MODALS:
        return "future"
    if verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children):
        if words & {"is", "are", "'s", "’s"}:
            return "future"  # "the strike is to end on Friday"
        return "future" if _planned(verb, heading) else "past"
    finite = next((a for a in auxiliaries if a.tag_ in ("VBZ", "VBP", "VBD")), verb)
    if finite == verb and _looks_past(verb):
        return "past"
    present = finite.tag_ in ("VBZ", "VBP", "VB") and verb.lemma_.lower() not in _REPORTS
    if heading or not present:
        return "past"
    return "future" if verb.lemma_.lower() in _SCHEDULED or verb.tag_ == "VBG" else "present"


def _looks_past(verb: Token) -> bool:
    """Whether a verb's form is one of the past, whatever its tag: "overran"; "shut" is, unless an "s" would make it present."""
    word = verb.lower_
    return word in _PAST_FORMS or (word in _SAME_FORMS and verb.tag_ != "VBG")


def _planned(infinitive: Token, heading: bool) -> bool:
    """Whether "to meet" hangs on a plan, a promise or "is to"."""
    if heading and infinitive.dep_ in ("ROOT", "acl"):
        return True
    governor = infinitive.head
    return governor != infinitive and (
        governor.lemma_.lower() in _PROSPECTIVE
        or governor.lower_ in ("is", "are", "'s", "’s", "was", "were")
        or any(c.lower_ in ("is", "are") for c in governor.children if c.dep_ in ("aux", "cop"))
    )
