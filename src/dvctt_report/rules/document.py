"""The page about the rules, written from the rules themselves.

``python -m dvctt_report.rules.document > docs/rules.md`` brings it up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from dvctt_report.intake.codes import INTAKE_CODES
from dvctt_report.model import Severity
from dvctt_report.plan.rule_settings import DEFAULTS
from dvctt_report.rules import RESULT_RULES, RULES
from dvctt_report.rules.rule import Missing, Rule
from dvctt_report.vietnamese import format_count

SEVERITY_WORDS = {
    Severity.ERROR: "lỗi",
    Severity.WARNING: "cần xác nhận",
    Severity.INFO: "thông tin",
}

MISSING_WORDS: dict[Missing, str] = {
    "skip": "chỉ so sánh các ô có số; ô không có số thì bỏ qua.",
    "none_arising_is_zero": "“không phát sinh” được so sánh như số 0; ô không có số thì bỏ qua.",
    "is_the_fault": "thiếu câu trả lời chính là nội dung được báo.",
}

INTRODUCTION = """\
# Quy tắc kiểm tra số liệu

Trang này được tạo từ chính các quy tắc trong chương trình; không sửa tay. Tạo lại bằng lệnh
`python -m dvctt_report.rules.document > docs/rules.md`.

Mỗi phát hiện có một mức:

| Mức | Ý nghĩa |
|---|---|
| lỗi | Số liệu chưa dùng được hoặc còn một lựa chọn để ngỏ; số liệu đó không vào tổng hợp cho đến khi sửa. |
| cần xác nhận | Số liệu được dùng; đơn vị hoặc người tổng hợp xác nhận. |
| thông tin | Nêu để biết, không phải sửa. |

Hai ô trái nhau thì chưa ô nào được dùng cho đến khi có trả lời, vì ô nào cũng có thể là ô sai.

Mỗi dòng thông báo gồm: mã · đơn vị · biểu · ô: đã thấy gì, vì sao chưa dùng được. Việc cần làm.
Mã không dùng lại cho ý nghĩa khác. Các mã NH (nhận tệp, nhận ra đơn vị và năm) và DL (đọc ô) do bước
`collect` báo, các mã khác do bước `validate`; `validate` nêu lại cả hai.

Tỉnh đặt lại ngưỡng, mức của một quy tắc trong `plan.toml`; khác mặc định thì `validate` và báo cáo nêu rõ.
Mức “lỗi” không hạ được, vì nó chặn số sai vào tổng hợp; từng trường hợp thì chấp nhận có lý do.

```toml
[rules.NT03]
at_most = 20          # ngưỡng, tính bằng đơn vị ghi ở quy tắc
severity = "info"     # error, warning hoặc info
```
"""


def format_limit(n: int, unit: str) -> str:
    """Write a rule's limit with what it counts: "30 phiếu", "10%"."""
    return f"{format_count(n)}%" if unit == "%" else f"{format_count(n)} {unit}"


def rules_page() -> Iterator[str]:
    """Yield docs/rules.md line by line."""
    rules: tuple[Rule[Any], ...] = (*RULES, *RESULT_RULES)
    yield from INTRODUCTION.splitlines()
    yield ""
    yield "| Mã | Mức | Quy tắc |"
    yield "|---|---|---|"
    for rule in sorted(rules, key=lambda rule: rule.code):
        yield f"| [{rule.code}](#{rule.code.lower()}) | {SEVERITY_WORDS[rule.severity]} | {rule.title} |"
    for rule in sorted(rules, key=lambda rule: rule.code):
        yield ""
        yield f"## {rule.code}"
        yield ""
        yield f"**{rule.title}** ({SEVERITY_WORDS[rule.severity]})"
        yield ""
        yield f"- Lý do: {rule.rationale}"
        yield f"- Căn cứ: {rule.source}"
        yield f"- Khi thiếu số: {MISSING_WORDS[rule.missing]}"
        if rule.bars:
            yield f"- Chưa dùng cho đến khi trả lời: {rule.bars}."
        default = DEFAULTS[rule.code]
        if default.limit:
            yield f"- Ngưỡng: `{default.limit}`, mặc định {format_limit(default.value, default.unit)}."
        yield ""
        yield f"> {rule.example}"
    yield ""
    yield "## Mã của bước nhận và đọc tệp"
    yield ""
    yield "| Mã | Mức | Nội dung | Lý do |"
    yield "|---|---|---|---|"
    for code in sorted(INTAKE_CODES, key=lambda code: code.code):
        yield f"| {code.code} | {SEVERITY_WORDS[code.severity]} | {code.title} | {code.rationale} |"


def main() -> None:
    """Write the page to stdout, in UTF-8 and with plain line ends whatever the console."""
    sys.stdout.buffer.write("".join(f"{line}\n" for line in rules_page()).encode())


if __name__ == "__main__":
    main()
