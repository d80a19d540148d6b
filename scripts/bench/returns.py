"""Make a year of as many filled returns as asked for: a real province's units, further ones real communes.

Every unit fills its own form in otherwise, with all its formulas' results, a signer of its own; in two
processes a year of the whole country is there in two minutes.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer, Ledger
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import COVER_FIELDS, SIGNATURE_FIELDS
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import FieldSpec, Profile
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.resources import resource_path

PROVINCE, YEAR = "khanh_hoa", 2026
N_LINES = 5
"""Lines filled in of a list."""
_PAGES = {f.code: f for f in (*COVER_FIELDS, *SIGNATURE_FIELDS)}


def make_year(folder: Path, n: int) -> Path:
    """Make a workspace in ``folder`` with the returns of ``n`` units, of communes in the short form."""
    shipped, own = shipped_profile(PROVINCE), folder / "ho-so"
    shutil.copytree(shipped, own)
    settings = (shipped / SETTINGS).read_text(encoding="utf-8")
    settings = re.sub(r'(?m)^ho_so = "[^"]*"', 'ho_so = "ho-so"', settings)
    (folder / SETTINGS).write_text(re.sub(r"(?m)^nam = \d+", f"nam = {YEAR}", settings), encoding="utf-8")
    roster = own / "units.toml"
    text = roster.read_text(encoding="utf-8")
    text = re.sub(r'(code = "xa"\n(?:.+\n)*?)form = "standard"', r'\1form = "commune"', text)
    taken = {unit.name for unit in load_profile(shipped).roster.units}
    roster.write_text(text + "".join(_further(taken, n - len(taken))), encoding="utf-8")
    inbox = folder / "nhan-ve" / str(YEAR)
    inbox.mkdir(parents=True)
    profile = load_profile(own)
    codes = [unit.code for unit in profile.roster.units][:n]
    with ProcessPoolExecutor(2, initializer=_PROFILE.append, initargs=(profile,)) as pool:
        for code, form in zip(codes, pool.map(_filled_form, codes, chunksize=10), strict=True):
            (inbox / f"BM{YEAR}_{code}.xlsx").write_bytes(form)
    return folder


_PROFILE: list[Profile] = []
"""Plan and roster in a process that fills forms in."""


def _further(taken: set[str], n: int) -> list[str]:
    """Entries of ``n`` further communes of the country, with their province where the name is ``taken``."""
    folder, entries = resource_path("templates") / "don-vi-hanh-chinh", list[str]()
    with (folder / "tinh.csv").open(encoding="utf-8-sig") as file:
        provinces = {row["ma"]: row["ten"] for row in csv.DictReader(file)}
    with (folder / "cap-xa.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            title = row["ten"][0].lower() + row["ten"][1:]
            if f"Ủy ban nhân dân {title}" in taken:
                title += f", {provinces[row['tinh']]}"
            name = f"Ủy ban nhân dân {title}"
            if len(entries) < n and name not in taken:
                taken.add(name)
                entries.append(
                    f'\n[[units]]\ncode = "B{row["ma"]}"\nname = "{name}"\nshort_name = "UBND {title}"\n'
                    'group = "xa"\nduty = "required"\n'
                )
    return entries


def _filled_form(code: str) -> bytes:
    """The unit's form with every cell filled in that it may fill in."""
    (profile,), luck = _PROFILE, random.Random(code)
    unit = profile.roster.unit(code)
    sheets = place(build_form(profile, unit, Period(YEAR)))
    items = profile.plan.items_by_code
    answers: dict[Key, Answer] = {}
    adding_up: dict[str, dict[str, int]] = defaultdict(lambda: _adding_up(luck))
    for table in (t for sheet in sheets for t in sheet.tables):
        for _, _, _, key in table.answers():
            spec = _PAGES.get(key.field) if key.item == COVER else field_of(items[key.item], key.field)
            further = key.part.isdigit() and int(key.part) > N_LINES
            if spec is not None and not further and key != Key(COVER, "control_code"):
                own = adding_up[key.item].get(spec.code)
                total = answers.get(key._replace(field="total"))
                answers[key] = _answer(spec, total, luck) if own is None else own
    empty = Ledger.of(items, sheets, {})
    typed = {k: v for k, v in answers.items() if empty.formula(k, "") is None}
    return form_bytes(profile, unit, Period(YEAR), typed)


def _adding_up(luck: random.Random) -> dict[str, int]:
    """The numbers of a row of dossiers, or of a survey: few units contradict themselves in each row."""
    online, direct, carried = (luck.randint(100, 3_000) for _ in range(3))
    received = online + direct + carried
    resolved = received - luck.randint(0, received // 10)
    late, pending_late = resolved // 200, (received - resolved) // 20
    early = luck.randint(0, resolved - late)
    issued = luck.randint(200, 900)
    return {
        **{"received_total": received, "received_online": online, "received_direct": direct},
        **{"carried_over": carried, "resolved_total": resolved, "resolved_early": early},
        **{"resolved_on_time": resolved - early - late, "resolved_late": late},
        **{"pending_total": received - resolved, "pending_late": pending_late},
        "pending_in_time": received - resolved - pending_late,
        **{"issued": issued, "returned": issued - 5, "valid": issued - 9, "satisfied": issued - 20},
    }


_WHERE = (
    *("hội nghị giao ban", "cuộc họp cơ quan", "buổi sinh hoạt chi bộ", "hội nghị cán bộ", "lớp tập huấn"),
    *("buổi họp thôn", "hội nghị tổng kết", "buổi sinh hoạt đoàn", "bảng tin cơ quan", "nhóm Zalo cơ quan"),
)
"""What a text tells of: words that leave no doubt about the figures beside them."""
_NAMES = tuple(
    part.split()
    for part in (
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Chamaléa Katơr",
        "Văn Thị Hữu Đức Minh Thanh Quốc Xuân Ngọc Công",
        "An Bình Châu Dũng Đạt Giang Hạnh Hòa Hưng Khánh Lan Linh Mai Nam Phúc Quân Sơn Thảo Tuấn Yến",
    )
)
"""Of persons: family, middle, given."""


def _answer(spec: FieldSpec, total: Answer | None, luck: random.Random) -> Answer:
    match spec.kind:
        case "count":
            return luck.randint(0, total) if isinstance(total, int) else luck.randint(10, 9_000)
        case "money":
            return luck.randint(5, 900) * 1_000_000
        case "date":
            return date(YEAR, 11 if spec.code == "sent_on" else luck.randint(4, 10), luck.randint(1, 9))
        case "tick":
            return "x"
        case "yes_no" | "choice":
            return luck.choice(spec.choices)
    match spec.code:
        case "document_number" | "number":
            return f"{luck.randint(1, 400)}/BC-UBND"
        case "phone":
            return f"0258 3{luck.randint(100_000, 999_999)}"
        case "email":
            return f"vanphong{luck.randint(1, 9_999)}@khanhhoa.gov.vn"
        case "signer" | "contact":
            name = " ".join(luck.choice(part) for part in _NAMES)
            return f"{'Chủ tịch' if spec.code == 'signer' else 'Chuyên viên'} {name}"
    return "Đã phổ biến tại " + " và ".join(luck.sample(_WHERE, 2))
