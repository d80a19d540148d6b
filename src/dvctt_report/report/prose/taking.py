"""What goes into the report at each slot: the officer's text, or a draft marked as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import Match, SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz

from dvctt_report.files.writing import replace_file
from dvctt_report.plan.texts import MAY_BE_LEFT_OUT
from dvctt_report.report.context import Body
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import Suggestion, is_prompt
from dvctt_report.report.prose.officer import Slot, prose_bytes, read_prose
from dvctt_report.report.prose.word import ProseLine, ProsePiece, without_sign
from dvctt_report.report.wording import Voice
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.vietnamese import clean_text, key
from dvctt_report.word.xml import BOLD, BOLD_ITALIC, ITALIC, paragraph, run
from dvctt_report.year.year import Year

_STYLES = {(False, False): "", (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
PLACE = "\ue000prose."  # Begins the text of the paragraph that stands where a slot's blocks go

_LONGEST_HEADING = 150  # Characters; whole paragraphs set bold are emphasis
_FIELDS = {"directives": "directives_own", "province_directives": "directives_own"}


@dataclass(frozen=True, slots=True)
class Stale:
    """A paragraph that was suggested and that the data don't bear out.

    now: the same with what is suggested now, "" where nothing is; what was added before or behind stays.
    untouched: it stands word for word as it was suggested.
    """

    text: str
    now: str
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

    blocks: tuple[ProseLine, ...] = ()
    drafted: bool = True
    left_out: bool = False
    n_drafts: int = 0
    followed: tuple[Stale, ...] = ()
    stale: tuple[Stale, ...] = ()
    fresh: tuple[str, ...] = ()


def take(
    slots: Mapping[str, Slot],
    drafts: Mapping[str, Sequence[str]],
    voice: Voice,
    issued: Iterable[Suggestion],
    now: Collection[Suggestion],
) -> dict[str, SlotProse]:
    """Decide what each slot prints of what was written, ``issued`` at any time, suggested ``now``.

    A draft word for word stays traced.
    """
    taken = {}
    for name, said in drafts.items():
        slot = slots.get(name, Slot())
        own = tuple(line for line in slot.blocks if line.text)
        all_said = [key(line.text).rstrip(".") for line in own]
        silent = name in MAY_BE_LEFT_OUT and all_said == [key(voice.say("prose.leave_out"))]
        stale, left = _find_stale(() if silent else own, issued, now)
        followed = tuple(one for one in stale if one.untouched and one.now)
        instead = {one.text: one.now for one in followed}
        blocks = []
        for line in () if silent else own:
            # A draft word for word, as it is drafted now: with its marks, behind the sign that it has.
            bare = without_sign(instead.get(without_marks(line.text), line.text))
            sign = line.text.removesuffix(without_sign(line.text))
            alike = (d for d in map(without_sign, said) if key(without_marks(d)) == key(bare))
            draft = None if is_prompt(line.text) else next(alike, None)
            if draft is not None:
                first = line.pieces[0]
                line = ProseLine((ProsePiece(sign + draft, first.bold, first.italic),))
            blocks.append(line)
        taken[name] = SlotProse(
            blocks=tuple(blocks),
            drafted=not own,
            left_out=silent,
            n_drafts=slot.n_drafts if own else 0,
            followed=followed,
            stale=tuple(one for one in stale if one not in followed),
            fresh=tuple(one for one in map(without_marks, said) if without_sign(one) in left),
        )
    return taken


_ALIKE = 80.0
"""Of 100, how alike a paragraph and a suggestion are, figures aside, for it to be that one: a clause added
behind it leaves 100, a sentence in the officer's own words about the same thing reaches 66."""
_LEAST = 0.5  # The part of a suggestion's length that a paragraph has at least: names may be left out of it
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def _find_stale(
    blocks: Iterable[ProseLine], issued: Iterable[Suggestion], now: Collection[Suggestion]
) -> tuple[tuple[Stale, ...], tuple[str, ...]]:
    """Paragraphs suggested once and untrue now, each with what its pattern says now; the unsaid ones."""
    own = [without_marks(line.text) for line in blocks]
    said, present = {key(without_sign(text)) for text in own}, frozenset(now)
    left = [one for one in now if key(one) not in said]
    stale = []
    for text in own:
        # The suggestion that it is an edited copy of: one run of words that both have is most of the
        # shorter, so that "chưa kết luận" is no "chưa đạt".
        bare, copied = without_sign(text), list[Suggestion]()
        known_as = masked(bare)
        for one in issued:
            if len(bare) < _LEAST * len(one) or fuzz.partial_ratio(masked(one), known_as) < _ALIKE:
                continue
            longest = max((run.size for run in _common_words(one, bare)), default=0)
            if 2 * longest > min(len(_WORD.findall(words)) for words in (bare, one)):
                copied.append(one)
        former = max(copied, key=lambda one: (fuzz.partial_ratio(one, bare), one in present), default=None)
        if former is None:
            continue
        # It is true where what it keeps of a suggestion is what is suggested now, figure by figure.
        kept = fuzz.partial_ratio_alignment(former, bare)
        assert kept is not None
        told = Counter(_FIGURE.findall(bare[kept.dest_start : kept.dest_end]))
        if former not in now or not told <= Counter(_FIGURE.findall(former)):
            alike = [one for one in left if one.pattern == former.pattern]
            instead = max(alike, key=lambda one: fuzz.ratio(one, bare), default=None)
            if instead is not None:
                left.remove(instead)
            given = (
                "" if instead is None else text.removesuffix(bare) + _with_additions(bare, former, instead)
            )
            stale.append(Stale(text, given, key(bare) == key(former)))
    return tuple(stale), tuple(left)


def masked(text: str) -> str:
    """A paragraph without its sign, its figures one as the other: how it is known again."""
    return _FIGURE.sub("#", key(without_sign(text)))


_WORD = re.compile(r"[#\w]+(?:[.,]\d+)*")


def _with_additions(text: str, former: str, now: str) -> str:
    """What is suggested ``now`` with the words that ``text`` has around the ``former`` sentence."""
    words, asked = ([*_WORD.finditer(one)] for one in (text, former))  # neither has a sign
    alike = _common_words(former, text)
    if not alike or len(words) <= alike[-1].b + alike[-1].size - 1:
        return now
    first, last = alike[0], alike[-1]
    before = text[: words[first.b].start()] if first.a == 0 else ""
    if last.a + last.size < len(asked):
        return before + now
    added = text[words[last.b + last.size - 1].end() :].removeprefix(former[asked[-1].end() :].rstrip("."))
    return before + (now.rstrip(".") + added if added.strip(" .") else now)


def _common_words(one: str, other: str) -> list[Match]:
    """The runs of words that both have in the same order, figures one as the other."""
    own, others = (_WORD.findall(masked(text)) for text in (one, other))
    return [
        run for run in SequenceMatcher(None, own, others, autojunk=False).get_matching_blocks() if run.size
    ]


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
        replace(group, number=str(n) if len(kept) > 1 else "", lines=_lines(name, one, group.lines))
        for n, (one, name, group) in enumerate(kept, 1)
    )
    suggested = [one.drafted and not all(map(is_prompt, group.lines)) for one, _, group in kept]
    drafted = body.recommendations_draft if any(suggested) else ()
    if not any(has or one.blocks for has, (one, *_) in zip(suggested, kept, strict=True)):
        fields["general_ask"] = ()
    else:
        # Whether the province is asked for all that was drafted for it, whatever else it is asked for.
        is_as_drafted = bool(body.general_ask)
        for one, _, group in (each for each in asked if each[1] == "to_province"):
            said = {key(without_sign(without_marks(line.text))) for line in one.blocks}
            drafts = {key(without_sign(without_marks(line))) for line in group.lines}
            is_as_drafted &= not one.left_out and (one.drafted or drafts <= said)
        if not is_as_drafted:
            fields["general_ask"] = (voice.say("general.ask", issuer=voice.issuer.name),)
    there = {"strengths": fields.get("strengths", body.strengths), "recommendations": told}
    gone = dict.fromkeys((name for name, lines in there.items() if not lines), "")
    fields |= {"parts": replace(body.parts, **gone), "clauses": replace(body.clauses, **gone)}
    return replace(body, **fields, recommendations=told, recommendations_draft=drafted)  # type: ignore[arg-type]  # fields by name


def _lines(name: str, one: SlotProse, drafts: tuple[str, ...]) -> tuple[str, ...]:
    place = (PLACE + name,) if one.blocks else ()
    return (*drafts, *place) if one.drafted else place


def fragments(taken: Mapping[str, SlotProse]) -> dict[str, str]:
    """Write each slot in the report's own styles, by the text of the paragraph that it stands in place of."""
    return {
        PLACE + name: "".join(
            paragraph("body", *(run(p.text, _STYLES[p.bold, p.italic]) for p in line.pieces))
            for line in one.blocks
        )
        for name, one in taken.items()
        if one.blocks
    }


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The officer's prose, and what was ever suggested for it; ``made``: what is missing is made anew."""

    prose: Path
    suggested: Path
    made: bool = True

    @property
    def name(self) -> str:
        """The officer's file as it is named to him: "noi-dung/2025.docx"."""
        return f"{self.prose.parent.name}/{self.prose.name}"


@dataclass(frozen=True, slots=True)
class OfficerWords:
    """What is taken for each slot, drafted for it, was ever suggested, is told; whether the file is there."""

    taken: Mapping[str, SlotProse]
    drafts: Mapping[str, tuple[str, ...]]
    issued: tuple[Suggestion, ...]
    notes: tuple[str, ...]
    is_there: bool


def read_words(
    files: OwnFiles, year: Year, body: Body, voice: Voice, suggested: Iterable[Suggestion]
) -> OfficerWords:
    """Read the files; ``suggested`` is by the present data. Raises CannotRun for one that can't be read."""
    is_there = files.prose.exists()
    slots, notes = read_prose(files.prose, year.period, voice) if is_there else ({}, [])
    # What the text drafts for each of its slots, or asks for there; figures are marked.
    text = voice.issuer.text
    others = (name for name in text.slots if name not in text.addressed)
    drafts: dict[str, tuple[str, ...]] = {name: getattr(body, _FIELDS.get(name, name)) for name in others}
    drafts |= {n: group.lines for n, group in zip(text.addressed, body.recommendations, strict=True)}
    lines: list[str] = []  # a pattern's name and its sentence each; none where the list is gone
    with suppress(FileNotFoundError, UnicodeDecodeError):
        lines = read_file(files.suggested).decode().splitlines()
    former = [Suggestion(*line.split("\t", 1)) for line in lines if "\t" in line]
    now = tuple(suggested)  # issued from now on
    issued = tuple({str(one): one for one in (*former, *now)}.values())
    taken = take(slots, drafts, voice, issued, now)
    if not is_there and not files.made:
        notes.append(f"Chưa có {files.name}; lệnh dvctt-report render lập tệp này để viết lời đánh giá.")
    unfit = [word for one in voice.say("prose.unfit").split("|") if (word := one.strip())]
    for name, one in taken.items():
        where = f"{files.name}, mục “{voice.say(f'prose.{name}')}”"
        if one.n_drafts:
            notes.append(f"{where}: {one.n_drafts} đoạn còn chữ gợi ý nên không in.")
        for followed in one.followed:
            notes.append(
                f"{where}: đoạn gợi ý giữ nguyên lời được in theo số liệu hiện có:\n  {followed.now}"
            )
        for stale in one.stale:
            instead = (
                f"thay bằng: {stale.now}" if stale.now else "số liệu nay không còn nội dung đó: xóa đoạn này."
            )
            notes.append(f"{where} ghi số đã cũ:\n  đang ghi: {stale.text}\n  {instead}")
        # With their capitals: "cơ sở đã" and "trụ sở chưa" speak of nobody.
        said = "\n".join(clean_text(without_marks(line.text)) for line in one.blocks)
        notes += [
            f"{where}: chữ “{word}” không hợp với văn bản này; sửa ở dự thảo vừa lập."
            for word in unfit
            if re.search(rf"\b{re.escape(word)}\b", said)
        ]
    return OfficerWords(taken, drafts, issued, tuple(notes), is_there)


def write_missing(files: OwnFiles, words: OfficerWords, year: Year, voice: Voice) -> tuple[str, ...]:
    """Make the officer's file where it is missing, never over one; keep what was suggested. Returns notes."""
    notes = []
    if not words.is_there:
        files.prose.parent.mkdir(parents=True, exist_ok=True)
        # The headings that the officer added to the file of a year before
        period, former = year.period, dict[str, tuple[str, ...]]()
        before = files.prose.with_name(f"{period.year_before}.docx")
        try:
            if before.exists():
                # Short lines that are bold from end to end
                former = {
                    name: tuple(
                        line.text
                        for line in slot.blocks
                        if all(piece.bold for piece in line.pieces)
                        and len(line.text) <= _LONGEST_HEADING
                        and line.text[-1:] not in ".;"
                    )
                    for name, slot in read_prose(before, period.year_before, voice)[0].items()
                }
        except CannotRun as fault:
            notes.append(f"Chưa mang được đề mục của {before.name} sang: {fault.message}")
        if n := sum(map(len, former.values())):
            notes.append(f"Đề mục đã thêm ở {before.name} được nêu lại, trong ngoặc vuông: {n}.")
        replace_file(files.prose, prose_bytes(words.drafts, period, voice, former))
        notes.append(f"Viết lời đánh giá, kiến nghị ở: {files.prose}")
    files.suggested.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{one.pattern}\t{one}\n" for one in words.issued)
    replace_file(files.suggested, "".join(lines).encode())
    return tuple(notes)
