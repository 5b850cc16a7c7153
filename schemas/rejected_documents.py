"""A file that could not be read as an article."""

from schemas.columns import TableModel, column


class RejectedDocuments(TableModel):
    """One row for each file that could not be read as an article, with what to do about it."""

    path: str = column("The file's path below the seeds folder.", key=True)
    reason: str = column("Why it was rejected.")
    detail: str = column("What was found, and what to do about it.", nullable=True)
