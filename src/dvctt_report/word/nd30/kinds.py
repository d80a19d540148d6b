"""The kinds of administrative documents with their abbreviations, and who signs how.

Source: NĐ 30/2020/NĐ-CP, Điều 7; Phụ lục III, mục I.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from dvctt_report.text.vietnamese import key

KINDS: dict[str, str] = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ",
    "Thông cáo": "TC", "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH",
    "Phương án": "PA", "Đề án": "ĐA", "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr",
    "Hợp đồng": "HĐ", "Công điện": "CĐ", "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ", "Giấy mời": "GM", "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB",
}  # fmt: skip
LETTER = "Công văn"
"""The kind without a name of its own in the document and without an abbreviation."""
ANY_KIND = "|".join((*KINDS, LETTER))
"""The name of a kind, for the brackets of a pattern."""
ANNEX = "Phụ lục"
"""No kind of the decree: an annex in a file of its own."""

WRITTEN_OUT = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
"""The bodies that are often abbreviated, as a letterhead and a signature write them."""

BY_KEY = {key(name): name for name in KINDS}
BY_ABBREVIATION = {short: name for name, short in KINDS.items()}

ADDRESSED = frozenset({LETTER, "Tờ trình"})
"""Kinds that always say to whom they go. A report does so when it goes to a superior. Source: A1 II.9b."""

Part: TypeAlias = Literal["number", "place_date", "subject", "recipients", "signature"]

_SLIPS = (
    "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển",
    "Phiếu báo",
)  # fmt: skip
_NOT_DRAWN: dict[str, frozenset[Part]] = {"Biên bản": frozenset({"place_date"})}
_NOT_DRAWN |= dict.fromkeys(_SLIPS, frozenset({"subject"}))
_ENCLOSED: frozenset[Part] = frozenset({"number", "place_date", "recipients", "signature"})
_LONGEST_NAME = 3
NAMES_RECEIVER = frozenset({"Công điện", *_SLIPS})
"""Kinds whose own words say for whom they are, so that "Như trên" needs no "Kính gửi".

Source: A3, Mẫu 1.6, 1.7, 1.8, 1.10.
"""

OF_SEVERAL_PARTIES = frozenset({"Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận"})
"""Kinds of the decree that no form of it draws: their parties agree on the form. Source: A3 II, Mẫu 1.4."""

DECIDING = frozenset({"Quyết định", "Nghị quyết"})
"""Kinds made of articles that put other texts into force. Source: A3, Mẫu 1.1, 1.2, 1.3."""

PUT_INTO_FORCE = frozenset(
    {"Quy chế", "Quy định", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án"}
)
"""Kinds that a decision puts into force; what else it encloses is a list or a form. Source: A3, Mẫu 1.3."""


def parts_not_missed(kind: str, *, words_behind: int = 0, enclosed: bool = False) -> frozenset[Part]:
    """The parts that a document of this kind may do without.

    ``words_behind``: how many words the title has behind the kind ("BIÊN BẢN LÀM VIỆC"); a few of them say
    what a subject would. ``enclosed``: it is issued with another document, which has those parts.
    Source: A3, Mẫu 1.3, 1.8, 1.9, 1.10; papers and slips are their own subject in practice.
    """
    found = _NOT_DRAWN.get(kind, frozenset())
    if 0 < words_behind <= _LONGEST_NAME:
        found |= {"subject"}
    return found | _ENCLOSED if enclosed else found
