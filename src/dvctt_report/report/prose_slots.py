"""The patterns of the officer's prose and of the units' opinions in ``phrases.toml``, with their slots."""

from __future__ import annotations

from collections.abc import Mapping

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

PROSE_SLOTS: Mapping[str, str] = {
    "prose.title": "year",
    "prose.guide": "mark",
    "prose.mark": "",
    "prose.draft": "mark",
    "prose.leave_out": "",
    "prose.unfit": "",
    **{f"prose.{name}": "" for name in PROSE},
    **{f"prose.ask_{name}": "leave_out" if name in MAY_BE_LEFT_OUT else "" for name in PROSE},
    "prose.met": "n names",
    "prose.opinion": "text",
    "prose.opinion_named": "text unit",
    "prose.opinions_title": "year",
    "prose.opinions_guide": "",
    "prose.opinions_into": "slot",
    "prose.opinions_none": "",
}
