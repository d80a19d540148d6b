"""Make the pictures of README and guide from the sample: needs LibreOffice (soffice) and pdftoppm.

python scripts/make_pictures.py        writes docs/anh/*.png
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from dvctt_report.cli import door

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "anh"


def main() -> int:
    """Render the sample and take its first page and its first annex page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        door.main(["demo", str(demo)])
        report = demo / "ket-qua" / "2025" / "bao-cao-2025.docx"
        form = demo / "bieu-mau" / "2025" / "BM2025_SYT_So-Y-te.xlsx"
        take(report, 1, "bao-cao-trang-1", Path(folder))
        take(form, 2, "bieu-mau-01-a", Path(folder))
    return 0


def take(document: Path, page: int, name: str, folder: Path) -> None:
    """Write one page of a document as docs/anh/<name>.png."""
    profile = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(document),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    pdf = folder / f"{document.stem}.pdf"
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "80", "-png", *pages, str(pdf), str(PICTURES / name)], check=True)


if __name__ == "__main__":
    sys.exit(main())
