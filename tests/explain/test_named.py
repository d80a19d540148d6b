"""Every printed figure is explained, and what it counts is counted again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dvctt_report.explain.answer import explain_name
from dvctt_report.explain.manifest import Manifest
from tests.explain.conftest import Make, named

_COUNT = re.compile(r"Đếm được ([\d.]+)\.")
AT_MOST = {"compared": "at_most"}


def judged(manifest: Manifest, code: str, goal: dict[str, str]) -> Manifest:
    """The same with another goal of that target."""
    indicator = manifest.indicators[code]
    other = {**indicator, "goal": {**indicator["goal"], **goal}}
    return replace(manifest, indicators={**manifest.indicators, code: other})


def test_every_printed_figure_is_explained_and_counted_again(make: Make) -> None:
    manifest = make()
    n_counted = 0
    for block in manifest.index:
        row = block.block.cells if block.block.table is not None else ()
        for span in (span for spans in block.figures for span in spans):
            account = explain_name(manifest, span.id, row)
            assert account is not None, span.id
            assert account.code == span.id
            if counted := _COUNT.fullmatch("".join(account.formula)):
                assert int(span.text.replace(".", "")) == int(counted[1]) == len(account.counted), span.id
                n_counted += 1
            elif span.id.endswith(".percent") and re.search(r"\d", span.text) and account.formula:
                assert account.formula[0].endswith(f"= {span.text.rstrip('%')}%"), span.id
    assert n_counted > 30


def test_a_count_names_its_units_and_their_cells(make: Make) -> None:
    below = named(make(), "T2.below")
    assert [(u.code, u.figure) for u in below.counted] == [("C", "90/100 người = 90%")]
    assert below.counted[0].cells
    assert [u.code for u in named(make(), "T2.missing.not_available").counted] == ["B"]
    assert named(make(), "T2.communes").meaning[0][1] == "số xã trong các đơn vị đó"


@pytest.mark.parametrize(
    ("role", "said"), [("difference", "79,95 − 80 = -0,05"), ("distance", "80 − 79,95 = 0,05")]
)
def test_a_difference_shows_what_was_subtracted(make: Make, role: str, said: str) -> None:
    assert named(make(), f"T10.{role}").formula[0] == f"{said} điểm phần trăm"


@pytest.mark.parametrize(
    ("goal", "said"),
    [({}, "100 − 90 = 10 người (100"), (AT_MOST | {"number": "80/1"}, "90 − 80 = 10 người (80")],
)
def test_what_one_unit_lacks_is_told_by_the_subtraction(make: Make, goal: dict[str, str], said: str) -> None:
    """By the level of the target: so many there have to be, or at most may be."""
    lacks = named(judged(make(), "T2", goal), "T2.C.short")
    assert lacks.formula[-1] == f"{said}: số vừa đủ theo mức của chỉ tiêu)"


def test_the_sum_of_a_group_is_added_up_from_its_units(make: Make) -> None:
    account = named(make(), "T10.sum1.percent", ("", "I", "2.000", "1.599", "79,95"))
    assert account.formula == ("1.599 / 2.000 hồ sơ = 79,95%",)
    assert {u.code for u in account.counted} <= {"A", "B", "C"}
    tag = named(make(), "T10.sum1.percent", ("{{ T10: tỷ lệ: Sở }}", "", "79,95%"))
    assert (tag.formula, tag.counted) == (account.formula, account.counted)
    assert explain_name(make(), "HT.b.people.sum1") is not None
    assert named(make(), "HT.b.people.A").formula == ("Lấy số của Cơ quan A: 120",)


@pytest.mark.parametrize(
    "name",
    [
        *("T10.nothing", "returns.nothing", "targets.nothing", "documents.99.sign", "documents.x.sign"),
        *("x.y", "NV.1.x", "HT.b.people.sum9"),
    ],
)
def test_what_no_name_means_is_not_explained(make: Make, name: str) -> None:
    assert explain_name(make(), name) is None


@pytest.mark.parametrize(
    ("name", "goal", "what"),
    [
        ("T10.last_year.points", {}, "mức thay đổi so với năm trước"),
        ("T10.last_year.percent", {}, "tỷ lệ năm trước"),
        ("T10.last_year.now", {}, "tỷ lệ năm nay, làm tròn"),
        ("T10.short", {}, "số còn thiếu để đạt mức"),
        ("T10.short", AT_MOST, "số vượt quá mức"),
    ],
)
def test_a_part_of_a_result_is_told_in_words(make: Make, name: str, goal: dict[str, str], what: str) -> None:
    assert named(judged(make(), "T10", goal), name).meaning[0][1].startswith(what)
