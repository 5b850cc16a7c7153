"""What tests of several rooms share: a folder of articles, and what the command publishes from it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import PREFIX, Settings

# Tests say themselves what they set, whatever the shell has that runs them.
for name in Settings.model_fields:
    os.environ.pop(f"{PREFIX}{name.upper()}", None)

ROOT = Path(__file__).parent.parent
ARTICLES = Path(__file__).parent / "articles"


def make_tables(seeds: Path, data: Path, **settings: str) -> Path:
    """The data folder, after the real command has made it from a folder of articles, with some settings (`pages="off"`)."""
    command = [sys.executable, "-m", "pipeline", "run", "--seeds", str(seeds), "--data", str(data)]
    environment = os.environ | {f"{PREFIX}{name.upper()}": value for name, value in settings.items()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return data


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after the real command has run on `tests/articles`."""
    return make_tables(ARTICLES, tmp_path_factory.mktemp("published") / "data")
