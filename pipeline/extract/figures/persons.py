"""Whether those counted are people: nouns that name persons, and bare numbers that do what people do."""

from spacy.tokens import Token

from pipeline.lexicon import table

PERSON_NOUNS = frozenset(row["role"] for row in table("roles") if row["kind"] in ("head", "kin")) | frozenset(
    row["word"] for row in table("event_word_classes") if row["word_class"] in ("person", "people", "worker")
)
_OF_PERSONS = frozenset(
    {
        "troops",
        "fighters",
        "police",
        "protesters",
        "lawmakers",
        "prisoners",
        "hostages",
        "refugees",
        "migrants",
        "casualties",
    }
)
_COUNTED_PERSONS = frozenset(
    row["lemma"] for row in table("measures") if row["pos"] == "noun" and row["measure"] in _OF_PERSONS
)
_COUNTED = frozenset(row["lemma"] for row in table("measures") if row["pos"] == "noun")
_THINGS = frozenset(row["noun"] for row in table("things_like_persons"))
_ENDINGS = ("er", "ist", "ee", "ian", "man")
"""Of nouns that mostly name who does something: "rider", "cyclist", "escapee"."""
_DEEDS = frozenset(row["lemma"] for row in table("person_verbs"))
_DEALS = frozenset(row["lemma"] for row in table("payments")) | {
    "cost",
    "generate",
    "earn",
    "raise",
    "save",
    "lose",
    "owe",
    "make",
    "donate",
    "give",
    "reach",
    "run",
    "number",
    "gain",
}
"""Verbs whose millions and thousands may as well be money or things."""
_DRAW = frozenset({"draw", "attract"})
_WHEREABOUTS = frozenset({"aboard", "present", "inside", "outside"})
_TOLD = frozenset({"report", "say", "believe", "think", "estimate", "know", "expect", "understand"})
_PLURALS = frozenset({"people", "children", "men", "women", "persons"})


def is_person(noun: Token) -> bool:
    """Whether a noun names persons."""
    lemma = noun.lemma_.lower()
    if lemma in PERSON_NOUNS or lemma in _COUNTED_PERSONS or noun.lower_ in _PLURALS:
        return True
    return lemma not in _COUNTED and lemma not in _THINGS and len(lemma) > 4 and lemma.endswith(_ENDINGS)


def is_named_person(noun: Token) -> bool:
    """Whether a noun names persons, by what they do or where they are from: "nurses", "Somalis"."""
    return noun.tag_ == "NNPS" or is_person(noun)


def those_who_act(tokens: list[Token]) -> Token | None:
    """Whom a vague number tells of behind a verb: "residents came by the hundreds", "protesters numbering in the thousands"."""
    first = tokens[0]
    if first.i - 3 < first.sent.start or first.nbor(-1).lower_ != "the":
        return None
    lead = first.nbor(-2).lower_
    node = (
        first.nbor(-3) if lead == "in" and first.nbor(-3).lemma_.lower() in ("number", "run") else first.head
    )
    for _ in range(4):
        if node.pos_ in ("VERB", "AUX") and (lead == "by" or node == first.nbor(-3)):
            subject = next((c for c in node.children if c.dep_.startswith("nsubj")), None)
            over = node.head if node.dep_.startswith("acl") else None
            found = subject if subject is not None and subject.i < first.i else over
            return found if found is not None and found.tag_ in ("NNS", "NNPS") else None
        if node.head == node or lead not in ("by", "in"):
            return None
        node = node.head
    return None


_CARE = frozenset(
    {
        "hospital",
        "hospitals",
        "custody",
        "jail",
        "prison",
        "detention",
        "quarantine",
        "isolation",
        "care",
        "condition",
    }
)


def _is_kept(head: Token) -> bool:
    """Whether those counted are in hospital or custody: "20 still in hospital", "two were in critical condition"."""
    words = [t.lower_ for t in head.doc[head.i + 1 : min(head.sent.end, head.i + 7)]]
    if "in" not in words[:3] or any(w not in _WAITING for w in words[: words.index("in")]):
        return False
    at = words.index("in") + 1
    return any(w in _CARE for w in words[at : at + 2])


_WAITING = frozenset(
    {"still", "remain", "remained", "remaining", "are", "were", "now", "is", "was", "being", "held"}
)


def act_as_people(head: Token, last: Token, *, vague: bool) -> bool:
    """Whether a number without a noun can only be people by what it does: "fewer than 200 showed up", "attended by thousands".

    `head`: the word of the number that hangs on something else, `last`: its last one.
    """
    if _is_kept(head):
        return True
    verb = head.head
    if any(c.dep_ == "nsubj" and c.lower_ in ("turnout", "attendance") for c in head.children):
        return True  # "the crowd was tens of thousands"
    follows = last.nbor(1).lower_ if last.i + 1 < len(last.doc) else ""
    if follows in ("who", "whose"):
        return True  # "among eight whose arrests were announced"
    if vague and head.dep_ in ("obj", "nsubj", "nsubj:pass") and verb.pos_ == "VERB":
        return verb.lemma_.lower() not in _DEALS and follows not in ("of", "in", "on")
    if vague and head.dep_.startswith("obl") and any(c.lower_ == "by" for c in head.children):
        return any(c.dep_ == "aux:pass" for c in verb.children) or verb.tag_ == "VBN"
    if head.dep_ == "obj":
        return verb.lemma_.lower() in _DRAW
    if not head.dep_.startswith("nsubj"):
        return False
    if verb.lower_ in _WHEREABOUTS or (
        verb.lemma_.lower() == "take" and any(c.lower_ == "part" for c in verb.children)
    ):
        return True
    if verb.lemma_.lower() in _TOLD:  # "over a thousand were reported to have reached the town"
        verb = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp")), verb)
    return verb.lemma_.lower() in _DEEDS
