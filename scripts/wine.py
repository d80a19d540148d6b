"""Run Windows programs: on Windows as they are, elsewhere by Wine in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Wine:
    """A Windows installation in ``prefix``; ``more``: environment variables beside those of this process."""

    prefix: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of its programs: no window, no crash dialog, no chatter, nothing to install."""
        ours = {
            "WINEPREFIX": str(self.prefix.resolve()),
            "WINEARCH": "win64",
            "XDG_RUNTIME_DIR": str(self.prefix.resolve()),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe,winebrowser.exe=d",
        }
        inherited = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return {**inherited, **ours, **self.more}

    def prepare(self) -> None:
        """Make the installation where there is none yet. Raises FileNotFoundError without Wine."""
        if shutil.which("wine") is None:
            raise FileNotFoundError("no wine here: apt-get install wine")
        if not (self.prefix / "system.reg").exists():
            self.prefix.mkdir(parents=True, exist_ok=True)
            self._wait_for("wineboot", "--init")
            quiet = ("reg", "add", r"HKCU\Software\Wine\WineDbg", "/v", "ShowCrashDialog")
            self._wait_for("wine", *quiet, "/t", "REG_DWORD", "/d", "0", "/f")

    def _wait_for(self, *command: str) -> None:
        subprocess.run(
            command, env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        subprocess.run(["wineserver", "--wait"], env=self.environment(), check=True)

    def run(self, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run a Windows program by its path here; ``options`` are those of ``subprocess.run``."""
        return subprocess.run(["wine", *command], env=self.environment(), **options)

    def stop(self) -> None:
        """End every program of this installation."""
        subprocess.run(["wineserver", "--kill"], env=self.environment(), check=False)


def as_windows_name(path: Path) -> str:
    """The name of a file of this computer for a Windows program."""
    return str(path) if sys.platform == "win32" else "Z:" + str(path.resolve()).replace("/", "\\")
