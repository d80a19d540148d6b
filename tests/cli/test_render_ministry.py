"""``render --ministry``: the draft to the ministry and its submission, apart from the office's own report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
DRAFT = Path("ket-qua/2025/bao-cao-ubnd-2025.docx")
SUBMISSION = Path("ket-qua/2025/to-trinh-2025.docx")


@pytest.fixture(scope="module")
def made(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rendered sample after the texts for the ministry; not to be written to."""
    root = tmp_path_factory.mktemp("ministry") / "w"
    shutil.copytree(rendered_sample, root)
    assert door.main(["--workspace", str(root), "render", "--ministry", *AS_OF]) == 0
    return root


@pytest.fixture
def workspace(made: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    shutil.copytree(made, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    return tmp_path / "w"


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def replaced(old: str, new: str, save_as: str, anonymous: bool = False, source: Path = DRAFT) -> Path:
    """Save a copy of ``source`` with ``old`` replaced once; ``anonymous``: without its identity."""
    document = Document(str(source))
    run = next(r for p in document.paragraphs for r in p.runs if old in r.text)
    run.text = run.text.replace(old, new, 1)
    if anonymous:
        related = document.part.package.rels
        for key in [k for k, rel in related.items() if rel.reltype.endswith("custom-properties")]:
            del related[key]
    document.save(save_as)
    return Path(save_as)


def checked(capfd: Capture, file: Path) -> tuple[int, dict[str, object]]:
    capfd.readouterr()
    code = door.main(["check", str(file), "--format", "json"])
    return code, json.loads(capfd.readouterr().out)


def test_the_two_texts_never_touch_each_others_files(rendered_sample: Path, workspace: Path) -> None:
    before, after = contents(rendered_sample), contents(workspace)
    assert {name: after[name] for name in before} == before
    new = set(after) - set(before)
    own = {"bao-cao-ubnd-2025.docx", "bao-cao-ubnd-2025.json", "to-trinh-2025.docx", "to-trinh-2025.json"}
    assert {Path(name).name for name in new if "ban-lap" not in name} == own
    assert len([name for name in new if "ban-lap" in name]) == 2
    assert door.main(["render", *AS_OF]) == 0
    assert {name: contents(workspace)[name] for name in new} == {name: after[name] for name in new}


def test_an_edited_submission_is_checked_against_what_it_said(workspace: Path, capfd: Capture) -> None:
    assert checked(capfd, SUBMISSION)[0] == 0
    copy = replaced("79,96%", "80%", "a.docx", source=SUBMISSION)
    assert door.main(["check", str(copy)]) == 1
    said = " ".join(capfd.readouterr().out.split())
    assert "1 chỗ khác (1 số liệu)" in said
    assert "Không đối chiếu, người soát tự đọc: " in said
    copy = replaced(
        "09 chỉ tiêu chưa đạt, trong", "09 chỉ tiêu đạt, trong", "b.docx", anonymous=True, source=SUBMISSION
    )
    assert door.main(["check", str(copy)]) == 1
    said = " ".join(capfd.readouterr().out.split())
    assert "Bản lập: to-trinh-2025.docx" in said
    assert "1 chỗ khác (1 kết luận)" in said


def test_the_source_of_a_letter_explains_nothing(workspace: Path, capfd: Capture) -> None:
    assert door.main(["explain", "T10", "--report", "ket-qua/2025/to-trinh-2025.json"]) == 2
    assert "bảng nguồn của Tờ trình" in capfd.readouterr().err


def test_a_final_one_is_refused_in_a_sentence_and_nothing_written(workspace: Path, capfd: Capture) -> None:
    before = contents(workspace)
    assert door.main(["render", "--ministry", "--final"]) == 2
    assert "Báo cáo gửi Bộ luôn là dự thảo" in capfd.readouterr().err
    assert contents(workspace) == before


def test_settings_of_before_are_told_what_is_missing(workspace: Path, capfd: Capture) -> None:
    path = workspace / "dvctt.toml"
    head, _, rest = path.read_text(encoding="utf-8").partition("[bao_cao_gui_bo]")
    path.write_text(head + rest[rest.index("[cong_van]") :], encoding="utf-8")
    assert door.main(["render", "--ministry", *AS_OF]) == 2
    told = capfd.readouterr().err
    assert "chưa có mục [bao_cao_gui_bo]" in told
    assert "ninh_thuan" in told
    assert door.main(["render", *AS_OF]) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ten = []", "ten = 5", "bao_cao_gui_bo.ten"),
        ('kinh_gui = "Bộ Khoa học và Công nghệ"', 'kinh_gui = ""', "bao_cao_gui_bo.kinh_gui"),
        ('neu_ten_don_vi = "phu_luc"', 'neu_ten_don_vi = "dau_do"', "bao_cao_gui_bo.neu_ten_don_vi"),
        ('van_ban = "giay"', 'van_ban = "giấy"', "co_quan.van_ban"),
    ],
)
def test_a_faulty_setting_is_told_with_its_place(
    workspace: Path, capfd: Capture, old: str, new: str, told: str
) -> None:
    path = workspace / "dvctt.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert door.main(["render", "--ministry", *AS_OF]) == 2
    assert told in capfd.readouterr().err


def test_the_linter_finds_nothing_in_either(workspace: Path, capfd: Capture) -> None:
    for kind in ("giay", "dien_tu"):
        path = workspace / "dvctt.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace('van_ban = "giay"', f'van_ban = "{kind}"'), "utf-8"
        )
        assert door.main(["render", "--ministry", *AS_OF]) == 0
        capfd.readouterr()
        assert door.main(["lint", str(DRAFT), str(SUBMISSION), "--format", "json"]) == 0
        files = json.loads(capfd.readouterr().out)["files"]
        assert [file["kind"] for file in files] == ["Báo cáo", "Tờ trình"]
        assert [file["totals"] for file in files] == [{"error": 0, "warning": 0, "info": 0}] * 2


def test_the_draft_as_rendered_agrees_and_a_changed_figure_is_told(workspace: Path, capfd: Capture) -> None:
    code, said = checked(capfd, DRAFT)
    assert (code, said["untouched"], said["changes"]) == (0, True, [])
    code, said = checked(capfd, replaced("79,96%", "80,1%", "sua.docx"))
    assert code == 1
    assert "T10.percent" in json.dumps(said["changes"])


def test_a_copy_that_lost_its_mark_is_checked_against_the_text_it_is_a_copy_of(
    workspace: Path, capfd: Capture
) -> None:
    code, said = checked(capfd, replaced("79,96%", "80,1%", "khong-ma.docx", anonymous=True))
    assert said["manifest"] == {
        "file": "bao-cao-ubnd-2025.json",
        "id": json.loads(DRAFT.with_suffix(".json").read_text("utf-8"))["id"],
        "same_identity": False,
    }
    assert code == 1


def test_a_figure_of_the_draft_is_explained(workspace: Path, capfd: Capture) -> None:
    assert door.main(["explain", "T10", "--report", str(DRAFT.with_suffix(".json")), *AS_OF]) == 0
    out = capfd.readouterr().out
    assert "bao-cao-ubnd-2025.docx" in out
    assert "79,96" in out


def test_changes_are_told_against_the_same_text(workspace: Path, capfd: Capture) -> None:
    def told(*argv: str) -> str:
        capfd.readouterr()
        assert door.main(["render", "--diff", *argv, *AS_OF]) == 0
        return capfd.readouterr().out

    assert "không có thay đổi" in told("--ministry")
    assert "không có thay đổi" in told()
    path = workspace / "dvctt.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('neu_ten_don_vi = "phu_luc"', 'neu_ten_don_vi = "khong"'), encoding="utf-8")
    DRAFT.with_suffix(".json").unlink()  # the kept one of the same text is compared with
    assert "nêu tại Phụ lục III" in told("--ministry")
    assert (workspace / "ket-qua" / "2025" / "thay-doi-ubnd-2025.docx").is_file()
    assert "không có thay đổi" in told()


def test_an_electronic_document_leaves_number_and_date_of_its_annexes_open(workspace: Path) -> None:
    def attached(file: Path) -> list[str]:
        lines = [" ".join(p.text.split()) for p in Document(str(file)).paragraphs]
        return [line for line in lines if line.startswith("(Kèm theo")]

    own = Path("ket-qua/2025/bao-cao-2025.docx")
    assert "ngày tháng 11 năm 2025 của Sở" in attached(own)[0]
    path = workspace / "dvctt.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('van_ban = "giay"', 'van_ban = "dien_tu"'), encoding="utf-8")
    for command in (("render",), ("render", "--ministry"), ("letter", "forms")):
        assert door.main([*command, *AS_OF]) == 0
    letter = Path("ket-qua/2025/cong-van-phat-hanh-bieu-mau-2025.docx")
    for file, symbol in ((own, "/BC-SKHCN"), (DRAFT, "/BC-UBND"), (letter, "/SKHCN-CĐS")):
        found = attached(file)
        assert len(found) >= 2
        assert {line.partition("của")[0] for line in found} == {
            f"(Kèm theo {'Công văn' if file == letter else 'Báo cáo'} số {symbol} ngày tháng năm "
        }
