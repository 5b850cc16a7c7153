"""A sentence, heading or credit line."""

from schemas.columns import OFFSET, Day, Integer, TableModel, column


class Sentences(TableModel):
    """One row for each sentence, heading or credit line of an article, in order."""

    doc_id: str = column("Article that the sentence stands in.", references="documents")
    published_on: Day = column("Day on which the article was published.", nullable=True)
    sentence_id: str = column("The article and the sentence's position in it.", key=True)
    start: Integer = column("First character of the sentence.", unit=OFFSET, ge=0)
    end: Integer = column("Character after the last one of the sentence.", unit=OFFSET, ge=0)
    text: str = column("The sentence.", span=("start", "end"), source="documents.text[start:end]")
    kind: str = column("Body, heading or credit.", values="sentence_kind")
    position: Integer = column("Number in its article, from 0.", ge=0)
    paragraph: Integer = column("Number of its paragraph in the article, from 0.", ge=0)
