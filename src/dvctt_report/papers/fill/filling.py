"""Figures put at the tags of a form: all of them or none, each written down in a manifest of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from dvctt_report.explain.manifest import Manifest
from dvctt_report.files.container import FileKind, sniff
from dvctt_report.files.manifests import parse_json
from dvctt_report.files.packages import Package, PackageFault
from dvctt_report.forms import officer_sheet
from dvctt_report.papers.fill.excel import ExcelForm, misshown
from dvctt_report.papers.fill.values import TAG, FigureValue, FigureValues, Tag, TextFor, put_texts, text_of
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.identity import with_seal
from dvctt_report.report.manifest import ID_DIGITS, manifest_bytes
from dvctt_report.report.marks import FigureSpan, mark
from dvctt_report.report.printed import PrintedBlock, printed_json, read_printed
from dvctt_report.report.tags import brought_in
from dvctt_report.report.written import Written, write_with_manifest
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.vietnamese import format_date, format_small_count, whole_of, words_around
from dvctt_report.word.package import pack
from dvctt_report.word.source import Refused, Source, parse_source, repack, snapshot
from dvctt_report.word.tree import MC, A, W

_PLACES = {
    "header": "đầu trang",
    "footer": "chân trang",
    "footnotes": "cước chú",
    "endnotes": "chú thích cuối",
}
_SHOWN = 30
"""Characters that are quoted on each side of a tag."""
_ABOVE = (
    f'<w:p xmlns:w="{W.strip("{}")}"><w:pPr><w:jc w:val="center"/></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>%s</w:t></w:r></w:p>"
)


class WordForm:
    """A Word form, opened, and the tags in it."""

    def __init__(self, source: Source) -> None:
        """Read every tag once, in the order of the file: what an older program reads instead is no second."""
        self._source = source
        tags: list[Tag] = []
        for part, root in self._roots():
            for paragraph in root.iter(f"{W}p", f"{A}p"):
                if next(paragraph.iterancestors(f"{MC}Fallback"), None) is not None:
                    continue
                text = text_of(_nodes(paragraph))
                cell = next(paragraph.iterancestors(f"{W}tc"), None)
                for tag in TAG.finditer(text):
                    quoted = words_around(text, tag.start(), tag.end(), _SHOWN)
                    base = part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
                    where = [_PLACES[base]] if base in _PLACES else []
                    if cell is not None:
                        row = cell.getparent()
                        table = next(row.iterancestors(f"{W}tbl"))
                        for name, inside, of, kind in (
                            ("bảng", table, root, "tbl"),
                            ("dòng", row, table, "tr"),
                            ("ô", cell, row, "tc"),
                        ):
                            where.append(f"{name} {[*of.iter(f'{W}{kind}')].index(inside) + 1}")
                    place = ", ".join(where) or "đoạn"
                    tags.append(Tag(tag[1].strip(), f"{place}: “{quoted}”", cell is not None))
        self.tags = tuple(tags)

    def fill(self, text_for: TextFor, above: str) -> bytes:
        """The file with a text in the place of each tag; ``above`` is said on top of it where not empty."""
        roots = [root for _, root in self._roots()]
        before = snapshot(self._source)
        for root in roots:
            for paragraph in root.iter(f"{W}p", f"{A}p"):
                in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
                put_texts(_nodes(paragraph), partial(text_for, in_table))
        if above:
            self._source.main_tree.find(f"{W}body").insert(0, etree.fromstring(_ABOVE % escape(above)))
        return repack(self._source, before)

    def _roots(self) -> Iterator[tuple[str, Any]]:
        source = self._source
        names = [name for name in source.parts if name.startswith("word/") and name.endswith(".xml")]
        for name in sorted(names, key=lambda name: (name != source.main, name)):
            if b"{" in source.parts[name]:
                yield name, source.tree(name)


def _nodes(paragraph: Any) -> list[Any]:
    """The texts of a paragraph's own runs; a text box in it has paragraphs of its own."""
    name = f"{W}t" if paragraph.tag == f"{W}p" else f"{A}t"
    return [node for node in paragraph.iter(name) if next(node.iterancestors(f"{W}p", f"{A}p")) is paragraph]


_AGAIN = "Mở tệp bằng Word, Excel, lưu lại dạng .docx, .xlsx rồi chạy lại."
_ACTING = "Xóa phần đó (macro, liên kết, đối tượng nhúng), lưu lại dạng .docx, .xlsx rồi chạy lại."
_FIX_TAG = "Sửa thẻ trong tệp theo cột “Thẻ” của bảng thẻ (dvctt-report fill --tags), rồi chạy lại."


@dataclass(frozen=True, slots=True)
class Terms:
    """How a form is to be filled.

    blank: what is put where there is no figure.
    leading_zero: whether small counts in sentences have one.
    signed: the signed document whose figures they are; "" for those of today, of which a draft is made.
    as_of: the moment of today's figures.
    notice: what the figures need said.
    """

    blank: str
    leading_zero: bool
    signed: str
    as_of: datetime
    notice: tuple[str, ...]

    @property
    def draft(self) -> str:
        """What a draft says on itself; "" where the figures are signed."""
        return "" if self.signed else f"DỰ THẢO, số liệu đến ngày {format_date(self.as_of.date())}"


class Put(NamedTuple):
    """A tag and the figure that was put in its place."""

    tag: Tag
    value: FigureValue
    text: str


class TagFault(NamedTuple):
    """A tag that nothing can be put at; ``fix`` is what to do."""

    tag: Tag
    said: str
    fix: str


class FilledForm(NamedTuple):
    """A form with its figures, not yet written; where there are ``faults`` it has no content."""

    content: bytes
    put: tuple[Put, ...]
    faults: tuple[TagFault, ...] = ()


def open_form(name: str, data: bytes) -> WordForm | ExcelForm:
    """Open the form of these bytes. Raises CannotRun where it can't be used at all, or has no tag."""
    form: WordForm | ExcelForm
    try:
        if sniff(data) is FileKind.XLSX and data.startswith(b"PK"):
            form = ExcelForm(data)
            source = form.source
        else:
            source = parse_source(data)
            form = WordForm(source)
        if acting := next(brought_in(source), None):
            raise CannotRun(f"Tệp “{name}” {acting[0]}.", _ACTING)
    except PackageFault as fault:
        raise CannotRun(f"Tệp “{name}” bị hỏng hoặc không an toàn để mở.", _AGAIN) from fault
    except Refused as refused:
        raise CannotRun(f"Tệp “{name}”: {refused.reason}.", _AGAIN) from refused
    except (KeyError, ValueError, StopIteration) as fault:
        raise CannotRun(f"Tệp “{name}” bị hỏng: thiếu phần nội dung.", _AGAIN) from fault
    if not form.tags:
        raise CannotRun(
            f"Tệp “{name}” không có thẻ nào.",
            "Ghi thẻ vào chỗ cần số, ví dụ {{ T10: tỷ lệ }}; danh sách thẻ: dvctt-report fill --tags",
        )
    return form


def fill_form(form: WordForm | ExcelForm, values: FigureValues, terms: Terms) -> FilledForm:
    """Fill a form. Raises CannotRun where a tag stands in it at which nothing can be put."""
    faults = []
    for tag in form.tags:
        value = values.find(tag.said)
        if value is None:
            near = "; ".join(f"{{{{ {one} }}}}" for one in values.nearest(tag.said))
            fix = f"Gần nhất: {near}." if near else _FIX_TAG
            faults.append(TagFault(tag, "không có số liệu nào tên như vậy", fix))
        elif why := misshown(value, tag.number_format):
            faults.append(TagFault(tag, why, "Đổi định dạng ô trong Excel (Format Cells) rồi chạy lại."))
    if faults:
        return FilledForm(b"", (), tuple(faults))

    def value_for(said: str) -> FigureValue:
        value = values.find(said)
        assert value is not None
        return value

    def text_for(in_table: bool, said: str) -> str:
        value = value_for(said)
        small = value.unit != "%" and value.number is not None and value.number in range(10)
        if value.number is not None and small and terms.leading_zero and not (in_table or value.missing):
            return format_small_count(int(value.number))
        return terms.blank if value.missing else value.text

    put = tuple(Put(tag, value_for(tag.said), text_for(tag.in_table, tag.said)) for tag in form.tags)
    above = ". ".join(filter(None, (terms.draft, *terms.notice)))
    if isinstance(form, WordForm):
        content = form.fill(text_for, above)
    else:
        content = form.fill(value_for, text_for, above)
    # Look whether a tag is left where none can be put
    for name, part in Package(content).parts().items():
        if name.endswith(".xml") and (left := TAG.search(part.decode("utf-8", "replace"))):
            raise CannotRun(
                f"Thẻ {left[0]} nằm ở chỗ không điền được ({name}): công thức, ghi chú của ô, tên trang, "
                "đầu trang in, hộp chữ, dòng tiêu đề của bảng (Table) trong Excel.",
                "Chuyển thẻ sang một ô hoặc một đoạn văn bản, rồi chạy lại. Chưa ghi gì.",
            )
    return FilledForm(pack(with_seal(Package(content).parts())), put)


# ------------------------------------------------------------------------------------- what is written


def write_filled(
    form: Path, original: bytes, filled: FilledForm, manifest: Manifest, terms: Terms, folder: Path
) -> tuple[Written, Path]:
    """Write a filled form and its manifest among the results, never over the form itself."""
    out = folder / f"{form.stem} ({'dự thảo' if terms.draft else 'đã điền'}){form.suffix.lower()}"
    for n in count(2):  # another number behind the name where the manifest there is that of another file
        try:
            if parse_json(read_text(out.with_suffix(".json")))["file"]["file"] == out.name:
                break
        except (OSError, ValueError, KeyError, TypeError):
            break
        out = out.with_stem(f"{out.stem.removesuffix(f' {n - 1}')} {n}")
    entries, printed = [], []
    for tag, value, text in filled.put:
        entries.append(
            {
                "tag": tag.said,
                "where": tag.where,
                "name": value.name,
                "of": value.tag,
                "value": None if value.missing or value.number is None else str(value.number),
                "text": text,
                "unit": value.unit,
                "units": value.of or None,
                "missing": value.missing or None,
            }
        )
        if not value.missing:
            block = TextBlock("", (f"{tag.where}: {text}",))
            span = FigureSpan(value.name, len(block.text) - len(text), text)
            printed.append(PrintedBlock(block, ((span,),)))
    digest = sha256(filled.content).hexdigest()

    def named(file: str) -> bytes:
        return manifest_bytes(
            {
                "id": digest[:ID_DIGITS],
                **manifest.period.as_json(),
                "as_of": manifest.data["as_of"],
                "form": {"file": form.name, "sha256": sha256(original).hexdigest()},
                "file": {"file": file, "sha256": digest, "draft": bool(terms.draft)},
                "figures_of": {"id": manifest.data["id"], "signed": terms.signed or None},
                "filled": entries,
                "printed": [*printed_json(printed)],
            }
        )

    return write_with_manifest(out, filled.content, named)


# -------------------------- The list of all tags as a workbook: to copy a tag from, with what it gives today

_COLUMNS = (
    officer_sheet.OfficerColumn("tag", "Thẻ", 52),
    officer_sheet.OfficerColumn("about", "Nội dung", 52),
    officer_sheet.OfficerColumn("value", "Số hiện có", 16),
    officer_sheet.OfficerColumn("unit", "Đơn vị tính", 16, centred=True),
    officer_sheet.OfficerColumn("of", "Của bao nhiêu đơn vị", 18, centred=True),
    officer_sheet.OfficerColumn("missing", "Vì sao chưa có", 36),
)
_HOW = (
    "Chép một thẻ (cả hai dấu ngoặc) vào ô Excel hoặc đoạn Word của biểu, rồi chạy dvctt-report fill "
    "TỆP. Ô Excel chỉ có thẻ sẽ nhận số, giữ định dạng của ô; thẻ trong câu nhận chữ như báo cáo in."
)
_HEADERS_ROW = 3


def listing_bytes(manifest: Manifest, values: FigureValues, terms: Terms) -> bytes:
    """The workbook: a sheet of the whole, a sheet of single units."""
    book = officer_sheet.open_book()
    when = ". ".join((terms.signed or terms.draft, *terms.notice))
    for name, listed in _sheets(manifest, values):
        title = f"DANH SÁCH THẺ, {manifest.period.words.upper()}"
        sheet = book.create_sheet(name)
        officer_sheet.lay_out(sheet, title, f"{_HOW} {when}.", _COLUMNS, _HEADERS_ROW, 44)
        for row, value in enumerate(listed, _HEADERS_ROW + 1):
            officer_sheet.write_row(sheet, row, zip(count(1), _COLUMNS, _row(manifest, value), strict=False))
        sheet.freeze_panes = f"A{_HEADERS_ROW + 1}"
        sheet.auto_filter.ref = f"A{_HEADERS_ROW}:F{sheet.max_row}"
    return officer_sheet.save_book(book)


def listing_index(manifest: Manifest, values: FigureValues) -> Iterator[PrintedBlock]:
    """What the list prints of which figure, row by row."""
    heads = tuple(column.header for column in _COLUMNS)
    for n, (name, listed) in enumerate(_sheets(manifest, values)):
        for one in listed:
            tag, about, *figures, missing = _row(manifest, one)
            marked = (mark(one.name, text) if text[:1].isdigit() else text for text in figures)
            cells = (tag, about, *marked, missing)
            yield read_printed(TextBlock("Danh sách thẻ", cells, n, f"trang “{name}”", heads))


def _sheets(manifest: Manifest, values: FigureValues) -> Iterator[tuple[str, list[FigureValue]]]:
    """Each sheet with the figures that it lists; one that no words are known for is listed nowhere."""
    tagged = [one for one in values.all.values() if one.tag != one.name]
    for name, by_unit in ((whole_of(manifest.data["plan"]["province"]), False), ("Từng đơn vị", True)):
        yield name, [o for o in tagged if any(p in manifest.units for p in o.name.split(".")) is by_unit]


def _row(manifest: Manifest, value: FigureValue) -> tuple[str, ...]:
    """What stands of a figure in the list: its tag, what it is about, its print."""
    parts = value.name.split(".")
    codes = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    about = next((manifest.items[code]["name"] for code in codes if code in manifest.items), "")
    return f"{{{{ {value.tag} }}}}", about, value.text, value.unit, value.of, value.missing
