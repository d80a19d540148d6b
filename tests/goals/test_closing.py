"""Numbers of things wait for whoever is missing, until the officer closes the collection."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.decide.excel import choices, row_of, shown, type_into
from tests.goals.conftest import LATE, run, send, sign
from tests.goals.test_matrix import text_of

AS_OF = ("--as-of", "26/11/2026 9:00")
CLOSE = "Kết thúc thu nhận số liệu"
COUNTS = ("A5", "A7", "B2", "B4")


def test_closing_makes_no_figure_of_what_nobody_told(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(rendered, tmp_path / "Báo cáo")
    for path in (root / "nhan-ve" / "2026").glob("*.xlsx"):
        path.unlink()
    run(root, "collect")
    capfd.readouterr()
    run(root, "validate", *AS_OF, "--format", "json")
    found = json.loads(capfd.readouterr().out)["findings"]
    (waits,) = [one["id"] for one in found if one["code"] == "MT03"]
    assert run(root, "decide", waits, "--accept", "--reason", "không chờ nữa", "--basis", "họp giao ban") == 0
    assert judged(root) == dict.fromkeys(COUNTS, ("insufficient", None))
    assert "có 0 " not in text_of(root / "ket-qua" / "2026" / "bao-cao-2026.docx")


def judged(root: Path) -> dict[str, tuple[str, str | None]]:
    """Verdict and basis of each number of things in the report's manifest."""
    assert run(root, "render", *AS_OF) == 0
    text = (root / "ket-qua" / "2026" / "bao-cao-2026.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["indicators"]
    return {one["code"]: (one["verdict"], one["basis"]) for one in found if one["code"] in COUNTS}


def test_the_collection_is_closed_by_a_row_of_the_workbook_and_what_comes_later_opens_it(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "Báo cáo"
    shutil.copytree(rendered, root)
    assert run(root, "validate", *AS_OF) in (0, 1)
    book = next((root / "ky-bao-cao" / "2026").glob("viec-can-xu-ly-*.xlsx"))
    row = row_of(book, "Toàn tỉnh")
    assert "4 chỉ tiêu đếm số lượng (A5, A7, B2, B4) chưa kết luận: còn 1 đơn vị" in row["why"]
    assert choices(book, row) == [CLOSE]
    assert judged(root) == dict.fromkeys(COUNTS, ("insufficient", None))
    type_into(book, row, choice=CLOSE)
    assert run(root, "collect") in (0, 1)
    closed = {"A5": "missed", "A7": "met", "B2": "missed", "B4": "missed"}
    assert judged(root) == {code: (verdict, "closed") for code, verdict in closed.items()}
    (done,) = shown(book, "Đã quyết định")
    assert "không còn áp dụng" not in done["about"]
    results = root / "ket-qua" / "2026"
    assert (
        "Trừ kết luận tạm tính và kết luận theo số đã có khi kết thúc thu nhận số liệu, các kết "
        "luận không thay đổi dù các đơn vị còn lại đều đã hay đều chưa thực hiện."
    ) in text_of(results / "bao-cao-2026.docx")
    made = openpyxl.load_workbook(results / "bang-ke-so-lieu-2026.xlsx", data_only=True)
    assert {row[12] for row in made["Tổng hợp"].iter_rows(min_row=2, values_only=True)} == {"khớp"}
    assert run(root, "render", "--quick", *AS_OF) == 0
    said = "Kết luận theo số đã có khi kết thúc thu nhận số liệu: "
    assert said in text_of(results / "tom-tat-trinh-ky.docx")
    quick = docx.Document(str(results / "bao-cao-nhanh-2026.docx"))
    sure = "\n".join(paragraph.text for paragraph in quick.paragraphs).lower()
    assert "bộ dữ liệu mở được công bố" not in sure
    assert "sự cố mất an toàn thông tin" not in sure
    capfd.readouterr()
    assert run(root, "explain", "A5") == 0
    assert "đã kết thúc thu nhận số liệu; tính theo số của 7/8 đơn vị" in " ".join(
        capfd.readouterr().out.split()
    )
    send(root, "X5", LATE)
    assert run(root, "collect") in (0, 1)
    complete = {"A5": "met", "A7": "met", "B2": "met", "B4": "missed"}
    assert judged(root) == {code: (verdict, "complete") for code, verdict in complete.items()}
    (done,) = shown(book, "Đã quyết định")
    assert "nội dung nay đã khác, không còn áp dụng" in done["about"]


def test_a_supplement_says_what_was_concluded_because_the_collection_was_closed(
    rendered: Path, tmp_path: Path
) -> None:
    root = sign(rendered, tmp_path / "Báo cáo")
    assert run(root, "validate", *AS_OF) in (0, 1)
    book = next((root / "ky-bao-cao" / "2026").glob("viec-can-xu-ly-*.xlsx"))
    type_into(book, row_of(book, "Toàn tỉnh"), choice=CLOSE)
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--supplement", *AS_OF) == 0
    made = docx.Document(str(root / "ket-qua" / "2026" / "bao-cao-bo-sung-2026.docx"))
    said = [row.cells[-1].text for table in made.tables for row in table.rows]
    concluded = [text for text in said if ", theo số đã có khi kết thúc thu nhận số liệu (Kế hoạch:" in text]
    assert len(concluded) == len(COUNTS) + 1  # one is judged by groups


def test_a_closed_collection_is_the_provinces_in_every_row_and_line(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decided by the command, and told under the same name also once there is nothing left to decide."""
    monkeypatch.setattr("dvctt_report.cli.session.parse_moment", lambda _: datetime(2099, 1, 4))
    root = tmp_path / "Báo cáo"
    shutil.copytree(rendered, root)
    assert run(root, "validate") in (0, 1)
    book = next((root / "ky-bao-cao" / "2026").glob("viec-can-xu-ly-*.xlsx"))
    assert row_of(book, "Toàn tỉnh")["sheet"] == "Tôi quyết"
    capfd.readouterr()
    assert run(root, "validate", "--format", "json") in (0, 1)
    (name,) = {f["id"] for f in json.loads(capfd.readouterr().out)["findings"] if f["code"] == "MT03"}
    assert run(root, "decide", name, "--accept", "--reason", "Đã hết hạn", "--basis", "Zalo: chị Lan") == 0
    assert f"Kết thúc thu nhận số liệu {name}: 4 chỉ tiêu đếm số lượng" in capfd.readouterr().out
    assert run(root, "validate") in (0, 1)
    assert row_of(book, "Toàn tỉnh", "", "Đã quyết định")["about"].startswith("4 chỉ tiêu")
    send(root, "X5", LATE)
    assert run(root, "collect") in (0, 1)
    assert row_of(book, "Toàn tỉnh", "", "Đã quyết định")["about"].startswith("4 chỉ tiêu")
