"""Run by the bundle's own Python: compile every module below the folders that are named.

``PLACE=FOLDER``: in a __pycache__ folder beside each module; ``PLACE:=FOLDER``: beside it, as in a .zip.
``PLACE`` is what the modules of FOLDER are called in it. The compiled files bear a hash of their source, not
its date, and are not compared with it again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from py_compile import PycInvalidationMode, PyCompileError, compile


def main() -> int:
    """Compile; name on stderr what can't be, which then has no compiled file."""
    for argument in sys.argv[1:]:
        place, _, name = argument.partition("=")
        folder = Path(name)
        for source in sorted(folder.rglob("*.py"), key=lambda path: path.as_posix()):
            called = "\\".join((place.rstrip(":"), *source.relative_to(folder).parts))
            beside = str(source.with_suffix(".pyc")) if place.endswith(":") else None
            try:
                compile(
                    str(source),
                    beside,
                    called,
                    doraise=True,
                    optimize=0,
                    invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
                )
            except PyCompileError as fault:
                print(f"no module of this Python, {called}: {fault.exc_value}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
