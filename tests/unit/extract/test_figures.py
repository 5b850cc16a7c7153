from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract.dates import extract_dates
from pipeline.extract.figures import extract_figures
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure, Mention, Quote

Parse = Callable[..., ParsedArticle]


def read(article: ParsedArticle, quotes: list[Quote] | None = None) -> list[Figure]:
    return extract_figures(article, mentions=[], quotes=quotes or [], dates=extract_dates(article))


def only(article: ParsedArticle) -> Figure:
    (row,) = read(article)
    return row


@pytest.mark.parametrize(
    ("text", "span", "value", "comparator", "counted"),
    [
        ("Troops fired 12 shells at the village.", "12 shells", 12, "=", "shell"),
        ("At least 14 people were killed in the raid.", "At least 14 people", 14, ">=", "people"),
        (
            "More than 300 asylum seekers reached the shore.",
            "More than 300 asylum seekers",
            300,
            ">",
            "asylum seeker",
        ),
        ("Police arrested nearly two dozen protesters.", "nearly two dozen protesters", 24, "~", "protester"),
        ("Up to 5,000 homes were damaged.", "Up to 5,000 homes", 5000, "<=", "home"),
        ("Fewer than 40 lawmakers came.", "Fewer than 40 lawmakers", 40, "<", "lawmaker"),
        ("No fewer than six officers were hurt.", "No fewer than six officers", 6, ">=", "officer"),
        ("Thousands of migrants waited at the border.", "Thousands of migrants", 2000, ">=", "migrant"),
        (
            "Tens of thousands of workers went on strike.",
            "Tens of thousands of workers",
            20_000,
            ">=",
            "worker",
        ),
        ("The army has 1.2m soldiers.", "1.2m soldiers", 1.2e6, "=", "soldier"),
        ("Rebels hold three of the bridges.", "three of the bridges", 3, "=", "bridge"),
        ("One soldier was wounded.", "One soldier", 1, "=", "soldier"),
    ],
)
def test_counts(parsed: Parse, text: str, span: str, value: float, comparator: str, counted: str) -> None:
    row = only(parsed(text))
    assert (row.text, row.value, row.comparator, row.unit, row.counted) == (
        span,
        value,
        comparator,
        "count",
        counted,
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The ship was 30km from the coast.", 30, "kilometre"),
        ("The plot covers 12 square miles.", 12, "square mile"),
        ("It was -2°C at dawn.", -2, "celsius"),
        ("He is 5ft 11in tall.", 5 + 11 / 12, "foot"),
        ("The train reached 186 miles per hour.", 186, "mile per hour"),
        ("They flew 3.5 million tonnes of grain out.", 3.5e6, "tonne"),
        ("The talks took 18 hours.", 18, "hour"),
        ("It was a 20-year war.", 20, "year"),
        ("The jail term is three consecutive years.", 3, "year"),
        ("The boy is six years old.", 6, "year of age"),
        ("Anna Bergström, 44, disagrees.", 44, "year of age"),
        ("The budget is $1.2 trillion.", 1.2e12, "USD"),
        ("It cost £20m.", 2e7, "GBP"),
        ("It cost 300 million Swedish kronor.", 3e8, "SEK"),
        ("It cost A$5 million.", 5e6, "AUD"),
        ("It cost three dollars and fifty cents.", 3.5, "USD"),
        ("It cost 361 million pounds.", 3.61e8, "GBP"),
        ("Sales were 48.5 MSEK.", 4.85e7, "SEK"),
        ("Sales were hk $ 12 million.", 1.2e7, "HKD"),
        ("The bank lent Sfr2bn.", 2e9, "CHF"),
        ("The bank moved rates by a quarter of a percentage point.", 0.25, "percentage point"),
        ("She won the 400m hurdles.", 400, "metre"),
        ("It weighed 20 pounds.", 20, "pound"),
        ("Inflation was 12 per cent.", 12, "percent"),
        ("The bank moved rates by 25 basis points.", 25, "basis point"),
        ("A quarter of the seats went to women.", 0.25, "fraction"),
        ("One in five children went hungry.", 0.2, "fraction"),
    ],
)
def test_units(parsed: Parse, text: str, value: float, unit: str) -> None:
    row = only(parsed(text))
    assert (row.value, row.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("He asked 40 to 50 questions.", 40, 50),
        ("Between 3 and 5 boats sank.", 3, 5),
        ("It cost $3-5 million.", 3e6, 5e6),
        ("They lost two or three tanks.", 2, 3),
        ("It measures from 21.5 to 23.0 mm.", 21.5, 23),
        ("Prices range from RM150,000 to RM240,000.", 150_000, 240_000),
    ],
)
def test_ranges(parsed: Parse, text: str, low: float, high: float) -> None:
    row = only(parsed(text))
    assert (row.value, row.value_high) == (low, high)


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("Sales rose 5%.", "up"),
        ("Sales slid sharply by 5%.", "down"),
        ("Unemployment fell to 4 percent.", "down"),
        ("Shares were down 3%.", "down"),
        ("The rebels gave up 5 tanks.", None),
        ("Silver settled 4 cents lower.", "down"),
        ("The rate edged down to 5.7 per cent.", "down"),
        ("Emissions must come down 40 per cent.", "down"),
        ("Debt has swollen to 90% of output.", "up"),
        ("Snow fell as 12mm of rain came down.", None),
        ("The glacier lost another 400 metres.", "down"),
        ("The lender lost $5 million.", None),
        ("Loans of up to 5% are allowed.", None),
        ("The tax is 5%.", None),
    ],
)
def test_trends(parsed: Parse, text: str, trend: str | None) -> None:
    assert only(parsed(text)).trend == trend


@pytest.mark.parametrize(
    ("text", "measure", "counted"),
    [
        ("The blast killed 12 people.", "killed", "people"),
        ("The blast injured 30.", "injured", "people"),
        ("Nine men were detained.", "arrested", "men"),
        ("The war displaced 40,000 families.", "displaced", "family"),
        ("The country sent 500 troops.", "troops", "troops"),
        ("The death toll rose to 267.", "killed", "people"),
        ("The number of people who died in the blaze has risen to 19.", "killed", "people"),
        ("The motion got 312 votes.", "votes", "vote"),
        ("The fine was $2 million.", "fine", None),
        ("The fence is 30 kilometres long.", "distance", None),
        ("More people were killed in 12 raids on the coast.", "strikes", "raid"),
    ],
)
def test_measures(parsed: Parse, text: str, measure: str, counted: str | None) -> None:
    row = only(parsed(text))
    assert (row.measure, row.counted) == (measure, counted)


@pytest.mark.parametrize(
    ("text", "attribute", "subject"),
    [
        ("About 70 per cent of their revenue came from copper.", "revenue", "revenue"),
        ("The ministry imposed a 25% tariff.", "tariff", "ministry"),
        ("Oil exports rose 5%.", "oil export", "Oil exports"),
        ("The price of wheat was $300.", "price", "wheat"),
        ("They play in a 4,000-seat hall with a 30 metre stage.", "size", "stage"),
        ("Patients took 250mg tablets.", "weight", "tablets"),
        ("Storms pushed the river level 2 metres higher.", "river level", "river level"),
        ("Canada will give $40 million in emergency aid.", "emergency aid", "Canada"),
        ("They paid $9 million for the shipyard.", "payment", "shipyard"),
        ("The family sold the vineyard for €3 million.", "price", "vineyard"),
        ("He shaved three seconds off the record.", "record", "record"),
        ("The bridge cost the city £40 million.", "cost", "bridge"),
        ("The wreck lies at a depth of about 90 metres.", "depth", "wreck"),
        ("The clerk got eleven years in prison.", "time in prison", "clerk"),
        ("Ann Hall scored 20 points.", None, "Ann Hall"),
        ("Support for the ban was put at 61%.", "support", "ban"),
        ("The council gave $2 million, the equivalent of 1.9 million euros.", None, "council"),
        ("The rate was 4%, against a regional average of 6%.", "rate", "rate"),
        ("The fence is 30 kilometres long.", "length", "fence"),
        ("Unemployment in Ghana was 14%.", "unemployment", "Ghana"),
    ],
)
def test_measured(parsed: Parse, text: str, attribute: str | None, subject: str | None) -> None:
    row = read(parsed(text))[-1]
    assert (row.attribute, row.subject, row.counted) == (attribute, subject, None)


@pytest.mark.parametrize(
    ("text", "counted", "subject"),
    [
        ("France has 40,000 soldiers in the Sahel.", "soldier", "France"),
        ("Kenya's 47 governors met.", "governor", "Kenya"),
        ("A fleet of 12 ships left the port.", "ship", "fleet"),
        ("The mine, which employs 900 people, will close.", "people", "mine"),
        ("Two men were hurt.", "men", None),
    ],
)
def test_whose_things_are_counted(parsed: Parse, text: str, counted: str, subject: str | None) -> None:
    row = only(parsed(text))
    assert (row.counted, row.subject) == (counted, subject)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sales rose 5%.", "change"),
        ("Sales rose to 50 million euros.", "level"),
        ("They saw a 25% drop in sales.", "change"),
        ("There was an increase of 12 per cent.", "change"),
        ("About 30% of farmers left.", "share"),
        ("Inflation was 12 per cent.", "rate"),
        ("Oil costs $60 a barrel.", "rate"),
        ("The mill makes 400 tonnes of flour a day.", "level"),
        ("The blast killed 12 people.", "toll"),
        ("Police arrested 40 protesters.", "toll"),
        ("The city has 40 schools.", "level"),
    ],
)
def test_kinds_of_value(parsed: Parse, text: str, kind: str) -> None:
    assert only(parsed(text)).value_kind == kind


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("Oil costs $60 a barrel.", 60, "USD", "barrel"),
        ("Flats rent for €12 per square metre.", 12, "EUR", "square metre"),
        ("The firm earned $2.40 per share.", 2.4, "USD", "share"),
        ("The well gives 300 barrels per day.", 300, "barrel", "day"),
        ("The plant makes 4,000 shells a day.", 4000, "count", "day"),
        ("Prices rise 5% a year.", 5, "percent", "year"),
        ("The wind blew at 90 kilometres per hour.", 90, "kilometre per hour", None),
        ("The bus left two hours a day later.", 2, "hour", None),
    ],
)
def test_rates(parsed: Parse, text: str, value: float, unit: str, per: str | None) -> None:
    row = read(parsed(text))[0]
    assert (row.value, row.unit, row.per) == (value, unit, per)


@pytest.mark.parametrize(
    ("text", "value", "began"),
    [
        ("Growth slowed from 7.2 to 6.9 percent.", 6.9, 7.2),
        ("The toll rose to 112, up from 97.", 112, 97),
        ("Oil traded at $60, down from $71.", 60, 71),
    ],
)
def test_where_a_change_began(parsed: Parse, text: str, value: float, began: float) -> None:
    (row,) = [row for row in read(parsed(text)) if row.from_value is not None]
    assert (row.value, row.from_value) == (value, began)


@pytest.mark.parametrize(
    ("text", "unit", "counted", "attribute"),
    [
        ("The index climbed to 6,210.4 on Tuesday.", None, None, "index"),
        ("Cholera cases have risen to 1,840.", "count", "cholera case", None),
        ("Riot police broke up a crowd of about 3,000.", "count", "crowd", None),
        ("Life expectancy is 73.4.", "year of age", None, "life expectancy"),
    ],
)
def test_a_level_has_a_subject_and_no_noun(
    parsed: Parse, text: str, unit: str | None, counted: str | None, attribute: str | None
) -> None:
    row = only(parsed(text))
    assert (row.unit, row.counted, row.attribute) == (unit, counted, attribute)


@pytest.mark.parametrize(
    "text",
    [
        "It helps children under five.",
        "The man, 41, was freed.",
        "The clinic treats women over 50.",
        "Those under the age of 12 stay.",
    ],
)
def test_ages_without_their_unit(parsed: Parse, text: str) -> None:
    assert only(parsed(text)).unit == "year of age"


def test_a_sum_without_its_currency_has_that_of_the_sum_compared(parsed: Parse) -> None:
    first, second = read(parsed("The dam cost 4.1 billion euros instead of the 2.6 billion agreed."))
    assert (first.unit, second.unit) == ("EUR", "EUR")


def test_a_small_bare_number_tells_no_level(parsed: Parse) -> None:
    assert [row.unit for row in read(parsed("The road is long and Hall has 54 by now."))] == ["count"]


def test_who_tells_a_number_is_not_measured(parsed: Parse) -> None:
    (row,) = read(parsed("The ministry spoke of no more than 15,000."))
    assert row.counted is None


def test_a_comparison_measures_the_same(parsed: Parse) -> None:
    first, second = read(parsed("The tax rate was 19 percent in the north, up from 16 percent."))
    assert (first.attribute, second.attribute) == ("tax rate", "tax rate")


@pytest.mark.parametrize(
    "text",
    [
        "They left in 1998 and again on 3 May.",
        "The council passed Resolution 2249.",
        "He bought an iPhone 14.",
        "They met at 10 Downing Street.",
        "They meet at 3 p.m. in room 12.",
        "It was his second term and her third.",
        "One of them left.",
        "She wanted a new one.",
        "The home side won 2-1.",
        "Call 555-1234 now.",
        "They seek a two-state solution.",
        "The river splits the city in two.",
        "The pilot flew an F-16 and a MiG-29.",
        "The 2019 review was late.",
        "See https://example.org/5/articles/77 for more.",
        "At one point he laughed.",
        "The post has the key 482917365028174936.",
    ],
)
def test_leaves_alone(parsed: Parse, text: str) -> None:
    assert read(parsed(text)) == []


def test_a_conversion_tells_the_same_again(parsed: Parse) -> None:
    first, second = read(parsed("The storm tore up more than 100 kilometres (62 miles) of road."))
    assert (first.unit, second.unit) == ("kilometre", "mile")
    assert (second.comparator, second.counted) == (first.comparator, first.counted) == (">", "road")


def test_a_bare_number_counts_what_was_counted_before(parsed: Parse) -> None:
    first, second = read(parsed("Fishermen saved 700 migrants, and the navy saved 200 more."))
    assert (first.counted, second.counted) == ("migrant", "migrant")


def test_the_number_of_something_rises(parsed: Parse) -> None:
    strikes, people = read(
        parsed("The raids bring the number of strikes to 35 and the number of people killed to at least 115.")
    )
    assert (strikes.value, strikes.counted) == (35, "strike")
    assert (people.value, people.counted, people.comparator) == (115, "people", ">=")


def test_the_speaker_of_the_innermost_quote_gives_the_figure(parsed: Parse) -> None:
    article = parsed("The army said 12 soldiers died.")
    text = article.article.text
    common = {
        "doc_id": "doc",
        "published_on": None,
        "sentence_id": None,
        "cue": None,
        "cue_start": None,
        "cue_end": None,
    }
    quotes = [
        Quote(
            **common, start=start, end=end, text=text[start:end], quote_id=who, quote_kind="indirect", spans=f"{start}-{end}",
            content=text[start:end], speaker=None, speaker_start=None, speaker_end=None, speaker_id=who, sentence=text,
        )
        for who, start, end in (("paper", 0, len(text)), ("army", 14, len(text) - 1))
    ]  # fmt: skip
    (row,) = read(article, quotes)
    assert row.source_id == "army"


@given(st.text(alphabet="0123456789٣²½,.'-–/$£%° \n(ao)fktomnbilndrehusyp", max_size=120))
@example("0-%,")
@settings(max_examples=80, deadline=None)
def test_any_text_yields_rows_that_point_at_it(tokenized: Parse, text: str) -> None:
    article = tokenized(text)
    for row in read(article):
        assert row.text == text[row.start : row.end]
        assert row.value_high is None or isinstance(row.value_high, float)


def test_a_verb_right_before_gives_the_measure(parsed: Parse) -> None:
    first, second = read(parsed("The strike killed 12 people and wounded at least 30 others."))
    assert (first.measure, second.measure, second.counted) == ("killed", "injured", "people")


def test_a_hyphen_binds_what_is_counted(parsed: Parse) -> None:
    council, force = read(parsed("The 15-member council sent a 3,000-strong force."))
    assert (council.counted, force.counted) == ("member", "force")


def test_a_fall_is_two_figures(parsed: Parse) -> None:
    first, second = read(parsed("Growth slowed from 7.2 to 6.9 percent."))
    assert (first.value, second.value) == (7.2, 6.9)
    assert (first.unit, second.unit) == ("percent", "percent")


def test_whoever_stands_behind_according_to_gives_the_figure(parsed: Parse) -> None:
    article = parsed("At least 12 soldiers died, according to the Ardonian army.")
    text = article.article.text
    common = {
        "doc_id": "doc",
        "published_on": None,
        "sentence_id": None,
        "mention_kind": "name",
        "entity_type": "military",
    }
    mentions = [
        Mention(**common, start=start, end=end, text=text[start:end], mention_id=who, actor_id=who)
        for who, start, end in (("ardonia", 43, 52), ("army", 43, 57))
    ]
    (row,) = extract_figures(article, mentions=mentions, quotes=[], dates=[])
    assert row.source_id == "army"
