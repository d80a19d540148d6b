"""Returns as text tables: what the tests of rules and summary are written in.

::

    unit | item | total | done | note
    A    | T1   | 100   | 90   |
    B    | T1   | -     |      | không có người

A line that begins with "unit" names the columns until the next such line; they are field codes. Where none
are named, or no such line stands above, they are the fields of the row's item in their order. A cell holds a
number, a text in its field's kind, or one of the marks of ``MARKS``; an empty cell is BLANK, "~" one that the
return does not have. ``A/Xã Một`` in the first column is a part of A. The lines below a head "unit 14" stand
in row 14 and after (8 where the head says no row, 14 where there is no head) of the sheet that the item's
kind belongs to, fields in the columns F, G, H … (D, E, F … for dossiers and surveys).
A head that begins with "last" names the columns of what was reported the year before, one that begins with
"half" those of what was reported of the year's first half; the year is then 2026.
A line ``A @ sent=2025-12-18 code=3036/3041 signed=3036`` says something about the return itself, a line
``A ! T2 120 ...`` that the system in charge holds a total of 120 for A's T2 and knows no numerator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dvctt_report.model import CellRef, Control, Observation, Return, ReturnStatus, State, Submission, Value
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.fields import definition, fields
from dvctt_report.plan.last_year import LastResult, LastYear, area_of
from dvctt_report.plan.model import Dossier, Plan, Profile, Roster, Survey, Target, Words
from dvctt_report.year.dataset import Dataset

TODAY = date(2025, 12, 31)

MARKS = {
    "-": State.NONE_ARISING,
    "...": State.NOT_AVAILABLE,
    "x": State.NOT_APPLICABLE,
    "***": State.WITHHELD,
    "?": State.UNREADABLE,
    "": State.BLANK,
}
ABSENT = "~"

LABELS = {
    "T1": "Cán bộ, công chức được truyền thông",
    "T2": "Người vận hành hệ thống được tập huấn",
    "T8": "Thủ tục được cung cấp toàn trình",
    "T10": "Hồ sơ xử lý hoàn toàn trực tuyến",
    "T12": "Người dân hài lòng",
    "T12a": "Hài lòng về đất đai, xây dựng",
}


def target(code: str, at_least: int, **more: object) -> dict[str, object]:
    """A ratio target of the test plan, due in 2025 unless ``more`` says otherwise."""
    return {
        "code": code,
        "kind": "target",
        "title": f"Mục tiêu {code}",
        "label": LABELS.get(code, f"Nội dung {code}"),
        "point": "I.2",
        "print_as": f"Nội dung {code}",
        "measure": "flow",
        "unit_of_count": "hồ sơ",
        "total": "tổng",
        "done": "trong đó",
        "thresholds": [{"year": 2025, "at_least": at_least}],
        **more,
    }


def item(kind: str, code: str, **more: object) -> dict[str, object]:
    """An item of another kind."""
    return {"code": code, "kind": kind, "title": code, "label": f"Nội dung {code}", "point": "II", **more}


def measured(kind: str, code: str, **measures: str) -> dict[str, object]:
    """An item with the measures "label: kind" by their codes; "kind?" may be left out."""
    told = []
    for name, said in measures.items():
        label, _, of = said.partition(": ")
        optional = {"optional": True} if of.endswith("?") else {}
        told.append({"code": name, "label": label, "kind": of.removesuffix("?"), **optional})
    return item(kind, code, measures=tuple(told))


ASKED = {"measure": "yes_no", "unit_of_count": "cơ quan"}
ITEMS = (
    target("T1", 100, unit_of_count="người", by_part="office_and_parts"),
    target("T2", 100, unit_of_count="người", within="T1"),
    target("T3", 100, **ASKED, choices=("Có", "Không", "Không có trang"), shown_by=("HT.b.events",)),
    target("T4", 100, **ASKED, needs_document=True),
    target("T8", 100, answered_by="authority", authority="A", measure="stock"),
    target("T10", 80, total_sources=("HS.T.resolved_total", "HS.X.resolved_total")),
    target("T12", 90, total_sources=("KS.C.valid",), done_sources=("KS.C.satisfied",)),
    target("T12a", 85, part_of="T12"),
    target("U1", 100, measure="yes_no", thresholds=[{"year": 2030, "at_least": 100}]),
    target("U2", 70, same_as="T10", thresholds=[{"year": 2030, "at_least": 70}]),
    item("topic", "ND.a"),
    measured("channel", "HT.b", events="Số cuộc: count", people="Số người: count", name="Tên: text?"),
    measured(
        "funding", "KP.a", integrated="Lồng ghép: tick", planned="Dự toán: money?", spent="Đã chi: money"
    ),
    measured("funding", "KP.c", raised="Huy động: money?"),
    item("task", "NV.1", binds=("A", "group:huyen")),
    item("task", "NV.2", binds=("group:so", "group:huyen"), derived_from=("HT.b", "T2", "T3", "ND.a")),
    item("task", "NV.3", binds=("group:so",), answered_by="return"),
    item("task", "NV.4", binds=("A",), answered_by="report"),
    item("dossier", "HS.T"),
    item("dossier", "HS.X"),
    item("survey", "KS.C", source="Hệ thống", area="Chung"),
    item("survey", "KS.D", source="Đơn vị", area="Chung"),
    item("prose", "DG.a"),
    item("listing", "VB", columns=({"code": "number", "label": "Số", "kind": "text"},)),
)


def profile(
    *items: dict[str, object], units: int = 3, parents: dict[str, str] | None = None, **plan: object
) -> Profile:
    """A plan of ``items`` (else of ``ITEMS``) and a roster of departments A, B, C … and the district H.

    Every department is asked every item but T8, which A answers, HS.X and KS.D; C may withhold T1. The
    district H is asked T1, HS.T, HS.X and T10 and nothing else, beside its tasks. ``parents``: who stands
    above whom.
    """
    used = items or ITEMS
    codes = [str(i["code"]) for i in used if i["code"] not in ("T8", "HS.X", "KS.D")]
    facts: dict[str, object] = {
        "code": "P1",
        "version": 1,
        "province": "tỉnh Mẫu",
        "title": "Kế hoạch",
        "short_title": "kế hoạch",
        "form_title": "BIỂU",
        "document": {"kind": "Kế hoạch"},
        "legal_basis": (),
        "issuer": "Ủy ban",
        "compiler": "A",
        "period": {"first": "01-01", "last": "11-30"},
        "deadline": {"before": "12-16", "quote": "trước ngày 16/12", "point": "III"},
        "words": dict.fromkeys(Words.model_fields, ()),
        "items": used,
    }
    groups = (
        {"code": "vp", "title": "Văn phòng", "heading": "I", "own": codes},
        {"code": "so", "title": "Sở", "heading": "I", "own": codes},
        {"code": "mat", "title": "Mật", "heading": "I", "own": codes, "may_withhold": ("T1", "T3", "HT*")},
        {"code": "huyen", "title": "Huyện", "heading": "II", "own": ("T1", "T10", "HS*")},
    )
    of_group = {"A": "vp", "C": "mat"}
    names = [chr(ord("A") + n) for n in range(units)]
    roster = [
        dict.fromkeys(("name", "short_name"), f"Cơ quan {name}")
        | {"code": name, "group": of_group.get(name, "so"), "duty": "required"}
        | {"parent": (parents or {}).get(name, "")}
        for name in names
    ]
    district = {"code": "H", "name": "Huyện H", "short_name": "Huyện H", "group": "huyen", "duty": "required"}
    return Profile(
        plan=Plan.model_validate(facts | plan),
        roster=Roster.model_validate({"groups": groups, "units": (*roster, district)}),
    )


def with_communes(*names: str) -> Profile:
    """The usual plan, with a district H that reports commune by commune (Xã Một, Xã Hai if none is named)."""
    base, parts = profile(), names or ("Xã Một", "Xã Hai")
    units = (u.model_copy(update={"parts": parts}) if u.code == "H" else u for u in base.roster.units)
    return Profile(plan=base.plan, roster=base.roster.model_copy(update={"units": tuple(units)}))


def dataset(
    table: str,
    of: Profile | None = None,
    *,
    year: int = 2025,
    today: date = TODAY,
    others: Iterable[Return] = (),
) -> Dataset:
    """Return the data set that ``table`` describes: one effective return for each unit named in it.

    Returns are dated in time unless the table says otherwise; ``others`` are returns to add as they are.
    """
    of = of or profile()
    year = 2026 if re.search(r"^\s*(last|half)\b", table, re.MULTILINE) else year
    observations: dict[str, list[Observation]] = {}
    about: dict[str, Submission] = {}
    figures: dict[str, dict[tuple[str, str, str], int]] = {"last": {}, "half": {}}
    controls: list[Control] = []
    head: list[str] = []
    line, before = 14, ""
    for text in filter(str.strip, table.splitlines()):
        if "!" in text:
            controls.append(_control(text))
            continue
        if "@" in text:
            unit, _, words = text.partition("@")
            about[unit.strip()] = _submission(words)
            observations.setdefault(unit.strip(), [])
            continue
        cells = [cell.strip() for cell in text.split("|")]
        word, _, row = cells[0].partition(" ")
        if word in ("unit", *figures):
            head, line, before = cells[2:], int(row or 8), "" if word == "unit" else word
            continue
        columns = zip(head or (f.code for f in fields(of.plan.item(cells[1]))), cells[2:], strict=False)
        if before:
            figures[before] |= {(cells[0], cells[1], n): int(c) for n, c in columns if c}
            continue
        unit, _, part = cells[0].partition("/")
        read = observations.setdefault(unit, [])
        for n, (name, cell) in enumerate(columns):
            if cell != ABSENT:
                seen = _observation(of, unit, cells[1], name, cell)
                read.append(replace(seen, part=part, at=_address(of, unit, cells[1], n, line)))
        line += 1
    returns = []
    for unit, read in observations.items():
        said = about.get(unit, Submission(sent_on=date(year, 12, 1)))
        one = Return(f"{unit}.xlsx", unit, ReturnStatus.EFFECTIVE, unit, Period(year), said, tuple(read))
        returns.append(one)
    periods = {"last": Period(year - 1), "half": Period(year, PeriodPart.HALF)}
    last_year, earlier_part = (
        last_year_of(of, periods[name], figures=given) if given else None for name, given in figures.items()
    )
    found, today = (*returns, *others), today.replace(year=year)
    return Dataset(
        of, Period(year), found, today, last_year=last_year, controls=controls, earlier_part=earlier_part
    )


def last_year_of(
    of: Profile,
    period: Period,
    results: Mapping[str, LastResult] | None = None,
    figures: Mapping[tuple[str, str, str], int] | None = None,
) -> LastYear:
    """What the manifest of ``period`` would say of itself, had that year been reported by ``of``."""
    return LastYear(
        period,
        results or {},
        figures or {},
        of.plan.province,
        {item.code: definition(of.plan, item) for item in of.plan.items},
        {unit.code: area_of(of, unit) for unit in of.units(period)},
        signed=True,
    )


def _control(text: str) -> Control:
    unit, _, words = text.partition("!")
    item, *numbers = words.split()
    total, done = (int(n) if n.isdecimal() else None for n in numbers)
    source = "Hệ thống thông tin giải quyết thủ tục hành chính"
    return Control(item, unit.strip(), total, done, source, date(2025, 10, 31), "CV 1")


def _submission(words: str) -> Submission:
    said = dict(word.split("=") for word in words.split())
    stated, _, computed = said.get("code", "").partition("/")
    sent_on = said.get("sent", "")
    return Submission(
        sent_on=date.fromisoformat(sent_on) if sent_on else None,
        control_code=stated,
        computed_code=computed,
        signed_code=said.get("signed", ""),
        signed_at=CellRef("so-theo-doi.xlsx", "Năm 2025", "F5") if "signed" in said else None,
    )


def _observation(of: Profile, unit: str, code: str, name: str, cell: str) -> Observation:
    kind = next(f.kind for f in fields(of.plan.item(code)) if f.code == name)
    if cell in MARKS and not (kind == "tick" and cell == "x"):
        return Observation(unit, code, name, None, MARKS[cell], raw=cell)
    value: Value = cell
    if kind in ("count", "money"):
        value = int(cell)
    elif kind in ("decimal", "percent"):
        value = Decimal(cell)
    elif kind == "tick":
        value = cell == "x"
    elif kind == "date":
        value = date.fromisoformat(cell)
    return Observation(unit, code, name, value, State.GIVEN, raw=cell)


def _address(of: Profile, unit: str, code: str, column: int, row: int) -> CellRef:
    asked = of.plan.item(code)
    if isinstance(asked, Target):
        sheet, first = ("01-B có không", "F") if asked.measure == "yes_no" else ("01-A số liệu", "F")
    elif isinstance(asked, Dossier):
        sheet, first = "03 hồ sơ TTHC", "D"
    elif isinstance(asked, Survey):
        sheet, first = "04 hài lòng", "D"
    else:
        sheet, first = "02 hoạt động", "F"
    return CellRef(f"{unit}.xlsx", sheet, f"{chr(ord(first) + column)}{row}")
