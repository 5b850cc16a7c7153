"""Names of people that the language model cut or took a title into: mended once their types are settled."""

from pipeline.extract.mentions.sources import make_name
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.mentions.words import (
    bare,
    given_names,
    honorifics,
    is_capitalised,
    name_words,
    ranks,
    role_heads,
)
from pipeline.extract.parsed import ParsedArticle


def mend_people(parsed: ParsedArticle, spans: list[ActorSpan], capitals: list[bool]) -> list[ActorSpan]:
    """The spans, with people's names without their titles and halves that stand side by side made one."""
    people = {s.start: s for s in spans if s.type == "person" and s.kind == "name"}
    lost: set[int] = set()
    for span in people.values():
        _untitle(parsed, span)
        rest = people.get(span.end)
        if rest is not None and _is_rest(parsed, span, rest) and not capitals[span.start]:
            lost.add(id(rest))
            span.end = rest.end
            span.name = make_name(parsed, span.start, span.end, "person").name
    return [s for s in spans if id(s) not in lost]


def _untitle(parsed: ParsedArticle, span: ActorSpan) -> None:
    """Leave out a rank or title before a name that the model took for something else's ("Captain Roe")."""
    start = span.start
    while span.end - start > 1 and _is_title(parsed.doc[start].text):
        start += 1
    if start != span.start and is_capitalised(parsed.doc[start].text):
        span.start = start
        span.name = make_name(parsed, start, span.end, "person").name


def _is_title(text: str) -> bool:
    word = bare(text)
    military = word in role_heads() and role_heads()[word][0] == "MIL"
    return text not in given_names() and (word in honorifics() or word in ranks() or military)


def _is_rest(parsed: ParsedArticle, span: ActorSpan, rest: ActorSpan) -> bool:
    """Whether the one word behind a person's given names is the end of that name ("Omar Said| Haddad")."""
    doc = parsed.doc
    two = span.end - span.start == 2 and rest.end - rest.start == 1
    alone = not (span.certain and rest.certain) and not doc[rest.start].is_sent_start
    word = doc[rest.start].text
    return two and alone and word not in name_words() and not _is_title(word)
