"""What every table holds: one pandera model a table, and the registry that all else reads them from."""

from schemas.actors import Actors
from schemas.dates import Dates
from schemas.documents import Documents
from schemas.event_actors import EventActors
from schemas.events import Events
from schemas.figures import Figures
from schemas.incident_links import IncidentLinks
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
        Table("documents", Documents, "texts"),
        Table("sentences", Sentences, "texts"),
        Table("rejected_documents", RejectedDocuments, "texts"),
        Table("mentions", Mentions, "facts"),
        Table("dates", Dates, "facts"),
        Table("quotes", Quotes, "facts"),
        Table("figures", Figures, "facts"),
        Table("events", Events, "facts"),
        Table("event_actors", EventActors, "facts"),
        Table("actors", Actors, "across_articles"),
        Table("incidents", Incidents, "across_articles"),
        Table("incident_links", IncidentLinks, "across_articles"),
        Table("tallies", Tallies, "across_articles"),
    )
}
"""Every table that is published."""

__all__ = ["TABLES", "Column", "Table"]
