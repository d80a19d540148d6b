"""Which annexes are printed is a setting; the text refers to those that are there, and to no other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import docx
import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import Coverage, Finding, Observation, Return, Severity, State
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.report.context import build_context
from dvctt_report.report.figures import (
    collect_figures,
    document_rows,
    issued_documents,
    kind_of,
    own_documents,
)
from dvctt_report.report.settings import CHOSEN_BY, Annexes, label_annexes
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, strings
from dvctt_report.report.write import render_report
from dvctt_report.store.workspace import AnnexChoice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary import summarise
from dvctt_report.year.year import Year
from tests.forms.fill import real
from tests.intake.returns import collected
from tests.report.conftest import (
    DATASET,
    ISSUER,
    ITEMS,
    PHRASES,
    PLAN,
    PROFILE,
    RETURNS,
    ROSTER,
    VOICE,
    YEAR,
    Render,
    build,
    full,
    plain,
    returned,
    say,
)

EVERY: tuple[AnnexChoice, ...] = get_args(AnnexChoice)
LIST = {
    "columns": [
        {"code": "number", "label": "Số", "kind": "text"},
        {"code": "issued_on", "label": "Ngày", "kind": "date"},
        {"code": "subject", "label": "Trích yếu", "kind": "text"},
    ]
}
SURVEYS = (
    plain("KS.A.dat", "survey", "Đất đai", source="Hệ thống", area="Đất đai"),
    plain("KS.A.xay", "survey", "Xây dựng", source="Hệ thống", area="Xây dựng"),
    plain("KS.B.dat", "survey", "Đất đai", source="Khảo sát", area="Đất đai"),
)
GROUPS: Any = ROSTER["groups"]
INDEX = {"name": "Bộ chỉ số X", "targets": ["T4", "T3"], "reason": "cách tính khác"}


SUMMED = {"total_sources": ["KS.A.dat.valid"], "done_sources": ["KS.A.dat.satisfied"]}
CHANGED = {
    "VB": plain("VB", "listing", "Văn bản", **LIST),
    "T4": next(i for i in ITEMS if i["code"] == "T4") | SUMMED,
}
WIDE = Profile(
    plan=Plan.model_validate(
        PLAN | {"items": (*(CHANGED.get(i["code"], i) for i in ITEMS), *SURVEYS), "other_index": INDEX}
    ),
    roster=Roster.model_validate(ROSTER | {"groups": [g | {"own": [*g["own"], "KS*"]} for g in GROUPS]}),
)
"""The small plan with lists of three columns, surveys that T4 is summed from, another index."""


def lines(unit: str, *listed: tuple[str, date | None, str | None]) -> tuple[Observation, ...]:
    found = []
    for n, line in enumerate(listed, 1):
        for field, value in zip(("number", "issued_on", "subject"), line, strict=True):
            state = State.BLANK if value is None else State.GIVEN
            found.append(Observation(unit, "VB", field, value, state, str(value or ""), "", None, str(n)))
    return tuple(found)


def with_lines(one: Return, *listed: tuple[str, date | None, str | None]) -> Return:
    kept = (o for o in one.observations if o.item != "VB")
    return replace(one, observations=(*kept, *lines(one.unit, *listed)))


def survey(code: str, valid: int, satisfied: int) -> dict[tuple[str, str], Any]:
    return {(code, "valid"): valid, (code, "satisfied"): satisfied}


def answers(*more: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    joined = full()
    for one in more:
        joined |= one
    return joined


def wide(profile: Profile, *returns: Return) -> Dataset:
    return Dataset(profile, Period(YEAR), returns, date(2025, 11, 20))


def asking(voice: Voice, *annexes: AnnexChoice) -> Voice:
    return replace(voice, issuer=replace(voice.issuer, annexes=annexes))


# ------------------------------------------------------------------------------------------------- numbering


def test_annexes_are_numbered_in_the_order_of_print_whatever_the_setting_lists_first() -> None:
    """Those of a file of their own are last; one without content takes no number, one alone has none."""
    assert {*CHOSEN_BY.values(), "decided"} == set(Annexes.__dataclass_fields__)
    assert set(CHOSEN_BY) == set(EVERY)
    found = label_annexes(("van_ban", "muc_tieu"), ("targets", "documents", "decided"), "Phụ lục")
    assert (found.targets, found.documents, found.decided) == ("Phụ lục I", "Phụ lục II", "Phụ lục III")
    last = label_annexes(("van_ban", "muc_tieu"), ("targets", "documents"), "Phụ lục", apart=["muc_tieu"])
    assert (last.documents, last.targets) == ("Phụ lục I", "Phụ lục II")
    assert label_annexes(EVERY, ("returns",), "Phụ lục") == Annexes(returns="Phụ lục")


# ---------------------------------------------------------------------------------------- what the text says


def test_without_annexes_nothing_refers_to_one() -> None:
    found = say(DATASET, asking(VOICE))
    assert not [text for text in strings(found) if "Phụ lục" in text and "Nghị định" not in text]
    tail = found.tail
    whole = (tail.unit_tables, tail.target_groups, tail.target_chart, tail.documents)
    assert not any(whole)
    assert (tail.legend, tail.annex_of) == ("", "")


def test_the_text_refers_to_annexes_by_the_numbers_they_have() -> None:
    found = say(DATASET, asking(VOICE, "gui_bao_cao", "van_ban"))
    assert "Chi tiết tại Phụ lục I." in found.body.returns[-1]
    assert found.body.directives[0].endswith("văn bản (Phụ lục II).")
    assert found.body.overview.endswith("Kết quả cụ thể như sau:")
    both = say(DATASET, asking(VOICE, "theo_don_vi", "muc_tieu")).body.overview
    assert both.endswith("(tổng hợp tại Phụ lục I, chi tiết theo đơn vị tại Phụ lục II):")


def test_one_sentence_tells_why_another_index_differs() -> None:
    dataset = wide(WIDE, returned("SO1", answers(survey("KS.A.dat", 50, 45))))
    sentence = "- Kết quả về người dân hài lòng có phạm vi, cách tính khác Bộ chỉ số X: cách tính khác."
    assert sentence in say(dataset, VOICE).tail.annex_notes
    assert not any("Bộ chỉ số X" in note for note in say(wide(WIDE), VOICE).tail.annex_notes)


# ------------------------------------------------------------------------------------------------- documents


def test_documents_are_listed_by_unit_with_what_was_left_open_shown() -> None:
    first = ("12/KH-SO1", date(2025, 4, 2), "Kế hoạch triển khai, liên hệ 0912345678")
    dataset = wide(
        WIDE,
        with_lines(returned("H1", full()), ("3/UBND", None, None)),
        with_lines(returned("SO1", full()), first),
    )
    rows = document_rows(Year(dataset, ()), VOICE)
    assert [(r.number, r.sign, r.issued_on, r.issuer, r.subject) for r in rows] == [
        ("1", "12/KH-SO1", "02/4/2025", "Sở Một", "Kế hoạch triển khai, liên hệ …"),
        ("2", "3/UBND", "...", "UBND huyện Đông", "..."),
    ]
    assert len(issued_documents(Year(dataset, ()))) == collect_figures(Year(dataset, ())).directives.value


def test_a_line_without_a_number_is_neither_counted_nor_listed() -> None:
    one = with_lines(returned("SO1", full()), ("1/KH", None, None))
    blank = replace(one.observations[-3], state=State.BLANK, value=None, part="2")
    subject = replace(one.observations[-1], state=State.GIVEN, value="Kế hoạch", part="2")
    dataset = wide(WIDE, replace(one, observations=(*one.observations, blank, subject)))
    assert [d.sign for d in issued_documents(Year(dataset, ()))] == ["1/KH"]


def test_the_compiling_body_cites_its_own_documents_as_many_as_a_sentence_holds() -> None:
    listed = [(f"{n}/SM", date(2025, 5, n), f"Việc {n}" if n > 1 else None) for n in (1, 2, 3)]
    dataset = wide(WIDE, with_lines(returned("SO1", full()), *listed))
    (all_three,) = own_documents(Year(dataset, ()), VOICE)
    assert all_three == (
        "Trong đó, Sở Một đã ban hành 03 văn bản: 1/SM ngày 01/5/2025; 2/SM ngày 02/5/2025 “Việc 2”; "
        "3/SM ngày 03/5/2025 “Việc 3”."
    )
    two = replace(VOICE, issuer=replace(VOICE.issuer, max_named=2), annexes=Annexes(documents="Phụ lục IV"))
    assert own_documents(Year(dataset, ()), two)[0].endswith("“Việc 2” và 01 văn bản khác (Phụ lục IV).")
    assert own_documents(Year(wide(WIDE, returned("H1", full())), ()), VOICE) == ()


# -------------------------------------------------------------------------------- activities, surveys, later


def test_activities_are_summed_for_each_kind_of_unit_and_the_sums_make_the_total() -> None:
    (table,) = say(DATASET, asking(VOICE, "hoat_dong")).tail.activities
    names = [c.name for c in table.columns]
    assert names[-1] == "Tổng cộng"
    assert len(names) == 4
    for row in table.rows:
        *kinds, total = (0 if c == "..." else int(c.replace(".", "")) for c in row.cells)
        assert sum(kinds) == total > 0
    assert table.rows[1].name == "Hội nghị: số lượt người (lượt người)"
    assert table.rows[0].cells[2] == "..."  # nobody of this kind gave the figure: that is no 0


def test_surveys_are_summed_source_by_source_over_whole_pairs() -> None:
    both = survey("KS.A.dat", 100, 90) | survey("KS.B.dat", 40, 10)
    half = {("KS.A.dat", "valid"): 500, ("KS.A.dat", "satisfied"): State.NOT_AVAILABLE}
    more = {("KS.A.dat", "valid"): 5, ("KS.A.dat", "satisfied"): 6}
    none = {("KS.A.dat", "valid"): State.NONE_ARISING}
    figures = {"VP": more, "SO1": both, "SO2": half, "H1": none}
    dataset = wide(WIDE, *(returned(unit, answers(own)) for unit, own in figures.items()))
    groups = say(dataset, asking(VOICE, "hai_long")).tail.surveys
    assert [g.heading for g in groups] == ["Hệ thống", "Khảo sát"]
    shown = [(r.number, r.name, r.total, r.done, r.rate, r.coverage) for g in groups for r in g.rows]
    assert shown == [
        ("1", "Đất đai", "100", "90", "90", "2/6"),
        ("2", "Xây dựng", "...", "...", "...", "0/6"),
        ("3", "Đất đai", "40", "10", "25", "1/6"),
    ]
    coverage = {t.item: t.coverage for t in summarise(dataset, ()).totals}
    assert coverage["KS.A.dat"] == Coverage(2, 6)


def test_a_survey_leaves_out_what_its_target_leaves_out() -> None:
    figures = {"SO1": survey("KS.A.dat", 100, 90), "SO2": survey("KS.A.dat", 10, 1)}
    dataset = wide(WIDE, *(returned(unit, answers(own)) for unit, own in figures.items()))
    for item, field in (("T4", "total"), ("KS.A.dat", "valid")):
        fault = Finding("DL01", Severity.ERROR, "sai", unit="SO2", item=item, field=field)
        first = say(dataset, asking(VOICE, "hai_long"), fault).tail.surveys[0].rows[0]
        assert (first.total, first.done, first.coverage) == ("100", "90", "1/6")
    first = say(dataset, asking(VOICE, "hai_long")).tail.surveys[0].rows[0]
    assert (first.total, first.done, first.coverage) == ("110", "91", "2/6")


def test_the_way_ahead_says_in_the_table_what_the_text_says() -> None:
    schools = {("U2", "total"): 1000, ("U2", "done"): 829}
    sent = [returned(unit, answers(schools)) for unit in ("SO1", "SO2")]
    found = say(build(sent), asking(VOICE, "lo_trinh"))
    first, second = found.tail.way_ahead
    assert (first.rate, first.distance, first.per_year, first.goal) == ("...", "...", "...", "≥ 70")
    assert (second.year, second.goal, second.rate, second.distance, second.per_year, second.coverage) == (
        ("2030", "100", "82,9", "17,1", "3,4", "2/2")
    )
    assert "còn 17,1 điểm phần trăm, bình quân mỗi năm cần tăng 3,4" in " ".join(found.body.outlook)


# ---------------------------------------------------------------------------------------------- the document


@pytest.mark.parametrize("annexes", [(), ("muc_tieu", "van_ban"), EVERY])
def test_the_document_has_a_section_for_each_annex_and_ends_with_the_last(
    annexes: tuple[AnnexChoice, ...], template: Path, tmp_path: Path
) -> None:
    dataset = wide(WIDE, returned("SO1", answers(survey("KS.A.dat", 100, 90))))
    out = tmp_path / "out.docx"
    voice = Voice(PHRASES, replace(ISSUER, annexes=annexes), marking=True)
    render_report(Telling(Year(dataset, ()), voice), template, out)
    assert [str(error) for error in OpenXmlValidator().validate(out).errors] == []
    document = docx.Document(str(out))
    labels = [p.text for p in document.paragraphs if re.fullmatch(r"Phụ lục( [IVX]+)?", p.text)]
    assert len(labels) == len(annexes)
    assert len(document.sections) == 1 + len(annexes)
    assert document.element.body[-2].find(".//{*}sectPr") is None


def test_a_survey_says_on_which_side_of_its_targets_threshold_it_is() -> None:
    same = {("T4", "total"): 10000, ("T4", "done"): 8997}
    dataset = wide(WIDE, returned("SO1", answers(same, survey("KS.A.dat", 10000, 8997))))
    found = say(dataset, asking(VOICE, "hai_long"))
    row = found.tail.surveys[0].rows[0]
    target = next(r for r in found.body.target_rows if r.code == "T4")
    assert (row.rate, row.total, row.done) == (target.rate, target.total, target.done)
    assert row.rate == "89,97"


def test_sources_that_are_not_side_by_side_in_the_plan_have_one_heading_each() -> None:
    items = [*WIDE.plan.items]
    items[-2:] = reversed(items[-2:])
    plan = WIDE.plan.model_copy(update={"items": tuple(items)})
    profile = WIDE.model_copy(update={"plan": plan})
    dataset = wide(profile, returned("SO1", answers(survey("KS.A.dat", 10, 9))))
    groups = say(dataset, asking(VOICE, "hai_long")).tail.surveys
    assert [g.heading for g in groups] == ["Hệ thống", "Khảo sát"]
    assert [r.number for g in groups for r in g.rows] == ["1", "2", "3"]


def test_an_annex_that_the_template_has_no_place_for_is_told(render: Render, template: Path) -> None:
    assert render().notes == ()
    document = docx.Document(str(template))
    blocks = [*document.element.body]
    texts = ["".join(block.itertext()) for block in blocks]
    first = next(n for n, text in enumerate(texts) if "if annexes.documents" in text)
    for block, text in zip(blocks[first:], texts[first:], strict=True):
        block.getparent().remove(block)
        if "endif" in text:
            break
    document.save(str(template))
    (note,) = render().notes
    assert "không có Phụ lục IV" in note


@pytest.mark.parametrize("sent", ["all", "nothing", "a survey"])
def test_every_annex_is_referred_to_in_the_body_whatever_was_sent(sent: str) -> None:
    of = build(RETURNS if sent == "all" else ())
    if sent == "a survey":
        of = wide(WIDE, returned("SO1", answers(survey("KS.A.dat", 100, 90))))
    found = say(of, asking(VOICE, *EVERY))
    labels = [label for label in strings(found.tail.annexes) if label]
    assert sent != "a survey" or len(labels) == len(EVERY)
    body = "\n".join(strings(found.body))
    assert [label for label in labels if not re.search(rf"{label}\b", body)] == []


def test_a_plan_with_targets_of_several_later_years_names_them_all() -> None:
    later = {"thresholds": [{"year": 2035, "at_least": 100}]}
    items = [i | later if i["code"] == "U2" else i for i in ITEMS]
    plan = Plan.model_validate(PLAN | {"items": items})
    dataset = wide(PROFILE.model_copy(update={"plan": plan}), returned("SO1", full()))
    found = say(dataset, asking(VOICE, *EVERY))
    assert found.tail.target_groups[1].heading == "II. Chỉ tiêu đến năm 2030 và 2035"


def test_a_survey_leaves_out_a_unit_that_the_law_lets_withhold_it() -> None:
    groups = [g.model_copy(update={"may_withhold": ("KS.A.dat",)}) for g in WIDE.roster.groups]
    roster = WIDE.roster.model_copy(update={"groups": tuple(groups)})
    profile = WIDE.model_copy(update={"roster": roster})
    secret = {("KS.A.dat", "valid"): State.WITHHELD, ("KS.A.dat", "satisfied"): State.WITHHELD}
    dataset = wide(
        profile, returned("SO1", answers(survey("KS.A.dat", 10, 9))), returned("SO2", answers(secret))
    )
    found = next(t for t in summarise(dataset, ()).totals if (t.item, t.field) == ("KS.A.dat", "valid"))
    assert (found.value, found.coverage) == (10, Coverage(1, 5))
    plain = wide(WIDE, *dataset.returns)
    kept = next(t for t in summarise(plain, ()).totals if (t.item, t.field) == ("KS.A.dat", "valid"))
    assert kept.coverage == Coverage(1, 6)


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("318/SKHCN-CĐS", "Công văn"),
        ("12/KH-UBND", "Kế hoạch"),
        ("45a/QĐ-SKHCN", "Quyết định"),
        ("7/CTr-UBND", "Chương trình"),
        ("1234/CT-TTHT", ""),
        ("Kế hoạch số 12/KH-UBND", ""),
        ("145", ""),
        ("không số", ""),
    ],
)
def test_a_bare_sign_is_cited_with_its_kind_where_that_is_sure(sign: str, kind: str) -> None:
    assert kind_of(sign) == kind


def test_every_abbreviation_printed_is_spelt_out_where_it_or_its_words_stand_first() -> None:
    """Labels of the plan that annexes print hold abbreviations that the body may never use."""
    of = Dataset(real(), Period(2025), (), date(2025, 11, 20))
    everything = Voice(VOICE.phrases, replace(ISSUER, annexes=get_args(AnnexChoice)), marking=True)
    said = build_context(Telling(Year(of, ()), everything))
    printed = re.sub(r"“[^”]*”", "", "\n".join(strings((said.body, said.tail))))
    used = [s for s in VOICE.phrases.abbreviations if re.search(rf"(?<![\w/(-]){s}(?![\w/-])", printed)]
    assert "TTHC" in used
    assert "DVCTT" in used
    for short in used:
        introduced = printed.find(f"({short})")
        first = re.search(rf"(?<![\w/(-]){short}(?![\w/-])", printed)
        assert first is not None
        assert 0 <= introduced < first.start(), short


# -------------------------------------------------------------------------------------------------- documents


def test_words_for_none_and_repetitions_are_no_documents() -> None:
    day = date(2025, 3, 20)
    none = collected({"VB.number@1": "Không có"}, "SNV")
    signs = ("12/KH-SYT", "Kế hoạch số 12/KH-SYT", "45/SYT-VP")
    listed: dict[str, Any] = {f"VB.number@{n}": sign for n, sign in enumerate(signs, 1)}
    some = collected(listed | {f"VB.issued_on@{n}": day for n in (1, 2, 3)})
    dataset = Dataset(real(), Period(2025), [none, some], date(2025, 12, 1))
    documents = issued_documents(Year(dataset, ()))

    assert [(one.unit.code, one.sign) for one in documents] == [("SYT", "12/KH-SYT"), ("SYT", "45/SYT-VP")]
    assert document_rows(Year(dataset, ()), VOICE)[0].issued_on == "20/3/2025", "dated as the report cites it"
