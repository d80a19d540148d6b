"""``dvctt-report publish``: the signed report with its number and day, checked and kept for good."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import typer

from dvctt_report.cli.ask import ask
from dvctt_report.cli.made import told_as_json
from dvctt_report.cli.options import Format, parse_day
from dvctt_report.cli.screen import is_terminal, print_json, say, say_list
from dvctt_report.cli.session import find_period, open_year
from dvctt_report.decide.check import finals
from dvctt_report.decide.check.check import format_section
from dvctt_report.decide.check.document import PrintedReport
from dvctt_report.decide.decisions import officer
from dvctt_report.files.manifests import unpacked
from dvctt_report.files.writing import note_file
from dvctt_report.model.period import Period
from dvctt_report.papers.years.case_file import FOLDER as CASES
from dvctt_report.papers.years.case_file import LIST, make_case_file
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.store.published.keep import RightNumber, SignedDocument, publish, put_right
from dvctt_report.store.published.record import (
    Publication,
    changes,
    digest_of,
    every_publication,
    publications,
)
from dvctt_report.store.workspace import Workspace, period_folders
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import clean_text, first_letter_capital, format_date
from dvctt_report.year.loader import has_register, require_register

_AS_DATED = "Ghi ngày trên văn bản đã ký."
NO_TEXT = "bản ký chỉ có hình ảnh, không đọc được chữ nên không đối chiếu được"


def run(
    ctx: typer.Context,
    file: Path | None = None,
    number: str = "",
    day: str = "",
    reason: str = "",
    check: bool = False,
    period: Period | None = None,
    output: Format = Format.TABLE,
) -> int:
    """Check the signed file and keep it, or look whether what was kept is as it was.

    Returns 1, and nothing is kept, for differences without a reason; 1 too where what was kept has changed.
    """
    workspace = find_period(ctx, period)
    if check:
        return _check(workspace, output)
    if output is Format.JSON:
        ctx.with_resource(told_as_json())
    require_register(workspace)
    drawn_up = finals.require_finals(workspace)
    path = file or Path(_asked("Bản đã ký, tệp .pdf hoặc .docx (kéo thả vào đây)", "--file").strip("\"' "))
    signed = finals.read_signed(path)
    digest = digest_of(path)
    issued: dict[str, Publication] = {}
    for again in publications(workspace, workspace.period):
        record = again.record()
        if {"file": record["signed"], "sha256": digest} in record["files"]:
            return _put_right(workspace, again, signed, number, day, reason)
        issued[record["rendering"]] = again
    own = finals.candidates(drawn_up, signed)
    if len(own) == 1 and own[0].id in issued:
        raise _already(issued[own[0].id])
    number = number or _asked("Số văn thư cấp, ví dụ 386", "--number")
    dated = _day(day or _asked("Ngày ghi trên văn bản, ví dụ 25/11/2025", "--date"))
    found, number = _final(own, signed, number, dated)
    if found.report.id in issued:
        raise _already(issued[found.report.id])
    _refuse_wrong(workspace, signed, number, dated)
    _tell_differences(signed, found.differences)
    differs = bool(found.differences) or not signed.is_readable
    reason = clean_text(reason).strip()
    if differs and not reason and is_terminal(sys.stdin):
        reason = ask("Vì sao vẫn ghi bản này (Enter: chưa ghi gì)")
    if differs and not reason:
        say('Chưa ghi gì. Đúng là bản đã ký thì nêu lý do: thêm --reason "…".')
        return 1
    report, signed_as = found.report, f"ban-ky{path.suffix.lower()}"
    kind, subject = finals.subject_of(report)
    told = {
        "text": report.text,
        "rendering": report.id,
        "type": kind,
        "subject": subject,
        "issuer": workspace.office.ten,
        "signed_name": path.name,
        "as_of": report.as_of.isoformat(timespec="minutes"),
        "differences": [asdict(one) for one in found.differences],
        "reason": masked(reason),
    }
    files = {name: unpacked(file) for name, file in finals.files_of(workspace, report).items()}
    manifest = f"{DEPARTMENT.stem}-{workspace.period}.json"
    document = SignedDocument(number, dated, manifest, signed_as, {signed_as: read_file(path), **files}, told)
    kept = publish(workspace, document, officer(), datetime.now())
    for one in sorted(kept.folder.iterdir()):
        note_file(one)
    say(f"Đã ghi: {kept.record()['type']} {kept.cited}, {workspace.period.words}.")
    say(f"Bản ký và nguồn của từng con số giữ ở: {workspace.relative(kept.folder)}")
    say("Kiểm tra sau này có gì bị đổi không: dvctt-report publish --check")
    return 0


def _check(workspace: Workspace, output: Format) -> int:
    """Name everything that changed since it was published. Returns 1 where anything did."""
    period = workspace.period
    has_register(workspace)
    published = publications(workspace, period)
    known = {one.folder for one in published}
    folders = sorted(workspace.published_of(period).glob("[!.]*/"))
    strange = [workspace.relative(folder) for folder in folders if folder not in known]
    if not published and not strange:
        others = (other for other, _ in period_folders(workspace.root) if publications(workspace, other))
        commands = "; ".join(f"dvctt-report publish --check --year {other}" for other in others)
        elsewhere = f". Kỳ đã phát hành: {commands}" if commands else ""
        raise CannotRun(
            f"Chưa phát hành báo cáo nào của {period.words}.",
            f"Ghi số, ngày và bản đã ký: dvctt-report publish{elsewhere}",
        )
    found = {one: tuple(changes(workspace, one)) for one in published}
    if output is Format.JSON:
        listed = [
            {
                "document": one.row.document,
                "dated": one.row.dated.isoformat(),
                "who": one.row.who,
                "when": one.row.when.isoformat(),
                "corrections": list(one.corrections),
                "changes": list(changed),
                "folder": workspace.relative(one.folder),
            }
            for one, changed in found.items()
        ]
        print_json({**period.as_json(), "publications": listed, "unregistered": strange})
        return int(any(found.values()) or bool(strange))
    for one, changed in found.items():
        say(f"Báo cáo {one.cited}: {'còn nguyên như lúc phát hành.' if not changed else ''}".rstrip())
        say(*(f"  - {line}" for line in (*one.corrections, *changed)))
    for folder in strange:
        say(f"Thư mục {folder} không có trong sổ nhận: không phải bản đã phát hành.")
    if not any(found.values()) and not strange:
        return 0
    cases = sorted((workspace.root / CASES).glob(f"ho-so-{period}*"))
    kept = f"hồ sơ đã lập ({workspace.relative(cases[0])})" if cases else "hồ sơ đã lập"
    say(
        f"Khôi phục: chép lại đúng tệp nêu trên từ {kept} hoặc từ bản sao lưu của thư mục làm việc; tệp, thư "
        f"mục lạ thì chuyển đi nơi khác; rồi chạy lại: dvctt-report publish --check --year {period}. Chương "
        "trình không tự sửa."
    )
    return 1


def _put_right(
    workspace: Workspace,
    published: Publication,
    signed: finals.SignedText,
    number: str,
    day: str,
    reason: str,
) -> int:
    """Put a mistyped number or day right. Returns 1, and nothing changes, where no reason is given."""
    from dvctt_report.decide.check.finals import final_reports

    if not (number or day) and is_terminal(sys.stdin):
        say(f"Bản này đã phát hành: {published.cited}. Ghi nhầm thì ghi lại dưới đây.")
        number = ask("Số đúng (Enter: giữ như đã ghi)")
        day = ask("Ngày đúng trên văn bản (Enter: giữ như đã ghi)")
    former, dated = published.row, _day(day) if day else published.row.dated
    own = [one for one in final_reports(workspace) if one.id == published.record()["rendering"]]
    if own:
        found, number = _final(own, signed, number or former.document, dated)
    if not own or (number, dated) == (former.document, former.dated):
        raise _already(published)
    _refuse_wrong(workspace, signed, number, dated, published)
    _tell_differences(signed, found.differences)
    reason = clean_text(reason).strip()
    if not reason and is_terminal(sys.stdin):
        reason = ask("Vì sao ghi lại số, ngày (Enter: không ghi lại)")
    if not reason:
        say('Chưa ghi lại gì. Ghi lại số, ngày phải có lý do: thêm --reason "…".')
        return 1
    right = RightNumber(number, dated, [asdict(one) for one in found.differences], masked(reason))
    kept = put_right(workspace, published, right, officer(), datetime.now())
    say(f"Đã ghi lại: {kept.titled}, {workspace.period.words}; trước đó ghi {published.cited}.")
    say("Bản ký và các tệp đã giữ không đổi; số, ngày cũ và lý do lưu ở: dvctt-report publish --check")
    citing_old = [*finals.citing(workspace, former.document)]
    remedy = f"lập lại; đã ký thì đính chính (nay {kept.cited})"
    say_list(f"Văn bản còn dẫn số, ngày cũ, {len(citing_old)}: {remedy}:", citing_old)
    say("Hồ sơ đã lập trước đó ghi số cũ: lập lại bằng dvctt-report archive.")
    return 0


def _already(one: Publication) -> CannotRun:
    return CannotRun(
        f"Bản này đã phát hành: {one.cited}.",
        f"Bản đã phát hành giữ ở “{one.folder}”, không ghi đè. Ghi nhầm số, ngày thì chạy lại với chính tệp "
        'đã ký đó, kèm --number, --date đúng và --reason "…".',
    )


def _refuse_wrong(
    workspace: Workspace, signed: finals.SignedText, number: str, dated: date, own: Publication | None = None
) -> None:
    """Raise CannotRun for a number or day that is not the signed file's, taken, or out of order.

    ``own``: the publication that number and day are put right of; None where they are of a new one.
    """
    (shown, day), told, said = signed.shown, number.partition("/")[0], format_date(dated)
    if shown and shown.lstrip("0") != told.lstrip("0"):
        raise CannotRun(
            f"Bản đã ký ghi số {shown}, không phải {told}.", f"Ghi đúng số trên bản đã ký: --number {shown}"
        )
    if day and day != dated:
        raise CannotRun(
            f"Bản đã ký ghi ngày {format_date(day)}, không phải {said}.",
            f"Ghi đúng ngày trên bản đã ký: --date {format_date(day)}",
        )
    known = every_publication(workspace)
    for one in known:
        if one != own and (one.row.document, one.row.dated.year) == (number, dated.year):
            raise CannotRun(
                f"Số {number} năm {dated.year} đã ghi cho {one.titled}.",
                "Mỗi văn bản trong năm có số riêng: xem lại số văn thư cấp cho bản này.",
            )
    place = own.row.number if own is not None else len(known) + 1
    for one in publications(workspace, workspace.period):
        if one.row.number < place and dated < one.row.dated:
            raise CannotRun(f"Ngày {said} trước ngày của {one.titled}.", _AS_DATED)
        if one.row.number > place and dated > one.row.dated:
            raise CannotRun(f"Ngày {said} sau ngày của {one.titled}, là văn bản ký sau.", _AS_DATED)


def _asked(question: str, option: str) -> str:
    """What is typed at the terminal. Raises CannotRun where there is none, or nothing is typed."""
    answer = ask(question) if is_terminal(sys.stdin) else ""
    if not answer:
        raise CannotRun(
            f"Chưa nêu {option}.",
            'Ví dụ: dvctt-report publish --file "BC.pdf" --number 386 --date 25/11/2025',
        )
    return answer


def _day(said: str) -> date:
    day = parse_day(said, "25/11/2025", date.today())
    if day > date.today():
        raise CannotRun(f"Ngày {format_date(day)} chưa tới.", _AS_DATED)
    return day


def _final(
    own: Sequence[PrintedReport], signed: finals.SignedText, number: str, dated: date
) -> tuple[finals.FoundFinal, str]:
    """The final report that was signed, and its whole number. Raises CannotRun where they don't fit."""
    found = finals.likest(own, signed, f"{number.partition('/')[0].strip().lstrip('0'):0>2}", dated)
    as_of = found.report.as_of
    if dated < as_of.date():
        raise CannotRun(
            f"Ngày {format_date(dated)} trước ngày số liệu của bản trình ký ({format_date(as_of.date())}).",
            _AS_DATED,
        )
    return found, finals.number_and_symbol(found.report, number)


def _tell_differences(signed: finals.SignedText, differences: Sequence[finals.SignedDifference]) -> None:
    if not signed.is_readable:
        say(f"Lưu ý: {NO_TEXT}.")
        return
    if not differences:
        say("Đối chiếu: bản ký đúng từng chữ, từng số với bản trình ký (không xét hình vẽ trong biểu đồ).")
        return
    say(f"Bản ký khác bản trình ký ở {len(differences)} chỗ:")
    for one in differences:
        say(f"- {first_letter_capital(format_section(one.section))}: … {one.before} […] {one.after} …")
        say(f"    bản trình ký: {one.printed or '(không có)'}")
        say(f"    bản đã ký:    {one.signed or '(không có)'}")


def archive(ctx: typer.Context, period: Period | None = None, as_of: str | None = None) -> int:
    """Write folder and .zip. Returns 1 where a file that units sent is no longer in the register."""
    year = open_year(ctx, period, as_of)
    made = make_case_file(year)
    note_file(made.packed)
    say(f"Đã lập hồ sơ {year.period.words}, {made.n_files} tệp: {made.folder}")
    say(f"Mục lục văn bản: {made.folder / LIST}")
    say(f"Tệp nén để nộp lưu: {made.packed}")
    published = publications(year.workspace, year.period)
    say(*(f"{one.titled}: {line}" for one in published for line in one.corrections))
    if not published:
        say("Lưu ý: chưa ghi bản đã ký, nên hồ sơ chưa có báo cáo đã phát hành (dvctt-report publish).")
    for file in made.missing:
        say(f"Không còn trong sổ nhận, không đưa được vào hồ sơ: {file}")
    return int(bool(made.missing))
