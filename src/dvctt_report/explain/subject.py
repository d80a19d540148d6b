"""What is asked about: a target, a unit, or a number as some document of the period prints it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Literal

from dvctt_report.explain.index import PART, Occurrence, find_printed
from dvctt_report.explain.manifest import Manifest
from dvctt_report.report.marks import CELL
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import join_names, unaccented

MOST = 12
"""Figures of the same number that are named unless all are asked for."""
_SHARED = frozenset(
    ("percent", "numerator", "denominator", "done", "known", "received", "expected", "satisfied", "valid")
)
"""Last parts of the names of a share: how many of how many, and the percentage."""
_OWN = frozenset({"percent", "numerator", "denominator", "verdict"})
"""Last parts of the names that are the target's result itself."""
_BY_TARGET = _OWN | {"at_least", "short", "coverage.reported", "coverage.expected"}
"""Names that the account of a target tells."""


@dataclass(frozen=True, slots=True)
class Subject:
    """``code`` names a target, a figure, a unit of the manifest, or what is printed: "T10.below".

    Of "words" it is what was asked: a day, the number of a document. by_number: the only figure that prints
    that number, beside other words. whole: the second figure of a fraction. places: those that print it, also
    the other documents of them, row the texts of its row, texts how it is printed there. share: how much of
    what was pasted stands there.
    """

    kind: Literal["target", "figure", "unit", "printed", "words"]
    code: str
    places: tuple[str, ...] = field(default=(), compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)
    row: tuple[str, ...] = field(default=(), compare=False)
    texts: tuple[str, ...] = field(default=(), compare=False)
    whole: str = field(default="", compare=False)
    by_number: bool = field(default=False, compare=False)
    share: float = field(default=1.0, compare=False)

    @property
    def role(self) -> str:
        return self.code.rpartition(".")[2]


class UnknownSubject(CannotRun):
    """Nothing bears what was typed: no code, no name, no printed number."""


class SeveralFigures(CannotRun):
    """What was typed stands for several figures: ``subjects``, one of which is to be picked by its number.

    ``not_of``: the unit that was named and prints none of them; ``most`` of them are listed, all for None.
    """

    is_question = True

    def __init__(
        self,
        said: str,
        subjects: Sequence[Subject],
        not_of: str = "",
        most: int | None = MOST,
        name: Callable[[Subject], str] = lambda one: one.code,
    ) -> None:
        """List each as printed and called, with its code where names are alike; below it where it stands."""
        self.subjects, self.share = tuple(subjects), subjects[0].share
        self._asked, self._most = (said, subjects, not_of), most
        none = f", không con số nào của {not_of}" if not_of else ""
        lines = [f"“{said.strip()}” có ở {len(subjects)} con số{none}; cần con số nào:"]
        names = [name(subject) for subject in subjects[:most]]
        for n, (one, called) in enumerate(zip(subjects, names, strict=False), 1):
            code = f" (mã {one.code})" if names.count(called) > 1 and called != one.code else ""
            lines.append(f"  {n}. {' – '.join((*one.texts[:1], called + code))}")
            also = [f"và ở {join_names(one.also)}"] if one.also else []
            lines += [f"     {line}" for line in (*one.places[:1], *also)]
        if left := len(subjects) - len(names):
            lines.append(f"  … và {left} con số khác; thêm --all để xem đủ")
        super().__init__(
            "\n".join(lines),
            "Thêm --pick và số thứ tự đứng đầu dòng, hoặc gõ lại cả câu; số của một đơn vị: thêm --unit.",
        )

    def titled(self, name: Callable[[Subject], str], *, everything: bool = False) -> SeveralFigures:
        """The same list, its figures by their names, or all of it."""
        return SeveralFigures(*self._asked, None if everything else self._most, name)


_NAME = re.compile(r"[A-Za-z]\w*\.[\w.]+")
"""The name of a printed figure: "T10.below"."""
_NUMBER = re.compile(r"(?<!\w)\d(?:[\d.,/]*\d)?%?")
"""A number of its own: "T99" has none."""
_POINTED = re.compile(r"(?<![\w.,])(\d+)\.(\d{1,2})(?=%?(?![\w.,]))")
"""A share typed with a point: no print has fewer than three digits behind one."""


def find_subject(
    manifest: Manifest,
    said: str,
    papers: Callable[[], Iterable[Iterable[PrintedBlock]]] = tuple,
    unit: str = "",
) -> Subject:
    """Tell what ``said`` names: a code, a unit, or what is printed ("79,96%", "25/27", a row, a sentence).

    ``papers`` gives the other indexes; ``unit``: a number is one of that unit where it prints any. Raises
    SeveralFigures with all figures that it may be, or UnknownSubject that proposes the nearest.
    """
    names, codes = manifest.unit_names, {c.lower(): c for c in (*manifest.figures, *manifest.indicators)}
    if code := codes.get(said.strip().lower()):
        return Subject("target" if code in manifest.indicators else "figure", code)
    if len(named := names.find(said)) == 1:
        return Subject("unit", named[0].code)
    indexes: list[Iterable[PrintedBlock]] = [manifest.index, *papers()]
    if _NAME.fullmatch(name := said.strip().lower()):
        for index in indexes:
            cells = ((one.block, n, spans) for one in index for n, spans in enumerate(one.figures))
            own = ((block, n, tuple(s for s in spans if s.id.lower() == name)) for block, n, spans in cells)
            if found := [Occurrence(*one, getattr(index, "title", "")) for one in own if one[2]]:
                return _one_of(manifest, said, found, unit)
    code = _code_in(manifest, said)
    typed = re.sub(rf"\W*(?<![\w.]){code}(?![\w.])\W*", " ", said).strip() if code else said
    typed = _POINTED.sub(r"\1,\2", typed)
    numbers, in_words = _NUMBER.findall(typed), any(char.isalpha() for char in typed)
    match, found = find_printed(indexes, typed)
    if "\t" in typed and not (match is not None and match.is_meant(in_words)):
        match, found = find_printed(indexes, typed.replace("\t", " "))
    told = list[Subject]()
    if match is not None and match.is_meant(in_words):
        return _one_of(manifest, said, found, unit, match.share)
    if match is not None and in_words and numbers:
        found = find_printed(indexes, numbers[-1])[1]
        if of_target := [*_of_part(found, code)]:
            return _one_of(manifest, said, of_target, unit, match.share)
        if any(one.spans for one in found):
            told = _subjects_of(manifest, numbers[-1], found)
            told = [replace(one, by_number=True, share=match.share) for one in told]
    if not told and names.meant(said):
        return Subject("unit", names.pick(said).code)
    if not told and not numbers:  # targets by whose name they are asked for, or by the most of it
        words = unaccented(" ".join(said.split()))
        titles = {code: unaccented(manifest.items[code]["name"]) for code in manifest.indicators}
        told = [
            Subject("target", code)
            for code, title in titles.items()
            if title in words or (words in title and len(words) >= _MOST_OF_NAME * len(title))
        ]
        units = {one.unit.code for one in names.mentions(said)}
        if not told and len(units) == 1:  # with what its row says: "Cơ quan A Chưa gửi"
            told = [Subject("unit", unit) for unit in units]
    if len(told) > 1:
        raise SeveralFigures(said, told)
    if told:
        return told[0]
    if any(char.isdigit() for char in said) and not said.strip()[0].isalpha():
        raise UnknownSubject(
            f"Không văn bản nào của kỳ in số “{said.strip()}”.",
            "Chép nguyên số và vài chữ bên cạnh từ văn bản, ví dụ “63.245/79.096 hồ sơ”; hoặc gõ mã chỉ "
            "tiêu (T10), tên một đơn vị. Ai đã gửi, ai chưa: dvctt-report status",
        )
    known = [*manifest.indicators, *manifest.figures, *manifest.units]
    within = [k for k in known if k.lower().startswith(f"{said.lower()}.")]
    digits = said.upper().strip().replace("O", "0").replace("L", "1")
    alike = [digits] if digits in manifest.indicators else get_close_matches(said.upper(), known, n=5)
    near = within or alike or [f"{unit.short_name} ({unit.code})" for unit in names.nearest(said)]
    proposed = f"Gần nhất: {', '.join(near)}. " if near else ""
    raise UnknownSubject(
        f"Báo cáo không có chỉ tiêu, con số hay đơn vị nào là “{said}”.",
        f"{proposed}Các chỉ tiêu: {', '.join(manifest.indicators)}. Con số khác: chép số, hoặc cả câu, "
        "như in trong báo cáo, ví dụ 1.234.",
    )


def _code_in(manifest: Manifest, said: str) -> str:
    """The only target whose code stands in what was typed; "" for none."""
    codes = [code for code in manifest.indicators if re.search(rf"(?<![\w.]){code}(?![\w.])", said)]
    return codes[0] if len(codes) == 1 else ""


_MOST_OF_NAME = 0.5
"""Part of a target's name that is enough to ask for it."""


def _one_of(
    manifest: Manifest, said: str, found: Sequence[Occurrence], unit: str, share: float = 1.0
) -> Subject:
    """What all places speak of, of a row its target, share or each cell. Raises SeveralFigures."""
    is_row = all(one.cells for one in found)
    together = dict.fromkeys(subject for place in found for subject in _subjects_at(manifest, place))
    if not is_row:
        told = _subjects_of(manifest, said, [*_of_part(found, unit)] or found)
    elif len(together) == 1:
        of_document = [row for row in found if row.block.section] or found
        places = tuple(dict.fromkeys(row.place for row in of_document))
        told = [replace(_placed(one, found), places=places) for one in together]
    else:
        seen, cells = Counter[tuple[int, str]](), dict[tuple[str, int], list[Occurrence]]()
        for n, row in enumerate(found):
            for one in row.figures_apart:
                (id,) = one.ids
                cells.setdefault((id, seen[n, id]), []).append(one)
                seen[n, id] += 1
        told = [_placed(_subject(manifest, id, itself=True), where) for (id, _), where in cells.items()]
    if len(told) == 1:  # a figure of another document is meant rather than words of this one
        return replace(told[0], share=share / 2 if told[0].kind == "words" else share)
    named = {unit} if unit else {one.unit.code for one in manifest.unit_names.mentions(said)}
    asked = min(named) if len(named) == 1 else ""
    code = _code_in(manifest, said)
    for part in () if is_row else (asked, code):
        own = [*_of_part(found, part)]
        if own and part != unit and own != [*found]:
            return _one_of(manifest, said, own, part if part == asked else unit, share)
    texts = (" ".join(one.block.cells) for one in found)
    mentioned = {named.unit.code for text in texts for named in manifest.unit_names.mentions(text)}
    is_missed = asked and not is_row and asked not in mentioned and not [*_of_part(found, asked)]
    most = max(MOST, *(len(one.spans) for one in found))
    told = [replace(one, share=share) for one in told]
    raise SeveralFigures(said, told, manifest.unit_name(asked) if is_missed else "", most)


def _subjects_of(manifest: Manifest, said: str, found: Sequence[Occurrence]) -> list[Subject]:
    """What places speak of, each with those that do; what is but a part of another is that one."""
    subjects = by_key(
        (subject, one)
        for one in found
        for subject in _subjects_at(manifest, one) or [Subject("words", said.strip())]
    )
    codes = {subject.code for subject in subjects}
    wholes = {subject.code for subject in subjects if subject.kind != "printed"}
    told = {s: where for s, where in subjects.items() if not _is_in_another(manifest, s, codes, wholes)}
    if len({s.code.rpartition(".")[0] for s in told}) == 1 and _OWN.issuperset(s.role for s in told):
        told = dict([min(told.items(), key=lambda one: one[0].role != "numerator")])
    placed = [_placed(subject, where) for subject, where in told.items()]
    return sorted(placed, key=lambda one: one.kind == "printed" and bool(_part_of(manifest, one.code)))


def _is_in_another(manifest: Manifest, subject: Subject, codes: set[str], wholes: set[str]) -> bool:
    """Whether another of the figures tells it.

    Of a target of a later year the one whose figures it has does; of an answer's cell the part of the unit;
    of what a finding says of a result the target; of the part of all that have given anything the whole.
    """
    kind, _, about = subject.code.partition(".")
    if subject.kind == "target":
        return manifest.targets[subject.code]["same_as"] in codes
    if kind == CELL:
        item, unit = about.partition(".")[0], about.rpartition(".")[2]
        return any(code.startswith(f"{item}.{unit}.") for code in codes)
    if kind == "findings" and (finding := manifest.findings.get(about)):
        return not finding["unit"] and finding["item"] in {code.partition(".")[0] for code in codes}
    whole = re.sub(r"\.sum\d+.*|\.[A-Z]\w*(\.\w+)?$", "", subject.code)
    own = _part_of(manifest, subject.code) if subject.kind == "printed" and whole in wholes else set()
    given = {c["unit"] for c in manifest.contributions.get(whole, ()) if c["numerator"] is not None}
    given |= {c["unit"] for c in manifest.figures.get(whole, {"cells": ()})["cells"]}
    if own and given and given <= own:
        return True
    return subject.code.endswith(".units") and subject.code.removesuffix(".units") in codes


def _part_of(manifest: Manifest, code: str) -> set[str]:
    """The units whose part a figure is, of a group or of one; none of a figure of all."""
    of_group = re.search(r"\.sum(\d+)", code)
    heading = manifest.groups[int(of_group[1]) - 1 :][:1] if of_group else []
    parts = code.split(".")
    return {unit for unit, one in manifest.units.items() if one["group"] in heading or unit in parts}


def _placed(subject: Subject, where: Sequence[Occurrence]) -> Subject:
    """A subject with the places that print it, those of documents first, and what stands there."""
    where = [
        next((cell for cell in one.figures_apart if cell.spans[0].id == subject.code), one)
        for one in where
        if one.block.section
    ] or where
    texts = []
    for one in where:
        for span in (s for s in one.spans if s.id in (subject.code, f"{subject.code}.percent")):
            behind = _BEHIND.match(one.block.cells[one.cell], span.at + len(span.text))
            texts.append(span.text + (behind[0] if behind and subject.whole else ""))
    block = where[0].block
    documents = []  # the page or workbook of the present data; none of the report that is asked about
    for one in where:
        section = one.block.section
        documents.append(one.document or ("" if PART.match(section) else section.partition(",")[0]))
    return replace(
        subject,
        places=tuple(dict.fromkeys(one.place for one in where)),
        also=tuple(dict.fromkeys(filter(None, documents)))[1:],
        row=block.cells if block.table is not None else (),
        texts=tuple(dict.fromkeys(texts)),
    )


_BEHIND = re.compile(r"\s*/\s*\d+(?:\.\d{3})*")
"""The second number of a fraction, with the stroke."""


def _of_part(found: Iterable[Occurrence], code: str) -> Iterator[Occurrence]:
    """The places with the figures of a unit or target; a row keeps those pasted with it. None for no code."""
    for one in found if code else ():
        if own := tuple(span for span in one.spans if code in span.id.split(".")):
            yield one if one.block.table is not None else replace(one, spans=own)


def _subjects_at(manifest: Manifest, place: Occurrence) -> list[Subject]:
    """What one place speaks of: the target of its sentence, what one account tells, else each figure.

    A fraction is one; a figure of a place with others is told with them by their target, or by their rate.
    """
    text, pairs = place.block.cells[place.cell], pairwise(place.spans if len(set(place.cells)) < 2 else ())
    wholes = {a.id: b.id for a, b in pairs if text[a.at + len(a.text) : b.at].strip() == "/"}
    ids = [*place.ids]
    if len(ids) == 2 and ids[0] in wholes:
        return [replace(_subject(manifest, ids[0]), whole=ids[1])]
    if place.block.table is None:
        ids = [id for id in ids if not id.endswith(".at_least")] or ids
        heads = {id.partition(".")[0] for id in ids}
        parts = {f"{id}.".split(".")[1] for id in ids}  # of a unit, a group, communes or a field
        partial = any(p in manifest.units or p == "communes" or p[:3] == "sum" or p.isdigit() for p in parts)
        if len(ids) > 1 and len(heads) == 1 and heads <= manifest.indicators.keys() and not partial:
            return [Subject("target", heads.pop())]
    together = set[Subject]()
    for id in ids:
        head, _, role = id.partition(".")
        beside = [i for i in ids if i.partition(".")[0] == head and i.partition(".")[2] in _BY_TARGET]
        rate = f"{id.rpartition('.')[0]}.percent"
        if role in _BY_TARGET and len(beside) > 1 and head in manifest.indicators:
            together.add(Subject("target", head))
        else:
            is_share = id.rpartition(".")[2] in _SHARED and rate in ids
            together.add(_subject(manifest, rate if is_share else id))
    if len(together) == 1:
        return [*together]
    firsts = [id for id in ids if id not in wholes.values()]
    return [*dict.fromkeys(replace(_subject(manifest, id), whole=wholes.get(id, "")) for id in firsts)]


def _subject(manifest: Manifest, id: str, *, itself: bool = False) -> Subject:
    """The figure of that name, or the target whose result it is; ``itself``: the figure all the same."""
    head, _, role = id.partition(".")
    if head in manifest.indicators and role in _OWN and not itself:
        return Subject("target", head)
    return Subject("figure" if id in manifest.figures else "printed", id)
