"""What goes into the report at each slot: the officer's text, chosen opinions, or a draft marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from dvctt_report.report.context import Body, Recommendation, group_number
from dvctt_report.report.general import where_asked
from dvctt_report.report.marks import without_marks
from dvctt_report.report.prose.blocks import Block, ProseLine, ProsePiece, texts, without_sign
from dvctt_report.report.prose.claims import KnownClaims
from dvctt_report.report.prose.officer import OfficerProse, is_prompt
from dvctt_report.report.texts import MAY_BE_LEFT_OUT, ReportText
from dvctt_report.report.wording import Voice
from dvctt_report.vietnamese import key

PLACE = "\ue000prose."
"""Begins the text of the paragraph that stands where a slot's blocks go."""

_FIELDS = {"directives": "directives_own", "province_directives": "directives_own"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A paragraph in a draft's words that the data don't bear out; ``now``: what is drafted of them now."""

    text: str
    now: tuple[str, ...]


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
    opinions: Mapping[str, Sequence[ProseLine]],
    body: Body,
    voice: Voice,
    known: KnownClaims,
) -> dict[str, SlotProse]:
    """Decide what each slot prints; ``prose`` None: not yet there. A draft word for word stays traced."""
    drafts = drafts_of(body, voice.issuer.text)
    outdated = _Outdated(known, tuple(without_marks(one) for said in drafts.values() for one in said))
    return {
        name: _take(name, prose, opinions.get(name, ()), said, voice, outdated)
        for name, said in drafts.items()
    }


def _take(
    name: str,
    prose: OfficerProse | None,
    opinions: Sequence[ProseLine],
    drafts: Sequence[str],
    voice: Voice,
    outdated: _Outdated,
) -> SlotProse:
    slot = prose.slot(name) if prose is not None else None
    own = tuple(block for block in slot.blocks if any(texts([block]))) if slot else ()
    silent = name in MAY_BE_LEFT_OUT and _says(own, voice.say("prose.leave_out"))
    cleared = slot is not None and prose is not None and name in prose.slots and not slot.n_drafts
    done = bool(own) or (cleared and bool(opinions))
    own = () if silent else own
    stale, left = outdated.find(own)
    followed = tuple(one for one in stale if outdated.only_figures_moved(one))
    instead = {one.text: one.now[0] for one in followed}
    return SlotProse(
        blocks=(*(_traced(block, drafts, instead) for block in own), *opinions),
        drafted=not done,
        left_out=silent and not opinions,
        n_drafts=slot.n_drafts if slot and done else 0,
        followed=followed,
        stale=tuple(one for one in stale if one not in followed),
        fresh=tuple(one for one in map(without_marks, drafts) if one in left),
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


@dataclass(frozen=True, slots=True)
class _Outdated:
    """Finds paragraphs that say in a draft's words what isn't so; ``drafts`` are the present ones."""

    known: KnownClaims
    drafts: tuple[str, ...]

    def find(self, blocks: Iterable[Block]) -> tuple[tuple[Stale, ...], list[str]]:
        """The untrue paragraphs of a slot, each with the draft that fits it best; the drafts left over."""
        own = list(map(without_marks, texts(blocks)))
        said = {key(without_sign(text)) for text in own}
        left = [one for one in self.drafts if key(without_sign(one)) not in said]
        return tuple(self._stale(own, left)), left

    def _stale(self, own: Iterable[str], left: list[str]) -> Iterator[Stale]:
        """Each draft is given once and taken out of ``left``, with the sign of the paragraph it is for."""
        for text in own:
            untrue = [c.pattern for c in self.known.reader.read(text) if not self.known.is_true(c)]
            now = []
            for pattern in untrue:
                alike = [one for one in left if pattern in self._patterns(one)]
                if alike:
                    now.append(max(alike, key=lambda one: SequenceMatcher(None, one, text).ratio()))
                    left.remove(now[-1])
            if untrue:
                sign = text.removesuffix(without_sign(text))
                yield Stale(text, tuple(sign + without_sign(one) for one in now))

    def only_figures_moved(self, stale: Stale) -> bool:
        """Whether the paragraph differs from its draft of now in figures and names alone."""
        skeleton = self.known.reader.skeleton
        return len(stale.now) == 1 and skeleton(stale.text) == skeleton(stale.now[0])

    def _patterns(self, text: str) -> set[str]:
        return {claim.pattern for claim in self.known.reader.read(text)}


def with_prose(body: Body, taken: Mapping[str, SlotProse], voice: Voice) -> Body:
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
    asked = [(taken.get(name, SlotProse()), name, group) for name, group in named]
    kept = [one for one in asked if not one[0].left_out]
    told = tuple(
        replace(group, number=group_number(n, len(kept)), lines=_lines(name, one, group.lines))
        for n, (one, name, group) in enumerate(kept, 1)
    )
    drafted = draft if any(one.drafted for one, *_ in kept) else ()
    if not told:
        fields["general_ask"] = ()
    elif not all(_as_drafted(one, group) for one, name, group in asked if name == "to_province"):
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
