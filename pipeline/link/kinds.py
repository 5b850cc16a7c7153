"""Which types of events reports of one event may differ in."""

KINDS = {
    **{"COERCE": "ASSAULT", "REJECT": "ACCUSE", "CONCEDE": "RETREAT"},
    **dict.fromkeys(("AID", "SUPPORT", "COOPERATE", "CONSULT"), "AGREE"),
}
"""Types that reports of one event may differ in, each with the one that stands for all."""


def kind(event_type: str) -> str:
    """The type that stands for all in which reports of one event may differ."""
    return KINDS.get(event_type, event_type)
