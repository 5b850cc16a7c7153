"""What the words around a person's name tell: office or job, country, body, gender."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.extract.mentions.gazetteer import capital_countries, fold
from pipeline.extract.mentions.setting import is_descent
from pipeline.extract.mentions.span import ActorSpan, basis_of
from pipeline.extract.mentions.words import (
    POSSESSIVE,
    bare,
    full_roles,
    honorifics,
    kin,
    ranks,
    role_heads,
    role_modifiers,
)
from pipeline.extract.parsed import ParsedArticle

_REACH = 12
"""Words read to the left and right of a name."""
SENT = frozenset(("ambassador", "envoy", "consul", "emissary"))
"""Offices that a country holds in another one."""
_FORMER = frozenset(("former", "ex", "late", "then"))
_JOINT = frozenset(("bloc", "alliance", "forum", "organisation", "organization", "mission"))
_BODIES = ("organization", "company", "igo", "media", "party")
_ABROAD = ("igo", "media", "company", "organization")
"""Types of bodies that send people to other countries."""
_COPULA = frozenset(("is", "was", "who", "became", "remains"))


@dataclass(slots=True)
class Description:
    """What a title or an apposition says of a person."""

    role: str | None = None
    sector: str | None = None
    gender: str | None = None
    country: str | None = None
    basis: str | None = None
    """How the country is told: by its name, its adjective or the place where the office is."""
    seat: str | None = None
    """The place within a country that the office is of ("Ohio Governor"), folded."""
    body: ActorSpan | None = None
    former: bool = False
    posted: bool = False
    """Whether the body has been read whose post it is."""
    joint: bool = False
    """Of a body of several countries that a noun stands for ("the bloc's top diplomat")."""
    country_noun: int | None = None
    """Token of "country" or "nation" in "the country's president", to be resolved."""
    head: int | None = None
    """Token of the role's noun."""
    start: int | None = None
    end: int | None = None


def describe(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> list[Description]:
    """Descriptions of a person around one occurrence of the name, the one before the name first."""
    found = [_before(parsed, span, owner), _after(parsed, span, owner)]
    return [d for d in found if d is not None]


def role_at(parsed: ParsedArticle, i: int) -> str | None:
    """The role noun at a token, lower case ("president"); None where it is none. Plurals count for none."""
    word = bare(parsed.words[i])
    return word if word in role_heads() and parsed.doc[i].pos_ in ("NOUN", "PROPN", "ADJ") else None


def read_role(
    parsed: ParsedArticle, head: int, first: int, last: int, owner: dict[int, ActorSpan]
) -> Description:
    """The description whose role noun stands at token `head`, within tokens `first` to `last` (exclusive)."""
    doc = parsed.doc
    out = Description(head=head, start=head, end=head + 1)
    words = [bare(doc[head].text)]
    out.sector, out.gender = role_heads()[words[0]]
    i = head - 1
    while i >= first and _of_role(doc, i, first):
        if i in owner and (owner[i].type != "government" or owner[i].end - owner[i].start > 1):
            break
        words.insert(0, bare(doc[i].text))
        i -= 1
    joined = " ".join(words).replace(" - ", "-").strip("- ")
    if words[0] != joined and joined in role_heads():
        out.sector = role_heads()[joined][0] or out.sector
    out.sector = out.sector or next((role_modifiers()[w] for w in words if role_modifiers().get(w)), None)
    _modifiers(parsed, i, first, owner, out)
    end = _of(parsed, head + 1, last, owner, out)
    if end > head + 1 and end <= last:
        joined += " " + " ".join(t.text.lower() for t in doc[head + 1 : end] if t.text != "the")
        out.end = end
    if words[-1] in kin():
        return Description(gender=out.gender)
    expanded = " ".join(full_roles().get(w, w) for w in joined.split())
    out.role = expanded if words[-1] in full_roles() or words[-1] not in ranks() else None
    if out.former and out.sector == "GOV":
        out.sector = "ELI"
    return out


def _of_role(doc: Doc, i: int, first: int) -> bool:
    """Whether a word in front of a role's noun belongs to it: "prime", "interior and", "vice-"."""
    word = bare(doc[i].text)
    joins = word in ("and", "-") and i > first and bare(doc[i - 1].text) in role_modifiers()
    whole = word in role_heads() and i + 1 < len(doc) and doc[i + 1].text == "-"  # "secretary-general"
    return word in role_modifiers() or joins or whole or (word in ranks() and word not in role_heads())


def _modifiers(
    parsed: ParsedArticle, i: int, first: int, owner: dict[int, ActorSpan], out: Description
) -> None:
    """Country and body in front of a role: "Venezuelan", "the country's", "UN"."""
    doc = parsed.doc
    steps = 0
    while i >= first and steps < 6:
        token, span = doc[i], owner.get(i)
        if token.lower_ in _FORMER:
            out.former = True
        elif token.tag_ == "PRP$":
            if doc[out.head or i].lower_ in SENT:
                out.country = out.basis = out.seat = None  # "its U.S. ambassador" is another country's
            break
        elif span is not None and span.type != "person":
            if _locates(doc, span):
                break
            if span.type == "country" or span.kind == "demonym" or (span.type == "place" and span.country):
                _settle(out, span)
            else:
                out.body = out.body or span
                _leave_post(out)
            i = out.start = span.start
        elif token.lower_ in ("country", "nation") and i + 1 < len(doc) and doc[i + 1].text in POSSESSIVE:
            out.country_noun = i
        elif token.lower_ in _JOINT and i + 1 < len(doc) and doc[i + 1].text in POSSESSIVE:
            out.joint = True
        elif not (
            token.pos_ in ("ADJ", "NOUN", "PROPN", "DET", "NUM")
            or token.text in POSSESSIVE
            or token.text == "-"
        ):
            break
        if token.pos_ == "DET":
            break
        i -= 1
        steps += 1


def _locates(doc: Doc, span: ActorSpan) -> bool:
    """Whether a name tells where something was and not whose the role behind it is: "in Malta Minister Reeves met ..."."""
    inside = span.start > 0 and doc[span.start - 1].lower_ == "in" and span.kind == "name"
    return inside and not (span.end < len(doc) and doc[span.end].text in POSSESSIVE)


def _settle(out: Description, span: ActorSpan) -> None:
    """Take the country that a name tells, where there is none yet."""
    if out.country is None:
        out.country, out.basis = span.country, basis_of(span)
        if span.type == "place" and span.name not in capital_countries():
            out.seat = fold(span.name)


def _leave_post(out: Description) -> None:
    """Take no country from where a body that works in many has sent somebody: "the fund's |Fiji| director", "its chief for Chad"."""
    if out.body is not None and out.body.type in _ABROAD and out.basis in ("told", "seat") and not out.posted:
        out.country = out.basis = out.seat = None
    out.posted = True


def _of(parsed: ParsedArticle, i: int, last: int, owner: dict[int, ActorSpan], out: Description) -> int:
    """ "of Venezuela", "of the Refugee Council", "of state": the token after what belongs to the role's own words."""
    doc = parsed.doc
    if i >= last or doc[i].text not in ("of", "for", "at", "with", "in", "from"):
        return i
    j = i + 1
    while j < last and (doc[j].pos_ == "DET" or doc[j].text == "the"):
        j += 1
    if j < last and j in owner:
        span = owner[j]
        if doc[i].text in ("in", "at", "from") and out.body is not None and out.body.country:
            return i  # "the Norwegian army's chief in Mali"
        if doc[i].text == "with" and (span.type == "country" or span.kind == "demonym"):
            return i  # "a liaison officer with Peru"
        if is_descent(parsed, span) or _is_language(doc, span):
            return i
        if (
            span.type == "country"
            or span.kind == "demonym"
            or (span.type == "place" and span.country and doc[i].text == "of")
        ):
            if out.body is None or out.body.type not in _ABROAD:
                _settle(out, span)
        elif span.type != "person":
            out.body = out.body or span
        return i
    if doc[i].text != "of":
        return i
    end = j
    while (
        end < last
        and end - j < 5
        and end not in owner
        and (doc[end].pos_ in ("NOUN", "ADJ", "PROPN") or (doc[end].text in ("and", "-") and end > j))
    ):
        end += 1
    while end > j and doc[end - 1].text in ("and", "-"):
        end -= 1
    k = end
    if k + 1 < last and doc[k].text in ("of", "in"):
        _of(parsed, k, last, owner, out)
    return end if end > j else i


def _is_language(doc: Doc, span: ActorSpan) -> bool:
    """Whether a people's adjective stands for its language: "a professor of |English| at Larmo University"."""
    alone = span.end >= len(doc) or doc[span.end].pos_ not in ("NOUN", "PROPN", "ADJ")
    several = doc[span.end - 1].tag_ in ("NNS", "NNPS") or doc[span.start - 1].pos_ == "DET"
    return span.kind == "demonym" and alone and not several


def _before(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> Description | None:
    """A title in front of a name, or a description and a comma: "Peru's Prime Minister, Ana Quispe"."""
    doc, first = parsed.doc, parsed.sentence_of(parsed.doc[span.start]).span.start
    out, i = Description(), span.start - 1
    while i >= first and (bare(doc[i].text) in honorifics() or doc[i].text == "."):
        out.gender = out.gender or honorifics().get(bare(doc[i].text))
        i -= 1
    comma = i > first and doc[i].text == ","
    if comma:
        i -= 1
    low = max(first, i - _REACH)
    placed = i >= first and doc[i].pos_ == "ADP"  # "she was a minister in Ana Duro's government"
    head = None if placed else _nearest_role(parsed, i, low, owner)
    if head is None:
        out = _affix(doc, span, owner, out, comma)
        return out if out.gender or out.country or out.body else None
    role = read_role(parsed, head, low, i + 1, owner)
    definite = role.start is not None and any(
        t.lower_ == "the" for t in doc[max(first, role.start - 2) : role.start]
    )
    owned = role.start is not None and role.start > first and doc[role.start - 1].text in POSSESSIVE
    definite = definite or owned  # "the mayor's spokesman, Ana Ruiz,"
    definite = definite or (
        role.start == first and len((role.role or "").split()) > 1
    )  # "Secretary of State, Ann Roe, is due"
    if comma and not (role.country or role.body or role.country_noun is not None or definite):
        return out if out.gender else None
    role.gender = role.gender or out.gender
    return role


def _affix(
    doc: Doc, span: ActorSpan, owner: dict[int, ActorSpan], out: Description, comma: bool
) -> Description:
    """A demonym right before a name without any role ("Iraqi Haider Ali")."""
    before = owner.get(span.start - 1)
    if before is not None and before.kind == "demonym" and not comma:
        _settle(out, before)
    owns = span.start > 1 and doc[span.start - 1].text in POSSESSIVE
    body = owner.get(span.start - 2) if owns and not comma else None
    if body is not None and body.type in ("media", "igo", "company"):
        out.body = body  # "CNN's Ana Ruiz"
    return out


def _nearest_role(parsed: ParsedArticle, i: int, low: int, owner: dict[int, ActorSpan]) -> int | None:
    """The role noun that ends at token `i`, or that "of ..." up to `i` goes on from."""
    doc = parsed.doc
    start = i
    while i >= low:
        if role_at(parsed, i) and (i not in owner or owner[i].type != "person"):
            goes_on = doc[i + 1].text in ("of", "for", "to", "at", "in", "from", "with", "-")
            return i if i == start or goes_on else None
        token = doc[i]
        if not (
            token.pos_ in ("NOUN", "ADJ", "PROPN", "DET", "ADP", "CCONJ")
            or token.text in ("-", "to", *POSSESSIVE)
            or i in owner
        ):
            return None
        i -= 1
    return None


def _after(parsed: ParsedArticle, span: ActorSpan, owner: dict[int, ActorSpan]) -> Description | None:
    """An apposition behind a name: ", the president of Venezuela,", ", who is ...", " is the president"."""
    doc = parsed.doc
    last = min(parsed.sentence_of(doc[span.start]).span.end, span.end + 2 * _REACH)
    i = span.end
    if i < last and doc[i].text == "," and i + 2 < last and doc[i + 1].like_num and doc[i + 2].text == ",":
        i += 2
    body = _member_of(doc, i, last, owner)
    if body is not None:
        return Description(body=body)
    if i >= last or not (doc[i].text in (",", "(", "–", "—") or doc[i].lower_ in _COPULA):
        return None
    i += 1
    while i < last and (doc[i].lower_ in _COPULA or doc[i].text == ","):
        i += 1
    first = i
    while i < last and i - first < _REACH:
        token = doc[i]
        if i in owner:
            if _is_named(owner, i) and i > first and doc[i - 1].text not in POSSESSIVE:
                return None
            office = _office_within(parsed, owner[i])
            if office is not None:
                return read_role(parsed, office, first, owner[i].end, owner)
            i = max(owner[i].end, i + 1)
            continue
        role = role_at(parsed, i)
        if role and _is_named(owner, i + 1):
            return None  # "President Ruiz, the U.N. Secretary General Duro, ..."
        if role and not (
            i + 1 < last
            and (role_at(parsed, i + 1) or doc[i + 1].text in POSSESSIVE or doc[i + 1].text == "-")
        ):
            stop = i + 1
            while (
                stop < last
                and doc[stop].text not in (",", ";", ")", ".")
                and doc[stop].pos_ not in ("VERB", "AUX")
            ):
                stop += 1
            return read_role(parsed, i, first, stop, owner)
        if not _nominal(token) and not (token.text == "and" and bare(doc[i - 1].text) in role_modifiers()):
            return None
        i += 1
    return None


def _is_named(owner: dict[int, ActorSpan], i: int) -> bool:
    """Whether a person's name begins at a token."""
    return i in owner and owner[i].type == "person" and owner[i].start == i


def _member_of(doc: Doc, i: int, last: int, owner: dict[int, ActorSpan]) -> ActorSpan | None:
    """The body that a person is said to be of, right behind the name: "Ana Ruiz of the Red Cross", "Ana Ruiz, from CNN"."""
    comma = i < last and doc[i].text == ","
    i += int(comma)
    if i >= last or doc[i].lower_ not in (("of", "from", "with") if comma else ("of",)):
        return None
    i += 1
    while i < last and doc[i].pos_ == "DET":
        i += 1
    body = owner.get(i)
    fits = body is not None and body.start == i and body.type in _BODIES
    return body if fits else None


def _office_within(parsed: ParsedArticle, body: ActorSpan) -> int | None:
    """The role's noun in the name of a body of several countries: "the UN High Commissioner for Refugees"."""
    if body.type != "igo":
        return None
    inner = range(body.start, body.end - 1)
    return next((i for i in inner if role_at(parsed, i) and parsed.words[i + 1] in ("for", "of", "on")), None)


def _nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "ADJ", "PROPN", "DET", "NUM", "PRON", "ADV") or token.text in (
        "-",
        *POSSESSIVE,
    )
