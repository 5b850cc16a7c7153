"""How one event belongs to another."""

import pandas as pd
import pandera.pandas as pa

from schemas.columns import TableModel, column


class IncidentLinks(TableModel):
    """One row for each tie between two incidents that are about the same thing and yet two: a plan and the deed, a denial and what it denies."""

    link_id: str = column("Both incidents and their relation.", key=True)
    from_: str = column("Incident that belongs to the other.", alias="from", references="incidents")
    relation: str = column("How it belongs to the other.", values="incident_relation")
    to: str = column("Incident that it belongs to.", references="incidents")
    from_event_id: str = column("Report of the first that tells so.", references="events")
    to_event_id: str = column("Report of the second that tells so.", references="events")
    confidence: float = column("How sure it is that the two belong together.", ge=0, le=1)

    @pa.dataframe_check(error="an incident belongs to itself")
    def two_incidents(cls, rows: pd.DataFrame) -> "pd.Series[bool]":
        """A tie has two ends."""
        return (rows["from"] != rows["to"]).astype(bool)
