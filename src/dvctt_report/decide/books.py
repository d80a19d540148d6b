"""Where the workbooks of decisions lie: all are read, each is kept up to date with what was typed into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from dvctt_report.decide import cells
from dvctt_report.decide.arrivals import marked_as_read
from dvctt_report.decide.decisions import DOCUMENT
from dvctt_report.decide.matters import Matter, Part, chosen, matters_of
from dvctt_report.decide.places import STEM, book_paths, digest_as_left, note_left, own_book
from dvctt_report.decide.taking import Recorded, facts, says_something
from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import read_workbook
from dvctt_report.files.writing import is_open_elsewhere, note_file, replace_file
from dvctt_report.intake.mend_lists import hidden_keys, marked_columns
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.report.remarks import Remark, remarks_of, unread_remarks
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear

_KEPT = "viec-da-doc"
MOST_SHOWN = 1000
"""Rows of a sheet, the most harmful first: more than anybody decides one by one."""
_MOST_KEPT = 20
"""Workbooks as the officer left them that are kept beside the register."""


class ReadBook(NamedTuple):
    """A workbook as it was read.

    statements: its rows, those in which nothing is typed too.
    digest: what the rows were made of when it was written.
    fault: why it can't be used; "" where it can.
    remarks_read: the remarks of units that were marked as read.
    """

    statements: tuple[cells.BookStatement, ...] = ()
    digest: str = ""
    fault: str = ""
    remarks_read: frozenset[str] = frozenset()


def read_book(name: str, data: bytes, profile: Profile, period: Period) -> ReadBook:
    """Read a workbook of decisions. Never raises for what is in the file.

    What stands in a row without a key is read too: above the place to sign nothing else is typed.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report collect"
        return ReadBook(fault=f"{error.reason}. {fix}")
    keys = hidden_keys(book)
    if keys.get("form") != cells.FORM:
        return ReadBook(fault="không phải sổ việc cần xử lý do chương trình lập")
    if keys.get("plan") != profile.plan.code or keys.get("period") != str(period):
        return ReadBook(fault=f"của kỳ khác ({keys.get('period') or 'không rõ'}), đang làm {period.words}")
    statements: list[cells.BookStatement] = []
    n_tables = 0
    for sheet in book.sheets:
        table = marked_columns(sheet, {cells.MARK, *(column.key for column in cells.TYPED)})
        if table is None and sheet.name in [*Part]:
            fix = "Chép lại lời đã ghi vào sổ lập mới: đổi tên tệp này, rồi chạy: dvctt-report validate"
            return ReadBook(fault=f"trang “{sheet.name}” không còn đủ cột của sổ. {fix}")
        if table is None:
            continue
        n_tables, (marker, at), signed = n_tables + 1, table, False
        for row in (row for row, _ in sheet.rows() if row > marker + 1):
            base = sheet.text(row, at[cells.MARK])
            texts = {c.key: sheet.text(row, at[c.key]) for c in cells.COLUMNS if c.key in at}
            typed = cells.Typed(*(texts[column.key] for column in cells.TYPED))
            signed = signed or cells.SIGNED[0] in texts.values()
            if base or (any(typed) and not signed):
                about = tuple(base.split(cells.BETWEEN)) if base else ()
                shown = tuple(texts.get(column.key, "") for column in cells.SHOWN)
                outcome = texts.get(cells.OUTCOME.key, "")
                statements.append(cells.BookStatement(name, sheet.name, about, shown, typed, outcome))
    if not n_tables:
        return ReadBook(fault="không còn cột quyết định")
    return ReadBook(tuple(statements), keys.get("digest", ""), remarks_read=marked_as_read(book))


@dataclass(frozen=True)
class DecisionBook:
    """A workbook of decisions in the workspace, as it was read."""

    path: Path
    data: bytes
    read: ReadBook


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row as it is written.

    part: its sheet.
    base: the facts it is about.
    shown: what the officer reads, as in ``cells.SHOWN``.
    typed: what stands in the cells to be typed in.
    choices: what may be chosen; none where nothing may be decided any more.
    outcome: what became of what was typed.
    decided: whether it tells a decision in force.
    moot: whether it is kept for what was typed alone.
    """

    part: Part
    base: tuple[str, ...]
    shown: tuple[str, ...]
    typed: cells.Typed = cells.NOTHING_TYPED
    choices: tuple[str, ...] = ()
    outcome: str = ""
    decided: bool = False
    moot: bool = False


def row_of(matter: Matter, typed: cells.Typed = cells.NOTHING_TYPED, outcome: str = "") -> BookRow:
    """The row of a matter, with what was typed into it before."""
    texts = (matter.name, matter.who, *matter.said)
    choices = tuple(option.words for option in matter.options)
    return BookRow(matter.part, matter.base, texts, typed, choices, outcome, bool(matter.decided))


def digest_of(
    rows: Sequence[BookRow], notice: Sequence[str], remarks: Iterable[Remark], read: Collection[str]
) -> str:
    """Name all that a book shows, ``read`` remarks as such; one made of the same need not be written."""
    told = (f"{remark.digest} {remark.digest in read}" for remark in remarks)
    shown = [(r.part, r.base, r.shown, r.choices, r.outcome, r.moot) for r in rows]
    return sha256(repr((*notice, *told, *shown)).encode()).hexdigest()[:16]


def find_books(
    workspace: Workspace, tell: Callable[[str], None], *, typed: bool = False
) -> tuple[DecisionBook, ...]:
    """Read every workbook of decisions but those in the inbox, the own first; tell what can't be used.

    ``typed``: nothing but what was typed is wanted, so that a workbook still as the program left it, with
    nothing typed in it, need not be read.
    """
    for path in sorted(workspace.inbox.rglob(f"{STEM}*.xlsx")):
        tell(
            f"Không đọc {workspace.relative(path)}: tệp ở thư mục nhận là của nơi khác gửi. "
            "Sổ của cơ quan mình thì chuyển ra thư mục làm việc."
        )
    books = []
    for path in book_paths(workspace):
        try:
            data = read_file(path)
        except OSError:
            tell(f"Chưa đọc được {path.name}: tệp đang bị khóa. Đóng sổ trong Excel rồi chạy lại.")
            continue
        if typed and (digest := digest_as_left(workspace, data)):
            read = ReadBook(digest=digest)
        else:
            read = read_book(path.name, data, workspace.profile, workspace.period)
        if read.fault:
            tell(f"Chưa đọc được {workspace.relative(path)}: {read.fault}")
        else:
            books.append(DecisionBook(path, data, read))
    return tuple(books)


def statements_of(books: Iterable[DecisionBook]) -> tuple[cells.BookStatement, ...]:
    """Every row of every workbook."""
    return tuple(s for book in books for s in book.read.statements)


def write_books(
    year: OpenYear,
    books: Sequence[DecisionBook],
    outcomes: Mapping[cells.BookStatement, Recorded],
    tell: Callable[[str], None],
) -> tuple[Matter, ...]:
    """Bring every workbook up to date, the program's own too where there is none yet; return the matters.

    What is typed stays in its row until it is in the register. A book that is open elsewhere, or was saved
    meanwhile, stays as it is.
    """
    matters = matters_of(year)
    own = own_book(year.workspace)
    there = {book.path for book in books}
    if hidden := Counter(m.part for m in matters if not m.decided).most_common(1):
        part, n = hidden[0]
        if n > MOST_SHOWN:
            tell(f"Trang “{part}” hiện {MOST_SHOWN} việc hại nhất, còn {n - MOST_SHOWN} việc hiện sau.")
    if (matters or unread_remarks(year.dataset)) and own not in there and not own.exists():
        _write(year, own, None, _rows(year, matters, (), outcomes), "", tell)
    for book in books:
        rows = _rows(year, matters, book.read.statements, outcomes)
        _write(year, book.path, book.data, rows, book.read.digest, tell)
    return matters


def _write(
    year: OpenYear,
    path: Path,
    before: bytes | None,
    rows: Sequence[BookRow],
    digest: str,
    tell: Callable[[str], None],
) -> None:
    notice, read = year.workspace.notice, year.dataset.remarks_read
    remarks = remarks_of(year.dataset)
    made_of = digest_of(rows, notice, remarks, read)
    if made_of == digest:
        return
    if is_open_elsewhere(path):
        tell(f"{path.name} đang mở: đóng sổ rồi chạy lại để thấy kết quả trong sổ.")
        return
    from dvctt_report.decide.workbook import book_bytes  # only here: it brings what writes workbooks

    workspace = year.workspace
    office = workspace.office.ten
    plan = workspace.profile.plan.code
    content = book_bytes(rows, plan, year.period, office, year.as_of, notice, remarks, read)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if before is not None:
            if read_file(path) != before:
                tell(f"{path.name} vừa được lưu lại: chạy lại để đọc nội dung mới.")
                return
            kept = workspace.register.parent / _KEPT  # as its people left it: nothing they did is lost
            kept.mkdir(parents=True, exist_ok=True)
            replace_file(kept / f"{year.as_of:%Y-%m-%d %H%M%S.%f} {path.name}", before)
            for old in sorted(kept.glob("*.xlsx"))[:-_MOST_KEPT]:
                old.unlink(missing_ok=True)
        replace_file(path, content)
        if path == own_book(workspace) and not any(any(row.typed) for row in rows):
            note_left(workspace, content, made_of)
    except OSError:
        tell(f"Chưa ghi được {path.name}: đóng sổ trong Excel rồi chạy lại.")
        return
    note_file(path)


def _rows(
    year: OpenYear,
    matters: Sequence[Matter],
    statements: Sequence[cells.BookStatement],
    outcomes: Mapping[cells.BookStatement, Recorded],
) -> list[BookRow]:
    """The rows of one workbook: every matter with what was typed about it, then what is about none."""
    names = year.profile.roster.short_names
    # On the sheet of decisions only what is not taken back there was typed.
    there = (s for s in statements if s.sheet != Part.DECIDED or (not s.base and says_something(s)))
    open_rows = [s for s in there if any(s.typed)]
    about = {fact: s for s in reversed(open_rows) for fact in facts(s.base)}
    rows, told, shown = [], set[cells.BookStatement](), Counter[Part]()
    for matter in matters:
        if matter.decided:
            first = matter.decided[0]
            kind, _, basis = first.basis.partition(": ")
            if first.document:
                kind, basis = DOCUMENT, first.document
            reasons = "; ".join(dict.fromkeys(each.reason for each in matter.decided))
            choice = chosen(matter.decided, names)
            decided = cells.Typed(*choice, reasons, kind, basis, first.authority, first.follower)
            rows.append(row_of(matter, decided))
            continue
        said = next((about[fact] for fact in matter.base if fact in about), None) if about else None
        shown[matter.part] += 1
        if said is None or said in told:
            rows += [row_of(matter)] if shown[matter.part] <= MOST_SHOWN else []
            continue
        told.add(said)
        typed, words = said.typed, said.outcome if said.typed.choice else ""
        if (outcome := outcomes.get(said)) is not None:  # all of it stays until it is taken
            typed, words = cells.Typed(follower=typed.follower) if outcome.taken else typed, outcome.words
        rows.append(row_of(matter, typed, words))
    for said in open_rows:
        outcome = outcomes.get(said)
        # About a matter that is gone more than who follows it up has to stay.
        if said not in told and any(said.typed[:-2]) and not (outcome and outcome.taken):
            part = next((p for p in Part if p.value == said.sheet), Part.MINE)
            words = outcome.words if outcome is not None else said.outcome
            rows.append(
                BookRow(part, said.base, said.shown, said.typed, (said.typed.choice,), words, moot=True)
            )
    return rows
