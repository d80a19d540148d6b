"""The signed report: held against what was rendered, kept for good, last year's figures from then on."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfWriter
from pypdf._crypt_providers import _fallback

from dvctt_report.cli import door
from dvctt_report.files.libreoffice import convert_to_pdf
from dvctt_report.model.period import Period
from dvctt_report.store.published.record import Publication, publications, published_manifest
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.conftest import go_on
from tests.pytest_types import Patch
from tests.store.published.conftest import AS_OF, Run

SIGNED = ("--number", "386", "--date", "25/11/2025")
REPORT = Path("ket-qua/2025/bao-cao-2025.docx")
KEPT = "ky-bao-cao/2025/phat-hanh/1"


@pytest.fixture
def published(final: Path, signed_sample: Path) -> Path:
    """What was kept of the signed report, in a copy that may be written to, as the current folder."""
    shutil.copytree(signed_sample, final, dirs_exist_ok=True)
    return final / KEPT


def edited(change: Callable[[str], str], to: str = "Ban ky.docx") -> str:
    """The final report with each paragraph and cell changed, as somebody does before signing."""
    document = docx.Document(str(REPORT))
    for text in document.element.iter(qn("w:t")):
        text.text = change(text.text or "")
    document.save(to)
    return to


def sign_by_another(root: Path) -> None:
    """Name another who is to sign, in the settings."""
    said = (root / "dvctt.toml").read_text(encoding="utf-8").replace("Nguyễn Văn A", "Nguyễn Văn B")
    (root / "dvctt.toml").write_text(said, encoding="utf-8")


def workspace() -> Workspace:
    return read_workspace(Path.cwd(), Period(2025))


def again(*said: str) -> list[str]:
    return ["publish", "--file", str(REPORT), *said]


def kept_now() -> tuple[Publication, ...]:
    return publications(workspace(), Period(2025))


def record(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "phat-hanh.json").read_text(encoding="utf-8"))
    return found


def test_the_signed_report_is_kept_with_everything_it_was_made_of(run: Run, final: Path) -> None:
    said = run(0, *again(*SIGNED)).out
    published = final / KEPT
    assert "bản ký đúng từng chữ, từng số" in said
    assert "Báo cáo số 386/BC-SKHCN ngày 25/11/2025" in said
    names = {path.name for path in published.iterdir()}
    assert names == {
        "ban-ky.docx",
        "bao-cao-2025.docx",
        "bao-cao-2025.json",
        "bang-ke-so-lieu-2025.xlsx",
        "tom-tat-trinh-ky.docx",
        "phat-hanh.json",
    }
    kept = record(published)
    assert (kept["document"], kept["dated"], kept["type"]) == ("386/BC-SKHCN", "2025-11-25", "Báo cáo")
    assert kept["subject"].startswith("Kết quả thực hiện Kế hoạch")
    assert {one["file"] for one in kept["files"]} == names - {"phat-hanh.json"}
    assert {one["file"] for one in kept["settings"]} >= {"plan.toml", "units.toml", "dvctt.toml"}
    assert len(kept["inputs"]) == 10


def test_the_files_of_the_signed_report_are_kept_after_a_later_draft_annexes_of_its_own_too(
    final: Path,
) -> None:
    settings = Path("dvctt.toml")
    said = settings.read_text(encoding="utf-8").replace("phu_luc_rieng = []", 'phu_luc_rieng = ["van_ban"]')
    settings.write_text(said, encoding="utf-8")
    assert door.main(["render", "--final", *AS_OF]) == 0
    then, apart = REPORT.read_bytes(), Path("ket-qua/2025/phu-luc-2025.docx").read_bytes()
    signed = shutil.copy(REPORT, "ban-ky-so.docx")
    sign_by_another(final)
    assert door.main(["render", *AS_OF]) == 0
    assert REPORT.read_bytes() != then
    assert door.main(["publish", "--file", signed, *SIGNED]) == 0
    (kept,) = kept_now()
    assert (kept.folder / REPORT.name).read_bytes() == then
    assert (kept.folder / "phu-luc-2025.docx").read_bytes() == apart
    assert (kept.folder / "bang-ke-so-lieu-2025.xlsx").is_file()


@pytest.mark.parametrize(
    ("day", "number", "dated", "cited"),
    [
        ("ngày 25 tháng 11", "386", "25/11/2025", "số 386/BC-SKHCN ngày 25/11/2025"),
        ("ngày 02 tháng 12", "386", "2/12/2025", "số 386/BC-SKHCN ngày 02/12/2025"),
        ("ngày      tháng 11", "5", "25/11/2025", "số 05/BC-SKHCN ngày 25/11/2025"),
    ],
)
def test_number_and_day_filled_in_by_hand_are_no_difference(
    day: str, number: str, dated: str, cited: str, final: Path, run: Run
) -> None:
    def fill(text: str) -> str:
        return text.replace("Số:        /", f"Số: {number:0>2}/").replace("ngày      tháng 11", day)

    argv = ["publish", "--file", edited(fill), "--number", number, "--date", dated]
    assert "đúng từng chữ" in run(0, *argv).out
    (kept,) = kept_now()
    assert kept.cited == cited


def test_what_the_signed_file_says_otherwise_is_listed_and_nothing_kept_without_a_reason(
    final: Path, run: Run
) -> None:
    signed = edited(lambda text: text.replace("95,9%", "85,9%").replace("chưa đạt", "đạt"))
    said = run(1, "publish", "--file", signed, *SIGNED).out
    assert "bản trình ký: 95,9\n    bản đã ký:    85,9\n" in said
    assert "bản trình ký: chưa\n    bản đã ký:    (không có)\n" in said
    assert kept_now() == ()
    assert door.main(["publish", "--file", signed, *SIGNED, "--reason", "Giám đốc sửa khi ký"]) == 0
    (kept,) = kept_now()
    assert kept.record()["reason"] == "Giám đốc sửa khi ký"
    assert kept.record()["differences"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.replace("Số:        /", "Số: 387/"), "--number 387"),
        (lambda t: t.replace("ngày      tháng 11", "ngày 26 tháng 11"), "--date 26/11/2025"),
    ],
)
def test_a_number_or_day_that_the_signed_file_shows_otherwise_is_never_kept(
    change: Callable[[str], str], told: str, final: Path, run: Run
) -> None:
    signed = edited(change)
    assert told in run(2, "publish", "--file", signed, *SIGNED, "--reason", "Văn thư ghi").err
    assert kept_now() == ()


@pytest.mark.requires("soffice")
def test_the_text_layer_of_a_pdf_is_held_against_it_page_by_page(final: Path, run: Run) -> None:
    convert_to_pdf(REPORT, Path("Bản ký.pdf"))
    changed = Path(edited(lambda text: text.replace("95,9%", "85,9%"), "khac.docx"))
    convert_to_pdf(changed, Path("Bản khác.pdf"))
    assert "bản trình ký: 95,9" in run(1, "publish", "--file", "Bản khác.pdf", *SIGNED).out
    assert "đúng từng chữ" in run(0, "publish", "--file", "Bản ký.pdf", *SIGNED).out
    (kept,) = kept_now()
    assert (kept.folder / "ban-ky.pdf").read_bytes() == Path("Bản ký.pdf").read_bytes()


def test_a_picture_of_a_page_cannot_be_compared_and_says_so(final: Path, run: Run) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write("scan.pdf")
    assert "chỉ có hình ảnh" in run(1, "publish", "--file", "scan.pdf", *SIGNED).out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--file", "khong-co.pdf", *SIGNED), "Không tìm thấy"),
        (("--file", "dvctt.toml", *SIGNED), "không phải tệp .pdf hoặc .docx"),
        (("--file", str(REPORT), "--number", "386/BC-UBND", "--date", "25/11/2025"), "ký hiệu BC-SKHCN"),
        (("--file", str(REPORT), "--number", "0", "--date", "25/11/2025"), "không phải số"),
        (("--file", str(REPORT), "--number", "386", "--date", "19/11/2025"), "trước ngày số liệu"),
        (("--file", str(REPORT), "--number", "386", "--date", "25/11/2099"), "chưa tới"),
        (("--file", str(REPORT), "--number", "386", "--date", "mai"), "Không hiểu ngày"),
        (("--number", "386", "--date", "25/11/2025"), "Chưa nêu --file"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    argv: tuple[str, ...], told: str, final: Path, run: Run
) -> None:
    assert told in run(2, "publish", *argv).err
    assert kept_now() == ()


def test_a_damaged_pdf_is_told(final: Path, run: Run) -> None:
    for content in (b"", b"%PDF-1.7\n", b"PK\x03\x04"):
        Path("hong.pdf").write_bytes(content)
        said = run(2, "publish", "--file", "hong.pdf", *SIGNED).err
        assert "không đọc được như một tệp PDF" in said
        assert said.startswith("Lỗi:"), "what the library remarks is not printed"


def test_a_pdf_under_a_key_is_told_where_nothing_deciphers_it(
    final: Path, monkeypatch: Patch, run: Run
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", "x", algorithm="AES-256")
    writer.write("khoa.pdf")
    for name in ("aes_cbc_decrypt", "aes_ecb_decrypt"):  # as where the program alone is installed
        monkeypatch.setattr(f"pypdf._encryption.{name}", getattr(_fallback, name))
    assert "hỏng hoặc có mật khẩu" in run(2, "publish", "--file", "khoa.pdf", *SIGNED).err


def test_a_draft_cannot_be_published(questioned_rendered: Path, run: Run) -> None:
    argv = ["--workspace", str(questioned_rendered), "publish", "--file", str(questioned_rendered / REPORT)]
    assert "Chưa lập bản trình ký" in run(2, *argv, *SIGNED).err


@pytest.mark.parametrize("change", [str, lambda text: text.replace("tháng 11 năm", "tháng 12 năm")])
def test_a_second_signature_is_refused_before_its_number_is_asked_for(
    change: Callable[[str], str], published: Path, run: Run
) -> None:
    assert "Bản này đã phát hành: số 386/BC-SKHCN" in run(2, "publish", "--file", edited(change)).err


# ------------------------------------------------------------------------------------ last year's figures


def test_a_published_manifest_that_was_edited_is_no_last_year(published: Path, final: Path, run: Run) -> None:
    manifest = published / "bao-cao-2025.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"79", b"89"))
    (final / "nhan-ve" / "2026").mkdir()
    go_on(final)
    assert "không còn như lúc phát hành" in run(2, "status", "--year", "2026").err


def test_what_was_published_is_explained_and_last_years_whatever_is_drafted_since(
    published: Path, final: Path, run: Run
) -> None:
    manifest = (published / "bao-cao-2025.json").read_bytes()
    run(0, "decide", "--undo", "--unit", "SYT", "T10.done")
    run(0, "render", "--replace", *AS_OF)
    assert (final / REPORT).with_suffix(".json").read_bytes() != manifest
    kept = published_manifest(workspace(), Period(2025))
    assert kept is not None
    assert kept.read_bytes() == manifest
    told = json.loads(run(0, "explain", "T10", "--format", "json").out)
    signed = json.loads(manifest)
    assert told["indicator"] == next(i for i in signed["indicators"] if i["code"] == "T10")
    (unit,) = json.loads(run(0, "explain", "cell.T10.done.SYT", "--format", "json").out)["account"]["counted"]
    assert unit["code"] == "SYT"
    now = json.loads(run(0, "explain", "T10", "--format", "json", *AS_OF).out)
    assert now["indicator"] != told["indicator"]


# ------------------------------------------------------------------------------------------------ verify


def spoil_input(root: Path) -> None:
    with closing(sqlite3.connect(root / ".dvctt/so-nhan.sqlite")) as register, register:
        kept = record(root / KEPT)["inputs"][0]["sha256"]
        register.execute("update content set bytes = x'00' where sha256 = ?", (kept,))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda root: (root / KEPT / "ban-ky.docx").write_bytes(b"x"), "ban-ky.docx: đã bị sửa"),
        (lambda root: (root / KEPT / "ban-ky.docx").unlink(), "ban-ky.docx: không còn"),
        (lambda root: (root / KEPT / "them.txt").write_bytes(b""), "them.txt: mới thêm"),
        (lambda root: (root / KEPT / "phat-hanh.json").write_text("{}"), "không còn như lúc"),
        (lambda root: (root / KEPT / "../../cau-hinh/plan.toml").write_text("x"), "plan.toml: không còn"),
        (lambda root: (root / KEPT).with_name("2").mkdir(), "phat-hanh/2 không có trong sổ nhận"),
        (spoil_input, "bản lưu trong sổ nhận không còn"),
    ],
)
def test_verify_names_whatever_changed(
    change: Callable[[Path], object],
    told: str,
    published: Path,
    final: Path,
    run: Run,
) -> None:
    assert "còn nguyên như lúc phát hành" in run(0, "publish", "--check").out
    change(final)
    said = run(1, "publish", "--check").out
    assert told in said
    assert "Khôi phục: chép lại đúng tệp nêu trên từ hồ sơ đã lập" in said
    assert told.partition(" không có")[0] in run(1, "publish", "--check", "--format", "json").out


@pytest.fixture
def signed_packed(final: Path) -> tuple[Path, Path]:
    """The inbox's .zip and mail (within a mail) from which two returns of a signed year were taken."""
    inbox = final / "nhan-ve" / "2025"
    zipped, mailed = inbox / "So Noi vu.zip", inbox / "thu.eml"
    (first, *_), (second, *_) = sorted(inbox.glob("*SNV_*")), sorted(inbox.glob("*SYT_*"))
    inner, outer = EmailMessage(), EmailMessage()
    for mail in (inner, outer):
        mail["From"], mail["Subject"] = "so@tinh.vn", "Gửi biểu"
    inner.add_attachment(second.read_bytes(), "application", "octet-stream", filename="bieu Y te.xlsx")
    outer.add_attachment(inner, filename="thu.eml")
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(first, "biểu Nội vụ.xlsx")
    mailed.write_bytes(outer.as_bytes())
    for path in (first, second):
        path.unlink()
    with closing(sqlite3.connect(final / ".dvctt/so-nhan.sqlite")) as register, register:
        for name in (first.name, second.name):  # else their bytes are found by themselves
            (kept,) = register.execute(
                "select sha256 from receipt where file like ?", (f"%{name}",)
            ).fetchone()
            register.execute("delete from receipt where sha256 = ?", (kept,))
            register.execute("delete from content where sha256 = ?", (kept,))
    door.main(["collect"])
    assert door.main(["render", "--final", *AS_OF]) == 0
    assert door.main(["publish", "--file", str(REPORT), *SIGNED]) == 0
    return zipped, mailed


def test_a_year_signed_with_packed_returns_is_whole_until_one_of_them_is_not(
    signed_packed: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    assert door.main(["publish", "--check"]) == 0
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in signed_packed:
        shutil.move(path, kept)
    door.main(["collect"])
    assert door.main(["publish", "--check"]) == 0, "the register has what is no longer in the inbox"
    with closing(sqlite3.connect(".dvctt/so-nhan.sqlite")) as register, register:
        of = "where sha256 in (select sha256 from receipt where file like ?)"
        register.execute(f"update content set bytes = x'00' {of}", ("%.zip",))
        register.execute(f"delete from content {of}", ("%.eml",))
    said = run(1, "publish", "--check").out
    assert "biểu Nội vụ.xlsx (trong nhan-ve/2025/So Noi vu.zip): bản lưu trong sổ nhận không còn" in said
    assert "chép lại “thu.eml” như khi nhận vào nhan-ve/2025" in said
    assert said.count("chạy: dvctt-report collect --year 2025") == 2
    for path in signed_packed:
        shutil.move(kept / path.name, path)
    door.main(["collect", "--year", "2025"])
    assert door.main(["publish", "--check"]) == 0, "what was said to be done mends it"


def test_verify_finds_the_settings_that_apply_put_beside(published: Path, final: Path) -> None:
    sign_by_another(final)
    assert door.main(["apply", "--yes"]) == 0
    assert door.main(["publish", "--check"]) == 0


def test_a_lost_register_is_told_and_made_anew_with_what_was_published(
    published: Path, final: Path, run: Run
) -> None:
    assert door.main(again("--number", "387", "--reason", "Gõ nhầm")) == 0
    shutil.rmtree(final / ".dvctt")
    shutil.copytree(published, published.with_name("2"))
    assert "so-nhan.sqlite” không còn" in run(2, "publish", "--check").err
    told = "Đã ghi lại vào sổ Báo cáo số 387/BC-SKHCN ngày 25/11/2025"
    assert told in run(1, "collect").err, "the folder that is a mere copy is no publication"
    (kept,) = kept_now()
    assert (kept.folder, kept.cited) == (published, "số 387/BC-SKHCN ngày 25/11/2025")
    assert door.main(["render", *AS_OF]) == 2, "what was signed is not written over"
    shutil.rmtree(published.with_name("2"))
    assert door.main(["publish", "--check"]) == 0
    shutil.rmtree(final / ".dvctt")
    (published / "ban-ky.docx").write_bytes(b"x")
    door.main(["collect"])
    assert kept_now() == (), "what is not as it was signed is not put back"


# ------------------------------------------------------------------------------------ stopped half-way


def killed_at(rename: int, argv: list[str]) -> bool:
    """Run the command in a process of its own that is killed at that rename; whether it was."""
    child = os.fork()
    if child == 0:
        left = iter(range(rename, -1, -1))

        def watched(original: Any) -> Any:
            def move(*args: Any, **kwargs: Any) -> Any:
                if next(left) == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return original(*args, **kwargs)

            return move

        Path.rename, Path.replace = watched(Path.rename), watched(Path.replace)  # type: ignore[method-assign]
        os._exit(door.main(argv))
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_kill_at_any_rename_leaves_nothing_published_or_everything(final: Path, run: Run) -> None:
    argv = again(*SIGNED)
    found: tuple[Publication, ...] = ()
    n, start = 0, datetime.now().replace(microsecond=0)
    while not found and killed_at(n, argv):
        found = kept_now()
        run(0 if found else 2, "publish", "--check")  # no folder of nobody's stands there
        n += 1
    assert found, "a kill before the last rename leaves a publication that lacks its name alone"
    assert found[0].folder.name == "1"
    assert "Bản này đã phát hành" in run(2, *argv).err
    assert door.main(["publish", "--check"]) == 0
    moment = kept_now()[0].row.when
    assert start <= moment <= datetime.now()


def test_what_a_killed_publish_prepared_is_swept(final: Path, run: Run) -> None:
    parent = final / "ky-bao-cao/2025/phat-hanh"
    left = parent / ".1.dang-phat-hanh"
    left.mkdir(parents=True)
    (left / "ban-ky.docx").write_bytes(b"half")
    said = run(2, "publish", "--check").err
    assert "Chưa phát hành" in said
    assert "dvctt-report publish" in said
    assert "Đã xóa 1 thư mục, tệp do lệnh publish bị dừng" in run(0, "doctor", "--repair").err
    assert not left.exists()
    left.mkdir()
    run(0, *again(*SIGNED))
    assert [path.name for path in parent.iterdir()] == ["1"]
    (parent / "1").rename(final / "chuyển đi")
    left.mkdir()
    (left / "phat-hanh.json").write_bytes(b"{}")
    assert door.main(["publish", "--check"]) == 1, "another's record doesn't take its place"
    door.main(["doctor", "--repair"])
    assert [*parent.iterdir()] == []


def test_a_publication_whose_folder_can_not_get_its_name_stands_all_the_same(
    published: Path, monkeypatch: Patch
) -> None:
    ready = published.with_name(".1.dang-phat-hanh")
    published.rename(ready)

    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        assert door.main(["publish", "--check"]) == 0
        door.main(["doctor", "--repair"])
        assert (ready / "ban-ky.docx").is_file()
    assert door.main(["publish", "--check"]) == 0
    assert published.is_dir()
    assert not ready.exists()


# ------------------------------------------------------------------------- a mistyped number or day


def test_a_mistyped_number_and_day_are_put_right_with_a_reason_and_a_trace(
    published: Path, final: Path, run: Run
) -> None:
    files = {path.name: path.read_bytes() for path in published.iterdir() if path.name != "phat-hanh.json"}
    right = again("--number", "368", "--date", "26/11/2025")
    assert "phải có lý do" in run(1, *right).out
    assert record(published)["document"] == "386/BC-SKHCN"
    told = "Báo cáo số 368/BC-SKHCN ngày 26/11/2025, năm 2025; trước đó ghi số 386/BC-SKHCN ngày 25/11/2025"
    assert told in run(0, *right, "--reason", "Gõ nhầm").out
    (kept,) = kept_now()
    assert kept.cited == "số 368/BC-SKHCN ngày 26/11/2025"
    assert kept.folder == published
    assert {p.name: p.read_bytes() for p in published.iterdir() if p.name != "phat-hanh.json"} == files
    (before,) = kept.record()["corrections"]
    wrong = ("386/BC-SKHCN", "2025-11-25", "Gõ nhầm")
    assert (before["document"], before["dated"], before["reason"]) == wrong
    assert before["who"]
    for command in (["publish", "--check"], ["status", *AS_OF], ["archive", *AS_OF]):
        said = run(0, *command).out
        assert "trước đó ghi số 386/BC-SKHCN ngày 25/11/2025; lý do: Gõ nhầm" in said, command
    (listed,) = json.loads(run(0, "publish", "--check", "--format", "json").out)["publications"]
    assert "386/BC-SKHCN" in listed["corrections"][0]


def test_one_of_the_two_may_stay_and_nothing_to_put_right_is_told(
    published: Path, final: Path, run: Run
) -> None:
    assert door.main(again("--date", "26/11/2025", "--reason", "Nhầm ngày")) == 0
    assert door.main(again("--number", "387", "--reason", "Nhầm số")) == 0
    (kept,) = kept_now()
    assert kept.cited == "số 387/BC-SKHCN ngày 26/11/2025"
    assert [one["document"] for one in kept.record()["corrections"]] == ["386/BC-SKHCN", "386/BC-SKHCN"]
    said = run(2, *again("--number", "387", "--reason", "Nhầm")).err
    assert "Bản này đã phát hành: số 387/BC-SKHCN" in said
    assert "chạy lại với chính tệp đã ký đó" in said


def test_what_the_signed_file_shows_is_not_put_right_to_something_else(final: Path, run: Run) -> None:
    signed = edited(lambda text: text.replace("Số:        /", "Số: 386/"))
    assert door.main(["publish", "--file", signed, *SIGNED]) == 0
    assert "--number 386" in run(2, "publish", "--file", signed, "--number", "387", "--reason", "Nhầm").err
    for day, told in (("19/11/2025", "trước ngày số liệu"), ("25/11/2099", "chưa tới")):
        assert told in run(2, "publish", "--file", signed, "--date", day, "--reason", "Nhầm").err
    (kept,) = kept_now()
    assert kept.cited == "số 386/BC-SKHCN ngày 25/11/2025"


def test_at_the_terminal_number_day_and_reason_are_asked_for(
    published: Path, final: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.setattr("dvctt_report.cli.publish.is_terminal", lambda _: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{REPORT}\n387\n\nGõ nhầm\n"))
    assert "Ghi nhầm thì ghi lại" in run(0, "publish").out
    (kept,) = kept_now()
    assert kept.cited == "số 387/BC-SKHCN ngày 25/11/2025"


def test_documents_that_cite_the_mistyped_number_are_named(published: Path, final: Path, run: Run) -> None:
    sign_by_another(final)
    assert door.main(["apply", "--yes"]) == 0
    assert door.main(["render", "--replace", "--final", *AS_OF]) == 0
    assert door.main([*again("--number", "390", "--date", "27/11/2025")]) == 0, "the one in its place"
    first = str(published / "ban-ky.docx")
    after = ["publish", "--file", first, "--date", "28/11/2025", "--reason", "Nhầm"]
    assert "là văn bản ký sau" in run(2, *after).err
    argv = ["publish", "--file", first, "--reason", "Nhầm", "--number"]
    assert "Số 390/BC-SKHCN năm 2025 đã ghi cho" in run(2, *argv, "390").err
    said = run(0, *argv, "387").out
    assert "Văn bản còn dẫn số, ngày cũ, 1:" in said
    assert "- Báo cáo số 390/BC-SKHCN ngày 27/11/2025 (đã phát hành)" in said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_kill_at_any_rename_leaves_the_old_number_or_the_new(
    published: Path, final: Path, run: Run
) -> None:
    argv = again("--number", "387", "--reason", "Gõ nhầm")
    cited: list[str] = []
    while not cited or "387" not in cited[-1]:
        killed = killed_at(len(cited), argv)
        assert door.main(["publish", "--check"]) == 0, "whole, whichever it is"
        (kept,) = kept_now()
        cited.append(kept.cited)
        assert killed or "387" in kept.cited
    assert len(cited) > 1
    door.main(["doctor", "--repair"])
    assert [path.name for path in published.parent.iterdir()] == ["1"]


def test_a_record_that_can_not_be_put_in_its_place_is_read_where_it_stands(
    published: Path, final: Path, monkeypatch: Patch, run: Run
) -> None:
    replaced = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if Path(target) == published / "phat-hanh.json":
            raise PermissionError(errno.EACCES, "in use", str(path))
        return replaced(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        assert door.main(again("--number", "387", "--reason", "Gõ nhầm")) == 0
        assert door.main(["publish", "--check"]) == 0
        door.main(["doctor", "--repair"])
        assert door.main(["publish", "--check"]) == 0
    assert door.main(["publish", "--check"]) == 0
    assert record(published)["document"] == "387/BC-SKHCN"
    left = published.with_name(".1.phat-hanh.json")
    assert not left.exists()
    left.write_bytes(b"half")
    assert door.main(["publish", "--check"]) == 0
    door.main(["doctor", "--repair"])
    assert not left.exists()
