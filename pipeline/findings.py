"""What the checks of a table say of it: of each, whether it holds, and in words what fails first."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas import Table
from schemas.validation import COLUMNS, Check, Failures, checks


@dataclass(frozen=True)
class Finding:
    """What a check found in a table."""

    check: Check
    failing: Failures
    skipped: bool = False
    """Whether it was not evaluated, since the columns are not those of the schema."""

    @property
    def passed(self) -> bool:
        """Whether the check holds."""
        return not self.skipped and self.failing.empty

    @property
    def said(self) -> str | None:
        """How many rows fail and the first of them, in words; None where none does."""
        if self.skipped:
            return "Not evaluated: the columns are not those of the schema."
        if self.failing.empty:
            return None
        first = self.failing.iloc[0]
        where = " ".join(
            part for part in (first["column"], f"of {first['row']}" if first["row"] else "") if part
        )
        return f"{len(self.failing)} failing, the first: {where}: {first['reason']} {first['value']!r:.80}".strip()


def findings(table: Table, failures: Failures) -> Iterator[Finding]:
    """What each check of the table found."""
    wrong_columns = bool((failures["check"] == COLUMNS.name).any())
    for check in checks(table):
        failing = failures[failures["check"] == check.name]
        yield Finding(check, failing, skipped=wrong_columns and check != COLUMNS)


def why_held_back(table: Table, failures: Failures) -> str | None:
    """What the checks say that hold a table back; None where it may be published."""
    blocking = [check.name for check in checks(table) if check.blocking]
    if not failures["check"].isin(blocking).any():
        return None
    against = [one for one in findings(table, failures) if one.check.blocking and not one.passed]
    return "; ".join(f"{one.check.name}: {one.said}" for one in against)
