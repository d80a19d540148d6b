"""Every document of the program says which figures it printed where: ``check`` and ``explain`` know all."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from dvctt_report.cli import door
from dvctt_report.consolidated import written_index
from dvctt_report.decide.check.finals import manifest_now
from dvctt_report.explain.account import Account
from dvctt_report.explain.answer import explain_name, explain_subject
from dvctt_report.explain.index import Printing
from dvctt_report.explain.manifest import Manifest, read_manifest
from dvctt_report.explain.papers import figures_now, figures_of
from dvctt_report.explain.subject import SeveralFigures, Subject, find_subject
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.vietnamese import format_count
from dvctt_report.year.loader import OpenYear
from tests.cli.officer import Run
from tests.pytest_types import Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
WRITTEN: tuple[tuple[str, ...], ...] = (
    ("render", "--ministry"),
    ("render", "--quick"),
    ("letter", "forms"),
    ("letter", "remind"),
    ("letter", "feedback"),
)
WORKING: tuple[tuple[str, ...], ...] = (("feedback",), ("letter", "list"), ("fill", "--tags"), ("validate",))
BESIDE = (
    ("forms", "--unit", "SYT"),
    ("control", "make"),
    ("collect", "--book"),
    ("export",),
    ("explain", "T10", "--docx"),
    ("lint", "ket-qua/2025/bao-cao-2025.docx", "--docx"),
)
"""What is written besides documents of the period."""
OTHERS = ("bao-cao-ubnd-2025", "to-trinh-2025", "bao-cao-nhanh-2025", "trang-hop", "tom-tat-trinh-ky")
LETTERS = ("cong-van-phat-hanh-bieu-mau-2025", "cong-van-don-doc-2025", "cong-van-de-nghi-chinh-ly-2025")


@pytest.fixture(scope="module")
def written(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rendered sample with every other document of the period."""
    root = tmp_path_factory.mktemp("documents") / "w"
    shutil.copytree(rendered_sample, root)
    for words in WRITTEN:
        assert door.main([*words, *AS_OF, "--workspace", str(root)]) == 0
    for words in WORKING:
        assert door.main([*words, *AS_OF, "--workspace", str(root)]) < 2
    return root


@pytest.fixture
def here(written: Path, monkeypatch: Patch) -> None:
    """It, as the current folder."""
    monkeypatch.chdir(written)


@pytest.mark.parametrize("stem", [*OTHERS, *LETTERS])
@pytest.mark.usefixtures("here")
def test_a_document_as_written_agrees(run: Run, stem: str) -> None:
    assert "Tệp còn nguyên như lúc lập." in run(f"check ket-qua/2025/{stem}.docx")


@pytest.mark.parametrize(
    ("stem", "old", "new", "code"),
    [
        ("tom-tat-trinh-ky", "79,96%", "89,96%", 1),
        ("trang-hop", "23/27 cơ quan", "25/27 cơ quan", 1),
        ("cong-van-phat-hanh-bieu-mau-2025", "Danh sách có 26 cơ quan", "Danh sách có 62 cơ quan", 1),
        ("cong-van-phat-hanh-bieu-mau-2025", "31/10/2025", "30/9/2025", 1),
        ("cong-van-don-doc-2025", "trước ngày", "sau ngày", 3),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_changed_figure_of_any_document_is_told(run: Run, stem: str, old: str, new: str, code: int) -> None:
    document = Document(f"ket-qua/2025/{stem}.docx")
    cells = [p for t in document.tables for c in t._cells for p in c.paragraphs]
    paragraph = next(p for p in (*document.paragraphs, *cells) if old in p.text)
    paragraph.runs[0].text = paragraph.text.replace(old, new, 1)
    for rest in paragraph.runs[1:]:
        rest.text = ""
    document.save("sửa.docx")
    said = run("check sửa.docx", code)
    assert "1 chỗ cần đọc" in said or any(word in said for word in new.split() if word[0].isdigit())


def value_of(told: Manifest, id: str) -> str | None:
    """What a figure comes to by the units' own answers and the result; None where it is no such number."""
    code, _, rest = id.partition(".")
    if id in told.figures and isinstance(told.figures[id]["value"], int):
        return format_count(told.figures[id]["value"])
    if code not in told.indicators:
        return None
    unit, _, role = rest.rpartition(".")
    entry = {c["unit"]: c for c in told.contributions[code]}.get(unit) if unit else told.indicators[code]
    if entry is None or role not in ("percent", "numerator", "denominator") or entry[role] is None:
        return None
    return entry[role] if role == "percent" else format_count(entry[role])


_NUMBER = re.compile(r"[≥≤+-]?\s*\d[\d.,/]*%?(?: [^\W\d]+)*[*]?")
_NO_FIGURES = frozenset(
    (
        *("STT", "Số", "Mã", "Ô", "Biểu", "Xã, dòng", "Cơ quan, đơn vị, địa phương"),
        "Biểu số liệu (tệp Excel gửi kèm)",
    )
)
"""Columns of rows' numbers, codes and places."""


def test_every_number_of_every_table_has_a_name(written: Path, printed: Printed) -> None:
    nameless = [
        (block.block.section, head, text)
        for block in (block for index in (*printed.documents, printed.made) for block in index)
        if block.block.table is not None and not block.block.header
        for n, (text, spans) in enumerate(zip(block.block.cells, block.figures, strict=True))
        for head in ["".join(block.block.heads[n : n + 1])]
        if _NUMBER.fullmatch(text) and not spans and head not in _NO_FIGURES
    ]
    assert nameless == []
    rows = {span.id: block.block.cells for block in printed.made for spans in block.figures for span in spans}
    assert [id for id, row in [*rows.items()][::2] if explain_name(printed.told, id, row) is None] == []
    results = written / "ket-qua" / "2025"
    book = load_workbook(results / "bang-ke-so-lieu-2025.xlsx", data_only=True)
    named = Counter(block.block.title for block in printed.made for spans in block.figures for _ in spans)
    for sheet in book.worksheets[:-1]:  # the last one says what the columns mean
        head = 1 + (sheet["B1"].value is None)  # above the first table stands the notice
        heads = [cell.value for cell in sheet[head]]
        numbers = [
            cell
            for row in sheet.iter_rows(min_row=head + 1)
            for head, cell in zip(heads, row, strict=True)
            if head not in _NO_FIGURES and cell.data_type in "nd" and cell.value is not None
        ]
        assert named[f"trang “{sheet.title}”"] >= len(numbers), sheet.title


class Printed(NamedTuple):
    """What every document of the year prints, and what the register says now."""

    told: Manifest
    documents: Sequence[Iterable[PrintedBlock]]
    made: Sequence[PrintedBlock]

    def answers(self, said: str) -> list[Subject]:
        """What was meant, or all that it may be."""
        try:
            return [find_subject(self.told, said, lambda: [*self.documents, self.made])]
        except SeveralFigures as several:
            return [*several.subjects]

    def account(self, said: str) -> Account:
        (one,) = self.answers(said)
        return explain_subject(self.told, one, "")

    def figures(self) -> Iterator[tuple[str, FigureSpan]]:
        """Every figure of a text, with that text."""
        for block in (block for index in (*self.documents, self.made) for block in index):
            yield from (
                (t, span) for t, spans in zip(block.block.cells, block.figures, strict=True) for span in spans
            )


@pytest.fixture(scope="module")
def printed(written: Path) -> Printed:
    workspace = read_workspace(written)
    year = OpenYear(workspace, datetime(2025, 11, 20, 17))
    source = figures_now(year, manifest_now, as_asked=True)
    made = [one for index in source.read_papers() if not index.title for one in index]
    return Printed(source.named_figures, [index for index in source.read_papers() if index.title], made)


_PASTED = 32
"""Of the figures in paragraphs every so many is pasted: with two words, in its clause, its sentence."""
_STOPS = (None, r"[;:()](?=\s|$)|[,.](?=\s|$)", r"[.!?](?=\s|$)")


def pasted(text: str, span: FigureSpan, stop: str | None) -> str:
    """A figure with what stands around it up to a stop; without any, with the two words behind it."""
    end = span.at + len(span.text)
    if stop is None:
        return " ".join([span.text, *text[end:].split()[:2]])
    return f"{re.split(stop, text[: span.at])[-1]}{span.text}{re.split(stop, text[end:])[0]}".strip()


def test_a_figure_of_any_paragraph_is_explained_or_listed_however_it_is_pasted(printed: Printed) -> None:
    in_text = [(t, s) for t, s in printed.figures() if len(t) > 60 and re.search(r"\d", s.text)]
    lost = []
    for n, (text, span) in enumerate(in_text[::_PASTED]):
        said = pasted(text, span, _STOPS[n % 3])
        listed = printed.answers(said)
        codes = {code for one in listed for code in (one.code, one.whole)}
        if span.id in codes or span.id.partition(".")[0] in codes:
            continue
        number = re.sub(r"^\D*0?|\D*$", "", span.text)
        if not any(number in str(explain_subject(printed.told, one, "")) for one in listed):
            lost.append((said, span.id, sorted(codes)))
    assert len(in_text) > 900
    assert lost == []


def test_numbers_of_working_lists_are_those_of_what_was_found(printed: Printed) -> None:
    account = printed.account(
        "Biểu 01-A, STT 3, ô G10 – Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến "
        "(Đã thực hiện): đã ghi “khoảng 50”"
    )
    assert account.code.startswith("findings.DL01-")
    assert [cell.raw for cell in account.counted[0].cells if cell.place == "Biểu 01-A, ô G10"] == [
        "khoảng 50"
    ]
    counted = [
        (span, explain_name(printed.told, span.id))
        for _, span in printed.figures()
        if span.id.startswith("returns.missing")
    ]
    assert counted
    assert [s.id for s, one in counted if one is None or len(one.counted) != int(s.text)] == []


def test_every_figure_of_every_document_is_explained(written: Path) -> None:
    settings = read_workspace(written)
    report = settings.manifest_of(settings.period)
    source = figures_of(report, settings)
    indexes = [
        Printing(report.name, source.figures.index),
        *(one for one in source.read_papers() if one.title),
    ]
    assert len(indexes) == 1 + len(OTHERS) + len(LETTERS) + 1
    told = read_manifest(report)
    values: dict[str, tuple[str | None, str]] = {}
    n_values = 0
    for block in (block for index in indexes for block in index):
        row = block.block.cells if block.block.table is not None else ()
        for span in (span for spans in block.figures for span in spans):
            if span.id not in values:
                account = explain_name(told, span.id, row)
                assert account is not None, (span.id, row)
                values[span.id] = value_of(told, span.id), "".join(account.formula)
            value, formula = values[span.id]
            if value is not None and re.fullmatch(r"\d[\d.,]*%?", span.text):
                assert (span.text.rstrip("%").lstrip("0") or "0") == value.rstrip("%"), (span.id, row)
                n_values += 1
            if counted := re.fullmatch(r"Đếm được ([\d.]+)\.", formula):
                assert int(span.text.replace(".", "")) == int(counted[1]), (span.id, row)
    assert n_values > 1000


def test_a_workbook_is_explained_by_what_was_kept_of_it_or_by_itself(written: Path, printed: Printed) -> None:
    """Its own tables tell the same as what was kept when it was written."""
    kept = [one.figures for one in printed.made if one.block.section == "Bảng tổng hợp"]
    content = (written / "ket-qua" / "2025" / "bang-ke-so-lieu-2025.xlsx").read_bytes()
    assert sum(len(spans) for one in kept for spans in one) > 2000
    assert [one.figures for one in written_index(content)] == kept
    assert [*written_index(b"PK")] == []


def test_every_file_that_is_written_is_valid(drafted: Workspace, monkeypatch: Patch) -> None:
    """Every Word and Excel file is what the schemas of Office say."""
    for words in (*WRITTEN, *WORKING, *BESIDE):
        assert door.main([*words]) in (0, 1), words
    files = (p for p in sorted(drafted.root.rglob("*")) if not {"nhan-ve", "cau-hinh"} & {*p.parts})
    made = [p for p in files if p.suffix in (".xlsx", ".docx") and p.stem != OTHERS[0]]  # tests/report has it
    names = {p.name for p in made}
    assert {"so-theo-doi.xlsx", "so-doi-chieu.xlsx", "kiem-tra-so-lieu.xlsx", "bao-cao-2025.docx"} <= names
    assert {"bang-ke-so-lieu-2025.xlsx", "phieu-giai-trinh-T10.docx"} <= names
    # Which of its like an element is takes long to count, and no verdict.
    monkeypatch.setattr("openxml_audit.context._sibling_position", lambda element: 1)
    validator = OpenXmlValidator()
    faults = {p.name: [str(e) for e in validator.validate(p).errors] for p in made}
    assert {name: found for name, found in faults.items() if found} == {}
