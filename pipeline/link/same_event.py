"""How likely two reports are of one event: a sum of what speaks for and against it.

Every term is an array over pairs of reports. A sum above zero means the same event; the weights are set by
hand, in steps that a reader can follow, and described in docs/method/links.md.
"""

from functools import cache

import numpy as np

from pipeline.lexicon import table
from pipeline.link.candidates import Masks
from pipeline.link.evidence import evidence
from pipeline.link.pairs import both, either, equal, flags, kilometres
from pipeline.link.reports import SLACK, Reports, is_sharp
from pipeline.link.rows import NO_DAY, Floats, Ints
from pipeline.link.story import story_term
from pipeline.link.words import is_country, stems

BASE = -0.65
SAME_DAY, NEXT_DAY, DAYS_APART, OVERLAP, IMPOSSIBLE = 0.35, 0.1, -0.7, 0.1, -3.0
CAMPAIGN, DAY_OF_CAMPAIGN = 45, -1.5
"""Days from which on a stretch of time is more than one event, and what a day of it counts."""
SAME_PARTY, SAME_NAME, SAME_COUNTRY, SAME_STATE, OTHER_COUNTRY, OTHER_PARTY, OTHER_VOICE = (
    0.3,
    0.25,
    0.2,
    0.05,
    -0.45,
    -0.1,
    -1.5,
)
OTHER_BODY = -0.2
"""Two bodies or people of one state who speak or are spoken of: who accuses the army does not accuse the police."""
"""The same actor; words of a name; a state and one of its bodies; two bodies or people of one state; two states; two others;
two people or two bodies that are of no one state, who speak: what one says is not what the other says."""
SAME_THING, OTHER_THING = 0.15, -0.8
"""Things of one kind that it was done to, and of others: a boat is no building."""
SWAPPED = -0.6
"""Who acts in one undergoes the other."""
NEXT, LATEST, NEXT_AFTER = -2.0, -0.5, 2
"""The next of a series, plainly or perhaps, against an event told in the same article or by one so many days earlier."""
SAME_AMOUNT, OTHER_AMOUNT, OTHER_AMOUNT_THERE, NEARLY = 0.2, -0.3, -0.8, 1.3
"""As many to whom it was done; more or fewer; more or fewer in one article or of others; amounts within this factor are the same."""
SAME_PLACE, IN_COUNTRY, OTHER_NAME, FAR_APART = 0.35, 0.05, -0.3, -2.0
"""The same place; one is the other's country, or both are only that; another name close by or nowhere known; far off."""
FAR_KM = 60.0
WORDING, FEW = 1.4, 1.0
"""For the same words around the triggers, less where these are few: what is added to the product of their lengths."""
SAME_DEED_THERE = 0.1
"""Deeds of one type in one article: it mostly goes on about the same."""
OTHER_TYPE, OTHER_TYPE_THERE = -0.35, -0.6
"""Another type; in one article, whose writer tells types apart."""
SAME_TRIGGER, OTHER_NUMBER = 0.15, -0.3
SAME_MODE, OTHER_MODE, OTHER_VERBAL_MODE, OTHER_DEED = 0.1, -0.2, -0.15, -0.8
"""Modes of violence tell the means, those of coercion and the like different deeds (to seize, to blockade)."""
OTHER_SUPPORT = -0.5
"""To thank is not to sign, though both support."""
SAME_TOLL, OTHER_TOLL = 0.25, -0.1
POINTS_BACK = 0.25
"""In one article, where one of the two is "the attack"."""
SAME_SENTENCE, DEED_AND_TOLL, CLOSE = -1.8, 0.3, 20
"""Two events that a sentence names apart, by so many characters, are seldom the same ("the strike hit ..." is); a deed and its
toll are ("four were killed when drones hit ...")."""

VERBAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of words rather than deeds: reports differ more in the mode they give them."""

LEAST, LEAST_THERE, MOST = -1.0, -2.5, 1.5
"""A pair counts no less (less in one article, whose writer tells events apart) and no more."""


ABOUT = -64.0
"""Is added to the score of two reports that may be about one thing and are never of one event: a plan and the deed. No group holds
both then, and how plainly the two belong together can still be read."""


def score_reports(reports: Reports, left: Ints, right: Ints) -> tuple[Floats, Masks]:
    """The score of each pair of rows, and what speaks for it."""
    total = (
        BASE
        + date_term(reports, left, right)
        + party_term(reports, left, right)
        + place_term(reports, left, right)
        + WORDING * reports.words["around"].cosine(left, right, FEW)
        + story_term(reports, left, right)
        + type_term(reports, left, right)
        + series_term(reports, left, right)
        + word_term(reports, left, right)
    )
    there = equal(reports.codes["doc_id"], left, right)
    why = evidence(reports, left, right)
    total = np.where(why == 0, LEAST, total)
    total = np.asarray(total.clip(np.where(there, LEAST_THERE, LEAST), MOST))
    return np.where(reports.standing[left] != reports.standing[right], ABOUT + total, total), why


def date_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What the days say. A report without a day takes one over only near its publication, the nearer where it is news."""
    first, last, published = reports.first, reports.last, reports.published
    dated = first != NO_DAY
    gap = np.maximum(first[left] - last[right], first[right] - last[left]).clip(0)
    sharp = np.select([gap == 0, gap == 1, gap <= SLACK], [SAME_DAY, NEXT_DAY, DAYS_APART], IMPOSSIBLE)
    blurred = np.select([gap <= 1, gap <= SLACK], [OVERLAP, 0.0], IMPOSSIBLE)
    width = last - first
    one_is_campaign = (np.abs(width[left] - width[right]) > CAMPAIGN) & (gap == 0)
    blurred = np.where(one_is_campaign, DAY_OF_CAMPAIGN, blurred)
    two_dates = np.where(both(is_sharp(first, last), left, right), sharp, blurred)

    # How long after the day of the dated one the other was published.
    lag = np.where(dated[left], published[right] - last[left], published[left] - last[right])
    lead = np.where(dated[left], first[left] - published[right], first[right] - published[left])
    one_date = np.select([lag <= 3, lag <= 7, lag <= 14, lag <= 30], [0.2, 0.1, 0.0, -0.15], -0.3)
    one_fresh = np.select([lag <= 2, lag <= 3, lag <= 7], [0.25, 0.0, -0.25], -0.5)
    wide = np.where(dated[left], width[left], width[right]) > CAMPAIGN
    one_date = np.where(wide, one_date.clip(max=0.0), one_date)
    one = np.where(lead > 1, IMPOSSIBLE, np.where(either(reports.news, left, right), one_fresh, one_date))
    apart = np.abs(published[left] - published[right])
    no_date = np.select([apart <= 2, apart <= 7, apart <= 14, apart <= 30], [0.15, 0.0, -0.1, -0.2], -0.5)
    two_fresh = np.select([apart <= 1, apart <= 2], [0.25, 0.0], -0.7)
    none = np.where(both(reports.news, left, right), two_fresh, no_date)
    one_dated = either(dated, left, right)
    known = both(published != NO_DAY, left, right)
    undated = np.where(known, np.where(one_dated, one, none), np.where(one_dated, -0.15, -0.3))
    return np.where(both(dated, left, right), two_dates, undated)


def party_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What the parties say, side by side."""
    out = np.zeros(len(left))
    words = reports.words
    spoken = both(flags(reports.cells["event_type"], VERBAL.__contains__) & ~reports.mutual, left, right)
    for role in ("actor", "recipient"):
        placed = words[f"{role}_countries"].filled(left, right)
        same_country = words[f"{role}_countries"].shared(left, right) > 0
        two_bodies = words[f"{role}_body"].filled(left, right)
        alike = np.select(
            [words[role].shared(left, right) > 0, same_country & two_bodies, same_country, placed],
            [SAME_PARTY, np.where(spoken, OTHER_BODY, SAME_STATE), SAME_COUNTRY, OTHER_COUNTRY],
            OTHER_PARTY,
        )
        voices = words[f"{role}_persons"], words[f"{role}_unions"]
        two_voices = np.logical_or(
            *(bag.filled(left, right) & (bag.shared(left, right) == 0) for bag in voices)
        )
        if role == "actor":
            alike = np.where(two_voices & spoken, OTHER_VOICE, alike)
        known, named = words[f"{role}_known"].filled(left, right), words[f"{role}_names"].filled(left, right)
        alike = np.where(known, alike, np.where(named, OTHER_PARTY / 3, 0.0))
        same_name = words[f"{role}_names"].shared(left, right) > 0
        out += np.where(same_name, np.maximum(alike, SAME_NAME), alike)
    same_thing = words["things"].shared(left, right) > 0
    things = np.where(same_thing, SAME_THING, np.where(words["things"].filled(left, right), OTHER_THING, 0.0))
    swapped = np.where(words["roles"].shared(left, right) < 0, SWAPPED, 0.0)
    return out + things + swapped + amount_term(reports, left, right)


def series_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What it says that one is the next of a series."""
    one, two = reports.series[left], reports.series[right]
    days = reports.published[left] - reports.published[right]
    lag = np.where(one > two, days, -days)
    there = equal(reports.codes["doc_id"], left, right)
    sharp = both(is_sharp(reports.first, reports.last), left, right)
    one_day = sharp & (reports.first[left] == reports.first[right])
    apart = (one != two) & ~one_day & (there | (lag >= NEXT_AFTER))
    return np.where(apart, np.where(np.maximum(one, two) == 2, NEXT, LATEST), 0.0)


def amount_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What it says that both tell how many it was done to: "12 judges", "four banks"."""
    amount = reports.amounts
    there = equal(reports.codes["doc_id"], left, right)
    violent = either(flags(reports.cells["event_type"], "ASSAULT".__eq__), left, right)
    near = np.fmax(amount[left], amount[right]) <= NEARLY * np.fmin(amount[left], amount[right])
    words = reports.words["recipient_names"]
    others = words.filled(left, right) & (words.shared(left, right) == 0)  # 12 judges, four banks
    far = np.where(others, OTHER_AMOUNT_THERE, OTHER_AMOUNT)
    other = np.where(there, OTHER_AMOUNT_THERE, np.where(violent | near, 0.0, far))
    alike = np.where(amount[left] == amount[right], SAME_AMOUNT, other)
    killed = both(~np.isnan(reports.fatalities), left, right)  # their numbers are compared as tolls
    return np.where(both(~np.isnan(amount), left, right) & ~killed, alike, 0.0)


def type_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What the types say."""
    same_type, same_article = (equal(reports.codes[name], left, right) for name in ("event_type", "doc_id"))
    verbal = either(flags(reports.cells["event_type"], VERBAL.__contains__), left, right)
    there = np.where(same_type, np.where(verbal, 0.0, SAME_DEED_THERE), OTHER_TYPE_THERE)
    return np.where(same_article, there, np.where(same_type, 0.0, OTHER_TYPE))


def place_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What the places say: the same name, or two places too far apart."""
    place = reports.codes["place"]
    wide = either(flags(reports.cells["place"], is_country), left, right)
    far = kilometres(reports.latitude, reports.longitude, left, right) > FAR_KM
    alike = np.select([wide, equal(place, left, right), far], [IN_COUNTRY, SAME_PLACE, FAR_APART], OTHER_NAME)
    return np.where(both(place >= 0, left, right), alike, 0.0)


def word_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What triggers, modes, tolls and standing in one sentence say."""
    code = reports.codes
    plural = equal(code["last_stem"], left, right) & ~equal(code["last_word"], left, right)
    alike = reports.words["trigger"].shared(left, right) > 0
    out = np.where(alike, np.where(plural, OTHER_NUMBER, SAME_TRIGGER), 0.0)
    verbal = flags(reports.cells["event_type"], VERBAL.__contains__)
    violent = flags(reports.cells["event_type"], "ASSAULT".__eq__)
    other_mode = np.select(
        [both(verbal, left, right), either(violent, left, right)], [OTHER_VERBAL_MODE, OTHER_MODE], OTHER_DEED
    )
    mode = code["event_mode"]
    same_mode = np.where(equal(mode, left, right), SAME_MODE, other_mode)
    out += np.where(both(mode >= 0, left, right), same_mode, 0.0)
    toll = reports.fatalities
    same_toll = np.where(toll[left] == toll[right], SAME_TOLL, OTHER_TOLL)
    out += np.where(both(~np.isnan(toll), left, right), same_toll, 0.0)
    praise = flags(reports.cells["text"], lambda text: bool(stems(text) & praising_words()))
    out += np.where(praise[left] != praise[right], OTHER_SUPPORT, 0.0)
    back = equal(code["doc_id"], left, right) & either(reports.back, left, right)
    return out + np.where(back, POINTS_BACK, 0.0) + sentence_term(reports, left, right)


def sentence_term(reports: Reports, left: Ints, right: Ints) -> Floats:
    """What it says that two reports stand in one sentence."""
    start = np.array(reports.offsets)
    close = np.abs(start[left] - start[right]) < CLOSE
    toll_told = flags(reports.cells["text"], lambda text: bool(stems(text) & casualty_words()))
    same_type = equal(reports.codes["event_type"], left, right)
    by_deed = (toll_told[left] != toll_told[right]) & same_type
    in_sentence = np.select([by_deed, ~close], [DEED_AND_TOLL, SAME_SENTENCE], 0.0)
    return np.where(equal(reports.codes["sentence"], left, right), in_sentence, 0.0)


@cache
def praising_words() -> frozenset[str]:
    """Stems of words of praise and thanks."""
    return frozenset().union(
        *(stems(row["word"]) for row in table("event_word_classes") if row["word_class"] == "praise")
    )


@cache
def casualty_words() -> frozenset[str]:
    """Stems of the words that tell of dead and injured: what a deed led to, not a deed of its own."""
    return frozenset().union(
        *(stems(row["lemma"]) for row in table("measures") if row["measure"] in ("killed", "injured"))
    )
