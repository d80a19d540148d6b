"""What goes into the report at each slot: the officer's text, chosen opinions, or a draft marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dvctt_report.report.context import Body, group_number
from dvctt_report.report.marks import without_marks
from dvctt_report.report.prose.blocks import Block, Line, Piece, texts
from dvctt_report.report.prose.officer import Prose, is_prompt
from dvctt_report.report.prose_slots import MAY_BE_LEFT_OUT
from dvctt_report.report.texts import Text
from dvctt_report.report.wording import Voice
from dvctt_report.vietnamese import key

PLACE = "\ue000prose."
"""Begins the text of the paragraph that stands where a slot's blocks go."""

_FIELDS = {"directives": "directives_own", "province_directives": "directives_own"}
COUNTING = (
    "prose.met",
    *(f"limit.{name}" for name in ("missed", "insufficient", "correcting")),
    *(f"direction.{name}" for name in ("missed", "insufficient", "kept")),
    *(f"recommendation.{name}" for name in ("missing", "missed", "correcting", "paper")),
)
"""The patterns of drafts that begin with, or hold, how many of something there are."""

_FIGURE = re.compile(r"\d[\d.,/]*")


@dataclass(frozen=True, slots=True)
class Taken:
    """One slot's blocks, and what of it is not finished.

    ``drafted``: nothing was written, so the draft is printed under its mark. ``n_drafts`` are drafts still
    marked beside what was written; ``stale`` paragraphs say a draft's words with other figures.
    """

    blocks: tuple[Block, ...] = ()
    drafted: bool = True
    left_out: bool = False
    n_drafts: int = 0
    stale: tuple[str, ...] = ()


def drafts_of(body: Body, text: Text) -> dict[str, tuple[str, ...]]:
    """Return what the text drafts for each of its slots, or asks for there; figures are marked."""
    groups = zip(text.addressed, body.recommendations, strict=True)
    others = (name for name in text.slots if name not in text.addressed)
    fields = {name: getattr(body, _FIELDS.get(name, name)) for name in others}
    return fields | {name: group.lines for name, group in groups}


def take(
    prose: Prose | None, opinions: Mapping[str, Sequence[Line]], body: Body, voice: Voice
) -> dict[str, Taken]:
    """Decide for every slot of the voice's text what is printed; ``prose`` None: nothing was written yet.

    A paragraph that is word for word a draft is printed as that draft, so that its figures stay traced.
    """
    drafts = drafts_of(body, voice.issuer.text)
    return {name: _take(name, prose, opinions.get(name, ()), said, voice) for name, said in drafts.items()}


def _take(
    name: str, prose: Prose | None, opinions: Sequence[Line], drafts: Sequence[str], voice: Voice
) -> Taken:
    slot = prose.slot(name) if prose is not None else None
    own = tuple(block for block in slot.blocks if any(texts([block]))) if slot else ()
    silent = name in MAY_BE_LEFT_OUT and _says(own, voice.say("prose.leave_out"))
    cleared = slot is not None and prose is not None and name in prose.slots and not slot.n_drafts
    done = bool(own) or (cleared and bool(opinions))
    own = () if silent else tuple(_traced(block, drafts) for block in own)
    return Taken(
        blocks=(*own, *opinions),
        drafted=not done,
        left_out=silent and not opinions,
        n_drafts=slot.n_drafts if slot and done else 0,
        stale=tuple(_stale(own, drafts, voice)),
    )


def _says(blocks: Sequence[Block], text: str) -> bool:
    return len(blocks) == 1 and key(" ".join(texts(blocks))).rstrip(".") == key(text)


def _traced(block: Block, drafts: Sequence[str]) -> Block:
    if isinstance(block, Line) and not is_prompt(block.text):
        for draft in drafts:
            if key(without_marks(draft)) == key(block.text):
                return Line((Piece(draft, block.pieces[0].bold, block.pieces[0].italic),), block.align)
    return block


def _stale(blocks: Iterable[Block], drafts: Sequence[str], voice: Voice) -> Iterable[str]:
    """Yield the paragraphs that say what a draft says with figures that the data don't give any more.

    Either word for word but for the figures, or in a draft's own pattern with a count that none of the
    present drafts of that pattern has: its list may have changed, or there is nothing to say of it now.
    """
    now = [key(without_marks(draft)) for draft in drafts]
    shapes = {_FIGURE.sub("#", said) for said in now if _FIGURE.search(said)}
    counted = [(pattern, {_count(pattern, said) for said in now}) for pattern in _patterns(voice)]
    for text in map(without_marks, texts(blocks)):
        said = key(text)
        if said in now:
            continue
        found = ((_count(pattern, said), there) for pattern, there in counted)
        if _FIGURE.sub("#", said) in shapes or any(n and n not in there for n, there in found):
            yield text


def _patterns(voice: Voice) -> Iterator[re.Pattern[str]]:
    """The drafts' patterns that count something, as they begin: the words around the count."""
    for name in COUNTING:
        before, _, after = voice.phrases.patterns[name].partition("{n}")
        lead, tail = (re.escape(key(part)) for part in (before, re.split(r"[{:]", after)[0]))
        yield re.compile(rf"(?:[-\d]+\.? )?{lead}\s*(\d+)\s*{tail}")


def _count(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.match(said)
    return found.group(1) if found else ""


def with_prose(body: Body, taken: Mapping[str, Taken], voice: Voice) -> Body:
    """Put into the body the places of what was written, and the drafts of what was not."""
    draft = (voice.say("prose.draft", mark=voice.say("prose.mark")),)
    fields: dict[str, object] = {}
    addressed = voice.issuer.text.addressed
    for name, one in taken.items():
        if name in addressed:
            continue
        field = _FIELDS.get(name, name)
        fields[field] = _lines(name, one, getattr(body, field))
        if name in ("strengths", "limits", "directions"):
            fields[f"{name}_draft"] = draft if one.drafted else ()
    named = zip(addressed, body.recommendations, strict=True)
    asked = [(taken.get(name, Taken()), name, group) for name, group in named]
    kept = [one for one in asked if not one[0].left_out]
    told = tuple(
        replace(group, number=group_number(n, len(kept)), lines=_lines(name, one, group.lines))
        for n, (one, name, group) in enumerate(kept, 1)
    )
    drafted = draft if any(one.drafted for one, *_ in kept) else ()
    return replace(body, **fields, recommendations=told, recommendations_draft=drafted)  # type: ignore[arg-type]  # fields by name


def _lines(name: str, one: Taken, drafts: tuple[str, ...]) -> tuple[str, ...]:
    place = (PLACE + name,) if one.blocks else ()
    return (*drafts, *place) if one.drafted else place
