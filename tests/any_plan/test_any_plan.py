"""A plan of other words, compiled by another body: nothing that is made says what the first plan says."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import docx
import pytest
import tomlkit

import dvctt_report
from dvctt_report.cli import door
from dvctt_report.forms.build import build_form
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.folders import base_folder
from dvctt_report.plan.load import load_profile
from dvctt_report.store.workspace import read_workspace
from tests.intake.test_incoming import listed, row

HERE = Path(__file__).parent
YEAR = Period(2026)
AS_OF = ("--as-of", "20/11/2026 17:00")
ANSWERS: dict[str, tuple[int, int, int, str, int]] = {
    "CAT": (100, 90, 1, "Có", 20),
    "SXD": (50, 20, 0, "Không", 0),
    "X1": (900, 700, 2, "Có", 5),
    "X2": (800, 900, 1, "Có", 4),
}
"""Of each unit that has sent: households, those equipped, fires, whether there is a plan, hydrants."""
FIRST_PLANS = re.compile(
    r"tuyên truyền|dịch vụ công|trực tuyến|khoa học và công nghệ|phóng viên|do sở |1588/|mục iii của",
    re.IGNORECASE,
)
"""The words of the plan that came first, wherever they stand in a sentence."""
SHORT = re.compile(r"\bDVCTT\b(?!\.bat|_HOME)")
"""Its abbreviation; in small letters, and of the launcher, it is the program's own name."""


def answers(code: str) -> dict[Key, Answer]:
    """What a unit fills in."""
    total, done, fires, has_plan, hydrants = ANSWERS[code]
    return {
        Key("P1", "total"): total,
        Key("P1", "done"): done,
        Key("P2", "done"): fires,
        Key("P3", "answer"): has_plan,
        Key("P3", "evidence"): f"Quyết định số {fires + 1}/QĐ",
        Key("P4", "answer"): "Có",
        Key("P4", "done_on"): date(2026, 5, 1 + fires),
        Key("P4", "evidence"): f"Quyết định số {fires + 5}/QĐ",
        Key("P5", "done"): hydrants,
        Key("H.a", "drills"): 0 if code == "SXD" else fires + 1,
        Key("N.a", "ticked"): "x",
        Key("KP", "spent"): 5_000_000,
        Key("V.1", "status"): "Đã thực hiện",
        Key("D", "text"): "Tổ liên gia an toàn",
        Key("VB", "number", "1"): "12/KH-UBND",
    }


def copied(folder: Path) -> Path:
    """A profile of that plan, to be changed."""
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    return Path(shutil.copytree(HERE, folder / "an_binh", ignore=ignored))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace of that plan after all that is made in a year, and what the screen said."""
    folder = tmp_path_factory.mktemp("other")
    home, root, said = copied(folder), folder / "Báo cáo", StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", said)
        patch.setattr("sys.stderr", said)

        def run(*argv: str) -> None:
            assert door.main(["--workspace", str(root), *argv]) in (0, 1), said.getvalue()

        assert door.main(["init", str(root), "--profile", str(home), "--year", "2026"]) == 0
        for command in ("check", "show"):
            run("plan", command)
        run("forms")
        profile = read_workspace(root).profile
        for code in ANSWERS:
            form = form_bytes(profile, profile.roster.unit(code), YEAR, answers(code), profile.edition)
            (root / "nhan-ve" / "2026" / f"{code}.xlsx").write_bytes(form)
        run("control", "make")
        run("collect")
        mail = folder / "den.xlsx"
        about = "Báo cáo kết quả phòng cháy, chữa cháy năm 2026"
        mail.write_bytes(listed([row("40/BC-SCT", "Sở Công Thương", about, date(2026, 11, 7))]))
        run("collect", "--incoming", str(mail), "--yes")
        for step in ("validate", "status", "feedback", "decide"):
            run(step)
        run("decide", "--unit", "SXD", "--set", "P2.done=1", "--reason", "Ghi thiếu", "--document", "CV 3")
        for letter in ("forms", "remind", "feedback", "list"):
            run("letter", letter)
        for text in ((), ("--ministry",), ("--quick",)):
            run("render", *text, *AS_OF)
        run("export", *AS_OF)
        run("export", "--communes", *AS_OF)
        for figure in ("P1", "H.a.drills", "topics.answered", "channels.answered", "V.1.done"):
            run("explain", figure)
        run("plan", "write", str(folder / "ke-hoach.xlsx"))
        shutil.move(folder / "ke-hoach.xlsx", root / "ket-qua")
        patch.setattr("sys.stdin", StringIO("0\n"))
        run("menu")
    return root, said.getvalue()


def texts_of(path: Path) -> Iterator[str]:
    """What a file says, the parts of a package as their texts without marks."""
    if is_zipfile(path):
        with ZipFile(path) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".html"))]
        yield from (unescape(re.sub(r"<[^>]+>", "", part.decode("utf-8"))) for part in parts)
    else:
        yield path.read_bytes().decode("utf-8-sig", "replace")


def foreign(text: str) -> set[str]:
    """The words of the first plan in a text."""
    text = unicodedata.normalize("NFC", text)
    return {found[0] for pattern in (FIRST_PLANS, SHORT) for found in pattern.finditer(text)}


def test_nothing_that_is_made_says_a_word_of_the_first_plan(made: tuple[Path, str]) -> None:
    root, said = made
    files = [p for p in root.rglob("*") if p.is_file() and ".dvctt" not in p.parts and p.suffix != ".bat"]
    assert {p.suffix for p in files} >= {".docx", ".xlsx", ".html", ".csv", ".json"}
    found = {str(p.relative_to(root)): set().union(*map(foreign, texts_of(p))) for p in files}
    assert {name: words for name, words in found.items() if words} == {}
    assert foreign(said) == set()
    assert "1 văn bản về phòng cháy, chữa cháy" in said, "mail is known by the plan's own words"


def test_who_compiles_issues_and_signs_follows_from_the_plan(made: tuple[Path, str]) -> None:
    results = made[0] / "ket-qua" / "2026"

    def paragraphs(name: str) -> list[str]:
        document = docx.Document(str(results / name))
        cells = [p for t in document.tables for c in t._cells for p in c.paragraphs]
        return [" ".join(p.text.split()) for p in (*document.paragraphs, *cells)]

    report, ministry = paragraphs("bao-cao-2026.docx"), paragraphs("bao-cao-ubnd-2026.docx")
    assert {"CÔNG AN TỈNH", "THỦ TRƯỞNG ĐƠN VỊ", "Kính gửi: Ủy ban nhân dân tỉnh An Bình"} <= {*report}
    assert any(line.startswith("Số:") and line.endswith("/BC-CAT") for line in report)
    assert any("nhiệm vụ tại Mục IV" in line for line in report)
    assert "3. Kết quả theo nội dung, hình thức thực hiện" in report
    assert {"HOẠT ĐỘNG THỰC HIỆN"} <= {*report}
    assert any("do cơ quan tổng hợp bổ sung" in line for line in report)
    assert "ỦY BAN NHÂN DÂN TỈNH AN BÌNH" in ministry
    assert any("do Công an tỉnh tổng hợp" in line for line in ministry)


def test_no_word_of_the_first_plan_stands_in_the_code_or_in_what_all_plans_share() -> None:
    package = Path(dvctt_report.__file__).parent
    kinds = {".py", ".toml", ".html", ".css", ".js"}
    files = [p for p in package.rglob("*") if p.suffix in kinds and "_data" not in p.parts]
    found = {str(p.relative_to(package)): foreign(p.read_text(encoding="utf-8")) for p in files}
    of_procedures = {"trực tuyến"}  # how a procedure is handled, of the items of that kind
    assert {name: words - of_procedures for name, words in found.items() if words - of_procedures} == {}
    shared = {p.name: set().union(*map(foreign, texts_of(p))) for p in base_folder().iterdir()}
    assert {name: words for name, words in shared.items() if words} == {}


def test_a_plan_without_tasks_is_reported_without_a_sentence_about_them(tmp_path: Path) -> None:
    home, root = copied(tmp_path), tmp_path / "Báo cáo"
    plan = tomlkit.parse((home / "plan.toml").read_text(encoding="utf-8"))
    kept = [item for item in plan["items"] if item["kind"] != "task"]
    assert len(kept) < len(plan["items"])
    plan["items"] = kept
    (home / "plan.toml").write_text(tomlkit.dumps(plan), encoding="utf-8")
    assert door.main(["init", str(root), "--profile", str(home), "--year", "2026"]) == 0
    profile = read_workspace(root).profile
    given = {key: answer for key, answer in answers("SXD").items() if key.item in profile.plan.items_by_code}
    form = form_bytes(profile, profile.roster.unit("SXD"), YEAR, given, profile.edition)
    (root / "nhan-ve" / "2026" / "SXD.xlsx").write_bytes(form)
    assert door.main(["--workspace", str(root), "collect"]) in (0, 1)
    assert door.main(["--workspace", str(root), "render", *AS_OF]) == 0
    said = "\n".join(texts_of(root / "ket-qua" / "2026" / "bao-cao-2026.docx"))
    assert "Kế hoạch giao" not in said


@pytest.mark.parametrize("is_funded", [True, False])
def test_forms_and_outline_name_only_what_the_plan_asks(tmp_path: Path, is_funded: bool) -> None:
    home, root = copied(tmp_path), tmp_path / "Báo cáo"
    if not is_funded:
        funded = {"plan.toml": r'(?s)\[\[items\]\]\ncode = "KP".*?(?=\[\[)', "units.toml": r', "KP"|"KP", '}
        for name, said in funded.items():
            (home / name).write_text(re.sub(said, "", (home / name).read_text("utf-8")), "utf-8")
    profile = load_profile(home)
    assert door.main(["init", str(root), "--profile", str(home), "--year", "2026"]) == 0
    assert door.main(["--workspace", str(root), "letter", "forms"]) == 0
    letter = "\n".join(texts_of(root / "ket-qua" / "2026" / "cong-van-phat-hanh-bieu-mau-2026.docx"))
    assert ("Kinh phí thực hiện: dự toán" in letter) == is_funded
    assert "3. Kết quả thực hiện các nhiệm vụ được giao" in letter
    sheets = [sheet for unit in profile.units(YEAR) for sheet in build_form(profile, unit, YEAR).sheets]
    assert ("Biểu 05-A. NHIỆM VỤ, KINH PHÍ" in {sheet.title for sheet in sheets}) == is_funded
    assert not any("lồng ghép" in table.note.lower() for sheet in sheets for table in sheet.tables)
    assert not any(re.search(r"Biểu 03|A\.1", note) for sheet in sheets for note in sheet.notes)
