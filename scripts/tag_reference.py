"""The page that tells officers every tag of the report's template.

``python -m scripts.tag_reference > docs/tep-mau.md``
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import get_args

from dvctt_report.report.render import PLACED
from dvctt_report.report.template_check import Kind, entries_of, tags_of

TAGS = {
    "parent_name": "Tên cơ quan chủ quản, dòng trên bên trái; trống khi không ghi (UBND tỉnh)",
    "issuer_name": "Tên cơ quan lập báo cáo",
    "number_line": "Số, ký hiệu (“Số:        /BC-…”)",
    "date_line": "Địa danh, ngày tháng năm",
    "subject": "Trích yếu",
    "draft_mark": "Dấu DỰ THẢO dưới số, ký hiệu; trống ở bản trình ký",
    "addressee_line": "Dòng Kính gửi",
    "notice": "Ghi chú đầu văn bản, mỗi đoạn một dòng",
    "lead_in": "Đoạn mở đầu, nêu Kế hoạch và thời gian tính số liệu",
    "directives": "Văn bản chỉ đạo, điều hành: các đoạn",
    "directives_own": "Văn bản của cơ quan lập báo cáo: các đoạn do người soạn viết",
    "coordination": "Công tác phối hợp, kiểm tra, đôn đốc: các đoạn do người soạn viết",
    "returns": "Tình hình gửi báo cáo: các đoạn",
    "general": "Mục Kết quả chung, không quá mười dòng: các đoạn",
    "general_ask": "Câu cuối của mục Kết quả chung: kiến nghị gì, trong hai dòng; trống khi không kiến nghị",
    "overview": "Câu tóm tắt, câu dẫn kết quả các mục tiêu",
    "targets": "Từng mục tiêu",
    "verdict_heading": "Tên cột đánh giá của các bảng mục tiêu; ở báo cáo 6 tháng là cột tiến độ",
    "target_rows": "Bảng tổng hợp mục tiêu của năm ở thân báo cáo",
    "target_notes": "Ghi chú dưới bảng mục tiêu, mỗi loại một đoạn; trống khi mỗi mục tiêu có đoạn riêng",
    "other_index": "Vì sao kết quả khác một bộ chỉ số khác; trống khi không nêu",
    "outlook_lead": "Câu dẫn phần lộ trình các năm sau",
    "outlook": "Lộ trình: mỗi mục tiêu một đoạn",
    "topics_lead": "Câu dẫn bảng nội dung tuyên truyền",
    "topics": "Bảng nội dung tuyên truyền",
    "channels_lead": "Câu dẫn bảng hình thức tuyên truyền",
    "channels": "Bảng hình thức tuyên truyền",
    "tasks_lead": "Câu dẫn phần nhiệm vụ",
    "tasks": "Kết quả nhiệm vụ theo đơn vị: các đoạn",
    "funding": "Kinh phí: các đoạn",
    "strengths_draft": "Ghi chú dự thảo của phần kết quả nổi bật",
    "strengths": "Kết quả nổi bật, mô hình, cách làm hay: các đoạn; trống khi không nêu",
    "limits_draft": "Ghi chú dự thảo của phần tồn tại",
    "limits": "Tồn tại, hạn chế: các đoạn",
    "causes": "Nguyên nhân: các đoạn do người soạn viết",
    "directions_draft": "Ghi chú dự thảo của phần phương hướng",
    "directions": "Phương hướng: các đoạn",
    "recommendations_draft": "Ghi chú dự thảo của phần kiến nghị",
    "recommendations": "Kiến nghị theo nơi nhận",
    "closing": "Câu kết",
    "recipients": "Nơi nhận, mỗi dòng một nơi",
    "authority": "Quyền hạn, chức vụ người ký",
    "signer_name": "Họ tên người ký",
    "annexes": "Tên của từng phụ lục (“Phụ lục I”); trống khi báo cáo không có phụ lục đó",
    "annex_of": "Dòng “(Kèm theo Báo cáo số …)” của phụ lục",
    "target_groups": "Phụ lục mục tiêu: mục tiêu của năm và của các năm sau",
    "comparison_title": "Phụ lục mục tiêu: tên bảng so với năm trước",
    "comparisons": "Phụ lục mục tiêu: so với năm trước trên cùng địa bàn; trống khi không so được",
    "comparison_note": "Phụ lục mục tiêu: vì sao không so với năm trước",
    "target_chart": "Phụ lục mục tiêu: biểu đồ khoảng cách đến mức Kế hoạch, kèm tên; trống khi không vẽ",
    "unit_tables": "Phụ lục theo đơn vị: các bảng, đặt nguyên cả khối",
    "return_groups": "Phụ lục gửi báo cáo: tình hình từng đơn vị",
    "return_chart": "Phụ lục gửi báo cáo: biểu đồ tình hình gửi, kèm tên; trống khi không vẽ",
    "documents": "Phụ lục văn bản: văn bản các đơn vị đã ban hành",
    "activities": "Phụ lục hoạt động: bảng theo loại đơn vị, đặt nguyên cả khối",
    "task_rows": "Phụ lục nhiệm vụ: từng nhiệm vụ",
    "surveys": "Phụ lục hài lòng: từng nguồn đo",
    "way_ahead": "Phụ lục lộ trình: mục tiêu các năm sau",
    "decided": "Phụ lục đính chính: số liệu đính chính, chấp nhận; trống khi không có",
    "controls": "Phụ lục đính chính: đối chiếu với số liệu của cơ quan quản lý; trống khi không có",
    "legend": "Ghi chú ký hiệu dưới bảng",
    "deadline_note": "Ghi chú thời hạn",
    "documents_note": "Ghi chú dưới danh mục văn bản",
    "surveys_note": "Ghi chú về các nguồn đo mức độ hài lòng",
}
"""What each tag holds, in the officer's words."""

ENTRIES = {
    "activities": "phụ lục hoạt động",
    "by_unit": "phụ lục theo đơn vị",
    "decided": "phụ lục đính chính",
    "documents": "phụ lục văn bản",
    "outlook": "phụ lục lộ trình",
    "returns": "phụ lục gửi báo cáo",
    "tasks": "phụ lục nhiệm vụ",
    "satisfaction": "phụ lục hài lòng",
    "targets": "phụ lục mục tiêu",
    "distance": "còn thiếu (điểm phần trăm)",
    "issued_on": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "per_year": "bình quân mỗi năm (điểm phần trăm)",
    "sign": "số, ký hiệu",
    "subject": "trích yếu",
    "year": "năm",
    "addressee": "nơi nhận kiến nghị",
    "before": "năm trước",
    "bodies": "số đơn vị phải thực hiện",
    "code": "mã mục tiêu",
    "counts": "đã thực hiện trên tổng số",
    "control": "số của cơ quan quản lý",
    "coverage": "số đơn vị có số liệu/số đơn vị phải báo cáo",
    "difference": "chênh lệch",
    "document": "số, ký hiệu báo cáo",
    "done": "đã thực hiện",
    "goal": "mức Kế hoạch",
    "heading": "tên nhóm",
    "letter": "chữ cái của điểm",
    "lacking": "còn thiếu so với mức Kế hoạch",
    "lines": "các đoạn",
    "measure": "cách tính",
    "name": "tên",
    "not_done": "chưa thực hiện",
    "note": "vì sao không so được",
    "now": "năm nay",
    "number": "số thứ tự",
    "ongoing": "đang thực hiện",
    "own": "số của đơn vị",
    "parts": "các đoạn về phần nhỏ của mục tiêu",
    "points": "chênh lệch (điểm phần trăm)",
    "printed": "số được in",
    "rate": "tỷ lệ",
    "reason": "lý do, văn bản",
    "rows": "các dòng",
    "sent_on": "ngày gửi",
    "sentence": "câu kết quả",
    "source": "nguồn số liệu",
    "status": "tình trạng",
    "total": "tổng số",
    "unit": "đơn vị",
    "units": "số đơn vị",
    "unknown": "chưa rõ",
    "used": "số được dùng",
    "value": "giá trị",
    "verdict": "đánh giá",
    "what": "nội dung",
}
"""What the parts of an entry are, by the name after the dot."""

_HEAD = """# Thẻ của tệp mẫu báo cáo

Tệp mẫu `report.docx` là một văn bản Word bình thường. Chỗ nào có thẻ `{{ tên }}` thì chương trình đặt nội
dung vào; đoạn nằm giữa `{%p for x in tên %}` và `{%p endfor %}` được lặp lại cho từng mục (trong bảng:
`{%tr for … %}`, mỗi thẻ một dòng riêng); `{%p if tên %}` … `{%p endif %}` chỉ có khi nội dung không trống.
Đổi thứ tự, đổi chữ, đổi định dạng đều được. Thẻ lệnh `{%p … %}` đứng một mình trong đoạn. Sửa xong kiểm tra
bằng `dvctt-report template check TỆP`.

Trang này do chương trình lập từ chính các thẻ đang dùng.

| Thẻ | Nội dung | Lặp theo | Trong mỗi mục |
|---|---|---|---|
"""


def reference() -> str:
    """Write the page."""
    return _HEAD + "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for name, kind in tags_of().items():
        whole = name in PLACED
        listed = "mục" if get_args(kind) and not whole else ""
        yield f"| `{name}` | {TAGS[name]} | {listed} | {'' if whole else _entries(kind)} |"


def _entries(kind: Kind) -> str:
    told = []
    for name, inner in entries_of(kind).items():
        below = f" ({_entries(inner)})" if inner is not str and entries_of(inner) else ""
        told.append(f"`.{name}` {ENTRIES[name]}{below}")
    if not told and kind is not str and get_args(kind):
        return "một đoạn chữ"
    return "; ".join(told)


if __name__ == "__main__":
    sys.stdout.write(reference())
