"""Whether a document is an edited copy of what a manifest was rendered as; the reason where it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dvctt_report.errors import CannotRun
from dvctt_report.nd30.kinds import BY_ABBREVIATION, LETTER
from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.report.wording import lower_first
from dvctt_report.verify.document import EditedDocument
from dvctt_report.verify.known import PrintedReport
from dvctt_report.verify.reading import DeviationKind, FactsFound

LEAST_FOUND = 0.3
"""Share of the printed figures that a file without identity must hold to be taken for an edited copy."""
LEAST_KNOWN = 0.5
"""Share of its own figures that such a file must have from the manifest."""

_CHECKED = ("BC", "TTr")
"""The kinds whose documents are all of this program: one that differs is of another office or text."""
_ONLY_LINT = (
    "Chỉ đối chiếu được văn bản do chương trình lập (báo cáo, Tờ trình, công văn, tóm tắt trình ký …), kể cả "
    "khi đã sửa. Văn bản khác thì chỉ kiểm tra được thể thức: dvctt-report lint TỆP"
)

_SYMBOL = re.compile(r"số\s*:[^/\n]{0,80}/\s*(?P<kind>[A-ZĐ][\w]*)-(?P<issuer>\w+)", re.IGNORECASE)
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_OF_DAY = re.compile(r"\bngày\b", re.IGNORECASE)


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


def require_head(document: EditedDocument, manifest: PrintedReport) -> None:
    """Refuse a file without identity whose head says that it is of another year or another text."""
    if document.identity:
        return
    years = _title_years(document.blocks)
    if years and manifest.period.year not in years:
        year = max(years)
        raise CannotRun(
            f"Tiêu đề của tệp “{document.name}” ghi năm {year}; bảng nguồn “{manifest.path.name}” là của năm "
            f"{manifest.period.year} nên không dùng để đối chiếu được.",
            f"Nếu là văn bản của năm {year}: thêm --year {year}, hoặc nêu tệp .json ghi cùng văn bản đó bằng "
            f"--manifest. Nếu là văn bản của năm {manifest.period.year}: sửa năm ở tiêu đề rồi chạy lại.",
        )
    there, printed = _symbol(document.blocks), _symbol(one.block for one in manifest.printed)
    if there and printed and there != printed:
        if there.partition("-")[0] not in _CHECKED:
            raise CannotRun(
                f"Tệp “{document.name}” là {_kind_of(there)} (ký hiệu {there}), không phải văn bản nào do "
                "chương trình lập trong kỳ này.",
                _ONLY_LINT,
            )
        raise CannotRun(
            f"Tệp “{document.name}” mang ký hiệu {there}; bảng nguồn “{manifest.path.name}” là của văn bản "
            f"ký hiệu {printed}: hai văn bản khác nhau.",
            _REMEDY,
        )


def require_figures(document: EditedDocument, manifest: PrintedReport, reading: FactsFound) -> None:
    """Refuse a file without identity that holds too few of the printed figures, or too many others."""
    if document.identity:
        return
    n_found = sum(bool(match.id) for match in reading.matches)
    n_printed = n_found + reading.count(DeviationKind.MISSING, figures=True)
    n_there = n_found + reading.count(DeviationKind.UNKNOWN)
    if n_found < LEAST_FOUND * n_printed:
        raise _unlike(document, f"chỉ thấy trong đó {n_found}/{n_printed} số liệu của “{manifest.report}”")
    if n_found < LEAST_KNOWN * n_there:
        n_others = n_there - n_found
        raise _unlike(document, f"có {n_others} chỗ ghi số không có trong “{manifest.report}”")


_REMEDY = (
    "Nêu tệp .json được ghi cùng văn bản đó bằng --manifest, hoặc chạy trong thư mục làm việc mà không nêu "
    "gì để chương trình tự tìm; kiểm tra lại cả tên tệp Word."
)


def _unlike(document: EditedDocument, why: str) -> CannotRun:
    """Say why a file without identity can't be checked, and what can be done with it instead."""
    symbol = _symbol(document.blocks)
    looks = f" là {_kind_of(symbol)} (ký hiệu {symbol})," if symbol else ""
    return CannotRun(
        f"Tệp “{document.name}”{looks} không mang mã của lần lập nào, và {why}: không phải là bản sửa của "
        "văn bản này.",
        f"{_ONLY_LINT}. Kiểm tra lại tên tệp, cả tệp nêu ở --manifest.",
    )


def _kind_of(symbol: str) -> str:
    """The kind of document that a symbol names: "QĐ-UBND"; a letter's begins with its office."""
    return lower_first(BY_ABBREVIATION.get(symbol.partition("-")[0], LETTER))


def _symbol(blocks: Iterable[TextBlock]) -> str:
    """The kind and the issuer in the number of a document: "BC-SKHCN"; "" where it has none."""
    opening = (block for block in blocks if block.section == OPENING)
    found = (_SYMBOL.search(text) for block in opening for text in block.cells)
    return next((f"{one['kind']}-{one['issuer']}" for one in found if one), "")


def _title_years(blocks: Iterable[TextBlock]) -> frozenset[int]:
    """The years that the title of a document speaks of: those of the first paragraph that names one."""
    for block in blocks:
        if block.section != OPENING:
            break
        years = _YEAR.findall(block.text) if block.table is None and not _OF_DAY.search(block.text) else []
        if years:
            return frozenset(map(int, years))
    return frozenset()
