"""Every printed figure is explained, and what it counts is counted again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dvctt_report.explain.answer import explain_name
from tests.explain.conftest import Make

_COUNT = re.compile(r"Đếm được ([\d.]+)\.")


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
    account = explain_name(make(), "T2.below")
    assert account is not None
    assert [(u.code, u.figure) for u in account.counted] == [("C", "90/100 người = 90%")]
    assert account.counted[0].cells
    missing = explain_name(make(), "T2.missing.not_available")
    assert missing is not None
    assert [u.code for u in missing.counted] == ["B"]


def test_a_difference_shows_what_was_subtracted(make: Make) -> None:
    for role, said in (("difference", "79,95 − 80 = -0,05"), ("distance", "80 − 79,95 = 0,05")):
        account = explain_name(make(), f"T10.{role}")
        assert account is not None
        assert account.formula[0] == f"{said} điểm phần trăm"


def test_what_one_unit_lacks_is_told_by_the_subtraction(make: Make) -> None:
    """By the level of the target: so many there have to be, or at most may be."""
    manifest = make()
    lacks = explain_name(manifest, "T2.C.short")
    assert lacks is not None
    assert lacks.formula[-1] == "100 − 90 = 10 người (100: số vừa đủ theo mức của chỉ tiêu)"
    goal = {**manifest.indicators["T2"]["goal"], "compared": "at_most", "number": "80/1"}
    judged = {**manifest.indicators, "T2": {**manifest.indicators["T2"], "goal": goal}}
    exceeds = explain_name(replace(manifest, indicators=judged), "T2.C.short")
    assert exceeds is not None
    assert exceeds.formula[-1] == "90 − 80 = 10 người (80: số vừa đủ theo mức của chỉ tiêu)"


def test_the_sum_of_a_group_is_added_up_from_its_units(make: Make) -> None:
    account = explain_name(make(), "T10.sum1.percent", ("", "I", "2.000", "1.599", "79,95"))
    assert account is not None
    assert account.formula == ("1.599 / 2.000 hồ sơ = 79,95%",)
    assert {u.code for u in account.counted} <= {"A", "B", "C"}
    tag = explain_name(make(), "T10.sum1.percent", ("{{ T10: tỷ lệ: Sở }}", "", "79,95%"))
    assert tag is not None
    assert (tag.formula, tag.counted) == (account.formula, account.counted)
    assert explain_name(make(), "HT.b.people.sum1") is not None
    assert explain_name(make(), "HT.b.people.sum9") is None
    part = explain_name(make(), "HT.b.people.A")
    assert part is not None
    assert part.formula == ("Lấy số của Cơ quan A: 120",)


def test_the_communes_among_the_units_of_a_sentence_are_told_by_their_target(make: Make) -> None:
    account = explain_name(make(), "T2.communes")
    assert account is not None
    assert account.meaning[0][1] == "số xã trong các đơn vị đó"


def test_what_no_name_means_is_not_explained(make: Make) -> None:
    for name in ("T10.nothing", "returns.nothing", "targets.nothing", "documents.99.sign", "x.y", "NV.1.x"):
        assert explain_name(make(), name) is None, name


@pytest.mark.parametrize(
    ("name", "compared", "what"),
    [
        ("T10.last_year.points", "at_least", "mức thay đổi so với năm trước"),
        ("T10.last_year.percent", "at_least", "tỷ lệ năm trước"),
        ("T10.last_year.now", "at_least", "tỷ lệ năm nay, làm tròn"),
        ("T10.short", "at_least", "số còn thiếu để đạt mức"),
        ("T10.short", "at_most", "số vượt quá mức"),
    ],
)
def test_a_part_of_a_result_is_told_in_words(make: Make, name: str, compared: str, what: str) -> None:
    manifest = make()
    goal = {**manifest.indicators["T10"]["goal"], "compared": compared}
    judged = {**manifest.indicators["T10"], "goal": goal}
    account = explain_name(replace(manifest, indicators={**manifest.indicators, "T10": judged}), name)
    assert account is not None
    assert account.meaning[0][1].startswith(what)
