"""Turn a located form into what its unit says: observations, the submission, and findings about cells.

The story: every answer cell is read as its field's kind; what stands twice is not used; then ``sheets``
lets the cells of a row speak for each other. The lines of lists are read last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from dvctt_report.files.cells import CellKind
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import sums_of
from dvctt_report.forms.layout import control_code
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import NOTHING, STATE_NAMES, Reading, quote, read_words
from dvctt_report.intake.sheets import (
    AnswersRead,
    add_up,
    apply_statuses,
    clear_rates,
    context_of,
    finding_about,
    read_in_context,
)
from dvctt_report.intake.tables import ADDED
from dvctt_report.intake.whose import signed_by
from dvctt_report.model import CellRef, Finding, Key, Observation, State, Submission
from dvctt_report.model.codes import finding
from dvctt_report.plan.model import Item, Listing, Task, Unit, Words
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import even_tones, format_date, join_names, key, sign_of, unaccented


def read_answers(
    located: Located, unit: str, items: Mapping[str, Item], words: Words, contested: Iterable[Key] = ()
) -> AnswersRead:
    """Read every located cell of ``unit``'s return.

    ``contested`` are the answers beside which something else is printed than the form asks.
    """
    sheets = AnswersRead(unit, items, words, sums_of(located.places, items))
    sheets.context = context_of(located.places, items)
    cover: dict[str, Reading] = {}
    sheets.statuses = {
        (name.item, name.part): place
        for name, place in located.places.items()
        if name.field == "status" and name.item != COVER and not isinstance(items[name.item], Task)
    }
    for name, place in located.places.items():
        if name.item == COVER:
            spec, kind = COVER_SPECS[name.field], place.cell.kind if place.cell else CellKind.BLANK
            reading = read_in_context(name, place.cell, spec, words, sheets.context)
            is_typed = kind in (CellKind.TEXT, CellKind.NUMBER)
            asked = spec.kind == "date" or (reading.problem is not None and is_typed)
            if asked and (question := finding_about(sheets, name, place, reading)) is not None:
                sheets.findings.append(question)
            # Nine digits are left of a telephone number's ten where it was typed as a number.
            lost_its_zero = kind is CellKind.NUMBER and len(reading.raw) == 9 and reading.raw.isdecimal()
            if name.field == "phone" and reading.reading == "" and lost_its_zero:
                told = "Excel bỏ số 0 ở đầu của số điện thoại gõ như con số"
                reading = replace(reading, value=f"0{reading.raw}", reading=told)
            cover[name.field] = reading
        elif name.field != "status" or (name.item, name.part) not in sheets.statuses:
            _read_answer(sheets, name, place)
    # What stands twice with different content, across several cells, or under another label is no answer;
    # a sum is taken from its cells anyway, the state chosen for a row goes with its label.
    unclear = {name for name, _ in located.doubled} | {name for _, keys, _ in located.shared for name in keys}
    for name in dict.fromkeys((*unclear, *contested)):
        if name.field == "status":
            sheets.statuses.pop((name.item, name.part), None)
        answer = sheets.observations.get(name)
        is_said = answer is not None and (answer.state is not State.BLANK or name in unclear)
        if answer is not None and is_said and name not in sheets.sums:
            sheets.observations[name] = replace(answer, value=None, state=State.UNREADABLE)
    cells = tuple((name, located.places[Key(COVER, name)].at) for name in cover)
    readings = tuple(
        Observation(unit, COVER, name, r.value, r.state, r.raw, r.reading, at)
        for (name, at), r in zip(cells, cover.values(), strict=True)
        if r.reading
    )
    texts = defaultdict(str, {name: str(r.value) for name, r in cover.items() if r.state is State.GIVEN})
    sent, code = cover.get("sent_on", NOTHING).value, texts["control_code"]
    code = code.zfill(4) if code.isdecimal() and code != "0" else code
    sheets.submission = Submission(
        document_number=masked(texts["document_number"]),
        sent_on=sent if isinstance(sent, date) else None,
        contact=texts["contact"],
        phone=texts["phone"],
        email=texts["email"],
        control_code="" if code == "0" else code,  # which LibreOffice 25 makes of a text in .xls
        computed_code="" if located.weighted_sum is None else control_code(located.weighted_sum),
        readings=readings,
        signer=texts["signer"],
        cells=cells,
    )
    plain = {name.item for name in sheets.observations} - {name.item for name in sheets.sums}
    apply_statuses(sheets, plain)
    add_up(sheets)
    apply_statuses(sheets, {name.item for name in sheets.sums})
    clear_rates(sheets)
    read_lists(sheets)
    return sheets


def _read_answer(sheets: AnswersRead, key: Key, place: Place) -> None:
    cell, spec = place.cell, sheets.context.specs.get(key)
    if spec is None:
        return
    if cell is not None and cell.formula:
        sheets.computed.add(key)
    # A cell that shows the form's own formula is derived again from what it stands on; but a rate that is a
    # number may have been typed. LibreOffice 24 saves an empty result as 0 in .xls, which shows no formulas.
    item, is_derived = sheets.items[key.item], False
    if cell is not None and isinstance(item, Task):
        zero = cell.kind is CellKind.NUMBER and cell.value == Decimal(0)
        is_derived = bool(cell.formula) or (zero and bool(item.derived_from) and spec.code == "status")
    elif cell is not None and spec.kind == "percent":
        is_derived = cell.raw == "#DIV/0!" or (bool(cell.formula) and cell.kind is not CellKind.NUMBER)
    reading = NOTHING if is_derived else read_in_context(key, cell, spec, sheets.words, sheets.context)
    if key.field == "evidence" and reading.raw and cell is not None and read_words(cell, sheets.words):
        how = f"ghi {quote(reading.raw)}, hiểu là không có minh chứng"
        reading = Reading(None, State.BLANK, reading.raw, how)
    is_uncalculated = cell is not None and not cell.has_cached
    raw = "" if key in sheets.sums and is_uncalculated else reading.raw
    told = (reading.value, reading.state, raw, reading.reading)
    sheets.observations[key] = Observation(sheets.unit, key.item, key.field, *told, place.at, key.part)
    said = finding_about(sheets, key, place, reading)
    if said is not None and key in sheets.sums:
        sheets.doubts[key] = said  # counts only where the cells it is the sum of give none
    elif said is not None:
        sheets.findings.append(said)


# ---------- The lines of a list are answers: a word for none is no document, a repetition is not another one


@cache  # compiled when first searched: a command that reads no form starts without them
def _cue(pattern: str, *, is_plain: bool) -> re.Pattern[str]:
    """A pattern of words as it is searched in texts with their marks, or in those typed without any."""
    return re.compile(rf"(?<!\w)(?:{unaccented(pattern) if is_plain else even_tones(pattern)})(?!\w)")


def _cue_in(text: str, pattern: str, *, at_start: bool = False) -> re.Match[str] | None:
    said = key(text)
    cue = _cue(pattern, is_plain=said.isascii())
    return cue.match(said) if at_start else cue.search(said)


_NONE = re.compile(r"\b(?:không|ko|khong|chưa|chua)\b|^[-–—.x]+$")
"""What stands for the number of a document where there is none: "Không có", "Đơn vị chưa ban hành"."""
_BARE_NONE = re.compile(r"(?:không|ko|khong|chưa|chua)(?: có| co| phát sinh| phat sinh)?|[-–—.]+")
"""The same in any other list, whose lines may be of words: "Một cửa không giấy tờ" is one."""
_NUMBER = re.compile(r"[^0-9]{0,30}[0-9][^\s/]*+\s*+/\s*\S")
"""How the number of a document begins, its kind before it perhaps: "12/KH-SYT", "Kế hoạch số 12/KH-SYT"."""
_SIGN = re.compile(r"(?<![^\s;,:()])[0-9]++[0-9a-z]*+\s*+/\s*+(?=[^\s;,()]*[^\W\d_])[^\s;,()]++")
"""A number with its sign, as often as they stand in a line."""
_SEVERAL = re.compile(r"\b[0-9]++\s*+(?:,|;|\+|&|và|va)\s*+[0-9]++[0-9a-z]*+\s*+/")
"""Two numbers before one sign: "15, 16/KH-SYT"."""
_NOT_IN_FORCE = (
    r"(?:đã |bị )?(?:thu hồi|hủy(?: bỏ)?|bãi bỏ|hết hiệu lực)|(?:bản |đang )?dự thảo|(?:bản )?nháp"
    r"|chưa (?:ký|ban hành|phát hành)|dự kiến"
)
_IN_SUBJECT = rf"\((?:văn bản )?(?:{_NOT_IN_FORCE})[^)]*\)"
"""What a subject is about may itself be a draft: only a remark in brackets is about the document."""
_WITHDRAWN_ITSELF = rf"(?:{_NOT_IN_FORCE})(?: ?:| (?:công văn|kế hoạch|quyết định|văn bản|thông báo))"
"""How a subject begins that tells of the document itself: "THU HỒI: …", "Dự thảo Kế hoạch"."""
_WITHDRAWS = r"(?:về việc|v/v)? ?(?:hủy bỏ|bãi bỏ|thu hồi|đình chỉ)"
"""How the subject of a document begins that takes others back."""
_AMOUNT = re.compile(r"[0-9]++ (?:văn bản|kế hoạch|quyết định|công văn|thông báo|tờ trình|chỉ thị|bản)\b")
"""How many documents there are, where the number of one is asked: "3 văn bản"."""
_STATED_YEAR = re.compile(r"\bnăm (20[0-9]{2})\b")


def read_lists(sheets: AnswersRead) -> None:
    """Read the lines of every list (DL31 to DL33); one that says none is none, a repeated one counts once."""
    for item in (item for item in sheets.items.values() if isinstance(item, Listing)):
        first, *others = (column.code for column in item.columns)
        dated = next((column.code for column in item.columns if column.kind == "date"), "")
        known: dict[tuple[str, object], Observation] = {}  # the lines that stand, by number and day
        for name in [k for k in sheets.observations if k.item == item.code and k.part and k.field == first]:
            own = sheets.observations[name]
            keys = (Key(item.code, code, name.part) for code in others)
            rest = [sheets.observations[k] for k in keys if k in sheets.observations]
            if own.state is State.UNREADABLE:
                continue
            text = key(str(own.value)).strip(" .()")
            # A document's number has a figure in it.
            none = _BARE_NONE.fullmatch(text)
            if dated:
                none = None if re.search(r"[0-9]", text) else _NONE.search(text)
            if own.state is State.GIVEN and none:
                told = f'ghi {quote(own.raw)}, hiểu là "{STATE_NAMES[State.NONE_ARISING]}"'
                sheets.observations[name] = replace(own, value=None, state=State.NONE_ARISING, reading=told)
                if dated and (beside := [o for o in rest if o.state is State.GIVEN]):
                    shown = join_names(quote(o.raw) for o in beside)
                    message = f"dòng ghi {shown} nhưng ô số, ký hiệu ghi {quote(own.raw)}; chưa được tính"
                    sheets.findings.append(_question(sheets, item, own, message, own.at))
                continue
            alone = all(o.state is State.BLANK for o in rest)
            if dated and ADDED in own.part and alone and not _NUMBER.match(str(own.value)):
                reading = "ghi chú dưới bảng"  # in a line that the form doesn't have
                sheets.observations[name] = replace(own, value=None, state=State.BLANK, reading=reading)
                continue
            sheets.findings += _incomplete(sheets, item, own, rest, dated)
            if own.state is not State.GIVEN:
                continue
            if dated and (doubt := _no_document(own, rest)):
                refuse_line(sheets, own, doubt)
                continue
            day = next((o.value for o in rest if o.field == dated and o.state is State.GIVEN), None)
            before = known.setdefault((sign_of(str(own.value)), day), own)
            if before is not own:
                assert own.at is not None
                assert before.at is not None
                when = f" ngày {format_date(day)}" if isinstance(day, date) else ""
                message = f"{quote(own.raw)}{when} đã kê ở ô {before.at.cell}; chỉ tính một lần"
                where = (own.at, sheets.unit, item.code, own.field, own.raw, (before.at,))
                sheets.findings.append(finding("DL32", message, None, *where))
                told = f"kê lại dòng của ô {before.at.cell}"
                sheets.observations[name] = replace(own, value=None, state=State.BLANK, reading=told)


def _incomplete(
    sheets: AnswersRead, item: Listing, own: Observation, rest: list[Observation], dated: str
) -> Iterator[Finding]:
    """A line that lacks its number or its day (DL31)."""
    labels = {column.code: column.label for column in item.columns}
    missing = [o for o in rest if o.field == dated and o.state is State.BLANK]
    if not dated:
        return
    if own.state is State.GIVEN and not re.search(r"[0-9]", str(own.value)):
        yield _question(sheets, item, own, f"{quote(own.raw)} không có số", own.at)
    elif own.state is State.GIVEN and missing:
        at = missing[0].at or own.at
        yield _question(sheets, item, missing[0], f"{quote(own.raw)} chưa có “{labels[dated]}”", at)
    elif own.state is State.BLANK and (said := [o for o in rest if o.state is State.GIVEN]):
        shown = join_names(quote(o.raw) for o in said)
        message = f"dòng ghi {shown} nhưng chưa có “{labels[own.field]}”; chưa được tính"
        yield _question(sheets, item, own, message, own.at or said[0].at)
    for other in rest if own.state is State.GIVEN else ():
        if isinstance(other.value, str) and _cue_in(other.value, _WITHDRAWS, at_start=True):
            doubt = f"{quote(other.raw)} là văn bản hủy bỏ, bãi bỏ văn bản khác, có kê không"
            yield _question(sheets, item, other, f"{quote(own.raw)}: {doubt}", other.at or own.at)


def _no_document(own: Observation, rest: list[Observation]) -> str:
    """Why a line may be none, or more than one document; "" for one."""
    said = str(own.value)
    if _SEVERAL.search(key(said)) or len(set(map(sign_of, _SIGN.findall(key(said))))) > 1:
        return f"{quote(own.raw)} là nhiều văn bản trong một dòng"
    if _AMOUNT.match(key(said)):
        return f"{quote(own.raw)} là số lượng, không phải số, ký hiệu của một văn bản"
    years = {int(year) for year in _STATED_YEAR.findall(key(said))}
    days = [o.value for o in rest if isinstance(o.value, date)]
    if years and days and not years & {day.year for day in days}:
        return f"{quote(own.raw)} ghi năm khác ngày {format_date(days[0])}"
    texts = [o.value for o in rest if isinstance(o.value, str)]
    remarks = [_cue_in(said, _NOT_IN_FORCE), *(_cue_in(str(o.value), _IN_SUBJECT) for o in rest)]
    remarks += [_cue_in(text, _WITHDRAWN_ITSELF, at_start=True) for text in texts]
    remark = next((found[0].strip("()") for found in remarks if found), "")
    return f"{quote(own.raw)} ghi “{remark}”: chưa rõ là văn bản đã ban hành" if remark else ""


def refuse_line(sheets: AnswersRead, own: Observation, message: str) -> None:
    """Take a line of a list out until its unit says what document it is (DL33)."""
    assert own.at is not None
    about = (own.at, sheets.unit, own.item, own.field, own.raw)
    sheets.findings.append(finding("DL33", f"{message}; chưa được tính", None, *about))
    sheets.observations[own.key] = replace(own, value=None, state=State.UNREADABLE)


def refuse_others(sheets: AnswersRead, unit: Unit, names: UnitNames[Unit]) -> None:
    """Take out the documents of which the sign is that of other units, and not ``unit``'s with it (DL33)."""
    for own in list(sheets.observations.values()):
        item = sheets.items.get(own.item)
        is_number = isinstance(item, Listing) and own.field == item.columns[0].code
        signed = signed_by(str(own.value), names) if is_number and own.state is State.GIVEN else ()
        if signed and unit not in signed:
            others = join_names(dict.fromkeys(u.short_name for u in signed))
            refuse_line(sheets, own, f"{quote(own.raw)} là văn bản của {others}")


def _question(
    sheets: AnswersRead, item: Listing, about: Observation, message: str, at: CellRef | None
) -> Finding:
    assert at is not None
    return finding("DL31", message, None, at, sheets.unit, item.code, about.field, about.raw)
