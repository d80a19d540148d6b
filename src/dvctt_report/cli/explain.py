"""``dvctt-report explain``: where a figure comes from, of the present data or of a report signed earlier."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dvctt_report.cli.options import AsOf, Format, Output, UnitName, When
from dvctt_report.cli.screen import print_json, say
from dvctt_report.cli.session import open_period
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.loader import has_register
from dvctt_report.vietnamese import file_stem

if TYPE_CHECKING:
    from dvctt_report.explain.account import Account
    from dvctt_report.explain.manifest import Manifest
    from dvctt_report.explain.subject import Subject
    from dvctt_report.loader import OpenPeriod

HELP = (
    "CON-SỐ là một số như in trong báo cáo (“79,96%”, 63.245), mã một mục tiêu (T10), một con số khác "
    "(HT.b.people) hoặc một đơn vị (SYT). "
    "Nêu ý nghĩa, công thức, từng ô đã cộng, đơn vị chưa cộng và lý do, các quyết định và lỗi liên quan.\n\n"
    "Với --report bao-cao-2025.json: giải trình đúng bản đã lập, kể cả khi sau đó có báo cáo gửi thêm, và "
    "nêu những gì đã thay đổi."
)


def run(
    ctx: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="CON-SỐ", help="Số như in trong báo cáo, mã mục tiêu, con số, đơn vị.")
    ],
    unit: UnitName = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="TỆP", help="Tệp .json nằm cạnh báo cáo cần giải trình."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Nêu đủ mọi đơn vị và mọi ô, không rút gọn.")
    ] = False,
    docx: Annotated[
        bool, typer.Option("--docx", help="Ghi thêm Phiếu giải trình số liệu (.docx) để in, ký.")
    ] = False,
    period: When = None,
    output: Output = Format.TABLE,
    as_of: AsOf = None,
) -> None:
    """Explain one figure."""
    from dvctt_report.cli.explain_print import print_account
    from dvctt_report.explain.changes import changes
    from dvctt_report.explain.manifest import read_manifest
    from dvctt_report.explain.subject import find_subject

    signed = read_manifest(report) if report else None
    opened = open_period(ctx, signed.period if signed else period, as_of)
    workspace = opened.workspace
    now = None if signed and not has_register(workspace) else _present(opened)
    told = signed or now
    assert told is not None
    about = find_subject(told, subject)
    one = told.unit_names.pick(unit).code if unit else ""
    account = _account(told, about, one)
    since = changes(signed, now, about, one) if signed and now else None
    version = _version(told, report)
    if output is Format.JSON:
        print_json(_as_json(told, about, one, account, version, since))
    else:
        print_account(account, version, since, everything=everything, cells=bool(one) or everything)
    if docx:
        from dvctt_report.explain.sheet import sheet_bytes
        from dvctt_report.report.issuers import issuer_of

        issuer = issuer_of(workspace, opened.as_of)
        office = (issuer.parent_name, issuer.name)
        name = "-".join(
            filter(None, ("phieu-giai-trinh", file_stem(about.code), file_stem(one) if one else ""))
        )
        content = sheet_bytes(account, office, version, since or (), whole=everything)
        path = write_beside(workspace.results / "giai-trinh" / f"{name}.docx", content)
        if output is Format.TABLE:
            say(f"\nĐã lập phiếu giải trình: {path}")


def _present(opened: OpenPeriod) -> Manifest:
    """The manifest that a report made now would have."""
    from dvctt_report.explain.manifest import Manifest
    from dvctt_report.report.figures import collect_figures
    from dvctt_report.report.manifest import build_manifest
    from dvctt_report.report.trace import build_trace

    dataset, findings, summary, lines = opened.dataset, opened.findings, opened.summary, opened.lines
    figures = collect_figures(dataset, summary)
    manifest = build_manifest(dataset, summary, figures, lines, (), opened.as_of)
    manifest["report"] = {"file": "", "sha256": ""}
    trace = build_trace(dataset, summary, findings, lines, opened.known.decisions)
    return Manifest.of(manifest | trace)


def _account(manifest: Manifest, subject: Subject, unit: str) -> Account:
    from dvctt_report.explain.account import explain_figure, explain_target, explain_unit

    match subject.kind:
        case "target":
            asked = {c["unit"] for c in manifest.contributions.get(subject.code, ())}
            if unit and unit not in asked:
                raise CannotRun(
                    f"{manifest.unit_name(unit)} không được hỏi mục tiêu {subject.code}.",
                    f"Các đơn vị được hỏi: {', '.join(c for c in manifest.units if c in asked)}.",
                )
            return explain_target(manifest, subject.code, unit)
        case "figure":
            return explain_figure(manifest, subject.code, unit)
        case "unit":
            return explain_unit(manifest, subject.code)


def _version(manifest: Manifest, report: Path | None) -> tuple[str, ...]:
    """Name the report that is explained, and say where the Word file beside is no longer that one."""
    if report is None:
        return ("Số liệu hiện có trong sổ nhận, chưa phải một báo cáo đã lập.",)
    made = manifest.data["report"]
    lines = [f"{made['file']} (mã băm SHA-256 {made['sha256'][:16]}…)"]
    beside = report.parent / made["file"]
    if not beside.is_file():
        lines.append("Không có tệp Word của báo cáo ở cạnh tệp .json.")
    elif sha256(beside.read_bytes()).hexdigest() != made["sha256"]:
        lines.append("Tệp Word ở cạnh đã được sửa sau khi lập; phiếu này theo bản lúc lập.")
    return tuple(lines)


def _as_json(
    manifest: Manifest,
    subject: Subject,
    unit: str,
    account: Account,
    version: tuple[str, ...],
    since: tuple[str, ...] | None,
) -> dict[str, Any]:
    from dataclasses import asdict

    said = asdict(account)
    said["meaning"] = [{"label": label, "text": text} for label, text in account.meaning]
    return {
        "year": manifest.period.year,
        "subject": {"kind": subject.kind, "code": subject.code, "unit": unit or None},
        "report": manifest.data["report"] if manifest.data["report"]["file"] else None,
        "version": list(version),
        "indicator": manifest.indicators.get(subject.code) if subject.kind == "target" else None,
        "account": said,
        "changes": None if since is None else list(since),
    }
