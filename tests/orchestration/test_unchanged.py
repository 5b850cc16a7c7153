from pathlib import Path

import pytest

from pipeline import journal, unchanged
from tests.orchestration.conftest import Run
from tests.sample import broken


def test_only_a_run_that_published_everything_answers_for_the_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "RECENT", 0)
    data = tmp_path / "data"
    assert run(data).failed == {}
    assert unchanged.confirm(tmp_path, data) is not None
    assert run(data, events=broken("events", status="maybe")).failed
    assert journal.entries(data)[-1]["outcome"] == journal.PUBLISHED
    assert unchanged.confirm(tmp_path, data) is None
