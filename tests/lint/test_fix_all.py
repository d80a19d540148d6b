"""With consent more is mended: indents, signs, blanks. No letter and no figure changes, and most is done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.lint import mend_file
from dvctt_report.lint.check import letters_of
from dvctt_report.lint.fix import Change
from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import BREAKAGES, GOOD, WITH_CONSENT
from tests.lint.papers import BODY, LONG, Draft, Line, build, para
from tests.lint.test_checks import SETTINGS, findings_of, verdict_of
from tests.lint.test_fix import left_of, texts, told
from tests.lint.test_slip import TERRIBLE


@pytest.mark.parametrize("code", sorted(WITH_CONSENT))
def test_what_is_mended_with_consent_is_gone_and_says_the_same(tmp_path: Path, code: str) -> None:
    of_code = [n for n, broken in enumerate(BREAKAGES) if broken.code == code]
    n_agreed = 0
    for n in of_code:
        if any(f.with_consent for f in findings_of(n)):
            _says_the_same(tmp_path, n, BREAKAGES[n].name)
            n_agreed += 1
    assert n_agreed


def _says_the_same(tmp_path: Path, n: int, name: str) -> None:
    before = build(BREAKAGES[n].draft)
    path = tmp_path / "van-ban.docx"
    path.write_bytes(before)
    found = [f for f in findings_of(n) if f.outcome is Outcome.FAIL]
    asks = told(f for f in found if f.with_consent and not f.mends)
    assert left_of(mend_file(path, SETTINGS)[0]) >= asks, name
    after, _ = mend_file(path, SETTINGS, lambda change: True)
    assert left_of(after) == told(f for f in found if not f.mends and not f.with_consent), name
    # A line of dashes that a drawn one takes the place of holds no letter.
    said = [[letters for text in texts(data) if (letters := letters_of(text))] for data in (before, after)]
    assert said[0] == said[1], name
    assert path.read_bytes() == before, name


def changes_of(
    tmp_path: Path, draft: Draft, *, agreed: bool
) -> tuple[list[Change], set[tuple[str, str, str]]]:
    """What someone is asked about a draft, and what is left to mend after always that answer."""
    asked: list[Change] = []
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(draft))

    def agrees(change: Change) -> bool:
        asked.append(change)
        return agreed

    return asked, left_of(mend_file(path, SETTINGS, agrees)[0])


def test_each_change_is_shown_before_and_after_and_made_only_where_someone_agrees(tmp_path: Path) -> None:
    lines = tuple(Line(f"\t{word} là: {LONG}.", {**BODY, "first": 0}) for word in ("Một", "Hai"))
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", body=(*lines, *GOOD.body))
    asked, left = changes_of(tmp_path, draft, agreed=False)
    assert [(c.code, c.before, c.after, c.n_places) for c in asked] == [
        ("TT14", "Độc lập – Tự do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc", 1),
        ("TT39", "lùi đầu dòng bằng phím Tab", "lùi 1 cm hoặc 1,27 cm", 2),
    ]
    assert {code for code, _, _ in left} == {"TT14", "TT39"}
    again, left = changes_of(tmp_path, draft, agreed=True)
    assert (again, left) == (asked, set())


def test_what_can_be_changed_only_in_part_is_left_and_nobody_is_asked_about_it(tmp_path: Path) -> None:
    """Of two lines with two blanks each, one has a hyphen that never breaks: Word keeps it not as text."""
    line = f"{LONG}, hai  dấu cách.\nVà  bốn-năm việc."
    body = Line(raw=para(line, **BODY).replace("-", "</w:t><w:noBreakHyphen/><w:t>"))
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", body=(body, *GOOD.body))
    asked, left = changes_of(tmp_path, draft, agreed=True)
    assert [change.code for change in asked] == ["TT14"]
    assert left == {("TT07", "Nội dung", "hai dấu cách liền nhau")}
    assert line in texts(mend_file(tmp_path / "van-ban.docx", SETTINGS, lambda change: True)[0])


@pytest.mark.parametrize("wrong", [None, 20.0, "dashes", "underline"], ids=str)
@pytest.mark.parametrize("strokes", ["shape", "vml", "underscores"])
def test_a_line_is_drawn_anew_where_it_is_missing_or_wrong(
    tmp_path: Path, wrong: float | str | None, strokes: str
) -> None:
    draft = replace(GOOD, strokes=strokes, lines={"motto": wrong, "issuer": wrong, "subject": wrong})
    asked, left = changes_of(tmp_path, draft, agreed=True)
    assert {change.code for change in asked} == {"TT15", "TT17", "TT33"}
    assert left == set()


def test_a_copy_with_drawn_lines_colours_and_capitals_is_a_valid_document(tmp_path: Path) -> None:
    draft = replace(
        GOOD,
        lines={"motto": None, "issuer": 33.0},
        issuer="Sở Nội vụ",
        signature_bordered=True,
        body=(Line(f"{LONG}.", {**BODY, "colour": "FF0000"}), *GOOD.body),
    )
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(draft))
    told = {str(e.description) for e in OpenXmlValidator().validate(path).errors}
    path.write_bytes(mend_file(path, SETTINGS, lambda change: True)[0])
    assert left_of(path.read_bytes()) == set()
    assert {str(e.description) for e in OpenXmlValidator().validate(path).errors} <= told


def test_more_than_half_of_a_terrible_document_is_mended_and_much_more_than_without_consent() -> None:
    found = [f for f in verdict_of(TERRIBLE).findings if f.outcome is Outcome.FAIL]
    safe, agreed = sum(bool(f.mends) for f in found), sum(bool(f.mends or f.with_consent) for f in found)
    assert agreed / len(found) > 0.8
    assert agreed > safe * 1.3
