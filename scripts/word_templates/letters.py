"""Build the Word templates of letters, submission, pages for signer and clerk, from the report's blocks.

Run ``python -m scripts.word_templates.letters FOLDER``.
Source: NĐ 30/2020 Phụ lục III, Mẫu 1.4, 1.5 and 2.1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import WordCell, WordRow, cell, paragraph, run, section, table
from scripts.word_templates.blocks import (
    annex_heading,
    data_table,
    each,
    grouped_table,
    letterhead,
    lines,
    loop_row,
    only_if,
    ruled,
    signature_block,
    text,
)

_FIRST_RULE_OF_ANNEXES = 3


def main(arguments: Sequence[str]) -> int:
    """Write every template into the folder given."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, document) in TEMPLATES.items():
        content = write_package("".join(document()), title=title, author="dvctt-report")
        (folder / f"{name}.docx").write_bytes(content)
    return 0


def _letter() -> Iterator[str]:
    """The letter from its head to the signature. "Kính gửi" has one line, or a heading and a list."""
    yield letterhead(text("about", "{{ about }}") + lines("draft_mark", "draft_mark"))
    yield lines("addressee", "addressee_line")
    yield lines("addressee_title", "addressee_title")
    yield lines("addressee_item", "addressees")
    yield lines("draft", "notice")
    yield lines("letter", "opening")
    yield lines("letter", "requests")
    yield lines("letter", "remarks")
    yield text("closing", "{{ contact }}./.")
    yield signature_block()


def _forms() -> Iterator[str]:
    yield from _letter()
    yield paragraph("section_end", section=section(HEADERS))
    title = "DANH SÁCH CƠ QUAN, ĐƠN VỊ, ĐỊA PHƯƠNG\nVÀ BIỂU SỐ LIỆU GỬI KÈM"
    yield from annex_heading("Phụ lục I", title, _FIRST_RULE_OF_ANNEXES, "Công văn")
    heads = ("STT", "Cơ quan, đơn vị, địa phương", "Biểu số liệu (tệp Excel gửi kèm)")
    kinds = (("cell_center", "number"), ("cell_text", "name"), ("cell_text", "note"))
    yield grouped_table(heads, (12, 70, 83), "group in groups", kinds)
    yield paragraph("note", run("{{ list_note }}"), section=section(restart=True))
    yield from annex_heading("Phụ lục II", "ĐỀ CƯƠNG BÁO CÁO", _FIRST_RULE_OF_ANNEXES + 1, "Công văn")
    parts = each("body", "line in part.lines", text("body", "{{ line }}"))
    yield each("body", "part in outline", text("roman", "{{ part.heading }}"), parts)
    yield section(HEADERS, restart=True)


def _remind() -> Iterator[str]:
    yield from _letter()
    heads = ("STT", "Cơ quan, đơn vị, địa phương")
    kinds = (("cell_center", "number"), ("cell_text", "name"))
    body = grouped_table(heads, (15, 150), "group in annex.groups", kinds)
    yield _annexes(body, text("note", "{{ annex.note }}"))


def _feedback() -> Iterator[str]:
    yield from _letter()
    heads = ("STT", "Vị trí", "Nội dung", "Đơn vị đã ghi", "Lý do chưa sử dụng được, cần xác nhận", "Đề nghị")
    kinds = ("cell_center", *["cell_text"] * 5)
    fields = ("number", "place", "content", "written", "reason", "request")
    cells = tuple(zip(kinds, fields, strict=True))
    body = grouped_table(heads, (12, 30, 60, 36, 62, 52), "group in annex.groups", cells)
    yield _annexes(body, text("note", "{{ annex.note }}"), landscape=True)


def _annexes(*content: str, landscape: bool = False) -> str:
    """Write the annexes that a letter has, none to many, each a section that numbers its pages anew."""
    heading = annex_heading(
        "{{ annex.label }}", "{{ annex.title }}", _FIRST_RULE_OF_ANNEXES, "Công văn", "{{ annex.of }}"
    )
    ends = (
        text("section_end", "{%p if loop.first %}"),
        paragraph("section_end", section=section(HEADERS)),
        text("section_end", "{%p else %}"),
        paragraph("section_end", section=section(landscape=landscape, restart=True)),
        text("section_end", "{%p endif %}"),
    )
    about = each("body", "line in annex.about", text("body", "{{ line }}"))
    # Word wants a paragraph behind a table; where no section ends there, one of its own.
    none = (
        text("section_end", "{%p if not annexes %}"),
        paragraph("section_end"),
        text("section_end", "{%p endif %}"),
    )
    shown = each("section_end", "annex in annexes", *ends, *heading, about, *content)
    return "".join(none) + shown + section(HEADERS, landscape=landscape, restart=True)


def _submission() -> Iterator[str]:
    yield letterhead(lines("draft_mark", "draft_mark"))
    yield text("kind", "TỜ TRÌNH")
    yield ruled("subject", "{{ subject }}", 3, "Về việc trình dự thảo Báo cáo kết quả thực hiện Kế hoạch")
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ opening }}")
    yield text("clause", "1. Tình hình tổng hợp")
    yield lines("body", "returns")
    yield text("clause", "2. Kết quả chủ yếu")
    yield lines("body", "results")
    yield text("clause", "3. Nội dung trình")
    yield text("body", "{{ request }}")
    yield text("body", "{{ enclosed }}")
    yield text("closing", "{{ closing }}")
    yield signature_block()
    yield section(HEADERS)


def _supplement() -> Iterator[str]:
    yield letterhead(lines("draft_mark", "draft_mark"))
    yield text("kind", "BÁO CÁO")
    yield ruled(
        "subject", "{{ subject }}", 3, "Bổ sung Báo cáo số 386/BC-SKHCN về kết quả thực hiện Kế hoạch"
    )
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ opening }}")
    yield text("clause", "1. Báo cáo nhận thêm sau khi ký")
    yield lines("body", "items")
    heads = ("STT ở Báo cáo", "Chỉ tiêu", "Đã báo cáo", "Sau khi bổ sung")
    kinds = (("cell_center", "number"), ("cell_text", "name"), ("cell_text", "before"), ("cell_text", "now"))
    results = data_table(heads, (12, 63, 45, 45), "row in figures", kinds)
    yield only_if("clause", "figures", text("clause", "2. Kết quả trước và sau khi bổ sung"), results)
    yield text("closing", "{{ closing }}")
    yield signature_block()
    yield section(HEADERS)


def _correction() -> Iterator[str]:
    yield letterhead(text("about", "{{ about }}") + lines("draft_mark", "draft_mark"))
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ opening }}")
    yield lines("body", "items")
    yield text("closing", "{{ closing }}")
    yield signature_block()
    yield section(HEADERS)


def _signing() -> Iterator[str]:
    yield text("kind", "TÓM TẮT TRÌNH KÝ")
    yield text("memo_note", "{{ about }}")
    yield lines("memo_note", "notice")
    rows = (
        ("Kết quả", "results"),
        ("Xin quyết định", "decisions"),
        ("Phòng còn hoàn thiện", "finishing"),
        ("Chỉ tiêu chính", "leads"),
        ("{{ missed_heading }}", "missed"),
        ("Tạm tính", "uncertain"),
        ("Chưa gửi báo cáo", "not_sent"),
        ("Thay đổi so với dự thảo trước", "changes"),
    )
    labelled = (
        WordRow((cell("memo_label", label), WordCell(lines("memo_line", name)))) for label, name in rows
    )
    yield table((25, 140), labelled)
    yield text("memo_note", "{{ note }}")
    yield section(HEADERS)


def _quick() -> Iterator[str]:
    yield letterhead(lines("draft_mark", "draft_mark"))
    yield text("kind", "BÁO CÁO NHANH")
    yield ruled("subject", "{{ subject }}", 3, "Kết quả bước đầu thực hiện Kế hoạch tuyên truyền")
    yield text("addressee", "{{ addressee_line }}")
    yield lines("draft", "notice")
    yield text("body", "{{ opening }}")
    yield lines("body", "points")
    yield text("closing", "{{ closing }}")
    yield signature_block()
    yield section(HEADERS)


def _meeting() -> Iterator[str]:
    yield text("kind", "{{ heading }}")
    yield text("memo_note", "{{ about }}")
    yield lines("memo_note", "notice")
    yield lines("body", "points")
    yield only_if("note", "target_chart", text("chart", "{{ target_chart }}"))
    yield text("memo_note", "{{ note }}")
    yield section(HEADERS, landscape=True)


def _communes() -> Iterator[str]:
    yield text("kind", "{{ heading }}")
    yield text("memo_note", "{{ about }}")
    yield lines("memo_note", "notice")
    heads = ("Mã", "Chỉ tiêu", "Kế hoạch (%)", "Trung vị (%)", "Xếp đầu", "Xếp cuối")
    names = ("number", "name", "goal", "middle", "best", "lowest")
    looks = ("cell_center", "cell_text", "cell_center", "cell_center", "cell_text", "cell_text")
    widths = (12, 45, 16, 16, 38, 38)
    yield data_table(heads, widths, "row in rows", tuple(zip(looks, names, strict=True)))
    yield lines("note", "notes")
    yield text("memo_note", "{{ note }}")
    yield section(HEADERS)


def _clerk() -> Iterator[str]:
    yield text("kind", "{{ title }}")
    yield text("memo_note", "{{ about }}")
    labelled = (
        loop_row("{%tr for part in parts %}", 2),
        WordRow((cell("group_text", "{{ part.heading }}"), WordCell(lines("cell_text", "part.lines")))),
        loop_row("{%tr endfor %}", 2),
    )
    yield table((36, 129), labelled)
    yield text("memo_note", "{{ note }}")
    yield section(HEADERS)


TEMPLATES: Mapping[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "cong-van-phat-hanh-bieu-mau": ("Mẫu công văn phát hành biểu mẫu", _forms),
    "cong-van-don-doc": ("Mẫu công văn đôn đốc", _remind),
    "cong-van-de-nghi-chinh-ly": ("Mẫu công văn đề nghị chỉnh lý", _feedback),
    "bao-cao-nhanh": ("Mẫu báo cáo nhanh", _quick),
    "trang-hop": ("Mẫu trang họp", _meeting),
    "to-trinh": ("Mẫu tờ trình", _submission),
    "bao-cao-bo-sung": ("Mẫu báo cáo bổ sung", _supplement),
    "cong-van-dinh-chinh": ("Mẫu công văn đính chính", _correction),
    "tom-tat-trinh-ky": ("Mẫu tóm tắt trình ký", _signing),
    "so-sanh-cap-xa": ("Mẫu trang so sánh các xã, phường", _communes),
    "huong-dan-ghi-bieu": ("Mẫu hướng dẫn ghi biểu", _clerk),
}
"""The name of every template's file, its title and what it is written from."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
