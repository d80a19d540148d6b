"""Word files made by hand for the linter: an administrative document as fields, built in several ways."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from dvctt_report.word.nd30 import text_width
from dvctt_report.word.package import pack
from dvctt_report.word.tree import DECLARATIONS

_EMU, _TWIPS = 36000, 56.6929
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_TEMPLATES = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8"))
_SHAPES: dict[str, str] = {name: xml.replace("\n", "") for name, xml in _TEMPLATES.items()}
WORDS = tomllib.loads(Path(__file__).with_name("papers.toml").read_text(encoding="utf-8"))
Look = dict[str, Any]


def para(text: str = "", *, inner: str = "", section: str = "", **look: Any) -> str:
    """A paragraph with direct formatting: ``\\n`` breaks the line, ``\\t`` is a tab, ``**`` bold."""
    before, after = round(look.get("before", 0) * 20), round(look.get("after", 0) * 20)
    line, rule = look.get("line", 240), look.get("rule", "auto")
    left, right, first = (round(look.get(side, 0) * _TWIPS) for side in ("left", "right", "first"))
    indent = "hanging" if first < 0 else "firstLine"
    properties = (
        ("<w:keepNext/>" if look.get("keep") else "")
        + look.get("frame", "")
        + look.get("border", "")
        + look.get("stops", "")
        + f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'
        + f'<w:ind w:left="{left}" w:right="{right}" w:{indent}="{abs(first)}"/>'
        + f'<w:jc w:val="{look.get("align", "left")}"/>{section}'
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs(text, **look)}{inner}</w:p>"


def runs(text: str, **look: Any) -> str:
    bold, parts = look.get("bold", False), enumerate(text.split("**"))
    return "".join(_run(part, **{**look, "bold": bold != (at % 2 == 1)}) for at, part in parts if part)


def _run(text: str, **look: Any) -> str:
    font = look.get("font", "Times New Roman")
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
    switches = {"bold": "b", "italic": "i", "struck": "strike", "hidden": "vanish"}
    face += "".join(f"<w:{tag}/>" for name, tag in switches.items() if look.get(name))
    face += f'<w:color w:val="{look["colour"]}"/>' if "colour" in look else ""
    face += f"<w:color {look['theme']}/>" if "theme" in look else ""
    face += f'<w:spacing w:val="{round(look["spacing"] * 20)}"/>' if "spacing" in look else ""
    face += f'<w:w w:val="{look["scale"]}"/>' if "scale" in look else ""
    face += f'<w:sz w:val="{round(look.get("size", 14) * 2)}"/>'
    face += f'<w:highlight w:val="{look["highlight"]}"/>' if "highlight" in look else ""
    face += '<w:u w:val="single"/>' if look.get("underline") else ""
    body = ""
    for at, line in enumerate(text.split("\n")):
        body += "<w:br/>" if at else ""
        for n, word in enumerate(line.split("\t")):
            body += "<w:tab/>" if n else ""
            body += f'<w:t xml:space="preserve">{escape(word)}</w:t>' if word else ""
    return f"<w:r><w:rPr>{face}</w:rPr>{body}</w:r>"


def shape_line(length: float, dash: str = "", n_lines: int = 1) -> str:
    """A DrawingML line below so many lines of text, with a VML fallback, as Word writes it."""
    outline = f'<a:ln w="9525"><a:prstDash val="{dash}"/></a:ln>' if dash else ""
    said = {"width": round(length * _EMU), "offset": 220_000 * n_lines, "outline": outline}
    return _SHAPES["shape_line"].format(fallback=vml_line(length, bare=True), **said)


def vml_line(length: float, *, bare: bool = False) -> str:
    end = 10 + round(length * 72 / 25.4, 1)
    line = f'<w:pict><v:line {V} style="position:absolute" from="10pt,2pt" to="{end}pt,2pt"/></w:pict>'
    return line if bare else f"<w:r>{line}</w:r>"


def border() -> str:
    return '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'


def text_box(content: str, width: float, *, bare: bool = False) -> str:
    """A text box with its content twice, as Word writes it; ``bare``: no line is drawn around it."""
    outline, stroked = ("<a:ln><a:noFill/></a:ln>", "f") if bare else ("", "t")
    said = {"content": content, "width": round(width * _EMU), "mm": width, "v": V}
    return _SHAPES["text_box"].format(outline=outline, stroked=stroked, **said)


def table(rows: list[list[str]], widths: list[float], *, bordered: bool = False, header: bool = False) -> str:
    """A table of cells that are finished paragraphs; widths in mm, no padding."""
    kind = "single" if bordered else "nil"
    edges = "".join(
        f'<w:{e} w:val="{kind}" w:sz="4"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{round(w * _TWIPS)}"/>' for w in widths)
    made = ""
    for at, row in enumerate(rows):
        made += f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * (header and at == 0)}</w:trPr>"
        for content, width in zip(row, widths, strict=True):
            size = f'<w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>'
            made += f"<w:tc><w:tcPr>{size}</w:tcPr>{content}</w:tc>"
        made += "</w:tr>"
    total = round(sum(widths) * _TWIPS)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    properties = f'<w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>{margins}'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


@dataclass(frozen=True)
class Sheet:
    """A section: paper and margins in mm, what its header shows."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    title_page: bool = True
    start: int | None = None
    headers: bool = True
    first_header: bool = False
    number_format: str = ""

    def xml(self) -> str:
        refs = '<w:headerReference w:type="default" r:id="rId9"/>' if self.headers else ""
        if self.first_header:
            refs += '<w:headerReference w:type="first" r:id="rId9"/>'
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        size = f'<w:pgSz w:w="{round(self.width * _TWIPS)}" w:h="{round(self.height * _TWIPS)}"{turned}/>'
        sides = " ".join(
            f'w:{s}="{round(getattr(self, s) * _TWIPS)}"' for s in ("top", "right", "bottom", "left")
        )
        numbers = f' w:fmt="{self.number_format}"' if self.number_format else ""
        numbers += f' w:start="{self.start}"' if self.start is not None else ""
        start = f"<w:pgNumType{numbers}/>" if numbers else ""
        title = "<w:titlePg/>" if self.title_page else ""
        margins = f'<w:pgMar {sides} w:header="567" w:footer="567" w:gutter="0"/>'
        return f"<w:sectPr>{refs}{size}{margins}{start}{title}</w:sectPr>"


_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText> PAGE </w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>2</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)


def page_number(
    size: float = 14,
    align: str = "center",
    before: str = "",
    after: str = "",
    bold: bool = False,
    frame: str = "",
) -> str:
    """A header's paragraph with the number; ``frame`` sets it into a Word frame at that side."""
    face = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
    face += ("<w:b/>" if bold else "") + f'<w:sz w:val="{round(size * 2)}"/>'
    look = {"size": size, "bold": bold}
    number = "".join(f"<w:r><w:rPr>{face}</w:rPr>{part}</w:r>" for part in _FIELD)
    inner = runs(before, **look) + number + runs(after, **look)
    framed = f'<w:framePr w:wrap="around" w:hAnchor="margin" w:xAlign="{frame}" w:y="1"/>' if frame else ""
    return para("", inner=inner, align=align, frame=framed)


BODY: Look = {"align": "both", "before": 6, "first": 12.7, "line": 264}
HEADING: Look = {**BODY, "bold": True, "keep": True}
CENTRE: Look = {"align": "center"}
LONG = (
    "Trong kỳ báo cáo, các cơ quan, đơn vị đã tổ chức tuyên truyền bằng nhiều hình thức, bám sát nội "
    "dung được giao, kết quả cụ thể được tổng hợp từ báo cáo của từng đơn vị và đối chiếu với số "
    "liệu của hệ thống thông tin"
)


@dataclass(frozen=True)
class Line:
    """A paragraph of the body: its text and how it is set; ``raw`` is finished XML instead."""

    text: str = ""
    look: Look = field(default_factory=lambda: dict(BODY))
    raw: str = ""

    def xml(self) -> str:
        return self.raw or para(self.text, **self.look)


def body_lines() -> tuple[Line, ...]:
    lines = [Line(words.replace("{LONG}", LONG), HEADING if look else BODY) for words, *look in WORDS["good"]]
    rows = [("STT", "Nội dung"), ("1", "Số cuộc")]
    cells = [[para(text, size=12, bold=row is rows[0]) for text in row] for row in rows]
    counted = Line(raw=table(cells, [15, 150], bordered=True, header=True))
    captioned = Line("Bảng 1. Kết quả thực hiện", {**CENTRE, "bold": True, "size": 13, "before": 6})
    return (*lines[:-3], captioned, counted, *lines[-3:])


@dataclass(frozen=True)
class Annex:
    label: str
    title: str
    attached: str = "(Kèm theo Báo cáo số 15/BC-SNV ngày 05 tháng 3 năm 2025)"
    look: Look = field(default_factory=dict)
    title_look: Look = field(default_factory=dict)
    attached_look: Look = field(default_factory=dict)
    sheet: Sheet = field(default_factory=lambda: Sheet(start=1))
    behind: str = ""

    def xml(self) -> str:
        made = para(self.label, **{**CENTRE, "bold": True, **self.look})
        made += para(self.title, **{**CENTRE, "bold": True, **self.title_look})
        if self.attached:
            made += para(self.attached, **{**CENTRE, "italic": True, **self.attached_look})
        return made + para("Nội dung phụ lục.", **BODY) + self.behind


@dataclass(frozen=True)
class Draft:
    """A good report; replacing a field breaks it. ``looks`` overrides the look of a part by name.

    ``closing`` is finished XML in the place of recipients and signature, ``behind`` what follows them.
    """

    parent: str = "UBND TỈNH A"
    issuer: str = "SỞ NỘI VỤ"
    state: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    number: str = "Số: 15/BC-SNV"
    date: str = "Bình An, ngày 05 tháng 3 năm 2025"
    kind: str = "BÁO CÁO"
    subject: str = "Kết quả thực hiện Kế hoạch tuyên truyền năm 2025"
    matter: str = ""
    addressee: tuple[str, ...] = ("Kính gửi: Ủy ban nhân dân tỉnh A",)
    decides: str = ""
    bases: tuple[str, ...] = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư.",
    )
    body: tuple[Line, ...] = field(default_factory=body_lines)
    recipients_title: str = "Nơi nhận:"
    recipients: tuple[str, ...] = ("- Như trên;", "- Văn phòng UBND tỉnh;", "- Lưu: VT, CCHC.")
    authority: tuple[str, ...] = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    name: str = "Nguyễn Văn An"
    annexes: tuple[Annex, ...] = (
        Annex("Phụ lục I", "TỔNG HỢP KẾT QUẢ"),
        Annex("Phụ lục II", "DANH SÁCH ĐƠN VỊ"),
    )
    looks: dict[str, Look] = field(default_factory=dict)
    lines: dict[str, float | str | None] = field(default_factory=dict)
    manner: str = "table"
    strokes: str = "shape"
    one_line: bool = False  # the line under the name of who issues stands as for one line of letters
    sheet: Sheet = field(default_factory=Sheet)
    header: str = field(default_factory=page_number)
    footer: str = ""
    columns: tuple[float, float] = (65, 100)
    signature_bordered: bool = False
    swapped: bool = False
    signature_rows: int = 1
    closing: str = ""
    behind: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def of(self, letters: str) -> Draft:
        """The same document with the letters of another issuer in its number and where annexes name it."""
        annexes = tuple(replace(a, attached=a.attached.replace("SNV", letters)) for a in self.annexes)
        return replace(self, number=self.number.replace("SNV", letters), annexes=annexes)

    def look(self, part: str, **default: Any) -> Look:
        return {**default, **self.looks.get(part, {})}


def build(draft: Draft) -> bytes:
    """The bytes of the document."""
    sheet, body = draft.sheet, head(draft)
    for line in draft.body:
        body += line.xml()
    body += (draft.closing or signature(draft)) + draft.behind
    for annex in draft.annexes:
        body += para("", section=sheet.xml(), size=2)
        body += annex.xml()
        sheet = annex.sheet
    return package(f"{body}{sheet.xml()}", draft)


def stroked(draft: Draft, part: str, length: float, text: str, **look: Any) -> str:
    """The paragraph of a part and the line under it, drawn in the manner of the draft."""
    wanted = draft.lines.get(part, length)
    if wanted is None or wanted == "underline":
        return para(text, **{**look, "underline": wanted is not None})
    if wanted == "dashes":
        return para(text, **look) + para("-" * 15, **{**look, "bold": False})
    if wanted == "dotted":
        return para(text, **look, inner=shape_line(length, "sysDash"))
    assert isinstance(wanted, float | int)
    match draft.strokes:
        case "shape":
            n_lines = lines_of_name(draft, text) if part == "issuer" and not draft.one_line else 1
            return para(text, **look, inner=shape_line(wanted, n_lines=n_lines))
        case "vml":
            return para(text, **look, inner=vml_line(wanted))
        case "underscores":
            n = round(wanted / (0.5 * 13 * 25.4 / 72))
            return para(text, **look) + para("_" * n, align="center", size=13)
        case "border":
            room = {"motto": draft.columns[1], "issuer": draft.columns[0], "subject": 165}[part]
            side = (room - wanted) / 2
            indent = f'<w:ind w:left="{round(side * _TWIPS)}" w:right="{round(side * _TWIPS)}"/>'
            return para(text, **look) + f"<w:p><w:pPr>{border()}{indent}</w:pPr></w:p>"
    raise ValueError(draft.strokes)


def lines_of_name(draft: Draft, name: str) -> int:
    """How many lines the name of who issues takes in its column, where it isn't broken by hand."""
    room = draft.columns[0] - 2 * _CELL_MARGIN
    return 1 if "\n" in name else max(1, -int(-text_width(name, 13, bold=True) // room))


_CELL_MARGIN = 1.9


def head(draft: Draft) -> str:
    made = letterhead(draft)
    if draft.kind:
        made += para(draft.kind, **draft.look("kind", **CENTRE, bold=True, before=12))
        if draft.subject:
            made += stroked(draft, "subject", 45, draft.subject, **draft.look("subject", **CENTRE, bold=True))
    for at, line in enumerate(draft.addressee):
        look = {**CENTRE, "before": 12} if at == 0 else {"left": 45}
        made += para(line, **draft.look("addressee", **look))
    if draft.decides:
        made += para(draft.decides, **CENTRE, bold=True, before=6)
    for base in draft.bases:
        made += para(base, **draft.look("bases", **BODY, italic=True))
    return made


def letterhead(draft: Draft) -> str:
    parent = para(draft.parent, **draft.look("parent", **CENTRE, size=13)) if draft.parent else ""
    issuer = stroked(draft, "issuer", 11, draft.issuer, **draft.look("issuer", **CENTRE, size=13, bold=True))
    state = para(draft.state, **draft.look("state", **CENTRE, size=13, bold=True))
    motto = stroked(draft, "motto", 60.5, draft.motto, **draft.look("motto", **CENTRE, bold=True))
    number = para(draft.number, **draft.look("number", **CENTRE, size=13, before=6))
    if draft.matter:
        number += para(draft.matter, **draft.look("matter", **CENTRE, size=13, before=6))
    date = para(draft.date, **draft.look("date", **CENTRE, italic=True, before=6))
    number = number if draft.number else para()
    if draft.manner == "table":
        rows, widths = [[parent + issuer, state + motto], [number, date]], [*draft.columns]
        return table([row[::-1] for row in rows], widths[::-1]) if draft.swapped else table(rows, widths)
    drawn = draft.lines.get("issuer", 11)
    short = drawn if isinstance(drawn, float | int) else 11
    if draft.manner == "one paragraph":
        names = runs(f"{draft.parent}\n", size=13) + runs(draft.issuer, size=13, bold=True)
        stated = runs(f"{draft.state}\n", size=13, bold=True) + runs(draft.motto, bold=True)
        drawn_under = ((names, short), (stated, 60.5))
        cells = [para("", **CENTRE, inner=text + shape_line(length)) for text, length in drawn_under]
        return table([cells, [number, date]], [*draft.columns])
    if draft.manner == "boxes":
        texts = (parent + issuer + number, state + motto + date)
        return para("", inner="".join(map(text_box, texts, draft.columns)))
    bold, by = {"size": 13, "bold": True}, draft.manner

    at_issuer, at_motto, at_date = (
        middle + float(draft.look(part).get("shift", 0))
        for part, middle in (("issuer", 32), ("motto", 115), ("date", 115))
    )
    lines = shape_line(60.5) + shape_line(short)
    return (
        in_columns(by, (32, draft.parent, {"size": 13}), (115, draft.state, bold))
        + in_columns(
            by, (at_issuer, draft.issuer, bold), (at_motto, draft.motto, {"bold": True}), inner=lines
        )
        + in_columns(by, (32, draft.number, {"size": 13}), (at_date, draft.date, {"italic": True}))
    )


def in_columns(by: str, *parts: tuple[float, str, Look], inner: str = "") -> str:
    """A paragraph whose parts are centred at so many mm by tab stops or by blanks, as people type it.

    A part at 0 stands at the margin.
    """
    made, at = "", 0.0
    for middle, text, look in parts:
        size, bold, italic = look.get("size", 14), look.get("bold", False), look.get("italic", False)
        width = text_width(text, size, bold=bold, italic=italic)
        n_blanks = max(round((middle - width / 2 - at) / text_width(" ", 13)), 0)
        gap = "" if not middle else "\t" if by == "tabs" else " " * n_blanks
        made += runs(gap, size=13) + runs(text, **look)
        at = middle + width / 2 if middle else width
    stops = "".join(f'<w:tab w:val="center" w:pos="{round(m * _TWIPS)}"/>' for m, _, _ in parts if m)
    return para("", inner=made + inner, stops=f"<w:tabs>{stops}</w:tabs>" if by == "tabs" else "")


def signature(draft: Draft) -> str:
    left = para(draft.recipients_title, **draft.look("recipients_title", size=12, bold=True, italic=True))
    left += "".join(para(line, **draft.look("recipients", size=11)) for line in draft.recipients)
    right = "".join(para(line, **draft.look("authority", **CENTRE, bold=True)) for line in draft.authority)
    right += para("", **CENTRE) * 3
    right += para(draft.name, **draft.look("name", **CENTRE, bold=True)) if draft.name else ""
    if draft.manner in ("tabs", "blanks"):
        return _tabbed_signature(draft)
    rows = [[left, right]] if draft.signature_rows == 1 else [[left, para()], [para(), right]]
    return table(rows, [75, 90], bordered=draft.signature_bordered)


def _tabbed_signature(draft: Draft) -> str:
    left: list[tuple[str, Look]] = [(draft.recipients_title, {"size": 12, "bold": True, "italic": True})]
    left += [(line, {"size": 11}) for line in draft.recipients]
    right = [*draft.authority, *[""] * max(len(left) - len(draft.authority), 1), draft.name]
    left += [("", {})] * (len(right) - len(left))
    made = ""
    for (text, look), other in zip(left, right, strict=True):
        made += in_columns(draft.manner, (0, text, look), *([(125, other, {"bold": True})] if other else []))
    return made


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>{}</Types>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(body: str, draft: Draft) -> bytes:
    """Zip a document with header and footer, the parts of ``extra`` over those made here."""
    parts = {
        "word/document.xml": f"<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>",
        "word/header9.xml": f"<w:hdr {DECLARATIONS}>{draft.header or para()}</w:hdr>",
        "word/footer9.xml": f"<w:ftr {DECLARATIONS}>{draft.footer or para()}</w:ftr>",
    }
    relations = [("rId9", "header", "header9.xml")]
    overrides = f'<Override PartName="/word/header9.xml" ContentType="{_WORD}.header+xml"/>'
    overrides += f'<Override PartName="/word/footer9.xml" ContentType="{_WORD}.footer+xml"/>'
    if draft.footer:
        relations.append(("rId8", "footer", "footer9.xml"))
        reference = '<w:footerReference w:type="default" r:id="rId8"/>'
        document = parts["word/document.xml"]
        at = document.index("<w:pgSz")
        parts["word/document.xml"] = document[:at] + reference + document[at:]
    for name in draft.extra:
        kind = name.rpartition("/")[2].removesuffix(".xml")
        relations.append((f"rId{kind}", kind, name.removeprefix("word/")))
        overrides += f'<Override PartName="/{name}" ContentType="{_WORD}.{kind}+xml"/>'
    parts |= draft.extra
    rows = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{k}" Target="{t}"/>' for i, k, t in relations)
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    parts["_rels/.rels"] = f'<Relationships xmlns="{_PACKAGE}">{root}</Relationships>'
    parts["[Content_Types].xml"] = _TYPES.format(overrides)
    return pack({name: content.encode() for name, content in parts.items()})
