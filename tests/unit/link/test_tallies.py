from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link.count_features import ALIKE, RELATED, one_population, people, peoples, unlike
from pipeline.link.counts import Counts, head, interval, prepared_figures, with_incidents
from pipeline.link.tallies import link_tallies
from pipeline.link.words import lands
from tests.unit.link.frames import day, documents, figure

NO_EVENTS = pd.DataFrame({"event_id": pd.Series(dtype="str"), "incident_id": pd.Series(dtype="str")})
FIRST = figure("a", "2025-08-16", "Floods in the Orkhon valley killed 32 people.", "32 people", 32)
SAME = figure(
    "b",
    "2025-08-16",
    "More than 30 people were killed by the floods in the Orkhon valley.",
    "More than 30 people",
    30,
    comparator=">",
)
LATER = figure("c", "2025-08-17", "The floods in the Orkhon valley have killed 58 people.", "58 people", 58)
OTHERWISE = figure(
    "d", "2025-08-17", "Floods in the Orkhon valley killed 90 people, a charity says.", "90 people", 90
)


def link(
    *figures: dict[str, Any], events: pd.DataFrame = NO_EVENTS, **columns: Any
) -> tuple[pd.DataFrame, dict[str, str]]:
    articles = documents(
        *((f["doc_id"], f["published_on"].isoformat(), f["sentence"]) for f in figures), **columns
    )
    return link_tallies(pd.DataFrame(list(figures)), events, articles.drop_duplicates("doc_id"))


def test_bounds_and_exact_values_agree() -> None:
    tallies, found = link(FIRST, SAME)
    assert len(set(found.values())) == 1
    assert tallies["agreement"].tolist() == ["agree"]
    assert tallies[
        ["value_low", "value_high", "latest_value", "n_figures", "n_documents"]
    ].to_numpy().tolist() == [[30, 32, 30, 2, 2]]


def test_a_running_count_grows() -> None:
    tallies, _ = link(FIRST, SAME, LATER)
    assert tallies["agreement"].tolist() == ["growing"]
    assert tallies["latest_value"].tolist() == [58.0]
    assert tallies["latest_on"].tolist() == [LATER["published_on"]]


def test_other_numbers_on_one_day_conflict() -> None:
    assert link(LATER, OTHERWISE)[0]["agreement"].tolist() == ["conflict"]


def test_a_lower_number_later_conflicts() -> None:
    lower = {
        **FIRST,
        "doc_id": "e",
        "figure_id": "e#figure0",
        "published_on": OTHERWISE["published_on"].replace(day=19),
    }
    assert link(LATER, lower)[0]["agreement"].tolist() == ["conflict"]


def test_one_source_is_single_and_a_copy_adds_none() -> None:
    assert link(FIRST)[0]["agreement"].tolist() == ["single"]
    copy = {**FIRST, "doc_id": "b", "figure_id": "b#figure35"}
    tallies, _ = link(FIRST, copy, duplicate_of=[None, "a"])
    assert tallies[["n_documents", "agreement"]].to_numpy().tolist() == [[2, "single"]]


def test_other_measures_units_and_things_stay_apart() -> None:
    injured = figure(
        "b",
        "2025-08-16",
        "Floods in the Orkhon valley injured 32 people.",
        "32 people",
        32,
        measure="injured",
        counted="people injured",
    )
    percent = figure(
        "c",
        "2025-08-16",
        "Floods in the Orkhon valley cut harvests by 32%.",
        "32%",
        32,
        unit="percent",
        measure=None,
        counted="harvests",
    )
    houses = figure(
        "d",
        "2025-08-16",
        "Floods in the Orkhon valley damaged 32 houses.",
        "32 houses",
        32,
        measure=None,
        counted="houses",
    )
    assert len(set(link(FIRST, injured, percent, houses)[1].values())) == 4


def test_figures_of_two_incidents_stay_apart() -> None:
    one = figure("a", "2025-08-16", "The raid killed four people.", "four people", 4, event_id="a#event9")
    two = figure("b", "2025-08-17", "The raid killed four people.", "four people", 4, event_id="b#event9")
    days = [day("2025-08-10"), day("2025-08-16")]
    ids = {"event_id": ["a#event9", "b#event9"], "incident_id": ["i", "k"]}
    apart = pd.DataFrame({**ids, "date_from": days, "date_to": days})
    assert len(link(one, two, events=apart)[0]) == 2
    assert len(link(one, two, events=apart.assign(incident_id="i"))[0]) == 1


@pytest.mark.parametrize(
    ("counted", "expected"),
    [("oil exports to China", "export"), ("protesters detained", "protest"), ("people", "peopl"), ("", "")],
)
def test_head(counted: str, expected: str) -> None:
    assert head(counted) == expected


def test_intervals() -> None:
    assert interval(40, 50, "=") == (40, 50)
    assert interval(100, float("nan"), "~") == pytest.approx((90, 110))
    low, high = interval(24, float("nan"), ">=", vague=True)
    assert low == 24 and high >= 99
    assert interval(100, float("nan"), ">")[1] < 200


def test_no_figures() -> None:
    tallies, found = link_tallies(pd.DataFrame([FIRST]).iloc[:0], NO_EVENTS, documents())
    assert len(tallies) == 0 and found == {}


def test_crew_and_sailors_are_one_count_and_as_many_boats_another() -> None:
    crew = figure("a", "2025-09-09", "Guards took the tanker Selene and 24 crew to Qeshm.", "24 crew", 24)
    sailors = figure("b", "2025-09-10", "The 24 sailors of the Selene are held on Qeshm.", "24 sailors", 24)
    boats = figure("c", "2025-09-10", "The Selene was led to Qeshm by 24 boats.", "24 boats", 24)
    told = [
        f | {"measure": None, "counted": what}
        for f, what in ((crew, "crew"), (sailors, "sailor"), (boats, "boat"))
    ]
    found = link(*told)[1]
    assert found[crew["figure_id"]] == found[sailors["figure_id"]] != found[boats["figure_id"]]


def test_another_price_is_of_another_thing() -> None:
    told = [
        figure(doc, "2025-02-20", sentence, f"{value} taka", value)
        | {"unit": "BDT", "measure": "pay", "counted": "wage"}
        for doc, sentence, value in (
            ("a", "Unions in Dhaka will strike until they get a wage of 23000 taka.", 23000),
            ("b", "Owners have raised the lowest wage to 17000 taka after talks in Dhaka.", 17000),
        )
    ]
    assert len(set(link(*told)[1].values())) == 2


def test_two_figures_of_one_sentence_count_two_things() -> None:
    told = "Ross won 39 of the valley's 54 seats, which gives him a total of 54 seats in all of Orkhon."
    columns = {"measure": None, "counted": "seats"}
    one = figure("a", "2025-08-16", told, "54 seats", 54, **columns)
    two = figure("a", "2025-08-16", told, "a total of 54 seats", 54, **columns)
    assert len(set(link(one, two)[1].values())) == 2


@pytest.mark.parametrize(("town", "one"), [("Orkhon", True), ("Selenge", False)])
def test_a_toll_whose_sentence_names_nothing_belongs_to_the_story_of_its_article(
    town: str, one: bool
) -> None:
    first = figure("a", "2025-08-16", "By noon they had counted 32.", "32", 32, measure="killed")
    later = figure("b", "2025-08-18", "It brings the toll to 34.", "34", 34, measure="killed")
    texts = {
        "a": "Rescuers in Orkhon searched on Saturday for herders whom a wall of mud had buried beside the crossing, with shovels, cranes and trained dogs.",
        "b": f"The town of {town} has asked the capital for doctors, blankets, vaccines, diesel and interpreters, its mayor told a radio station by satellite telephone after the mud.",
    }
    rows = [
        (f["doc_id"], f["published_on"].isoformat(), f"{texts[f['doc_id']]} {f['sentence']}")
        for f in (first, later)
    ]
    for row, (_, _, text) in zip((first, later), rows, strict=True):
        row["start"] = text.index(row["text"], len(texts[row["doc_id"]]))
    frame = with_incidents(prepared_figures(pd.DataFrame([first, later])), NO_EVENTS)
    counts = Counts.read(frame, documents(*rows))
    pair = np.array([0]), np.array([1])
    assert RELATED <= counts.alike(*pair)[0] < ALIKE
    assert one_population(counts, *pair).tolist() == [one]


def delegates(doc_id: str, on: str, sentence: str, text: str, **columns: Any) -> dict[str, Any]:
    value = float("".join(filter(str.isdigit, text)))
    return figure(doc_id, on, sentence, text, value) | {"measure": None, "counted": "delegate", **columns}


@pytest.mark.parametrize(
    ("on", "sentence", "one"),
    [
        ("2025-06-16", "Oyun Bold has won 32 delegates in the Orkhon vote.", True),
        ("2029-08-20", "Oyun Bold has won 32 delegates in the Orkhon vote.", False),
        ("2029-08-20", "Four years after Oyun Bold had won 32 delegates in the Orkhon vote.", True),
        ("2029-08-20", "Oyun Bold had won 32 delegates in the Orkhon vote of 2025.", True),
    ],
)
def test_counts_told_years_apart_are_of_two_times_unless_the_text_says_so(
    on: str, sentence: str, one: bool
) -> None:
    first = delegates("a", "2025-05-16", "Oyun Bold won 32 delegates in the Orkhon vote.", "32 delegates")
    assert (len(link(first, delegates("b", on, sentence, "32 delegates"))[0]) == 1) is one


def test_a_number_that_counts_nothing_is_told_elsewhere_only_of_the_same_subject() -> None:
    first = delegates(
        "a", "2025-05-16", "Oyun Bold won 32 delegates in Orkhon.", "32 delegates", subject="Oyun Bold"
    )
    again = delegates("b", "2025-05-17", "In Orkhon Oyun Bold had 32.", "32", counted=None)
    assert len(link(first, again | {"subject": "Bold"})[0]) == 1
    assert len(link(first, again | {"subject": "Sarnai"})[0]) == 2


def test_two_subjects_of_one_article_are_counted_apart() -> None:
    one = delegates("a", "2025-05-16", "Bold leads with 54 delegates.", "54 delegates", subject="Bold")
    two = delegates("a", "2025-05-16", "Orkhon sends 54 delegates.", "54 delegates", subject="Orkhon")
    text = {"doc_id": "a", "text": "Bold leads with 54 delegates. Orkhon sends 54 delegates."}
    two["start"] = text["text"].index("54", 20)
    frame = with_incidents(prepared_figures(pd.DataFrame([one, two])), NO_EVENTS)
    counts = Counts.read(frame, documents(("a", "2025-05-16", text["text"])))
    assert unlike(counts, np.array([0]), np.array([1])).tolist() == [True]


def test_tolls_of_two_towns_far_apart_are_two() -> None:
    towns = {"a": ("Orkhon", 48.0, 102.0), "b": ("Selenge", 50.0, 106.0)}
    rows = [
        figure(doc, "2025-08-16", f"A blast killed nine people in {town}.", "nine people", 9)
        | {"event_id": f"{doc}#event1"}
        for doc, (town, _, _) in towns.items()
    ]
    events = pd.DataFrame(
        [
            {
                "event_id": f"{doc}#event1",
                "incident_id": doc,
                "place": town,
                "latitude": lat,
                "longitude": lon,
            }
            for doc, (town, lat, lon) in towns.items()
        ]
    )
    frame = with_incidents(prepared_figures(pd.DataFrame(rows)), events)
    counts = Counts.read(frame, documents(*((r["doc_id"], "2025-08-16", r["sentence"]) for r in rows)))
    assert unlike(counts, np.array([0]), np.array([1])).tolist() == [True]


def test_the_world_is_no_country_where_it_is_a_name() -> None:
    assert lands("The World Bank paid Kenya.") == {"KEN"}
    assert "@world" in lands("Across the world 40 died.")


def both_unlike(one: dict[str, Any], two: dict[str, Any]) -> bool:
    frame = with_incidents(prepared_figures(pd.DataFrame([one, two])), NO_EVENTS)
    rows = [(f["doc_id"], f["published_on"].isoformat(), f["sentence"]) for f in (one, two)]
    return bool(unlike(Counts.read(frame, documents(*rows)), np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("sentence", "text", "apart"),
    [
        ("Two soldiers were killed by a mine near Orkhon Sunday.", "Two soldiers", True),
        ("Two soldiers were killed by a mine near Orkhon Thursday.", "Two soldiers", False),
        ("An additional two soldiers were killed by a mine near Orkhon.", "two soldiers", True),
        ("The rebels said that they would have killed two soldiers near Orkhon.", "two soldiers", True),
        ("In a separate attack near Orkhon two soldiers were killed.", "two soldiers", True),
        ("Two soldiers were killed by a mine near Orkhon.", "Two soldiers", False),
    ],
)
def test_what_is_told_of_another_day_deed_or_thought_is_another_count(
    sentence: str, text: str, apart: bool
) -> None:
    first = figure("a", "2025-08-14", "A mine killed two soldiers near Orkhon.", "two soldiers", 2)
    second = figure("b", "2025-08-17", sentence, text, 2)
    assert both_unlike(first | {"counted": "soldier"}, second | {"counted": "soldier"}) is apart


def test_a_whole_of_one_is_not_the_total_of_another() -> None:
    whole = delegates("a", "2025-05-16", "Oyun won 39 of Orkhon's 54 delegates.", "54 delegates")
    assert both_unlike(whole, delegates("b", "2025-05-17", "Oyun has 54 delegates.", "54 delegates"))
    assert not both_unlike(whole, delegates("b", "2025-05-17", "Orkhon has 54 delegates.", "54 delegates"))


def test_two_places_of_one_story_have_tolls_of_their_own() -> None:
    rows = [
        figure("a", "2025-08-16", "In Selenge shells killed at least 60 people.", "at least 60 people", 60)
        | {"comparator": ">="},
        figure("b", "2025-08-17", "In Orkhon the same army killed 75 people with shells.", "75 people", 75),
    ]
    assert link(*rows)[0]["n_documents"].tolist() == [1, 1]
    there = figure("b", "2025-08-17", "In Selenge the army killed 75 people with shells.", "75 people", 75)
    assert link(rows[0], there)[0]["n_documents"].tolist() == [2]


def test_a_sum_of_one_country_told_months_later_is_the_same_sum() -> None:
    money = {"unit": "USD", "dimension": "money", "measure": "money", "subject": "Kenya"}
    loan = figure("a", "2025-04-05", "China lent Kenya $500 million for the Orkhon dam.", "$500 million", 5e8)
    later = figure("b", "2025-06-02", "Kenya drew the $500 million for the Orkhon dam.", "$500 million", 5e8)
    one, two = loan | money | {"counted": "loan"}, later | money | {"counted": "credit"}
    assert link(one, two)[0]["n_documents"].tolist() == [2]
    assert link(one, two | {"subject": "Ghana"})[0]["n_documents"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("410 jobs", "410 workers", False),
        ("410 workers", "410 employees", True),
        ("24 lorries", "24 vehicles", True),
        ("13 lorries", "13 vehicles", False),
        ("13 lorries", "13 lorries", True),
        ("six lorries", "six lorries", True),
        ("fifty-two lorries", "52 vehicles", True),
        ("thousands of lorries", "1000 vehicles", False),
    ],
)
def test_a_story_tells_its_own_numbers_again_whatever_it_calls_what_is_counted(
    one: str, two: str, same: bool
) -> None:
    values = {"six": 6, "three": 3, "fifty-two": 52, "thousands": 1000}
    rows = [
        figure(doc, on, sentence.format(told), told, float(values.get(told.split()[0]) or told.split()[0]))
        | {"measure": None, "counted": told.split()[-1]}
        for doc, on, sentence, told in (
            ("a", "2025-08-16", "The quarrel over the mill of Orkhon concerns {}.", one),
            ("b", "2025-08-20", "It is about {}, the mill of Orkhon said.", two),
        )
    ]
    assert (len(link(*rows)[0]) == 1) is same


def test_weeks_later_a_number_is_told_again_only_beside_a_name_and_never_of_another_subject() -> None:
    first = delegates(
        "a",
        "2025-05-16",
        "The town of Orkhon ordered 24 lorries from Selenge.",
        "24 lorries",
        counted="lorry",
    )
    later = delegates(
        "b", "2025-06-20", "In Orkhon they wait for 24 machines.", "24 machines", counted="machine"
    )
    unnamed = delegates("b", "2025-06-20", "They wait for 24 machines.", "24 machines", counted="machine")
    assert of_one(first, later)
    assert not of_one(first, unnamed)
    part = "Some 20 of Orkhon's 24 lorries arrived."
    assert not of_one(first, delegates("b", "2025-05-20", part, "24 lorries", counted="machine"))
    assert not of_one(first | {"subject": "Bold"}, later | {"subject": "Sarnai"})


NAMES = "The union of Bold Bator struck in Orkhon; the mayor, Sarnai Dulam, called in Tumur Lines."
"""Beginning of an article full of names."""


@pytest.mark.parametrize(
    ("told", "later", "on", "beginning", "same"),
    [
        ("38 drivers", "38 drivers", "2026-01-20", f"A year on, {NAMES}", True),
        ("38 drivers", "38 porters", "2025-07-01", f"Weeks on, {NAMES}", True),
        ("38 drivers", "38 lorries", "2026-01-20", f"A year on, {NAMES}", False),
        (
            "38 drivers",
            "38 drivers",
            "2026-01-20",
            "A year on, Ganbat Erden met Nomin Altan in Selenge.",
            False,
        ),
        ("six drivers", "six drivers", "2025-05-25", f"Soon, {NAMES}", True),
        ("six drivers", "six drivers", "2025-12-25", f"Soon, {NAMES}", False),
    ],
)
def test_articles_that_share_their_names_tell_a_number_again_months_later(
    told: str, later: str, on: str, beginning: str, same: bool
) -> None:
    value = 6.0 if told.startswith("six") else 38.0
    rows = [
        figure(doc, at, sentence, number, value) | {"measure": None, "counted": number.split()[-1]}
        for doc, at, sentence, number in (
            ("a", "2025-05-16", f"It concerns {told}.", told),
            ("b", on, f"Today she remembers {later}.", later),
        )
    ]
    frame = with_incidents(prepared_figures(pd.DataFrame(rows)), NO_EVENTS)
    texts = (
        ("a", "2025-05-16", f"{NAMES} It concerns {told}."),
        ("b", on, f"{beginning} Today she remembers {later}."),
    )
    counts = Counts.read(frame, documents(*texts))
    assert bool(one_population(counts, np.array([0]), np.array([1]))[0]) is same


def told_later(one: str, two: str, told: str, value: float, **columns: Any) -> bool:
    """Whether a number that two articles tell, the second eight days later, may be one."""
    rows = [
        figure(doc, on, sentence, told, value) | {"measure": None, "counted": None} | columns
        for doc, on, sentence in (("a", "2025-05-16", one), ("b", "2025-05-24", two))
    ]
    frame = with_incidents(prepared_figures(pd.DataFrame(rows)), NO_EVENTS)
    counts = Counts.read(frame, documents(("a", "2025-05-16", one), ("b", "2025-05-24", two)))
    pair = np.array([0]), np.array([1])
    return bool(one_population(counts, *pair)[0] and not unlike(counts, *pair)[0])


def test_the_only_share_of_a_sentence_may_be_told_again_soon() -> None:
    share = {"unit": "percent", "dimension": "share", "subject": "Tumur Lines"}
    one, two = "Tumur Lines lifted its fares by 22% in Orkhon.", "In Orkhon Tumur Lines keeps the 22% rise."
    assert told_later(one, two, "22%", 22, **share)
    poll = "Tumur Lines won 51% to 22% in Orkhon."
    assert not told_later(one, poll, "22%", 22, **share)


def test_a_sum_of_one_story_is_one_beside_another_country() -> None:
    money = {"unit": "USD", "dimension": "money"}
    one = "Tumur Lines agreed to pay 140 million dollars to Mongolia over the wreck at Orkhon."
    two = "The 140 million dollars that Tumur Lines pays for the wreck at Orkhon are a record in Korea."
    assert told_later(one, two, "140 million dollars", 140e6, **money)
    other = "A bank in Korea lent 140 million dollars to farmers who sow barley, cut reeds, keep bees, dry apricots and weave rugs."
    assert not told_later(one, other, "140 million dollars", 140e6, **money)


def test_counts_of_one_day_are_updates_where_later_ones_settle_at_the_highest() -> None:
    later = figure("e", "2025-08-19", "The floods in the Orkhon valley killed 90 people.", "90 people", 90)
    assert link(LATER, OTHERWISE)[0]["agreement"].tolist() == ["conflict"]
    assert link(LATER, OTHERWISE, later)[0]["agreement"].tolist() == ["growing"]
    fewer = figure("e", "2025-08-19", "The floods in the Orkhon valley killed 58 people.", "58 people", 58)
    assert link(LATER, OTHERWISE, fewer)[0]["agreement"].tolist() == ["conflict"]


def test_one_of_something_is_no_number_to_agree_in() -> None:
    told = "The delegation from Orkhon brought one camel to the fair."
    camels = [
        figure(doc, "2025-05-16", told, "one camel", 1) | {"measure": None, "counted": "camel"}
        for doc in "ab"
    ]
    credits_ = {"credit": ["Orkhon Post", "Selenge Radio"]}
    assert link(*camels, **credits_)[0]["agreement"].tolist() == ["single"]
    dead = "A fire in Orkhon killed one person."
    killed = [figure(doc, "2025-05-16", dead, "one person", 1) for doc in "ab"]
    assert link(*killed, **credits_)[0]["agreement"].tolist() == ["agree"]


def test_states_are_no_people_of_a_country() -> None:
    assert {head("six Russians"), head("two Thais")} <= peoples()
    assert head("fourteen states") not in peoples() | people()


def test_units_that_newsrooms_write_for_each_other_are_one() -> None:
    rows = [
        figure(doc, "2025-05-16", f"Orkhon may sell 20,000 {unit} of wool.", f"20,000 {unit}", 20_000)
        | {"measure": None, "counted": "wool", "unit": unit.removesuffix("s")}
        for doc, unit in (("a", "tons"), ("b", "tonnes"), ("c", "litres"))
    ]
    tallies, found = link(*rows)
    assert len(tallies) == 2
    assert found["a#figure16"] == found["b#figure16"] != found["c#figure16"]


def of_one(one: dict[str, Any], two: dict[str, Any]) -> bool:
    frame = with_incidents(prepared_figures(pd.DataFrame([one, two])), NO_EVENTS)
    told = "A dealer in Selenge sells lorries to Orkhon, whose old ones burnt."
    rows = [(f["doc_id"], f["published_on"].isoformat(), f"{told} {f['sentence']}") for f in (one, two)]
    counts = Counts.read(frame, documents(*rows))
    return bool(one_population(counts, np.array([0]), np.array([1]))[0])


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        ("In 2019 three people were killed near Orkhon.", True),
        ("A fight near Orkhon killed three people in August 2019.", True),
        ("Three people were killed near Orkhon, the most since 2019.", False),
        ("In 2025 three people were killed near Orkhon.", False),
    ],
)
def test_the_dead_of_another_year_are_others(sentence: str, apart: bool) -> None:
    text = "three people" if "three" in sentence else "Three people"
    now = figure("a", "2025-08-16", "Fighting near Orkhon killed five people.", "five people", 5)
    then = figure("b", "2025-08-17", sentence, text, 3)
    assert both_unlike(now, then) is apart


def test_a_compound_for_people_makes_no_people_of_its_first_word() -> None:
    assert {head("bus drivers"), head("aid workers"), head("asylum seekers")} <= people()
    assert people().isdisjoint({head("bus"), head("buses"), head("embassy")})
