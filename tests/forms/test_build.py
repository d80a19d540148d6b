"""Each unit's form holds what the unit is asked, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, Form, FormTable, Role, key_of
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import place
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import fields
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Channel, Dossier, Funding, Listing, Profile, Survey, Target, Task, Topic
from dvctt_report.text.resources import resource_path
from tests.forms.fill import NEXT, ONE_OF_EACH_GROUP, cells, real

SHEETS = {
    "SYT": "Bìa, 01-A số liệu, 01-B có không, 02 hoạt động, 03 hồ sơ TTHC, 04 hài lòng, "
    "05-A nhiệm vụ, kinh phí, 05-B đánh giá, kiến nghị, Trang ký",
    "NHI": "Bìa, 01-A số liệu, Chi tiết theo xã, 01-B có không, 02 hoạt động, 03 hồ sơ TTHC, 04 hài lòng, "
    "05-A nhiệm vụ, kinh phí, 05-B đánh giá, kiến nghị, Trang ký",
    "BPTTH": "Bìa, 01-A số liệu, 01-B có không, 02 hoạt động, 05-A nhiệm vụ, kinh phí, "
    "05-B đánh giá, kiến nghị, Trang ký",
    "CDN": "Bìa, 01-A số liệu, 01-B có không, 02 hoạt động, 05-B đánh giá, kiến nghị, Trang ký",
    "X22759": "Biểu cấp xã",
}


def form(code: str) -> Form:
    return build_form(real(), real().roster.unit(code), ONE_OF_EACH_GROUP[code])


def table(code: str, name: str) -> FormTable:
    return next(t for s in form(code).sheets for t in s.tables if t.id == name)


def items_of(code: str) -> set[str]:
    unit = real().roster.unit(code)
    return {key.item for key in cells(unit, ONE_OF_EACH_GROUP[code])} - {COVER}


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_a_form_asks_every_field_of_what_the_unit_is_asked_once_and_nothing_else(code: str) -> None:
    unit = real().roster.unit(code)
    commune = real().roster.group(unit.group).form == "commune"
    asked = {i.code: i for i in real().asked(unit)}
    elsewhere = {i.code for i in asked.values() if isinstance(i, Target) and i.same_as}
    derived = {i.code for i in asked.values() if commune and isinstance(i, Task) and i.derived_from}
    assert items_of(code) == set(asked) - elsewhere - derived
    keys = cells(unit, ONE_OF_EACH_GROUP[code])
    assert len(keys) == len(set(keys))
    shown = {(key.item, key.field) for key in keys if not key.part or key.item == "VB"}
    for item in asked.values() if not commune else ():
        assert item.code in elsewhere or {(item.code, f.code) for f in fields(item)} <= shown


def test_every_item_of_the_plan_stands_in_some_form() -> None:
    shown = {key.item for unit in real().units(Period(2025)) for key in cells(unit, Period(2025))}
    never_asked = {
        i.code
        for i in real().plan.items
        if (isinstance(i, Target) and i.same_as) or (isinstance(i, Task) and i.answered_by != "unit")
    }
    assert {i.code for i in real().plan.items} - shown == never_asked
    assert never_asked == {"U2", "U3", "NV.1d", "NV.7e"}


@pytest.mark.parametrize("code", SHEETS)
def test_the_sheets_of_each_shape(code: str) -> None:
    assert ", ".join(s.name for s in form(code).sheets) == SHEETS[code]


def test_a_commune_sees_the_columns_it_is_asked_with_the_reason_beside_its_figures() -> None:
    (sheet,) = form("X22759").sheets
    shown = {t.id: [c.key for c in t.columns] for t in sheet.tables}

    assert shown["a"] == ["stt", "label", "total", "done", "status", "note"]
    assert shown["surveys"] == ["stt", "label", "valid", "satisfied", "status"]
    assert shown["channels"] == shown["funding"] == ["stt", "label", "value"]
    assert table("X22759", "a").columns[-1].header == "Lý do; ngày bổ sung"
    assert {sum(c.span for c in t.columns) for t in sheet.tables} - {6} == {len(sheet.grid)}
    labels = {row.key: row.labels[-1] for t in sheet.tables for row in t.rows}
    defined = {row.key: row.labels[1] for row in table("NHI", "a").rows}["T10"]
    assert "\n- Tổng số: hồ sơ TTHC đã giải quyết trong kỳ" in defined, "an office has each on its line"
    assert re.match(r"\(1\) Hồ sơ TTHC đã giải quyết .*\. \(2\) Số hồ sơ trong đó", labels["T10"])
    assert labels["T12"] == "Người dân hài lòng khi sử dụng dịch vụ công trực tuyến"
    assert labels["HT.b:people"].endswith("học tập chuyên đề: số lượt người dự")


def test_a_district_gives_parts_commune_by_commune_and_its_own_office_where_that_counts() -> None:
    parts = table("NHI", "parts")
    office, *communes = parts.rows

    assert office.key == "@Cơ quan cấp huyện"
    assert office.closed == {"T5:total", "T5:done", "T7:total", "T7:done"}
    assert [row.key for row in communes] == [f"@{p}" for p in real().roster.unit("NHI").parts]
    assert not any(row.closed for row in communes)
    assert [c.key for c in parts.columns if c.role is Role.ANSWER] == [
        f"{t}:{field}" for t in ("T1", "T2", "T5", "T7") for field in ("total", "done")
    ]


def test_only_opinions_still_within_their_time_have_a_third_number() -> None:
    closed = {row.key: row.closed for row in table("SYT", "a").rows}

    assert closed.pop("T13") == frozenset()
    assert set(closed.values()) == {frozenset({"pending"})}
    assert "pending" not in {c.key for c in table("BPTTH", "a").columns}


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("T1", "total", Key("T1", "total")),
        ("HT.b:events", "value", Key("HT.b", "events")),
        ("VB/3", "number", Key("VB", "number", "3")),
        ("@Xã Phước Đại", "T1:done", Key("T1", "done", "Xã Phước Đại")),
        ("_:phone", "value", Key("_", "phone")),
        ("HT.b:events", "note", Key("HT.b", "note")),
    ],
)
def test_keys_of_row_and_column_name_an_answer(row: str, column: str, key: Key) -> None:
    assert key_of(row, column) == key


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_weights_are_unique_and_tables_never_overlap(code: str) -> None:
    weights: list[int] = []
    for sheet in place(form(code)):
        end = 0
        for placed in sheet.tables:
            assert placed.title_at > end
            rows = [at for at, _, _ in placed.rows]
            assert rows == list(range(rows[0], rows[0] + len(rows)))
            assert placed.marker_at < placed.header_at <= rows[0]
            assert placed.end > rows[-1]
            weights += [weight for _, weight, _ in placed.rows]
            end = placed.end
            assert placed.columns[-1].last < 2 + len(sheet.sheet.grid)
    assert weights == list(range(1, len(weights) + 1))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((Topic, "topics"), (Channel, "channels"), (Funding, "funding"), (Task, "tasks")),
        *((Dossier, "dossiers"), (Survey, "surveys"), (Listing, "list.VB")),
    ],
)
def test_each_kind_of_item_has_its_table(kind: type, name: str) -> None:
    rows = {key_of(row.key, "x").item for row in table("NHI", name).rows}
    assert rows == {i.code for i in real().asked(real().roster.unit("NHI")) if isinstance(i, kind)}


@pytest.mark.parametrize("province", ["ninh_thuan", "khanh_hoa"])
def test_the_page_on_a_communes_form_tells_of_each_content_whether_it_is_asked(province: str) -> None:
    profile = load_profile(resource_path("templates") / province)
    commune = next(u for u in profile.units(Period(2026)) if u.group == "xa")
    sheets = build_form(profile, commune, Period(2026)).sheets
    shown = {key_of(row.key, "x").item for s in sheets for t in s.tables for row in t.rows} - {COVER}
    page = (Path(__file__).parents[2] / "docs" / "bieu-cap-xa.md").read_text(encoding="utf-8")
    told: dict[bool, set[str]] = {True: set(), False: set()}
    codes = {item.code for item in profile.plan.items}
    for line in page.splitlines():
        asked = line.startswith("|") and line.split("|")[3].strip().startswith("hỏi")
        told[asked] |= codes.intersection(re.findall(r"[A-Z]+\d*\w*(?:\.\w+)*", line))

    assert told[True] == shown
    assert told[True] | told[False] | {"HS.H"} >= codes - {i for i in codes if i.startswith("NV.")}


def test_a_content_that_a_province_asks_of_its_communes_too_stands_on_their_sheet() -> None:
    groups = (g.model_copy(update={"own": (*g.own, "HS.X", "KS.DV.chung")}) for g in real().roster.groups)
    roster = real().roster.model_copy(update={"groups": tuple(groups)})
    profile = Profile(plan=real().plan, roster=roster)
    unit = profile.roster.unit("X22759")
    typed: dict[Key, Answer] = {Key("HS.X", "resolved_total"): 90, Key("KS.DV.chung", "valid"): 7}
    received = read_return("a.xlsx", form_bytes(profile, unit, NEXT, typed), profile, NEXT)
    said = {(o.item, o.field): o.value for o in received.observations if o.value is not None}

    assert len([key for key in said if key[0] in ("HS.X", "KS.DV.chung")]) == 2
    assert said["T10", "total"] == 90
