"""What speaks for or against a word being an event: its own form, its frame, its clause, its article.

Features are named numbers. A word of the text is one by its lemma only, and no name is ever one.
"""

from pipeline.extract.events.lexicon import max_of, means_of, triggers_of
from pipeline.extract.events.nothing import reports_nothing
from pipeline.extract.events.reading import Reading, kinds_of_article
from pipeline.extract.events.tree import CLAUSAL, Tree

ENDINGS = ("ion", "ing", "ment", "ance", "ence", "ency", "ure", "al", "down", "out")
"""How nouns of happening end."""
HAPPENING = frozenset(
    [
        "happening", "event", "decision", "stance", "meeting", "protest", "agreement", "truce", "allegation",
        "cause", "fatal", "concession", "insult", "untrue", "slander",
    ]
)  # fmt: skip
"""Word classes of nouns and adjectives that tell what happened, or judge it."""
FUNCTION = frozenset(
    {"aux", "aux:pass", "det", "mark", "advmod", "cop", "compound:prt", "case", "cc:preconj"}
)
PHRASES = {
    "obl": "obl",
    "nmod": "nmod",
    "nmod:poss": "poss",
    "amod": "amod",
    "compound": "comp",
    "obl:agent": "by",
}
COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl", "acl"})
CLIMB = 4
MOODS = (
    dict.fromkeys(["not", "n't", "n’t", "never", "no", "neither", "nor", "without"], "denied")
    | dict.fromkeys(["will", "shall", "'ll", "’ll", "wo"], "to come")
    | dict.fromkeys(["may", "might", "could", "can", "would", "should"], "possible")
    | dict.fromkeys(["must"], "due")
    | dict.fromkeys(["if", "unless", "whether", "until", "once"], "on condition")
    | dict.fromkeys(["to"], "infinitive")
    | dict.fromkeys(["allegedly", "reportedly", "apparently", "suspected", "alleged"], "hedged")
)
"""Words that say how an event is put."""

Features = dict[str, float]


def candidates(reading: Reading) -> list[int]:
    """The words of the body that may report an event: every verb, what the lexicon knows in any part of speech, nouns of happening."""
    return [
        i
        for sentence in reading.parsed.sentences
        if sentence.kind == "body"
        for i in range(sentence.span.start, sentence.span.end)
        if _may_report(reading, i)
    ]


def _may_report(reading: Reading, i: int) -> bool:
    tree = reading.tree
    pos, lemma = tree.pos[i], tree.lemmas[i]
    if reading.frames.is_idiom(i) or reports_nothing(reading, i):
        return False
    if pos == "VERB":  # storms and beasts do no politics
        named = [x for a in tree.agents(i) for x in (a, *tree.kids(a, "nmod:desc"))]  # "Cyclone Idai"
        return not any("nature" in tree.classes[x] for x in named)
    if pos == "PROPN":
        return bool(reading.frames.entries(i))
    if pos not in ("NOUN", "ADJ"):
        return False
    return bool(
        triggers_of(lemma) or tree.classes[i] & HAPPENING or (pos == "NOUN" and lemma.endswith(ENDINGS))
    )


class WordFeatures:
    """The features of an article's words."""

    def __init__(self, reading: Reading) -> None:
        """Gather what all words of the article share."""
        self.reading = reading
        body = [n for n, s in enumerate(reading.parsed.sentences) if s.kind == "body"]
        self.place = {n: k / max(1, len(body)) for k, n in enumerate(body)}
        self.lead = set(body[:2])
        kinds = kinds_of_article(reading)
        self.article = {f"article.{kind}": share for kind, share in kinds.items()}
        self.article["article.sport"] = min(1.0, 20 * reading.sport / max(1, len(reading.tree.words)))
        public = [
            kinds.get(k, 0) for k in ("country", "government", "military", "armed_group", "igo", "party")
        ]
        self.article["article.public"] = sum(public)
        self.who: dict[int, list[str]] = {}

    def of(self, i: int) -> Features:
        """All features of a word."""
        out: Features = {}
        self._word(i, out)
        self._frame(i, out)
        self._parties(i, out)
        self._beside(i, out)
        self._above(i, out)
        self._around(i, out)
        self._mood(i, out)
        return out

    def _word(self, i: int, out: Features) -> None:
        tree = self.reading.tree
        pos, lemma, dep = tree.pos[i], tree.lemmas[i], tree.deps[i]
        out["pos=" + pos] = out["tag=" + tree.tags[i]] = out["dep=" + dep] = out[f"dep={dep} {pos}"] = 1
        if pos != "PROPN":
            out["lemma=" + lemma] = out[f"lemma={lemma} {pos}"] = 1
        for kind in tree.classes[i]:
            out["class=" + kind] = 1
        if tree.is_passive(i):
            out["passive"] = 1
        if self.reading.cast.in_name(i):
            out["in name"] = 1
        if tree.shapes[i][:1].isupper():
            out["capital"] = 1

    def _frame(self, i: int, out: Features) -> None:
        """The lexicon's word on it: types of the entries that hold, and of those that want something else beside."""
        frames, tree = self.reading.frames, self.reading.tree
        shares = triggers_of(tree.lemmas[i])
        for kind, share in shares.items():
            out["lexicon." + kind] = share
        if not shares:
            out["no lexicon"] = 1
        elif not frames.entries(i):
            out["other part of speech"] = 1
        fitting = frames.fitting(i)
        for n, entry in enumerate(fitting):
            out["fits." + entry.event_type] = 1
            if n == 0:
                out["best." + entry.event_type] = out["best"] = 1
                out["asks"] = min(3, len(entry.conditions)) / 3
                if entry.event_mode:
                    out[f"mode.{entry.event_type}.{entry.event_mode}"] = 1
        if shares and not fitting:
            out["no fit"] = 1
        for x in (i, tree.heads[i], *tree.children[i]):
            for means in means_of(tree.lemmas[x]):
                out["means." + means] = 1

    def kinds(self, i: int) -> list[str]:
        """What kind of party or thing a noun is."""
        if i not in self.who:
            cast, tree = self.reading.cast, self.reading.tree
            entity = cast.entities.get(self.reading.actors[i] or "")
            out = ["is." + entity.actor_type] if entity is not None else []
            if entity is not None and (entity.role or entity.sector):
                out.append("office")
            out += ["name." + cast.kind(i)] if cast.kind(i) else []
            out += ["class." + c for c in tree.classes[i]]
            out.append("party" if cast.is_party(i) else "thing")
            if tree.pos[i] == "PRON":
                out.append("word." + tree.words[i])
            elif tree.pos[i] == "NOUN":
                out.append("lemma." + tree.lemmas[i])
            self.who[i] = out
        return self.who[i]

    def _parties(self, i: int, out: Features) -> None:
        """Who does it and to whom, as far as syntax tells."""
        tree = self.reading.tree
        verb = tree.pos[i] in CLAUSAL or tree.pos[i] == "ADJ"
        agents = tree.agents(i) if verb else tree.holder(i)
        patients = tree.patients(i) if verb else []
        for name, found in (("agent", agents), ("patient", patients)):
            if not found:
                out["no " + name] = 1
            for x in found[:2]:
                for kind in self.kinds(x):
                    out[f"{name}:{kind}"] = 1

    def _beside(self, i: int, out: Features) -> None:
        """What hangs on the word."""
        tree = self.reading.tree
        for c in tree.children[i]:
            label = tree.deps[c]
            if label in PHRASES:
                case = tree.case(c)
                for kind in self.kinds(c):
                    out[f"{PHRASES[label]}:{kind}"] = 1
                if case:
                    out["with " + case] = 1
                    out[f"with {case} {'party' if self.reading.cast.is_party(c) else 'thing'}"] = 1
            elif label in FUNCTION:
                out[f"{label}={tree.words[c]}"] = 1
            else:
                out["kid=" + label] = 1
            if label in COMPLEMENTS:
                for kind, share in triggers_of(tree.lemmas[c]).items():
                    out["about." + kind] = max(out.get("about." + kind, 0), share)

    def _above(self, i: int, out: Features) -> None:
        """The words that govern it, their mood and what clauses lie between."""
        tree = self.reading.tree
        x = i
        for n, head in enumerate(tree.above(i, CLIMB)):
            near = n == 0
            name = "head" if near else "above"
            if tree.pos[head] != "PROPN":
                out[f"{name}={tree.lemmas[head]}"] = 1
            for kind in tree.classes[head]:
                out[f"{name}.class={kind}"] = 1
                if near:
                    out[f"{tree.deps[x]} of {kind}"] = 1
            for kind, share in triggers_of(tree.lemmas[head]).items():
                out[f"{name}.lexicon.{kind}"] = share
            out[f"{name}.step={tree.deps[x]}"] = 1
            for c in tree.children[head]:
                if tree.deps[c] in ("aux", "aux:pass", "mark", "advmod") and tree.pos[c] != "PROPN":
                    out[f"{name}.{tree.deps[c]}={tree.words[c]}"] = 1
            if near:
                out["head.pos=" + tree.pos[head]] = out["head.tag=" + tree.tags[head]] = 1
            x = head

    def _around(self, i: int, out: Features) -> None:
        """The neighbours, the sentence and the article."""
        reading, tree = self.reading, self.reading.tree
        n = reading.sentence[i]
        span = reading.parsed.sentences[n].span
        for step in (-1, 1):
            j = i + step
            if span.start <= j < span.end and tree.pos[j] not in ("PROPN", "NUM"):
                out[f"next{step:+d}={tree.lemmas[j]}"] = 0.7
        if i in reading.quote:
            out["quoted"] = out["quoted " + reading.quote[i].quote_kind] = 1
        out["position"] = self.place.get(n, 0)
        if n in self.lead:
            out["lead"] = 1
        for age in reading.ages.get(n, ()):
            out["dated " + age] = 1
        out.update(self.article)

    def _mood(self, i: int, out: Features) -> None:
        """Denied, planned, possible or asked for: what becomes of the type that the lexicon has for a word."""
        tree = self.reading.tree
        verb = (
            i if tree.pos[i] in CLAUSAL else next((x for x in tree.above(i, 2) if tree.pos[x] in CLAUSAL), i)
        )
        moods = {"tag " + tree.tags[i]}
        for x in dict.fromkeys((i, verb)):
            moods |= moods_beside(tree, x)
        governor = tree.heads[verb]
        if tree.deps[verb] in COMPLEMENTS and governor != verb:
            moods.add(
                f"{tree.deps[verb]} of {max_of(triggers_of(tree.lemmas[governor])) or tree.pos[governor]}"
            )
            moods |= {mood + " above" for mood in moods_beside(tree, governor)}
        entries = self.reading.frames.fitting(i) or self.reading.frames.entries(i)
        kind = entries[0].event_type if entries else max_of(triggers_of(tree.lemmas[i]))
        for mood in moods:
            out["mood " + mood] = 1
            if kind is not None:
                out[f"{kind} {mood}"] = 1


def moods_beside(tree: Tree, i: int) -> set[str]:
    """How the words beside one put it: denied, to come, possible, hedged."""
    return {mood for c in tree.children[i] if (mood := MOODS.get(tree.words[c]))}
