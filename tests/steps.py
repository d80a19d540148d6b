"""How much work something is, told the same by every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable


def n_steps(call: Callable[[], object]) -> int:
    """How many functions are called, Python's own in C too."""
    n = 0

    def count(*_: object) -> None:
        nonlocal n
        n += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return n
