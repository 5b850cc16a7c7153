"""Look-up from characters and tokens to the mentions over them, for the modules that read mentions."""

from collections import defaultdict
from collections.abc import Iterable

from spacy.tokens import Span, Token

from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention


class MentionIndex:
    """The mentions of one article by place, and their actors. Each look-up takes constant time."""

    def __init__(
        self, parsed: ParsedArticle, mentions: Iterable[Mention], entities: Iterable[Entity] = ()
    ) -> None:
        """Place each mention on its tokens."""
        self._parsed = parsed
        self._entities = {e.entity_id: e for e in entities}
        self._at: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            token = parsed.token_at(mention.start)
            while token is not None and parsed.start(token) < mention.end:
                self._at[token.i].append(mention)
                token = parsed.doc[token.i + 1] if token.i + 1 < len(parsed.doc) else None
        for found in self._at.values():
            found.sort(key=lambda m: m.start - m.end)

    def over(self, token: Token) -> list[Mention]:
        """Every mention that covers a token, the longest first."""
        return self._at.get(token.i, [])

    def at(self, token: Token) -> Mention | None:
        """The longest mention that covers a token ("Venezuelan government", not "Venezuelan")."""
        return next(iter(self.over(token)), None)

    def at_char(self, char: int) -> Mention | None:
        """The longest mention that covers a character."""
        token = self._parsed.token_at(char)
        return self.at(token) if token is not None and self._parsed.start(token) <= char else None

    def headed_by(self, token: Token) -> Mention | None:
        """The longest mention whose last word or syntactic head a token is: the actor where the token is an argument.

        "government" of "Venezuelan government" finds the government; "tankers" of "Venezuelan tankers" finds nothing.
        """
        end = self._parsed.end(token)
        for mention in self.over(token):
            if mention.end == end or token.head.i == token.i or not self._covers(mention, token.head):
                return mention
        return None

    def within(self, span: Span) -> list[Mention]:
        """The mentions that start within a span of tokens, in order of the text, longer ones before those within them."""
        found = {
            id(m): m for token in span for m in self.over(token) if m.start >= self._parsed.start(span[0])
        }
        return sorted(found.values(), key=lambda m: (m.start, -m.end))

    def entity(self, mention: Mention | None) -> Entity | None:
        """The actor of a mention; None for a place that only locates."""
        return self._entities.get(mention.actor_id) if mention is not None and mention.actor_id else None

    def _covers(self, mention: Mention, token: Token) -> bool:
        return mention.start <= self._parsed.start(token) and self._parsed.end(token) <= mention.end
