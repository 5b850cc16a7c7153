"""Words for deeds of offices, chambers, courts, work and gates in short articles, and the same words where they report nothing."""

import re

import numpy as np
import pytest

from pipeline.extract.events import judge
from tests.unit.extract.test_events import read

MARKED = re.compile(r"\[([^\]]+)\]\(([A-Z|-]+)\)")
"""Words, and the types that their row may have ("-": there is none)."""

ARTICLES = [
    "The interior ministry in Lusaka has a new head. Joseph Tembo's [departure](RETREAT) had been demanded by the bar association. He [cleared his desk](RETREAT) on Tuesday.",
    "The governor of the central bank [lost his post](SANCTION) on Friday. President Omar Keita [removed](SANCTION) him by decree. His successor was [sworn in](SUPPORT) the same evening. The bank [fell](-) behind its target last year.",
    "Three ministers [left the cabinet](RETREAT) of Prime Minister Ilir Berisha on Sunday. The government [fell](RETREAT|CONCEDE) two days later. Leaves [fell](-) in the park outside.",
    "Police chief Ruben Salas was [fired](SANCTION) by the mayor on Wednesday. His [sacking](SANCTION) was welcomed by the victims' families.",
    "Parliament in Skopje on Thursday [removed](SANCTION) the speaker by 62 votes to 40. Opposition deputies [walked out](REJECT|PROTEST) before the ballot.",
    "Deputies of the Reform Bloc [left the chamber](REJECT|PROTEST) in protest. They went home by bus. The chamber of commerce [left](-) its forecast unchanged.",
    "The meat workers of Wexham were [locked out](COERCE) on Friday. The union called the [lockout](COERCE) illegal. Nobody was [locked out](-) of his flat by the storm.",
    "Seven people are [in custody](COERCE) over the fire at the registry. The suitcase was [picked up](-) by a driver. The shop opens again on Friday.",
    "The former minister is [behind bars](COERCE|SANCTION) since Friday. His lawyer called the [arrest](COERCE) a farce. The drinks are kept [behind the bar](-).",
    "The two clubs [went to court](ACCUSE) over the ban. The federation [lodged an appeal](REJECT|REQUEST|ACCUSE). The judges [went to](-) lunch.",
    "Norway is angry with Minsk. The [recall](SANCTION) of its ambassador was answered within hours. The company [recalled](-) forty thousand kettles.",
    "Two French aircraft [landed](AID) on the island with tents and water. An Australian ship came into port with engineers. A butterfly [landed](-) on her sleeve.",
    "Pakistan [opened the gate](RETREAT) at Chaman again. Traders had waited for a week. The exhibition [opened](-) on Friday.",
    "Serbia has a new road. The [closing](COERCE) of the bridge cut off three villages. She [shut](-) the window.",
    "The [ramming](ASSAULT) of a Philippine boat drew a protest from Manila. Its crew was [hosed down](ASSAULT) with water cannon. Firemen [hosed down](-) the street.",
    "Brussels is at odds with Minsk. It answered with an import [ban](SANCTION|COERCE) on timber. Ice cream sold well.",
    "Pensioners in Riga are angry. The opposition [brought](PROTEST) thousands onto the streets. Bread is dear.",
    "Kenya [pulled out](RETREAT|SANCTION|REJECT) of the mission. The [handover](RETREAT) of its base is planned for June. He [pulled out](-) a pen.",
]  # fmt: skip


@pytest.mark.parametrize("marked", ARTICLES)
def test_short_articles(marked: str) -> None:
    text, wanted = "", []
    last = 0
    for found in MARKED.finditer(marked):
        text += marked[last : found.start()]
        wanted.append((len(text), len(text) + len(found[1]), set(found[2].split("|"))))
        text, last = text + found[1], found.end()
    text += marked[last:]
    events = read(text).events
    for start, end, types in wanted:
        here = {e.event_type for e in events if e.start < end and start < e.end}
        assert (here or {"-"}) & types, (text[start:end], here)


def test_in_an_article_the_type_weighs_less_than_whether_there_is_an_event() -> None:
    event, types = np.array([0.9, 0.6]), np.array([[0.6, 0.4], [0.9, 0.1]])
    alone = judge.scores(event, types, whole=False)
    within = judge.scores(event, types, whole=True)
    assert alone[0] == pytest.approx(alone[1])
    assert within[0] > within[1]
