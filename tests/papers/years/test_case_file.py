"""The case file that is read without the program, with what its successor has to know."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

import openpyxl

from tests.cli.officer import Run
from tests.store.published.test_publish import spoil_input

AS_OF = "--as-of '26/11/2025 9:00'"


def listed(folder: Path) -> list[dict[str, str]]:
    """The list of documents, a row each by the names of its columns."""
    sheet = openpyxl.load_workbook(folder / "muc-luc-van-ban.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[4]]
    return [
        {str(h): str(cell.value or "") for h, cell in zip(heads, row, strict=True)}
        for row in sheet.iter_rows(min_row=5)
    ]


def test_every_file_is_listed_with_its_hash_and_what_is_known_of_it_and_the_next_officer_is_told(
    signed: Path, run: Run
) -> None:
    run(f"letter remind {AS_OF}")
    run(f"archive {AS_OF}")
    folder = signed / "luu-tru" / "ho-so-2025"
    rows = listed(folder)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {row["Tệp trong hồ sơ"] for row in rows} == there - {"muc-luc-van-ban.xlsx", "ma-bam-sha256.txt"}
    for row in rows:
        content = (folder / row["Tệp trong hồ sơ"]).read_bytes()
        assert sha256(content).hexdigest() == row["Mã băm SHA-256"]
    report = next(row for row in rows if row["Tệp trong hồ sơ"] == "1-bao-cao/1/ban-ky.docx")
    assert (report["Tên loại văn bản"], report["Số"], report["Ký hiệu"]) == ("Báo cáo", "386", "BC-SKHCN")
    assert (report["Ngày ban hành"], report["Người ký"]) == ("25/11/2025", "Nguyễn Văn A")
    assert report["Trích yếu nội dung"].startswith("Kết quả thực hiện Kế hoạch")
    unit = next(row for row in rows if row["Cơ quan ban hành"] == "Sở Y tế")
    assert unit["Ký hiệu"] == "BC-SYT"
    assert unit["Số"].isdecimal()
    assert any(row["Tên loại văn bản"] == "Công văn" for row in rows)
    lines = (folder / "ma-bam-sha256.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(rows)
    with zipfile.ZipFile(folder.with_suffix(".zip")) as packed:
        assert packed.testzip() is None
        assert {f"ho-so-2025/{name}" for name in there} == set(packed.namelist())
        assert all(packed.read(name) == (folder.parent / name).read_bytes() for name in packed.namelist())
    the_next_officer_is_told(folder)


def the_next_officer_is_told(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "muc-luc-van-ban.xlsx")["Bàn giao"]
    text = "\n".join(" ¦ ".join(map(str, row)) for row in sheet.iter_rows(values_only=True))
    for told in (
        "số 386/BC-SKHCN ngày 25/11/2025",
        "Công văn số 1830/SKHCN-CĐS ngày 06/10/2025",
        "UBND huyện Bác Ái ¦ chưa gửi",
        "tệp chưa dùng được",
        "Kết quả của kỳ ¦ ket-qua/2025, trong thư mục làm việc",
        "dvctt-report roll ¦ mở năm 2026",
    ):
        assert told in text


def test_a_second_case_file_leaves_the_first_and_no_name_is_too_long_for_it(signed: Path, run: Run) -> None:
    """Each sign that can't be shown stands as six: the name would be longer than a file system takes."""
    run(f"archive {AS_OF}")
    for n, letters in enumerate(("\u200b" * 60, "ệ" * 80)):
        (signed / "nhan-ve" / "2025" / f"{letters}.xlsx").write_bytes(b"PK" * (n + 1))
    run.lax("collect")
    run(f"archive {AS_OF}")
    assert (signed / "luu-tru" / "ho-so-2025").is_dir()
    assert (signed / "luu-tru" / "ho-so-2025 (2).zip").is_file()
    there = [path.name for path in (signed / "luu-tru" / "ho-so-2025 (2)").rglob("*.xlsx")]
    for begin in ("\\u200b", "ệ"):
        assert [len(name.encode()) <= 200 for name in there if name.startswith(begin)] == [True]


def test_which_kinds_belong_to_it_is_data(signed: Path, run: Run) -> None:
    own = signed / "ky-bao-cao" / "2025" / "cau-hinh" / "ho-so.toml"
    own.write_text(
        '[[loai]]\nten = "Sổ"\nthu_muc = "so"\ntu = ["ky-bao-cao/{ky}/so-*.xlsx"]\n', encoding="utf-8"
    )
    run(f"archive {AS_OF}")
    assert [row["Tệp trong hồ sơ"] for row in listed(signed / "luu-tru" / "ho-so-2025")] == [
        "so/so-theo-doi.xlsx"
    ]
    own.write_text('[[loai]]\nten = "Sổ"\ntu = []\n', encoding="utf-8")
    assert "thu_muc (dòng 1): thiếu giá trị" in run(f"archive {AS_OF}", 2)


def test_what_the_register_no_longer_has_is_named(signed: Path, run: Run) -> None:
    spoil_input(signed)
    assert "Không còn trong sổ nhận, không đưa được vào hồ sơ: nhan-ve/2025/" in run(f"archive {AS_OF}", 1)
