"""A province, its departments and the dates of its plan are data of templates/, never code."""

from __future__ import annotations

import re
from pathlib import Path

import dvctt_report
from dvctt_report.text.resources import resource_path

PACKAGE = Path(dvctt_report.__file__).parent

PROVINCES = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định,
Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai,
Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hoà Bình,
Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Khánh Hoà, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng,
Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi,
Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thanh Hoá,
Thừa Thiên, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
"""The 63 provinces and cities before 01/7/2025; the 34 since then bear names out of these."""

WITHOUT_MARKS = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
    "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d",
)


def names() -> list[str]:
    return [" ".join(name.replace("-", " ").split()) for name in PROVINCES.split(",")]


def slug(name: str) -> str:
    return name.lower().translate(WITHOUT_MARKS).replace(" ", "[_-]?")


FORBIDDEN: dict[str, re.Pattern[str]] = {
    "a province": re.compile(rf"\b({'|'.join(names()).replace(' ', '[ -]+')})\b"),
    "the folder of a province": re.compile(
        rf"(?<![a-z])({'|'.join(slug(n) for n in names() if ' ' in n)})(?![a-z])"
    ),
    "a department": re.compile(r"\bSở\s+[A-ZĐ]"),
    "a date or number of the plan": re.compile(
        r"\b(10/11|10-11|17/12/2024|1588)\b|\b\d{4}-11-10\b|\b11, ?10\)"
    ),
}


def faults(text: str) -> list[str]:
    """Which of ``FORBIDDEN`` stand in ``text``, each with the words found."""
    return [
        f"{what}: {match[0]!r}" for what, pattern in FORBIDDEN.items() for match in pattern.finditer(text)
    ]


PAGE = [PACKAGE / "papers" / "page" / f"page.{kind}" for kind in ("css", "html", "js")]
TABLES = sorted(PACKAGE.rglob("*.toml"))
"""What codes, commands, menu, questions, sheets and Word files say: all that isn't Python, but the page."""


def test_code_names_no_province_no_department_and_no_date_of_the_plan() -> None:
    files = [*sorted(PACKAGE.rglob("*.py")), *PAGE, *TABLES]
    said = ((path.relative_to(PACKAGE), faults(path.read_text(encoding="utf-8"))) for path in files)
    assert {str(path): found for path, found in said if found} == {}


def test_the_package_holds_nothing_but_code_the_page_and_tables() -> None:
    others = {p for p in PACKAGE.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")}
    assert {p for p in others if "_data" not in p.parts} == {PACKAGE / "py.typed", *PAGE, *TABLES}


FOUND = """
tỉnh Ninh Thuận|Huế|Bà Rịa - Vũng Tàu|templates/ninh_thuan|load('ninhthuan')|hoa-binh|Sở Y tế|trước 10/11
QĐ 1588|date(year, 11, 10)|2025-11-10
"""
LET_PASS = "Sở|as long an input|thái bình|date(2025, 1, 10)|hue|cannot|anh namlong"


def test_the_search_finds_these_and_leaves_others_alone() -> None:
    assert [text for text in re.split(r"[|\n]", FOUND.strip()) if not faults(text)] == []
    assert [text for text in LET_PASS.split("|") if faults(text)] == []


def test_every_province_of_templates_is_on_the_list() -> None:
    known = re.compile("|".join(slug(name) for name in names()))
    folders = [path.parent.name for path in resource_path("templates").glob("*/plan.toml")]
    assert folders
    made_up = [name for name in folders if name.startswith("minh-hoa-")]
    assert [name for name in folders if not known.fullmatch(name) and name not in made_up] == []
