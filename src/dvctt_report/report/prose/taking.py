"""What goes into the report at each slot: the officer's text, or a draft marked as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from dvctt_report.plan.texts import MAY_BE_LEFT_OUT, ReportText
from dvctt_report.report.context import Body, Recommendation, group_number
from dvctt_report.report.drafts import Suggestion, is_prompt
from dvctt_report.report.general import where_asked
from dvctt_report.report.marks import without_marks
from dvctt_report.report.prose.blocks import Block, ProseLine, ProsePiece, texts, without_sign
from dvctt_report.report.prose.officer import OfficerProse
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import key

PLACE = "\ue000prose."
"""Begins the text of the paragraph that stands where a slot's blocks go."""

_FIELDS = {"directives": "directives_own", "province_directives": "directives_own"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A paragraph that was suggested and that the data don't bear out; ``now``: what is suggested now.

    ``untouched``: it stands word for word as it was suggested.
    """

    text: str
    now: tuple[str, ...]
    untouched: bool


@dataclass(frozen=True, slots=True)
class SlotProse:
    """One slot's blocks, and what of it is not finished.

    drafted: nothing was written, so the draft is printed under its mark.
    n_drafts: drafts still marked beside what was written.
    followed: drafts taken over and not rewritten whose figures have moved; printed as they are drafted now.
    stale: paragraphs that say a draft's words with other figures or names.
    fresh: drafts that were not taken over and stand in no stale paragraph's place.
    """

    blocks: tuple[Block, ...] = ()
    drafted: bool = True
    left_out: bool = False
    n_drafts: int = 0
    followed: tuple[Stale, ...] = ()
    stale: tuple[Stale, ...] = ()
    fresh: tuple[str, ...] = ()


def drafts_of(body: Body, text: ReportText) -> dict[str, tuple[str, ...]]:
    """Return what the text drafts for each of its slots, or asks for there; figures are marked."""
    groups = zip(text.addressed, body.recommendations, strict=True)
    others = (name for name in text.slots if name not in text.addressed)
    fields = {name: getattr(body, _FIELDS.get(name, name)) for name in others}
    return fields | {name: group.lines for name, group in groups}


def take(
    prose: OfficerProse | None,
    body: Body,
    voice: Voice,
    suggestions: Suggestions,
) -> dict[str, SlotProse]:
    """Decide what each slot prints; ``prose`` None: not yet there. A draft word for word stays traced."""
    return {
        name: _take(name, prose, said, voice, suggestions)
        for name, said in drafts_of(body, voice.issuer.text).items()
    }


def _take(
    name: str,
    prose: OfficerProse | None,
    drafts: Sequence[str],
    voice: Voice,
    suggestions: Suggestions,
) -> SlotProse:
    slot = prose.slot(name) if prose is not None else None
    own = tuple(block for block in slot.blocks if any(texts([block]))) if slot else ()
    silent = name in MAY_BE_LEFT_OUT and _says(own, voice.say("prose.leave_out"))
    done = bool(own)
    own = () if silent else own
    stale, left = suggestions.find(own)
    followed = tuple(one for one in stale if one.untouched and one.now)
    instead = {one.text: one.now[0] for one in followed}
    return SlotProse(
        blocks=tuple(_traced(block, drafts, instead) for block in own),
        drafted=not done,
        left_out=silent,
        n_drafts=slot.n_drafts if slot and done else 0,
        followed=followed,
        stale=tuple(one for one in stale if one not in followed),
        fresh=tuple(one for one in map(without_marks, drafts) if without_sign(one) in left),
    )


def _says(blocks: Sequence[Block], text: str) -> bool:
    return len(blocks) == 1 and key(" ".join(texts(blocks))).rstrip(".") == key(text)


def _traced(block: Block, drafts: Sequence[str], instead: Mapping[str, str]) -> Block:
    """A paragraph that is a draft word for word, with its marks; ``instead``: as some are drafted now."""
    if isinstance(block, ProseLine) and not is_prompt(block.text):
        own = without_sign(instead.get(without_marks(block.text), block.text))
        sign = block.text.removesuffix(without_sign(block.text))
        for draft in map(without_sign, drafts):
            if key(without_marks(draft)) == key(own):
                return ProseLine(
                    (ProsePiece(sign + draft, block.pieces[0].bold, block.pieces[0].italic),), block.align
                )
    return block


_ALIKE = 80.0
"""Of 100, how alike a paragraph and a suggestion are, figures aside, for it to be that one: a clause added
behind it leaves 100, a sentence in the officer's own words about the same thing reaches 66."""
_LEAST = 0.5
"""The part of a suggestion's length that a paragraph has at least: names may be left out of it."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Every sentence suggested for the period: ``issued`` at any time, ``now`` by the present data."""

    issued: tuple[Suggestion, ...] = ()
    now: tuple[Suggestion, ...] = ()

    @classmethod
    def of(cls, former: Iterable[Suggestion], now: Iterable[Suggestion]) -> Suggestions:
        """What is suggested now is issued from now on."""
        now = tuple(now)
        return cls(tuple({str(one): one for one in (*former, *now)}.values()), now)

    def find(self, blocks: Iterable[Block]) -> tuple[tuple[Stale, ...], tuple[str, ...]]:
        """The paragraphs that were suggested once and aren't true now; what is suggested and not yet said.

        Each with what its pattern says now, which is given once, behind its own sign.
        """
        own = [without_marks(text) for text in texts(blocks)]
        said = {key(without_sign(text)) for text in own}
        left = [one for one in self.now if key(one) not in said]
        stale = []
        for text in own:
            bare = without_sign(text)
            former = self._taken_from(bare)
            if former is not None and not self._is_true(bare, former):
                alike = [one for one in left if one.pattern == former.pattern]
                now = max(alike, key=lambda one: fuzz.ratio(one, bare), default=None)
                if now is not None:
                    left.remove(now)
                given = () if now is None else (text.removesuffix(bare) + now,)
                stale.append(Stale(text, given, key(bare) == key(former)))
        return tuple(stale), tuple(left)

    def _taken_from(self, text: str) -> Suggestion | None:
        """The suggestion that a paragraph is, or is an edited copy of; None for the officer's own words."""
        masked = _masked(text)
        alike = [
            one
            for one in self.issued
            if len(text) >= _LEAST * len(one) and fuzz.partial_ratio(_masked(one), masked) >= _ALIKE
        ]
        present = frozenset(self.now)
        return max(alike, key=lambda one: (fuzz.partial_ratio(one, text), one in present), default=None)

    def _is_true(self, text: str, former: Suggestion) -> bool:
        """Whether what a paragraph keeps of a suggestion is what is suggested now, figure by figure."""
        if former not in self.now:
            return False
        kept = fuzz.partial_ratio_alignment(former, text)
        assert kept is not None
        told = Counter(_FIGURE.findall(text[kept.dest_start : kept.dest_end]))
        return told <= Counter(_FIGURE.findall(former))


def _masked(text: str) -> str:
    return _FIGURE.sub("#", key(text))


def with_prose(body: Body, taken: Mapping[str, SlotProse], voice: Voice) -> Body:
    """Put into the body the places of what was written, and the drafts of what was not."""
    fields: dict[str, object] = {}
    addressed = voice.issuer.text.addressed
    for name, one in taken.items():
        if name in addressed:
            continue
        field = _FIELDS.get(name, name)
        fields[field] = _lines(name, one, getattr(body, field))
        if name == "limits" and not one.drafted:
            fields["limits_draft"] = ()
    named = zip(addressed, body.recommendations, strict=True)
    asked = [(taken.get(name, SlotProse()), name, group) for name, group in named]
    kept = [one for one in asked if not one[0].left_out]
    told = tuple(
        replace(group, number=group_number(n, len(kept)), lines=_lines(name, one, group.lines))
        for n, (one, name, group) in enumerate(kept, 1)
    )
    suggested = [one.drafted and not all(map(is_prompt, group.lines)) for one, _, group in kept]
    drafted = body.recommendations_draft if any(suggested) else ()
    if not any(has or one.blocks for has, (one, *_) in zip(suggested, kept, strict=True)):
        fields["general_ask"] = ()
    elif not body.general_ask or not all(
        _as_drafted(one, group) for one, name, group in asked if name == "to_province"
    ):
        fields["general_ask"] = where_asked(voice)
    return replace(body, **fields, recommendations=told, recommendations_draft=drafted)  # type: ignore[arg-type]  # fields by name


def _as_drafted(one: SlotProse, group: Recommendation) -> bool:
    """Whether the group asks for all that was drafted for it, whatever else it asks for."""
    said = {key(without_sign(without_marks(text))) for text in texts(one.blocks)}
    drafts = {key(without_sign(without_marks(line))) for line in group.lines}
    return not one.left_out and (one.drafted or drafts <= said)


def _lines(name: str, one: SlotProse, drafts: tuple[str, ...]) -> tuple[str, ...]:
    place = (PLACE + name,) if one.blocks else ()
    return (*drafts, *place) if one.drafted else place
