"""Rows under a heading, as every table of the page has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageGroup(Generic[Row]):
    heading: str
    rows: tuple[Row, ...]
