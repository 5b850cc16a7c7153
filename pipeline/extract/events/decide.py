"""PLOVER's order of decision: what type an event is once tense, modality and complement are known."""

from pipeline.extract.events.status import Modality
from pipeline.extract.events.triggers import COOPERATIVE

THREAT_OF = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "PROTEST": None,
    "SANCTION": "restrict",
    "COERCE": "restrict",
}
THREAT_MODES = {
    "arrest": "arrest",
    "deport": "expel",
    "expel": "expel",
    "discontinue": "relations",
    "withdraw": "relations",
}
ANSWERED = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "MOBILIZE": "assist",
    "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
"""Mode of a request or refusal by the type of what is asked for."""
ANNOUNCED = frozenset({"withdraw", "ceasefire", "disarm"})
VERBAL = frozenset(["AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"])


def threat_mode(event_type: str, event_mode: str | None) -> str | None:
    """What is threatened, as a mode of THREATEN."""
    return THREAT_MODES.get(event_mode or "", THREAT_OF.get(event_type))


def complement_mode(event_type: str, nested: tuple[str, str | None] | None) -> str | None:
    """The mode that a complement gives to the request, refusal or threat that it stands under."""
    if event_type == "THREATEN":
        return threat_mode(*nested) if nested else None
    if event_type in ("REQUEST", "REJECT"):
        other = "change" if event_type == "REQUEST" else None
        return ANSWERED.get(nested[0], "change") if nested else other
    return None


def decide(
    event_type: str, event_mode: str | None, m: Modality, *, nominal: bool = False
) -> tuple[str, str | None, str] | None:
    """Type, mode and status of an event; None where the text reports none.

    Future cooperation is AGREE, an announced withdrawal or truce CONCEDE, force to come THREATEN, cooperation
    that somebody will not give REJECT.
    """
    if m.decided and event_type == "ASSAULT" and not m.negated:
        return "THREATEN", "violence", "actual"
    if m.negated:
        if m.future and event_type in COOPERATIVE:
            return "REJECT", ANSWERED.get(event_type), "actual"
        if event_mode == "access" and not m.supposed:
            return "REJECT", "yield", "actual"
        if event_type in ("REJECT", "THREATEN", "REQUEST", "ACCUSE", "AGREE"):
            return None if event_type == "REJECT" else (event_type, event_mode, "negated")
        return event_type, event_mode, "negated"
    if m.future and not m.supposed:
        if nominal and event_type not in COOPERATIVE:
            return event_type, event_mode, "future"
        return _future(event_type, event_mode)
    if m.obliged:
        return None
    if m.supposed or m.intended or m.future:
        return event_type, event_mode, "hypothetical"
    return event_type, event_mode, "reported" if m.hedged else "actual"


def _future(event_type: str, event_mode: str | None) -> tuple[str, str | None, str]:
    if event_type == "CONSULT":
        return "AGREE", None, "future"
    if event_type in ("SUPPORT", "COOPERATE", "AID"):
        return "AGREE", None, "actual"
    if event_type == "RETREAT":
        return ("CONCEDE" if event_mode in ANNOUNCED else "AGREE"), None, "actual"
    if event_type in ("ASSAULT", "SANCTION", "COERCE"):
        return "THREATEN", threat_mode(event_type, event_mode), "actual"
    if event_type == "THREATEN":
        return event_type, event_mode, "actual"
    return event_type, event_mode, "future"
