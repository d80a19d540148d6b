"""Each rule speaks where it must, in the words of its example, and is silent where it must."""

from __future__ import annotations

from typing import Any

import pytest

from dvctt_report.codes import CODES, INTAKE_CODES, RULE_CODES, RULES_BY_CODE
from dvctt_report.dataset import Dataset
from dvctt_report.model import Result, Return, ReturnStatus
from dvctt_report.rules import RESULT_RULES, RULES, Rule, check, check_results, format_finding
from dvctt_report.rules.rule import Judged
from dvctt_report.summary import summarise
from tests.rules import cases
from tests.rules.tables import ITEMS, dataset, profile

FIRES: dict[str, str] = cases.FIRES | {
    "SL01": """
        unit 14 | item | total | done
        A | T1 | 100 |
        B | T1 | 100 | -
        C | T1 | 0   | ~
        H | T1 | 100 | 90
        H/Xã Một | T1 | 50 |
    """,
    "SL02": """
        unit 14 | item | total | done
        A | T1 | 100  | 120
        B | T1 | 1000 | 1200
        H/Xã Một | T1 | 10 | 11
    """,
    "SL03": """
        unit 14 | item | total | done
        A | T1 |   | 80
        B | T1 | ~ | 0
        C | T1 | 0 | 5
        A | T2 | - | 5
        B | T2 |   | -
    """,
    "SL04": """
        unit 14 | item | total | done
        A | T10 | |
        unit | item | answer
        A | T3 |
        unit | item | integrated | spent
        A | KP.a | |
        unit | item | status
        A | NV.1 |
        unit 14 | item | total | done
        B | T10 | |
        C | T10 | 5 | 5
        unit | item | integrated | spent
        B | KP.a | |
    """,
    "SL05": """
        unit 14 | item | total | done | rate | estimate | source | note
        A | T1 | ... | ... | | | |
        B | T1 | x | x | ~ | ~ | ~ | ~
        C | T1 | 100 | ... | | | |
        unit | item | answer | evidence | note
        A | T3 | ... | |
        unit 20 | item | total | done
        H/Xã Một | T1 | ... | ...
        unit 30 | item | total | done
        H/Xã Hai | T1 | x | x
        C | T2 | ... | ...
        C | T10 | ... | ...
    """,
    "SL06": """
        unit 14 | item | total | done | rate | estimate | source | note
        A | T10 | x | x | | | |
        B | T1 | 10 | x
        unit | item | answer | evidence | note
        C | T3 | x | | không có trang
    """,
    "SL07": """
        unit 20 | item | total | done
        B | T8 | 7 | 5
        unit | item | ticked
        H | ND.a | x
    """,
    "SL08": """
        unit 14 | item | total | done | rate
        A | T1 | 100 | 80 | 85
        B | T1 | 300 | 200 | 66.72
        H/Xã Một | T1 | 100 | 80 | 0.8
    """,
    "SL09": """
        unit 14 | item | total | done
        A | T1 | *** | ***
        C | T10 | *** | ***
    """,
    "BC01": """
        unit 8 | item | answer | evidence
        A | T3 | Có |
        B | T3 | Có | ~
    """,
    "HS01": """
        unit | item | received_total | received_online | received_direct | carried_over
        A | HS.T | 120 | 60 | 30 | 20
        B | HS.T | - | - | - | 5
    """,
    "HS02": """
        unit | item | received_total | received_online | received_direct | carried_over | \
               resolved_total | resolved_early | resolved_on_time | resolved_late
        A | HS.T | ~ | ~ | ~ | ~ | 100 | 80 | 10 | -
    """,
    "HS03": """
        unit | item | received_total | received_online | received_direct | carried_over | \
               resolved_total | resolved_early | resolved_on_time | resolved_late | \
               pending_total | pending_in_time | pending_late
        A | HS.T | ~ | ~ | ~ | ~ | ~ | ~ | ~ | ~ | 20 | 10 | 5
    """,
    "HS04": """
        unit | item | received_total | received_online | received_direct | carried_over | \
               resolved_total | resolved_early | resolved_on_time | resolved_late | pending_total
        A | HS.T | 120 | ~ | ~ | ~ | 100 | ~ | ~ | ~ | 15
    """,
    "PK01": """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 200 | 150 | 100 | 120
        B | KS.C | ~ | ~ | - | 1
    """,
    "PK02": """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 100 | 90 | 100 | 80
        B | KS.C | 50 | 60 | 40 | 30
    """,
    "QH01": """
        unit 7 | item | total | done
        A | T1 | 50 | 50
        A | T2 | 60 | 60
    """,
    "QH02": """
        unit 8 | item | issued | returned | valid | satisfied
        A | KS.C | 50 | 50 | 50 | 40
        unit 12 | item | total | done
        A | T12 | 50 | 40
        A | T12a | 60 | 30
    """,
    "DC10": """
        unit 14 | item | total | done
        A | T2 | 100 | 80
        A ! T2 120 80
    """,
    "TH01": "A @ sent=2025-12-18",
    "TH02": """
        B @ sent=2025-12-01
        C @ sent=2025-12-01
        H @ sent=2025-12-01
    """,
    "TH03": "A @ code=3036",
    "MK01": "A @ sent=2025-12-01 code=3036/3041",
    "MK02": "A @ sent=2025-12-01 code=3041/3041 signed=3036",
    "MT01": """
        unit | item | resolved_total
        A | HS.T | 1000
        B | HS.T | 1000
        C | HS.T | -
        H | HS.T | -
        H | HS.X | -
        unit | item | total | done
        A | T10 | 1000 | 799
        B | T10 | 1000 | 800
        C | T10 | 0 | 0
        H | T10 | - | -
    """,
}

EXPECTED: dict[str, list[str]] = cases.EXPECTED | {
    "SL01": [
        "Cơ quan B · Biểu 01-A · ô G15: có tổng số (100) nhưng số đã thực hiện lại ghi “không phát sinh”. "
        "Ghi số đã thực hiện vào ô G15 (ghi 0 nếu chưa thực hiện) hoặc chọn tình trạng “Chưa có số liệu”.",
        "Cơ quan C · Biểu 01-A · ô F16: có tổng số (0) nhưng để trống số đã thực hiện. Ghi số đã thực hiện "
        "vào "
        "cột đã thực hiện (ghi 0 nếu chưa thực hiện) hoặc chọn tình trạng “Chưa có số liệu”.",
        "Huyện H · Biểu 01-A · ô G18: Xã Một: có tổng số (50) nhưng để trống số đã thực hiện. "
        "Ghi số đã thực hiện vào ô G18 (ghi 0 nếu chưa thực hiện).",
    ],
    "SL02": [
        "Cơ quan B · Biểu 01-A · ô G15: số đã thực hiện (1.200) lớn hơn tổng số (1.000). "
        "Kiểm tra lại ô G15 hoặc F15.",
        "Huyện H · Biểu 01-A · ô G16: Xã Một: số đã thực hiện (11) lớn hơn tổng số (10). "
        "Kiểm tra lại ô G16 hoặc F16.",
    ],
    "SL03": [
        "Cơ quan A · Biểu 01-A · ô F17: có số đã thực hiện (5) nhưng tổng số bằng 0. Ghi tổng số vào ô F17.",
        "Cơ quan B · Biểu 01-A · ô G15: có số đã thực hiện (0) nhưng tổng số để trống. "
        "Ghi tổng số vào cột tổng số.",
        "Cơ quan B · Biểu 01-A · ô F18: có số đã thực hiện (0) nhưng tổng số để trống. Ghi tổng số vào ô "
        "F18.",
        "Cơ quan C · Biểu 01-A · ô F16: có số đã thực hiện (5) nhưng tổng số bằng 0. Ghi tổng số vào ô F16.",
    ],
    "SL04": [
        "Cơ quan A · Biểu 01-B · ô F8: chưa trả lời nội dung “Nội dung T3”. Chọn câu trả lời.",
        "Cơ quan A · Biểu 02 · ô F8: bỏ trống cả biểu, chưa trả lời 2 nội dung: “Nội dung KP.a”; “Nội dung "
        "NV.1”. Trả lời từng dòng: chọn câu trả lời, hoặc điền số liệu.",
        "Cơ quan B · Biểu 01-A · ô F14: chưa trả lời nội dung “Hồ sơ xử lý hoàn toàn trực tuyến”. Điền số "
        "liệu hoặc chọn tình trạng “Không phát sinh”, “Chưa có số liệu” hoặc “Không áp dụng”.",
        "Cơ quan B · Biểu 02 · ô F8: chưa trả lời nội dung “Nội dung KP.a”. Điền số liệu hoặc chọn câu trả "
        "lời.",
    ],
    "SL05": [
        "Cơ quan A · Biểu 01-B · ô H8: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi lý do vào ô H8.",
        "Cơ quan C · Biểu 01-A · ô K16: 3 dòng chọn “Chưa có số liệu” hoặc “Không áp dụng” nhưng chưa ghi "
        "lý do. Ghi lý do ở cột Ghi chú của từng dòng.",
        "Huyện H · Biểu 01-A · ô F20: Xã Một: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi lý do vào "
        "cột Ghi chú.",
        "Huyện H · Biểu 01-A · ô F30: Xã Hai: chọn “Không áp dụng” nhưng chưa ghi lý do. Ghi lý do vào cột "
        "Ghi chú.",
    ],
    "SL06": [
        "Cơ quan B · Biểu 01-A · ô G15: chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ "
        "quan tổng hợp xem xét. Giữ nguyên nếu đúng và ghi lý do vào cột Ghi chú; nếu không, điền số liệu.",
        "Cơ quan C · Biểu 01-B · ô F8: chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ "
        "quan tổng hợp xem xét. Giữ nguyên nếu đúng; nếu không, điền số liệu.",
    ],
    "SL07": [
        "Huyện H · Biểu 02 · ô F8: “Nội dung ND.a” không thuộc phạm vi báo cáo của đơn vị; "
        "số liệu không đưa vào tổng hợp. Xóa số liệu hoặc trao đổi với cơ quan tổng hợp.",
    ],
    "SL08": [
        "Cơ quan B · Biểu 01-A · ô H15: tỷ lệ ghi trong biểu (66,72%) khác tỷ lệ tính lại (66,67%). "
        "Kiểm tra lại ô F15, G15; tỷ lệ để biểu tự tính.",
        "Huyện H · Biểu 01-A · ô H16: Xã Một: tỷ lệ ghi trong biểu (0,8%) khác tỷ lệ tính lại (80%). "
        "Kiểm tra lại ô F16, G16; tỷ lệ để biểu tự tính.",
    ],
    "SL09": [
        "Cơ quan C · Biểu 01-A · ô F15: chọn “Không cung cấp” nhưng đơn vị không thuộc diện được chọn. "
        "Điền số liệu hoặc trao đổi với cơ quan tổng hợp.",
    ],
    "BC01": [
        "Cơ quan B · Biểu 01-B · ô F9: trả lời “Có” nhưng chưa ghi đường dẫn hoặc số văn bản. "
        "Ghi đường dẫn hoặc số, ngày văn bản vào cột Đường dẫn hoặc số văn bản.",
    ],
    "HS01": [
        "Cơ quan B · Biểu 03 · ô D9: tổng số tiếp nhận (0), cột (3), khác tổng các cột (4), (5), (6) là 5. "
        "Kiểm tra lại ô D9, E9, F9, G9.",
    ],
    "PK01": [
        "Cơ quan B · Biểu 04 · ô G9: số phiếu hài lòng, rất hài lòng (1) lớn hơn số phiếu hợp lệ (0). "
        "Kiểm tra lại ô G9 hoặc F9.",
    ],
    "PK02": [
        "Cơ quan B · Biểu 04 · ô E9: số phiếu thu về (60) lớn hơn số phiếu phát ra (50). "
        "Kiểm tra lại ô E9 hoặc D9.",
    ],
    "QH01": [
        "Cơ quan A · Biểu 01-A · ô G8: số đã thực hiện (60) lớn hơn số đã thực hiện của “Cán bộ, công chức "
        "được "
        "truyền thông” (50), trong khi đây là nhóm thuộc nội dung đó. Kiểm tra lại ô G8 hoặc G7.",
    ],
}
"""What follows the example, for the rules that have more than one thing to say."""

SILENT: dict[str, str] = cases.SILENT | {
    "SL01": """
        unit | item | total | done
        A | T1 | 100 | 90
        B | T1 | 100 | ...
        C | T1 | 100 | ?
        H | T1 | - |
        A | T2 | 0 | -
        B | T2 | |
        C | T2 | ? | 5
        unit | item | issued | returned | valid | satisfied
        A | KS.C | | | |
        unit | item | total | done
        A | T12 | 0 |
    """,
    "SL02": """
        unit | item | total | done
        A | T1 | 100 | 100
        B | T1 | 0 | 5
        C | T1 | ? | 5
        A | T2 | 5 | ?
        B | T2 | 5 |
        C | T2 | - | 5
    """,
    "SL03": """
        unit | item | total | done
        A | T1 | 100 | 90
        B | T1 | 0 | 0
        C | T1 | - | 0
        A | T2 | ... | 5
        B | T2 | ? | 5
        C | T2 | |
        unit | item | resolved_total
        A | HS.T |
        unit | item | total | done
        A | T10 | | 80
    """,
    "SL04": """
        unit | item | total | done
        A | T1 | | 5
        A | T2 | - | -
        B | T2 | ~ | ~
        A | T8 | ... | ...
        A | T10 | ? | ?
        A | T12 | | ?
        A | T12a | 10 |
        unit | item | answer
        A | T3 | Không
        A | T4 | ...
        A | U1 | ?
        unit | item | events | people
        A | HT.b | |
        unit | item | integrated | spent
        A | KP.a | x |
        unit | item | raised
        A | KP.c |
        unit | item | status
        A | NV.1 | Đang thực hiện
        A | NV.2 |
        unit | item | received_total | resolved_total
        A | HS.T | | 0
        unit | item | valid | satisfied
        A | KS.C | - | -
        A | KS.D | |
        unit | item | ticked
        A | ND.a | -
        unit | item | text
        A | DG.a |
    """,
    "SL05": """
        unit | item | total | done | rate | estimate | source | note
        A | T1 | ... | ... | | | | đang rà soát
        B | T1 | - | - | | | |
        C | T1 | *** | *** | | | |
        H | T1 | 100 | 90 | | | | xã Một chưa gửi
        H/Xã Một | T1 | ... | ...
        unit | item | answer | evidence | note
        A | T3 | x | | không có trang
        B | T3 | Không | |
    """,
    "SL06": """
        unit | item | total | done
        A | T1 | - | ...
        B | T8 | x | x
        H/Xã Một | T1 | x | x
        unit | item | answer
        A | T3 | Không
    """,
    "SL07": """
        unit | item | total | done
        A | T8 | 7 | 5
        B | T8 | - | ...
        unit | item | ticked
        H | ND.a | không
        unit | item | status
        H | NV.2 | Đã thực hiện
    """,
    "SL08": """
        unit | item | total | done | rate
        A | T1 | 300 | 200 | 66.7
        B | T1 | 0 | 0 | 0
        C | T1 | 100 | 80 | ?
        A | T2 | 100 |    | 50
        B | T2 |     | 80 | 50
        C | T2 | 100 | 80
    """,
    "SL09": """
        unit | item | total | done
        C | T1 | *** | ***
        A | T1 | x | x
        H/Xã Một | T1 | *** | ***
    """,
    "BC01": """
        unit | item | answer | evidence
        A | T3 | Có | https://mau.vn/tin-1
        B | T3 | Không |
        C | T3 | Có | ?
        H | T3 | Có |
    """,
    "HS01": """
        unit | item | received_total | received_online | received_direct | carried_over
        A | HS.T | 120 | 60 | 40 | 20
        B | HS.T | 5 | 5 | - | -
        C | HS.T | 120 | 60 | ? | 20
        H | HS.T |     | 60 | 40 | 20
    """,
    "HS02": """
        unit | item | resolved_total | resolved_early | resolved_on_time | resolved_late
        A | HS.T | 100 | 80 | 10 | 10
        B | HS.T | 100 | 80 | 10 |
    """,
    "HS03": """
        unit | item | pending_total | pending_in_time | pending_late
        A | HS.T | 20 | 15 | 5
        B | HS.T | ... | 15 | 5
    """,
    "HS04": """
        unit | item | received_total | resolved_total | pending_total
        A | HS.T | 120 | 100 | 20
        B | HS.T | 120 | 100 |
        unit | item | issued | returned
        C | KS.C | 120 | 100
    """,
    "PK01": """
        unit | item | valid | satisfied
        A | KS.C | 100 | 100
        B | KS.C | ? | 5
        C | KS.C | 10 | ...
    """,
    "PK02": """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 100 | 100 | 100 | 100
        B | KS.C | ? | 60 | ? | 30
        C | KS.C | 0 | 0 | - | -
    """,
    "QH01": """
        unit | item | total | done
        A | T1 | 60 | 60
        A | T2 | 60 | 60
        B | T1 | ... | ...
        B | T2 | 60 | 60
        C | T1 | 10 | 10
        C | T2 | | ?
    """,
    "QH02": """
        unit | item | valid | satisfied
        A | KS.C | 100 | 90
        B | KS.C | ? | ?
        unit | item | total | done
        A | T12 | 100 | 90
        A | T12a | 100 | 86
        B | T12 | 100 | 90
        B | T12a | 200 | 180
        C | T1 | 1 | 1
        C | T10 | 5 | 5
    """,
    "DC10": """
        unit | item | total | done
        A | T2 | 100 | 80
        B | T2 | ... | 80
        C | T12a | 100 | 80
        H | T1 | 10 | 10
        H/Xã Một | T1 | 7 | 7
        A ! T2 100 ...
        B ! T2 120 80
        C ! T2 120 90
        H ! T1 10 10
    """,
    "TH01": """
        A @ sent=2025-12-15
        B @ code=1
    """,
    "TH02": """
        A @ sent=2025-12-30
        B @ code=1
        C @ sent=2025-12-15
        H @ sent=2025-12-15
    """,
    "TH03": "A @ sent=2025-12-30",
    "MK01": """
        A @ code=3036/3036
        B @ code=/3036
        C @ code=3036
        H @ sent=2025-12-01
    """,
    "MK02": """
        A @ code=3036/3036 signed=3036
        B @ code=3036/3041 signed=3041
        C @ signed=3036
        H @ code=3036/3041
    """,
    "MT01": """
        unit | item | resolved_total
        A | HS.T | 1000
        B | HS.T | 1000
        unit | item | total | done
        A | T10 | 1000 | 800
        B | T10 | 1000 | 800
        A | T1 | 10 | 10
    """,
}

SMALL = profile(*(i for i in ITEMS if i["code"] in ("T3", "T10", "KP.a", "NV.1")))
"""A plan with little in it, where a rule would otherwise speak about every other item as well."""

PROFILES = {"SL04": SMALL}

ALL: tuple[Rule[Any], ...] = (*RULES, *RESULT_RULES)


def lines(rule: Rule[Any], of: Dataset) -> list[str]:
    """What ``rule`` says about ``of``, as the user reads it."""
    if rule in RESULT_RULES:
        found = tuple(rule.findings(Judged(of, results(of))))
    else:
        found = tuple(rule.findings(of))
    return [format_finding(f, of.profile) for f in found]


def results(of: Dataset) -> tuple[Result, ...]:
    return summarise(of, check(of)).results


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_speaks_where_it_must_in_the_words_of_its_example(rule: Rule[Any]) -> None:
    said = lines(rule, dataset(FIRES[rule.code], PROFILES.get(rule.code) or cases.OF.get(rule.code)))
    assert rule.about.example in said
    said.remove(rule.about.example)
    assert [line.partition(" · ")[2] for line in said] == EXPECTED.get(rule.code, [])


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_rule_is_silent_where_it_must_be(rule: Rule[Any]) -> None:
    assert lines(rule, dataset(SILENT[rule.code], cases.OF.get(rule.code))) == []


def test_every_rule_has_its_cases_and_no_code_has_two_meanings() -> None:
    codes = [about.code for about in (*INTAKE_CODES, *RULE_CODES)]
    assert len(set(codes)) == len(codes) == len(CODES)
    assert set(FIRES) == set(SILENT) == {rule.code for rule in ALL} == set(RULES_BY_CODE)


def test_check_runs_every_rule_and_stamps_code_and_severity() -> None:
    of = dataset(FIRES["SL02"])
    found = check(of)
    expected = [f for rule in RULES for f in rule.findings(of)]
    assert list(found) == expected
    severity = {code: about.severity for code, about in RULES_BY_CODE.items()}
    assert all(f.severity is severity[f.code] for f in found)
    assert {"SL02", "TH02"} == {f.code for f in found}


def test_check_results_speaks_of_missed_targets_with_their_figures() -> None:
    of = dataset(FIRES["MT01"])
    (found,) = check_results(of, results(of))
    assert (found.code, found.item, found.unit, found.value) == ("MT01", "T10", "", "79,95%")


def test_a_fault_of_a_row_names_its_cell_its_text_and_the_other_cell() -> None:
    of = dataset("unit 14 | item | total | done\nA | T1 | 100 | 120")
    found = next(f for f in check(of) if f.code == "SL02")
    assert (found.unit, found.item, found.field, found.value) == ("A", "T1", "done", "120")
    assert found.at is not None
    assert found.at.cell == "G14"
    assert [ref.cell for ref in found.related] == ["F14"]


def test_a_sum_over_an_empty_row_is_asked_for_at_the_row_and_not_twice() -> None:
    of = dataset(
        """
        unit 10 | item | total | done
        A | T10 | 0 | 5
        A | T12 | 0 | 0
        unit 10 | item | resolved_total
        A | HS.T |
        unit 10 | item | valid | satisfied
        A | KS.C | |
        """
    )
    said = [
        (f.code, f.item, f.at.cell if f.at else "")
        for f in check(of)
        if f.item in ("T10", "T12", "HS.T", "KS.C")
    ]
    assert said == [("SL04", "HS.T", "D10"), ("SL04", "KS.C", "D10")]


def test_a_sum_over_a_row_with_a_hole_is_asked_for_at_the_hole() -> None:
    of = dataset(
        """
        unit 10 | item | received_total | resolved_total
        A | HS.T | 10 |
        unit 10 | item | total | done
        A | T10 | 0 | 5
        """
    )
    (found,) = (f for f in check(of) if f.item == "T10")
    assert found.code == "SL03"
    assert found.at is not None
    assert (found.at.sheet, found.at.cell) == ("03 hồ sơ TTHC", "E10")


def blank_rows(table: str) -> list[tuple[str, str]]:
    found = (f for f in check(dataset(table)) if f.code == "SL04" and f.item == "T1")
    return [(f.at.cell if f.at else "", f.message.partition(":")[0]) for f in found]


def test_a_district_that_left_out_a_commune_is_told_which_one() -> None:
    table = """
        unit 10 | item | total | done
        H | T1 | {own} | {own}
        H/Xã Một | T1 | 5 | 5
        H/Xã Hai | T1 | |
    """
    assert blank_rows(table.format(own="")) == [("F12", "Xã Hai")]
    assert blank_rows(table.format(own="5")) == [("F12", "Xã Hai")]
    assert blank_rows(table.format(own="...")) == []


def test_a_district_that_left_out_every_commune_is_told_once() -> None:
    table = """
        unit 10 | item | total | done
        H | T1 | {own} | {own}
        H/Xã Một | T1 | |
        H/Xã Hai | T1 | |
    """
    assert blank_rows(table.format(own="")) == [
        ("F11", "chưa trả lời nội dung “Cán bộ, công chức được truyền thông”")
    ]
    assert blank_rows(table.format(own="5")) == []


def test_an_empty_row_with_one_summed_cell_is_asked_for_at_the_cell_to_be_typed() -> None:
    of = dataset(
        """
        unit 10 | item | total | done
        A | T10 | |
        unit 10 | item | resolved_total
        A | HS.T |
        """
    )
    assert [(f.item, f.at.cell) for f in check(of) if f.code == "SL04" and f.at] == [
        ("T10", "G10"),
        ("HS.T", "D10"),
    ]


def test_a_commune_with_half_an_answer_is_told_of_the_other_half_alone() -> None:
    of = dataset(
        """
        unit 10 | item | total | done
        H | T1 | |
        H/Xã Một | T1 | 5 |
        H/Xã Hai | T1 | 5 | 5
        """
    )
    assert [(f.code, f.at.cell) for f in check(of) if f.item == "T1" and f.at] == [("SL01", "G11")]


@pytest.mark.parametrize("status", [ReturnStatus.UNDECIDED, ReturnStatus.REFUSED])
def test_a_unit_whose_file_cannot_be_used_is_not_called_unsent(status: ReturnStatus) -> None:
    of = dataset("B @ sent=2025-12-01", others=[Return("a.xlsx", "1", status, unit="A")])
    assert [f.unit for f in check(of) if f.code == "TH02"] == ["C", "H"]
