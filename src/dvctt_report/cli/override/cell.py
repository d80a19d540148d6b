"""How ``set`` and ``drop`` name a cell: ``T10.done``, or ``T1.total@Xã Một`` for a commune of a district."""

from __future__ import annotations

from difflib import get_close_matches

from dvctt_report.errors import CannotRun
from dvctt_report.forms.form import Key
from dvctt_report.plan.model import FieldSpec, Profile, Unit
from dvctt_report.vietnamese import key


def find_cell(profile: Profile, unit: Unit, wanted: str) -> tuple[Key, FieldSpec]:
    """Find the cell that ``wanted`` names among those asked of ``unit``. Raises CannotRun."""
    from dvctt_report.corrections import cells_of

    cells = cells_of(profile, unit)
    path, _, part = wanted.partition("@")
    item, _, field = path.strip().rpartition(".")
    for cell, spec in cells.items():
        same_part = key(cell.part) == key(part)
        if (key(cell.item), key(cell.field)) == (key(item), key(field)) and same_part:
            return cell, spec
    names = [f"{cell.item}.{cell.field}" + (f"@{cell.part}" if cell.part else "") for cell in cells]
    near = get_close_matches(wanted, names, 4, 0.5) or [n for n in names if n.startswith(f"{path}.")][:4]
    hint = f" Có phải ý bạn là {', '.join(near)}?" if near else ""
    raise CannotRun(
        f"Biểu của {unit.short_name} không có ô “{wanted}”.{hint}",
        "Ghi mã nội dung, dấu chấm, tên cột như trong plan.toml, ví dụ T10.done.",
    )
