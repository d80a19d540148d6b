"""What stands in a file costs in proportion, and is refused where it is more than any return has."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dvctt_report.files import xlsx_styles
from dvctt_report.files.cells import Cell, CellKind, Range, Sheet, TextBox, Unreadable, Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.files.extents import Edges
from dvctt_report.files.unpack import unpack
from dvctt_report.intake import tables as labels
from dvctt_report.intake.collect import interpret, read_return
from dvctt_report.intake.tables import pair_up
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.text import limits
from tests.forms.fill import fill, real
from tests.intake.arrivals import forwarded, raw_mail
from tests.intake.edits import moved, on_forms, opened, saved, without_keys
from tests.intake.excel import edited, in_part
from tests.steps import n_steps

FIGURES = "01-A số liệu"


def read(book: Workbook) -> Return:
    return interpret(book, "a.xlsx", "hash", real(), Period(2025))


def filled() -> Workbook:
    return read_workbook(fill("SYT", 3).data)


# ------------------------------------------------------------------------------------- costs


def lengthened(sheet: Sheet, n: int, *, keyed: bool = False, label: str = "") -> Sheet:
    """The same with its middle row ``n`` times more, below it; ``label`` goes behind what is written."""
    keys = sorted(r for (r, c), k in sheet.cells.items() if c == 1 and not k.raw.startswith("#"))
    rows = keys or sorted({r for r, _ in sheet.cells})
    at = rows[len(rows) // 2]
    line = [c for (r, _), c in sheet.cells.items() if r == at and (keyed or c.column > 2) and not c.formula]
    longer = moved(replace(sheet, merged=()), lambda r, c: (r + n * (r > at), c))
    added = {
        (at + k, c.column): c._replace(row=at + k, raw=c.raw + label * (c.kind is CellKind.TEXT))
        for k in range(1, n + 1)
        for c in line
    }
    return replace(longer, cells={**longer.cells, **added})


def without_one_key(sheet: Sheet, n: int) -> Sheet:
    longer = lengthened(sheet, n)
    keys = sorted(r for (r, c), k in longer.cells.items() if c == 1 and not k.raw.startswith("#"))
    return replace(longer, cells={p: c for p, c in longer.cells.items() if p != (keys[0], 1)})


def with_wide_rows(sheet: Sheet, n: int) -> Sheet:
    rows = {r for r, _ in sheet.cells}
    more = {(r, 50 + k): Cell(r, 50 + k, CellKind.TEXT, "Số", "Số") for r in rows for k in range(n // 20)}
    return replace(sheet, cells={**sheet.cells, **more})


def with_merges(sheet: Sheet, n: int) -> Sheet:
    areas = [Range(r, c, r + n, c + n) for r, c in list(sheet.cells)[:20]]
    return replace(sheet, merged=(*sheet.merged, *areas))


KEYLESS = without_keys(filled())
GROWTHS: dict[str, Callable[[int], Workbook]] = {
    "rows between the form's": lambda n: on_forms(filled(), lambda s: lengthened(s, n)),
    "rows with words of their own": lambda n: on_forms(filled(), lambda s: lengthened(s, n, label=" thêm")),
    "rows that stand again": lambda n: on_forms(filled(), lambda s: lengthened(s, n, keyed=True)),
    "rows where a key is lost": lambda n: on_forms(filled(), lambda s: without_one_key(s, n)),
    "rows without keys": lambda n: on_forms(KEYLESS, lambda s: lengthened(s, n)),
    "edited rows without keys": lambda n: on_forms(KEYLESS, lambda s: lengthened(s, n, label=" thêm")),
    "columns": lambda n: on_forms(filled(), lambda s: with_wide_rows(s, n)),
    "merged ranges": lambda n: on_forms(filled(), lambda s: with_merges(s, n)),
    "boxes": lambda n: on_forms(filled(), lambda s: replace(s, text_boxes=(TextBox("hộp 1"),) * n)),
}


@pytest.mark.parametrize("growth", GROWTHS)
def test_twice_as_much_costs_at_most_twice(growth: str) -> None:
    small, large = (GROWTHS[growth](n) for n in (200, 400))
    read(small)

    assert n_steps(lambda: read(large)) <= 2.1 * n_steps(lambda: read(small))


def test_three_hundred_added_rows_are_one_question_and_every_other_column_is_read() -> None:
    form = fill("SYT", 3)
    book = opened(form.data)
    sheet = book[FIGURES]
    last = max(c.row for c in sheet["A"] if c.value and not str(c.value).startswith("#"))
    sheet.insert_rows(last, 300)
    for at in range(last, last + 300):
        sheet.cell(at, 4, f"Hồ sơ {at}")
        sheet.cell(at, 6, at)
    found = read_return("a.xlsx", saved(book), real(), Period(2025))

    (told,) = [f for f in found.findings if f.code == "NH52"]
    assert found.status is ReturnStatus.EFFECTIVE
    assert f"có số ghi ngoài ô của biểu: F{last} = {last}; " in told.message
    assert "… và 279 ô nữa; chưa dùng số liệu của cột F" in told.message
    assert len(told.message) < 2_000


def test_many_boxes_are_told_in_a_few_findings() -> None:
    boxes = tuple(TextBox(f"hộp {n}") for n in range(1000))
    book = on_forms(filled(), lambda s: replace(s, text_boxes=boxes))
    told = [f for f in read(book).findings if f.code == "NH48"]

    assert len(told) == len({f.at.sheet for f in told if f.at})
    assert "còn 999 ô khác cùng loại" in told[0].message


def test_the_pairs_of_many_likenesses_are_found_in_proportion() -> None:
    def pairs(n: int) -> dict[tuple[int, str], float]:
        return {(k, str(k % 20)): 95.0 for k in range(n)}

    assert n_steps(lambda: pair_up(pairs(4_000))) <= 2.1 * n_steps(lambda: pair_up(pairs(2_000)))
    assert pair_up({(1, "a"): 99, (2, "a"): 95, (2, "b"): 94, (3, "c"): 92, (3, "d"): 92}) == {1: "a"}


def mailed(sender: str = "a@example.com", name: str = "a.xlsx") -> bytes:
    parts = raw_mail((f"Content-Disposition: attachment; filename={name}", b"1"))
    return parts.replace(b"From: a@example.com\r\n", b"").replace(
        b"\r\n\r\n", f"\r\nFrom: {sender}\r\n\r\n".encode(), 1
    )


@pytest.mark.parametrize(
    "made",
    [
        lambda n: mailed('"' * n),
        lambda n: mailed("a " * n),
        lambda n: forwarded(mailed('"' * n)),
        lambda n: mailed(name='"' * n),
        lambda n: mailed(name="a " * n),
    ],
)
def test_a_header_of_a_mail_costs_no_more_however_long_it_is(made: Callable[[int], bytes]) -> None:
    small, large = made(limits.MAX_HEADER), made(2 * limits.MAX_HEADER)
    unpack("a.eml", small)

    (member,) = unpack("a.eml", large)
    assert member.data == b"1"
    assert n_steps(lambda: unpack("a.eml", large)) <= 1.1 * n_steps(lambda: unpack("a.eml", small))


# -------------------------------------------------------------------------------------- counts


@pytest.mark.parametrize("kind", [' t="s"', "", ' t="n"', ' t="b"', ' t="d"'])
def test_a_number_of_five_thousand_digits_is_no_fault_of_the_program(kind: str) -> None:
    long = f'<row r="12"><c r="F12"{kind}><v>{"7" * 5_000}</v></c></row>'
    data = with_part("sheet2.xml", lambda xml: re.sub(r"<row r=\"12\".*?</row>", long, xml))

    found = read_return("a.xlsx", data, real(), Period(2025))
    assert "NH21" not in [f.code for f in found.findings]


def test_headings_are_looked_for_in_so_many_rows_as_no_form_has(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(KEYLESS)
    monkeypatch.setattr(labels, "MAX_LABELLED_ROWS", 1)
    assert whole.status is ReturnStatus.EFFECTIVE
    assert read(KEYLESS).status is ReturnStatus.REFUSED


def test_the_table_in_the_policy_is_the_code_s() -> None:
    policy = (Path(__file__).parents[2] / "SECURITY.md").read_text(encoding="utf-8")
    mark = "<!-- limits: python -m dvctt_report.text.limits -->\n"

    assert policy.partition(mark)[2].partition("\n<!-- /limits -->")[0] == limits.limits_table()
    n_limits = sum(name.isupper() and isinstance(value, int) for name, value in vars(limits).items())
    assert limits.limits_table().count("\n") == n_limits + 1


def with_part(name: str, edit: Callable[[str], str]) -> bytes:
    """A filled form with one part as ``edit`` makes it of its XML."""
    return edited(fill("SYT", 3).data, in_part(f"xl/worksheets/{name}", edit))


HIDING_RULE = '<cfRule type="iconSet"><iconSet showValue="0"/></cfRule>'


def under_conditions(xml: str, areas: str, rules: str, n_within: int = 1) -> str:
    """The sheet with those rules, which show nothing, for those areas, in ``n_within`` formats nested."""
    first, last = f'<conditionalFormatting sqref="{areas}">', "</conditionalFormatting>"
    return xml.replace("</sheetData>", f"</sheetData>{first * n_within}{rules}{last * n_within}")


@pytest.mark.parametrize(("n_areas", "n_rules", "n_within"), [(40, 40, 1), (1_000, 2, 1), (1, 40, 40)])
def test_conditional_formats_are_counted_before_they_are_multiplied(
    n_areas: int, n_rules: int, n_within: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_styles, "MAX_CONDITIONS", 1_000)
    areas = " ".join(f"A{n}" for n in range(1, n_areas + 1))
    data = with_part("sheet2.xml", lambda xml: under_conditions(xml, areas, HIDING_RULE * n_rules, n_within))
    looked_at: list[Range] = []

    def look(_: object, areas: Sequence[Range], __: str) -> list[list[object]]:
        looked_at.extend(areas)
        return [[] for _ in areas]

    monkeypatch.setattr(xlsx_styles, "places_in", look)

    if n_areas * n_rules > 1_000:
        with pytest.raises(Unreadable, match="định dạng có điều kiện của trang tính áp dụng cho quá"):
            read_workbook(data)
    else:
        read_workbook(data)
    assert len(looked_at) <= 1_000


def test_many_areas_under_one_rule_are_each_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = " ".join(f"A{n}" for n in range(1, 900))
    data = with_part("sheet2.xml", lambda xml: under_conditions(xml, areas, HIDING_RULE))
    monkeypatch.setattr(xlsx_styles, "MAX_CONDITIONS", 1_000)

    marks = {cell.mark for sheet in read_workbook(data).sheets for cell in sheet.cells.values()}
    assert "varies" in marks


def test_what_lies_under_a_drawing_is_found_without_looking_at_every_row() -> None:
    edges, start = Edges({}, 15), time.process_time()
    for _ in range(10_000):
        assert edges.reach(30, 60) == (3, 4)

    assert time.process_time() - start < 0.5
