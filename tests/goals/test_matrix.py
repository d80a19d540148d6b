"""Every kind of target in every output: what is printed of it, held against a table made by hand.

The report's Bảng 1 and the annexes, the papers beside it, the supplement after the signature, the half-year.
"..." means that there is no figure, and nothing else.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html

from dvctt_report.explain.manifest import read_manifest
from dvctt_report.forms.formulas import Answer
from dvctt_report.model import Key
from dvctt_report.papers.fill.values import FigureValues
from tests.goals.conftest import BY_HAND, COUNTS, LATE, RATES, SENT, run, supplement_to


def cells(path: Path) -> list[list[str]]:
    """The rows of all tables of a document."""
    tables = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def text_of(path: Path) -> str:
    """The paragraphs of a document and the cells of its tables, each on a line."""
    paragraphs = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    return "\n".join((*paragraphs, *(cell for row in cells(path) for cell in row)))


# ------------------------------------------------------------------------------------- the table made by hand

TABLE: dict[str, list[str]] = dict(BY_HAND["table"])
LATER: dict[str, list[str]] = dict(BY_HAND["later"])
COUNTED = (
    "14 chỉ tiêu năm 2026{}02 chỉ tiêu đạt và vượt, trong đó 02 tạm tính; 07 chỉ tiêu chưa đạt, trong "
    "đó 02 tạm tính; 04 chỉ tiêu chưa kết luận; 01 chỉ tiêu Kế hoạch không đặt mức bằng số."
)
"""How many came out how, in whatever paper."""


def in_table(of: Sequence[str]) -> tuple[str, ...]:
    """What Bảng 1 prints: the figures as one pair; of things, which have no total, their number."""
    _, _, goal, total, done, result, _, lacking, verdict, _ = of
    return goal, result, done if total == "x" else f"{done}/{total}", lacking, verdict


def in_annex(of: Sequence[str]) -> tuple[str, ...]:
    """What Phụ lục I prints."""
    code, unit, goal, total, done, result, difference, _, verdict, coverage = of
    return code, unit, goal, total, done, result, difference, verdict, coverage


# ------------------------------------------------------------------------------------------------ the outputs


def test_the_first_table_and_the_first_annex(outputs: Path) -> None:
    rows = cells(outputs / "bao-cao-2026.docx")
    found = {row[0]: tuple(row[2:]) for row in rows if len(row) == 7 and row[0] in TABLE and row[2] != "(3)"}
    assert found == {number: in_table(of) for number, of in TABLE.items()}
    annex = {row[1]: (row[1], *row[3:11]) for row in rows if len(row) == 12 and row[1] != row[0]}
    expected = [in_annex(of) for of in (*TABLE.values(), *LATER.values())]
    assert {code: annex[code] for code, *_ in expected} == {of[0]: of for of in expected}


def test_the_annex_by_unit(outputs: Path) -> None:
    rows = cells(outputs / "bao-cao-2026.docx")
    shares = {row[1]: row[2:] for row in rows if len(row) == 14}
    for n, unit in enumerate(("Sở Khoa học và Công nghệ", "Sở Nội vụ", "Sở Y tế", "UBND xã Một")):
        assert shares[unit][0:2] == [str(RATES["A1"][n][0]), str(RATES["A1"][n][1])]
    counts = {row[1]: row[2:] for row in rows if len(row) == 6 and row[0] != "(1)"}
    assert counts["UBND xã Một"] == ["0", "2", "0", "Có"]
    assert counts["UBND xã Năm"] == ["..."] * 4
    assert counts["II. Ủy ban nhân dân xã"] == ["1", "3/4 đơn vị", "1", "3/4"]
    assert counts["Tổng cộng"] == ["4", "3/4 đơn vị", "2", "6/7"]
    assert len(SENT) == len(COUNTS["A5"])


def test_page_one_tells_the_same_as_the_paper_for_the_signer_the_quick_report_and_the_page(
    outputs: Path,
) -> None:
    for name in ("bao-cao-2026", "bao-cao-nhanh-2026", "trang-hop", "to-trinh-2026", "bao-cao-ubnd-2026"):
        assert COUNTED.format(", có ") in text_of(outputs / f"{name}.docx"), name
    assert COUNTED.format(": ") in text_of(outputs / "tom-tat-trinh-ky.docx")
    page = (outputs / "tinh-hinh.html").read_text(encoding="utf-8")
    assert COUNTED.format(": ") in " ".join(html.fromstring(page.encode()).text_content().split())


@pytest.mark.parametrize(
    ("results", "paper", "which"),
    [
        ("outputs", "tom-tat-trinh-ky", "signer"),
        ("outputs", "to-trinh-2026", "submission"),
        ("redrawn", "tom-tat-trinh-ky", "redrawn"),
    ],
)
def test_a_paper_names_what_is_missed_and_how_each_stood_in_the_draft_before(
    results: str, paper: str, which: str, request: pytest.FixtureRequest
) -> None:
    told = text_of(request.getfixturevalue(results) / f"{paper}.docx")
    assert [line for line in BY_HAND["lines"][which] if line not in told] == []


def test_the_communes_are_placed_from_the_lowest_up_where_less_is_better(outputs: Path) -> None:
    rows = {row[0]: row for row in cells(outputs / "so-sanh-cap-xa-2026.docx") if len(row) == 6}
    assert rows["Mã"] == ["Mã", "Chỉ tiêu", "Kế hoạch (%)", "Trung vị (%)", "Xếp đầu", "Xếp cuối"]
    best, last = "xã Tư* (90%); xã Hai* (85%); xã Một*, xã Ba* (80%)", "xã Một*, xã Ba* (80%); xã Hai* (85%)"
    assert rows["A1"][2:] == ["≥ 82,5", "82,5", best, last]
    low, high = "xã Hai* (0%)", "xã Một* (6,3%)"
    assert rows["A2"][2:] == ["≤ 2,5", "3,1", f"{low}; {high}", f"{high}; {low}"]
    said = "từ cao xuống thấp (chỉ tiêu A2 và A4: càng thấp càng tốt, xếp từ thấp lên cao)"
    assert said in text_of(outputs / "so-sanh-cap-xa-2026.docx")
    book = openpyxl.load_workbook(outputs / "so-sanh-cap-xa-2026.xlsx", data_only=True)
    heads, *values = book["Số liệu"].iter_rows(values_only=True)
    one = {f"{row[0]}|{row[1]}": dict(zip(heads, row, strict=True)) for row in values}
    shown = ("Kế hoạch", "Số lượng/tổng số", "Kết quả", "Thứ hạng")
    told = BY_HAND["commune"]
    assert {code: [one[f"UBND xã Hai|{code}"][head] for head in shown] for code in told} == told
    assert one["UBND xã Ba|C3"]["Kết quả"] == "01/10/2026 (*)", "done after its day"
    assert one["UBND xã Một|A6"]["Số lượng/tổng số"] == "2 kênh"


def test_the_consolidated_workbook(outputs: Path) -> None:
    book = openpyxl.load_workbook(outputs / "bang-ke-so-lieu-2026.xlsx", data_only=True)
    found = {}
    for sheet in ("Tổng hợp", "Theo lĩnh vực, nhóm"):
        rows = [row for row in book[sheet].iter_rows(values_only=True) if any(row)]
        at = next(n for n, row in enumerate(rows) if row[0] == "Mã")
        heads = [str(head) for head in rows[at]]
        for row in rows[at + 1 :]:
            one = dict(zip(heads, row, strict=True))
            found[one["Mã"]] = (
                one["Đơn vị tính"],
                _number(one["Tổng số"]),
                _number(one["Đã thực hiện"]),
                one["Đánh giá"],
                one["Đánh giá trong báo cáo"],
            )
    for code, unit, _, total, done, _, _, _, verdict, _ in (*TABLE.values(), *LATER.values()):
        judged = verdict.removesuffix(", tạm tính")
        assert found[code] == (unit, total.replace("x", ""), done, judged, judged), code


def test_groups_of_a_number_of_things_have_no_total_in_the_workbook(outputs: Path) -> None:
    sheet = openpyxl.load_workbook(outputs / "bang-ke-so-lieu-2026.xlsx")["Theo lĩnh vực, nhóm"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if row[0] == "Mã")
    total = heads.index("Tổng số của các đơn vị")
    formulas = {str(row[0]): str(row[total]) for row in rows if row[0] in ("B1.1", "B2.1", "B2.2")}
    assert {code for code, formula in formulas.items() if "SUMIFS" in formula} == {"B1.1"}


def test_the_way_to_later_years_tells_what_is_lacking_of_things(outputs: Path) -> None:
    found = {row[3]: row[4:7] for row in cells(outputs / "bao-cao-2026.docx") if len(row) == 8}
    assert found["≥ 12 nền tảng"] == ["5 nền tảng", "07 nền tảng", "x"]
    assert found["15/12"] == ["28,6", "x", "x"]


def test_a_number_of_things_has_no_tag_of_a_total(rendered: Path, capfd: pytest.CaptureFixture[str]) -> None:
    manifest = read_manifest(rendered / "ket-qua" / "2026" / "bao-cao-2026.json")
    values = FigureValues(manifest).all.values()
    told = {one.tag: one.text for one in values}
    assert (told["A5: đã thực hiện"], told["B2: đã thực hiện: UBND xã Một"]) == ("4", "2")
    assert not [one.tag for one in values if one.name.startswith(("A5.", "B2.", "B2")) and one.text == "0"
                and "denominator" in one.name]  # fmt: skip
    assert not {one for one in ("A5: tổng số", "B2: tổng số: UBND xã Một") if told.get(one)}


def test_letters_and_messages_name_what_the_plan_is_about(rendered: Path, tmp_path: Path) -> None:
    root = tmp_path / "Báo cáo"
    shutil.copytree(rendered, root)
    as_of = ("--as-of", "20/11/2026 17:00")
    for kind in ("remind", "forms"):
        assert run(root, "letter", kind, *as_of) == 0
    letters = [text_of(path) for path in sorted((root / "ket-qua" / "2026").glob("cong-van-*.docx"))]
    about = [" ".join(said[said.index("V/v") :].split()) for said in letters]
    assert len(about) >= 2
    assert all("chuyển đổi số năm 2026" in said for said in about)
    assert not any("dịch vụ công trực tuyến năm 2026" in said for said in about)


def _number(value: object) -> str:
    return "" if value is None else f"{value:,}".replace(",", ".")


def test_the_page_for_the_browser(outputs: Path) -> None:
    page = html.fromstring((outputs / "tinh-hinh.html").read_bytes())
    rows = {}
    for row in page.iter("tr"):
        said = [" ".join(_shown(cell)) for cell in row.iterchildren("td", "th")]
        if len(said) == 8 and said[1] != "Mã":
            rows[said[1]] = said
    for code, unit, goal, total, done, result, _, _, verdict, coverage in (*TABLE.values(), *LATER.values()):
        counts = done if total == "x" else f"{done}/{total}"
        found = rows[code]
        assert found[3] == goal, code
        assert found[4].split(" (")[0] == result, code
        assert found[5] == f"{counts} {unit}", code
        assert (found[6], found[7]) == (verdict, coverage), code
    (totals,) = (row for row in page.iter("tr") if "Toàn tỉnh" in _shown(row))
    results = [of[5] for number, of in TABLE.items() if "." not in number]
    assert [said for said in _shown(totals) if said != "Toàn tỉnh"] == results
    bars = {_shown(bar)[0]: _shown(bar)[1:] for bar in page.iter("li") if "(KH" in bar.text_content()}
    assert bars["2. Hồ sơ giải quyết quá hạn"][1:] == ["cao hơn 0,2", ": vượt 01 hồ sơ, tạm tính"]
    assert bars["6. Kênh kết nối với người dân của xã"][1:] == ["còn 25", ": thiếu 01 đơn vị"]


def _shown(element: html.HtmlElement) -> list[str]:
    """The texts of an element that are shown as long as nothing is opened."""
    hidden = {text for one in element.iter("ul", "svg") for text in one.itertext()}
    texts = (" ".join(text.split()) for text in element.itertext() if text not in hidden)
    return [text for text in texts if text]


def test_a_supplement_says_what_was_told_and_what_it_is_now(supplement: Path) -> None:
    told = [row for row in cells(supplement) if len(row) == 4]
    later = next(n for n, row in enumerate(told) if row[1].startswith("II. "))
    rows = {row[0]: row[2:] for row in told[:later]}
    anew = BY_HAND["told_anew"]
    assert {number: rows.get(number, []) for number in anew} == anew
    assert "..." not in "".join(text for row in rows.values() for text in row)


@pytest.mark.parametrize(
    ("late", "which"),
    [
        ({"A3": {"total": 100, "done": 59}, "A4": {"done": 0}}, "sure_now"),
        ({"A1": {"total": 12, "done": 9}}, "two_decimals"),
    ],
)
def test_a_supplement_says_that_a_verdict_is_sure_and_takes_differences_of_as_many_decimals(
    late: dict[str, dict[str, int]], which: str, rendered: Path, tmp_path: Path
) -> None:
    other: dict[Key, Answer] = {Key(code, f): n for code, said in late.items() for f, n in said.items()}
    made = supplement_to(rendered, tmp_path / "Báo cáo", LATE | other)
    rows = {row[0]: row[2:] for row in reversed(cells(made)) if len(row) == 4}
    assert {number: rows[number] for number in BY_HAND[which]} == BY_HAND[which]


def test_a_half_year_tells_each_by_its_direction(half: Path) -> None:
    rows = cells(half)
    found = {row[0]: row[6] for row in rows if len(row) == 7 and row[0][:1].isdigit()}
    assert found == {number: how for how, all_so in BY_HAND["half_year"].items() for number in all_so}
    said = (
        "Trong 14 chỉ tiêu năm 2026, có 03 chỉ tiêu đang đáp ứng mức cả năm, 10 chỉ tiêu chưa đáp ứng mức cả"
    )
    assert said in text_of(half)
    lacking = {row[0]: row[5] for row in rows if len(row) == 7 and row[0] in ("5", "10", "10.1", "10.2")}
    assert lacking == {"5": "01 bộ dữ liệu", "10": "x", "10.1": "0", "10.2": "02 lớp"}
    told = text_of(half.parent / "tom-tat-trinh-ky.docx")
    assert "có 11 lớp, thiếu 02 lớp (ủy ban nhân dân xã)." in told


def test_a_half_year_of_few_tells_what_a_number_of_things_lacks(few: Path) -> None:
    rows = {row[0]: row for row in cells(few) if len(row) == 7 and row[0][:1].isdigit()}
    told = BY_HAND["half_year_of_few"]
    assert {number: rows[number][5:7] for number in told} == told


def test_the_half_year_and_the_year_have_the_same_targets(half: Path, outputs: Path) -> None:
    """A day after the cut-off of the year is of neither: C2, by 15 December."""
    later = []
    for path in (half, outputs / "bao-cao-2026.docx"):
        rows = [row for row in cells(path) if len(row) == 12]
        at = next(n for n, row in enumerate(rows) if row[0].startswith("II. "))
        later.append([row[1] for row in rows[at + 1 :] if row[0] in {"1", "2"}])
    assert later == [["A9", "C2"]] * 2


def test_the_plan_counts_as_the_report_does(rendered: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(rendered, "plan", "show") == 0
    assert "16 mục tiêu, 14 áp dụng năm 2026" in re.sub(r"\s+", " ", capfd.readouterr().out)
    assert [*TABLE][-3] == "14"


def test_what_the_plan_asks_nobody_has_no_table(outputs: Path, supplement: Path) -> None:
    for path in (outputs / "bao-cao-2026.docx", supplement.with_name("bao-cao-2026.docx")):
        told = text_of(path)
        assert "chưa có số liệu để tổng hợp" not in told
        assert "không giao tổng hợp" not in told
        assert "nội dung, hình thức" not in told.partition("Nơi nhận")[0]
        assert not re.search(r"Bảng \d\. Kết quả theo (nội dung|hình thức)", told)
        assert not {"Số đơn vị thực hiện", "Nội dung thống kê"} & {*told.splitlines()}


def test_a_missing_figure_alone_is_told_by_three_dots(outputs: Path) -> None:
    rows = cells(outputs / "bao-cao-2026.docx")
    dotted = {row[1] for row in rows if "..." in row}
    assert dotted <= {"UBND xã Năm", *SENDERS}


COMMUNES = (f"UBND xã {name}" for name in ("Một", "Hai", "Ba", "Tư"))
SENDERS = ("Sở Khoa học và Công nghệ", "Sở Nội vụ", "Sở Y tế", *COMMUNES)
"""Units whose documents have no number: the annex of returns says so by the same sign."""
