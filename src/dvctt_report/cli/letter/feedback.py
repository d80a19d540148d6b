"""``dvctt-report letter feedback``: the letter that asks units to mend what they sent."""

from __future__ import annotations

import typer

from dvctt_report.cli.feedback import Questions, tell_only_questions
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
from dvctt_report.cli.session import open_period
from dvctt_report.cli.uncollected import tell_uncollected
from dvctt_report.cli.units import UnitArguments, find_units

HELP = (
    "Mỗi phụ lục nêu vị trí, nội dung, đơn vị đã ghi gì, vì sao chưa dùng được và đề nghị thế nào. Nội dung "
    "đã được chấp nhận không nêu lại."
)


def run(
    ctx: typer.Context,
    units: UnitArguments = None,
    due: Due = None,
    period: When = None,
    as_of: AsOf = None,
    final: Final = False,
    questions: Questions = False,
) -> int:
    """Write one letter, an annex for each unit that gets a list. Returns 1 where a final one has blanks."""
    from dvctt_report.letters.write import FEEDBACK
    from dvctt_report.mending.letter import mending_letter
    from dvctt_report.mending.lists import mending_lists

    opened = open_period(ctx, period, as_of)
    workspace, moment, dataset = opened.workspace, opened.as_of, opened.dataset
    voice = letter_voice(workspace, moment)
    settings = letter_settings(workspace, due, final, moment)
    lists = [m for m in mending_lists(dataset, opened.findings) if m.to_mend or m.to_confirm]
    tell_uncollected(workspace)
    named = find_units(dataset.profile, dataset.units, units or ())
    tell_left_out(named, [m.unit for m in lists], "không có nội dung phải chỉnh lý, xác nhận")
    chosen = [m for m in lists if not named or m.unit in named]
    mending = tuple(m for m in chosen if m.goes_out(questions))
    left = [m for m in chosen if not m.goes_out(questions)]
    tell_only_questions(left, "không có phụ lục trong công văn")
    if not mending:
        say("Không có nội dung nào phải chỉnh lý; không lập công văn.")
        return 0
    for one in mending:
        say(f"{one.unit.short_name}: {len(one.to_mend)} cần chỉnh lý, {len(one.to_confirm)} cần xác nhận")
    letter = mending_letter(dataset, mending, voice, settings)
    return put_down(workspace, letter, FEEDBACK, f"{FEEDBACK}-{workspace.period}", voice, final)
