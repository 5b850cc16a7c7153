"""Libraries that others load where these are installed, for what nothing here asks them to do: loading takes a start longer."""

import importlib
import sys
from contextlib import suppress


def without(name: str, what_asks: str) -> None:
    """Have what asks for a library, where both are installed, pass over it; others may load it later."""
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how Python notes a module that is not there
    with suppress(ImportError):
        importlib.import_module(what_asks)
    del sys.modules[name]
