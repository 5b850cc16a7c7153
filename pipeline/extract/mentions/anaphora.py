"""Pronouns and short descriptions that go back to an actor: "he", "its", "the president", "the group", "his government"."""

from spacy.tokens import Token

from pipeline.extract.mentions.bodies import body_key, noun_at
from pipeline.extract.mentions.bodynames import OPEN_NOUNS
from pipeline.extract.mentions.gazetteer import lookup
from pipeline.extract.mentions.persons import role_at
from pipeline.extract.mentions.reading import BODIES, Reading, Seen, generic_nouns
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, role_modifiers
from pipeline.extract.parsed import ParsedArticle

_PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_WINDOW = 2
"""Sentences back in which a pronoun finds its actor."""
_OTHERS = frozenset(
    (
        "other",
        "another",
        "rival",
        "next",
        "second",
        "third",
        "new",
        "neighbouring",
        "neighboring",
        "same",
        "every",
    )
)
"""Words before a noun that keep it from going back to what was named."""
_WHOLE = frozenset(
    (
        "interim",
        "transitional",
        "military",
        "caretaker",
        "national",
        "central",
        "federal",
        "current",
        "outgoing",
    )
)
"""Words before "government" or "army" that leave it the country's."""
_AMERICAN = "administration"
"""What the news calls a government of the United States, and no other without a country's name."""
_ARMIES = frozenset(("army", "military"))
"""Bodies that a text calls "the army" and "the military" by turns."""
_MAX_BEFORE = 5
_TITLE = 6
"""Tokens between a party in a person's title and the name."""
_MANY = ("armed_group", "military")
"""Actors that "they" may mean; "it" rather means others."""
_EMPTY = frozenset(("is", "was", "'s", "’s", "would", "will", "may", "might", "seems", "appears"))
_WITHIN = frozenset(("compound", "amod", "flat", "nmod:desc"))
_CALLED = frozenset(("known", "called", "named", "dubbed"))
_DEFINITE = frozenset(("the", "this", "that"))


def find_anaphora(
    parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry, setting: Setting
) -> list[ActorSpan]:
    """Resolved pronouns, titles and nouns, in order of the text. Those that nothing answers to are left out."""
    starts = {s.start: s for s in sorted(spans, key=lambda s: s.end) if s.actor is not None}
    covered = {i for s in spans for i in range(s.start, s.end)}
    text = Reading(parsed, covered)
    found: list[ActorSpan] = []
    i, doc = 0, parsed.doc
    while i < len(doc):
        token = doc[i]
        text.turn(token)
        known = starts.get(i)
        if known is not None and known.actor is not None:
            text.remember(token, known, known.actor)
        resolved = _resolve(text, token, registry, setting) if i not in covered else None
        if resolved is not None and resolved.actor is not None:
            found.append(resolved)
            resolved.actor.spans.append(resolved)
            text.remember(token, resolved, resolved.actor)
            i = resolved.end
        else:
            i += 1
    return found


def _resolve(text: Reading, token: Token, registry: Registry, setting: Setting) -> ActorSpan | None:
    number = _PRONOUNS.get(token.lower_)
    if number and token.pos_ in ("PRON", "DET"):
        actor = _pronoun(text, token, number)
        return _span(text.parsed, token.i, token.i + 1, "pronoun", actor) if actor else None
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.i == 0:
        return None
    return _noun(text, token, registry, setting)


def _span(parsed: ParsedArticle, start: int, end: int, kind: str, actor: Actor) -> ActorSpan:
    span = make_name(parsed, start, end, actor.type)
    span.kind, span.actor, span.country = kind, actor, actor.country
    return span


def _pronoun(text: Reading, token: Token, number: str) -> Actor | None:
    """Whom a pronoun means. A quoted "he" is not the one who speaks; "it" and "they" need an actor that nothing else shades."""
    if number in "mf":
        silent = {id(text.speaker)} if text.quoted else set()
        if token.dep_ in ("obj", "iobj", "obl", "obl:agent"):
            silent.add(id(text.subject_of(token)))  # "he met him": two people

        def fits(seen: Seen) -> bool:
            known = seen.actor
            return known.type == "person" and known.gender in (None, number) and id(known) not in silent

        # whom a quotation names is rarely the one who speaks it
        actor, only = text.latest(_WINDOW, lambda s: fits(s) and (text.quoted or not s.quoted))
        if actor is None:
            actor, only = text.latest(_WINDOW, fits)
        if actor and actor.gender is None and only:
            actor.gender = number
        return actor
    if number == "it":
        if _empty_it(token) or not (token.dep_ in ("nsubj", "nsubj:pass") or token.lower_ == "its"):
            return None
        return text.latest(
            1,
            lambda s: (
                s.actor.type in (*BODIES, "country") and s.weight > 1 and not text.between(s, token, ("NN",))
            ),
        )[0]
    return text.latest(
        1, lambda s: s.actor.type in _MANY and s.weight > 1 and not text.between(s, token, ("NNS", "NNPS"))
    )[0]


def _empty_it(token: Token) -> bool:
    """ "It is clear that", "it rains": no one."""
    if token.dep_ == "expl":
        return True
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ == "it" and following is not None and following.lower_ in _EMPTY


def _noun(text: Reading, token: Token, registry: Registry, setting: Setting) -> ActorSpan | None:
    """ "the president", "the group", "the country's army", "his government", "the interior ministry"."""
    parsed = text.parsed
    doc, i = parsed.doc, token.i
    noun, end = noun_at(parsed, i)
    word = token.lower_
    role = role_at(parsed, i)
    if not (noun or role or word in generic_nouns() or word in text.words):
        return None
    before = doc[i - 1]
    if noun and (before.lower_ in _PRONOUNS or before.text in POSSESSIVE):
        return _owned_body(text, token, end, registry)
    if word == "party" and before.tag_ == "PRP$":
        party = _own_party(text, before)
        return _span(parsed, i - 1, i + 1, "noun", party) if party else None
    j = _article(text, i)
    if j is None or (end < len(doc) and doc[end].text in ("of", "-") and not noun):
        return None
    told = {t.lower_ for t in doc[j + 1 : i]}
    closed = _is_closed(text, end)
    actor: Actor | None = None
    if noun and noun.anaphoric and not told:
        actor = text.last(lambda a: _is_body(a, noun.body, noun.noun))
    elif role and not noun and j >= i - 3 and not _names_someone(text, end):
        words = {role, *(told & role_modifiers().keys())}  # "the prime minister" is no other minister
        actor = text.last(lambda a: a.type == "person" and words <= set((a.role or "").split()))
    if actor is None and closed and not (told & _OTHERS) and not any(t.tag_ == "JJS" for t in doc[j + 1 : i]):
        actor = _described(text, token, told, registry, setting)
    if actor is None and noun and noun.anaphoric and closed:
        return _domestic(text, j, i, end, registry, setting)
    if actor is None or _is_anothers(actor, told) or _stands_by_a_name(text, end):
        return None
    return _span(parsed, j, end if noun else i + 1, "title" if role and not noun else "noun", actor)


def _is_anothers(actor: Actor, told: set[str]) -> bool:
    """Whether the words before a noun tell of another country than an actor's: "the Turkish broadcaster" is no Kenyan one."""
    entries = (lookup(word.capitalize(), 0) for word in told)
    lands = {e.country for e in entries if e is not None and e.kind == "demonym"}
    return bool(lands) and actor.country is not None and actor.country not in lands


def _stands_by_a_name(text: Reading, end: int) -> bool:
    """Whether a noun tells of the name right behind it: "the state broadcaster TRT"."""
    doc = text.parsed.doc
    return end < len(doc) and doc[end].pos_ == "PROPN" and end in text.covered and not doc[end].is_sent_start


def _is_closed(text: Reading, end: int) -> bool:
    """Whether a noun's phrase ends at a token: not "the government| plan", but "gives the government| access"."""
    doc = text.parsed.doc
    if end >= len(doc):
        return True
    within = doc[end - 1].dep_ in _WITHIN or doc[end - 1].head.i == end
    return doc[end].text not in ("of", "-") and not (doc[end].pos_ in ("NOUN", "PROPN") and within)


def _names_someone(text: Reading, end: int) -> bool:
    """Whether a role goes on ("the chief prosecutor") or stands before a name ("the army chief, Gen. Zamir")."""
    doc = text.parsed.doc
    if end >= len(doc) or doc[end].text != ",":
        return end < len(doc) and role_at(text.parsed, end) is not None
    return any(t.text[:1].isupper() and t.pos_ == "PROPN" for t in doc[end + 1 : end + 2])


def _article(text: Reading, i: int) -> int | None:
    """The token of "the" in front of a noun and the plain words before it; None where there is none."""
    doc, j = text.parsed.doc, i - 1
    while j > 0 and i - j <= _MAX_BEFORE and doc[j].lower_ not in _DEFINITE:
        plain = doc[j].pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or doc[j].tag_ in ("VBN", "VBG")
        if not (plain or doc[j].text == "-") or doc[j].text in POSSESSIVE or doc[j].is_sent_start:
            return None
        j -= 1
    return j if doc[j].lower_ in _DEFINITE else None


def _is_body(actor: Actor, body: str, noun: str) -> bool:
    """Whether an actor is the body that a noun stands for."""
    if body in _ARMIES:
        return actor.type == "military" and (actor.key or "").partition(":")[0] in _ARMIES
    if (actor.key or "").startswith(body + ":"):
        return any(s.kind != "pronoun" for s in actor.spans)
    return any(s.head == noun for s in actor.spans)


def _described(
    text: Reading, token: Token, told: set[str], registry: Registry, setting: Setting
) -> Actor | None:
    """The actor that a common noun with "the" goes back to: by a word of its name, else by its type."""
    word = token.lower_
    inside = text.named_between(token, len(told))
    if inside is not None:
        if role_at(text.parsed, token.i):
            return None  # "the UN envoy" is not the UN
        return inside if inside.type in BODIES else None  # "the Gran Rif group"
    if word in ("country", "nation"):
        here = setting.country_of([text.sentence])
        home = registry.by_key.get(f"country:{here}") if here and not told else None
        return (
            text.subject(("country",)) or home or (None if told else text.last(lambda a: a.type == "country"))
        )
    named = text.words.get(word)
    if named is not None and text.last(lambda a: a is named) is not None:
        return named
    if word not in generic_nouns() or (told and word in ("party", "union")):
        return None
    types = generic_nouns()[word]
    if types == ("company",) and word not in ("company", "firm"):
        companies = [s.actor for s in text.memory if s.actor.type == "company"]
        return max(companies, key=lambda a: len(a.spans), default=None)
    if _is_called(text, token):
        return None  # "the group known as X"
    clear, _ = text.latest(_WINDOW, lambda s: s.actor.type in types and s.weight > 1)
    return text.subject(types) or clear or text.last(lambda a: a.type in types)


def _is_called(text: Reading, token: Token) -> bool:
    """Whether the name of what a noun stands for follows it: "the network |known| as Zolvane"."""
    doc = text.parsed.doc
    return token.i + 1 < len(doc) and doc[token.i + 1].lower_ in _CALLED


def _domestic(
    text: Reading, j: int, i: int, end: int, registry: Registry, setting: Setting
) -> ActorSpan | None:
    """A body of the state that no country stands before: that of the country in which the passage plays."""
    parsed = text.parsed
    noun, _ = noun_at(parsed, i)
    told = [t.lower_ for t in parsed.doc[j + 1 : i]]
    country = setting.country_of([text.sentence])
    american = noun is not None and noun.noun == _AMERICAN and not told and "USA" in setting.weights
    if american:
        country = "USA"
    state = noun is not None and noun.type in ("government", "military")
    police = noun is not None and noun.body == "police" and bool(told)
    if noun is None or country is None or not (state or police):
        return None
    if noun.noun in OPEN_NOUNS:
        if not told or not all(t.isalpha() for t in told) or {"local", "city", "state", "same"} & set(told):
            return None
        key = body_key(" ".join((*told, noun.noun)), country)
    elif all(t in _WHOLE for t in told):
        key = f"{noun.body}:{country}"
    else:
        return None
    span = make_name(parsed, j, end, noun.type)
    span.kind, span.key, span.country, span.sector, span.head = "noun", key, country, noun.sector, noun.noun
    span.basis = "office" if american else "guessed"
    span.actor = registry.by_key.get(key) or registry.new(span, key)
    return span


def _own_party(text: Reading, pronoun: Token) -> Actor | None:
    """ "Her party": the party that stands in the person's title ("Labour's spokeswoman Ann Reed")."""
    owner = next((s.actor for s in reversed(text.memory) if s.token == pronoun.i), None)
    named = [s for s in text.memory if s.actor is owner]
    parties = (s for s in reversed(text.memory) if s.actor.type == "party")
    near = (
        p.actor
        for p in parties
        if any(0 < n.token - p.token <= _TITLE and n.sentence == p.sentence for n in named)
    )
    return next(near, None)


def _owned_body(text: Reading, token: Token, end: int, registry: Registry) -> ActorSpan | None:
    """ "His government", "its army", "the country's police": the body of the owner's country."""
    parsed = text.parsed
    noun, _ = noun_at(parsed, token.i)
    owner = next((s.actor for s in reversed(text.memory) if 0 < token.i - s.token <= 4), None)
    if (
        noun is None
        or owner is None
        or owner.country is None
        or owner.type not in ("person", "country", "government")
    ):
        return None
    if owner.type == "person" and noun.type != "government":
        return None
    key = f"{noun.body}:{owner.country}"
    actor = registry.by_key.get(key)
    span = make_name(
        parsed, token.i - 1 if parsed.doc[token.i - 1].text not in POSSESSIVE else token.i, end, noun.type
    )
    span.kind, span.key, span.country, span.sector = "noun", key, owner.country, noun.sector
    span.basis = owner.basis
    span.actor = actor or registry.new(span, key)
    return span
