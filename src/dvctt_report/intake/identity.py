"""Whose return a workbook is, and of which year: by the form's keys, else by what its cover says.

Never by the file's name alone; where keys, cover and file name contradict each other, that is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dvctt_report.catalogue import TWO_LEVELS, catalogue
from dvctt_report.codes import Trait, finding, has
from dvctt_report.forms.form import FORM_VERSION
from dvctt_report.forms.joint import ANY, CHOICE_KEY, PROMPT
from dvctt_report.forms.layout import META_KEYS, META_SHEET
from dvctt_report.intake.cells import Cell, Workbook
from dvctt_report.intake.cover import Claim, read_claims
from dvctt_report.intake.hearsay import (
    Known,
    SaidUnits,
    check_cover,
    check_file_name,
    check_receiver,
    is_titled,
    known_names,
    named_by_file,
    units_said,
    years_said,
)
from dvctt_report.intake.reading import shortened
from dvctt_report.model import CellRef, Finding
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.vietnamese import clean_text, format_date, join_names, key


@dataclass(frozen=True, slots=True)
class Identity:
    """Unit and year; ``refusal`` says why the file can't be used all the same.

    ``keyed``: known by the form's keys, else by its cover; ``titled``: the cover names this very form.
    ``findings`` are what is to be confirmed about a file that can be used. ``named``: the units that a sheet
    of no form names, by code.
    """

    unit: Unit | None = None
    period: Period | None = None
    refusal: Finding | None = None
    keyed: bool = True
    titled: bool = True
    findings: tuple[Finding, ...] = ()
    named: tuple[str, ...] = ()


def identify(
    book: Workbook, profile: Profile, period: Period, at: CellRef, assigned: Unit | None = None
) -> Identity:
    """Return whose return this is; ``assigned``: by the officer's word.

    Refused: neither keys nor a cover of ours (NH02), another plan or version (NH05), another year (NH03), a
    unit that the year's roster doesn't have (NH04), a cover that names no unit or year, or several (NH41),
    keys and cover that contradict each other (NH42). To be confirmed: the unit known by its cover alone
    (NH40), a file name or a cover that tells of another unit (NH43). Open whose it is: a unit chosen in a
    list, and another one in the file's name (NH77).
    """
    claims = read_claims(book, at.file)
    known, editions = known_names(profile, period), _all_keys(book)
    if any(keys["form"] != "dvctt" for keys in editions):
        return Identity(refusal=_no_form(at))
    if len({keys.get("unit", "") for keys in editions}) > 1:
        return Identity(refusal=_several_forms(editions, at))
    chosen = bool(editions) and editions[0].get("unit", "").startswith(ANY)
    if chosen:
        who = _by_choice(book, editions[0], profile, period, at)
    elif editions:
        who = _by_keys(editions[0], profile, period, at, partial(units_said, claims, known))
    else:
        who = _by_cover(claims, known, profile, period, at)
    if assigned is not None:
        return _as_assigned(who, assigned, period, years_said(claims))
    if who.refusal is not None or who.unit is None:
        return who
    refusal, doubts = check_cover(claims, who.unit, known, period)
    if refusal is not None:
        others = (u for u in units_said(claims, known).units if u != who.unit)
        return replace(who, refusal=refusal, named=tuple(u.code for u in others))
    doubts += (
        *check_receiver(claims, who.unit, known, profile),
        *check_file_name(who.unit, profile, period, at, chosen),
    )
    return replace(who, findings=(*who.findings, *doubts))


def _as_assigned(who: Identity, unit: Unit, period: Period, years: tuple[str, ...]) -> Identity:
    """The same where the officer has said whose it is: what the file says of its unit decides no more.

    A form is read as the one that it was issued as; a file of no form, another year or plan stays refused.
    """
    refusal = who.refusal
    if refusal is None:
        return who if who.unit == unit else replace(who, findings=())
    if has(refusal.code, Trait.WHOSE_UNKNOWN) and set(years) <= {str(period)}:
        if who.unit is not None and who.period == period:
            return replace(who, refusal=None)
        if who.unit is None and (who.period == period or not who.keyed):
            return Identity(unit, period, None, who.keyed, who.titled)
    return replace(who, unit=unit, refusal=replace(refusal, unit=unit.code))


def _nobody() -> SaidUnits:
    return SaidUnits(())


def _by_keys(
    keys: Mapping[str, str],
    profile: Profile,
    period: Period,
    at: CellRef,
    on_cover: Callable[[], SaidUnits] = _nobody,
) -> Identity:
    """Unit and year by the form's keys; ``on_cover`` tells whom the cover names, where it needs that."""
    found, wanted = _edition(keys), _edition_of(profile)
    if found != wanted:
        return Identity(refusal=_other_edition(keys, profile, at))
    said, code = keys.get("year", ""), keys.get("unit", "")
    unit = profile.roster.units_by_code.get(code)
    if said != str(period):
        known = unit.code if unit else ""
        return Identity(unit, Period.known(said), _other_year(said, period, at, known))
    if unit is None or not _reports(unit, profile, period):
        cover = () if unit else on_cover().units
        return Identity(refusal=unknown_unit(code, unit, profile, period, at, cover))
    return Identity(unit, period)


def _by_choice(
    book: Workbook, keys: Mapping[str, str], profile: Profile, period: Period, at: CellRef
) -> Identity:
    """The unit chosen in a form for many: it stands nowhere but in the cell that everybody sees."""
    group = keys["unit"].removeprefix(ANY)
    cell = chosen_cell(book)
    said = clean_text(cell.raw) if cell is not None else ""
    served = [u for u in profile.units(period) if u.group == group]
    units = [u for u in served if key(u.name) == key(said)]
    if len(units) == 1:
        return _by_keys({**keys, "unit": units[0].code}, profile, period, at)
    if _edition(keys) != _edition_of(profile):
        return Identity(refusal=_other_edition(keys, profile, at))
    if (year := keys.get("year", "")) != str(period):
        return Identity(None, Period.known(year), _other_year(year, period, at, ""))
    names = UnitNames(served, profile.plan.province)
    may_be = dict.fromkeys(() if said == PROMPT else names.meant(said))
    may_be |= dict.fromkeys(unit for unit in named_by_file(at.file, profile, period) if unit in served)
    near = tuple(may_be) if len(may_be) <= _MOST_PROPOSED else ()
    return Identity(None, period, _no_choice(said, near, at), named=tuple(unit.code for unit in near))


_MOST_PROPOSED = 4
"""Units that are proposed for a form without a name of the list; words that mean more of them mean none."""


def _by_cover(
    claims: tuple[Claim, ...], known: Known, profile: Profile, period: Period, at: CellRef
) -> Identity:
    """Unit and year by the cover; without its keys a workbook has to say whose it is and of which year."""
    said, years = units_said(claims, known), years_said(claims)
    titled = is_titled(claims, profile)
    if not titled and not (said.units and years):
        named = tuple(unit.code for unit in said.units if unit in profile.units(period))
        return Identity(refusal=_no_form(at), keyed=False, named=named)
    if said.contradictory:
        return Identity(refusal=_several_names(said, at), keyed=False)
    if len(said.units) != 1:
        return Identity(refusal=_no_unit(said, known, profile, period, at), keyed=False)
    unit = said.units[0]
    if len(years) != 1:
        return Identity(unit, None, _no_year(years, unit, at), keyed=False)
    if years[0] != str(period):
        return Identity(
            unit, Period.known(years[0]), _other_year(years[0], period, at, unit.code), keyed=False
        )
    if not _reports(unit, profile, period):
        return Identity(refusal=unknown_unit(unit.name, unit, profile, period, at), keyed=False)
    message = f"tệp không còn mã nhận dạng của biểu; nhận theo bìa: {unit.short_name}, {period.words}"
    fix = "Xác nhận đúng là báo cáo của đơn vị này."
    note = finding("NH40", message, fix, said.at or at, unit.code, value=said.text)
    return Identity(unit, period, None, False, titled, (note,))


# ------------------------------------------------------------------------------------- refusals


def _no_form(at: CellRef) -> Finding:
    message = "tệp không phải biểu mẫu đã cấp (không có mã nhận dạng của biểu)"
    fix = "Đề nghị đơn vị ghi số liệu vào đúng tệp biểu mẫu đã gửi, không chép sang tệp khác."
    return finding("NH02", message, fix, at)


def _other_edition(keys: Mapping[str, str], profile: Profile, at: CellRef) -> Finding:
    plan, fix = profile.plan, "Đề nghị đơn vị dùng biểu mẫu đã cấp năm nay."
    old = keys.get("plan_version", "")
    if keys.get("plan") == plan.code and old.isdecimal() and int(old[:9]) < plan.version:
        message = f"biểu là bản cũ (bản {old} của kế hoạch; hiện dùng bản {plan.version})"
    else:
        message = f"biểu thuộc kế hoạch hoặc phiên bản khác ({_edition(keys)}; cần {_edition_of(profile)})"
    return finding("NH05", message, fix, at)


def _other_year(said: str, period: Period, at: CellRef, unit: str) -> Finding:
    message = f"biểu của {Period.named(said)}, cần biểu của {period.words}"
    fix = f"Đề nghị đơn vị ghi số liệu {period.words} vào biểu mẫu BM{period} đã cấp."
    return finding("NH03", message, fix, at, unit)


def unknown_unit(
    said: str,
    unit: Unit | None,
    profile: Profile,
    period: Period,
    at: CellRef,
    cover: Sequence[Unit] = (),
) -> Finding:
    """Say that the period's roster has no such unit, and what became of one that it had (NH04).

    Of a code that looks like a unit's: which letters are others; whom the ``cover`` names.
    """
    now = _became(unit, profile, period) or _now_part_of(unit.name, profile, period) if unit else ""
    alike = [one for one in profile.units(period) if not unit and key(one.code) == key(said)]
    now += "".join(
        f"{_of_other_script(said)}; trông giống mã {one.code} của {one.short_name}" for one in alike
    )
    now += f"; bìa ghi {join_names(one.short_name for one in cover)}" if alike and cover else ""
    message = f"mã đơn vị “{said}” không có trong danh sách đơn vị {period.words}{now}"
    fix = "Kiểm tra danh sách đơn vị (units.toml) hoặc cấp lại biểu mẫu cho đơn vị."
    if alike:
        fix = f"Mã của biểu đã bị sửa: đề nghị {alike[0].short_name} ghi vào biểu mẫu đã cấp rồi gửi lại."
    return finding("NH04", message, fix, at)


def _of_other_script(code: str) -> str:
    """Say which letters of a code aren't Latin ones, that look like these; "" for none."""
    others = dict.fromkeys(c for c in code if c.isalpha() and "LATIN" not in unicodedata.name(c, ""))
    return f"; {join_names(f'chữ “{c}”' for c in others)} không phải chữ La-tinh" if others else ""


def _reports(unit: Unit, profile: Profile, period: Period) -> bool:
    """Whether a return of ``unit`` is one of ``period``: it is asked, or another one reports for it."""
    return profile.unit_asked(unit.code, period) is not None or profile.successor(unit, period) is not None


def _became(unit: Unit, profile: Profile, period: Period) -> str:
    """Say which bodies the roster names in the place of one that has ended; "" where it names none."""
    day = profile.plan.roster_date(period)
    changes = [one for one in profile.roster.changes if one.on <= day and unit.code in one.before]
    if unit.alive(day) or not changes:
        return ""
    last = max(changes, key=lambda one: one.on)
    names = join_names(profile.roster.short_names[code] for code in last.after)
    became = f", nay là {names}" if names else ", không có đơn vị nhận bàn giao"
    return f": {unit.short_name} không còn từ ngày {format_date(last.on)} ({last.document}){became}"


def _several_forms(editions: list[dict[str, str]], at: CellRef) -> Finding:
    codes = join_names(dict.fromkeys(keys.get("unit", "?") for keys in editions))
    fix = "Đề nghị gửi mỗi đơn vị một tệp, ghi trên biểu mẫu đã cấp cho đơn vị đó."
    return finding("NH42", f"tệp chứa biểu của nhiều đơn vị: {codes}", fix, at)


def _several_names(said: SaidUnits, at: CellRef) -> Finding:
    names = join_names(unit.short_name for unit in said.units)
    fix = "Hỏi đơn vị gửi; sửa tên đơn vị trên bìa cho thống nhất rồi gửi lại, hoặc dùng biểu mẫu đã cấp."
    return finding(
        "NH42", f"bìa và các trang ghi tên nhiều đơn vị: {names}", fix, said.at or at, value=said.text
    )


def _no_unit(said: SaidUnits, known: Known, profile: Profile, period: Period, at: CellRef) -> Finding:
    near = said.units or known.year.nearest(said.text) if said.text else ()
    what = f"bìa ghi “{said.text}”" if said.text else "tệp không có mã nhận dạng, bìa không ghi tên đơn vị"
    now = _now_part_of(said.text, profile, period)
    hint = now or (f"; gần nhất: {join_names(u.short_name for u in near)}" if near else "")
    fix = "Đề nghị đơn vị ghi đúng tên ở dòng “Đơn vị báo cáo” trên bìa, hoặc dùng biểu mẫu đã cấp."
    return finding("NH41", f"không xác định được đơn vị: {what}{hint}", fix, said.at or at, value=said.text)


def _no_choice(said: str, near: tuple[Unit, ...], at: CellRef) -> Finding:
    what = f"ô chọn đơn vị ghi “{shortened(said)}”" if said not in ("", PROMPT) else "chưa chọn tên đơn vị"
    hint = f"; có thể là {join_names(unit.short_name for unit in near)}" if near else ""
    fix = "Đề nghị đơn vị chọn tên mình ở đầu biểu rồi gửi lại; hoặc cho biết tệp của đơn vị nào."
    message = f"biểu dùng chung, không xác định được đơn vị: {what}{hint}"
    return finding("NH41", message, fix, at, value="" if said == PROMPT else said)


def _now_part_of(words: str, profile: Profile, period: Period) -> str:
    """Say which communes a body that has ended belongs to; "" where the catalogue knows of none."""
    if not words or profile.plan.roster_date(period) < TWO_LEVELS:
        return ""
    now = join_names(commune.name for commune in catalogue().now(words, profile.plan.province))
    return f"; theo danh mục hành chính, từ {format_date(TWO_LEVELS)} nay thuộc: {now}" if now else ""


def _no_year(years: tuple[str, ...], unit: Unit, at: CellRef) -> Finding:
    what = f"bìa ghi nhiều năm: {join_names(years)}" if years else "bìa không ghi năm báo cáo"
    fix = "Đề nghị đơn vị ghi rõ năm ở dòng “Kỳ báo cáo” trên bìa, hoặc dùng biểu mẫu đã cấp."
    return finding("NH41", f"không xác định được năm: {what}", fix, at, unit.code)


# ----------------------------------------------------------------------------------------- keys


def _edition(keys: Mapping[str, str]) -> str:
    form, plan, version = (keys.get(name, "?") for name in ("version", "plan", "plan_version"))
    return f"kế hoạch {plan} bản {version}, mẫu {form}"


def _edition_of(profile: Profile) -> str:
    plan = profile.plan
    return _edition({"version": FORM_VERSION, "plan": plan.code, "plan_version": str(plan.version)})


def chosen_cell(book: Workbook) -> Cell | None:
    """The cell of a form for many in which the unit chose its name; None where nothing stands there."""
    for sheet in book.sheets:
        for row, cells in sheet.rows():
            if any(cell.raw.strip() == CHOICE_KEY for cell in cells):
                marked = next(c.column for c in cells if c.raw.strip() == CHOICE_KEY)
                return next((c for c in cells if c.column > marked and c.raw.strip()), None)
            if row > _CHOICE_ROWS:
                break
    return None


_CHOICE_ROWS = 20
"""Rows of a sheet in which the name may have been chosen."""


def _all_keys(book: Workbook) -> list[dict[str, str]]:
    """The keys of every form in the workbook; a copied form brings its own ("_meta (2)")."""
    found = []
    for sheet in book.sheets:
        if sheet.name.startswith(META_SHEET):
            pairs = ((sheet.cell(row, 1), sheet.cell(row, 2)) for row in range(1, len(META_KEYS) + 3))
            keys = {str(name.value): shortened(value.raw) for name, value in pairs if name and value}
            if "form" in keys:
                found.append(keys)
    return found
