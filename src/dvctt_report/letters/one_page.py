"""Keep the signer's page one page: the last lines of the longest parts go, and it is said how many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.page import LINE_EM
from dvctt_report.report.marks import without_marks

LINE_WIDTH = 137.0
"""Width in mm of a line of the right column."""
LABEL_HEIGHT = 28.0
"""Points that a label of two lines takes in the left column, the least height of a part."""
ROOM = 620.0
"""Points that all parts may take together: the page less its title, its note and a line to spare."""


def fit_one_page(
    fixed: Sequence[str], parts: Iterable[Sequence[str]], others: Callable[[int], str]
) -> list[tuple[str, ...]]:
    """Return ``parts`` as short as they have to be; ``fixed`` stays whole.

    ``others`` writes the line that says how many lines a part leaves out.
    """
    kept = [list(part) for part in parts]
    hidden = [0] * len(kept)

    def shown() -> list[tuple[str, ...]]:
        return [(*lines, *([others(n)] if n else ())) for lines, n in zip(kept, hidden, strict=True)]

    while sum(max(LABEL_HEIGHT, height(part)) for part in (fixed, *shown())) > ROOM and any(kept):
        longest = max(range(len(kept)), key=lambda n: height(kept[n]))
        kept[longest].pop()
        hidden[longest] += 1
    return shown()


def height(lines: Iterable[str]) -> float:
    """Say how high the lines stand in points, as set in the right column."""
    style = component("memo_line")
    n_printed = [len(break_lines(without_marks(line), LINE_WIDTH, style).split("\n")) for line in lines]
    return sum(n * style.size * LINE_EM + style.before + style.after for n in n_printed)
