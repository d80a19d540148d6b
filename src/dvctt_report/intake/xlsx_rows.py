"""The quick way through the rows of a sheet that are written as Excel, XlsxWriter and LibreOffice write them.

Every tag of a row has to belong to a cell that the grammar below knows; what is read is then what expat's
handlers would make of it. A sheet with anything else (comments, prefixes, runs of rich text, carriage
returns, attributes in another order) raises Unusual and is left to them whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dvctt_report.intake.package import is_xml

if TYPE_CHECKING:
    from dvctt_report.intake.xlsx_sheet import SheetPart

_DECLARATION = rb'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="yes")?\?>\s*)?'
_OPENING = re.compile(rb"%s<worksheet(?: [^<>]*)?>" % _DECLARATION)
_VIEW, _VIEW_END = b"<sheetViews>", b"</sheetViews>"
_FIRST, _LAST = b"<sheetData>", b"</sheetData>"
IN_ROWS = re.compile(rb"<(?:[cvft]|row|is)[\s/>]|<[^\s/>]*:(?:worksheet|rPh)")
_ATTRIBUTES = r'((?: [A-Za-z][A-Za-z0-9:]*="[^"<&]*")*)'
_ATTRIBUTE = re.compile(r' ([^=]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?>'
    rf"(<f{_ATTRIBUTES}(?:/>|>([^<]*)</f>))?(<v>[^<]*</v>)?"
    r'(<is><t(?: xml:space="preserve")?>[^<]*</t></is>)?</c>'
)
_EMPTY_CELL = re.compile(r'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?/>')
_T = r'<t(?: xml:space="preserve")?>([^<]*)</t>'
_STRINGS = re.compile(rb"%s<sst(?: [^<>]*)?>" % _DECLARATION)
_PLAIN_STRING = re.compile(f"<si>{_T}")
_RICH_STRING = re.compile(f'<si>(?:<r>(?:<rPr>(?:<[A-Za-z]+(?: [A-Za-z]+="[^"<&]*")?/>)*</rPr>)?{_T}</r>)+')
_RUN = re.compile(_T)
_ROW = re.compile(_ATTRIBUTES)
_LONGEST_ROW = 300
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(32)} - {9, 10})
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>")
"""U+FFFE and U+FFFF, and the one run of characters, that XML does not allow in a text."""


class Unusual(Exception):
    """The rows are not written in the usual way."""


class Split(NamedTuple):
    """A sheet in pieces that are XML of their own, but for the rows.

    ``view`` is where it was last looked at, which is another place in every copy of a form; "" where it
    doesn't say.
    """

    before: bytes
    view: bytes
    rows: bytes
    after: bytes


def split_sheet(xml: bytes) -> Split:
    """Split a sheet into its rows and what stands around them. Raises Unusual."""
    opening = _OPENING.match(xml)
    if not opening or b"<!" in xml or xml.count(b"<?") > 1 or xml.count(b"<sheetData") != 1:
        raise Unusual
    before, _, rest = xml.partition(_FIRST)
    rows, _, after = rest.partition(_LAST)
    if not rest or not after:
        raise Unusual
    before, start, view = before.partition(_VIEW)
    view, end, behind = view.partition(_VIEW_END)
    if start and not end:
        raise Unusual
    whole = before + behind + _FIRST + _LAST + b"</worksheet>"
    return Split(whole, start + view + end, rows, opening[0] + _FIRST + _LAST + after)


def usual_text(xml: bytes) -> str:
    """Decode a stretch of XML that stands between tags. Raises Unusual where a text in it may be none."""
    if len(xml.translate(None, _CONTROLS)) != len(xml) or any(odd in xml for odd in _NO_CHARACTERS):
        raise Unusual
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError:
        raise Unusual from None


def plain(text: str) -> str:
    """Resolve the references that XML defines itself. Raises Unusual where there is any other."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _ENTITIES[name]
    number = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    if number > 0x10FFFF or _NO_CHARACTER.match(chr(number)):
        raise Unusual
    return chr(number)


def read_strings(xml: bytes) -> Iterator[str]:
    """Read the shared strings, runs joined. Raises Unusual."""
    opening = _STRINGS.match(xml)
    if not opening or not is_xml(opening[0] + b"</sst>"):
        raise Unusual
    *strings, closing = usual_text(xml[opening.end() :]).split("</si>")
    if closing.rstrip(" \t\n") != "</sst>":
        raise Unusual
    for string in strings:
        text = string[len("<si><t>") : -len("</t>")]
        if string.startswith("<si><t>") and string.endswith("</t>") and "<" not in text:
            yield plain(text)
            continue
        if not _PLAIN_STRING.fullmatch(string) and not _RICH_STRING.fullmatch(string):
            raise Unusual
        yield plain("".join(_RUN.findall(string)))


def read_rows(sheet: SheetPart, xml: bytes) -> None:
    """Read all that stands within ``sheetData`` into ``sheet``. Raises Unusual, perhaps half way through."""
    before, *rows = usual_text(xml).split("<row")
    if before:
        raise Unusual
    n_references = 0
    for row in rows:
        head, _, body = row.partition(">")
        closed = head.endswith("/")
        sheet.start_row(_attributes(head.removesuffix("/")))
        if closed or body == "</row>":
            if closed and body:
                raise Unusual
            continue
        cells = _CELL.findall(body)
        n_tags = 1 + (len(_EMPTY_CELL.findall(body)) if "/><" in body else 0)
        for ref, style, name, f, about, formula, v, inline in cells:
            text, shown = v[3:-4], None
            if name == "s" and v and not f and not inline and text.isdecimal() and len(text) < 10:
                n_tags += 4
                sheet.keep_shared(ref, style or "0", int(text))
                continue
            n_tags += 2 * (1 + bool(v) + bool(f) + 2 * bool(inline)) - f.endswith("/>")
            n_references += text.count("&") + formula.count("&") + inline.count("&")
            sheet.formula = ""
            if f:
                sheet.finish_formula(plain(formula), _attributes(about).get("si", "") if about else "")
            if inline:
                shown = plain(inline[inline.index(">", 4) + 1 : -9])
            if f or v or inline:
                sheet.finish_cell(ref, style or "0", name or "n", plain(text) if v else None, shown)
        if n_tags != body.count("<") or not body.endswith("</row>"):
            raise Unusual
    if n_references != xml.count(b"&"):
        raise Unusual


@lru_cache(maxsize=4096)
def _attributes(text: str) -> dict[str, str]:
    if len(text) > _LONGEST_ROW or not _ROW.fullmatch(text):
        raise Unusual
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unusual
    return found
