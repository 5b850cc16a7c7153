from pipeline.link.sources import count_sources, sources
from tests.unit.link.frames import documents


def n_sources(credits: list[str | None], copies: list[str | None]) -> int:
    rows = [(f"d{n}", "2025-01-01", "") for n in range(len(credits))]
    frame = documents(*rows).assign(credit=credits, duplicate_of=copies)
    return count_sources(frame["doc_id"], sources(frame))


def test_a_copy_is_no_source_of_its_own() -> None:
    assert n_sources([None, None], [None, "d0"]) == 1


def test_two_articles_of_one_agency_are_one_source() -> None:
    assert n_sources(["Reuters", "Reuters", "AFP"], [None] * 3) == 2


def test_a_shared_agency_joins_and_agencies_without_a_name_do_not() -> None:
    assert n_sources(["Guardian/Agencies", "Tribune/Agencies"], [None] * 2) == 2
    assert n_sources(["Guardian/AP", "AP and Reuters", "Reuters"], [None] * 3) == 1


def test_articles_without_a_credit_stand_alone() -> None:
    assert n_sources([None, None, "AP"], [None] * 3) == 3
