"""The answer to what was asked about: its account, and what a figure is called in a list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dvctt_report.explain.account import (
    FIGURE,
    Account,
    account_of,
    explain_figure,
    explain_target,
    explain_unit,
)
from dvctt_report.explain.manifest import Manifest
from dvctt_report.explain.named import explain_name
from dvctt_report.explain.subject import Subject
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_date, join_names

WHOLE, NOTE = "Trên tổng số", "Lưu ý"
"""What is said of the second number of a fraction, and of a figure that is printed otherwise."""


_ALONE = "không chỗ nào in số này với đúng các chữ đã chép; đây là con số duy nhất được in như vậy"
_ANOTHER = "nơi in ghi “{}”, số liệu dưới đây nay đã khác: văn bản đó lập trước khi số liệu thay đổi"
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
_COUNT = re.compile(r"0?(\d[\d.]*)")
"""A count as it is printed: of a rate, other digits may be printed than are told."""
_HUNDREDTHS = re.compile(r"\d+,\d\d%?")


def explain_subject(manifest: Manifest, subject: Subject, unit: str) -> Account:
    """Account for what was asked about; ``unit`` "": for all units. Raises CannotRun for one not asked."""
    account = _of_fraction(manifest, _account(manifest, subject, unit), subject)
    said = [_ALONE] if subject.by_number else []
    # Whether the paper that was pasted from prints a number that the figures of this account don't give
    printed = _COUNT.fullmatch(subject.texts[0]) if subject.texts else None
    counted = any(line.startswith(("Đếm được", "Cộng số của")) for line in account.formula)
    if printed is not None and (counted or subject.role in ("numerator", "denominator")):
        told = [number.replace(".", "") for line in account.formula for number in _NUMBER.findall(line)]
        if told and printed[1].replace(".", "") not in told:
            said.append(_ANOTHER.format(subject.texts[0]))
    text = next((text for text in subject.texts if _HUNDREDTHS.fullmatch(text)), "")
    is_rate = subject.kind == "target" or subject.role == "percent"
    if text and is_rate and not any(text in line for line in account.formula):
        line = f"Với hai chữ số sau dấu phẩy, như bảng in: {text.rstrip('%')}%."
        account = replace(account, formula=(*account.formula, line))
    return replace(account, meaning=(*((NOTE, text) for text in said), *account.meaning))


def _account(manifest: Manifest, subject: Subject, unit: str) -> Account:
    match subject.kind:
        case "target":
            asked = {c["unit"] for c in manifest.contributions.get(subject.code, ())}
            if unit and unit not in asked:
                raise CannotRun(
                    f"{manifest.unit_name(unit)} không được hỏi chỉ tiêu {subject.code}.",
                    f"Các đơn vị được hỏi: {', '.join(c for c in manifest.units if c in asked)}.",
                )
            return explain_target(manifest, subject.code, unit)
        case "figure":
            of_several = not unit and subject.code.startswith("tasks.")
            of_tasks = explain_name(manifest, subject.code) if of_several else None
            return of_tasks or explain_figure(manifest, subject.code, unit)
        case "unit":
            return explain_unit(manifest, subject.code)
        case "printed":
            account = explain_name(manifest, subject.code, subject.row)
            if account is None:
                raise CannotRun(
                    f"Bảng nguồn số liệu này không đủ để giải trình “{subject.code}”.",
                    "Lập lại báo cáo rồi hỏi lại, hoặc hỏi chỉ tiêu, đơn vị nêu trong câu.",
                )
            return account
        case "words":
            return replace(_of_words(manifest, subject), code=subject.code)


def _of_fraction(manifest: Manifest, part: Account, subject: Subject) -> Account:
    """A count with that of which it is a part: "78/82" is told by both, and by what lies between them."""
    is_told = subject.kind == "target" or part.verdict or part.left_out  # of a target both numbers are
    whole = explain_name(manifest, subject.whole, subject.row) if subject.whole and not is_told else None
    if whole is None:
        return part
    counted = {unit.code for unit in part.counted}
    return replace(
        part,
        meaning=(*part.meaning, *((WHOLE, text) for label, text in whole.meaning if label == FIGURE)),
        formula=(*part.formula, *(f"Tổng số: {line}" for line in whole.formula)),
        left_out=tuple(unit for unit in whole.counted if unit.code not in counted),
        titles=(part.titles[0], "Còn lại của tổng số"),
    )


def _of_words(manifest: Manifest, subject: Subject) -> Account:
    """Say of a day or a number of a text that nothing was counted, and what it is where that is known."""
    plan = manifest.data["plan"]
    known = {
        _printed_day(plan["first_day"]): "ngày đầu của kỳ số liệu theo Kế hoạch",
        _printed_day(plan["cut_off"]): "ngày chốt số liệu theo Kế hoạch",
        plan["document"]: "số, ngày của Kế hoạch",
        _printed_day(manifest.data["as_of"]): "ngày lập văn bản",
    }
    numbers = set(_DAY.findall(subject.code))
    said = [what for text, what in known.items() if numbers & set(_DAY.findall(text))]
    if subject.row and not said:  # it may follow from other cells all the same
        what = "ô của bảng không mang tên con số: tính từ ô khác cùng dòng, hoặc chép từ tệp của đơn vị"
        return account_of("Ô chưa có giải trình riêng", what, (), ("Hỏi con số khác của dòng này.",))
    what = join_names(said) or "chữ của văn bản: mẫu, Kế hoạch, thông tin cơ quan hoặc lời người soạn"
    how = ("Không cộng, không tính từ số liệu của đơn vị.",)
    return account_of("Không phải số liệu tổng hợp", what, (), how)


_DAY = re.compile(r"\d[\w./-]*")


def _printed_day(day: str) -> str:
    return format_date(date.fromisoformat(day[:10]))


def called(manifest: Manifest, subject: Subject) -> str:
    """What a figure is called: whose it is, of which target, what it counts; else its code."""
    try:
        account = explain_subject(manifest, subject, "")
    except CannotRun:
        return subject.code
    what = next((text for label, text in account.meaning if label == FIGURE), "")
    if subject.kind == "target":  # two may have one name, and the same figures, for different years
        what = account.verdict.rstrip(".")
    parts = [] if ".communes." in subject.code else subject.code.split(".")
    unit = next((manifest.unit_name(part) for part in parts if part in manifest.units), "")
    return ", ".join(dict.fromkeys(filter(None, (unit, account.name, what))))
