import pytest

from pipeline.extract.languages import identify


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
