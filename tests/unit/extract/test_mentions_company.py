"""Whom a person or body stands beside, as evidence for a country, and how a choice among countries is weighed and learned."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import weighed
from pipeline.extract.mentions.company import Company
from pipeline.extract.mentions.guesses import likelihoods
from pipeline.extract.mentions.train import fit_choice
from pipeline.extract.parsed import ParsedArticle

Parsed = Callable[[str], ParsedArticle]


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Peruvian President Ana Quispe's son, Hernan, was arrested on Monday.", "Hernan", "person kin"),
        ("The Peruvian president Ana Quispe met her brother Hernan in Lima.", "Hernan", "person behind"),
        ("Peruvian President Ana Quispe left. Hernan Quispe stayed.", "Hernan Quispe", "person surname"),
    ],
)
def test_who_is_told_to_be_of_a_country_speaks_for_those_beside(
    parsed: Parsed, text: str, name: str, told: str
) -> None:
    article = parsed(text)
    _, actors, _ = weighed(article)
    known = [a for a in actors if a.country and a.basis not in (None, "guessed") and a.type != "country"]
    asked = next(a for a in actors if any(s.name == name for s in a.spans))
    found = Company(article, [a for a in known if a is not asked]).of(asked, ["PER", "CHL"])
    assert found["PER"][told] > 0
    assert found["CHL"][f"{told} of another"] > 0


def test_countries_and_none_share_what_is_likely() -> None:
    alike = {"PER": {"no such feature": 1.0}, "CHL": {"no such feature": 1.0}}
    assert likelihoods(alike) == pytest.approx({"PER": 1 / 3, "CHL": 1 / 3})
    assert likelihoods({}) == {}


def test_a_choice_learns_what_tells_the_right_country_from_the_others() -> None:
    named = [[({"near": 1.0}, True), ({"far": 1.0}, False)] for _ in range(40)]
    nobody = [[({"far": 1.0}, False)] for _ in range(40)]
    weights = fit_choice([*named, *nobody, []], penalty=1.0)
    assert weights["near"] > 1 > -1 > weights["far"]
