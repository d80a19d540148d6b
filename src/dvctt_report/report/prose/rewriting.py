"""Change paragraphs of the officer's file in place, as they were edited in a draft or are drafted now."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.files.manifests import read_parts
from dvctt_report.plan.texts import PROSE
from dvctt_report.report.narrative import is_prompt
from dvctt_report.report.prose.officer import bare_heading
from dvctt_report.report.prose.taking import masked
from dvctt_report.report.prose.word import ProseLine, ProsePiece, lines_of, read_written, without_sign
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import key
from dvctt_report.word.document import read_document
from dvctt_report.word.source import read_source, repack, snapshot
from dvctt_report.word.tree import W


@dataclass(frozen=True, slots=True)
class ProseChange:
    """Under the heading ``slot`` the ``old`` lines go; ``new`` come in their place, or behind ``after``."""

    slot: str
    old: tuple[str, ...]
    new: tuple[ProseLine, ...]
    after: str = ""


def edits_of(draft: Path, manifest: Path, voice: Voice) -> tuple[tuple[ProseChange, ...], tuple[str, ...]]:
    """What was changed by hand in a rendered draft under the officer's own headings, and what can't be told.

    The latter are the slots whose neighbouring paragraphs were edited too. Raises CannotRun for a draft that
    can't be read; ValueError, KeyError, OSError for the ``manifest`` of what it printed.
    """
    said = read_parts(manifest, ("report", "printed"))
    before = [text for place in said["printed"] for text in place.get("text", "").split("\n") if text]
    now = read_written(draft)[0]
    old_keys, new_keys = [*map(key, before)], [key(one.text) for one in now]
    blocks = SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_matching_blocks()
    same = {a + n: b + n for a, b, size in blocks for n in range(size)} | {len(before): len(now), -1: -1}
    changes: list[ProseChange] = []
    lost: list[str] = []
    for slot, printed in said["report"].get("prose", {}).items():
        lines = [*map(key, printed)]
        starts = (n for n in range(len(before)) if lines and old_keys[n : n + len(lines)] == lines)
        if (start := next(starts, None)) is None:
            continue
        end = start + len(lines)
        while start and _is_the_programs(before[start - 1], voice):  # above what is drafted the note says so
            start -= 1
        above, below = same.get(start - 1), same.get(end)
        if above is None or below is None:
            lost += [slot] if any(n not in same for n in range(start, end)) else []
            continue
        was, is_now = old_keys[start:end], new_keys[above + 1 : below]
        for how, a, b, c, d in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
            old_lines, new_lines = before[start + a : start + b], now[above + 1 + c : above + 1 + d]
            old = tuple(text for text in old_lines if not _is_the_programs(text, voice))
            new = tuple(one for one in new_lines if not _is_the_programs(one.text, voice))
            if how != "equal" and (old or new):
                changes.append(ProseChange(slot, old, new, before[start + a - 1] if a else ""))
    return tuple(changes), tuple(lost)


def _is_the_programs(text: str, voice: Voice) -> bool:
    """Whether a paragraph is a prompt or the note above what is drafted."""
    return is_prompt(text) or key(text).startswith(key(voice.say("prose.mark")))


def changed_prose(path: Path, changes: Iterable[ProseChange], voice: Voice) -> bytes:
    """The officer's file with the changes made; all else of it stays as it is. Raises CannotRun, Refused.

    A line is known whatever its figures and its mark; for one that is gone the new stands at its slot's end.
    """
    source = read_source(path)
    document, as_it_was = read_document(source), snapshot(source)
    headings, mark = {bare_heading(voice.say(f"prose.{n}")): n for n in PROSE}, key(voice.say("prose.mark"))

    def known_as(text: str) -> str:
        return masked(key(without_sign(text)).removeprefix(mark).strip())

    slots: dict[str, list[Any]] = {}
    lines: dict[Any, list[ProseLine]] = {}
    here = ""
    for paragraph in document.paragraphs:
        if paragraph.cell is None:
            lines[paragraph.element] = own = [*lines_of(paragraph)]
            here = headings.get(bare_heading(paragraph.text), here)
            if here and own:
                slots.setdefault(here, []).append(paragraph.element)
    for change in changes:
        there = slots.get(change.slot, [])
        old, after = {*map(known_as, change.old)}, known_as(change.after)
        said = {element: [one.text for one in lines[element]] for element in there}
        known = {element: {*map(known_as, texts)} for element, texts in said.items()}
        present = {key(text) for texts in said.values() for text in texts}
        new = [one for one in change.new if key(one.text) not in present]
        going = [element for element in there if not old.isdisjoint(known[element])]
        if not going and new and there:
            asking = [e for e in there[1:] if any(map(is_prompt, said[e]))] or there[:1]
            anchor = next((e for e in there if after in known[e]), there[-1]) if after else asking[-1]
            going = [_below(anchor, there)]
        for element in going:
            own = lines.get(element, [])
            if any(key(one.text).startswith(mark) for one in own):  # what was a draft looks as text does
                element[:] = []
            kept = [one for one in own if known_as(one.text) not in old]
            lines[element] = [*kept, *new[:1]]
            for one in reversed(new[1:]):
                more = _below(element, there)
                more.extend(map(deepcopy, element.findall(f"{W}pPr")))
                lines[more] = [one]
                _write(more, [one])
            new = []
            if lines[element]:
                _write(element, lines[element])
            else:
                element.getparent().remove(element)
                there.remove(element)
    return repack(source, as_it_was)


def _below(element: Any, there: list[Any]) -> Any:
    """A new paragraph right below ``element``, which is one of a slot's."""
    made = etree.Element(f"{W}p")
    element.addnext(made)
    there.insert(there.index(element) + 1, made)
    return made


def _write(element: Any, lines: list[ProseLine]) -> None:
    """Give a paragraph other lines, each in its look; a number or sign that Word sets stays Word's."""
    look = element.find(f"{W}pPr")
    for child in [one for one in element if one is not look]:
        element.remove(child)
    is_listed = look is not None and look.find(f"{W}numPr") is not None
    for n, one in enumerate(lines):
        pieces = [*one.pieces]
        if is_listed and n == 0 and pieces:
            pieces[0] = ProsePiece(without_sign(pieces[0].text), pieces[0].bold, pieces[0].italic)
        for m, piece in enumerate(pieces):
            run = etree.SubElement(element, f"{W}r")
            face = etree.SubElement(run, f"{W}rPr")
            for name in (name for name, wanted in (("b", piece.bold), ("i", piece.italic)) if wanted):
                etree.SubElement(face, f"{W}{name}")
            if n and not m:
                etree.SubElement(run, f"{W}br")
            text = etree.SubElement(run, f"{W}t")
            text.text = piece.text
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
