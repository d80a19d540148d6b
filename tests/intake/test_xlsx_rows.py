"""The quick way through a sheet gives what expat gives, whatever it holds, and is taken where it can be."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.intake.cells import Unreadable, Workbook
from dvctt_report.intake.xlsx import read_xlsx
from dvctt_report.intake.xlsx_rows import Unusual, read_strings, split_sheet
from dvctt_report.intake.xlsx_sheet import BookContext, SheetPart
from tests.intake.test_xlsx import MAIN, filled_form, package

SAMPLE = Path(__file__).parents[2] / "sample_data" / "nhan-ve"


def outcome(data: bytes, quickly: bool) -> Workbook | tuple[str, str]:
    try:
        return read_xlsx(data, quickly=quickly)
    except Unreadable as refusal:
        return refusal.reason, refusal.fix


def resaved_by_openpyxl(data: bytes) -> bytes:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(of: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in of.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.xlsx")), ids=lambda path: path.name)
def test_both_ways_read_the_same_from_every_return_of_the_sample(path: Path) -> None:
    data = path.read_bytes()

    assert read_xlsx(data) == read_xlsx(data, quickly=False)


@pytest.mark.parametrize("resave", [bytes, resaved_by_openpyxl])
def test_what_the_usual_writers_write_goes_the_quick_way(resave: type[bytes]) -> None:
    data = resave(filled_form())
    sheets = {n: xml for n, xml in parts(data).items() if n.startswith("xl/worksheets/sheet")}
    shared = parts(data).get("xl/sharedStrings.xml")
    strings = tuple(read_strings(shared)) if shared else ()

    assert read_xlsx(data) == read_xlsx(data, quickly=False)
    for xml in sheets.values():
        split_sheet(xml)
        SheetPart(BookContext(strings, {}, False), {}).read_quickly(xml)


TEXTS = (
    "7",
    "0",
    "99",
    "-1",
    "1.5",
    "x",
    "",
    " ",
    "a&amp;b",
    "&lt;",
    "&#10;",
    "]]&gt;",
    "Có\n",
    "_x000B_",
    "#REF!",
)
CONTENTS = st.sampled_from(
    (
        *(f"<v>{text}</v>" for text in TEXTS),
        *(f"<is><t>{text}</t></is>" for text in TEXTS),
        '<is><t xml:space="preserve"> a </t></is>',
        "<is><r><t>a</t></r><r><t>b</t></r></is>",
        "<v/>",
        "<f>A1&gt;2</f>",
        "<f>B9</f><v>3</v>",
        '<f t="shared" ref="A1:C1" si="0">B9+1</f><v>1</v>',
        '<f t="shared" si="0"/><v>2</v>',
        '<f aca="false">SUM(A1:B2)</f><v></v>',
        '<v xml:space="preserve"> a </v>',
        "<v><![CDATA[<c>]]></v>",
        "<v>1</v><!-- ghi chú -->",
        "<v>1</v>\n",
        "<v>1</v><v>2</v>",
        "",
    )
)
REFS = st.sampled_from(('r="A1" ', 'r="B1" ', 'r="C7" ', 'r="XFD1048576" ', 'r="XFE1" ', 'r="$A$1" ', ""))
CELL_ATTRIBUTES = st.sampled_from(
    ("", 's="1"', 's="2"', 's="77"', 't="s"', 's="1" t="s"', 't="s" s="1"', 't="str"', 't="inlineStr"',
     't="b"', 't="e"', 't="d"', 's="" t="n"', 'cm="1"')
)  # fmt: skip
CELLS = st.builds(
    lambda ref, attributes, content: (
        f"<c {ref}{attributes}".rstrip() + (f">{content}</c>" if content else "/>")
    ),
    REFS,
    CELL_ATTRIBUTES,
    CONTENTS,
)
ROWS = st.builds(
    lambda attributes, cells: f"<row{attributes}>{''.join(cells)}</row>" if cells else f"<row{attributes}/>",
    st.sampled_from(
        (
            "",
            ' r="1"',
            ' r="7" hidden="1"',
            ' r="2" spans="1:3" ht="20.25" customHeight="1"',
            ' r="x"',
            " r='1'",
        )
    ),
    st.lists(CELLS, max_size=6),
)
BEFORE = st.sampled_from(
    ("", '<cols><col min="2" max="2" hidden="1"/></cols>', "<!-- x -->",
     '<sheetViews><sheetView topLeftCell="B2"/></sheetViews>', "<v>1</v>")
)  # fmt: skip
AFTER = st.sampled_from(
    ("", '<mergeCells><mergeCell ref="A1:B9"/></mergeCells>', '<autoFilter ref="A1:B2"/>', "<c><v>5</v></c>",
     '<cols><col min="1" max="3" hidden="1"/></cols>', "<x:rPh/>", "<?x?>")
)  # fmt: skip
STRINGS = st.lists(
    st.sampled_from(
        ("<si><t>a</t></si>", "<si><t/></si>", "<si><t></t></si>", '<si><t xml:space="preserve"> a </t></si>',
         "<si><t>a&amp;b</t></si>", "<si><r><t>a</t></r><r><rPr><b/><sz val=\"9\"/></rPr><t>b</t></r></si>",
         "<si><t>a</t><rPh sb='0' eb='1'><t>x</t></rPh></si>", "<si><t>&#10;</t></si>", "<si/>", "\n")
    ),
    max_size=4,
)  # fmt: skip


@given(rows=st.lists(ROWS, max_size=4), before=BEFORE, after=AFTER, strings=STRINGS)
def test_both_ways_read_or_refuse_the_same(
    rows: list[str], before: str, after: str, strings: list[str]
) -> None:
    sheet = f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"
    data = package(sheet, strings="".join(strings))

    assert outcome(data, quickly=True) == outcome(data, quickly=False)


ODD = (
    b"<", b">", b'"', b"&", b"&amp;", b"&#10;", b"&#0;", b"<c/>", b"<v/>", b"</c>", b"</row>", b"<row>",
    b"<!-- -->", b"<![CDATA[x]]>", b"<?pi?>", b"]]>", b"\x00", b"\x0b", b"\r", b"\xff", b"\xef\xbf\xbe",
    b'<c r="B2"><v>7</v></c>', b' s="1"', b' t="s"', b"<f>A1</f>", b'<col min="1" max="3" hidden="1"/>',
    b"<rPh>", b"</si>", b"<si>", b"<x:c/>", b"</sheetData>", b"<sheetData>", b"<sheetViews>", b" ", b"9",
    b"-", b"/", b"\n", b"\xc2\xa0",
)  # fmt: skip


def test_both_ways_agree_on_damaged_parts() -> None:
    luck = random.Random(2027)
    whole = parts(filled_form())
    victims = [n for n in whole if n.startswith("xl/worksheets/sheet") or n == "xl/sharedStrings.xml"]
    for _ in range(400):
        victim = luck.choice(victims)
        body = bytearray(whole[victim])
        for _ in range(luck.choice((1, 1, 2))):
            at = luck.randrange(len(body))
            tag = body.find(b"<", at)
            at = tag if tag >= 0 and luck.random() < 0.7 else at
            body[at : at + luck.choice((0, 0, 3))] = luck.choice(ODD)
        data = zipped({**whole, victim: bytes(body)})
        assert outcome(data, quickly=True) == outcome(data, quickly=False)


@pytest.mark.parametrize(
    "xml",
    [
        "<sheetData/>",
        "<sheetData><!-- x --></sheetData>",
        "<sheetData></sheetData><sheetData></sheetData>",
        '<?xml version="1.0" encoding="windows-1258"?><worksheet><sheetData></sheetData></worksheet>',
    ],
)
def test_a_sheet_that_cannot_be_split_at_a_glance_is_left_to_expat(xml: str) -> None:
    whole = xml if xml.startswith("<?") else f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'

    with pytest.raises(Unusual):
        split_sheet(whole.encode())
