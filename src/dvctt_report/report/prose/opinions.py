"""The units' own words as a working paper: by topic and unit, a column to choose what reaches the report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.model import Observation, State
from dvctt_report.period import Period
from dvctt_report.personal import masked
from dvctt_report.plan.model import Prose
from dvctt_report.report.prose.blocks import ProseLine, ProsePiece, fit, make_line
from dvctt_report.report.prose.word import lines_of, word_faults
from dvctt_report.report.word_package import HEADERS, write_package
from dvctt_report.report.word_xml import WordRow, cell, paragraph, run, section, table
from dvctt_report.report.wording import Voice
from dvctt_report.vietnamese import clean_text, first_letter_capital
from dvctt_report.word.document import Paragraph
from dvctt_report.word.reading import read_rows
from dvctt_report.word.source import read_source
from dvctt_report.year import Year

_WIDTHS = (13, 40, 92, 20)
_HEADS = ("Chọn", "Đơn vị", "Ý kiến của đơn vị", "Mã")
_CODE = re.compile(r"[0-9a-f]{8}")
_SIGN = re.compile(r"^(?:[-+*•·–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """One line of what a unit wrote; ``id`` changes with its words, ``unit`` is the unit's short name."""

    id: str
    item: Prose
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A row of the working paper as the officer left it."""

    chosen: bool
    text: str


def collect_opinions(year: Year) -> tuple[Opinion, ...]:
    """List what the units whose returns count wrote into free texts, topic by topic, units in their order."""
    items = [item for item in year.profile.plan.items if isinstance(item, Prose)]
    found: dict[str, Opinion] = {}
    for item in items:
        for unit in year.units:
            said = year.dataset.observations(unit.code, item.code)
            for read in (o for o in said if o.state is State.GIVEN and not year.standing.bars_answer(o)):
                for text in _lines(read):
                    id = hashlib.sha256(f"{item.code}|{unit.code}|{text}".encode()).hexdigest()[:8]
                    found.setdefault(id, Opinion(id, item, unit.short_name, masked(text)))
    return tuple(found.values())


def _lines(read: Observation) -> Iterator[str]:
    said = read.value if isinstance(read.value, str) else read.raw
    for line in clean_text(said).split("\n"):
        text = make_line([ProsePiece(_SIGN.sub("", line.strip()))]).text
        if text:
            yield f"{read.part}: {text}" if read.part else text


def opinions_bytes(
    opinions: Sequence[Opinion],
    items: Iterable[Prose],
    choices: Mapping[str, OpinionRow],
    period: Period,
    voice: Voice,
) -> bytes:
    """Write the working paper; what was chosen and how it was worded in ``choices`` is kept."""
    title = voice.say("prose.opinions_title", year=str(period), period=period.words.upper())
    body = [paragraph("kind", run(title)), paragraph("prompt", run(voice.say("prose.opinions_guide")))]
    for item in items:
        body.append(paragraph("roman", run(fit(first_letter_capital(item.title)))))
        if item.into:
            slot = voice.say(f"prose.{item.into}")
            body.append(paragraph("prompt", run(voice.say("prose.opinions_into", slot=slot))))
        rows = [_row(one, choices.get(one.id)) for one in opinions if one.item.code == item.code]
        if rows:
            head = WordRow(tuple(cell("column", name) for name in _HEADS), header=True)
            body += [table(_WIDTHS, (head, *rows)), paragraph("section_end")]
        else:
            body.append(paragraph("prompt", run(voice.say("prose.opinions_none"))))
    return write_package("".join(body) + section(HEADERS), title=title, author=voice.issuer.name)


def _row(one: Opinion, choice: OpinionRow | None) -> WordRow:
    chosen = "x" if choice and choice.chosen else ""
    text = choice.text if choice and choice.text else one.text
    texts = (cell("cell_text", fit(one.unit)), cell("cell_text", text), cell("cell_center", one.id))
    return WordRow((cell("cell_center", chosen), *texts))


def read_choices(path: Path) -> dict[str, OpinionRow]:
    """The rows chosen (a mark or highlight) in the working paper. Raises CannotRun for an unreadable one."""
    found: dict[str, OpinionRow] = {}
    with word_faults(path):
        for paragraphs in read_rows(read_source(path)):
            found.update(_choices(paragraphs))
    return found


def _choices(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, OpinionRow]]:
    """The opinions of one row of a table, and of rows within it, by their codes."""
    rows: dict[tuple[int, int], dict[int, list[Paragraph]]] = {}
    for one in paragraphs:
        if one.cell is not None:
            columns = rows.setdefault((one.cell.table.number, one.cell.row), {})
            columns.setdefault(one.cell.column, []).append(one)
    for columns in rows.values():
        texts = {n: " ".join(line.text for p in ps for line in lines_of(p)) for n, ps in columns.items()}
        last = max(texts)
        if last >= 3 and _CODE.fullmatch(texts[last].strip().lower()):
            bright = any(s.face.highlight and s.text.strip() for p in columns.get(2, ()) for s in p.spans)
            chosen = bool(texts.get(0, "").strip(" □☐-")) or bright
            yield texts[last].strip().lower(), OpinionRow(chosen, texts.get(2, "").strip())


def chosen_lines(
    opinions: Iterable[Opinion], choices: Mapping[str, OpinionRow], voice: Voice
) -> dict[str, tuple[ProseLine, ...]]:
    """Write the lines that were chosen by the slot they go to, each in the words the officer left.

    Units are named as the naming setting has it for the body.
    """
    told: dict[str, list[ProseLine]] = {}
    for one in opinions:
        choice = choices.get(one.id)
        if choice is None or not choice.chosen or not one.item.into:
            continue
        text = (choice.text or one.text).rstrip(" ;,.")
        named = voice.issuer.naming == "than_bai"
        said = (
            voice.say("prose.opinion_named", text=text, unit=one.unit)
            if named
            else voice.say("prose.opinion", text=text)
        )
        told.setdefault(one.item.into, []).append(make_line([ProsePiece(said)]))
    return {name: tuple(lines) for name, lines in told.items()}


def count_lost(opinions: Iterable[Opinion], choices: Mapping[str, OpinionRow]) -> int:
    """Count the chosen rows that no return says any more."""
    known = {one.id for one in opinions}
    return sum(choice.chosen and id not in known for id, choice in choices.items())
