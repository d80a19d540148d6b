"""A final report is never lost: whatever is rendered later, it stands under a name of its own."""

from __future__ import annotations

import errno
import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from dvctt_report.files import writing as files
from dvctt_report.report.written import is_final, write_document
from tests.report.conftest import DATASET, RETURNS, build
from tests.report.test_prose import HEADINGS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.render(DATASET)
    for heading in HEADINGS:
        made.write(heading, "Lời của cán bộ.")
    return made


def test_a_draft_keeps_the_final_report_that_stood_there_with_its_manifest(desk: Desk) -> None:
    desk.render(DATASET, final=True)
    assert is_final(desk.out)
    signed = desk.out.read_bytes(), desk.out.with_suffix(".json").read_bytes()
    assert desk.render(DATASET, final=True).notes == (), "the same again replaces nothing"
    (note,) = desk.render(build(RETURNS[1:])).notes
    kept = desk.folder / "bao-cao (trình ký).docx"
    assert note == (
        "“bao-cao.docx” là bản trình ký: được giữ ở “bao-cao (trình ký).docx”, kèm “bao-cao (trình ký).json”."
    )
    assert (kept.read_bytes(), kept.with_suffix(".json").read_bytes()) == signed
    assert not is_final(desk.out)
    desk.render(DATASET)
    assert len([*desk.folder.glob("*trình ký*")]) == 2, "a draft is replaced as ever"


def test_every_final_report_is_kept_also_one_that_was_edited(desk: Desk) -> None:
    for n in range(3):
        desk.issuer = replace(desk.issuer, as_of=datetime(2025, 11, 20, 17, n))
        desk.render(DATASET, final=True)
    desk.out.write_bytes(b"numbered by hand")
    desk.render(DATASET)
    kept = sorted(path.name for path in desk.folder.glob("*trình ký*"))
    assert kept == [f"bao-cao (trình ký{n}).{kind}" for n in (" 2", " 3", "") for kind in ("docx", "json")]
    assert (desk.folder / "bao-cao (trình ký 3).docx").read_bytes() == b"numbered by hand"
    assert not [*desk.folder.glob("*sửa tay*")]


def test_what_was_written_with_a_final_report_is_kept_under_the_same_number(tmp_path: Path) -> None:
    out, page = tmp_path / "bao-cao.docx", tmp_path / "tom-tat.docx"
    out.write_bytes(b"final")
    out.with_suffix(".json").write_text(json.dumps({"report": {"final": True}}), encoding="utf-8")
    page.write_bytes(b"page")
    (tmp_path / "tom-tat (trình ký).docx").write_bytes(b"of another one")
    write_document(out, b"draft", (page, tmp_path / "bang-ke.xlsx"))
    assert (tmp_path / "bao-cao (trình ký 2).docx").read_bytes() == b"final"
    assert (tmp_path / "tom-tat (trình ký 2).docx").read_bytes() == b"page"
    assert (tmp_path / "tom-tat (trình ký).docx").read_bytes() == b"of another one"


class Killed(BaseException):
    """What ends a command between two writes."""


@pytest.mark.parametrize("n", range(8))
def test_a_kill_between_two_writes_never_files_a_draft_as_the_final_report(
    n: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.render(DATASET, final=True)
    signed = desk.out.read_bytes(), desk.out.with_suffix(".json").read_bytes()
    left, replace_path = n, Path.replace

    def replace_or_die(path: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return replace_path(path, target)

    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(Path, "replace", replace_or_die)
        desk.render(build(RETURNS[1:]))
    for _ in range(2):
        desk.render(build(RETURNS[2:]))

    kept = sorted(desk.folder.glob("*trình ký*"))
    assert [path.name for path in kept] == ["bao-cao (trình ký).docx", "bao-cao (trình ký).json"]
    assert tuple(path.read_bytes() for path in kept) == signed


def test_a_final_report_that_was_stopped_before_its_manifest_is_known_and_kept(desk: Desk) -> None:
    desk.render(build(RETURNS[1:]))
    draft = desk.out.with_suffix(".json").read_bytes()
    desk.render(DATASET, final=True)
    signed = desk.out.read_bytes(), desk.out.with_suffix(".json").read_bytes()
    desk.out.with_suffix(".json").write_bytes(draft)  # what a kill leaves between the two
    assert not is_final(desk.out)
    whole = desk.out.read_bytes()
    document = docx.Document(str(desk.out))
    document.add_paragraph("Sửa tay.")
    document.save(str(desk.out))
    desk.render(build(RETURNS[2:]))
    assert [path.name for path in desk.folder.glob("*trình ký*")] == [], "edited, it is what people wrote"
    assert (desk.folder / "bao-cao (bản sửa tay).docx").is_file()

    desk.out.write_bytes(whole)
    desk.render(build(RETURNS[2:]))
    kept = desk.folder / "bao-cao (trình ký).docx"
    assert (kept.read_bytes(), kept.with_suffix(".json").read_bytes()) == signed


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"report": null}', '{"report": {"final": "yes"}}'])
def test_only_a_manifest_that_says_so_makes_a_report_final(tmp_path: Path, text: str) -> None:
    out = tmp_path / "bao-cao.docx"
    out.with_suffix(".json").write_text(text, encoding="utf-8")
    assert not is_final(out)


@pytest.mark.parametrize("full", [".bao-cao.json.", ".bao-cao.docx."])
def test_a_full_disk_leaves_the_former_report_with_its_own_manifest(
    full: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.render(DATASET)
    before = desk.out.read_bytes(), desk.out.with_suffix(".json").read_bytes()
    write = files._write_through

    def on_full_disk(path: Path, content: bytes) -> None:
        if path.name.startswith(full):
            raise OSError(errno.ENOSPC, "full", str(path))
        write(path, content)

    monkeypatch.setattr(files, "_write_through", on_full_disk)
    with pytest.raises(OSError, match="full"):
        desk.render(build(RETURNS[1:]))
    assert (desk.out.read_bytes(), desk.out.with_suffix(".json").read_bytes()) == before
    made = json.loads(before[1])["report"]
    assert made["sha256"] == sha256(before[0]).hexdigest()
    assert not [*desk.out.parent.glob(".*.tmp")]
