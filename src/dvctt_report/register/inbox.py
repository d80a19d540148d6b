"""What lies in the inbox, beside what the register has received of it."""

from __future__ import annotations

from pathlib import Path


def inbox_files(inbox: Path) -> list[Path]:
    """Every file below ``inbox`` that may be received, in a fixed order; links are none."""
    return sorted(p for p in inbox.rglob("*") if p.is_file() and not p.is_symlink())
