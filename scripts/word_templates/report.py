"""Build ``report.docx``: the Word file an officer edits, with the tags that rendering fills.

Run ``python -m scripts.word_templates.report OUT``. Everything is set by styles made from the format table;
the tags are the fields of the report's context. Source: NĐ 30/2020 Phụ lục III, Mẫu 1.4 and 2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import BOLD, WordRow, cell, paragraph, run, section, table
from scripts.word_templates.annexes import annexes
from scripts.word_templates.blocks import (
    data_table,
    each,
    letterhead,
    lines,
    loop_row,
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


def _section(shows: str, *content: str) -> str:
    """Write a section below its headings, as what is there only where it has one."""
    heads = (
        only_if("roman", f"parts.{shows}", text("roman", f"{{{{ parts.{shows} }}}}")),
        only_if("clause", f"clauses.{shows}", text("clause", f"{{{{ clauses.{shows} }}}}")),
    )
    return only_if("body", f"parts.{shows} or clauses.{shows}", *heads, *content)


def _general() -> Iterator[str]:
    yield _section("general", lines("body", "general"), lines("body", "general_ask"))


def _guidance() -> Iterator[str]:
    yield _section("directives", lines("body", "directives"), lines("draft", "directives_own"))
    yield _section("coordination", lines("draft", "coordination"))


def _results() -> Iterator[str]:
    yield _section("returns", lines("body", "returns"))
    named = paragraph(
        "body", run("{{ target.letter }}) "), run("{{ target.name }}", BOLD), run(": {{ target.sentence }}")
    )
    parts = each("body", "part in target.parts", text("body", "{{ part }}"))
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
    title = text("table_title", "{{ targets_title }}")
    yield _section(
        "targets",
        text("body", "{{ overview }}"),
        each("body", "target in targets", named, parts),
        only_if("note", "target_rows", title, results),
        lines("note", "target_notes"),
        only_if("lead", "outlook", text("lead", "{{ outlook_lead }}"), lines("body", "outlook")),
    )
    topics = data_table(
        ("STT", "Nội dung {{ activity }}", "Số đơn vị thực hiện"),
        (12, 123, 30),
        "row in topics",
        (("cell_center", "number"), ("cell_text", "name"), ("cell_figure", "units")),
    )
    yield _section(
        "activities",
        only_if("lead", "topics_lead", text("lead", "{{ topics_lead }}")),
        only_if("lead", "topics", text("table_title", "{{ topics_title }}"), topics),
        only_if("lead", "channels_lead", text("lead", "{{ channels_lead }}")),
        only_if("lead", "channels", text("table_title", "{{ channels_title }}"), _channel_table()),
    )
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
    yield _section(
        "tasks",
        text("body", "{{ tasks_lead }}"),
        lines("body", "tasks"),
        only_if("lead", "common_tasks", text("table_title", "{{ tasks_title }}"), common),
    )
    yield _section("funding", lines("body", "funding"))
    yield _section("strengths", lines("draft", "strengths"))


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
    yield _section("limits", lines("lead", "limits_draft"), lines("body", "limits"))
    yield _section("causes", lines("draft", "causes"))
    yield _section("directions", lines("draft", "directions"))
    heading = text("clause", "{% if group.number %}{{ group.number }}. {% endif %}{{ group.addressee }}")
    groups = each(
        "body",
        "group in recommendations",
        heading,
        each("body", "line in group.lines", text("body", "{{ line }}")),
    )
    yield _section("recommendations", lines("lead", "recommendations_draft"), groups)
    yield text("closing", "{{ closing }}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
