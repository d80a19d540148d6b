"""The final reports of a period: which of them was signed, what was written with it, what cites it since."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, get_args

from dvctt_report.decide.check.document import PrintedReport, read_document, read_manifest
from dvctt_report.decide.check.passages import differing
from dvctt_report.explain.manifest import Manifest
from dvctt_report.files.manifests import kept_manifest, kept_manifests
from dvctt_report.plan.texts import CORRECTION, DEPARTMENT
from dvctt_report.report.blocks import OPENING
from dvctt_report.report.context import build_context
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import lay_out
from dvctt_report.report.printed import said_figures, said_places
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.report.wording import Voice
from dvctt_report.store.published.record import digest_of, every_publication, final_manifests
from dvctt_report.store.workspace import AnnexChoice, Naming, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.vietnamese import CAPITALS, SMALL_LETTERS, parse_date
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.year import Year

# ------ A signed document, PDF or Word, against what was printed: word for word, whatever was set otherwise
#
# A PDF has no paragraphs or cells, only the words in the order they were set; so has the printed report.
# What a page adds by itself (its number, the head of a table that goes on, the drawing above a chart's
# caption) is no difference.

CONTEXT = 6
"""Words shown before and after a difference."""
_CAPTION = re.compile(r"Biểu đồ \d+\.")
_LETTERHEAD_END = "Kính gửi"
_NUMBER_SHOWN = re.compile(r"Số\s*:\s*(\d+[a-zđ]?)\s*/")
_DAY_SHOWN = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
_BLANK = re.compile(r"\s{3,}|:\s*/")
"""What stands where number, day or month is filled in after signing."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_+")
_CAPITAL = re.compile(rf"(?<=[{SMALL_LETTERS}])(?=[{CAPITALS}])")
_PAGE = re.compile(r"\s*\d{1,3}\s*")


@dataclass(frozen=True, slots=True)
class SignedText:
    """The words of a signed file, page by page; none where it holds pictures alone.

    identity: that of the rendering it goes back to; "" where it says none.
    """

    name: str
    pages: tuple[str, ...]
    identity: str = ""

    @property
    def is_readable(self) -> bool:
        return any(page.strip() for page in self.pages)

    @property
    def shown(self) -> tuple[str, date | None]:
        """Number ("386") and day that its letterhead shows as text; "" and None for a picture, or none."""
        first = unicodedata.normalize("NFC", next(iter(self.pages), "")).partition(_LETTERHEAD_END)[0]
        number, day = _NUMBER_SHOWN.search(first), _DAY_SHOWN.search(first)
        return number[1] if number else "", parse_date("/".join(day.groups())) if day else None


@dataclass(frozen=True, slots=True)
class SignedDifference:
    """A place where the signed file says something else.

    section: where it stands in the printed report.
    before, after: the words around it.
    printed: what was printed; "" for what was added.
    signed: what the signed file says; "" for what is gone.
    """

    section: str
    before: str
    printed: str
    signed: str
    after: str


def read_signed(path: Path) -> SignedText:
    """Read a signed .pdf or .docx. Raises CannotRun where it is neither, or can't be opened."""
    if path.suffix.lower() == ".docx":
        document = read_document(path)
        text = "\n".join(cell for block in document.blocks for cell in block.cells)
        return SignedText(path.name, (text,), document.identity)
    if path.suffix.lower() != ".pdf":
        raise CannotRun(
            f"“{path.name}” không phải tệp .pdf hoặc .docx.",
            "Nêu bản đã ký, đã đóng dấu, tải về từ Hệ thống.",
        )
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # No library for AES comes along: what is enciphered by it is a dependency that is missing.
    unreadable = (
        DependencyError,
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    )
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks are no message of ours
    try:
        pages = tuple(page.extract_text() for page in PdfReader(BytesIO(read_file(path))).pages)
    except FileNotFoundError:
        raise CannotRun(f"Không tìm thấy tệp “{path}”.", "Kiểm tra lại đường dẫn.") from None
    except unreadable as error:
        raise CannotRun(
            f"“{path.name}” không đọc được như một tệp PDF (hỏng hoặc có mật khẩu).",
            "Tải lại tệp từ Hệ thống; mở bằng trình đọc PDF rồi lưu không mật khẩu.",
        ) from error
    return SignedText(path.name, pages)


class _Word(NamedTuple):
    """A word, a number or a sign.

    text: the word.
    blank: whether a blank stands before it.
    section: where its block stands in the printed report.
    fillable: whether its block has blanks that are filled in after signing.
    under_drawing: whether it begins a chart's caption, above which the drawing's own words are set.
    """

    text: str
    blank: bool = False
    section: str = OPENING
    fillable: bool = False
    under_drawing: bool = False


def compare_signed(
    report: PrintedReport, signed: SignedText, number: str, dated: date
) -> tuple[SignedDifference, ...]:
    """Say where ``signed`` is not the printed report with ``number`` ("386") and day in its blanks.

    A month or year that was printed gives way to that of the day it was signed on.
    """
    filled = tuple(word.text for word in _split(number))
    days = {f"{dated.day:02}", f"{dated.month:02}", str(dated.month), str(dated.year)}
    words: list[_Word] = []
    heads: dict[int, str] = {}  # of each table, as a page on which it goes on repeats it
    for place in report.printed:
        text = "\n".join(place.block.cells)
        fillable, caption = _BLANK.search(text) is not None, _CAPTION.match(text) is not None
        for n, word in enumerate(_split(text)):
            # The drawing's last word may be taken for the caption's first.
            blank, first = word.blank or n == 0, caption and n <= 1
            words.append(_Word(word.text, blank, place.block.section, fillable, first))
        if place.block.table is not None and place.block.header:
            row = _squeezed(_split(" ".join(place.block.cells)))
            heads[place.block.table] = heads.get(place.block.table, "") + row
    words.append(_Word(""))
    theirs = _signed_words(signed, frozenset(heads.values()))
    found = []
    for ours, said in differing([word.text for word in words[:-1]], [word.text for word in theirs]):
        printed, added = words[ours], theirs[said]
        at, told = words[ours.start], tuple(word.text for word in added)
        if printed:
            is_own = bool(told) and at.fillable and days.issuperset(told) and _squeezed(printed).isdigit()
        else:  # filled in by the office, or the drawing's own
            fits = told == filled if at.text == "/" else days.issuperset(told)
            is_own = (at.fillable and fits) or at.under_drawing
        if is_own or _squeezed(printed) == _squeezed(added):
            continue
        before = _text(words[max(ours.start - CONTEXT, 0) : ours.start])
        after = _text(words[ours.stop : ours.stop + CONTEXT])
        section = words[min(ours.start, len(words) - 2)].section
        found.append(SignedDifference(section, before, _text(printed), _text(added), after))
    return tuple(found)


def _signed_words(signed: SignedText, heads: frozenset[str]) -> list[_Word]:
    """The words of all pages, without the number of each and the head of a table that goes on there."""
    found: list[_Word] = []
    seen = ""
    for page in signed.pages:
        lines = page.strip().split("\n")
        ends = (0, len(lines) - 1)  # the number of a page stands alone on its first or last line
        words = _split("\n".join(t for n, t in enumerate(lines) if not (n in ends and _PAGE.fullmatch(t))))
        set_here, n = _squeezed(words), 0
        head = next((head for head in heads if set_here.startswith(head) and head in seen), "")
        while head and len(_squeezed(words[:n])) < len(head):
            n += 1
        found += words[n:]
        seen += set_here
    return found


def _split(text: str) -> list[_Word]:
    """Words, numbers and signs; two words that a PDF set without a blank are cut at the capital."""
    even = _CAPITAL.sub(" ", unicodedata.normalize("NFC", text))
    return [
        _Word(found[0], blank=even[found.start() - 1 : found.start()].isspace())
        for found in _WORD.finditer(even)
    ]


def _squeezed(words: Iterable[_Word]) -> str:
    return "".join(word.text for word in words)


def _text(words: Iterable[_Word]) -> str:
    """Words as they were set."""
    return "".join(f"{' ' * word.blank}{word.text}" for word in words).strip()


# ------------ The final reports of a period: which was signed, what was written with it, what cites it

_NUMBERED = re.compile(r"\d+[a-zđ]?")
_SYMBOL = re.compile(r"Số:\s*/(\S+)")


@dataclass(frozen=True, slots=True)
class FoundFinal:
    """The final report that a signed file was printed from, and what the file says otherwise."""

    report: PrintedReport
    differences: tuple[SignedDifference, ...]


def final_reports(workspace: Workspace) -> Iterator[PrintedReport]:
    """Yield everything that was rendered here to be signed for the period."""
    for path, _ in final_manifests(workspace):
        with suppress(CannotRun):  # without the printed places
            yield read_manifest(path)


def require_finals(workspace: Workspace) -> tuple[PrintedReport, ...]:
    """Everything that was rendered to be signed. Raises CannotRun where nothing was."""
    finals = tuple(final_reports(workspace))
    if not finals:
        raise CannotRun(
            f"Chưa lập bản trình ký nào của {workspace.period.words} để đối chiếu với bản đã ký.",
            "Lập bản trình ký: dvctt-report render --final; ký trên chính bản đó.",
        )
    return finals


def candidates(finals: Sequence[PrintedReport], signed: SignedText) -> Sequence[PrintedReport]:
    """The ``finals`` that ``signed`` may go back to: by identity one, else all. CannotRun for a draft's."""
    own = [final for final in finals if final.id == signed.identity] if signed.identity else list(finals)
    if not own:
        raise CannotRun(
            f"“{signed.name}” được lập từ một bản dự thảo, không phải bản trình ký.",
            "Nêu tệp đã ký của bản lập bằng dvctt-report render --final.",
        )
    return own


def likest(own: Sequence[PrintedReport], signed: SignedText, number: str, dated: date) -> FoundFinal:
    """The one of ``own`` that differs least from ``signed``, with number and day in its blanks."""
    compared = [FoundFinal(one, compare_signed(one, signed, number, dated)) for one in own]
    return min(compared, key=lambda one: (len(one.differences), -one.report.as_of.timestamp()))


def number_and_symbol(report: PrintedReport, said: str) -> str:
    """The number as the document bears it, "386/BC-SKHCN", of what the officer typed: that, or "386".

    Raises CannotRun where it is no number, or the symbol is another one.
    """
    number, _, symbol = said.replace(" ", "").partition("/")
    own = next((m[1] for place in report.printed for m in map(_SYMBOL.match, place.block.cells) if m), "")
    if not _NUMBERED.fullmatch(number) or not number.strip("0abcdđ") or (symbol and own and symbol != own):
        raise CannotRun(
            f"“{said}” không phải số, ký hiệu của báo cáo này (ký hiệu {own}).",
            f"Ghi dạng 386 hoặc 386/{own}.",
        )
    return f"{number.lstrip('0'):0>2}/{symbol or own}"


def subject_of(report: PrintedReport) -> tuple[str, str]:
    """The name of the document's kind and its subject, as its first page prints them."""
    if report.text == CORRECTION:
        cells = (cell for one in report.printed for cell in one.block.cells)
        about = next((line for cell in cells if (line := cell.partition("V/v ")[2])), "")
        return "Công văn", " ".join(about.split())
    blocks = (place.block for place in report.printed)
    opening = [block.text for block in blocks if block.section == OPENING and block.table is None]
    kind, subject, *_ = (*opening, "", "")
    return kind.capitalize(), " ".join(subject.split())


def files_of(workspace: Workspace, report: PrintedReport) -> dict[str, Path]:
    """The Word file of a final report, its manifest, and what was written with it, by the names to keep.

    That is the workbook, the signer's page, and annexes in a file of their own with their manifest. A later
    rendering has put them under names of their own; a Word file that is gone is left out.
    """
    period, folder = workspace.period, workspace.results
    stem = report.report.partition(f"-{period}")[0] + f"-{period}"
    own_figures = kept_manifest(report.path.parent, report.of) or report.path
    files = {f"{stem}.json": report.path, f"{DEPARTMENT.stem}-{period}.json": own_figures}
    word = next((p for p in sorted(folder.glob(f"{stem}*.docx")) if digest_of(p) == report.sha256), None)
    if word is None:
        return files
    files[f"{stem}.docx"] = word
    if report.text != DEPARTMENT.name:
        return files
    suffix = word.stem.removeprefix(stem)
    for name in (f"bang-ke-so-lieu-{period}.xlsx", "tom-tat-trinh-ky.docx"):
        path = folder / f"{Path(name).stem}{suffix}{Path(name).suffix}"
        if path.is_file():
            files[name] = path
    for path in sorted(folder.glob("phu-luc-*.json")):
        with suppress(CannotRun):
            annexes, word = read_manifest(path), path.with_suffix(".docx")
            if annexes.of == report.id and word.is_file() and digest_of(word) == annexes.sha256:
                stem = f"phu-luc-{annexes.period}"
                return files | {f"{stem}.docx": word, f"{stem}.json": path}
    return files


def citing(workspace: Workspace, document: str) -> Iterator[str]:
    """Yield what cites ``document`` ("386/BC-SKHCN") in any period: the signed by number, others by file.

    A rendering that no file is left of is no document any more.
    """
    cited = re.compile(rf"(?<!\d){re.escape(document)}(?!\w)")
    citing: dict[str, PrintedReport] = {}
    for path in kept_manifests(workspace.manifests):
        with suppress(CannotRun):  # no manifest at all
            report = read_manifest(path)
            if any(cited.search(cell) for place in report.printed for cell in place.block.cells):
                citing[report.id] = report
    for publication in every_publication(workspace):
        with suppress(CannotRun):  # a record that was changed: ``publish --check`` names it
            if citing.pop(str(publication.record()["rendering"]), None) is not None:
                yield f"{publication.titled} (đã phát hành)"
    left = {report.sha256 for report in citing.values()}
    for path in sorted(workspace.results.parent.rglob("*.docx")) if left else ():
        if digest_of(path) in left:
            yield workspace.relative(path)


# -------------------- What the register gives today: for each figure that a report prints, and as a manifest


def figures_now(year: Year, plain: Voice, printed: Mapping[str, str]) -> dict[str, str]:
    """Say the report again in memory and return what it prints of each figure, by identifier.

    With every annex and under every way of naming units, of which the one that says what was ``printed``
    counts: a setting that was changed since is no figure that was changed. Where the first way says all of
    them no other is asked.
    """
    issuer = replace(plain.issuer, annexes=get_args(AnnexChoice), charts=False)
    found: dict[str, str] = {}
    for naming in dict.fromkeys((plain.issuer.naming, *get_args(Naming))):
        voice = Voice(plain.phrases, replace(issuer, naming=naming), marking=True)
        said = said_figures(build_context(Telling(year, voice)))
        found |= {id: text for id, text in said.items() if id not in found or text == printed.get(id)}
        if found.items() >= printed.items():
            break
    return found


def manifest_now(year: OpenYear) -> Manifest:
    """The manifest that a report made now would have, with every annex."""
    plain = voice_of(year.workspace, year.as_of)
    issuer = replace(plain.issuer, annexes=get_args(AnnexChoice), charts=False)
    voice = Voice(plain.phrases, issuer, marking=True)
    told = Telling(year, voice)
    printed = said_places(build_context(told))
    manifest = lay_out(year, told.figures, printed, year.as_of) | lay_out_trace(told, year.known.decisions)
    return Manifest.of(manifest | {"report": {"file": "", "sha256": ""}})
