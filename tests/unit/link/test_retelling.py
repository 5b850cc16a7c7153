import numpy as np

from pipeline.link.retelling import SIGNS, known_noun, new_noun, retelling
from pipeline.link.words import meant, times_told
from tests.unit.link.test_article_features import read, told


def values(sentences: list[str], triggers: list[str]) -> dict[str, float]:
    """The features of the first two reports."""
    found = retelling(read(told(sentences, triggers)), np.array([0]), np.array([1]))
    return {name: float(value[0]) for name, value in found}


def test_a_noun_for_what_is_known_is_told_from_a_new_one() -> None:
    known = "The deadly attack shook Orhei."
    new = "A second attack shook Orhei."
    assert known_noun(known, known.index("attack"), "attack")
    assert not new_noun(known, known.index("attack"), "attack")
    assert new_noun(new, new.index("attack"), "attack")
    assert not known_noun("Rebels attacked the town.", 7, "attacked")


def test_a_noun_that_points_back_speaks_for_one_event() -> None:
    found = values(["Rebels stormed the mill.", "The attack lasted an hour."], ["stormed", "attack"])
    assert found["a noun for what is known"] == 1
    other = values(["Rebels stormed the mill.", "An attack on the dam failed."], ["stormed", "attack"])
    assert other["a noun for what is known"] == 0 and other["a new noun later"] == 1


def test_those_harmed_in_what_is_known() -> None:
    found = values(
        ["Rebels stormed the mill.", "Two guards were wounded in the shootout."], ["stormed", "wounded"]
    )
    assert found["befell them in what is known"] == 1
    bare = values(["Rebels stormed the mill.", "Two guards were wounded."], ["stormed", "wounded"])
    assert bare["befell them in what is known"] == 0


def test_deeds_of_one_meaning_are_alike() -> None:
    assert set(meant("assassinated")) & set(meant("executed"))
    found = values(["Rebels held a rally.", "The demonstration ended at noon."], ["rally", "demonstration"])
    other = values(["Rebels held a rally.", "The blockade ended at noon."], ["rally", "blockade"])
    assert found["deeds of one meaning"] > other["deeds of one meaning"]


def test_two_deeds_beside_each_other_are_told_from_a_deed_and_what_it_did() -> None:
    beside = "Rebels raided the mill and kidnapped a guard."
    by = "Two guards died in a raid."
    assert values([beside, beside], ["raided", "kidnapped"])["a deed beside a deed"] == 1
    found = values([by, by], ["died", "raid"])
    assert found["befell them by it"] == 1 and found["a deed beside a deed"] == 0


def test_other_countries_and_times_speak_against() -> None:
    found = values(
        ["A bomb exploded in Kenya last year.", "A bomb exploded in Peru on Monday."],
        ["exploded", "exploded"],
    )
    assert found["countries told differ"] == found["times told differ"] == 1
    assert times_told("It began last year, not in 2016.") == {"last year", "2016"}


def test_a_detail_that_somebody_tells_follows_the_news() -> None:
    found = values(["Rebels stormed the mill.", "Officials say guards were killed."], ["stormed", "killed"])
    assert found["a detail follows"] == found["a detail follows, same type"] == 1


def test_what_lies_far_apart_is_farther_than_what_stands_close() -> None:
    far = ["Rebels stormed the mill.", "It rained. " * 80 + "The attack lasted an hour."]
    near = ["Rebels stormed the mill.", "The attack lasted an hour."]
    triggers = ["stormed", "attack"]
    assert values(far, triggers)["far between"] > values(near, triggers)["far between"]


def test_every_sign_is_that_of_a_feature() -> None:
    assert (
        SIGNS.keys()
        <= values(["Rebels stormed the mill.", "The attack failed."], ["stormed", "attack"]).keys()
    )
