"""Names that something stands within or that go on: a nickname in marks, an "and" between two founders, "Corporation", "for"."""

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.mentions.gazetteer import lookup
from pipeline.extract.mentions.sources import is_name_token, make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import bare, given_names, honorifics, name_words, role_heads
from pipeline.extract.parsed import ParsedArticle

_OPEN, _CLOSE = frozenset(("“", '"', "‘", "``", "«")), frozenset(("”", '"', "’", "''", "»"))
_MAX_NICKNAME = 3
_AND = frozenset(("and", "&"))
_SINGULAR = frozenset(("was", "is", "has"))
_REACH = 5
_FORMS = frozenset(
    (
        "Corporation",
        "Corp",
        "Corp.",
        "Inc",
        "Inc.",
        "Ltd",
        "Ltd.",
        "Limited",
        "Company",
        "Co.",
        "plc",
        "PLC",
        "LLC",
        "GmbH",
        "Holdings",
        "Agency",
        "Foundation",
    )
)
"""Words that end a body's name and may stand outside what a list or the model knows of it."""
_BODIES = frozenset(("organization", "company", "media", "government", "military", "armed_group", "igo"))


def nicknamed(parsed: ParsedArticle, capitals: list[bool]) -> Iterator[ActorSpan]:
    """People with a nickname in marks within their names: Wilson “Lanmò” Desrosiers."""
    doc = parsed.doc
    for token in parsed.written(_OPEN.__contains__, first=1, behind=2):
        if not is_name_token(parsed, token.i - 1, capitals):
            continue
        close = next(
            (t.i for t in doc[token.i + 2 : token.i + 2 + _MAX_NICKNAME] if t.text in _CLOSE), len(doc)
        )
        if close + 1 >= len(doc) or not doc[token.i + 1].text[0].isupper():
            continue
        start, end = token.i - 1, close + 1
        while end < len(doc) and is_name_token(parsed, end, capitals) and not doc[end].is_sent_start:
            end += 1
        while start and is_name_token(parsed, start - 1, capitals) and not doc[start].is_sent_start:
            start -= 1
        while bare(doc[start].text) in role_heads() or bare(doc[start].text) in honorifics():
            start += 1
        if end > close + 1 and start < token.i:
            yield make_name(parsed, start, end, "person", certain=True)


def founders(parsed: ParsedArticle, capitals: list[bool]) -> Iterator[ActorSpan]:
    """Companies named after two people ("Marks and Spencer, the retailer,"), where what follows is said of one."""
    doc, text, words = parsed.doc, parsed.flat, parsed.words
    ands = [token.i for token in parsed.written(_AND.__contains__, first=1, behind=2)]
    times = Counter(words) if ands else Counter[str]()
    pairs = Counter((words[i - 1], words[i + 1]) for i in ands)
    for i in ands:
        if not all(_is_surname(parsed, text, j, capitals) for j in (i - 1, i + 1)):
            continue
        wide = i > 1 and not doc[i - 1].is_sent_start and is_name_token(parsed, i - 2, capitals)
        if wide or is_name_token(parsed, i + 2, capitals):
            continue
        together = pairs[words[i - 1], words[i + 1]]
        apart = any(times[words[k]] > together for k in (i - 1, i + 1))  # "Larmo and Norland was bombed"
        one = not apart and (doc[i + 2].lower_ in _SINGULAR or doc[i + 2].tag_ == "VBZ")
        if one or _is_company(list(doc[i + 2 : i + 2 + _REACH])):
            yield make_name(parsed, i - 1, i + 2, "company", certain=True)


def _is_surname(parsed: ParsedArticle, text: str, i: int, capitals: list[bool]) -> bool:
    """Whether a word may be a founder's name: capitalised, no given name and no name that a list knows."""
    word = parsed.doc[i].text
    known = word in given_names() or word in name_words() or bare(word) in role_heads()
    return (
        is_name_token(parsed, i, capitals)
        and word.isalpha()
        and not word.isupper()
        and not known
        and lookup(text, parsed.starts[i]) is None
    )


def _is_company(behind: list[Token]) -> bool:
    """Whether an apposition in the singular calls a name a company: ", the retailer,"."""
    if not behind or behind[0].text != ",":
        return False
    for n, token in enumerate(behind[1:], 1):
        type_, _ = name_words().get(token.text.capitalize(), (None, None))
        trade = type_ == "company" or token.text.endswith(("maker", "retailer", "seller", "company", "firm"))
        if token.tag_ == "NN" and trade:
            return behind[1].lower_ in ("a", "an", "the")
        if token.tag_ not in ("DT", "JJ", "NN", "NNP", "HYPH") or n >= _REACH - 1:
            return False
    return False


def extend_bodies(parsed: ParsedArticle, spans: list[ActorSpan]) -> list[ActorSpan]:
    """The spans, with bodies' names up to their end: "Intel |Corporation", "Transport |for London"."""
    starts = {s.start: s for s in spans}
    lost: set[int] = set()
    for span in spans:
        if span.type not in _BODIES or span.kind != "name":
            continue
        rest = _behind_for(parsed, span, starts)
        if rest is not None:
            _lengthen(parsed, span, rest.end)
            if not rest.certain:
                lost.add(id(rest))
        elif span.end < len(parsed.doc) and span.end not in starts and parsed.doc[span.end].text in _FORMS:
            _lengthen(parsed, span, span.end + 1)
    return [s for s in spans if id(s) not in lost]


def _behind_for(parsed: ParsedArticle, span: ActorSpan, starts: dict[int, ActorSpan]) -> ActorSpan | None:
    """The name behind "for" that one word before it owns by the parse: "Parents for Green Schools"; None without one."""
    doc = parsed.doc
    rest = starts.get(span.end + 1)
    one = span.end - span.start == 1 and span.key is None
    if rest is None or not one or doc[span.end].lower_ != "for" or rest.kind != "name":
        return None
    return (
        rest if any(t.head.i == span.start and t.dep_ == "nmod" for t in doc[rest.start : rest.end]) else None
    )


def _lengthen(parsed: ParsedArticle, span: ActorSpan, end: int) -> None:
    span.end = end
    span.name = make_name(parsed, span.start, end, span.type).name
