"""Make ``sample_data/``: a complete workspace of invented returns, some of them faulty on purpose.

Run it from the project's folder: ``python -m scripts.make_sample``; with ``--following FOLDER`` a copy of it
is led on instead: signed, supplemented, the next year opened. The same answers give the same bytes; the one
.xls is only written anew (by LibreOffice) where its content has changed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from dvctt_report.cli.sample import Change, Made, made_files, readme_text, settings_text
from dvctt_report.forms.form import COVER
from dvctt_report.intake.locate import Located
from dvctt_report.model import Key
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.store.workspace import SETTINGS
from scripts.sample.answers import read_told
from scripts.sample.changes import convert_to_xls, overtype, says_the_same, swap_rows
from scripts.sample.following import make_following

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_data"
YEAR = 2025
INBOX = f"nhan-ve/{YEAR}"

SETTINGS_SAID = {
    "so": "1234/KH-UBND",
    "ngay": "18/3/2025",
    "tai_lieu_huong_dan": "Công văn số 567/VPUB-KSTT ngày 02/4/2025 của Văn phòng Ủy ban nhân dân tỉnh",
    "dau_moi": "bà Nguyễn Thị B, Phòng Chuyển đổi số, điện thoại 0259 000 002",
    "phat_hanh_bieu_mau": "Công văn số 1830/SKHCN-CĐS ngày 06/10/2025",
    "ghi_chu": "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT",
}
"""What the sample's ``dvctt.toml`` says where the shipped one is blank."""


def made_returns(profile: Profile) -> tuple[Made, ...]:
    """Return every file of the inbox, in the order of the answers."""
    told = read_told(profile, YEAR)
    return tuple(m for one in told for m in made_files(profile, one, YEAR, CHANGES.get(one.unit.code)))


def _rows_moved(data: bytes, found: Located) -> bytes:
    places = [found.places[Key(code, "total")].at for code in ("T2", "T10")]
    first, second = (int(re.sub(r"\D", "", at.cell)) for at in places)
    return swap_rows(data, places[0].sheet, first, second)


def _code_typed_over(data: bytes, found: Located) -> bytes:
    at = found.places[Key(COVER, "control_code")].at
    return overtype(data, at.sheet, at.cell, "3036")


CHANGES: dict[str, Change] = {
    "SVHTTDL": _rows_moved,
    "SNNMT": _code_typed_over,
}
"""What units do to the file itself, beyond answering."""


def make_sample(folder: Path) -> tuple[str, ...]:
    """Write the whole workspace into ``folder`` and return the names of .xls that could not be made."""
    profile_folder = shipped_profile("ninh_thuan")
    profile = load_profile(profile_folder)
    returns = made_returns(profile)
    inbox = folder / INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    for stale in {path.name for path in inbox.iterdir()} - {made.name for made in returns}:
        (inbox / stale).unlink()
    skipped = tuple(made.name for made in returns if not _write(inbox / made.name, made.data))
    _write_text(
        folder / SETTINGS,
        settings_text((profile_folder / SETTINGS).read_text(encoding="utf-8"), SETTINGS_SAID),
    )
    template = (ROOT / "scripts" / "sample" / "README.md.in").read_text(encoding="utf-8")
    _write_text(folder / "README.md", readme_text(profile, returns, template))
    return skipped


def _write(path: Path, data: bytes) -> bool:
    if path.suffix == ".xls":
        if path.exists() and says_the_same(data, path.read_bytes()):
            return True
        converted = convert_to_xls(data)
        if converted is None:
            return False
        data = converted
    path.write_bytes(data)
    return True


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--following"]:
        make_following(SAMPLE, Path(sys.argv[2]))
        sys.exit(0)
    not_made = make_sample(SAMPLE)
    for name in not_made:
        print(f"not made, needs LibreOffice: {name}", file=sys.stderr)
    sys.exit(1 if not_made else 0)
