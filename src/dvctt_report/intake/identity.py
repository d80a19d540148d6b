"""What a workbook itself says of whose return it is, and of which year: its form's keys, else its cover.

A name chosen in a form for many stands in the place of the unit's key. Who else is named on the cover and
above the tables is a sign against it, to be held against all other signs (``whose``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias

from dvctt_report.files.cells import CellKind, Workbook
from dvctt_report.forms.form import FORM_VERSION
from dvctt_report.forms.issue import ANY, CHOICE_KEY, PROMPT
from dvctt_report.forms.layout import MARKER, META_KEYS, META_SHEET, WEIGHT_KEY
from dvctt_report.intake.reading import shortened
from dvctt_report.model import CellRef, Finding, Sign
from dvctt_report.model.catalogue import TWO_LEVELS, catalogue
from dvctt_report.model.codes import Trait, finding, has
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.file_names import last_name
from dvctt_report.text.vietnamese import clean_text, format_date, join_names, key

_MOST_PROPOSED = 4
"""Units that are proposed for a form without a name of the list; words that mean more of them mean none."""
_CHOICE_ROWS = 20
"""Rows of a sheet in which the name may have been chosen."""


_Kind: TypeAlias = Literal["name", "code", "year", "period", "receiver", "addressee", "heading"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said: a unit's ``name`` or ``code`` or the ``year`` where the form has a place for it.

    ``period``: the year above a sheet's tables; ``receiver``: the office that the return goes to, in the
    form's own line, ``addressee`` in one of the unit's; ``heading``: any other text above the tables.
    """

    kind: _Kind
    text: str
    at: CellRef


@dataclass(frozen=True, slots=True)
class Identity:
    """Unit and year; ``refusal`` says why the file can't be used all the same.

    ``keyed``: known by the form's keys, else by its cover; ``chosen``: by a name chosen in a form for many;
    ``titled``: the cover names this very form. ``findings`` are to be confirmed, ``signs`` tell of other
    units; ``named``: the units, by code, that a refused file may be of; ``naming``: what names any unit in
    the workbook, which is no edit of the form's texts.
    """

    unit: Unit | None = None
    period: Period | None = None
    refusal: Finding | None = None
    keyed: bool = True
    chosen: bool = False
    titled: bool = True
    findings: tuple[Finding, ...] = ()
    signs: tuple[Sign, ...] = ()
    named: tuple[str, ...] = ()
    naming: tuple[Claim, ...] = ()


def identify(
    book: Workbook, profile: Profile, period: Period, at: CellRef, assigned: Unit | None = None
) -> Identity:
    """Return whose return this is; ``assigned``: by the officer's word, against which no sign counts.

    Refused: no form of ours (NH02), another year (NH03), a unit unknown (NH04), another plan or version
    (NH05), no unit or year named or chosen (NH41), several units or years (NH42). To be confirmed: the unit
    known by its cover alone (NH40), a name that no unit bears, another receiver (NH43).
    """
    claims, known = tuple(read_claims(book, at.file)), known_names(profile, period)
    editions = []  # the keys of every form in the workbook; a copied form brings its own ("_meta (2)")
    for sheet in book.sheets:
        if sheet.name.startswith(META_SHEET):
            pairs = ((sheet.cell(row, 1), sheet.cell(row, 2)) for row in range(1, len(META_KEYS) + 3))
            keys = {str(name.value): shortened(value.raw) for name, value in pairs if name and value}
            editions += [keys] if "form" in keys else []
    if any(keys["form"] != "dvctt" for keys in editions):
        return Identity(refusal=finding("NH02", _NO_FORM, None, at))
    if len({keys.get("unit", "") for keys in editions}) > 1:
        codes = join_names(dict.fromkeys(keys.get("unit", "?") for keys in editions))
        fix = "Đề nghị gửi mỗi đơn vị một tệp, ghi trên biểu mẫu đã cấp cho đơn vị đó."
        return Identity(refusal=finding("NH42", f"tệp chứa biểu của nhiều đơn vị: {codes}", fix, at))
    years = tuple(dict.fromkeys(c.text for c in claims if c.kind in ("year", "period") and c.text))
    if editions:
        who = _by_keys(book, editions[0], profile, period, at)
    else:
        who = _by_cover(claims, years, known, profile, period, at)
    spoken = [c for c in claims if c.kind in _SPOKEN]
    if assigned is not None:
        # What the file says of its unit decides no more: a form is read as the one that it was issued as;
        # a file of no form, another year or plan stays refused.
        refusal = who.refusal
        is_open = refusal is not None and has(refusal.code, Trait.WHOSE_UNKNOWN) and {*years} <= {str(period)}
        if is_open and who.unit is not None and who.period == period:
            who = replace(who, refusal=None)
        elif is_open and who.unit is None and (who.period == period or not who.keyed):
            who = replace(who, unit=assigned, period=period, refusal=None)
        elif refusal is not None:
            who = replace(who, unit=assigned, refusal=replace(refusal, unit=assigned.code))
        return replace(who, findings=(), naming=tuple(c for c in spoken if known.meant(c)))
    if who.refusal is not None or who.unit is None:
        return who
    other = next((c for c in claims if c.kind == "year" and c.text != str(period)), None)
    if other is not None:  # what stands above a sheet's tables is about that sheet
        message = f"biểu của {period.words} nhưng “{other.at.sheet}” ghi {Period.named(other.text)}"
        fix = "Hỏi đơn vị gửi số liệu này là của năm nào; đề nghị gửi lại trên đúng biểu mẫu đã cấp."
        refusal = finding("NH42", message, fix, other.at, who.unit.code, value=other.text)
        return replace(who, refusal=refusal)
    named_claims = [(c, known.meant(c, who.unit)) for c in spoken]
    naming = tuple(c for c, units in named_claims if units)
    findings = (*who.findings, *_to_confirm(claims, named_claims, who.unit, known, profile))
    # Headings above which the own name stands too name another unit for some other reason.
    own = {c.at.sheet for c, units in named_claims if c.kind == "heading" and who.unit in units}
    told = (
        (f"{'mã' if c.kind == 'code' else 'tên'} đơn vị ở “{c.at.sheet}”", units, c.at, c.text)
        for c, units in named_claims
        if not (c.kind == "heading" and c.at.sheet in own)
    )
    signs: dict[tuple[str, ...], Sign] = {}
    for sign in signs_against(who.unit, told):
        signs.setdefault(sign.units, sign)
    return replace(who, findings=findings, signs=tuple(signs.values()), naming=naming)


def signs_against(
    unit: Unit, told: Iterable[tuple[str, Iterable[Unit], CellRef | None, str]]
) -> Iterator[Sign]:
    """What tells of others than ``unit``; ``told``: what that is, the units it names, its cell, its text."""
    for what, named, at, value in told:
        codes = tuple(dict.fromkeys(u.code for u in named))
        if codes and unit.code not in codes:
            yield Sign(what, codes, at, value)


def _by_keys(book: Workbook, keys: dict[str, str], profile: Profile, period: Period, at: CellRef) -> Identity:
    """Unit and year by the form's keys; in a form for many the unit is the one whose name was chosen."""
    plan, year, code = profile.plan, keys.get("year", ""), keys.get("unit", "")
    if is_joint := code.startswith(ANY):  # the name stands nowhere but in the cell that everybody sees
        rows = (cells for sheet in book.sheets for n, cells in sheet.rows() if n <= _CHOICE_ROWS)
        chosen = ((cells, c.column) for cells in rows for c in cells if c.raw.strip() == CHOICE_KEY)
        cells, marked = next(chosen, ((), 0))
        text = clean_text(next((c.raw for c in cells if c.column > marked and c.raw.strip()), ""))
        served = [u for u in profile.units(period) if u.group == code.removeprefix(ANY)]
        names = UnitNames(served, plan.province)
        units = [u for u in served if key(u.name) == key(text)] or names.find(text)
        code = units[0].code if len(units) == 1 else ""
    issued = {"version": FORM_VERSION, "plan": plan.code, "plan_version": str(plan.version)}
    said, wanted = (_EDITION.format_map(told) for told in (dict.fromkeys(issued, "?") | keys, issued))
    if said != wanted:
        message = f"biểu thuộc kế hoạch hoặc phiên bản khác ({said}; cần {wanted})"
        old = keys.get("plan_version", "")
        if keys.get("plan") == plan.code and old.isdecimal() and int(old[:9]) < plan.version:
            message = f"biểu là bản cũ (bản {old} của kế hoạch; hiện dùng bản {plan.version})"
        return Identity(refusal=finding("NH05", message, None, at))
    unit = profile.roster.units_by_code.get(code)
    if is_joint and unit is None and year == str(period):
        possible = dict.fromkeys(() if text == PROMPT else names.meant(text))
        possible |= dict.fromkeys(u for u in named_by_file(at.file, profile, period) if u in served)
        near = tuple(possible) if len(possible) <= _MOST_PROPOSED else ()
        is_none = text in ("", PROMPT)
        what = "chưa chọn tên đơn vị" if is_none else f"ô chọn đơn vị ghi “{shortened(text)}”"
        hint = f"; có thể là {join_names(u.short_name for u in near)}" if near else ""
        fix = "Đề nghị đơn vị chọn tên mình ở đầu biểu rồi gửi lại; hoặc cho biết tệp của đơn vị nào."
        message = f"biểu dùng chung, không xác định được đơn vị: {what}{hint}"
        refusal = finding("NH41", message, fix, at, value="" if text == PROMPT else text)
        return Identity(None, period, refusal, chosen=True, named=tuple(u.code for u in near))
    refused = _not_of_period(unit, code, year, profile, period, at, keyed=True)
    return refused or Identity(unit, period, chosen=is_joint)


def _by_cover(
    claims: Sequence[Claim],
    years: tuple[str, ...],
    known: KnownNames,
    profile: Profile,
    period: Period,
    at: CellRef,
) -> Identity:
    """Unit and year by the cover; without its keys a workbook has to say whose it is and of which year."""
    # The units that every place which names one agrees on, else all that are named.
    spoken = [(c, named) for c in claims if c.kind in _SPOKEN and (named := known.meant(c))]
    claim = next((c for c, _ in spoken), next((c for c in claims if c.kind == "name" and c.text), None))
    every = {unit.code: unit for _, named in spoken for unit in named}
    common = [unit for unit in every.values() if all(unit in named for _, named in spoken)]
    units = tuple(common or every.values())
    # Whether a heading is the title of the plan's form, or the form's number stands there
    title, codes = key(profile.plan.form_title), profile.roster.units_by_code
    titled = any(
        (c.kind == "heading" and key(c.text).startswith(title)) or (c.kind == "code" and c.text in codes)
        for c in claims
    )
    asked = tuple(unit.code for unit in units if unit in profile.units(period))
    if not titled and not (units and years):
        return Identity(refusal=finding("NH02", _NO_FORM, None, at), keyed=False, named=asked)
    if claim is None or len(units) != 1:
        if claim is not None and set(units) - set(known.meant(claim)):
            message = f"bìa và các trang ghi tên nhiều đơn vị: {join_names(u.short_name for u in units)}"
            fix = "Hỏi đơn vị gửi; sửa tên đơn vị trên bìa cho thống nhất rồi gửi lại, hoặc dùng biểu đã cấp."
            refusal = finding("NH42", message, fix, claim.at, value=claim.text)
            return Identity(refusal=refusal, keyed=False, named=asked)
        text = claim.text if claim is not None else ""
        near = units or known.year.nearest(text) if text else ()
        what = f"bìa ghi “{text}”" if text else "tệp không có mã nhận dạng, bìa không ghi tên đơn vị"
        hint = f"; gần nhất: {join_names(u.short_name for u in near)}" if near else ""
        hint = _now_part_of(text, profile, period) or hint
        fix = "Đề nghị đơn vị ghi đúng tên ở dòng “Đơn vị báo cáo” trên bìa, hoặc dùng biểu mẫu đã cấp."
        message, place = f"không xác định được đơn vị: {what}{hint}", claim.at if claim is not None else at
        return Identity(refusal=finding("NH41", message, fix, place, value=text), keyed=False)
    (unit,) = units
    if len(years) != 1:
        what = f"bìa ghi nhiều năm: {join_names(years)}" if years else "bìa không ghi năm báo cáo"
        fix = "Đề nghị đơn vị ghi rõ năm ở dòng “Kỳ báo cáo” trên bìa, hoặc dùng biểu mẫu đã cấp."
        refusal = finding("NH41", f"không xác định được năm: {what}", fix, at, unit.code)
        return Identity(unit, None, refusal, keyed=False)
    if refused := _not_of_period(unit, unit.name, years[0], profile, period, at, keyed=False):
        return refused
    message = f"tệp không còn mã nhận dạng của biểu; nhận theo bìa: {unit.short_name}, {period.words}"
    note = finding("NH40", message, None, claim.at, unit.code, value=claim.text)
    return Identity(unit, period, None, False, titled=titled, findings=(note,))


_EDITION = "kế hoạch {plan} bản {plan_version}, mẫu {version}"
_NO_FORM = "tệp không phải biểu mẫu đã cấp (không có mã nhận dạng của biểu)"


# ---------------------------------------------------------------------------- what the sheets say

_SPOKEN = ("name", "code", "heading")
"""Kinds of claims that may name a unit."""
_LABELS: dict[str, _Kind] = {
    **dict.fromkeys(("đơn vị báo cáo", "tên đơn vị", "đơn vị", "cơ quan", "cơ quan, đơn vị"), "name"),
    **dict.fromkeys(("mã đơn vị", "mã cơ quan"), "code"),
    **dict.fromkeys(("kỳ báo cáo", "năm báo cáo", "năm"), "year"),
    "đơn vị nhận báo cáo": "receiver",
    "kính gửi": "addressee",
}
_OTHER_LABELS = frozenset(("số liệu", "hạn gửi", "phạm vi", "nơi nhận"))
_HEADER = frozenset(("stt", "tt", "số tt"))
_NUMBER = re.compile(r"(?i)BM[\s_]*(\d{4}(?:-[369]T)?)\s*[-_–]\s*([A-Z][A-Z0-9]*)")
_BANNERS = ("năm ", "6 tháng ", "9 tháng ", "quý ")
"""How the line begins that says above a sheet's tables which period they are of."""
_YEAR = re.compile(r"(?i)\bnăm\s+(\d{4})\b")
_FORM_NAME = re.compile(r"(?i)BM(\d{4}(?:-[369]T)?)[_\-\s]+([A-Z][A-Z0-9]*)(?![A-Za-z0-9])")
_BANNER_ROWS = 6
_COVER_ROWS = 40
_LONG = 150


def read_claims(book: Workbook, file: str) -> Iterator[Claim]:
    """Yield what the sheets say about unit and year, in the order of sheets and rows.

    That is what stands behind a label, after a colon or in the next cell; above a table every other text too.
    """
    for sheet in book.sheets:
        in_banner = sheet.name != META_SHEET
        for n, (_, cells) in enumerate(islice(sheet.rows(), _COVER_ROWS if in_banner else 0)):
            short = [(c, *_text_and_label(c.raw)) for c in cells if len(c.raw) <= _LONG]
            labelled_texts = (c for c, _, label in short if label in _LABELS and c.kind is CellKind.TEXT)
            if n >= _BANNER_ROWS and next(labelled_texts, None) is None:
                continue
            texts = [(cell, text, label) for cell, text, label in short if cell.raw.strip()]
            shown, labels = {text for _, text, _ in texts}, {label for *_, label in texts}
            is_keyed = WEIGHT_KEY in shown and any(text.startswith(MARKER) for text in shown)
            in_banner = in_banner and n < _BANNER_ROWS and not is_keyed and _HEADER.isdisjoint(labels)
            labelled = False
            following = (*texts[1:], (None, "", ""))
            for (cell, text, label), (after, beside, _) in zip(texts, following, strict=False):
                kind = _LABELS.get(label)
                _, colon, own = text.partition(":")
                told, place = (own.strip(), cell) if own.strip() else (beside, after)
                if kind is None or place is None or (kind == "year" and not re.search(r"\d{4}", told)):
                    continue
                if colon or place is after:
                    labelled = True
                    told = _year(told) if kind == "year" else told
                    yield Claim(kind, told, CellRef(file, sheet.name, place.address))
            is_title = in_banner and not labelled and _OTHER_LABELS.isdisjoint(labels)
            for cell, text, _ in texts if is_title else ():
                at = CellRef(file, sheet.name, cell.address)
                if number := _NUMBER.search(text):
                    yield Claim("code", number[2].upper(), at)
                    yield Claim("year", number[1].upper(), at)
                elif key(text).startswith(_BANNERS) and _YEAR.search(text):
                    yield Claim("period", _year(text), at)
                else:
                    yield Claim("heading", text, at)


@lru_cache(maxsize=8192)
def _text_and_label(raw: str) -> tuple[str, str]:
    """A text, and what stands in it before a colon."""
    text = clean_text(raw)
    return text, key(text.partition(":")[0])


def _year(text: str) -> str:
    """The key of the period that a text names; the number of any other year as it stands; "" for none."""
    period = Period.of_text(text)
    match = re.search(r"\d{4}", text)
    return str(period) if period else match[0] if match else ""


# ------------------------------------------------------------------------ what is meant by it


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that may stand on a cover: of the year's units, of the others, of the whole roster."""

    year: UnitNames[Unit]
    others: UnitNames[Unit]
    ever: UnitNames[Unit]

    def meant(self, claim: Claim, unit: Unit | None = None) -> tuple[Unit, ...]:
        """Return the units a claim may mean, of the year before any other.

        On a return of ``unit`` that alone where it is named in full: no names of a country are indexed then.
        """
        if claim.kind == "code":
            return self.ever.with_code(claim.text)
        if unit is not None and self.year.is_named(unit, claim.text):
            return (unit,)
        return self.year.find(claim.text) or self.others.find(claim.text)


@lru_cache(maxsize=4)
def known_names(profile: Profile, period: Period) -> KnownNames:
    """Index the names of a profile's units."""
    of_year, ever = profile.units(period), profile.roster.units
    codes = {unit.code for unit in of_year}
    others = [unit for unit in ever if unit.code not in codes]
    return KnownNames(*(UnitNames(units, profile.plan.province) for units in (of_year, others, ever)))


def _to_confirm(
    claims: Sequence[Claim],
    named_claims: Sequence[tuple[Claim, tuple[Unit, ...]]],
    unit: Unit,
    known: KnownNames,
    profile: Profile,
) -> Iterator[Finding]:
    """Where a cover has a name that no unit bears, or says that the return goes to another office (NH43)."""
    for claim, units in named_claims:
        if claim.kind != "heading" and not units:
            near = known.year.nearest(claim.text, 1)
            hint = f" (gần nhất: {near[0].short_name})" if near else ""
            message = f"“{claim.at.sheet}” ghi “{claim.text}”{hint}, biểu cấp cho {unit.short_name}"
            fix = "Đã nhận theo mã của biểu; xác nhận tên đơn vị."
            yield finding("NH43", message, fix, claim.at, unit.code, value=claim.text)
    compiler = profile.roster.unit(profile.plan.compiler)
    for claim in claims:
        if claim.kind not in ("receiver", "addressee") or not claim.text:
            continue
        units = known.ever.find(claim.text)
        if compiler not in units and (units or claim.kind == "receiver"):
            where, to = claim.at.sheet, compiler.short_name
            message = f"“{where}” ghi nơi nhận báo cáo là “{claim.text}”, biểu gửi {to}"
            fix = "Xác nhận báo cáo này gửi đúng nơi, không phải báo cáo lập cho cơ quan khác."
            yield finding("NH43", message, fix, claim.at, unit.code, value=claim.text)


def form_named(file: str) -> tuple[str, str] | None:
    """Year and unit's code of the form that has the file's name ("BM2025_SYT…"); None for another name."""
    form = _FORM_NAME.search(last_name(file))
    return (form[1].upper(), form[2].upper()) if form is not None else None


def unit_of_form(file: str, profile: Profile, period: Period) -> Unit | None:
    """The unit whose form of the period was issued under the name that ``file`` bears; None for any other."""
    year, code = form_named(file) or ("", "")
    return profile.unit_asked(code, period) if year == str(period) else None


def named_by_file(file: str, profile: Profile, period: Period) -> tuple[Unit, ...]:
    """The units that a file's name tells of; of the name of a form that alone."""
    _, code = form_named(file) or ("", "")
    if code in profile.roster.units_by_code:
        return (profile.roster.unit(code),)
    name = last_name(file)
    return known_names(profile, period).year.in_file_name(name.rpartition(".")[0] or name)


def _not_of_period(
    unit: Unit | None, said: str, year: str, profile: Profile, period: Period, at: CellRef, *, keyed: bool
) -> Identity | None:
    """The refusal of a return of another year, or of a unit, ``said`` so, that none of ``period`` is of."""
    if year != str(period):
        message = f"biểu của {Period.named(year)}, cần biểu của {period.words}"
        fix = f"Đề nghị đơn vị ghi số liệu {period.words} vào biểu mẫu BM{period} đã cấp."
        refusal = finding("NH03", message, fix, at, unit.code if unit else "")
        return Identity(unit, Period.known(year), refusal, keyed)
    # It is asked, or another one reports for it.
    if unit is not None and (profile.unit_asked(unit.code, period) or profile.successor(unit, period)):
        return None
    return Identity(refusal=unknown_unit(said, unit, profile, period, at), keyed=keyed)


def unknown_unit(said: str, unit: Unit | None, profile: Profile, period: Period, at: CellRef) -> Finding:
    """Say that the period's roster has no such unit, and what became of one that it had (NH04)."""
    day, now = profile.plan.roster_date(period), ""
    changes = [c for c in profile.roster.changes if unit and c.on <= day and unit.code in c.before]
    if unit and changes and not unit.alive(day):
        last = max(changes, key=lambda change: change.on)
        names = join_names(profile.roster.short_names[code] for code in last.after)
        became = f", nay là {names}" if names else ", không có đơn vị nhận bàn giao"
        now = f": {unit.short_name} không còn từ ngày {format_date(last.on)} ({last.document}){became}"
    elif unit:
        now = _now_part_of(unit.name, profile, period)
    message = f"mã đơn vị “{said}” không có trong danh sách đơn vị {period.words}{now}"
    fix = "Kiểm tra danh sách đơn vị (units.toml) hoặc cấp lại biểu mẫu cho đơn vị."
    return finding("NH04", message, fix, at)


def _now_part_of(words: str, profile: Profile, period: Period) -> str:
    """Say which communes a body that has ended belongs to; "" where the catalogue knows of none."""
    if not words or profile.plan.roster_date(period) < TWO_LEVELS:
        return ""
    now = join_names(commune.name for commune in catalogue().now(words, profile.plan.province))
    return f"; theo danh mục hành chính, từ {format_date(TWO_LEVELS)} nay thuộc: {now}" if now else ""
