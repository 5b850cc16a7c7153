from collections.abc import Callable

import pytest

from pipeline.extract import extract
from pipeline.extract.parsed import ParsedArticle

Parse = Callable[..., ParsedArticle]


def triggers(article: ParsedArticle) -> dict[float, str | None]:
    """The trigger of each figure's event, by the figure's value."""
    rows = extract(article)
    events = {event.event_id: event.text for event in rows.events}
    return {figure.value: events.get(figure.event_id or "") for figure in rows.figures}


@pytest.mark.parametrize(
    ("text", "value", "trigger"),
    [
        ("Russia released 70 prisoners on Monday.", 70, "released"),
        ("A Russian air strike hit two trucks near Kharkiv on Monday.", 2, "hit|air strike"),
        ("Israel deployed 300 tanks along the border.", 300, "deployed"),
    ],
)
def test_a_figure_belongs_to_the_event_over_it(parsed: Parse, text: str, value: float, trigger: str) -> None:
    found = triggers(parsed(text))[value]
    assert found is not None
    assert any(words in found for words in trigger.split("|"))  # either word tells the one event


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Russian troops attacked Kupiansk, which has 26,000 inhabitants.", 26_000),
        ("Russia released a 34-year-old reporter.", 34),
        ("The flood drowned 12 cows.", 12),
    ],
)
def test_a_figure_beside_an_event_belongs_to_none(parsed: Parse, text: str, value: float) -> None:
    assert triggers(parsed(text))[value] is None


def test_whoever_counts_gives_the_figure(parsed: Parse) -> None:
    rows = extract(parsed("The World Health Organization put the number of cases at 4,200."))
    names = {entity.entity_id: entity.name for entity in rows.entities}
    assert [names.get(figure.source_id or "") for figure in rows.figures] == ["World Health Organization"]


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        (
            "Gunmen stormed a police post in Norland, killing eight officers and injuring 13, a doctor said.",
            8,
            13,
        ),
        ("Three porters were killed and six wounded in a raid near Port Essa.", 3, 6),
    ],
)
def test_the_dead_and_the_hurt_of_one_attack_stand_on_one_event(
    parsed: Parse, text: str, dead: int, hurt: int
) -> None:
    rows = extract(parsed(text))
    assert [(event.fatalities_low, event.injured_low) for event in rows.events] == [(dead, hurt)]


def test_a_ban_has_no_dead_of_its_own(parsed: Parse) -> None:
    told = "The agency suspended the licence of Korhan Lines on Monday after a crash in which 26 people died and 31 were hurt."
    events = [e for e in extract(parsed(told)).events if e.event_type != "ASSAULT"]
    assert [(e.fatalities_low, e.injured_low) for e in events] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("A militant was killed in an ambush near Gao.", 1),
        ("The soldier was killed when his lorry hit a mine.", 1),
        ("Gunmen shot and killed a nun and her driver in Gao.", 2),
        ("Police condemned the assassination of Sarnai Bold in Orkhon.", 1),
        ("Gunmen killed the family of a judge in Gao.", None),
        ("Rebels killed the crew of a ferry on Monday.", None),
        ("Gunmen killed villagers near Gao.", None),
        ("Gunmen threatened to kill a judge in Gao.", None),
    ],
)
def test_who_is_killed_one_by_one_is_counted(parsed: Parse, text: str, dead: int | None) -> None:
    assert max((e.fatalities_low or 0 for e in extract(parsed(text)).events), default=0) == (dead or 0)
