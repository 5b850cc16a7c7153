import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from schemas import TABLES
from schemas.validation import checks, validate
from tests.sample import ROWS, broken, table, tables

FAILING: list[tuple[str, str, dict[str, Any]]] = [
    # table, check that must fail, what is wrong
    ("documents", "values", {"sha256": "abc"}),
    ("documents", "values", {"encoding": "latin-1"}),
    ("documents", "values", {"language": "English"}),
    ("documents", "values", {"title": ""}),
    ("documents", "values", {"text": None}),
    ("documents", "values", {"n_words": -1}),
    ("documents", "values", {"body_end": 10_000}),
    ("documents", "values", {"body_start": 95}),
    ("documents", "plausibility", {"published_on": dt.date(2999, 1, 1)}),
    ("documents", "plausibility", {"published_on": None, "date_basis": None}),
    ("documents", "values", {"date_basis": None}),
    ("documents", "values", {"date_basis": "guessed"}),
    ("documents", "values", {"format": "scroll"}),
    ("documents", "values", {"published_at": "2026-03-02 06:45"}),
    ("documents", "foreign_keys", {"duplicate_of": "nowhere"}),
    ("documents", "key", {"doc_id": None}),
    ("sentences", "values", {"kind": "footnote"}),
    ("sentences", "source_text", {"text": "Other words."}),
    ("mentions", "values", {"mention_kind": "verb"}),
    ("mentions", "values", {"entity_type": "ship"}),
    ("mentions", "values", {"country": "Norland"}),
    ("mentions", "values", {"latitude": 91.0}),
    ("mentions", "foreign_keys", {"actor_id": "nobody"}),
    ("mentions", "foreign_keys", {"doc_id": "b"}),
    ("mentions", "foreign_keys", {"sentence_id": "a#sentence9"}),
    ("mentions", "source_text", {"start": 0}),
    ("mentions", "source_text", {"end": 1}),
    ("dates", "values", {"date_precision": "era"}),
    ("dates", "values", {"basis": None}),
    ("dates", "values", {"date_to": dt.date(2026, 2, 1)}),
    ("dates", "plausibility", {"date_from": dt.date(202, 3, 1)}),
    ("quotes", "values", {"quote_kind": "loud"}),
    ("quotes", "values", {"spans": "0:65"}),
    ("quotes", "source_text", {"cue": "told"}),
    ("quotes", "source_text", {"content": "Other words"}),
    ("quotes", "source_text", {"spans": "0-60"}),
    ("quotes", "source_text", {"spans": "0-3;4-65"}),
    ("quotes", "source_text", {"spans": "4-65", "content": ROWS["quotes"][0]["content"][4:]}),
    ("quotes", "source_text", {"speaker_end": None}),
    ("quotes", "foreign_keys", {"speaker_id": "nobody"}),
    ("figures", "values", {"comparator": "=="}),
    ("figures", "values", {"value": None}),
    ("figures", "values", {"value": float("nan")}),
    ("figures", "values", {"value_high": 3.0}),
    ("figures", "values", {"trend": "flat"}),
    ("figures", "foreign_keys", {"event_id": "a#event99"}),
    ("figures", "foreign_keys", {"tally_id": "none"}),
    ("events", "values", {"event_type": "FIGHT"}),
    ("events", "values", {"event_mode": "phone"}),
    ("events", "values", {"quad_class": 3}),
    ("events", "values", {"intensity": 11.0}),
    ("events", "values", {"contexts": "military | weather"}),
    ("events", "values", {"contexts": "military;health"}),
    ("events", "values", {"status": "possible"}),
    ("events", "values", {"date_from": dt.date(2026, 3, 2)}),
    ("events", "values", {"fatalities_high": 11}),
    ("events", "values", {"injured_low": 5, "injured_high": 4}),
    ("events", "values", {"actor_countries": "usa"}),
    ("events", "plausibility", {"fatalities_low": 1_000_000}),
    ("events", "plausibility", {"date_to": dt.date(2300, 1, 1)}),
    (
        "events",
        "plausibility",
        {"status": "actual", "date_from": dt.date(2027, 1, 1), "date_to": dt.date(2027, 1, 1)},
    ),
    ("event_actors", "values", {"role": "witness"}),
    ("event_actors", "foreign_keys", {"event_id": "a#event99"}),
    ("event_actors", "source_text", {"text": "army of Suland"}),
    ("actors", "values", {"actor_type": "ship"}),
    ("actors", "values", {"sector": "XXX"}),
    ("actors", "values", {"n_mentions": 0}),
    ("actors", "values", {"first_seen_on": dt.date(2026, 4, 1)}),
    ("incidents", "values", {"corroboration": "sure"}),
    ("incidents", "values", {"corroboration": "corroborated"}),
    ("incidents", "values", {"n_sources": 2}),
    ("incidents", "values", {"first_reported_on": dt.date(2026, 4, 1)}),
    ("incidents", "values", {"date_from": dt.date(2026, 3, 2)}),
    ("incidents", "values", {"status": "future"}),
    ("incidents", "values", {"n_reports": 2}),
    ("incidents", "values", {"confidence": 0.5}),
    ("incidents", "values", {"corroboration": "disputed"}),
    ("incidents", "values", {"disputed_over": "who"}),
    ("incidents", "values", {"fatalities_low": 3, "fatalities_high": 2}),
    ("incidents", "foreign_keys", {"claim_event_id": "a#event99"}),
    ("incident_links", "values", {"relation": "cause of"}),
    ("incident_links", "values", {"to": "denial"}),
    ("incident_links", "foreign_keys", {"from": "nowhere"}),
    ("tallies", "values", {"agreement": "maybe"}),
    ("tallies", "values", {"first_on": dt.date(2026, 4, 1), "latest_on": dt.date(2026, 3, 1)}),
    ("tallies", "foreign_keys", {"incident_id": "nowhere"}),
    ("tallies", "values", {"value_high": 11.0}),
    ("tallies", "values", {"n_documents": 2}),
]


@pytest.mark.parametrize("name", TABLES)
def test_sound_tables_pass(name: str) -> None:
    assert validate(name, tables().__getitem__).empty


@pytest.mark.parametrize(
    ("name", "check", "wrong"), FAILING, ids=lambda v: v if isinstance(v, str) else ",".join(v)
)
def test_a_bad_row_fails_its_check(name: str, check: str, wrong: dict[str, Any]) -> None:
    found = validate(name, tables(**{name: broken(name, **wrong)}).__getitem__)
    assert check in set(found["check"])
    if check != "key":
        assert set(found["row"]) == {ROWS[name][0][TABLES[name].key]}
    assert set(found["check"]) <= {c.name for c in checks(TABLES[name])}
    assert found["reason"].str.len().gt(0).all()


@pytest.mark.parametrize("name", [n for n in TABLES if ROWS[n]])
def test_a_key_given_twice_fails(name: str) -> None:
    twice = pa.concat_tables([table(name), table(name)])
    found = validate(name, tables(**{name: twice}).__getitem__)
    assert set(found["check"]) == {"key"}


@pytest.mark.parametrize("name", [n for n in TABLES if n != "rejected_documents"])
def test_an_empty_table_warns(name: str) -> None:
    found = validate(name, tables(**{name: table(name, [])}).__getitem__)
    assert set(found["check"]) == {"not_empty"}


def test_a_rejected_file_warns_and_is_named() -> None:
    rejected = table("rejected_documents", [{"path": "x.txt", "reason": "The file is empty."}])
    found = validate("rejected_documents", tables(rejected_documents=rejected).__getitem__)
    assert found.to_dict("records") == [
        {
            "check": "none_rejected",
            "column": "path",
            "reason": "The file is empty.",
            "row": "x.txt",
            "value": "",
        }
    ]


@pytest.mark.parametrize("name", TABLES)
def test_wrong_columns_fail_alone(name: str) -> None:
    rows = table(name)
    key = TABLES[name].key
    for wrong in (
        rows.drop_columns([key]),
        rows.append_column("extra", pa.nulls(rows.num_rows, pa.string())),
        rows.set_column(rows.column_names.index(key), key, rows[key].cast(pa.large_string())),
        rows.select(rows.column_names[::-1]),
    ):
        found = validate(name, tables(**{name: wrong}).__getitem__)
        assert set(found["check"]) == {"columns"}


def test_a_broken_rule_is_told_once_a_row() -> None:
    found = validate("events", tables(events=broken("events", quad_class=3)).__getitem__)
    assert len(found) == 1


def test_a_vocabulary_is_named_with_the_value() -> None:
    found = validate("dates", tables(dates=broken("dates", basis="guess")).__getitem__).iloc[0]
    assert (found["column"], found["value"]) == ("basis", "guess")
    assert "vocabulary basis" in found["reason"]
