"""Do the figures of one unit agree between two items? The plan says which are related."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from dvctt_report.model.answers import amount, whole
from dvctt_report.plan.fields import NO, NUMBER_NAMES, YES
from dvctt_report.plan.items import cell_named
from dvctt_report.plan.model import Survey, Target
from dvctt_report.text.vietnamese import format_count, format_date
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import (
    answer,
    asked,
    effective_returns,
    format_cells,
    is_asked_as,
    raw,
    rows,
    source_names,
)
from dvctt_report.year.rules.rule import RuleFault, about, contradicted, rule


def _exceeds_whole(dataset: Dataset, relation: str, words: str) -> Iterator[RuleFault]:
    """Check totals and numerators of targets that stand in that relation to a larger one."""
    targets = dataset.profile.plan.targets_by_code
    for row in rows(dataset):
        larger: Target | None = targets.get(getattr(row.target, relation))
        if row.part or larger is None or not is_asked_as(larger, "ratio"):
            continue
        for field, word in NUMBER_NAMES.items():
            own, other = (answer(dataset, row.unit, t, field) for t in (row.target, larger))
            n_own, n_other = amount(own), amount(other)
            if n_own is None or n_other is None or n_own <= n_other:
                continue
            yield contradicted(
                own,
                f"{word} ({format_count(n_own)}) lớn hơn {word} của “{larger.label}” "
                f"({format_count(n_other)}), trong khi đây là {words} nội dung đó",
                f"Kiểm tra lại {format_cells(own, other, otherwise='hai số này')}.",
                other,
            )


group_exceeds_whole = rule("QH01")(partial(_exceeds_whole, relation="within", words="nhóm thuộc"))
part_exceeds_whole = rule("QH02")(partial(_exceeds_whole, relation="part_of", words="một phần của"))


@rule("QH03")
def more_done_than_filed_online(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare numerators over resolved dossiers with what was filed online or carried over."""
    of_target = {
        target.code: tuple(item for item, field in source_names(target, "total") if field == "resolved_total")
        for target in dataset.profile.plan.targets
    }
    for row in rows(dataset):
        forms = [f for f in of_target[row.target.code] if f in dataset.item_codes(row.unit)]
        done, total = whole(row.done), whole(row.total)
        if row.part or not forms or done is None or (total is not None and done > total):
            continue
        cells = product(forms, ("received_online", "carried_over"))
        filed = [dataset.observation(row.unit.code, *cell) for cell in cells]
        counts = [n for o in filed if (n := amount(o)) is not None]
        most = sum(counts)
        if len(counts) < len(filed) or done <= most:
            continue
        yield contradicted(
            row.done,
            f"số đã thực hiện ({format_count(done)}) lớn hơn số hồ sơ nộp trực tuyến và từ kỳ trước chuyển "
            f"qua ({format_count(most)})",
            f"Kiểm tra lại {format_cells(row.done, *filed, joined_by=', ', otherwise='các số này')}.",
            *filed,
        )


@rule("QH04")
def answer_contradicts_activities(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare what was answered about a target with the counts that would show it."""
    for unit, target in asked(dataset, Target):
        if not target.shown_by:
            continue
        own = dataset.item_codes(unit)
        names = map(cell_named, target.shown_by)
        shown = [
            o for item, field in names if item in own and (o := dataset.observation(unit.code, item, field))
        ]
        n_shown = sum(amount(o) or 0 for o in shown)
        field = "done" if is_asked_as(target, "ratio") else "answer"
        answered = dataset.observation(unit.code, target.code, field)
        done: bool | None = None  # what it tells nothing of
        if field == "done":
            n_total, n_done = (whole(answer(dataset, unit, target, name)) for name in ("total", "done"))
            done = n_done > 0 if n_total and n_done is not None else None
        elif answered is not None and answered.value in (YES, NO):
            done = answered.value == YES
        if done is None or all(amount(o) is None for o in shown) or done == (n_shown > 0):
            continue
        against = [o for o in shown if amount(o) is not None and (amount(o) == 0) == done]
        first = dataset.profile.plan.item(against[0].item)
        said = f"trả lời “{raw(answered)}”" if field == "answer" else f"số đã thực hiện là {raw(answered)}"
        yield contradicted(
            answered,
            f"{said} nhưng “{first.label}” ghi {format_count(amount(against[0]) or 0)}",
            f"Kiểm tra lại {format_cells(answered, *against, otherwise='hai nội dung này')}.",
            *against,
        )


@rule("QH05")
def fields_exceed_whole_survey(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare surveys of part fields with the general one, by each source but that of the targets (QH02)."""
    plan = dataset.profile.plan
    surveys = {item.code: item for item in plan.items if isinstance(item, Survey)}
    pairs = []  # a general survey and those of its fields, for every source that no target is summed from
    for target in plan.targets:
        wholes = [surveys[item] for item, _ in source_names(target, "total") if item in surveys]
        of_fields = [
            surveys[item]
            for other in plan.targets
            if other.part_of == target.code
            for item, _ in source_names(other, "total")
            if item in surveys
        ]
        judged, areas = {survey.source for survey in wholes}, {survey.area for survey in of_fields}
        for general in surveys.values():
            if general.source not in judged and general.area in {survey.area for survey in wholes}:
                same = [s for s in surveys.values() if s.source == general.source and s.area in areas]
                pairs += [(general, same)] if same else []
    for unit, _ in effective_returns(dataset):
        for general, parts in pairs:
            for field, word in (("valid", "phiếu hợp lệ"), ("satisfied", "phiếu hài lòng")):
                most = dataset.observation(unit.code, general.code, field)
                given = [dataset.observation(unit.code, part.code, field) for part in parts]
                n_most, n_parts = amount(most), sum(amount(o) or 0 for o in given)
                if n_most is None or n_parts <= n_most:
                    continue
                known = [o for o in given if amount(o)]
                yield contradicted(
                    most,
                    f"tổng {word} của các lĩnh vực theo “{general.source}” ({format_count(n_parts)}) lớn hơn "
                    f"số {word} chung ({format_count(n_most)})",
                    f"Kiểm tra lại {format_cells(most, *known, joined_by=', ', otherwise='các dòng này')}.",
                    *known,
                )
                break  # one fault: the general row says too little


# ------------------------------------- Do a unit's figures agree with what the system in charge holds of it?


@rule("DC10")
def control_differs(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare both numbers of a unit's own row with those known of that unit; a commune's row is no one's."""
    for row in rows(dataset):
        control = None if row.part else dataset.control(row.target.code, row.unit.code)
        if control is None:
            continue
        for name, own, held in (("total", row.total, control.total), ("done", row.done, control.done)):
            n = whole(own)
            if n is None or held is None or n == held:
                continue
            yield about(
                own,
                f"{NUMBER_NAMES[name]} ({format_count(n)}) khác số của {control.source} đến ngày "
                f"{format_date(control.cut_off)} ({format_count(held)})",
                f"Kiểm tra lại {format_cells(own, otherwise='số này')}, hoặc cho biết lý do.",
            )
