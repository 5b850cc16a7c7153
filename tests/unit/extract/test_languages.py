import pytest

from pipeline.extract import extract
from pipeline.extract.languages import identify, in_other_languages
from tests.unit.extract.conftest import Reader


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Le ministre a déclaré lundi que les négociations avec les syndicats reprendraient la semaine prochaine.",
            "fr",
        ),
        (
            "Der Minister sagte am Montag, die Verhandlungen mit den Gewerkschaften würden nächste Woche fortgesetzt.",
            "de",
        ),
        ("قال الوزير يوم الاثنين إن المفاوضات مع النقابات ستستأنف الأسبوع المقبل.", "ar"),
        (
            "Министр заявил в понедельник, что переговоры с профсоюзами возобновятся на следующей неделе.",
            "ru",
        ),
    ],
)
def test_what_is_clearly_another_language(text: str, language: str) -> None:
    assert identify(text, "en") == language


@pytest.mark.parametrize(
    "text",
    [
        "The minister said on Monday that talks with the unions would go on next week.",
        "The minister met President Nicolás Maduro, “mi amigo”, at the Palácio do Planalto.",
        "Juan Carlos Ferrero Costa 6-4 6-3",
        "Ouagadougou",
        "12 345",
        "",
    ],
)
def test_all_else_is_as_expected(text: str) -> None:
    assert identify(text, "en") == "en"


ENGLISH = "Germany expelled three Russian diplomats on Friday, and the foreign minister said that more of them would have to leave in the coming week."
SPANISH = "El gobierno de España expulsó el viernes a dos diplomáticos rusos, y el ministro dijo que otros tendrían que marcharse la próxima semana."


def test_paragraphs_in_other_languages() -> None:
    short = "Berlin, Madrid."
    assert in_other_languages([ENGLISH, SPANISH, short], "en", "en") == [False, True, False]
    assert in_other_languages([ENGLISH, SPANISH, short], "es", "en") == [False, True, True]
    assert in_other_languages([], "es", "en") == []


@pytest.mark.parametrize(
    "text", [f"{ENGLISH}\n\n{SPANISH}", f"{SPANISH}\n\n{SPANISH} {SPANISH}\n\n{ENGLISH}"]
)
def test_a_mixed_article_is_read_in_its_english_parts(parsed: Reader, text: str) -> None:
    rows = extract(parsed(text))
    assert "Spanish" not in str(rows.entities)
    assert [text[e.start : e.end].startswith("expelled") for e in rows.events] == [True]
    assert {m.text for m in rows.mentions} & {"España", "Spain", "El"} == set()
    assert len(rows.sentences) == text.count("\n\n") + 1 + text.count(f"{SPANISH} {SPANISH}")
    (event,) = rows.events
    assert event.sentence == ENGLISH
    assert event.sentence_id in {s.sentence_id for s in rows.sentences if s.text == ENGLISH}
    assert "another language" in (rows.documents[0].note or "")
