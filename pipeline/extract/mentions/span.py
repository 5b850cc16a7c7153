"""What the steps of reading actors pass on: an occurrence of an actor in the tokens, and the actor."""

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Actor:
    """An actor within one article, as far as it is known while the article is read."""

    type: str
    key: str | None = None
    """An identity that holds across articles (`country:VEN`, `body:NATO`, `government:VEN`); None for a mere name."""
    country: str | None = None
    basis: str | None = None
    """How the country is known: told, demonym, seat, office or guessed."""
    sector: str | None = None
    role: str | None = None
    seat: str | None = None
    """The place within a country that a person's office is of ("ohio")."""
    heads: str | None = None
    """Identity or name of the body that a person's office is of ("Labour")."""
    abroad: bool = False
    """Acts for a body of several countries."""
    gender: str | None = None
    """m, f or None; for persons."""
    plural: bool = False
    spans: list["ActorSpan"] = field(default_factory=list)

    def belongs(self, country: str | None, basis: str | None) -> None:
        """Give the actor a country where it has none."""
        if country and not self.country:
            self.country, self.basis = country, basis


@dataclass(slots=True, eq=False)
class ActorSpan:
    """An occurrence: tokens `start` to `end` (exclusive), how it names its actor, and what it tells about it."""

    start: int
    end: int
    kind: str
    """name, demonym, title, noun or pronoun."""
    type: str
    name: str
    """The words as they name the actor: no titles, no possessive, blank space folded."""
    key: str | None = None
    country: str | None = None
    sector: str | None = None
    head: str | None = None
    """Lower-case head noun of a body ("government", "army")."""
    actor: Actor | None = None
    member_of: "ActorSpan | None" = None
    """The name within it whose actor it means ("Hamas" in "Hamas fighters")."""
    alias_of: "ActorSpan | None" = None
    """The name before it that it is said to stand for ("Hemedti" in "Dagalo, known as Hemedti")."""
    plural: bool = False
    """A noun for several people ("Venezuelans")."""
    within: str | None = None
    """Code of the state or province that stands behind a place's name ("Moscow, Idaho")."""
    basis: str | None = None
    """How the country is known where the name itself does not tell it."""
    certain: bool = False
    """A word list or a title says what it is, not only the language model."""


def basis_of(span: ActorSpan) -> str | None:
    """How an occurrence tells its country: by a list or its own words, a people's adjective, or the place that it is."""
    if span.country is None:
        return None
    return span.basis or ("demonym" if span.kind == "demonym" else "seat" if span.type == "place" else "told")


def contains(a: ActorSpan, b: ActorSpan) -> bool:
    """Whether `a` covers all of `b` and more."""
    return a.start <= b.start and b.end <= a.end and (a.end - a.start) > (b.end - b.start)
