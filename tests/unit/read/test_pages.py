"""Saved pages of several layouts: the article is read whole, nothing that stands around it is."""

import pytest

from pipeline.read.article import Article, Reason, Rejection
from pipeline.read.formats.pages import LARGEST
from pipeline.read.reader import article
from tests.pages import PAGES, Page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_read_without_what_stands_around(page: Page) -> None:
    found = article(page.html.encode(), f"{page.name}.html")
    assert isinstance(found, Article)
    read = [found.text[b.start : b.end] for b in found.blocks]
    assert read == list(page.article)


def test_a_table_of_data_is_no_part_of_the_article() -> None:
    (page,) = [p for p in PAGES if p.name == "semantic_0"]
    rows = "<table><tr><th>Island</th><th>Losses</th></tr><tr><td>Nord</td><td>1.2 million</td></tr></table>"
    found = article(page.html.replace('<div class="share">', f'{rows}<div class="share">').encode(), "a.html")
    assert isinstance(found, Article)
    assert "Island" not in found.text and page.article[-1] in found.text


def test_pictures_embedded_in_a_page_do_not_count_but_markup_does() -> None:
    page = PAGES[0]
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * (LARGEST // 10)}">'
    found = article(page.html.replace("</body>", f"{picture}</body>").encode(), "a.html")
    assert isinstance(found, Article)
    assert [found.text[b.start : b.end] for b in found.blocks] == list(page.article)
    found = article(page.html.replace("</body>", "<i></i>" * (LARGEST // 7) + "</body>").encode(), "a.html")
    assert isinstance(found, Rejection) and found.reason is Reason.TOO_LARGE
