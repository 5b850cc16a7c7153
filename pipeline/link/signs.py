"""What reports have in common or differ in that can only speak for their being of one event, or only against it."""

FOR = (
    *(
        "same day",
        "days overlap",
        "told at once",
        "same day and parties",
        "same place",
        "same place and trigger",
    ),
    *("one dated, told after 1", "one dated, the other news", "none dated, told within 1"),
    *("same parties", "same parties and trigger", "same trigger", "same mode", "one quotation"),
    *(f"same {role}{what}" for role in ("actor", "recipient") for what in ("", ", a body")),
    *("actors share a name", "recipients share a name", "things of one kind", "one name of a thing"),
    *("place named in the other sentence", "same toll", "same toll, three or more", "as many injured"),
    *("same amount", "words around", "words of the sentences", "names in both sentences"),
    *("articles begin alike", "one sentence, a deed and its toll", "one points back"),
    *("one points back, same type", "next to each other", "next to each other, same type"),
    *(
        "one is the news",
        "one is the news, same type",
        "one is the news, same mode",
        "sentences name one day",
    ),
    *("there, same trigger and type", "there, one person harmed"),
    *("there, same trigger and actor", "there, same trigger and recipient", "there, same type and words"),
)
AGAINST = (
    *("days far apart", "days very far apart", "told before its day"),
    *("days apart", "a day of a campaign", "one dated, told after 7", "one dated, told after 30"),
    *("one dated, told after more", "one dated, the other later news", "none dated, told within 7"),
    *("none dated, told within 30", "none dated, told within more", "none dated, both news later"),
    *(
        "actors of other countries",
        "recipients of other countries",
        "actors are others",
        "recipients are others",
    ),
    *("actors are other people", "recipients are other people", "actors are other voices"),
    *("recipients are other voices", "parties swapped", "things of other kinds", "other places"),
    *("tolls far apart", "other amount", "sentences name others", "articles are strangers", "another type"),
    *("another mode of words", "another mode of violence", "another mode of deeds"),
    *("thanks and something else", "same noun in another number", "the next of a series"),
    *("perhaps the next of a series", "one of long ago", "one sentence", "the later one turns away"),
    "there, words of others",
    *("sentences name other days", "there, parties named apart", "far apart in the article"),
)
