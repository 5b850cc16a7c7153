"""What speaks for two reports being of one event, so plainly that a reader would say so.

Without any of it two reports of different articles are never joined, however alike their topics are. What is published
as an incident's `incident_basis` is read from here.
"""

import numpy as np

from pipeline.link.candidates import Masks
from pipeline.link.pairs import both, either, equal, kilometres
from pipeline.link.reports import Reports, is_sharp
from pipeline.link.rows import NO_DAY, Flags, Ints
from pipeline.link.standing import PLAN, SERIES

BASES = (
    "same day",
    "days overlap",
    "told at once",
    "same place",
    "same parties",
    "same name",
    "same toll",
    "same quotation",
    "same words",
    "same article",
)
"""Names of the bits of a mask, the lowest first."""
NEAR_KM = 15.0
"""Two places so near are one town and its suburb."""
FRESH = 1
"""Days after an event on which an article that gives no day still reports it as news."""
LEAST_TOLL = 3
"""From this value on the same number of people is no chance."""
WORDS, LEAST_WORDS = 0.6, 5
"""Share of content words, and their number, from which on two sentences say the same."""
OFFER = 0.25
"""How alike the words around two offers are that are one."""
QUOTED = 2
"""Shared runs of quoted words that make one quotation."""


def day_gap(reports: Reports, left: Ints, right: Ints) -> Ints:
    """Days between the dates of two reports, 0 where they overlap; of no meaning where one has none."""
    first, last = reports.first, reports.last
    return np.asarray(np.maximum(first[left] - last[right], first[right] - last[left]).clip(0))


def same_day(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both tell a day, and the same."""
    sharp = both(is_sharp(reports.first, reports.last), left, right)
    return np.asarray(sharp & (day_gap(reports, left, right) == 0))


def told_at_once(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether one or both give no day, and what they tell is news of the same days."""
    dated, published = reports.first != NO_DAY, reports.published
    known = both(published != NO_DAY, left, right)
    lag = np.where(
        dated[left], published[right] - last_of(reports, left), published[left] - last_of(reports, right)
    )
    one = (dated[left] != dated[right]) & (lag >= -FRESH) & (lag <= FRESH + 1)
    none = ~either(dated, left, right) & (np.abs(published[left] - published[right]) <= FRESH)
    wide = either(dated & ~is_sharp(reports.first, reports.last), left, right)
    return np.asarray(known & ~wide & (one | none))


def last_of(reports: Reports, rows: Ints) -> Ints:
    """The last day of the event of each row."""
    return reports.last[rows]


def same_place(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both name one town, or places close to each other; a whole country is no place."""
    narrow = both(~reports.wide & (reports.codes["place"] >= 0), left, right)
    located = both(~np.isnan(reports.latitude), left, right)
    near = located & (kilometres(reports.latitude, reports.longitude, left, right) <= NEAR_KM)
    return np.asarray(narrow & (equal(reports.codes["place"], left, right) | near))


def same_side(reports: Reports, role: str, left: Ints, right: Ints) -> Flags:
    """Whether an actor, a country or a word of a name is the same on one side."""
    words = reports.words
    same = words[f"{role}_known"].shared(left, right) > 0
    return np.asarray(same | (words[f"{role}_names"].shared(left, right) > 0))


def told(reports: Reports, role: str) -> Flags:
    """Whether a report tells one side."""
    rows = np.arange(len(reports))
    words = reports.words
    return np.asarray(words[f"{role}_known"].size(rows) + words[f"{role}_names"].size(rows) > 0)


def same_parties(reports: Reports, left: Ints, right: Ints) -> Flags:
    """Whether both sides are the same; where one report leaves a side open, the other side is the same by a name of its own."""
    words = reports.words
    sides = {role: same_side(reports, role, left, right) for role in ("actor", "recipient")}
    own = {
        role: (words[f"{role}_body"].shared(left, right) > 0)
        | (words[f"{role}_names"].shared(left, right) > 0)
        for role in sides
    }
    open_ = {role: ~both(told(reports, role), left, right) for role in sides}
    return np.asarray(
        (sides["actor"] & sides["recipient"])
        | (own["actor"] & open_["recipient"])
        | (own["recipient"] & open_["actor"])
    )


def evidence(reports: Reports, left: Ints, right: Ints) -> Masks:
    """What the reports of each pair agree in, as bits of `BASES`."""
    words = reports.words
    there = equal(reports.codes["doc_id"], left, right)
    dated = both(reports.first != NO_DAY, left, right)
    day = same_day(reports, left, right)
    size = np.minimum(words["sentence"].size(left), words["sentence"].size(right))
    shared = words["sentence"].shared(left, right)
    toll = (reports.fatalities[left] == reports.fatalities[right]) & (reports.fatalities[left] >= LEAST_TOLL)
    hurt = (reports.injured[left] == reports.injured[right]) & (reports.injured[left] >= LEAST_TOLL)
    amount = (reports.amounts[left] == reports.amounts[right]) & (reports.amounts[left] >= LEAST_TOLL)
    flags = [
        day,
        dated & ~day & (day_gap(reports, left, right) == 0),
        told_at_once(reports, left, right),
        same_place(reports, left, right) | (words["place_words"].shared(left, right) > 0),
        same_parties(reports, left, right),
        (words["names"].shared(left, right) > 0) | (words["thing_names"].shared(left, right) > 0),
        toll | hurt | (amount & (words["recipient_names"].shared(left, right) > 0)),
        words["quoted"].shared(left, right) >= QUOTED,
        (shared >= WORDS * size) & (size >= LEAST_WORDS),
    ]
    mask = np.where(there, THERE, np.uint16(0)).astype(np.uint16)
    for bit, flag in enumerate(flags):
        mask |= np.where(flag & ~there, np.uint16(1 << bit), np.uint16(0))
    return mask


def bit(name: str) -> int:
    """The bit of a basis."""
    return 1 << BASES.index(name)


THERE = np.uint16(bit("same article"))


def enough(reports: Reports, mask: Masks, left: Ints, right: Ints) -> Flags:
    """Whether what two reports agree in may make them one event; what is alike in topic alone never does.

    Time and place, parties, a name or a toll; or, where no report gives a day, a toll with one of the others, the same words, or
    parties or two names with the same deed. Two offers of the same parties need something of what is offered in common; two
    series of deeds the same toll or words.
    """

    def has(*names: str) -> Flags:
        return np.asarray(mask & sum(map(bit, names)) > 0)

    time = has("same day", "days overlap", "told at once")
    anchor = has("same place", "same parties", "same name")
    deed = reports.words["trigger"].shared(left, right) > 0
    deed |= equal(reports.codes["event_mode"], left, right)
    full = reports.words["names"].shared(left, right) >= 2
    there, plain = has("same article"), has("same quotation", "same words")
    usual = (time & (anchor | has("same toll"))) | (has("same toll") & anchor) | plain
    usual |= deed & (full | has("same parties"))
    alike = reports.words["around"].cosine(left, right, 1.0) >= OFFER
    offer = plain | (time & (has("same place", "same name", "same toll") | (has("same parties") & alike)))
    one, two = reports.standing[left], reports.standing[right]
    told = [(one == SERIES) & (two == SERIES), (one == PLAN) & (two == PLAN)]
    return np.asarray(there | np.select(told, [plain | has("same toll"), offer], usual))
