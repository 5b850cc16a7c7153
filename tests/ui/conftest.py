"""A real Chromium, as the system has it; tests that need one say so where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import make_tables
from tests.golden import demo
from tests.ui.shown import WAIT

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[dev]'")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator["sync_api.Browser"]:
    """Headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: install your system's package (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo, made by the real command."""
    folder = tmp_path_factory.mktemp("demo")
    assert demo.write(folder / "seeds") >= 100
    return make_tables(folder / "seeds", folder / "data")


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that notes every request to anywhere but the disk, and every error of a script."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(WAIT)
    page.outside, page.errors = [], []
    page.on(
        "request",
        lambda r: page.outside.append(r.url) if not r.url.startswith(("file:", "data:", "blob:")) else None,
    )
    page.on("pageerror", lambda e: page.errors.append(str(e)))
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    yield page
    assert page.outside == []
    assert page.errors == []
    page.close()
