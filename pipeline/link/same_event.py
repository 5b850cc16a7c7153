"""How likely two reports are of one event: a sum of what speaks for and against it.

Every term is a matrix over the reports of a block. A sum above zero means the same event; the weights are set by
hand, in steps that a reader can follow, and described in docs/method/links.md.
"""

from functools import cache

import numpy as np
import pycountry

from pipeline.lexicon import table
from pipeline.link.matrices import both, equal, kilometres
from pipeline.link.reports import SLACK, Reports, is_sharp
from pipeline.link.rows import NO_DAY, Flags, Floats, Ints
from pipeline.link.words import stems

BASE = -0.8
SAME_DAY, NEXT_DAY, DAYS_APART, OVERLAP, IMPOSSIBLE = 0.35, 0.1, -0.7, 0.1, -3.0
CAMPAIGN, DAY_OF_CAMPAIGN = 45, -0.5
"""Days from which on a stretch of time is more than one event, and what a day of it counts."""
SAME_PARTY, SAME_NAME, SAME_COUNTRY, SAME_STATE, OTHER_COUNTRY, OTHER_PARTY = (
    0.3,
    0.25,
    0.2,
    0.05,
    -0.45,
    -0.1,
)
"""The same actor; words of a name; a state and one of its bodies; two bodies or people of one state; two states; two others."""
SAME_PLACE, IN_COUNTRY, OTHER_NAME, FAR_APART = 0.35, 0.05, -0.3, -2.0
"""The same place; one is the other's country, or both are only that; another name close by or nowhere known; far off."""
FAR_KM = 60.0
WORDING = 1.2
TOPIC, SAME_ARTICLE = 0.5, 0.15
"""For articles that begin alike, as much as they do; for one article."""
NAME, MOST_NAMES, NO_NAME = 0.12, 3, -0.12
"""For each name that both sentences hold, up to so many; for two that hold others."""
OTHER_TYPE = -0.25
SAME_TRIGGER, OTHER_NUMBER = 0.15, -0.2
SAME_MODE, OTHER_MODE, OTHER_VERBAL_MODE = 0.1, -0.2, -0.05
SAME_TOLL, OTHER_TOLL = 0.25, -0.1
OTHER_FUTURE, DENIAL = -0.6, -0.1
POINTS_BACK = 0.25
"""In one article, where one of the two is "the attack"."""
SAME_SENTENCE, DEED_AND_TOLL, CLOSE = -1.0, 0.3, 20
"""Two events that a sentence names apart, by so many characters, are seldom the same ("the strike hit ..." is); a deed and its
toll are ("four were killed when drones hit ...")."""

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of words rather than deeds: reports differ more in the mode they give them."""

LEAST = -0.3
"""Pairs below this score count as unknown to each other."""
MOST = 1.5


def score_reports(reports: Reports, rows: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of the block `rows` (numbered within it, left before right) and their scores."""
    total = (
        BASE
        + date_term(reports.first[rows], reports.last[rows], reports.published[rows], reports.news[rows])
        + party_term(reports, rows)
        + place_term(reports, rows)
        + WORDING * reports.words["around"].cosine(rows)
        + topic_term(reports, rows)
        + word_term(reports, rows)
        + status_term(reports, rows)
    )
    left, right = np.nonzero(np.triu(total > LEAST, k=1))
    return left.astype(np.int64), right.astype(np.int64), total[left, right].clip(LEAST, MOST)


def date_term(first: Ints, last: Ints, published: Ints, news: Flags) -> Floats:
    """What the days say. A report without a day takes one over only near its publication, the nearer where it is `news`.

    `news` tells which reports without a day open their article: such an event has just happened.
    """
    dated = first != NO_DAY
    gap = np.maximum(first[:, None] - last[None, :], first[None, :] - last[:, None]).clip(0)
    sharp = np.select([gap == 0, gap == 1, gap <= SLACK], [SAME_DAY, NEXT_DAY, DAYS_APART], IMPOSSIBLE)
    blurred = np.select([gap <= 1, gap <= SLACK], [OVERLAP, 0.0], IMPOSSIBLE)
    width = last - first
    blurred = np.where(
        (np.abs(width[:, None] - width[None, :]) > CAMPAIGN) & (gap == 0), DAY_OF_CAMPAIGN, blurred
    )
    two_dates = np.where(both(is_sharp(first, last)), sharp, blurred)

    one_dated = dated[:, None] | dated[None, :]
    fresh = news[:, None] | news[None, :]
    # How long after the day of the dated one the other was published.
    lag = np.where(dated[:, None], published[None, :] - last[:, None], published[:, None] - last[None, :])
    lead = np.where(dated[:, None], first[:, None] - published[None, :], first[None, :] - published[:, None])
    one_date = np.select([lag <= 3, lag <= 7, lag <= 14, lag <= 30], [0.2, 0.1, 0.0, -0.15], -0.3)
    one_fresh = np.select([lag <= 2, lag <= 3, lag <= 7], [0.25, 0.0, -0.25], -0.5)
    one = np.where(lead > 1, IMPOSSIBLE, np.where(fresh, one_fresh, one_date))
    apart = np.abs(published[:, None] - published[None, :])
    no_date = np.select([apart <= 2, apart <= 7, apart <= 14, apart <= 30], [0.15, 0.0, -0.1, -0.2], -0.5)
    two_fresh = np.select([apart <= 1, apart <= 2], [0.25, 0.0], -0.7)
    none = np.where(both(news), two_fresh, no_date)
    known = both(published != NO_DAY)
    undated = np.where(known, np.where(one_dated, one, none), np.where(one_dated, -0.15, -0.3))
    return np.where(both(dated), two_dates, undated)


def party_term(reports: Reports, rows: Ints) -> Floats:
    """What the parties say, side by side."""
    out = np.zeros((len(rows), len(rows)))
    for role in ("actor", "recipient"):
        ids, countries, called = (
            reports.words[name] for name in (role, f"{role}_countries", f"{role}_names")
        )
        placed = countries.filled(rows)
        same_country = countries.shared(rows) > 0
        two_bodies = both(reports.words[f"{role}_body"].filled(rows))
        alike = np.select(
            [ids.shared(rows) > 0, same_country & two_bodies, same_country, both(placed)],
            [SAME_PARTY, SAME_STATE, SAME_COUNTRY, OTHER_COUNTRY],
            OTHER_PARTY,
        )
        known, named = both(ids.filled(rows) | placed), both(called.filled(rows))
        alike = np.where(known, alike, np.where(named, OTHER_PARTY / 3, 0.0))
        out += np.where(called.shared(rows) > 0, np.maximum(alike, SAME_NAME), alike)
    return out


def topic_term(reports: Reports, rows: Ints) -> Floats:
    """What the articles' beginnings, the names in the sentences and the types say."""
    code = {name: equal(reports.codes[name][rows]) for name in ("doc_id", "sentence", "event_type")}
    topic = np.where(code["doc_id"], SAME_ARTICLE, TOPIC * reports.words["lead"].cosine(rows))
    shared = reports.words["names"].shared(rows).clip(0, MOST_NAMES)
    apart = both(reports.words["names"].filled(rows)) & (shared == 0)
    named = np.where(apart, NO_NAME, NAME * np.where(code["sentence"], 0, shared))
    return np.asarray(topic + named + np.where(code["event_type"], 0.0, OTHER_TYPE))


def place_term(reports: Reports, rows: Ints) -> Floats:
    """What the places say: the same name, or two places too far apart."""
    place = reports.codes["place"][rows]
    wide = np.array([is_country(reports.cells["place"][row].casefold()) for row in rows])
    far = kilometres(reports.latitude[rows], reports.longitude[rows]) > FAR_KM
    alike = np.select(
        [wide[:, None] | wide[None, :], equal(place), far], [IN_COUNTRY, SAME_PLACE, FAR_APART], OTHER_NAME
    )
    return np.where(both(place >= 0), alike, 0.0)


@cache
def is_country(name: str) -> bool:
    """Whether a place is a whole country."""
    if not name:
        return False
    try:
        return bool(pycountry.countries.lookup(name.removeprefix("the ")))
    except LookupError:
        return False


def word_term(reports: Reports, rows: Ints) -> Floats:
    """What triggers, modes, tolls and standing in one sentence say."""
    code = reports.codes
    alike = reports.words["trigger"].shared(rows) > 0
    plural = equal(code["last_stem"][rows]) & ~equal(code["last_word"][rows])
    out = np.where(alike, np.where(plural, OTHER_NUMBER, SAME_TRIGGER), 0.0)
    mode = code["event_mode"][rows]
    verbal = np.array([reports.cells["event_type"][row] in VERBAL for row in rows])
    other_mode = np.where(both(verbal), OTHER_VERBAL_MODE, OTHER_MODE)
    out += np.where(both(mode >= 0), np.where(equal(mode), SAME_MODE, other_mode), 0.0)
    toll = reports.fatalities[rows]
    same_toll = toll[:, None] == toll[None, :]
    out += np.where(both(~np.isnan(toll)), np.where(same_toll, SAME_TOLL, OTHER_TOLL), 0.0)
    back = reports.back[rows]
    out += np.where(equal(code["doc_id"][rows]) & (back[:, None] | back[None, :]), POINTS_BACK, 0.0)
    same_sentence = equal(code["sentence"][rows])
    start = np.array([reports.offsets[row] for row in rows])
    close = np.abs(start[:, None] - start[None, :]) < CLOSE
    toll_words = casualty_words()
    toll_told = np.array([bool(stems(reports.cells["text"][row]) & toll_words) for row in rows])
    same_type = equal(code["event_type"][rows])
    by_deed = (toll_told[:, None] != toll_told[None, :]) & same_type
    in_sentence = np.select([by_deed, ~close], [DEED_AND_TOLL, SAME_SENTENCE], 0.0)
    return np.asarray(out + np.where(same_sentence, in_sentence, 0.0))


@cache
def casualty_words() -> frozenset[str]:
    """Stems of the words that tell of dead and injured: what a deed led to, not a deed of its own."""
    return frozenset().union(
        *(stems(row["lemma"]) for row in table("measures") if row["measure"] in ("killed", "injured"))
    )


def status_term(reports: Reports, rows: Ints) -> Floats:
    """What the statuses say: a plan is not the deed; a denial may well be about it."""
    status = np.array([reports.cells["status"][row] for row in rows])

    def differ(flags: Flags) -> Flags:
        return np.asarray(flags[:, None] != flags[None, :])

    return np.where(differ(status == "future"), OTHER_FUTURE, 0.0) + np.where(
        differ(status == "negated"), DENIAL, 0.0
    )
