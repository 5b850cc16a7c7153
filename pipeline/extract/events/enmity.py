"""Who fights whom in an article: the enemy is understood where an attack names only what was hit.

"Rebels retook the town" was done to those whom the rebels fight, if the article tells so of one enemy and no other.
"""

from collections import Counter

from pipeline.extract.events.cast import Cast

STATES = frozenset({"country", "government", "military"})


class Enmity:
    """Counts who attacked whom, either way round."""

    def __init__(self, cast: Cast) -> None:
        """Start at peace."""
        self.cast = cast
        self.counts: dict[str, Counter[str]] = {}
        self.fights: list[frozenset[str]] = []
        self.names: dict[str, Counter[str]] = {}

    def note(self, by: list[str], to: list[str]) -> None:
        """Remember an attack by some on others; of a clash, where all stand in `by`, those of different sides."""
        pairs = [(a, b) for a in by for b in to] or [(a, b) for n, a in enumerate(by) for b in by[n + 1 :]]
        for a, b in pairs:
            mine, theirs = self.side(a), self.side(b)
            if mine is None or theirs is None or mine == theirs:
                continue
            self.fights.append(frozenset({mine, theirs}))
            for x, y, name in ((mine, theirs, b), (theirs, mine, a)):
                self.counts.setdefault(x, Counter())[y] += 1
                self.names.setdefault(y, Counter())[name] += 1

    def side(self, actor: str) -> str | None:
        """The state, or the group that fights for itself; none for persons and places."""
        entity = self.cast.entities.get(actor)
        if entity is None:
            return None
        if entity.actor_type == "armed_group":
            return entity.entity_id
        return entity.country if entity.actor_type in STATES else None

    def enemy(self, actor: str) -> str | None:
        """The one enemy of an actor's side, by the name that the article uses most; none where there are several.

        Of an ally who is new to the fight it is the one whom all others fight.
        """
        mine = self.side(actor)
        found = set(self.counts.get(mine or "", ()))
        if not found and len(self.fights) > 1:
            found = set(frozenset.intersection(*self.fights)) - {mine}
        if len(found) != 1:
            return None
        (theirs,) = found
        return min(self.names[theirs].items(), key=lambda x: (-x[1], x[0]))[0]
