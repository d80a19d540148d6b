"""The register of received files: every content ever received, and what differs between those of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dvctt_report.cli.collect import STATUS_NAMES
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.forms.form import format_sheet
from dvctt_report.intake.reading import format_answer
from dvctt_report.intake.settle import ReturnComparison, comparisons
from dvctt_report.model import Observation, Return, ReturnStatus
from dvctt_report.plan.fields import field_label
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.report.cells import is_figure, place_json
from dvctt_report.store.register import Receipt
from dvctt_report.text.file_names import last_name, received_name
from dvctt_report.text.grouping import by_key
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import format_count, format_date, format_decimal
from dvctt_report.year.loader import OpenYear

MOST_ROWS = 60
"""Changed cells that one run of ``collect`` prints in tables."""
MOST_LINES = 20
"""Comparisons that it names in a line each."""


def tell_files(year: OpenYear, whose: Unit | None, as_json: bool) -> None:
    """List what the register holds; of one unit also every cell that differs between its files."""
    rows = [
        (receipt, one) for receipt, one in _files(year) if whose is None or (one and one.unit == whose.code)
    ]
    differing = [
        c for c in comparisons(year.collected.returns) if whose is not None and c.new.unit == whose.code
    ]
    if as_json:
        listed = [
            {
                "file": one.file if one else receipt.file,
                "sha256": one.sha256 if one else receipt.sha256,
                "first_seen": receipt.first_seen.isoformat(),
                "present": receipt in year.known.receipts,
                "unit": (one.unit or None) if one else None,
                "status": str(one.status) if one else None,
                "document": said.document_number if said else "",
                "sent_on": said.sent_on.isoformat() if said and said.sent_on else None,
                "channel": said.channel if said else "",
            }
            for receipt, one in rows
            for said in [one.submission if one else None]
        ]
        compared = [comparison_json(one) for one in differing]
        print_json({**year.period.as_json(), "files": listed, "comparisons": compared})
        return
    names, cells = year.profile.roster.short_names, []
    for receipt, one in rows:
        if one is None:
            cells.append((receipt.sha256[:8], last_name(receipt.file), "–", "không còn trong thư mục", ""))
            continue
        said, state = one.submission, "bị loại" if one.rejected else STATUS_NAMES[one.status]
        day = format_date(said.sent_on) if said and said.sent_on else ""
        document = (said.document_number, day, said.channel) if said else ()
        told = (last_name(one.file), names.get(one.unit, "–"), state, ", ".join(filter(None, document)))
        cells.append((one.sha256[:8], *told))
    print_table(("Mã tệp", "Tệp", "Đơn vị", "Tình trạng", "Văn bản"), cells, f"Sổ nhận {year.period.words}")
    for comparison in differing:
        print_comparison(comparison, year.profile)
    if whose is not None and not differing:
        say("Không có tệp nào thay cho tệp khác hoặc chờ chọn.")


def _files(year: OpenYear) -> Iterator[tuple[Receipt, Return | None]]:
    """Each receipt with what was read of it, files of a .zip or mail in its place; the former ones after."""
    found = by_key((received_name(received.file), received) for received in year.collected.returns)
    told = set[tuple[str, str]]()
    for receipt in (*year.known.receipts, *year.known.former):
        same = [
            r for r in found.get(receipt.file, ()) if receipt.sha256 == r.sha256 or r.file != receipt.file
        ]
        new = [r for r in same if (r.file, r.sha256) not in told]
        told.update((r.file, r.sha256) for r in new)
        yield from ((receipt, r) for r in new)
        if not new:
            yield receipt, None


def print_new_comparisons(returns: tuple[Return, ...], fresh: frozenset[str], profile: Profile) -> None:
    """Print what changed in ``fresh`` files, as long as it isn't much; else a line each, with the command."""
    left, lines = MOST_ROWS, []
    for comparison in comparisons(returns):
        new, n = comparison.new, len(comparison.changes)
        pair = (new,) if new.status is ReturnStatus.EFFECTIVE else (new, comparison.old)
        if n <= left and any(received_name(r.file) in fresh for r in pair):
            left -= n
            print_comparison(comparison, profile)
        else:
            more = f": {format_count(n)} ô khác (dvctt-report status --files --unit {new.unit})"
            lines.append(_headline(comparison, profile) + (more if n else "; số liệu không đổi."))
    if lines:
        say("\n" + "\n".join(lines[:MOST_LINES]))
    if len(lines) > MOST_LINES:
        say(f"… và {len(lines) - MOST_LINES} trường hợp khác: dvctt-report status --files --unit ĐƠN-VỊ")


def _headline(comparison: ReturnComparison, profile: Profile) -> str:
    """Whose files are compared, and whether one took the place of the other."""
    old, new = (f"{last_name(r.file)} ({r.sha256[:8]})" for r in (comparison.old, comparison.new))
    name = profile.roster.short_names.get(comparison.new.unit, comparison.new.unit)
    if comparison.new.status is ReturnStatus.EFFECTIVE:
        return f"{name}: {new} thay cho {old}"
    return f"{name}: {old} và {new} khác nhau, chưa chọn"


def print_comparison(comparison: ReturnComparison, profile: Profile) -> None:
    """Print what changed between two files of one unit: what was asked, before, now, and the cells."""
    if not comparison.changes:
        say(f"\n{_headline(comparison, profile)}; số liệu không đổi.")
        return
    taken = comparison.new.status is ReturnStatus.EFFECTIVE
    first, second = ("Trước", "Sau") if taken else ("Tệp thứ nhất", "Tệp thứ hai")
    rows = []
    for change in comparison.changes:
        item = profile.plan.items_by_code.get(change.item)
        asked = field_label(item, change.field) if item else ""
        label = f"{item.label}: {asked}" if item and asked else change.item
        at = next((o.at for o in (change.new, change.old) if o is not None and o.at is not None), None)
        where = f"{format_sheet(at.sheet)}, ô {at.cell}" if at else ""
        told = f"{change.part}: {label}" if change.part else label
        rows.append((told, answer_words(change.old), answer_words(change.new), where))
    print_table(("Nội dung", Right(first), Right(second), "Ô"), rows, _headline(comparison, profile))


def answer_words(answer: Observation | None) -> str:
    """An answer in a few words; of a rate that the form worked out two digits behind the comma."""
    if answer is not None and isinstance(answer.value, Decimal):
        rounded = round(answer.value, 2)
        return format_decimal(answer.value if rounded == answer.value else rounded)
    return shown(format_answer(answer)) or "(trống)"


def comparison_json(comparison: ReturnComparison) -> dict[str, Any]:
    """Two returns of a unit and what differs, as ``collect --format json`` gives it."""
    changes: list[dict[str, Any]] = []
    for change in comparison.changes:
        changes.append({"item": change.item, "field": change.field, "part": change.part or None})
        for name, answer in (("old", change.old), ("new", change.new)):
            changes[-1][name] = None
            if answer is not None:
                value = answer.value
                raw = answer.raw if is_figure(value) else shown(answer.raw)
                told = value if value is None or isinstance(value, int) else shown(str(value))
                place = place_json(answer.at)
                changes[-1][name] = {"state": str(answer.state), "value": told, "raw": raw, **place}
    files = {
        name: {"file": one.file, "sha256": one.sha256}
        for name, one in (("old", comparison.old), ("new", comparison.new))
    }
    return {"unit": comparison.new.unit, **files, "changes": changes}
