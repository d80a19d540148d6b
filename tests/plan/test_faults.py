"""A wrong profile is told whole, in one run, with the place in the file and in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dvctt_report.plan.load import PlanFault, load_profile, read_toml
from dvctt_report.plan.model import Profile
from dvctt_report.text.errors import CannotRun

PLAN = """
code = "K1"
version = 1
province = "tỉnh Thử"
title = "Thử nghiệm"
short_title = "thử"
form_title = "BIỂU THỬ"
issuer = "Ủy ban nhân dân tỉnh Thử"
compiler = "A"
legal_basis = []
[document]
kind = "Kế hoạch"
[period]
first = "01-01"
last = "10-31"
[deadline]
before = "11-10"
quote = "trước ngày 10/11"
point = "điểm e"
[words]
none_arising = ["-"]
not_available = ["…"]
not_applicable = ["KAD"]
ambiguous = ["x"]
units = ["nghìn"]
periods = ["năm trước"]
drafts = ["nháp"]
withdrawals = ["thu hồi"]
corrections = ["đính chính"]
[[items]]
code = "T1"
kind = "target"
title = "Mục tiêu một"
label = "Một"
print_as = "Một"
point = "điểm a"
measure = "flow"
unit_of_count = "hồ sơ"
total = "Tổng số hồ sơ"
done = "Số hồ sơ trong đó trực tuyến"
total_sources = ["HS.resolved_total"]
thresholds = [{ year = 2025, at_least = 80 }]
[[items]]
code = "T2"
kind = "target"
title = "Mục tiêu hai"
label = "Hai"
print_as = "Hai"
point = "điểm b"
measure = "yes_no"
unit_of_count = "đơn vị"
question = "Có không?"
thresholds = [{ year = 2025, at_least = 100 }]
[[items]]
code = "HS"
kind = "dossier"
title = "Hồ sơ"
label = "Hồ sơ"
point = "điểm c"
[[items]]
code = "NV"
kind = "task"
title = "Nhiệm vụ"
label = "Nhiệm vụ"
point = "điểm d"
binds = ["A", "group:g"]
derived_from = ["T2"]
[[items]]
code = "KP"
kind = "funding"
title = "Kinh phí"
label = "Kinh phí"
point = "điểm e"
measures = [{ code = "spent", label = "Đã chi", kind = "money" }]
"""
UNITS = """
[[groups]]
code = "g"
title = "Sở"
heading = "I. Sở"
own = ["T*", "HS"]
[[units]]
code = "A"
name = "Cơ quan A"
short_name = "A"
group = "g"
duty = "required"
"""


def write(folder: Path, plan: str = PLAN, units: str = UNITS) -> Path:
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    (folder / "units.toml").write_text(units, encoding="utf-8")
    return folder


def load(folder: Path, *changes: tuple[str, str], units: tuple[tuple[str, str], ...] = ()) -> Profile:
    """Load the small profile with every (old, new) applied; each old text has to be there."""
    plan, roster = PLAN, UNITS
    for old, new in changes:
        assert old in plan
        plan = plan.replace(old, new, 1)
    for old, new in units:
        assert old in roster
        roster = roster.replace(old, new, 1)
    return load_profile(write(folder, plan, roster))


def faults(
    folder: Path, *changes: tuple[str, str], units: tuple[tuple[str, str], ...] = ()
) -> dict[str, str]:
    with pytest.raises(PlanFault) as caught:
        load(folder, *changes, units=units)
    return dict(caught.value.faults)


def test_the_small_profile_has_no_fault(tmp_path: Path) -> None:
    assert [i.code for i in load(tmp_path).plan.items] == ["T1", "T2", "HS", "NV", "KP"]


FAULTS = (
    ('short_title = "thử"\n', "", "short_title", "thiếu giá trị bắt buộc"),
    ("version = 1", "version = 1\nverison = 2",
     "verison", "tên không dùng trong cấu hình (có thể gõ sai tên) (đang ghi: 2)"),
    ("version = 1", 'version = "một"', "version", "phải là số nguyên (đang ghi: một)"),
    ('province = "tỉnh Thử"', 'province = " "', "province", "không được để trống (đang ghi:  )"),
    ('province = "tỉnh Thử"', "province = 5", "province", "phải là chữ, đặt trong dấu nháy (đang ghi: 5)"),
    ('measure = "flow"', 'measure = "luồng"',
     "items[1] (T1).measure",
     "chỉ nhận một trong các giá trị 'flow', 'stock', 'yes_no', 'count', 'milestone', 'score', 'rank' "
     "(đang ghi: luồng)"),
    ('kind = "dossier"', 'kind = "hồ sơ"',
     "items[3] (HS)",
     "“kind” chỉ nhận 'target', 'topic', 'channel', 'funding', 'task', 'dossier', 'survey', 'prose', "
     "'listing'"),
    ('kind = "dossier"\n', "", "items[3] (HS)", "thiếu “kind” (loại nội dung)"),
    ("at_least = 80", "at_least = 120",
     "items[1] (T1).thresholds[1].at_least", "phải nhỏ hơn hoặc bằng 100 (đang ghi: 120)"),
    ("at_least = 80", "at_least = -1",
     "items[1] (T1).thresholds[1].at_least", "phải lớn hơn hoặc bằng 0 (đang ghi: -1)"),
    ("at_least = 80", 'at_least = "82,5"',
     "items[1] (T1).thresholds[1].at_least",
     "phải là số, không đặt trong dấu nháy; số lẻ ghi dấu chấm, ví dụ 82.5 (đang ghi: 82,5)"),
    ("at_least = 80", "at_least = true",
     "items[1] (T1).thresholds[1].at_least",
     "phải là số, không đặt trong dấu nháy; số lẻ ghi dấu chấm, ví dụ 82.5 (đang ghi: True)"),
    ('before = "11-10"', 'before = "11-31"',
     "deadline.before", "phải là tháng-ngày có thật, dạng 10-31 (đang ghi: 11-31)"),
    ('last = "10-31"', 'last = "31/10"',
     "period.last", "phải là tháng-ngày có thật, dạng 10-31 (đang ghi: 31/10)"),
    ('code = "T1"', 'code = "t 1"', "items[1] (t 1).code", "viết không đúng dạng (đang ghi: t 1)"),
    ('binds = ["A", "group:g"]', "binds = []", "items[4] (NV).binds", "danh sách không được để trống"),
    ('binds = ["A", "group:g"]', 'binds = "A"',
     "items[4] (NV).binds", "phải là danh sách trong ngoặc vuông [ ] (đang ghi: A)"),
    ('compiler = "A"', 'compiler = "B"', "compiler", "không có đơn vị “B” trong units.toml"),
    ('code = "KP"', 'code = "NV"', "items", "mã “NV” được dùng 2 lần; mỗi mã chỉ dùng một lần"),
    ('total_sources = ["HS.resolved_total"]', 'total_sources = ["HS.resolved"]',
     "items[1] (T1).total_sources", "“HS.resolved” không phải là một ô của nội dung nào (dạng MÃ.ô)"),
    ('total_sources = ["HS.resolved_total"]', 'part_of = "T9"',
     "items[1] (T1).part_of", "không có mục tiêu “T9”"),
    ('total_sources = ["HS.resolved_total"]', 'within = "HS"',
     "items[1] (T1).within", "không có mục tiêu “HS”"),
    ('total = "Tổng số hồ sơ"\n', "", "items[1] (T1).total", "phải có câu giải thích cho người điền biểu"),
    ('question = "Có không?"\n', "", "items[2] (T2).question", "phải có câu giải thích cho người điền biểu"),
    ('measure = "flow"', 'measure = "flow"\nanswered_by = "authority"\nauthority = "B"',
     "items[1] (T1).authority", "không có đơn vị “B” trong units.toml"),
    ('measure = "flow"', 'measure = "flow"\nin_charge = "B"',
     "items[1] (T1).in_charge", "không có đơn vị “B” trong units.toml"),
    ('question = "Có không?"',
     'question = "Có không?"\ncontrol = { source = "X", printed = "units", reason = "vì" }',
     "items[2] (T2).control", "chỉ đối chiếu được mục tiêu tính bằng hai số do các đơn vị trả lời"),
    ('question = "Có không?"', 'question = "Có không?"\nchoices_outside = ["Miễn"]',
     "items[2] (T2).choices_outside", "“Miễn” không phải là một lựa chọn của mục tiêu"),
    ('question = "Có không?"', 'question = "Có không?"\nchoices = ["Có", "Không, chưa có trang"]',
     "items[2] (T2)", "lựa chọn của ô “answer” không được có dấu phẩy (Excel sẽ tách thành hai)"),
    ('question = "Có không?"', f'question = "Có không?"\nchoices = ["Có", "{"dài " * 70}"]',
     "items[2] (T2)", "các lựa chọn của ô “answer” dài quá 255 ký tự"),
    ('binds = ["A", "group:g"]', 'binds = ["A", "group:h"]',
     "items[4] (NV).binds", "không có đơn vị hoặc nhóm “group:h” trong units.toml (các nhóm: g)"),
    ('derived_from = ["T2"]', 'derived_from = ["T7"]',
     "items[4] (NV).derived_from", "không có nội dung “T7”"),
    ('measures = [{ code = "spent", label = "Đã chi", kind = "money" }]',
     'measures = [{ code = "spent", label = "Đã chi", kind = "money" }, { code = "spent", label = '
     '"Chi", kind = "money" }]',
     "items[5] (KP)", "mã ô “spent” được dùng 2 lần; mỗi mã chỉ dùng một lần"),
    ('own = ["T*", "HS"]', 'own = ["T*", "HX"]',
     "groups[1] (g).own", "không có nội dung “HX” trong plan.toml: bỏ mã này khỏi own"),
    ('own = ["T*", "HS"]', 'own = ["Z*", "HS"]',
     "groups[1] (g).own", "không có nội dung “Z*” trong plan.toml: bỏ mã này khỏi own"),
    ('group = "g"', 'group = "h"', "units[1] (A).group", "không có nhóm “h”: ghi một trong g"),
    ('duty = "required"', 'duty = "required"\nnot_asked = ["T9"]',
     "units[1] (A).not_asked", "không có nội dung “T9”"),
    ('duty = "required"', 'duty = "required"\nvalid_to = 2024-01-01',
     "units[1] (A).valid_to", "ngày hết hiệu lực trước ngày có hiệu lực"),
    ('duty = "required"', 'duty = "required"\nparent = "A"',
     "units[1] (A).parent", "không có đơn vị cấp trên “A” trong units.toml"),
    ('duty = "required"', 'duty = "bắt buộc"',
     "units[1] (A).duty", "chỉ nhận một trong các giá trị 'required', 'asked', 'none' (đang ghi: bắt buộc)"),
    ('duty = "required"', 'duty = "required"\nvalid_to = "mai"',
     "units[1] (A).valid_to", "phải là ngày, viết theo dạng 2025-06-30 (đang ghi: mai)"),
)  # fmt: skip
"""A text of a file, what stands in its place, where that is told and as what."""


@pytest.mark.parametrize(("old", "new", "where", "what"), FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    if where.startswith(("units", "groups")):
        assert faults(tmp_path, units=((old, new),)) == {f"units.toml: {where}": what}
    else:
        assert faults(tmp_path, (old, new)) == {f"plan.toml: {where}": what}


def test_figures_of_two_surveys_are_not_mixed_in_one_target(tmp_path: Path) -> None:
    survey = '[[items]]\ncode = "{0}"\nkind = "survey"\ntitle = "{0}"\nlabel = "{0}"\npoint = "điểm c"\n'
    survey += 'source = "{1}"\narea = "Chung"\n'
    both = (survey.format("KS.A", "Khảo sát"), survey.format("KS.B", "{0}"), '[[items]]\ncode = "NV"')
    sources = ('total_sources = ["HS.resolved_total"]', 'total_sources = ["KS.A.valid", "KS.B.valid"]')
    with pytest.raises(CannotRun) as told:
        load(tmp_path, sources, (both[2], "".join(both).format("SIPAS")))
    assert "nguồn (Khảo sát; SIPAS); mỗi mục tiêu chỉ có một nguồn quyết định" in str(told.value)
    load(tmp_path, sources, (both[2], "".join(both).format("Khảo sát")))


def test_every_fault_of_both_files_is_told_in_one_run(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("version = 1", "verison = 1"),
        ('before = "11-10"', 'before = "13-10"'),
        ('measure = "flow"', 'measure = "x"'),
        units=(('name = "Cơ quan A"\n', ""),),
    )

    assert set(found) == {
        "plan.toml: version",
        "plan.toml: verison",
        "plan.toml: deadline.before",
        "plan.toml: items[1] (T1).measure",
        "units.toml: units[1] (A).name",
    }


def test_the_message_counts_the_faults_and_names_the_check(tmp_path: Path) -> None:
    with pytest.raises(PlanFault) as caught:
        load(
            tmp_path, ('compiler = "A"', 'compiler = "B"'), ('derived_from = ["T2"]', 'derived_from = ["Z"]')
        )

    text = str(caught.value)
    assert f"{tmp_path} có 2 lỗi:" in text
    assert f'dvctt-report plan check --profile "{tmp_path}"' in text
    assert not re.search(r"\b(input|should|field|valid)\b", text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")

    with pytest.raises(PlanFault, match=r"Không tìm thấy tệp .*units\.toml"):
        load_profile(tmp_path)


def test_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8-sig")

    assert load_profile(tmp_path).plan.code == "K1"


def test_utf_16_is_told_with_its_remedy(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-16")

    with pytest.raises(PlanFault, match=r"không lưu theo bảng mã UTF-8.*Notepad.*UTF-8"):
        load_profile(tmp_path)


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("a = 1\nb = “hai”\n", "viết sai cú pháp: dòng 2: b = “hai”", 'dấu nháy thẳng ("), không dùng'),
        ("a = 1\nb = 2 3\n", "viết sai cú pháp: dòng 2: b = 2 3", 'dấu nháy thẳng ("…")'),
        ('thu_muc = "C:\\Users"\n', 'viết sai cú pháp: dòng 1: thu_muc = "C:\\Users"', "viết thành / hoặc"),
        ("[zz]\nx = " + "[" * 5000 + "]" * 5000, "viết sai cú pháp: quá nhiều dấu ngoặc", "bản sao lưu"),
        ("a = 1\n" + "x." * 50_000 + "x = 1", "viết sai cú pháp: dòng 2", "quá nhiều dấu chấm (trên 20)"),
        (
            "b = {" + ".".join(["'x'"] * 30) + " = 1}",
            "viết sai cú pháp: dòng 1",
            "quá nhiều dấu chấm (trên 20)",
        ),
        ("a = 82,5", "dòng 1: a = 82,5", "không có dấu phẩy"),
        ("a = 2025/6/30", "dòng 1: a = 2025/6/30", "Ngày viết theo dạng"),
        ("năm = 2026", "dòng 1: năm = 2026", "tên viết không dấu"),
        ("a b = 1", "dòng 1: a b = 1", "viết liền"),
        ('a = ["x", "y" # “Như trên”', "viết sai cú pháp", "Thiếu dấu ] đóng danh sách"),
        ("a = { b = 1", "viết sai cú pháp", "Thiếu dấu } đóng nhóm"),
        ('a = "x', "viết sai cú pháp", "Thiếu dấu nháy thẳng"),
        ("a = 1\na = 2 # “hai”", "viết sai cú pháp: dòng 2: a = 2", "đã ghi ở trên"),
        ("[b]\nc = 1\n[b] # “hai”", "viết sai cú pháp: dòng 3: [b]", "đã ghi ở trên"),
        ('a = """mở', "ở cuối tệp (thiếu dấu đóng ngoặc hoặc dấu nháy)", "Thiếu dấu nháy"),
    ],
)
def test_a_syntax_error_is_told_with_its_line_and_remedy(
    tmp_path: Path, text: str, message: str, fix: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CannotRun) as caught:
        read_toml(path)

    assert message in caught.value.message
    assert fix in caught.value.fix
