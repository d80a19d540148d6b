"""What a check may be told from outside, levels, names and dates: data of a small TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dvctt_report.model.severity import Severity
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import resource_path

FILE_NAME = "lint.toml"
LEVELS = {"loi": Severity.ERROR, "canh_bao": Severity.WARNING, "thong_tin": Severity.INFO, "bo_qua": None}
"""How a level is written in the file; "bo_qua" leaves a check out."""
_NAMES = {
    "thanh_pho_truc_thuoc_trung_uong": "central_cities",
    "dia_danh_ghi_kem_loai": "typed_places",
    "ten_co_quan": "agencies",
}
_TABLES = {"loi_chinh_ta": "misspellings", "co_quan_cu": "former_agencies", "ngay_luat": "law_days"}
_KNOWN = ("muc", "van_ban", "bo_cap_huyen_tu", *_NAMES, *_TABLES)
"""The entries of the file; lists and tables by the data they are added to."""


class Stage(StrEnum):
    """How far a document has come: a draft, one that goes to be signed, one that goes out."""

    DRAFT = "du-thao"
    SIGNING = "trinh-ky"
    ISSUED = "phat-hanh"


@dataclass(frozen=True)
class Settings:
    """The data that checks are run with.

    ``levels``: code → level, None: left out. ``districts_end``: from this document date districts are no
    longer addressed, ``central_cities``: the cities that are provinces of their own. ``typed_places``: names
    that go with their type. ``agencies``: names as they are rightly capitalised. ``misspellings``: wrong →
    right. ``former_agencies``: old name → who has its tasks now. ``law_days``: a law's name → the days
    on which laws of that name were passed, the newest last; a decree's kind and number → its day.
    ``today`` None: no date is too late.
    ``stage``: what may still be blank. ``electronic``: number and day are stamped on the signed file, so that
    they may be blank in what is issued. ``kind``: the document's kind as a person says it is, "": to be
    recognised.
    """

    levels: dict[str, Severity | None] = field(default_factory=dict)
    districts_end: date | None = None
    central_cities: tuple[str, ...] = ()
    typed_places: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    misspellings: dict[str, str] = field(default_factory=dict)
    former_agencies: dict[str, str] = field(default_factory=dict)
    law_days: dict[str, str] = field(default_factory=dict)
    today: date | None = None
    stage: Stage = Stage.DRAFT
    electronic: bool = False
    kind: str = ""

    @property
    def final(self) -> bool:
        """Whether prompts, dots and the words "DỰ THẢO" are no longer allowed."""
        return self.stage is not Stage.DRAFT


def read_settings(*files: Path) -> Settings:
    """Read the shipped settings and lay those of ``files`` over them, the last one wins.

    Raises CannotRun naming file and entry.
    """
    settings = Settings()
    for path in (resource_path("templates") / FILE_NAME, *files):
        try:
            told = parse_toml(read_text(path))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
            why = "quá nhiều dấu ngoặc lồng nhau" if isinstance(fault, RecursionError) else fault
            remedy = "Sửa lại tệp, lưu mã UTF-8 rồi chạy lại."
            raise CannotRun(f"Tệp thiết lập “{path}” không đọc được: {why}.", remedy) from fault
        if unknown := sorted(set(told) - set(_KNOWN)):
            raise _wrong(path, unknown[0], f"chỉ có các mục: {', '.join(_KNOWN)}")
        levels = dict(settings.levels)
        for code, word in _table(told, "muc", path).items():
            if word not in LEVELS:
                raise _wrong(path, f"muc.{code}", f"chọn một trong: {', '.join(LEVELS)}")
            levels[code.upper()] = LEVELS[word]
        day = told.get("bo_cap_huyen_tu", settings.districts_end) or None
        if day is not None and type(day) is not date:
            raise _wrong(path, "bo_cap_huyen_tu", "ghi ngày dạng 2025-12-31, không đặt trong dấu nháy")
        kind = told.get("van_ban", "dien_tu" if settings.electronic else "giay")
        if kind not in ("giay", "dien_tu"):
            raise _wrong(path, "van_ban", 'ghi "giay" hoặc "dien_tu"')
        more: dict[str, Any] = {
            to: getattr(settings, to) | _table(told, name, path) for name, to in _TABLES.items()
        }
        for name, to in _NAMES.items():
            names = told.get(name, [])
            if not isinstance(names, list) or not all(isinstance(v, str) for v in names):
                raise _wrong(path, name, 'ghi danh sách các tên, ví dụ ["Tên thứ nhất", "Tên thứ hai"]')
            more[to] = getattr(settings, to) + tuple(names)
        settings = replace(settings, levels=levels, electronic=kind == "dien_tu", districts_end=day, **more)
    return settings


def _table(told: dict[str, Any], name: str, path: Path) -> dict[str, str]:
    found = told.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise _wrong(path, name, 'mỗi dòng là một cặp tên = "giá trị"')
    return found


def _wrong(path: Path, entry: str, remedy: str) -> CannotRun:
    return CannotRun(f"Tệp thiết lập “{path}”: mục “{entry}” không dùng được.", f"Sửa lại: {remedy}.")
