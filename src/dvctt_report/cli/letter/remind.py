"""``dvctt-report letter remind``: the letters to the units that have not sent."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

import typer

from dvctt_report.cli.letter.desk import (
    Due,
    Final,
    letter_settings,
    letter_voice,
    put_down,
    tell_left_out,
)
from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import nameless_warning, open_period
from dvctt_report.cli.uncollected import tell_uncollected
from dvctt_report.cli.units import UnitArguments, find_units

HELP = (
    "Chỉ gửi đơn vị có trách nhiệm báo cáo mà chưa gửi gì. Cơ quan được đề nghị phối hợp có công văn riêng; "
    "đơn vị gửi biểu chưa dùng được hoặc chỉ gửi bản giấy: dùng lệnh letter feedback."
)


def run(
    ctx: typer.Context,
    units: UnitArguments = None,
    nth: Annotated[
        int, typer.Option("--round", metavar="LẦN", help="Đôn đốc lần thứ mấy.", min=1, max=9)
    ] = 1,
    due: Due = None,
    period: When = None,
    as_of: AsOf = None,
    final: Final = False,
) -> int:
    """Write the reminder, and apart the letter to bodies without duty. Returns 1 as ``put_down`` does."""
    from dvctt_report.letters.remind import Duty, remind_letter, units_without_return
    from dvctt_report.letters.write import REMIND

    opened = open_period(ctx, period, as_of)
    workspace, moment, dataset = opened.workspace, opened.as_of, opened.dataset
    voice = letter_voice(workspace, moment)
    settings = letter_settings(workspace, due, final, moment)
    again = f"-lan-{nth}" if nth > 1 else ""
    kinds: tuple[tuple[Duty, str], ...] = (
        ("required", f"{REMIND}-{workspace.period}{again}"),
        ("asked", f"cong-van-de-nghi-phoi-hop-{workspace.period}{again}"),
    )
    failed, written = 0, False
    silent = {duty: units_without_return(dataset, duty) for duty, _ in kinds}
    named = find_units(dataset.profile, dataset.units, units or ())
    tell_left_out(named, chain(*silent.values()), "đã gửi báo cáo hoặc không phải báo cáo")
    for duty, stem in kinds:
        owing = tuple(unit for unit in silent[duty] if not named or unit in named)
        if owing:
            written = True
            say(f"{stem}.docx: {', '.join(unit.short_name for unit in owing)}")
            letter = remind_letter(dataset, owing, duty, nth, voice, settings)
            failed |= put_down(workspace, letter, REMIND, stem, voice, final)
    tell_uncollected(workspace)
    if warning := nameless_warning(dataset, "công văn có thể đôn đốc đơn vị đã gửi tệp đó"):
        say(warning)
    if not written:
        say("Không có đơn vị nào phải đôn đốc; không lập công văn.")
    elif moment.date() <= workspace.profile.plan.deadline.last_day(workspace.period):
        say("Lưu ý: chưa hết thời hạn gửi báo cáo.")
    return failed
