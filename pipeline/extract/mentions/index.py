"""Look-up from tokens to the mentions over them, for the modules that read mentions."""

from collections.abc import Iterable

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Mention


def mentions_by_token(parsed: ParsedArticle, mentions: Iterable[Mention]) -> dict[int, Mention]:
    """Index of each token that a mention covers -> the longest such mention ("Venezuelan army", not "Venezuelan")."""
    found: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        token = parsed.token_at(mention.start)
        i = token.i if token is not None else len(parsed.starts)
        while i < len(parsed.starts) and parsed.starts[i] < mention.end:
            found.setdefault(i, mention)
            i += 1
    return found
