"""Severities and limits are the province's to set; what it changes is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.model import Severity
from dvctt_report.plan.model import Profile
from dvctt_report.rules import check
from dvctt_report.rules.settings import changed_settings
from tests.plan.test_faults import faults, load
from tests.rules.tables import dataset, profile


def setting(text: str) -> tuple[str, str]:
    """A change of the small plan: ``text`` as its [rules]."""
    return "[words]", f"{text}\n[words]"


def test_nothing_set_is_nothing_to_say(tmp_path: Path) -> None:
    assert changed_settings(load(tmp_path)) == ()
    assert changed_settings(load(tmp_path, setting("[rules.NT03]\nat_most = 10\nseverity = 'warning'"))) == ()


def test_what_the_province_sets_is_said_with_the_default(tmp_path: Path) -> None:
    text = (
        "[rules.NT03]\nat_most = 20\nseverity = 'info'\n[rules.HL02]\nat_least = 50\n"
        "[rules.KP02]\nseverity = 'error'"
    )
    assert changed_settings(load(tmp_path, setting(text))) == (
        "HL02 (Ít phiếu mà chưa đạt mức hài lòng): ngưỡng 50 phiếu thay cho 30 phiếu",
        "KP02 (Kinh phí đã thực hiện lớn hơn dự toán được giao): mức “lỗi” thay cho “cần xác nhận”",
        "NT03 (Tổng số thay đổi nhiều so với năm trước): ngưỡng 20% thay cho 10%; "
        "mức “thông tin” thay cho “cần xác nhận”",
    )


def test_a_group_of_another_least_size_is_said(tmp_path: Path) -> None:
    said = changed_settings(load(tmp_path, setting("[rules.HL03]\nat_least = 9")))
    assert len(said) == 1
    assert said[0].startswith("HL03 (")
    assert ": nhóm từ 9" in said[0]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("[rules.XX99]\nseverity = 'info'", "rules.XX99", "không có quy tắc mang mã này (xem docs/rules.md)"),
        (
            "[rules.NT03]\nat_least = 5",
            "rules.NT03.at_least",
            "quy tắc này không có ngưỡng “at_least”; ngưỡng của quy tắc này là at_most",
        ),
        ("[rules.TH02]\nat_most = 5", "rules.TH02.at_most", "quy tắc này không có ngưỡng “at_most”"),
        (
            "[rules.SL02]\nseverity = 'warning'",
            "rules.SL02.severity",
            "lỗi này chặn số sai vào tổng hợp nên không hạ mức được; chấp nhận từng trường hợp có lý do",
        ),
        (
            "[rules.NT03]\nseverity = 'nhẹ'",
            "rules.NT03.severity",
            "chỉ nhận một trong các giá trị 'error', 'warning', 'info' (đang ghi: nhẹ)",
        ),
        ("[rules.HL02]\nat_least = 0", "rules.HL02.at_least", "phải lớn hơn hoặc bằng 1 (đang ghi: 0)"),
        (
            "[rules.HL02]\nleast = 5",
            "rules.HL02.least",
            "tên không dùng trong cấu hình (có thể gõ sai tên) (đang ghi: 5)",
        ),
    ],
)
def test_a_setting_that_cannot_hold_is_told_with_its_place(
    tmp_path: Path, text: str, where: str, what: str
) -> None:
    assert faults(tmp_path, setting(text)) == {f"plan.toml: {where}": what}


def of_rules(**rules: dict[str, object]) -> Profile:
    return profile(rules=rules)


def test_a_limit_of_the_province_decides_when_a_rule_speaks() -> None:
    table = "unit | item | planned | spent\nA | KP.a | 90000 | 90000"
    said = [f.code for f in check(dataset(table)) if f.item == "KP.a"]
    quiet = [f.code for f in check(dataset(table, of_rules(KP03={"at_least": 50000}))) if f.item == "KP.a"]
    assert (said, quiet) == (["KP03"], [])


def test_a_severity_of_the_province_is_that_of_the_findings() -> None:
    table = "unit | item | planned | spent\nA | KP.a | 400000 | 450000"
    (found,) = (f for f in check(dataset(table, of_rules(KP02={"severity": "error"}))) if f.code == "KP02")
    assert found.severity is Severity.ERROR
