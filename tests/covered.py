"""What computes figures is reached by tests, line by line and branch by branch.

SlipCover looks at each line until it was reached once, so that tests that are watched take no longer. With
``REACHED`` set to a folder all that is imported after this is watched, and every worker writes there what its
tests reached; ``python -m tests.covered FOLDER`` adds that up and fails below the bounds.
"""

from __future__ import annotations

import json
import os
import sys
from functools import reduce
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = Path(__file__).resolve().parents[1] / "src" / "dvctt_report"
JUDGING: Final = ("year/summary", "year/rules", "plan/last_year.py")
"""Folders and files of what bars a figure and what judges it: reached in full."""
COMPUTING: Final = (
    *JUDGING,
    *("year/rows.py", "year/dataset.py", "text/vietnamese.py", "forms/formulas.py"),
    *("intake/read.py", "intake/sheets.py", "intake/values.py"),
)
"""All that computes figures, the former among it."""
LEAST: Final = 95
"""Percent of the lines and branches of all that which are reached at least."""


class Places:
    """Folders and files of the package; SlipCover asks whether a file is theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._places = tuple(PACKAGE / name for name in names)

    def matches(self, file: str | Path) -> bool:
        return any(Path(file).resolve().is_relative_to(place) for place in self._places)

    def files(self) -> set[Path]:
        found = (place.rglob("*.py") if place.is_dir() else (place,) for place in self._places)
        return {file for files in found for file in files}


_FOLDER: Final = os.environ.get("REACHED")
_WATCHED: Any = None
if _FOLDER:  # whatever is imported from now on
    from slipcover import ImportManager, Slipcover

    _WATCHED = Slipcover(branch=True, exclude_also=[r"^if __name__ == .__main__.:"])
    ImportManager(_WATCHED, Places(COMPUTING)).__enter__()


def write() -> None:
    """Write down what was reached, where it is watched."""
    if _FOLDER and _WATCHED:
        file = Path(_FOLDER) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(_WATCHED.get_coverage()), encoding="utf-8")


def main(folder: Path) -> int:
    """Print what no test reached, as ranges of lines and as branches; 1 where that is too much."""
    from slipcover import merge_coverage, print_coverage

    written = [json.loads(one.read_text(encoding="utf-8")) for one in folder.glob("*.json")]
    reached = reduce(merge_coverage, written)
    print_coverage(reached, skip_covered=True)
    percent = {
        Path(name).resolve(): of["summary"]["percent_covered"] for name, of in reached["files"].items()
    }
    if unseen := Places(COMPUTING).files() - percent.keys():
        sys.exit(f"imported by no test: {', '.join(map(str, unseen))}")
    short = [file for file in sorted(Places(JUDGING).files()) if percent[file] < 100]
    print(*(f"judges, and is not reached in full: {file}" for file in short), sep="\n")
    whole = reached["summary"]["percent_covered"]
    print(f"{whole:.2f} % of what computes figures is reached; {LEAST} % have to be.")
    return int(bool(short) or whole < LEAST)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
