"""Where the data that comes with the program lies: templates and sample workspace."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource_path(name: str) -> Path:
    """The folder "templates" or "sample_data", installed or of the checkout. Raises FileNotFoundError."""
    places = (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(2, "not in the package, not in the checkout", str(places[0]))
