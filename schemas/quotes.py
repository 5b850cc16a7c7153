"""Something attributed to a source."""

from schemas.columns import OFFSET, SPANS, Integer, Located, column


class Quotes(Located):
    """One row for each attribution of words or thoughts to a source."""

    quote_id: str = column("The article and where the quote starts.", key=True)
    quote_kind: str = column("Direct, mixed or indirect.", values="quote_kind")
    spans: str = column(
        'Where the words stand, without the marks: "12-40;55-80".',
        unit=OFFSET,
        str_matches=f"^{SPANS}$",
    )
    content: str = column('The words attributed, spans joined by " … ".')
    cue: str = column("The word that attributes.", nullable=True, span=("cue_start", "cue_end"))
    cue_start: Integer = column("First character of the cue.", nullable=True, unit=OFFSET, ge=0)
    cue_end: Integer = column("Character after the last one of the cue.", nullable=True, unit=OFFSET, ge=0)
    speaker: str = column(
        "The source as it stands with the cue.", nullable=True, span=("speaker_start", "speaker_end")
    )
    speaker_start: Integer = column("First character of the speaker.", nullable=True, unit=OFFSET, ge=0)
    speaker_end: Integer = column(
        "Character after the last one of the speaker.", nullable=True, unit=OFFSET, ge=0
    )
    speaker_id: str = column(
        "Actor that the speaker is; none where the article names no one.", references="actors", nullable=True
    )
    cue_class: str = column(
        "What the cue does; words without a cue are said.",
        values="cue_class",
        nullable=True,
        source="VerbNet classes, word lists",
    )
    speaker_basis: str = column("How the speaker's actor is known.", values="speaker_basis", nullable=True)
    sentence: str = column("The whole sentence that the quote starts in.")
