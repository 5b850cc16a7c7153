"""What kind of body a name is that no list knows."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.kinds import TYPES, is_undecided, kind_of, name_features
from pipeline.extract.mentions.signs import callings, hints
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
    learned = fit_kinds(rows, ["media"] * 8 + ["company"] * 8, [1.0] * 16)
    media, company = TYPES.index("media"), TYPES.index("company")
    assert learned["last herald"][media] > learned["last herald"][company]
    assert learned["last steel"][company] > learned["last steel"][media]


def _of(article: ParsedArticle, name: str) -> ActorSpan:
    """The first occurrence of a name of one or two words."""
    words = name.split()
    i = next(t.i for t in article.doc if [w.text for w in article.doc[t.i : t.i + len(words)]] == words)
    return ActorSpan(i, i + len(words), "name", "organization", name)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The broadcaster Zorvak said the vote was off.", "Zorvak", "media"),
        ("Zorvak, a Larmo-based think tank, praised the plan.", "Zorvak", "organization"),
        ("Zorvak is the largest brewer in the north.", "Zorvak", "company"),
        ("The country's main opposition party, Zorvak Droa, left the talks.", "Zorvak Droa", "party"),
        ("Readers of the Zorvak newspaper complained.", "Zorvak", "media"),
        ("Banks such as Zorvak and Droa raised their rates.", "Droa", "company"),
    ],
)
def test_what_the_article_calls_a_body_is_its_kind(parsed: Parsed, text: str, name: str, kind: str) -> None:
    article = parsed(text)
    assert kind in set(callings(article, _of(article, name)))


def test_a_government_called_by_a_name_is_not_that_name(parsed: Parsed) -> None:
    article = parsed("The Roe administration fined the bank.")
    person = ActorSpan(1, 2, "name", "person", "Roe")
    assert not list(callings(article, person))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Zorvak shares fell by a tenth.", "Zorvak", "company"),
        ("The bus was operated by Zorvak.", "Zorvak", "company"),
        ("Zorvak, which makes tyres, closed a plant.", "Zorvak", "company"),
        ("The minister told Zorvak that the road was safe.", "Zorvak", "media"),
        ("An editor of Zorvak was held.", "Zorvak", "media"),
        ("Fighters of Zorvak took the town.", "Zorvak", "armed_group"),
    ],
)
def test_what_a_body_has_and_does_hints_at_its_kind(parsed: Parsed, text: str, name: str, kind: str) -> None:
    article = parsed(text)
    assert kind in {k for _, k in hints(article, _of(article, name))}


def test_the_words_of_a_name_tell_its_kind() -> None:
    told = name_features("Institute of Larmo Steel")
    assert (told["ends company"], told["heads organization"], told["begins organization"]) == (1, 1, 1)
    assert name_features("Zorvak")["words 1"] == 1


def test_an_unknown_body_is_what_the_article_calls_it(parsed: Parsed) -> None:
    _, actors = extract_mentions(
        parsed("A lawyer told Zorvak on Monday. Zorvak, a radio station, is in Peru.")
    )
    assert {a.name: a.actor_type for a in actors}["Zorvak"] == "media"
