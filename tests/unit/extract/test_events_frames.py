"""Frames of the event lexicon: what must stand beside a word, and who stands in its slots."""

from collections.abc import Callable

import pytest

from pipeline.extract.events.features import candidates
from pipeline.extract.events.lexicon import Trigger
from pipeline.extract.events.reading import Reading
from pipeline.extract.events.train.gold import reading
from pipeline.extract.parsed import ParsedArticle

Parse = Callable[..., ParsedArticle]


def best(own: Reading, word: str) -> tuple[int, Trigger | None]:
    """A word's number and the entry that asks for most and gets it."""
    i = own.tree.words.index(word)
    return i, next(iter(own.frames.fitting(i)), None)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Uganda flew its soldiers home from Somalia.", "flew", "fly"),
        ("Nobody knows who sought the pact.", "sought", "seek"),
        ("She said that the marches would go on.", "marches", "march"),
        ("The water flowed into the town.", "flowed", "flow"),
        ("The shoes were new.", "shoes", "shoe"),
    ],
)
def test_irregular_pasts_and_plurals_have_their_lemma(
    parsed: Parse, text: str, word: str, lemma: str
) -> None:
    tree = reading(parsed(text)).tree
    assert tree.lemmas[tree.words.index(word)] == lemma


FRAMES = [
    ("Latvia put its border guards on alert.", "put", "MOBILIZE", None),
    ("Norwegian fighter jets were scrambled from Bodo after the alarm.", "scrambled", "MOBILIZE", None),
    ("Peru declared two Bolivian diplomats personae non gratae.", "declared", "SANCTION", "expel"),
    ("Serbia ordered three Croatian diplomats to leave the country.", "ordered", "SANCTION", "expel"),
    ("Sudan has suspended the water treaty with Egypt.", "suspended", "SANCTION", "discontinue"),
    ("A Chinese coastguard cutter rammed a Vietnamese trawler.", "rammed", "ASSAULT", None),
    ("Police used water cannon against protesters in Lima.", "used", "ASSAULT", "crowd-control"),
    ("Gunmen torched a school near the Nigerian town of Jos.", "torched", "ASSAULT", "primitive"),
    ("The government blocked access to Facebook in Uganda.", "blocked", "COERCE", "censor"),
    ("Greece recalled its ambassador from Ankara.", "recalled", "SANCTION", "withdraw"),
    ("Canada offered Haiti four million dollars in aid.", "offered", "AGREE", None),
    ("Mayor Lopez called the verdict a farce.", "called", "ACCUSE", "disapprove"),
    ("The Spanish navy has sent a frigate to the gulf.", "sent", "MOBILIZE", "weapons"),
    ("Uganda is flying its soldiers home from Somalia.", "flying", "RETREAT", "withdraw"),
    ("The last Polish troops came home from Kuwait.", "came", "RETREAT", "withdraw"),
    ("Malawi sent two Belgian diplomats home.", "sent", "SANCTION", "expel"),
    ("The premier sent the deputies home.", "sent", "COERCE", "restrict"),
    ("Senator Ines Duarte quit the race on Friday.", "quit", "RETREAT", "resign"),
    ("The governor gave up his post.", "gave", "RETREAT", "resign"),
    ("The court found that the minister had broken the law.", "found", "REJECT", None),
    ("Mongolia declared a state of emergency.", "declared", "COERCE", "martial-law"),
    ("The soldiers are holding up a convoy of flour.", "holding", "COERCE", "withhold"),
    ("Six helicopters were delivered to Chad.", "delivered", "AID", None),
    ("A mine went off under a patrol.", "went", "ASSAULT", "explosives"),
    ("Mortars fell on the market.", "fell", "ASSAULT", "heavy-weapons"),
    ("The town fell to the rebels in May.", "fell", "ASSAULT", None),
    ("The army lost the village to the rebels.", "lost", "ASSAULT", None),
    ("Egypt put a duty on steel from Turkey.", "put", "SANCTION", None),
    ("The two ministers put their names to a treaty.", "put", "SUPPORT", None),
    ("The three hostages are free.", "free", "RETREAT", "release"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "event_type", "mode"), FRAMES, ids=[f[0] for f in FRAMES])
def test_an_entry_holds_where_it_gets_what_it_asks_for(
    parsed: Parse, text: str, word: str, event_type: str, mode: str | None
) -> None:
    _, entry = best(reading(parsed(text)), word)
    assert entry is not None
    assert entry.event_type == event_type
    assert mode is None or entry.event_mode == mode


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peru declared a public holiday.", "declared"),
        ("The shop blocked its own door.", "blocked"),
        ("She called her sister on Monday.", "called"),
        ("The bakery gave the school six cakes.", "gave"),
        ("He held the lamp for an hour.", "held"),
    ],
)
def test_other_objects_make_no_such_event(parsed: Parse, text: str, word: str) -> None:
    _, entry = best(reading(parsed(text)), word)
    assert entry is None or entry.event_type not in ("SANCTION", "COERCE", "ACCUSE")


def test_slots_hold_the_parties(parsed: Parse) -> None:
    own = reading(parsed("Convoys of the mission were attacked by rebels near the river."))
    i, entry = best(own, "attacked")
    assert entry is not None
    filled = {slot: [own.tree.words[x] for x in own.frames.fill(i, slot)] for slot in ("subj", "obj", "near")}
    assert filled == {"subj": ["rebels"], "obj": ["convoys"], "near": ["river"]}


def test_whoever_is_made_to_act_is_its_subject(parsed: Parse) -> None:
    own = reading(parsed("Brussels urged Hungary to release the editor."))
    release = own.tree.words.index("release")
    assert [own.tree.words[x] for x in own.tree.agents(release)] == ["hungary"]
    assert [own.tree.words[x] for x in own.frames.fill(own.tree.words.index("urged"), "comp")] == ["editor"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Danish director shot a comedy film in Oslo.", "shot"),
        ("A heart attack killed the senator of Peru.", "killed"),
        ("The governor died of a heart attack.", "attack"),
        ("Norway struck oil off its coast.", "struck"),
        ("Two airlines fought a price war over the summer.", "fought"),
        ("Chile crushed Peru in the semi-final.", "crushed"),
        ("The minister attacked inflation with higher rates.", "attacked"),
        ("The sequel bombed in Italy.", "bombed"),
        ("Cholera killed forty people in the camp.", "killed"),
        ("The novel tells how an army shells a town.", "shells"),
        ("It is an opera about a prince who is killed by his guards.", "killed"),
        ("In the film, rebels attack the palace of the king.", "attack"),
        ("A tale about a duke who poisons his guests opened the fair.", "poisons"),
        ("Uruguay crushed Paraguay 5-0 in Montevideo.", "crushed"),
        ("Wales attacked before half-time.", "attacked"),
        ("Ghana won 3-1. Togo's attack was too slow.", "attack"),
        ("Nine miners were killed when their lift plunged down a shaft.", "killed"),
        ("Two nurses were injured when the roof collapsed.", "injured"),
        ("Kenya has frozen aid to Burundi.", "aid"),
        ("The ministry is delaying a delivery of relief to the north.", "relief"),
        ("Cheaper cloth has killed trade in the bazaar.", "killed"),
        ("Demand for steel rose in Brazil.", "demand"),
        ("The two firms are locked in a dispute over patents.", "locked"),
        ("A gas explosion shook a block of flats in Lille.", "explosion"),
        ("The orchestra toured Poland.", "toured"),
        ("The mayor declined to comment on the raid.", "declined"),
        ("Kenya's army refused to say where its troops were.", "refused"),
    ],
)
def test_figures_of_speech_and_fiction_report_nothing(parsed: Parse, text: str, word: str) -> None:
    own = reading(parsed(text))
    assert own.tree.words.index(word) not in candidates(own)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The soldiers shot a farmer in Gaza.", "shot"),
        ("An attack killed the senator of Peru.", "killed"),
        ("A missile struck oil tanks near the coast.", "struck"),
        ("Two clans fought a war over the wells.", "fought"),
        ("Troops crushed the uprising in the south.", "crushed"),
        ("Rebels attacked the bank with rifles.", "attacked"),
        ("Jets bombed a village in the north.", "bombed"),
        ("The report tells how the army shells towns.", "shells"),
        ("In the film, the minister accuses the army of murder.", "accuses"),
        ("Uruguay attacked a border post for 3-4 days.", "attacked"),
        ("The Senate blocked the bill 52-48.", "blocked"),
        ("Rioters attacked the referee after the game ended 2-1.", "attacked"),
        ("Togo's attack on the border town was condemned.", "attack"),
        ("Nine miners were killed when their lift was bombed.", "killed"),
        ("Three guards were killed when a drone crashed into their tower.", "killed"),
        ("Kenya has sent aid to Burundi.", "aid"),
        ("Demand for the release of the nuns grew in Lagos.", "demand"),
        ("Soldiers killed a trader in the bazaar.", "killed"),
        ("The explosion shook a police station in Lille.", "explosion"),
        ("The foreign minister toured Poland.", "toured"),
        ("The mayor declined to sign the pact.", "declined"),
        ("Kenya's army refused to leave the town.", "refused"),
    ],
)
def test_the_same_words_as_they_are_meant_may_report(parsed: Parse, text: str, word: str) -> None:
    own = reading(parsed(text))
    assert own.tree.words.index(word) in candidates(own)
