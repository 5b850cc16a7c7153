"""Events end to end: sentences of our own through the language model, one or more to each construction."""

from dataclasses import dataclass
from datetime import date

import pytest

from pipeline.extract import extract
from pipeline.extract.parsed import parse
from pipeline.extract.rows import Extract
from pipeline.language import load
from pipeline.read.article import Article
from pipeline.read.layout import blocks

DAY = date(2024, 5, 20)


def read(text: str) -> Extract:
    """The rows of an article published on DAY."""
    laid, credit = blocks(text, 0)
    article = Article(
        doc_id="a",
        path="a.txt",
        sha256="0" * 64,
        encoding="utf-8",
        text=text,
        published_on=DAY,
        title=None,
        credit=credit,
        body_start=0,
        body_end=len(text),
        blocks=laid,
    )
    (parsed,) = parse([article], load())
    return extract(parsed)


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
    Case("The mayor's arrest by Cuban police drew no comment.", "COERCE", "arrest", actor="police", recipient="mayor"),
    Case("Gunmen from a wing of the Northern Front ambushed a patrol.", "ASSAULT", actor="Northern Front"),
    Case("Libya condemned Chad's attack on the oasis.", "ACCUSE", "disapprove", actor="Libya", recipient="Chad"),
    Case("Peru threatened both companies with heavy fines.", "THREATEN", actor="Peru", recipient="companies"),
    # Mutual events have all parties as actors
    Case("India and Japan held joint naval exercises in the Bay of Bengal.", "COOPERATE", actor="Japan"),
    Case("The president of Chad met the Sudanese leader in Khartoum.", "CONSULT", actor="president"),
    # Light verbs
    Case("The air force carried out an airstrike on the port.", "ASSAULT", "aerial", actor="air force"),
    Case("The European Union imposed new sanctions on Belarus.", "SANCTION", actor="European Union", recipient="Belarus"),
    # What is promised, asked, refused or threatened is no event of its own
    Case("Pakistan has promised to release two Indian pilots.", "AGREE", actor="Pakistan", recipient="pilots"),
    Case("Brussels demanded that Hungary amend its constitution.", "REQUEST", "change", actor="Brussels", recipient="Hungary"),
    Case("Greece refused to hold talks with Turkey.", "REJECT", "meet", actor="Greece", recipient="Turkey"),
    Case("North Korea threatened to attack Seoul.", "THREATEN", "violence", actor="North Korea", recipient="Seoul"),
    Case("Ethiopia accused Egypt of arming the rebels.", "ACCUSE", "allege", actor="Ethiopia", recipient="Egypt"),
    # PLOVER's order of decision
    Case("The French president will travel to Beijing next week.", "AGREE", None, "future", "president", "Beijing"),
    Case("Spain will not accept further migrants, the minister said.", "REJECT", "assist", actor="Spain"),
    Case("Iran may cut off gas exports to Turkey if the bill is not paid.", "THREATEN", actor="Iran"),
    Case("Poland cancelled the visit of the Hungarian minister.", "REJECT", "meet", actor="Poland"),
    Case("Washington lifted the ban on arms sales to Cyprus.", "CONCEDE", actor="United States", recipient="Cyprus"),
    Case("Russia withdrew its troops from the valley.", "RETREAT", "withdraw", actor="Russia"),
    Case("South Africa recalled its ambassador from Israel.", "SANCTION", "withdraw", recipient="Israel"),
    # Status
    Case("The government has not released the prisoners.", "RETREAT", "release", "negated"),
    Case("Rebels reportedly shot down an army helicopter over the valley.", "ASSAULT", None, "reported"),
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
        "The minister declined to comment on the budget.",
        "The company attacked its rival's pricing.",
        "She won the election in March, officials said.",
        "The coach said the striker would miss the tournament, and the goalkeeper met the fans.",
    ],
)
def test_no_event(text: str) -> None:
    assert read(text).events == []


def test_one_event_told_by_two_words_is_one_row() -> None:
    events = read("US airstrikes killed nine militants in northern Syria.").events
    assert [e.text for e in events] == ["airstrikes"]
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
    assert roles == {"actor": "Kenya", "recipient": "three Russian diplomats"} or roles["recipient"].endswith(
        "diplomats"
    )
    assert rows.events[0].date_from == DAY
    assert all(r.event_id == rows.events[0].event_id for r in rows.event_actors)


def test_an_act_without_agent_has_the_last_ones() -> None:
    text = "The Turkish army launched an offensive in the north. The seizure of two villages followed."
    events = read(text).events
    assert events[-1].event_type == "COERCE"
    assert events[-1].actor_names == events[0].actor_names


def test_a_by_phrase_belongs_to_the_verb_before_it() -> None:
    text = (
        "Turkey carried out raids on the coast, including a strike on a harbour often used by a Greek gang."
    )
    assert not [event for event in read(text).events if "gang" in (event.actor_names or "")]


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


@pytest.mark.parametrize(
    ("text", "cue", "accused"),
    [
        ("Iran's foreign minister said Israel is trying to drag his country into a war.", "said", "Israel"),
        ("Chilean president Marta Soto repeated her claim that Argentina seeks to annex the islands.", "repeated her claim", "Argentina"),
        ('"Sudan wants to destabilise the region," the Ethiopian prime minister said.', "said", "Sudan"),
    ],
)  # fmt: skip
def test_to_ascribe_a_hostile_intent_is_to_accuse(text: str, cue: str, accused: str) -> None:
    (event,) = read(text).events
    assert (event.event_type, event.event_mode, event.status) == ("ACCUSE", "allege", "actual")
    assert event.text == cue
    assert event.recipient_names == accused


@pytest.mark.parametrize(
    "text",
    [
        "Germany said France wants to host the summit.",
        "Kenya said it wants to impose a tax on fuel.",
        "The Italian foreign minister said Italy is trying to impose a price on carbon.",
        "The Greek prime minister said Cyprus wants to seize the chance.",
        "Mexico does not believe that Cuba wants to overthrow the king.",
    ],
)
def test_other_intents_accuse_nobody(text: str) -> None:
    assert not [event for event in read(text).events if event.event_type == "ACCUSE"]


def parties(text: str) -> list[tuple[str, str | None, str | None]]:
    """Type, actors and recipients of each event."""
    return [(e.event_type, e.actor_names, e.recipient_names) for e in read(text).events]


def test_two_leaders_are_the_two_named_last() -> None:
    text = "Kenyan President William Ruto met Tanzanian President Samia Hassan in Mombasa. The two leaders discussed trade."
    assert parties(text)[-1] == ("CONSULT", "William Ruto | Samia Hassan", None)


def test_both_countries_are_the_two_named_last() -> None:
    text = "Armenia has criticised Turkey. Both countries have deployed troops along the border."
    assert parties(text)[-1][:2] == ("MOBILIZE", "Armenia | Turkey")


def test_the_owner_of_a_thing_struck_undergoes_it_too() -> None:
    (event,) = read("Israel bombed an Iranian warehouse.").events
    assert event.recipient_names == "Iranian warehouse | Iran"
    assert event.recipient_countries == "IRN"


def test_whoever_owns_the_campaign_acts_in_it() -> None:
    text = "Chad shelled a camp.\n\nTurkey seeks oil through its campaign that opened with a huge naval deployment in the Black Sea."
    assert parties(text)[-1] == ("MOBILIZE", "Turkey", None)


def test_no_agent_comes_from_another_paragraph_past_a_possible_one() -> None:
    before = "Chad shelled a camp.\n\nThe seizure of two villages was reported"
    assert parties(before + ".")[-1] == ("COERCE", "Chad", "two villages")
    assert parties(before + " in Sudan and in Libya.")[1:] == []


def days(text: str) -> list[tuple[str, date | None]]:
    """Type and first day of each event."""
    return [(e.event_type, e.date_from) for e in read(text).events]


def test_what_two_said_at_a_meeting_has_its_date() -> None:
    met = "Defence Minister Carlos Vega met Chilean Foreign Minister Ana Silva in Lima on Friday."
    friday = date(2024, 5, 17)
    assert days(met + "\n\nVega thanked Silva for her help.")[-1] == ("SUPPORT", friday)
    assert days(met + "\n\nVega thanked Brazil for its help.")[-1] == ("SUPPORT", None)


def test_a_condemnation_in_the_present_is_of_the_day() -> None:
    assert ("ACCUSE", DAY) in days("Peru condemns the coup in Niger.")
    assert ("ACCUSE", None) in days("Peru condemned the coup in Niger.")


def test_what_is_condemned_in_a_quotation_has_the_date_of_saying() -> None:
    text = '"We condemn the coup in Niger," the French foreign minister said on Friday.'
    assert ("ACCUSE", date(2024, 5, 17)) in days(text)


def test_a_day_is_no_part_of_a_party() -> None:
    (event,) = read("On Friday rebels of the Tuareg Front attacked Mali.").events
    assert "Friday" not in (event.actor_names or "")
    assert event.date_from == date(2024, 5, 17)


def test_the_raid_hit_whom_an_earlier_word_for_it_names() -> None:
    text = "Rwanda carried out a raid on Uganda.\n\nThe army did not explain the raid by Rwanda, which lasted an hour."
    assert parties(text)[-1] == ("ASSAULT", "Rwanda", "Uganda")
    assert parties(text.replace("the raid by Rwanda", "the raid by Kenya"))[-1] == ("ASSAULT", "Kenya", None)


def test_whoever_shall_act_is_asked() -> None:
    text = "Peru on Friday demanded that Brazil drop a plan to sell weapons to Chile."
    assert parties(text)[0] == ("REQUEST", "Peru", "Brazil")


def test_whoever_shall_act_on_a_demand_is_asked() -> None:
    text = "The African Union repeated its demand on Friday that Kenya relax curbs on the travel of herders."
    assert parties(text)[0] == ("REQUEST", "African Union", "Kenya")


def test_a_denied_deed_is_a_report_of_its_own() -> None:
    text = (
        "The Turkish army denied that its jets had bombed the village. Sudan denied having shelled the camp."
    )
    rows = [(e.event_type, e.status) for e in read(text).events]
    assert rows == [
        ("REJECT", "actual"),
        ("ASSAULT", "negated"),
        ("REJECT", "actual"),
        ("ASSAULT", "negated"),
    ]


def test_what_is_refused_is_no_report_beside_the_refusal() -> None:
    assert [e.event_type for e in read("Chile denied that it had promised aid to Peru.").events] == ["REJECT"]
