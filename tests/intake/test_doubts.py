"""Whole returns: what is warned of beside the figures, what is converted, and that it changes no figure."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.reading_log import COLUMNS, log_csv, reading_log
from dvctt_report.model import Finding, Key, Observation, Return, Severity, State
from dvctt_report.old_fonts import TCVN3, VNI
from dvctt_report.period import Period
from tests.forms.fill import fill, real
from tests.intake.test_legacy_text import encode

SENT = {Key(COVER, "sent_on"): date(2025, 11, 5)}
Edit = Callable[[str], str]


def received(
    answers: Mapping[Key, Answer], unit: str = "SYT", edit: Mapping[str, Edit] | None = None
) -> Return:
    """The return of a unit that gave these answers; ``edit`` changes parts of the file, by name."""
    data = form_bytes(real(), real().roster.unit(unit), Period(2025), {**SENT, **answers})
    return read_return("a.xlsx", edited(data, edit or {}), real(), Period(2025))


def edited(data: bytes, edit: Mapping[str, Edit]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for start, change in edit.items():
                if name.startswith(start):
                    content = change(content.decode()).encode()
            new.writestr(name, content)
    return stream.getvalue()


def in_font(font: str) -> dict[str, Edit]:
    return {"xl/styles.xml": lambda xml: re.sub(r'<name val="[^"]*"/>', f'<name val="{font}"/>', xml)}


def as_formula(cell: str, formula: str, cached: str) -> dict[str, Edit]:
    """Put a formula with its stored result into a cell, wherever that cell holds something."""
    pattern = re.compile(rf'(<c r="{cell}"[^>]*?)(?: t="\w+")?(?:/>|>.*?</c>)')
    return {
        "xl/worksheets/sheet2.xml": lambda xml: pattern.sub(
            rf"\1><f>{formula}</f><v>{cached}</v></c>", xml, count=1
        )
    }


def codes(found: Return) -> list[str]:
    return [f.code for f in found.findings]


def only(found: Return, code: str) -> Finding:
    (finding,) = [f for f in found.findings if f.code == code]
    return finding


def answer(found: Return, item: str, field: str, part: str = "") -> Observation:
    return next(o for o in found.observations if (o.item, o.field, o.part) == (item, field, part))


def address(item: str, field: str) -> str:
    at = answer(received({Key("T1", "total"): 1}), item, field).at
    assert at is not None
    return at.cell


# ------------------------------------------------------------------------------ numbers and columns


def test_a_lone_group_of_three_is_read_as_its_column_allows_and_told() -> None:
    found = received({Key("T1", "total"): "1.234", Key("T1", "done"): "1.200", Key("T2", "total"): 15})

    assert (answer(found, "T1", "total").value, answer(found, "T1", "done").value) == (1234, 1200)
    assert codes(found) == ["DL12", "DL12"]
    assert 'cả cột dùng dấu "."' in found.findings[0].message
    assert "đọc là 1.234" in found.findings[0].message


@pytest.mark.parametrize(
    "other", [{Key("T2", "total"): "12,5"}, {Key("T2", "total"): 1.5}, {Key("T1", "done"): 1500}]
)
def test_a_lone_group_of_three_is_a_question_where_its_column_or_its_row_objects(
    other: dict[Key, Answer],
) -> None:
    found = received({Key("T1", "total"): "1.234", **other})

    assert answer(found, "T1", "total").state is State.UNREADABLE
    assert only(found, "DL08").item == "T1"


def test_a_stroke_and_a_sum_are_questions_with_an_offer() -> None:
    found = received({Key("T1", "done"): "44/50", Key("T1", "total"): "12+5+7"})

    assert "44 vào ô" in only(found, "DL21").fix
    assert "50 vào ô" in only(found, "DL21").fix
    assert "(24)" in only(found, "DL22").fix
    assert {answer(found, "T1", f).state for f in ("total", "done")} == {State.UNREADABLE}


def test_a_division_by_zero_pasted_over_a_rate_says_nothing() -> None:
    none = {Key("T1", "total"): 0, Key("T1", "done"): 0}
    cell = address("T1", "rate")

    def with_error(xml: str) -> str:
        made = re.sub(
            rf'<c r="{cell}"([^>]*?) t="str">.*?</c>', rf'<c r="{cell}"\1 t="e"><v>#DIV/0!</v></c>', xml
        )
        assert made != xml
        return made

    found = received(none, edit={"xl/worksheets/sheet2.xml": with_error})

    assert (answer(found, "T1", "rate").state, codes(found)) == (State.BLANK, [])


# --------------------------------------------------------------------------------------- formulas


def test_an_outdated_result_is_warned_of_and_used_as_stored() -> None:
    cell = address("T1", "total")
    found = received({Key("T1", "total"): 1, Key("T1", "done"): 1}, edit=as_formula(cell, "SUM(4,5)", "8"))

    assert answer(found, "T1", "total").value == 8
    assert "đang ghi 8, tính lại được 9" in only(found, "DL23").message
    assert only(found, "DL23").severity is Severity.WARNING


@pytest.mark.parametrize(("formula", "cached"), [("SUM(4,5)", "9"), ("3+5", "8"), ("9.0000000001+0", "9")])
def test_a_current_result_stays_silent(formula: str, cached: str) -> None:
    cell = address("T1", "total")
    found = received({Key("T1", "total"): 1, Key("T1", "done"): 1}, edit=as_formula(cell, formula, cached))

    assert codes(found) == []


def test_a_total_that_excel_did_not_add_up_again_is_taken_from_its_parts() -> None:
    found = received({Key("HS.H", "resolved_total"): "120", Key("HS.X", "resolved_total"): 80}, unit="NHI")

    total = answer(found, "T10", "total")
    assert (total.value, codes(found).count("DL23"), "DL13" in codes(found)) == (200, 1, False)
    assert "cộng các ô chi tiết được 200" in only(found, "DL23").message


def test_a_formula_into_another_file_is_warned_of() -> None:
    cell = address("T1", "total")
    found = received(
        {Key("T1", "total"): 1, Key("T1", "done"): 1}, edit=as_formula(cell, "[1]Sheet1!A1", "8")
    )

    assert (answer(found, "T1", "total").value, codes(found)) == (8, ["DL24"])
    assert "[1]Sheet1!A1" in only(found, "DL24").message


# ------------------------------------------------------------------------------------------ money


@pytest.mark.parametrize(
    ("amount", "code"),
    [(50_000_000, []), (0, []), (100_000, []), (50, ["DL25"]), (99_999, ["DL25"]), (10**13, ["DL25"])],
)
def test_an_amount_that_can_hardly_be_in_dong_is_warned_of(amount: int, code: list[str]) -> None:
    found = received({Key("KP.a", "spent"): amount})

    assert (codes(found), answer(found, "KP.a", "spent").value) == (code, amount)


def test_a_heading_in_millions_over_an_amount_is_warned_of() -> None:
    money: dict[Key, Answer] = {
        Key("KP.a", "spent"): 50_000_000,
        Key("DG.ketqua", "text"): "kinh phí 50 triệu đồng",
    }

    def headed(xml: str) -> str:
        return xml.replace("Dự toán được giao", "Dự toán được giao (triệu đồng)")

    assert codes(received(money)) == []
    found = received(money, edit={"xl/sharedStrings.xml": headed})
    assert "triệu đồng" in only(found, "DL25").message


# ------------------------------------------------------------------------------------------ dates


def listed(*days: Answer) -> dict[Key, Answer]:
    """Documents with a number of their own each, issued on these days."""
    return {
        Key("VB", name, str(n)): said
        for n, day in enumerate(days, 1)
        for name, said in (("number", f"{n}/KH-UBND"), ("issued_on", day))
    }


def test_dates_month_first_are_read_so_where_the_column_proves_it() -> None:
    found = received(listed("10/25/2025", "03/04/2025"))

    assert [answer(found, "VB", "issued_on", p).value for p in "12"] == [date(2025, 10, 25), date(2025, 3, 4)]
    assert codes(found) == ["DL27", "DL27"]
    assert "tháng trước, ngày sau" in found.findings[0].message


def test_dates_day_first_and_inside_the_period_stay_silent() -> None:
    assert codes(received(listed("25/10/2025", "03/04/2025", date(2025, 10, 31)))) == []


@pytest.mark.parametrize(
    ("day", "swapped"), [(date(2025, 11, 3), "11/03/2025"), (date(2024, 5, 1), ""), (date(2025, 12, 31), "")]
)
def test_a_date_outside_the_period_is_warned_of_with_the_swapped_one(day: date, swapped: str) -> None:
    message = only(received(listed(day)), "DL28").message

    assert "01/01/2025–31/10/2025" in message
    assert swapped in message
    assert ("đảo ngày và tháng" in message) == bool(swapped)


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (date(2025, 11, 9), False),
        (date(2025, 10, 30), False),
        (date(2026, 1, 5), False),
        (date(2025, 5, 11), True),
        (date(2024, 11, 9), True),
        (date(2052, 11, 9), True),
    ],
)
def test_a_signing_day_of_another_year_or_swapped_is_warned_of(day: date, warned: bool) -> None:
    found = received({Key("T1", "total"): 1, Key("T1", "done"): 1, Key(COVER, "sent_on"): day})

    assert codes(found) == ["DL28"] * warned
    assert found.submission.sent_on == day
    assert all(("đảo ngày" in one.message) == (day.year == 2025) for one in found.findings), (
        "only if it helps"
    )


# ------------------------------------------------------------------------------------------- text


def test_a_text_at_excels_limit_is_kept_whole_and_warned_of() -> None:
    longest = "Đã làm.\n" * 4000 + "Đã làm."
    found = received({Key("ND.d", "example"): longest})
    assert (codes(found), answer(found, "ND.d", "example").value) == ([], longest)

    found = received({Key("ND.d", "example"): "a" * 32_767})
    assert codes(found) == ["DL26"]
    assert len(str(answer(found, "ND.d", "example").value)) == 32_767


@pytest.mark.parametrize("unit", ["SYT", "NHI", "VPUB"])
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("table", "font"), [(None, "Arial"), (TCVN3, ".VnTime"), (VNI, "VNI-Times")])
def test_the_same_return_in_nfd_tcvn3_and_vni_gives_the_same_figures_and_nfc_text(
    unit: str, seed: int, table: dict[str, str] | None, font: str
) -> None:
    filled = fill(unit, seed)
    told = "Đã tổ chức hội nghị phổ biến, tập huấn kỹ năng số"
    filled.answers |= {Key("ND.d", "example"): told, Key("T1", "note"): "Số liệu của cơ quan"}
    plain = read_return("a.xlsx", filled.data, real(), Period(2025))

    def typed(value: Answer) -> Answer:
        if not isinstance(value, str):
            return value
        return unicodedata.normalize("NFD", value) if table is None else encode(value, table)

    answers = {key: typed(value) for key, value in filled.answers.items()}
    data = edited(form_bytes(real(), filled.unit, Period(2025), answers), in_font(font))
    found = read_return("a.xlsx", data, real(), Period(2025))

    def said(one: Return) -> list[object]:
        return [(o.item, o.field, o.part, o.value, o.state) for o in one.observations]

    assert said(found) == said(plain)
    assert (found.submission.contact, found.submission.sent_on) == (
        plain.submission.contact,
        plain.submission.sent_on,
    )
    assert all(unicodedata.is_normalized("NFC", str(o.value)) for o in found.observations)
    asked = [code for code in codes(found) if code != "NH87"]  # its notes are of words drawn at random
    assert asked == ([] if table is None else ["DL20"])
    note = answer(found, "T1", "note")
    assert (note.value, note.raw) == ("Số liệu của cơ quan", answers[Key("T1", "note")])
    assert note.reading


def test_unicode_words_chosen_from_a_list_stay_in_a_file_of_a_legacy_font() -> None:
    given: dict[Key, Answer] = {Key("T3", "answer"): "Có", Key("T4", "answer"): "Không"}
    given |= {Key("T1", "status"): "Không phát sinh", Key("DG.ketqua", "text"): "§· triÓn khai"}
    found = received(given, edit=in_font(".VnTime"))

    assert (answer(found, "T3", "answer").value, answer(found, "T4", "answer").value) == ("Có", "Không")
    assert answer(found, "T1", "total").state is State.NONE_ARISING
    assert answer(found, "DG.ketqua", "text").value == "Đã triển khai"
    assert only(found, "DL20").related == ()


def test_words_for_no_number_in_a_legacy_font_are_their_states() -> None:
    found = received(
        {
            Key("T1", "total"): "ch\xada cã sè liÖu",
            Key("T2", "total"): "kh«ng cã",
            Key("T3", "answer"): "Kh«ng",
        },
        edit=in_font(".VnTime"),
    )

    assert answer(found, "T1", "total").state is State.NOT_AVAILABLE
    assert answer(found, "T3", "answer").value == "Không"
    assert only(found, "DL04").item == "T2"


def test_garbled_text_in_an_ordinary_font_is_kept_and_warned_of() -> None:
    found = received({Key("DG.ketqua", "text"): "§· triÓn khai ®Çy ®ñ"})

    assert answer(found, "DG.ketqua", "text").value == "§· triÓn khai ®Çy ®ñ"
    assert "Đã triển khai đầy đủ" in only(found, "DL20").message
    assert "giữ nguyên" in only(found, "DL20").message


# -------------------------------------------------------------------------------------------- log


def test_the_log_lists_each_normalised_cell_with_what_was_written_and_why() -> None:
    found = received(
        {
            Key(COVER, "phone"): 912345678,
            Key("T1", "total"): "1.234",
            Key("T1", "done"): 1200,
            Key("T2", "total"): "ko phát sinh",
            Key("T3", "evidence"): "=cmd|' /C calc'!A0 ",
        }
    )
    lines = [dict(zip(COLUMNS, line, strict=True)) for line in reading_log([found], real())]

    by_raw = {line["Đã ghi"]: line for line in lines}
    assert list(by_raw) == ["912345678", "1.234", "ko phát sinh", "=cmd|' /C calc'!A0"]
    assert by_raw["1.234"]["Đọc là"] == "1.234"
    assert (by_raw["1.234"]["Biểu"], by_raw["1.234"]["Ô"]) == ("Biểu 01-A", address("T1", "total"))
    assert by_raw["ko phát sinh"]["Đọc là"] == "Không phát sinh"
    assert (by_raw["912345678"]["Đọc là"], found.submission.phone) == ("…", "0912345678")
    assert all(line["Tệp"] == "a.xlsx" and line["Đơn vị"] and line["Vì sao"] for line in lines)


def test_the_log_is_csv_that_excel_opens_and_never_a_formula() -> None:
    written = log_csv([("a.xlsx", "Sở", "Biểu", "G1", "x", "=1+1", "-", "@a")])

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines() == [",".join(COLUMNS), "a.xlsx,Sở,Biểu,G1,x,'=1+1,-,'@a"]


@pytest.mark.parametrize(
    ("formula", "cached"), [("31*1", "31"), ("SUM(F8:F9)", "2"), ("'03 hồ sơ TTHC'!I9", "7")]
)
def test_a_total_that_is_seen_over_blank_cells_is_asked_about(formula: str, cached: str) -> None:
    edit = as_formula(address("T10", "total"), formula, cached)

    found = received({Key("T1", "total"): 2, Key("T1", "done"): 1}, edit=edit)

    assert answer(found, "T10", "total").state is State.BLANK
    assert f"công thức đang ghi {cached} mà ô chi tiết của nó để trống" in only(found, "DL23").message


def test_a_total_over_cells_of_which_some_are_blank_says_nothing_while_it_is_theirs() -> None:
    found = received({Key("HS.H", "resolved_total"): 80}, unit="NHI")

    assert answer(found, "T10", "total").state is State.BLANK
    assert "DL23" not in codes(found)
