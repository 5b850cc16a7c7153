"""What kind of body a name is that no list knows."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.kinds import TYPES, is_undecided, kind_of
from pipeline.extract.mentions.span import Actor, ActorSpan
from pipeline.extract.mentions.train import fit_kinds
from pipeline.extract.parsed import ParsedArticle

Parsed = Callable[..., ParsedArticle]


@pytest.mark.parametrize(
    ("actor", "undecided"),
    [
        (Actor("organization"), True),
        (Actor("company", key="body:Velt"), False),
        (Actor("person"), False),
        (Actor("country", key="country:PER"), False),
    ],
)
def test_only_bodies_that_are_nothing_but_a_name_are_undecided(actor: Actor, undecided: bool) -> None:
    assert is_undecided(actor) is undecided


def test_people_and_listed_bodies_keep_their_type(parsed: Parsed) -> None:
    article = parsed("Ana Quispe met NATO.")
    person = Actor("person", spans=[ActorSpan(0, 2, "name", "person", "Ana Quispe")])
    listed = Actor("igo", key="body:NATO", spans=[ActorSpan(3, 4, "name", "igo", "NATO")])
    assert (kind_of(article, person), kind_of(article, listed)) == ("person", "igo")


def test_a_body_and_the_mentions_of_it_have_one_type(parsed: Parsed) -> None:
    mentions, actors = extract_mentions(
        parsed("Zorvak Steel cut 200 jobs on Monday. The Larmo Herald reported it, and Droa News did.")
    )
    types = {a.entity_id: a.actor_type for a in actors}
    named = [m for m in mentions if m.mention_kind == "name" and m.actor_id and m.entity_type in TYPES]
    assert named
    assert all(m.entity_type == types[m.actor_id or ""] for m in named)


def test_kinds_are_learned_from_what_tells_them_apart() -> None:
    rows = [{"bias": 1.0, f"last {word}": 1.0} for word in ("herald", "steel") for _ in range(8)]
    learned = fit_kinds(rows, ["media"] * 8 + ["company"] * 8)
    media, company = TYPES.index("media"), TYPES.index("company")
    assert learned["last herald"][media] > learned["last herald"][company]
    assert learned["last steel"][company] > learned["last steel"][media]
