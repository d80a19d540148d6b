"""The register of received files: every content ever received, and what differs between those of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dvctt_report.cli.comparisons import comparison_json, print_comparison
from dvctt_report.cli.screen import STATUS_NAMES, date_or_blank, print_json, print_table, say
from dvctt_report.file_names import last_name, received_name
from dvctt_report.grouping import by_key
from dvctt_report.intake.compare import comparisons
from dvctt_report.loader import OpenYear
from dvctt_report.model import Return
from dvctt_report.plan.model import Unit
from dvctt_report.register import Receipt


def tell_files(year: OpenYear, whose: Unit | None, as_json: bool) -> None:
    """List what the register holds; of one unit also every cell that differs between its files."""
    rows = [
        (receipt, one) for receipt, one in _files(year) if whose is None or (one and one.unit == whose.code)
    ]
    differing = [
        c for c in comparisons(year.collected.returns) if whose is not None and c.new.unit == whose.code
    ]
    if as_json:
        listed = [_json(year, receipt, one) for receipt, one in rows]
        compared = [comparison_json(one) for one in differing]
        print_json({**year.period.as_json(), "files": listed, "comparisons": compared})
        return
    cells = [_cells(year, receipt, one) for receipt, one in rows]
    print_table(("Mã tệp", "Tệp", "Đơn vị", "Tình trạng", "Văn bản"), cells, f"Sổ nhận {year.period.words}")
    for one in differing:
        print_comparison(one, year.profile)
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


def _cells(year: OpenYear, receipt: Receipt, one: Return | None) -> tuple[str, ...]:
    if one is None:
        return receipt.sha256[:8], last_name(receipt.file), "–", "không còn trong thư mục", ""
    state = "bị loại" if one.rejected else STATUS_NAMES[one.status]
    said = one.submission
    document = (said.document_number, date_or_blank(said.sent_on), said.channel) if said else ()
    whose = year.profile.roster.short_names.get(one.unit, "–")
    return one.sha256[:8], last_name(one.file), whose, state, ", ".join(filter(None, document))


def _json(year: OpenYear, receipt: Receipt, one: Return | None) -> dict[str, Any]:
    said = one.submission if one else None
    return {
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
