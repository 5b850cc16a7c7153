"""What a measurement measures: the noun whose size, price, length or share it gives, as the text names it."""

from collections.abc import Iterator, Set
from itertools import takewhile

from spacy.tokens import Span, Token

from pipeline.extract.figures.counted import GETS, NOUNS, head_of, whole_phrase
from pipeline.extract.figures.led import amounting, led_noun, opening, subject_of_level, worth
from pipeline.extract.figures.nouns import is_light, names_quantity, tells_time, usable
from pipeline.extract.figures.quantities import Quantity
from pipeline.extract.figures.trends import changes
from pipeline.extract.figures.units import unit_named
from pipeline.lexicon import table

_BEFORE_NOUN = frozenset(
    {"nummod", "compound", "amod", "nmod", "nmod:unmarked", "nmod:poss", "obl:unmarked", "dep"}
)
_UP_TO_NOUN = frozenset({"nmod", "appos", "nmod:unmarked", "acl", "acl:relcl"})
_SKIPPED = frozenset({"VERB", "AUX", "ADP", "ADV", "PART", "ADJ", "PUNCT", "SCONJ", "DET"})
_CONTROLLED = frozenset({"xcomp", "advcl", "ccomp"})
_DESCRIBES = frozenset({"amod", "compound", "nmod", "dep"})
_MAX_STEPS = 8
_MAX_SKIPPED = 7
_MAX_PHRASE = 6
_MAX_BRACKET = 14
"""Tokens of a conversion in brackets: "€20,000 (£17,500; US$22,900) in damages"."""
_PAID = {row["lemma"]: row["paid"] for row in table("payments")}
_SPEAKS = frozenset(row["lemma"] for row in table("counting_verbs") if row["kind"] == "tells")
_PUTS = frozenset(
    {
        "show",
        "put",
        "see",
        "keep",
        "leave",
        "find",
        "hold",
        "peg",
        "estimate",
        "value",
        "price",
        "place",
        "set",
        "fix",
        "report",
        "list",
        "quote",
        "rate",
    }
)
"""Verbs whose object has the value that follows "at": "data show inflation at 8%"."""
_WHOLES = frozenset({"gdp", "gnp", "income", "output", "product", "revenue", "budget"})
"""What quantities of an economy are told in parts of."""
_OFF = frozenset({"off", "from"})
_PLACES = frozenset(row["noun"] for row in table("place_nouns"))
_NO_PURPOSE = frozenset({"cash", "total", "all", "place", "full", "advance", "return", "exchange"})


def measured_noun(
    quantity: Quantity, tokens: list[Token], taken: Set[int], previous_end: int
) -> Token | None:
    """The noun measured: after the figure ("5% of sales", "25% tax"), else by the parse, else the nearest before.

    `taken`: tokens of figures and dates, which measure nothing themselves. `previous_end`: the token after the figure before
    this one in its sentence; a subject beyond it gives way to a noun in between ("Tesla rose 8% and Starbucks 3%").
    """
    head = head_of(tokens)
    if head is None:
        return None
    first = opening(quantity, tokens)
    if (own := own_noun(quantity, tokens, taken)) is not None:
        if (moved := _changed_by(own, tokens, taken)) is not None:
            return moved
        named = led_noun(first, taken) if own.lower_ in _WHOLES and own.i > tokens[-1].i else None
        return own if named is None else named  # "a deficit of 5.4% of GDP"
    if (valued := worth(tokens[0], taken)) is not None:
        return valued
    if (paid := _paid_for(quantity, head, tokens, taken)) is not None:
        return paid
    if (come_to := amounting(tokens[0], taken)) is not None:
        return come_to
    sized = quantity.unit.dimension in ("length", "mass", "area", "volume", "speed")
    if (led := led_noun(first, taken, sized=sized)) is not None:
        return led
    if (compared := _compared_with(first, taken)) is not None:
        return compared
    if quantity.unit.dimension == "share" and head.dep_ == "obj" and head.head.lemma_.lower() in GETS:
        return None  # "received 62%": of what an earlier figure tells
    found = subject_of_level(first, taken) or _climb(head, taken)
    if found is None or found.i < previous_end:
        nearest = _nearest_before(tokens[0], taken, previous_end)
        found = nearest if nearest is not None else found
    return found


def own_noun(quantity: Quantity, tokens: list[Token], taken: Set[int]) -> Token | None:
    """The noun in the figure's own phrase: the one it modifies, or that of its of-phrase; None where it has none."""
    head, last = head_of(tokens), tokens[-1].i
    if head is None:
        return None
    if quantity.unit.name == "fraction" and (noun := _shared_out(tokens[-1], taken)) is not None:
        return noun
    over = head.head
    if (
        head.dep_ in _BEFORE_NOUN
        and last < over.i <= last + _MAX_PHRASE
        and usable(over, taken)
        and not any(t.pos_ == "ADP" for t in over.doc[last + 1 : over.i])
    ):
        return _outside_unit(_worth_of(whole_phrase(over)), quantity)
    for token in (head, tokens[-1]):
        for child in token.children:
            doing = child.dep_ == "acl" and child.tag_ == "VBG" and _case(child) == "of"
            if doing and child.i == last + 2 and quantity.unit.dimension == "time":
                return child  # "three days of mourning"
            if child.dep_ in ("nmod", "obl", "obj") and child.i > last and usable(child, taken):
                case = _case(child)
                if case == "of" or (case == "in" and _purpose(quantity, child, last)):
                    return whole_phrase(_possessed(child))
                if case == "off" and child.pos_ == "NOUN" and quantity.unit.dimension != "length":
                    return child  # "0.1 seconds off the record"
    return _right_after(quantity, tokens, taken)


def _worth_of(noun: Token) -> Token:
    """What "worth" is of, where parsers take it for a noun: "$700,000 worth of damage"."""
    if noun.lower_ != "worth":
        return noun
    return next((c for c in noun.children if c.dep_ == "nmod" and _case(c) == "of"), noun)


def _compared_with(first: Token, taken: Set[int]) -> Token | None:
    """What is compared with a figure right behind it: "a return higher than the 38%"."""
    at = first.i - 2 if first.i > first.sent.start and first.nbor(-1).pos_ == "DET" else first.i - 1
    if at - 1 <= first.sent.start or first.doc[at].lower_ != "than":
        return None
    at -= 2 if first.doc[at - 1].tag_ in ("JJR", "RBR") else 1
    noun = first.doc[max(at, first.sent.start)]
    return noun if noun.pos_ in NOUNS and usable(noun, taken) else None


_CHANGES = frozenset(
    {"increase", "decrease", "rise", "fall", "drop", "decline", "jump", "slump", "surge", "reduction", "cut"}
)


def _changed_by(own: Token, tokens: list[Token], taken: Set[int]) -> Token | None:
    """What a noun of change right behind a figure moves: "a 33 percent increase in profit"."""
    if own.lemma_.lower() not in _CHANGES or own.i <= tokens[-1].i:
        return None
    kinds = any(c.dep_ == "compound" and c.i > tokens[-1].i for c in own.children)
    moved = (c for c in own.children if c.dep_ == "nmod" and c.i > own.i and _case(c) in ("in", "of", "to"))
    found = None if kinds else next((c for c in moved if usable(c, taken)), None)  # "a 5% pay rise"
    if found is not None and found.lemma_ == "number":  # "a fall in the number of jobs"
        found = next((c for c in found.children if c.dep_ == "nmod" and _case(c) == "of"), found)
    return found


def _possessed(noun: Token) -> Token:
    """What somebody has, where the parser lost it: "90% of the islands' food"."""
    if noun.i + 2 >= len(noun.doc) or noun.nbor(1).tag_ != "POS":
        return noun
    for token in noun.doc[noun.i + 2 : noun.i + 5]:
        if token.pos_ in NOUNS:
            return whole_phrase(token)
        if token.pos_ not in ("ADJ", "ADV"):
            break
    return noun


def _right_after(quantity: Quantity, tokens: list[Token], taken: Set[int]) -> Token | None:
    """The noun phrase that goes on behind the figure, whatever the parse made of it: "a 40 km stretch", "500mg tablets"."""
    doc, first = tokens[-1].doc, _phrase_start(quantity, tokens)
    noun: Token | None = None
    at = first
    while at < min(len(doc), first + _MAX_PHRASE) and not (at > first and doc[at].is_sent_start):
        token = doc[at]
        described = at + 1 < len(doc) and doc[at + 1].pos_ == "ADJ"
        if token.text == "," and noun is None and quantity.joined == "-" and described:
            at += 1  # "the 33-tonne, wooden-hulled ferry"
            continue
        if token.text == "-" and at + 1 < len(doc):
            at += 2  # "loan-to-value"
            continue
        if token.i in taken:
            if noun is not None or at + 1 >= len(doc) or at + 1 not in taken:
                break  # another figure, unless it has a unit of its own: "a 640 hp 5.2 litre engine"
        elif token.pos_ in NOUNS:
            if noun is not None and noun.tag_ in ("NNS", "NNPS"):
                break
            noun = token
        elif noun is not None or (token.pos_ != "ADJ" and token.tag_ != "POS"):
            follows = at + 1 < len(doc) and doc[at + 1].pos_ in NOUNS
            if noun is None and token.tag_ == "VBN" and token.dep_ in _DESCRIBES and follows:
                at += 1  # "a five-month suspended sentence"
                continue
            taken_for_verb = token.pos_ == "VERB" and at == first and tokens[0].i > 0
            if noun is None and taken_for_verb and doc[tokens[0].i - 1].lower_ in ("a", "an"):
                noun = token  # "a 7 percent raise"
            break
        at += 1
    if noun is None or (tells_time(noun) and quantity.joined != "-"):
        return None
    return _outside_unit(noun, quantity)


def _phrase_start(quantity: Quantity, tokens: list[Token]) -> int:
    """The token behind the figure and the words that only tie its noun to it: "of", "in", "worth of", a hyphen."""
    doc, last = tokens[-1].doc, tokens[-1].i
    words = [t.lower_ for t in doc[last + 1 : last + 5]]
    if words[:2] in (["worth", "of"], ["'", "worth"]) or words[:1] == ["worth"]:
        return last + 1 + words.index("worth") + (2 if "of" in words[1:3] else 1)
    if words[:1] == ["("] and ")" in (inside := [t.text for t in doc[last + 2 : last + _MAX_BRACKET]]):
        last += 2 + inside.index(")")  # "100 kilometres (62 miles) of road"
        words = [t.lower_ for t in doc[last + 1 : last + 5]]
    if words[:1] == ["of"] and quantity.unit.dimension in ("money", "mass", "length", "area", "volume"):
        return last + 2
    tied = words[:1] in (["in"], ["as"]) and len(words) > 1
    if tied and (
        _purpose(quantity, doc[last + 2], last)
        or (quantity.unit.dimension == "time" and words[0] == "in" and _bare(doc[last + 2]))
    ):
        return last + 2  # "$600 million in aid", "ten years in prison"
    if tied and (sum_named := _sum_named(quantity, doc[last + 2 : last + 6])) is not None:
        return sum_named.i  # "$190 billion in a further request"
    return last + 2 if words[:1] == ["-"] else last + 1


def _bare(noun: Token) -> bool:
    return noun.tag_ == "NN"


def _outside_unit(noun: Token, quantity: Quantity) -> Token | None:
    """The noun, unless it is the unit itself or a word for each: "517 rushing yards", "$5 apiece"."""
    if noun.lower_ == "apiece":
        return None
    unit = unit_named(noun.lemma_)
    return None if unit is not None and unit.name == quantity.unit.name else noun


def _case(noun: Token) -> str:
    return next((c.lower_ for c in noun.children if c.dep_ == "case"), "")


def _purpose(quantity: Quantity, noun: Token, last: int) -> bool:
    """ "$600 million in military aid": right behind money, and neither a place nor a manner of paying."""
    return (
        quantity.unit.dimension == "money"
        and noun.pos_ in ("NOUN", "ADJ")
        and noun.lower_ not in _NO_PURPOSE
        and noun.lower_ not in _PLACES
        and noun.i <= last + 4
        and noun.doc[last + 1].lower_ == "in"
        and (noun.doc[last + 2].pos_ in ("NOUN", "ADJ") or noun.doc[last + 2].tag_ == "VBN")
    )


def _sum_named(quantity: Quantity, words: Span) -> Token | None:
    """The noun behind "in a" or "as" that names a sum of money: "in Ohio tax incentives"."""
    if quantity.unit.dimension != "money":
        return None
    nouns = takewhile(lambda t: t.pos_ in ("DET", "ADJ", "PROPN", "NOUN"), words)
    return next((t for t in nouns if names_quantity(t)), None)


def _shared_out(number: Token, taken: Set[int]) -> Token | None:
    """ "Half the population", "a third of its seats"."""
    for token in number.doc[number.i + 1 : number.i + _MAX_PHRASE + 3]:
        owner = token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS"
        if token.pos_ in NOUNS and token.i not in taken and not owner:
            return whole_phrase(token)
        if (
            token.pos_
            not in (
                "DET",
                "PRON",
                "ADJ",
                "ADP",
                "PROPN",
                "NOUN",
                "PART",
                "NUM",
            )
            or token.lower_
            in (
                "who",
                "which",
                "that",
            )
            or (token.pos_ == "ADP" and token.lower_ != "of")
        ):
            return None
    return None


def _verbs_over(head: Token) -> Iterator[Token]:
    """The first verb over a figure."""
    node = head
    for _ in range(_MAX_STEPS):
        if node.pos_ == "VERB":
            yield node
            return
        if node.head == node:
            return
        node = node.head


def _paid_for(quantity: Quantity, head: Token, tokens: list[Token], taken: Set[int]) -> Token | None:
    """What money is paid for, where the verb is one of paying; what something is taken "off"."""
    last = tokens[-1].i
    for verb in _verbs_over(head):
        phrases = [
            noun
            for token in (verb, head)
            for noun in token.children
            if last < noun.i <= last + 9 and usable(noun, taken)
        ]
        if (changes(verb) or verb.lemma_ in ("wipe", "knock", "take")) and (
            off := next((n for n in phrases if _case(n) in _OFF and n.pos_ == "NOUN"), None)
        ):
            return off
        paid = _PAID.get(verb.lemma_.lower()) if quantity.unit.dimension == "money" else None
        if paid == "object":
            bought = (
                c for c in verb.children if c.dep_ == "obj" and verb.i < c.i < head.i and usable(c, taken)
            )
            return next(bought, None)
        if paid:
            return next((n for n in phrases if _case(n) == paid), None)
    return None


def _climb(head: Token, taken: Set[int]) -> Token | None:
    """The noun over the figure, or the subject of the first verb over it that has one."""
    node = below = head
    for _ in range(_MAX_STEPS):
        before = [c for c in node.children if c.i < head.i and usable(c, taken)]
        if changes(node) or _moved(node, head):  # "cut spending by 5%" measures spending
            acted_on = next((c for c in before if c.dep_ == "obj" and c.i > node.i), None)
            if acted_on is not None:
                return acted_on
        if node.lemma_.lower() in _PUTS and below.dep_ == "obl" and _case(below) == "at":
            put = next((c for c in before if c.dep_ == "obj" and node.i < c.i < below.i), None)
            if put is not None:
                return put  # "data show inflation at a high of 8%"
        subject = next((c for c in before if c.dep_.startswith("nsubj")), None)
        if subject is not None:
            return None if subject.dep_ == "nsubj" and _speaks(node) else subject
        if any(c.dep_ == "nsubj" and c.tag_ == "PRP" and c.i < head.i for c in node.children):
            return None  # "prices fell after he paid $5m": nothing of the clauses over it
        over = node.head
        if over == node:
            return None
        if node.dep_ in _CONTROLLED and node.pos_ == "VERB":  # "caused prices to rise 5%"
            caused = (c for c in over.children if c.dep_ in ("obj", "iobj") and over.i < c.i < node.i)
            if (moved := next((c for c in caused if usable(c, taken)), None)) is not None:
                return moved
        if node.dep_ in _UP_TO_NOUN and over.i < head.i and usable(over, taken) and not is_light(over):
            return _whole_subject(node, over)
        below, node = node, over
    return None


def _whole_subject(node: Token, noun: Token) -> Token:
    """ "Prices for wheat fell 5%": a finite verb that the parser hung on the last noun has the whole phrase as its subject."""
    if node.dep_ == "acl" and node.tag_ in ("VBD", "VBZ", "VBP"):
        while noun.dep_ == "nmod" and noun.head.pos_ in NOUNS and noun.head.i < noun.i:
            noun = noun.head
    return noun


def _speaks(verb: Token) -> bool:
    """Whether a verb's subject only tells the number: "the ministry spoke of 15,000"."""
    return verb.lemma_.lower() in _SPEAKS


def _moved(verb: Token, figure: Token) -> bool:
    """ "Pulled the sector 0.7 percent lower"."""
    following = figure.doc[figure.i + 1 : figure.i + 2]
    return verb.pos_ == "VERB" and bool(following) and following[0].lower_ in ("lower", "higher")


def _nearest_before(first: Token, taken: Set[int], previous_end: int) -> Token | None:
    """The noun right before the figure, with no more than its verb between."""
    start = max(first.sent.start, previous_end)
    window = first.doc[max(start, first.i - _MAX_SKIPPED) : first.i]
    cost = next((t.i for t in window if t.lower_ in ("cost", "costs") and _is_verb(t)), first.i)
    for token in reversed(window):
        if token.i in taken:
            return None
        if token.i >= cost or is_light(token):
            continue  # "it cost taxpayers $5m", "a record 5%"
        if token.pos_ in NOUNS:
            return None if tells_time(token) else token
        if token.text == ";":
            return None
        if token.pos_ not in _SKIPPED or (token.pos_ == "VERB" and _speaks(token)):
            return None
    return None


def _is_verb(cost: Token) -> bool:
    """Whether "cost" is the verb, which parsers miss: no article, adjective or preposition stands before it."""
    return cost.i > cost.sent.start and cost.nbor(-1).pos_ not in ("DET", "ADJ", "ADP", "PRON")
