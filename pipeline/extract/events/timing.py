"""When an event happened: its own date, else that of the saying, of the meeting or of the fighting that it goes on with."""

from datetime import date, timedelta
from typing import NamedTuple

from pipeline.extract.events.attributes import Attributes
from pipeline.extract.events.lexicon import small_numbers
from pipeline.extract.events.report import Report
from pipeline.extract.events.tree import CLAUSAL, Tree
from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.rows import Date

TALK = frozenset({"CONSULT", "SUPPORT", "AGREE", "REQUEST", "ACCUSE"})
SPEECH = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT"})
BREAKS = frozenset({",", ";", "and", "that", "which", "since", "before", "until"})
FIRST_PERSON = frozenset({"we", "i"})
TALK_GOES_ON = 3
"""Paragraphs over which an article may go on about one meeting."""
DIRECTION = {"after": -1, "before": 1}
DAYS = {"day": 1, "week": 7, "hour": 0, "minute": 0}
"""Days of a unit; hours count as the same day."""
AFTER = 14
"""Tokens from "after" to the event that it dates."""
NEAR = 8
"""Tokens from an event's noun to a date that no verb parts from it."""


class When(NamedTuple):
    """First and last day, and how precise that is."""

    date_from: date | None
    date_to: date | None
    date_precision: str
    basis: str = "own"


class Dated(NamedTuple):
    """The last event of a kind with a day of its own."""

    when: When
    paragraph: int
    parties: frozenset[str]


class Timing:
    """Dates the events of one article, in order of the text."""

    def __init__(self, parsed: ParsedArticle, tree: Tree, attributes: Attributes) -> None:
        """Start with nothing dated."""
        self.parsed, self.tree, self.attributes = parsed, tree, attributes
        self.talk: Dated | None = None
        self.fight: Dated | None = None

    def when(self, report: Report, sentence: ParsedSentence, parties: frozenset[str]) -> When | None:
        """The date of an event; null where the text does not tell."""
        row = self.attributes.date(report.head, sentence.sentence_id) or self._beside(report, sentence)
        own = (
            When(row.date_from, row.date_to, row.date_precision)
            if row is not None
            else self._counted(report, sentence)
        )
        found = own
        if found is None and report.status in ("actual", "reported"):
            found = (
                self._of_saying(report) or self._performed(report) or self._chained(report, sentence, parties)
            )
        self._note(report, sentence, parties, found, own)
        return found

    def _beside(self, report: Report, sentence: ParsedSentence) -> Date | None:
        """A date close behind an event's word, no verb between them: "strikes on the port last week"."""
        tree, head = self.tree, report.head
        if self.attributes.apart(head):
            return None
        for row in self.attributes.dates.get(sentence.sentence_id, ()):
            token = self.parsed.token_at(row.start)
            if token is None or not head < token.i <= head + NEAR:
                continue
            between = range(head + 1, token.i)
            if not any(tree.pos[x] in CLAUSAL or tree.words[x] in BREAKS for x in between):
                return row
        return None

    def _counted(self, report: Report, sentence: ParsedSentence) -> When | None:
        """What happened so many days before or after something dated: "on Friday, two days after the mayor was shot"."""
        tree, head = self.tree, report.head
        start = max(sentence.span.start, head - AFTER)
        mark = next((k for k in range(head - 1, start, -1) if tree.words[k] in DIRECTION), None)
        if mark is None or any(tree.words[x] in (",", ";") for x in range(mark + 1, head)):
            return None
        unit = DAYS.get(tree.lemmas[mark - 1])
        count = 0 if unit == 0 else _number(tree.words[mark - 2]) if mark - 2 >= start else None
        if unit is None or count is None:
            return None
        anchor = None
        for row in self.attributes.dates.get(sentence.sentence_id, ()):
            token = self.parsed.token_at(row.start)
            if token is not None and token.i < mark and row.date_precision == "day" and row.date_from:
                anchor = row.date_from
        if anchor is None:
            return None
        try:
            day = anchor + timedelta(days=DIRECTION[tree.words[mark]] * unit * count)
        except OverflowError:
            return None
        return When(day, day, "day", "counted")

    def _of_saying(self, report: Report) -> When | None:
        """What somebody demands or condemns in a quotation has the date of the saying."""
        if report.event_type not in SPEECH:
            return None
        own = report.spoken or any(self.tree.words[a] in FIRST_PERSON for a in report.actors)
        cue = self.attributes.cue(self.parsed.starts[report.head]) if own else None
        token = self.parsed.token_at(cue) if cue is not None else None
        if token is None or cue is None:
            return None
        said = self.parsed.sentence_at(cue)
        row = self.attributes.date(token.i, said.sentence_id) if said is not None else None
        return When(row.date_from, row.date_to, row.date_precision, "saying") if row is not None else None

    def _performed(self, report: Report) -> When | None:
        """ "We condemn": said and done on the day of publication."""
        tree, head = self.tree, report.head
        day = self.parsed.article.published_on
        if day is None or report.event_type not in SPEECH or "performative" not in tree.classes[head]:
            return None
        if (
            tree.tags[head] not in ("VBZ", "VBP")
            or tree.kids(head, "aux", "mark")
            or tree.heads[head] != head
        ):
            return None
        if self.attributes.cue(self.parsed.starts[head]) is not None:
            return None
        return When(day, day, "day", "publication")

    def _chained(self, report: Report, sentence: ParsedSentence, parties: frozenset[str]) -> When | None:
        """What the same two said at a dated meeting, and how a dated fight went on."""
        if self.attributes.dates.get(sentence.sentence_id):
            return None
        past = self._past(report.head)
        last = self.talk
        if (
            last
            and past
            and report.event_type in TALK
            and sentence.paragraph - last.paragraph <= TALK_GOES_ON
        ):
            return last.when._replace(basis="before") if len(last.parties & parties) > 1 else None
        last = self.fight
        if last is None or report.event_type != "ASSAULT" or sentence.paragraph - last.paragraph > 1:
            return None
        goes_on = bool(past and last.parties & parties) or self._points_back(report.head)
        return last.when._replace(basis="before") if goes_on else None

    def _past(self, head: int) -> bool:
        tree = self.tree
        return tree.tags[head] == "VBD" and not tree.kids(head, "aux")

    def _points_back(self, head: int) -> bool:
        """A bare "the attack"."""
        tree = self.tree
        if tree.pos[head] != "NOUN" or tree.kids(head, "amod", "compound"):
            return False
        return any(tree.words[c] in ("the", "this", "these") for c in tree.kids(head, "det"))

    def _note(
        self,
        report: Report,
        sentence: ParsedSentence,
        parties: frozenset[str],
        found: When | None,
        own: When | None,
    ) -> None:
        if found is None or found.date_precision != "day" or report.status not in ("actual", "reported"):
            return
        dated = Dated(found, sentence.paragraph, parties)
        if report.event_type == "CONSULT" and len(parties) > 1:
            self.talk = dated
        elif report.event_type == "ASSAULT" and own is not None:
            self.fight = dated
        elif self.talk is not None and found[:3] == self.talk.when[:3]:
            self.talk = self.talk._replace(paragraph=sentence.paragraph)


def _number(word: str) -> int | None:
    """A small number in words or digits."""
    if word in ("a", "the"):
        return 1
    return int(word) if word.isdecimal() and len(word) < 4 else small_numbers().get(word)
