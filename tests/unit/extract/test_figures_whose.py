"""Sizes of things, counts that point back, tolls that go on: each class in sentences of its own."""

from collections.abc import Callable

import pytest

from pipeline.extract.dates import extract_dates
from pipeline.extract.figures import extract_figures
from pipeline.extract.mentions import extract_mentions
from pipeline.extract.parsed import ParsedArticle
from pipeline.extract.rows import Figure

Parse = Callable[..., ParsedArticle]


def figures(article: ParsedArticle) -> list[Figure]:
    return extract_figures(article, mentions=[], quotes=[], dates=extract_dates(article))


@pytest.mark.parametrize(
    ("text", "attribute", "subject"),
    [
        # a size right before a thing
        ("The navy towed a 155-metre vessel to port.", "length", "vessel"),
        ("Engineers found a 40 kg bomb beside the road.", "weight", "bomb"),
        ("He bought a 12-hectare vineyard.", "area", "vineyard"),
        ("The firm builds a $2 billion pipeline across the desert.", "value", "pipeline"),
        ("Divers entered a 30 metre deep cave.", "depth", "cave"),
        ("The club charges a $50 fee.", "fee", "club"),
        # a size right behind it
        ("Witnesses saw a column of ash 300 metres high over the port.", "height", "column of ash"),
        ("They dug a trench two metres wide.", "width", "trench"),
        # how far off something is
        ("The patrol found a farm 8 km north of the border.", "distance", "farm"),
        ("Rescuers reached Kolda, 90 km west of the capital.", "distance", "Kolda"),
        ("The yacht sank on Monday 60 miles from Cape Horn.", "distance", "yacht"),
        ("The plane came down in a field, three miles short of the runway.", "distance", "plane"),
        # times that only tell when are of nothing around
        ("In the 40-minute film the minister sings.", "film", "film"),
        ("The banker was given a five-month suspended sentence.", "sentence", "banker"),
        ("After a 16-hour debate the senate passed the law.", "debate", "debate"),
        ("The police promised calm after three days of street riots.", "street riot", "street riots"),
        ("The region suffered nine years of drought.", "drought", "region"),
        ("Papers praised the mayor's first 100 days in office.", "time in office", "mayor"),
        ("The envoy left three days ahead of the talks.", "time before", None),
        ("It was the worst drought in 40 years.", "time", None),
        ("The premier defended his plan 12 months on from the vote.", "time after", None),
        # what a noun of change moves
        (
            "The maker posted a 33 percent increase in quarterly profit.",
            "quarterly profit",
            "quarterly profit",
        ),
        ("The town had a 4 percent fall in the number of tenants.", "tenant", "town"),
        ("Nurses asked for an 8 percent pay rise.", "pay rise", "Nurses"),
        ("Each of the charges carries a $5,000 fine.", "fine", "charges"),
        ("Crews towed the 33-tonne, wooden-hulled ferry.", "weight", "ferry"),
        # a magnitude is the quake's
        ("Norland's observatory recorded that quake with a magnitude of 5.9.", "magnitude", "quake"),
        ("The Geological Survey measured the tremor at 7.0.", "magnitude", "tremor"),
        ("The survey of Peru said a 7.1 magnitude earthquake struck the coast.", "magnitude", "earthquake"),
        # which time, and whose
        ("The cabinet declared five days of mourning.", "mourning", "mourning"),
        ("Ivo Horn was a teacher for 21 years.", "time as teacher", "Ivo Horn"),
        ("The former singer of the band was 70.", "age", "former singer of the band"),
        # an age that stands for somebody
        ("Papers printed facts about the 26-year-old who was held.", "age", None),
        ("Nobody knew the 31-year-old's past.", "age", None),
        # through a comparator
        ("Gusts of up to 80 kilometres an hour fanned the blazes.", "speed", "Gusts"),
    ],
)
def test_whose_size(parsed: Parse, text: str, attribute: str, subject: str | None) -> None:
    row = figures(parsed(text))[0]
    assert (row.attribute, row.subject) == (attribute, subject)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        # where, when and for whom is not whose
        ("Crews work to restore power supplies to thousands of homes.", 0),
        ("The team gathered samples in nine valleys.", 0),
        ("No boats were lost despite more than 50 storms.", 0),
        ("The raid brings the death toll of the war to 640 people.", 0),
        ("Divers searched for 26 others.", 0),
        # who only reports, sees or measures
        ("Ivo Hall gave a count of 83 hurt, up from a first word of 51.", 0),
        ("Ivo Hall gave a count of 83 hurt, up from a first word of 51.", 1),
        ("The agency offers a figure of 39 injured.", 0),
        ("A witness saw three gunmen in the street.", 0),
        ("The ministry confirmed 12 deaths.", 0),
        ("The Meteorological Agency put the magnitude at 6.8.", 0),
        ("The court urged the firm to send medicine to the hundreds of patients.", 0),
    ],
)
def test_not_whose(parsed: Parse, text: str, n: int) -> None:
    assert figures(parsed(text))[n].subject is None


def test_who_is_counted_is_not_whose(parsed: Parse) -> None:
    article = parsed("The army and the 12 million people of Peru mourn him.")
    mentions, entities = extract_mentions(article)
    (row,) = extract_figures(article, mentions=mentions, quotes=[], dates=[], entities=entities)
    assert row.subject == "Peru"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        # numbers that point back
        ("Guards caught three boys. All three were questioned, a clerk said.", "boy"),
        ("Guards stopped nine hikers. The other four are still in the hills.", "hiker"),
        ("Six of the 15 on board are safe.", "people"),
        ("A man shot four officers. Two of them came from Perth.", "officer"),
        ("Rebels hold 12 sailors. A guard said he was among the 12.", "sailor"),
        ("Six Danes, two Lebanese and three Greek women were freed.", "greek women"),
        ("They saved three Greek women, six Danes and two Lebanese and one child.", "child"),
        # members
        ("The first of two films used a cast of over 900.", "cast"),
        ("Its 15 man crew was saved.", "man"),
        ("The plane carries a crew of six.", "crew"),
        ("They live in a two storey house.", "storey"),
        ("The crash killed 14 Danes and seven others.", "people"),
        ("Four boats came, later raised to 12 and crews were paid.", "boat"),
        ("The 3,000-strong multinational force left.", "multinational force"),
        ("Ann and Ben took three wickets, and Cleo picked up two apiece.", "wicket"),
    ],
)
def test_counted(parsed: Parse, text: str, counted: str) -> None:
    assert figures(parsed(text))[-1].counted == counted


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Seven people have died on northern roads, five in Ayr, three in Bute and two each in Fife and Perth.",
         ["killed"] * 4),
        ("The raid brings the death toll of the war to 640 people, including 60 nurses and 20 guards.",
         ["killed"] * 3),
        ("Hundreds of villagers have been forced to leave their homes.", ["displaced"]),
        ("The ministry moved 90 detainees to another camp.", ["prisoners"]),
        ("Eight buildings were set on fire.", [None]),
        ("He has been arrested three times.", [None]),
        ("There were 59 dead and 142 survivors.", ["killed", None]),
        ("The office raised its estimate of the total killed to 9,400.", ["killed"]),
        ("Casualties stand at 800, including 300 people killed and 500 injured.",
         ["casualties", "killed", "injured"]),
        ("The mayor condemned two raids in which nine men were hurt.", ["strikes", "injured"]),
    ],
)  # fmt: skip
def test_measures(parsed: Parse, text: str, measures: list[str | None]) -> None:
    assert [f.measure for f in figures(parsed(text))] == measures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        # a sentence that ends with a noun that takes numbers
        ("The flood reached the poor area. Fourteen homes were lost.", [14]),
        ("He lives on the same floor of that block. Nine men came.", [9]),
        # names and models
        ("Zeus Two is close to the finish.", []),
        ("The crew left the 767 jetliner.", []),
        ("They won the K-one Cup.", []),
        ("She took a 911 call.", []),
        ("The post-Sept. 11 coalition broke up.", []),
        ("The 12 crew were saved.", [12]),
    ],
)
def test_which_numbers_count(parsed: Parse, text: str, values: list[float]) -> None:
    assert [f.value for f in figures(parsed(text))] == values


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("It will cost many billions of dollars.", 2e9, None, "USD"),
        ("Several millions of euros were spent.", 2e6, None, "EUR"),
        ("They climbed to 13 to 14,000 feet.", 13000, 14000, "foot"),
        ("Between 8 and 12,000 people came.", 8000, 12000, "count"),
        ("It drew 300 to 4,000 people.", 300, 4000, "count"),
    ],
)
def test_values(parsed: Parse, text: str, value: float, high: float | None, unit: str) -> None:
    row = figures(parsed(text))[0]
    assert (row.value, row.value_high, row.unit) == (value, high, unit)


def test_what_opens_a_clause_is_not_what_rose_before_it(parsed: Parse) -> None:
    (row,) = figures(parsed("If the wind increases hundreds of tents will be taken down."))
    assert (row.trend, row.value_kind) == (None, "level")


def test_where_some_come_from_is_no_start_of_a_change(parsed: Parse) -> None:
    first, _ = figures(parsed("More than 30,000 pupils from 26 countries take part."))
    assert first.from_value is None


def test_a_noun_of_change_moves_nobody(parsed: Parse) -> None:
    (row,) = figures(parsed("It coincides with a rally by thousands of nurses."))
    assert (row.trend, row.value_kind) == (None, "level")


def test_what_goes_down_after_a_time_is_no_change_of_it(parsed: Parse) -> None:
    (row,) = figures(parsed("The boat went down 20 minutes after it had left the port."))
    assert (row.trend, row.value_kind, row.attribute) == (None, "level", "time after")


def test_more_of_another_is_no_change(parsed: Parse) -> None:
    weeks, _ = figures(parsed("The trial lasted six weeks and heard more than 20 witnesses."))
    assert weeks.value_kind == "level"


def test_who_is_named_behind_a_place(parsed: Parse) -> None:
    row = figures(parsed("Lexington, Kentucky, lawyer Bryan Holt was convicted on eight counts of fraud."))[0]
    assert row.subject == "Bryan Holt"


def test_those_that_a_nation_names(parsed: Parse) -> None:
    counted = [
        f.counted for f in figures(parsed("Six Danes, two Lebanese and three Greek women were freed."))
    ]
    assert counted == ["dane", "lebanese", "greek women"]


def test_a_number_before_a_dash_is_no_range(parsed: Parse) -> None:
    values = [f.value for f in figures(parsed("He said the 11 — six nurses and five guards — were safe."))]
    assert values == [11, 6, 5]


def test_two_of_one_change(parsed: Parse) -> None:
    rows = figures(parsed("Rents are expected to rise by 30% in the north and 50% in the south."))
    assert [(f.trend, f.value_kind, f.attribute) for f in rows] == [("up", "change", "rent")] * 2


def test_where_a_change_began_behind_a_conversion(parsed: Parse) -> None:
    now, converted, before = figures(
        parsed("The bank had a profit of 2.6 billion francs ($2.9 billion), up from 2.4 billion francs.")
    )
    assert (now.from_value, before.attribute, converted.attribute) == (2.4e9, "profit", "profit")


def test_whose_two_thirds(parsed: Parse) -> None:
    (row,) = figures(parsed("Women make up two-thirds of the nursing staff."))
    assert (row.counted, row.subject) == ("nursing staff", "Women")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Divers found nine bodies in the hold.", None),
        ("She knew of only one survivor.", None),
        ("Miners recovered two victims from the shaft.", None),
        ("Ruiz found three rifles.", "Ruiz"),
    ],
)
def test_who_finds_people_does_not_have_them(parsed: Parse, text: str, subject: str | None) -> None:
    assert figures(parsed(text))[0].subject == subject


def test_the_dead_include_those_killed(parsed: Parse) -> None:
    first, second = figures(parsed("The dead include four cooks and two pilots."))
    assert [(row.measure, row.subject) for row in (first, second)] == [("killed", None)] * 2


def test_what_a_quake_measures_is_its_magnitude(parsed: Parse) -> None:
    quake, board = figures(parsed("An earthquake measuring 5.2 woke them. The plank measuring 5.2 broke."))
    assert (quake.unit, board.unit) == ("magnitude", None)
