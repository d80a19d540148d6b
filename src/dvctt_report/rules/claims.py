"""May what the unit says be taken as it stands: no figure, not concerned, "Có" without proof?"""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.dataset import Dataset
from dvctt_report.model import Observation, State
from dvctt_report.plan.fields import YES
from dvctt_report.plan.model import Target, Unit
from dvctt_report.rows import (
    asked,
    at,
    cells,
    effective_returns,
    format_cells,
    has_state,
    is_blank,
    is_yes_no,
    rows,
)
from dvctt_report.rules.completeness import column_is_gone
from dvctt_report.rules.rule import Fault, rule

MANY = 3
"""As many rows without a reason on one sheet are told of in one finding."""


@rule(
    code="SL05",
    title="Thiếu lý do khi chưa có số liệu hoặc không áp dụng",
    rationale="Báo cáo nêu rõ vì sao một đơn vị chưa có số liệu; lý do do đơn vị viết, không suy diễn.",
    source="Hướng dẫn điền biểu mẫu: “Chưa có số liệu”, “Không áp dụng” phải có lý do ở cột Ghi chú.",
    missing="is_the_fault",
    example="SL05 · Cơ quan A · Biểu 01-A · ô K14: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi lý do "
    "vào ô K14.",
)
def reason_missing(dataset: Dataset) -> Iterator[Fault]:
    """Report target rows that are "chưa có số liệu" without a note, of many on one sheet all together.

    Of "không áp dụng" the rows of communes alone: SL06 asks for the others' reason.
    """
    silent: dict[tuple[str, str], list[Fault]] = {}
    for unit, target, part, answers, note in _target_rows(dataset):
        stated = next((o for o in answers if has_state(o, State.NOT_AVAILABLE, State.NOT_APPLICABLE)), None)
        if stated is None or not is_blank(note) or (stated.state is State.NOT_APPLICABLE and not part):
            continue
        if note is None and column_is_gone(dataset, unit, target, "note"):
            continue
        word = "Không áp dụng" if stated.state is State.NOT_APPLICABLE else "Chưa có số liệu"
        message = f"chọn “{word}” nhưng chưa ghi lý do"
        where = at(note) or stated.at
        fault = Fault(
            f"{part}: {message}" if part else message,
            f"Ghi lý do vào {format_cells(note, otherwise='cột Ghi chú')}.",
            unit=unit.code,
            item=target.code,
            field="note",
            at=where,
            related=cells(stated),
        )
        silent.setdefault((unit.code, where.sheet if where else ""), []).append(fault)
    for faults in silent.values():
        yield from faults if len(faults) < MANY else [_together(faults)]


def _together(faults: list[Fault]) -> Fault:
    first, *rest = faults
    return Fault(
        f"{len(faults)} dòng chọn “Chưa có số liệu” hoặc “Không áp dụng” nhưng chưa ghi lý do",
        "Ghi lý do ở cột Ghi chú của từng dòng.",
        unit=first.unit,
        at=first.at,
        related=tuple(fault.at for fault in rest if fault.at),
    )


@rule(
    code="SL06",
    title="“Không áp dụng” đối với nội dung đơn vị phải báo cáo",
    rationale="Nếu tự chọn “Không áp dụng” mà được bỏ khỏi mẫu số thì tỷ lệ cao lên. Đến khi cơ quan tổng "
    "hợp chấp nhận, đơn vị vẫn được tính là chưa có số liệu; khi chấp nhận, đơn vị ra khỏi phạm vi tính.",
    source="Phân công đơn vị × nội dung trong hồ sơ kế hoạch của tỉnh.",
    missing="is_the_fault",
    example="SL06 · Cơ quan A · Biểu 01-A · ô F14: chọn “Không áp dụng” đối với nội dung đơn vị phải báo "
    "cáo; chờ cơ quan tổng hợp xem xét. Giữ nguyên nếu đúng và ghi lý do vào ô K14; nếu không, điền số liệu.",
)
def not_applicable_claimed(dataset: Dataset) -> Iterator[Fault]:
    """Ask the officer about targets that a unit says don't concern it."""
    for unit, target, part, answers, note in _target_rows(dataset):
        stated = next((o for o in answers if has_state(o, State.NOT_APPLICABLE)), None)
        if stated is not None and not part:
            reason = f"ghi lý do vào {format_cells(note, otherwise='cột Ghi chú')}" if is_blank(note) else ""
            yield Fault(
                "chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ quan tổng hợp xem xét",
                f"Giữ nguyên nếu đúng{f' và {reason}' if reason else ''}; nếu không, điền số liệu.",
                unit=unit.code,
                item=target.code,
                at=stated.at,
                value=stated.raw,
            )


@rule(
    code="SL07",
    title="Số liệu ngoài phạm vi báo cáo của đơn vị",
    rationale="Nội dung do cơ quan khác trả lời cho toàn tỉnh mà cộng thêm số của đơn vị thì tính hai lần; "
    "số liệu này không đưa vào tổng hợp.",
    source="Phân công đơn vị × nội dung trong hồ sơ kế hoạch của tỉnh.",
    missing="skip",
    example="SL07 · Cơ quan B · Biểu 01-A · ô F20: “Thủ tục được cung cấp toàn trình” không thuộc phạm vi "
    "báo cáo của đơn vị; số liệu không đưa vào tổng hợp. Xóa số liệu hoặc trao đổi với cơ quan tổng hợp.",
)
def not_asked(dataset: Dataset) -> Iterator[Fault]:
    """Report, once an item, figures for items that the unit is not asked."""
    items = {item.code: item for item in dataset.profile.plan.items}
    for unit, found in effective_returns(dataset):
        own = {item.code for item in dataset.items(unit)}
        for observation in found.observations:
            if observation.state is not State.GIVEN or observation.value is False:
                continue
            if observation.item in items and observation.item not in own:
                own.add(observation.item)
                yield Fault(
                    f"“{items[observation.item].label}” không thuộc phạm vi báo cáo của đơn vị; "
                    "số liệu không đưa vào tổng hợp",
                    "Xóa số liệu hoặc trao đổi với cơ quan tổng hợp.",
                    unit=unit.code,
                    item=observation.item,
                    field=observation.field,
                    at=observation.at,
                    value=observation.raw,
                )


@rule(
    code="SL09",
    title="“Không cung cấp” ngoài diện được phép",
    rationale="Chỉ nhóm đơn vị và nội dung mà hồ sơ của tỉnh cho phép mới ra khỏi mẫu số vì lý do bảo vệ bí "
    "mật nhà nước; đơn vị khác vẫn được tính là chưa có số liệu.",
    source="Mục may_withhold của nhóm đơn vị trong hồ sơ kế hoạch của tỉnh.",
    missing="is_the_fault",
    example="SL09 · Cơ quan A · Biểu 01-A · ô F14: chọn “Không cung cấp” nhưng đơn vị không thuộc diện được "
    "chọn. Điền số liệu hoặc trao đổi với cơ quan tổng hợp.",
)
def withheld_without_right(dataset: Dataset) -> Iterator[Fault]:
    """Report targets withheld by a unit whose group may not withhold."""
    for unit, target, part, answers, _ in _target_rows(dataset):
        stated = next((o for o in answers if has_state(o, State.WITHHELD)), None)
        if stated is not None and not part and not dataset.profile.may_withhold(unit, target):
            yield Fault(
                "chọn “Không cung cấp” nhưng đơn vị không thuộc diện được chọn",
                "Điền số liệu hoặc trao đổi với cơ quan tổng hợp.",
                unit=unit.code,
                item=target.code,
                at=stated.at,
                value=stated.raw,
            )


@rule(
    code="BC01",
    title="Trả lời “Có” nhưng chưa có đường dẫn hoặc số văn bản",
    rationale="Câu trả lời có/không chỉ kiểm chứng được khi có đường dẫn hoặc văn bản kèm theo.",
    source="Hướng dẫn điền biểu mẫu có/không: cột Đường dẫn hoặc số văn bản.",
    missing="is_the_fault",
    example="BC01 · Cơ quan A · Biểu 01-B · ô G8: trả lời “Có” nhưng chưa ghi đường dẫn hoặc số văn bản. Ghi "
    "đường dẫn hoặc số, ngày văn bản vào ô G8.",
)
def evidence_missing(dataset: Dataset) -> Iterator[Fault]:
    """Report a "Có" without link or document."""
    for unit, item in asked(dataset):
        if not is_yes_no(item):
            continue
        answer = dataset.observation(unit.code, item.code, "answer")
        evidence = dataset.observation(unit.code, item.code, "evidence")
        if evidence is None and column_is_gone(dataset, unit, item, "evidence"):
            continue
        if answer is not None and answer.value == YES and is_blank(evidence):
            where = format_cells(evidence, otherwise="cột Đường dẫn hoặc số văn bản")
            yield Fault(
                f"trả lời “{YES}” nhưng chưa ghi đường dẫn hoặc số văn bản",
                f"Ghi đường dẫn hoặc số, ngày văn bản vào {where}.",
                unit=unit.code,
                item=item.code,
                field="evidence",
                at=at(evidence) or answer.at,
                related=cells(answer),
            )


def _target_rows(
    dataset: Dataset,
) -> Iterator[tuple[Unit, Target, str, tuple[Observation | None, ...], Observation | None]]:
    """Yield unit, target, commune, the answers that count and the note, of ratio and yes/no targets."""
    for row in rows(dataset):
        yield row.unit, row.target, row.part, (row.total, row.done), row.note
    for unit, item in asked(dataset):
        if is_yes_no(item):
            answer, note = (dataset.observation(unit.code, item.code, f) for f in ("answer", "note"))
            yield unit, item, "", (answer,), note
