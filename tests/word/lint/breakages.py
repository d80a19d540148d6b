"""Every way to break a good document: the code that must name it, where, and the broken draft."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dvctt_report.word.tree import DECLARATIONS
from tests.word.lint.drafts import DECISION, GOOD, body, draft
from tests.word.lint.papers import BODY, CENTRE, LONG, Draft, Line, para, table
from tests.word.lint.right_papers import recipients


class Breakage(NamedTuple):
    """``code`` alone is found, at ``place``; ``name`` says what was done."""

    code: str
    place: str
    name: str
    draft: Draft


def _list_of(text: str, how: str, *, bold: bool = True) -> dict[str, str]:
    """The part of a file that declares one list of Word's own numbering, as number 1."""
    face = f'<w:rPr><w:b w:val="{int(bold)}"/></w:rPr>'
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/>{face}</w:lvl>'
    made = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    made += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return {"word/numbering.xml": f"<w:numbering {DECLARATIONS}>{made}</w:numbering>"}


COUNTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def counted_article(label: str = "Điều %1.", *, bold: bool = True) -> Draft:
    """The decision with its only article counted by Word."""
    line = Line(f"{LONG}./.", {**BODY, "frame": COUNTED})
    return replace(DECISION, body=(DECISION.body[0], line), extra=_list_of(label, "decimal", bold=bold))


def counted_heading(*, bold: bool = True) -> Draft:
    """The good report with its first Roman heading counted by Word."""
    heading = body(1, "CÔNG TÁC CHỈ ĐẠO", frame=COUNTED)
    return replace(heading, extra=_list_of("%1.", "upperRoman", bold=bold))


def _built() -> Iterator[Breakage]:
    """Those that the words of a table don't tell."""
    article, heading = "Nội dung, Điều 1", "Nội dung, mục I"
    yield Breakage("TT44", heading, "số La Mã tự động không đậm", counted_heading(bold=False))
    yield Breakage("TT44", article, "Điều tự động không đậm", counted_article(bold=False))
    yield Breakage("TT44", article, "Điều tự động không dấu chấm", counted_article("Điều %1"))
    left = "".join(para(line, **CENTRE, bold=True) for line in (*GOOD.authority, GOOD.name))
    swapped = replace(GOOD, closing=table([[left, recipients(*GOOD.recipients)]], [90, 75]))
    yield Breakage("TT57", "Nơi nhận", "Nơi nhận bên phải chữ ký", swapped)


def _told() -> Iterator[Breakage]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    for code, rows in tables.items():
        for place, name, said in rows:
            yield Breakage(code, place, name, draft(said))


BREAKAGES: tuple[Breakage, ...] = (*_told(), *_built())
