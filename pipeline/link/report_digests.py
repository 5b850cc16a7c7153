"""Of what the links of a report depend on: a run looks again only at reports of which that changed."""

import pandas as pd

from pipeline.link.clauses import with_neighbours
from pipeline.link.memory import Digests, digests, digests_of
from pipeline.link.reports import OTHER_COLUMNS, TEXT_COLUMNS
from pipeline.link.responses import responses
from pipeline.link.rows import stable_order

DIGEST = "digest"
"""A column of prepared rows: a hash of all that their own article tells of them."""


def prepared_events(events: pd.DataFrame, event_actors: pd.DataFrame) -> pd.DataFrame:
    """Events in their stable order with all that their own article decides: what stands beside them, which they answer, a digest.

    Those of some articles are the same whatever other articles there are.
    """
    frame = with_neighbours(stable_order(events, "event_id"))
    columns = [name for name in (*TEXT_COLUMNS, *OTHER_COLUMNS) if name in frame]
    parties = digests_of(frame["event_id"], event_actors["event_id"], event_actors[["role", "actor_id"]])
    whole = digests(pd.DataFrame({"event": digests(frame[columns]), "parties": parties}))
    return frame.assign(answered=responses(frame), **{DIGEST: whole})


def report_digests(frame: pd.DataFrame, articles: Digests) -> Digests:
    """A hash, for each of the `prepared_events`, of all that its links and its incident depend on; `articles` are those of their articles."""
    return digests(pd.DataFrame({"event": frame[DIGEST].to_numpy(), "article": articles}))
