"""A signed document, PDF or Word, against what was printed: word for word, whatever was set otherwise.

A PDF has no paragraphs or cells, only the words in the order they were set; so has the printed report.
What a page adds by itself (its number, the head of a table that goes on, the drawing above a chart's
caption) is no difference.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from dvctt_report.decide.check.document import read_document
from dvctt_report.decide.check.known import PrintedReport
from dvctt_report.decide.check.pairing import differing
from dvctt_report.report.blocks import OPENING
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.vietnamese import CAPITALS, SMALL_LETTERS, parse_date

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
    def number_shown(self) -> str:
        """The number that its letterhead shows as text, "386"; "" where it is a picture or none."""
        found = _NUMBER_SHOWN.search(self._letterhead)
        return found[1] if found else ""

    @property
    def day_shown(self) -> date | None:
        """The day that its letterhead shows as text; None where it is a picture or none."""
        found = _DAY_SHOWN.search(self._letterhead)
        return parse_date("/".join(found.groups())) if found else None

    @property
    def _letterhead(self) -> str:
        first = next(iter(self.pages), "")
        return unicodedata.normalize("NFC", first).partition(_LETTERHEAD_END)[0]


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


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What is filled in after signing: number and day, cut into words."""

    number: tuple[str, ...]
    days: frozenset[str]

    @classmethod
    def of(cls, number: str, dated: date) -> FilledIn:
        """Number and symbol ("386/BC-SKHCN") and the day as they may stand in the signed file."""
        days = {f"{dated.day:02}", f"{dated.month:02}", str(dated.month), str(dated.year)}
        return cls(tuple(word.text for word in _split(number.partition("/")[0])), frozenset(days))


def compare_signed(
    report: PrintedReport, signed: SignedText, filled: FilledIn
) -> tuple[SignedDifference, ...]:
    """Say where ``signed`` is not the printed report with ``filled`` in its blanks."""
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
        if _squeezed(printed) == _squeezed(added) or _belongs(printed, words[ours.start], added, filled):
            continue
        before = _text(words[max(ours.start - CONTEXT, 0) : ours.start])
        after = _text(words[ours.stop : ours.stop + CONTEXT])
        section = words[min(ours.start, len(words) - 2)].section
        found.append(SignedDifference(section, before, _text(printed), _text(added), after))
    return tuple(found)


def _belongs(printed: Sequence[_Word], at: _Word, added: Sequence[_Word], filled: FilledIn) -> bool:
    """Whether what was added at ``at`` is filled in by the office, or the drawing's own.

    A month or year that was ``printed`` gives way to that of the day it was signed on.
    """
    said = tuple(word.text for word in added)
    if printed:
        return bool(said) and at.fillable and filled.days.issuperset(said) and _squeezed(printed).isdigit()
    if at.fillable and (said == filled.number if at.text == "/" else filled.days.issuperset(said)):
        return True
    return at.under_drawing


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
