"""The rows of groups that stand in many months (a government that each month names), kept beside the pages: a page of them is made again
for each new article, and would be read from all these months."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.names import page_name
from pipeline.store import sealed

FEW = 8
"""The rows of groups in no more months than these are read from there."""
MONTH = "month of the rows"
"""The column that tells from which month a row was read."""
Months = dict[str, int]
"""By month a digest of a group's rows there."""


class Often:
    """The rows that are kept of groups of one kind, a file a group."""

    def __init__(self, state: Path, kind: str, shape: str) -> None:
        """`state`: the folder in which it is noted what pages were made from; `shape` tells what rows look like: those of another are not taken."""
        self.state, self.kind, self.shape = state, kind, shape

    def rows(self, key: str, months: Months) -> pa.Table | None:
        """The rows of a group that are as they were kept, of some months with the digests that they have now; None where nothing is kept."""
        found = sealed.kept(self._path(key), sealed.arrow)
        told = (found.schema.metadata or {}) if found is not None else {}
        if told.get(b"shape") != self.shape.encode() or told.get(b"key") != key.encode():
            return None
        before: Months = json.loads(told[b"months"])
        same = [month for month, digest in months.items() if before.get(month) == digest]
        rows = found.replace_schema_metadata(None)
        return rows.filter(pc.is_in(rows[MONTH], pa.array(same, pa.string())))

    def keep(self, key: str, rows: pa.Table, months: Months) -> None:
        """Keep the rows of a group; `months`: those that they were read from."""
        told = {"shape": self.shape, "key": key, "months": json.dumps(months)}
        sealed.write(self._path(key), sealed.arrow_bytes(rows.replace_schema_metadata(told)), sync=False)

    def forget(self, key: str) -> None:
        """Let go of the rows of a group."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = page_name(key).rpartition("/")[2].removesuffix(".html")
        return self.state / f"often.{self.kind}.{name}.arrow"
