"""The kinds of administrative documents with their abbreviations, and who signs how.

Source: NĐ 30/2020/NĐ-CP, Điều 7; Phụ lục III, mục I.
"""

from __future__ import annotations

from dvctt_report.vietnamese import key

KINDS: dict[str, str] = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}
LETTER = "Công văn"
"""The kind without a name of its own in the document and without an abbreviation."""

BY_KEY = {key(name): name for name in KINDS}
BY_ABBREVIATION = {short: name for name, short in KINDS.items()}

ADDRESSED = frozenset({LETTER, "Tờ trình"})
"""Kinds that always say to whom they go. A report does so when it goes to a superior. Source: A1 II.9b."""
