"""Do the figures of one unit agree between two targets? The plan says which pairs are related."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.dataset import Dataset
from dvctt_report.model import Severity
from dvctt_report.plan.model import Target
from dvctt_report.rows import amount, answer, at, cells, format_cells, is_ratio, raw, rows
from dvctt_report.rules.rule import Fault, rule
from dvctt_report.vietnamese import format_count

_WORDS = {"total": "tổng số", "done": "số đã thực hiện"}


@rule(
    code="QH01",
    severity=Severity.WARNING,
    title="Nhóm người nằm trong nhóm khác lại nhiều hơn nhóm đó",
    rationale="Ai thuộc nhóm nhỏ thì cũng thuộc nhóm lớn của cùng đơn vị; số của nhóm nhỏ nhiều hơn cho "
    "thấy hai dòng lấy khác phạm vi. Số liệu vẫn dùng, đơn vị xác nhận.",
    source="Mục within của mục tiêu trong plan.toml.",
    missing="none_arising_is_zero",
    example="QH01 · Cơ quan A · Biểu 01-A · ô F8: tổng số (60) lớn hơn tổng số của “Cán bộ, công chức được "
    "truyền thông” (50), trong khi đây là nhóm thuộc nội dung đó. Kiểm tra lại ô F8 hoặc F7.",
)
def group_exceeds_whole(dataset: Dataset) -> Iterator[Fault]:
    """Check totals and numerators of targets that lie ``within`` another one."""
    return _compare(dataset, "within", "trong khi đây là nhóm thuộc nội dung đó")


@rule(
    code="QH02",
    severity=Severity.WARNING,
    title="Chỉ tiêu thành phần lớn hơn chỉ tiêu chung",
    rationale="Chỉ tiêu “trong đó” lấy từ cùng nguồn với chỉ tiêu chung nên không thể lớn hơn; lớn hơn "
    "nghĩa là hai dòng lấy khác nguồn. Số liệu vẫn dùng, đơn vị xác nhận.",
    source="Mục part_of của mục tiêu trong plan.toml.",
    missing="none_arising_is_zero",
    example="QH02 · Cơ quan A · Biểu 01-A · ô F13: tổng số (60) lớn hơn tổng số của “Người dân hài lòng” "
    "(50), trong khi đây là một phần của nội dung đó. Kiểm tra lại ô F13 hoặc F12.",
)
def part_exceeds_whole(dataset: Dataset) -> Iterator[Fault]:
    """Check totals and numerators of targets that are ``part_of`` another one."""
    return _compare(dataset, "part_of", "trong khi đây là một phần của nội dung đó")


def _compare(dataset: Dataset, relation: str, because: str) -> Iterator[Fault]:
    targets = {target.code: target for target in dataset.profile.plan.targets}
    for row in rows(dataset):
        larger: Target | None = targets.get(getattr(row.target, relation))
        if row.part or larger is None or not is_ratio(larger):
            continue
        for field, word in _WORDS.items():
            own, other = (answer(dataset, row.unit, t, field) for t in (row.target, larger))
            n_own, n_other = amount(own), amount(other)
            if n_own is None or n_other is None or n_own <= n_other:
                continue
            yield Fault(
                f"{word} ({format_count(n_own)}) lớn hơn {word} của “{larger.label}” "
                f"({format_count(n_other)}), {because}",
                f"Kiểm tra lại {format_cells(own, other, otherwise='hai số này')}.",
                unit=row.unit.code,
                item=row.target.code,
                field=field,
                at=at(own),
                value=raw(own),
                related=cells(other),
            )
