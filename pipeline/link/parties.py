"""Names of the parties to events, the same name for one actor in every article."""

import pandas as pd

from schemas.columns import SEPARATOR


def party_names(event_actors: pd.DataFrame, actors: pd.DataFrame) -> dict[str, dict[str, str]]:
    """role -> event_id -> the names of its parties, in order of the rows, joined; an unnamed party keeps its words.

    `event_actors`: event_id, role, text, actor_id (as in `actors`); `actors`: actor_id, name.
    """
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    found: dict[str, dict[str, dict[str, None]]] = {}
    columns = (event_actors[column] for column in ("role", "event_id", "actor_id", "text"))
    for role, event_id, actor_id, text in zip(*columns, strict=True):
        name = names.get(actor_id, text)
        if isinstance(name, str):
            found.setdefault(role, {}).setdefault(event_id, {})[name] = None
    return {
        role: {event_id: SEPARATOR.join(parties) for event_id, parties in events.items()}
        for role, events in found.items()
    }
