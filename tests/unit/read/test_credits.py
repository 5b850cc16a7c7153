import pytest

from pipeline.read import credits


@pytest.mark.parametrize(
    ("paragraph", "credit", "left"),
    [
        ("The talks ended. – Harbour Post/Agencies", "Harbour Post/Agencies", "The talks ended."),
        ("The talks ended.” — Reuters", "Reuters", "The talks ended.”"),
        ("The talks ended. (AFP)", "AFP", "The talks ended."),
        (
            "(Reporting by Ana Ruiz in Lima; Editing by Tom Berg)",
            "Reporting by Ana Ruiz in Lima; Editing by Tom Berg",
            "",
        ),
        ("Additional reporting by Ana Ruiz", "Additional reporting by Ana Ruiz", ""),
        ("With inputs from PTI", "With inputs from PTI", ""),
        ("Reuters/AFP", "Reuters/AFP", ""),
        ("Source: Xinhua", "Source: Xinhua", ""),
    ],
)
def test_trailing_credits(paragraph: str, credit: str, left: str) -> None:
    found = credits.trailing(paragraph, 0, len(paragraph))
    assert found is not None
    start, end, before = found
    assert paragraph[start:end] == credit
    assert paragraph[:before].rstrip() == left


@pytest.mark.parametrize(
    "paragraph",
    [
        "The talks ended.",
        "The talks were led by the World Food Programme (WFP)",
        "They spoke of one thing only. (Laughter)",
        "Ana Ruiz",
        "The score was 3 - Lima",
        "Reporting by the commission was late.",
        "",
    ],
)
def test_no_credits(paragraph: str) -> None:
    assert credits.trailing(paragraph, 0, len(paragraph)) is None


def test_bylines() -> None:
    assert credits.is_byline("By Ana Ruiz, Harbour Post")
    assert credits.is_byline("BY ANA RUIZ")
    assert not credits.is_byline("By Monday the ships had left")
    assert not credits.is_byline("By " + "A" * 10_000)
