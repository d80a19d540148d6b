"""Build ``report.docx``: the Word file an officer edits, with the tags that rendering fills.

Run ``python -m scripts.word_templates.report OUT``. Everything is set by styles made from the format table;
the tags are the fields of the report's context. Source: NĐ 30/2020 Phụ lục III, Mẫu 1.4 and 2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import BOLD, WordRow, cell, loop_row, paragraph, run, section, table
from scripts.word_templates.annexes import annexes
from scripts.word_templates.blocks import (
    data_table,
    each,
    letterhead,
    lines,
    only_if,
    ruled,
    signature_block,
    text,
)


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
    yield from _general()
    yield from _guidance()
    yield from _results()
    yield from _outlook()
    yield signature_block()
    yield paragraph("section_end", section=section(HEADERS))
    yield from annexes()
    # The last annex that is there ends the document: rendering puts its section in the place of this one.
    yield section(restart=True)


def _first_page() -> Iterator[str]:
    yield letterhead(lines("draft_mark", "draft_mark"))
    yield text("kind", "BÁO CÁO")
    yield ruled("subject", "{{ subject }}", 3, "Kết quả thực hiện Kế hoạch tuyên truyền, nâng cao chất lượng")
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ lead_in }}")


def _general() -> Iterator[str]:
    yield text("roman", "I. KẾT QUẢ CHUNG")
    yield lines("body", "general")
    yield lines("body", "general_ask")


def _guidance() -> Iterator[str]:
    yield text("roman", "II. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN")
    yield text("clause", "1. Công tác lãnh đạo, chỉ đạo")
    yield lines("body", "directives")
    yield lines("draft", "directives_own")
    yield text("clause", "2. Công tác phối hợp, kiểm tra, đôn đốc")
    yield lines("draft", "coordination")


def _results() -> Iterator[str]:
    yield text("roman", "III. KẾT QUẢ THỰC HIỆN")
    yield text("clause", "1. Tình hình gửi báo cáo")
    yield lines("body", "returns")
    yield text("clause", "2. Kết quả thực hiện các chỉ tiêu của Kế hoạch")
    yield text("body", "{{ overview }}")
    named = paragraph(
        "body", run("{{ target.letter }}) "), run("{{ target.name }}", BOLD), run(": {{ target.sentence }}")
    )
    parts = each("body", "part in target.parts", text("body", "{{ part }}"))
    yield each("body", "target in targets", named, parts)
    results = data_table(
        (
            "STT",
            "Chỉ tiêu",
            "Kế hoạch (%)",
            "Kết quả (%)",
            "Đã thực hiện/ tổng số",
            "Còn thiếu",
            "{{ verdict_heading }}",
        ),
        (12, 48, 14, 14, 33, 21, 23),
        "row in target_rows",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_figure", "goal"),
            ("cell_figure", "rate"),
            ("cell_center", "counts"),
            ("cell_center", "lacking"),
            ("cell_center", "verdict"),
        ),
    )
    title = text("table_title", "Bảng 1. Tổng hợp kết quả thực hiện các chỉ tiêu")
    yield only_if("note", "target_rows", title, results) + lines("note", "target_notes")
    yield only_if("lead", "outlook", text("lead", "{{ outlook_lead }}"), lines("body", "outlook"))
    yield text("clause", "3. Kết quả theo nội dung, hình thức {{ activity }}")
    yield text("lead", "{{ topics_lead }}")
    title = text("table_title", f"Bảng {_number('target_rows')}. Kết quả theo nội dung {{{{ activity }}}}")
    topics = data_table(
        ("STT", "Nội dung {{ activity }}", "Số đơn vị thực hiện"),
        (12, 123, 30),
        "row in topics",
        (("cell_center", "number"), ("cell_text", "name"), ("cell_figure", "units")),
    )
    yield only_if("lead", "topics", title, topics)
    yield text("lead", "{{ channels_lead }}")
    number = _number("target_rows", "topics")
    title = text("table_title", f"Bảng {number}. Kết quả theo hình thức {{{{ activity }}}}")
    yield only_if("lead", "channels", title, _channel_table())
    yield text("clause", "4. Kết quả thực hiện nhiệm vụ")
    yield text("body", "{{ tasks_lead }}")
    yield lines("body", "tasks")
    number = _number("target_rows", "topics", "channels")
    title = text("table_title", f"Bảng {number}. Kết quả thực hiện các nhiệm vụ chung")
    common = data_table(
        ("STT", "Nhiệm vụ", "Đã thực hiện/ số đơn vị có thông tin", "Số đơn vị chưa có thông tin"),
        (12, 91, 34, 28),
        "row in common_tasks",
        (
            ("cell_center", "number"),
            ("cell_text", "name"),
            ("cell_center", "counts"),
            ("cell_center", "unknown"),
        ),
    )
    yield only_if("lead", "common_tasks", title, common)
    yield text("clause", "5. Kinh phí thực hiện")
    yield lines("body", "funding")
    heading = text("clause", "6. Kết quả nổi bật, mô hình, cách làm hay")
    yield only_if("body", "strengths", heading, lines("draft", "strengths"))


def _number(*before: str, n: int = 1) -> str:
    """Number a table of the body, behind those of the fields ``before`` that are there."""
    if not before:
        return str(n)
    first, *rest = before
    there, absent = _number(*rest, n=n + 1), _number(*rest, n=n)
    return f"{{% if {first} %}}{there}{{% else %}}{absent}{{% endif %}}"


def _channel_table() -> str:
    widths = (12, 48, 43, 26, 19, 17)
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
        WordRow(tuple(cell("column", h) for h in heads), header=True),
        loop_row("{%tr for channel in channels %}", len(widths)),
        loop_row("{%tr for row in channel.rows %}", len(widths)),
        WordRow(shown),
        loop_row("{%tr endfor %}", len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    return table(widths, rows)


def _outlook() -> Iterator[str]:
    yield text("roman", "IV. TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN")
    yield text("clause", "1. Tồn tại, hạn chế")
    yield lines("lead", "limits_draft")
    yield lines("body", "limits")
    yield text("clause", "2. Nguyên nhân")
    yield lines("draft", "causes")
    yield text("roman", "V. PHƯƠNG HƯỚNG, NHIỆM VỤ")
    yield lines("draft", "directions")
    yield only_if("roman", "recommendations", text("roman", "VI. ĐỀ XUẤT, KIẾN NGHỊ"))
    yield lines("lead", "recommendations_draft")
    heading = text("clause", "{% if group.number %}{{ group.number }}. {% endif %}{{ group.addressee }}")
    yield each(
        "body",
        "group in recommendations",
        heading,
        each("body", "line in group.lines", text("body", "{{ line }}")),
    )
    yield text("closing", "{{ closing }}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
