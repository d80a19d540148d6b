"""The annexes of the report's template, each there where the report has a label for it."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.word.xml import paragraph, run, section
from scripts.word_templates.blocks import (
    annex_heading,
    data_table,
    grouped_table,
    lines,
    only_if,
    text,
)


def annexes() -> Iterator[str]:
    """Write every annex, in the order of print."""
    yield _annex_targets()
    yield _annex_units()
    yield _annex_returns()
    yield _annex_documents()
    yield _annex_activities()
    yield _annex_tasks()
    yield _annex_satisfaction()
    yield _annex_outlook()
    yield _annex_decided()


def _annex(
    name: str,
    title: str,
    number: int,
    *content: str,
    note: str = "{{ legend }}",
    landscape: bool = False,
    note_first: bool = False,
) -> str:
    """Write an annex that is there where the report has a label for it; ``note`` ends it and its section.

    ``number`` is that of the line under "(Kèm theo …)". ``note_first``: over many pages of tables.
    """
    heading = annex_heading("{{ annexes." + name + " }}", title, number, "Báo cáo")
    ending = section(landscape=landscape, restart=True)
    if note_first:
        said = (text("note", note), *content, paragraph("section_end", section=ending))
    else:
        said = (*content, paragraph("note", run(note), section=ending))
    return only_if("note", f"annexes.{name}", *heading, *said)


def _annex_targets() -> str:
    heads = (
        "STT",
        "Mã",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kế hoạch (%)",
        "Tổng số",
        "Đã thực hiện",
        "Tỷ lệ (%)",
        "Chênh lệch (điểm %)",
        "{{ verdict_heading }}",
        "Số đơn vị có số liệu",
        "Nguồn số liệu",
    )
    widths = (12, 14, 57, 21, 14, 21, 19, 13, 17, 27, 14, 23)
    cells = (
        ("cell_center", "number"),
        ("cell_center", "code"),
        ("cell_text", "name"),
        ("cell_center", "unit"),
        ("cell_figure", "goal"),
        ("cell_figure", "total"),
        ("cell_figure", "done"),
        ("cell_figure", "rate"),
        ("cell_figure", "difference"),
        ("cell_center", "verdict"),
        ("cell_center", "coverage"),
        ("cell_center", "source"),
    )
    title = "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU"
    results = grouped_table(heads, widths, "group in target_groups", cells)
    notes = lines("note", "annex_notes")
    return _annex("targets", title, 4, results, notes, _comparison(), _chart("target_chart"), landscape=True)


def _comparison() -> str:
    """The same targets beside last year's results, or why they can't be; nothing where it isn't known."""
    compared = data_table(
        ("STT", "Chỉ tiêu", "Năm trước (%)", "Năm nay (%)", "Tăng, giảm (điểm %)", "Ghi chú"),
        (12, 96, 26, 26, 30, 62),
        "row in comparisons",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_figure", "before"),
            ("cell_figure", "now"),
            ("cell_figure", "points"),
            ("cell_text", "note"),
        ),
    )
    title = text("table_title", "{{ comparison_title }}")
    return only_if("note", "comparisons", title, compared) + lines("note", "comparison_note")


def _chart(name: str) -> str:
    """Write the place of a chart, which rendering draws there with its caption; nothing without one."""
    return only_if("note", name, text("chart", "{{ " + name + " }}"))


def _annex_units() -> str:
    tables = text("table_title", "{{ unit_tables }}")
    title = "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU THEO TỪNG ĐƠN VỊ"
    return _annex("by_unit", title, 5, tables, landscape=True, note_first=True)


def _annex_returns() -> str:
    heads = ("STT", "Cơ quan, đơn vị, địa phương", "Số, ký hiệu báo cáo", "Ngày gửi", "Tình trạng")
    cells = (
        ("cell_center", "number"),
        ("cell_text", "unit"),
        ("cell_center", "document"),
        ("cell_center", "sent_on"),
        ("cell_center", "status"),
    )
    listed = grouped_table(heads, (12, 54, 36, 24, 39), "group in return_groups", cells)
    return _annex(
        "returns",
        "TÌNH HÌNH GỬI BÁO CÁO",
        6,
        listed,
        _chart("return_chart"),
        note="{{ deadline_note }}",
    )


def _annex_documents() -> str:
    issued = data_table(
        ("STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu nội dung"),
        (12, 31, 22, 33, 67),
        "row in documents",
        (
            ("cell_center", "number"),
            ("cell_text", "sign"),
            ("cell_center", "issued_on"),
            ("cell_text", "issuer"),
            ("cell_text", "subject"),
        ),
    )
    title = "VĂN BẢN CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN KẾ HOẠCH"
    return _annex("documents", title, 7, issued, note="{{ documents_note }}")


def _annex_activities() -> str:
    tables = text("table_title", "{{ activities }}")
    return _annex("activities", "{{ activities_title }}", 8, tables, landscape=True)


def _annex_tasks() -> str:
    heads = (
        "STT",
        "Nhiệm vụ",
        "Số đơn vị được giao",
        "Đã thực hiện",
        "Đang thực hiện",
        "Chưa thực hiện",
        "Chưa rõ",
    )
    cells = (
        ("cell_center", "number"),
        ("cell_text", "name"),
        ("cell_figure", "bodies"),
        ("cell_figure", "done"),
        ("cell_figure", "ongoing"),
        ("cell_figure", "not_done"),
        ("cell_figure", "unknown"),
    )
    tasks = data_table(heads, (12, 68, 19, 17, 17, 17, 15), "row in task_rows", cells)
    return _annex("tasks", "KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ", 9, tasks)


def _annex_satisfaction() -> str:
    heads = (
        "STT",
        "Nguồn đo, lĩnh vực",
        "Phiếu hợp lệ",
        "Hài lòng, rất hài lòng",
        "Tỷ lệ (%)",
        "Số đơn vị có số liệu",
    )
    cells = (
        ("cell_center", "number"),
        ("cell_text", "name"),
        ("cell_figure", "total"),
        ("cell_figure", "done"),
        ("cell_figure", "rate"),
        ("cell_center", "coverage"),
    )
    surveys = grouped_table(heads, (12, 61, 24, 24, 20, 24), "group in surveys", cells)
    told = text("note", "{{ surveys_note }}")
    return _annex("satisfaction", "MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN", 10, surveys, told)


def _annex_outlook() -> str:
    ahead = data_table(
        (
            "STT",
            "Chỉ tiêu",
            "Năm",
            "Mức đề ra (%)",
            "Kết quả năm báo cáo (%)",
            "Còn (điểm %)",
            "Bình quân mỗi năm (điểm %)",
            "Số đơn vị có số liệu",
        ),
        (12, 47, 13, 17, 20, 17, 20, 19),
        "row in way_ahead",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_center", "year"),
            ("cell_figure", "goal"),
            ("cell_figure", "rate"),
            ("cell_figure", "distance"),
            ("cell_figure", "per_year"),
            ("cell_center", "coverage"),
        ),
    )
    return _annex("outlook", "LỘ TRÌNH THỰC HIỆN CÁC CHỈ TIÊU CHƯA ĐẾN HẠN", 11, ahead)


def _annex_decided() -> str:
    """The last annex, there only where the officer has decided about figures, or others are beside them."""
    decided = data_table(
        ("STT", "Đơn vị", "Nội dung", "Đơn vị báo cáo", "Số được dùng", "Lý do, văn bản"),
        (12, 38, 84, 36, 36, 46),
        "row in decided",
        (
            ("cell_center", "number"),
            ("cell_text", "unit"),
            ("cell_text", "what"),
            ("cell_center", "own"),
            ("cell_center", "used"),
            ("cell_text", "reason"),
        ),
    )
    controls = data_table(
        ("STT", "Chỉ tiêu", "Cộng các đơn vị", "Số đối chiếu", "Chênh lệch", "Nguồn đối chiếu", "Số được in"),
        (12, 50, 36, 36, 30, 53, 35),
        "row in controls",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_center", "own"),
            ("cell_center", "control"),
            ("cell_center", "difference"),
            ("cell_text", "source"),
            ("cell_text", "printed"),
        ),
    )
    compared = "Đối chiếu với số liệu của cơ quan quản lý (đã thực hiện / tổng số)"
    return _annex(
        "decided",
        "ĐÍNH CHÍNH, CHẤP NHẬN, ĐỐI CHIẾU SỐ LIỆU",
        12,
        only_if("note", "decided", text("table_title", "Đính chính, chấp nhận số liệu của đơn vị"), decided),
        only_if("note", "controls", text("table_title", compared), controls),
        landscape=True,
    )
