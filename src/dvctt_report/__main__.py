"""The program's start: ``python -m dvctt_report`` and ``dvctt-report`` are the same."""

from __future__ import annotations

import gc

from dvctt_report import OBJECTS_BETWEEN
from dvctt_report.text.interrupts import ending_in_words


def main() -> int:
    """Run the program; an interrupt while it is still being loaded ends it in words, too."""
    return ending_in_words(_run)


def _run() -> int:
    gc.set_threshold(OBJECTS_BETWEEN)
    from dvctt_report.cli.door import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
