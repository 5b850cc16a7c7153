from pipeline.link.sources import Voices, count_sources
from tests.unit.link.frames import documents


def n_sources(credits: list[str | None], copies: list[str | None]) -> int:
    rows = [(f"d{n}", "2025-01-01", "") for n in range(len(credits))]
    frame = documents(*rows).assign(credit=credits, duplicate_of=copies)
    return count_sources(frame["doc_id"], Voices(frame))


def test_a_copy_is_no_source_of_its_own() -> None:
    assert n_sources([None, None], [None, "d0"]) == 1


def test_two_articles_of_one_agency_are_one_source() -> None:
    assert n_sources(["Reuters", "Reuters", "AFP"], [None] * 3) == 2


def test_a_shared_agency_joins_and_agencies_without_a_name_do_not() -> None:
    assert n_sources(["Guardian/Agencies", "Tribune/Agencies"], [None] * 2) == 2
    assert n_sources(["Guardian/AP", "AP"], [None] * 2) == 1
    assert n_sources(["Guardian/AP", "AP and Reuters"], [None] * 2) == 1


def test_who_speaks_with_two_voices_makes_no_one_source_of_them() -> None:
    for credits in (["Guardian", "Guardian/AP", "AP"], ["AP", "Guardian", "Guardian/AP"]):
        assert n_sources(credits, [None] * 3) == 2
    assert n_sources(["Guardian/AP", "AP and Reuters", "Reuters"], [None] * 3) == 2
    assert n_sources(["Guardian/AP", "Mail/AP", "Echo/AP"], [None] * 3) == 1


def test_what_nobody_is_known_to_have_written_is_one_voice() -> None:
    assert n_sources([None, None, "AP"], [None] * 3) == 2
    frame = documents(("a", "2025-01-01", ""), ("b", "2025-01-01", ""))
    assert count_sources(["a", "b"], Voices(frame), known=False) == 2


def test_articles_of_one_paper_or_writer_are_one_source() -> None:
    frame = documents(*((name, "2025-01-01", "") for name in "abcd"))
    frame = frame.assign(
        outlet=["Post", "Post", "Mail", "Echo"], author=[None, None, "A. Writer", "A. Writer"]
    )
    assert count_sources("abcd", Voices(frame)) == 2


def test_a_paper_that_quotes_another_speaks_with_its_voice() -> None:
    frame = documents(("a", "2025-01-01", ""), ("b", "2025-01-01", "")).assign(credit=["Post", "Mail"])
    assert count_sources("ab", Voices(frame), {"b": "The Post"}) == 1
    assert count_sources("ab", Voices(frame), {"b": "the mayor"}) == 2
