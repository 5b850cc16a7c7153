import pandas as pd
import pytest

from pipeline.link.relations import _denied
from pipeline.link.standing import DEED, DENIAL
from tests.unit.link.frames import event


@pytest.mark.parametrize(
    ("kind", "claimed", "denied"),
    [
        ("ASSAULT", "Ukraine", True),
        ("ASSAULT", "Moldova", False),  # of somebody else
        ("SUPPORT", "Ukraine", False),  # some do, others do not
    ],
)
def test_that_another_says_it_did_not_happen_denies_the_same_deed_of_the_same_sides(
    kind: str, claimed: str, denied: bool
) -> None:
    claim = event("a", "2025-03-04", f"Russia backed or hit {claimed}.", "hit", event_type=kind)
    claim |= {
        "recipient_names": claimed,
        "recipient_countries": {"Ukraine": "UKR", "Moldova": "MDA"}[claimed],
    }
    other = event("b", "2025-03-05", "The guards said Russia had not hit Ukraine.", "hit", event_type=kind)
    frame = pd.DataFrame([claim, other | {"status": "negated", "attributed_to": "the guards"}])
    assert _denied(frame, (DEED, DENIAL), 0, 1) is denied
