"""The program's start: ``python -m dvctt_report`` and ``dvctt-report`` are the same."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program; an interrupt while it is still being loaded ends it in words, too."""
    try:
        from dvctt_report.cli.door import main as run

        return run()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # TextIO
            print("Đã dừng theo yêu cầu.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
