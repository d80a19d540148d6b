"""The letters as LibreOffice prints them, all in one conversion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest

from dvctt_report.papers.letters.documents import make_submission
from dvctt_report.papers.letters.forms import clerk_page, mending_letter, remind_letter
from dvctt_report.papers.letters.letter import Letter
from dvctt_report.papers.letters.signing import signing_page
from dvctt_report.papers.letters.uncertain import NoDraft
from dvctt_report.papers.letters.write import (
    CLERK,
    write_clerk_page,
    write_letter,
    write_signing_page,
    write_submission,
)
from dvctt_report.papers.mending.lists import mending_lists
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.written import Origin
from dvctt_report.word.nd30 import COLON_INDENT, LETTERHEAD_GRID, MOTTO, PAGE, STATE_NAME
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.libreoffice import LibreOffice
from tests.papers.letters.conftest import FINDINGS, SETTINGS, SHIPPED, found, with_names

pytestmark = pytest.mark.requires("soffice")

MM = 72 / 25.4
SLACK = 1.5
LONG = "và Quản lý các khu vực miền núi, hải đảo, biên giới"
KINDS = (
    *("forms", "remind", "remind-some", "remind-many", "all-long"),
    *("feedback", "feedback-one", "feedback-long"),
)
ALL = (*KINDS, "submission")
Pages = dict[str, list[Any]]


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory,
    libreoffice: LibreOffice,
    letters: dict[str, tuple[str, Letter]],
    nobody_sent: Dataset,
    everybody_sent: Dataset,
    voice: Voice,
    draft: Issuer,
) -> Iterator[Pages]:
    """Print letters of every shape: 27 addressees, the longest names, eleven to mend, the signer's page, the
    submission of a report to which nobody has sent anything.
    """
    folder = tmp_path_factory.mktemp("pdf")
    long = with_names(nobody_sent, lambda name: f"{name} {LONG}")
    sent = with_names(everybody_sent, lambda name: f"{name} {LONG}")
    # The compiling office is among the first twelve units, and never addressed.
    twelve = sent.units[:12]
    many = tuple(replace(FINDINGS[n % 2], unit=u.code, value="120 " * 30) for u in twelve for n in range(9))
    shapes = {kind: letters[kind] for kind in KINDS if kind in letters}
    remind = "cong-van-don-doc"
    shapes["all-long"] = (remind, remind_letter(long, long.units, "required", 1, voice, SETTINGS))
    mending = mending_lists(Year(sent, many))
    shapes["feedback-long"] = (remind, mending_letter(sent, mending, voice, SETTINGS))
    origin = Origin({}, folder / "kept")
    for kind, (template, letter) in shapes.items():
        write_letter(letter, SHIPPED / f"{template}.docx", folder / f"{kind}.docx", voice.issuer, origin)
    worst = tuple(found("SL02", unit.code) for unit in long.units)
    page = signing_page(Telling(Year(long, worst), voice), NoDraft.FIRST)
    submission = make_submission(Telling(Year(nobody_sent, ()), voice), draft)
    write_submission(submission, SHIPPED / "to-trinh.docx", folder / "submission.docx", voice.issuer, origin)
    signing = SHIPPED / "tom-tat-trinh-ky.docx"
    write_signing_page(page, signing, folder / "signing-long.docx", voice.issuer, origin)
    wordy = Voice(voice.phrases, replace(voice.issuer, name=f"{voice.issuer.name} {LONG}"))
    asked = replace(SETTINGS, contact=f"{SETTINGS.contact}; {SETTINGS.contact}")
    clerk = clerk_page(nobody_sent.profile, nobody_sent.period, wordy, asked)
    write_clerk_page(clerk, SHIPPED / f"{CLERK}.docx", folder / "clerk-long.docx", voice.issuer)
    libreoffice.convert(sorted(folder.glob("*.docx")), "pdf", folder)
    with ExitStack() as stack:
        yield {p.stem: list(stack.enter_context(pdfplumber.open(p)).pages) for p in folder.glob("*.pdf")}


def lines_of(page: Any) -> list[dict[str, Any]]:
    return list(page.extract_text_lines())


def left_column(page: Any) -> list[dict[str, Any]]:
    """The lines in the left cell of the letterhead, down to "Kính gửi"."""
    end = next(line["top"] for line in lines_of(page) if line["text"].startswith("Kính gửi"))
    return lines_of(page.crop((0, 0, (PAGE.left + LETTERHEAD_GRID[0]) * MM, end - 2)))


@pytest.mark.parametrize("kind", ALL)
def test_the_letterhead_stands_line_by_line(printed: Pages, kind: str) -> None:
    """State name and motto on one line each; the subject below the number, the mark of a draft below that."""
    page = printed[kind][0]
    right = page.crop(((PAGE.left + LETTERHEAD_GRID[0]) * MM - 2, 0, page.width, 60 * MM))
    assert [line["text"] for line in lines_of(right)][:2] == [STATE_NAME, MOTTO]
    texts = [line["text"] for line in left_column(page)] if kind in KINDS else []
    for number in (n for n, text in enumerate(texts) if text.startswith("Số:")):
        assert texts[number + 1].startswith("V/v ")
        assert ("DỰ THẢO" in texts) is (kind != "feedback")
        below = texts[number + 1 : texts.index("DỰ THẢO") if "DỰ THẢO" in texts else len(texts)]
        assert 1 <= len(below) <= 3


def test_the_subject_is_upright_13_and_6_points_below_the_number_the_mark_framed(printed: Pages) -> None:
    page = printed["remind"][0]
    number, about = (
        next(line for line in left_column(page) if line["text"].startswith(begin)) for begin in ("Số:", "V/v")
    )
    assert {round(char["size"], 1) for char in about["chars"]} == {13.0}
    assert not [c for c in about["chars"] if "Bold" in c["fontname"] or "Italic" in c["fontname"]]
    assert about["top"] - number["top"] == pytest.approx(13 * 1.149 + 6, abs=1.5)
    mark = page.search("DỰ THẢO")[0]
    edges = [x for x in (*page.rects, *page.lines, *page.curves) if abs(x["top"] - mark["top"]) < 20]
    assert any(x["x0"] < mark["x0"] and x["x1"] > mark["x1"] for x in edges)


def test_the_dashes_of_the_addressees_stand_under_the_colon(printed: Pages) -> None:
    page = printed["remind-some"][0]
    title = page.search("Kính gửi:")[0]
    colon = next(c for c in page.chars if c["text"] == ":" and abs(c["top"] - title["top"]) < 3)
    dashes = [line for line in lines_of(page) if line["text"].startswith("- ") and line["text"][-1] in ";."]
    listed = [line for line in dashes if line["top"] > title["top"]][:4]
    assert len(listed) == 4
    assert all(line["x0"] == pytest.approx(colon["x0"], abs=2) for line in listed)
    assert colon["x0"] == pytest.approx((PAGE.left + COLON_INDENT) * MM, abs=2)


@pytest.mark.parametrize("kind", ALL)
def test_the_signature_is_never_alone_and_stays_with_the_recipients(printed: Pages, kind: str) -> None:
    page = next(p for p in printed[kind] if "Nơi nhận:" in p.extract_text())
    text = page.extract_text()
    above = text.partition("Nơi nhận:")[0]
    assert "./." in above
    assert len([line for line in above.splitlines() if len(line) > 20]) >= 2
    assert "Nguyễn Văn A" in text
    assert "Lưu: VT, CĐS." in text


@pytest.mark.parametrize("kind", [*ALL, "signing-long", "clerk-long"])
def test_nothing_stands_beyond_the_margins_and_every_letter_is_times(printed: Pages, kind: str) -> None:
    for page in printed[kind]:
        assert page.extract_text().strip()
        left, right = PAGE.left * MM - SLACK, page.width - PAGE.right * MM + SLACK
        bottom = page.height - PAGE.bottom * MM + SLACK
        things = [x for x in (*page.chars, *page.lines, *page.rects) if x.get("text", "x").strip()]
        beyond = [x for x in things if x["x0"] < left or x["x1"] > right or x["bottom"] > bottom]
        assert [(x.get("text"), x["x0"], x["x1"], x["bottom"]) for x in beyond] == []
        fonts = {char["fontname"].partition("+")[2] for char in page.chars}
        assert all(font.startswith(("LiberationSerif", "TimesNewRoman")) for font in fonts)


@pytest.mark.parametrize(
    ("kind", "n"), [("remind", 0), ("remind-many", 1), ("feedback-one", 1), ("forms", 2), ("submission", 0)]
)
def test_numbers_show_from_the_second_page_and_start_anew_in_each_annex(
    printed: Pages, kind: str, n: int
) -> None:
    pages = printed[kind]
    first = [p for p in pages if re.match(r"Phụ lục( [IVX]+)?\n", p.extract_text())]
    assert len(first) == n
    count = 0
    for page in pages:
        count = 1 if page in first else count + 1
        above = [line["text"] for line in lines_of(page) if line["bottom"] < PAGE.top * MM]
        assert above == ([] if count == 1 else [str(count)])


def test_only_the_annexes_of_feedback_lie_across(printed: Pages) -> None:
    for kind in KINDS:
        across = [page.width > page.height for page in printed[kind]]
        starts = [bool(re.match(r"Phụ lục", p.extract_text())) for p in printed[kind]]
        wide = kind == "feedback-one"
        begin = starts.index(True) if wide else len(across)
        assert across == [index >= begin for index in range(len(across))], kind


@pytest.mark.parametrize(
    ("kind", "title"), [("signing-long", "TÓM TẮT TRÌNH KÝ"), ("clerk-long", "HƯỚNG DẪN GHI BIỂU")]
)
def test_the_pages_for_signer_and_clerk_are_one_page(printed: Pages, kind: str, title: str) -> None:
    (page,) = printed[kind]
    assert title in page.extract_text()
