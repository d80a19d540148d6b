"""The province's report to the ministry: another issuer, another addressee, the same figures."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.decide.check.drafts import read_former
from dvctt_report.model.period import Period
from dvctt_report.plan.texts import TEXTS
from dvctt_report.report.prose.taking import SlotProse, with_prose
from dvctt_report.report.prose.word import ProseLine, ProsePiece
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import Rendered
from tests.report.conftest import DATASET, ISSUER, PHRASES, PROVINCE, Render, build, full, returned, say
from tests.report.test_golden import as_text, held_to
from tests.report.test_prose import HEADINGS, OTHERS, Desk

GOLDEN = Path(__file__).parent / "golden" / "report-ubnd.txt"
TASKS_SAID = ("done", "known", "percent", "units")


def test_the_first_page_points_to_no_section_that_asks_nothing() -> None:
    known = full() | {("T3", "total"): 1000, ("T3", "done"): 600}
    codes = ("VP", "SO1", "SO2", "H1", "H2", "BAO")
    dataset = build([returned(code, known if code == "VP" else full()) for code in codes])
    voice = Voice(PHRASES, PROVINCE)
    body = say(dataset, voice).body
    assert (body.general_ask, body.recommendations_draft) == ((), ())
    own = ProseLine((ProsePiece("Đề nghị Bộ hướng dẫn."),))
    written = with_prose(body, {"to_ministry": SlotProse((own,), drafted=False)}, voice)
    assert written.general_ask == (voice.say("general.ask", issuer=voice.issuer.name),)


def test_the_small_report_reads_as_it_did_and_validators_find_nothing(
    request: pytest.FixtureRequest, render: Render
) -> None:
    report = render(by=PROVINCE).report
    held_to(request, GOLDEN, as_text(report.read_bytes()))
    assert [str(error) for error in OpenXmlValidator().validate(report).errors] == []


def test_both_texts_print_the_same_figures(render: Render) -> None:
    def figures(rendered: Rendered) -> dict[str, str]:
        places = json.loads(rendered.manifest.read_text(encoding="utf-8"))["printed"]
        return {f["id"]: f["text"] for place in places for f in place["figures"]}

    ours, theirs = figures(render()), figures(render(by=PROVINCE))
    assert len(theirs) > 60
    assert {id: text for id, text in theirs.items() if ours.get(id, text) != text} == {}
    alone = {id for id in theirs if id.startswith("tasks.single.")}
    assert set(theirs) - set(ours) == alone == {f"tasks.single.{role}" for role in TASKS_SAID}


def test_each_text_keeps_files_and_manifests_of_its_own(render: Render, tmp_path: Path) -> None:
    made = {by.text: render(tmp_path / f"{by.text.stem}-2025.docx", by) for by in (ISSUER, PROVINCE)}
    assert len({one.id for one in made.values()}) == 2
    for text in TEXTS:
        table = json.loads(made[text].manifest.read_text(encoding="utf-8"))
        assert table["report"]["text"] == text.name
        assert table["report"]["file"] == f"{text.stem}-2025.docx"
        former = read_former(tmp_path / "none.json", tmp_path / "kept", Period(2025), text.name)
        assert former is not None
        assert former["id"] == made[text].id


# ------------------------------------------------------------------------------------ the officer's prose


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk where the office's own report was rendered and everything was written."""
    desk = Desk(tmp_path)
    desk.render(DATASET)
    for n, heading in enumerate((*HEADINGS, *OTHERS)):
        desk.write(heading, f"Lời của cán bộ số {'abcdeghiklm'[n]}.")
    return desk


def test_prose_that_applies_is_printed_and_what_is_for_others_is_not(desk: Desk) -> None:
    before = desk.files.prose.read_bytes()
    desk.issuer, desk.files = PROVINCE, replace(desk.files, made=False)
    rendered = desk.render(DATASET)
    found = re.findall(r"Lời của cán bộ số (\w)\.", desk.text())
    assert found == ["l", "b", "c", "d", "e", "g", "i"]
    assert desk.files.prose.read_bytes() == before
    assert rendered.notes == ()
    assert "[" not in desk.text().partition("Phụ lục I\n")[0].replace("[Họ và tên]", "")


def test_words_that_do_not_fit_the_issuer_are_told_with_their_place(desk: Desk) -> None:
    silent = "Sở Hai đã làm tốt, các cơ sở đã có mạng."
    desk.write("Tồn tại, hạn chế", "Kinh phí còn ít, đề nghị UBND tỉnh bố trí thêm.", silent)
    assert desk.render(DATASET).notes == ()
    desk.issuer = PROVINCE
    (note,) = desk.render(DATASET).notes
    assert "mục “Tồn tại, hạn chế”: chữ “đề nghị UBND tỉnh” không hợp" in note


def test_without_a_recommendation_there_is_no_heading_for_one(desk: Desk) -> None:
    desk.write("Kiến nghị đối với bộ, ngành Trung ương", "Không nêu")
    desk.issuer = PROVINCE
    desk.render(DATASET)
    assert "KIẾN NGHỊ" not in desk.text()
    assert "ngành Trung ương" not in desk.text()


def test_the_offices_own_report_leaves_out_what_is_for_the_ministry(desk: Desk) -> None:
    desk.render(DATASET)
    assert re.findall(r"Lời của cán bộ số (\w)\.", desk.text()) == list("abcdeghik")


def test_the_officers_file_is_not_made_for_the_ministry(tmp_path: Path) -> None:
    desk = Desk(tmp_path, PROVINCE)
    desk.files = replace(desk.files, made=False)
    notes = desk.render(DATASET).notes
    assert any("noi-dung/2025.docx" in note and "dvctt-report render" in note for note in notes)
    assert not desk.files.prose.exists()
    assert "[Nội dung cần bổ sung: nguyên nhân khách quan" in desk.text()


def test_a_file_of_before_without_the_heading_is_told_and_asked_for(desk: Desk) -> None:
    import docx

    document = docx.Document(str(desk.files.prose))
    gone = next(p for p in document.paragraphs if p.text in OTHERS)
    after = gone._p.getnext()
    after.getparent().remove(after)
    gone._p.getparent().remove(gone._p)
    document.save(str(desk.files.prose))
    assert not any(OTHERS[0] in note for note in desk.render(DATASET).notes)
    desk.issuer = PROVINCE
    assert any(OTHERS[0] in note for note in desk.render(DATASET).notes)
    assert "[Nội dung cần bổ sung: các văn bản Ủy ban nhân dân tỉnh" in desk.text()
