"""``dvctt-report control list``: sums over the units, control figures, what lies between them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import print_json, print_table, say
from dvctt_report.cli.session import open_period
from dvctt_report.model import Tally
from dvctt_report.vietnamese import format_count, format_date

if TYPE_CHECKING:
    from dvctt_report.checked import Checked

HELP = "Chênh lệch = số đối chiếu trừ số cộng từ các đơn vị."


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """Compare the year's figures with those of the systems in charge."""
    from dvctt_report.forms.control_book import PRINTED_NAMES
    from dvctt_report.model import Printed

    opened = open_period(ctx, period)
    lines = _lines(opened.checked)
    if output is Format.JSON:
        print_json({"year": opened.period.year, "controls": lines})
        return
    if not lines:
        say("Chưa có số đối chiếu. Lập sổ: dvctt-report control make; ghi xong: dvctt-report control read")
        return
    heads = [("Mã", "left"), ("Đơn vị", "left"), ("Nội dung", "left"), ("Đơn vị ghi", "right")]
    heads += [("Đối chiếu", "right"), ("Chênh lệch", "right"), ("Số được in", "left")]
    rows = [
        (
            line["item"],
            line["name"],
            what,
            _number(line["own"][name]),
            _number(line["control"][name]),
            _number(line["difference"][name], signed=True),
            PRINTED_NAMES[Printed(line["printed"])] if line["printed"] else "",
        )
        for line in lines
        for name, what in (("total", "tổng số"), ("done", "đã thực hiện"))
        if line["control"][name] is not None
    ]
    print_table(heads, rows, f"Đối chiếu số liệu {opened.period.words}")
    for line in lines:
        if line["printed"]:
            day = format_date(date.fromisoformat(line["cut_off"]))
            say(f"{line['item']}: {line['source']}, đến ngày {day}, {line['document']}.")
            say(f"  In {PRINTED_NAMES[Printed(line['printed'])].lower()}: {line['reason']}.")


def _lines(checked: Checked) -> list[dict[str, Any]]:
    """The control figures with the units' own beside them, in the order of plan and roster."""
    from dvctt_report.forms.control_book import rows_of
    from dvctt_report.summary.controls import choice, why

    dataset, results = checked.dataset, {r.item: r for r in checked.summary.results}
    lines = []
    for target, unit in rows_of(dataset.profile, dataset.period):
        control = dataset.control(target.code, unit.code if unit else "")
        if control is None:
            continue
        result = results[target.code]
        own: Tally | None = result.own_tally or result.tally
        if unit is not None:
            own = next((c.tally for c in result.contributions if c.unit == unit.code), None)
        total, done = (own.denominator, own.numerator) if own and own.denominator else (None, None)
        lines.append(
            {
                "item": target.code,
                "unit": unit.code if unit else None,
                "name": unit.short_name if unit else "Toàn tỉnh",
                "own": {"total": total, "done": done},
                "control": {"total": control.total, "done": control.done},
                "difference": {
                    "total": _difference(control.total, total),
                    "done": _difference(control.done, done),
                },
                "source": control.source,
                "cut_off": control.cut_off.isoformat(),
                "document": control.document,
                "printed": None if unit else str(choice(target, control)),
                "reason": "" if unit else why(target, control),
                "who": control.who,
                "when": control.when.isoformat() if control.when else None,
            }
        )
    return lines


def _difference(control: int | None, own: int | None) -> int | None:
    return None if control is None or own is None else control - own


def _number(n: int | None, signed: bool = False) -> str:
    if n is None:
        return "–"
    return f"{'+' if signed and n > 0 else ''}{format_count(n)}"
