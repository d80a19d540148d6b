"""Build ``report.docx``: the Word file an officer edits, with the tags that rendering fills.

Run ``python -m dvctt_report.nd30.template OUT``. Everything is set by styles made from the format table;
the tags are the fields of the report's context. Source: NĐ 30/2020 Phụ lục III, Mẫu 1.4 and 2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dvctt_report.nd30.format import MOTTO, RULES, STATE_NAME, component
from dvctt_report.nd30.metrics import component_width
from dvctt_report.nd30.package import HEADERS, write_package
from dvctt_report.nd30.page import LETTERHEAD_GRID, SIGNATURE_GRID
from dvctt_report.nd30.wordxml import (
    BOLD,
    PLAIN_TABLE,
    Cell,
    Row,
    cell,
    loop_row,
    paragraph,
    rule,
    run,
    section,
    table,
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
    yield from _guidance()
    yield from _results()
    yield from _outlook()
    yield _signature()
    yield paragraph("section_end", section=section(HEADERS))
    yield from _annex_targets()
    yield from _annex_units()
    yield from _annex_returns()


def _text(key: str, text: str) -> str:
    return paragraph(key, run(text))


def _each(key: str, loop: str, *content: str) -> str:
    """Write the paragraphs ``content`` once for every entry of ``loop`` ("line in returns")."""
    return _text(key, "{%p for " + loop + " %}") + "".join(content) + _text(key, "{%p endfor %}")


def _lines(key: str, name: str) -> str:
    return _each(key, f"line in {name}", _text(key, "{{ line }}"))


def _ruled(key: str, text: str, number: int, sample: str) -> str:
    drawn = next(r for r in RULES if r.under == key)
    length = component_width(sample, component(key)) * drawn.share
    return paragraph(key, run(text), rule(key, number, length, drawn.weight))


def _first_page() -> Iterator[str]:
    names = Cell(
        _text("parent", "{{ parent_name }}")
        + _ruled("issuer", "{{ issuer_name }}", 1, "TÊN CƠ QUAN BAN HÀNH")
    )
    state = Cell(_text("motto_state", STATE_NAME) + _ruled("motto", MOTTO, 2, MOTTO))
    signs = (cell("number", "{{ number_line }}"), cell("place_date", "{{ date_line }}"))
    yield table(LETTERHEAD_GRID, (Row((names, state)), Row(signs)), PLAIN_TABLE)
    yield _text("kind", "BÁO CÁO")
    yield _ruled(
        "subject", "{{ subject }}", 3, "Kết quả thực hiện Kế hoạch tuyên truyền, nâng cao chất lượng"
    )
    yield _text("addressee", "{{ addressee_line }}")
    yield _lines("draft", "notice")
    yield _text("body", "{{ lead_in }}")


def _guidance() -> Iterator[str]:
    yield _text("roman", "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN")
    yield _text("clause", "1. Công tác lãnh đạo, chỉ đạo")
    yield _lines("body", "directives")
    yield _text("draft", "{{ directives_own }}")
    yield _text("clause", "2. Công tác phối hợp, kiểm tra, đôn đốc")
    yield _text("draft", "{{ coordination }}")


def _results() -> Iterator[str]:
    yield _text("roman", "II. KẾT QUẢ THỰC HIỆN")
    yield _text("clause", "1. Tình hình gửi báo cáo")
    yield _lines("body", "returns")
    yield _text("clause", "2. Kết quả thực hiện các mục tiêu của Kế hoạch")
    yield _text("body", "{{ overview }}")
    named = paragraph(
        "body", run("{{ target.letter }}) "), run("{{ target.name }}", BOLD), run(": {{ target.sentence }}")
    )
    parts = _each("body", "part in target.parts", _text("body", "{{ part }}"))
    yield _each("body", "target in targets", named, parts)
    yield _text("table_title", "Bảng 1. Tổng hợp kết quả thực hiện các mục tiêu")
    yield _table(
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
    yield _text("lead", "{{ outlook_lead }}")
    yield _lines("body", "outlook")
    yield _text("clause", "3. Kết quả theo nội dung, hình thức tuyên truyền")
    yield _text("lead", "{{ topics_lead }}")
    yield _text("table_title", "Bảng 2. Kết quả theo nội dung tuyên truyền")
    yield _table(
        ("STT", "Nội dung tuyên truyền", "Số đơn vị thực hiện"),
        (12, 123, 30),
        "row in topics",
        (("cell_center", "number"), ("cell_text", "name"), ("cell_figure", "units")),
    )
    yield _text("lead", "{{ channels_lead }}")
    yield _text("table_title", "Bảng 3. Kết quả theo hình thức tuyên truyền")
    yield _channel_table()
    yield _text("clause", "4. Kết quả thực hiện nhiệm vụ")
    yield _text("body", "{{ tasks_lead }}")
    yield _lines("body", "tasks")
    yield _text("table_title", "Bảng 4. Kết quả thực hiện từng nhiệm vụ")
    yield _table(
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
    yield _text("clause", "5. Kinh phí thực hiện")
    yield _lines("body", "funding")


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
    yield _text("roman", "III. TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN")
    yield _text("clause", "1. Tồn tại, hạn chế")
    yield _lines("body", "limits")
    yield _text("clause", "2. Nguyên nhân")
    yield _text("draft", "{{ causes }}")
    yield _text("roman", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ")
    yield _text("draft", "{{ directions_draft }}")
    yield _lines("body", "directions")
    yield _text("roman", "V. ĐỀ XUẤT, KIẾN NGHỊ")
    yield _text("draft", "{{ recommendations_draft }}")
    heading = _text("clause", "{{ group.number }}. {{ group.addressee }}")
    yield _each(
        "body",
        "group in recommendations",
        heading,
        _each("body", "line in group.lines", _text("body", "{{ line }}")),
    )
    yield _text("closing", "{{ closing }}")


def _signature() -> str:
    recipients = _text("recipients_title", "Nơi nhận:") + _lines("recipients", "recipients")
    signature = _text("authority", "{{ authority }}") + _text("signer", "{{ signer_name }}")
    return table(SIGNATURE_GRID, (Row((Cell(recipients), Cell(signature))),), PLAIN_TABLE)


def _annex(label: str, title: str, number: int) -> Iterator[str]:
    yield _text("annex", label)
    yield _text("annex_title", title)
    yield _ruled(
        "annex_of",
        "{{ annex_of }}",
        number,
        "(Kèm theo Báo cáo số        ngày      tháng      năm      của tên cơ quan)",
    )


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
        *_heads(heads),
        loop_row("{%tr for group in target_groups %}", len(widths)),
        Row((cell("group_text", "{{ group.heading }}", span=len(widths)),)),
        *_body_rows("row in group.rows", tuple(zip(keys, fields, strict=True)), len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    yield table(widths, rows)
    yield paragraph("note", run("{{ legend }}"), section=section(landscape=True, restart=True))


def _annex_units() -> Iterator[str]:
    yield from _annex("Phụ lục II", "KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU THEO TỪNG ĐƠN VỊ", 5)
    yield _text("table_title", "{{ unit_tables }}")
    yield paragraph("note", run("{{ legend }}"), section=section(landscape=True, restart=True))


def _annex_returns() -> Iterator[str]:
    yield from _annex("Phụ lục III", "TÌNH HÌNH GỬI BÁO CÁO", 6)
    widths = (12, 54, 36, 24, 39)
    keys = ("cell_center", "cell_text", "cell_center", "cell_center", "cell_center")
    fields = ("number", "unit", "document", "sent_on", "status")
    rows = (
        *_heads(("STT", "Cơ quan, đơn vị, địa phương", "Số, ký hiệu báo cáo", "Ngày gửi", "Tình trạng")),
        loop_row("{%tr for group in return_groups %}", len(widths)),
        Row((cell("group_text", "{{ group.heading }}", span=len(widths)),)),
        *_body_rows("row in group.rows", tuple(zip(keys, fields, strict=True)), len(widths)),
        loop_row("{%tr endfor %}", len(widths)),
    )
    yield table(widths, rows)
    yield _text("note", "{{ deadline_note }}")
    yield section(restart=True)


def _table(heads: Sequence[str], widths: Sequence[float], loop: str, cells: Sequence[tuple[str, str]]) -> str:
    return table(
        widths,
        (Row(tuple(cell("column", h) for h in heads), header=True), *_body_rows(loop, cells, len(widths))),
    )


def _heads(heads: Sequence[str]) -> tuple[Row, Row]:
    names = Row(tuple(cell("column", head) for head in heads), header=True)
    return names, Row(tuple(cell("column_number", f"({n})") for n in range(1, len(heads) + 1)), header=True)


def _body_rows(loop: str, cells: Sequence[tuple[str, str]], n_columns: int) -> tuple[Row, ...]:
    shown = Row(tuple(cell(key, "{{ row." + name + " }}") for key, name in cells))
    return loop_row("{%tr for " + loop + " %}", n_columns), shown, loop_row("{%tr endfor %}", n_columns)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
