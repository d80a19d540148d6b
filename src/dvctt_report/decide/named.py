"""Which open matters the words of a command mean: a row, a finding, a kind of question, a cell, a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dvctt_report.decide.cells import find_cell, is_address, seen_at
from dvctt_report.decide.matters import OTHER_UNIT, Matter, Option, Part, Said, matters_of
from dvctt_report.decide.taking import all_returns
from dvctt_report.model import Finding, Key, Return, ReturnStatus, finding_id
from dvctt_report.model.codes import CODES, Settled
from dvctt_report.plan.model import Unit
from dvctt_report.report.about import UNKNOWN_UNIT
from dvctt_report.report.ways import Way, ways_of
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import format_content, format_file, known_as, own_name
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.summary.acceptable import why_not_acceptable

_NAME = re.compile(r"(?i)[A-Z]{2}(?:\d{2})?-\w+")
"""Also a mistyped one ("QH01-zzzz"), which is no file's name."""
_SHORTEST_CODE = 6
ACCEPTING = (Way.ACCEPT, Way.NOT_APPLICABLE, Way.CLOSE)
_OFFICE_ONLY = (Settled.TRACKED, Settled.CONTROLLED)
"""Settled in a book of the office: its own row is put right, there is nothing to leave out."""


@dataclass(frozen=True)
class CommandWords:
    """A command's words: names of rows, findings, decisions; kinds of questions; cells of ``unit``; files."""

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    files: tuple[Return, ...] = ()
    unit: Unit | None = None

    def keys(self, year: OpenYear) -> tuple[Key, ...]:
        """The cells. Raises CannotRun for one that its unit isn't asked."""
        unit = self.unit
        return tuple(find_cell(year.dataset, unit, cell)[0] for cell in self.cells) if unit else ()


def read_words(
    words: Sequence[str], unit: Unit | None, year: OpenYear, tell: Callable[[str], None]
) -> CommandWords:
    """Sort words into names, kinds of questions, cells and files. Raises CannotRun for any other."""
    plain = [word.strip().strip(",;") for word in words]
    named = [word.partition("-") for word in plain if _NAME.fullmatch(word)]
    names = tuple(dict.fromkeys(f"{code.upper()}-{digits.lower()}" for code, _, digits in named))
    codes = tuple(dict.fromkeys(word.upper() for word in plain if word.upper() in CODES))
    rest = [word for word in plain if not _NAME.fullmatch(word) and word.upper() not in CODES]
    items = {code.lower() for code in year.profile.plan.items_by_code}
    cells = tuple(w for w in rest if is_address(w) or w.partition("@")[0].rpartition(".")[0].lower() in items)
    if cells and unit is None:
        raise CannotRun("Chưa nêu ô đó của đơn vị nào.", "Thêm --unit ĐƠN-VỊ.")
    files = [word for word in rest if word not in cells]
    if cells and (names or files):
        raise CannotRun("Nêu cả ô và mã của việc, tệp.", "Chỉ nêu ô, hoặc chỉ nêu mã.")
    returns = all_returns(year.workspace, tell) if files else ()
    return CommandWords(names, codes, cells, tuple(find_return(word, returns) for word in files), unit)


def find_return(wanted: str, returns: Sequence[Return]) -> Return:
    """The one file meant by path, name or beginning of its SHA-256. Raises CannotRun for none, or several."""
    name = _normal(known_as(wanted.replace("\\", "/"))).removeprefix("./")
    known = [(_normal(r.file), r) for r in returns]
    ways = (
        [r for file, r in known if name in (file, _normal(format_file(r.file)))],
        [r for file, r in known if file.endswith(f"/{name}") or name.endswith(f"/{file}")],
        [r for r in returns if len(name) >= _SHORTEST_CODE and r.sha256.startswith(name)],
    )
    found = {r.sha256: r for r in next(filter(None, ways), [])}
    if not found:
        raise CannotRun(
            f"Không thấy tệp “{wanted}” trong sổ nhận.",
            "Đơn vị thì ghi sau --unit. Tệp thì chép vào thư mục nhận rồi chạy dvctt-report collect; xem "
            "tên: dvctt-report status --files",
        )
    if len(found) > 1:
        listed = "; ".join(format_content(r.file, r.sha256) for r in found.values())
        raise CannotRun(
            f"“{wanted}” chỉ nhiều tệp khác nhau: {listed}.", "Ghi mã tệp trong ngoặc thay tên tệp."
        )
    return found.popitem()[1]


def _normal(text: str) -> str:
    """A file's name as names are compared."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def matters_named(year: OpenYear, words: CommandWords, way: Way | None, every: bool) -> list[Matter]:
    """The matters that are meant to be decided that ``way``, None where it isn't said.

    ``every``: of several of one kind, of one unit, all of them. Raises CannotRun where there is none, or
    where there are several and that wasn't said.
    """
    rows = [matter for matter in matters_of(year) if not matter.decided]
    meant = [_of_name(year, rows, name, way) for name in words.names]
    for file in words.files:  # whether it was asked or not
        options = (
            Option(Way.USE, Way.USE, file.sha256),
            Option(OTHER_UNIT, Way.ASSIGN),
            Option(Way.SEND_BACK, Way.SEND_BACK),
        )
        who = year.profile.roster.short_names.get(file.unit, UNKNOWN_UNIT)
        said = partial(Said, "", own_name(file.file), "")
        meant.append(Matter(tuple, Part.MINE, file.unit, who, said, options, file=file.sha256))
    if words.unit and way is not Way.ASSIGN and any(one.unit != words.unit.code for one in meant):
        raise CannotRun(
            f"Việc đã nêu không phải của {words.unit.short_name}.", "Bỏ --unit, hoặc nêu mã khác."
        )
    if words.codes or (way in ACCEPTING and words.unit and not meant):
        of_kind = [*_of_kind(year, rows, words, way)]
        if not of_kind:
            raise CannotRun("Không có việc nào như vậy để quyết định như thế.", "Xem mã: dvctt-report decide")
        if len(of_kind) > 1 and not every:
            names = ", ".join(one.name for one in of_kind[:6]) + (", …" if len(of_kind) > 6 else "")
            raise CannotRun(
                f"Có {len(of_kind)} việc như vậy: {names}.", "Nêu từng mã, hoặc thêm --all: mọi việc đó."
            )
        return meant + of_kind
    if meant:
        return meant
    left_out = every and way is Way.LEAVE_OUT
    if words.unit and not left_out:
        return [_of_unit(words.unit, "; ".join(words.cells))]
    if not left_out:
        raise CannotRun("Chưa nêu việc nào.", "Xem mã: dvctt-report decide; --all đi kèm mã loại, đơn vị.")
    returns, dataset = year.dataset.returns, year.dataset
    waiting = {r.unit for r in returns if r.status is ReturnStatus.UNDECIDED}
    chosen = (u for u in dataset.units if u.code in waiting and dataset.effective(u.code) is None)
    whole = [_of_unit(unit) for unit in chosen if words.unit in (None, unit)]  # which file counts is open
    return [*whole, *_of_kind(year, rows, words, way)]


def _of_name(year: OpenYear, rows: Sequence[Matter], name: str, way: Way | None) -> Matter:
    """The row of that name, or the one finding of that name alone."""
    named = [row for row in rows if row.name == name]
    if len(named) > 1:
        raise CannotRun(f"Có {len(named)} việc cùng mã {name}.", "Quyết định trong sổ việc cần xử lý.")
    about_figure = way in (*ACCEPTING, Way.LEAVE_OUT)
    if named and not (about_figure and len(named[0].findings) == 1):
        return named[0]
    for row, finding in ((each, finding) for each in rows for finding in each.findings):
        if finding_id(finding) == name:
            about_file = way in (Way.USE, Way.ASSIGN, Way.SEND_BACK)
            return row if about_file else _alone(year, row, finding, way)
    raise CannotRun(
        f"Không có việc nào mang mã “{name}” còn chờ quyết định: mã ghi sai, của năm khác, đã quyết định, "
        "hoặc nội dung nay đã khác.",
        "Xem mã: dvctt-report decide; của năm khác thì thêm --year NĂM.",
    )


def _alone(year: OpenYear, row: Matter, finding: Finding, way: Way | None) -> Matter:
    """One finding of a row with all that may be decided about it, and what is asked for: it says why not."""
    ways = [*ways_of(year.dataset, finding)]
    if way is Way.ACCEPT or (way is Way.LEAVE_OUT and _may_be(year, finding, way)):
        ways.append(way)
    options = dict.fromkeys((*(Option(one, one) for one in ways), *row.options))
    return replace(row, findings=(finding,), facts=lambda: (finding_id(finding),), options=tuple(options))


def _of_kind(
    year: OpenYear, rows: Sequence[Matter], words: CommandWords, way: Way | None
) -> Iterator[Matter]:
    """Each open finding of the kinds, the unit and the cells that may be decided that way."""
    unit = words.unit
    at = {seen_at(year.dataset, unit).get(cell) for cell in words.keys(year)} if unit else set()
    for row, finding in ((each, finding) for each in rows for finding in each.findings):
        of_kind = not words.codes or finding.code in words.codes
        there = not at or (finding.at is not None and (finding.at.sheet, finding.at.cell) in at)
        own = unit is None or finding.unit == unit.code
        if of_kind and own and there and _may_be(year, finding, way):
            yield _alone(year, row, finding, way)


def _may_be(year: OpenYear, finding: Finding, way: Way | None) -> bool:
    """Whether a finding may be decided that way; any where none is said."""
    dataset = year.dataset
    if way in ACCEPTING:
        return why_not_acceptable(dataset, finding) is None
    if way is not Way.LEAVE_OUT:
        return way is None or way in ways_of(dataset, finding)
    refused = {r.file for r in dataset.returns if r.status is ReturnStatus.REFUSED}
    counts = finding.whole or dataset.effective(finding.unit) is not None
    of_refused = finding.at is not None and finding.at.file in refused
    return finding.bars and counts and CODES[finding.code].settled not in _OFFICE_ONLY and not of_refused


def _of_unit(unit: Unit, cells: str = "") -> Matter:
    """A unit of which something is decided that nobody asked: figures of its cells, or what it sent."""
    options = tuple(Option(way, way) for way in (Way.PUT, Way.LEAVE_OUT))
    said = Said("", cells or "Cả biểu", "")
    return Matter(tuple, Part.MINE, unit.code, unit.short_name, lambda: said, options)
