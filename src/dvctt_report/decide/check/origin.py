"""Whether a document is an edited copy of what a manifest was rendered as; the reason where it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dvctt_report.decide.check.document import EditedDocument
from dvctt_report.decide.check.known import PrintedReport
from dvctt_report.decide.check.passages import CutDocument
from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.report.wording import lower_first
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.nd30 import BY_ABBREVIATION, LETTER

LEAST_FOUND = 0.3
"""Share of the printed sentences and rows that a file without identity must hold to be an edited copy."""
_SYMBOL = re.compile(r"số\s*:[^/\n]{0,80}/\s*(?P<kind>[A-ZĐ][\w]*)-(?P<issuer>\w+)", re.IGNORECASE)


def require_identity(document: EditedDocument, manifest: PrintedReport, named: bool) -> None:
    """Refuse a copy of another rendering; ``named``: the user has said which manifest to take."""
    if not document.identity or document.identity == manifest.id:
        return
    if named:
        remedy = (
            "Nêu tệp .json được ghi cùng văn bản ở lần lập đó, hoặc bỏ --manifest và chạy trong thư mục làm "
            "việc đã lập văn bản để chương trình tự tìm. Nếu bản lập đó không còn thì lập lại báo cáo bằng "
            "lệnh dvctt-report render rồi so hai tệp trong Word (thẻ Review, nút Compare)."
        )
    else:
        remedy = (
            "Cần tệp .json được ghi cùng văn bản ở lần lập đó: chạy trong thư mục làm việc đã lập văn bản "
            "thì không phải nêu gì, chương trình tự tìm; ở nơi khác thì nêu tệp đó bằng --manifest."
        )
    raise CannotRun(
        f"Tệp “{document.name}” là bản sửa từ lần lập có mã {document.identity[:8]}; bảng nguồn "
        f"“{manifest.path.name}” là của lần lập có mã {manifest.id[:8]} nên không dùng để đối chiếu được.",
        remedy,
    )


def require_likeness(
    document: EditedDocument, manifest: PrintedReport, printed: CutDocument, edited: CutDocument
) -> None:
    """Refuse a file without identity that bears another symbol, or holds too little of what was printed."""
    if document.identity:
        return
    there, own = _symbol(document.blocks), _symbol(one.block for one in manifest.printed)
    wanted = {one.key for one in printed.passages}
    n_found = len(wanted & {one.key for one in edited.passages})
    if (not there or not own or there == own) and n_found >= LEAST_FOUND * len(wanted):
        return
    looks = f" là {_kind_of(there)} (ký hiệu {there})," if there else ""
    ours = f" (ký hiệu {own})" if own else ""
    raise CannotRun(
        f"Tệp “{document.name}”{looks} không mang mã của lần lập nào, chỉ có {n_found}/{len(wanted)} câu, "
        f"dòng của “{manifest.report}”{ours}: không phải là bản sửa của văn bản này.",
        "Chỉ đối chiếu được văn bản do chương trình lập (báo cáo, Tờ trình, công văn, tóm tắt trình ký …), "
        "kể cả khi đã sửa: kiểm tra lại tên tệp; của năm khác thì thêm --year, của bản lập khác thì nêu tệp "
        ".json ghi cùng văn bản đó bằng --manifest. Văn bản khác thì chỉ kiểm tra được thể thức: "
        "dvctt-report lint TỆP",
    )


def _kind_of(symbol: str) -> str:
    """The kind of document that a symbol names: "QĐ-UBND"; a letter's begins with its office."""
    return lower_first(BY_ABBREVIATION.get(symbol.partition("-")[0], LETTER))


def _symbol(blocks: Iterable[TextBlock]) -> str:
    """The kind and the issuer in the number of a document: "BC-SKHCN"; "" where it has none."""
    opening = (block for block in blocks if block.section == OPENING)
    found = (_SYMBOL.search(text) for block in opening for text in block.cells)
    return next((f"{one['kind']}-{one['issuer']}" for one in found if one), "")
