"""Private persons' numbers are left out of what leaves the office, however written; nothing else is."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.text import personal
from dvctt_report.text.file_names import known_as
from dvctt_report.text.personal import IDENTITY, MOBILE, kinds_in, masked
from dvctt_report.text.resources import resource_path
from tests.spelling import ACCOUNT, CARD, PHONE, readable, spelled
from tests.test_linear_patterns import LONGER, grows, slow

TABLE = tomllib.loads(Path(__file__).with_name("personal.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "shown"), TABLE["left_out"])
def test_what_is_a_private_persons_is_left_out(text: str, shown: str | bool) -> None:
    assert masked(text) == shown or (not shown and not any(map(str.isdigit, masked(text))))
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize("text", TABLE["stay"])
def test_figures_days_and_codes_stay(text: str) -> None:
    assert masked(text) == text


def test_no_text_of_the_sample_and_of_the_plan_loses_anything(rendered_sample: Path) -> None:
    texts = set(_texts(resource_path("templates") / "ninh_thuan"))
    for folder in ("ket-qua", "nhan-ve", "noi-dung"):
        texts |= set(_texts(rendered_sample / folder))
    left_out = {text for text in texts if masked(text) != text}

    assert len(texts) > 3_000
    assert {text for text in left_out if "@" not in text and "0900 000 022" not in text} == set()


def _texts(folder: Path) -> Iterator[str]:
    """Every cell, paragraph and line of the files there."""
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            yield from (str(v) for s in book for row in s.iter_rows(values_only=True) for v in row if v)
        elif path.suffix == ".docx":
            document = Document(str(path))
            yield from (p.text for p in document.paragraphs)
            yield from (c.text for t in document.tables for row in t.rows for c in row.cells)
        elif path.suffix in (".toml", ".json", ".csv", ".html"):
            yield from path.read_text(encoding="utf-8").splitlines()


def test_what_a_form_must_not_hold_is_named() -> None:
    assert kinds_in("CCCD 058099001234, 0912345678") == [IDENTITY, MOBILE]
    assert kinds_in("CMND: 261 234 567; (84) 912–345–678") == [IDENTITY, MOBILE]
    assert kinds_in("https://a.vn/0912345678, a@b.vn") == []


@given(st.sampled_from((PHONE, CARD, ACCOUNT)), st.randoms(use_true_random=False))
def test_a_number_is_left_out_however_it_is_spelled(number: str, rng: Random) -> None:
    text = f"Liên hệ bà Lan, {spelled(number, rng)}, để nhận 132.982 hồ sơ."
    assert not readable(number, masked(text)), text
    assert masked(text).endswith("để nhận 132.982 hồ sơ.")


@given(st.text(alphabet="0123456789 .-/@()\n\u200b\u0301đacongstkcmndbidvTK,+_", max_size=60))
def test_masking_twice_is_masking_once_and_adds_nothing(text: str) -> None:
    once = masked(text)
    assert set(once) <= {*text, "…"}
    assert len(once) <= len(text)
    assert unicodedata.normalize("NFC", once) == unicodedata.normalize("NFC", masked(once))


def test_names_of_files_are_told_apart_without_the_number() -> None:
    names = ["a/BC 0912345678.xlsx", "a/BC 0987654321.xlsx", "0912 345 678/a.xlsx", "0912345679/a.xlsx"]
    known = [known_as(name) for name in names]

    assert len(set(known)) == 4
    assert not any(readable("0912345678", name) or readable("0987654321", name) for name in known)
    assert known[0].startswith("a/BC … ")
    assert known[0].endswith(".xlsx")
    assert [known_as(name) for name in known] == known
    assert known_as("nhan-ve/2025/BM2025_SNV (gửi lại).xlsx") == "nhan-ve/2025/BM2025_SNV (gửi lại).xlsx"


@pytest.mark.parametrize(
    "pattern", [pattern for _, pattern, _ in personal._KINDS], ids=lambda one: one.pattern
)
def test_each_pattern_takes_time_in_proportion(pattern: object) -> None:
    assert list(slow(pattern, frozenset({"search"}))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("piece", ["0", "0 ", "stk ", "cmnd 1", "a@", "a.", "84 ", "09.1", "tk 12 ", "@a. "])
def test_a_text_takes_time_in_proportion(piece: str) -> None:
    assert not grows(masked, piece * 500, piece * 500 * LONGER, 2)
