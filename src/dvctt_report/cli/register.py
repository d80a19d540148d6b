"""``dvctt-report register``: the register of received files, and the officer's decisions about them."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dvctt_report.cli.ask import ask, confirm, numbered
from dvctt_report.cli.comparisons import comparison_json, print_comparison
from dvctt_report.cli.options import (
    Format,
    InFull,
    MaybeUnit,
    Output,
    UnitArgument,
    When,
    argument,
    find_unit,
    flag,
    option,
)
from dvctt_report.cli.screen import (
    STATUS_NAMES,
    date_or_blank,
    print_json,
    print_table,
    record_json,
    say,
    tell,
)
from dvctt_report.cli.session import open_workspace, open_year
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.deciding.grounds import Grounds, officer, required
from dvctt_report.deciding.record import record, recorded
from dvctt_report.errors import CannotRun
from dvctt_report.file_names import format_content, format_file, known_as, last_name, received_name
from dvctt_report.grouping import by_key
from dvctt_report.loader import OpenYear, has_register, read_registered
from dvctt_report.model import Choice, Decision, Return, Severity
from dvctt_report.opening import read_file
from dvctt_report.personal import in_full, shown
from dvctt_report.plan.model import Unit
from dvctt_report.receiving import enter_incoming, write_book
from dvctt_report.register import Receipt
from dvctt_report.vietnamese import format_date
from dvctt_report.workspace import BOOK, Workspace

if TYPE_CHECKING:
    from dvctt_report.intake.book import Book
    from dvctt_report.intake.incoming import Incoming

HELP = (
    "Văn bản gửi sau tự thay văn bản gửi trước, theo ngày gửi. Hai tệp khác nhau cùng ngày gửi hoặc không rõ "
    "ngày thì phải chọn. Mọi tệp đã nhận và mọi quyết định đều được giữ lại."
)

_NAMED = "Tên tệp, đường dẫn, hoặc ít nhất sáu ký tự đầu của mã tệp (xem bằng lệnh register list)"
File: TypeAlias = Annotated[str, argument("TỆP", f"{_NAMED}.")]
FileOrRow: TypeAlias = Annotated[str, argument("TỆP", f"{_NAMED}; hoặc số của việc trong sổ việc cần xử lý.")]

_SHORTEST_CODE = 6


def find_return(wanted: str, returns: Sequence[Return]) -> Return:
    """The one file meant by path, name or beginning of its SHA-256. Raises CannotRun for none, or several."""
    name = _normal(known_as(wanted.replace("\\", "/"))).removeprefix("./")
    ways = (
        [r for r in returns if name in (_normal(r.file), _normal(format_file(r.file)))],
        [r for r in returns if _normal(r.file).endswith("/" + name)],
        [r for r in returns if name.endswith("/" + _normal(r.file))],
        [r for r in returns if len(name) >= _SHORTEST_CODE and r.sha256.startswith(name)],
    )
    found = {r.sha256: r for r in next((way for way in ways if way), [])}
    if not found:
        raise CannotRun(
            f"Không thấy tệp “{wanted}” trong sổ nhận.",
            "Chép tệp vào thư mục nhận rồi chạy dvctt-report collect; xem tên: dvctt-report register list",
        )
    if len(found) > 1:
        listed = "; ".join(format_content(r.file, r.sha256) for r in found.values())
        raise CannotRun(
            f"“{wanted}” chỉ nhiều tệp khác nhau: {listed}.", "Ghi mã tệp trong ngoặc thay tên tệp."
        )
    return next(iter(found.values()))


def _of_row(file: str, year: OpenYear) -> str:
    """The code of the file that a row of the workbook is about; a file that is named otherwise as it is."""
    from dvctt_report.deciding.books import is_number, matter_numbered

    if not is_number(file):
        return file
    matter = matter_numbered(year, file).matter
    if not matter.file or len(matter.base) > 1:
        raise CannotRun(
            f"Việc số {file} không phải về một tệp.",
            "Nêu tên tệp hoặc mã tệp; xem: dvctt-report register list",
        )
    return matter.file


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


_LIST = "Cột “Mã tệp” nhận ra nội dung tệp dù đổi tên; dùng thay tên tệp ở các lệnh register khác."

_CHOICES = {Choice.USE: "chọn", Choice.REJECT: "loại", Choice.ASSIGN: "xác định đơn vị của"}

_GONE = "không còn trong thư mục"

_REJECTED = "bị loại"


def list_files(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """List what the register holds of the year."""
    year = open_year(ctx, period)
    workspace, lines = year.workspace, tuple(_lines(year))
    kept = recorded(workspace, Decision)
    if output is Format.JSON:
        listed = [record_json(d) for d in kept]
        print_json({**workspace.period.as_json(), "files": list(lines), "decisions": listed})
        return
    _print(workspace, lines, kept)


def _lines(year: OpenYear) -> Iterator[dict[str, Any]]:
    """A line for each receipt by file name, files of a .zip or mail in its place; the former ones after."""
    found = by_key((received_name(received.file), received) for received in year.collected.returns)
    known, told = year.known, set[tuple[str, str]]()
    for receipt in (*known.receipts, *known.former):
        present = receipt in known.receipts
        same = [
            r for r in found.get(receipt.file, ()) if receipt.sha256 == r.sha256 or r.file != receipt.file
        ]
        new = [r for r in same if (r.file, r.sha256) not in told]
        told.update((r.file, r.sha256) for r in new)
        yield from (_line(receipt, r, present) for r in new)
        if not new:
            yield _line(receipt, None, present)


def _line(receipt: Receipt, received: Return | None, present: bool) -> dict[str, Any]:
    said = received.submission if received else None
    return {
        "file": received.file if received else receipt.file,
        "sha256": received.sha256 if received else receipt.sha256,
        "first_seen": receipt.first_seen.isoformat(),
        "present": present,
        "unit": (received.unit or None) if received else None,
        "status": str(received.status) if received else None,
        "document": said.document_number if said else "",
        "sent_on": said.sent_on.isoformat() if said and said.sent_on else None,
        "channel": said.channel if said else "",
    }


def _print(workspace: Workspace, lines: tuple[dict[str, Any], ...], decisions: tuple[Decision, ...]) -> None:
    names = workspace.profile.roster.short_names
    status_names = {str(status): name for status, name in STATUS_NAMES.items()}
    rejected = {d.sha256 for d in decisions if d.choice is Choice.REJECT and d.undone_on is None}
    rows = [
        (
            line["sha256"][:8],
            last_name(line["file"]),
            names.get(line["unit"], "–"),
            _REJECTED if line["sha256"] in rejected else status_names.get(line["status"], _GONE),
            _document(line),
        )
        for line in lines
    ]
    headers = ("Mã tệp", "Tệp", "Đơn vị", "Tình trạng", "Văn bản")
    print_table(headers, rows, f"Sổ nhận báo cáo {workspace.period.words}")
    for decision in decisions:
        say(_decision_text(decision))


def _document(line: dict[str, Any]) -> str:
    from datetime import date

    sent_on = date.fromisoformat(line["sent_on"]) if line["sent_on"] else None
    return ", ".join(part for part in (line["document"], date_or_blank(sent_on), line["channel"]) if part)


def _decision_text(decision: Decision) -> str:
    day = format_date(decision.when.date())
    file = format_content(decision.file, decision.sha256)
    text = f"{day}, {decision.who}: {_CHOICES[decision.choice]} {file}"
    if decision.reason:
        text += f", lý do: {decision.reason}"
    if decision.undone_on is not None:
        text += f" – đã hoàn lại ngày {format_date(decision.undone_on.date())} ({decision.undone_by})"
    return text


_CHANGES = (
    "Văn bản gửi sau đã thay những ô nào của văn bản gửi trước; các tệp chưa chọn khác nhau ở ô nào. Không "
    "nêu đơn vị thì xem mọi đơn vị."
)


def show_changes(
    ctx: typer.Context,
    unit: MaybeUnit = None,
    period: When = None,
    output: Output = Format.TABLE,
    whole: InFull = False,
) -> None:
    """Show every cell that differs between a unit's files."""
    from dvctt_report.intake.compare import comparisons

    year = open_year(ctx, period)
    returns = year.collected.returns
    whose = find_unit(year.profile, year.profile.units(year.period), unit).code if unit else ""
    found = [c for c in comparisons(returns) if whose in ("", c.new.unit)]
    with in_full(whole):
        if output is Format.JSON:
            print_json({**year.period.as_json(), "comparisons": [comparison_json(c) for c in found]})
            return
        if not found:
            say("Không có tệp nào thay cho tệp khác hoặc chờ chọn.")
        for comparison in found:
            print_comparison(comparison, year.profile)


_USE = (
    "Các tệp khác của đơn vị đã nhận đến lúc này không được dùng, nhưng vẫn được giữ. Tệp đến sau vẫn được "
    "xét như thường lệ. Tệp đã bị ghi đè hoặc chuyển đi cũng chọn lại được, bằng mã tệp."
)


def use_file(
    ctx: typer.Context,
    file: FileOrRow,
    nth: Annotated[int | None, argument("TỆP-THỨ", "Tệp thứ mấy của việc đó, đếm từ 1.")] = None,
    period: When = None,
) -> None:
    """Keep the decision that ``file`` is the one that counts."""
    from dvctt_report.deciding import decisions
    from dvctt_report.deciding.books import is_number
    from dvctt_report.deciding.taking import all_returns

    year = open_year(ctx, period)
    workspace = year.workspace
    wanted = _file_of_row(file, nth, year) if is_number(file) else file
    returns = all_returns(workspace, tell)
    chosen = find_return(wanted, returns)
    decision = decisions.use_file(returns, chosen, Grounds(officer(), datetime.now()))
    name = workspace.profile.roster.unit(chosen.unit).short_name
    say(f"{_kept(workspace, decision, 'Đã chọn')} của {name}.")
    say(f"Hoàn lại: dvctt-report register undo {chosen.sha256[:8]}")


def _kept(workspace: Workspace, decision: Decision, done: str) -> str:
    """Keep a decision about a file, and begin the sentence that says so."""
    (new,) = record(workspace, [decision])
    return f"{done if new else f'{done} từ trước'} tệp {format_content(decision.file, decision.sha256)}"


def _file_of_row(number: str, nth: int | None, year: OpenYear) -> str:
    """The file that is used of those a row of the workbook is about: the ``nth``, else what is answered."""
    from dvctt_report.deciding.books import matter_numbered
    from dvctt_report.report.ways import Way

    matter = matter_numbered(year, number).matter
    offered = [option for option in matter.options if option.way is Way.USE]
    if not offered:
        raise CannotRun(
            f"Việc số {number} không phải về chọn tệp.",
            "Nêu tên tệp hoặc mã tệp; xem: dvctt-report register list",
        )
    say(f"Việc {number} · {matter.who}:")
    for n, one in enumerate(offered, 1):
        say(f"  {n} {one.words}")
    answer = str(nth) if nth is not None else ask("Tệp thứ mấy") if is_terminal(sys.stdin) else ""
    chosen = numbered(answer, offered)
    if chosen is None:
        raise CannotRun(
            "Chưa nêu tệp thứ mấy.", f"Ghi số sau số của việc: dvctt-report register use {number} 1"
        )
    return chosen.about


_ASSIGN = (
    "Dùng khi mã của biểu, số văn bản, tên tệp, người ký … nói đến hai đơn vị, hoặc tệp (bản quét, bảng khác "
    "mẫu) chưa rõ của ai. Tệp ghi trên biểu cấp cho đơn vị khác vẫn được đọc nếu biểu đó hỏi đủ nội dung đơn "
    "vị phải báo cáo."
)


def assign_file(ctx: typer.Context, file: FileOrRow, unit: UnitArgument, period: When = None) -> int:
    """Keep the decision whose ``file`` is; 1 where not all can be read as that unit's."""
    from dvctt_report.deciding import decisions
    from dvctt_report.deciding.taking import all_returns

    year = open_year(ctx, period)
    workspace = year.workspace
    found = find_return(_of_row(file, year), all_returns(workspace, tell))
    whose = find_unit(year.profile, year.profile.units(year.period), unit)
    decision = decisions.assign_file(found, whose, Grounds(officer(), datetime.now()))
    say(f"{_kept(workspace, decision, 'Đã xác định')} là của {whose.short_name}.")
    became = [r for r in open_year(ctx, period).collected.returns if r.sha256 == found.sha256]
    lacking = [f for r in became[:1] for f in r.findings if f.severity is Severity.ERROR and not f.item]
    for finding in lacking:
        say(f"Chưa có đủ số liệu: {finding.message}. {finding.fix}")
    say(f"Hoàn lại: dvctt-report register undo {found.sha256[:8]}")
    return int(bool(lacking))


_REJECT = "Tệp bị loại vẫn được giữ trong sổ nhận, kèm người loại, thời điểm và lý do."


def reject_file(
    ctx: typer.Context,
    file: FileOrRow,
    reason: Annotated[str, option("--reason", "LÝ-DO", "Vì sao loại, ví dụ “đơn vị xin rút”.")],
    period: When = None,
) -> None:
    """Keep the decision that ``file`` is not to be used."""
    from dvctt_report.deciding import decisions
    from dvctt_report.deciding.taking import all_returns

    year = open_year(ctx, period)
    workspace = year.workspace
    why = required(reason, "--reason", "lý do loại tệp")
    rejected = find_return(_of_row(file, year), all_returns(workspace, tell))
    decision = decisions.reject_file(rejected, Grounds(officer(), datetime.now(), why))
    say(f"{_kept(workspace, decision, 'Đã loại')}: {shown(why)}")
    say(f"Hoàn lại: dvctt-report register undo {rejected.sha256[:8]}")


_UNDO = (
    "Hoàn lại quyết định sau cùng; quyết định trước đó về tệp ấy được nêu. Quyết định đã hoàn lại vẫn được "
    "ghi trong sổ nhận, kèm người hoàn lại và thời điểm."
)


def undo_choice(ctx: typer.Context, file: File, period: When = None) -> None:
    """Take back the latest decision about ``file``; one before it still stands, and is named."""
    from dvctt_report.deciding.taking import all_returns

    workspace = open_workspace(ctx, period)
    found = find_return(file, all_returns(workspace, tell))
    in_force = [one for one in recorded(workspace, Decision, undone=False) if one.sha256 == found.sha256]
    if not in_force:
        raise CannotRun(
            f"Chưa có quyết định nào về tệp “{format_file(found.file)}”.", "Xem: dvctt-report register list"
        )
    *left, undone = in_force
    record(workspace, undone=[undone])
    say(f"Đã hoàn lại quyết định {_CHOICES[undone.choice]} tệp {format_content(found.file, found.sha256)}.")
    for one in reversed(left):
        unit = workspace.profile.roster.short_names.get(one.unit, one.unit)
        whose = f" (của {unit})" if one.choice is Choice.ASSIGN else ""
        day = format_date(one.when.date())
        say(
            f"Còn quyết định {_CHOICES[one.choice]} tệp này{whose}, {one.who} ghi ngày {day}. Hoàn lại nữa: "
            f"dvctt-report register undo {found.sha256[:8]}"
        )


_BOOK = (
    "Sổ so-theo-doi.xlsx nằm trong thư mục ky-bao-cao, thư mục của kỳ, có sẵn danh sách đơn vị. Nội dung đã "
    "ghi không bao giờ bị thay; chạy lại chỉ thêm đơn vị còn thiếu."
)


def make_book(ctx: typer.Context, period: When = None) -> None:
    """Make the tracking book, or add what it lacks."""
    workspace = open_workspace(ctx, period)
    known = read_registered(workspace).entries if has_register(workspace) else ()
    say(write_book(workspace, known) or f"Sổ theo dõi {BOOK} đã đủ các đơn vị của {workspace.period.words}.")
    say(f"Mở bằng Excel: {workspace.book}")


_INCOMING = (
    "Đọc danh sách văn bản đến do hệ thống quản lý văn bản xuất ra (.xlsx, .xls, HTML): cột nhận theo tiêu "
    "đề, không theo vị trí. Văn bản có trích yếu về dịch vụ công trực tuyến được đề nghị thành dòng của sổ "
    "theo dõi: số, ký hiệu, ngày văn bản, ngày đến, kênh QLVB. Dòng đã ghi trong sổ không bị thay, chỉ thêm "
    "ngày đến. Nơi gửi chưa rõ là đơn vị nào thì hỏi, không hỏi được thì chỉ nêu.\n\n"
    "Mã thoát: 0 mọi dòng đã rõ; 1 còn dòng phải xem; 2 không chạy được."
)


def enter_list(
    ctx: typer.Context,
    file: Annotated[Path, argument("TỆP", "Danh sách văn bản đến.")],
    period: When = None,
    yes: Annotated[bool, flag("--yes", "Ghi luôn các dòng đã rõ, không hỏi.")] = False,
) -> int:
    """Propose rows for the tracking book from a list of incoming documents. Returns 1 where some are open."""
    from dvctt_report.intake.incoming import NotAList, not_yet_there, parse_incoming

    workspace = open_workspace(ctx, period)
    book = _book_of(workspace)
    try:
        found = parse_incoming(read_file(file), workspace.profile, workspace.period)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy tệp “{file}”.", "Nêu đúng tên tệp danh sách văn bản đến.") from None
    except NotAList as error:
        raise CannotRun(f"Không đọc được “{file.name}” như danh sách văn bản đến. {error}", "") from None
    new = tuple(not_yet_there(found.documents, book.entries))
    n_there = len(found.documents) - len(new)
    say(
        f"Danh sách có {found.n_rows} văn bản, {len(found.documents)} văn bản về dịch vụ công trực tuyến"
        + (f", {n_there} văn bản đã có trong sổ theo dõi." if n_there else ".")
    )
    chosen = list(_chosen(new, ask_for=is_terminal(sys.stdin) and not yes))
    left = [document for document in new if document not in {own for own, _ in chosen}]
    if chosen and (yes or (is_terminal(sys.stdin) and confirm(f"Ghi {len(chosen)} dòng vào sổ?", True))):
        path = enter_incoming(workspace, [document.entry(unit) for document, unit in chosen])
        say(f"Đã ghi {len(chosen)} dòng vào {workspace.relative(path)}; chạy collect để dùng.")
    elif chosen:
        say("Chưa ghi gì. Ghi các dòng đã rõ: thêm --yes")
    for document in left:
        say(f"Chưa ghi, dòng {document.row}: {document.number}, {document.sender}: {document.why}.")
    return 1 if left else 0


def _chosen(documents: Sequence[Incoming], ask_for: bool) -> Iterator[tuple[Incoming, Unit]]:
    """Yield each document with its unit: the clear ones, and those that the officer says whose they are."""
    for document in documents:
        unit = document.units[0] if document.is_clear else None
        if unit is None and ask_for and document.units:
            unit = _asked_whose(document)
        if unit is not None:
            day = date_or_blank(document.sent_on)
            say(f"  {unit.code}  {unit.short_name}: {document.number}, {day}")
            yield document, unit


def _asked_whose(document: Incoming) -> Unit | None:
    """Ask which unit sent a document; None for none of those proposed."""
    say(f"Dòng {document.row}: {document.number}, nơi gửi “{document.sender}”: {document.why}.")
    for n, unit in enumerate(document.units, 1):
        say(f"  {n} {unit.name}")
    return numbered(ask("Của đơn vị số mấy (Enter để bỏ qua)"), document.units)


def _book_of(workspace: Workspace) -> Book:
    """The tracking book, made where there is none. Raises CannotRun where it can't be used."""
    from dvctt_report.loader import read_tracking_book

    if not workspace.book.exists():
        say(write_book(workspace, ()))
    book = read_tracking_book(workspace)
    if book is None or not book.usable:
        raise CannotRun("Sổ theo dõi chưa dùng được.", "Xem lý do: dvctt-report collect")
    return book


COMMANDS = (
    ("list", "Liệt kê mọi tệp đã nhận, văn bản, ngày gửi và quyết định.", list_files, _LIST),
    ("changes", "Xem từng ô khác nhau giữa các lần gửi của một đơn vị.", show_changes, _CHANGES),
    ("use", "Chọn tệp được dùng khi một đơn vị gửi nhiều tệp.", use_file, _USE),
    ("assign", "Cho biết một tệp là của đơn vị nào.", assign_file, _ASSIGN),
    ("reject", "Loại một tệp, có lý do.", reject_file, _REJECT),
    ("undo", "Hoàn lại quyết định sau cùng về một tệp.", undo_choice, _UNDO),
    ("book", "Lập sổ theo dõi, thêm đơn vị còn thiếu.", make_book, _BOOK),
    ("incoming", "Ghi sổ theo dõi từ danh sách văn bản đến.", enter_list, _INCOMING),
)
