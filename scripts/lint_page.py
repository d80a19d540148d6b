"""The page about the checks, written from the checks themselves.

``make docs`` brings it up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dvctt_report.word.lint import CHECKS
from dvctt_report.word.lint.check import BLOCK_NAMES, Block

LEFT_OUT: tuple[tuple[str, str, str], ...] = (
    (
        "TT67",
        "Kỳ báo cáo, thời điểm chốt số liệu, số trong lời văn khác số trong bảng",
        "không quyết định được từ một tệp Word bất kỳ: phải biết kỳ báo cáo được giao và số liệu đã tổng "
        "hợp. Báo cáo nêu nhiều kỳ để so sánh, một số đứng cả trong bảng và lời văn với nghĩa khác nhau, nên "
        "xét một phần cũng chỉ là đoán. Đối chiếu báo cáo với số liệu: lệnh `check`.",
    ),
    ("TT73, TT75, TT76",
        "Mục để trống; tên cơ quan, người ký ở các phần không khớp; dẫn tới điều, bảng không có",
        "không quyết định chắc được từ lời văn; cần người đọc."),
    ("TT71, TT72, một phần",
        "Tăng giảm, điểm phần trăm, danh sách, cột của bảng; thời hạn, độ dài, ngày trái với ngày văn bản",
        "câu nói nhiều cách, tính lại thường hỏi sai; cần người đọc."),
    ("TT30, một phần", "Ngày ban hành trước thời điểm chốt số liệu",
        "thời điểm chốt số liệu không có trong văn bản."),
    ("TT37, một phần", "Viện dẫn lần sau ghi lại đầy đủ như lần đầu",
        "không sai khi viện dẫn ở một phần khác của văn bản dài; cần người đọc quyết định."),
    ("TT29, một phần", "Địa danh mang tên người, chữ số, sự kiện ngoài danh sách",
        "nghị định không có danh sách; bổ sung tên vào tệp thiết lập."),
    ("TT68, một phần", "Văn bản không có dòng địa chỉ, liên hệ", "thành phần này không bắt buộc."),
)  # fmt: skip
"""What the decree or practice asks for and no check looks at: code, what, why."""

INTRODUCTION = """\
# Kiểm tra thể thức văn bản

Trang này được tạo từ chính các kiểm tra trong chương trình; không sửa tay. Tạo lại bằng lệnh
`make docs`.

`dvctt-report lint TỆP.docx…` kiểm tra văn bản hành chính theo Phụ lục I, II, III của Nghị định số
30/2020/NĐ-CP (có hiệu lực từ 05/3/2020). Văn bản của Đảng, văn bản quy phạm pháp luật, văn bản tố tụng, xử
phạt, văn bản nghị định không có mẫu (hợp đồng, bản ghi nhớ, bản thỏa thuận, thư công, phiếu trình, đơn …),
văn bản trước ngày đó và tệp không phải văn bản hành chính được nhận ra và không kiểm tra.
Quy chế, quy định, kế hoạch … ban hành kèm theo cùng tệp: chỉ xét trang giấy, phông chữ và phần nội dung.

| Mức | Ý nghĩa |
|---|---|
| lỗi | Trái lời văn của nghị định. |
| cảnh báo | Khác mẫu trình bày hoặc thông lệ. |
| thông tin | Gợi ý, không phải sửa. |

Mỗi kiểm tra có một kết cục: không đạt, đạt, không áp dụng (văn bản không có phần đó), chưa xét được (số,
ngày để trống của dự thảo, lời nhắc, độ dài không biết). “Chưa xét được” không phải là lỗi.

Ba bước, `--stage`: `du-thao` (mặc định), chỗ trống chỉ được kể trong một dòng; `trinh-ky` (hay `--final`),
chỉ được trống số, ngày, lời nhắc còn lại bị nêu; `phat-hanh`, đủ số, ngày, họ tên.

Nêu một tệp thì kết quả theo thứ tự đọc; nêu cả thư mục thì là một bảng. `--mark` ghi bản có ghi chú trong
Word, `--docx` ghi phiếu kiểm tra, `--format json` cho phần mềm khác. Chưa rõ loại thì hỏi: chạy lại với
`--kind "Công văn"`. Mã thoát: 0 không có lỗi; 1 có lỗi, có tệp không đọc được hoặc chưa rõ loại; 2 không
chạy được.

Tệp thiết lập riêng (`--profile TỆP`, hoặc `lint.toml` trong thư mục cấu hình của tỉnh khi chạy trong thư
mục làm việc) đổi mức của từng mã và danh sách tên; cách ghi ở `templates/lint.toml`.

`--fix` ghi một bản sao đã sửa hình thức: phông chữ, cỡ chữ, đậm, nghiêng, gạch chân, màu, hiện chữ in
hoa, canh lề, lùi đầu dòng, khoảng cách, dòng trống, đường kẻ dưới Tiêu ngữ, tên cơ quan, trích yếu, khung
bảng dàn trang, số trang, giữ với đoạn sau, lặp dòng tên cột; không đổi chữ, số, dấu nào của văn bản,
không sửa tệp đã ký số hay khóa chỉnh sửa. Cột “Tự sửa”: “có” là mọi lỗi của kiểm tra ấy, “một phần” là
chỉ lỗi về hình thức, còn chữ, dấu, phần bị thiếu thì người soạn sửa. Dấu chấm dùng phông của danh sách tự
động (bullet) không xét.
"""


def lint_page() -> Iterator[str]:
    """Yield docs/lint.md line by line."""
    yield from INTRODUCTION.splitlines()
    for block in Block:
        yield from ("", f"## {BLOCK_NAMES[block]}", "")
        yield "| Mã | Mức | Kiểm tra | Sai | Đúng | Căn cứ | Tự sửa |"
        yield "|---|---|---|---|---|---|---|"
        for check in CHECKS:
            if check.block is block:
                about = (check.code, check.severity.word, check.title, check.wrong, check.right, check.source)
                yield f"| {' | '.join(about).replace('*', chr(92) + '*')} | {check.mends} |"
    yield ""
    yield "## Nội dung không kiểm tra"
    yield ""
    yield "| Mã | Nội dung | Vì sao |"
    yield "|---|---|---|"
    for code, what, why in LEFT_OUT:
        yield f"| {code} | {what} | {why} |"


def main() -> None:
    """Write the page to stdout, in UTF-8 and with plain line ends whatever the console."""
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lint_page()).encode())


if __name__ == "__main__":
    main()
