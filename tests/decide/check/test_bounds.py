"""What somebody puts into a copy costs in proportion, and all of it is told."""

from __future__ import annotations

import copy
import random
import tracemalloc
from collections.abc import Callable

import pytest
from lxml import etree

from dvctt_report.decide.check import document
from dvctt_report.decide.check import passages as alignment
from dvctt_report.decide.check.check import Collation
from dvctt_report.decide.check.compare import Gravity
from dvctt_report.decide.check.passages import differing
from dvctt_report.word.tree import NAMESPACES, W
from tests.decide.check.conftest import Rendered
from tests.decide.check.edits import Edit, Report, plant, set_text, table, text_of

Check = Callable[[bytes], Collation]
After = Callable[[Edit], Collation]
CLAIMS = "Sở Y tế chưa đạt mục tiêu; tổng số hồ sơ là {}000 trên {}500 hồ sơ, đạt {},5%."


def with_paragraphs(report: Report, n: int) -> None:
    at = next(p for p in report.paragraphs() if len(text_of(p)) > 80)
    for k in range(n):
        new = copy.deepcopy(at)
        set_text(new, CLAIMS.format(*[k + 11] * 3))
        at.addnext(new)


def with_footnotes(report: Report, n: int) -> None:
    texts = (CLAIMS.format(*[k + 11] * 3) for k in range(n))
    notes = "".join(f"<w:footnote><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>" for text in texts)
    part = f'<w:footnotes xmlns:w="{NAMESPACES["w"]}">{notes}</w:footnotes>'
    report.parts["word/footnotes.xml"] = part.encode()


def with_rows(report: Report, n: int) -> None:
    row = table(report, 1)[3][0].getparent()
    for k in range(n):
        new = copy.deepcopy(row)
        set_text(next(new.findall(f"{W}tc")[1].iter(f"{W}p")), CLAIMS.format(*[k + 11] * 3))
        row.addnext(new)


def rewritten_throughout(report: Report, n: int) -> None:
    for paragraph in report.paragraphs()[10:]:
        set_text(paragraph, text_of(paragraph).replace(" của ", " thuộc ", 1) + " Thêm.")
    with_paragraphs(report, n)


@pytest.mark.parametrize("put_in", [with_paragraphs, with_footnotes, with_rows, rewritten_throughout])
def test_all_that_was_added_is_told(
    put_in: Callable[[Report, int], None], after: After, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", 500)
    outcome = after(lambda report: put_in(report, 400))
    assert len(outcome.of(Gravity.READ)) >= 400
    assert outcome.of(Gravity.DIFFERS) == []


@pytest.mark.annexes
def test_what_was_changed_beside_many_additions_is_still_told(
    rendered: Rendered, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", 500)
    report = rendered.report()
    planted = plant(report, 10, seed=7)
    with_paragraphs(report, 50)
    assert planted <= {id for one in check(report.content()).of(Gravity.DIFFERS) for id in one.figures}


def test_a_cell_said_to_span_a_hundred_million_columns_takes_no_memory(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    properties = table(report, 1)[3][1].find(f"{W}tcPr")
    etree.SubElement(properties, f"{W}gridSpan").set(f"{W}val", "100000000")
    content = report.content()
    tracemalloc.start()
    check(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000


@pytest.mark.annexes
def test_rows_read_apart_are_seen_as_those_in_the_tree(
    rendered: Rendered, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = rendered.report()
    cells = table(report, 7)
    for look, row in (("<w:vanish/>", 20), ("<w:color w:val='FEFEFE'/>", 25)):
        run = next(cells[row][1].iter(f"{W}r"))
        run.insert(0, etree.fromstring(f"<w:rPr xmlns:w='{W[1:-1]}'>{look}</w:rPr>"))
    content = report.content()
    whole = check(content)
    monkeypatch.setattr(document, "AT_ONCE", 4)
    assert check(content) == whole
    assert {one.unseen for one in whole.changes} == {"chữ ẩn", "chữ trắng"}


@pytest.mark.parametrize("most", [alignment.MOST_LAID, 20])
def test_two_sequences_differ_where_they_do(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", most)
    draw = random.Random(most)
    for _ in range(300):
        one = [draw.randrange(12) for _ in range(draw.randrange(30))]
        other = [n for n in one if draw.random() < 0.8]
        other.insert(draw.randrange(len(other) + 1), 99)
        rebuilt: list[int] = []
        at = 0
        for a, b in differing(one, other):  # each stretch replaced by what stands there in the other one
            rebuilt += [*one[at : a.start], *other[b]]
            at = a.stop
        assert [*rebuilt, *one[at:]] == other
