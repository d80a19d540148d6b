"""What may be asked about, and the manifest that answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from dvctt_report.explain.answer import explain_subject, title_of
from dvctt_report.explain.index import Printing, find_printed
from dvctt_report.explain.manifest import Manifest, PackedEntries, read_manifest
from dvctt_report.explain.subject import SeveralFigures, Subject, UnknownSubject, find_subject
from dvctt_report.report.manifest import manifest_bytes
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock, read_index
from dvctt_report.text.errors import CannotRun
from tests.explain.conftest import TABLE, Make, manifest_data
from tests.year.rules.tables import dataset

TYPED = {
    "T10": "t10 | 1.599/2.000 hồ sơ | 1599/2000 hồ sơ | 79.95 | 79.95% | đạt 79,95% | DAT 79,95%",
    "HT.b.people": "ht.B.people | 120 | 0120 |  120  | 120 người | 120người",
    "H": "h",
    "A": "cơ quan a | Co quan A",
    "tasks.NV.3.done": "tasks.NV.3.done",
    "T2.short": "thiếu 10",
    "T3.short": "thiếu 1 đơn vị",
    "T2.below": "Có 1 đơn vị có tỷ lệ dưới 100% | T2.below | t2.BELOW",
    "T2.C.percent": "Cơ quan C (90%)",
    "tasks.done": "02/03 lượt nhiệm vụ",
    "tasks.percent": "(đạt 66,7%)",
    "T10.B.numerator": "599 | Cơ quan B 599",
    "T10.B.denominator": "Cơ quan B 800",
    "T10.B.percent": "Cơ quan B 74,9",
}


@pytest.mark.parametrize(
    ("old", "new", "said", "code"),
    [
        *(("", "", said, code) for code, texts in TYPED.items() for said in texts.split(" | ")),
        ("| 599", "| 800", "800", "T10.B.numerator"),  # all of it is what was done
        ("| 1000", "| 400", "T10 400", "T10.A.numerator"),
        ("| 1000", "| 400", "400 (T2)", "T2.A.numerator"),
    ],
)
def test_what_is_typed_or_pasted_is_found(make: Make, old: str, new: str, said: str, code: str) -> None:
    assert find_subject(make(TABLE.replace(old, new) if old else TABLE), said).code == code


@pytest.mark.parametrize(
    ("said", "proposed"),
    [
        ("T1O", "Gần nhất: T10"),
        ("HT.b", "HT.b.events, HT.b.people"),
        ("T99", "Các chỉ tiêu: T1, T2"),
        ("11.4", "Không văn bản nào của kỳ in số “11.4”"),
        ("98.765,4%", "Không văn bản nào của kỳ in số “98.765,4%”"),
        ("9.917 đơn vị", "dvctt-report status"),
        ("Huyện X", "Gần nhất: Huyện H (H)"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is_near(make: Make, said: str, proposed: str) -> None:
    refused = told(make(), said)
    assert f"“{said}”" in refused
    assert proposed in refused


def test_a_target_is_found_by_its_name_or_the_most_of_it(make: Make) -> None:
    manifest = make()
    name = manifest.items["T10"]["name"]
    for said in (name, name.lower(), f"{name}\tChưa đạt", name[: len(name) * 2 // 3]):
        assert find_subject(manifest, said) == Subject("target", "T10"), said
    with pytest.raises(UnknownSubject):
        find_subject(manifest, name.split()[0])
    alike = replace(manifest, items={**manifest.items, "T2": {**manifest.items["T2"], "name": name}})
    with pytest.raises(SeveralFigures) as caught:
        find_subject(alike, name)
    assert [one.code for one in caught.value.subjects] == ["T2", "T10"]
    listed = [title_of(alike, one) for one in caught.value.subjects]  # told apart by how each is judged
    assert [called.partition(", ")[0] for called in listed] == [name, name]
    assert "100%" in listed[0]
    assert "80%" in listed[1]


def told(manifest: Manifest, said: str) -> str:
    with pytest.raises(CannotRun) as caught:
        find_subject(manifest, said)
    return f"{caught.value.message}\n{caught.value.fix}"


def test_a_number_printed_in_several_places_is_asked_back_with_their_sentences(make: Make) -> None:
    manifest = make(TABLE.replace("| 120\n", "| 1599\n"))
    assert find_subject(manifest, "79,95%") == Subject("target", "T10")
    said = told(manifest, "1599")
    assert "“1599” có ở 2 con số" in said
    assert "  1. T10\n     “" in said
    assert "đạt 79,95% (1.599/2.000" in said
    assert "  2. 1.599 – HT.b.people\n     dòng “Số người”: “1.599”" in said
    assert "dvctt-report" not in said


def test_a_row_that_one_account_tells_is_quoted_figure_by_figure(make: Make) -> None:
    for said in ("Cơ quan B\t800\t599\t74,9", "Cơ quan B 800 599 74,9"):
        found = find_subject(make(), said)
        assert found.code == "T10.B.percent"
        assert any(all(f"“{number}”" in place for number in ("800", "599", "74,9")) for place in found.places)
        assert explain_subject(make(), found, "").formula == ("599/800 hồ sơ = 74,9%",)


Figures: TypeAlias = Iterable[tuple[int, str, int, str]]
"""Of each figure of a row its cell, its name, where it stands there, its text."""


def place(
    cells: Iterable[str], figures: Figures = (), heads: Iterable[str] = (), section: str = "Phụ lục II"
) -> dict[str, Any]:
    """A row of a table as a manifest keeps it."""
    listed = [{"cell": n, "id": id, "at": at, "text": text} for n, id, at, text in figures]
    named = {"heads": [*heads]} if heads else {}
    return {"section": section, "table": 0, "title": "Bảng 1", "cells": [*cells], "figures": listed} | named


def paragraph(text: str, **ids: str) -> PrintedBlock:
    """A paragraph of a document; ``ids`` are the names of its figures by what is printed, "n" before it."""
    figures = [
        {"cell": 0, "id": id, "at": text.index(said), "text": said}
        for said, id in ((name.removeprefix("n").replace("_", ","), id) for name, id in ids.items())
    ]
    return read_index([{"section": "III.4", "text": text, "figures": figures}])[0]


def test_a_fraction_is_one_of_the_figures_of_a_sentence_that_also_prints_the_rate(make: Make) -> None:
    said = "Nhiệm vụ chung: 24/58 lượt nhiệm vụ của 77 đơn vị (đạt 41,4%)"
    names = {"n24": "tasks.done", "n58": "tasks.known", "n77": "returns.received", "n41_4": "tasks.percent"}
    indexes = [Printing(f"{name}.docx", [paragraph(f"{said}.", **names)]) for name in "ab"]
    with pytest.raises(SeveralFigures) as caught:
        find_subject(make(), said, lambda: indexes)
    assert [(*one.texts, one.code, one.whole) for one in caught.value.subjects] == [
        ("24/58", "tasks.done", "tasks.known"),
        ("77", "returns.received", ""),
        ("41,4", "tasks.percent", ""),
    ]
    assert caught.value.message.count("và ở b.docx") == 3
    account = explain_subject(make(), caught.value.subjects[0], "")
    assert account.formula == ("Đếm được 2.", "Tổng số: Đếm được 3.")


def test_the_number_of_a_document_is_no_figure(make: Make) -> None:
    index = Printing("a.docx", [paragraph("Đất đai: 386/402 phiếu", n386="tasks.done", n402="tasks.known")])
    with pytest.raises(CannotRun, match="386/BC-SKHCN"):
        find_subject(make(), "Công văn số 386/BC-SKHCN", lambda: [index])
    said = "Văn bản số 567/VPUB-KSTT ngày 02/4/2025"
    answer = Printing(
        "c.docx", [PrintedBlock(paragraph(said).block, ((FigureSpan("T3.A.answer", 12, said[12:]),),))]
    )
    assert find_subject(make(), f"A: {said}", lambda: [answer]).code == "T3.A.answer"
    cited = Printing("b.docx", [paragraph("Thực hiện Kế hoạch số 386/KH-UBND của tỉnh")])
    assert "386/KH-UBND" in find_subject(make(), "386/kh-ubnd", lambda: [index, cited]).places[0]


@pytest.mark.parametrize(
    ("said", "lines"),
    [("23/23", {"B"}), ("23 / 23", {"B"}), ("20/23", {"A"}), ("Xã C 24/61", {"C"}), ("23", {"A", "B", "C"})],
)
def test_a_fraction_is_found_whole_and_its_halves_only_where_it_is_printed_nowhere(
    make: Make, said: str, lines: set[str]
) -> None:
    rows = {"A": ("20/23", "23/61"), "B": ("23/23", "01/61"), "C": ("23/26", "24/61")}
    heads, places = ("Xã", "Đã thực hiện/tổng số", "Thứ hạng"), []
    for unit, texts in rows.items():
        figures = [
            (n, f"T10.{unit}.{n}{k}", k * 3, number)
            for n, text in enumerate(texts, 1)
            for k, number in enumerate(text.split("/"))
        ]
        places.append(place([f"Xã {unit}", *texts], figures, heads, "Bảng so sánh"))
    index = read_index(places)
    _, found = find_printed([index], said)
    assert {one.block.cells[0].removeprefix("Xã ") for one in found} == lines
    if "/" in said:
        one = find_subject(make(), said, lambda: [index])
        assert (one.whole, one.texts) == (f"{one.code[:-1]}1", (said.rpartition("C ")[2].replace(" ", ""),))


def sentence_of(manifest: Manifest) -> str:
    """The only sentence that prints the result of T10."""
    texts = (one.block.text for one in manifest.index if one.block.table is None)
    (sentence,) = (text for text in texts if "đạt 79,95%" in text)
    return sentence


def test_a_number_that_is_not_printed_is_found_nowhere_whatever_stands_beside_it(make: Make) -> None:
    manifest = make()
    words = re.sub(r"[\d.,/%]+", "", sentence_of(manifest))
    with pytest.raises(UnknownSubject):
        find_subject(manifest, f"Riêng {words} 98.765")


ROWS = """
(1)       | Chỉ tiêu T10 – Tổng số | Chỉ tiêu T10 – Tỷ lệ (%) | Kế hoạch
Nha Trang | 18                      | 90                       | 90
Bắc Nha Trang | 18                  | 18                       | 90
"""


def rows_of_a_table() -> tuple[PrintedBlock, ...]:
    """A table as a manifest keeps it, whose heading of several rows says of each column what it is."""
    heading, *rows = ([cell.strip() for cell in line.split("|")] for line in ROWS.strip().splitlines())
    places = [place(["(1)", "(2)", "(3)", "(4)"], (), heading) | {"header": True}]
    for unit, row in zip("AB", rows, strict=True):
        named = zip((1, 2, 3), ("denominator", "percent", "at_least"), strict=True)
        places.append(place(row, [(n, f"T10.{unit}.{role}", 0, row[n]) for n, role in named]))
    return read_index(places)


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("Nha Trang 90", {"T10.A.percent", "T10.A.at_least"}),
        ("Nha Trang, Kế hoạch: 90", {"T10.A.at_least"}),
        ("Kế hoạch 90", {"T10.A.at_least", "T10.B.at_least"}),
        ("Nha Trang Tỷ lệ 90", {"T10.A.percent"}),
        ("Nha Trang 18", {"T10.A.denominator"}),
        ("Bắc Nha Trang 18", {"T10.B.denominator", "T10.B.percent"}),
        ("Bắc Nha Trang Chỉ tiêu T10 – Tỷ lệ (%) 18", {"T10.B.percent"}),
        ("Bắc Nha Trang Chỉ tiêu T10 – Tổng số 18", {"T10.B.denominator"}),
    ],
)
def test_a_cell_is_found_by_its_row_and_its_column(said: str, ids: set[str]) -> None:
    _, found = find_printed([rows_of_a_table()], said)
    assert {id for one in found for id in one.ids} == ids


def test_a_row_bears_the_name_that_the_row_above_prints_for_both() -> None:
    rows = (("8", "Sóng phát thanh", "Tin, bài", "86", "1"), ("", "", "Lượt phát sóng", "344", "1"))
    heads = ("STT", "Hình thức", "Nội dung", "Số lượng", "Số đơn vị có số liệu")
    places = [place(row, [(4, f"row{n}.units", 0, "1")], heads, "III.3") for n, row in enumerate(rows)]
    for n, said in enumerate(("Tin, bài", "Lượt phát sóng")):
        _, found = find_printed([read_index(places)], f"Sóng phát thanh {said} Số đơn vị có số liệu 1")
        assert [one.ids for one in found] == [(f"row{n}.units",)]
    assert "dòng “Sóng phát thanh · Lượt phát sóng”" in found[0].place


def test_the_only_number_printed_is_explained_with_a_word_that_others_stand_beside_it(make: Make) -> None:
    manifest = make()
    found = find_subject(manifest, "Ủy ban nhân dân xã Ở Nơi Khác 74,9")
    account = explain_subject(manifest, found, "")
    assert (account.code, account.meaning[0][0]) == ("T10.B.percent", "Lưu ý")


def test_a_day_of_the_text_is_told_to_be_no_figure(make: Make) -> None:
    manifest = make()
    sentence = next(b.block.text for b in manifest.index if "20/11/2025, " in b.block.text)
    words = sentence.partition(",")[0]
    found = find_subject(manifest, words)
    assert (found.kind, found.code) == ("words", words)
    assert words.endswith("20/11/2025")
    account = explain_subject(manifest, found, "")
    assert account.name == "Không phải số liệu tổng hợp"
    assert "ngày lập văn bản" in account.meaning[0][1]


def test_a_number_of_several_units_is_that_of_the_one_asked_for(make: Make) -> None:
    manifest = make(TABLE.replace("B    | T10  | 800   | 599", "B    | T10  | 1200   | 1000"))
    assert "T10.A.numerator" in told(manifest, "1000")
    assert find_subject(manifest, "1000", unit="B") == Subject("printed", "T10.B.numerator")
    with pytest.raises(CannotRun, match=r"có ở 2 con số, không con số nào của Huyện H; cần"):
        find_subject(manifest, "1000", unit="H")
    with pytest.raises(CannotRun, match=r"có ở 2 con số; cần"):
        find_subject(manifest, "1000")
    of_others_too = make(TABLE.replace("B    | T10  | 800   | 599", "B    | T10  | 800   | 0"))
    assert "T10.A.numerator" in told(of_others_too, "1000"), "no part that is all of the whole"


def test_a_whole_sentence_is_found_and_so_is_one_whose_figures_have_changed(make: Make) -> None:
    manifest = make()
    sentence = sentence_of(manifest)
    found = find_subject(manifest, sentence)
    assert found == Subject("target", "T10")
    assert find_subject(manifest, sentence.replace("79,95%", "81,2%").replace("1.599", "1.624")).code == "T10"
    assert found.places[0].startswith("“")


def test_a_manifest_is_read_back_as_it_was(tmp_path: Path) -> None:
    path, made = tmp_path / "bao-cao-2025.json", manifest_data(dataset(TABLE))
    path.write_bytes(manifest_bytes(made))
    again, apart = read_manifest(path), ("indicators", "figures", "contributions")
    made = json.loads(json.dumps(made))
    assert again.data == {name: said for name, said in made.items() if name not in apart}
    assert [*again.indicators.values()] == made["indicators"]
    assert [*again.figures.values()] == made["figures"]
    assert [one for of_target in again.contributions.values() for one in of_target] == made["contributions"]
    assert find_subject(again, "T10") == Subject("target", "T10")


def test_entries_of_a_code_are_all_kept_wherever_they_stand() -> None:
    entries = [{"indicator": code, "unit": unit} for code, unit in ("1A", "2A", "1B")]
    packed = PackedEntries(entries, "indicator")
    assert {code: [entry["unit"] for entry in packed[code]] for code in packed} == {
        "1": ["A", "B"],
        "2": ["A"],
    }


def test_a_count_leads_to_its_units_and_a_fraction_also_to_what_lies_between(make: Make) -> None:
    manifest = make()
    account = explain_subject(manifest, find_subject(manifest, "còn 01 đơn vị chưa gửi"), "")
    assert ([u.code for u in account.counted], account.formula) == (["H"], ("Đếm được 1.",))
    found = find_subject(manifest, "03/04 cơ quan")
    assert (found.code, found.whole) == ("returns.received", "returns.expected")
    account = explain_subject(manifest, found, "")
    assert dict(account.meaning)["Trên tổng số"].startswith("số cơ quan, đơn vị")
    assert account.formula == ("Đếm được 3.", "Tổng số: Đếm được 4.")
    assert [unit.code for unit in account.left_out] == ["H"]


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ("2\tBắc Nha Trang\t18\t18\t90", {"denominator": "18", "percent": "18", "at_least": "90"}),
        ("Bắc Nha Trang\t18\t18\t90\t\tx", {"denominator": "18", "percent": "18", "at_least": "90"}),
        ("Nha Trang\t18\t90,0\t090", {"denominator": "18", "at_least": "90"}),
    ],
)
def test_the_cells_of_a_pasted_row_are_listed_each_at_its_own_column(
    make: Make, said: str, cells: dict[str, str]
) -> None:
    with pytest.raises(SeveralFigures) as caught:
        find_subject(make(), said, lambda: [rows_of_a_table()])
    heads = {"denominator": "Tổng số", "percent": "Tỷ lệ (%)", "at_least": "Kế hoạch"}
    assert {one.code.rpartition(".")[2]: one.texts[0] for one in caught.value.subjects} == cells
    for one in caught.value.subjects:
        (place,) = one.places
        assert f"{heads[one.code.rpartition('.')[2]]}”: “{one.texts[0]}”" in place


def test_a_paper_of_before_the_figures_changed_is_never_told_what_they_are_now_as_its_own(make: Make) -> None:
    index = Printing("a.docx", [paragraph("Đã gửi báo cáo 02 đơn vị.", n02="returns.received")])
    found = find_subject(make(), "Đã gửi báo cáo 02 đơn vị", lambda: [index])
    account = explain_subject(make(), found, "")
    assert account.formula == ("Đếm được 3.",)
    assert account.meaning[0][0] == "Lưu ý"
    assert "nơi in ghi “02”" in account.meaning[0][1]


def test_a_pasted_row_is_no_other_row_that_has_a_few_of_its_cells(make: Make) -> None:
    for said, refused in (
        ("Cam Lâm\t18\t18\t90", SeveralFigures),
        ("Cam Lâm\t18\t17\t16\t15", UnknownSubject),
    ):
        with pytest.raises(refused):
            find_subject(make(), said, lambda: [rows_of_a_table()])


def test_a_pasted_row_without_a_figure_is_told_as_one_and_is_no_other(make: Make) -> None:
    cells = ["3", "Cam Lâm", "Biểu 05-A, STT 4, ô H11", "nêu rõ hơn kết quả"]
    found = find_subject(make(), "\t".join(cells), lambda: [read_index([place(cells)])])
    assert (found.kind, found.row) == ("words", tuple(cells))
    assert explain_subject(make(), found, "").name == "Ô chưa có giải trình riêng"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "Không tìm thấy tệp"),
        ("{", "không phải là bảng nguồn"),
        ("[1]", "không phải là bảng nguồn"),
        ('{"year": 2025, "indicators": []}', "không phải là bảng nguồn"),
        ("tampered", "không phải là bảng nguồn"),
    ],
)
def test_a_file_that_explains_nothing_is_refused(tmp_path: Path, text: str | None, why: str) -> None:
    path = tmp_path / "x.json"
    if text is not None:
        of_no_unit = json.dumps(manifest_data(dataset(TABLE)) | {"units": [{}]})
        path.write_text(of_no_unit if text == "tampered" else text, encoding="utf-8")
    with pytest.raises(CannotRun, match=why):
        read_manifest(path)
