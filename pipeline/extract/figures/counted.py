"""What a bare number counts, from the parse: a short noun phrase in the singular ("boat"), as units are named."""

from collections.abc import Iterable, Sequence, Set

from spacy.tokens import Token

from pipeline.extract.figures.words import of_kind
from pipeline.lexicon import table

_BREAKS = frozenset({"--", "–", "—", "-", ":", "("})
_TOTALS = frozenset({"number", "total", "count", "tally"})
_MODIFIERS = frozenset({"amod", "compound", "nmod:desc", "nmod"})
_ON_NOUN = frozenset({"nummod", "compound", "amod", "nmod", "det", "dep"})
MEMBERS = frozenset({"man", "woman", "member", "person", "storey", "bedroom"})
"""What a compound with a number has, with a hyphen or without: "a 15 man crew"."""
PLURALS = frozenset({"people", "troops", "police", "personnel", "men", "women"})
NOUNS = frozenset({"NOUN", "PROPN"})
_WITHIN_WHOLE = frozenset({"DET", "ADV", "ADJ", "NUM", "NOUN", "PROPN"})
_ABOUT = frozenset({"about", "around", "over", "some", "nearly", "plus", "its", "their", "his", "her", "our"})


def head_of(tokens: list[Token]) -> Token | None:
    """The token of a quantity that hangs on something outside it; the last such one."""
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    return outer[-1] if outer else None


def counted_noun(tokens: list[Token], taken: Set[int]) -> Token | None:
    """The noun that a bare number counts: "35 strikes", "dozens of rounds", "three of the five bridges"; None if elliptical.

    `taken`: tokens of figures and dates, which are never what is counted.
    """
    noun = _counted_noun(tokens) or _nationals(tokens[-1])
    named = noun is not None and noun.tag_ in ("NNP", "NNPS") and noun.text[-1] != "s"
    if (noun is None or named) and (shared := shared_ahead(tokens[-1], taken)) is not None:
        return shared
    if noun is not None and noun.tag_ in ("VBN", "VBD") and noun.i == tokens[-1].i + 1:
        return None  # "the five captured are teachers"
    if noun is None or noun.i in taken or not any(c.isalpha() for c in noun.text) or noun.lower_ == "apiece":
        return None
    between = noun.doc[tokens[-1].i + 1 : noun.i]
    parted = any(t.text == "," or t.text in _BREAKS - {"-"} or t.pos_ == "CCONJ" for t in between)
    if parted and any(t.i in taken for t in between):
        return shared_ahead(tokens[-1], taken) or _nationals(
            tokens[-1]
        )  # "of the 90 aboard, 31 sailors drowned"
    return noun


def _nationals(last: Token) -> Token | None:
    """Those that a word for a nation names alone: "two Lebanese and three Greek women"."""
    following = last.nbor(1) if last.i + 2 < len(last.doc) else None
    alone = (
        following is not None
        and following.ent_type_ == "NORP"
        and following.nbor(1).pos_ in ("CCONJ", "PUNCT")
    )
    return following if alone else None


def _counted_noun(tokens: list[Token]) -> Token | None:
    head = head_of(tokens)
    if head is None:
        return None
    last = tokens[-1].i
    if (hyphened := _hyphened(tokens[-1])) is not None:
        return hyphened
    if (
        head.dep_ in _ON_NOUN
        and head.head.pos_ in NOUNS
        and last < head.head.i
        and not _led_by(head.head, "per")
        and not _told_between(head.doc[last + 1 : head.head.i])
    ):
        return _shared_noun(whole_phrase(head.head))
    for token in (head, tokens[-1]):
        for child in token.children:
            if child.dep_ == "nmod" and child.i > last and child.pos_ in NOUNS and _led_by(child, "of"):
                return _shared_noun(whole_phrase(child))
    if (whole := _whole_behind(tokens[-1])) is not None:
        return whole
    return _found(tokens[-1]) or _plural_close_by(tokens[-1])


_FOUND = frozenset({"confirmed", "suspected", "reported", "registered", "injured", "wounded"})


def _found(last: Token) -> Token | None:
    """The plural behind a participle that taggers take for a verb: "21 confirmed cases"."""
    behind = last.doc[last.i + 1 : min(last.i + 3, last.sent.end)]
    found = len(behind) > 1 and behind[0].lower_ in _FOUND and is_plural(behind[1])
    return whole_phrase(behind[1]) if found else None


_BEFORE_PLURAL = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "CCONJ"})


def _plural_close_by(last: Token) -> Token | None:
    """The plural behind a number whose noun the parser lost."""
    for token in last.doc[last.i + 1 : last.i + 7]:
        if token.pos_ == "CCONJ" and token.i == last.i + 1:
            return None  # "rose to 12 and services were cut"
        if is_plural(token):
            return token
        quoted = token.text in _QUOTES or token.nbor(-1).text in _QUOTES  # "12 “no” votes"
        if token.pos_ not in _BEFORE_PLURAL and token.tag_ not in ("VBN", "VBG", "HYPH") and not quoted:
            return None
    return None


def _told_between(words: Iterable[Token]) -> bool:
    """Whether a finite verb or a preposition parts a number from a noun, which it then does not count: "3.4 above the norm"."""
    return any(
        (t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ not in _MODIFIERS)
        or (t.pos_ == "ADP" and t.dep_ == "case" and t.lower_ != "of")
        for t in words
    )


def _whole_behind(last: Token) -> Token | None:
    """The plural behind "of", whatever the parse made of it: "212 of around 300 guests"."""
    if last.i + 1 >= len(last.doc) or last.nbor(1).lower_ != "of":
        return None
    for token in last.doc[last.i + 2 : min(last.sent.end, last.i + 10)]:
        if is_plural(token):
            return token
        if token.pos_ not in _WITHIN_WHOLE and token.lower_ not in _ABOUT:
            return None
    return None


def _hyphened(number: Token) -> Token | None:
    """ "A 15-member council" counts members, "a 3,000-strong force" its force."""
    if number.i + 3 >= len(number.doc):
        return None
    if number.nbor(1).lower_ == "strong":
        return _strong(number.nbor(1))
    if number.nbor(1).lower_ in MEMBERS and number.nbor(2).pos_ in NOUNS:
        several = is_plural(number.nbor(2)) and number.nbor(1).tag_ == "NN"
        return number.nbor(2) if several else number.nbor(1)  # "75 member countries", "a 15 man crew"
    if number.nbor(1).text != "-" or number.whitespace_:
        return None
    noun = number.nbor(2)
    if noun.lower_ == "strong":
        return _strong(noun)
    return noun if noun.pos_ in NOUNS else None


def _strong(strong: Token) -> Token | None:
    """The force that a number with "strong" counts: "the 5,000 strong NATO-led peacekeeping force"."""
    for token in strong.doc[strong.i + 1 : min(strong.sent.end, strong.i + 9)]:
        if token.pos_ == "NOUN":
            return whole_phrase(token)
        if token.pos_ not in ("ADJ", "PROPN", "VERB", "ADV") and token.text != "-":
            return None
    return None


def _led_by(noun: Token, preposition: str) -> bool:
    return any(c.lower_ == preposition for c in noun.children)


def has_case(noun: Token, preposition: str) -> bool:
    """Whether a preposition stands before a noun."""
    return any(c.lower_ == preposition and c.dep_ == "case" for c in noun.children)


def has_mark(verb: Token, word: str) -> bool:
    """Whether a word leads to a clause: "of" in "accused of killing two"."""
    return any(c.lower_ == word and c.dep_ in ("mark", "case") for c in verb.children)


def is_plural(noun: Token) -> bool:
    """Whether a noun names several."""
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ == "people"


def _shared_noun(noun: Token) -> Token:
    """ "Kia and Hyundai vehicles", "Type A and Type B buses": a name that shares the plural of the one joined to it."""
    if noun.tag_ != "NNP":
        return noun
    joined = False
    for token in noun.doc[noun.i + 1 : noun.i + 8]:
        if token.lower_ in ("and", "or", ","):
            joined = True
        elif token.tag_ == "NNS" and joined:
            return token
        elif token.pos_ not in ("PROPN", "ADJ", "NOUN", "X") and not token.text.isupper():
            break
    return noun


def whole_phrase(noun: Token) -> Token:
    """The head of the noun phrase that a noun only opens: "profile slots", "al-Qaida vehicles", "pay-as-you-go phones"."""
    noun = _past_hyphens(noun)
    for _ in range(4):
        head = noun.head
        if noun.dep_ not in _MODIFIERS or head.pos_ not in NOUNS or not noun.i < head.i <= noun.i + 4:
            break
        noun = head
    return noun


def _past_hyphens(noun: Token) -> Token:
    """The noun behind a compound with two hyphens or more: "loan-to-value mortgages"."""
    doc, at = noun.doc, noun.i
    while at + 2 < len(doc) and doc[at + 1].text == "-" and not doc[at].whitespace_:
        at += 2
    if at < noun.i + 4:
        return noun
    while at + 1 < len(doc) and doc[at + 1].pos_ in NOUNS and not doc[at + 1].is_sent_start:
        at += 1
    return doc[at] if doc[at].pos_ in NOUNS else noun


_REACH = 80
"""Words before a number that may name what it counts: what keeps rows of numbers linear."""


def elliptical_noun(tokens: list[Token], last_counted: Token | None) -> Token | None:
    """What a number without its noun counts: "the number of strikes to 35", "and wounded 12", "compared with 63"."""
    head = head_of(tokens)
    if head is None:
        return None
    start = head.sent.start
    if (put := _put_at(head)) is not None:
        return put
    following = tokens[-1].doc[tokens[-1].i + 1 : tokens[-1].i + 2]
    more = following and following[0].lower_ in ("more", "others", "other")
    if last_counted is not None and last_counted.i >= start and more:
        return last_counted  # "40 jets, with options for 20 more"
    previous = tokens[0].doc[tokens[0].i - 1] if tokens[0].i > start else None
    while previous is not None and previous.i > start and _bounds(previous):
        previous = previous.doc[previous.i - 1]
    tells = previous is not None and previous.dep_ == "nsubj"  # "reporters estimated some 200 came"
    if previous is not None and previous.tag_ == "NNS" and previous.i < tokens[0].i - 1 and not tells:
        return previous  # "drove claims over 150,000"
    for token in reversed(tokens[0].doc[max(start, tokens[0].i - _REACH) : tokens[0].i]):
        if last_counted is not None and token.i <= last_counted.i:
            break
        if token.lemma_.lower() in _TOTALS:
            for child in token.children:
                if (
                    child.dep_ == "nmod"
                    and child.i > token.i
                    and child.pos_ in NOUNS
                    and child.i < tokens[0].i
                    and _led_by(child, "of")
                ):
                    return child
    if last_counted is not None and last_counted.i >= start:
        return last_counted
    if head.dep_ in ("appos", "parataxis", "nmod") and head.head.tag_ in ("NNS", "NNPS"):
        return head.head
    if tokens[0].i - 2 >= start and tokens[0].nbor(-1).text in _BREAKS and tokens[0].nbor(-2).tag_ == "NNS":
        return tokens[0].nbor(-2)  # "air strikes -- eight in a day"
    return None


_PUTS = frozenset({"put", "place", "set", "estimate", "peg"})


def _put_at(head: Token) -> Token | None:
    """ "The agency puts deaths in the camps at 900": the object that a verb of counting gives the number."""
    if not has_case(head, "at"):
        return None
    node = head.head
    for _ in range(3):  # the parser may hang the number on the last noun
        node = node.head if node.dep_ in ("nmod", "obl", "obj") else node
    if node.lemma_.lower() not in _PUTS:
        return None
    return next((c for c in node.children if c.dep_ == "obj" and c.tag_ == "NNS" and c.i < head.i), None)


_WHOM = frozenset({"which", "whom", "them", "these", "those"})


def told_behind(last: Token) -> Token | None:
    """What some of those counted before are, where the number's clause tells it: "2,000 people, 300 of whom are children"."""
    doc = last.doc
    if last.i + 3 >= len(doc) or doc[last.i + 1].lower_ != "of" or doc[last.i + 2].lower_ not in _WHOM:
        return None
    node = doc[last.i + 3]
    noun = node.head if node.dep_ == "cop" else node
    return noun if node.pos_ == "AUX" and is_plural(noun) and noun.i > last.i else None


def told_to_be(last: Token) -> Token | None:
    """What a number without a noun is said to be: "seven were men", "12 of those who died are nurses"."""
    noun = last.head
    several = noun.lower_ in _PERSONS or (is_plural(noun) and noun.text[-1].lower() == "s")
    said = last.dep_ == "nsubj" and noun.i > last.i and several and noun.pos_ in NOUNS
    if not said or any(c.dep_ == "case" for c in noun.children):
        return None
    whole = (t.lower_ for t in last.doc[last.i + 1 : last.i + 3])
    behind = last.nbor(1)
    followed = behind.dep_ == "cop" and behind.head == noun
    of_those = tuple(whole) in _OF_THOSE and any(c.dep_ == "cop" for c in noun.children)
    return noun if followed or of_those else None


_OF_THOSE = frozenset(("of", word) for word in ("those", "them", "these"))


def shared_ahead(last: Token, taken: Set[int]) -> Token | None:
    """The noun that a number shares with the next one: "600 Dutch and nearly 400 Danish troops", "40 “yes” and 30 “no” votes"."""
    doc, at = last.doc, last.i + 1
    end = min(last.sent.end, at + _MAX_SHARED)
    while at < end and (doc[at].pos_ in ("ADJ", "PROPN", "INTJ") or doc[at].text in _QUOTES):
        if doc[at].lower_ in _STATES:
            return None  # "59 dead and 142 survivors"
        at += 1
    if at >= end or at == last.i + 1 or doc[at].lower_ not in ("and", "or"):
        return None
    at += 1
    while at < end and doc[at].pos_ in ("ADV", "DET") and at not in taken:
        at += 1
    if at >= end or not (doc[at].like_num and at in taken):
        return None
    noun = doc[at].head if doc[at].dep_ == "nummod" else _plural_close_by(doc[at])
    return noun if noun is not None and at < noun.i < at + _MAX_SHARED and is_plural(noun) else None


def shared_phrase(last: Token, noun: Token) -> str:
    """The shared noun with the words that stand behind its own number: "dutch troops", "yes vote"."""
    own = []
    for token in last.doc[last.i + 1 : noun.i]:
        if token.dep_ == "cc" or token.lower_ in ("and", "or"):
            break
        own.append(token.text)
    return " ".join([*(w for w in own if w not in _QUOTES), singular(noun)]).lower()


_MAX_SHARED = 7
_STATES = frozenset(row["lemma"] for row in table("measures") if row["pos"] == "adj")
_PERSONS = PLURALS | {"children"}
_QUOTES = frozenset("\"“”‘’'")
_TALLIED = frozenset({"vote", "seat", "delegate", "point", "medal", "goal", "ballot", "mandate", "elector"})
GETS = of_kind("gets")


def tallied_before(head: Token, counted: Token) -> bool:
    """Whether a number without a noun goes on with what an earlier sentence tallies: "Hall received 151", "Kerr had 54"."""
    verb = head.head
    gets = head.dep_ == "obj" or (head.dep_ == "obl" and has_case(head, "with"))
    return gets and verb.lemma_.lower() in GETS and counted.lemma_.lower() in _TALLIED


def _bounds(word: Token) -> bool:
    """Whether a word can stand between a noun and the number that it comes to: "claims to well over 150,000"."""
    return word.pos_ in ("ADV", "ADJ") or (
        word.pos_ == "ADP" and word.lower_ not in ("of", "for", "with", "in", "from")
    )


def counted_phrase(noun: Token, taken: Set[int]) -> str:
    """The counted noun in the singular with what stands before it: "asylum seeker", "european country"."""
    words = [t.text for t in modifiers(noun, taken)]
    return " ".join([*words, singular(noun)]).lower()


def singular(noun: Token) -> str:
    """The lemma of a plural noun, any other noun as it is."""
    if noun.text[-1:] == "s" and noun.text[:-1].isupper() and len(noun) > 2:
        return str(noun.text[:-1])  # "MPs"
    return noun.lemma_ if noun.tag_ in ("NNS", "NNPS") and noun.lower_ not in PLURALS else noun.text


def modifiers(noun: Token, taken: Set[int]) -> Sequence[Token]:
    """Adjectives and nouns right before a noun that belong to it."""
    kept: list[Token] = []
    for token in reversed(noun.doc[max(0, noun.i - 6) : noun.i]):
        if token.i in taken:
            break
        if token.dep_ == "cc" and kept and token.i and token.nbor(-1).pos_ in ("PROPN", "ADJ", "NOUN"):
            continue  # "digital and physical copies"
        if token == noun.head and noun.dep_ == "conj" and token.tag_ == "NNP" and token.i - 1 in taken:
            kept.append(token)  # "460 Kia and Hyundai vehicles"
            break
        node = token
        for _ in range(3):
            if node.head == noun or node.head == node:
                break
            node = node.head
        if (
            node.head != noun
            or node.dep_ not in _MODIFIERS
            or token.pos_ in ("NUM", "DET", "ADP", "SYM", "PRON")
        ):
            if token.pos_ == "PUNCT" and token.text == "-":
                continue
            break
        if token.tag_ in ("POS",) or token.lower_ in ("more", "other", "such", "own", "strong"):
            if token.lower_ == "other":
                kept.append(token)
            continue
        if (
            token.pos_ in ("ADJ", "NOUN", "PROPN") or token.tag_ == "NNP"
        ):  # "United" is tagged as a verb's form
            kept.append(token)
    return kept[::-1]


def names_kind(modifier: Token) -> bool:
    """Whether a modifier tells which kind of quantity it is ("mortality rate") and not whose ("US deficit")."""
    capital = modifier.text[:1].isupper() and not modifier.is_sent_start
    return modifier.pos_ in ("NOUN", "ADJ") and not capital


def after_superlative(first: Token) -> bool:
    """Whether a length of time only says how rare something is: "the worst to strike the port in two years"."""
    before = first.doc[max(first.sent.start, first.i - _RARE) : first.i]
    return any(t.tag_ in ("JJS", "RBS") or t.lower_ in ("first", "only") for t in before)


_RARE = 10
"""Words between a superlative and the time in which it is one."""
