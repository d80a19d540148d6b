"""Print every module with what it knows, the first sentence of its docstring: ``make modules``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "dvctt_report"


def modules() -> Iterator[tuple[str, str]]:
    """Each module by its path below the package ("intake/alone", "intake/" for the package itself)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("__init__")
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        yield (
            name or "dvctt_report",
            " ".join(told.partition("\n\n")[0].split()).partition(". ")[0].rstrip("."),
        )


def main() -> None:
    """Print them, one a line."""
    for name, told in modules():
        print(f"{name:34} {told}")


if __name__ == "__main__":
    main()
