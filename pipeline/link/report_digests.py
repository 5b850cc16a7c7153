"""Of what the links of a report depend on: a run looks again only at reports of which that changed."""

import pandas as pd

from pipeline.link.memory import Digests, digests, digests_of
from pipeline.link.reports import OTHER_COLUMNS, TEXT_COLUMNS
from pipeline.link.sources import Voices, article_digests


def report_digests(
    frame: pd.DataFrame, event_actors: pd.DataFrame, documents: pd.DataFrame, source_of: Voices
) -> Digests:
    """A hash, for each event, of all that its links and its incident depend on."""
    parties = event_actors[["role", "actor_id"]]
    columns = [name for name in (*TEXT_COLUMNS, *OTHER_COLUMNS) if name in frame]
    return digests(
        pd.DataFrame(
            {
                "event": digests(frame[columns]),
                "parties": digests_of(frame["event_id"], event_actors["event_id"], parties),
                "article": article_digests(frame["doc_id"], documents, source_of),
            }
        )
    )
