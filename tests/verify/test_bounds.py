"""What somebody puts into a copy costs in proportion, and all of it is told."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from types import ModuleType

import pytest

from dvctt_report.verify import pairing, rewritten
from dvctt_report.verify.check import Collation
from dvctt_report.word.tree import NAMESPACES
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, plant, set_text, text_of

Check = Callable[[bytes], Collation]

FIGURES = "Tổng số hồ sơ là {}000 trên {}500 hồ sơ, đạt {},5%."
CLAIMS = "Sở Y tế chưa đạt mục tiêu; các đơn vị xếp thấp nhất là phường {} {} {}."


def with_paragraphs(report: Report, said: str, n: int) -> None:
    at = next(p for p in report.paragraphs() if len(text_of(p)) > 80)
    for k in range(n):
        added = copy.deepcopy(at)
        set_text(added, said.format(*[k + 11] * 3))
        at.addnext(added)


def with_footnotes(report: Report, said: str, n: int) -> None:
    texts = (said.format(*[k + 11] * 3) for k in range(n))
    notes = "".join(f"<w:footnote><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>" for text in texts)
    part = f'<w:footnotes xmlns:w="{NAMESPACES["w"]}">{notes}</w:footnotes>'
    report.parts["word/footnotes.xml"] = part.encode()


def rewritten_throughout(report: Report, said: str, n: int) -> None:
    for paragraph in report.paragraphs()[10:]:
        set_text(paragraph, text_of(paragraph).replace(" của ", " thuộc ", 1) + " Thêm.")
    with_paragraphs(report, said, n)


@pytest.mark.parametrize("said", [FIGURES, CLAIMS])
@pytest.mark.parametrize("added", [with_paragraphs, with_footnotes, rewritten_throughout])
def test_paragraphs_and_footnotes_that_were_added_are_not_each_laid_against_each(
    said: str,
    added: Callable[[Report, str, int], None],
    rendered: Rendered,
    check: Check,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid = Counter[str]()

    def counted(module: ModuleType, name: str) -> None:
        compare = getattr(module, name)

        def count(*of: object) -> object:
            laid[name] += 1
            return compare(*of)

        monkeypatch.setattr(module, name, count)

    for module, name in ((pairing, "_likeness"), (pairing, "_part"), (rewritten, "_tells")):
        monkeypatch.setattr(module, "MOST_LAID", 500)
        counted(module, name)
    report = rendered.report()
    n_printed = len(report.paragraphs())
    added(report, said, 150)

    assert check(report.content()).n_to_read >= 150
    assert laid["_likeness"] + laid["_part"] <= 4 * pairing.NEAR * n_printed
    assert laid["_tells"] <= 500


@pytest.mark.annexes
def test_what_was_changed_beside_many_additions_is_still_told(
    rendered: Rendered, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing, "MOST_LAID", 10)
    monkeypatch.setattr(rewritten, "MOST_LAID", 10)
    report = rendered.report()
    planted = plant(report, 10, seed=7)
    with_paragraphs(report, CLAIMS, 50)

    outcome = check(report.content())
    assert not outcome.agrees
    assert {one.id for one in planted} <= {one.figure for one in outcome.deviations}
