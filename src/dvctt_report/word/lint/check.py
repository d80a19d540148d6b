"""What a check is, and what it may be told from outside: levels, names and dates of a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeAlias

from dvctt_report.model.severity import Severity
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE, resource_path
from dvctt_report.text.vietnamese import key
from dvctt_report.word.document import Paragraph, Span
from dvctt_report.word.lint.parts import Piece
from dvctt_report.word.lint.patterns import LISTS
from dvctt_report.word.nd30 import Component

_LISTS = LISTS["check"]

OfLetters: TypeAlias = Literal["font", "size", "bold", "italic", "underline", "caps", "black"]
OfLines: TypeAlias = Literal["align", "before", "line", "indent", "keep_next", "rule", "gone"]
OfPages: TypeAlias = Literal["margin", "page_number", "title_page", "restart"]
MendKind: TypeAlias = OfLetters | OfLines | OfPages | Literal["repeat_head", "whole_rows", "borderless"]
"""The kinds of changes: how it looks, never what it says."""
Quoted: TypeAlias = str | Piece | Paragraph | Sequence[Piece] | None
"""What may be quoted: plain words, a line, a paragraph, or lines that belong together."""
HERE = ""  # The place of a fault that is named after the part its words stand in
_WITH_LINE = frozenset({"motto", "issuer", "subject", "recipients_title"})
"""Parts whose underlining another check tells, as what stands in the place of the line below them."""
_LOOK_WORDS = {"bold": "chữ đậm", "italic": "chữ nghiêng", "underline": "gạch chân"}
TO_CAPITALS = "Chọn dòng này, đổi thành chữ in hoa (Shift+F3)"
TO_SMALL = "Chọn dòng này, đổi thành chữ thường (Shift+F3), viết hoa chữ cái đầu và tên riêng"


@dataclass(frozen=True, slots=True, eq=False)
class Mend:
    """One change of looks: to what (a run, a paragraph, a section), and the value in Word's own unit."""

    kind: MendKind
    element: Any
    value: Any


class Quote(str):
    """Words of the document, shortened, that know the paragraph they stand in; None: they don't."""

    paragraph: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check has found. ``severity`` is None where the check's own holds.

    ``mends`` are the changes of looks that mend it, none where words or signs are wrong.
    ``place`` names the part; ``words``: what it is about, to be quoted, "" for the page itself. ``found``,
    ``expected`` and ``fix`` are Vietnamese phrases without a full stop; "" for a ``fix`` that only says to
    write what is expected, "" for both where the check's table tells them; ``said`` goes into their braces.
    """

    place: str
    words: Quoted
    found: str
    expected: str = ""
    fix: str = ""
    mends: tuple[Mend, ...] = ()
    severity: Severity | None = None
    said: Mapping[str, object] = field(default_factory=dict)


def worded(
    place: str,
    words: Quoted,
    found: str,
    mends: tuple[Mend, ...] = (),
    severity: Severity | None = None,
    /,
    **said: object,
) -> Fault:
    """The fault that the check's table words, with what is ``said`` filled in."""
    return Fault(place, words, found, mends=mends, severity=severity, said=said)


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """The check can't be decided on this document, and why: a blank filled in later, a width unknown.

    ``blank`` names what a draft leaves open; all that is open is one reminder.
    """

    reason: str
    place: str = ""
    words: Quoted = ""
    blank: str = ""
    severity: None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The document has nothing that the check is about, and what that is."""

    reason: str


Answer: TypeAlias = Fault | NotEvaluated | NotApplicable
Answers: TypeAlias = Iterator[Answer]
Function: TypeAlias = Callable[..., Answers]
"""It is called with the part that it needs, where it names one, with the document and the settings."""


class Block(StrEnum):
    """A part of the document in reading order, by the name under which findings are told."""

    HEAD = "head"
    TEXT = "text"
    END = "end"
    ANNEX = "annex"
    PAGE = "page"
    ASKED = "asked"


BLOCK_NAMES = {Block(block): name for block, name in _LISTS["blocks"].items()}


@dataclass(frozen=True, eq=False)
class Check:
    """One check: its entry in ``checks.toml``, which docs/lint.md prints, and the function that looks.

    ``title`` is what is wrong; ``wrong`` and ``right`` are examples, ``source`` the decree's point.
    ``mends``: whether ``--fix`` mends none of its faults, those of look, or all.
    ``block``: the part of the page it is about; of ``ASKED`` it says nothing of the format but asks the
    author a question. ``texts``: it judges running text also of a regulation or plan that the document puts
    into force; ``annexes``: also an annex in a file of its own. ``needs``: the part of the ``Paper``, one of
    ``ABSENT``, that it is about, without which it isn't asked. ``always``: of faults that are worded alike
    everywhere what would be right and how to mend it, by what was found.
    """

    code: str
    severity: Severity
    title: str
    block: Block
    wrong: str
    right: str
    source: str
    function: Function
    mends: Literal["", "một phần", "có"] = ""
    texts: bool = False
    annexes: bool = False
    needs: str = ""
    always: Mapping[str, tuple[str, str]] = field(default_factory=dict)


ENTRIES: dict[str, dict[str, Any]] = parse_toml(read_text(PACKAGE / "word" / "lint" / "checks.toml"))
_RIGHT: dict[str, dict[str, tuple[str, str]]] = ENTRIES.pop("right")
ABSENT: dict[str, str] = ENTRIES.pop("absent")
"""What is told of each check by its code; of faults that are always worded alike, by what is found, what is
right and how to mend it; and what is said where a document lacks the part that a check is about."""


def check(code: str) -> Callable[[Function], Check]:
    """Make the function below it the ``Check`` with that code."""
    entry = dict(ENTRIES[code])
    severity = next(iter(entry))
    fields = {"title": entry.pop(severity), "block": Block(entry.pop("block")), **entry}
    fields["always"] = _RIGHT["any"] | _RIGHT.get(code, {})
    return lambda function: Check(code, Severity(severity), function=function, **fields)


def quote(
    words: Quoted, limit: int = 90, *, at: Paragraph | None = None, about: str = "", end: bool = False
) -> Quote:
    """Shorten words for a message, at the end of a word; ``at``: where they stand, if they don't know.

    ``about``: of long words those around the first number that it says; ``end``: the last ones.
    """
    if isinstance(words, str):
        text, paragraph = words, getattr(words, "paragraph", None)
    elif isinstance(words, Paragraph):
        text, paragraph = words.text, words
    else:
        lines = (words,) if isinstance(words, Piece) else words or ()
        text, paragraph = " ".join(p.text for p in lines), lines[0].paragraph if lines else None
    text = " ".join(text.split())
    number = re.search(r"\d[\d.,]*(?<=\d)", about)
    match = re.search(rf"(?<![\d.,]){re.escape(number[0])}(?![\d])", text) if number else None
    if match and match.end() >= limit:
        begin = text.find(" ", max(0, match.start() - limit // 2)) + 1
        text = f"…{quote(text[begin if 0 < begin <= match.start() else match.start() :], limit - 1)}"
    elif end and len(text) > limit:
        text = "…" + (text[-limit:].partition(" ")[2] or text[1 - limit :])
    elif len(text) > limit:
        text = (text[:limit].rpartition(" ")[0] or text[: limit - 1]).rstrip(" ,;:-–") + "…"
    made = Quote(text)
    made.paragraph = at or paragraph
    return made


def ending_fault(
    place: str, line: Piece, right: str, expected: str = "", severity: Severity | None = None
) -> Fault:
    """The fault that a line ends in another sign than ``right``, or in none."""
    last = line.text.rstrip()[-1:]
    is_sign = last and not last.isalnum() and last not in ')”"'
    found = "kết thúc bằng “{last}”" if is_sign else "thiếu dấu cuối dòng"
    said = {"last": last, "right": right, "expected": expected or f"kết thúc bằng “{right}”"}
    return worded(place, line, found, (), severity, **said)


def format_size(size: float) -> str:
    """Write a size in points: 13 → "13", 12.5 → "12,5"."""
    return f"{size:g}".replace(".", ",")


def format_mm(length: float) -> str:
    """Write a length in mm with at most one decimal: "12,5 mm"."""
    return f"{round(length, 1):g} mm".replace(".", ",")


def span_mends(kind: MendKind, value: Any, spans: Iterable[Span]) -> tuple[Mend, ...]:
    """The same change of every run that the spans stand in."""
    return tuple(Mend(kind, span.element, value) for span in spans)


def caps_mends(pieces: Sequence[Piece]) -> tuple[Mend, ...]:
    """The changes that show the pieces in capitals; none where a run holds letters of something else."""
    small = [span for piece in pieces for span in piece.visible if not span.text.isupper()]
    return span_mends("caps", True, small) if all(_is_whole(span, pieces) for span in small) else ()


def _is_whole(span: Span, pieces: Sequence[Piece]) -> bool:
    """Whether the run that a span stands in holds no letters but those of the pieces."""
    here = [p for p in pieces if any(s.element is span.element for s in p.spans)]
    of_pieces = "".join(s.text for p in here for s in p.spans if s.element is span.element)
    of_all = "".join(s.text for s in here[0].paragraph.spans if s.element is span.element)
    return of_pieces.split() == of_all.split()


def look_faults(
    place: str, pieces: Sequence[Piece], component: Component, *, upper: bool | None = None
) -> Iterator[Fault]:
    """Yield a fault where the pieces' size, weight or slope isn't the component's, and one for capitals.

    Quoted are the lines that are so. A run that holds letters of something else is for its author to part.
    ``upper`` True or False asks for capitals or their absence, None for neither.
    """
    low, high = component.sizes
    expected: dict[MendKind, bool] = {"bold": component.bold, "italic": component.italic}
    expected |= {} if component.key in _WITH_LINE else {"underline": False}
    seen = [(piece, span) for piece in pieces for span in piece.visible]
    off = [(p, s) for p, s in seen if not low <= s.face.size <= high and not s.face.raised]
    sizes = ", ".join(map(format_size, sorted({span.face.size for _, span in off})))
    wrong: list[tuple[Piece, Span, MendKind, Any, str]] = [
        (piece, span, "size", component.size, f"cỡ {sizes}") for piece, span in off
    ]
    for kind, value in expected.items():
        how = _LOOK_WORDS[kind] if not value else f"không {_LOOK_WORDS[kind].removeprefix('chữ ')}"
        other = ((piece, span) for piece, span in seen if getattr(span.face, kind) != value)
        wrong += [(piece, span, kind, value, how) for piece, span in other]
    right = describe(component, upper)
    if wrong:
        odd = [piece for piece in pieces if any(piece is blamed for blamed, *_ in wrong)]
        found = ", ".join(dict.fromkeys(how for *_, how in wrong))
        whole = all(_is_whole(span, pieces) for _, span, *_ in wrong)
        mends = tuple(Mend(kind, span.element, value) for _, span, kind, value, _ in wrong if whole)
        yield Fault(place, odd, found, right, f"Chọn dòng này, đặt {right}", mends)
    if small := [p for p in pieces if upper is True and not p.is_upper]:
        mends = caps_mends(pieces)
        yield Fault(place, small, "không viết hoa toàn bộ", right, TO_CAPITALS, mends)
    if large := [p for p in pieces if upper is False and p.is_upper]:
        yield Fault(place, large, "viết hoa toàn bộ", right, TO_SMALL)


def dash_faults(place: str, line: Piece) -> Iterator[Fault]:
    """The fault that an entry of a list lacks its dash or begins with another sign."""
    if not re.match(r"[-–—]\s*\S", line.text):
        sign = line.text[:1]
        found = "thiếu gạch đầu dòng" if sign.isalnum() else "bắt đầu bằng “{sign}”"
        yield worded(place, line, found, sign=sign)


def capital_faults(place: str, piece: Piece, words: str) -> Iterator[Fault]:
    """The fault that a line opens with ``words`` in other capitals ("Phụ Lục I"), all in capitals apart."""
    shown = piece.text[: len(words)]
    if shown != words and not shown.isupper() and key(shown) == key(words):
        yield worded(place, piece, "“{shown}” viết hoa sai", shown=shown, words=words)


def centre_faults(place: str, pieces: Sequence[Piece], expected: str = "canh giữa") -> Iterator[Fault]:
    """The fault that a paragraph of the pieces isn't centred."""
    elements = {id(p.paragraph): p.paragraph.element for p in pieces}
    mends = tuple(Mend("align", element, "center") for element in elements.values())
    if any(p.paragraph.shape.align != "center" for p in pieces):
        yield worded(place, pieces, "không canh giữa", mends, right=expected)


def describe(component: Component, upper: bool | None = None) -> str:
    """Say how a component looks: "cỡ 13-14, chữ nghiêng, không đậm"."""
    case = {True: "chữ in hoa", False: "chữ in thường", None: ""}[upper]
    slope = "kiểu chữ nghiêng" if component.italic else "kiểu chữ đứng"
    weight = "đậm" if component.bold else "không đậm"
    sizes = f"cỡ {'-'.join(dict.fromkeys(map(format_size, component.sizes)))}"
    return ", ".join(filter(None, (case, sizes, slope, weight)))


FILE_NAME = "lint.toml"
LEVELS = {"loi": Severity.ERROR, "canh_bao": Severity.WARNING, "thong_tin": Severity.INFO, "bo_qua": None}
"""How a level is written in the file; "bo_qua" leaves a check out."""
_NAMES = {
    "thanh_pho_truc_thuoc_trung_uong": "central_cities",
    "dia_danh_ghi_kem_loai": "typed_places",
    "ten_co_quan": "agencies",
}
_TABLES = {"loi_chinh_ta": "misspellings", "co_quan_cu": "former_agencies", "ngay_luat": "law_days"}
_KNOWN = ("muc", "van_ban", "bo_cap_huyen_tu", *_NAMES, *_TABLES)
"""The entries of the file; lists and tables by the data they are added to."""


class Stage(StrEnum):
    """How far a document has come: a draft, one that goes to be signed, one that goes out."""

    DRAFT = "du-thao"
    SIGNING = "trinh-ky"
    ISSUED = "phat-hanh"


@dataclass(frozen=True)
class Settings:
    """The data that checks are run with.

    ``levels``: code → level, None: left out. ``districts_end``: from this document date districts are no
    longer addressed, ``central_cities``: the cities that are provinces of their own. ``typed_places``: names
    that go with their type. ``agencies``: names as they are rightly capitalised. ``misspellings``: wrong →
    right. ``former_agencies``: old name → who has its tasks now. ``law_days``: a law's name → the days
    on which laws of that name were passed, the newest last; a decree's kind and number → its day.
    ``today`` None: no date is too late.
    ``stage``: what may still be blank. ``electronic``: number and day are stamped on the signed file, so that
    they may be blank in what is issued. ``kind``: the document's kind as a person says it is, "": to be
    recognised.
    """

    levels: dict[str, Severity | None] = field(default_factory=dict)
    districts_end: date | None = None
    central_cities: tuple[str, ...] = ()
    typed_places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    misspellings: dict[str, str] = field(default_factory=dict)
    former_agencies: dict[str, str] = field(default_factory=dict)
    law_days: dict[str, str] = field(default_factory=dict)
    today: date | None = None
    stage: Stage = Stage.DRAFT
    electronic: bool = False
    kind: str = ""


def read_settings(*files: Path) -> Settings:
    """Read the shipped settings, those of ``files`` over them. Raises CannotRun naming file and entry."""
    settings = Settings()
    for path in (resource_path("templates") / FILE_NAME, *files):
        try:
            entries = parse_toml(read_text(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
            why = "quá nhiều dấu ngoặc lồng nhau" if isinstance(fault, RecursionError) else fault
            remedy = "Sửa lại tệp, lưu mã UTF-8 rồi chạy lại."
            raise CannotRun(f"Tệp thiết lập “{path}” không đọc được: {why}.", remedy) from fault
        if unknown := sorted(set(entries) - set(_KNOWN)):
            raise _unusable(path, unknown[0], f"chỉ có các mục: {', '.join(_KNOWN)}")
        tables = {name: entries.get(name, {}) for name in ("muc", *_TABLES)}
        for name, table in tables.items():
            if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
                raise _unusable(path, name, 'mỗi dòng là một cặp tên = "giá trị"')
        levels = dict(settings.levels)
        for code, word in tables["muc"].items():
            if word not in LEVELS:
                raise _unusable(path, f"muc.{code}", f"chọn một trong: {', '.join(LEVELS)}")
            levels[code.upper()] = LEVELS[word]
        day = entries.get("bo_cap_huyen_tu", settings.districts_end) or None
        if day is not None and type(day) is not date:
            raise _unusable(path, "bo_cap_huyen_tu", "ghi ngày dạng 2025-12-31, không đặt trong dấu nháy")
        kind = entries.get("van_ban", "dien_tu" if settings.electronic else "giay")
        if kind not in ("giay", "dien_tu"):
            raise _unusable(path, "van_ban", 'ghi "giay" hoặc "dien_tu"')
        more: dict[str, Any] = {to: getattr(settings, to) | tables[name] for name, to in _TABLES.items()}
        for name, to in _NAMES.items():
            names = entries.get(name, [])
            if not isinstance(names, list) or not all(isinstance(v, str) for v in names):
                raise _unusable(path, name, 'ghi danh sách các tên, ví dụ ["Tên thứ nhất", "Tên thứ hai"]')
            more[to] = getattr(settings, to) + tuple(names)
        settings = replace(settings, levels=levels, electronic=kind == "dien_tu", districts_end=day, **more)
    return settings


def _unusable(path: Path, entry: str, remedy: str) -> CannotRun:
    return CannotRun(f"Tệp thiết lập “{path}”: mục “{entry}” không dùng được.", f"Sửa lại: {remedy}.")
