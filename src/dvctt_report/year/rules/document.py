"""The page about the rules, written from the rules themselves.

``python -m dvctt_report.year.rules.document > docs/rules.md`` brings it up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dvctt_report.model import Severity
from dvctt_report.model.codes import CODES, RULES_BY_CODE, Asked, Bars, Code, Settled
from dvctt_report.text.vietnamese import format_count

_LIMIT_WORDS = {"at_least": "ít nhất", "at_most": "nhiều nhất"}
SEVERITY_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cần xác nhận", Severity.INFO: "thông tin"}

INTRODUCTION = """\
# Quy tắc kiểm tra số liệu

Trang này do `make docs` lập từ bảng mã của chương trình; không sửa tay. Mã không dùng lại cho ý nghĩa khác.

| Mức | Ý nghĩa |
|---|---|
| lỗi | Ô đó, cả ô trái với nó, chưa vào tổng hợp đến khi sửa hoặc trả lời; chặn nhiều hơn thì ghi rõ. |
| cần xác nhận | Số liệu được dùng; đơn vị hoặc người tổng hợp xác nhận. |
| thông tin | Nêu để biết, không phải sửa. |

Trừ khi ghi khác: lỗi và chỗ cần xác nhận được nêu ở bảng kê gửi đơn vị (lệnh `feedback`), đơn vị sửa biểu
gửi lại hoặc cho ý kiến; quy tắc chỉ xem biểu của một đơn vị.

Mức và ngưỡng của quy tắc là chung cho mọi tỉnh. Lỗi chặn số sai vào tổng hợp; từng trường hợp thì chấp nhận
có lý do.

## Quy tắc (lệnh `validate`)
"""


def rules_page() -> Iterator[str]:
    """Yield docs/rules.md line by line."""
    yield from INTRODUCTION.splitlines()
    for _, rule in sorted(RULES_BY_CODE.items()):
        about = f"{rule.why} Căn cứ: {rule.source}"
        if rule.scope == "units":
            about += " Xem cả biểu của đơn vị khác."
        if rule.further:
            about += f" Chưa dùng cho đến khi trả lời: {rule.further}."
        for name, limit in (("Ngưỡng", rule.limit), ("Nhóm", rule.group)):
            if limit:
                unit = "%" if limit.unit == "%" else f" {limit.unit}"
                about += f" {name}: {_LIMIT_WORDS[limit.name]} {format_count(limit.value)}{unit}."
        if rule.settled is not Settled.MENDED:
            about += f" {_settled(rule.settled)}."
        yield from ("", f"### {rule.code}. {_title(rule)}", "", about, "", f"> {rule.example}")
    yield from ("", "## Nhận và đọc tệp (lệnh `collect`)")
    for how in Settled:
        if codes := [one for one in CODES.values() if one.settled is how and one.code not in RULES_BY_CODE]:
            yield from ("", f"### {_settled(how)}", "")
            yield from (f"- **{one.code}. {_title(one)}.** {one.why}" for one in sorted(codes))


def _title(code: Code) -> str:
    """What it is, how severe, and what it bars beyond its cells."""
    barred = "" if code.bars is Bars.FIGURES else f", chặn {code.bars.value}"
    return f"{code.title} ({SEVERITY_WORDS[code.severity]}{barred})"


def _settled(how: Settled) -> str:
    """Who does what, with which commands; what is only disclosed is nobody's to settle."""
    if how.asked is Asked.NOBODY:
        return how.what.capitalize()
    commands = ", ".join(f"`{command}`" for command in how.command.split(", "))
    return f"{how.asked.value.capitalize()} {how.what} ({commands})"


def main() -> None:
    """Write the page to stdout, in UTF-8 and with plain line ends whatever the console."""
    sys.stdout.buffer.write("".join(f"{line}\n" for line in rules_page()).encode())


if __name__ == "__main__":
    main()
