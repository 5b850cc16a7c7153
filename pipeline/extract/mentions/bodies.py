"""Bodies that a description names: "the Venezuelan government", "Assad's forces", "the army of Iraq"."""

from collections.abc import Mapping

from pipeline.extract.mentions.bodynames import ALONE, HELPS, OPEN_NOUNS, SIDES, describe_name
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import ActorSpan, basis_of
from pipeline.extract.mentions.words import POSSESSIVE, BodyNoun, body_nouns, role_heads, staff_nouns, ties
from pipeline.extract.parsed import ParsedArticle

_MAX_STAFF = 2
"""Words between a person and the noun of those who work for them."""
_MAX_BETWEEN = 3
"""Words between the country and the noun of a body ("Iraqi special operations forces")."""
REBEL = frozenset(
    [
        "rebel",
        "opposition",
        "militant",
        "separatist",
        "insurgent",
        "jihadist",
        "anti-government",
        "guerrilla",
        "islamist",
    ]
)
_SKIP = frozenset(["the", "of", "for", "and", "a", "an", "s", "to", "in", "on"])
_SPELLING = {
    "defense": "defence",
    "labor": "labour",
    "organisation": "organization",
    "programme": "program",
    "centre": "center",
}
_LOCAL = frozenset(("police", "authorities", "officials", "prosecutors", "lawmakers"))
"""Bodies that a place behind "in" makes clear."""
_AMERICAN = frozenset(("congress", "treasury"))
"""Bodies that, without a country, are those of the United States wherever these are named."""
LEADING = frozenset(
    ("leaders", "officials", "ministers", "advisers", "delegation", "negotiators", "diplomats", "envoys")
)
"""People who stand for a government."""
PRIVATE = frozenset(
    [
        "opposition",
        "rebel",
        "rebels",
        "business",
        "religious",
        "party",
        "union",
        "church",
        "community",
        "student",
        "tribal",
        "protest",
        "gang",
        "industry",
        "civic",
        "local",
        "company",
        "campaign",
        "school",
        "bank",
        "club",
        "football",
        "separatist",
        "militant",
        "insurgent",
        "world",
    ]
)
"""Words between a country and its leaders or officials that make them no government's."""
_INNER = ("NOUN", "ADJ", "PROPN", "X")
_DOMESTIC = frozenset(("ruling", "governing", "government", "grand", "party", "electoral"))
_RUN = frozenset(
    ("run", "controlled", "led", "held", "appointed", "administered", "owned", "affiliated", "linked")
)
"""Participles that tell who runs a body."""
_OWNED_BY_PEOPLE = ("government", "military", "armed_group")


def body_key(name: str, country: str | None) -> str:
    """Identity of a body by the words of its name in any order, spelled one way, and its country."""
    words = sorted({_SPELLING.get(w, w) for w in fold(name).split() if w not in _SKIP})
    return f"{' '.join(words)}:{country or ''}"


def find_bodies(
    parsed: ParsedArticle, names: list[ActorSpan], setting: Setting, parts: Mapping[str, str]
) -> list[ActorSpan]:
    """Bodies named by a noun and the country, person or place that it belongs to; sets what the nouns within names tell.

    `parts`: names of states that are countries' too, and whose they are.
    """
    owner: dict[int, ActorSpan] = {}
    for span in names:
        for i in range(span.start, span.end):
            owner.setdefault(i, span)
    for span in names:
        describe_name(span, parts)
        if span.country is None and span.kind == "name" and span.type not in ("person", "place", "igo"):
            _of_owner(parsed, span, span.start, owner)
    _settle_bare(parsed, names, setting)
    found: list[ActorSpan] = []
    doc, i = parsed.doc, 0
    while i < len(doc):
        noun, end = noun_at(parsed, i)
        if noun and i not in owner:
            body = _body(parsed, i, end, noun, owner)
            if body:
                found.append(body)
        i = end
    return found + _staffs(parsed, owner)


def _staffs(parsed: ParsedArticle, owner: dict[int, ActorSpan]) -> list[ActorSpan]:
    """Those who work for a person or stand by one: "Ruiz's campaign", "the Ruiz campaign", "Ruiz's defence lawyers"."""
    doc, found = parsed.doc, []
    for token in parsed.written(lambda word: word.lower() in staff_nouns(), first=1):
        i, first = token.i, parsed.sentence_of(token).span.start
        j = i - 1
        while j > first and i - j <= _MAX_STAFF and j not in owner and doc[j].pos_ in ("NOUN", "ADJ"):
            j -= 1
        owned = doc[j].text in POSSESSIVE and j not in owner
        person = owner.get(j - 1 if owned else j)
        named = person is not None and person.type == "person" and person.kind == "name"
        closed = i + 1 >= len(doc) or doc[i + 1].pos_ not in ("NOUN", "PROPN") or doc[i + 1].is_sent_start
        if (
            person is None
            or not named
            or i in owner
            or not (closed and (owned or j == i - 1 or token.tag_ == "NN"))
        ):
            continue
        if not owned and staff_nouns()[token.lower_] == "group":
            continue  # "Ruiz family" is a name of its own
        span = make_name(parsed, person.start, i + 1, staff_nouns()[token.lower_], certain=True)
        span.head = token.lower_
        found.append(span)
    return found


def _settle_bare(parsed: ParsedArticle, names: list[ActorSpan], setting: Setting) -> None:
    """ "Congress", "the Supreme Court": a body's bare noun as a name is the one named in full, else that of the passage's country."""
    american = any(s.country == "USA" for s in names)
    in_full = {end: s for s in reversed(names) if _is_official(s) for end in _short_forms(s.name)}
    for span in names:
        bare = span.name.lower().removeprefix("the ")
        noun = body_nouns().get(bare)
        if not (noun and noun.anaphoric and span.kind == "name" and not span.key) or noun.noun in ALONE:
            continue
        span.type, span.sector, span.head, span.certain = noun.type, noun.sector, noun.noun, True
        full = in_full.get(bare)
        if full is not None and span.country in (None, full.country):  # not "Malawi's Supreme Court"
            span.key, span.country, span.basis = full.key, full.country, full.basis
            continue
        here = setting.country_of([parsed.sentence_of(parsed.doc[span.start]).position])
        if span.country is None:
            span.country = "USA" if noun.noun in _AMERICAN and american and setting.main != "GBR" else here
            span.basis = "guessed"
        span.key = f"{noun.body}:{span.country}" if span.country else None


def _short_forms(name: str) -> list[str]:
    """By which words a text may go on about an official body: the last one or two, or those before "of"."""
    words, head = name.lower().split(), name.lower().partition(" of ")[0]
    return [words[-1], " ".join(words[-2:]), head]


def _is_official(span: ActorSpan) -> bool:
    """Whether a listed body may be meant by the last word of its name ("the Department of the Treasury")."""
    listed = (span.key or "").startswith("body:") and span.type not in ("igo", "media", "company", "person")
    return listed and " " in span.name and bool(fold(span.name))


def noun_at(parsed: ParsedArticle, i: int) -> tuple[BodyNoun | None, int]:
    """The body noun of one or two words that starts at a token, and the token after it (the next one where there is none)."""
    words, nouns = parsed.lower, body_nouns()
    pair = nouns.get(f"{words[i]} {words[i + 1]}") if i + 1 < len(words) else None
    if pair:
        return pair, i + 2
    noun, token = nouns.get(words[i]) if i == 0 or words[i - 1] != "prime" else None, parsed.doc[i]
    if noun and (token.pos_ in ("NOUN", "PROPN", "ADJ") or token.text[0].isupper()):
        return noun, i + 1
    return None, i + 1


def _body(
    parsed: ParsedArticle, i: int, end: int, noun: BodyNoun, owner: dict[int, ActorSpan]
) -> ActorSpan | None:
    doc = parsed.doc
    first = parsed.sentence_of(doc[i]).span.start
    following, _after = noun_at(parsed, end) if end < len(doc) else (None, end)
    if following and end not in owner and not doc[end].is_sent_start:
        return None  # the later noun is the head: "government forces", "military officials"
    j = i - 1
    while (
        j >= first
        and j >= i - _MAX_BETWEEN
        and j not in owner
        and ((doc[j].pos_ in _INNER and doc[j].text != "-") or ties(doc[j]) or ties(doc[j - 1]))
    ):
        j -= 1
    begin = j + 1
    if j > first and doc[j].text in POSSESSIVE and j not in owner:
        j -= 1
    modifier = owner.get(j) if j >= first else None
    if noun.type == "media" and end in owner and owner[end].type != "person":
        return None  # "the Turkish state broadcaster TRT"
    national = modifier is not None and (modifier.type in ("country", "place") or modifier.kind == "demonym")
    if noun.noun in ALONE and not (national and noun.noun == "opposition"):
        return _alone(parsed, modifier.start if modifier else begin, i, end, noun)
    if modifier is None:
        return _of_country(parsed, i, end, noun, owner)
    between = [t.lower_ for t in doc[modifier.end : i] if t.text not in POSSESSIVE]
    if _is_run(modifier, between):
        return _run_by(parsed, modifier, i, end, noun)
    span = _make(parsed, modifier, modifier.start, end, noun, between)
    if span is not None and span.country is None and modifier.type != "person" and span.member_of is None:
        _of_owner(parsed, span, modifier.start, owner)
    return span


def _behind_hyphen(between: list[str]) -> str | None:
    """The word that a hyphen ties to whoever stands before it: "run" of "the Hamas-run ministry"."""
    return between[1] if between[:1] == ["-"] and len(between) > 1 else None


def _is_run(modifier: ActorSpan, between: list[str]) -> bool:
    """Whether who stands before a body only runs it: "the Hamas-run health ministry", not "the US-led coalition"."""
    armed = modifier.type in ("armed_group", "party", "organization", "group", "company")
    return armed and _behind_hyphen(between) in _RUN


def _run_by(parsed: ParsedArticle, modifier: ActorSpan, i: int, end: int, noun: BodyNoun) -> ActorSpan | None:
    """A body of its own that an armed group or party runs."""
    if noun.type not in (*_OWNED_BY_PEOPLE, "organization", "media"):
        return None
    span = make_name(parsed, modifier.start, end, noun.type, certain=True)
    span.sector, span.head, span.country = noun.sector, noun.noun, modifier.country
    span.basis = "office" if modifier.country else None
    span.key = body_key(span.name, modifier.country)
    return span


def _of_owner(parsed: ParsedArticle, span: ActorSpan, start: int, owner: dict[int, ActorSpan]) -> None:
    """Give a body the country of the name right before it, its owner or adjective ("Israel's Cabinet", "Turkish Kurd fighters")."""
    before = start - 2 if start > 1 and parsed.doc[start - 1].text in POSSESSIVE else start - 1
    named = owner.get(before)
    if named is None or not (before == start - 2 or named.kind == "demonym"):
        return
    if named.type in ("country", "place") or named.kind == "demonym":
        span.country, span.basis = named.country, basis_of(named)


def _alone(parsed: ParsedArticle, begin: int, i: int, end: int, noun: BodyNoun) -> ActorSpan | None:
    """ "The coalition", "the moderate opposition": clear without a country, where an article stands before it."""
    doc = parsed.doc
    before = doc[begin - 1] if begin else None
    words = {t.lower_ for t in doc[begin:i]}
    if begin == i and (before is None or before.lower_ != "the"):
        return None
    if words & _DOMESTIC or (end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN")):
        return None
    if noun.noun == "opposition" and end < len(doc) and doc[end].text in ("to", "from"):
        return None
    span = make_name(parsed, begin, end, noun.type, certain=True)
    span.kind = "name" if begin < i else "noun"
    span.sector, span.head, span.key = noun.sector, noun.noun, f"{noun.body}:"
    return span


def _of_country(
    parsed: ParsedArticle, i: int, end: int, noun: BodyNoun, owner: dict[int, ActorSpan]
) -> ActorSpan | None:
    """ "The government of Iraq", "the government of President Ruiz", "police in Nairobi"."""
    doc = parsed.doc
    if end + 1 >= len(doc) or not (doc[end].text == "of" or (doc[end].text == "in" and noun.noun in _LOCAL)):
        return None
    j = end + 2 if doc[end + 1].text in ("the", "The") and end + 2 < len(doc) else end + 1
    while j + 1 < len(doc) and j not in owner and doc[j].pos_ == "ADJ" and doc[j].lower_ in SIDES:
        j += 1  # "police in northern Mali"
    led = noun.body == "government" and doc[end].text == "of"
    if led:
        j = _behind_titles(parsed, j, owner)
    modifier = owner.get(j)
    owners = ("country", "place", "person") if led else ("country", "place")
    if modifier is None or modifier.type not in owners or modifier.start != j:
        return None
    if noun.type == "group" and modifier.end < len(doc) and doc[modifier.end].pos_ == "NOUN":
        return None  # "opponents of the Lima deal"
    if noun.noun in LEADING and _goes_on(parsed, modifier, owner):
        return None  # "the ministers of Peru, Chile and Fiji" are no one country's
    return _make(parsed, modifier, i, modifier.end, noun, [])


def _behind_titles(parsed: ParsedArticle, j: int, owner: dict[int, ActorSpan]) -> int:
    """The token behind titles before a name: "of President Ruiz", "of Prime Minister Holt"."""
    last = min(j + _MAX_BETWEEN, len(parsed.doc) - 1)
    k = j
    while k < last and k not in owner and parsed.doc[k].pos_ in ("NOUN", "PROPN", "ADJ"):
        k += 1
    titled = k > j and parsed.lower[k - 1] in role_heads()
    return k if titled else j


def _goes_on(parsed: ParsedArticle, name: ActorSpan, owner: dict[int, ActorSpan]) -> bool:
    """Whether a country's name opens a list of several."""
    tokens = parsed.doc[name.start : name.end]
    joined = (c.i for t in tokens for c in t.children if c.dep_ == "conj" and c.i >= name.end)
    return any(i in owner and owner[i].type in ("country", "place") for i in joined)


def _make(
    parsed: ParsedArticle, modifier: ActorSpan, start: int, end: int, noun: BodyNoun, between: list[str]
) -> ActorSpan | None:
    """The body that a noun and a name in front of it (or behind "of") name."""
    span = make_name(parsed, start, end, noun.type, certain=True)
    span.sector, span.country, span.head = noun.sector, modifier.country, noun.noun
    span.basis = basis_of(modifier)
    national = modifier.type in ("country", "place") or modifier.kind == "demonym"
    if modifier.type == "person":
        if noun.type not in _OWNED_BY_PEOPLE or (noun.body == "parliament"):
            return None
    elif not national and not (modifier.key or "").startswith("group:"):
        if noun.anaphoric or noun.type not in _OWNED_BY_PEOPLE:
            return None
        if modifier.type == "igo" and noun.type == "military":  # "African Union peacekeepers"
            whose = (modifier.key or "").partition(":")[2] or modifier.name  # the AU is the African Union
            span.key, span.country, span.basis = f"{noun.body}:{fold(whose)}", None, None
            return span
        span.member_of, span.type, span.sector = modifier, modifier.type, modifier.sector
        return span
    helped = _behind_hyphen(between) in HELPS
    if helped:
        span.country = span.basis = None
    rebel = bool(REBEL & {*between, modifier.name.lower()})
    if noun.type == "military" and rebel:
        span.type, span.sector = "armed_group", "REB"  # "Islamist forces"
    if noun.noun in LEADING and PRIVATE & set(between):
        return None  # "Georgia's opposition leaders"
    if noun.noun in LEADING and rebel:
        span.type, span.sector = "group", None  # "Islamist leaders"
    nouns = [body_nouns()[w] for w in between if w in body_nouns()]
    inner = next((n for n in nouns if n.type in ("military", "armed_group")), None)
    if inner and noun.body == "government" and not noun.anaphoric:
        span.type, span.sector, noun = inner.type, inner.sector, inner
    body = (
        noun.body
        if noun.noun not in OPEN_NOUNS
        else body_key(" ".join((*between, noun.noun)), None).rstrip(":")
    )
    if span.type == "armed_group" and noun.type == "military":
        body = "rebels"
    if modifier.type == "person":
        span.key = f"{body}@{fold(modifier.name)}"
    elif helped:
        span.key = body_key(span.name, None)
    elif modifier.country and (modifier.type == "country" or modifier.kind == "demonym"):
        span.key = f"{body}:{modifier.country}"
    else:
        span.key = body_key(span.name, modifier.country)
    return span
