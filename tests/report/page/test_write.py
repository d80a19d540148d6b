"""The page as a file: complete in itself, the same for the same year, and no trap for its reader."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dvctt_report.model import CellRef, Finding, Return, ReturnStatus, Severity
from dvctt_report.papers.page.view import YearPage
from dvctt_report.papers.page.write import TABLES, page_bytes, page_index
from dvctt_report.report.marks import mark
from dvctt_report.year.dataset import Dataset
from tests.report.conftest import DATASET, FINDINGS, RETURNS, build
from tests.report.page.conftest import elements, paged, rows, words
from tests.report.test_golden import held_to

GOLDEN = Path(__file__).parents[1] / "golden" / "page.txt"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]> --> </style></script>{{ 7*7 }}",
    "\u202etxt.exe\u2066 \u200e\x0b\x00",
    "A" * 400,
)


def hostile(
    returns: tuple[Return, ...], build: Callable[[Iterable[Return]], Dataset]
) -> tuple[Dataset, list[Finding]]:
    """A year in which people, answers and files are called as nobody should be, one text after the other."""
    said, findings, bad = [], [], []
    for n, (received, text) in enumerate(zip(returns, HOSTILE, strict=True), 1):
        submission = replace(received.submission, contact=text, document_number=text)
        said.append(replace(received, submission=submission))
        at = CellRef("nhan-ve/2025/SO1.xlsx", "01-A", f"G9{n}")
        findings.append(Finding("SL02", Severity.ERROR, text, text, "SO1", at=at, value=text))
        why = Finding("NH01", Severity.ERROR, text, text)
        bad.append(Return(f"nhan-ve/2025/{text}.xlsx", str(n) * 64, ReturnStatus.REFUSED, findings=(why,)))
    return build((*said, *bad)), findings


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    page = paged(*hostile(RETURNS, build))
    tree = elements(page)
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //link | //@onerror | //@style")
    told = words(tree)
    for text in HOSTILE[:2]:  # contact, number; what was written, why, remedy; file, why, remedy
        assert told.count(text) == 8
    assert "{{ 7*7 }}" in told
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b]", page_bytes(page).decode())


def test_nothing_leads_out_of_the_page() -> None:
    tree = elements(paged(DATASET, FINDINGS))
    assert {link[:1] for link in tree.xpath("//@href | //@src")} == {"#"}
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)
    assert not re.search(r"https?:|@import|url\((?!#)", page_bytes(paged(DATASET, FINDINGS)).decode())


def test_the_policy_of_the_page_allows_its_own_script_and_style_alone() -> None:
    tree = elements(paged(DATASET))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    told = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert told["default-src"] == "'none'"
    for kind in ("script", "style"):
        digest = hashlib.sha256(tree.xpath(f"//{kind}")[0].text.encode()).digest()
        assert told[f"{kind}-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_same_year_gives_the_same_bytes() -> None:
    assert page_bytes(paged(DATASET, FINDINGS)) == page_bytes(paged(DATASET, FINDINGS))


@pytest.mark.parametrize("kind", TABLES)
def test_every_row_has_a_cell_for_each_column(kind: str) -> None:
    tree = elements(paged(*hostile(RETURNS, build)))
    heads = [words(th) for th in tree.xpath(f"//table[contains(@class,'{kind}')]/thead/tr/th")]
    assert heads == [column.header for column in TABLES[kind]]
    found = rows(tree, kind)
    assert found
    assert {len(row) for row in found} == {len(heads)}
    assert all(cell for row in found for cell in row)


def test_long_lists_are_folded_and_short_ones_are_not() -> None:
    data = build(RETURNS)
    one = Finding("SL02", Severity.ERROR, "sai", "Sửa.", "SO1")
    many = [replace(one, at=CellRef("nhan-ve/2025/SO1.xlsx", "01-A", f"G{n}")) for n in range(101)]
    assert not elements(paged(data, many[1:])).xpath("//details[not(@class)]")
    assert words(elements(paged(data, many)).xpath("//details[not(@class)]/summary")[0]) == "Bảng 101 lỗi"


def test_a_figure_opens_the_cells_that_it_is_added_up_from() -> None:
    line = paged(DATASET, FINDINGS).targets[0].rows[0]
    done = sum(int(source.rpartition("= ")[2]) for source in line.sources)
    assert str(done) == line.row.done
    assert line.missing == ("UBND huyện Tây",)
    row = elements(paged(DATASET, FINDINGS)).xpath("//table[contains(@class, 'muc-tieu')]//tr[td]")[0]
    opened = row.xpath(".//details[@class='nguon']")
    assert [words(one.xpath("./summary")[0]) for one in opened] == ["400/450 người", "4/5"]
    assert [words(item) for item in opened[0].xpath(".//li")] == list(line.sources)


def test_the_page_of_the_small_year_reads_as_it_did(request: pytest.FixtureRequest) -> None:
    held_to(request, GOLDEN, "\n".join(_lines(paged(DATASET, FINDINGS))) + "\n")


def _lines(page: YearPage) -> Iterable[str]:
    blocks = "self::" + " or self::".join(("h1", "h2", "p", "li", "tr", "div[dt]", "desc", "text"))
    for block in elements(page).xpath(f"//body//*[{blocks}]"):
        cells = block.xpath("./th | ./td | ./dt | ./dd")
        yield " ¦ ".join(words(cell) for cell in cells) if cells else words(block)


def test_a_page_is_indexed_in_the_order_of_its_texts_a_row_before_what_stands_in_it() -> None:
    row = f"<tr><td>B {mark('b', '2')}<p>trong {mark('c', '3')}</p></td></tr>"
    page = f"<html><body><h2>2. Lỗi</h2><table>{row}</table><p>sau {mark('d', '4')}</p></body></html>"
    read = [(one.block.text, [s.id for f in one.figures for s in f]) for one in page_index(page.encode())]
    assert read == [("B 2trong 3", ["b", "c"]), ("trong 3", ["c"]), ("sau 4", ["d"])]
