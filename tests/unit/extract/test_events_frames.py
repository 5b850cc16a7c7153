"""Frames of the event lexicon, status and politics end to end: sentences of our own through the language model."""

import pytest

from pipeline.extract.rows import Event
from tests.unit.extract.test_events import read


def event(text: str, word: str) -> Event:
    """The event of a text whose trigger holds a word."""
    return next(e for e in read(text).events if word in e.text)


FRAMES = [
    ("Latvia put its border guards on alert.", "put", "MOBILIZE", None, "actual"),
    ("Norwegian fighter jets were scrambled from Bodo after the alarm.", "scrambled", "MOBILIZE", None, "actual"),
    ("Peru declared two Bolivian diplomats personae non gratae.", "declared", "SANCTION", "expel", "actual"),
    ("Serbia ordered three Croatian diplomats to leave the country.", "ordered", "SANCTION", "expel", "actual"),
    ("The United States added nine Iranian tankers to its blacklist.", "added", "SANCTION", None, "actual"),
    ("Sudan has suspended the water treaty with Egypt.", "suspended", "SANCTION", "discontinue", "actual"),
    ("The rebels walked out of the negotiations with Colombia.", "walked", "REJECT", "meet", "actual"),
    ("Tunisian guards turned around two boats with migrants off Sfax.", "turned", "REJECT", None, "actual"),
    ("A Chinese coastguard cutter rammed a Vietnamese trawler.", "rammed", "ASSAULT", None, "actual"),
    ("Police used water cannon against protesters in Lima.", "used", "ASSAULT", "crowd-control", "actual"),
    ("Gunmen torched a school near the Nigerian town of Jos.", "torched", "ASSAULT", "primitive", "actual"),
    ("The government blocked access to Facebook in Uganda.", "blocked", "COERCE", "censor", "actual"),
    ("Greece recalled its ambassador from Ankara.", "recalled", "SANCTION", "withdraw", "actual"),
    ("The foreign ministry in Oslo called in the Russian ambassador.", "called", "ACCUSE", "disapprove", "actual"),
    ("Dutch port workers downed tools in Rotterdam.", "downed", "PROTEST", "strike", "actual"),
    ("The Senate voted to ban exports to Belarus.", "ban", "SANCTION", "discontinue", "actual"),
    ("Chancellor Weiss stopped short of endorsing the accord.", "endors", "SUPPORT", None, "negated"),
    ("Neither government has apologised.", "apologised", "CONCEDE", None, "negated"),
    ("President Ruiz is due to visit Poland in June.", "visit", "AGREE", None, "future"),
    ("Kenya dismissed reports that its army had shelled the town.", "shelled", "ASSAULT", "heavy-weapons", "negated"),
    ("The Front denied any part in the bombing of a police station.", "bombing", "ASSAULT", "explosives", "negated"),
    ("Canada offered Haiti four million dollars in aid.", "offered", "AGREE", None, "actual"),
    ("Japan sent a rescue team with dogs to Nepal.", "sent", "AID", None, "actual"),
    ("Mayor Lopez called the verdict a farce.", "called", "ACCUSE", "disapprove", "actual"),
    ("Turkish patrol boats blocked and then rammed a Greek trawler.", "blocked", "COERCE", "restrict", "actual"),
    ("Prime Minister Weiss ruled out a pardon.", "ruled", "REJECT", None, "actual"),
    ("Uganda has taken in nine thousand refugees since May.", "taken", "AID", None, "actual"),
    ("France has signed the treaty and last month asked Chad for help.", "asked", "REQUEST", None, "actual"),
    ("The Spanish navy has sent a frigate to the gulf.", "sent", "MOBILIZE", "weapons", "actual"),
    ("The Cuban government called the charges baseless.", "called", "REJECT", None, "actual"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "event_type", "mode", "status"), FRAMES, ids=[f[0] for f in FRAMES])
def test_frame(text: str, word: str, event_type: str, mode: str | None, status: str) -> None:
    found = event(text, word)
    assert (found.event_type, found.status) == (event_type, status)
    assert mode is None or found.event_mode == mode


def test_who_denies_a_share_in_a_deed_did_not_do_it() -> None:
    found = event("The Front denied any part in the bombing of a police station.", "bombing")
    assert "Front" in (found.actor_names or "")


MISREAD = [
    (
        "Hooded men smashed windows of the Greek finance ministry and pelted police officers with stones.",
        "pelted",
    ),
    ("Villagers said Burmese soldiers looted shops and torched houses.", "torched"),
    ("The army said it would answer, which Tehran denies.", "denies"),
]


@pytest.mark.parametrize(("text", "word"), MISREAD)
def test_a_verb_read_as_participle_or_noun_is_found(text: str, word: str) -> None:
    assert event(text, word)


NO_EVENT = [
    "A passenger stabbed the bus driver in a row over a ticket.",
    "The Rovers crushed the Bruins 5-1 on Wednesday night.",
    "A typhoon struck the coast and sank dozens of fishing boats.",
    "The company launched a price war and attacked the market for phones.",
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_private_crime_sport_and_nature_are_no_events(text: str) -> None:
    assert not read(text).events


def test_an_article_of_politics_lets_people_without_an_office_act() -> None:
    politics = (
        "Police in Minsk arrested two opposition leaders. Germany condemned the arrests. "
        "The European Union imposed sanctions on Belarus. Her sister alleged that she had been beaten."
    )
    assert event(politics, "alleged").event_type == "ACCUSE"
    assert not read("Her sister alleged that she had been beaten.").events


def test_a_state_tells_of_its_rebels_as_of_enemies() -> None:
    text = "The Colombian army said the National Liberation Army had attacked a village in Cauca."
    assert event(text, "attacked").status == "reported"
