"""An .ods is read with reduced fidelity: values stand where they stood, faults are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest

from dvctt_report import packages
from dvctt_report.file_kinds import Kind
from dvctt_report.intake.cells import CellKind, Unreadable
from dvctt_report.intake.container import REFUSALS
from dvctt_report.intake.ods import read_ods
from tests.intake.arrivals import zipped

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str, **parts: bytes) -> bytes:
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    hidden = '<table:table table:name="_meta" table:style-name="h"><table:table-row>'
    hidden += cell("string", "<text:p>form</text:p>") + "</table:table-row></table:table>"
    content = (
        f"<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="01-A">{rows}</table:table>{hidden}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": MIMETYPE, "content.xml": content.encode(), **parts})


def cell(kind: str, content: str = "", **attributes: str) -> str:
    said = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="{kind}"{said}>{content}</table:table-cell>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_values_stand_where_they_stood() -> None:
    data = ods(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            cell("string", "<text:p>Sở Y tế</text:p><text:p>dòng hai</text:p>"),
            cell("float", value="1234"),
            cell("percentage", value="0.955"),
            cell("date", date_value="2025-11-07"),
            cell("date", date_value="2025-11-07T08:30:00"),
            cell("boolean", boolean_value="true"),
        )
    )
    book = read_ods(data)

    assert {c.address: (c.kind, c.value) for c in book.sheets[0].cells.values()} == {
        "C3": (CellKind.TEXT, "Sở Y tế\ndòng hai"),
        "D3": (CellKind.NUMBER, Decimal(1234)),
        "E3": (CellKind.NUMBER, Decimal("0.955")),
        "F3": (CellKind.DATE, date(2025, 11, 7)),
        "G3": (CellKind.DATE, datetime(2025, 11, 7, 8, 30)),
        "H3": (CellKind.BOOL, True),
    }
    assert [(s.name, s.state) for s in book.sheets] == [("01-A", "visible"), ("_meta", "hidden")]
    assert book.kind == "ods"


def test_an_ods_without_its_mimetype_is_read_all_the_same() -> None:
    whole = zipfile.ZipFile(io.BytesIO(ods(row(cell("float", value="7")))))
    bare = zipped({"content.xml": whole.read("content.xml")})

    assert [c.value for c in read_ods(bare).sheets[0].cells.values()] == [Decimal(7)]


def test_a_password_is_said_to_be_one() -> None:
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"

    with pytest.raises(Unreadable) as refusal:
        read_ods(ods("", **{"META-INF/manifest.xml": manifest}))
    assert refusal.value.reason == REFUSALS[Kind.ENCRYPTED][0]


@pytest.mark.parametrize("content", [b"", b"<office:document-content>", b"\0\1\2"])
def test_a_damaged_ods_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(Unreadable, match="ods"):
        read_ods(zipped({"mimetype": MIMETYPE, "content.xml": content}))
    with pytest.raises(Unreadable, match="hỏng"):
        read_ods(zipped({"mimetype": MIMETYPE}))


def test_what_inflates_without_end_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_INFLATED", 100_000)

    with pytest.raises(Unreadable, match="giải nén vượt"):
        read_ods(ods(row(cell("string", f"<text:p>{'a' * 200_000}</text:p>"))))
