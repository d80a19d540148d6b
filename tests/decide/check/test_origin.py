"""Which manifest a copy is checked against, and what is refused; what the register gives otherwise today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dvctt_report.decide.check.check import Collation, check_document
from dvctt_report.decide.check.document import read_document
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.tree import W
from tests.decide.check.conftest import Rendered
from tests.decide.check.edits import Report, reworded, text_of

Check = Callable[[bytes], Collation]


def without_identity(report: Report) -> bytes:
    report.parts["docProps/custom.xml"] = b"<Properties/>"
    return report.content()


def test_a_file_that_lost_its_identity_is_known_by_its_content(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    assert check(without_identity(report)).changes == ()
    cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).startswith("Số:"))
    reworded(cell, lambda text: text.replace("BC-SKHCN", "BC-UBND"))
    with pytest.raises(CannotRun, match=r"ký hiệu BC-UBND.*ký hiệu BC-SKHCN.*không phải là bản sửa"):
        check(without_identity(report))
    other = rendered.report()
    for paragraph in list(other.root[0])[5:-1]:
        other.root[0].remove(paragraph)
    with pytest.raises(CannotRun, match="không phải là bản sửa"):
        check(without_identity(other))


def test_the_report_of_another_manifest_is_refused(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    other = replace(rendered.manifest, id="0" * 32)
    with pytest.raises(CannotRun, match="là của lần lập có mã 00000000"):
        check_document(read_document(path), other)


def test_figures_that_changed_in_the_register_are_told(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    document = read_document(path)
    now = dict(rendered.manifest.texts)
    assert check_document(document, rendered.manifest, now).since == ()
    now["T10.numerator"] = "63.300"
    (found,) = check_document(document, rendered.manifest, now).since
    assert (found.section, found.figure, found.printed, found.now) == (
        *("III.2.k", "T10.numerator"),
        *("63.245", "63.300"),
    )
