"""Short names for what pytest hands to most tests of commands."""

from __future__ import annotations

from typing import TypeAlias

import pytest

Capture: TypeAlias = pytest.CaptureFixture[str]
Patch: TypeAlias = pytest.MonkeyPatch
