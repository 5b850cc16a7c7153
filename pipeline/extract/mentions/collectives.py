"""People and bodies that a common noun names in the plural, whose country no word tells: "militants", "the police", "members of Congress"."""

from collections import defaultdict

from spacy.tokens import Token

from pipeline.extract.mentions.behind import PLAIN, common_behind, named_behind
from pipeline.extract.mentions.bodies import LEADING, PRIVATE, REBEL, noun_at
from pipeline.extract.mentions.bodynames import OPEN_NOUNS
from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.setting import Setting
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.words import CALENDAR, BodyNoun, people_of_anywhere, saying_verbs, ties
from pipeline.extract.parsed import ParsedArticle

_UNCOUNTED = frozenset(("police", "opposition", "jury", "military", "army"))
"""Nouns that need no plural to stand for many."""
_ANYONE = frozenset(("people", "community"))
"""Bodies that without a country are nobody in particular."""
_WITHIN = frozenset(("compound", "amod", "nmod:poss", "flat", "nmod:desc"))
_MAX_BEFORE = 3
_WHOSE = frozenset(("of", "from"))
"""Prepositions behind people that tell who they are, not where something happened: "supporters of Ruiz", "migrants from Chad"."""
_PEOPLE = ("group", "armed_group")
_MEMBERS = BodyNoun("members", "group", "CVL", False, "members")
"""People who are nobody without a word of whose they are."""
_STATE = ("government", "military")
_SERVING = ("government", "military", "armed_group")
"""Types of those who serve a body of the state by its name: officers, troops, agents."""
_OFFICIALS = frozenset(("officials",))
"""Who stands for a body of the state as for a government."""
_SERVED = frozenset(("of",))
_POLICE = "police"
_ONE_A_STATE = frozenset(("leaders", "ministers"))
_TOGETHER = frozenset(("two", "both", "three", "four"))
"""Numbers of leaders who meet: one of each country."""
_APART = frozenset(
    (
        "other",
        "world",
        "regional",
        "western",
        "foreign",
        "international",
        "global",
        "european",
        "african",
        "arab",
        "asian",
    )
)
"""Words before people that make them no single country's."""
_BY_STATE = frozenset(("local",))
"""Words before officials that leave them those of a state; forces that are local are nobody's in particular."""
_SIDES = frozenset(("anti", "pro", "coalition", "allied"))
"""What stands before forces of a side that is no country: "the anti-Zolvane forces", "coalition troops"."""


def find_collectives(
    parsed: ParsedArticle, spans: list[ActorSpan], registry: Registry, setting: Setting
) -> list[ActorSpan]:
    """Plural nouns for people and bodies that nothing else covers, one actor for each kind of them in an article."""
    covered = {i for s in spans for i in range(s.start, s.end)}
    named = {i: s for s in spans if s.kind in ("name", "demonym") for i in range(s.start, s.end)}
    found: list[ActorSpan] = []
    crowds = _Crowds(registry, {i: s for s in spans if s.actor for i in range(s.start, s.end)})
    doc, i = parsed.doc, 0
    while i < len(doc):
        noun, end = noun_at(parsed, i)
        if noun is None and parsed.lower[i] == _MEMBERS.noun:
            noun = _MEMBERS
        if noun is not None and i not in covered and _stands_alone(doc[end - 1], noun, covered):
            whose = _whose(parsed, end - 1, noun, named)
            if whose is not None or noun is not _MEMBERS:
                start = _start(parsed, i, covered)
                span = make_name(parsed, start, whose[0] if whose else end, noun.type, certain=True)
                span.kind, span.sector, span.head = "noun", noun.sector, noun.noun
                told = {*parsed.lower[start:i], *_of_several(parsed, end, noun, named)}
                crowds.join(parsed, span, noun, whose, setting, told=told)
                found.append(span)
                end = span.end
        i = end
    return found


class _Crowds:
    """The crowds of an article: which actor an occurrence of one means."""

    def __init__(self, registry: Registry, by_token: dict[int, ActorSpan]) -> None:
        self.registry = registry
        self.by_token = by_token
        self.bodies: dict[str, list[Actor]] = defaultdict(list)
        for known_key, actor in registry.by_key.items():
            self.bodies[known_key.partition(":")[0]].append(actor)
        self.told: dict[str, list[Actor]] = defaultdict(list)
        """Crowds of which the text says whose or where they are, by their body."""

    def join(
        self,
        parsed: ParsedArticle,
        span: ActorSpan,
        noun: BodyNoun,
        whose: tuple[int, ActorSpan | None] | None,
        setting: Setting,
        told: set[str],
    ) -> None:
        """Give an occurrence its actor; `told`: the words that describe it, `whose`: the words and name behind it that do."""
        unsaid = whose is None and not told & (REBEL | _others(noun))
        teller = _teller(parsed, span, noun, self.by_token) if unsaid else None
        if teller is not None:
            self.registry.add(span, teller)
            return
        group = whose[1].actor if whose is not None and whose[1] is not None else None
        if group is not None and group.type == "armed_group" and span.type in _PEOPLE:
            self.registry.add(span, group)  # "militants from the Velmar Front" are the front
            return
        if (
            group is not None
            and group.type in _STATE
            and noun.type in _SERVING
            and noun.noun not in LEADING - _OFFICIALS
        ):
            self.registry.add(span, group)  # "officers of the Larmo County Police" are the police
            return
        apart, stray = bool(told & _others(noun)), noun.noun in people_of_anywhere()
        if told & REBEL and noun.type == "military":
            span.type, span.sector = "armed_group", "REB"
        elif apart and noun.noun in LEADING:
            span.type, span.sector = "group", None
        plain = _key(parsed, span, noun, setting, apart=apart)
        key = _key(parsed, span, noun, setting, apart=True) if whose is not None else plain
        name = whose[1] if whose is not None else None
        if name is not None and name.country:
            span.country, span.basis = name.country, "seat" if name.type == "place" else "told"
        elif not (apart or stray):
            span.country, span.basis = _country(parsed, span, setting), "guessed"
        one = not apart and span.type == noun.type
        here = _country(parsed, span, setting) if span.type in _STATE else None
        same = [a for a in self.bodies.get(noun.body, []) if one and whose is None and _agrees(a, here)]
        others = self.told[noun.body] if one else []
        known = self.registry.by_key.get(key) or (same[0] if len(same) == 1 else None)
        if noun.body == _POLICE and one and whose is None and not (known and _is_named(known)):
            known = self._police_before(span) or known
        if known is None and whose is not None and not others:
            known = self.registry.by_key.get(plain)  # "Supporters marched. ... The supporters of Ruiz ..."
        if known is None and whose is None and len(others) == 1:
            known = others[0]
        actor = known or self.registry.new(span, key)
        if whose is not None:
            self.registry.by_key[key] = actor
            if actor not in self.told[noun.body]:
                self.told[noun.body].append(actor)
            if span.country and actor.basis == "guessed":
                actor.country = None
        actor.abroad = actor.abroad or apart
        self.registry.add(span, actor)

    def _police_before(self, span: ActorSpan) -> Actor | None:
        """The police of a place that was named last before "police" or "officers"; None where the text names none."""
        named = (
            (s.start, actor)
            for actor in self.registry.actors
            for s in actor.spans
            if s.kind == "name" and s.start < span.start and _POLICE in fold(s.name).split()
        )
        return max(named, key=lambda n: n[0], default=(0, None))[1]


def _teller(
    parsed: ParsedArticle, span: ActorSpan, noun: BodyNoun, by_token: dict[int, ActorSpan]
) -> Actor | None:
    """The body of the state that tells what its people did: "the |Kenyan army| said soldiers had left"."""
    token = parsed.doc[span.end - 1]
    deed = token.head
    if noun.type not in _STATE or not token.dep_.startswith("nsubj") or deed.dep_ != "ccomp":
        return None
    if deed.head.lemma_ not in saying_verbs() or token.i < deed.head.i:
        return None
    tellers = (by_token.get(c.i) for c in deed.head.children if c.dep_ == "nsubj")
    teller = next((s.actor for s in tellers if s is not None), None)
    return teller if teller is not None and _serves(noun, teller) else None


def _serves(noun: BodyNoun, body: Actor) -> bool:
    """Whether people may be those of a body of the state: soldiers of an army, officers of a police."""
    police = body.type == "government" and _POLICE in (body.key or "")
    return body.type == noun.type == "military" or (police and noun.body == _POLICE)


def _others(noun: BodyNoun) -> frozenset[str]:
    """Words before a noun that make its people those of nobody in particular, or no state's: "world leaders", "party officials"."""
    if noun.noun in LEADING:
        return _APART | (PRIVATE - _BY_STATE)
    return _APART | _BY_STATE | _SIDES if noun.type == "military" else _APART


def _agrees(actor: Actor, here: str | None) -> bool:
    """Whether a body may be of the country in which a passage plays: where several stories meet, officials are not those of the only named state."""
    return here is None or actor.country is None or actor.country == here


def _is_named(actor: Actor) -> bool:
    return any(s.kind == "name" for s in actor.spans)


def _whose(
    parsed: ParsedArticle, head: int, noun: BodyNoun, named: dict[int, ActorSpan]
) -> tuple[int, ActorSpan | None] | None:
    """Where the words behind people end that tell who they are, and the name there."""
    if noun.noun in _UNCOUNTED:
        return None  # "opposition from the Labour Party" is a deed
    found = named_behind(parsed, head, named, _WHOSE if noun.type in _PEOPLE else _SERVED)
    if noun.type not in _PEOPLE:
        return found if found is not None and found[1].type in _STATE else None
    if found is not None:
        return found
    end = common_behind(parsed, head, named)
    return (end, None) if end is not None else None


def _of_several(
    parsed: ParsedArticle, end: int, noun: BodyNoun, named: dict[int, ActorSpan]
) -> frozenset[str]:
    """A word that makes the people of a state no single country's: "leaders| of Chile and Fiji", "the two leaders|"."""
    doc, several = parsed.doc, frozenset(("international",))
    counted = end > 1 and noun.noun in _ONE_A_STATE and parsed.lower[end - 2] in _TOGETHER
    name = named.get(end + 1)
    if counted or noun.type not in _STATE or name is None or doc[end].lower_ != "of":
        return several if counted else frozenset()  # "the two leaders"
    joined = (c.i for t in doc[name.start : name.end] for c in t.children if c.dep_ == "conj")
    return several if any(i in named for i in joined) else frozenset()


def _stands_alone(token: Token, noun: BodyNoun, covered: set[int]) -> bool:
    """Whether a noun stands for people of its own: a plural that heads its phrase."""
    plural = token.tag_ in ("NNS", "NNPS") or noun.noun in _UNCOUNTED
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    within = token.dep_ in _WITHIN or (
        following is not None and following.i in covered and not following.is_sent_start
    )
    owned = any(c.dep_ == "nmod:poss" or (c.dep_ in _WITHIN and c.i in covered) for c in token.children)
    return plural and not within and not owned and noun.noun not in OPEN_NOUNS and noun.body not in _ANYONE


def _start(parsed: ParsedArticle, i: int, covered: set[int]) -> int:
    """Where the words begin that describe a noun ("suspected| militants")."""
    doc, start = parsed.doc, i
    first = parsed.sentence_of(doc[i]).span.start
    while start > first and i - start < _MAX_BEFORE and start - 1 not in covered:
        before = doc[start - 1]
        plain = (
            before.pos_ in PLAIN
            or before.tag_ == "VBN"
            or (before.tag_ == "VBG" and before.dep_ in ("amod", "compound"))
            or ties(before)
            or ties(doc[start])
        )
        if not plain or before.text in CALENDAR or before.dep_ in ("case", "nsubj", "ROOT"):
            break
        start -= 1
    return start


def _country(parsed: ParsedArticle, span: ActorSpan, setting: Setting) -> str | None:
    return setting.country_of([parsed.sentence_of(parsed.doc[span.start]).position])


def _key(parsed: ParsedArticle, span: ActorSpan, noun: BodyNoun, setting: Setting, *, apart: bool) -> str:
    """A body of the state is that of the country where the passage plays; others are the article's own.

    `apart`: several countries', nobody's in particular, or told by whose they are ("world leaders", "members of Congress").
    """
    if apart:
        return f"crowd:{fold(span.name)} {parsed.article.doc_id}"
    country = _country(parsed, span, setting)
    if span.type in _STATE and country:
        return f"{noun.body}:{country}"
    return f"crowd:{noun.body} {country or parsed.article.doc_id}"
