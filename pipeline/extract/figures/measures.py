"""Which measure a figure gives: killed, injured, arrested, troops, votes, price ..."""

from spacy.tokens import Token

from pipeline.extract.figures.counted import NOUNS, has_case
from pipeline.extract.figures.persons import is_named_person
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import moves
from pipeline.extract.figures.units import unit_named
from pipeline.extract.figures.words import of_kind
from pipeline.lexicon import table

_BY_WORD = {(row["lemma"], row["pos"]): row["measure"] for row in table("measures")}
DEEDS = {row["noun"]: row["measure"] for row in table("deed_nouns")}
"""What nouns tell that befell somebody: "killing", "arrest"."""
_PEOPLE = frozenset(
    row["lemma"] for row in table("measures") if row["pos"] == "verb" and row["counts"] == "person"
)
_AMOUNTS = frozenset(
    row["measure"] for row in table("measures") if row["pos"] == "noun" and row["counts"] == "amount"
)
"""Measures whose nouns name an amount: "inflation of 5%"; "5% of soldiers" gives a share, no troops."""
_PRICED = frozenset({"price", "fine"})
_FORCE, _HOMES = frozenset({"force", "drive"}), frozenset({"home", "house", "flee", "village", "leave"})
_STATES = frozenset(row["measure"] for row in table("measures") if row["pos"] == "adj")
_SUFFER = frozenset({"suffer", "sustain", "receive"})
_OBJECTS = frozenset({"obj", "nsubj:pass"})
_SUBJECTS = frozenset({"nsubj"})
_OWN_SUBJECT = frozenset({"die", "drown", "perish", "flee", "fled", "disappear", "vanish", "vote"})
"""Verbs whose subject is counted, not their object."""
_COMPARING = frozenset({"at", "up", "to", "over", "under", "around", "about", "than", "between", "near"})
"""Prepositions of comparators; any other one ends the reach of a verb: "killed in 35 strikes"."""
_BY_DIMENSION = {
    "money": "money",
    "time": "duration",
    "length": "distance",
    "share": "share",
    "temperature": "temperature",
    "age": "age",
}


def governing_verb(node: Token) -> Token | None:
    """The verb that a counted noun is killed, arrested ... by: of its clause, or a participle after it."""
    for child in node.children:
        behind = child.dep_ in ("acl", "acl:relcl", "amod") and child.i > node.i and not _acts(child)
        if behind and _verb_measure(child) and not _tells_of_others(child):
            return child
    bound = node.head
    if (
        bound.lower_ == "up" and bound.head.pos_ == "VERB"
    ):  # "Up to 50 people were killed": the parser hangs them on "up"
        subject = any(c.dep_.startswith("nsubj") for c in bound.head.children)
        passive = any(c.dep_ == "aux:pass" for c in bound.head.children)
        own = {bound.head.lemma_.lower(), bound.head.lower_} & _OWN_SUBJECT
        return bound.head if not subject and (passive or own) else None
    for _ in range(3):
        verb = node.head
        if node.dep_ in _OBJECTS or (
            node.dep_ in _SUBJECTS and {verb.lemma_.lower(), verb.lower_} & _OWN_SUBJECT
        ):
            return verb
        if node.dep_ != "conj":
            return None
        node = verb
    return None


def _acts(verb: Token) -> bool:
    """Whether a participle tells what those before it do to others: "two men of murdering six"; not "ten people dying"."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.lemma_.lower() not in _OWN_SUBJECT


def _tells_of_others(verb: Token) -> bool:
    """Whether a clause behind a noun has a subject of its own: "two raids in which three men were hurt"."""
    return any(c.dep_ in ("nsubj:pass", *_SUBJECTS) and c.pos_ != "PRON" for c in verb.children)


def _verb_measure(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    return (
        _BY_WORD.get((lemma, "verb"))
        or _BY_WORD.get((token.lower_, "verb"))
        or _BY_WORD.get((token.lower_, "adj"))
        or _BY_WORD.get((lemma, "adj"))
        or _state_reached(token)
    )


def _state_reached(verb: Token) -> str | None:
    """What a verb and its adjective tell: "who have fallen ill", "went missing"."""
    if verb.pos_ != "VERB":
        return None
    states = (state_of(c) for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "ADJ")
    return next((state for state in states if state), None)


def counts_people(verb: Token | None) -> bool:
    """Whether a verb's bare number must be people: "killing 12"."""
    return verb is not None and bool({verb.lemma_.lower(), verb.lower_} & _PEOPLE)


_REACH = 80
"""Words before a bare number that may say what it counts: what keeps rows of numbers linear."""


def toll(tokens: list[Token]) -> str | None:
    """The measure that "the death toll rose to 12" or "the number of injured stands at 12" gives its bare number."""
    start = max(tokens[0].sent.start, tokens[0].i - _REACH)
    for token in reversed(tokens[0].doc[start : tokens[0].i]):
        if token.tag_ == "DT" and (fate := state_of(token.nbor(1))) and not _has_noun(token.nbor(1)):
            return fate  # "the number of injured rose to 12 and the dead to 4"
        counts = token.lower_ == "count" and token.i and token.nbor(-1).lower_ == "death"
        if token.lower_ == "toll" or counts:
            return "killed"
        if token.lower_ == "total" and (fate := state_of(token.nbor(1)) or _done_to(token.nbor(1))):
            return fate  # "the total killed stands at 12"
        if (
            token.lower_ in ("number", "total")
            and token.i + 3 < len(token.doc)
            and token.nbor(1).lower_ == "of"
        ):
            after = token.doc[token.i + 2 : token.i + 5]
            verbs = (governing_verb(t) for t in after if t.pos_ == "NOUN")  # "the number of people who died"
            found = [
                *(_BY_WORD.get((t.lower_, "adj")) for t in after),
                *(_fate(verb) for verb in verbs if verb is not None),
            ]
            return next((state for state in found if state), None)
    return None


def _has_noun(state: Token) -> bool:
    """Whether a word of state stands before a noun: "the injured men"."""
    following = state.nbor(1) if state.i + 1 < len(state.doc) else None
    return following is not None and following.pos_ in NOUNS and not moves(following.lower_)


def _done_to(word: Token) -> str | None:
    """The fate that a participle tells of those it stands for: "the total killed"."""
    return _fate(word) if word.tag_ == "VBN" else None


_REACHES = frozenset(
    {
        "rise",
        "climb",
        "grow",
        "increase",
        "jump",
        "reach",
        "stand",
        "pass",
        "hit",
        "be",
        "have",
        "now",
        "to",
        "at",
        "of",
        "least",
    }
)
"""What stands between a toll and its number."""


def toll_reached(first: Token, noun: Token) -> str | None:
    """ "The toll has risen to 600 miners", "brings the death toll of the war to 600 people": killed, by the verb that moves it."""
    told = (c for c in noun.head.children if c.dep_ in ("obj", *_SUBJECTS) and c.i < first.i)
    if has_case(noun, "to") and any(c.lower_ == "toll" for c in (noun.head, *told)):
        return "killed"
    for token in reversed(first.doc[max(first.sent.start, first.i - 7) : first.i]):
        if token.lower_ == "toll":
            return "killed"
        if token.lemma_.lower() not in _REACHES and token.pos_ not in ("ADV", "AUX"):
            return None
    return None


_NO_FATE = frozenset({"time", "survivor"})
"""What nothing befalls."""
_BETWEEN = frozenset(
    [
        "people",
        "persons",
        "person",
        "others",
        "other",
        "more",
        "of",
        "them",
        "whom",
        "who",
        "have",
        "has",
        "had",
        "been",
        "being",
        "be",
        "were",
        "was",
        "are",
        "is",
        "got",
        "to",
        "also",
        "still",
        "both",
        "all",
        "reportedly",
        "reported",
        "confirmed",
        "seriously",
        "critically",
        "badly",
        "severely",
        "slightly",
        "left",
        "feared",
        "believed",
        "presumed",
        "declared",
        "listed",
        "officially",
        "either",
        "or",
        "as",
        "now",
        "since",
        "later",
        "previously",
        "immediately",
    ]
)
"""What may stand between a number and what befell those it counts: "40 others were also hurt"."""
_AUXILIARIES = frozenset({"were", "was", "are", "is", "been", "being", "be", "got"})


def fate_behind(last: Token) -> str | None:
    """What befell those counted by the words right behind them: "40 were hurt", "12 dead", "three more missing"."""
    passive = False
    for token in last.doc[last.i + 1 : min(last.sent.end, last.i + 9)]:
        word = token.lower_
        found = _BY_WORD.get((word, "adj"))
        if found is None and (passive or token.tag_ == "VBN"):
            found = _BY_WORD.get((token.lemma_.lower(), "verb")) or _BY_WORD.get((word, "verb"))
            found = found or ("arrested" if word == "held" and passive and _may_be_held(last) else None)
        if found is None and is_to_death(token):
            found = "killed"
        if found is None and {token.lemma_.lower(), word} & _OWN_SUBJECT:
            found = _BY_WORD.get((token.lemma_.lower(), "verb")) or _BY_WORD.get((word, "verb"))
        if found is not None and found not in _PRICED:
            return found
        adverb = token.tag_ == "RB" and word.endswith("ly")  # "were moderately wounded"
        opens = word == "," and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in _AUXILIARIES
        if word not in _BETWEEN and not opens and not adverb:
            return None
        passive |= word in _AUXILIARIES
    return None


def _may_be_held(last: Token) -> bool:
    """Whether those counted can be held: people and bare numbers, no events."""
    return last.pos_ not in NOUNS or is_named_person(last)


_EQUALS = frozenset(
    {"number", "numbers", "numbered", "total", "totals", "totalled", "totaled", "at", "were", "are", "now"}
)


def fate_before(first: Token) -> str | None:
    """What befell those counted by the words right before them: "the dead number 41", "the injured 130"."""
    for token in reversed(first.doc[max(first.sent.start, first.i - 4) : first.i]):
        if found := state_of(token):
            return found
        if token.lower_ not in _EQUALS:
            return None
    return None


def state_of(noun: Token) -> str | None:
    """The measure of those that a noun of state names: "the dead", "three missing"."""
    return _BY_WORD.get((noun.lower_, "adj"))


def people_in_state(node: Token) -> bool:
    """Whether a bare number can only be people: "12 dead"."""
    return _state(node) in _STATES


def _verb_before(first: Token) -> Token | None:
    """The verb right before a figure, with nothing but a comparator between: "wounding at least 30"."""
    for token in reversed(first.doc[max(first.sent.start, first.i - 4) : first.i]):
        if token.pos_ == "VERB":
            return token
        if token.pos_ not in ("ADV", "ADJ", "DET") and token.lower_ not in _COMPARING:
            return None
    return None


def measure(
    quantity: Quantity, quantity_start: Token, node: Token | None, counted: Token | None
) -> str | None:
    """The measure of a figure: by the verb over what is counted, by an adjective of state, by the noun, by the unit."""
    if counted is not None and counted.lemma_.lower() in _NO_FATE:
        return None  # "was arrested three times"
    anchor = counted if counted is not None else node
    behind = node.nbor(1) if node is not None and node.i + 1 < len(node.doc) else None
    if quantity.unit.name == "count" and behind is not None and (found := state_of(behind)):
        return found  # "left nine dead and 30 wounded"
    if quantity.unit.name == "count" and node is not None:
        if counted is None and node.dep_ == "nummod" and node.head.lower_ in ("others", "other"):
            node = node.head  # "four others in the building were killed"
        target = node if counted is None or counted.i < node.i else counted
        if (before := _verb_before(quantity_start)) and (found := _fate(before)):
            return found
        for candidate in (target, node):
            verb = governing_verb(candidate)
            if verb is None:
                continue
            if found := _fate(verb) or _driven_out(verb, candidate) or _and_then(verb):
                return found
        if found := by_deed(target) or _suffered(target) or _lives(target) or _lives(node):
            return found
        if found := (
            _state(target)
            or fate_behind(target)
            or fate_behind(node)
            or fate_before(quantity_start)
            or _state(node)
        ):
            return found
    named = _by_noun(anchor) if anchor is not None else None
    sized = quantity.unit.dimension in ("time", "length", "area", "volume", "mass", "speed", "age")
    if named in _PRICED and quantity.unit.name == "count":
        named = None  # "two penalties"
    if named and (quantity.unit.name == "count" or (named in _AMOUNTS and not sized)):
        return named
    if quantity.unit.dimension == "money" and node is not None and (found := _priced(quantity, node)):
        return found
    return _BY_DIMENSION.get(quantity.unit.dimension)


def _and_then(verb: Token) -> str | None:
    """What befell those that something else befell first: "were shot and killed"."""
    passive = any(c.dep_ == "aux:pass" for c in verb.children)
    joined = (c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBN" and verb.i < c.i <= verb.i + 2)
    return next((found for c in joined if (found := _fate(c))), None) if passive else None


def _fate(verb: Token) -> str | None:
    """What a verb does to those it counts; what it does to money is no fate: "sold 12 houses"."""
    found = "killed" if is_to_death(verb) else _verb_measure(verb)
    return None if found in _PRICED else found


_OUTLIVED = of_kind("outlived")
"""Verbs of which nobody dies, though "to death" stands behind them."""


def is_to_death(verb: Token) -> bool:
    """Whether what a verb tells ends in death: "shot dead", "were stabbed to death", "beat three men to death"."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_.lower() in _OUTLIVED:
        return False
    behind = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    if behind[:1] == ["dead"] or behind == ["to", "death"]:
        return True
    return any(
        (c.dep_ == "xcomp" and c.lower_ == "dead")
        or (c.lower_ == "death" and has_case(c, "to") and verb.i < c.i < verb.i + 12)
        for c in verb.children
    )


def _by_noun(noun: Token) -> str | None:
    """By the noun, or by the one that tells its kind: "jobless rate", "cholera cases"."""
    if found := _BY_WORD.get((noun.lemma_.lower(), "noun")):
        return found
    kinds = (_BY_WORD.get((c.lower_, "noun")) for c in noun.children if c.dep_ in ("compound", "amod"))
    return next((kind for kind in kinds if kind in _AMOUNTS), None)


def _priced(quantity: Quantity, node: Token) -> str | None:
    """Price or fine, by the verb over a sum of money ("sold for $5", "fined $5m") or its rate ("$60 a barrel")."""
    if (
        quantity.per is not None
        and (below := unit_named(quantity.per)) is not None
        and below.dimension != "time"
    ):
        return "price"
    for _ in range(4):
        if node.pos_ == "VERB":
            found = _BY_WORD.get((node.lemma_.lower(), "verb")) or _BY_WORD.get((node.lower_, "verb"))
            return found if found in _PRICED else None
        if node.head == node:
            return None
        node = node.head
    return None


def by_deed(node: Token) -> str | None:
    """By the noun that names what befell them: "the killing of two nurses", "the deaths of 12 miners"."""
    first = _first(node)
    if not has_case(first, "of") or first.head.i >= node.i:
        return None
    if first.head.lemma_.lower() == "body" and not is_named_person(node):
        return None  # "the governing bodies of twelve clubs"
    return deed_of(first.head)


def deed_of(noun: Token) -> str | None:
    """The measure of those whom what a noun names befell: "killing", "arrests"."""
    return DEEDS.get(noun.lemma_.lower())


_NOT = frozenset({"not", "n't", "n’t", "never"})
_TAKES_LIVES = frozenset({"claim", "take", "cost", "lose", "end"})


def _lives(node: Token) -> str | None:
    """ "Claimed 30 lives", "the loss of nine lives", "took the lives of two nurses", "twelve miners lost their lives", "two did not survive"."""
    first = _first(node)
    lost = first.head
    if first.dep_ == "nsubj" and lost.lemma_.lower() == "lose":
        return "killed" if any(_is_life(c) and c.dep_ == "obj" for c in lost.children) else None
    if first.dep_ == "nsubj" and lost.lemma_.lower() == "survive":
        return "killed" if any(c.lower_ in _NOT for c in lost.children) else None
    if _is_life(first) and has_case(first, "of") and lost.lemma_.lower() == "loss":
        return "killed"
    life = (
        first if _is_life(first) else first.head if has_case(first, "of") and _is_life(first.head) else None
    )
    return "killed" if life is not None and takes_lives(life) else None


def takes_lives(life: Token) -> bool:
    """Whether the verb over lives takes them."""
    verb = governing_verb(life)
    return verb is not None and verb.lemma_.lower() in _TAKES_LIVES


def _is_life(noun: Token) -> bool:
    return noun.lower_ in ("life", "lives")


def _suffered(node: Token) -> str | None:
    """ "nine riders suffered injuries"."""
    first = _first(node)
    verb = first.head
    if first.dep_ != "nsubj" or verb.lemma_.lower() not in _SUFFER:
        return None
    suffered = [c for c in verb.children if c.dep_ == "obj"]
    suffered += [
        c for noun in suffered for c in noun.children if c.dep_ == "conj"
    ]  # "received burns and other injuries"
    found = (deed_of(c) for c in suffered)
    return next((measure for measure in found if measure), None)


def _first(node: Token) -> Token:
    """The first of those that a conjunction joins."""
    for _ in range(3):
        if node.dep_ != "conj":
            break
        node = node.head
    return node


def _driven_out(verb: Token, node: Token) -> str | None:
    """ "Forced 6,500 residents from their homes", "forced 300 people to flee"."""
    if verb.lemma_.lower() not in _FORCE:
        return None
    after = max(node.i, verb.i) + 1  # "300 people were forced to leave"
    homes = any(t.lemma_.lower() in _HOMES for t in node.doc[after : after + 5])
    return "displaced" if homes else None


def _state(node: Token) -> str | None:
    """ "12 dead", "three people missing", "left 12 wounded"."""
    for token in [*node.children, *node.doc[node.i + 1 : node.i + 3]]:
        state = _BY_WORD.get((token.lower_, "adj")) if token.pos_ in ("ADJ", "VERB") else None
        if state and not (token.dep_ == "acl:relcl" and _tells_of_others(token)):
            return state
    subject = _first(node)  # "four guards and eight raiders are among the dead"
    if subject.dep_ == "obj" and subject.head.lemma_.lower() == "include":  # "the dead include two nurses"
        whole = (c for c in subject.head.children if c.dep_ == "nsubj")
        if (found := next((fate for c in whole if (fate := state_of(c))), None)) is not None:
            return found
    if subject.dep_ == "nsubj" and subject.head.pos_ in NOUNS and has_case(subject.head, "among"):
        verb = governing_verb(subject.head)  # "were among the 17 people wounded"
        if (found := (_fate(verb) if verb is not None else None) or fate_behind(subject.head)) is not None:
            return found
    return _BY_WORD.get((subject.head.lower_, "adj")) if subject.dep_.startswith("nsubj") else None
