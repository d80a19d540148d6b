"""What a check may be told from outside, levels, names and dates: data of a small TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dvctt_report.errors import CannotRun
from dvctt_report.opening import parse_toml, read_text
from dvctt_report.resources import resource_path
from dvctt_report.severity import Severity

FILE_NAME = "lint.toml"
LEVELS = {"loi": Severity.ERROR, "canh_bao": Severity.WARNING, "thong_tin": Severity.INFO, "bo_qua": None}
"""How a level is written in the file; "bo_qua" leaves a check out."""


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
        settings = _merge(settings, _load(path), path)
    return settings


def _load(path: Path) -> dict[str, Any]:
    try:
        return parse_toml(read_text(path))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        why = "quá nhiều dấu ngoặc lồng nhau" if isinstance(fault, RecursionError) else fault
        raise CannotRun(
            f"Tệp thiết lập “{path}” không đọc được: {why}.", "Sửa lại tệp, lưu mã UTF-8 rồi chạy lại."
        ) from fault


_KNOWN = (
    "muc",
    "van_ban",
    "bo_cap_huyen_tu",
    "thanh_pho_truc_thuoc_trung_uong",
    "dia_danh_ghi_kem_loai",
    "ten_co_quan",
    "loi_chinh_ta",
    "co_quan_cu",
    "ngay_luat",
)


def _merge(settings: Settings, told: dict[str, Any], path: Path) -> Settings:
    unknown = sorted(set(told) - set(_KNOWN))
    if unknown:
        raise _wrong(path, unknown[0], f"chỉ có các mục: {', '.join(_KNOWN)}")
    levels = dict(settings.levels)
    for code, word in _table(told, "muc", path).items():
        if word not in LEVELS:
            raise _wrong(path, f"muc.{code}", f"chọn một trong: {', '.join(LEVELS)}")
        levels[code.upper()] = LEVELS[word]
    day = told.get("bo_cap_huyen_tu", settings.districts_end)
    if day == "":
        day = None
    elif day is not None and type(day) is not date:
        raise _wrong(path, "bo_cap_huyen_tu", "ghi ngày dạng 2025-12-31, không đặt trong dấu nháy")
    kind = told.get("van_ban", "dien_tu" if settings.electronic else "giay")
    if kind not in ("giay", "dien_tu"):
        raise _wrong(path, "van_ban", 'ghi "giay" hoặc "dien_tu"')
    return replace(
        settings,
        levels=levels,
        electronic=kind == "dien_tu",
        districts_end=day,
        central_cities=settings.central_cities + _names(told, "thanh_pho_truc_thuoc_trung_uong", path),
        typed_places=settings.typed_places + _names(told, "dia_danh_ghi_kem_loai", path),
        agencies=settings.agencies + _names(told, "ten_co_quan", path),
        misspellings=settings.misspellings | _table(told, "loi_chinh_ta", path),
        former_agencies=settings.former_agencies | _table(told, "co_quan_cu", path),
        law_days=settings.law_days | _table(told, "ngay_luat", path),
    )


def _table(told: dict[str, Any], name: str, path: Path) -> dict[str, str]:
    found = told.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise _wrong(path, name, 'mỗi dòng là một cặp tên = "giá trị"')
    return found


def _names(told: dict[str, Any], name: str, path: Path) -> tuple[str, ...]:
    found = told.get(name, [])
    if not isinstance(found, list) or not all(isinstance(v, str) for v in found):
        raise _wrong(path, name, 'ghi danh sách các tên, ví dụ ["Tên thứ nhất", "Tên thứ hai"]')
    return tuple(found)


def _wrong(path: Path, entry: str, remedy: str) -> CannotRun:
    return CannotRun(f"Tệp thiết lập “{path}”: mục “{entry}” không dùng được.", f"Sửa lại: {remedy}.")
