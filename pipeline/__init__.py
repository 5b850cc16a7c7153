"""News articles in, tables that analysts trust out.

`read` finds and decodes the articles, `language` parses them, `extract` turns one parsed article into rows,
`link` connects rows of all articles, `store` keeps and publishes tables, `orchestration` shows it all to Dagster.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(
        _name, "1"
    )  # before NumPy is loaded: more threads for its small products only wait for each other
