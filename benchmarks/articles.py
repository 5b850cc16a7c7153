"""Generated articles: short, each with an attack, a meeting, a quotation and counts; some tell one story, a few are copies."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

PER_DAY = 5
"""Articles a day: so a month holds 150, however long the folder goes back."""
FIRST_DAY = date(2021, 1, 1)
_LANDS = (
    ("France", "French", "Paris"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Chile", "Chilean", "Santiago"),
    ("Poland", "Polish", "Warsaw"),
    ("Nepal", "Nepalese", "Kathmandu"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Peru", "Peruvian", "Lima"),
    ("Latvia", "Latvian", "Riga"),
    ("Jordan", "Jordanian", "Amman"),
    ("Norway", "Norwegian", "Oslo"),
    ("Mali", "Malian", "Bamako"),
    ("Cuba", "Cuban", "Havana"),
)
_FIRST = (
    "Ada",
    "Boris",
    "Clara",
    "Dario",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Irina",
    "Jonas",
    "Kofi",
    "Lena",
)
_LAST = ("Abara", "Brandt", "Castell", "Dorn", "Estevez", "Farkas", "Gruber", "Halvor", "Ilves", "Jansky")
_SYLLABLES = ("ka", "lo", "mer", "tin", "sa", "ro", "vel", "dun", "pa", "shi", "gor", "na")
_TARGETS = ("a police post", "an oil depot", "a convoy", "a market", "a rail bridge", "an army base")
_TOPICS = (
    "grain exports",
    "a border crossing",
    "fishing rights",
    "a gas pipeline",
    "an extradition",
    "visas",
)
_DEEDS = (
    "Gunmen attacked {target} in {town} on {day}, killing {toll} people, {adjective} police said.",
    "{adjective} troops shelled {target} near {town} on {day}; {toll} people died.",
    "Police in {town} arrested {toll} protesters on {day} after a march on {target}.",
    "{land} closed its border near {town} on {day} and stranded {toll} lorries.",
)


def articles(n: int, seed: int = 11) -> Iterator[tuple[str, str]]:
    """The first `n` articles: a file's name and its text. More are the same and further ones."""
    texts: list[str] = []
    for number in range(n):
        pick = random.Random(f"{seed} {number}")
        day = FIRST_DAY + timedelta(days=number // PER_DAY)
        text = _article(pick, number, day)
        if texts and pick.random() < 0.02:  # an agency's copy
            text = texts[-pick.randrange(1, min(len(texts), 2 * PER_DAY) + 1)] + " This report was edited."
        texts.append(text)
        yield f"{day:%Y-%m}/{number:07}.txt", f"date {day}\n\n{text}\n"


def write(folder: Path, n: int) -> None:
    """Write the first `n` articles below a folder; those that are there stay as they are."""
    for name, text in articles(n):
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _article(pick: random.Random, number: int, day: date) -> str:
    told = random.Random(f"story {number // 3}" if pick.random() < 0.4 else f"own {number}")
    land, adjective, capital = told.choice(_LANDS)
    town = _town(told)
    deed = told.choice(_DEEDS).format(
        target=told.choice(_TARGETS),
        town=town,
        day=f"{day - timedelta(days=1):%A}",
        toll=told.randrange(2, 90),
        adjective=adjective,
        land=land,
    )
    other, _, _ = pick.choice(_LANDS)
    name = f"{pick.choice(_FIRST)} {pick.choice(_LAST)}"
    topic = pick.choice(_TOPICS)
    rest = [
        f"{adjective} foreign minister {name} met officials of {other} in {capital} to discuss {topic}.",
        f"“We will not give up {topic} for {_town(pick)},” {name} said.",
        f"Some {pick.randrange(100, 9_000):,} people have left {_town(pick)} since {day - timedelta(days=pick.randrange(9, 60)):%-d %B}.",
        f"Observers from {_town(pick)} counted {pick.randrange(3, 60)} {pick.choice(('boats', 'lorries', 'tents', 'wells'))} there.",
    ]
    pick.shuffle(rest)
    return " ".join([deed, *rest[: pick.randrange(2, 5)]])


def _town(pick: random.Random) -> str:
    return "".join(pick.choice(_SYLLABLES) for _ in range(3)).capitalize()
