"""Events end to end: sentences of our own through the language model, one or more to each construction."""

from dataclasses import dataclass
from datetime import date

import pytest

from pipeline.extract import extract
from pipeline.extract.parsed import ParsedArticle, parse
from pipeline.extract.rows import Extract
from pipeline.language import load
from tests.unit.extract.conftest import article_of

DAY = date(2024, 5, 20)


def read(text: str) -> Extract:
    """The rows of an article published on DAY."""
    return extract(parsed(text))


def parsed(text: str) -> ParsedArticle:
    """An article published on DAY, parsed."""
    return next(iter(parse([article_of(text, DAY)], load())))


@dataclass(frozen=True)
class Case:
    """A sentence and its first event: type, mode ("*" for any), status, a word of its actor and of its recipient."""

    text: str
    event_type: str
    mode: str | None = "*"
    status: str = "actual"
    actor: str | None = None
    recipient: str | None = None


CASES = [
    # Active, passive, nominal, possessive
    Case("Police in Minsk detained more than 200 protesters.", "COERCE", "arrest", actor="Police", recipient="protesters"),
    Case("The convoy was attacked by rebels near the river.", "ASSAULT", actor="rebels", recipient="convoy"),
    Case("Syria condemned the seizure of two tankers by the Greek navy.", "ACCUSE", "disapprove", actor="Syria"),
    Case("The prime minister praised Egypt's role in the truce.", "SUPPORT", actor="minister", recipient="Egypt"),
    Case("The mayor's arrest by Cuban police drew no comment.", "COERCE", "arrest", actor="police"),
    Case("Libya condemned Chad's attack on the oasis.", "ACCUSE", "disapprove", actor="Libya", recipient="Chad"),
    Case("Peru threatened both companies with heavy fines.", "THREATEN", actor="Peru", recipient="companies"),
    # Mutual events have all parties as actors
    Case("The president of Chad met the Sudanese leader in Khartoum.", "CONSULT", actor="president"),
    # Light verbs
    Case("The air force carried out an airstrike on the port.", "ASSAULT", actor="air force"),
    Case("The European Union imposed new sanctions on Belarus.", "SANCTION", actor="European Union", recipient="Belarus"),
    # What is promised, asked, refused or threatened is no event of its own
    Case("Greece refused to hold talks with Turkey.", "REJECT", actor="Greece", recipient="Turkey"),
    Case("North Korea threatened to attack Seoul.", "THREATEN", actor="North Korea", recipient="Seoul"),
    Case("Ethiopia accused Egypt of arming the rebels.", "ACCUSE", "allege", actor="Ethiopia", recipient="Egypt"),
    # PLOVER's order of decision
    Case("Poland cancelled the visit of the Hungarian minister.", "REJECT", actor="Poland"),
    Case("Washington lifted the ban on arms sales to Cyprus.", "CONCEDE", actor="United States", recipient="Cyprus"),
    Case("Russia withdrew its troops from the valley.", "RETREAT", "withdraw", actor="Russia"),
    Case("South Africa recalled its ambassador from Israel.", "SANCTION", "withdraw", recipient="Israel"),
    # Status
    Case("The government has not released the prisoners.", "RETREAT", "release", "negated"),
    Case("Rebels reportedly shot down an army helicopter over the valley.", "ASSAULT", "*", "reported"),
    Case("Rebels killed nine soldiers in the valley in 1998.", "ASSAULT", None, "historical"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.text[:40])
def test_first_event(case: Case) -> None:
    events = read(case.text).events
    assert events, "no event"
    event = events[0]
    assert event.event_type == case.event_type
    assert event.status == case.status
    if case.mode != "*":
        assert event.event_mode == case.mode
    if case.actor:
        assert case.actor in (event.actor_names or "")
    if case.recipient:
        assert case.recipient in (event.recipient_names or "")


@pytest.mark.parametrize(
    "text",
    [
        "A storm killed 20 people in Honduras.",
        "In 2019, Cyclone Belna killed 20 people in Honduras.",
        "Police stood by; five people were taken to hospital.",
        "She won the election in March, officials said.",
        "The coach said the striker would miss the tournament, and the goalkeeper met the fans.",
    ],
)
def test_no_event(text: str) -> None:
    assert read(text).events == []


def test_one_event_told_by_two_words_is_one_row() -> None:
    events = read("US airstrikes killed nine militants in northern Syria.").events
    assert len(events) == 1
    assert events[0].fatalities_low == 9
    assert "militants" in (events[0].recipient_names or "")


def test_the_figure_of_dead_knows_its_event() -> None:
    rows = read("A suicide bomber killed at least 12 people at a market in Kabul.")
    (event,) = rows.events
    assert (event.fatalities_low, event.fatalities_high) == (12, None)
    assert event.event_mode == "suicide-attack"
    assert [f.event_id for f in rows.figures if f.measure == "killed"] == [event.event_id]


def test_parties_point_at_their_words() -> None:
    text = "Kenya expelled three Russian diplomats on Monday."
    rows = read(text)
    roles = {
        r.role: text[r.start : r.end] for r in rows.event_actors if r.start is not None and r.end is not None
    }
    assert roles["actor"] == "Kenya"
    assert "Russian" in roles["recipient"]
    assert rows.events[0].date_from == DAY
    assert all(r.event_id == rows.events[0].event_id for r in rows.event_actors)


def test_every_row_is_its_text_and_keys_are_unique() -> None:
    text = " ".join(c.text for c in CASES)
    rows = read(text)
    assert all(text[e.start : e.end] == e.text for e in rows.events)
    assert len({e.event_id for e in rows.events}) == len(rows.events)
    assert len({r.event_actor_id for r in rows.event_actors}) == len(rows.event_actors)
    assert [e.start for e in rows.events] == sorted(e.start for e in rows.events)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "“",
        "attack",
        "killed killed killed by by by",
        "must " * 40,
        "agreed to agree to vow to " * 90,
        "army and " * 200,
        "group of " * 200,
    ],
)
def test_any_text_is_read(text: str) -> None:
    read(text)


def parties(text: str) -> list[tuple[str, str | None, str | None]]:
    """Type, actors and recipients of each event."""
    return [(e.event_type, e.actor_names, e.recipient_names) for e in read(text).events]


def days(text: str) -> list[tuple[str, date | None, str | None]]:
    """Type and first day of each event, and where that was read."""
    return [(e.event_type, e.date_from, e.date_basis) for e in read(text).events]


def test_a_day_is_no_part_of_a_party() -> None:
    (event,) = read("On Friday rebels of the Tuareg Front attacked Mali.").events
    assert "Friday" not in (event.actor_names or "")
    assert (event.date_from, event.date_basis) == (date(2024, 5, 17), "own")


def test_no_party_is_invented() -> None:
    (row,) = (e for e in read("Six people were killed in a bombing near the port of Essaouira.").events)
    assert row.actor_names is None


def test_rows_say_how_sure_they_are_and_how_parties_are_told() -> None:
    rows = read("Turkish police arrested two reporters on Friday. They also raided the paper's office.")
    assert all(
        e.method == "learned" and e.confidence is not None and 0.55 <= e.confidence <= 1 for e in rows.events
    )
    assert {r.basis for r in rows.event_actors} <= {"named", "pronoun", "understood"}
    assert all((r.start is None) == (r.basis == "understood") for r in rows.event_actors)


def test_the_same_text_gives_the_same_rows_whatever_stands_beside_it() -> None:
    text = "Kenya expelled three Russian diplomats on Monday. Russia condemned the decision."
    alone = read(text)
    read("The mayor met the queen. " * 30)
    again = read(text)
    assert [(e.text, e.confidence, e.status) for e in alone.events] == [
        (e.text, e.confidence, e.status) for e in again.events
    ]
