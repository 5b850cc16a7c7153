"""What the network tells apart: the label sets of its heads, and lemmas as edits of a word's end."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAMES = ("O", *(f"{part}-{label}" for label in ("PERSON", "ORG", "LOC", "NORP") for part in "BI"))
"""Names word by word: begin and inside of each label."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of each head, in the order of its outputs."""

    upos: tuple[str, ...]
    tags: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]
    sets: tuple[str, ...]
    """The data sets whose conventions for names the network tells apart; the first is none of them."""
    names: tuple[str, ...] = NAMES

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Labels":
        """Read what `save` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: tuple(values) for name, values in raw.items()})


def lemma_edit(form: str, lemma: str) -> str:
    """The edit that makes a lemma of a form: `l` (lower case) or `k` (case kept), the end to take off, a tab, the end to put on."""
    best = ""
    for case, base in (("l", form.lower()), ("k", form)):
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        edit = f"{case}{base[same:]}\t{lemma[same:]}"
        if not best or len(edit) < len(best):
            best = edit
    return best


def apply_edit(form: str, edit: str) -> str | None:
    """The lemma that an edit makes of a form, None where the form does not end as the edit says."""
    old, new = edit[1:].split("\t")
    base = form.lower() if edit[0] == "l" else form
    if not base.endswith(old):
        return None
    return base[: len(base) - len(old)] + new or None
