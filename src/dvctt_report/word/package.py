"""A Word package from nothing, or a copy of one that python-docx changes or gives comments.

python-docx' default template carries a part that validators reject, so documents of our own start from here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from dvctt_report.word.nd30.format import COMPONENTS, Component
from dvctt_report.word.nd30.metrics import FONT, LANGUAGE, twips
from dvctt_report.word.source import Refused, Source
from dvctt_report.word.tree import AUTHOR, DECLARATIONS
from dvctt_report.word.xml import (
    BOLD,
    BOLD_ITALIC,
    GRID_TABLE,
    ITALIC,
    PLAIN_TABLE,
    escape,
    page_field,
    paragraph,
)

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_GREY = "7F7F7F"
_STAMP = (1980, 1, 1, 0, 0, 0)
_FRAME = "".join(
    f'<w:{edge} w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right")
)

FIRST_HEADER = "rIdFirst"
PAGE_HEADER = "rIdPage"
HEADERS = (
    f'<w:headerReference w:type="default" r:id="{PAGE_HEADER}"/>'
    f'<w:headerReference w:type="first" r:id="{FIRST_HEADER}"/>'
)

_COLOURS = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
    "folHlink",
)  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def write_package(body: str, title: str, author: str) -> bytes:
    """Return the bytes of a .docx whose document holds ``body`` (its last element a sectPr)."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>dvctt-report</Application></Properties>",
        "docProps/core.xml": _core(title, author),
        "word/_rels/document.xml.rels": _relationships(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"),
            ("rId2", f"{_OFFICE}/settings", "settings.xml"),
            ("rId3", f"{_OFFICE}/fontTable", "fontTable.xml"),
            ("rId4", f"{_OFFICE}/theme", "theme/theme1.xml"),
            (PAGE_HEADER, f"{_OFFICE}/header", "header1.xml"),
            (FIRST_HEADER, f"{_OFFICE}/header", "header2.xml"),
        ),
        "word/document.xml": f"<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>",
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": f"<w:hdr {DECLARATIONS}>{paragraph('page_number', page_field())}</w:hdr>",
        "word/header2.xml": f"<w:hdr {DECLARATIONS}>{paragraph('page_number')}</w:hdr>",
        "word/settings.xml": _settings(),
        "word/styles.xml": _styles(),
        "word/theme/theme1.xml": theme(),
    }
    return pack({name: (_XML + content).encode() for name, content in parts.items()})


def pack(parts: dict[str, bytes]) -> bytes:
    """Zip ``parts`` so that the same parts give the same bytes: fixed order, fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, parts[name])
    return buffer.getvalue()


def _relationships(*items: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in items)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/header2.xml": f"{_WORD}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _core(title: str, author: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy><dc:language>{LANGUAGE}</dc:language>"
        "</cp:coreProperties>"
    )


def _fonts() -> str:
    return (
        f'<w:fonts {_W}><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/><w:charset '
        'w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
    )


def _styles() -> str:
    face = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{face}<w:sz w:val="28"/><w:szCs w:val="28"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault>"
        "</w:docDefaults>"
    )
    basic = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name '
        'w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        + "".join(_character_style(*one) for one in _CHARACTER_STYLES)
    )
    own = "".join(_style(c) for c in COMPONENTS)
    return f"<w:styles {_W}>{defaults}{basic}{_table_styles()}{own}</w:styles>"


_CHARACTER_STYLES = (
    (BOLD, "Chữ đậm", "<w:b/><w:bCs/>"),
    (ITALIC, "Chữ nghiêng", "<w:i/><w:iCs/>"),
    (BOLD_ITALIC, "Chữ đậm nghiêng", "<w:b/><w:bCs/><w:i/><w:iCs/>"),
)


def _character_style(style: str, name: str, properties: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{properties}</w:rPr></w:style>"
    )


def _table_styles() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="{0}" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/>'
    plain = f"<w:tblCellMar>{margins.format(0)}</w:tblCellMar>"
    grid = f"<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>{margins.format(57)}</w:tblCellMar>"
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{PLAIN_TABLE}"><w:name w:val="Bảng không kẻ"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{plain}</w:tblPr>'
        "</w:style>"
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{GRID_TABLE}"><w:name w:val="Bảng số liệu"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{grid}</w:tblPr>'
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def _style(c: Component) -> str:
    built_in = c.outline is not None
    custom = "" if built_in else ' w:customStyle="1"'
    keep = ("<w:keepNext/>" if c.keep_next else "") + ("<w:keepLines/>" if c.keep_lines else "")
    spacing = (
        f'<w:spacing w:before="{round(c.before * 20)}" w:after="{round(c.after * 20)}" '
        f'w:line="{round(c.line * 240)}" w:lineRule="auto"/>'
    )
    first = "hanging" if c.first_indent < 0 else "firstLine"
    right = f' w:right="{twips(c.right_indent)}"' if c.right_indent else ""
    indent = f'<w:ind w:left="{twips(c.left_indent)}"{right} w:{first}="{twips(abs(c.first_indent))}"/>'
    frame = f"<w:pBdr>{_FRAME}</w:pBdr>" if c.frame else ""
    level = f'<w:outlineLvl w:val="{c.outline}"/>' if c.outline is not None else ""
    bold = "<w:b/><w:bCs/>" if c.bold else ""
    italic = "<w:i/><w:iCs/>" if c.italic else ""
    grey = f'<w:color w:val="{_GREY}"/>' if c.grey else ""
    size = round(c.size * 2)
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{c.style_id}"><w:name w:val="{c.style}"/>'
        '<w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{keep}<w:widowControl/>{frame}{spacing}{indent}"
        f'<w:jc w:val="{c.align}"/>{level}</w:pPr>'
        f'<w:rPr>{bold}{italic}{grey}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def theme() -> str:
    """Return the XML of the theme part that validators ask of every package; no style uses it."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{"FFFFFF" if name.startswith("lt") else "000000"}"/></a:{name}>'
        for name in _COLOURS
    )
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="ND30">'
        "<a:themeElements>"
        f'<a:clrScheme name="ND30">{colours}</a:clrScheme>'
        f'<a:fontScheme name="ND30"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
        "</a:fontScheme>"
        f'<a:fmtScheme name="ND30"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_POINTS = 10
_UNUSUAL = (
    "Tệp không phải .docx thông thường, không ghi được bản sao",
    "Mở tệp bằng Word, chọn “Lưu thành”, loại “Word Document (*.docx)” rồi chạy lại.",
)


def with_comments(source: Source, notes: Sequence[tuple[Any, list[str]]], author: str = AUTHOR) -> bytes:
    """Return the document's bytes with a comment at each of the paragraphs, whose lines follow it.

    Raises Refused as ``open_to_change`` does.
    """
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    document, theirs = open_to_change(source)
    initials = "".join(word[0].upper() for word in author.split())
    for element, lines in notes:
        paragraph = Paragraph(theirs[element], document._body)
        comment = document.add_comment(paragraph.runs or [paragraph.add_run()], "", author, initials)
        for n, line in enumerate(lines):
            told = comment.paragraphs[0] if n == 0 else comment.add_paragraph()
            told.add_run(line).font.size = Pt(_POINTS)
    buffer = io.BytesIO(saved(document))
    with zipfile.ZipFile(buffer, "a") as package:
        package.comment = MARK
    return buffer.getvalue()


def open_to_change(source: Source) -> tuple[Any, dict[Any, Any]]:
    """python-docx's document, and its element for each of those that were read of ``source``.

    Raises Refused for a package that is none of an ordinary .docx (Strict, with macros).
    """
    from docx import Document

    try:
        document = Document(io.BytesIO(source.data))
    except (KeyError, ValueError) as fault:
        raise Refused(*_UNUSUAL) from fault
    theirs: dict[Any, Any] = {}
    for part in document.part.package.iter_parts():
        root = source.trees.get(part.partname.lstrip("/").lower())
        if root is not None and hasattr(part, "element"):
            theirs |= zip(root.iter("*"), part.element.iter("*"), strict=True)
    return document, theirs


def saved(document: Any) -> bytes:
    """The bytes of the document as it stands now."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
