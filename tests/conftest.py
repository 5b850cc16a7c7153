"""What tests of several rooms share: a folder of articles, and what the command publishes from it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after the real command has run on `tests/articles`."""
    data = tmp_path_factory.mktemp("published") / "data"
    command = [sys.executable, "-m", "pipeline", "run", "--seeds", str(ARTICLES), "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return data
