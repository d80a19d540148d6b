"""A deviation in a Vietnamese line, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from dvctt_report.grouping import by_key
from dvctt_report.report.beside import is_place
from dvctt_report.report.blocks import OPENING
from dvctt_report.verify.numbers import printed_value
from dvctt_report.verify.reading import CELL, CLOSING, Deviation, DeviationKind, TextPlace, shortened
from dvctt_report.verify.rewritten import EditKind, WordEdit


def format_section(section: str) -> str:
    """Name a section as a reader would: "mục II.2.c", "Phụ lục II"."""
    named = section in (OPENING, CLOSING) or is_place(section) or section.startswith(("Phụ lục", CELL))
    return section if named else f"mục {section}"


def format_place(place: TextPlace) -> str:
    """Name a place: section, table, row, column."""
    return ", ".join(filter(None, (format_section(place.section), place.where)))


def format_deviation(deviation: Deviation) -> str:
    """Say what is at variance: "văn bản ghi 77,8%; số liệu 77,9% (61.734/79.218 hồ sơ)"; not the section."""
    basis = f" ({deviation.basis})" if deviation.basis else ""
    match deviation.kind:
        case DeviationKind.DIFFERS if not deviation.found and deviation.expected.startswith("“"):
            said = f"không còn kết luận {deviation.expected}"
        case DeviationKind.DIFFERS if not deviation.found:
            said = f"danh sách bớt {deviation.expected}"
        case DeviationKind.DIFFERS if not deviation.expected:
            said = f"danh sách thêm {deviation.found}"
        case DeviationKind.DIFFERS | DeviationKind.CONTRADICTION:
            said = f"văn bản ghi {deviation.found}; {_source(deviation)} {deviation.expected}{basis}"
        case DeviationKind.MISSING if deviation.whole and basis:
            said = f"không còn {deviation.whole}{basis}: {deviation.expected}"
        case DeviationKind.MISSING:
            said = f"không còn thấy {_called(deviation)} {deviation.expected}"
        case DeviationKind.UNKNOWN if deviation.whole:
            said = f"{deviation.whole}: {deviation.found}: không đối chiếu được"
        case DeviationKind.UNKNOWN:
            said = f"{deviation.found}: không đối chiếu được"
        case DeviationKind.REWORDED:
            said = f"văn bản ghi “{deviation.found}”; bản lập ghi “{deviation.expected}”"
        case DeviationKind.SLIP:
            said = f"văn bản ghi {deviation.found}; cách viết đúng là {deviation.expected}"
        case DeviationKind.CHANGED_SINCE:
            now = f"nay là {deviation.expected}" if deviation.expected else "nay không còn"
            said = f"văn bản ghi {deviation.found}; {now} (số liệu đã thay đổi sau khi lập văn bản)"
    where = deviation.place.where
    return f"{where}: {said}" if where else said


def _source(deviation: Deviation) -> str:
    """What is held against the document: a figure, the words printed, how the target came out."""
    if deviation.judged:
        return "kết luận của mục tiêu là"
    is_number = bool(deviation.figure) and printed_value(deviation.expected) is not None
    return "số liệu" if is_number else "bản lập ghi"


def _called(deviation: Deviation) -> str:
    """What a thing that is gone is called: a name, a figure, or a sign or word ("x", "Có")."""
    if not deviation.figure:
        return "lưu ý" if deviation.expected.startswith("“") else "tên"
    return "số liệu" if any(map(str.isdigit, deviation.expected)) else "nội dung"


def format_elsewhere(deviation: Deviation) -> str:
    """Say what other places print of the same figure: "mục II.2, Bảng 1 ghi 77,9%"; "" where none does."""
    others = [(format_place(place).partition(", dòng")[0], said) for place, said in deviation.elsewhere]
    unlike = [entry for entry in dict.fromkeys(others) if entry[1] != deviation.found]
    grouped = groupby(sorted(unlike, key=lambda entry: entry[1]), key=lambda entry: entry[1])
    return "; ".join(f"{', '.join(where for where, _ in entries)} ghi {said}" for said, entries in grouped)


def format_changes(deviations: Iterable[Deviation]) -> str:
    """Say in one line which figures of a section the register gives otherwise today; "" where none."""
    pairs = "; ".join(
        f"{d.found} nay là {d.expected}" if d.expected else f"{d.found} nay không còn"
        for d in deviations
        if d.kind is DeviationKind.CHANGED_SINCE
    )
    return f"số liệu đã thay đổi sau khi lập văn bản: {pairs}" if pairs else ""


def deviation_json(deviation: Deviation) -> dict[str, Any]:
    """Lay a deviation out as ``check --format json`` gives it."""
    return {
        "kind": deviation.kind.value,
        "section": deviation.place.section,
        "where": deviation.place.where or None,
        "figure": deviation.figure or None,
        "found": deviation.found or None,
        "expected": deviation.expected or None,
        "basis": deviation.basis or None,
        "context": deviation.place.context or None,
        "elsewhere": [
            {"section": place.section, "where": place.where or None, "found": said}
            for place, said in deviation.elsewhere
        ],
        "message": f"{format_section(deviation.place.section)}: {format_deviation(deviation)}",
    }


def by_section(deviations: Iterable[Deviation]) -> dict[str, list[Deviation]]:
    """Group deviations by section, in the order in which the sections first appear."""
    return by_key((one.place.section, one) for one in deviations)


_DONE = {
    EditKind.CHANGED: "SỬA",
    EditKind.ADDED: "THÊM",
    EditKind.REMOVED: "BỚT",
    EditKind.MOVED: "CHUYỂN CHỖ",
}
_LINE = 160
"""Characters of an edited text that are shown where not all of it is asked for."""


def edit_name(edit: WordEdit) -> str:
    """What was done to the words, in a word: "SỬA", "GẠCH NGANG"."""
    return edit.unsaid.upper() or f"{_DONE[edit.kind]}{f' ({edit.why})' if edit.why else ''}"


def format_edit(edit: WordEdit, everything: bool = False) -> str:
    """Say what words were edited, before and after: "“cao nhất là” → “thấp nhất là”"; not the section."""
    was, now = (one if everything else shortened(one, _LINE) for one in (edit.was, edit.now))
    if edit.unsaid and not edit.whole:
        said = f"“{shortened(edit.before, _LINE)}” ở “{was}”"
    elif edit.whole or not (was and now):
        said = f"{edit.whole} “{now or was}”".lstrip()
    else:
        said = f"“{was}” → “{now}”"
    if edit.n_alike > 1:
        said += f"; và {edit.n_alike - 1} {'dòng' if edit.whole == 'dòng' else 'ô'} khác như vậy"
    return f"{edit.where}: {said}" if edit.where and edit.whole != "dòng" else said


def edit_json(edit: WordEdit) -> dict[str, Any]:
    """Lay an edit of words out as ``check --format json`` gives it."""
    return {
        "kind": edit.kind.value,
        "section": edit.section,
        "where": edit.where or None,
        "before": edit.before or None,
        "after": edit.after or None,
        "still_seen": edit.unsaid or None,
        "to_read": edit.to_read,
        "message": f"{format_section(edit.section)}: {edit_name(edit)}: {format_edit(edit, True)}",
    }


NOT_COMPARED = (
    "Không đối chiếu, người soát tự đọc: nội dung ảnh, định dạng khác; lời đã sửa chỉ được kê ra, "
    "không xét đúng sai."
)
"""What nothing was said of; told with every check."""
