import gc
import weakref
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline.link.clauses import with_neighbours
from pipeline.link.evidence import SOON, lag
from pipeline.link.incidents import link_incidents
from pipeline.link.never import forbidden
from pipeline.link.reports import Reports, series
from pipeline.link.rows import stable_order
from pipeline.link.same_event import score_reports
from pipeline.link.weights import learned
from tests.unit.link.frames import day, documents, event, parties

MONDAY = event(
    "a",
    "2025-03-03",
    "Drones hit a grain terminal in Brovary on Monday.",
    "hit",
    place="Brovary",
    when="2025-03-03",
)
TUESDAY = event(
    "b",
    "2025-03-04",
    "On Monday drones struck the terminal for grain in Brovary.",
    "struck",
    place="Brovary",
    when="2025-03-03",
)
NEXT = event(
    "c", "2025-03-07", "Drones hit Brovary again on Friday.", "hit", place="Brovary", when="2025-03-07"
)
LATE = event(
    "d",
    "2025-04-20",
    "Exports fell after drones hit the terminal in Brovary on 3 March.",
    "hit",
    place="Brovary",
    when="2025-03-03",
)
UNDATED = event(
    "e", "2025-03-05", "The strike on the grain terminal in Brovary raised prices.", "strike", place="Brovary"
)
DENIAL = event(
    "f",
    "2025-03-05",
    "Moscow denied that it hit the grain terminal in Brovary on Monday.",
    "hit",
    place="Brovary",
    when="2025-03-03",
    status="negated",
)


def link(
    *events: dict[str, Any], cache: Path | None = None, **columns: Any
) -> tuple[pd.DataFrame, dict[str, str]]:
    frame = pd.DataFrame(list(events))
    articles = documents(
        *((e["doc_id"], e["published_on"].isoformat(), e["sentence"]) for e in events),
        **{"credit": [f"Paper {e['doc_id']}" for e in events], **columns},
    ).drop_duplicates("doc_id")
    incidents, _, found = link_incidents(frame, parties(frame), articles, cache=cache)
    return incidents, found


def groups(found: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(e.split("#")[0] for e, i in found.items() if i == key) for key in found.values()}


def test_reports_of_one_event_join_and_the_next_strike_does_not() -> None:
    incidents, found = link(MONDAY, TUESDAY, NEXT)
    assert groups(found) == {frozenset("ab"), frozenset("c")}
    row = incidents.set_index("incident_id").loc[found[MONDAY["event_id"]]]
    assert (row["n_reports"], row["n_documents"], row["n_sources"]) == (2, 2, 2)
    assert row["corroboration"] == "corroborated"
    assert row["date_from"] == row["date_to"] == MONDAY["date_from"]
    assert (row["first_reported_on"], row["last_reported_on"]) == (
        MONDAY["published_on"],
        TUESDAY["published_on"],
    )
    assert row["place"] == "Brovary"


def test_a_background_mention_weeks_later_joins_the_old_incident() -> None:
    assert groups(link(MONDAY, NEXT, LATE)[1]) == {frozenset("ad"), frozenset("c")}


def test_a_topic_without_a_day_joins_nothing_and_a_toll_does() -> None:
    topic = event("e", "2025-03-05", "A strike on a depot raised prices all over Ukraine.", "strike")
    assert len(groups(link(MONDAY, topic)[1])) == 2
    assert len(groups(link(MONDAY, {**UNDATED, "published_on": date(2025, 2, 20)})[1])) == 2
    four = {"fatalities_low": 4, "recipient_names": "four dockers"}
    said = event(
        "e", "2025-03-04", "Drones struck Brovary and killed four dockers.", "struck", place="Brovary"
    )
    assert groups(link(MONDAY | four, said | four)[1]) == {frozenset("ae")}
    assert len(groups(link(MONDAY | four, {**said, "published_on": date(2025, 2, 20)} | four)[1])) == 2


def test_undated_reports_of_one_topic_stay_apart() -> None:
    told = [
        event(doc, on, sentence, "bombed")
        for doc, on, sentence in (
            ("a", "2025-03-11", "Russian jets have bombed the north of Ukraine in recent months."),
            ("b", "2025-03-12", "Aid groups say that Russian planes have bombed Ukraine."),
            ("c", "2025-05-02", "Russian planes bombed a bridge in Ukraine."),
        )
    ]
    assert len(set(link(*told)[1].values())) == 3


def test_a_plan_and_a_series_are_tied_to_the_deed_and_never_joined_with_it() -> None:
    plan = event(
        *("p", "2025-03-02", "Drones will hit the grain terminal in Brovary on Monday.", "hit"),
        **{"place": "Brovary", "when": "2025-03-03", "status": "future"},
    )
    frame = pd.DataFrame([MONDAY, plan, DENIAL])
    articles = documents(
        *((e["doc_id"], e["published_on"].isoformat(), e["sentence"]) for e in (MONDAY, plan, DENIAL))
    )
    found = link_incidents(frame, parties(frame), articles)
    key = found.incident_of
    ties = {(row["from"], row["relation"], row["to"]) for row in found.incident_links.to_dict("records")}
    assert (key[plan["event_id"]], "plan of", key[MONDAY["event_id"]]) in ties
    assert (key[DENIAL["event_id"]], "denial of", key[MONDAY["event_id"]]) in ties
    early = pd.DataFrame([MONDAY, DENIAL | {"published_on": day("2025-03-01")}])
    told = link_incidents(early, parties(early), articles).incident_links
    assert "denial of" not in set(told["relation"])  # nobody denies what comes later
    assert len(set(key.values())) == 3
    status = found.incidents.set_index("incident_id")["status"]
    assert [status[key[e["event_id"]]] for e in (MONDAY, plan, DENIAL)] == ["actual", "planned", "denied"]


def test_a_link_says_why_and_how_surely() -> None:
    incidents, _ = link(MONDAY, TUESDAY, NEXT)
    joined, alone = incidents[incidents["n_reports"] == 2].iloc[0], incidents[incidents["n_reports"] == 1]
    assert {"same day", "same place"} <= set(joined["incident_basis"].split(" | "))
    assert 0.5 < joined["confidence"] <= 1
    assert alone[["incident_basis", "confidence"]].isna().all(axis=None)


def test_a_denial_disputes() -> None:
    incidents, found = link(MONDAY, DENIAL)
    assert groups(found) == {frozenset("a"), frozenset("f")}
    row = incidents.set_index("incident_id").loc[found[MONDAY["event_id"]]]
    assert (row["corroboration"], row["disputed_over"]) == ("disputed", "whether")
    assert (row["claim_event_id"], row["counter_event_id"]) == (MONDAY["event_id"], DENIAL["event_id"])


def test_a_copy_does_not_corroborate() -> None:
    incidents, _ = link(MONDAY, TUESDAY, duplicate_of=[None, "a"])
    assert incidents[["n_documents", "n_sources", "corroboration"]].to_numpy().tolist() == [[2, 1, "single"]]


def test_places_far_apart_on_one_day_stay_apart() -> None:
    here = {**MONDAY, "latitude": 50.5, "longitude": 30.8}
    sentence = "Drones hit a grain terminal in Izium on Monday."
    there = event(
        "b", "2025-03-03", sentence, "hit", place="Izium", when="2025-03-03", latitude=49.2, longitude=37.3
    )
    assert len(groups(link(here, there)[1])) == 2


def test_a_plan_is_not_the_deed() -> None:
    plan = event(
        "a",
        "2025-03-03",
        "The minister will visit Ankara on Friday.",
        "visit",
        event_type="CONSULT",
        status="future",
        when="2025-03-07",
    )
    deed = event(
        "b",
        "2025-03-20",
        "The minister met mayors in Ankara on 19 March.",
        "met",
        event_type="CONSULT",
        when="2025-03-19",
    )
    assert len(groups(link(plan, deed)[1])) == 2


def test_keys_come_from_the_earliest_report_whatever_the_order() -> None:
    one = link(MONDAY, TUESDAY, NEXT, LATE, UNDATED, DENIAL)
    two = link(DENIAL, LATE, NEXT, UNDATED, TUESDAY, MONDAY)
    assert one[1] == two[1]
    pd.testing.assert_frame_equal(one[0], two[0])
    assert one[1][LATE["event_id"]] == MONDAY["event_id"].replace("#event", "#incident")


def test_a_cache_changes_nothing(tmp_path: Path) -> None:
    plain = link(MONDAY, TUESDAY, NEXT, LATE)
    link(MONDAY, TUESDAY, NEXT, cache=tmp_path)
    for _ in range(2):
        again = link(MONDAY, TUESDAY, NEXT, LATE, cache=tmp_path)
        assert again[1] == plain[1]
        pd.testing.assert_frame_equal(again[0], plain[0])
    (tmp_path / "incidents.arrays").write_bytes(b"broken")
    assert link(MONDAY, TUESDAY, NEXT, LATE, cache=tmp_path)[1] == plain[1]


def test_reports_are_let_go_of_once_they_are_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[weakref.ref[Reports]] = []
    monkeypatch.setattr(
        Reports, "gather", lambda own, rows, of=Reports.gather: (read.append(weakref.ref(own)), of(own, rows))
    )
    gc.collect()
    gc.disable()  # nobody looks for circles soon enough: few objects hold very much
    try:
        link(MONDAY, TUESDAY, NEXT, UNDATED, DENIAL)
        assert read and not any(own() for own in read)
    finally:
        gc.enable()


def test_no_events() -> None:
    events = pd.DataFrame([MONDAY]).iloc[:0]
    incidents, _, found = link_incidents(events, parties(events), documents())
    assert len(incidents) == 0 and found == {}


def test_a_deed_and_its_toll_in_one_sentence_are_one_event() -> None:
    sentence = "Eleven people were injured when drones attacked Brovary, Ukraine said after it arrested two men and fined one."
    toll, deed = event("a", "2025-03-03", sentence, "injured"), event("a", "2025-03-03", sentence, "attacked")
    other = event("a", "2025-03-03", sentence, "arrested", event_type="COERCE", event_mode="arrest")
    found = link(toll, deed, other)[1]
    assert found[toll["event_id"]] == found[deed["event_id"]] != found[other["event_id"]]


def test_as_many_judges_are_not_as_many_banks() -> None:
    text = "The EU punished four Russian banks on Friday. In May it sanctioned a dozen Russian judges."
    banks, judges = (
        {**event("a", "2025-06-06", sentence, trigger, event_type="SANCTION"), "recipient_names": whom}
        for sentence, trigger, whom in (
            (text, "punished", "four Russian banks"),
            (text, "sanctioned", "dozen Russian judges"),
        )
    )
    sentence = "The European Union sanctioned 12 judges from Russia on 7 May."
    before = event("b", "2025-05-08", sentence, "sanctioned", event_type="SANCTION", when="2025-05-07")
    judges["date_from"], judges["date_to"] = before["date_from"], before["date_to"]
    assert frozenset("ab") not in groups(link(before | {"recipient_names": "12 judges"}, banks)[1])
    assert len(groups(link(banks, judges)[1])) == 1  # one article
    assert len(set(link(banks, judges)[1].values())) == 2


def test_a_strike_on_boats_is_none_on_a_building() -> None:
    sentence = "Jets hit {} near the mouth of the river."
    days = {"a": "2025-03-03", "b": "2025-03-05", "c": "2025-03-05"}  # of one day both would count the most
    told = [
        event(doc, days[doc], sentence.format(what), "hit") | {"recipient_names": what}
        for doc, what in (("a", "fishing boats"), ("b", "a depot"), ("c", "two trawlers"))
    ]
    frame = pd.DataFrame(told)
    reports = Reports.read(
        frame, parties(frame), documents(*((e["doc_id"], days[e["doc_id"]], e["sentence"]) for e in told))
    )
    (depot, trawlers), _ = score_reports(reports, np.array([0, 0]), np.array([1, 2]))
    assert depot < trawlers


def test_what_two_leaders_say_is_said_twice() -> None:
    sentence = "{} condemned the bombing of the market in Latakia."
    one, two = (
        event(
            doc, "2025-03-03", sentence.format(who), "condemned", event_type="ACCUSE", event_mode="disapprove"
        )
        | {"actor_names": who, "actor_countries": None, "recipient_countries": None, "recipient_names": None}
        for doc, who in (("a", "The African Union"), ("b", "The Arab League"))
    )
    frame = pd.DataFrame([one, two])
    actors = pd.DataFrame(
        [
            {"event_id": e["event_id"], "role": "actor", "actor_id": f"body:{e['actor_names']}"}
            for e in (one, two)
        ]
    )
    articles = documents(*((e["doc_id"], "2025-03-03", e["sentence"]) for e in (one, two)))
    assert len(set(link_incidents(frame, actors, articles).incident_of.values())) == 2
    assert (
        len(set(link_incidents(frame, actors.assign(actor_id="body:au"), articles).incident_of.values())) == 1
    )


def test_the_next_of_a_series_is_not_the_one_before() -> None:
    first = event("a", "2025-06-03", "Patrol ships rammed a trawler off Palawan.", "rammed")
    text = "For the second time this month patrol ships rammed a trawler off Palawan."
    assert len(groups(link(first, event("b", "2025-06-11", text, "rammed"))[1])) == 2
    assert series(text, text.index("rammed"), "rammed") == 2
    assert series("New sanctions were imposed on a bank.", 19, "imposed") == 0
    assert series("The bloc imposed new sanctions on a bank.", 21, "sanctions") == 1


def test_who_acts_in_one_does_not_undergo_the_other() -> None:
    sides = {"actor_names": None, "recipient_names": None, "event_type": "SANCTION", "event_mode": "expel"}
    told = (
        ("a", "Oslo told two envoys on Monday that they must go.", "told", "NOR", "IRN"),
        ("b", "Two envoys were ordered out of Tehran on Monday.", "ordered", "IRN", "NOR"),
        ("c", "Norway ordered two envoys out on Monday.", "ordered", "NOR", "IRN"),
    )
    one, two, three = (
        event(doc, "2025-11-04", sentence, word, when="2025-11-03")
        | sides
        | {"actor_countries": by, "recipient_countries": whom}
        for doc, sentence, word, by, whom in told
    )
    assert len(groups(link(one, two)[1])) == 2
    assert len(groups(link(one, three)[1])) == 1


def test_what_one_article_tells_joins_less_surely_than_what_another_tells_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Drones hit a grain terminal in Brovary on Monday. Later the strike was condemned."
    later = event("a", "2025-03-03", "Later the strike was condemned.", "strike", place="Brovary")
    later |= {"event_id": "a#event99", "start": text.index("strike")}

    def scores(reports: Reports, left: Any, right: Any) -> tuple[Any, Any]:
        """What is of one article is half as sure as a join for all needs."""
        there = reports.doc[left] == reports.doc[right]
        told = np.array(reports.cells["text"])
        elsewhere = np.where((told[left] == "strike") | (told[right] == "strike"), -3.0, 2.0)
        score = np.where(there, -learned("within").alone / 2, elsewhere)
        return score, np.ones(len(left), dtype=np.uint16)

    monkeypatch.setattr("pipeline.link.incidents.score_reports", scores)
    articles = documents(("a", "2025-03-03", text), ("b", "2025-03-04", TUESDAY["sentence"]))
    alone = pd.DataFrame([MONDAY, later])
    found = link_incidents(alone, parties(alone), articles.iloc[:1])
    assert len(set(found.incident_of.values())) == 1
    assert found.incidents["n_reports"].tolist() == [2] and found.incidents["confidence"].notna().all()
    assert found.incidents["incident_basis"].tolist() == ["same day"]
    both = pd.DataFrame([MONDAY, later, TUESDAY | {"event_type": "ASSAULT"}])
    key = link_incidents(both, parties(both), articles).incident_of
    assert key[MONDAY["event_id"]] == key[TUESDAY["event_id"]] != key[later["event_id"]]


@pytest.mark.parametrize(("on", "days"), [("2025-09-05", SOON + 1), ("2025-08-10", -22), ("2025-10-10", 10)])
def test_what_is_published_in_a_month_may_be_what_is_later_told_of_that_month(on: str, days: int) -> None:
    looks_back = event("a", "2025-11-30", "Ilse Brandt, who quit in September, will write a book.", "quit")
    looks_back |= {"date_from": day("2025-09-01"), "date_to": day("2025-09-30"), "date_basis": "own"}
    news = event("b", on, "Ilse Brandt has quit over unpaid tax.", "quit")
    frame = with_neighbours(stable_order(pd.DataFrame([looks_back, news]), "event_id"))
    articles = documents(*((e["doc_id"], str(e["published_on"]), e["sentence"]) for e in (looks_back, news)))
    reports = Reports.read(frame, parties(frame), articles)
    pair = np.array([0]), np.array([1])
    assert lag(reports, *pair).tolist() == [days]
    assert forbidden(reports, *pair).tolist() == [days < 0]


def test_attacks_in_words_of_two_people_are_two() -> None:
    told = [
        event(doc, "2025-03-04", f"{who} attacked Sarnai over taxes.", "attacked", actor_names=who)
        for doc, who in (("a", "Bold"), ("b", "Tuya"), ("c", "Bold"))
    ]
    frame = pd.DataFrame(told)
    actors = pd.DataFrame(
        [
            {"event_id": e["event_id"], "role": role, "actor_id": f"person:{who}"}
            for e in told
            for role, who in (("actor", e["actor_names"]), ("recipient", "sarnai"))
        ]
    )
    articles = documents(*((e["doc_id"], "2025-03-04", e["sentence"]) for e in told))
    pairs = np.array([0, 0]), np.array([1, 2])
    assert forbidden(Reports.read(frame, actors, articles), *pairs).tolist() == [True, False]
    harmed = Reports.read(frame.assign(injured_low=2.0), actors, articles)
    assert forbidden(harmed, *pairs).tolist() == [False, False]
