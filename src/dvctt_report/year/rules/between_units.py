"""Do two units count the same, or has one copied from the other?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from dvctt_report.model import Observation, State
from dvctt_report.model.answer_columns import Key
from dvctt_report.model.answers import whole
from dvctt_report.plan.model import Listing, Target, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.vietnamese import format_count, format_small_count, join_names, sign_of
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import (
    at,
    cells,
    effective_returns,
    is_asked_as,
    numbered_figures,
    raw,
    row,
    rows_of,
)
from dvctt_report.year.rules.claims import first_link, said_yes
from dvctt_report.year.rules.rule import RuleFault, about, limit_of, over, rule


@rule("DV01")
def counted_by_parent(dataset: Dataset) -> Iterator[RuleFault]:
    """Report figures of a unit for which its parent's return has a row of that unit's name.

    Where the two differ, either may be wrong: the parent is asked about its row as well.
    """
    for unit, parent, targets, counted in _children(dataset):
        for target, theirs in counted.items():
            own = row(dataset, unit, targets[target]).total
            ours, n = format_count(whole(own) or 0), format_count(whole(theirs) or 0)
            label, fix = targets[target].label, "Hai đơn vị thống nhất số nào được tính."
            there = f"đã có trong báo cáo của {parent.short_name}, dòng “{theirs.part}” ({n})"
            yield about(own, f"“{label}” ({ours}) {there}", fix, theirs)
            if whole(own) != whole(theirs):
                differs = f"khác số {unit.short_name} tự báo cáo ({ours})"
                yield about(theirs, f"{theirs.part}: “{label}” ({n}) {differs}", fix, own)


@rule("DV02")
def reported_with_parent(dataset: Dataset) -> Iterator[RuleFault]:
    """Report, once a unit, the targets counted in people or things that its parent gives as well."""
    for unit, parent, targets, told in _children(dataset):
        both = [t for code, t in targets.items() if t.measure == "stock" and code not in told]
        theirs = [row(dataset, parent, target).total for target in both]
        if both:
            own = row(dataset, unit, both[0]).total
            labels = join_names(f"“{target.label}”" for target in both)
            yield RuleFault(
                f"{parent.short_name} là cấp trên và cũng báo cáo {labels}",
                f"Xác nhận số của {parent.short_name} không gồm người của {unit.short_name}.",
                unit=unit.code,
                item=both[0].code,
                at=at(own),
                related=cells(*theirs),
            )


def _children(
    dataset: Dataset,
) -> Iterator[tuple[Unit, Unit, dict[str, Target], dict[str, Observation]]]:
    """Yield unit, parent, the ratio targets of which both give a total above 0 for themselves.

    With these, for each target, the total that the parent gives in a row of the unit's name: "Xã Một".
    """
    by_code = {unit.code: unit for unit, _ in effective_returns(dataset)}
    for unit in by_code.values():
        parent = by_code.get(unit.parent)
        if parent is not None:
            of_parent = dataset.item_codes(parent)
            shared = [
                t for t in dataset.profile.asked(unit) if is_asked_as(t, "ratio") and t.code in of_parent
            ]
            own = [t for t in shared if t.answered_by == "units"]
            both = [t for t in own if all(whole(row(dataset, body, t).total) for body in (unit, parent))]
            names = UnitNames((unit,), dataset.profile.plan.province)
            theirs = {
                target.code: one.total
                for target in both
                for one in rows_of(dataset, parent, target)
                if one.part and one.total and whole(one.total)
                if names.find_in_list(one.part)
            }
            yield unit, parent, {target.code: target for target in both}, theirs


_ALIKE = 80
"""Percent of a unit's figures that another has: a copy in which one or two were put right (case DV03)."""
_COMMON = 50
"""Units that may share a figure before it says nothing: of 3,321 communes many have 3 loudspeakers."""


@rule("DV03")
def same_as_another_unit(dataset: Dataset) -> Iterator[RuleFault]:
    """Report units nearly all of whose figures above 0 are those of a unit before them in the roster.

    Each figure knows the units that have it, so that no pair of units is ever compared.
    """
    least = limit_of("DV03")
    holders: dict[tuple[Key, int], list[str]] = defaultdict(list)
    counts: dict[str, int] = {}
    names = dataset.profile.roster.short_names
    for unit, _ in effective_returns(dataset):
        answers = dataset.answers(unit.code)
        figures = numbered_figures(dataset, unit)
        own = {(answers.places.keys[n], figure): n for n, figure in figures if figure}
        known = {figure: units for figure in own if len(units := holders[figure]) < _COMMON}
        shared = Counter(chain.from_iterable(known.values()))
        ((other, n),) = shared.most_common(1) or [("", 0)]
        if n >= least and n * 100 >= _ALIKE * min(len(own), counts[other]):
            held = [answers[own[figure]] for figure, units in known.items() if other in units]
            of = "" if n == len(own) else f"/{format_small_count(len(own))}"
            yield over(
                held,
                f"{format_small_count(n)}{of} con số giống hệt {names[other]}",
                "Đề nghị đơn vị xác nhận số liệu là của mình.",
            )
        counts[unit.code] = len(own)
        for figure in own:
            holders[figure].append(unit.code)


@rule("DV04")
def link_of_several_units(dataset: Dataset) -> Iterator[RuleFault]:
    """Report each link that several units give under a "Có" of the same question, once for all of them.

    Questions about a document common to all are left out: there the same link is right.
    """
    given: dict[str, dict[str, list[tuple[Unit, Observation]]]] = {}
    for unit, target, _, evidence in said_yes(dataset):
        link = first_link(raw(evidence)).lower().rstrip("/")
        if evidence is not None and link and not target.needs_document:
            given.setdefault(link, {}).setdefault(target.code, []).append((unit, evidence))
    for link, by_question in given.items():
        shared = [pair for pairs in by_question.values() if len(pairs) > 1 for pair in pairs]
        if shared:
            names = [*{unit.code: unit.short_name for unit, _ in shared}.values()]
            more = f" và {len(names) - _NAMED} đơn vị khác" if len(names) > _NAMED else ""
            yield RuleFault(
                f"{format_small_count(len(names))} đơn vị dùng chung đường dẫn minh chứng {link}: "
                f"{join_names(names[:_NAMED])}{more}",
                "Bài đăng chung của tỉnh thì chấp nhận một lần; không thì đề nghị từng đơn vị ghi đường dẫn "
                "bài của mình.",
                item=shared[0][1].item,
                field="evidence",
                value=link,
                related=cells(*(evidence for _, evidence in shared)),
            )


_NAMED = 12
"""Units that a finding names before it only counts them: the sample's 31 answers had one link."""


@rule("DV05")
def document_of_another_unit(dataset: Dataset) -> Iterator[RuleFault]:
    """Report documents that a unit before has listed too: the same number and sign, not on two days."""
    for item in (i for i in dataset.profile.plan.items if isinstance(i, Listing)):
        first: dict[str, tuple[Unit, Observation]] = {}
        number = item.columns[0].code
        dated = next((c.code for c in item.columns if c.kind == "date"), "")
        for unit in dataset.units:
            for line in dataset.observations(unit.code, item.code):
                sign = sign_of(str(line.value)) if line.field == number and line.state is State.GIVEN else ""
                if "/" not in sign:
                    continue
                other, theirs = first.setdefault(sign, (unit, line))
                lines = ((unit.code, line.part), (other.code, theirs.part))
                days = {o.value for u, part in lines if (o := dataset.observation(u, item.code, dated, part))}
                if other is not unit and len(days - {None}) < 2:
                    message = f"văn bản {line.value} đã có trong danh sách của {other.short_name}"
                    yield about(line, message, "Chỉ kê văn bản do chính đơn vị ban hành.", theirs)
