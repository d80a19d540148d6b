"""What is made of a year that is over: its case file, and the following year of the sample."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.model.period import Period
from dvctt_report.store.workspace import read_workspace
from scripts.sample.following import make_following
from tests.cli.officer import Run
from tests.store.published.test_publish import spoil_input


@pytest.fixture(scope="module")
def following(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("following") / "Báo cáo"
    make_following(rendered_sample, root)
    return root


def test_the_signed_year_stands_with_its_supplement(following: Path, run: Run) -> None:
    check = f"--workspace '{following}' publish --check"
    told = run.json(f"{check} --year 2025")["publications"]
    assert [(one["document"], one["changes"]) for one in told] == [("386/BC-SKHCN", []), ("401/BC-SKHCN", [])]
    assert "dvctt-report publish --check --year 2025" in run(check, 2), "the year that has them"


def test_a_figure_is_explained_by_the_supplement_and_one_that_only_the_report_prints_by_that(
    following: Path, run: Run
) -> None:
    explain = f"--workspace '{following}' explain --year 2025"
    text = run(f"{explain} T10")
    assert "Báo cáo Báo cáo bổ sung số 401/BC-SKHCN ngày 27/11/2025." in text
    assert "Trước đó: Báo cáo số 386/BC-SKHCN ngày 25/11/2025." in text
    assert "mã tệp" not in text
    kept = following / "ky-bao-cao/2025/phat-hanh"
    first = kept / "1" / "bao-cao-2025.json"
    assert f'Giải trình theo Báo cáo số 386/BC-SKHCN ngày 25/11/2025: thêm --report "{first}"' in text
    manifests = (json.loads((kept / n / "bao-cao-2025.json").read_text(encoding="utf-8")) for n in "12")
    old, new = (next(one["percent"] for one in m["indicators"] if one["code"] == "T10") for m in manifests)
    assert old != new
    text = run(f"{explain} {old}")
    assert "Sau đó số liệu đã đổi theo Báo cáo bổ sung số 401/BC-SKHCN ngày 27/11/2025." in text


def test_the_commune_that_is_left_reports_for_the_one_that_ended(following: Path) -> None:
    workspace = read_workspace(following)
    assert workspace.period == Period(2026)
    (change,) = workspace.profile.roster.changes
    gone, left = (workspace.profile.roster.unit(codes[0]) for codes in (change.before, change.after))
    asked = {unit.code for unit in workspace.profile.units(Period(2026))}
    assert gone.code not in asked
    assert left.code in asked
    assert [unit for unit, _ in workspace.profile.taken_over(left, Period(2026))] == [gone]


def test_what_was_handed_over_is_counted_with_its_successor_and_never_by_itself(
    following: Path, run: Run
) -> None:
    (change,) = read_workspace(following).profile.roster.changes
    gone, left = change.before[0], change.after[0]
    told = {one["unit"]: one["status"] for one in run.json(f"--workspace '{following}' collect")["returns"]}
    assert (told[gone], told[left]) == ("handed_over", "effective")
    manifest = json.loads((following / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8"))
    counted = {c["unit"] for c in manifest["contributions"] if c["numerator"] is not None}
    assert left in counted
    assert gone not in counted
    (row,) = {
        c for block in manifest["printed"] for c in block.get("cells", ()) if "(gồm cả số liệu của" in c
    }
    assert row.endswith("đến hết ngày 30/06/2026)")


def test_the_draft_of_the_following_year_compares_nothing_it_cannot(following: Path) -> None:
    text = (following / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8")
    assert "Kế hoạch không đặt mức năm 2026" in text
    carried = Counter(target["carried_from"] for target in json.loads(text)["targets"])
    assert f"{carried[2025]} chỉ tiêu Kế hoạch không đặt mức năm 2026" in text
    assert "Không so với năm 2025: địa bàn báo cáo của hai năm khác nhau" in text
    targets = {one["code"]: one for one in json.loads(text)["indicators"]}
    assert targets["T10"]["at_least"] == 85


# ---------------- The case file that is read without the program, with what its successor has to know


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
