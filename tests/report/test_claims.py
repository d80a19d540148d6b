"""A draft taken over is known again in every form of a line, and told once its count or names aren't true."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, Return, ReturnStatus, Severity
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.final import NotFinal
from dvctt_report.report.phrases import Phrases, pattern_slots
from dvctt_report.report.prose.claims import DRAFTED, LISTING, PARTS, KnownClaims, Reader
from dvctt_report.report.settings import Issuer
from tests.report.test_prose import HEADINGS, Desk

UNITS = ("Sở Một", "UBND huyện Đông", "BHXH khu vực")
TARGETS = ("người dân hài lòng", "người dân hài lòng về đất đai, xây dựng", "hồ sơ trực tuyến, toàn trình")
FORMS = {"plain": "{}", "bulleted": "- {}", "glued": "-{}", "numbered": "3. {}", "lettered": "đ) {}"}
FORMS |= {
    "deep": "1.2. {}",
    "led in": "Hiện có {}",
    "ended": "{} Nguyên nhân do nguồn lực, như năm 2024.",
}


@pytest.fixture
def reader(phrases: Phrases) -> Reader:
    return Reader(phrases, dict.fromkeys(UNITS, "unit") | dict.fromkeys(TARGETS, "target"))


def said(phrases: Phrases, pattern: str, n: str, *names: str) -> str:
    """Fill a draft's pattern; a part is said within the sentence that lists it."""
    listed = "; ".join(names)
    if pattern in PARTS:
        return phrases.fill(LISTING, parts=phrases.fill(pattern, n=n))
    given = {
        "n": n,
        "names": listed,
        "name": names[0],
        "due": "2030",
        "year": "2026",
        "parts": phrases.fill(PARTS[0], n=n),
    }
    given["unsure"] = phrases.fill("overview.unsure", n="02")
    if pattern.startswith("recommendation.") and "n" in slots(phrases, pattern):
        given["names"] = f": {listed}"
    return phrases.fill(pattern, **{slot: given[slot] for slot in slots(phrases, pattern)})


def slots(phrases: Phrases, pattern: str) -> list[str]:
    return [slot for _, slot, *_ in string.Formatter().parse(phrases.patterns[pattern]) if slot]


def names_of(pattern: str) -> tuple[str, ...]:
    of_units = pattern in {f"recommendation.{one}" for one in ("missing", "correcting", "paper")}
    return UNITS if of_units else TARGETS


def test_every_pattern_of_a_draft_is_watched() -> None:
    drafted = {name for name in pattern_slots() if name.split(".")[0] in ("limit", "direction")}
    drafted |= {name for name in pattern_slots() if name.startswith("recommendation.")} | {
        "prose.met",
        "prose.met_told",
    }
    assert {*DRAFTED, *PARTS} == {name for name in drafted if not name.startswith("recommendation.to_")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("pattern", [*DRAFTED, *PARTS])
def test_a_draft_is_known_in_every_form_and_told_once_it_is_untrue(
    reader: Reader, phrases: Phrases, pattern: str, form: str
) -> None:
    one, two, other = names_of(pattern)
    text = FORMS[form].format(said(phrases, pattern, "05", one, two))

    def told(*drafts: str) -> bool:
        known = KnownClaims(reader, tuple(claim for draft in drafts for claim in reader.read(draft)))
        return not all(map(known.is_true, reader.read(text)))

    assert reader.read(text)
    assert not told(said(phrases, pattern, "05", one, two))
    more = (said(phrases, pattern, "05", *listed) for listed in ((two, one, other), (one, two)))
    assert not told(*more), "a name left out is no falsehood"
    assert told()
    if "n" in slots(phrases, pattern) or pattern in PARTS:
        assert told(said(phrases, pattern, "06", one, two))
    if {"names", "name"} & {*slots(phrases, pattern)}:
        assert told(said(phrases, pattern, "05", other))


@pytest.mark.parametrize(
    "said", ["Năm 2024 có 11 chỉ tiêu chưa đạt.", "Quý I có 03 chỉ tiêu đạt và vượt so với cùng kỳ."]
)
def test_a_count_in_the_officers_own_words_is_no_draft(reader: Reader, said: str) -> None:
    assert reader.read(said) == ()


def test_a_figure_in_brackets_behind_a_name_is_part_of_what_is_said(reader: Reader, phrases: Phrases) -> None:
    old = said(phrases, "direction.outlook", "", f"{TARGETS[0]} (còn 5,3 điểm phần trăm)", TARGETS[1])
    new = said(phrases, "direction.outlook", "", f"{TARGETS[0]} (còn 4,1 điểm phần trăm)", TARGETS[1])
    known = KnownClaims(reader, reader.read(new))
    assert all(map(known.is_true, reader.read(new)))
    assert not all(map(known.is_true, reader.read(old)))
    own = said(phrases, "limit.missed", "01", f"{TARGETS[0]} (75,2%)")
    plain = KnownClaims(reader, reader.read(said(phrases, "limit.missed", "01", TARGETS[0])))
    assert all(map(plain.is_true, reader.read(own))), "a figure of the officer's own where none is drafted"


def test_what_is_not_sure_is_part_of_what_is_said(reader: Reader, phrases: Phrases) -> None:
    flagged = said(phrases, "limit.missed", "02", f"{TARGETS[0]} (chưa chắc chắn)", TARGETS[1])
    plain = said(phrases, "limit.missed", "02", *TARGETS[:2])
    assert not all(map(KnownClaims(reader, reader.read(flagged)).is_true, reader.read(plain)))
    assert not all(map(KnownClaims(reader, reader.read(plain)).is_true, reader.read(flagged)))
    counted = said(phrases, "direction.missed", "05", TARGETS[0])
    fewer = counted.replace("trong đó 02 chưa chắc chắn", "trong đó 01 chưa chắc chắn")
    assert counted != fewer
    assert not all(map(KnownClaims(reader, reader.read(fewer)).is_true, reader.read(counted)))


def test_a_unit_may_be_named_otherwise_than_the_draft_did(reader: Reader, phrases: Phrases) -> None:
    other = NamedUnit("M", "Sở Một", ("Sở Một", "Sở Khoa học và Công nghệ"))
    reader = replace(reader, units=UnitNames((other,)))
    known = KnownClaims(reader, reader.read(said(phrases, "recommendation.missing", "01", "Sở Một")))
    assert all(map(known.is_true, reader.read(said(phrases, "recommendation.missing", "01", "Sở KH&CN"))))
    assert not all(
        map(known.is_true, reader.read(said(phrases, "recommendation.missing", "01", "UBND huyện Đông")))
    )


def test_own_words_and_abbreviations_spelt_out_are_no_claims(reader: Reader, phrases: Phrases) -> None:
    assert reader.read("Một số chỉ tiêu chưa đạt, nguyên nhân do nguồn lực; có 02 đơn vị gửi muộn.") == ()
    short = said(phrases, "recommendation.missing", "02", "UBND huyện Đông")
    spelt = short.replace("UBND", "Ủy ban nhân dân (UBND)", 1).replace("UBND huyện", "Ủy ban nhân dân huyện")
    known = KnownClaims(reader, reader.read(short))
    assert len(reader.read(spelt)) == 1
    assert all(map(known.is_true, reader.read(spelt)))


# ------------------------------------------------------------------------------------------ from end to end

NUMBERING = (
    '<w:numbering {ns}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)
WORDS_OWN = {"Word's numbers": ("decimal", "%1."), "Word's bullets": ("bullet", "\uf0b7")}


def adopt_all(path: Path, form: str, more: str = "") -> list[str]:
    """Take over every draft of the officer's file in that form of a line, and ``more``; return them."""
    document = docx.Document(str(path))
    if form in WORDS_OWN:
        kind, text = WORDS_OWN[form]
        xml = NUMBERING.format(ns=nsdecls("w"), format=kind, text=text).encode()
        of = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
        part = Part(PackURI("/word/numbering.xml"), of, xml, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
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
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
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
    tmp_path: Path,
    issuer: Issuer,
    phrases: Phrases,
    form: str,
    more: str,
    build: Callable[..., Dataset],
    returns: tuple[Return, ...],
    findings: tuple[Finding, ...],
    make_return: Callable[..., Return],
    answer_all: Callable[..., dict[tuple[str, str], object]],
) -> None:
    desk = Desk(tmp_path, issuer, phrases)
    paper = replace(returns[2], status=ReturnStatus.PAPER, observations=())
    before = build((*returns[:2], paper, *returns[3:]))
    desk.render(before, findings)
    drafts = adopt_all(desk.files.prose, form, more)
    assert len(drafts) >= 8
    assert stale(desk, before, findings) == []
    sent = make_return("H2", answer_all(), date(2025, 11, 5))
    after = build((*returns[:1], replace(sent, unit="SO1"), *returns[2:], sent))
    fault = Finding("DL01", Severity.ERROR, "không đọc được", unit="SO2", item="T4", field="done")
    told = stale(desk, after, (fault,))
    fresh = tmp_path / "moi"
    fresh.mkdir()
    again = Desk(fresh, issuer, phrases)
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


def test_a_line_of_another_form_keeps_its_figures_traced(
    desk: Desk, dataset: Dataset, findings: tuple[Finding, ...]
) -> None:
    desk.render(dataset, findings)
    adopt_all(desk.files.prose, "lettered")
    desk.render(dataset, findings)
    assert "Nội dung | đ) Về chế độ báo cáo: còn 01 cơ quan" in desk.text()
    manifest = desk.out.with_suffix(".json").read_text(encoding="utf-8")
    assert '"text": "đ) Về chế độ báo cáo' in manifest
    assert manifest.partition('"text": "đ) Về chế độ báo cáo')[2].partition("}")[0].count("returns.missing")


def test_the_remedy_gives_the_sentence_as_it_is_now(desk: Desk, dataset: Dataset) -> None:
    desk.render(dataset)
    for heading in HEADINGS:
        desk.write(heading, "Lời của cán bộ.")
    gone = "Số liệu của 07 đơn vị còn nội dung chưa thống nhất, đang được đề nghị chỉnh lý."
    desk.write("Tồn tại, hạn chế", "- 09 chỉ tiêu chưa đạt theo Kế hoạch: tám chỉ tiêu và một nữa.", gone)
    with pytest.raises(NotFinal) as refused:
        desk.render(dataset, final=True)
    first, second = refused.value.obstacles
    assert "theo số liệu nay: “- 0" in first.remedy
    assert "chỉ tiêu chưa đạt theo Kế hoạch: " in first.remedy
    assert second.remedy.startswith("Xóa đoạn này ở noi-dung/2025.docx: số liệu nay không còn nội dung đó.")


def test_each_stale_paragraph_is_given_one_sentence_with_its_own_sign_and_no_word_is_cut(
    desk: Desk, dataset: Dataset
) -> None:
    desk.render(dataset)
    for heading in HEADINGS:
        desk.write(heading, "Lời của cán bộ.")
    old = "chỉ tiêu chưa đạt theo Kế hoạch: tám chỉ tiêu được truyền thông nhiều lần trong năm và một nữa."
    desk.write("Tồn tại, hạn chế", f"- 09 {old}", f"2) 08 {old}")
    with pytest.raises(NotFinal) as refused:
        desk.render(dataset, final=True)
    first, second = refused.value.obstacles
    quoted = first.what.partition("đoạn “")[2].partition("”")[0]
    assert quoted.endswith("…")
    assert f"- 09 {old}".startswith(quoted[:-1] + " ")
    assert "theo số liệu nay: “- 0" in first.remedy
    assert first.remedy.count("chỉ tiêu chưa đạt theo Kế hoạch") == 1
    assert second.remedy.startswith("Xóa đoạn này ở noi-dung/2025.docx")
    assert "Gợi ý nay còn có: “- Về chế độ báo cáo" in second.remedy


@pytest.fixture
def desk(tmp_path: Path, issuer: Issuer, phrases: Phrases) -> Desk:
    return Desk(tmp_path, issuer, phrases)
