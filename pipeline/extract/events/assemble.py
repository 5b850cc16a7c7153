"""From the reports of each sentence to the rows of `events` and `event_actors`."""

import re
from datetime import timedelta
from itertools import groupby

from pipeline.extract.events.attributes import Attributes, contexts, dated_tokens
from pipeline.extract.events.cast import Cast
from pipeline.extract.events.lexicon import domain_words, scores
from pipeline.extract.events.party_rows import PartyRows
from pipeline.extract.events.places import Places
from pipeline.extract.events.politics import Politics
from pipeline.extract.events.report import ACTS, ARMED_MODES, Report
from pipeline.extract.events.reports import Reader
from pipeline.extract.events.timing import Timing, When
from pipeline.extract.events.tolls import MEASURES, Toll, counted, dead, tolls
from pipeline.extract.events.tree import Tree
from pipeline.extract.parsed import ParsedArticle, ParsedSentence
from pipeline.extract.rows import Date, Entity, Event, EventActor, Figure, Mention, Quote

YEAR = timedelta(days=365)
SCORE = re.compile(r"(?<![\d.,-])\d{1,2}[-–]\d{1,2}(?![\d.,-])")
DOMAIN_WORDS = 3
DOMAIN_SHARE = 0.015
AGENTS = frozenset({"country", "government", "military", "armed_group", "igo"})
POLITICAL_EVENTS = 3
POLITICAL_SHARE = 0.4
"""So many events with a party of public life, and such a share of all, make an article one of politics."""
ENEMIES = [{"armed_group", kind} for kind in ("government", "military", "country")]
"""Two types of actor of which one tells the other's deeds as those of an enemy."""

Told = tuple[Report, ParsedSentence, str | None, bool]
"""A report, its sentence, who spoke last before it, and whether it is surely one of politics."""


class Assembler:
    """Makes the rows of one article."""

    def __init__(
        self,
        parsed: ParsedArticle,
        mentions: list[Mention],
        entities: list[Entity],
        dates: list[Date],
        quotes: list[Quote],
        figures: list[Figure],
    ) -> None:
        """Read the article once."""
        self.parsed = parsed
        self.tree = Tree(parsed.doc, dated_tokens(parsed, dates))
        self.cast = Cast(parsed, self.tree, mentions, entities)
        self.reader = Reader(self.tree, self.cast)
        self.attributes = Attributes(
            parsed, self.tree, self.cast, dates=dates, quotes=quotes, figures=figures
        )
        self.parties = PartyRows(parsed, self.tree, self.cast, self.attributes, mentions)
        self.places = Places(self.tree, self.cast)
        self.timing = Timing(parsed, self.tree, self.attributes)
        self.politics = Politics(self.tree, self.cast, self.parties.actor)
        self.events: list[Event] = []
        self.event_actors: list[EventActor] = []
        self.taken: set[str] = set()
        self.recent: tuple[int, str] | None = None
        """Paragraph and actor of the last act, who is understood where the next names nobody."""
        self.means: tuple[int, str | None, str] | None = None
        """Sentence, actor and mode of the last attack whose means were told."""

    def rows(self) -> tuple[list[Event], list[EventActor]]:
        """All rows, in order of the text."""
        if self._apolitical(0, len(self.tree.words), share=DOMAIN_SHARE):
            return [], []
        matcher = self.reader.matcher
        for sentence in self.parsed.sentences:
            matcher.first.update(range(sentence.span.start, min(sentence.span.start + 2, sentence.span.end)))
            if sentence.kind == "heading":
                matcher.title_case.update(range(sentence.span.start, sentence.span.end))
        paragraphs = self._paragraphs()
        told: list[Told] = []
        for sentence in self.parsed.sentences:
            if sentence.kind != "body":
                continue  # a heading repeats what the article tells
            span = sentence.span
            if self._apolitical(span.start, span.end):
                continue
            told += self._told(sentence)
        sure = sum(political for *_, political in told)
        political_article = sure >= POLITICAL_EVENTS and sure >= POLITICAL_SHARE * len(told)
        kept = [t for t in told if t[-1] or (political_article and self.politics.in_politics(t[0]))]
        for _, group in groupby(kept, key=lambda t: t[1].sentence_id):
            self._rows_of_sentence(list(group), paragraphs)
        self.parties.enemies(self.events, self.event_actors)
        return self.events, self.event_actors

    def _told(self, sentence: ParsedSentence) -> list[Told]:
        """The reports of one sentence; each knows who spoke last before it, and whether it is surely politics."""
        told = []
        for report in self.reader.read(sentence.span.start, sentence.span.end):
            self._in_words(report)
            self._understood(report, sentence)
            self._by_the_same_means(report, sentence)
            told.append((report, sentence, self.parties.voice, self.politics.political(report)))
        return told

    def _rows_of_sentence(self, told: list[Told], paragraphs: dict[int, list[str]]) -> None:
        sentence = told[0][1]
        figures = self.attributes.figures.get(sentence.sentence_id, [])
        lost = tolls(self.parsed, self.tree, [t[0] for t in told], figures)
        for report, _, self.parties.voice, _ in told:
            self._row(report, sentence, paragraphs[sentence.paragraph], lost.get(report.head, {}))

    def _apolitical(self, start: int, end: int, *, share: float = 0.0) -> bool:
        """Sport and the arts: several of their words in a sentence, or a share of an article's."""
        words = domain_words()
        found = [self.tree.lemmas[i] for i in range(start, end) if self.tree.lemmas[i] in words]
        if not share and self._match_result(start, end):
            return True
        return len(found) > share * (end - start) and len(set(found)) >= DOMAIN_WORDS

    def _match_result(self, start: int, end: int) -> bool:
        """ "crushed their rivals 5-1": a verb of winning and a score, where nobody votes."""
        tree = self.tree
        kinds = frozenset[str]().union(*(tree.classes[i] for i in range(start, end)))
        if "winning" not in kinds or "ballot" in kinds:
            return False
        text = "".join(tree.words[start:end])
        return SCORE.search(text) is not None

    def _paragraphs(self) -> dict[int, list[str]]:
        ends: dict[int, tuple[int, int]] = {}
        for s in self.parsed.sentences:
            first, last = ends.get(s.paragraph, (s.span.start, s.span.end))
            ends[s.paragraph] = min(first, s.span.start), max(last, s.span.end)
        return {p: contexts(self.tree, *bounds) for p, bounds in ends.items()}

    def _understood(self, report: Report, sentence: ParsedSentence) -> None:
        """An act without an agent has the last act's, where the text goes on about it."""
        if report.spoken and not report.actors:
            report.actor_id = self.attributes.source_id(self.parsed.starts[report.head])
        if report.event_type not in ACTS:
            spoke = next((a for a in map(self.cast.actor, report.actors) if a is not None), None)
            self.parties.voice = spoke or self.parties.voice
            return
        for a in report.actors:
            actor = self.cast.actor(a)
            if actor is not None:
                self.recent = sentence.paragraph, actor
                return
        if report.actors or self.tree.pos[report.head] != "NOUN":
            return
        report.actors = self.reader.parties.holders.campaigners(report.head)
        if report.actors:
            self.recent = sentence.paragraph, self.cast.actor(report.actors[0]) or ""
        elif self.recent and self._goes_on(report, sentence, *self.recent):
            report.actor_id = self.recent[1]

    def _new(self, head: int) -> bool:
        """Whether an act is told as one not heard of before: "an attack"."""
        return any(self.tree.words[c] in ("a", "an", "another") for c in self.tree.kids(head, "det"))

    def _goes_on(self, report: Report, sentence: ParsedSentence, paragraph: int, actor: str) -> bool:
        """Whether the last act's agent may be understood: within its paragraph, or the next where nobody else acts."""
        if sentence.paragraph - paragraph > 1:
            return False
        if sentence.paragraph == paragraph:
            return True
        if self._new(report.head):
            return False
        country = self.cast.entities[actor].country if actor in self.cast.entities else None
        for i in range(sentence.span.start, sentence.span.end):
            entity = self.cast.entities.get(self.cast.actor(i) or "")
            if entity is None or entity.entity_id == actor or i in report.recipients:
                continue
            if entity.actor_type in AGENTS and (country or "") != entity.country:
                return False
        return True

    def _in_words(self, report: Report) -> None:
        """A politician who "attacks" a rival criticises; with weapons, on land or against armies it is force."""
        if report.event_type != "ASSAULT" or report.event_mode in ARMED_MODES or not report.actors:
            return
        if "quarrel" not in self.tree.classes[report.head]:
            return
        if (
            not self.politics.is_kind(report.actors[0], "person")
            and self.cast.kind(report.actors[0]) != "PERSON"
        ):
            return
        others = [*report.actors[1:], *report.recipients]
        if not any(self.cast.kind(x) == "LOC" or "harmed" in self.tree.classes[x] for x in others):
            report.event_type, report.event_mode = "ACCUSE", "disapprove"

    def _by_the_same_means(self, report: Report, sentence: ParsedSentence) -> None:
        """An attack goes on with the means of the sentence before (PLOVER: the mode may stand there)."""
        if report.event_type != "ASSAULT":
            return
        actor = report.actor_id or next(
            (a for a in map(self.cast.actor, report.actors) if a is not None), None
        )
        if report.event_mode is not None:
            self.means = sentence.position, actor, report.event_mode
        elif self.means is not None and self.tree.lemmas[report.head] in ("strike", "hit", "raid", "attack"):
            position, who, mode = self.means
            if (
                sentence.position - position <= 2
                and who == actor
                and mode in ("aerial", "drone", "heavy-weapons")
            ):
                report.event_mode = mode

    def _row(self, report: Report, sentence: ParsedSentence, context: list[str], toll: Toll) -> None:
        parsed = self.parsed
        start, end = parsed.offsets(parsed.doc[report.first : report.last + 1])
        event_id = parsed.key("event", start, self.taken)
        actors = self.parties.rows(report, sentence, event_id)
        parties = frozenset(row.actor_id for row in actors if row.actor_id is not None)
        when = self.timing.when(report, sentence, parties)
        place = self.places.place(report)
        status = self._status(report, when, start)
        quad, intensity = scores().get(
            (report.event_type, report.event_mode), scores()[report.event_type, None]
        )
        for figure in (f for figures in toll.values() for f in figures):
            figure.event_id = event_id
        killed, injured = (counted(self.tree, parsed, toll.get(m, [])) for m in MEASURES)
        if killed == (None, None):
            killed = (one_by_one := dead(self.tree, report)), one_by_one
        self.event_actors += actors
        self.parties.remember(report, sentence, actors)
        self.events.append(
            Event(
                **parsed.place(start, end),
                event_id=event_id,
                event_type=report.event_type,
                event_mode=report.event_mode,
                quad_class=quad,
                intensity=intensity,
                contexts=" | ".join(context) or None,
                status=status,
                attributed_to=self.attributes.source(start),
                date_from=when.date_from if when else None,
                date_to=when.date_to if when else None,
                date_precision=when.date_precision if when else None,
                date_basis=when.basis if when else None,
                place=place.text if place else None,
                place_country=place.country if place else None,
                latitude=place.latitude if place else None,
                longitude=place.longitude if place else None,
                fatalities_low=killed[0],
                fatalities_high=killed[1],
                injured_low=injured[0],
                injured_high=injured[1],
                actor_names=self.parties.names(actors, "actor"),
                recipient_names=self.parties.names(actors, "recipient"),
                actor_countries=self.parties.countries(report.actors, actors, "actor"),
                recipient_countries=self.parties.countries(report.recipients, actors, "recipient"),
                sentence=parsed.sentence_text(start),
            )
        )

    def _status(self, report: Report, when: When | None, start: int) -> str:
        """`historical` by the date; `reported` where only an enemy says so."""
        published = self.parsed.article.published_on
        if (
            report.status == "actual"
            and when
            and when.date_to
            and published
            and published - when.date_to >= YEAR
        ):
            return "historical"
        if report.status == "actual" and report.event_type in ACTS and self._told_by_enemy(report, start):
            return "reported"
        return report.status

    def _told_by_enemy(self, report: Report, start: int) -> bool:
        """Whether those to whom it was done say so, and nobody else."""
        source = self.cast.entities.get(self.attributes.source_id(start) or "")
        if source is None:
            return False
        doers = [
            e for a in report.actors if (e := self.cast.entities.get(self.cast.actor(a) or "")) is not None
        ]
        if any({source.actor_type, e.actor_type} == sides for e in doers for sides in ENEMIES):
            return True  # a state of its rebels, rebels of their state
        if source.country is None:
            return False
        by = {c for a in report.actors if (c := self.cast.country(a)) is not None}
        return (
            bool(by)
            and source.country not in by
            and any(self.cast.country(r) == source.country for r in report.recipients)
        )
