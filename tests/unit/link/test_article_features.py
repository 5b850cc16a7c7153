import numpy as np
import pandas as pd

from pipeline.link.article_features import SIGNS, article_features
from pipeline.link.clauses import with_neighbours
from pipeline.link.never import forbidden
from pipeline.link.reports import Reports
from tests.unit.link.frames import documents, event, parties

ONE = "Gunmen stormed the mill, killing four guards."
TWO = "Gunmen stormed the mill a week before a flood, while robbers elsewhere killed four guards."
PARDONS = ["Norland pardoned Ilse Brandt.", "Norland pardoned Tomas Weil."]


def told(sentences: list[str], triggers: list[str], doc: str = "a", **columns: str) -> pd.DataFrame:
    """Events of one article of these sentences; one that is listed twice stands there once."""
    begins, end = {}, 0
    for sentence in dict.fromkeys(sentences):
        begins[sentence], end = end, end + len(sentence) + 1
    rows = [
        event(doc, "2025-03-05", sentence, trigger, **columns)
        | {"event_id": f"{doc}#event{n}", "start": begins[sentence] + sentence.index(trigger)}
        for n, (sentence, trigger) in enumerate(zip(sentences, triggers, strict=True))
    ]
    return pd.DataFrame(rows)


def read(frame: pd.DataFrame, *victims: str) -> Reports:
    """Reports with their parties, and the people to whom it was done."""
    of_article = frame.drop_duplicates(["doc_id", "sentence"]).groupby("doc_id")["sentence"].agg(" ".join)
    known = [
        {"event_id": key, "role": "recipient", "actor_id": f"person:{name}"}
        for key, name in zip(frame["event_id"], victims, strict=False)
    ]
    sides = pd.concat([parties(frame), pd.DataFrame(known, columns=["event_id", "role", "actor_id"])])
    texts = [(doc, "2025-03-05", text) for doc, text in of_article.items()]
    return Reports.read(with_neighbours(frame), sides, documents(*texts))


def values(reports: Reports) -> dict[str, float]:
    """The features of the first two reports."""
    found = article_features(reports, np.array([0]), np.array([1]))
    return {name: float(value[0]) for name, value in found}


def test_a_deed_and_its_toll_in_one_clause_are_told_from_two_deeds() -> None:
    one = values(read(told([ONE, ONE], ["stormed", "killing"])))
    assert one["one clause, a deed and its toll"] == 1
    assert one["one sentence, deeds parted"] == 0
    two = values(read(told([TWO, TWO], ["stormed", "killed"])))
    assert two["one clause, a deed and its toll"] == 0
    assert two["one sentence, deeds parted"] == 1


def test_what_stands_between_two_reports_counts() -> None:
    sentences = ["Gunmen stormed the mill.", "Four guards were killed.", "A bridge was bombed."]
    reports = read(told(sentences, ["stormed", "killed", "bombed"]))
    assert reports.nth_of_kind.tolist() == [0, 1, 2]
    found = values(reports)
    assert found["next of their kind"] == found["a toll and nothing of its kind between"] == 1
    assert found["only two of their kind"] == 0
    last = read(told(sentences[:2], ["stormed", "killed"]))
    assert values(last)["only two of their kind"] == 1


def test_reports_of_two_articles_have_none() -> None:
    frame = pd.concat([told([ONE], ["stormed"]), told([ONE], ["killing"], doc="b")], ignore_index=True)
    assert not any(values(read(frame)).values())


def test_every_sign_belongs_to_a_feature() -> None:
    assert set(SIGNS) <= set(values(read(told([ONE, ONE], ["stormed", "killing"]))))


def test_what_was_done_to_two_named_people_is_two_events() -> None:
    frame = told(PARDONS, ["pardoned", "pardoned"], event_type="CONCEDE")
    pair = np.array([0]), np.array([1])
    assert forbidden(read(frame, "brandt", "weil"), *pair).tolist() == [True]
    assert forbidden(read(frame, "brandt", "brandt"), *pair).tolist() == [False]
