"""Numbers: from number words and numerals to values. Nothing of sentences in here."""

import re

from pipeline.lexicon import table

WORDS = {row["word"]: (float(row["value"]), row["kind"]) for row in table("number_words")}


def read_words(text: str) -> float | None:
    """The value of a number written out ("two hundred and five", "twenty-one", "3.5 million"); None if it is none.

    Units, teens, tens and hundreds add up to at most 999 between two scales; scales must fall ("two million three
    thousand"), but a scale may stand on a scale ("a hundred thousand million").
    """
    total = part = 0.0
    last = None
    for word in re.split(r"[\s-]+", text.strip().lower()):
        if word in ("and", "a", "an"):
            continue
        if word in WORDS:
            value, kind = WORDS[word]
        else:
            try:
                value, kind = float(word.replace(",", "")), "digits"
            except ValueError:
                return None
        if kind in ("unit", "teen", "ten", "digits"):
            if last in ("unit", "teen", "digits") or (last == "ten" and kind != "unit"):
                return None
            part += value
        elif kind == "hundred":
            part = (part or 1) * value
        else:
            total += (part or (1 if not total or last != kind else 0)) * value if part or last is None else 0
            part = 0.0
        last = kind
    return None if last is None else total + part
