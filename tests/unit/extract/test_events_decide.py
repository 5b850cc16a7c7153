"""PLOVER's order of decision, without a parser."""

import pytest

from pipeline.extract.events.decide import complement_mode, decide
from pipeline.extract.events.status import Modality


@pytest.mark.parametrize(
    ("event_type", "mode", "how", "wanted"),
    [
        ("CONSULT", "visit", Modality(future=True), ("AGREE", None, "future")),
        ("AID", None, Modality(future=True), ("AGREE", None, "actual")),
        ("RETREAT", "withdraw", Modality(future=True), ("CONCEDE", None, "actual")),
        ("RETREAT", "release", Modality(future=True), ("AGREE", None, "actual")),
        ("ASSAULT", "aerial", Modality(future=True), ("THREATEN", "violence", "actual")),
        ("COERCE", "arrest", Modality(future=True), ("THREATEN", "arrest", "actual")),
        ("SANCTION", "discontinue", Modality(future=True), ("THREATEN", "relations", "actual")),
        ("CONCEDE", None, Modality(future=True), ("CONCEDE", None, "future")),
        ("AID", None, Modality(future=True, negated=True), ("REJECT", "assist", "actual")),
        ("ASSAULT", None, Modality(negated=True), ("ASSAULT", None, "negated")),
        ("ASSAULT", None, Modality(supposed=True), ("ASSAULT", None, "hypothetical")),
        ("ASSAULT", None, Modality(hedged=True), ("ASSAULT", None, "reported")),
        ("ASSAULT", None, Modality(), ("ASSAULT", None, "actual")),
    ],
)
def test_decide(
    event_type: str, mode: str | None, how: Modality, wanted: tuple[str, str | None, str]
) -> None:
    assert decide(event_type, mode, how) == wanted


def test_a_refusal_denied_is_no_event() -> None:
    assert decide("REJECT", None, Modality(negated=True)) is None


def test_a_planned_strike_is_future_where_a_noun_names_it() -> None:
    assert decide("ASSAULT", "aerial", Modality(future=True), nominal=True) == ("ASSAULT", "aerial", "future")


@pytest.mark.parametrize(
    ("event_type", "nested", "wanted"),
    [
        ("REQUEST", ("AID", None), "assist"),
        ("REQUEST", ("RETREAT", "withdraw"), "yield"),
        ("REQUEST", None, "change"),
        ("REJECT", ("CONSULT", "visit"), "meet"),
        ("THREATEN", ("COERCE", "deport"), "expel"),
        ("THREATEN", None, None),
    ],
)
def test_mode_of_a_complement(
    event_type: str, nested: tuple[str, str | None] | None, wanted: str | None
) -> None:
    assert complement_mode(event_type, nested) == wanted
