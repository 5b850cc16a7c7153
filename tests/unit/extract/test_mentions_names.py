"""Which names, bodies and people a text holds, of what type and country."""

from collections.abc import Callable

import pytest

from pipeline.extract.mentions import extract_mentions
from pipeline.extract.mentions.evidence import acronyms, evidence
from pipeline.extract.mentions.gazetteer import countries
from pipeline.extract.mentions.sources import make_name
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Entity, Mention

Parsed = Callable[..., ParsedArticle]


def actor_of(parsed: Parsed, text: str, words: str, nth: int = 0) -> Entity | None:
    """The actor of the nth mention that consists of exactly these words; None for a place."""
    mentions, entities = extract_mentions(parsed(text))
    found = [m for m in mentions if m.text == words]
    assert len(found) > nth, [m.text for m in mentions]
    return next((e for e in entities if e.entity_id == found[nth].actor_id), None)


def mention(parsed: Parsed, text: str, words: str) -> Mention:
    mentions, _ = extract_mentions(parsed(text))
    return next(m for m in mentions if m.text == words)


def test_names_of_one_country_are_one_actor(parsed: Parsed) -> None:
    text = "The US and Peru signed a deal. American firms gain from it, the United States said. Officials in the U.S. agreed."
    ids = {actor_of(parsed, text, w).entity_id for w in ("US", "American", "United States", "U.S.")}  # type: ignore[union-attr]
    assert len(ids) == 1
    assert actor_of(parsed, text, "US").country == "USA"  # type: ignore[union-attr]


def test_a_demonym_is_a_people_and_stands_for_its_country(parsed: Parsed) -> None:
    row = mention(parsed, "Peruvian fishermen protested.", "Peruvian")
    assert (row.mention_kind, row.entity_type, row.country) == ("demonym", "group", "PER")


def test_money_is_no_country(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("The repair cost US$20,000 in all."))
    assert [m.text for m in mentions] == []


@pytest.mark.parametrize(
    ("text", "words", "type_", "country"),
    [
        ("The Peruvian government resigned.", "Peruvian government", "government", "PER"),
        ("Peru's government resigned.", "Peru's government", "government", "PER"),
        ("The government of Peru resigned.", "government of Peru", "government", "PER"),
        ("The Kenyan army attacked the camp.", "Kenyan army", "military", "KEN"),
        (
            "Kenyan special operations forces attacked the camp.",
            "Kenyan special operations forces",
            "military",
            "KEN",
        ),
        ("Syrian rebel forces attacked the camp.", "Syrian rebel forces", "armed_group", "SYR"),
        ("The Chilean foreign ministry denied it.", "Chilean foreign ministry", "government", "CHL"),
        ("Officials said that police in Nairobi made arrests.", "police in Nairobi", "government", "KEN"),
        (
            "The Bank of Norway and the University of Oslo agreed.",
            "University of Oslo",
            "organization",
            "NOR",
        ),
        ("NATO said so.", "NATO", "igo", None),
        ("The Reuters news agency said so.", "Reuters", "media", "GBR"),
        ("Ana Duro teaches at Johns Hopkins University.", "Johns Hopkins University", "organization", "USA"),
        ("The Baltimore Sun said so.", "Baltimore Sun", "media", "USA"),
        ("The Crown Prosecution Service charged her.", "Crown Prosecution Service", "government", "GBR"),
        ("Cathay Pacific cut flights.", "Cathay Pacific", "company", "HKG"),
    ],
)
def test_bodies(parsed: Parsed, text: str, words: str, type_: str, country: str | None) -> None:
    actor = actor_of(parsed, text, words)
    assert actor is not None
    assert (actor.actor_type, actor.country) == (type_, country)


@pytest.mark.parametrize("who", ["President Ana Quispe", "Quispe", "Prime Minister Ana Quispe"])
def test_a_government_told_by_its_head_is_not_its_head(parsed: Parsed, who: str) -> None:
    text = f"Ana Quispe spoke on Monday in Peru. The government of {who} asked for talks."
    leader, body = actor_of(parsed, text, "Ana Quispe"), actor_of(parsed, text, f"government of {who}")
    assert leader is not None and body is not None
    assert (leader.actor_type, body.actor_type) == ("person", "government")


def test_a_government_by_its_leader_is_the_government_of_the_country(parsed: Parsed) -> None:
    text = "Peruvian President Ana Quispe spoke on Monday. The Quispe administration wants talks. The Peruvian government has time."
    leader, body = actor_of(parsed, text, "Ana Quispe"), actor_of(parsed, text, "Quispe administration")
    assert leader is not None and body is not None
    assert body.entity_id != leader.entity_id
    assert body.identity == "government:PER"
    assert body.entity_id == actor_of(parsed, text, "Peruvian government").entity_id  # type: ignore[union-attr]


def test_members_stand_for_their_body(parsed: Parsed) -> None:
    text = "Hamas fighters left the town. Hamas confirmed it."
    assert actor_of(parsed, text, "Hamas fighters") == actor_of(parsed, text, "Hamas", 1)


@pytest.mark.parametrize("verb", ["accused", "urged"])
def test_a_capital_that_acts_is_its_country(parsed: Parsed, verb: str) -> None:
    text = f"Lima {verb} Quito to act."
    assert actor_of(parsed, text, "Lima").identity == "country:PER"  # type: ignore[union-attr]


def test_a_capital_that_locates_is_a_place_on_the_map(parsed: Parsed) -> None:
    row = mention(parsed, "The ministers met in Lima on Monday.", "Lima")
    assert (row.entity_type, row.actor_id, row.country) == ("place", None, "PER")
    assert row.latitude == pytest.approx(-12.04, abs=0.1)
    assert row.longitude == pytest.approx(-77.03, abs=0.1)


def test_a_city_lies_in_the_country_that_the_article_is_about(parsed: Parsed) -> None:
    assert mention(parsed, "Lebanese troops entered Tripoli, Lebanon said.", "Tripoli").country == "LBN"


def test_jobs_and_titles_announce_people(parsed: Parsed) -> None:
    text = "He met journalist Ximo Berasategui, Mr Ndlovu and Secretary of State Tove Lindqvist."
    for name in ("Ximo Berasategui", "Ndlovu", "Tove Lindqvist"):
        assert mention(parsed, text, name).entity_type == "person"


def test_wars_treaties_and_ships_are_no_actors(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(
        parsed("The USS Nimitz took part in Operation Desert Wind after the Treaty of Lisbon.")
    )
    assert not [m for m in mentions if m.actor_id]


@pytest.mark.parametrize(
    "text", ["", "\n", "'s", "Mr", "The", "of the government of", "(UN)", "“US” ’s ‘", "Mr. Mr. President"]
)
def test_any_text_is_read(parsed: Parsed, text: str) -> None:
    article = parsed(text)
    mentions, entities = extract_mentions(article)
    assert {m.actor_id for m in mentions if m.actor_id} == {e.entity_id for e in entities}
    assert all(article.article.text[m.start : m.end] == m.text for m in mentions)


def test_without_a_model_the_lists_still_find_names(tokenized: Parsed) -> None:
    _, entities = extract_mentions(tokenized("Venezuela and the United Nations met Iranian envoys. " * 50))
    assert {e.identity for e in entities} == {"country:VEN", "body:United Nations", "country:IRN"}


def test_ethnic_peoples_are_not_their_country(parsed: Parsed) -> None:
    actor = actor_of(parsed, "Police said that ethnic Albanians marched.", "Albanians")
    assert actor is not None
    assert (actor.actor_type, actor.country) == ("group", None)


def test_a_bare_cabinet_belongs_to_its_owner_s_country(parsed: Parsed) -> None:
    assert actor_of(parsed, "Israel's Cabinet met on Sunday.", "Israel's Cabinet").country == "ISR"  # type: ignore[union-attr]


def test_a_state_of_the_usa_is_no_city_elsewhere(parsed: Parsed) -> None:
    assert mention(parsed, "U.S. voters in Florida went to the polls.", "Florida").country == "USA"


def test_abbreviated_offices_are_read_in_full(parsed: Parsed) -> None:
    assert actor_of(parsed, "Sen. Jane Doakes spoke on Monday.", "Jane Doakes").role == "senator"  # type: ignore[union-attr]


def test_a_region_has_no_point_on_the_map(parsed: Parsed) -> None:
    assert mention(parsed, "Trade grew in Asia last year.", "Asia").latitude is None


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Members of Zolvane met in Lima.", "organization"),
        ("Zolvane's spokesman denied it.", "organization"),
        ("Two Zolvane executives resigned.", "organization"),
        ("The exhibit at TQRS was opened.", "organization"),
        ("TOGETHER WITH TQRS NOW", None),
        ("They met in Zolvane.", "place"),
        ("Critics of Zolvanism spoke.", "thing"),
        ("They thanked Zolvane, who smiled.", "person"),
        ("They arrested Zolvane, 45, at dawn.", "person"),
        ("Zolvane's wife spoke.", "person"),
        ("Zolvane, the head of the union, spoke.", "person"),
        ("Zolvane, a town in the hills, was flooded.", "place"),
        ("Zolvane, a charity in Lima, gave them food.", "organization"),
        ("Zolvane is a lawyer.", "person"),
        ("Zolvane said on Monday that he would resign.", "person"),
        ("Zolvane lost the minister his post.", None),
        ("Fires broke out across the city of Zolvane.", "place"),
        ("Chicago executives fled.", None),
    ],
)
def test_neighbours_and_form_tell_the_type_of_an_unknown_name(
    parsed: Parsed, text: str, type_: str | None
) -> None:
    article = parsed(text)
    place = next(
        i for i, t in enumerate(article.doc) if t.text in ("Zolvane", "TQRS", "Zolvanism", "Chicago")
    )
    votes = dict(evidence(article, make_name(article, place, place + 1, "place")))
    assert max(votes, key=lambda t: votes[t], default=None) == type_


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("The Velmont Democrats lost the vote.", "Velmont Democrats", "party"),
        ("The Harlow School District closed its schools.", "Harlow School District", "organization"),
        ("Lawmakers of Movimiento Nuevo left the hall.", "Movimiento Nuevo", "party"),
    ],
)
def test_words_of_bodies_in_other_languages_and_in_the_plural(
    parsed: Parsed, text: str, words: str, type_: str
) -> None:
    assert mention(parsed, text, words).entity_type == type_


@pytest.mark.parametrize("text", ["They met Ana Ruiz of TQRS.", "They met TQRS's Ana Ruiz."])
def test_initials_next_to_a_person_are_a_body(parsed: Parsed, text: str) -> None:
    article = parsed(text)
    at = {t.text: i for i, t in enumerate(article.doc)}
    person = make_name(article, at["Ana"], at["Ruiz"] + 1, "person")
    found = acronyms(article, [False] * len(article.doc), [person])
    assert [(s.name, s.type) for s in found] == [("TQRS", "organization")]
    assert acronyms(article, [True] * len(article.doc), [person]) == []


def test_what_stands_around_one_mention_types_the_others(parsed: Parsed) -> None:
    text = (
        "They went to Zolvane. Members of Zolvane and two Zolvane executives were there. Few liked Zolvane."
    )
    rows = [m for m in extract_mentions(parsed(text))[0] if m.text == "Zolvane"]
    assert {m.entity_type for m in rows} == {"company"}  # that has executives


def test_a_country_bears_its_name_of_today() -> None:
    names = countries()
    assert [names[code] for code in ("DEU", "KHM", "ZWE", "SWZ")] == [
        "Germany",
        "Cambodia",
        "Zimbabwe",
        "Eswatini",
    ]


def test_a_title_leads_to_the_whole_name_behind_a_particle(parsed: Parsed) -> None:
    row = mention(parsed, "General Mohamed Farah al-Dini spoke in Cairo.", "Mohamed Farah al-Dini")
    assert row.entity_type == "person"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hurricane Olga killed two sailors off the coast on Friday.", "Hurricane Olga"),
        ("May God help the village, the priest said.", "God"),
        ("The Marvo virus reached the port on Friday. Doctors feared Marvo.", "Marvo"),
    ],
)
def test_storms_diseases_and_gods_are_no_actors(parsed: Parsed, text: str, words: str) -> None:
    rows = extract_mentions(parsed(text))[0]
    assert not [m.text for m in rows if words.split()[-1] in m.text]


def test_a_creed_is_no_person(parsed: Parsed) -> None:
    rows = extract_mentions(parsed("Gunmen shot a Roman Catholic nun at the hospital."))[0]
    assert "person" not in {m.entity_type for m in rows if "Catholic" in m.text}


def test_prime_ministers_of_a_country_are_no_ministers_of_it(parsed: Parsed) -> None:
    rows = extract_mentions(parsed("The guests included the prime ministers of Belgium and Fiji."))[0]
    assert not [m.text for m in rows if m.text.startswith("ministers")]


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        (
            "Aides left. Ruiz's campaign said that Ana Ruiz would not go on.",
            "Ruiz's campaign",
            "organization",
        ),
        ("Ana Ruiz won. The Ruiz campaign thanked her voters.", "Ruiz campaign", "organization"),
        ("Ana Ruiz was freed. Ruiz's defence lawyers praised the judge.", "Ruiz's defence lawyers", "group"),
    ],
)
def test_who_works_for_a_person_is_an_actor_of_its_own(
    parsed: Parsed, text: str, words: str, type_: str
) -> None:
    actor = actor_of(parsed, text, words)
    assert actor is not None
    assert actor.actor_type == type_
    assert actor.name == words


def test_members_make_a_conference_a_body(parsed: Parsed) -> None:
    text = "The National Conference of County Mayors said that it would sue."
    assert mention(parsed, text, "National Conference of County Mayors").entity_type == "organization"
    mentions, _ = extract_mentions(parsed("The Munich Security Conference of 2019 began."))
    assert not [m for m in mentions if m.entity_type == "organization"]


def test_a_military_government_is_a_government(parsed: Parsed) -> None:
    text = "Burma's military government freed monks. Burma's military officials were silent."
    assert mention(parsed, text, "Burma's military government").entity_type == "government"
    assert mention(parsed, text, "Burma's military officials").entity_type == "military"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The United Nations Secretary-General Kofi Annan spoke.", {"United Nations", "Kofi Annan"}),
        ("Delegates met Secretary-General Kofi Annan.", {"Kofi Annan"}),
        (
            "The head of Amnesty International Lena Brandt spoke.",
            {"Amnesty International", "Lena Brandt"},
        ),
    ],
)
def test_an_office_and_a_body_end_before_a_person(parsed: Parsed, text: str, names: set[str]) -> None:
    mentions, _ = extract_mentions(parsed(text))
    assert {m.text for m in mentions if m.mention_kind == "name"} == names


def test_rights_groups_are_organizations(parsed: Parsed) -> None:
    text = "Local rights groups condemned the raid."
    assert mention(parsed, text, "Local rights groups").entity_type == "organization"


def test_leaders_of_the_world_are_no_countrys_government(parsed: Parsed) -> None:
    text = "The Kenyan government met on Monday. World leaders praised it, and other leaders called."
    for words in ("World leaders", "other leaders"):
        actor = actor_of(parsed, text, words)
        assert actor is not None
        assert (actor.actor_type, actor.country) == ("group", None)


def test_rebel_forces_are_no_countrys_military(parsed: Parsed) -> None:
    text = "The Kenyan army fled. Rebel forces took the town."
    actor = actor_of(parsed, text, "Rebel forces")
    assert actor is not None
    assert actor.actor_type == "armed_group"


def test_a_party_within_a_longer_name_is_no_actor(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("The Independent Democrat Union of Chile voted against it."))
    assert not [m for m in mentions if m.text == "Democrat"]
    assert not [m for m in mentions if m.country == "USA"]


def test_initials_of_a_law_are_no_body(parsed: Parsed) -> None:
    mentions, _ = extract_mentions(parsed("The Clean Rivers Act (CRA) was passed. The CRA bans dumping."))
    assert not [m for m in mentions if m.text == "CRA"]


def test_a_council_of_a_faith_is_an_organization(parsed: Parsed) -> None:
    text = "The Muslim Council of Britain condemned it."
    assert mention(parsed, text, "Muslim Council of Britain").entity_type == "organization"


def test_a_portfolio_is_no_part_of_a_name(parsed: Parsed) -> None:
    text = "The Brazilian Minister of External Relations Celia Duarte spoke."
    assert mention(parsed, text, "Celia Duarte").entity_type == "person"


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("The Russian oil giant Velkos said it would sue.", "Velkos", "company"),
        ("The British regulator Ofwell fined two firms.", "Ofwell", "government"),
    ],
)
def test_what_a_noun_before_a_name_makes_of_it(parsed: Parsed, text: str, words: str, type_: str) -> None:
    actor = actor_of(parsed, text, words)
    assert actor is not None and actor.actor_type == type_


def test_a_legal_form_behind_a_comma_ends_a_companys_name(parsed: Parsed) -> None:
    _, actors = extract_mentions(parsed("Zorvak Pumps, Inc. of Ohio said that it would pay on Monday."))
    assert {a.name: a.actor_type for a in actors}["Zorvak Pumps, Inc."] == "company"


def test_what_an_office_is_for_is_no_name(parsed: Parsed) -> None:
    text = "China's Health Minister Gao Lin met Grand Ayatollah Reza Amini. An ambush killed China's Health Minister Gao Lin."
    mentions, _ = extract_mentions(parsed(text))
    assert not {m.text for m in mentions} & {"Health", "Grand"}
