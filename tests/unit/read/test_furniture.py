import pytest

from pipeline.read.furniture import is_furniture
from pipeline.read.layout import blocks


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Norland warns Essa over the strait", "Share on Facebook", "Follow us on X and Instagram", "Facebook Twitter WhatsApp", "Advertisement",
        "ALSO READ | Ministers meet again", "Related stories", "Image source, Getty Images", "Image caption, The bridge after the blast",
        "FILE PHOTO: A man walks past a wall in Essa, May 1, 2026. REUTERS/Ana Ruiz", "The harbour at dawn. Photo: Tom Berg/AFP",
        "Soldiers near the front (AP Photo/Ana Ruiz)", "We use cookies to improve your experience.", "Sign up for our daily newsletter",
        "© 2026 Harbour Post. All rights reserved.", "All rights reserved by Harbour Media", "Our Standards: The Thomson Reuters Trust Principles.", "Page 3 of 7", "- 4 -", "12",
        "Skip to main content", "Tags: Norland, ferries", "This story was originally published in the Harbour Post.", "Listen to this article", "5 min read",
    ],
)  # fmt: skip
def test_lines_of_the_page(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.", "Follow the money, he said.", "Search teams found two bodies.", "Read the letter in full, he urged.",
        "Copyright law is being changed.", "Related talks were held in Oslo.", "Watch out, the minister told reporters.", "The photo was taken by a drone.",
        "Latest figures show 12 dead.", "Police said 12 people died. (Reuters)", "Sign up to the pact, the US told allies.", "Ships left harbour",
        "The images were verified by AFP", "2026 in pictures", "Register of voters published", "This report was published by the United Nations on Friday and tells of 12 dead.",
        "Distributed by the army, the leaflets told people to leave.", "Copyright Office staff left in 2026.", "Latest: two towns fall", "They hurt the country's image by their deeds.", "He spoke to Reuters/Ipsos pollsters.",
    ],
)  # fmt: skip
def test_lines_of_an_article(line: str) -> None:
    assert not is_furniture(line)


def test_furniture_makes_no_blocks_and_hides_no_credit() -> None:
    text = "Ferries leave Essa\n\nShare this\n\nThree envoys left. Nobody spoke.\n\n(Reporting by Ana Ruiz)\n\nRead more: Norland warns Essa\n\n© 2026 Harbour Post"
    found, credit = blocks(text, 0)
    assert [text[b.start : b.end] for b in found] == [
        "Ferries leave Essa",
        "Three envoys left. Nobody spoke.",
        "Reporting by Ana Ruiz",
    ]
    assert credit == "Reporting by Ana Ruiz"
