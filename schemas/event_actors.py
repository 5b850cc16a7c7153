"""A party to an event."""

from schemas.columns import OFFSET, Day, Integer, TableModel, column


class EventActors(TableModel):
    """One row for each party to an event; without a place in the text where the party is only understood."""

    event_actor_id: str = column("The event, the role and the party's number.", key=True)
    event_id: str = column("Event that it is a party to.", references="events")
    doc_id: str = column("Article that reports the event.", references="documents")
    published_on: Day = column("Day on which the article was published.", nullable=True)
    sentence_id: str = column("Sentence that names the party.", references="sentences", nullable=True)
    start: Integer = column("First character of the party's name.", nullable=True, unit=OFFSET, ge=0)
    end: Integer = column(
        "Character after the last one of the party's name.", nullable=True, unit=OFFSET, ge=0
    )
    text: str = column(
        "The words that name the party.",
        nullable=True,
        span=("start", "end"),
        source="documents.text[start:end]",
    )
    role: str = column("Does it, or undergoes it.", values="role")
    actor_id: str = column("Actor that the party is.", references="actors", nullable=True)
    basis: str = column("How the text tells of the party.", values="party_basis")
