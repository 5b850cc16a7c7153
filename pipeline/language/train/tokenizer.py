"""spaCy's English tokenizer brought closer to Universal Dependencies; the trained model carries it, nothing is needed at run time."""

from collections.abc import Iterable
from itertools import groupby

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

from pipeline.language.train.lists import column

_NO_EXCEPTION = ("Wed", "wed", "Id", "id", "Shed", "shed", "Hed", "hed", "Wasnt")
"""Words that spaCy would part ("We" "d")."""


def adapt(nlp: Language) -> None:
    """Keep affixes (anti-American), split other hyphens (U.S.-led, 3-year-old) and dashes, keep abbreviated days and ranks whole."""
    no_affix = _not_behind(column("affixes"))
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+\-\*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}]){no_affix}(?:-|\u2010|\u2011)(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9\)\]\"\u201d\u2019,.])(?:--|---|\u2013|\u2014|\u2015)(?=[{ALPHA}0-9\"\(\u201c\u2018$])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
        rf"(?<=[A-Z]\.)-(?=[{ALPHA}])",
        rf"(?<=[0-9])-(?=[{ALPHA_LOWER}])",
    ]
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    rules: dict[str, list[dict[int, str]]] = tokenizer.rules
    tokenizer.rules = {word: rule for word, rule in rules.items() if word not in _NO_EXCEPTION}
    for word in column("abbreviations"):
        tokenizer.add_special_case(word, [{"ORTH": word}])


def _not_behind(affixes: Iterable[str]) -> str:
    """A pattern that holds where no affix, with a small or capital first letter, stands alone before.

    Affixes of one length share a look-behind: a class of all letters takes milliseconds to compile, at each loading of the model.
    """
    words = sorted(
        {word for p in affixes for word in (p, p.capitalize())}, key=lambda word: (len(word), word)
    )
    return "".join(f"(?<!(?<![{ALPHA}])(?:{'|'.join(some)}))" for _, some in groupby(words, key=len))
