"""Do the figures of a text agree? Questions alone: which of them is right a program can't know."""

from __future__ import annotations

from dvctt_report.lint.check import HERE, Answers, Block, Fault, check, quote_about
from dvctt_report.lint.figures_told import parts_in, shares_in
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.spelled import words_in
from dvctt_report.lint.table_totals import totals_in
from dvctt_report.severity import Severity


@check("TT71", Severity.INFO, Block.ASKED)
def figures(paper: Paper, settings: Settings) -> Answers:
    """Số liệu trong văn bản không khớp nhau, cần xem lại.

    Sai: 12/15 đơn vị (85%); 45 cán bộ, trong đó 25 nam, 22 nữ; “Tổng cộng” 30, các dòng 10, 12, 9
    Đúng: 12/15 đơn vị (80%); 45 cán bộ, trong đó 25 nam, 20 nữ; “Tổng cộng” 31
    Căn cứ: khuyến nghị của chương trình
    """
    for piece in paper.whole_text.holding("%", "gồm", "rong đó", "("):
        text = piece.text
        if asked := dict.fromkeys((*shares_in(text), *parts_in(text), *words_in(text))):
            found, right = ("; ".join(dict.fromkeys(words)) for words in zip(*asked, strict=True))
            yield Fault(HERE, quote_about(piece, found), found, right, "Xem lại các số này")
    for cell, found, right in totals_in(paper):
        yield Fault(HERE, cell, found, right, "Xem lại số này và các số của cột này")
