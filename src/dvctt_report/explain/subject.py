"""What is asked about: a target, a unit, or a number as some document of the period prints it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise
from typing import Literal

from dvctt_report.errors import CannotRun
from dvctt_report.explain.index import Occurrence, find_printed, find_row
from dvctt_report.explain.manifest import Manifest
from dvctt_report.grouping import by_key
from dvctt_report.report.marks import CELL, FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.vietnamese import join_names, unaccented

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

    Of "words" no figure is printed there but a day, the number of a document: ``code`` is what was asked.
    ``by_number``: the only figure that prints that number, beside other words than those that were pasted.
    ``whole`` is the second figure of a fraction that was asked about, ``beside`` the figures of a pasted row
    that the same account tells. ``places`` are those that print it, ``also`` the other documents of them,
    ``row`` the texts of the row of a table it stands in, ``head`` what its column is called, ``texts`` how it
    is printed there, ``around`` the paragraph.
    """

    kind: Literal["target", "figure", "unit", "printed", "words"]
    code: str
    places: tuple[str, ...] = field(default=(), compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)
    row: tuple[str, ...] = field(default=(), compare=False)
    head: str = field(default="", compare=False)
    texts: tuple[str, ...] = field(default=(), compare=False)
    around: str = field(default="", compare=False)
    whole: str = field(default="", compare=False)
    beside: tuple[str, ...] = field(default=(), compare=False)
    by_number: bool = field(default=False, compare=False)


class NothingSoNamed(CannotRun):
    """Nothing bears what was typed: no code, no name, no printed number."""


class Several(CannotRun):
    """What was typed stands for several figures: ``subjects``, one of which is to be picked by its number.

    ``not_of`` is the unit that was named and prints none of them; ``name`` says what a figure is called.
    """

    is_question = True

    def __init__(
        self,
        said: str,
        subjects: Sequence[Subject],
        not_of: str = "",
        name: Callable[[Subject], str] = lambda one: one.code,
        most: int | None = MOST,
    ) -> None:
        self.subjects = tuple(subjects)
        self._asked = said, not_of, most
        shown = self.subjects[:most]
        named = [f"  {n}. {said}" for n, said in enumerate(_listed(shown, name), 1)]
        none = f", không con số nào của {not_of}" if not_of else ""
        left = len(subjects) - len(shown)
        more = [f"  … và {left} con số khác; thêm --all để xem đủ"] if left else []
        super().__init__(
            f"“{said.strip()}” có ở {len(subjects)} con số{none}; cần con số nào:\n"
            + "\n".join(named + more),
            "Thêm --pick và số thứ tự đứng đầu dòng, hoặc gõ lại cả câu; số của một đơn vị: thêm --unit.",
        )

    def called(self, name: Callable[[Subject], str], *, everything: bool = False) -> Several:
        """The same list, its figures by their names, or all of it."""
        said, not_of, most = self._asked
        return Several(said, self.subjects, not_of, name, None if everything else most)


def _listed(subjects: Sequence[Subject], name: Callable[[Subject], str]) -> Iterator[str]:
    """Each figure as it is printed, what it is called, and below the first place and the other documents.

    Those that are called alike are told by their codes.
    """
    names = [name(one) for one in subjects]
    for one, said in zip(subjects, names, strict=True):
        code = f" (mã {one.code})" if names.count(said) > 1 and said != one.code else ""
        called = " – ".join(filter(None, (*one.texts[:1], said + code)))
        also = [f"và ở {join_names(one.also)}"] if one.also else []
        yield "\n     ".join((called, *one.places[:1], *also))


def find_subject(
    manifest: Manifest,
    said: str,
    further: Iterable[Iterable[PrintedBlock]] = (),
    papers: Iterable[PrintedBlock] = (),
    unit: str = "",
) -> Subject:
    """Tell what ``said`` names: a code, a unit, or what is printed ("79,96%", "25/27", a sentence).

    ``further`` are the indexes of other documents of the period, ``papers`` those of the page and the
    consolidated workbook, looked through last. ``unit``: a number is one of that unit where it prints any.

    Raises CannotRun that lists all places that print it, or proposes the nearest (``NothingSoNamed``).
    """
    if code := _code(manifest.indicators, said):
        return Subject("target", code)
    if code := _code(manifest.figures, said):
        return Subject("figure", code)
    if len(named := manifest.unit_names.find(said)) == 1:
        return Subject("unit", named[0].code)
    indexes = [manifest.index, *further]
    by_name, at_cell = _NAME.fullmatch(said.strip()), _CELL.search(said)
    answers = list(papers)
    if row := find_row([*indexes, answers], said):
        return _one_of(manifest, said, row, unit)
    for index in (*indexes, answers) if by_name else ():
        if found := [*_named(index, said)]:
            return _one_of(manifest, said, found, unit)
    if at_cell and (found := [*_at_cell(manifest, answers, said, at_cell)]):
        return _one_of(manifest, said, found, unit)
    code = _code_in(manifest, said)
    typed = re.sub(rf"\W*(?<![\w.]){code}(?![\w.])\W*", " ", said).strip() if code else said
    numbers, in_words = _NUMBER.findall(typed), any(char.isalpha() for char in typed)
    match, found = find_printed([*indexes, answers], typed) if numbers else (None, [])
    if match is not None and match.is_meant(in_words):
        return _one_of(manifest, said, found, unit)
    if match is not None and in_words:
        found = find_printed([*indexes, answers], numbers[-1])[1]
        if own := [*_of_part(found, code)]:
            return _one_of(manifest, said, own, unit)
        if any(one.spans for one in found):
            return _only(said, [replace(s, by_number=True) for s in _told(manifest, numbers[-1], found)])
    if cells := list(_in_cells(manifest, said)):
        return _only(said, cells)
    if manifest.unit_names.meant(said):
        return Subject("unit", manifest.unit_names.pick(said).code)
    if not numbers and (targets := [*_called(manifest, said)]):
        return _only(said, targets)
    if not numbers and len(units := {one.unit.code for one in manifest.unit_names.mentions(said)}) == 1:
        return Subject("unit", units.pop())  # with what its row says in words: "Cơ quan A Chưa gửi"
    raise _unknown(manifest, said, indexes)


def _only(said: str, subjects: Sequence[Subject]) -> Subject:
    """The only one there is. Raises Several that lists them."""
    if len(subjects) > 1:
        raise Several(said, subjects)
    return subjects[0]


def _code(known: Iterable[str], said: str) -> str:
    return next((code for code in known if code.lower() == said.strip().lower()), "")


def _named(index: Iterable[PrintedBlock], said: str) -> Iterator[Occurrence]:
    """The places of the figure of that very name."""
    name = said.strip().lower()
    for block in index:
        for n, spans in enumerate(block.figures):
            if own := tuple(span for span in spans if span.id.lower() == name):
                yield Occurrence(block.block, n, own)


_NAME = re.compile(r"[A-Za-z]\w*\.[\w.]+")
"""The name of a printed figure: "T10.below"."""
_NUMBER = re.compile(r"(?<!\w)\d(?:[\d.,/]*\d)?%?")
"""A number of its own: "T99" has none."""
_CELL = re.compile(r"Biểu (?P<sheet>[\w-]{1,20})\W{1,3}(?:ô )?(?P<cell>[A-Z]{1,2}\d{1,5})\b")
"""A cell as the page and messages name it: "Biểu 01-A: F8", "Biểu 03 ô I9"."""
_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d{1,5}\b")


def _at_cell(
    manifest: Manifest, answers: Sequence[PrintedBlock], said: str, asked: re.Match[str]
) -> Iterator[Occurrence]:
    """The answers in the cells that a unit is named with: "…: Biểu 01-A: F8 = 71, G8 = 70"."""
    named = [one.unit.short_name for one in manifest.unit_names.mentions(said)]
    addresses = set(_ADDRESS.findall(said, asked.start("cell")))
    found = set[str]()
    for block in answers if named else ():
        cells = block.block.cells
        there = any(text.startswith(asked["sheet"]) for text in cells)
        if there and addresses.intersection(cells) and named[0] in cells:
            found.update(span.id for spans in block.figures for span in spans)
    for block in answers if found else ():
        for n, spans in enumerate(block.figures):
            if own := tuple(span for span in spans if span.id in found):
                yield Occurrence(block.block, n, own)


def _one_of(manifest: Manifest, said: str, found: Sequence[Occurrence], unit: str) -> Subject:
    """What all places speak of; ``Several`` where they speak of several things."""
    if all(one.cells for one in found):
        return _of_row(manifest, said, found)
    told = _told(manifest, said, [*_of_part(found, unit)] or found)
    if len(told) == 1:
        return told[0]
    named = {unit} if unit else {one.unit.code for one in manifest.unit_names.mentions(said)}
    asked = min(named) if len(named) == 1 else ""
    own = [*_of_part(found, asked)]
    if own and not unit:
        return _one_of(manifest, said, found, asked)
    of_code = [*_of_part(found, _code_in(manifest, said))]
    if of_code and of_code != [*found]:
        return _one_of(manifest, said, of_code, unit)
    is_missed = asked and not own and not any(_names(manifest, one.text, asked) for one in found)
    most = max(MOST, *(len(one.spans) for one in found))
    raise Several(said, told, manifest.unit_name(asked) if is_missed else "", most=most)


def _names(manifest: Manifest, text: str, unit: str) -> bool:
    return any(one.unit.code == unit for one in manifest.unit_names.mentions(text))


def _of_row(manifest: Manifest, said: str, found: Sequence[Occurrence]) -> Subject:
    """The target or share that all cells of a row are of. Raises Several with each figure at its own cell."""
    together = dict.fromkeys(subject for one in found for subject in _subjects(manifest, one))
    if len(together) == 1:
        (subject,) = together
        of_document = [row for row in found if row.block.section] or found
        places = tuple(dict.fromkeys(row.place for row in of_document))
        return replace(_placed(subject, found), places=places, beside=found[0].ids)
    cells: dict[tuple[str, int], list[Occurrence]] = {}
    for row in found:
        seen = Counter[str]()
        for one in row.at_each:
            id = one.spans[0].id
            cells.setdefault((id, seen[id]), []).append(one)
            seen[id] += 1
    told = [_placed(_printed(manifest, id), where) for (id, _), where in cells.items()]
    raise Several(said, told, most=max(MOST, *(len(one.spans) for one in found)))


def _code_in(manifest: Manifest, said: str) -> str:
    """The only target whose code stands in what was typed; "" for none."""
    codes = [code for code in manifest.indicators if re.search(rf"(?<![\w.]){code}(?![\w.])", said)]
    return codes[0] if len(codes) == 1 else ""


def _told(manifest: Manifest, said: str, found: Sequence[Occurrence]) -> list[Subject]:
    """What places speak of, each with those that do; what is but a part of another is that one."""
    subjects = by_key(
        (subject, one)
        for one in found
        for subject in _subjects(manifest, one) or [Subject("words", said.strip())]
    )
    whole = {subject.code for subject in subjects if subject.kind != "printed"}
    told = {s: where for s, where in subjects.items() if not (_of(s) in whole and _is_all(manifest, s))}
    codes = {subject.code for subject in told}
    told = {s: where for s, where in told.items() if not _is_told_by(manifest, s, codes)}
    if len({s.code.rpartition(".")[0] for s in told}) == 1 and _OWN.issuperset(_role(s) for s in told):
        told = dict([min(told.items(), key=lambda one: _role(one[0]) != "numerator")])
    placed = [_placed(subject, where) for subject, where in told.items()]
    return sorted(placed, key=lambda one: _is_part(manifest, one))


def _is_told_by(manifest: Manifest, subject: Subject, codes: set[str]) -> bool:
    """Whether another of the figures tells it.

    That is, of a target of a later year the one whose figures it has, too; of the cell of an answer the part
    of the unit ("cell.T2.done.A", "T2.A.numerator"); of what a finding says of a result the target.
    """
    kind, _, about = subject.code.partition(".")
    if subject.kind == "target":
        return manifest.targets[subject.code]["same_as"] in codes
    if kind == CELL:
        item, unit = about.partition(".")[0], about.rpartition(".")[2]
        return any(code.startswith(f"{item}.{unit}.") for code in codes)
    if kind == "findings" and (found := manifest.findings.get(about)):
        return not found["unit"] and found["item"] in {code.partition(".")[0] for code in codes}
    return subject.code.removesuffix(".units") in codes - {subject.code}


def _placed(subject: Subject, where: Sequence[Occurrence]) -> Subject:
    """A subject with the places that print it, and what stands there.

    Those of a document are told before what the present data would print, which stands in no section yet.
    """
    where = [one.at_figure(subject.code) for one in where if one.block.section] or where
    own = (subject.code, f"{subject.code}.percent")
    documents = dict.fromkeys(filter(None, (one.printed_in for one in where)))
    named = [(one, span) for one in where for span in one.spans if span.id in own]
    texts = tuple(dict.fromkeys(_said(one, span) if subject.whole else span.text for one, span in named))
    first = where[0]
    return replace(
        subject,
        places=tuple(dict.fromkeys(one.place for one in where)),
        also=tuple(documents)[1:],
        row=first.block.cells if first.block.table is not None else (),
        head="".join(first.block.heads[first.cell : first.cell + 1]),
        texts=texts,
        around=first.text if first.block.table is None else "",
    )


_BEHIND = re.compile(r"\s*/\s*\d+(?:\.\d{3})*")
"""The second number of a fraction, with the stroke."""


def _said(one: Occurrence, span: FigureSpan) -> str:
    """A fraction as it is printed, from the span of its first number."""
    text, end = one.block.cells[one.cell], span.at + len(span.text)
    behind = _BEHIND.match(text, end)
    return text[span.at : behind.end() if behind else end]


def _role(subject: Subject) -> str:
    return subject.code.rpartition(".")[2]


def _of_part(found: Iterable[Occurrence], code: str) -> Iterator[Occurrence]:
    """The places that print figures of a unit or a target, with those figures; none for no code.

    A row that has one keeps all its figures: those beside it were pasted with it.
    """
    for one in found if code else ():
        if own := tuple(span for span in one.spans if code in span.id.split(".")):
            yield one if one.block.table is not None else replace(one, spans=own)


def _of(subject: Subject) -> str:
    """What the sum of a group, or one unit's part, is a part of."""
    return re.sub(r"\.sum\d+.*|\.[A-Z]\w*(\.\w+)?$", "", subject.code)


def _is_part(manifest: Manifest, subject: Subject) -> bool:
    """Whether it is a group's or a unit's part: the whole is told before it."""
    return subject.kind == "printed" and any(
        part.startswith("sum") or part in manifest.units for part in subject.code.split(".")
    )


def _is_all(manifest: Manifest, subject: Subject) -> bool:
    """Whether that part is of all units that have given anything: the whole is the same figure."""
    whole, groups = _of(subject), manifest.groups
    given = {c["unit"] for c in manifest.contributions.get(whole, ()) if c["numerator"] is not None}
    given |= {c["unit"] for c in manifest.figures.get(whole, {"cells": ()})["cells"]}
    of_group = re.search(r"\.sum(\d+)", subject.code)
    if of_group and 1 <= int(of_group[1]) <= len(groups):
        heading = groups[int(of_group[1]) - 1]
        own = {code for code, unit in manifest.units.items() if unit["group"] == heading}
    else:
        own = {part for part in subject.code.split(".") if part in manifest.units}
    return _is_part(manifest, subject) and set() < given <= own


def _subjects(manifest: Manifest, one: Occurrence) -> list[Subject]:
    """What one place speaks of: the target of its sentence, what one account tells, else each figure.

    A fraction is one: its first number, with the second.
    """
    wholes = _wholes(one)
    if len(one.ids) == 2 and one.ids[0] in wholes:
        return [replace(_subject(manifest, one.ids[0]), whole=one.ids[1])]
    ids = list(one.ids)
    if one.block.table is None:
        ids = [id for id in ids if not id.endswith(".at_least")] or ids
        heads = {id.partition(".")[0] for id in ids}
        if len(ids) > 1 and len(heads) == 1 and all(_is_of_target(manifest, id) for id in ids):
            return [Subject("target", heads.pop())]
    told = _told_together(manifest, ids)
    together = list(dict.fromkeys(told.get(id) or _subject(manifest, id) for id in ids))
    if len(together) == 1:
        return together
    parts = [id for id in ids if id not in wholes.values()]
    return list(dict.fromkeys(replace(_subject(manifest, id), whole=wholes.get(id, "")) for id in parts))


def _told_together(manifest: Manifest, ids: Sequence[str]) -> dict[str, Subject]:
    """The figures that one account tells: of a target, of a rate and its numbers."""
    told: dict[str, Subject] = {}
    for of_part in _grouped(ids, lambda id: id.rpartition(".")[0]):
        shared = [id for id in of_part if id.rpartition(".")[2] in _SHARED]
        if rates := [id for id in shared if id.endswith(".percent")]:
            told |= dict.fromkeys(shared, _subject(manifest, rates[0]))
    for of_target in _grouped(ids, lambda id: id.partition(".")[0]):
        own = [id for id in of_target if id.partition(".")[2] in _BY_TARGET and _is_of_target(manifest, id)]
        if len(own) > 1:
            told |= dict.fromkeys(own, Subject("target", own[0].partition(".")[0]))
    return told


def _grouped(ids: Iterable[str], by: Callable[[str], str]) -> list[list[str]]:
    return list(by_key((by(id), id) for id in ids).values())


def _wholes(one: Occurrence) -> dict[str, str]:
    """The figure behind the stroke by the one before it, of each fraction of a place that is one text."""
    text = one.block.cells[one.cell]
    pairs = pairwise(one.spans if len(set(one.cells)) < 2 else ())
    return {a.id: b.id for a, b in pairs if text[a.at + len(a.text) : b.at].strip() == "/"}


def _is_of_target(manifest: Manifest, id: str) -> bool:
    """Whether a figure is of a whole target: not of a unit, a group, communes or a field."""
    head, part, *_ = f"{id}.".split(".")
    of_part = part in manifest.units or part == "communes" or part.startswith("sum") or part.isdigit()
    return head in manifest.indicators and not of_part


def _subject(manifest: Manifest, id: str) -> Subject:
    head, _, role = id.partition(".")
    if head in manifest.indicators and role in _OWN:
        return Subject("target", head)
    return _printed(manifest, id)


def _printed(manifest: Manifest, id: str) -> Subject:
    """The figure of that name itself, also where the account of a target tells it."""
    return Subject("figure" if id in manifest.figures else "printed", id)


def _in_cells(manifest: Manifest, said: str) -> Iterator[Subject]:
    """Yield the answers of units that are that number: the workbook prints them, the report their sums."""
    typed = re.sub(r"[\s.]", "", said)
    for name, figure in manifest.figures.items() if typed.isdecimal() else ():
        for cell in figure["cells"]:
            if cell["value"] == int(typed) and not isinstance(cell["value"], bool):
                label = ": ".join(manifest.labels(cell["item"], cell["field"]))
                place = f"{manifest.unit_name(cell['unit'])}, {label}"
                yield Subject("printed", f"{name}.{cell['unit']}", (place,))


def _called(manifest: Manifest, said: str) -> Iterator[Subject]:
    """Yield the targets by whose name they are asked for, or by the most of it."""
    asked = unaccented(" ".join(said.split()))
    for code in manifest.indicators:
        name = unaccented(manifest.items[code]["name"])
        if name in asked or (asked in name and len(asked) >= _MOST_OF_NAME * len(name)):
            yield Subject("target", code)


_MOST_OF_NAME = 0.5
"""Part of a target's name that is enough to ask for it."""
_POINTED = re.compile(r"(\d+)\.(\d{1,2})%?")
"""A share typed with a point."""


def _unknown(manifest: Manifest, said: str, indexes: Sequence[Iterable[PrintedBlock]]) -> NothingSoNamed:
    if pointed := _POINTED.fullmatch(re.sub(r"\s", "", said)):
        return _with_comma(manifest, said, f"{pointed[1]},{pointed[2]}", indexes)
    if any(char.isdigit() for char in said) and not said.strip()[0].isalpha():
        return NothingSoNamed(
            f"Không văn bản nào của kỳ in số “{said.strip()}”.",
            "Chép nguyên số và vài chữ bên cạnh từ văn bản, ví dụ “63.245/79.096 hồ sơ”; hoặc gõ mã chỉ "
            "tiêu (T10), tên một đơn vị. Ai đã gửi, ai chưa: dvctt-report status",
        )
    known = [*manifest.indicators, *manifest.figures, *manifest.units]
    within = [k for k in known if k.lower().startswith(f"{said.lower()}.")]
    mistyped = _code(manifest.indicators, said.lower().replace("o", "0").replace("l", "1"))
    near = within or ([mistyped] if mistyped else get_close_matches(said.upper(), known, n=5))
    near = near or [f"{unit.short_name} ({unit.code})" for unit in manifest.unit_names.nearest(said)]
    proposed = f"Gần nhất: {', '.join(near)}. " if near else ""
    return NothingSoNamed(
        f"Báo cáo không có chỉ tiêu, con số hay đơn vị nào là “{said}”.",
        f"{proposed}Các chỉ tiêu: {', '.join(manifest.indicators)}. Con số khác: chép số, hoặc cả câu, "
        "như in trong báo cáo, ví dụ 1.234.",
    )


def _with_comma(
    manifest: Manifest, said: str, number: str, indexes: Sequence[Iterable[PrintedBlock]]
) -> NothingSoNamed:
    """Refuse a share typed with a point, and propose those printed that begin so, else all that are."""
    texts = (span.text for index in indexes for block in index for spans in block.figures for span in spans)
    near = dict.fromkeys(text for text in texts if text.startswith(number))
    if near:
        listed = ", ".join([text for text in near if f"{text}%" not in near][:MOST])
        return NothingSoNamed(
            f"Báo cáo ghi phần lẻ sau dấu phẩy, không ghi “{said}”.", f"Có thể là: {listed}."
        )
    shares = ", ".join(f"{one['percent']} ({c})" for c, one in manifest.indicators.items() if one["percent"])
    return NothingSoNamed(
        f"Báo cáo ghi phần lẻ sau dấu phẩy, và không in số nào bắt đầu bằng {number}.",
        f"Các tỷ lệ chỉ tiêu: {shares}.",
    )
