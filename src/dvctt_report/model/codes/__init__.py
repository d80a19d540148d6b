"""Every code that a finding may have, of intake and of the rules: one registry, and how a finding is made."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, Literal, NamedTuple, TypeAlias

from dvctt_report.model import CellRef, Finding, Return, Severity
from dvctt_report.text.opening import read_text
from dvctt_report.text.personal import masked
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.visible import on_one_line


class Bars(Enum):
    """What isn't used while a finding stands as an open error; the value is the word of docs/rules.md."""

    FIGURES = "ô đó, cả ô trái với nó"
    RETURN = "cả tệp"
    ROW = "cả dòng"
    BOOK = "cả sổ"


class Asked(Enum):
    """Who is asked about a finding."""

    UNIT = "đơn vị"
    OFFICER = "người tổng hợp"
    NOBODY = ""


class Settled(Enum):
    """How a finding is settled: who is asked, what is done, with which commands (``dvctt-report …``)."""

    MENDED = (Asked.UNIT, "sửa biểu gửi lại, hoặc cho ý kiến ở bảng kê", "feedback")
    SENT = (Asked.UNIT, "gửi biểu đúng mẫu đã cấp", "feedback, letter remind")
    CHOSEN = (Asked.UNIT, "cho biết bản chính thức; người tổng hợp chọn tệp đó", "decide --use")
    FILES = (
        Asked.OFFICER,
        "cho biết tệp của đơn vị nào, dùng lại hoặc loại tệp",
        "decide --unit, decide --use, decide --reject",
    )
    LOOKED_AT = (Asked.OFFICER, "xem tệp, hỏi lại đơn vị nếu cần", "status --files")
    TRACKED = (Asked.OFFICER, "sửa sổ theo dõi rồi nhận lại", "collect")
    CONTROLLED = (Asked.OFFICER, "sửa sổ đối chiếu rồi đọc lại", "control read")
    OVERRIDDEN = (Asked.OFFICER, "ghi lại hoặc bỏ đính chính", "decide --set, decide --undo")
    LEFT_OUT = (Asked.OFFICER, "đưa lại vào tổng hợp", "decide --undo")
    CLOSED = (Asked.OFFICER, "chờ đơn vị gửi, hoặc kết thúc thu nhận số liệu", "decide --accept")
    REPORTED = (Asked.OFFICER, "giải trình trong báo cáo", "render")
    DISCLOSED = (Asked.NOBODY, "chỉ nêu để biết", "")

    def __init__(self, asked: Asked, what: str, command: str) -> None:
        self.asked = asked
        self.what = what
        self.command = command


class Trait(Enum):
    """What some part of the program has to know of a finding, beside its code."""

    NOT_READ = "nothing of the file was read"
    READ_AGAIN = "every collect reads the file again: it isn't what kept it from being read"
    NOT_THE_FORM = "the file isn't an issued form"
    PLACE_LOST = "a row, column or table of the form is gone"
    PAPER_ALONE = "the unit has sent a paper and no form"
    SENT_AGAIN = "a file doesn't count any more: a unit that has nothing else is asked to send again"
    NO_NUMBER = "a text stands where a number should"
    CHOICE_BESIDE = "words in a cell: what to do instead depends on what its row offers"
    CONTRADICTION = "other cells of the unit contradict the figure: which holds, nobody can tell"
    CONFIRMED_FIRST = "a file may be another unit's, or is gone: confirmed before a report is final"
    DOUBT_OF_USE = "a figure is used that a reader may not see, or that words speak against: as above"
    WHOSE_UNKNOWN = "the file doesn't say whose it is, or contradicts itself about it"
    WHOSE_OPEN = "whose the file is has to be decided before it counts"


Scope: TypeAlias = Literal["unit", "units"]
"""What a rule looks at for a finding about a unit: its return alone, or those of other units as well."""


class Limit(NamedTuple):
    """The limit of a rule."""

    name: Literal["at_least", "at_most"]
    """On which side of it a figure is usual."""
    value: int
    unit: str
    """What it counts: "phiếu", "%"."""


class Code(NamedTuple):
    """A code of findings. It is never used again for another meaning."""

    code: str
    title: str
    why: str
    severity: Severity
    bars: Bars = Bars.FIGURES
    """What isn't used while it is an open error; a warning, an information bars nothing."""
    settled: Settled = Settled.MENDED
    traits: tuple[Trait, ...] = ()
    fix: str = ""
    """What is to be done, where the finding has nothing more exact to say."""
    opening: str = ""
    """How the message begins, where it is told in several places."""
    asks: str = ""
    """What the unit is asked for, where the finding's own remedy speaks to the officer."""
    tells: str = ""
    """What the unit is told, where the finding's own message speaks to the officer."""
    signing: str = ""
    """What on the page to sign it is about; "" where it is about nothing there."""
    source: str = ""
    """What a rule goes by; the code of no rule has none. All below is of rules alone."""
    example: str = ""
    """A whole line as the user sees it."""
    further: str = ""
    """The cells that aren't used either while it is an open error, where it compares several."""
    scope: Scope = "unit"
    by_day: bool = False
    """Whether it looks at the day on which it is asked: what it found yesterday says nothing of today."""
    needs: Literal["", "last_year", "controls"] = ""
    """What it compares with beside the returns; without that it says nothing."""
    limit: Limit | None = None
    group: Limit | None = None
    """How many units of a kind it needs to compare one with them; None where it compares with no group."""


_KINDS: Mapping[str, Mapping[str, Any]] = {
    "refusal": {"severity": Severity.ERROR, "bars": Bars.RETURN, "settled": Settled.SENT},
    "error": {"severity": Severity.ERROR},
    "warning": {"severity": Severity.WARNING},
    "info": {"severity": Severity.INFO, "settled": Settled.DISCLOSED},
}
"""What an entry's first key says beside the title."""

_TYPED: Mapping[str, Callable[[Any], Any]] = {
    "bars": lambda name: Bars[name.upper()],
    "settled": lambda name: Settled[name.upper()],
    "traits": lambda names: tuple(Trait[name.upper()] for name in names),
    "limit": lambda parts: Limit(*parts),
    "group": lambda parts: Limit(*parts),
}


def read_codes(text: str) -> dict[str, Code]:
    """The codes that a text in the form of ``codes.toml`` has entries of, in its order."""
    codes = {}
    for code, entry in tomllib.loads(text).items():
        kind = next(iter(entry))
        said = {name: _TYPED[name](value) if name in _TYPED else value for name, value in entry.items()}
        codes[code] = Code(code, said.pop(kind), said.pop("why"), **{**_KINDS[kind], **said})
    return codes


CODES: Mapping[str, Code] = read_codes(read_text(PACKAGE / "model" / "codes" / "codes.toml"))
RULES_BY_CODE: Mapping[str, Code] = {code: about for code, about in CODES.items() if about.source}
"""Those of the rules, in the order in which they are asked and their findings told."""


def has(code: str, trait: Trait) -> bool:
    """Whether a code of the registry has that trait."""
    return trait in CODES[code].traits


def finding(
    code: str,
    message: str,
    fix: str | None,
    at: CellRef,
    unit: str = "",
    item: str = "",
    field: str = "",
    value: str = "",
    related: tuple[CellRef, ...] = (),
    told: str = "",
) -> Finding:
    """Make the finding of an intake code, with its severity; its words tell no person's number.

    ``fix`` None: what the registry says is to be done.
    """
    message, told = masked(on_one_line(message)), masked(on_one_line(told))
    fix = on_one_line(CODES[code].fix if fix is None else fix)
    return Finding(code, CODES[code].severity, message, fix, unit, item, field, at, value, related, told=told)


def noted(
    received: Return,
    code: str,
    message: str,
    fix: str | None = "",
    related: Iterable[Return] = (),
    unit: str = "",
    told: str = "",
) -> Return:
    """The return with a finding about its file before its others; ``unit``: that of the finding alone."""
    about = tuple(CellRef(other.file) for other in related)
    note = finding(
        code, message, fix, CellRef(received.file), unit or received.unit, related=about, told=told
    )
    return replace(received, findings=(note, *received.findings))
