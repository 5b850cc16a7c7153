"""Whether the clause around a date speaks of the future: for weekdays and months that the text leaves open."""

from spacy.tokens import Token

from pipeline.lexicon import table

_PROSPECTIVE = frozenset(row["word"] for row in table("prospective_words"))
_MODALS = frozenset(
    {"will", "shall", "would", "may", "might", "could", "can", "must", "should", "'ll", "’ll", "wo", "ll"}
)
_MAX_CLIMB = 12


def is_future(token: Token, *, heading: bool) -> bool:
    """Whether the verb over a token, or a word of planning between the two, looks ahead.

    A present tense looks ahead ("the talks resume on Friday") but for headings, which tell the past in it.
    """
    node, nouns = token, 0
    for _ in range(_MAX_CLIMB):
        if node != token and (node.lemma_.lower() in _PROSPECTIVE or node.lower_ in _PROSPECTIVE):
            return True
        if any(c.lower_ in ("ahead", "until", "till") for c in node.children if c.dep_ == "case"):
            return True
        auxiliaries = [c for c in node.children if c.dep_ in ("aux", "aux:pass", "cop")]
        if node.pos_ in ("VERB", "AUX") or auxiliaries:
            # Far below its verb ("to thank the victims of Saturday's attack") a date has nothing of its tense.
            return nouns < 2 and _verb_looks_ahead(node, auxiliaries, heading)
        if node.head == node:
            return False
        nouns += (
            node.dep_ in ("nmod", "nmod:poss", "compound", "appos", "conj") and node.head.dep_[:5] != "nsubj"
        )
        nouns += node.dep_ == "nmod:poss" and node.head.dep_[:5] != "nsubj"
        node = node.head
    return False


def _verb_looks_ahead(verb: Token, auxiliaries: list[Token], heading: bool) -> bool:
    words = {a.lower_ for a in auxiliaries}
    if words & {"have", "has", "had", "'ve", "’ve", "having"}:
        return False
    if words & _MODALS:
        return True
    if verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children):
        governor = verb.head
        if heading and verb.dep_ in ("ROOT", "acl"):
            return True
        return governor != verb and (
            governor.lemma_.lower() in _PROSPECTIVE
            or governor.lower_ in ("is", "are", "'s", "’s", "was", "were")
            or any(c.lower_ in ("is", "are") for c in governor.children if c.dep_ in ("aux", "cop"))
        )
    if heading:
        return False
    finite = next((a for a in auxiliaries if a.tag_ in ("VBZ", "VBP", "VBD")), verb)
    return finite.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() not in ("say", "tell", "report", "show")
