"""ReportLab as it comes, whatever lies about on the computer.

It takes settings, and programs to run, from the user's home folder, from modules
of certain names and from variables of the environment.  A file of ours shall depend
on none of them: the same source gives the same bytes on every computer.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_STRANGERS: Final = (
    "reportlab_mods",
    "reportlab_settings",
    "reportlab.local_rl_mods",
    "reportlab.local_rl_settings",
)
_VARIABLES: Final = ("RL_", "SOURCE_DATE_EPOCH")


@contextmanager
def reportlab_alone() -> Iterator[None]:
    """Import ReportLab inside, and begin documents: they look at the environment for the date."""
    added = [name for name in _STRANGERS if name not in sys.modules]
    sys.modules.update((name, ModuleType(name)) for name in added)
    hidden = {
        name: os.environ.pop(name) for name in list(os.environ) if name.startswith(_VARIABLES)
    }
    try:
        yield
    finally:
        os.environ.update(hidden)
        for name in added:
            sys.modules.pop(name, None)
