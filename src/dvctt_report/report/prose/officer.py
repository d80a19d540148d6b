"""The officer's file ``noi-dung/<year>.docx``: made with a heading, a prompt and drafts a slot; read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.model.period import Period
from dvctt_report.plan.texts import PROSE
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import is_prompt
from dvctt_report.report.prose.word import ProseLine, read_written, without_sign
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import key
from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import paragraph, run, section

_NUMBER = re.compile(r"^(?:[ivx]+|\d{1,2}(?:\.\d+)*|[a-zđ])[.)]\s*")


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands under one heading: the officer's ``blocks``, and how many drafts are still marked so."""

    blocks: tuple[ProseLine, ...] = ()
    n_drafts: int = 0


def prose_bytes(
    drafts: Mapping[str, Sequence[str]],
    period: Period,
    voice: Voice,
    former: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """The officer's file: ``drafts`` by slot, and as prompts his ``former`` headings of a year ago."""
    mark = voice.say("prose.mark")
    title = voice.say("prose.title", year=str(period), period=period.words.upper())
    body = [paragraph("kind", run(title)), paragraph("prompt", run(voice.say("prose.guide", mark=mark)))]
    for name in PROSE:
        body.append(paragraph("roman", run(voice.say(f"prose.{name}"))))
        asked = voice.say(f"prose.ask_{name}", leave_out=voice.say("prose.leave_out"))
        body.append(paragraph("prompt", run(asked)))
        for heading in (former or {}).get(name, ()):
            said = voice.say("prose.former", heading=heading, **period.year_before.slots)
            body.append(paragraph("prompt", run(said)))
        for text in map(without_marks, drafts.get(name, ())):
            if not is_prompt(text):
                body.append(paragraph("suggestion", run(f"{mark} {text}")))
    return write_package("".join(body) + section(HEADERS), title=title, author=voice.issuer.name)


def bare_heading(text: str) -> str:
    """A heading as it is known again, with or without a number: "IV. Nguyên nhân:" → "nguyên nhân"."""
    return _NUMBER.sub("", key(text)).rstrip(".: ")


def read_prose(path: Path, period: Period, voice: Voice) -> tuple[dict[str, Slot], list[str]]:
    """Read what the officer wrote, by slot, and what can't be taken over; raises CannotRun for a file.

    A heading is known by its words, with or without a number. Prompts stand in square brackets; a draft
    begins with its mark and is counted, not taken.
    """
    written, lost = read_written(path)
    headings = {bare_heading(voice.say(f"prose.{name}")): name for name in PROSE}
    mark = key(voice.say("prose.mark"))
    blocks: dict[str, list[ProseLine]] = {}
    n_drafts: dict[str, int] = {}
    here, stray = "", []
    title = key(voice.say("prose.title", year=str(period), period=period.words.upper()))
    for block in written:
        text = block.text
        said = key(text)
        if name := headings.get(bare_heading(text), ""):
            here = name
            blocks.setdefault(here, [])
        elif is_prompt(text) or (not here and said == title):
            continue
        elif without_sign(said).startswith(mark):
            n_drafts[here] = n_drafts.get(here, 0) + 1
        elif here:
            blocks[here].append(block)
        elif text.strip():
            stray.append(text)
    slots = {name: Slot(tuple(found), n_drafts.get(name, 0)) for name, found in blocks.items()}
    apart = "đứng trước đề mục đầu tiên nên không đưa vào báo cáo."
    notes = [*lost, *(f"{path.name}: đoạn “{text[:60]}” {apart}" for text in stray)]
    missing = [voice.say(f"prose.{name}") for name in voice.issuer.text.slots if name not in blocks]
    notes += [f"{path.name}: không thấy đề mục “{name}”; mục này coi như chưa viết." for name in missing]
    return slots, notes
