"""What the letter commands share: options, settings of the workspace, writing and what is said after."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dvctt_report.cli.days import parse_due
from dvctt_report.cli.issuers import issuer_of
from dvctt_report.cli.screen import say
from dvctt_report.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dvctt_report.letters.letter import Letter, LetterTerms
    from dvctt_report.plan.model import Unit
    from dvctt_report.report.wording import Voice

Due: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="NGÀY",
        help="Đề nghị gửi trước ngày này, ví dụ 18/11/2025; không nêu thì văn bản chừa chỗ.",
    ),
]
Final: TypeAlias = Annotated[
    bool,
    typer.Option("--final", help="Bản trình ký: bỏ dấu DỰ THẢO; không lập nếu còn chỗ để trống."),
]


def letter_voice(workspace: Workspace, as_of: datetime) -> Voice:
    """The phrases of the profile, spoken by the office as it signs letters."""
    from dvctt_report.letters.letter import with_recipients
    from dvctt_report.report.phrases import read_phrases
    from dvctt_report.report.wording import Voice

    said = workspace.settings.cong_van
    issuer = with_recipients(issuer_of(workspace, as_of), said.noi_nhan, said.nguoi_ky, said.ho_ten)
    return Voice(read_phrases(workspace.profile_folder / "phrases.toml"), issuer)


def letter_settings(workspace: Workspace, due: str | None, final: bool, as_of: datetime) -> LetterTerms:
    """What workspace and command line say about a letter. Raises CannotRun for a day that can't be meant."""
    from dvctt_report.letters.letter import LetterTerms

    said = workspace.settings.cong_van
    day = parse_due(due, as_of.date())
    return LetterTerms(day, said.dau_moi, said.phat_hanh_bieu_mau, said.da_don_doc, final)


def tell_left_out(wanted: Iterable[Unit], concerned: Iterable[Unit], why: str) -> None:
    """Name the units that were asked for and that the letter doesn't concern, with the reason."""
    there = {unit.code for unit in concerned}
    left = [unit.short_name for unit in wanted if unit.code not in there]
    if left:
        say(f"Không gửi {', '.join(left)}: {why}.")


def put_down(
    workspace: Workspace, letter: Letter, template: str, stem: str, voice: Voice, final: bool
) -> int:
    """Write the letter and say where; returns 1, and writes nothing, where a final one has blanks left."""
    from dvctt_report.letters.letter import find_blanks
    from dvctt_report.letters.write import write_letter

    blanks = find_blanks(letter, voice)
    if final and blanks:
        say(f"Chưa lập bản trình ký {stem}.docx, còn chỗ để trống: {', '.join(blanks)}.")
        say("Điền ở dvctt.toml (mục ke_hoach, bao_cao, cong_van) hoặc bằng --due, rồi chạy lại.")
        return 1
    out = workspace.results / f"{stem}.docx"
    written = write_letter(letter, workspace.profile_folder / f"{template}.docx", out, voice.issuer)
    for note in written.notes:
        say(note)
    say(f"Đã lập {'công văn' if final else 'dự thảo công văn'}: {written.path}")
    if blanks:
        say(f"  Còn để trống: {', '.join(blanks)}.")
    return 0
