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


if __name__ == "__main__":
    main()
