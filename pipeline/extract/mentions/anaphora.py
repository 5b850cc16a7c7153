"""Pronouns and short descriptions that go back to an actor: "he", "its", "the president", "the group", "his government"."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from pipeline.extract.mentions.bodies import OPEN_NOUNS, body_key, noun_at
from pipeline.extract.mentions.gazetteer import capital_countries
from pipeline.extract.mentions.persons import role_at
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import POSSESSIVE, name_words, saying_verbs
from pipeline.extract.parsed import ParsedArticle
from pipeline.lexicon import table

_PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
_WINDOW = 2
"""Sentences back in which a pronoun finds its actor."""
_NOUN_WINDOW = 6
_RECENT = 12
"""Occurrences looked at for one pronoun, the latest first."""
_BODIES = ("government", "military", "armed_group", "organization", "company", "igo", "media", "party")
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
_ARMIES = frozenset(("army", "military"))
"""Bodies that a text calls "the army" and "the military" by turns."""
_MAX_BEFORE = 5
_MANY = ("armed_group", "military")
"""Actors that "they" may mean; "it" rather means others."""
_LOOK_BACK = 60
_MAX_CLAUSES = 4
_SUBJECT = 3
_EMPTY = frozenset(("is", "was", "'s", "’s", "would", "will", "may", "might", "seems", "appears"))
_OPENING = frozenset(("“", "``", "‘‘", "«"))
_EITHER = frozenset(('"',))
_QUOTE_MARKS = _OPENING | _EITHER | frozenset(("”", "''", "’’", "»"))
_DEFINITE = frozenset(("the", "this", "that"))


@dataclass(slots=True)
class _Seen:
    """An occurrence that a later word may go back to."""

    actor: Actor
    sentence: int
    token: int
    head: int
    weight: int


def find_anaphora(
    parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry, setting: Setting
) -> list[ActorSpan]:
    """Resolved pronouns, titles and nouns, in order of the text. Those that nothing answers to are left out."""
    starts = {s.start: s for s in sorted(spans, key=lambda s: s.end) if s.actor is not None}
    covered = {i for s in spans for i in range(s.start, s.end)}
    text = _Reading(parsed, covered)
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


class _Reading:
    """What a reader has in mind at a token: actors seen lately, whether words are quoted, who spoke last."""

    def __init__(self, parsed: ParsedArticle, covered: set[int]) -> None:
        self.parsed = parsed
        self.covered = covered
        self.memory: list[_Seen] = []
        self.sentence = 0
        self.paragraph = -1
        self.quoted = False
        self.speaker: Actor | None = None
        self.words: dict[str, Actor] = {}
        """Bodies by the words of their names, the latest one for each."""

    def turn(self, token: Token) -> None:
        """Move on to a token."""
        sentence = self.parsed.sentence_of(token)
        self.sentence = sentence.position
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.quoted = sentence.paragraph, False
        if token.text in _QUOTE_MARKS:
            self.quoted = not self.quoted if token.text in _EITHER else token.text in _OPENING

    def remember(self, token: Token, span: ActorSpan, actor: Actor) -> None:
        """Keep an occurrence in mind."""
        self.memory.append(_Seen(actor, self.sentence, token.i, span.end - 1, _weight(token, span)))
        del self.memory[: -8 * _RECENT]
        if span.kind == "name" and actor.type in _BODIES and " " in span.name:
            self.words.update(
                (w, actor) for w in span.name.lower().split() if w in _generic() or w in _parts()
            )
        head = token.doc[span.end - 1]
        if not self.quoted and actor.type == "person":
            verbs = {t.head.lemma_ for t in (token, head) if t.dep_ == "nsubj"}
            self.speaker = actor if verbs & saying_verbs() else self.speaker

    def latest(self, window: int, fits: Callable[[_Seen], bool]) -> tuple[Actor | None, bool]:
        """The actor that weighs most in the nearest sentence that names one that fits, and whether it is the only one there."""
        best: _Seen | None = None
        others: set[int] = set()
        for seen in self.memory[: -_RECENT - 1 : -1]:
            if self.sentence - seen.sentence > window or (best and best.sentence != seen.sentence):
                break
            if fits(seen):
                others.add(id(seen.actor))
                if best is None or seen.weight > best.weight:
                    best = seen
        return (best.actor if best else None), len(others) == 1

    def subject(self, types: tuple[str, ...]) -> Actor | None:
        """The actor of one of the types that is a subject of this sentence."""
        here = (s for s in reversed(self.memory) if s.sentence == self.sentence and s.weight == _SUBJECT)
        return next((s.actor for s in here if s.actor.type in types), None)

    def last(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """The actor named last that fits, some sentences back at most."""
        near = (s for s in reversed(self.memory) if self.sentence - s.sentence <= _NOUN_WINDOW)
        return next((s.actor for s in near if fits(s.actor)), None)

    def named_between(self, token: Token, n: int) -> Actor | None:
        """The actor named among the `n` words before a token, unless that is a country, a people or a place."""
        near = (s for s in reversed(self.memory[-3:]) if token.i - n <= s.token < token.i)
        return next((s.actor for s in near if s.actor.type not in ("country", "group")), None)

    def subject_of(self, token: Token) -> Actor | None:
        """The actor that is the subject of the clause that a token stands in."""
        verb = token.head
        verbs: list[int] = []
        while verb.i not in verbs and len(verbs) < _MAX_CLAUSES:
            verbs.append(verb.i)
            if verb.dep_ != "conj":
                break
            verb = verb.head
        subjects = {
            c.i
            for v in verbs
            for c in token.doc[v].children
            if c.dep_ in ("nsubj", "nsubj:pass") and c.i < token.i
        }
        return next(
            (s.actor for s in reversed(self.memory) if s.head in subjects or s.token in subjects), None
        )

    def between(self, seen: _Seen, token: Token, tags: tuple[str, ...]) -> bool:
        """Whether a common noun with one of the tags stands between an occurrence and a token."""
        start = max(seen.token + 1, token.i - _LOOK_BACK)
        return any(t.tag_ in tags and t.i not in self.covered for t in token.doc[start : token.i])


@cache
def _generic() -> dict[str, tuple[str, ...]]:
    """Types of actors that a common noun with "the" may go back to."""
    return {row["noun"]: tuple(row["types"].split()) for row in table("generic_nouns")}


@cache
def _parts() -> frozenset[str]:
    """Words of bodies' names by which the text goes back to them ("the commission"), lower case."""
    types = ("organization", "government", "media", "company", "party")
    return frozenset(w.lower() for w, (type_, _) in name_words().items() if type_ in types and w.isalpha())


def _weight(token: Token, span: ActorSpan) -> int:
    """How much an occurrence stays in mind: subjects most, demonyms and possessors least."""
    if span.kind == "demonym":
        return 0
    if any(t.dep_.startswith("nsubj") for t in token.doc[span.start : span.end]):
        return _SUBJECT
    return 1 if token.dep_ in ("compound", "nmod:poss", "nmod") else 2


def _resolve(text: _Reading, token: Token, registry: Registry, setting: Setting) -> ActorSpan | None:
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


def _pronoun(text: _Reading, token: Token, number: str) -> Actor | None:
    """Whom a pronoun means. A quoted "he" is not the one who speaks; "it" and "they" need an actor that nothing else shades."""
    if number in "mf":
        silent = {id(text.speaker)} if text.quoted else set()
        if token.dep_ in ("obj", "iobj", "obl", "obl:agent"):
            silent.add(id(text.subject_of(token)))  # "he met him": two people
        actor, only = text.latest(
            _WINDOW,
            lambda s: (
                s.actor.type == "person" and s.actor.gender in (None, number) and id(s.actor) not in silent
            ),
        )
        if actor and actor.gender is None and only:
            actor.gender = number
        return actor
    if number == "it":
        if _empty_it(token) or not (token.dep_ in ("nsubj", "nsubj:pass") or token.lower_ == "its"):
            return None
        return text.latest(
            1,
            lambda s: (
                s.actor.type in (*_BODIES, "country") and s.weight > 1 and not text.between(s, token, ("NN",))
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


def _noun(text: _Reading, token: Token, registry: Registry, setting: Setting) -> ActorSpan | None:
    """ "the president", "the group", "the country's army", "his government", "the interior ministry"."""
    parsed = text.parsed
    doc, i = parsed.doc, token.i
    noun, end = noun_at(parsed, i)
    word = token.lower_
    role = role_at(parsed, i)
    if not (noun or role or word in _generic() or word in text.words):
        return None
    before = doc[i - 1]
    if noun and (before.lower_ in _PRONOUNS or before.text in POSSESSIVE):
        return _owned_body(text, token, end, registry)
    j = _article(text, i)
    if j is None or (end < len(doc) and doc[end].text in ("of", "-") and not noun):
        return None
    told = {t.lower_ for t in doc[j + 1 : i]}
    closed = not (end < len(doc) and (doc[end].text in ("of", "-") or doc[end].pos_ in ("NOUN", "PROPN")))
    actor: Actor | None = None
    if noun and noun.anaphoric and not told:
        actor = text.last(lambda a: _is_body(a, noun.body, noun.noun))
    elif role and not noun and j >= i - 3 and not _names_someone(text, end):
        actor = text.last(lambda a: a.type == "person" and bool(a.role) and role in (a.role or "").split())
    if actor is None and closed and not (told & _OTHERS) and not any(t.tag_ == "JJS" for t in doc[j + 1 : i]):
        actor = _described(text, token, told, registry, setting)
    if actor is None and noun and noun.anaphoric and closed:
        return _domestic(text, j, i, end, registry, setting)
    if actor is None:
        return None
    return _span(parsed, j, end if noun else i + 1, "title" if role and not noun else "noun", actor)


def _names_someone(text: _Reading, end: int) -> bool:
    """Whether a role goes on ("the chief prosecutor") or stands before a name ("the army chief, Gen. Zamir")."""
    doc = text.parsed.doc
    if end >= len(doc) or doc[end].text != ",":
        return end < len(doc) and role_at(text.parsed, end) is not None
    return any(t.text[:1].isupper() and t.pos_ == "PROPN" for t in doc[end + 1 : end + 2])


def _article(text: _Reading, i: int) -> int | None:
    """The token of "the" in front of a noun and the plain words before it; None where there is none."""
    doc, j = text.parsed.doc, i - 1
    while j > 0 and i - j <= _MAX_BEFORE and doc[j].lower_ not in _DEFINITE:
        plain = doc[j].pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or doc[j].tag_ in ("VBN", "VBG")
        if not (plain or doc[j].text == "-") or doc[j].text in POSSESSIVE or doc[j].is_sent_start:
            return None
        j -= 1
    return j if doc[j].lower_ in _DEFINITE else None


def _is_body(actor: Actor, body: str, noun: str) -> bool:
    """Whether an actor is the body that a noun stands for; a capital that stood for its government is not."""
    if body in _ARMIES:
        return actor.type == "military" and (actor.key or "").partition(":")[0] in _ARMIES
    if (actor.key or "").startswith(body + ":"):
        return any(s.name not in capital_countries() for s in actor.spans if s.kind != "pronoun")
    return any(s.head == noun for s in actor.spans)


def _described(
    text: _Reading, token: Token, told: set[str], registry: Registry, setting: Setting
) -> Actor | None:
    """The actor that a common noun with "the" goes back to: by a word of its name, else by its type."""
    word = token.lower_
    inside = text.named_between(token, len(told))
    if inside is not None:
        return inside if inside.type in _BODIES else None  # "the Gran Rif group"
    if word in ("country", "nation"):
        here = setting.country_of([text.sentence])
        home = registry.by_key.get(f"country:{here}") if here and not told else None
        return (
            text.subject(("country",)) or home or (None if told else text.last(lambda a: a.type == "country"))
        )
    named = text.words.get(word)
    if named is not None and text.last(lambda a: a is named) is not None:
        return named
    if word not in _generic() or (told and word in ("party", "union")):
        return None
    types = _generic()[word]
    if types == ("company",) and word not in ("company", "firm"):
        named_ = [a for a in registry.actors if a.type == "company" and text.last(lambda x, a=a: x is a)]
        return max(named_, key=lambda a: len(a.spans), default=None)
    return text.subject(types) or text.last(lambda a: a.type in types)


def _domestic(
    text: _Reading, j: int, i: int, end: int, registry: Registry, setting: Setting
) -> ActorSpan | None:
    """A body of the state that no country stands before: that of the country in which the passage plays."""
    parsed = text.parsed
    noun, _ = noun_at(parsed, i)
    told = [t.lower_ for t in parsed.doc[j + 1 : i]]
    country = setting.country_of([text.sentence])
    if noun is None or country is None or noun.type not in ("government", "military"):
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
    span.actor = registry.by_key.get(key) or registry.new(span, key)
    return span


def _owned_body(text: _Reading, token: Token, end: int, registry: Registry) -> ActorSpan | None:
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
    span.actor = actor or registry.new(span, key)
    return span
