"""What nobody sees of a document is told with how that comes, wherever the look stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dvctt_report.report.blocks import read_blocks
from dvctt_report.word import sight
from dvctt_report.word.sight import read_sight
from dvctt_report.word.source import parse_source
from dvctt_report.word.tree import DECLARATIONS
from tests.word.lint.drafts import GOOD
from tests.word.lint.papers import package
from tests.word.test_reading import STYLES

OPEN = f"<w:styles {DECLARATIONS}>"


def look(body: str, styles: str = "", extra: Mapping[str, str] | None = None) -> tuple[list[str], set[str]]:
    """What is seen of a body, block by block, and how the rest is hidden."""
    parts = {"word/styles.xml": STYLES.replace(OPEN, OPEN + styles), **(extra or {})}
    source = parse_source(package(body + GOOD.sheet.xml(), replace(GOOD, extra=parts)))
    seen = read_sight(source)
    blocks = read_blocks(source.main_tree, sight=seen)
    hows = {*seen.unseen.values(), *(thing for thing, _ in seen.things)}
    return [" | ".join(block.cells) for block in blocks], hows


def run(look: str = "", text: str = "37") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(shape: str = "", content: str = run()) -> str:
    return f"<w:p><w:pPr>{shape}</w:pPr>{content}</w:p>"


def table(
    cell: str = "", row: str = "", whole: str = "", wide: int = 2000, content: str = para(), above: str = ""
) -> str:
    """A table of two columns; the looked at cell is the second one of its last row."""
    first = f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{para("", run("", "Tên"))}</w:tc>'
    return (
        f'<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/>{whole}</w:tblPr><w:tblGrid><w:gridCol w:w="2000"/>'
        f'<w:gridCol w:w="{wide}"/></w:tblGrid>{above}<w:tr><w:trPr>{row}</w:trPr>{first}'
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{cell}</w:tcPr>{content}</w:tc></w:tr></w:tbl>'
    )


def styled(look: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="An"><w:name w:val="An"/><w:rPr>{look}</w:rPr></w:style>'


def field(code: str, in_code: str = "", result: str = "37") -> str:
    begin, parted, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    said = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{begin}{said}{in_code}{parted}{run('', result)}{end}"


LETTERS = {
    sight.HIDDEN: ["<w:vanish/>"],
    sight.STRUCK: ["<w:strike/>", "<w:dstrike/>"],
    sight.WHITE: [
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FDFDFD"/>',
        '<w:color w:val="FFFF00"/>',
        '<w:color w:val="000000" w:themeColor="background1"/>',
        '<w:color w:val="000000" w:themeColor="text1" w:themeTint="08"/>',
    ],
    sight.SAME_COLOUR: ['<w:highlight w:val="black"/>'],
    sight.TINY: ['<w:sz w:val="4"/>'],
    sight.NARROW: ['<w:w w:val="5"/>', '<w:spacing w:val="-240"/>'],
    sight.SIGNS: ['<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'],
}
"""How the letters' own look hides them."""
RED = run('<w:color w:val="C00000"/>')
ON_RED = '<w:shd w:val="clear" w:fill="C00000"/>'
UNSEEN = [
    *((para("", run(look)), how) for how, looks in LETTERS.items() for look in looks),
    (table(content=para("", run('<w:color w:val="FFFFFF"/>'))), sight.WHITE),
    (para(ON_RED, RED), sight.SAME_COLOUR),
    (table(ON_RED, content=para("", RED)), sight.SAME_COLOUR),
    (
        para('<w:shd w:val="solid" w:color="000000" w:fill="auto"/>', run('<w:color w:val="000000"/>')),
        sight.SAME_COLOUR,
    ),
    (para("", field(" = 37 * 2 ")), f"{sight.FIELD} (=)"),
    (para("", f'<w:fldSimple w:instr=" DATE ">{run()}</w:fldSimple>'), f"{sight.FIELD} (DATE)"),
    (table("<w:vMerge/>"), sight.MERGED),
    (table("<w:hMerge/>"), sight.MERGED),
    (table(row="<w:hidden/>"), sight.HIDDEN_ROW),
    (
        para("", f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{run()}</w:sdtContent></w:sdt>"),
        sight.BOUND,
    ),
    (table(row='<w:trHeight w:val="20" w:hRule="exact"/>'), sight.LOW),
    (para('<w:spacing w:line="20" w:lineRule="exact"/>'), sight.LOW),
    (para('<w:spacing w:line="24" w:lineRule="auto"/>'), sight.LOW),
    (table(wide=1), sight.NARROW),
    (para('<w:ind w:left="9000" w:right="9000"/>'), sight.NARROW),
    (para('<w:ind w:left="-16000" w:right="16000"/>'), sight.OUTSIDE),
    (para('<w:ind w:left="0" w:hanging="16000"/>'), sight.OUTSIDE),
    (para("", run("<w:rtl/>", "12/37")), sight.TURNED),
    (para("", f'<w:bdo w:val="rtl">{run()}</w:bdo>'), sight.TURNED),
    (para("", field("PAGE", in_code=run(), result="1")), sight.IN_CODE),
]


@pytest.mark.parametrize(("body", "how"), UNSEEN)
def test_what_nobody_sees_is_left_out_and_told(body: str, how: str) -> None:
    seen, hows = look(body)
    assert how in hows
    assert "37" not in " ".join(seen)


SEEN = {
    "37": [
        *(
            para("", content)
            for content in (
                run('<w:b/><w:color w:val="FF0000"/>'),
                run('<w:color w:val="7F7F7F"/>'),
                run('<w:sz w:val="16"/>'),
                run('<w:sz w:val="60"/>'),
                run('<w:spacing w:val="-10"/><w:w w:val="90"/>'),
                run('<w:rtl w:val="0"/>'),
                run('<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'),
                run('<w:highlight w:val="yellow"/>'),
                field(" NUMPAGES "),
            )
        ),
        para('<w:spacing w:line="360" w:lineRule="auto" w:before="600"/>'),
        para('<w:spacing w:line="220" w:lineRule="exact"/>'),
        para('<w:spacing w:line="204" w:lineRule="auto"/>'),
        para('<w:spacing w:line="20" w:lineRule="atLeast"/>'),
        para('<w:ind w:left="0" w:hanging="567"/>'),
        para('<w:ind w:left="1134" w:hanging="567" w:right="200"/>'),
        para("<w:rPr><w:vanish/></w:rPr>"),
        para('<w:shd w:val="clear" w:fill="1F3864"/>', run('<w:color w:val="FFFFFF"/>')),
        para('<w:pStyle w:val="An"/>', run('<w:strike w:val="0"/>')),
    ],
    "Tên | 37": [
        table('<w:shd w:val="clear" w:fill="D9D9D9"/>'),
        table(
            '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>',
            content=para("", run('<w:color w:val="FFFFFF"/>')),
        ),
        table(row='<w:trHeight w:val="1" w:hRule="atLeast"/>'),
        table(row='<w:trHeight w:val="500" w:hRule="exact"/>'),
        table(wide=450),
        table(whole='<w:tblpPr w:horzAnchor="margin" w:tblpX="200" w:tblpY="900"/>'),
        table().replace('w:w="2000" w:type="dxa"', 'w:w="0" w:type="auto"'),
    ],
}


@pytest.mark.parametrize(("body", "shown"), [(body, shown) for shown, each in SEEN.items() for body in each])
def test_what_offices_change_is_seen(body: str, shown: str) -> None:
    """Of letters, of paragraphs, also where their style is struck out, and of tables."""
    assert look(body, styled("<w:strike/>")) == ([shown], set())


@pytest.mark.parametrize(
    ("styles", "body"),
    [
        (styled("<w:vanish/>"), para('<w:pStyle w:val="An"/>')),
        (styled("<w:vanish/>", "character"), para("", run('<w:rStyle w:val="An"/>'))),
        (styled("<w:vanish/>", "table"), table(whole='<w:tblStyle w:val="An"/>')),
    ],
    ids=["paragraph", "character", "table"],
)
def test_a_style_hides_as_the_text_itself_does(styles: str, body: str) -> None:
    assert look(body, styles)[1] == {sight.HIDDEN}


@pytest.mark.parametrize(("colour", "how"), [("FFFFFF", set()), ("1F3864", {sight.SAME_COLOUR})])
def test_the_ground_of_a_paragraph_may_be_that_of_its_style(colour: str, how: set[str]) -> None:
    ground = '<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="An"><w:name w:val="Kiểu ẩn"/>{ground}</w:style>'
    body = para('<w:pStyle w:val="An"/>', run(f'<w:color w:val="{colour}"/>'))
    assert look(body, styles)[1] == how


def test_a_control_without_text_that_word_fills_is_told() -> None:
    control = "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent><w:r/></w:sdtContent></w:sdt>"
    assert look(para("", run() + control)) == (["37"], {sight.BOUND})


@pytest.mark.parametrize(("look_of_row", "is_told"), [("<w:vanish/>", True), ("<w:b/>", False)])
def test_a_table_style_that_may_hide_some_rows_is_told(look_of_row: str, is_told: bool) -> None:
    part = f'<w:tblStylePr w:type="firstRow"><w:rPr>{look_of_row}</w:rPr></w:tblStylePr>'
    style = f'<w:style w:type="table" w:styleId="An"><w:name w:val="An"/>{part}</w:style>'
    assert bool(look(table(whole='<w:tblStyle w:val="An"/>'), style)[1]) is is_told


def test_defaults_hide_all() -> None:
    parts = {"word/styles.xml": STYLES.replace('<w:sz w:val="22"/>', '<w:sz w:val="2"/>')}
    assert look(para(), extra=parts)[1] == {sight.TINY}


def test_figures_above_the_line_are_no_figures_in_it() -> None:
    raised = run('<w:vertAlign w:val="superscript"/>', "0")
    assert look(para("", run("", "10") + raised))[0] == ["10^0"]


def test_a_sign_of_a_font_of_signs_is_read_as_it_looks() -> None:
    minus = '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>'
    assert look(para("", minus + run()))[0] == ["-37"]
    assert look(para("", minus.replace("Symbol", "Wingdings") + run()))[0] == ["□37"]


def test_of_alternatives_the_one_that_word_understands_is_read() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="http://khac/vn"'
    both = f'<mc:Choice Requires="x">{run()}</mc:Choice><mc:Fallback>{run("", "74")}</mc:Fallback>'
    assert look(f"<w:p><mc:AlternateContent {mc}>{both}</mc:AlternateContent></w:p>")[0] == ["74"]


def test_the_strict_dialect_is_read_like_the_common_one() -> None:
    source = parse_source(package(para("", run("<w:vanish/>")) + GOOD.sheet.xml(), replace(GOOD, extra={})))
    strict = {
        name: data.replace(
            b"schemas.openxmlformats.org/wordprocessingml/2006/", b"purl.oclc.org/ooxml/wordprocessingml/"
        )
        for name, data in source.parts.items()
    }
    assert {*read_sight(replace(source, parts=strict, trees={})).unseen.values()} == {sight.HIDDEN}


def test_what_word_fetches_from_another_file_is_told() -> None:
    assert look(para() + '<w:altChunk r:id="rId99"/>')[1] == {"phần lấy từ tệp khác khi mở"}
