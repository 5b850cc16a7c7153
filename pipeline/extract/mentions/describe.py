"""Roles, countries, bodies and genders of an article's people, from the words around their names."""

from dataclasses import dataclass, field

from pipeline.extract.mentions.gazetteer import fold
from pipeline.extract.mentions.guesses import is_joint
from pipeline.extract.mentions.persons import Description, describe
from pipeline.extract.mentions.resolve import Registry
from pipeline.extract.mentions.span import ActorSpan
from pipeline.extract.parsed import ParsedArticle


@dataclass(slots=True)
class People:
    """What is told of people, by the occurrence of the name that it stands beside."""

    genders: dict[int, str] = field(default_factory=dict)
    told: list[tuple[ActorSpan, Description]] = field(default_factory=list)
    country_nouns: dict[int, str | None] = field(default_factory=dict)

    def apply(self, registry: Registry) -> None:
        """Write roles and countries into the actors; the first role told stays, a later one fills what is missing."""
        for span, told in self.told:
            actor = span.actor
            if actor is None or actor.type != "person":
                continue
            if told.role and (
                actor.role is None
                or (len(told.role.split()) > len(actor.role.split()) and told.role.endswith(actor.role))
            ):
                actor.role = told.role
            actor.sector = actor.sector or told.sector
            actor.seat = actor.seat or told.seat
            if told.body is not None and told.body.actor is not None:
                if actor.heads is None and told.role == actor.role and not told.former:
                    actor.heads = identity_of(told.body)
                actor.belongs(told.country, told.basis)
                actor.belongs(told.body.actor.country, "office")
                if actor.sector in (None, "GOV") and told.body.actor.sector:
                    actor.sector = told.body.actor.sector
            actor.belongs(told.country, told.basis)
            if told.country_noun is not None:
                actor.belongs(self.country_nouns.get(told.country_noun), "told")

    def abroad(self) -> set[int]:
        """Ids of the people who act for a body of several countries ("the UN's envoy")."""
        told_of = [(span.actor, told) for span, told in self.told if told.country is None]
        bodies = [(actor, told.body) for actor, told in told_of]
        return {id(actor) for actor, told in told_of if actor is not None and told.joint} | {
            id(actor)
            for actor, body in bodies
            if actor is not None
            and body is not None
            and body.actor is not None
            and (
                body.actor.type == "igo"
                or (body.key or "").startswith("body:")
                or is_joint(body.actor.type, body.name)
            )
            and body.actor.country is None
        }


def identity_of(body: ActorSpan) -> str:
    """What tells a body from others of its article: its key, else its name, folded."""
    return body.key or fold(body.name)


def describe_people(parsed: ParsedArticle, spans: list[ActorSpan]) -> People:
    """Read the words around every person's name."""
    owner: dict[int, ActorSpan] = {}
    for span in spans:
        for i in range(span.start, span.end):
            owner.setdefault(i, span)
    people = People()
    last: tuple[int, str] | None = None
    for span in spans:
        if span.type != "person" or span.kind != "name":
            continue
        here = parsed.sentence_of(parsed.doc[span.start]).position
        for told in describe(parsed, span, owner):
            if (
                told.role and told.role.split()[-1] == "counterpart"
            ):  # holds the office of whoever was named before
                told.role = last[1] if last is not None and last[0] == here else None
            elif told.role:
                last = (here, told.role)
            people.told.append((span, told))
            if told.gender:
                people.genders.setdefault(span.start, told.gender)
            if told.country_noun is not None:
                people.country_nouns[told.country_noun] = last_country(parsed, told.country_noun, spans)
    return people


def last_country(parsed: ParsedArticle, token: int, spans: list[ActorSpan]) -> str | None:
    """The country that "the country" means: the sentence's subject where that is one, else the last one named before."""
    sentence = parsed.sentence_of(parsed.doc[token])
    last = None
    for span in spans:
        if span.start >= token:
            break
        if span.key and span.key.startswith("country:"):
            if sentence.span.start <= span.start and parsed.doc[span.end - 1].dep_.startswith("nsubj"):
                return span.country
            last = span.country
    return last
