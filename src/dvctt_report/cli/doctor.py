"""``dvctt-report doctor``: what is in order and what isn't, and what to do about it."""

from __future__ import annotations

import textwrap
from collections import Counter
from datetime import datetime
from pathlib import Path

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import print_json, say, tell
from dvctt_report.cli.soundness import Health
from dvctt_report.cli.soundness.examine import examine
from dvctt_report.cli.soundness.repair import repair
from dvctt_report.store.workspace import find_workspace
from dvctt_report.text.vietnamese import first_letter_capital

_WORDS = {Health.OK: "Tốt", Health.NOTE: "Lưu ý", Health.ERROR: "Lỗi", Health.ABSENT: "Chưa có"}


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE, repair_: bool = False) -> int:
    """Make every check, after mending what can be mended if asked. Returns 1 where one found an error."""
    if repair_:
        for done in repair(find_workspace(chosen_workspace(ctx) or Path.cwd()).root, datetime.now()):
            tell(done)
    root, checks = examine(chosen_workspace(ctx) or Path.cwd(), period)
    n = Counter(str(check.outcome.state) for check in checks)
    totals = {str(state): n[state] for state in Health}
    if output is Format.JSON:
        told = [{"check": one.code, "title": one.title, **one.outcome._asdict()} for one in checks]
        print_json({"workspace": str(root) if root else None, "checks": told, "totals": totals})
    else:
        for check in checks:
            # By hand, so that a library which is missing or blocked keeps nobody from reading this.
            outcome, head = check.outcome, f"{_WORDS[check.outcome.state]:<9}{check.title:<20}"
            texts = first_letter_capital(outcome.found).splitlines()
            for text in (*texts, f"→ {outcome.fix}") if outcome.fix else texts:
                for line in textwrap.wrap(text, 51, break_long_words=False, break_on_hyphens=False):
                    say(f"{head}{line}")
                    head = " " * len(head)
        said = ", ".join(f"{totals[state]} {word.lower()}" for state, word in _WORDS.items())
        say(f"\n{len(checks)} nội dung: {said}.")
    return 1 if n[Health.ERROR] else 0
