"""The report as LibreOffice prints it, looked at as a văn thư would."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pdfplumber
import pytest

from dvctt_report.cli import door
from dvctt_report.model.period import Period
from dvctt_report.plan.load import load_profile
from dvctt_report.report.narrative import MOST_LINES
from dvctt_report.report.settings import ROMAN
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import render_report
from dvctt_report.store.workspace import AnnexChoice
from dvctt_report.text.resources import resource_path
from dvctt_report.word.nd30 import MOTTO, PAGE, STATE_NAME
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.libreoffice import LibreOffice
from tests.report.conftest import ISSUER, as_province
from tests.shipped import BASE, shipped_phrases

pytestmark = pytest.mark.requires("soffice")

MM = 72 / 25.4
SIGNER = "Nguyễn Văn A"
SLACK = 1.0
"""Points that a border or an overhanging letter may stand beyond a margin."""


WRITTEN: Mapping[str, Callable[[Path], Path]] = {
    "nobody has sent": lambda folder: write_without_returns(folder, False),
    "the sample, every annex": lambda folder: write_sample(folder),
    "to the ministry": lambda folder: write_without_returns(folder, True),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Path:
    """Print the report of a year without a return, of a whole one, and the draft to the ministry."""
    folder = tmp_path_factory.mktemp("pdf")
    reports = {name: write(tmp_path_factory.mktemp("docx")) for name, write in WRITTEN.items()}
    named = [path.rename(path.with_name(f"{name}.docx")) for name, path in reports.items()]
    libreoffice.convert(named, "pdf", folder)
    return folder


@pytest.fixture(scope="module", params=WRITTEN)
def pages(request: pytest.FixtureRequest, printed: Path) -> Iterator[list[Any]]:
    with pdfplumber.open(printed / f"{request.param}.pdf") as pdf:
        yield list(pdf.pages)


def write_without_returns(folder: Path, to_ministry: bool) -> Path:
    profile = resource_path("templates") / "ninh_thuan"
    dataset = Dataset(load_profile(profile), Period(2025), (), date(2025, 11, 20))
    issuer = replace(ISSUER, name="Sở Khoa học và Công nghệ", symbol="SKHCN", signer_name=SIGNER, month=None)
    issuer = as_province(issuer) if to_ministry else issuer
    out = folder / "bao-cao-2025.docx"
    voice = Voice(shipped_phrases(), issuer, marking=True)
    render_report(Telling(Year(dataset, ()), voice), BASE / "report.docx", out)
    return out


def write_sample(folder: Path) -> Path:
    root = folder / "Báo cáo"
    shutil.copytree(resource_path("sample_data"), root)
    settings = root / "dvctt.toml"
    chosen = f"phu_luc = {json.dumps(get_args(AnnexChoice))}"
    said = re.sub(r"phu_luc = \[.*", chosen, settings.read_text(encoding="utf-8"))
    settings.write_text(re.sub(r'ho_ten = ".*"', f'ho_ten = "{SIGNER}"', said, count=1), encoding="utf-8")
    assert door.main(["--workspace", str(root), "collect"]) == 1
    assert door.main(["--workspace", str(root), "render", "--as-of", "20/11/2025 17:00"]) == 0
    return root / "ket-qua" / "2025" / "bao-cao-2025.docx"


def text_lines(page: Any) -> list[dict[str, Any]]:
    return list(page.extract_text_lines())


def number_of(page: Any) -> str:
    """The page number in the top margin, "" where none is shown."""
    above = [line for line in text_lines(page) if line["bottom"] < PAGE.top * MM]
    return above[0]["text"] if above else ""


def annexes(pages: list[Any]) -> dict[str, int]:
    """Where each annex begins, by its label."""
    starts = {}
    for index, page in enumerate(pages):
        lines = text_lines(page)
        if lines and re.fullmatch(r"Phụ lục [IVX]+", lines[0]["text"]):
            starts[lines[0]["text"]] = index
    return starts


def test_state_name_and_motto_stand_on_one_line_each(pages: list[Any]) -> None:
    left = pages[0].crop((30 * MM + 65 * MM - 2, 0, pages[0].width, 60 * MM))
    lines = [line["text"] for line in left.extract_text_lines()]
    assert lines[:2] == [STATE_NAME, MOTTO]


def test_the_line_below_the_motto_is_as_long_as_the_motto(pages: list[Any]) -> None:
    motto = pages[0].search(re.escape(MOTTO))[0]
    things = (*pages[0].lines, *pages[0].rects, *pages[0].curves)
    right = [x for x in things if x["x0"] > motto["x0"] - 10]
    drawn = [x for x in right if 0 < x["top"] - motto["bottom"] < 6]
    assert len(drawn) == 1
    assert drawn[0]["width"] == pytest.approx(motto["x1"] - motto["x0"], rel=0.05)
    assert (drawn[0]["x0"] + drawn[0]["x1"]) / 2 == pytest.approx((motto["x0"] + motto["x1"]) / 2, abs=2)


def test_every_letter_is_times_and_black(pages: list[Any]) -> None:
    fonts = {char["fontname"].partition("+")[2] for page in pages for char in page.chars}
    assert all(font.startswith(("LiberationSerif", "TimesNewRoman")) for font in fonts)
    colours = {char["non_stroking_color"] for page in pages for char in page.chars}
    assert colours <= {(0,), (0, 0, 0), 0, (0.0,)}


def test_numbers_show_from_the_second_page_and_start_anew_in_each_annex(pages: list[Any]) -> None:
    starts = annexes(pages)
    assert list(starts) in (["Phụ lục I", "Phụ lục II", "Phụ lục III"], [f"Phụ lục {n}" for n in ROMAN[:8]])
    expected: list[str] = []
    for index in range(len(pages)):
        begin = max([0, *(start for start in starts.values() if start <= index)])
        expected.append("" if index == begin else str(index - begin + 1))
    assert [number_of(page) for page in pages] == expected


def test_page_numbers_are_centred_between_the_margins(pages: list[Any]) -> None:
    number = text_lines(pages[1])[0]
    middle = (PAGE.left + PAGE.text_width / 2) * MM
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx(middle, abs=2)


def test_only_the_wide_annexes_lie_across(pages: list[Any]) -> None:
    starts = annexes(pages)
    across = [page.width > page.height for page in pages]
    wide = {*range(starts["Phụ lục I"], starts["Phụ lục III"])}
    wide |= {*range(starts.get("Phụ lục V", 0), starts.get("Phụ lục VI", 0))}
    assert across == [index in wide for index in range(len(pages))]


def test_nothing_stands_beyond_the_margins(pages: list[Any]) -> None:
    for page in pages:
        left, right = PAGE.left * MM - SLACK, page.width - PAGE.right * MM + SLACK
        bottom = page.height - PAGE.bottom * MM + SLACK
        things = [x for x in (*page.chars, *page.lines, *page.rects) if x.get("text", "x").strip()]
        assert [x for x in things if x["x0"] < left or x["x1"] > right or x["bottom"] > bottom] == []


def test_the_signature_is_never_alone_on_its_page(pages: list[Any]) -> None:
    page = next(p for p in pages if "Nơi nhận:" in p.extract_text())
    text = page.extract_text()
    above = text.partition("Nơi nhận:")[0]
    assert "./." in above
    assert len([line for line in above.splitlines() if len(line) > 20]) >= 2
    assert SIGNER in text


def test_no_page_is_empty_and_no_heading_ends_a_page(pages: list[Any]) -> None:
    for page in pages:
        lines = [line["text"] for line in text_lines(page) if line["bottom"] >= PAGE.top * MM]
        assert lines
        assert not re.match(r"([IVX]+|\d)\. [A-ZĐÁÀ]", lines[-1]) or len(lines[-1]) > 60


def test_no_page_begins_within_a_merged_group_or_with_one_row(pages: list[Any]) -> None:
    for page in pages:
        found = page.find_tables()
        if found and found[0].bbox[1] < (PAGE.top + 3) * MM:
            rows = found[0].extract()
            if not any(map(any, rows)):
                continue  # the bars of a chart
            numbered = [row[0] for row in rows if re.match(r"\d|[IVX]+\. ", row[0] or "")]
            after_heads = next(n for n, row in enumerate(rows) if row[0] in numbered)
            assert len(numbered) > 1, rows
            assert all(row[0] is None or not row[0] or row[0] in ("STT", "(1)") for row in rows[:after_heads])
            assert len([row for row in rows[:after_heads] if not row[0]]) <= 1, rows


def test_the_first_page_holds_the_results_in_few_lines(pages: list[Any]) -> None:
    said = pages[0].extract_text().split("\n")
    results = said[said.index("I. KẾT QUẢ CHUNG") + 1 :]
    behind = next((n for n, line in enumerate(results) if line.startswith("II. ")), len(results))
    results = results[:behind]
    assert len(results) <= MOST_LINES
    assert results[-1].endswith(("tại Mục VI.", "(Mục VI)."))
    assert "cơ quan, đơn vị, địa phương" in results[0]
    assert any("chỉ tiêu năm 2025, có" in line for line in results)


def test_the_body_is_eight_pages_at_the_most_with_its_drafts_and_seven_without(pages: list[Any]) -> None:
    assert annexes(pages)["Phụ lục I"] <= 8
    prose = next(n for n, page in enumerate(pages) if "6. Kết quả nổi bật" in page.extract_text())
    assert prose < 7


def test_the_first_annex_is_three_pages_of_targets_and_their_notes_and_one_for_the_chart(
    pages: list[Any],
) -> None:
    starts = annexes(pages)
    assert starts["Phụ lục II"] - starts["Phụ lục I"] <= 4
