"""What the menu asks right after collecting: whose a file is, which of several counts."""

from __future__ import annotations

from datetime import datetime

from dvctt_report.cli.ask import ask, numbered, pick
from dvctt_report.cli.leave import leave_page, read_books
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import year_at
from dvctt_report.deciding.grounds import Grounds, officer
from dvctt_report.deciding.matters import OTHER_UNIT, chosen, matters_of
from dvctt_report.deciding.taking import anew, asked_about, decide
from dvctt_report.errors import CannotRun
from dvctt_report.loader import has_register
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.report.ways import Way
from dvctt_report.workspace import Workspace


def ask_urgent(workspace: Workspace) -> None:
    """Ask about each file that waits for the officer's word; what is left stays in the workbook."""
    if not has_register(workspace):
        return
    names = workspace.profile.roster.short_names
    period, asked, decided = year_at(workspace, datetime.now()), set[str](), False
    while True:
        waiting = (m for m in matters_of(period) if m.urgent and not m.decided and m.key not in asked)
        matter = next(waiting, None)
        if matter is None:
            break
        asked.add(matter.key)
        say(f"\nViệc {matter.number} · {matter.who}: {matter.about}", f"  {matter.why}")
        words = ["Của đơn vị khác" if one.words == OTHER_UNIT else one.words for one in matter.options]
        option = pick(matter.options, words, "Để sau (vẫn còn trong sổ việc cần xử lý)")
        if option is None:
            continue
        is_other = option.way is Way.ASSIGN and not option.about
        unit = ask_unit(period.profile, period.period) if is_other else ""
        reason = ""
        if option.way is Way.SEND_BACK:
            reason = ask("Lý do (Enter: như đã nêu ở trên)") or asked_about(matter.findings)
        try:
            taken = decide(period, matter, option, unit, Grounds(officer(), datetime.now(), reason))
        except CannotRun as error:
            say(f"{error.message} {error.fix}".strip())
            asked.discard(matter.key)
            continue
        told = [chosen((one,), names)[0] for one in taken.kept]
        say(f"Đã ghi: {', '.join(told) or option.words}.")
        period, decided = anew(period, taken), True
    if decided:
        leave_page(period, say, books=read_books(period))


def ask_unit(profile: Profile, period: Period) -> str:
    """The unit that is answered; of several that the words may mean the one that is chosen by its number."""
    from dvctt_report.plan.unit_names import UnitNames

    wanted = ask("Đơn vị nào (một phần của tên cũng được)")
    names = UnitNames(profile.units(period), profile.plan.province)
    units = names.meant(wanted) or names.nearest(wanted)
    if not units or (len(units) == 1 and names.meant(wanted)):
        return wanted
    for n, unit in enumerate(units, 1):
        say(f"  {n} {unit.short_name}")
    chosen = numbered(ask("Chọn số"), units)
    return chosen.code if chosen else wanted
