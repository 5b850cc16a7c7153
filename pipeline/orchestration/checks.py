"""The checks of a table as Dagster knows them."""

from collections.abc import Iterable, Iterator

import dagster as dg

from pipeline.orchestration.metadata import failing_rows
from schemas import Table
from schemas.validation import Check, Failures, checks


def check_specs(table: Table) -> list[dg.AssetCheckSpec]:
    """The checks of a table's asset."""
    return [
        dg.AssetCheckSpec(
            check.name,
            asset=table.name,
            description=check.description + (" Blocks publishing." if check.blocking else " Warns only."),
            blocking=check.blocking,
        )
        for check in checks(table)
    ]


def check_results(table: Table, failures: Failures) -> Iterator[dg.AssetCheckResult]:
    """A result for each check of the table."""
    wrong_columns = bool((failures["check"] == "columns").any())
    for check in checks(table):
        yield _result(
            table.name,
            check,
            failures[failures["check"] == check.name],
            skipped=wrong_columns and check.name != "columns",
        )


def _result(table: str, check: Check, failures: Failures, *, skipped: bool) -> dg.AssetCheckResult:
    severity = dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN
    if skipped:
        why = "Not evaluated: the columns are not those of the schema."
        return dg.AssetCheckResult(
            asset_key=table, check_name=check.name, passed=False, severity=severity, description=why
        )
    if failures.empty:
        return dg.AssetCheckResult(
            asset_key=table, check_name=check.name, passed=True, severity=severity, metadata={"failing": 0}
        )
    first = failures.iloc[0]
    where = " ".join(part for part in (first["column"], f"of {first['row']}" if first["row"] else "") if part)
    return dg.AssetCheckResult(
        asset_key=table,
        check_name=check.name,
        passed=False,
        severity=severity,
        description=f"{len(failures)} failing, the first: {where}: {first['reason']} {first['value']!r:.80}".strip(),
        metadata=failing_rows(failures),
    )


def why_held_back(results: Iterable[dg.AssetCheckResult]) -> str:
    """What the checks say that hold a table back."""
    return "; ".join(
        f"{result.check_name}: {result.description}"
        for result in results
        if not result.passed and result.severity is dg.AssetCheckSeverity.ERROR
    )


def blocks(table: Table, failures: Failures) -> bool:
    """Whether the table must not be published."""
    return bool(failures["check"].isin([check.name for check in checks(table) if check.blocking]).any())
