"""What a package index shows of the project: its addresses, and a README with links that lead somewhere.

The project's address is one line of ``pyproject.toml``. As long as it is empty the package names no address,
and its README has no pictures and no links, which a page of an index could not follow.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_ADDRESSES = {
    "Homepage": "",
    "Documentation": "docs/huong-dan-su-dung.md",
    "Changelog": "CHANGELOG.md",
    "Security": "SECURITY.md",
}
"""By its name in the package, the file of the project that is meant."""
_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^]]*)\]\((?P<target>(?![a-z]+:|#)[^)]+)\)")


class PackagePage(MetadataHookInterface):
    """Gives ``readme`` and ``urls``; its settings are ``address``, ``pages``, ``pictures``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put both into the package's metadata."""
        settings: dict[str, str] = self.config
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": as_shown(readme, settings)}
        if settings["address"]:
            metadata["urls"] = {name: _page(file, settings) for name, file in _ADDRESSES.items()}


def as_shown(readme: str, settings: dict[str, str]) -> str:
    """The README with full addresses; without any, with the words of its links alone."""

    def shown(link: re.Match[str]) -> str:
        if not settings["address"]:
            return "" if link["picture"] else link["text"]
        folder = settings["pictures" if link["picture"] else "pages"]
        return f"{link['picture']}[{link['text']}]({settings['address']}{folder}{link['target']})"

    return re.sub(r"\n{3,}", "\n\n", _LINK.sub(shown, readme))


def _page(file: str, settings: dict[str, str]) -> str:
    return settings["address"] + (settings["pages"] + file if file else "")
