"""A document is read as Word shows it: styles, themes, numbering, fields, alternatives."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from dvctt_report.word.cascade import roman
from dvctt_report.word.document import Document, read_document
from dvctt_report.word.lint.parts import columns_of, lines_of
from dvctt_report.word.lint.recognise import parse_day, parse_number
from dvctt_report.word.source import parse_source
from dvctt_report.word.tree import DECLARATIONS
from tests.word.lint.drafts import GOOD
from tests.word.lint.papers import package, para, vml_line

_PARTS = tomllib.loads(Path(__file__).with_name("reading.toml").read_text(encoding="utf-8"))
EXTRA = {name: xml.replace("\n", "").format(declarations=DECLARATIONS) for name, xml in _PARTS.items()}
STYLES = EXTRA["word/styles.xml"]


def read(body: str) -> Document:
    return read_document(parse_source(package(body + GOOD.sheet.xml(), replace(GOOD, extra=EXTRA))))


def styled(style: str, run: str = "<w:r><w:t>Chữ</w:t></w:r>", more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{run}</w:p>'


def test_a_paragraph_inherits_from_its_styles_and_the_defaults() -> None:
    paragraph = read(styled("Leaf")).paragraphs[0]
    shape, face = paragraph.shape, paragraph.spans[0].face
    assert (shape.align, shape.before, shape.after, round(shape.line, 2)) == ("both", 6, 8, 1.08)
    assert round(shape.first, 1) == 12.7
    assert (face.fonts[0], face.size, face.bold, face.italic) == ("Times New Roman", 14, True, True)


def test_fonts_of_the_theme_are_those_it_names() -> None:
    face = read("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>").paragraphs[0].spans[0].face
    assert (face.fonts[:2], face.size) == (("Calibri", "Calibri"), 11)


def test_direct_formatting_and_theme_colours_win() -> None:
    blue = '<w:b w:val="0"/><w:color w:val="4472C4" w:themeColor="accent1"/>'
    run = f"<w:r><w:rPr>{blue}</w:rPr><w:t>Chữ</w:t></w:r>"
    face = read(styled("Leaf", run)).paragraphs[0].spans[0].face
    assert (face.bold, face.italic, face.colour) == (False, True, "4472C4")
    black = '<w:r><w:rPr><w:color w:val="123456" w:themeColor="text1"/></w:rPr><w:t>Chữ</w:t></w:r>'
    assert read(styled("Leaf", black)).paragraphs[0].spans[0].face.colour == ""


def test_bold_of_two_styles_cancels_out() -> None:
    run = '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>Chữ</w:t></w:r>'
    assert read(styled("Leaf", run)).paragraphs[0].spans[0].face.bold is False
    assert read(styled("Normal", run)).paragraphs[0].spans[0].face.bold is True


def test_a_style_based_on_itself_does_no_harm() -> None:
    assert read(styled("Loop")).paragraphs[0].shape.align == "left"


def item(level: int, num: int = 1) -> str:
    return styled("Normal", more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def test_automatic_numbers_are_read_as_they_are_printed() -> None:
    document = read("".join(item(level) for level in (0, 1, 1, 0, 1, 2)))
    assert [p.label for p in document.paragraphs] == ["I.", "I.1.", "I.2.", "II.", "II.1.", "-"]
    assert round(document.paragraphs[0].shape.first, 1) == 10.0
    assert [roman(n) for n in (1, 4, 9, 14, 27, 40, 99, 124)] == [
        *("I", "IV", "IX", "XIV", "XXVII", "XL", "XCIX", "CXXIV")
    ]


def test_instances_of_one_list_go_on_from_each_other_unless_they_begin_anew() -> None:
    document = read(item(0) + item(0, num=2) + item(0, num=3) + item(0, num=3) + item(0, num=2))
    assert [p.label for p in document.paragraphs] == ["I.", "II.", "V.", "VI.", "VII."]


def test_revisions_and_alternatives_are_read_once() -> None:
    inserted = '<w:ins w:id="1"><w:r><w:t>mới</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
    document = read(f"<w:p>{inserted}{deleted}</w:p>")
    assert document.paragraphs[0].text == "mới"
    assert document.n_revisions == 2


def test_a_paragraph_that_was_deleted_whole_is_not_there() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    moved = gone.replace("w:del", "w:moveFrom")
    text = '<w:del w:id="4"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
    left = '<w:moveFrom w:id="5"><w:r><w:t>đi</w:t></w:r></w:moveFrom>'
    kept = "<w:r><w:t>còn</w:t></w:r>"
    document = read(
        f"<w:p>{gone}{text}</w:p><w:p>{gone}</w:p><w:p>{moved}{left}</w:p><w:p>{gone}{text}{kept}</w:p>"
        f"<w:p>{text}</w:p>"
    )
    assert [p.text for p in document.paragraphs] == ["còn", ""]
    assert document.n_revisions > 0


@pytest.mark.parametrize("form", ["simple", "complex"])
def test_a_field_is_its_result_and_knows_its_name(form: str) -> None:
    simple = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = "<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>"
    complex_ = f"{marks[0]}{code}{marks[1]}<w:r><w:t>7</w:t></w:r>{marks[2]}"
    paragraph = read(f"<w:p>{simple if form == 'simple' else complex_}</w:p>").paragraphs[0]
    assert paragraph.text == "7"
    assert {s.field for s in paragraph.spans} == {"PAGE"}


def test_a_line_of_vml_is_as_long_as_it_is_drawn() -> None:
    paragraph = read(para("x", inner=vml_line(60))).paragraphs[0]
    assert [(s.drawn, round(s.length or 0)) for s in paragraph.strokes] == [("shape", 60)]


def test_lines_and_columns_of_a_paragraph_are_told_apart() -> None:
    paragraph = read(para("UBND TỈNH A\tCỘNG HÒA\nSỞ B          Độc lập")).paragraphs[0]
    pieces = [piece.text for line in lines_of(paragraph) for piece in columns_of(line)]
    assert pieces == ["UBND TỈNH A", "CỘNG HÒA", "SỞ B", "Độc lập"]


def test_blanks_left_for_a_number_or_a_day_are_no_columns() -> None:
    paragraph = read(para("Số:          /BC-SNV\nBình An, ngày      tháng      năm 2025")).paragraphs[0]
    assert all(len(columns_of(line)) == 1 for line in lines_of(paragraph))


@pytest.mark.parametrize(
    ("text", "figure", "symbol"),
    [
        ("Số: 05/BC-UBND", "05", "BC-UBND"),
        ("Số:      /BC-UBND", "", "BC-UBND"),
        ("Số: …/BC-UBND", "", "BC-UBND"),
    ],
)
def test_a_number_is_taken_apart(text: str, figure: str, symbol: str) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.figure, number.symbol) == (figure, symbol)


@pytest.mark.parametrize("text", ["Bình An, ngày 05 tháng 3 năm 20225", "Bình An, 05/3/20225"])
def test_a_year_of_five_figures_is_no_year(text: str) -> None:
    assert parse_day(text) is None


def test_a_theme_colour_is_as_light_or_dark_as_the_document_says() -> None:
    for change, shown in (('w:themeTint="80"', "A1B8E1"), ('w:themeShade="80"', "223962")):
        colour = f'<w:color w:val="000000" w:themeColor="accent1" {change}/>'
        run = f"<w:r><w:rPr>{colour}</w:rPr><w:t>Chữ</w:t></w:r>"
        assert read(styled("Leaf", run)).paragraphs[0].spans[0].face.colour == shown
