"""A suggestion taken over is known in every form of a line, and told once it is no longer suggested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from dvctt_report.model import Finding, ReturnStatus, Severity
from dvctt_report.report.final import NotFinal
from dvctt_report.report.prose.rewriting import ProseChange, changed_prose, edits_of
from dvctt_report.report.prose.word import ProsePiece, make_line
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from tests.report.conftest import DATASET, FINDINGS, RETURNS, build, full, returned
from tests.report.test_prose import HEADINGS, Desk, add_after, listed, number_lists

FORMS = {"plain": "{}", "bulleted": "- {}", "glued": "-{}", "numbered": "3. {}", "lettered": "đ) {}"}
FORMS |= {"deep": "1.2. {}", "led in": "Hiện có {}", "ended": "{} Nguyên nhân do nguồn lực, như năm 2024."}


WORDS_OWN = {"Word's numbers": ("decimal", "%1."), "Word's bullets": ("bullet", "\uf0b7")}


def adopt_all(path: Path, form: str, more: str = "") -> list[str]:
    """Take over every draft of the officer's file in that form of a line, and ``more``; return them."""
    document = docx.Document(str(path))
    if form in WORDS_OWN:
        number_lists(document, WORDS_OWN[form])
    adopted = []
    for paragraph in document.paragraphs:
        mark, found, words = paragraph.text.partition("[dự thảo gợi ý] ")
        if mark or not found or "đề nghị rà soát" in words:
            continue
        bare = re.sub(r"^(?:-|\d\.) ", "", words)
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        paragraph.runs[0].text = FORMS.get(form, "{}").format(bare) + more
        if form in WORDS_OWN:
            listed(paragraph, 0)
        adopted.append(bare)
    document.save(str(path))
    return adopted


def stale(desk: Desk, dataset: Dataset, findings: tuple[Finding, ...] = ()) -> list[str]:
    with pytest.raises(NotFinal) as refused:
        desk.render(dataset, findings, final=True)
    return [one.what for one in refused.value.obstacles if "số liệu nay đã khác" in one.what]


@pytest.mark.parametrize("more", ["", " Cần sớm khắc phục."], ids=["as drafted", "rewritten"])
@pytest.mark.parametrize("form", ["plain", "bulleted", "glued", "numbered", *WORDS_OWN])
def test_drafts_taken_over_follow_new_returns_and_bar_a_final_report_where_they_are_rewritten(
    tmp_path: Path, form: str, more: str
) -> None:
    desk = Desk(tmp_path)
    paper = replace(RETURNS[2], status=ReturnStatus.PAPER, observations=())
    before = build((*RETURNS[:2], paper, *RETURNS[3:]))
    desk.render(before, FINDINGS)
    drafts = adopt_all(desk.files.prose, form, more)
    assert len(drafts) >= 5
    assert stale(desk, before, FINDINGS) == []
    sent = returned("H2", full(), date(2025, 11, 5))
    after = build((*RETURNS[:1], replace(sent, unit="SO1"), *RETURNS[2:], sent))
    fault = Finding("DL01", Severity.ERROR, "không đọc được", unit="SO2", item="T4", field="done")
    told = stale(desk, after, (fault,))
    fresh = tmp_path / "moi"
    fresh.mkdir()
    again = Desk(fresh)
    again.render(after, (fault,))
    now = adopt_all(again.files.prose, "plain")
    untrue = [one for one in drafts if one not in now]
    if more:
        assert len(told) == len(untrue)
        return
    assert len(told) < len(untrue)
    desk.render(after, (fault,))
    printed = desk.text()
    assert len([one for one in untrue if one in printed]) == len(told)


def test_a_line_of_another_form_keeps_its_figures_traced(desk: Desk) -> None:
    desk.render(DATASET, FINDINGS)
    adopt_all(desk.files.prose, "lettered")
    desk.render(DATASET, FINDINGS)
    assert "Nội dung | đ) Về chế độ báo cáo: còn 01 cơ quan" in desk.text()
    manifest = desk.out.with_suffix(".json").read_text(encoding="utf-8")
    assert '"text": "đ) Về chế độ báo cáo' in manifest
    assert manifest.partition('"text": "đ) Về chế độ báo cáo')[2].partition("}")[0].count("returns.missing")


def test_the_remedy_gives_the_sentence_as_it_is_now_once_and_cuts_no_word(desk: Desk) -> None:
    desk.render(DATASET, FINDINGS)
    for heading in HEADINGS:
        desk.write(heading, "Lời của cán bộ.")
    lines = desk.files.suggested.read_text(encoding="utf-8").splitlines()
    issued = {pattern: text for pattern, _, text in (line.partition("\t") for line in lines)}
    returned, gone = issued["limit.returns"], issued["limit.correcting"]
    _, _, behind = returned.partition(": còn 01")
    old = f"{behind[:-1]}, cần rút kinh nghiệm trong việc tổ chức truyền thông nhiều lần trong năm."
    desk.write(
        "Tồn tại, hạn chế", f"- Về chế độ báo cáo: còn 09{old}", f"2) Về chế độ báo cáo: còn 08{old}", gone
    )
    with pytest.raises(NotFinal) as refused:
        desk.render(DATASET, final=True)
    first, second, third = refused.value.obstacles
    quoted = first.what.partition("đoạn “")[2].partition("”")[0]
    assert quoted.endswith("…")
    assert f"- Về chế độ báo cáo: còn 09{old}".startswith(quoted[:-1] + " ")
    assert f"theo số liệu nay: “- {returned[:-1]}{old[len(behind) - 1 :]}”" in first.remedy
    assert first.remedy.count("Về chế độ báo cáo") == 1
    assert second.remedy.startswith("Xóa đoạn này ở noi-dung/2025.docx: số liệu nay không còn nội dung đó.")
    assert third.remedy.startswith("Xóa đoạn này")
    desk.write("Tồn tại, hạn chế", *(f"- Về chế độ báo cáo: còn 0{n}{old}" for n in (8, 9)))
    with pytest.raises(NotFinal) as refused:
        desk.render(DATASET, FINDINGS, final=True)
    remedies = [one.remedy for one in refused.value.obstacles if "số liệu nay đã khác" in one.what]
    assert [f"Gợi ý nay còn có: “- {gone}”" in one for one in remedies] == [False, True], (
        "once, behind the last"
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---------------------------------------------------------------------------------- what is edited in a draft


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def edit_draft(
    desk: Desk, edits: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[ProseChange, ...], tuple[str, ...]]:
    """Put other lines in place of those of the draft that begin so; return what is offered of that."""
    document = docx.Document(str(desk.out))
    for begins, (first, *more) in edits.items():
        found = next(p for p in document.paragraphs if p.text.startswith(begins))
        found.text = first
        for text in reversed(more):
            add_after(found, text)
    document.save(str(desk.out))
    return edits_of(desk.out, desk.out.with_suffix(".json"), Voice(desk.phrases, desk.issuer))


def take_over(desk: Desk, changes: Iterable[ProseChange]) -> None:
    voice = Voice(desk.phrases, desk.issuer)
    desk.files.prose.write_bytes(changed_prose(desk.files.prose, changes, voice))


def test_own_lines_are_taken_over_in_their_place_and_what_the_program_prints_is_not(desk: Desk) -> None:
    desk.render(DATASET)
    for heading in HEADINGS:
        desk.write(heading, f"Về {heading.lower()}: lời thứ nhất.", "Lời thứ hai.")
    desk.render(DATASET)
    before = lines(desk.files.prose)
    changes, lost = edit_draft(
        desk,
        {
            "Về nguyên nhân: lời": ("Nguyên nhân là thiếu người.", "Và thiếu máy."),
            "BÁO CÁO": ("BÁO CÁO KHÁC",),
            "Trên đây là": ("Hết.",),
        },
    )
    assert [(one.slot, one.old, [new.text for new in one.new]) for one in changes] == [
        ("causes", ("Về nguyên nhân: lời thứ nhất.",), ["Nguyên nhân là thiếu người.", "Và thiếu máy."])
    ]
    assert lost == ()
    take_over(desk, changes)
    at = before.index("Về nguyên nhân: lời thứ nhất.")
    assert lines(desk.files.prose) == [
        *before[:at],
        "Nguyên nhân là thiếu người.",
        "Và thiếu máy.",
        *before[at + 1 :],
    ]


def test_a_prompt_and_a_drafted_line_that_were_typed_over_are_the_officers_words(desk: Desk) -> None:
    desk.render(DATASET, FINDINGS)
    before = lines(desk.files.prose)
    changes, _ = edit_draft(
        desk,
        {
            "[Nội dung do Sở bổ sung: nguyên nhân": ("Do nguồn lực.",),
            "- Về chế độ báo cáo": ("- Chế độ báo cáo chưa được thực hiện nghiêm.",),
        },
    )
    take_over(desk, changes)
    now = lines(desk.files.prose)
    assert [text for text in before if text not in now] == [
        text for text in before if text.startswith("[dự thảo gợi ý] - Về chế độ báo cáo")
    ]
    typed = ["- Chế độ báo cáo chưa được thực hiện nghiêm.", "Do nguồn lực."]
    assert [text for text in now if text not in before] == typed
    desk.render(DATASET, FINDINGS)
    assert "Nội dung | Do nguồn lực." in desk.text()


def test_a_place_between_edited_neighbours_is_told_and_left(desk: Desk) -> None:
    desk.render(DATASET)
    desk.write("Nguyên nhân", "Do nguồn lực.")
    desk.render(DATASET)
    edits = {"2. Nguyên nhân": ("2. Vì sao",), "Do nguồn lực": ("Do thiếu người.",)}
    assert edit_draft(desk, edits) == ((), ("causes",))


def test_only_the_changed_paragraph_of_the_file_is_another(desk: Desk) -> None:
    desk.render(DATASET)
    desk.write("Nguyên nhân", "Có 05 xã chưa gửi.", "Lời khác.")
    before = docx.Document(str(desk.files.prose)).element.body
    take_over(
        desk,
        [ProseChange("causes", ("Có 03 xã chưa gửi.",), (make_line((ProsePiece("Có 02 xã chưa gửi."),)),))],
    )
    after = docx.Document(str(desk.files.prose)).element.body
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a.xml != b.xml] == [
        lines(desk.files.prose).index("Có 02 xã chưa gửi.")
    ]
    take_over(desk, [ProseChange("causes", ("Có 02 xã chưa gửi.",), ())])
    assert "Có 02 xã chưa gửi." not in lines(desk.files.prose)
