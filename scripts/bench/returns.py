"""Make a workspace with as many filled returns as asked for: one form of the plan, filled in at random.

Every unit's form is filled otherwise and written with all its formulas' results, in two processes: a year of
the whole country is there in a minute.
"""

from __future__ import annotations

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
from dvctt_report.plan.folders import default_profile, shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import FieldSpec, Profile
from dvctt_report.store.workspace import SETTINGS

YEAR = 2025
N_LINES = 5
"""Lines filled in of a list."""
_PAGES = {f.code: f for f in (*COVER_FIELDS, *SIGNATURE_FIELDS)}


def make_workspace(folder: Path, shape: str, n: int) -> Path:
    """Make a workspace in ``folder`` whose inbox holds ``n`` returns in the form of ``shape``."""
    shipped, own = shipped_profile(default_profile()), folder / "ho-so"
    shutil.copytree(shipped, own)
    settings = (shipped / SETTINGS).read_text(encoding="utf-8")
    settings = re.sub(r'(?m)^ho_so = "[^"]*"', 'ho_so = "ho-so"', settings)
    (folder / SETTINGS).write_text(re.sub(r"(?m)^nam = \d+", f"nam = {YEAR}", settings), encoding="utf-8")
    group = next(g.code for g in load_profile(shipped).roster.groups if g.form == shape)
    with (own / "units.toml").open("a", encoding="utf-8") as roster:
        for number in range(1, n + 1):
            roster.write(_unit(number, group))
    inbox = folder / "nhan-ve" / str(YEAR)
    inbox.mkdir(parents=True)
    with ProcessPoolExecutor(2, initializer=_PROFILE.append, initargs=(load_profile(own),)) as pool:
        codes = [_code(number) for number in range(1, n + 1)]
        for code, form in zip(codes, pool.map(_filled_form, codes, chunksize=10), strict=True):
            (inbox / f"{code}.xlsx").write_bytes(form)
    return folder


_PROFILE: list[Profile] = []
"""Plan and roster in a process that fills forms in."""


def _code(number: int) -> str:
    return f"B{number:05d}"


def _unit(number: int, group: str) -> str:
    name = f"Đơn vị số {number:05d}"
    return (
        f'\n[[units]]\ncode = "{_code(number)}"\nname = "{name}"\nshort_name = "{name}"\n'
        f'group = "{group}"\nduty = "required"\n'
    )


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
    if spec.code == "number":
        return f"{luck.randint(1, 400)}/KH-B"
    return "Đã phổ biến tại " + " và ".join(luck.sample(_WHERE, 2))
