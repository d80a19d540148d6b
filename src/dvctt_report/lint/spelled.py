"""Whole numbers written in words, "bốn trăm năm mươi triệu", as amounts of money are repeated in brackets."""

from __future__ import annotations

from dvctt_report.vietnamese import key

_DIGITS = {
    word: n
    for n, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in words.split()
}
_HUNDREDS = "trăm"
_GROUPS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SILENT = frozenset({"linh", "lẻ", "và", "đồng", "chẵn", "việt", "nam"})


def spelled_number(text: str) -> int | None:
    """The number that the words say; None where another word stands among them."""
    total = hundred = 0
    digit: int | None = None
    for word in key(text).replace(",", " ").replace("./.", " ").strip(" .").split():
        if word in _DIGITS:
            hundred += digit or 0
            digit = _DIGITS[word]
        elif word == "mười":
            hundred, digit = hundred + 10, None
        elif word == "mươi":
            hundred, digit = hundred + 10 * (digit or 0), None
        elif word == _HUNDREDS:
            hundred, digit = hundred + 100 * (digit or 0), None
        elif word in _GROUPS:
            group = hundred + (digit or 0)
            # "nghìn tỷ": what came before is counted in the larger group.
            total = (total + group) * _GROUPS[word] if not group and total else total + group * _GROUPS[word]
            hundred, digit = 0, None
        elif word not in _SILENT:
            return None
    return total + hundred + (digit or 0)
