"""What of the lock goes to Windows, and which Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.tags import Tag

from scripts.bundle_windows.target import requirements, tags

LOCK = Path(__file__).parents[2] / "locks" / "run.txt"


def test_what_only_windows_needs_is_taken_and_what_only_others_need_is_not() -> None:
    lock = """# made by hand
a==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:11
b==2.0 ; sys_platform == 'linux' \\
    --hash=sha256:22
c==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:33
c==4.0 ; python_full_version >= '3.12' \\
    --hash=sha256:44 \\
    --hash=sha256:55
    # via d
d[x,y]==5.0 \\
    --hash=sha256:66
"""
    assert list(requirements(lock)) == [
        "a==1.0 --hash=sha256:11",
        "c==4.0 --hash=sha256:44 --hash=sha256:55",
        "d[x,y]==5.0 --hash=sha256:66",
    ]


def test_an_entry_without_hashes_is_refused() -> None:
    with pytest.raises(ValueError, match="a==1"):
        list(requirements("a==1.0\n    # via b\n"))


def test_the_lock_gives_each_library_once_with_colours_and_time_zones() -> None:
    names = [line.split("==")[0] for line in requirements(LOCK.read_text(encoding="utf-8"))]
    assert len(names) == len(set(names))
    assert {"colorama", "tzdata", "numpy", "pandas"} <= set(names)


def test_wheels_of_that_python_and_pure_ones_fit_and_others_do_not() -> None:
    fitting = tags()
    assert Tag("cp312", "cp312", "win_amd64") in fitting
    assert Tag("cp38", "abi3", "win_amd64") in fitting
    assert Tag("py3", "none", "any") in fitting
    assert Tag("cp313", "cp313", "win_amd64") not in fitting
    assert Tag("cp312", "cp312", "manylinux_2_28_x86_64") not in fitting
    assert Tag("cp312", "cp312", "win32") not in fitting
