"""Where events happened: the article's places, ranked for each event, or none."""

import pytest

from pipeline.extract.events.place_features import PlaceFeatures
from pipeline.extract.events.reading import Reading, Told
from pipeline.extract.events.train.gold import reading
from pipeline.extract.rows import Event
from schemas.columns import vocabulary
from tests.unit.extract.test_events import parsed, read


def event_at(text: str, word: str) -> Event:
    """The event whose words hold one."""
    return next(e for e in read(text).events if word in e.text)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Thousands of nurses marched through Oslo on Friday against longer shifts.", "marched", "Oslo"),
        ("Farmers protested in the centre of Lyon on Friday over the price of milk.", "protested", "Lyon"),
        ("Gunmen attacked an aid convoy near Baidoa on Monday.", "attacked", "Baidoa"),
        ("Gunmen attacked a convoy near Baidoa on Monday and killed four drivers.", "killed", "Baidoa"),
        ("Rebels shelled the town of Goma on Tuesday.", "shelled", "Goma"),
        ("U.S. air strikes killed ten fighters in Raqqa, the Pentagon said.", "killed", "Raqqa"),
    ],
)
def test_a_place_of_the_sentence(text: str, word: str, place: str) -> None:
    assert event_at(text, word).place == place


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The president of Chile condemned Argentina on Monday.", "condemned"),
        ("Turkish police arrested the mayor of Istanbul at dawn.", "arrested"),
        ("The European Union imposed sanctions on four Belarusian banks on Tuesday.", "imposed"),
    ],
)
def test_who_acts_and_of_what_somebody_is_mayor_is_no_place(text: str, word: str) -> None:
    assert event_at(text, word).place is None


def test_what_only_another_sentence_names_is_no_place() -> None:
    text = (
        "A bomb exploded in a market in Peshawar on Tuesday.\n\n"
        "Ten people were killed in the blast, police said. Nobody claimed responsibility for the attack."
    )
    places = {e.text: (e.place, e.place_basis) for e in read(text).events}
    assert places["exploded"] == ("Peshawar", "own")
    assert places["killed"] == (None, None)


def test_where_a_place_was_read_is_one_of_the_values() -> None:
    text = "In Kumasi, police shot two miners on Sunday, and on Monday crowds burnt a court. The army sent troops."
    known = set(vocabulary("event_place_basis"))
    events = read(text).events
    assert events and {e.place_basis for e in events} - {None} <= known
    assert all((e.place is None) == (e.place_basis is None) for e in events)


def told(of: Reading, word: str) -> Told:
    """An event at a word."""
    at = of.tree.words.index(word)
    return Told(at, at, at, "ASSAULT", 1.0)


def test_candidates_are_bounded_and_hold_the_place_that_the_article_names_most() -> None:
    others = "Lima Oslo Kyiv Doha Bonn Bern Riga Baku Cairo Delhi Hanoi Quito Tunis Rabat Dakar Accra Lagos Milan Turin Essen"
    story = "Rebels attacked Goma. People fled Goma. Goma is quiet. " + " ".join(
        f"Envoys flew to {name}." for name in others.split()
    )
    of = reading(parsed(f"{story} Rebels struck again."))
    places = PlaceFeatures(of)
    found = places.candidates(told(of, "struck"))
    assert any(w.mention.text == "Goma" for w in found)
    assert len(found) < len({place.key for _, place in places.told})


def test_each_place_is_a_candidate_once_at_its_nearest_mention() -> None:
    of = reading(parsed("Goma lies on a lake. Rebels attacked Goma. Later the army struck near Goma."))
    (only,) = PlaceFeatures(of).candidates(told(of, "struck"))
    assert only.at > of.tree.words.index("struck")
