"""Are annexes right: label, title, what they belong to, and does the text point to them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import format_date, key
from dvctt_report.word.cascade import arabic, roman
from dvctt_report.word.lint.check import (
    ABSENT,
    HERE,
    Answers,
    Fault,
    NotApplicable,
    Settings,
    capital_faults,
    centre_faults,
    check,
    look_faults,
    quote,
    worded,
)
from dvctt_report.word.lint.parts import Annex, Number, Paper, Piece
from dvctt_report.word.lint.patterns import patterns_of
from dvctt_report.word.lint.recognise import parse_day, parse_number
from dvctt_report.word.lint.top import ENCLOSED, TITLE_WORDS, words_of
from dvctt_report.word.nd30 import ANNEX, DECIDING, component

_RE = patterns_of("annexes")

_WORD = r"(?i:phụ lục)(?:\s+(?i:số))?"
_MORE = rf"\s*(?:,|và|-|–|đến)\s*(?:{_WORD}\s+)?"
_ENDED = r"(?!\w|[./]\d)"
_ROMANS, _FIGURES = (rf"{n}{_ENDED}(?:{_MORE}{n}{_ENDED})*" for n in ("[IVX]+", r"\d{1,2}"))
_MENTION = lazy_pattern(rf"(?P<all>(?i:\bcác)\s+)?\b{_WORD}(?:\s+(?P<list>{_ROMANS}|{_FIGURES}))?")
_RANGE = lazy_pattern(rf"((?<![IVX])[IVX]+|\d{{1,2}})\s*(?:-|–|đến)\s*(?:{_WORD}\s+)?([IVX]+|\d{{1,2}})")

_NEAR = 60  # Characters between such a name and the words that say it is sent along
_KINDS = _RE["kinds"].pattern

_TOP = 6  # Lines of a list put into force among which it says what it belongs to


@dataclass(frozen=True)
class Mention:
    """Annexes that a line names: their numbers as written, () where it names none; ``all_``: "các phụ lục".

    ``pointing``: by its words it points the reader to an annex of this document; False where it may speak
    of another document that the line cites.
    """

    piece: Piece
    names: tuple[str, ...]
    numbers: frozenset[int]
    all_: bool
    pointing: bool


def mentions(paper: Paper, lines: Sequence[Piece]) -> Iterator[Mention]:
    """Yield what the lines say of the document's own annexes; those of other documents are left out."""
    for piece in lines:
        text = piece.text
        for mention in _MENTION.finditer(text) if "phụ lục" in text.lower() else ():
            if _is_foreign(paper, text[mention.end() :]):
                continue
            named = mention["list"] or ""
            numbers = {arabic(name) for name in _RE["name"].findall(named)}
            for low, high in _RANGE.findall(named):
                numbers.update(range(arabic(low), arabic(high)))
            start = mention.start("all") if mention["all"] else mention.start()
            before, after = text[:start], text[mention.end() :]
            points_here = bool(_RE["own"].search(before) or _RE["attached"].match(after))
            pointing = points_here or (bool(numbers) and not _RE["cited"].search(before))
            if _RE["apart"].match(after):
                points_here = pointing = False
            yield Mention(
                piece,
                tuple(_RE["name"].findall(named)),
                frozenset(numbers),
                bool(mention["all"]) and not numbers,
                pointing if paper.annexes else points_here,
            )


def names_sent_along(paper: Paper, lines: Sequence[Piece]) -> frozenset[str]:
    """The keys of the names under which the lines point to what is sent along with the document."""
    names: set[str] = set()
    for _, parts in groupby(lines, key=lambda piece: piece.paragraph.number):
        text = " ".join(piece.text for piece in parts)
        if "kèm" not in text.lower():
            continue
        for sent in _RE["sent_along"].finditer(text):
            if _is_foreign(paper, text[sent.end() :]):
                continue
            before = re.split(r"[.;]", text[: sent.start()])[-1][-_NEAR:]
            names.update(map(key, _RE["sent"].findall(before)))
            behind = _RE["sent_behind"].match(text, sent.end())
            if behind is not None and not _is_foreign(paper, text[behind.start("name") :]):
                names.add(key(behind["name"]))
    return frozenset(names)


def _is_foreign(paper: Paper, behind: str) -> bool:
    document = _RE["of"].match(behind)
    if document is None or document["this"]:
        return False
    if document["number"]:
        number = parse_number(re.sub(r"^(?!số)", "số ", document["number"].strip(" .")))
        return number is None or paper.number is None or differ(number, paper.number)
    return key(document["kind"]) != key(paper.kind)


def differ(one: Number, other: Number) -> bool:
    """Whether two numbers are of different documents; a blank figure is any, a leading zero is none.

    Which signs stand between the letters, and a year before them, is a matter of how they are written.
    """
    figures = {number.figure.lstrip("0") for number in (one, other) if number.figure}
    groups = [re.split(r"[\W_]+", number.symbol) for number in (one, other)]
    first, second = ([group for group in own if group and not group.isdigit()] for own in groups)
    return len(figures) > 1 or first != second


@check("TT58")
def annex_look(annexes: Sequence[Annex], paper: Paper, settings: Settings) -> Answers:
    """The label, number and title of each annex."""
    counted = _annex_numbers(annexes, in_own_file=paper.kind == ANNEX)
    for annex, (number, right) in zip(annexes, counted, strict=True):
        label = annex.label
        yield from look_faults(ANNEX, (label,), component("annex"), upper=None if annex.beside else False)
        yield from capital_faults(ANNEX, label, ANNEX)
        yield from centre_faults(ANNEX, (label,))
        if label.text.endswith((":", ".", ",")) and not annex.beside:
            yield worded(ANNEX, label, "có “{sign}” cuối dòng", sign=label.text[-1])
        numeral = _RE["numeral"].match(label.plain)
        if len(annexes) > 1 and (numeral is None or numeral[1].isdigit()):
            found = "số thứ tự “{number}”" if numeral else "không có số thứ tự"
            yield worded(ANNEX, label, found, number=numeral[1] if numeral else "")
        elif number is not None and number != right and len(annexes) > 1:
            # What is missing between two annexes may be in a file of its own.
            skips, wanted = number > right, f"“Phụ lục {roman(right)}”"
            found = f"số thứ tự “{roman(number)}” {'nhảy' if skips else 'lặp lại'}"
            fix = f"Sửa thành {wanted}{', hoặc bổ sung phụ lục còn thiếu' if skips else ''}"
            yield Fault(ANNEX, label, found, wanted, fix, severity=Severity.WARNING if skips else None)
        if annex.beside:
            named = f"“{ANNEX}{annex.name[len(ANNEX) :]}”"
            yield worded(ANNEX, label, "tên phụ lục cùng dòng với “Phụ lục”", named=named)
        elif not annex.title:
            yield Fault(ANNEX, label, "không có tên phụ lục")
        if annex.title:
            place = f"{annex.name}, tên phụ lục"
            yield from look_faults(place, annex.title, component("annex_title"), upper=True)
            yield from (replace(f, words=annex.title[0]) for f in centre_faults(place, annex.title))


@check("TT59")
def annex_references(paper: Paper, settings: Settings) -> Answers:
    """The text points to each annex, and to none that is missing."""
    # A table of the text may point to an annex too; the lines above the annexes are all that counts.
    end = paper.annexes[0].label.paragraph.number if paper.annexes else len(paper.document.paragraphs)
    above = [piece for piece in paper.pieces if piece.paragraph.number < end]
    mentioned, names = list(mentions(paper, above)), names_sent_along(paper, above)
    written = [name for m in mentioned for name in m.names]
    named, alone = frozenset().union(*(m.numbers for m in mentioned)), len(paper.annexes) == 1
    # An annex answers to its own number and to the one it should have.
    counted = _annex_numbers(paper.annexes)
    numbers = [frozenset(() if as_written is None else (as_written, right)) for as_written, right in counted]
    for annex, answered in zip(paper.annexes, numbers, strict=True):
        title, label = " ".join([key(annex.beside), *(p.key for p in annex.title)]).strip(), annex.name
        # The text may point to it by its title's first words, or to the only one by any name.
        only = alone and not paper.enclosed
        if (names and only) or (not only and any(title.startswith(name) for name in names)):
            continue
        # How the text writes the number, where never as the annex: "1" for "I"; Arabic figures are TT58's.
        own_names = {name for name in _numeral_of(annex) if not name.isdigit()}
        alike = [name for name in written if arabic(name) in {*answered} & {*map(arabic, own_names)}]
        at = quote(label, at=annex.label.paragraph)
        if not mentioned or not (answered & named or not answered or alone or any(m.all_ for m in mentioned)):
            yield worded(ANNEX, at, "nội dung không nhắc tới {label}", label=label)
        elif not alone and alike and not own_names & {*alike}:
            right = f"“Phụ lục {roman(arabic(alike[0]))}”"
            found = "nội dung ghi “Phụ lục {number}”, phụ lục ghi “{label}”"
            yield worded(ANNEX, at, found, number=alike[0], label=label, right=right)
    # Pointers to annexes that the file doesn't hold, each number once; the file may be a part of several.
    held = frozenset().union(*numbers)
    missed: set[int | None] = set()
    for mention in mentioned:
        missing = [n for n in mention.names if arabic(n) not in held]
        if not mention.pointing or (paper.annexes and not missing):
            continue
        for name in missing or [""]:
            if (number := arabic(name) if name else None) in missed or (not name and missed):
                continue
            missed.add(number)
            label = f"Phụ lục {name}".strip()
            found = "chỉ dẫn tới {label}, trong tệp không có"
            yield worded(HERE, mention.piece, found, (), Severity.WARNING, label=label)
    if not paper.annexes:
        yield NotApplicable(ABSENT["annexes"])


def _numeral_of(annex: Annex) -> set[str]:
    """The number of an annex as it is written, none where there is none."""
    numeral = _RE["numeral"].match(annex.label.plain)
    return {numeral[1].upper()} if numeral else set()


def _annex_numbers(annexes: Sequence[Annex], in_own_file: bool = False) -> list[tuple[int | None, int]]:
    """The number of each annex as written, None where there is none, and the one it should have."""
    numbers: list[tuple[int | None, int]] = []
    first = next((arabic(name) for name in _numeral_of(annexes[0])), 1) if in_own_file and annexes else 1
    last_own = last = first - 1
    for annex in annexes:
        number = next((arabic(name) for name in _numeral_of(annex)), None)
        follows = number in (last + 1, last_own + 1) or (number == 1 and last > 1)
        last = number if number is not None and follows else last + 1
        last_own = number or last
        numbers.append((number, last))
    return numbers


@check("TT60")
def annex_attached(paper: Paper, settings: Settings) -> Answers:
    """ "(Kèm theo …)" is there and says the same as the letterhead."""
    if not paper.annexes and not paper.enclosed:
        yield NotApplicable(ABSENT["annexes"])
    for place, attached in ((annex.name, annex.attached) for annex in paper.annexes):
        if not attached:
            yield worded(place, place, "không có dòng “(Kèm theo …)”", kind=paper.kind)
            continue
        yield from look_faults(place, attached, component("annex_of"))
        yield from centre_faults(place, attached)
        if not attached[0].text.startswith("("):
            yield Fault(place, attached, "không có ngoặc đơn", severity=Severity.WARNING)
        yield from _attached_facts(paper, place, attached)
    for text in paper.enclosed[:1] if paper.kind in DECIDING else ():
        below = [p for p in text.pieces[:_TOP] if ENCLOSED.match(p.plain)]
        yield from _attached_facts(paper, text.name_as_enclosed, text.title.enclosed_in or below[:1])


def _attached_facts(paper: Paper, place: str, attached: Sequence[Piece]) -> Iterator[Fault]:
    """What the line "(Kèm theo …)" says of the document otherwise than its own letterhead does."""
    text = " ".join(p.text for p in attached)
    written = re.search(r"\bsố\s*:?\s*([^\s/]*\s*/\s*[^\s,)]+)", text)
    number = parse_number(f"Số: {written[1]}") if written else None
    ours = paper.number
    if number and ours and differ(number, ours):
        whole = f"{ours.figure}/{ours.symbol}".lstrip("/")
        figure = written[1].strip() if written else ""
        yield worded(place, attached, "số “{figure}”", figure=figure, whole=whole)
    kind = _RE["enclosed_kind"].search(text)
    if kind is not None and paper.kind not in ("", ANNEX) and key(kind[1]) != key(paper.kind):
        yield worded(place, attached, "kèm theo “{kind}”", kind=kind[1], right=paper.kind)
    issuer = _RE["enclosed_of"].search(text)
    strange = (
        words_of(issuer[1]) - words_of((*paper.head.parent, *paper.head.issuer)) - TITLE_WORDS
        if issuer
        else ()
    )
    if issuer is not None and strange and paper.head.issuer:
        said = {"issuer": issuer[1].strip(), "right": quote(paper.head.issuer, 50)}
        yield worded(place, attached, "của “{issuer}”", **said)
    day = parse_day(text)
    if day is not None and paper.day is not None and day != paper.day:
        yield worded(place, attached, "ngày {day}", day=format_date(day), right=format_date(paper.day))
