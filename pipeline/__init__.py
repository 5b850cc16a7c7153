"""News articles in, tables that analysts trust out.

`read` finds and decodes the articles, `language` parses them, `extract` turns one parsed article into rows,
`link` connects rows of all articles, `store` keeps and publishes tables, `orchestration` shows it all to Dagster.
"""

import os
import sys
from types import ModuleType

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(
        _name, "1"
    )  # before NumPy is loaded: more threads for its small products only wait for each other

_COMMANDS = "spacy.cli.info"
if _COMMANDS not in sys.modules:
    # spaCy would load its own command line, and what that fetches and tells with, for a name that nothing here asks for: a third of a second
    sys.modules[_COMMANDS] = ModuleType(_COMMANDS)
    vars(sys.modules[_COMMANDS])["info"] = None
