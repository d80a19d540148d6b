"""``dvctt-report doctor``: what is in order and what isn't, and what to do about it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import Format, Output, When, flag
from dvctt_report.cli.screen import print_json, say, tell
from dvctt_report.doctor.check import Diagnosis, Health
from dvctt_report.doctor.examine import CheckMade, examine
from dvctt_report.doctor.repair import repair
from dvctt_report.vietnamese import first_letter_capital
from dvctt_report.workspace import find_workspace

HELP = (
    "Mỗi dòng một nội dung: Tốt, Lưu ý (vẫn làm việc được), Lỗi, hoặc Chưa có, kèm cách xử lý. Ngoài thư "
    "mục làm việc thì chỉ kiểm tra phần cài đặt. Không sửa, không để lại gì, trừ khi nêu --repair: "
    "khi đó xóa tệp tạm bị bỏ lại, thay bản lưu hỏng trong sổ nhận, lập lại sổ hỏng từ các bản sao.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi; 2 không chạy được."
)

_WORDS = {Health.OK: "Tốt", Health.NOTE: "Lưu ý", Health.ERROR: "Lỗi", Health.ABSENT: "Chưa có"}
_WIDTH, _STATE, _TITLE = 80, 9, 20

Repair: TypeAlias = Annotated[
    bool, flag("--repair", "Sửa những gì sửa được trong thư mục làm việc, nêu từng việc đã làm.")
]


def run(
    ctx: typer.Context, period: When = None, output: Output = Format.TABLE, repair_: Repair = False
) -> int:
    """Make every check, after mending what can be mended if asked. Returns 1 where one found an error."""
    if repair_:
        for done in repair(find_workspace(chosen_workspace(ctx) or Path.cwd()).root, datetime.now()):
            tell(done)
    examined = examine(chosen_workspace(ctx) or Path.cwd(), period)
    checks = examined.checks
    n = Counter(check.outcome.state for check in checks)
    if output is Format.JSON:
        print_json(
            {
                "workspace": str(examined.root) if examined.root else None,
                "checks": [_json(check) for check in checks],
                "totals": {str(state): n[state] for state in Health},
            }
        )
    else:
        _print(checks)
        say(
            f"\n{len(checks)} nội dung: {n[Health.OK]} tốt, {n[Health.NOTE]} cần lưu ý, "
            f"{n[Health.ERROR]} lỗi, {n[Health.ABSENT]} chưa có."
        )
    return 1 if n[Health.ERROR] else 0


def _print(checks: Sequence[CheckMade]) -> None:
    """Print by hand, so that a library which is missing or blocked keeps nobody from reading this."""
    for check in checks:
        outcome = check.outcome
        fix = [f"→ {outcome.fix}"] if outcome.fix else []
        lines = [part for text in (*_sentence(outcome), *fix) for part in _wrap(text)]
        head = f"{_WORDS[outcome.state]:<{_STATE}}{check.title:<{_TITLE}}"
        say("\n".join(f"{head if n == 0 else '':<{_STATE + _TITLE}}{line}" for n, line in enumerate(lines)))


def _sentence(outcome: Diagnosis) -> list[str]:
    return first_letter_capital(outcome.found).splitlines()


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH - _STATE - _TITLE, break_long_words=False, break_on_hyphens=False) or [
        ""
    ]


def _json(check: CheckMade) -> dict[str, str]:
    outcome = check.outcome
    return {
        "check": check.code,
        "title": check.title,
        "state": str(outcome.state),
        "found": outcome.found,
        "fix": outcome.fix,
    }
