import numpy as np
import pandas as pd

from pipeline.link.accounts import Accounts, Lone, Tellings, account_days, account_digests
from pipeline.link.linking import OF_STORY
from pipeline.link.memory import digests
from pipeline.link.reports import Reports
from pipeline.link.rows import NO_DAY, stable_order
from tests.unit.link.frames import day, documents, event, lists, parties, words_of

LEAD = "Rebels stormed a barracks on Tuesday."
LATER = "The assault in Kutum left 12 soldiers dead."


TEXT = f"{LEAD} {LATER}"


def two_reports() -> pd.DataFrame:
    """Two reports of one article."""
    told = [
        event("a", "2025-03-05", LEAD, "stormed", when="2025-03-04")
        | {"date_basis": "own", "recipient_names": None, "recipient_countries": None},
        event("a", "2025-03-05", LATER, "assault")
        | {"event_id": "a#later", "start": TEXT.index("assault"), "place": "Kutum", "fatalities_low": 12.0},
    ]
    return stable_order(pd.DataFrame(told), "event_id")


def accounts(*members: list[int]) -> Accounts:
    """The same in the groups asked for."""
    frame = two_reports()
    reports = Reports.read(frame, parties(frame), documents(("a", "2025-03-05", TEXT)))
    return Accounts.of(reports, lists(*members))


def test_an_account_has_what_any_of_its_reports_tells() -> None:
    told = accounts([0, 1]).told
    assert len(told) == 1
    assert (told.first[0], told.cells["place"][0], told.fatalities[0]) == (
        day("2025-03-04").toordinal(),
        "Kutum",
        12,
    )
    assert told.cells["recipient_names"][0] == "Ukraine" and "country:UKR" in told.recipients[0]
    assert told.cells["text"][0] == "stormed" and told.in_lead[0]
    assert words_of(told.words["trigger"], 0) == {"storm": 1.0, "assault": 1.0}
    assert {"barrack", "soldier"} <= set(words_of(told.words["around"], 0))


def test_reports_that_are_not_one_keep_what_they_tell() -> None:
    told = accounts([0], [1]).told
    assert list(told.cells["place"]) == ["", "Kutum"]
    assert told.first.tolist() == [day("2025-03-04").toordinal(), NO_DAY]
    assert np.isnan(told.fatalities[0])
    assert words_of(told.words["trigger"], 1) == {"assault": 1.0}


def test_articles_of_one_story_are_compared_by_the_words_that_tell_it() -> None:
    one = accounts([0, 1])
    keys = one.keys(0)
    assert {f"{OF_STORY}ASSAULT kutum", f"{OF_STORY}ASSAULT barrack"} <= keys
    assert not any(key.endswith(" a") for key in keys)
    assert Tellings(one.reports).keys(0) == {"ASSAULT a", f"{OF_STORY}ASSAULT a"}


def test_an_account_stands_at_its_first_day_and_changes_with_its_reports() -> None:
    frame = two_reports()
    account = np.array([0, 0])
    assert account_days(frame, account, 1).tolist() == [day("2025-03-04").toordinal()]
    assert account_days(frame.iloc[[1]], account[:1], 1).tolist() == [day("2025-03-05").toordinal()]
    own = digests(frame[["event_id", "text"]])
    whole = account_digests(own, account, 1)
    assert whole == account_digests(own[::-1], account, 1)
    assert whole != account_digests(own[:1], account[:1], 1)


def test_only_what_no_other_article_tells_is_compared_again() -> None:
    rows = Lone(accounts([0], [1]), np.array([True, False]))
    assert rows.keys(0) == {"ASSAULT a", f"{OF_STORY}ASSAULT a"}
    assert rows.keys(1) == set()
