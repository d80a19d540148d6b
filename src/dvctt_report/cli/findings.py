"""Findings on the terminal: unit by unit, the worst first; what nobody has to mend is counted, not listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dvctt_report.cli.screen import console, say
from dvctt_report.model import Finding, Severity, count_open, finding_id, grounds_of
from dvctt_report.model.codes import CODES
from dvctt_report.plan.model import Profile
from dvctt_report.report.unit_lists import FARTHEST, MANY, shortly
from dvctt_report.report.ways import BESIDE
from dvctt_report.store.workspace import BOOK
from dvctt_report.text.file_names import last_name
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_capital, first_letter_small, format_date, whole_of

if TYPE_CHECKING:
    from dvctt_report.year.dataset import Dataset

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_NO_UNIT = "Tệp chưa rõ của đơn vị nào"
_BOOK = "Sổ theo dõi"
_MOST_TOLD = 14
"""Findings that are told one by one: with their heads they fit on 80 lines of a terminal of 80 columns."""


def print_findings(
    findings: Iterable[Finding],
    profile: Profile,
    remarks: Mapping[str, Sequence[str]] | None = None,
    *,
    in_full: bool = True,
) -> None:
    """Print findings unit by unit: most errors first, then most warnings, then the roster's order.

    ``remarks`` are lines to stand under a finding, by its short name. Unless ``in_full``, what was decided is
    left out, and information, and of many findings those behind the first (what a unit has answered, then
    errors before warnings), are counted by code at the end: all of them stand in the workbook.
    """
    from rich.text import Text

    from dvctt_report.year.rules.rule import format_place, format_text

    kept, beneath = tuple(findings), remarks or {}
    told = [f for f in kept if in_full or (f.is_open and f.severity is not Severity.INFO)]
    rest: list[Finding] = []
    if not in_full and len(told) > _MOST_TOLD:
        told = [f for _, own in _by_unit(told, profile) for f in own]
        told.sort(key=lambda f: (finding_id(f) not in beneath, f.severity.rank))
        told, rest = told[:_MOST_TOLD], told[_MOST_TOLD:]
    for about, own in _by_unit(told, profile):
        counts, code = count_open(own), own[0].unit
        n_settled = len(own) - sum(counts.values())
        parts = [f"{n} {severity.word}" for severity, n in counts.items() if n]
        parts += [f"{n_settled} đã quyết định"] if n_settled else []
        named = f"{about} ({code})" if code and code != about else about
        console().print(f"\n{named}: {', '.join(parts)}", style="bold")
        for finding in own:
            where = format_place(finding, profile)[1:] if finding.unit else format_place(finding, profile)
            if not where and finding.at is not None:
                where = (f"tệp {last_name(finding.at.file)}",)
            settled = "" if finding.is_open else f" ({finding.state.word})"
            head = Text("  ").append(finding.severity.word, style=_STYLES[finding.severity])
            console().print(head.append(f" {' · '.join((finding_id(finding), *where))}{settled}"))
            lines = [first_letter_capital(format_text(finding))]
            if (by := finding.acceptance) is not None:
                day = format_date(by.when.date())
                lines.append(f"→ Chấp nhận: {grounds_of(by)} ({by.who}, {day}).")
            say(*(f"      {line}" for line in (*lines, *beneath.get(finding_id(finding), ()))))
    if in_full:
        return
    for severity in (Severity.ERROR, Severity.WARNING):
        title = f"Còn {severity.word} khác, kê đủ trong tệp Excel:"
        _print_counts([f for f in rest if f.severity is severity], profile, title)
    _print_counts([f for f in kept if f.severity is Severity.INFO], profile, "Thông tin, không phải sửa:")


def summary_line(findings: Sequence[Finding], dataset: Dataset) -> str:
    """Write the state of the year's figures as one line for an e-mail: who has how many errors."""
    profile = dataset.profile
    count = count_open(findings)
    names = set(profile.roster.short_names.values())
    beside = [*dataset.open_beside(findings)]
    barring = [*dataset.to_mend(findings)]
    groups = [(about, len(own)) for about, own in _by_unit(barring, profile)]
    by_unit = [(about, n) for about, n in groups if about in names]
    others = [(about, n) for about, n in groups if about not in names]
    many = len(by_unit) > MANY
    listed = "; ".join(f"{name} {n}" for name, n in (by_unit[:FARTHEST] if many else by_unit))
    if many:
        listed = f"{shortly([name for name, _ in by_unit])}; nhiều lỗi nhất: {listed}"
    where = [f"ở {len(by_unit)} đơn vị, chưa đưa vào tổng hợp ({listed})"] if by_unit else []
    if by_unit and (others or beside):
        where[0] = f"{sum(n for _, n in by_unit)} {where[0]}"
    where += [f"{n} ở {first_letter_small(about)}" for about, n in others]
    if beside:
        whose = shortly([about for about, _ in _by_unit(beside, profile)])
        where.append(f"{len(beside)} ở {BESIDE} ({whose})")
    used = ", đã dùng, cần xác nhận" if count[Severity.WARNING] else ""
    return (
        f"Kiểm tra số liệu {dataset.period.words}, đến {format_date(dataset.today)}: "
        + f"{count[Severity.ERROR]} lỗi"
        + (": " if others or beside else " " if where else "")
        + f"{', '.join(where)}; {count[Severity.WARNING]} cảnh báo{used}; "
        + f"{count[Severity.INFO]} thông tin."
    )


def _by_unit(findings: Sequence[Finding], profile: Profile) -> list[tuple[str, list[Finding]]]:
    """The findings by the name of whom they concern, the worst first; errors first within each."""
    names, whole = profile.roster.short_names, whole_of(profile.plan.province)
    named = []
    for finding in findings:
        about = names.get(finding.unit, finding.unit) or (_NO_UNIT if finding.at else whole)
        if finding.at is not None and finding.at.file == BOOK and not finding.unit:
            about = _BOOK
        named.append((about, finding))
    named.sort(key=lambda one: (profile.roster.place(one[1].unit), one[0]))
    groups = [
        (whose, sorted(own, key=lambda f: (f.severity.rank, f.at.sheet if f.at else "", f.code)))
        for whose, own in by_key(named).items()
    ]
    counts = {whose: Counter(f.severity for f in own) for whose, own in groups}
    return sorted(
        groups, key=lambda group: [-counts[group[0]][s] for s in (Severity.ERROR, Severity.WARNING)]
    )


def _print_counts(findings: Sequence[Finding], profile: Profile, title: str) -> None:
    names = profile.roster.short_names
    by_code = groupby(sorted(findings, key=lambda f: f.code), key=lambda f: f.code)
    for n, (code, group) in enumerate(by_code):
        own = [*group]
        named = shortly(list(dict.fromkeys(names.get(f.unit, "") for f in own if f.unit)))
        told = f"  {code}  {CODES[code].title} ({len(own)})" + (f": {named}" if named else "")
        say(*([] if n else [f"\n{title}"]), told)
    say(*(["  Xem từng dòng: dvctt-report validate --all"] if findings else []))
