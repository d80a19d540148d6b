"""Questions at a prompt about what is to be decided: whose a file is, which one counts, what a row asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dvctt_report.cli.ask import ask, numbered, pick
from dvctt_report.cli.leave import leave_page, read_books
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import year_at
from dvctt_report.decide.decisions import Grounds, officer, rests_on
from dvctt_report.decide.matters import OTHER_UNIT, Matter, Option, chosen, matters_of
from dvctt_report.decide.taking import NEEDS_BASIS, NEEDS_REASON, anew, decide
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.report.ways import Way
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.loader import OpenYear, has_register


def ask_urgent(workspace: Workspace) -> None:
    """Ask about each file that waits for the officer's word; what is left stays in the workbook."""
    if has_register(workspace):
        ask_matters(year_at(workspace, datetime.now()), lambda matter: matter.urgent)


def ask_matters(year: OpenYear, is_asked: Callable[[Matter], bool]) -> None:
    """Ask about each open matter that is meant, those too that an answer brings up; keep each at once."""
    names = year.profile.roster.short_names
    asked, decided = set[str](), False
    matters = matters_of(year)
    before = {matter.name for matter in matters}
    while True:
        waiting = (m for m in matters if not m.decided and m.name not in asked)
        matter = next((m for m in waiting if is_asked(m) or (m.follows and m.name not in before)), None)
        if matter is None:
            break
        asked.add(matter.name)
        say(f"\nViệc {matter.name} · {matter.who}: {matter.about}", f"  {matter.why}")
        words = ["Của đơn vị khác" if one.words == OTHER_UNIT else one.words for one in matter.options]
        option = pick(matter.options, words, "Để sau (vẫn còn trong sổ việc cần xử lý)")
        if option is None:
            continue
        try:
            taken = decide(year, [(matter, option)], *_said(option, year))
        except CannotRun as error:
            say(f"{error.message} {error.fix}".strip())
            asked.discard(matter.name)
            continue
        told = [chosen((one,), names)[0] for one in taken.kept]
        say(f"Đã ghi: {', '.join(told) or option.words}.")
        year, decided = anew(year, taken), True
        matters = matters_of(year)
    if decided:
        leave_page(year, say, books=read_books(year))


_VALUES = {
    Way.PUT: "Số đúng (nhiều ô: I9=5319; I10=200)",
    Way.IN_TIME_BUT: "Đơn vị sau thời hạn (nhiều đơn vị: cách nhau bằng dấu ;)",
}


def _said(option: Option, year: OpenYear) -> tuple[str, Grounds]:
    """What else the decision needs: the unit's name, the figure, why, on what."""
    value = ask(_VALUES[option.way]) if option.way in _VALUES else ""
    if option.way is Way.ASSIGN and not option.about:
        value = ask_unit(year.profile, year.period)
    reason, document, basis = "", "", ""
    if option.way in (Way.SEND_BACK, Way.PUT):
        reason = ask("Lý do (Enter: như đã nêu ở trên)")
    elif option.way in NEEDS_REASON:
        reason = ask("Lý do")
    if option.way in NEEDS_BASIS:
        document, basis = rests_on("", ask("Căn cứ: số văn bản; hoặc “Zalo: ai, ngày nào”"))
    return value, Grounds(officer(), datetime.now(), reason, document, basis)


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
