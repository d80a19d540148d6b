"""Figures put at the tags of a form: all of them or none, each written down in a manifest of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from dvctt_report.explain.manifest import Manifest
from dvctt_report.files.container import FileKind, sniff
from dvctt_report.files.manifests import parse_json
from dvctt_report.files.packages import Package, PackageFault
from dvctt_report.papers.fill.excel import ExcelForm, misshown, refuse_tables
from dvctt_report.papers.fill.texts import TAG, Tag
from dvctt_report.papers.fill.values import FigureValue, FigureValues
from dvctt_report.papers.fill.word import WordForm
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.identity import with_seal
from dvctt_report.report.manifest import ID_DIGITS, manifest_bytes
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock, printed_json
from dvctt_report.report.template_outside import brought_in
from dvctt_report.report.written import Written, write_with_manifest
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.package import pack
from dvctt_report.word.source import Refused, Source, parse_source

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

    @property
    def above(self) -> str:
        """What stands on top of a filled form."""
        return ". ".join(filter(None, (self.draft, *self.notice)))


@dataclass(frozen=True, slots=True)
class Put:
    """A tag and the figure that was put in its place."""

    tag: Tag
    value: FigureValue
    text: str


@dataclass(frozen=True, slots=True)
class TagFault:
    """A tag that nothing can be put at; ``fix`` is what to do."""

    tag: Tag
    said: str
    fix: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with its figures, not yet written; where there are ``faults`` it has no content."""

    content: bytes
    put: tuple[Put, ...]
    faults: tuple[TagFault, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedForm:
    """A form that can be used: its parts, and the tags in it, of which there are some."""

    form: WordForm | ExcelForm
    tags: tuple[Tag, ...]


def open_form(name: str, data: bytes) -> TaggedForm:
    """Open the form of these bytes. Raises CannotRun where it can't be used at all, or has no tag."""
    form = _open(name, data)
    tags = tuple(form.tags())
    if not tags:
        raise CannotRun(
            f"Tệp “{name}” không có thẻ nào.",
            "Ghi thẻ vào chỗ cần số, ví dụ {{ T10: tỷ lệ }}; danh sách thẻ: dvctt-report fill --tags",
        )
    return TaggedForm(form, tags)


def fill_form(tagged: TaggedForm, values: FigureValues, terms: Terms) -> FilledForm:
    """Fill a form. Raises CannotRun where a tag stands in it at which nothing can be put."""
    form, tags = tagged.form, tagged.tags
    if faults := tuple(_faults(tags, values)):
        return FilledForm(b"", (), faults)

    def value_for(said: str) -> FigureValue:
        value = values.find(said)
        assert value is not None
        return value

    def text_for(in_table: bool, said: str) -> str:
        value = value_for(said)
        if value.missing:
            return terms.blank
        return value.text if in_table else value.in_prose(terms.leading_zero)

    put = tuple(Put(tag, value_for(tag.said), text_for(tag.in_table, tag.said)) for tag in tags)
    if isinstance(form, WordForm):
        content = form.fill(text_for, terms.above)
    else:
        content = form.fill(value_for, text_for, terms.above)
    _check_nothing_left(content)
    return FilledForm(pack(with_seal(Package(content).parts())), put)


def _faults(tags: Sequence[Tag], values: FigureValues) -> Iterator[TagFault]:
    for tag in tags:
        value = values.find(tag.said)
        if value is None:
            near = "; ".join(f"{{{{ {one} }}}}" for one in values.nearest(tag.said))
            yield TagFault(
                tag, "không có số liệu nào tên như vậy", f"Gần nhất: {near}." if near else _FIX_TAG
            )
        elif why := misshown(value, tag.number_format):
            yield TagFault(tag, why, "Đổi định dạng ô trong Excel (Format Cells) rồi chạy lại.")


def _check_nothing_left(content: bytes) -> None:
    """Look whether a tag is left where none can be put: in a formula, a note, the name of a sheet."""
    for name, part in Package(content).parts().items():
        if name.endswith(".xml") and (found := TAG.search(part.decode("utf-8", "replace"))):
            raise CannotRun(
                f"Thẻ {found[0]} nằm ở chỗ không điền được ({name}): công thức, ghi chú của ô, tên trang.",
                "Chuyển thẻ sang một ô hoặc một đoạn văn bản, rồi chạy lại. Chưa ghi gì.",
            )


# ------------------------------------------------------------------------------------- what is opened

_AGAIN = "Mở tệp bằng Word, Excel, lưu lại dạng .docx, .xlsx rồi chạy lại."
_ACTING = "Xóa phần đó (macro, liên kết, đối tượng nhúng), lưu lại dạng .docx, .xlsx rồi chạy lại."


def _open(name: str, data: bytes) -> WordForm | ExcelForm:
    try:
        if sniff(data) is FileKind.XLSX and data.startswith(b"PK"):
            workbook = ExcelForm(data)
            _refuse_acting(name, workbook.source)
            refuse_tables(workbook)
            return workbook
        source = parse_source(data)
        _refuse_acting(name, source)
        return WordForm(source)
    except PackageFault as fault:
        raise CannotRun(f"Tệp “{name}” bị hỏng hoặc không an toàn để mở.", _AGAIN) from fault
    except Refused as refused:
        raise CannotRun(f"Tệp “{name}”: {refused.reason}.", _AGAIN) from refused
    except (KeyError, ValueError, StopIteration) as fault:
        raise CannotRun(f"Tệp “{name}” bị hỏng: thiếu phần nội dung.", _AGAIN) from fault


def _refuse_acting(name: str, source: Source) -> None:
    if found := next(brought_in(source), None):
        raise CannotRun(f"Tệp “{name}” {found[0]}.", _ACTING)


# ------------------------------------------------------------------------------------- what is written


def write_filled(
    form: Path, original: bytes, filled: FilledForm, manifest: Manifest, terms: Terms, folder: Path
) -> tuple[Written, Path]:
    """Write a filled form and its manifest among the results, never over the form itself."""
    mark = "dự thảo" if terms.draft else "đã điền"
    out = _own_name(folder / f"{form.stem} ({mark}){form.suffix.lower()}")

    def named(file: str) -> bytes:
        return manifest_bytes(_manifest(form.name, original, filled, manifest, terms, file))

    return write_with_manifest(out, filled.content, named)


def _own_name(out: Path) -> Path:
    """The path, with a number behind its name where the manifest there is that of another file."""
    for n in count(2):
        try:
            said = parse_json(read_text(out.with_suffix(".json")))["file"]["file"]
        except (OSError, ValueError, KeyError, TypeError):
            return out
        if said == out.name:
            return out
        out = out.with_stem(f"{out.stem.removesuffix(f' {n - 1}')} {n}")
    raise AssertionError("unreachable")


def _manifest(
    form: str, original: bytes, filled: FilledForm, manifest: Manifest, terms: Terms, file: str
) -> dict[str, Any]:
    return {
        "id": sha256(filled.content).hexdigest()[:ID_DIGITS],
        **manifest.period.as_json(),
        "as_of": manifest.data["as_of"],
        "form": {"file": form, "sha256": sha256(original).hexdigest()},
        "file": {"file": file, "sha256": sha256(filled.content).hexdigest(), "draft": bool(terms.draft)},
        "figures_of": {"id": manifest.data["id"], "signed": terms.signed or None},
        "filled": [_put_json(one) for one in filled.put],
        "printed": [*printed_json(_printed(filled.put))],
    }


def _put_json(one: Put) -> Mapping[str, Any]:
    value = one.value
    return {
        "tag": one.tag.said,
        "where": one.tag.where,
        "name": value.name,
        "of": value.tag,
        "value": None if value.missing or value.number is None else str(value.number),
        "text": one.text,
        "unit": value.unit,
        "units": value.of or None,
        "missing": value.missing or None,
    }


def _printed(put: Sequence[Put]) -> Iterator[PrintedBlock]:
    """Each figure at its place, as the other documents of a period say theirs."""
    for one in put:
        if not one.value.missing:
            block = TextBlock("", (f"{one.tag.where}: {one.text}",))
            at = len(block.text) - len(one.text)
            yield PrintedBlock(block, ((FigureSpan(one.value.name, at, one.text),),))
