"""What every table holds: one pandera model a table, and the registry that all else reads them from."""

from schemas.actors import Actors
from schemas.dates import Dates
from schemas.documents import Documents
from schemas.event_actors import EventActors
from schemas.events import Events
from schemas.figures import Figures
from schemas.incidents import Incidents
from schemas.mentions import Mentions
from schemas.quotes import Quotes
from schemas.rejected_documents import RejectedDocuments
from schemas.sentences import Sentences
from schemas.table import Column, Table
from schemas.tallies import Tallies

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("documents", Documents, "reading"),
        Table("sentences", Sentences, "reading"),
        Table("rejected_documents", RejectedDocuments, "reading"),
        Table("mentions", Mentions, "extraction"),
        Table("dates", Dates, "extraction"),
        Table("quotes", Quotes, "extraction"),
        Table("figures", Figures, "extraction"),
        Table("events", Events, "extraction"),
        Table("event_actors", EventActors, "extraction"),
        Table("actors", Actors, "linking"),
        Table("incidents", Incidents, "linking"),
        Table("tallies", Tallies, "linking"),
    )
}
"""Every table that is published."""

__all__ = ["TABLES", "Column", "Table"]
