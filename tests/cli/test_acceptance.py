"""A year at the officer's desk, told as scenarios and run through the commands."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.files.manifests import kept_manifests, unpacked
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.resources import resource_path
from scripts.sample.answers import read_told
from tests.papers.mending.mended import answer
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: Patch) -> Workspace:
    """The workspace of the sample without its returns, with the current folder in it."""
    shutil.copytree(resource_path("sample_data"), tmp_path / "o", ignore=shutil.ignore_patterns("*.xls*"))
    monkeypatch.chdir(tmp_path / "o")
    return read_workspace(tmp_path / "o")


@pytest.fixture
def full(office: Workspace) -> Workspace:
    """The same with the returns of the sample."""
    shutil.copytree(resource_path("sample_data") / "nhan-ve", office.root / "nhan-ve", dirs_exist_ok=True)
    return office


def receive(office: Workspace, unit: str, name: str, more: Mapping[Key, Answer] | None = None) -> bytes:
    """Put a return of ``unit`` into the inbox: what it answers in the sample, changed by ``more``."""
    told = next((t for t in read_told(office.profile, office.period.year) if t.unit.code == unit), None)
    answers = (dict(told.answers) if told else {}) | dict(more or {})
    data = form_bytes(office.profile, office.profile.roster.unit(unit), office.period, answers)
    office.inbox.mkdir(parents=True, exist_ok=True)
    (office.inbox / name).write_bytes(data)
    return data


def asked(capfd: Capture, *argv: str) -> Any:
    capfd.readouterr()
    door.main([*argv, "--format", "json"])
    return json.loads(capfd.readouterr().out)


def rendered(office: Workspace) -> dict[str, Any]:
    """The manifest of the report made now."""
    assert door.main(["render", *AS_OF]) == 0
    text = (office.results / f"bao-cao-{office.period}.json").read_text(encoding="utf-8")
    indicators = {i["code"]: i for i in json.loads(text)["indicators"]}
    return {"indicators": indicators, **{k: v for k, v in json.loads(text).items() if k != "indicators"}}


def covered(manifest: dict[str, Any], code: str) -> str:
    coverage = manifest["indicators"][code]["coverage"]
    return f"{coverage['reported']}/{coverage['expected']}"


def text_of(path: Path) -> list[str]:
    """The paragraphs of a Word file, then those of its tables."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(p.text for p in document.paragraphs), *cells]


def test_27_units_some_missing_faulty_sent_twice_or_on_last_years_form(
    full: Workspace, capfd: Capture
) -> None:
    returns = asked(capfd, "collect")["returns"]
    statuses = [r["status"] for r in returns]
    assert statuses.count("duplicate") == 1
    assert [(r["unit"], [f["code"] for f in r["findings"]]) for r in returns if r["status"] == "refused"] == [
        ("CDN", ["NH03"])
    ]
    units = asked(capfd, "status", *AS_OF)["units"]
    missing = [u["unit"] for u in units if u["status"] == "missing"]
    assert (len(units), missing) == (27, ["SDTTG", "BAI", "VDTMT"])
    findings = asked(capfd, "validate", *AS_OF)["findings"]
    faulty = {f["unit"] for f in findings if f["severity"] == "error" and f["item"] == "T10"}
    assert faulty == {"SYT", "BQLKCN"}
    made = rendered(full)
    # asked of 23 units: two of them haven't sent, two are faulty; T3 is asked of all 27, four gave none
    assert (covered(made, "T10"), covered(made, "T3")) == ("19/23", "23/27")
    assert set(made["indicators"]["T10"]["bounds"]) == {"low", "high"}
    assert made["returns"]["missing"] == ["SDTTG", "BAI", "VDTMT", "CDN"]
    assert made["indicators"]["T10"]["bounds"] == {"low": None, "high": None}  # nobody knows what BAI has
    printed = " ".join(text_of(full.results / f"bao-cao-{full.period}.docx"))
    assert "hồ sơ ≥ 80 79.096 63.245 79,96 -0,04 Chưa đạt, tạm tính 19/23" in printed
    assert door.main(["feedback", *AS_OF]) == 0
    sent = sorted(p.stem.split("_")[1] for p in (full.results / "chinh-ly").iterdir())
    assert sent == ["BQLKCN", "CDN", "SYT"]
    assert door.main(["letter", "remind", "--due", "28/11/2025", *AS_OF]) == 0
    owing = text_of(full.results / "cong-van-don-doc-2025.docx")
    assert [p for p in owing if re.match("- (Sở|Ủy ban nhân dân huyện) ", p)][:2] == [
        "- Sở Dân tộc và Tôn giáo;",
        "- Ủy ban nhân dân huyện Bác Ái.",
    ]
    apart = " ".join(text_of(full.results / "cong-van-de-nghi-phoi-hop-2025.docx"))
    assert "Kính gửi: Viện Đào tạo và Khoa học ứng dụng miền Trung" in apart
    assert door.main(["letter", "feedback", "--due", "28/11/2025", *AS_OF]) == 0
    asked_to_mend = " ".join(text_of(full.results / "cong-van-de-nghi-chinh-ly-2025.docx"))
    for unit in ("Sở Y tế", "Ban Quản lý các khu công nghiệp", "Trường Cao đẳng nghề Ninh Thuận"):
        assert unit in " ".join(asked_to_mend.split())


def test_a_late_return_turns_a_missed_target_into_a_met_one_and_the_signed_version_stays_explained(
    full: Workspace, capfd: Capture
) -> None:
    door.main(["collect"])
    before = rendered(full)["indicators"]["T10"]
    assert (before["percent"], before["verdict"]) == ("79,96%", "missed")
    signed = full.root / "da-ky" / "bao-cao-2025.json"
    shutil.copytree(full.results, signed.parent)
    late: dict[Key, Answer] = {
        Key("HS.H", "resolved_total"): 1000,
        Key("HS.X", "resolved_total"): 1000,
        Key("T10", "done"): 1900,
        Key("_", "sent_on"): "15/11/2025",
    }
    receive(full, "BAI", "huyện Bác Ái.xlsx", late)
    door.main(["collect"])
    after = rendered(full)["indicators"]["T10"]
    assert (after["verdict"], after["numerator"]) == ("met", before["numerator"] + 1900)
    told = asked(capfd, "explain", "T10", "--report", str(signed), *AS_OF)
    assert told["indicator"]["percent"] == "79,96%"
    assert told["account"]["verdict"].startswith("Chưa đạt")
    assert asked(capfd, "explain", "T10", *AS_OF)["indicator"]["verdict"] == "met"
    page = " ".join(text_of(full.results / "tom-tat-trinh-ky.docx"))
    assert "Đã có thêm báo cáo của: UBND huyện Bác Ái." in page
    assert "từ 79,96% (chưa đạt, tạm tính; 19/23 đơn vị) thành 80,3% (đạt, tạm tính; 20/23 đơn vị)" in page
    kept = (json.loads(unpacked(path)) for path in kept_manifests(full.root / ".dvctt" / "ban-lap"))
    assert [one["report"]["text"] for one in kept].count("department") == 2, "both reports, and their pages"
    old = asked(capfd, "check", str(signed.with_suffix(".docx")))
    assert (old["manifest"]["same_identity"], old["changes"]) == (True, [])
    told = {(f["figure"], f["printed"], f["now"]) for f in old["changed_since"]}
    assert {
        ("T10.percent", "79,96%", "80,3%"),
        ("T10.verdict", "Chưa đạt, tạm tính", "Đạt, tạm tính"),
    } <= told


def test_a_survey_that_is_not_yet_published_leaves_the_verdict_to_the_deciding_source(
    office: Workspace, capfd: Capture
) -> None:
    receive(office, "STC", "stc.xlsx")
    door.main(["collect"])
    before = rendered(office)["indicators"]["T12"]
    others = {Key("KS.DV.chung", name): n for name, n in (("issued", 900), ("returned", 900), ("valid", 900))}
    receive(office, "STC", "stc.xlsx", others | {Key("KS.DV.chung", "satisfied"): 9})
    door.main(["collect"])
    after = rendered(office)["indicators"]["T12"]
    assert (after["numerator"], after["denominator"]) == (before["numerator"], before["denominator"])
    meaning = {m["label"]: m["text"] for m in asked(capfd, "explain", "T12", *AS_OF)["account"]["meaning"]}
    assert "Đánh giá trên hệ thống thông tin giải quyết TTHC" in meaning["Nguồn"]
    held = control(office, "T12", total=1200, done=1062, document="QĐ 766 (SIPAS)")
    assert door.main(["control", "read"]) == 0
    compared = rendered(office)["indicators"]["T12"]
    own = {"numerator": after["numerator"], "denominator": after["denominator"]}
    assert (compared["own"], compared["verdict"]) == (own, after["verdict"])
    assert not compared["control"]["printed"]
    said = asked(capfd, "explain", "T12", *AS_OF)["account"]["control"]
    assert f"({held})" in said[0]
    assert said[-1].startswith("Báo cáo dùng số của các đơn vị, theo kế hoạch; lý do: khác phạm vi")


def control(office: Workspace, item: str, total: int, done: int, document: str) -> str:
    """Write what the system in charge holds into the workbook for it; returns the document."""
    assert door.main(["control", "make"]) == 0
    path = office.control
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(c.row for c in sheet["A"] if c.value == item and not sheet[f"C{c.row}"].value)
    for column, value in {"E": total, "F": done, "H": date(2025, 10, 31), "I": document}.items():
        sheet[f"{column}{row}"] = value
    book.save(path)
    return document


def test_a_rate_without_its_two_counts_is_refused_and_the_unit_counts_as_missing(
    office: Workspace, capfd: Capture
) -> None:
    receive(office, "STC", "stc.xlsx", {Key("T13", "total"): "", Key("T13", "done"): "100%"})
    door.main(["collect"])
    found = [f for f in asked(capfd, "validate", *AS_OF)["findings"] if f["item"] == "T13"]
    assert any(f["severity"] == "error" and f["cell"] and "100%" in f["message"] for f in found)
    made = rendered(office)
    assert "STC" in made["indicators"]["T13"]["missing"]
    told = asked(capfd, "explain", "T13", "--unit", "STC", *AS_OF)["account"]
    assert told["left_out"][0]["reason"] == "bị loại, chờ chỉnh lý"
    assert any(c["raw"] == "100%" for c in told["left_out"][0]["cells"])


def test_the_unit_answers_what_it_was_asked_and_the_officer_decides_by_its_document(
    office: Workspace, capfd: Capture
) -> None:
    receive(office, "STC", "stc.xlsx", {Key("T13", "total"): "", Key("T13", "done"): "100%"})
    door.main(["collect"])
    assert door.main(["feedback", *AS_OF]) == 0
    (listed,) = (office.results / "chinh-ly").glob("BM2025_STC_*")
    names = {f["field"]: f["id"] for f in asked(capfd, "validate", *AS_OF)["findings"] if f["item"] == "T13"}
    replied = answer(listed.read_bytes(), {names["done"]: ("Giữ nguyên", "đủ 12/12 ý kiến")})
    (office.inbox / "tra loi.xlsx").write_bytes(replied)
    door.main(["collect"])
    told = asked(capfd, "explain", "T13", "--unit", "STC", *AS_OF)["account"]
    (said,) = (line for line in told["left_out"][0]["findings"] if names["done"] in line)
    assert said.endswith("; đơn vị đề nghị giữ nguyên: đủ 12/12 ý kiến.")
    why = ("--reason", "theo bản đã ký", "--document", "Công văn số 31/STC-VP ngày 18/11/2025")
    assert door.main(["decide", "--unit", "STC", "--set", "T13.total=12; T13.done=12", *why]) == 0
    made = rendered(office)
    assert "STC" not in made["indicators"]["T13"]["missing"]
    told = asked(capfd, "explain", "T13", "--unit", "STC", *AS_OF)["account"]
    assert told["counted"][0]["figure"] == "12/12 ý kiến = 100% (đã đính chính)"
    assert len(told["decisions"]) == 2
    assert all("Công văn số 31/STC-VP" in line for line in told["decisions"])
    text = " ".join(text_of(office.results / f"bao-cao-{office.period}.docx"))
    assert "Theo bản đã ký (Công văn số 31/STC-VP ngày 18/11/2025)" in text
    assert "02 số liệu đã đính chính, có văn bản: Sở Tài chính." in " ".join(
        text_of(office.results / "tom-tat-trinh-ky.docx")
    )


@pytest.mark.workers
def test_the_same_file_uploaded_22_times_is_one_return(office: Workspace, capfd: Capture) -> None:
    data = receive(office, "STC", "stc.xlsx")
    for n in range(1, 22):
        (office.inbox / f"stc ({n}).xlsx").write_bytes(data)
    statuses = [r["status"] for r in asked(capfd, "collect")["returns"]]
    assert (statuses.count("effective"), statuses.count("duplicate")) == (1, 21)
    assert rendered(office)["returns"]["received"] == 1
