"""Kept manifests: small, the same bytes for the same content, found and read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dvctt_report.files.manifests import (
    keep_manifest,
    kept_manifest,
    kept_manifests,
    parse_json,
    read_manifest_text,
    read_parts,
    unpacked,
    without_cells,
)
from dvctt_report.report.manifest import manifest_bytes
from dvctt_report.text.packed import Packed

TEXT = ('{"id": "a1", "name": "Sở Y tế"}\n' * 500).encode()


def test_a_manifest_is_kept_once_and_small_and_found_again(tmp_path: Path) -> None:
    made = keep_manifest(tmp_path, "a1", Packed((TEXT,)))
    before = made.read_bytes()
    assert keep_manifest(tmp_path, "a1", Packed((TEXT,))) == made
    assert made.read_bytes() == before
    assert len(before) * 15 < len(TEXT)
    assert [*tmp_path.iterdir()] == [made]
    assert kept_manifests(tmp_path) == (made,)
    assert (kept_manifest(tmp_path, "a1"), kept_manifest(tmp_path, "c3")) == (made, None)
    assert read_manifest_text(made).encode() == unpacked(made) == TEXT
    assert kept_manifests(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("content", [b"no gzip", b"\x1f\x8b\x08\x00"])
def test_a_damaged_one_is_no_manifest(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a1.json.gz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="no whole manifest"):
        unpacked(path)


def test_what_is_nested_too_deep_is_no_more_than_any_other_damage() -> None:
    with pytest.raises(ValueError, match="too deep"):
        parse_json("[" * 200_000 + "]" * 200_000)


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_parts_are_read_alone_however_the_manifest_is_laid_out(indent: int | None, tmp_path: Path) -> None:
    said = {"file": "bao-cao.docx", "final": True, "text": 'dòng "report": {}'}
    cells = [{"code": "T1", "cells": [1, 2]}, {"code": "T2", "cells": []}]
    manifest = {"id": "a1", "units": [{"report": 1}], "none": [], "report": said, "n": [1], "targets": cells}
    names = ("report", "targets", "none", "absent", "n")
    wanted = {name: manifest[name] for name in names if name in manifest}
    wanted["targets"] = [{"code": "T1"}, {"code": "T2"}]
    own, other = manifest_bytes(manifest), json.dumps(manifest, ensure_ascii=False, indent=indent).encode()
    paths = [tmp_path / f"{n}.json" for n in range(4)]
    for path, text in zip(
        paths, (own, other, own.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + own), strict=True
    ):
        path.write_bytes(text)
    for path in (*paths, keep_manifest(tmp_path, "a1", Packed((own,)))):
        assert read_parts(path, names, _slim) == wanted
        assert read_parts(path, ("id",)) == {"id": "a1"}


def _slim(entry: object) -> object:
    return without_cells(entry) if isinstance(entry, dict) else entry


@pytest.mark.parametrize(
    "text", [b"", b"[1]", b'{\n "id": "a1",\n "units": [\n  1,\n', b'{\n "id": \n}', b"null"]
)
def test_parts_of_what_is_damaged_are_no_parts(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a1.json"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=r"Expecting|is no manifest"):
        read_parts(path, ("id", "units"))
    cut = tmp_path / "b2.json.gz"
    cut.write_bytes(keep_manifest(tmp_path, "b2", Packed((TEXT,))).read_bytes()[:-20])
    with pytest.raises(ValueError, match="no whole manifest"):
        read_parts(cut, ("absent",))


def test_a_line_without_end_is_not_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao-2025.json"
    with path.open("wb") as file:
        file.truncate(100_000_000_000)
    with pytest.raises(OSError, match="trên 2000 MB"):
        read_parts(path, ("figures",))
