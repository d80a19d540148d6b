"""The bill of materials and the page of licences name everything that is shipped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.bundle_windows.components import Part, bill, licences_page, parts
from scripts.bundle_windows.contents import gather, unpack_wheel
from tests.bundle_windows.made import bundle, python, wheel


def test_every_library_and_python_are_named_with_the_hash_they_came_by(tmp_path: Path) -> None:
    files, names = bundle(tmp_path)
    made_of = parts(files, [tmp_path / name for name in names])
    assert [part.name for part in made_of] == ["colorama", "dvctt_report", "numbers", "Python"]
    listed = json.loads(bill(made_of, "1.0", 1_700_000_000))["components"]
    by_name = {component["name"]: component for component in listed}
    assert by_name["numbers"]["purl"] == "pkg:pypi/numbers@1.0"
    assert len(by_name["numbers"]["hashes"][0]["content"]) == 64
    assert by_name["Python"]["licenses"] == [{"expression": "PSF-2.0"}]


def test_the_bill_is_the_same_each_time() -> None:
    made_of = [
        Part("a", "1", "MIT", True, ()),
        Part("b", "2", "Own licence", False, ("python/b.txt",), "0" * 64),
    ]
    first = bill(made_of, "1.0", 1_700_000_000)
    assert first == bill(made_of, "1.0", 1_700_000_000)
    assert json.loads(first)["bomFormat"] == "CycloneDX"


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: BSD-3-Clause", ("BSD-3-Clause", True)),
        ("License: MIT", ("MIT", True)),
        ("Classifier: License :: OSI Approved :: BSD License", ("BSD License", False)),
        ("License: Own terms\n  and more of them", ("Own terms", False)),
        ("License: LGPL-2.1-only", ("LGPL-2.1-only", True)),
    ],
)
def test_a_licence_is_named_as_its_maker_names_it(
    metadata: str, licence: tuple[str, bool], tmp_path: Path
) -> None:
    text = f"Name: lib\nVersion: 1.0\n{metadata}\n".encode()
    made = wheel(tmp_path, "lib", files={"lib-1.0.dist-info/licenses/LICENSE": b"..."})
    files = gather(python(), [made], "1.0") | {"python/Lib/site-packages/lib-1.0.dist-info/METADATA": text}
    part = next(part for part in parts(files, [made]) if part.name == "lib")
    assert (part.licence, part.spdx) == licence
    assert part.texts == ("python/Lib/site-packages/lib-1.0.dist-info/licenses/LICENSE",)
    assert part.licence.encode() in licences_page([part])


def test_a_library_without_the_text_of_its_licence_gets_it(tmp_path: Path) -> None:
    made = wheel(tmp_path, "lib")
    assert unpack_wheel(made.name, made.read_bytes())
    files = gather(python(), [made], "1.0")
    metadata = b"Name: lib\nVersion: 1.0\nLicense: LGPL-2.1-only\n"
    files |= {"python/Lib/site-packages/lib-1.0.dist-info/METADATA": metadata}
    part = next(part for part in parts(files, [made]) if part.name == "lib")
    assert part.texts
    assert set(part.texts) <= files.keys()
