"""The sentence patterns are checked before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.plan.phrases import Phrases, figure_id, pattern_slots, read_phrases
from dvctt_report.text.errors import CannotRun
from tests.shipped import own_file


def changed(tmp_path: Path, old: str, new: str) -> Path:
    path = own_file(tmp_path, "phrases.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_patterns_are_all_there_and_no_more(phrases: Phrases) -> None:
    assert set(phrases.patterns) == set(pattern_slots())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[ministry.lead]", "[ministry.lead2]", ["ministry.lead2.lead_in: không có mẫu câu"]),
        ("kính báo cáo {receiver} theo", "kính báo cáo {nobody} theo", ["ministry.lead.closing", "{nobody}"]),
        ("[ministry.lead]", '[ministry.lead]\nnew = "x"', ["ministry.lead.new: không có mẫu câu"]),
        ("[ministry.prose]", '[ministry.prose]\nlimits = "Tồn tại"', ["ministry.prose.limits", "dùng chung"]),
        ("[ministry.prose]", "[ministry]\nprose = 5\n[other]", ["ministry.prose: không có mẫu câu"]),
        ("{n:.missing} đơn vị chưa gửi{names}", "{n} đơn vị chưa gửi{name}", ["{name}", "{names}"]),
        (
            "còn {n:.missing} đơn vị chưa gửi{names}",
            "còn đơn vị chưa gửi{names}",
            ["returns.missing: thiếu ô {n}"],
        ),
        ("[returns]", "[returns]\nnew = 'x'", ["returns.new: không có mẫu câu nào mang tên này"]),
        (
            "{n:returns.on_time} đơn vị gửi đúng hạn",
            "{n đơn vị gửi đúng hạn",
            ["returns.on_time", "không khớp"],
        ),
        ("{n:returns.on_time} đơn vị gửi đúng hạn", "{n.__class__} đơn vị", ["returns.on_time"]),
        ("{n:returns.on_time} đơn vị gửi đúng hạn", "{n:>9} đơn vị", ["returns.on_time", "“:”"]),
        ('UBND = "Ủy ban nhân dân"', "UBND = 5", ["abbreviations"]),
    ],
)
def test_a_faulty_pattern_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    with pytest.raises(CannotRun) as caught:
        read_phrases(changed(tmp_path, old, new))
    assert all(part in caught.value.message for part in told)


def test_a_sentence_that_a_copy_has_not_is_said_as_shipped(tmp_path: Path, phrases: Phrases) -> None:
    copy = read_phrases(changed(tmp_path, 'on_time = "{n:returns.on_time} đơn vị gửi đúng hạn"', ""))
    assert copy.patterns["returns.on_time"] == phrases.patterns["returns.on_time"]
    assert set(copy.patterns) == set(pattern_slots())


def test_a_text_says_in_other_words_only_what_its_own_table_has(phrases: Phrases) -> None:
    slots = {"issuer": "A", "period": "năm 2025", "receiver": "B"}
    assert phrases.fill("lead.closing", "ministry", **slots).endswith(
        "A kính báo cáo B theo dõi, tổng hợp./."
    )
    assert phrases.fill("lead.closing", "department", **slots).endswith("xem xét, chỉ đạo./.")
    assert phrases.fill("sign.same", "ministry") == phrases.fill("sign.same")


def test_values_are_never_read_as_patterns(phrases: Phrases) -> None:
    assert phrases.fill("returns.on_time", n="{names}") == "{names} đơn vị gửi đúng hạn"


def test_a_figure_is_named_in_the_shipped_pattern_whatever_a_copy_says(
    tmp_path: Path, phrases: Phrases
) -> None:
    copy = read_phrases(changed(tmp_path, "{n:returns.on_time}", "{n}"))
    other = read_phrases(changed(tmp_path, "{n:returns.on_time}", "{n:returns.late}"))
    assert copy == other
    assert copy.patterns["returns.on_time"] == phrases.patterns["returns.on_time"]
    assert figure_id("returns.on_time", "n", "") == "returns.on_time"
    assert figure_id("target.figure", "rate", "T10") == "T10.percent"
    assert figure_id("target.figure", "unit", "T10") == ""
    assert figure_id("target.figure", "rate", "") == ""
    assert figure_id("funding.units", "n", "KP.a.spent") == "KP.a.spent"
    assert figure_id("lead.closing", "receiver", "") == ""
