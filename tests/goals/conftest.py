"""A year under a plan that asks for something of every kind, from forms to report."""

from __future__ import annotations

import json
import shutil
import tomllib
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
_ANSWERS = tomllib.loads((HERE / "answers.toml").read_text(encoding="utf-8"))
RATES: Mapping[str, list[tuple[int, int]]] = _ANSWERS["rates"]
COUNTS: Mapping[str, list[int | str]] = _ANSWERS["counts"]
DAYS: Mapping[str, list[date | str]] = _ANSWERS["days"]
LATE: dict[Key, Answer] = {
    Key(code, field): value for code, said in _ANSWERS["late"].items() for field, value in said.items()
}
"""What the last commune fills in when it sends after the signature."""
BY_HAND: Mapping[str, Mapping[str, Any]] = tomllib.loads((HERE / "by_hand.toml").read_text(encoding="utf-8"))
"""What the papers print of all that, made by hand."""


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
        if (number := numbers[n]) != "":
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
