"""``dvctt-report letter forms``: the letter that goes out with the forms."""

from __future__ import annotations

import typer

from dvctt_report.cli.days import parse_moment
from dvctt_report.cli.letter.desk import Final, letter_settings, letter_voice, put_down
from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace

HELP = "Kèm danh sách đơn vị với biểu số liệu của từng đơn vị và đề cương báo cáo."


def run(ctx: typer.Context, period: When = None, as_of: AsOf = None, final: Final = False) -> int:
    """Write the letter that issues forms, outline and deadline. Returns 1 where a final one has blanks."""
    from dvctt_report.dataset import Dataset
    from dvctt_report.letters.forms import forms_letter
    from dvctt_report.letters.write import FORMS

    workspace, moment = open_workspace(ctx, period), parse_moment(as_of)
    dataset = Dataset.build(workspace.profile, workspace.period, (), moment.date())
    voice = letter_voice(workspace, moment)
    letter = forms_letter(dataset, voice, letter_settings(workspace, None, final, moment))
    failed = put_down(workspace, letter, FORMS, f"{FORMS}-{workspace.period}", voice, final)
    if not failed:
        say("Gửi kèm tệp biểu mẫu của từng đơn vị (dvctt-report forms). Khi có số, ngày công văn, ghi vào")
        say("dvctt.toml, mục cong_van, dòng phat_hanh_bieu_mau để các công văn sau dẫn lại.")
    return failed
