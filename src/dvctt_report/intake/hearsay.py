"""Weigh what cover and file name say of unit and year, against each other and against the form's keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dvctt_report.codes import finding
from dvctt_report.file_names import last_name
from dvctt_report.intake.cover import Claim
from dvctt_report.intake.reading import quote
from dvctt_report.model import CellRef, Finding
from dvctt_report.nd30.kinds import BY_ABBREVIATION
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.vietnamese import join_names, key

_RANKS = "giám đốc|chủ tịch|thủ trưởng|trưởng ban|chánh văn phòng"
_OFFICES = re.compile(rf"(?i)^(?:(?:tm|kt|tl|tuq|q)\.?\s+)?(?:(?:phó )?(?:{_RANKS})\s+)?")
"""What may stand before the name of who signs: "TM.", "KT. GIÁM ĐỐC"."""
_FORM_NAME = re.compile(r"(?i)BM(\d{4}(?:-6T)?)[_\-\s]+([A-Z][A-Z0-9]*)(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class SaidUnits:
    """The units that a cover may mean, by ``text`` ``at`` its place; ``contradictory``: places disagree."""

    units: tuple[Unit, ...]
    text: str = ""
    at: CellRef | None = None
    contradictory: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The names that may stand on a cover: of the year's units, of the others, of the whole roster."""

    year: UnitNames[Unit]
    others: UnitNames[Unit]
    ever: UnitNames[Unit]

    def meant(self, claim: Claim) -> tuple[Unit, ...]:
        """Return the units a claim may mean, of the year before any other."""
        if claim.kind == "code":
            return self.ever.with_code(claim.text)
        return self.year.find(claim.text) or self.others.find(claim.text)

    def meant_beside(self, unit: Unit, claim: Claim) -> tuple[Unit, ...]:
        """The same on a return of ``unit``: where that is named in full it stands for all so named.

        To know that, the names of a whole country need not be indexed.
        """
        in_full = claim.kind != "code" and self.year.is_named(unit, claim.text)
        return (unit,) if in_full else self.meant(claim)


@lru_cache(maxsize=4)
def known_names(profile: Profile, period: Period) -> Known:
    """Index the names of a profile's units."""
    place, of_year = profile.plan.province, profile.units(period)
    codes = {unit.code for unit in of_year}
    others = (unit for unit in profile.roster.units if unit.code not in codes)
    return Known(UnitNames(of_year, place), UnitNames(others, place), UnitNames(profile.roster.units, place))


def units_said(claims: tuple[Claim, ...], known: Known) -> SaidUnits:
    """Return which units the claims leave: those that every place which names one agrees on.

    Units of the year come first, then those of the whole roster. A heading that names no unit says nothing;
    a name or code that none bears is kept as ``text``, for proposals.
    """
    told = [(c, found) for c in _spoken(claims) if (found := known.meant(c))]
    if not told:
        unknown = next((c for c in claims if c.kind == "name"), None)
        return SaidUnits((), unknown.text, unknown.at) if unknown else SaidUnits(())
    common = [u for u in told[0][1] if all(u in found for _, found in told)]
    first = told[0][0]
    if common:
        return SaidUnits(tuple(common), first.text, first.at)
    every = {u.code: u for _, found in told for u in found}
    return SaidUnits(tuple(every.values()), first.text, first.at, True)


def years_said(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """Return the different years that the claims name, in their order."""
    return tuple(dict.fromkeys(c.text for c in claims if c.kind in ("year", "period") and c.text))


def is_titled(claims: tuple[Claim, ...], profile: Profile) -> bool:
    """Whether a heading is the title of the plan's form, or the form's number stands there."""
    title = key(profile.plan.form_title)
    return any(key(c.text).startswith(title) for c in claims if c.kind == "heading") or any(
        c.kind == "code" and _is_code(c.text, profile) for c in claims
    )


def check_cover(
    claims: tuple[Claim, ...], unit: Unit, known: Known, period: Period
) -> tuple[Finding | None, tuple[Finding, ...]]:
    """Compare the claims with the known unit and year: a contradiction (NH42), else doubts (NH43)."""
    for claim in claims:
        if claim.kind == "year" and claim.text != str(period):  # what a banner says is about its sheet
            message = f"biểu của {period.words} nhưng “{claim.at.sheet}” ghi {Period.named(claim.text)}"
            return _contradiction(message, claim, unit), ()
    for sheet in dict.fromkeys(c.at.sheet for c in claims):
        told = [(c, known.meant_beside(unit, c)) for c in _spoken(claims) if c.at.sheet == sheet]
        against = next(((c, found) for c, found in told if found and unit not in found), None)
        agrees = any(unit in found for c, found in told if c.kind == "heading")
        if against is not None and not (against[0].kind == "heading" and agrees):
            claim, found = against
            names = join_names(u.short_name for u in found)
            what = "mã" if claim.kind == "code" else "tên"
            message = f"biểu cấp cho {unit.short_name} nhưng “{sheet}” ghi {what} {names}"
            return _contradiction(message, claim, unit), ()
    return None, tuple(_unknown_names(claims, unit, known))


def unit_of_form(file: str, profile: Profile, period: Period) -> Unit | None:
    """The unit whose form of ``year`` was issued under the name that ``file`` bears; None for any other."""
    form = _FORM_NAME.search(last_name(file))
    if form is None or form[1].upper() != str(period):
        return None
    return profile.unit_asked(form[2].upper(), period)


def is_form_name(file: str) -> bool:
    """Whether the file bears the name of an issued form, of whatever unit and year."""
    return _FORM_NAME.search(last_name(file)) is not None


def check_receiver(
    claims: tuple[Claim, ...], unit: Unit, known: Known, profile: Profile
) -> Iterator[Finding]:
    """Tell where a cover says that the return goes to another office (NH43)."""
    compiler = profile.roster.unit(profile.plan.compiler)
    for claim in claims:
        if claim.kind not in ("receiver", "addressee") or not claim.text:
            continue
        found = known.ever.find(claim.text)
        if compiler not in found and (found or claim.kind == "receiver"):
            message = (
                f"“{claim.at.sheet}” ghi nơi nhận báo cáo là “{claim.text}”, biểu gửi {compiler.short_name}"
            )
            fix = "Xác nhận báo cáo này gửi đúng nơi, không phải báo cáo lập cho cơ quan khác."
            yield finding("NH43", message, fix, claim.at, unit.code, value=claim.text)


def check_file_name(
    unit: Unit, profile: Profile, period: Period, at: CellRef, chosen: bool = False
) -> Iterator[Finding]:
    """Tell where the file's name, right or wrong, names another unit or another year's form (NH43).

    The office that the returns go to may stand in any file's name. ``chosen``: the unit was chosen in a list,
    where a line too high or too low is another body; then the name leaves open whose it is (NH77).
    """
    name = last_name(at.file)
    form = _FORM_NAME.search(name)
    if form is not None and _is_code(form[2].upper(), profile):
        if (form[2].upper(), form[1].upper()) != (unit.code, str(period)):
            yield _other_name(f"biểu BM{form[1]} của {form[2].upper()}", unit, period, at)
        return
    named = named_by_file(at.file, profile, period)
    others = [u for u in named if u.code != profile.plan.compiler]
    if others and unit not in named:
        told = join_names(u.short_name for u in others)
        if chosen:
            yield _of_others(f"tên tệp là của {told}", unit, at, "", "chọn")
        else:
            yield _other_name(told, unit, period, at)


def named_by_file(file: str, profile: Profile, period: Period) -> tuple[Unit, ...]:
    """The units that a file's name tells of; of the name of a form that alone.

    Beside the office that the returns go to ("UBND xã A gửi sở B") also who sends it, however short its name.
    """
    name = last_name(file)
    form = _FORM_NAME.search(name)
    if form is not None and _is_code(form[2].upper(), profile):
        return (profile.roster.unit(form[2].upper()),)
    names, text, office = (
        known_names(profile, period).year,
        name.rpartition(".")[0] or name,
        profile.plan.compiler,
    )
    found = names.in_file_name(text)
    sender = names.in_file_name(text, but=office) if [u.code for u in found] == [office] else ()
    return (*sender, *found)


def signed_by(number: str, names: UnitNames[Unit]) -> tuple[Unit, ...]:
    """The units whose code stands in a document's sign: "987/BC-SNV"; in a letter's, "12/SNV-VP", its writer.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3.
    """
    first, *others = (part.strip() for part in number.partition("/")[2].split("-"))
    writer = () if first in BY_ABBREVIATION else names.with_code(first)
    return tuple(writer) or tuple(u for part in others for u in names.with_code(part))


def is_of_request(number: str, profile: Profile) -> bool:
    """Whether a number is that of a letter of the office that the returns go to: of what asked for them."""
    return number.partition("/")[2].partition("-")[0].strip().upper() == profile.plan.compiler


def check_document(
    unit: Unit, number: str, profile: Profile, period: Period, at: CellRef
) -> Iterator[Finding]:
    """Tell where the sign of the document ("987/BC-SNV") is that of another unit than the form's (NH77)."""
    others = other_signers(number, unit, profile, period)
    if others and not is_of_request(number, profile):
        yield _of_others(f"số văn bản {number} là của {others}", unit, at, number)


def other_signers(number: str, unit: Unit, profile: Profile, period: Period) -> str:
    """The units by whose sign a document is another's, by name; "" where ``unit``'s own stands with them."""
    signed = signed_by(number, known_names(profile, period).year)
    return "" if unit in signed else join_names(dict.fromkeys(u.short_name for u in signed))


def check_signatures(
    texts: Iterable[tuple[str, CellRef]], unit: Unit, profile: Profile, period: Period
) -> Iterator[Finding]:
    """Tell where another unit than a recipient signs below the tables (NH77): "TM. UBND HUYỆN NINH SƠN"."""
    names = known_names(profile, period)
    named = [(text, at, signing(text, names.year)) for text, at in texts]
    if any(unit in found for _, _, found in named):
        return
    for text, at, found in named:
        if len(found) == 1 and found[0].code != profile.plan.compiler:
            message = f"phần ký ghi {quote(text)}"
            yield _of_others(message, unit, at, text)


def signing(text: str, names: UnitNames[Unit]) -> tuple[Unit, ...]:
    """The units whose office a line of signatures names."""
    return names.find(_OFFICES.sub("", text))


def _of_others(told: str, unit: Unit, at: CellRef, value: str, by: str = "cấp cho") -> Finding:
    message = f"biểu {by} {unit.short_name} nhưng {told}; chưa dùng số liệu"
    fix = (
        f"Hỏi cả hai đơn vị. Đúng là số liệu của {unit.short_name}: dvctt-report decide TỆP --use; không "
        "phải: dvctt-report decide TỆP --reject, đề nghị gửi lại trên đúng biểu của mình."
    )
    return finding("NH77", message, fix, at, unit.code, value=value)


def _other_name(told: str, unit: Unit, period: Period, at: CellRef) -> Finding:
    message = f"tên tệp nói đến {told}, nội dung là của {unit.short_name}, {period.words}"
    fix = "Đã nhận theo nội dung; xác nhận đơn vị không gửi nhầm tệp."
    return finding("NH43", message, fix, at, unit.code)


def _spoken(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    return tuple(c for c in claims if c.kind in ("name", "code", "heading"))


def _is_code(text: str, profile: Profile) -> bool:
    return text in profile.roster.units_by_code


def _contradiction(message: str, claim: Claim, unit: Unit) -> Finding:
    fix = "Hỏi đơn vị gửi số liệu này là của ai, của năm nào; đề nghị gửi lại trên đúng biểu mẫu đã cấp."
    return finding("NH42", message, fix, claim.at, unit.code, value=claim.text)


def _unknown_names(claims: tuple[Claim, ...], unit: Unit, known: Known) -> Iterator[Finding]:
    for claim in claims:
        if claim.kind in ("name", "code") and not known.meant_beside(unit, claim):
            near = known.year.nearest(claim.text, 1)
            hint = f" (gần nhất: {near[0].short_name})" if near else ""
            message = f"“{claim.at.sheet}” ghi “{claim.text}”{hint}, biểu cấp cho {unit.short_name}"
            fix = "Đã nhận theo mã của biểu; xác nhận tên đơn vị."
            yield finding("NH43", message, fix, claim.at, unit.code, value=claim.text)
