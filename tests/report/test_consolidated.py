"""The consolidated workbook: LibreOffice adds it up anew and comes to what the report says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from io import BytesIO
from itertools import dropwhile
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
import xlsxwriter.worksheet
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from dvctt_report.consolidated import consolidated_bytes, formulas, table, workbook
from dvctt_report.consolidated.answers import COLUMNS, answers_csv, units_csv, year_json
from dvctt_report.consolidated.workbook import opinions_table
from dvctt_report.model import (
    Compared,
    Control,
    FindingState,
    Goal,
    Observation,
    Override,
    Printed,
    Progress,
    State,
    Tally,
    Verdict,
)
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.model import Item, Plan, Profile, Roster, Target
from dvctt_report.plan.phrases import Phrases
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.year import Year
from tests.libreoffice import XLSX, LibreOffice, without_results
from tests.oracle.test_oracle import PROFILE, as_table, sent_twice
from tests.oracle.worlds import random_world
from tests.report.conftest import (
    DATASET,
    FINDINGS,
    ITEMS,
    PHRASES,
    PLAN,
    ROSTER,
    YEAR,
    answered,
    full,
    plain,
    returned,
)
from tests.shipped import shipped_phrases
from tests.year.rules.tables import dataset as told

WORLDS = (0, 1, 3, 5, 8, 13, 21, 34)
GOALS = (1, 3, 5, 8)
UNCHANGED = f"năm {WORLDS[0]}"
NASTY = "=1+1"


def year_of(seed: int) -> Year:
    """A random year with the findings behind it."""
    world = random_world(seed)
    of = sent_twice(told(as_table(world), PROFILE), world)
    claims = world.accepted
    findings = tuple(
        replace(f, state=FindingState.ACCEPTED) if f.code == "SL06" and (f.unit, f.item) in claims else f
        for f in check(of)
    )
    return Year(of, findings)


def with_control(printed: Printed) -> Year:
    """A year in which a system in charge knows a target, for the province and for one unit."""
    year = year_of(0)
    shared: Any = ("Hệ thống", date(2025, 11, 1), "Công văn số 9", printed, "chốt muộn hơn")
    controls = (Control("T2", "", 4000, 3999, *shared), Control("T2", "A", 7, None, *shared))
    return Year(replace(year.dataset, controls=controls), year.findings)


def by_plan(year: Year, change: Callable[[Item], Item]) -> Year:
    """The same returns under a plan whose items are changed."""
    profile = year.dataset.profile
    plan = profile.plan.model_copy(update={"items": tuple(map(change, profile.plan.items))})
    return Year(replace(year.dataset, profile=profile.model_copy(update={"plan": plan})), year.findings)


def without_level() -> Year:
    """A year for which the plan sets no level of one target."""
    return by_plan(year_of(0), lambda i: i.model_copy(update={"thresholds": ()}) if i.code == "T2" else i)


def half_year() -> Year:
    """The same returns as those of half a year: what was done so far is told, nothing is judged."""
    year = year_of(0)
    of = year.dataset
    return Year(replace(of, period=Period(of.period.year, PeriodPart.HALF)), year.findings)


def with_goals(seed: int) -> Year:
    """A random year under a plan whose targets ask in every sense, with and without decimals."""
    rng = Random(seed)

    def asked(item: Item) -> Item:
        if not isinstance(item, Target):
            return item
        said = {rng.choice(list(Compared)).value: rng.choice((0, 37.5, 60, 79.96, 80, 99.5))}
        return Target.model_validate(item.model_dump() | {"thresholds": [{"year": 2025, **said}]})

    return by_plan(year_of(seed), asked)


BOOKS: Mapping[str, Callable[[], Year]] = {
    **{f"năm {seed}": partial(year_of, seed) for seed in WORLDS},
    **{f"mức {seed}": partial(with_goals, seed) for seed in GOALS},
    **{f"đối chiếu {printed}": partial(with_control, printed) for printed in Printed},
    "không đặt mức": without_level,
    "6 tháng": half_year,
}
NAMES = (*BOOKS, "mẫu")


def made(folder: Path, name: str, year: Year) -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(consolidated_bytes(year, shipped_phrases(), ()))
    return path


@pytest.fixture(scope="module")
def recalculated(
    tmp_path_factory: pytest.TempPathFactory, rendered_sample: Path, libreoffice: LibreOffice
) -> Mapping[str, tuple[Path, Path]]:
    """Each workbook as it was written, and as LibreOffice computes it without any result to copy."""
    folder = tmp_path_factory.mktemp("recalculated")
    books = {name: made(folder, name, year()) for name, year in BOOKS.items()}
    books["mẫu"] = rendered_sample / "ket-qua" / "2025" / "bang-ke-so-lieu-2025.xlsx"
    bare, out = folder / "trần", folder / "tính lại"
    bare.mkdir()
    for name, path in books.items():
        (bare / f"{name}.xlsx").write_bytes(without_results(path.read_bytes()))
    book = openpyxl.load_workbook(books[UNCHANGED])
    answer_cell(book["Từng ô số liệu"], "T2", "done").value -= 1
    book.save(bare / "sửa.xlsx")  # openpyxl writes no results of formulas
    libreoffice.convert(sorted(bare.iterdir()), XLSX, out)
    found = {name: (path, out / f"{name}.xlsx") for name, path in books.items()}
    return found | {"sửa": (bare / "sửa.xlsx", out / "sửa.xlsx")}


def answer_cell(sheet: Worksheet, item: str, field: str) -> Any:
    """The value's cell of the first answer that was added up."""
    heads = {cell.value: n for n, cell in enumerate(sheet[1])}
    for row in sheet.iter_rows(min_row=2):
        said = tuple(row[heads[name]].value for name in ("Mã", "Mã chỉ số", "Đã cộng"))
        if said == (item, field, "có"):
            return row[heads["Giá trị"]]
    raise AssertionError("no such answer")


@cache
def values_of(path: Path) -> Mapping[str, Sequence[tuple[Any, ...]]]:
    """What stands in each row of each sheet; of a formula its result."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    head, *lines = dropwhile(lambda row: None in row, values_of(path)[sheet])  # above it stands a notice
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def formula_cells(path: Path) -> Iterator[tuple[str, int, int]]:
    """The sheet, row and column of every formula, counted from 0."""
    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        for n_row, row in enumerate(sheet.iter_rows()):
            yield from ((sheet.title, n_row, n) for n, c in enumerate(row) if c.data_type == "f")


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-9
    return (one or "") == (other or "")


def computed_otherwise(written: Path, computed: Path) -> dict[tuple[str, int, int], tuple[Any, Any]]:
    """The formulas of a workbook, a hundred at least, that come to another result, with both results."""
    before, after = values_of(written), values_of(computed)
    places = list(formula_cells(written))
    assert len(places) > 100
    results = {at: (before[at[0]][at[1]][at[2]], after[at[0]][at[1]][at[2]]) for at in places}
    return {at: both for at, both in results.items() if not same(*both)}


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("name", NAMES)
def test_every_formula_gives_the_figure_that_is_written_with_it(
    name: str, recalculated: Mapping[str, tuple[Path, Path]]
) -> None:
    assert computed_otherwise(*recalculated[name]) == {}


def counts_of(indicator: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """What the workbook says of an indicator: nothing, not 0, where no unit gave a figure."""
    told = indicator["coverage"]["reported"]
    return (indicator["denominator"], indicator["numerator"]) if told else (None, None)


@pytest.mark.requires("soffice")
def test_the_recomputed_totals_and_verdicts_are_those_of_the_manifest(
    rendered_sample: Path, recalculated: Mapping[str, tuple[Path, Path]]
) -> None:
    results = rendered_sample / "ket-qua" / "2025"
    manifest = json.loads((results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    verdicts = {v: shipped_phrases().fill(f"verdict.{v.value}") for v in Verdict if v is not Verdict.PROGRESS}
    computed = rows(recalculated["mẫu"][1], "Tổng hợp")
    assert [
        (r["Mã"], r["Tổng số"], r["Đã thực hiện"], r["Đánh giá"], r["Đơn vị có số liệu"]) for r in computed
    ] == [
        (i["code"], *counts_of(i), verdicts[i["verdict"]], i["coverage"]["reported"])
        for i in manifest["indicators"]
    ]
    assert (None, None, 0) in {(r["Tổng số"], r["Đã thực hiện"], r["Đơn vị có số liệu"]) for r in computed}
    figures = {f["id"]: f["value"] for f in manifest["figures"]}
    sums = {(r["Mã"], r["Chỉ số"]): r["Cộng"] for r in rows(recalculated["mẫu"][1], "Hoạt động, kinh phí")}
    assert sums["VB", "Số văn bản"] == figures["directives"]
    assert sums["HT.b", "Số cuộc"] == figures["HT.b.events"]
    assert {r["Khớp báo cáo"] for r in computed} == {"khớp"}


@pytest.mark.requires("soffice")
def test_a_changed_answer_changes_the_sums_and_shows(recalculated: Mapping[str, tuple[Path, Path]]) -> None:
    first, changed = (
        next(r for r in rows(recalculated[name][1], "Tổng hợp") if r["Mã"] == "T2")
        for name in (UNCHANGED, "sửa")
    )
    assert (first["Đã thực hiện"] - changed["Đã thực hiện"], changed["Khớp báo cáo"]) == (1, "KHÁC")
    said = values_of(recalculated["sửa"][1])["Giải thích"]
    counted = {row[0]: row[1] for row in said}
    assert counted["Số dòng khác với báo cáo"] == 1


@pytest.mark.requires("soffice")
def test_the_random_years_reach_every_verdict(recalculated: Mapping[str, tuple[Path, Path]]) -> None:
    not_here = (Verdict.PROGRESS, Verdict.NOT_APPLICABLE)
    words = {shipped_phrases().fill(f"verdict.{v.value}") for v in Verdict if v not in not_here}
    seen = {r["Đánh giá"] for name in NAMES for r in rows(recalculated[name][1], "Tổng hợp")}
    assert words <= seen
    assert seen & {shipped_phrases().fill(f"verdict.progress_{p}") for p in Progress}


@pytest.mark.requires("soffice")
def test_the_figure_of_the_system_in_charge_is_judged_where_it_is_printed(
    recalculated: Mapping[str, tuple[Path, Path]],
) -> None:
    by_choice = {}
    for printed in Printed:
        row = next(r for r in rows(recalculated[f"đối chiếu {printed}"][1], "Tổng hợp") if r["Mã"] == "T2")
        by_choice[printed] = row["Tổng số"], row["Đã thực hiện"], row["Số được dùng"]
        own = row["Tổng số của các đơn vị"], row["Đã thực hiện của các đơn vị"]
    assert by_choice[Printed.CONTROL] == (4000, 3999, "số đối chiếu")
    assert by_choice[Printed.UNITS] == (*own, "số của các đơn vị")


@pytest.mark.parametrize(
    ("done", "total", "at_least", "shown"),
    [
        (1599, 2000, 80, 79.95),
        (79999, 100000, 80, 79.99),
        (80, 100, 80, 80.0),
        (99999, 100000, 90, 99.99),
        (1, 1000000, 80, 0.01),
        (0, 5, 80, 0.0),
        (2, 3, 100, 66.67),
        (0, 0, 80, ""),
    ],
)
def test_a_rate_is_never_rounded_onto_its_threshold(
    done: int, total: int, at_least: int, shown: float | str
) -> None:
    assert formulas.rate(Tally(done, total).share, Goal(Compared.AT_LEAST, Fraction(at_least))) == shown


def test_every_sheet_is_an_excel_table_that_prints(rendered_sample: Path) -> None:
    path = rendered_sample / "ket-qua" / "2025" / "bang-ke-so-lieu-2025.xlsx"
    book = openpyxl.load_workbook(path)
    assert all(sheet.tables for sheet in book.worksheets)
    assert {(s.page_setup.orientation, s.page_setup.paperSize) for s in book.worksheets} == {("landscape", 9)}
    names = [name for sheet in book.worksheets for name in sheet.tables]
    assert len(names) == len(set(names))
    detail = book["Từng ô số liệu"]
    assert detail.tables["ChiTiet"].ref == f"A1:P{detail.max_row}"
    assert detail.print_title_rows == "$1:$1"


def with_text(dataset: Dataset, text: str) -> Dataset:
    """The same year where a unit wrote ``text`` into its list of documents."""
    return answered(dataset, lambda o: replace(o, value=text, raw=text) if o.item == "VB" else o)


@pytest.mark.parametrize("text", ["=1+1", "+84 259", "-", "@SUM(A1)", "bình thường"])
def test_what_a_unit_wrote_stays_text(text: str, tmp_path: Path) -> None:
    of = with_text(DATASET, text)
    path = tmp_path / "a.xlsx"
    path.write_bytes(consolidated_bytes(Year(of, ()), PHRASES, ()))
    assert OpenXmlValidator().validate(path).errors == []
    cell = answer_cell_of(openpyxl.load_workbook(path)["Từng ô số liệu"], "VB")
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text != "bình thường")


def answer_cell_of(sheet: Worksheet, item: str) -> Any:
    at = [cell.value for cell in sheet[1]].index("Giá trị")
    return next(row[at] for row in sheet.iter_rows(min_row=2) if row[0].value == item)


def test_a_number_longer_than_excel_keeps_stands_as_text() -> None:
    long = 10**16 + 1
    of = answered(DATASET, lambda o: replace(o, value=long) if o.field == "people" else o)
    book = openpyxl.load_workbook(io.BytesIO(consolidated_bytes(Year(of, ()), PHRASES, ())))
    values = [cell.value for row in book["Từng ô số liệu"].iter_rows() for cell in row]
    assert str(long) in values


def test_a_year_without_returns_is_a_workbook_too(tmp_path: Path) -> None:
    of = Dataset(DATASET.profile, DATASET.period, (), DATASET.today)
    path = tmp_path / "a.xlsx"
    path.write_bytes(consolidated_bytes(Year(of, ()), PHRASES, ()))
    assert OpenXmlValidator().validate(path).errors == []
    for sheet, header in (
        ("Mục tiêu theo đơn vị", "Tổng số"),
        ("Tổng hợp", "Tổng số"),
        ("Tổng hợp", "Đã thực hiện"),
        ("Tổng hợp", "Tổng số của các đơn vị"),
    ):
        assert {r[header] for r in rows(path, sheet)} <= {None, ""}, header


def test_a_long_table_is_written_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    year = Year(DATASET, ())

    def book() -> bytes:
        return consolidated_bytes(year, PHRASES, ())

    monkeypatch.setattr(table, "LONG", 0)
    long = book()
    monkeypatch.setattr(table, "LONG", 10**9)
    short = book()
    monkeypatch.setattr(table, "PlainSheet", xlsxwriter.worksheet.Worksheet)
    assert long == short == book()


def test_more_answers_than_a_sheet_of_excel_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 8)
    with pytest.raises(CannotRun, match="một trang tính Excel không chứa hết"):
        consolidated_bytes(Year(DATASET, ()), PHRASES, ())


@pytest.mark.parametrize("nasty", [NASTY, "＝1+1", "＠SUM(A1)"])
def test_csv_is_tidy_and_opens_in_vietnamese(nasty: str) -> None:
    of = with_text(DATASET, nasty)
    data = b"".join(answers_csv(Year(of, ())))
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(table[0]) == [column.header for column in COLUMNS]
    answered = [o for r in of.returns for o in r.observations if o.state is not State.BLANK]
    assert len(table) == len(answered)
    assert {row["Giá trị"] for row in table if row["Mã"] == "VB"} == {f"'{nasty}"}
    money = next(row for row in table if row["Mã chỉ số"] == "spent")
    assert money["Giá trị"] == "2500000"
    unusable = next(row for row in table if row["Tình trạng"] == "chưa dùng được")
    assert unusable["Giá trị"] == ""


def test_units_stand_against_targets_with_what_the_workbook_says(tmp_path: Path) -> None:
    year = Year(DATASET, FINDINGS)
    wide = list(csv.DictReader(io.StringIO(units_csv(year).decode("utf-8-sig"))))
    path = tmp_path / "a.xlsx"
    path.write_bytes(consolidated_bytes(year, PHRASES, ()))
    long = {(r["Mã đơn vị"], r["Mã"]): r for r in rows(path, "Mục tiêu theo đơn vị")}
    names = ("Tổng số", "Đã thực hiện", "Tình trạng")

    assert [row["Mã đơn vị"] for row in wide] == [unit.code for unit in DATASET.units]
    assert [*wide[0]][3:] == [f"{r.item}: {name}" for r in year.summary.results for name in names]
    for row in wide:
        for item in (r.item for r in year.summary.results):
            there = long.get((row["Mã đơn vị"], item), {})
            shown = [str("" if there.get(n) is None else there[n]) for n in names]
            assert [row[f"{item}: {n}"] for n in names] == shown


def test_a_unit_that_is_not_asked_or_has_sent_nothing_has_no_figure() -> None:
    of = Dataset(DATASET.profile, DATASET.period, (), DATASET.today)
    (first, *_) = csv.DictReader(io.StringIO(units_csv(Year(of, ())).decode("utf-8-sig")))
    figures = {text for head, text in first.items() if head.endswith(("Tổng số", "Đã thực hiện"))}

    assert figures == {""}
    assert "chưa có báo cáo dùng được" in first.values()


def test_json_explains_its_keys_and_adds_up_to_the_manifest() -> None:
    year = json.loads(b"".join(year_json(Year(DATASET, FINDINGS), datetime(2025, 11, 20, 17), ())))
    keys = [entry["key"] for entry in year["dictionary"]]
    assert all(entry["meaning"] for entry in year["dictionary"])
    assert all(list(answer) == keys for answer in year["answers"])
    assert {answer["state"] for answer in year["answers"]} <= set(year["states"])
    (t1,) = [i for i in year["indicators"] if i["code"] == "T1"]
    added = [a for a in year["answers"] if a["item"] == "T1" and a["used"]]
    assert sum(a["value"] for a in added if a["field"] == "total") == t1["denominator"]
    assert sum(a["value"] for a in added if a["field"] == "done") == t1["numerator"]


def test_an_override_shows_in_csv_and_json_with_what_the_unit_wrote() -> None:
    put = Override("SO1", "T1", "done", "190", "150", "gõ nhầm", "CV 2", "lan", datetime(2025, 11, 12))

    def changed(found: Observation) -> Observation:
        if (found.unit, found.item, found.field) != ("SO1", "T1", "done"):
            return found
        return replace(found, value=190, override=put, replaced=found)

    of = answered(DATASET, changed, overrides=(put,))
    table = csv.DictReader(io.StringIO(b"".join(answers_csv(Year(of, ()))).decode("utf-8-sig")))
    assert [(row["Giá trị"], row["Đơn vị ghi"]) for row in table if row["Đơn vị ghi"]] == [("190", "150")]
    year = json.loads(b"".join(year_json(Year(of, ()), datetime(2025, 11, 20), ())))
    assert [o["reason"] for o in year["overrides"]] == ["gõ nhầm"]
    assert [a["replaced"] for a in year["answers"] if a["replaced"]] == ["150"]


def test_decimals_are_written_the_vietnamese_way_in_csv_and_exactly_in_json() -> None:
    of = answered(DATASET, lambda o: replace(o, value=Decimal("79.95")) if o.item == "VB" else o)
    assert b"79,95" in b"".join(answers_csv(Year(of, ())))
    assert '"79.95"' in b"".join(year_json(Year(of, ()), datetime(2025, 11, 20), ())).decode()


def test_the_figure_of_the_body_in_charge_is_not_called_the_units() -> None:
    by_code = {target.code: target for target in DATASET.profile.plan.targets}
    said = {code: formulas.whose(DATASET.profile, one, by_control=False) for code, one in by_code.items()}
    name = DATASET.profile.roster.short_names["VP"]
    assert {code for code, text in said.items() if text == f"số của {name}"} == {
        code for code, one in by_code.items() if one.authority == "VP"
    }
    assert {*said.values()} == {f"số của {name}", "số của các đơn vị"}


# --------------------------------------------------------------------------------------- the units' own words


WORDS = {
    "SO1": {"DG.kho": "- Mạng yếu;\n- Thiếu máy <C> & {{ x }}", "KN.t": "Bố trí kinh phí."},
    "H1": {"DG.kho": "Người dân ở xa"},
}


OPINIONS = (
    plain("DG.kho", "prose", "Khó khăn", into="limits"),
    plain("KN.t", "prose", "Kiến nghị với tỉnh", into="to_province"),
)


def make(**opinions: dict[str, str]) -> Dataset:
    """The small plan's data with units' words: difficulties, and wishes to the province."""
    groups: Any = ROSTER["groups"]
    roster = ROSTER | {"groups": [group | {"own": [*group["own"], "DG*", "KN*"]} for group in groups]}
    plan = Plan.model_validate(PLAN | {"items": (*ITEMS, *OPINIONS)})
    returns = [
        returned(unit, full() | {(item, "text"): text for item, text in words.items()})
        for unit, words in opinions.items()
    ]
    profile = Profile(plan=plan, roster=Roster.model_validate(roster))
    return Dataset(profile, Period(YEAR), returns, date(2025, 11, 20))


def opinions(dataset: Dataset, phrases: Phrases) -> list[tuple[Any, ...]]:
    return [row[1:] for row in opinions_table(Year(dataset), phrases).rows]


def test_every_line_of_every_unit_stands_under_its_topic_once() -> None:
    twice = WORDS | {"SO2": {"DG.kho": "Thiếu người\nThiếu người"}}
    assert opinions(make(**twice), PHRASES) == [
        ("Khó khăn", "Sở Một", "- Mạng yếu;"),
        ("Khó khăn", "Sở Một", "- Thiếu máy <C> & {{ x }}"),
        ("Khó khăn", "Sở Hai và Ba", "Thiếu người"),
        ("Khó khăn", "UBND huyện Đông", "Người dân ở xa"),
        ("Kiến nghị với tỉnh", "Sở Một", "Bố trí kinh phí."),
    ]
    sections = {row[0] for row in opinions_table(Year(make(**WORDS)), PHRASES).rows}
    assert sections == {"Tồn tại, hạn chế", "Kiến nghị đối với UBND tỉnh"}


def test_the_workbook_shows_them_as_text_and_no_number_of_a_person() -> None:
    content = consolidated_bytes(Year(make(SO1={"DG.kho": "=1+1\nGọi ông A, số 0912345678"})), PHRASES, ())
    sheet = openpyxl.load_workbook(BytesIO(content))["Ý kiến"]
    told = [row[3] for row in sheet.iter_rows(min_row=2) if row[2].value == "Sở Một"]
    assert [(cell.value, cell.data_type) for cell in told] == [("=1+1", "s"), ("Gọi ông A, số …", "s")]


def test_without_any_there_is_no_such_sheet() -> None:
    content = consolidated_bytes(Year(make(SO1={})), PHRASES, ())
    assert "Ý kiến" not in openpyxl.load_workbook(BytesIO(content)).sheetnames
