"""A year under a plan that asks for something of every kind, from forms to report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from dvctt_report.cli import door
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.text.resources import resource_path
from scripts.sample.following import write_prose

HERE = Path(__file__).parent
YEAR = Period(2026)
SENT = ("SKHCN", "SNV", "SYT", "X1", "X2", "X3", "X4")
"""Who has sent; X5 hasn't."""
RATES: Mapping[str, tuple[tuple[int, int], ...]] = {
    "A1": ((200, 165), (100, 83), (50, 41), (20, 16), (20, 17), (10, 8), (10, 9)),
    "A2": ((165, 2), (83, 1), (41, 3), (16, 1), (17, 0), (8, 0), (9, 2)),
    "A3": ((100, 60), (100, 60), (100, 60), (200, 120), (200, 120), (100, 60), (100, 60)),
    "A4": ((30, 2), (10, 0), (10, 0), (5, 0), (5, 1), (5, 0), (5, 0)),
    "B3": ((100, 80), (50, 10), (0, 0), (30, 29), (20, 20), (10, 9), (40, 33)),
    "B1": ((100, 75), (100, 70), (100, 64), (50, 30), (50, 30), (50, 30), (50, 30)),
}
"""Total and done of each unit that has sent, in its order."""
COUNTS = {
    "A5": (2, 1, 0, 0, 1, 0, 0),
    "A6": (None, None, None, 2, 0, 1, 1),
    "A7": (1, 0, 0, 0, 1, 0, 0),
    "A9": (3, 0, 2, 0, 0, 0, 0),
    "B4": (1000, 200, 100, 5, 10, 8, 2),
    "B2": (3, 1, 1, 2, 1, 2, 1),
}


DAYS: Mapping[str, tuple[date | None, ...]] = {
    "C1": tuple(date(2026, month, 30) for month in (3, 6, 7, 5, 5, 6, 4)),
    "C2": (date(2026, 9, 1), None, None, date(2026, 8, 2), None, None, None),
    "C3": tuple(date(2026, m, d) for m, d in ((3, 30), (6, 30), (7, 1), (9, 30), (7, 15), (10, 1), (9, 1))),
}
"""When each unit had done it."""


def profile_folder(to: Path) -> Path:
    """The golden plan and roster with the sentences and templates that are shipped."""
    shutil.copytree(resource_path("templates") / "ninh_thuan", to)
    for name in ("plan.toml", "units.toml"):
        shutil.copyfile(HERE / name, to / name)
    (to / "lint.toml").unlink(missing_ok=True)
    for name in ("phrases.toml", "dvctt.toml"):
        text = (to / name).read_text(encoding="utf-8")
        text = text.replace("Ninh Thuận", "An Bình").replace('muc_tieu = "bang"', 'muc_tieu = "ca_hai"')
        text = text.replace(
            '"theo_don_vi", "gui_bao_cao", "van_ban"]', '"theo_don_vi", "gui_bao_cao", "lo_trinh"]'
        )
        (to / name).write_text(text, encoding="utf-8")
    return to


_LATE_RATES = {"A1": (10, 8), "A2": (161, 0), "A3": (100, 61), "A4": (5, 5), "B1": (50, 10), "B3": (10, 9)}
_LATE_COUNTS = {"A5": 3, "A6": 4, "A7": 0, "A9": 0, "B2": 2, "B4": 0}
LATE: dict[Key, Answer] = {
    **{Key(code, "total"): total for code, (total, _) in _LATE_RATES.items()},
    **{Key(code, "done"): done for code, (_, done) in _LATE_RATES.items()},
    **{Key(code, "done"): done for code, done in _LATE_COUNTS.items()},
    Key("A8", "answer"): "Có",
    Key("A8", "evidence"): "https://x5.anbinh.gov.vn",
    Key("C1", "answer"): "Có",
    Key("C1", "done_on"): date(2026, 3, 2),
    Key("C1", "evidence"): "Quyết định số 8/QĐ",
    Key("C2", "answer"): "Không",
    Key("C3", "answer"): "Không",
    Key("NV.1", "status"): "Đã thực hiện",
}
"""What the last commune fills in when it sends after the signature."""


def answers_of(unit: str) -> dict[Key, Answer]:
    """What a unit fills in."""
    n = SENT.index(unit)
    said: dict[Key, Answer] = {
        Key("A8", "answer"): "Không" if unit == "X2" else "Có",
        Key("NV.1", "status"): "Đã thực hiện",
    }
    said[Key("A8", "evidence")] = f"https://{unit.lower()}.anbinh.gov.vn"
    for code, days in DAYS.items():
        said[Key(code, "answer")] = "Có" if days[n] else "Không"
        if day := days[n]:
            said[Key(code, "done_on")] = day
            said[Key(code, "evidence")] = f"Quyết định số {n + 1}/QĐ"
    for code, pairs in RATES.items():
        said[Key(code, "total")], said[Key(code, "done")] = pairs[n]
    for code, numbers in COUNTS.items():
        if (number := numbers[n]) is not None:
            said[Key(code, "done")] = number
    return said


def run(root: Path, *command: str) -> int:
    """What a command in that workspace ends with."""
    return door.main(["--workspace", str(root), *command])


def send(root: Path, code: str, answers: Mapping[Key, Answer], period: Period = YEAR) -> None:
    """Put the form of a unit, filled in, into the inbox of the workspace."""
    profile = load_profile(root / "ky-bao-cao" / str(period) / "cau-hinh")
    data = form_bytes(profile, profile.roster.unit(code), period, answers)
    (root / "nhan-ve" / str(period) / f"{code}.xlsx").write_bytes(data)


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return load_profile(profile_folder(tmp_path_factory.mktemp("golden") / "an_binh"))


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after forms, returns, collect, render and export; not to be written to."""
    folder = tmp_path_factory.mktemp("goals")
    home = profile_folder(folder / "an_binh")
    root = folder / "Báo cáo"
    made = ["init", str(root), "--profile", str(home), "--year", "2026"]
    assert door.main(made) == 0
    assert run(root, "plan", "check") == 0
    assert run(root, "forms") == 0
    for code in SENT:
        send(root, code, answers_of(code))
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--as-of", "20/11/2026 17:00") == 0
    return root


@pytest.fixture(scope="session")
def outputs(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the same workspace with everything else that tells of targets."""
    root = tmp_path_factory.mktemp("outputs") / "Báo cáo"
    shutil.copytree(rendered, root)
    as_of = ("--as-of", "20/11/2026 17:00")
    for command in (
        ["render", "--quick", *as_of],
        ["render", "--ministry", *as_of],
        ["export", "--communes"],
    ):
        assert run(root, *command) == 0
    return root / "ket-qua" / "2026"


@pytest.fixture(scope="session")
def supplement(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return supplement_to(rendered, tmp_path_factory.mktemp("supplement") / "Báo cáo", LATE)


def supplement_to(rendered: Path, root: Path, late: Mapping[Key, Answer], apart: str = "") -> Path:
    """The supplement to the signed report when the last commune has sent ``late``; see ``sign``."""
    send(sign(rendered, root, apart), "X5", late)
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--supplement", "--as-of", "26/11/2026 9:00") == 0
    return root / "ket-qua" / "2026" / "bao-cao-bo-sung-2026.docx"


def sign(rendered: Path, root: Path, apart: str = "") -> Path:
    """A copy of the workspace at ``root`` whose report was signed without the last commune.

    ``apart`` are the annexes of the report that stand in a file of their own.
    """
    shutil.copytree(rendered, root)
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("phu_luc_rieng = []", f"phu_luc_rieng = [{apart}]")
    settings.write_text(text.replace('ho_ten = ""', 'ho_ten = "Nguyễn Văn A"', 1), encoding="utf-8")
    assert run(root, "apply", "--yes") == 0
    write_prose(root / "noi-dung" / "2026.docx")
    assert run(root, "render", "--final", "--as-of", "20/11/2026 17:00") == 0
    report = root / "ket-qua" / "2026" / "bao-cao-2026.docx"
    signed = ("--file", str(report), "--number", "412", "--date", "20/11/2026")
    assert run(root, "publish", *signed) == 0
    return root


@pytest.fixture(scope="session")
def redrawn(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a second draft, for which the last commune has sent."""
    root = tmp_path_factory.mktemp("redrawn") / "Báo cáo"
    shutil.copytree(rendered, root)
    send(root, "X5", LATE)
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--as-of", "20/11/2026 17:00") == 0
    return root / "ket-qua" / "2026"


@pytest.fixture(scope="session")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the first six months, with the answers of the year."""
    return _half_year(tmp_path_factory.mktemp("half"), SENT)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of only half of the units."""
    return _half_year(tmp_path_factory.mktemp("few"), SENT[:4])


def _half_year(folder: Path, sent: Sequence[str]) -> Path:
    root = folder / "Báo cáo"
    home = profile_folder(folder / "an_binh")
    assert door.main(["init", str(root), "--profile", str(home), "--year", "2026-6T"]) == 0
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8").replace('sau_thang = ""', 'sau_thang = "20/6"')
    settings.write_text(text, encoding="utf-8")
    assert run(root, "forms") == 0
    for code in sent:
        send(root, code, answers_of(code), Period(2026, PeriodPart.HALF))
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--as-of", "23/6/2026 17:00") == 0
    return root / "ket-qua" / "2026-6T" / "bao-cao-2026-6T.docx"


@pytest.fixture(scope="session")
def manifest(rendered: Path) -> dict[str, Any]:
    text = (rendered / "ket-qua" / "2026" / "bao-cao-2026.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@pytest.fixture(scope="session")
def report(rendered: Path) -> docx.document.Document:
    return docx.Document(str(rendered / "ket-qua" / "2026" / "bao-cao-2026.docx"))
