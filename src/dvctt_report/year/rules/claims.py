"""May what the unit says be taken as it stands: no figure, not concerned, "Có" without proof, a free text?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.forms.form import format_sheet
from dvctt_report.model import Observation, State
from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.fields import YES, fields
from dvctt_report.plan.model import Channel, Funding, Target, Unit
from dvctt_report.text.personal import kinds_in
from dvctt_report.text.vietnamese import format_money, key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import (
    asked,
    at,
    cells,
    effective_returns,
    format_cells,
    has_state,
    is_asked_as,
    is_blank,
    raw,
    rows,
    sources,
)
from dvctt_report.year.rules.completeness import MANY, column_is_gone
from dvctt_report.year.rules.rule import RuleFault, about, contradicted, limit_of, rule


@rule("SL05")
def reason_missing(dataset: Dataset) -> Iterator[RuleFault]:
    """Report target rows that are "chưa có số liệu" without a note, of many on one sheet all together.

    Of "không áp dụng" the rows of communes alone: SL06 asks for the others' reason.
    """
    silent: dict[tuple[str, str], list[RuleFault]] = {}
    for unit, target, part, answers, note in _target_rows(dataset):
        stated = next((o for o in answers if has_state(o, State.NOT_AVAILABLE, State.NOT_APPLICABLE)), None)
        if stated is None or not is_blank(note) or (stated.state is State.NOT_APPLICABLE and not part):
            continue
        if note is None and column_is_gone(dataset, unit, target, "note"):
            continue
        word = "Không áp dụng" if stated.state is State.NOT_APPLICABLE else "Chưa có số liệu"
        message = f"chọn “{word}” nhưng chưa ghi lý do"
        there = ""
        if not part:  # the sheet on which the row's state was chosen, where its figure is summed from there
            cells_of_row = (s for name in ("total", "done") for s in sources(dataset, unit, target, name))
            chosen = [s.at for s in cells_of_row if s is not None and s.state is stated.state]
            total = at(dataset.observation(unit.code, target.code, "total"))
            here = total.sheet if total else ""
            there = next((format_sheet(ref.sheet) for ref in chosen if ref and ref.sheet != here), "")
        if there:
            message = f"số lấy từ {there}, ở đó {message}"
        where = at(note) or stated.at
        no_column = f" ({there} không có cột ghi lý do)" if there else ""
        fix = f"Ghi lý do vào {format_cells(note, otherwise='cột Ghi chú')}{no_column}."
        message = f"{part}: {message}" if part else message
        fault = RuleFault(message, fix, unit.code, target.code, "note", where, related=cells(stated))
        silent.setdefault((unit.code, where.sheet if where else ""), []).append(fault)
    order = {unit.code: n for n, unit in enumerate(dataset.units)}
    for faults in sorted(silent.values(), key=lambda faults: order[faults[0].unit]):
        if len(faults) < MANY:
            yield from faults
            continue
        message = f"{len(faults)} dòng chọn “Chưa có số liệu” hoặc “Không áp dụng” nhưng chưa ghi lý do"
        fix, related = "Ghi lý do ở cột Ghi chú của từng dòng.", tuple(f.at for f in faults[1:] if f.at)
        yield RuleFault(message, fix, faults[0].unit, at=faults[0].at, related=related)


@rule("SL06")
def not_applicable_claimed(dataset: Dataset) -> Iterator[RuleFault]:
    """Ask the officer about targets that a unit says don't concern it."""
    for unit, target, stated, note in _claimed(dataset, State.NOT_APPLICABLE):
        reason = f" và ghi lý do vào {format_cells(note, otherwise='cột Ghi chú')}" if is_blank(note) else ""
        message = "chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ quan tổng hợp xem xét"
        fix = f"Giữ nguyên nếu đúng{reason}; nếu không, điền số liệu."
        yield RuleFault(message, fix, unit.code, target.code, at=stated.at, value=stated.raw)


@rule("SL07")
def not_asked(dataset: Dataset) -> Iterator[RuleFault]:
    """Report, once an item, figures for items that the unit is not asked."""
    items = dataset.profile.plan.items_by_code
    for unit, received in effective_returns(dataset):
        known = {item.code for item in dataset.profile.asked(unit)}
        for answer in received.observations:
            given = answer.state is State.GIVEN and answer.value is not False
            if given and answer.item in items and answer.item not in known:
                known.add(answer.item)
                yield about(
                    answer,
                    f"“{items[answer.item].label}” không thuộc phạm vi báo cáo của đơn vị; số liệu không đưa "
                    "vào tổng hợp",
                    "Xóa số liệu hoặc trao đổi với cơ quan tổng hợp.",
                )


@rule("SL09")
def withheld_without_right(dataset: Dataset) -> Iterator[RuleFault]:
    """Report targets withheld by a unit whose group may not withhold."""
    for unit, target, stated, _ in _claimed(dataset, State.WITHHELD):
        if not dataset.profile.may_withhold(unit, target):
            message = "chọn “Không cung cấp” nhưng đơn vị không thuộc diện được chọn"
            fix = "Điền số liệu hoặc trao đổi với cơ quan tổng hợp."
            yield RuleFault(message, fix, unit.code, target.code, at=stated.at, value=stated.raw)


def _claimed(
    dataset: Dataset, state: State
) -> Iterator[tuple[Unit, Target, Observation, Observation | None]]:
    """Yield unit, target, the answer in that state and the note, of the units' own rows."""
    for unit, target, part, answers, note in _target_rows(dataset):
        stated = next((o for o in answers if has_state(o, state)), None)
        if stated is not None and not part:
            yield unit, target, stated, note


@rule("BC01")
def evidence_missing(dataset: Dataset) -> Iterator[RuleFault]:
    """Report a "Có" without link or document, and that of a milestone without its day."""
    for unit, item, yes, evidence in said_yes(dataset):
        lacking = []
        day = dataset.observation(unit.code, item.code, "done_on")
        if item.measure == "milestone" and is_blank(day):
            where = format_cells(day, otherwise="cột Ngày hoàn thành")
            fix = f"Ghi ngày hoàn thành vào {where}."
            lacking.append(("done_on", day, "ngày hoàn thành nên chưa tính được", fix))
        if is_blank(evidence) and not (evidence is None and column_is_gone(dataset, unit, item, "evidence")):
            where = format_cells(evidence, otherwise="cột Đường dẫn hoặc số văn bản")
            fix = f"Ghi đường dẫn hoặc số, ngày văn bản vào {where}."
            lacking.append(("evidence", evidence, "đường dẫn hoặc số văn bản", fix))
        for field, empty, what, fix in lacking:
            message, where_to = f"trả lời “{YES}” nhưng chưa ghi {what}", at(empty) or yes.at
            yield RuleFault(message, fix, unit.code, item.code, field, where_to, related=cells(yes))


def _target_rows(
    dataset: Dataset,
) -> Iterator[tuple[Unit, Target, str, tuple[Observation | None, ...], Observation | None]]:
    """Yield unit, target, commune, the answers that count and the note, of ratio and yes/no targets."""
    for row in rows(dataset):
        yield row.unit, row.target, row.part, (row.total, row.done), row.note
    for unit, item in asked(dataset, Target):
        if is_asked_as(item, "answer"):
            answer, note = (dataset.observation(unit.code, item.code, f) for f in ("answer", "note"))
            yield unit, item, "", (answer,), note


# ------------------------------------ Can the link or document that stands behind a "Có" be looked up?

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[^\s/?#@]+@)?([^\s/?#:@]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[a-z]{2,}", re.IGNORECASE)
_BROKEN = re.compile(r"\bh?t+ps?[:;]?/?(?=[a-z])|\bh?t+ps?(?:[;/]|:(?!//))|\bttps?:", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b[a-z]:[\\/](?!/)|\bfile:|//(?:localhost\b|(?:192\.168|10\.\d+|127\.\d+)\.\d)", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d[\w-]{0,9}/|\b(?:số|ngày):? ?\d", re.IGNORECASE)
"""Number and symbol of a document, or its day: "12/KH-UBND", "45-KH/TU", "số 12", "ngày 2 tháng 4"."""
_BEHIND = ".,;:)]”\"'"
"""What may stand behind an address in a sentence."""


def first_link(text: str) -> str:
    """Return the first web address in ``text`` without the punctuation behind it, "" where there is none."""
    found = _LINK.search(text)
    return found[0].rstrip(_BEHIND) if found else ""


def said_yes(dataset: Dataset) -> Iterator[tuple[Unit, Target, Observation, Observation | None]]:
    """Yield each unit and question that it answers "Có", with the answer and the evidence for it."""
    for unit, item in asked(dataset, Target):
        answer = dataset.observation(unit.code, item.code, "answer") if is_asked_as(item, "answer") else None
        if answer is not None and answer.value == YES:
            yield unit, item, answer, dataset.observation(unit.code, item.code, "evidence")


@rule("BC02")
def evidence_not_traceable(dataset: Dataset) -> Iterator[RuleFault]:
    """Report evidence under a "Có" that is a broken or local address, or words that name nothing."""
    for _, item, _, evidence in said_yes(dataset):
        said, why = raw(evidence).strip(), ""
        if is_blank(evidence):
            continue
        if _LOCAL.search(said):
            why = "là địa chỉ trên máy tính hoặc mạng nội bộ, nơi khác không mở được"
        elif (link := first_link(said)) or _BROKEN.search(said):
            why = "" if link and _is_host(link) else "có đường dẫn gõ chưa đúng"
        elif not (
            "ghi tên" in key(item.question) or _NUMBERED.search(said) or any(map(_is_host, said.split()))
        ):
            why = "không phải là đường dẫn hay số văn bản"  # nor a name, where the question asks for one
        if why:
            where = format_cells(evidence, otherwise="cột Đường dẫn hoặc số văn bản")
            fault = about(
                evidence,
                f"minh chứng “{said}” {why}",
                f"Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào {where}.",
            )
            yield replace(fault, value=said)


def _is_host(word: str) -> bool:
    """Whether a word is an address that any computer finds: "https://mau.vn/tin", "facebook.com/xa-a"."""
    host = _HOST.fullmatch(word.rstrip(_BEHIND))
    return host is not None and _DOMAIN.fullmatch(host[1]) is not None


# ------------ May a free text be printed: is it a text at all, and does it name a private person's data?

_MARKS = re.compile(r"[\s.…_*\-–—]+")
_DOTS = re.compile(r"[.…_*]{2}")
_SPACES = re.compile(r"[\s…]+")
_LEFT_OPEN = re.compile(r"\[\s*(?:…|\.{2,})\s*\]|\bx{2,}\b|lorem ipsum", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_TO_FILL_IN = ("…", "điền", "nhập", "ghi")
_FILLERS = frozenset(
    key(words)
    for words in ("abc", "aaa", "test", "thử", "xyz", "asdf", "123", "ghi rõ", "(ghi rõ)", "điền vào đây")
)


@rule("VB01")
def placeholder_left(dataset: Dataset) -> Iterator[RuleFault]:
    """Report free texts that are nothing but dots, or hold a gap still to be filled."""
    for answer in _free_texts(dataset):
        text = str(answer.value)
        angles = (match[1].lower() for match in _IN_ANGLES.finditer(text))
        if (
            _SPACES.fullmatch(text)
            or (_MARKS.fullmatch(text) and _DOTS.search(text))
            or _LEFT_OPEN.search(text)
            or any(word in inner for inner in angles for word in _TO_FILL_IN)
            or key(text) in _FILLERS
        ):
            shown = text if len(text) <= 60 else f"{text[:60]}…"
            fix = f"Ghi nội dung hoặc để trống {format_cells(answer, otherwise='ô này')}."
            yield replace(about(answer, f"“{shown}” còn chữ giữ chỗ", fix), value=shown)


@rule("VB02")
def personal_data(dataset: Dataset) -> Iterator[RuleFault]:
    """Report free texts with twelve digits like those of an identity card, or a mobile telephone number."""
    for answer in _free_texts(dataset):
        if names := kinds_in(str(answer.value)):
            message = f"nội dung có số giống {' và '.join(names)} của cá nhân"
            fix = f"Xóa số này khỏi {format_cells(answer, otherwise='ô này')} rồi gửi lại."
            yield replace(about(answer, message, fix), value="")


def _free_texts(dataset: Dataset) -> Iterator[Observation]:
    """Yield every text that units wrote of their own, about whatever item of the plan."""
    texts = {(i.code, f.code) for i in dataset.profile.plan.items for f in fields(i) if f.kind == "text"}
    for _, found in effective_returns(dataset):
        for observation in found.observations:
            if observation.state is State.GIVEN and (observation.item, observation.field) in texts:
                yield observation


# ----------- Can the sums of money be right: their unit, the budget they come from, what was done with them?

PLANNED, SPENT = "planned", "spent"
"""The fields of an item of funding that hold the budget given and the money spent."""


@rule("KP01")
def money_without_activities(dataset: Dataset) -> Iterator[RuleFault]:
    """Report money spent where every activity answered has 0; blank ones tell nothing."""
    for unit, _ in effective_returns(dataset):
        answers = [
            dataset.observation(unit.code, item.code, measure.code)
            for item in dataset.profile.asked(unit)
            if isinstance(item, Channel)
            for measure in item.measures
            if measure.kind == "count"
        ]
        said = [o for o in answers if not is_blank(o)]
        if not said or any(amount(o) != 0 for o in said):
            continue
        activity = dataset.profile.plan.activity
        nothing = "0" if all(whole(o) == 0 for o in said) else "0 hoặc không phát sinh"
        for item in dataset.profile.asked(unit):
            spent = dataset.observation(unit.code, item.code, SPENT) if isinstance(item, Funding) else None
            if amount(spent):
                where = format_cells(spent, otherwise="số tiền")
                yield contradicted(
                    spent,
                    f"đã chi {format_money(amount(spent) or 0)} nhưng mọi hình thức {activity} đều ghi "
                    f"{nothing}",
                    f"Bổ sung hoạt động đã thực hiện hoặc kiểm tra lại {where}.",
                )


@rule("KP02")
def spent_exceeds_planned(dataset: Dataset) -> Iterator[RuleFault]:
    """Report items of which more was spent than budgeted."""
    for unit, item in asked(dataset, Funding):
        planned, spent = (dataset.observation(unit.code, item.code, f) for f in (PLANNED, SPENT))
        given, used = whole(planned), whole(spent)
        if given is not None and used is not None and used > given:
            more = f"({format_money(used)}) lớn hơn dự toán được giao ({format_money(given)})"
            fix = f"Kiểm tra lại {format_cells(spent, planned, otherwise='hai số này')}."
            yield contradicted(spent, f"kinh phí đã thực hiện {more}", fix, planned)


@rule("KP03")
def money_too_small(dataset: Dataset) -> Iterator[RuleFault]:
    """Report, once an item, sums above 0 and below the limit; of several the whole item is not used."""
    least = limit_of("KP03")
    for unit, item in asked(dataset, Funding):
        sums = (dataset.observation(unit.code, item.code, m.code) for m in item.measures if m.kind == "money")
        small = [(o, n) for o in sums if (n := whole(o)) and n < least]
        if small:
            found = [o for o, _ in small]
            fault = contradicted(
                found[0],
                f"ghi {', '.join(format_money(n) for _, n in small)}, quá nhỏ đối với một khoản kinh phí: "
                "có thể đã ghi bằng triệu đồng hoặc nghìn đồng",
                f"Ghi đủ số đồng vào {format_cells(*found, joined_by=', ', otherwise='các ô này')}.",
                *found[1:],
            )
            yield fault if len(small) == 1 else replace(fault, field="")
