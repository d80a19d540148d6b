"""Build ``report.docx``: the Word file an officer edits, with the tags that rendering fills.

Run ``python -m dvctt_report.nd30.template OUT``. Everything is set by styles made from the format table;
the tags are the fields of the report's context. Source: NĐ 30/2020 Phụ lục III, Mẫu 1.4 and 2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dvctt_report.nd30.blocks import (
    annex_heading,
    data_table,
    each,
    grouped_table,
    letterhead,
    lines,
    only_if,
    ruled,
    signature_block,
    text,
)
from dvctt_report.nd30.package import HEADERS, write_package
from dvctt_report.nd30.wordxml import BOLD, Row, cell, loop_row, paragraph, run, section, table


def main(arguments: Sequence[str]) -> int:
    """Write the template to the path given."""
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_template())
    return 0


def build_template() -> bytes:
    """Return the bytes of the report's template; the same every time."""
    return write_package("".join(_document()), title="Mẫu báo cáo", author="dvctt-report")


def _document() -> Iterator[str]:
    yield from _first_page()
    yield from _guidance()
    yield from _results()
    yield from _outlook()
    yield signature_block()
    yield paragraph("section_end", section=section(HEADERS))
    yield _annex_targets()
    yield _annex_units()
    yield _annex_returns()
    yield _annex_documents()
    yield _annex_activities()
    yield _annex_tasks()
    yield _annex_satisfaction()
    yield _annex_outlook()
    yield _annex_decided()
    # The last annex that is there ends the document: rendering puts its section in the place of this one.
    yield section(restart=True)


def _first_page() -> Iterator[str]:
    yield letterhead(lines("draft_mark", "draft_mark"))
    yield text("kind", "BÁO CÁO")
    yield ruled("subject", "{{ subject }}", 3, "Kết quả thực hiện Kế hoạch tuyên truyền, nâng cao chất lượng")
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ lead_in }}")


def _guidance() -> Iterator[str]:
    yield text("roman", "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN")
    yield text("clause", "1. Công tác lãnh đạo, chỉ đạo")
    yield lines("body", "directives")
    yield lines("draft", "directives_own")
    yield text("clause", "2. Công tác phối hợp, kiểm tra, đôn đốc")
    yield lines("draft", "coordination")


def _results() -> Iterator[str]:
    yield text("roman", "II. KẾT QUẢ THỰC HIỆN")
    yield text("clause", "1. Tình hình gửi báo cáo")
    yield lines("body", "returns")
    yield text("clause", "2. Kết quả thực hiện các mục tiêu của Kế hoạch")
    yield text("body", "{{ overview }}")
    named = paragraph(
        "body", run("{{ target.letter }}) "), run("{{ target.name }}", BOLD), run(": {{ target.sentence }}")
    )
    parts = each("body", "part in target.parts", text("body", "{{ part }}"))
    yield each("body", "target in targets", named, parts)
    yield lines("body", "other_index")
    yield text("table_title", "Bảng 1. Tổng hợp kết quả thực hiện các mục tiêu")
    yield data_table(
        ("STT", "Mục tiêu", "Kế hoạch (%)", "Kết quả (%)", "Đánh giá"),
        (12, 68, 21, 21, 43),
        "row in target_rows",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_figure", "goal"),
            ("cell_figure", "rate"),
            ("cell_center", "verdict"),
        ),
    )
    yield only_if("lead", "outlook", text("lead", "{{ outlook_lead }}"), lines("body", "outlook"))
    yield text("clause", "3. Kết quả theo nội dung, hình thức tuyên truyền")
    yield text("lead", "{{ topics_lead }}")
    yield text("table_title", "Bảng 2. Kết quả theo nội dung tuyên truyền")
    yield data_table(
        ("STT", "Nội dung tuyên truyền", "Số đơn vị thực hiện"),
        (12, 123, 30),
        "row in topics",
        (("cell_center", "number"), ("cell_text", "name"), ("cell_figure", "units")),
    )
    yield text("lead", "{{ channels_lead }}")
    yield text("table_title", "Bảng 3. Kết quả theo hình thức tuyên truyền")
    yield _channel_table()
    yield text("clause", "4. Kết quả thực hiện nhiệm vụ")
    yield text("body", "{{ tasks_lead }}")
    yield lines("body", "tasks")
    yield text("clause", "5. Kinh phí thực hiện")
    yield lines("body", "funding")
    heading = text("clause", "6. Kết quả nổi bật, mô hình, cách làm hay")
    drafted = lines("draft", "strengths_draft")
    yield only_if("body", "strengths", heading, drafted, lines("body", "strengths"))


def _channel_table() -> str:
    widths = (12, 49, 38, 26, 20, 20)
    heads = ("STT", "Hình thức", "Nội dung thống kê", "Đơn vị tính", "Số lượng", "Số đơn vị có số liệu")
    shown = (
        cell("cell_center", "{% vm %}{{ channel.number }}"),
        cell("cell_text", "{% vm %}{{ channel.name }}"),
        cell("cell_text", "{{ row.measure }}"),
        cell("cell_center", "{{ row.unit }}"),
        cell("cell_figure", "{{ row.value }}"),
        cell("cell_figure", "{{ row.units }}"),
    )
    rows = (
        Row(tuple(cell("column", h) for h in heads), header=True),
        loop_row("{%tr for channel in channels %}", len(widths)),
        loop_row("{%tr for row in channel.rows %}", len(widths)),
        Row(shown),
        loop_row("{%tr endfor %}", len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    return table(widths, rows)


def _outlook() -> Iterator[str]:
    yield text("roman", "III. TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN")
    yield text("clause", "1. Tồn tại, hạn chế")
    yield lines("draft", "limits_draft")
    yield lines("body", "limits")
    yield text("clause", "2. Nguyên nhân")
    yield lines("draft", "causes")
    yield text("roman", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ")
    yield lines("draft", "directions_draft")
    yield lines("body", "directions")
    yield only_if("roman", "recommendations", text("roman", "V. ĐỀ XUẤT, KIẾN NGHỊ"))
    yield lines("draft", "recommendations_draft")
    heading = text("clause", "{% if group.number %}{{ group.number }}. {% endif %}{{ group.addressee }}")
    yield each(
        "body",
        "group in recommendations",
        heading,
        each("body", "line in group.lines", text("body", "{{ line }}")),
    )
    yield text("closing", "{{ closing }}")


def _annex(
    name: str, title: str, number: int, *content: str, note: str = "{{ legend }}", landscape: bool = False
) -> str:
    """Write an annex that is there where the report has a label for it; ``note`` ends it and its section.

    ``number`` is that of the line under "(Kèm theo …)".
    """
    heading = annex_heading("{{ annexes." + name + " }}", title, number, "Báo cáo")
    end = paragraph("note", run(note), section=section(landscape=landscape, restart=True))
    return only_if("note", f"annexes.{name}", *heading, *content, end)


def _annex_targets() -> str:
    heads = (
        "STT",
        "Mã",
        "Mục tiêu",
        "Đơn vị tính",
        "Kế hoạch (%)",
        "Tổng số",
        "Đã thực hiện",
        "Tỷ lệ (%)",
        "Chênh lệch (điểm %)",
        "Đánh giá",
        "Số đơn vị có số liệu",
        "Nguồn số liệu",
    )
    widths = (11, 12, 66, 20, 15, 18, 18, 14, 19, 22, 14, 23)
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
    title = "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU"
    results = grouped_table(heads, widths, "group in target_groups", cells)
    return _annex("targets", title, 4, results, _comparison(), _chart("target_chart"), landscape=True)


def _comparison() -> str:
    """The same targets beside last year's results, or why they can't be; nothing where it isn't known."""
    compared = data_table(
        ("STT", "Mục tiêu", "Năm trước (%)", "Năm nay (%)", "Tăng, giảm (điểm %)", "Ghi chú"),
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
    return _annex("by_unit", "KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU THEO TỪNG ĐƠN VỊ", 5, tables, landscape=True)


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
        (12, 33, 24, 35, 61),
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
    return _annex("activities", "HOẠT ĐỘNG TUYÊN TRUYỀN", 8, tables, landscape=True)


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
        ("cell_figure", "units"),
    )
    surveys = grouped_table(heads, (12, 61, 24, 24, 20, 24), "group in surveys", cells)
    told = text("note", "{{ surveys_note }}")
    return _annex("satisfaction", "MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN", 10, surveys, told)


def _annex_outlook() -> str:
    ahead = data_table(
        (
            "STT",
            "Mục tiêu",
            "Năm",
            "Mức đề ra (%)",
            "Kết quả năm báo cáo (%)",
            "Còn (điểm %)",
            "Bình quân mỗi năm (điểm %)",
            "Số đơn vị có số liệu",
        ),
        (10, 49, 13, 17, 20, 17, 20, 19),
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
    return _annex("outlook", "LỘ TRÌNH THỰC HIỆN CÁC MỤC TIÊU NHỮNG NĂM SAU", 11, ahead)


def _annex_decided() -> str:
    """The last annex, there only where the officer has decided about figures, or others are beside them."""
    decided = data_table(
        ("STT", "Đơn vị", "Nội dung", "Đơn vị báo cáo", "Số được dùng", "Lý do, văn bản"),
        (12, 32, 43, 19, 21, 38),
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
        ("STT", "Mục tiêu", "Cộng các đơn vị", "Số đối chiếu", "Chênh lệch", "Nguồn đối chiếu", "Số được in"),
        (12, 30, 21, 21, 18, 36, 27),
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
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
