"""The checks of a table as Dagster knows them."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from pipeline.findings import Finding, findings
from pipeline.orchestration.metadata import failing_rows
from schemas import Table
from schemas.validation import Failures, checks


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
    for finding in findings(table, failures):
        yield dg.AssetCheckResult(
            asset_key=table.name,
            check_name=finding.check.name,
            passed=finding.passed,
            severity=dg.AssetCheckSeverity.ERROR if finding.check.blocking else dg.AssetCheckSeverity.WARN,
            description=finding.said,
            metadata=_metadata(finding),
        )


def _metadata(finding: Finding) -> Mapping[str, Any]:
    if finding.skipped:
        return {}
    return {"failing": 0} if finding.passed else failing_rows(finding.failing)
