"""No change lowers what was measured: every score stands at or above its floor in `floors.json`.

The evaluation sets lie beside the project (`../shared/eval`); where they do not, the gate says so and is skipped.
A floor is `{set: {path/in/the/scorer's/json: least value}}`. Raise floors, never lower them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.quality

ROOT = Path(__file__).parent.parent.parent
RUN = ROOT.parent / "shared" / "eval" / "run.py"
FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).parent / "floors.json").read_text(encoding="utf-8")
)
SETS = ["articles", "marked", "quotes", "figures", "events", "actors", "actors_re3d"]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not RUN.exists():
        pytest.skip(
            f"quality gate not run: no evaluation sets at {RUN.relative_to(ROOT.parent)} beside the project"
        )
    out = tmp_path_factory.mktemp("scores")
    subprocess.run([sys.executable, str(RUN), *SETS, "--json", str(out)], cwd=ROOT, check=True)
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*.json")}


@pytest.mark.parametrize(
    ("name", "measure"), [(name, measure) for name, floors in FLOORS.items() for measure in floors]
)
def test_score_stands_at_or_above_its_floor(scores: dict[str, Any], name: str, measure: str) -> None:
    value: Any = scores[name]
    for part in measure.split("/"):
        value = value[part]
    assert value >= FLOORS[name][measure] - 1e-9, f"{name}: {measure} fell to {value}"


def test_every_set_has_floors() -> None:
    assert set(FLOORS) >= {"articles_seeds", "articles_dev", *SETS[2:]}
