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
    body_rows,
    data_table,
    each,
    head_rows,
    letterhead,
    lines,
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
    yield from _annex_targets()
    yield from _annex_units()
    yield from _annex_returns()


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
    yield text("lead", "{{ outlook_lead }}")
    yield lines("body", "outlook")
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
    yield text("table_title", "Bảng 4. Kết quả thực hiện từng nhiệm vụ")
    yield data_table(
        (
            "STT",
            "Nhiệm vụ",
            "Số đơn vị được giao",
            "Đã thực hiện",
            "Đang thực hiện",
            "Chưa thực hiện",
            "Chưa rõ",
        ),
        (12, 68, 19, 17, 17, 17, 15),
        "row in task_rows",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_figure", "bodies"),
            ("cell_figure", "done"),
            ("cell_figure", "ongoing"),
            ("cell_figure", "not_done"),
            ("cell_figure", "unknown"),
        ),
    )
    yield text("clause", "5. Kinh phí thực hiện")
    yield lines("body", "funding")
    yield text("body", "{%p if strengths %}")
    yield text("clause", "6. Kết quả nổi bật, mô hình, cách làm hay")
    yield lines("draft", "strengths_draft")
    yield lines("body", "strengths")
    yield text("body", "{%p endif %}")


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
    yield text("roman", "V. ĐỀ XUẤT, KIẾN NGHỊ")
    yield lines("draft", "recommendations_draft")
    heading = text("clause", "{{ group.number }}. {{ group.addressee }}")
    yield each(
        "body",
        "group in recommendations",
        heading,
        each("body", "line in group.lines", text("body", "{{ line }}")),
    )
    yield text("closing", "{{ closing }}")


def _annex(label: str, title: str, number: int) -> Iterator[str]:
    yield from annex_heading(label, title, number, "Báo cáo")


def _annex_targets() -> Iterator[str]:
    yield from _annex("Phụ lục I", "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU", 4)
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
    keys = (
        "cell_center",
        "cell_center",
        "cell_text",
        "cell_center",
        "cell_figure",
        "cell_figure",
        "cell_figure",
        "cell_figure",
        "cell_figure",
        "cell_center",
        "cell_center",
        "cell_center",
    )
    fields = (
        "number",
        "code",
        "name",
        "unit",
        "goal",
        "total",
        "done",
        "rate",
        "difference",
        "verdict",
        "coverage",
        "source",
    )
    rows = (
        *head_rows(heads),
        loop_row("{%tr for group in target_groups %}", len(widths)),
        Row((cell("group_text", "{{ group.heading }}", span=len(widths)),)),
        *body_rows("row in group.rows", tuple(zip(keys, fields, strict=True)), len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    yield table(widths, rows)
    yield from _comparison()
    yield paragraph("note", run("{{ legend }}"), section=section(landscape=True, restart=True))


def _comparison() -> Iterator[str]:
    """The same targets beside last year's results, or why they can't be; nothing where it isn't known."""
    yield text("note", "{%p if comparisons %}")
    yield text("table_title", "{{ comparison_title }}")
    yield data_table(
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
    yield text("note", "{%p endif %}")
    yield lines("note", "comparison_note")


def _annex_units() -> Iterator[str]:
    yield from _annex("Phụ lục II", "KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU THEO TỪNG ĐƠN VỊ", 5)
    yield text("table_title", "{{ unit_tables }}")
    yield paragraph("note", run("{{ legend }}"), section=section(landscape=True, restart=True))


def _annex_returns() -> Iterator[str]:
    yield from _annex("Phụ lục III", "TÌNH HÌNH GỬI BÁO CÁO", 6)
    widths = (12, 54, 36, 24, 39)
    keys = ("cell_center", "cell_text", "cell_center", "cell_center", "cell_center")
    fields = ("number", "unit", "document", "sent_on", "status")
    rows = (
        *head_rows(("STT", "Cơ quan, đơn vị, địa phương", "Số, ký hiệu báo cáo", "Ngày gửi", "Tình trạng")),
        loop_row("{%tr for group in return_groups %}", len(widths)),
        Row((cell("group_text", "{{ group.heading }}", span=len(widths)),)),
        *body_rows("row in group.rows", tuple(zip(keys, fields, strict=True)), len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    yield table(widths, rows)
    yield text("note", "{{ deadline_note }}")
    yield from _annex_decided()
    yield section(restart=True)


def _annex_decided() -> Iterator[str]:
    """The last annex, there only where the officer has decided about figures."""
    yield text("note", "{%p if decided or controls %}")
    yield paragraph("section_end", section=section(restart=True))
    yield from _annex("Phụ lục IV", "ĐÍNH CHÍNH, CHẤP NHẬN, ĐỐI CHIẾU SỐ LIỆU", 7)
    yield text("note", "{%p if decided %}")
    yield text("table_title", "Đính chính, chấp nhận số liệu của đơn vị")
    yield data_table(
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
    yield text("note", "{%p endif %}")
    yield text("note", "{%p if controls %}")
    yield text("table_title", "Đối chiếu với số liệu của cơ quan quản lý (đã thực hiện / tổng số)")
    yield data_table(
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
    yield text("note", "{%p endif %}")
    yield text("note", "{%p endif %}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
