"""Where the data that comes with the program lies: tables beside the modules, templates, sample workspace."""

from __future__ import annotations

import sys
from pathlib import Path

_MODULES = Path(__file__).resolve().parents[1]
PACKAGE = next(p for p in (_MODULES, *(Path(entry) / _MODULES.name for entry in sys.path)) if p.is_dir())
"""The folder of what comes with the modules, by which each is found: "cli/menu.toml".

In the bundle for Windows the modules lie in an archive, what they read in the folder of the libraries.
"""


def resource_path(name: str) -> Path:
    """The folder "templates" or "sample_data", installed or of the checkout. Raises FileNotFoundError."""
    places = (PACKAGE / "_data" / name, PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(2, "not in the package, not in the checkout", str(places[0]))
