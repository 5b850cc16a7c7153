"""What a run loads before its first article: libraries bring others along that nothing here asks for, at a cost in each run."""

import subprocess
import sys

import pytest

LOADS = "import pipeline.extract, pipeline.language; from schemas import TABLES; from schemas.validation import _rules; [_rules(table) for table in TABLES]"


@pytest.mark.parametrize("name", ["spacy.cli", "dask.dataframe", "hypothesis"])
def test_what_nothing_asks_for_is_not_loaded(name: str) -> None:
    said = f"{LOADS}; import sys; print({name!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.parametrize("name", ["dask.dataframe", "hypothesis"])
def test_it_can_be_loaded_afterwards(name: str) -> None:
    pytest.importorskip(name)
    subprocess.run([sys.executable, "-c", f"{LOADS}; import {name}"], check=True, capture_output=True)


@pytest.mark.parametrize("name", ["pygments", "rich"])
def test_what_colours_errors_is_not_loaded_with_dagster(name: str) -> None:
    said = f"import pipeline.orchestration, pipeline.definitions, dagster, sys; dagster.DagsterInstance.ephemeral(); print({name!r} in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_patterns_of_dates_are_made_when_a_text_may_hold_them() -> None:
    said = (
        "from pipeline.extract.dates.expressions import candidates, pattern, PATTERNS; before = pattern.cache_info().currsize; "
        "candidates('They met on Tuesday.'); print(before, 0 < pattern.cache_info().currsize < len(PATTERNS) / 3)"
    )
    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert ran.stdout == "0 True\n"
