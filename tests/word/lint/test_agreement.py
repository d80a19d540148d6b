"""Parts, names, references, figures and words of one document that have to agree, and what may differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.word.lint.outcome import Outcome, verdict_json
from tests.word.lint import papers
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import BODY, LONG, Draft, Line, para, table
from tests.word.lint.right_papers import named, office, text
from tests.word.lint.test_checks import faults, verdict_of


def codes(draft: Draft) -> set[str]:
    return {code for code, _, _ in faults(draft)}


def test_pages_counted_when_the_file_was_empty_are_no_count() -> None:
    counted = "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'>"
    counted += "<Pages>1</Pages><Words>0</Words><Characters>{}</Characters></Properties>"
    long = replace(LETTER, body=(Line(f"{LONG}."),) * 60 + (Line(f"{LONG}./."),))
    told = [codes(replace(long, extra={"docProps/app.xml": counted.format(n)})) for n in (0, 20_000)]
    assert ["TT08" in each for each in told] == [True, False]


def test_text_in_a_table_of_one_column_without_lines_is_text_like_any() -> None:
    inside = "".join(para(f"{n}. {LONG}.", **{**BODY, "size": 12}) for n in (1, 2))
    framed = replace(LETTER, body=(Line(raw=table([[inside]], [165])), *text(LONG)))
    assert "TT42" in codes(framed)
    ruled = replace(LETTER, body=(Line(raw=table([[inside]], [165], bordered=True)), *text(LONG)))
    assert "TT42" not in codes(ruled)


BREAK = '<w:r><w:br w:type="page"/></w:r>'
EMPTY = Line(raw=para(""))


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ([Line(raw=para("", inner=BREAK))], "chữ ký bị đẩy sang trang riêng"),
        ([Line(raw=para("", section=GOOD.sheet.xml()))], "chữ ký bị đẩy sang trang riêng"),
        ([Line(raw=para(f"{LONG}./.", inner=BREAK, **BODY))], "chữ ký bị đẩy sang trang riêng"),
        ([EMPTY] * 12, "cách nội dung khoảng"),
        ([Line(f"{LONG}./.", {**BODY, "after": 200})], "cách nội dung khoảng"),
        ([EMPTY], ""),
        ([EMPTY, EMPTY], ""),
    ],
)
def test_a_signature_stands_right_below_the_text(behind: list[Line], found: str) -> None:
    told = [what for code, _, what in faults(replace(GOOD, body=(*GOOD.body, *behind))) if code == "TT57"]
    assert [what.startswith(found) for what in told] == [True] * bool(found)


def test_a_dummy_name_is_a_reminder_in_a_draft() -> None:
    verdict = verdict_of(office(kind="THÔNG BÁO", number="Số: 15/TB-SNV", name="Nguyễn Văn A"))
    (told,) = (f for f in verdict.findings if f.code == "TT64")
    assert told.outcome is Outcome.NOT_EVALUATED
    (shown,) = (f for f in verdict_json(verdict)["findings"] if f["code"] == "TT64")
    assert shown["level"] is None


def test_a_paragraph_with_a_ground_of_its_own_is_told() -> None:
    ground = '<w:shd w:val="clear" w:color="auto" w:fill="{}"/>'
    for fill, told in (("FFFF00", {"TT05"}), ("auto", set()), ("FFFFFF", set())):
        shaded = para(f"- {LONG}.", **BODY).replace("<w:pPr>", f"<w:pPr>{ground.format(fill)}", 1)
        assert codes(replace(GOOD, body=(*GOOD.body[:11], Line(raw=shaded), *GOOD.body[11:]))) == told


def test_a_superior_in_two_lines_is_told_from_its_branch_by_the_weight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = "SỞ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG TỈNH A"

    def lines_apart(text: str = "", **look: Any) -> str:
        return "".join(para(line, **look) for line in (text.split("\n") if text == two else (text,)))

    monkeypatch.setattr(papers, "para", lines_apart)
    branch = named("Báo cáo", parent=two, issuer="CHI CỤC KIỂM LÂM", authority=("CHI CỤC TRƯỞNG",))
    branch = replace(branch, number="Số: 15/BC-CCKL")
    assert codes(branch) & {"TT16", "TT17", "TT74"} == set()
