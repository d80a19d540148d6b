"""The texts made of one year's data: what each takes of the officer's prose, and whom it asks."""

from __future__ import annotations

from dataclasses import dataclass

PROSE = (
    *("directives", "coordination", "strengths", "limits", "causes", "directions"),
    *("to_province", "to_ministry", "to_bodies", "province_directives"),
)
"""The places of the texts that a person writes, in the order of the officer's file."""
ADDRESSED = ("to_province", "to_ministry", "to_bodies")
MAY_BE_LEFT_OUT = ("strengths", *ADDRESSED)


@dataclass(frozen=True, slots=True)
class ReportText:
    """One report by who issues it: its wording and its parts are data, the figures are the same.

    ``name`` is its key in manifests and in ``phrases.toml``, ``stem`` begins the names of its files.
    ``slots`` are the places of the officer's prose it has, ``addressed`` those that ask for something.
    """

    name: str
    stem: str
    slots: tuple[str, ...]
    addressed: tuple[str, ...]


DEPARTMENT = ReportText(
    name="department",
    stem="bao-cao",
    slots=tuple(name for name in PROSE if name != "province_directives"),
    addressed=ADDRESSED,
)
"""The compiling office reports to the province: it may ask something of anybody."""

MINISTRY = ReportText(
    name="ministry",
    stem="bao-cao-ubnd",
    slots=("province_directives", *PROSE[1:6], "to_ministry"),
    addressed=("to_ministry",),
)
"""The province reports to the ministry: it asks only those above itself. Always a draft."""

TEXTS = (DEPARTMENT, MINISTRY)

SUPPLEMENT, CORRECTION = "supplement", "correction"
"""The names, in manifests, of what is issued after the report was signed."""
SUBMISSION = "submission"
"""The name, in a manifest, of the letter that lays the ministry's text before the province."""
ANNEXES = "annexes"
"""How manifests call the annexes in a file of their own."""
QUICK = "quick"
"""The name, in a manifest, of the quick report, which is told of whatever is there."""
LETTER, WORKING_PAPER = "letter", "paper"
"""The names, in manifests, of letters to units and of what stays in the office."""
SIGNING_TITLE = "Tóm tắt trình ký"
"""How the title of the signer's page begins."""
