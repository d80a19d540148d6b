"""Where the data that comes with the program lies: tables beside the modules, templates, sample workspace."""

from __future__ import annotations

import sys
from pathlib import Path


def _package() -> Path:
    folder = Path(__file__).resolve().parents[1]
    if folder.is_dir():
        return folder
    # In the bundle for Windows the modules lie in an archive, what they read in the folder of the libraries.
    return next(path for path in (Path(entry) / folder.name for entry in sys.path) if path.is_dir())


PACKAGE = _package()
"""The folder of what comes with the modules, by which each is found: "cli/menu.toml"."""


def resource_path(name: str) -> Path:
    """The folder "templates" or "sample_data", installed or of the checkout. Raises FileNotFoundError."""
    places = (PACKAGE / "_data" / name, PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(2, "not in the package, not in the checkout", str(places[0]))
