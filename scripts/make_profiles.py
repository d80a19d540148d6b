"""Make the profiles of ``templates/`` that come from the catalogue and another profile.

Run it from the project's folder: ``python -m scripts.make_profiles``. The same data give the same bytes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from dvctt_report.store.new_profile import find_province, new_profile
from dvctt_report.store.workspace import SETTINGS

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
MADE = {"khanh_hoa": ("Khánh Hòa", 2026)}
"""Folder, province, the first year it reports on."""
ORIGIN, OTHER_PLAN = "ninh_thuan", "minh-hoa-cai-cach-hanh-chinh"
WORDS = (
    ("Về nội dung tuyên truyền", "Về nội dung"),
    ("Về hình thức tuyên truyền", "Về hoạt động"),
    ("theo nội dung, hình thức tuyên truyền", "theo nội dung, hoạt động"),
    ("theo hình thức tuyên truyền", "theo hoạt động"),
    ("; tiếp tục tuyên truyền bằng các hình thức phù hợp với từng đối tượng, địa bàn", ""),
    (
        "phối hợp định hướng nội dung tuyên truyền; tập huấn đội ngũ phóng viên; kiểm tra",
        "phối hợp, kiểm tra",
    ),
    ("tại Mục III của Kế hoạch", "của Kế hoạch"),
    ("nhiệm vụ tại Mục III", "nhiệm vụ"),
    ('"dịch vụ công trực tuyến", ', ""),
    ('"tuyên truyền", ', '"cải cách hành chính", '),
    ('DVCTT = "dịch vụ công trực tuyến"\n', ""),
)
"""What the sentences of the first plan are called in the other one that ships."""


def main(templates: Path = TEMPLATES) -> None:
    for name, (province, year) in MADE.items():
        folder = templates / name
        shutil.rmtree(folder, ignore_errors=True)
        new_profile(find_province(province), folder, with_levels=True)
        settings = folder / SETTINGS
        text = settings.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^nam = \d+", f"nam = {year}", text)
        text = re.sub(r'(?m)^ho_so = "[^"]*"', f'ho_so = "{name}"', text)
        settings.write_text(text, encoding="utf-8", newline="")
    other = templates / OTHER_PLAN
    other.mkdir(exist_ok=True)
    phrases = (TEMPLATES / ORIGIN / "phrases.toml").read_text(encoding="utf-8")
    for first, instead in WORDS:
        phrases = phrases.replace(first, instead)
    (other / "phrases.toml").write_text(phrases, encoding="utf-8", newline="")
    for document in (TEMPLATES / ORIGIN).glob("*.docx"):
        shutil.copyfile(document, other / document.name)


if __name__ == "__main__":
    main()
