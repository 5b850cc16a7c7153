"""Of which time the clause around a date speaks: for weekdays and months that the text leaves open."""

import re
from typing import Literal

from spacy.tokens import Token

from pipeline.lexicon import table

Tense = Literal["past", "present", "future", "then future"]
"""`then future`: what lay ahead of the past that is told ("was expected to land on Monday"); it may have come since."""

_PROSPECTIVE = frozenset(row["word"] for row in table("prospective_words"))
_PROMISES = frozenset({"agree", "pledge", "promise", "vow", "offer", "set", "forecast"})
"""Acts with a day of their own, "set fire to" too; only what they promise in an infinitive lies ahead."""
_PAST_FORMS = frozenset(row["form"] for row in table("past_forms") if row["kind"] == "past")
_SAME_FORMS = frozenset(row["form"] for row in table("past_forms") if row["kind"] == "same")
"""Verbs whose past looks like their base form: "Iran shut its airspace"."""
_PREFIXED = re.compile(r"(?:re|out|over|under|mis|un|fore|up|pre|inter)(?P<verb>[a-z]{3,})")
_BASES_TOO = frozenset({"lay", "found", "bound", "saw", "ground", "sent"})
"""Past forms that are other verbs' base forms: "relay", "rebound", "resent" are no past."""
_REGULAR_PAST = re.compile(r"(?:\w[^e]ed|(?:gr|fr|cr|nt)eed)$")
"""Those of the regular verbs, "agreed" among them and not "proceed": taggers take some for a present ("students protested")."""
_BASES_IN_ED = frozenset({"embed", "imbed", "shed", "shred", "wed", "bed", "sled"})
_DIRECTIVES = frozenset(row["lemma"] for row in table("directive_verbs"))
_CAUSATIVES = frozenset({"let", "make", "see", "watch", "hear", "help"})
"""Verbs with a bare infinitive below, which has their tense: "let the ban stand"."""
_LASTING = frozenset(row["lemma"] for row in table("lasting_verbs"))
_ARRANGES = frozenset(
    {"call", "convene", "summon", "arrange", "organise", "organize", "book", "fix", "order"}
)
_SCHEDULED = frozenset(row["lemma"] for row in table("scheduled_verbs"))
_MODALS = frozenset(
    {"will", "shall", "would", "may", "might", "could", "can", "must", "should", "'ll", "’ll", "wo", "ll"}
)
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "ll"})
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
_REPORTS = frozenset({"say", "tell", "report", "show", "follow"})
_NOMINAL = frozenset({"nmod", "nmod:poss", "compound", "appos", "conj"})
_MAX_CLIMB = 12


def tense_of(token: Token, *, heading: bool) -> Tense:
    """The tense of the verb over a token; a word of planning between the two looks ahead.

    The present may look ahead ("the talks resume on Friday") but in headings, which tell the past in it.
    """
    node, below, nouns = token, token, 0
    by = any(c.lower_ == "by" and c.dep_ == "case" for c in token.children)
    for _ in range(_MAX_CLIMB):
        told = node.tag_ == "VBD" or (
            node.tag_ in ("VB", "VBP") and _is_same_form(node.lower_) and not _led_in(node)
        )
        given = node.tag_ == "VBN" and node.dep_ == "acl"  # "the sum pledged at a conference in July"
        promised = (told or given) and node.lemma_.lower() in _PROMISES - {"set", "forecast"} | (
            {"set", "forecast"} if told else set()
        )  # "agreed on a swap on Tuesday", "set fire to a school"
        planned = node != token and _plans(node)
        owned = (node == token.head and token.dep_ == "nmod:poss") or _is_within_subject(token, below, node)
        if planned and not promised and not owned:
            return "past" if _when_planned(node, token) else _ahead_of(node)
        leads = {c.lower_ for c in node.children if c.dep_ == "case"}
        if leads & {"ahead", "until", "till"}:
            return "past" if "ahead" not in leads and _until_then(node.head) else "future"
        if nouns and "despite" in leads:
            return "past"  # "will stay despite the raid on a camp Thursday"
        auxiliaries = auxiliaries_of(node)
        if (node.pos_ in ("VERB", "AUX") or auxiliaries) and not _leans(node, auxiliaries, by=by):
            # Far below its verb ("to thank the victims of Saturday's attack") a date has nothing of its tense.
            return _verb_tense(node, auxiliaries, heading) if nouns < 2 else "past"
        if node.head == node:
            return "past"
        if node.head.dep_[:5] != "nsubj":
            nouns += (node.dep_ in _NOMINAL) + (node.dep_ == "nmod:poss")
        below, node = node, node.head
    return "past"


def is_set_before(date: Token) -> bool:
    """Whether a verb of setting dates stands right before a date, though the tagger takes it for a noun: "Parliament reconvenes on Monday"."""
    at = date.i - 1
    while at > date.sent.start and date.doc[at].lower_ in ("on", "in", "at", "late", "early"):
        at -= 1
    verb = date.doc[at]
    led = any(c.dep_ in ("det", "case", "nmod:poss", "amod") for c in verb.children)
    subject = any(c.i < verb.i and c.pos_ in ("NOUN", "PROPN") for c in verb.children)
    return (
        at > date.sent.start
        and verb.pos_ == "NOUN"
        and verb.dep_ in ("ROOT", "ccomp")
        and verb.lemma_.lower() in _SCHEDULED
        and subject
        and not led
    )


def is_due_before(date: Token) -> bool:
    """Whether a date stands right behind "due" that belongs to the same noun: "the vote due in October was put off"."""
    at = date.i - 1
    while at > date.sent.start and date.doc[at].lower_ in ("on", "in", "at", "for", "by", "late", "early"):
        at -= 1
    due = date.doc[at]
    return due.pos_ == "ADJ" and due.lower_ in _PROSPECTIVE and due.head == date.head and _is_planned(due)


def is_set_for(date: Token) -> bool:
    """ "Called a strike for Friday", "set sentencing for May 4", "set a July 11 date": what somebody calls or sets for a day lies ahead of the telling."""
    noun = date.head
    if date.i < noun.i and noun.lemma_.lower() in ("date", "deadline") and noun.dep_ in ("obj", "nsubj:pass"):
        return noun.head.lemma_.lower() in _ARRANGES | {"set", "schedule", "announce", "give"}
    if not any(c.lower_ == "for" and c.dep_ == "case" for c in date.children):
        return False
    verb = date.head if date.head.pos_ == "VERB" else date.head.head
    return verb.pos_ == "VERB" and verb.lemma_.lower() in _ARRANGES | {"set"} and date.i > verb.i


def _is_within_subject(date: Token, subject: Token, plan: Token) -> bool:
    """ "Monday's announcement sets in motion a sale", "the tweets Monday are likely to stir": the day of the subject, not of the plan.

    "Monday's vote is expected to be close" does tell the day of what is planned.
    """
    return subject.dep_ == "nsubj" and subject != date and subject.head == plan and not _is_planned(plan)


def _is_planned(plan: Token) -> bool:
    """Whether a word of planning is a participle that says of its subject that it lies ahead: "is due", "is set for"."""
    return (plan.pos_ == "ADJ" and plan.lower_ != "likely") or plan.tag_ == "VBN"


def _plans(word: Token) -> bool:
    """Whether a word looks ahead; "set up", "setting fires" and "wanted for a murder" do not."""
    if word.lower_ == "wanted" and not any(c.dep_ == "obj" or _is_infinitive(c) for c in word.children):
        return False
    if word.lemma_.lower() == "set" and (
        word.tag_ == "VBG" or any(c.dep_ == "compound:prt" for c in word.children)
    ):
        return False
    return word.lemma_.lower() in _PROSPECTIVE or word.lower_ in _PROSPECTIVE


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def auxiliaries_of(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, its own or those that it shares: "will be tried in May and sentenced by June"."""
    own = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if own or verb.dep_ != "conj" or any(c.dep_.startswith("nsubj") for c in verb.children):
        return own
    shared = [c for c in verb.head.children if c.dep_ in ("aux", "aux:pass")]
    passive = verb.tag_ == "VBD" and any(
        c.dep_ == "aux:pass" for c in shared
    )  # taggers take "tried" for a past
    same = verb.tag_ in ("VB", "VBN") and verb.head.tag_ == verb.tag_
    return shared if same or passive else own


def _until_then(verb: Token) -> bool:
    """Whether what went on until a day is over: "lasted until Friday", "was not freed until May", "had until Monday to reply"."""
    others = {c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")}
    if "had" in others or verb.lower_ == "had":
        return True
    told = verb.tag_ == "VBD" or bool(others & {"did", "was", "were"})
    negated = any(c.lower_ in ("not", "n't", "n’t", "never") for c in verb.children)
    return told and (negated or verb.lemma_.lower() in _LASTING)


def _leans(verb: Token, auxiliaries: list[Token], *, by: bool) -> bool:
    """Whether a verb has no tense of its own but that of the verb over it: "let the ban stand", "committed to getting out by May"."""
    if auxiliaries or verb.head == verb:
        return False
    if verb.tag_ in ("VB", "VBP") and verb.dep_ in ("ccomp", "xcomp"):
        return verb.head.lemma_.lower() in _CAUSATIVES and not _led_in(verb)
    alone = verb.dep_ == "advcl" and not any(c.dep_ in ("mark", "case") for c in verb.children)
    return verb.tag_ == "VBG" and (by or alone)  # "is expected to turn, reaching the coast on Friday"


def _ahead_of(plan: Token) -> Tense:
    """Of which future a word of planning speaks: that of the past where the plan is of the past ("was expected to land")."""
    finite = {c.lower_ for c in plan.children if c.dep_ in ("aux", "aux:pass", "cop")}
    if finite & {"was", "were"}:
        return "then future"
    if plan.dep_ in ("acl", "amod") and plan.tag_ == "VBN" and plan.head.dep_[:5] == "nsubj":
        # "Games scheduled for Wednesday were held"
        verb = plan.head.head
        words = [verb, *(c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop"))]
        return "then future" if any(w.tag_ == "VBD" for w in words) else "future"
    return "future"


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
        return "future" if words & _WILL else "past"  # "will have left by Saturday"
    if words & _MODALS:
        return "then future" if "would" in words else "future"
    passive = any(a.lower_ == "be" and a.tag_ == "VB" for a in auxiliaries)  # "scheduled to be heard"
    if (verb.tag_ == "VB" or passive) and any(c.tag_ == "TO" for c in verb.children):
        if words & {"is", "are", "'s", "’s"}:
            return "future"  # "the strike is to end on Friday"
        if words & {"was", "were"} or (not heading and _directed(verb)):
            return "then future"  # "his term was to end in August", "told them to leave on Monday"
        if passive and verb.dep_ == "acl":
            return _ahead_of(verb)  # "a summit to be held in March"
        if not _planned(verb, heading):
            return "past"
        return _ahead_of(verb.head) if verb.head != verb else "future"
    finite = next((a for a in auxiliaries if a.tag_ in ("VBZ", "VBP", "VBD")), verb)
    if finite == verb and _looks_past(verb):
        return "past"
    reports = verb.lemma_.lower() in _REPORTS and (
        verb.lemma_ != "follow" or any(c.dep_ == "obj" for c in verb.children)
    )
    present = finite.tag_ in ("VBZ", "VBP", "VB") and not reports
    if heading or not present:
        return "past"
    return "future" if verb.lemma_.lower() in _SCHEDULED or verb.tag_ == "VBG" else "present"


def _looks_past(verb: Token) -> bool:
    """Whether a verb's form is one of the past, whatever its tag: "overran"; "shut" is, unless an "s" would make it present."""
    word = verb.lower_
    regular = _REGULAR_PAST.search(word) is not None and word not in _BASES_IN_ED
    return regular or _is_past_form(word) or (_is_same_form(word) and verb.tag_ != "VBG")


def _is_past_form(word: str) -> bool:
    """Whether a word is an irregular past, with a prefix too: "rethought", "outbid"."""
    found = _PREFIXED.fullmatch(word)
    return word in _PAST_FORMS or (found is not None and found["verb"] in _PAST_FORMS - _BASES_TOO)


def _is_same_form(word: str) -> bool:
    """Whether a verb's past looks like its base form, with a prefix too: "shut", "recut"."""
    found = _PREFIXED.fullmatch(word)
    return word in _SAME_FORMS or (found is not None and found["verb"] in _SAME_FORMS)


def _directed(infinitive: Token) -> bool:
    """Whether "to leave" is what somebody was told to do."""
    return infinitive.dep_ in ("xcomp", "ccomp") and infinitive.head.lemma_.lower() in _DIRECTIVES


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
