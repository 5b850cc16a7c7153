"""Which types of events reports of one event may differ in."""

KINDS = {
    **{"COERCE": "ASSAULT", "REJECT": "ACCUSE", "CONCEDE": "RETREAT"},
    **dict.fromkeys(("AID", "SUPPORT", "COOPERATE", "CONSULT"), "AGREE"),
}
"""Types that reports of one event may differ in, each with the one that stands for all."""


def kind(event_type: str) -> str:
    """The type that stands for all in which reports of one event may differ."""
    return KINDS.get(event_type, event_type)


DRAWERS = ("AGREE", "ASSAULT")
"""Kinds of which there are so many reports that they are linked by themselves."""


def drawer(event_type: str) -> str:
    """Where a report is put: with those of its kind, or with those of all rarer kinds. Reports of two kinds are never compared."""
    own = kind(event_type)
    return own if own in DRAWERS else "others"
