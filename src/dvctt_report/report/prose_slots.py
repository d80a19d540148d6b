"""The places of the texts that a person writes."""

from __future__ import annotations

PROSE = (
    "directives",
    "coordination",
    "strengths",
    "limits",
    "causes",
    "directions",
    "to_province",
    "to_ministry",
    "to_bodies",
    "province_directives",
)
"""The places of the texts that a person writes, in the order of the officer's file."""

ADDRESSED = ("to_province", "to_ministry", "to_bodies")
MAY_BE_LEFT_OUT = ("strengths", *ADDRESSED)
