"""The signer's page: one page whatever happened, and nothing on it that the data doesn't say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import Control, Estimate, Finding, Override, Printed, Return, ReturnStatus, State
from dvctt_report.papers.letters.signing import ROOM, SigningPage, fit_one_page, height, signing_page
from dvctt_report.papers.letters.uncertain import Changes, NoDraft, Snapshot, compare, read_snapshot
from dvctt_report.papers.letters.write import write_signing_page
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.final import data_obstacles
from dvctt_report.report.manifest import lay_out, whole
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, strings
from dvctt_report.report.written import Origin
from dvctt_report.year.corrections import correct
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary import summarise
from dvctt_report.year.year import Year
from tests.papers.conftest import Golden
from tests.papers.letters.conftest import FINDINGS, SHIPPED, with_names
from tests.report.conftest import ITEMS, PLAN, ROSTER, full, returned, target
from tests.report.test_golden import as_text

DRAFTED = {"code": "T1", "measure": "stock", "each": 0, "unit_of_count": "người", "denominator": 100}
DRAFTED |= {"goal": {"compared": "at_least", "number": "100"}, "basis": "complete"}
MISSED = {"percent": "90%", "numerator": 90, "verdict": "missed", "coverage": {"reported": 3, "expected": 5}}
MET = {"percent": "100%", "numerator": 100, "verdict": "met", "coverage": {"reported": 5, "expected": 5}}
OLD = Snapshot({"T1": DRAFTED | MISSED}, {"a": 1, "b": 2}, ("SO2", "H2"))
NEW = Snapshot({"T1": DRAFTED | MET}, {"a": 1, "b": 3, "c": 1}, ("H2", "BAO"))


def page_of(
    dataset: Dataset,
    voice: Voice,
    findings: tuple[Finding, ...] = (),
    changes: Changes | NoDraft = NoDraft.FIRST,
) -> SigningPage:
    return signing_page(Telling(Year(dataset, findings), voice), changes)


def test_the_page_reads_as_it_did(golden: Golden, tmp_path: Path, small: Dataset, voice: Voice) -> None:
    page = page_of(small, voice, FINDINGS, compare(OLD, NEW))
    out = tmp_path / "tom-tat-trinh-ky.docx"
    write_signing_page(page, SHIPPED / "tom-tat-trinh-ky.docx", out, voice.issuer, Origin({}, tmp_path))
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []
    golden("signing.txt", as_text(out.read_bytes()))


def test_what_is_in_order_is_said_so(small: Dataset, voice: Voice) -> None:
    sent = tuple(returned(unit.code, full()) for unit in small.units)
    dataset = Dataset(small.profile, small.period, sent, small.today)
    page = page_of(dataset, voice, (), Changes((), 0, (), ()))
    assert page.not_sent == ("Tất cả đơn vị đã gửi.",)
    assert page.changes == ("Số liệu không thay đổi.",)
    assert page.missed == ("Không có.",)


def test_what_is_to_be_decided_is_listed(small: Dataset, voice: Voice) -> None:
    twice = [replace(returned("H2", full()), status=ReturnStatus.UNDECIDED, file=n) for n in ("a", "b")]
    wish = returned("BAO", {("T2", "answer"): State.NOT_APPLICABLE})
    dataset = Dataset(small.profile, small.period, (*small.returns, *twice, wish), small.today)
    year = Year(dataset, ())
    page = signing_page(Telling(year, voice), NoDraft.FIRST, obstacles=data_obstacles(year))
    said = "\n".join(page.decisions)
    (choice,) = (line for line in page.finishing if "Chọn tệp được dùng" in line)
    assert choice.endswith("(01 trường hợp): UBND huyện Tây.")
    assert "01 nội dung đơn vị đề nghị không áp dụng: Báo An Bình (cơ quan tuyên truyền" in said
    assert "không áp dụng" not in "\n".join(page_of(small, voice).decisions)


def test_a_page_of_the_longest_names_still_ends_and_says_what_it_leaves_out(
    nobody_sent: Dataset, voice: Voice
) -> None:
    long = with_names(nobody_sent, lambda name: f"{name} {'và Quản lý khu vực ' * 12}")
    findings = tuple(replace(FINDINGS[0], unit=unit.code) for unit in long.units)
    page = page_of(long, voice, findings, compare(OLD, NEW))
    assert any("nội dung khác" in line for line in strings(page))
    assert all(getattr(page, part) for part in ("missed", "uncertain", "not_sent", "changes", "decisions"))


def test_the_longest_part_gives_way_and_the_fixed_one_never() -> None:
    fixed, long, short = ("x" * 60,) * 5, ("y" * 60,) * 200, ("z",)
    kept, same = fit_one_page((fixed,), (long, short), lambda n: f"{n} nữa", ROOM)
    assert same == short
    assert kept[-1] == f"{200 - len(kept) + 1} nữa"
    assert ROOM - 40 < height(fixed) + height(kept) + height(same) <= ROOM
    assert fit_one_page((fixed,), (short, short), str, ROOM) == [short, short]


# --------------------------------------------------------------------------------------------------- changes


def manifest_of(dataset: Dataset) -> dict[str, Any]:
    year = Year(dataset, ())
    return whole(lay_out(year, collect_figures(year), (), datetime(2025, 11, 20)))


def test_a_late_return_shows_as_a_change(tmp_path: Path, small: Dataset) -> None:
    before, after = tmp_path / "1.json", tmp_path / "2.json"
    late = returned("H2", full(100, 50))
    more = Dataset(small.profile, small.period, (*small.returns, late), small.today)
    before.write_text(json.dumps(manifest_of(small)), encoding="utf-8")
    after.write_text(json.dumps(manifest_of(more)), encoding="utf-8")
    old, new = read_snapshot(before), read_snapshot(after)
    assert isinstance(old, Snapshot)
    assert isinstance(new, Snapshot)
    changes = compare(old, new)
    assert (changes.now_sent, changes.now_missing) == (("H2",), ())
    changed = {code: (o["verdict"], n["verdict"], n["percent"]) for code, o, n in changes.targets}
    assert changed["T1"] == ("insufficient", "missed", "90%")
    assert changes.n_figures > 0
    assert compare(old, old) == Changes((), 0, (), ())


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"indicators": [1]}', "null"])
def test_a_manifest_that_is_none_is_said_to_be_none(
    tmp_path: Path, nobody_sent: Dataset, voice: Voice, content: str
) -> None:
    path = tmp_path / "x.json"
    first = read_snapshot(path)
    assert isinstance(first, NoDraft)
    assert page_of(nobody_sent, voice, (), first).changes == ("Đây là dự thảo đầu tiên.",)
    path.write_text(content, encoding="utf-8")
    unreadable = read_snapshot(path)
    assert isinstance(unreadable, NoDraft)
    assert "Không đọc được" in page_of(nobody_sent, voice, (), unreadable).changes[0]


# ------------------------------------------------------------------------------------- what rests on a choice

WHEN = datetime(2025, 11, 18, 9, 30)
PUT = Override("SO2", "T1", "done", "90", "100", "gõ nhầm", "CV 7", "Lê A", WHEN)
HELD = Control("T1", "", 500, 450, "Cơ sở dữ liệu cán bộ", date(2025, 10, 31), "CV 9")


def decided(small: Dataset, *controls: Control) -> Dataset:
    """The small plan with a figure of Sở Hai that is overridden, and an override that doesn't stand."""
    put = (PUT, replace(PUT, unit="H1", over="1"))
    returns, _ = correct(small.returns, put, small.profile)
    return Dataset(small.profile, small.period, returns, small.today, overrides=put, controls=controls)


def corrections(small: Dataset, voice: Voice, *put: Override) -> tuple[str, ...]:
    """What is said of these corrections."""
    returns, _ = correct(small.returns, put, small.profile)
    of = Dataset(small.profile, small.period, returns, small.today, overrides=put)
    return tuple(line for line in page_of(of, voice, FINDINGS).uncertain if "đính chính" in line)


def test_corrections_that_stand_are_told_and_those_without_a_document_apart(
    small: Dataset, voice: Voice
) -> None:
    by_call = (replace(PUT, unit="H1", document=""), replace(PUT, field="total", document=""))
    called = "- 01 số liệu đã đính chính, không có văn bản làm căn cứ: UBND huyện Đông."
    documented = "- 01 số liệu đã đính chính, có văn bản: Sở Hai và Ba."
    assert corrections(small, voice) == ()
    assert corrections(small, voice, replace(PUT, over="1")) == (), "it doesn't stand"
    assert corrections(small, voice, PUT) == (documented,)
    assert corrections(small, voice, by_call[0]) == (called,)
    assert corrections(small, voice, PUT, by_call[0]) == (called, documented)


def test_what_was_accepted_of_a_figure_is_told(small: Dataset, voice: Voice) -> None:
    line = "- 01 nội dung được chấp nhận có lý do: Văn phòng UBND tỉnh."
    assert line in page_of(small, voice, FINDINGS).uncertain
    of_no_figure = tuple(replace(f, item="T1", field="note") for f in FINDINGS)
    assert "chấp nhận" not in "\n".join(page_of(small, voice, of_no_figure).uncertain)


@pytest.mark.parametrize(
    ("printed", "used"), [(None, "số của các đơn vị"), (Printed.CONTROL, "số đối chiếu")]
)
def test_the_units_sum_stands_beside_a_control_figure_that_differs(
    small: Dataset, voice: Voice, printed: Printed | None, used: str
) -> None:
    of = decided(small, replace(HELD, printed=printed, reason="đủ hơn"))
    (line,) = (line for line in page_of(of, voice).uncertain if "số đối chiếu 450 / 500" in line)
    own = next(r for r in summarise(decided(small), ()).results if r.item == "T1").tally
    assert f"cộng được {own.numerator} / {own.denominator}," in line
    assert line.endswith(f"dự thảo dùng {used}.")
    same = replace(HELD, total=own.denominator, done=int(own.numerator))
    assert "số đối chiếu" not in "\n".join(page_of(decided(small, same), voice).uncertain)


def test_what_is_expected_of_the_whole_year_is_said_to_be_outside(small: Dataset, voice: Voice) -> None:
    assert "Ước cả năm" not in "\n".join(page_of(small, voice).uncertain)
    summary = summarise(small, ())
    estimate = Estimate("T1", 1120, 1000, ())
    told = Telling(Year(small, (), replace(summary, estimates=(estimate,))), voice)
    page = signing_page(told, NoDraft.FIRST)
    assert page.uncertain[-1] == (
        "- Ước cả năm chỉ nêu kèm, không tính vào kết quả: cán bộ được truyền thông 1.120 người."
    )


def test_what_the_office_decided_stands_first_and_on_the_page_however_much_is_uncertain(
    small: Dataset, voice: Voice
) -> None:
    names = [f"một mục tiêu rất dài về việc {'tuyên truyền, hướng dẫn ' * 4}thứ {n}" for n in range(9)]
    items = (*ITEMS, *(target(f"X{n}", name) for n, name in enumerate(names)))
    asked: Any = ROSTER["groups"]
    groups = [{**group, "own": [*group["own"], "X*"]} for group in asked]
    plan, roster = Plan.model_validate(PLAN | {"items": items}), {**ROSTER, "groups": groups}
    profile = Profile(plan=plan, roster=Roster.model_validate(roster))
    put = decided(small)
    of = Dataset(profile, small.period, put.returns, small.today, overrides=put.overrides)
    shown = page_of(of, voice, FINDINGS * 5).uncertain
    assert shown[0] == "- 01 số liệu đã đính chính, có văn bản: Sở Hai và Ba."
    assert shown[1] == "- 05 nội dung được chấp nhận có lý do: Văn phòng UBND tỉnh."
    unclear = next(line for line in shown if "chỉ tiêu chưa kết luận" in line)
    assert unclear.endswith("chỉ tiêu khác.")


def test_verdicts_that_are_not_certain_stand_before_what_is_wrong_with_files(
    small: Dataset, voice: Voice
) -> None:
    lines = page_of(small, voice, FINDINGS).uncertain
    kinds = ("chưa kết luận", "chỉ đổi khi", "chưa sử dụng được", "chờ xác nhận")
    told = [next(kind for kind in kinds if kind in line) for line in lines if "chấp nhận" not in line]
    assert told == sorted(told, key=kinds.index)
    assert set(told) == {*kinds}


def test_files_of_nobody_are_told_before_those_who_have_not_sent(small: Dataset, voice: Voice) -> None:
    nobody = Return("nhan-ve/2025/x.xlsx", "1" * 64, ReturnStatus.REFUSED)
    turned_down = replace(nobody, sha256="2" * 64, rejected=True)
    dataset = Dataset(small.profile, small.period, (*small.returns, nobody, turned_down), small.today)
    first, second, _ = page_of(dataset, voice).not_sent
    assert first == "- 01 tệp chưa rõ của đơn vị nào, có thể là của đơn vị nêu dưới đây."
    assert second.startswith("- 01 đơn vị có trách nhiệm báo cáo")
