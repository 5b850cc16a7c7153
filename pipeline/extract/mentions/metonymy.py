"""Capitals that stand for their countries ("Washington said", "talks between Moscow and Kyiv")."""

from functools import cache

from spacy.tokens import Token

from pipeline.extract.mentions.gazetteer import capital_countries, fold, is_region
from pipeline.extract.mentions.places import is_part
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_RELATIONS = frozenset(
    (
        "talks",
        "tension",
        "tensions",
        "tie",
        "ties",
        "relation",
        "relations",
        "dispute",
        "deal",
        "agreement",
        "pressure",
        "rift",
        "ally",
        "allies",
        "pact",
        "treaty",
        "alliance",
        "accord",
        "negotiations",
        "cooperation",
        "code",
        "trade",
        "war",
        "warning",
        "message",
        "row",
        "truce",
        "ceasefire",
        "disputes",
        "deals",
        "agreements",
        "pacts",
        "conflict",
        "contacts",
        "standoff",
        "feud",
        "rivalry",
        "partnership",
        "border",
        "borders",
    )
)
"""Nouns whose parties, behind "with", "between" or "on", are states."""
_PARTY = frozenset(("with", "between", "on", "and", "to"))
_ADDRESS = frozenset(
    (
        "accuse",
        "urge",
        "warn",
        "blame",
        "criticise",
        "criticize",
        "condemn",
        "press",
        "pressure",
        "tell",
        "ask",
        "threaten",
        "sanction",
        "support",
        "back",
        "provoke",
        "isolate",
        "persuade",
        "assure",
    )
)
"""Verbs whose object is whoever is addressed, never a place."""


_POSSESSED = frozenset(
    (
        "orbit",
        "ambassador",
        "envoy",
        "policy",
        "ally",
        "allies",
        "proxies",
        "proxy",
        "demands",
        "demand",
        "claim",
        "claims",
        "influence",
        "interests",
        "position",
        "stance",
        "decision",
        "response",
        "offer",
        "refusal",
        "support",
        "backing",
        "intentions",
        "ambitions",
        "sanctions",
        "allegations",
        "accusations",
        "relations",
        "relationship",
        "ties",
        "role",
        "patrols",
        "diplomacy",
        "diplomats",
        "campaign",
        "security",
        "consent",
        "permission",
        "approval",
        "rivals",
        "rival",
        "enemies",
        "military",
        "forces",
        "troops",
        "army",
        "navy",
    )
)
"""What a state has, never a city."""
_OF = frozenset(
    ("ally", "allies", "tool", "critic", "critics", "puppet", "proxy", "support", "backing", "behalf", "part")
)
_RULING = frozenset(
    ("state", "city", "province", "county", "town", "municipality", "region", "commonwealth", "district")
)
_HELD = frozenset(("sue", "allow", "force", "require", "prevent", "order", "stop", "bar", "compel", "forbid"))
"""Further verbs whose object is whoever may do something or not."""
_ENACTED = frozenset(
    (
        "law",
        "laws",
        "ban",
        "bans",
        "bill",
        "statute",
        "budget",
        "lawsuit",
        "appeal",
        "order",
        "certification",
        "restrictions",
        "lockdown",
    )
)
"""What states and cities make through those who govern them."""
PART = "government of "
"""How the keys of governments of parts of a country begin."""
_DASHES = frozenset(("-", "–", "—", "--"))
_UPON = frozenset(("call", "rely", "depend", "press", "impose", "urge"))


@cache
def state_verbs() -> frozenset[str]:
    """Lemmas of verbs of speech, mind and statecraft: a capital that is their subject is a government."""
    said = {row["lemma"] for row in table("attribution_cues") if row["pos"] == "verb"}
    return frozenset(said | {row["lemma"] for row in table("state_verbs")})


def apply_metonymy(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Turn the capitals that act or are addressed into their countries."""
    capitals = capital_countries()
    for span in spans:
        if (
            span.type == "place"
            and not span.within
            and span.name in capitals
            and not _is_dateline(parsed, span)
            and _acts(parsed.doc[span.end - 1])
        ):
            country = capitals[span.name]
            span.type, span.country, span.sector, span.key = (
                "country",
                country,
                "GOV",
                f"country:{country}",
            )
            span.certain = True


def governments_of_parts(parsed: ParsedArticle, spans: list[ActorSpan]) -> None:
    """Turn states, provinces, counties and cities that may rule into governments: "Ohio sued", "the city of Larmo banned", "Ohio's ban".

    Whether they do is weighed with all other candidates; those that do not are places again.
    """
    for span in spans:
        if span.type != "place" or not span.country or is_region(span.name) or _is_dateline(parsed, span):
            continue
        head = parsed.doc[span.end - 1]
        introduced = head.dep_ == "nmod" and head.head.lower_ in _RULING and _is_of(parsed, span)
        part = is_part(span.name) and span.name not in capital_countries()
        if (introduced or part) and _may_rule(head.head if introduced else head):
            span.type, span.sector = "government", "GOV"
            span.key = f"{PART}{fold(span.name)}:{span.country}"


def _is_dateline(parsed: ParsedArticle, span: ActorSpan) -> bool:
    """Whether a place stands before a dash at the beginning of a sentence: "LIMA - Troops left"."""
    doc, end = parsed.doc, span.end
    first = parsed.sentence_of(doc[span.start]).span.start
    return (
        first == span.start and end < len(doc) and doc[end].text in _DASHES and bool(doc[end - 1].whitespace_)
    )


def _may_rule(token: Token) -> bool:
    """Whether a part of a country stands where an authority does: it acts, is acted on or owns what authorities own."""
    above = token.head
    if token.dep_ in ("nsubj", "obl:agent"):
        return above.pos_ == "VERB"
    if token.dep_ == "obj":
        return above.lemma_.lower() in _ADDRESS | _HELD
    if token.dep_ == "nmod:poss":
        return above.lower_ in _POSSESSED | _ENACTED
    return any(c.lower_ == "by" for c in token.children if c.dep_ == "case")


def _is_of(parsed: ParsedArticle, span: ActorSpan) -> bool:
    return span.start > 0 and parsed.doc[span.start - 1].lower_ == "of"


def _acts(token: Token) -> bool:
    while token.dep_ in ("flat", "compound") and token.head.i == token.i + 1:
        token = token.head
    if token.dep_ == "conj" and token.head.pos_ == "PROPN":
        return _acts(token.head)
    verb = token.head
    if token.dep_ in ("nsubj", "obj", "iobj"):
        spoken = verb.lemma_ in state_verbs() and verb.pos_ == "VERB"
        return spoken and (token.dep_ == "nsubj" or verb.lemma_ in _ADDRESS)
    if token.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX"):
        return any(c.tag_ == "MD" or c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    cases = {child.lower_ for child in token.children if child.dep_ == "case"}
    if token.dep_ == "nmod:poss":
        return verb.lower_ in _POSSESSED
    if token.dep_ == "obl:agent" or (token.dep_ == "obl" and "by" in cases):
        return True
    if token.dep_ not in ("nmod", "obl"):
        return False
    if "of" in cases:
        return verb.lower_ in _OF
    if "against" in cases or ("on" in cases and verb.lemma_ in _UPON):
        return True
    related = verb.lower_ in _RELATIONS or any(
        c.lower_ in _RELATIONS for c in verb.children if c.dep_ in ("obj", "nsubj", "nsubj:pass")
    )
    return bool(cases & _PARTY) and related
