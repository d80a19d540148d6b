"""The page about the rules, written from the rules themselves.

``python -m dvctt_report.rules.document > docs/rules.md`` brings it up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dvctt_report.codes import INTAKE_CODES, RULE_CODES, Asked, Code, Limit, Missing, RuleCode, Scope, Settled
from dvctt_report.model import Severity
from dvctt_report.vietnamese import format_count

SEVERITY_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cần xác nhận", Severity.INFO: "thông tin"}

MISSING_WORDS: dict[Missing, str] = {
    "skip": "chỉ so sánh các ô có số; ô không có số thì bỏ qua.",
    "none_arising_is_zero": "“không phát sinh” được so sánh như số 0; ô không có số thì bỏ qua.",
    "is_the_fault": "thiếu câu trả lời chính là nội dung được báo.",
}

SCOPE_WORDS: dict[Scope, str] = {
    "unit": "một đơn vị: chỉ xem biểu của đơn vị đó.",
    "units": "nhiều đơn vị: xem cả biểu của đơn vị khác.",
}

_LIMIT_WORDS = {"at_least": "ít nhất", "at_most": "nhiều nhất"}

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

Lỗi và chỗ cần xác nhận được nêu ở bảng kê gửi đơn vị (lệnh `feedback`); đơn vị sửa biểu gửi lại hoặc cho ý
kiến. Mã nào xử lý cách khác thì ghi ở dòng “Xử lý”.

Mỗi dòng thông báo gồm: mã · đơn vị · biểu · ô: đã thấy gì, vì sao chưa dùng được. Việc cần làm.
Mã không dùng lại cho ý nghĩa khác. Các mã NH (nhận tệp, nhận ra đơn vị và năm) và DL (đọc ô) do bước
`collect` báo, các mã khác do bước `validate`; `validate` nêu lại cả hai.

Mức và ngưỡng của quy tắc là chung cho mọi tỉnh. Lỗi chặn số sai vào tổng hợp; từng trường hợp thì chấp nhận
có lý do.
"""


def _format_limit(limit: Limit) -> str:
    """Write a rule's limit with what it counts: "30 phiếu", "10%"."""
    return f"{format_count(limit.value)}{'%' if limit.unit == '%' else f' {limit.unit}'}"


def rules_page() -> Iterator[str]:
    """Yield docs/rules.md line by line."""
    rules = sorted(RULE_CODES, key=lambda one: one.code)
    yield from INTRODUCTION.splitlines()
    yield ""
    yield "| Mã | Mức | Quy tắc |"
    yield "|---|---|---|"
    for one in rules:
        yield f"| [{one.code}](#{one.code.lower()}) | {SEVERITY_WORDS[one.severity]} | {one.title} |"
    for one in rules:
        yield from _section(one)
    yield ""
    yield "## Mã của bước nhận và đọc tệp"
    yield ""
    yield "| Mã | Mức | Nội dung | Lý do | Chưa dùng | Ai xử lý, bằng cách nào |"
    yield "|---|---|---|---|---|---|"
    for code in sorted(INTAKE_CODES, key=lambda code: code.code):
        cells = (code.title, code.rationale, _barred(code), _settled(code))
        yield f"| {code.code} | {SEVERITY_WORDS[code.severity]} | {' | '.join(cells)} |"


def _section(rule: RuleCode) -> Iterator[str]:
    yield ""
    yield f"## {rule.code}"
    yield ""
    yield f"**{rule.title}** ({SEVERITY_WORDS[rule.severity]})"
    yield ""
    yield f"- Lý do: {rule.rationale}"
    yield f"- Căn cứ: {rule.source}"
    yield f"- Khi thiếu số: {MISSING_WORDS[rule.missing]}"
    if rule.further:
        yield f"- Chưa dùng cho đến khi trả lời: {rule.further}."
    if rule.settled is not Settled.MENDED:
        yield f"- Xử lý: {_settled(rule)}."
    yield f"- Phạm vi: {SCOPE_WORDS[rule.scope]}"
    for said, limit in (("Ngưỡng", rule.limit), ("Nhóm", rule.group)):
        if limit:
            yield f"- {said}: {_LIMIT_WORDS[limit.name]} {_format_limit(limit)}."
    yield ""
    yield f"> {rule.example}"


def _barred(code: Code) -> str:
    return code.bars.value if code.severity is Severity.ERROR else "–"


def _settled(code: Code) -> str:
    """Who does what, with which commands; what is only disclosed is nobody's to settle."""
    how = code.settled
    if how.asked is Asked.NOBODY:
        return how.what
    commands = ", ".join(f"`{command}`" for command in how.command.split(", "))
    return f"{how.asked.value} {how.what} ({commands})"


def main() -> None:
    """Write the page to stdout, in UTF-8 and with plain line ends whatever the console."""
    sys.stdout.buffer.write("".join(f"{line}\n" for line in rules_page()).encode())


if __name__ == "__main__":
    main()
