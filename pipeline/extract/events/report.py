"""An event as one sentence reports it: what every later step reads and completes."""

from dataclasses import dataclass, field

ACTS = frozenset(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"])
"""Types of things done, which several words of a sentence may tell."""
ARMED_MODES = frozenset({"aerial", "drone", "explosives", "suicide-attack", "destroy", "abduct", "targeted"})
"""Modes of ASSAULT that no private person uses."""


@dataclass(slots=True)
class Report:
    """An event as one sentence reports it; parties are heads of noun phrases."""

    head: int
    first: int
    last: int
    event_type: str
    event_mode: str | None
    status: str
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    actor_id: str | None = None
    """An actor that is only understood."""
    spoken: bool = False
    """Whoever speaks acts by speaking ("It is unacceptable")."""
