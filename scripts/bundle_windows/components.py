"""What the bundle is made of: a bill of materials (CycloneDX) for programs, a page of licences for people."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from scripts.bundle_windows.target import PYTHON, SITE

_TEXTS = {"LGPL-2.1-only": ("Tai-lieu/LGPL-2.1.txt",)}
"""The texts of licences whose libraries come without them."""
_SPDX = ["MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "LGPL-2.1-only", "PSF-2.0"]
"""Licences that older metadata name by their SPDX code, too."""


@dataclass(frozen=True, slots=True)
class Part:
    """One library, or Python itself.

    ``licence`` is an SPDX expression where the maker gives one, else as the maker names it; ``texts`` are
    the files of the bundle that hold it; ``sha256`` is that of the archive it came in, "" for none.
    """

    name: str
    version: str
    licence: str
    spdx: bool
    texts: tuple[str, ...]
    sha256: str = ""


def parts(files: Mapping[str, bytes], wheels: Iterable[Path]) -> list[Part]:
    """Return Python and the libraries of a bundle, in the order of their names."""
    digests = {wheel.name.split("-")[0].lower(): sha256(wheel.read_bytes()).hexdigest() for wheel in wheels}
    found = [Part("Python", PYTHON, "PSF-2.0", True, ("python/LICENSE.txt",))]
    for path in sorted(files):
        if path.startswith(f"python/{SITE}/") and path.endswith(".dist-info/METADATA"):
            folder = path.removesuffix("METADATA")
            metadata = HeaderParser().parsestr(files[path].decode("utf-8"))
            licence, spdx = _licence(metadata)
            texts = tuple(sorted(p for p in files if p.startswith(folder) and _holds_licence(p)))
            texts = texts or _TEXTS.get(licence, ())
            digest = digests.get(folder.rsplit("/", 2)[-2].split("-")[0].lower(), "")
            found.append(Part(metadata["Name"], metadata["Version"], licence, spdx, texts, digest))
    return sorted(found, key=lambda part: part.name.lower())


def _licence(metadata: Message) -> tuple[str, bool]:
    """The licence that a library's metadata name, and whether it is an SPDX expression."""
    if expression := metadata["License-Expression"]:
        return expression, True
    named = (metadata["License"] or "").strip()
    if named in _SPDX:
        return named, True
    classes = (c for c in metadata.get_all("Classifier", []) if c.startswith("License ::"))
    return next(classes, named.partition("\n")[0]).rpartition(" :: ")[2], False


def _holds_licence(path: str) -> bool:
    return any(word in path.rpartition(".dist-info/")[2].upper() for word in ("LICEN", "COPYING", "NOTICE"))


def bill(made_of: Iterable[Part], version: str, moment: int) -> bytes:
    """Return the bill of materials of the bundle, as JSON."""
    own = Component(
        name="dvctt-report",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"dvctt-report@{version}",
    )
    listed = [_component(part) for part in made_of if part.name != own.name]
    named = "\n".join(f"{c.name} {c.version}" for c in listed)
    bom = Bom(
        components=listed,
        serial_number=uuid5(NAMESPACE_URL, f"{own.name} {version}\n{named}"),
        metadata=BomMetaData(timestamp=datetime.fromtimestamp(moment, UTC), component=own),
    )
    bom.register_dependency(own, listed)
    return JsonV1Dot6(bom).output_as_string(indent=1).encode()


def _component(part: Part) -> Component:
    licence = LicenseExpression(part.licence) if part.spdx else DisjunctiveLicense(name=part.licence or "?")
    library = part.name != "Python"
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY if library else ComponentType.PLATFORM,
        licenses=[licence],
        purl=PackageURL("pypi", name=part.name, version=part.version) if library else None,
        bom_ref=f"{part.name}@{part.version}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=part.sha256)] if part.sha256 else [],
    )


def licences_page(made_of: Iterable[Part]) -> bytes:
    """Return a page that names every part with its licence, and leads to the text of each."""
    rows = "".join(
        f"<tr><td>{html.escape(part.name)} {part.version}</td><td>{html.escape(part.licence)}</td><td>"
        + ", ".join(f'<a href="../{text}">{text.rpartition("/")[2]}</a>' for text in part.texts)
        + "</td></tr>\n"
        for part in made_of
    )
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>Giấy phép</title>\n'
        "<style>body { font: 15px/1.5 'Segoe UI', Arial, sans-serif; margin: 1em auto; max-width: 52em; }\n"
        "table { border-collapse: collapse; } th, td { border: 1px solid #8888; padding: .2em .5em;"
        " text-align: left; }</style>\n</head>\n<body>\n"
        '<p><a href="../Huong-dan.html">Cài đặt</a></p>\n<h1>Giấy phép của các thành phần</h1>\n'
        f"<table>\n<tr><th>Thành phần</th><th>Giấy phép</th><th>Toàn văn</th></tr>\n{rows}</table>\n"
        "</body>\n</html>\n"
    ).encode()
