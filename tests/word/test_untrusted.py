"""Whatever stands in a file's parts, it is judged or refused, never a crash."""

from __future__ import annotations

import copy
import random
from dataclasses import replace

import pytest
from lxml import etree

from dvctt_report.report.blocks import read_blocks
from dvctt_report.text.limits import MAX_SPAN
from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.command import fix
from dvctt_report.word.lint.outcome import FileVerdict
from dvctt_report.word.package import pack
from dvctt_report.word.source import Refused, Source, parse_source
from dvctt_report.word.tree import NAMESPACES, number
from tests.intake.excel import unzipped
from tests.steps import n_steps
from tests.word.lint.drafts import GOOD
from tests.word.lint.linted import SETTINGS
from tests.word.lint.papers import build

ODD = ("", "-1", "abc", "99999999", "0", "1e400", "NaN", "5%")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The document with some elements dropped or doubled and some attributes dropped or made nonsense."""
    parts = unzipped(data)
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([n for n in sorted(parts) if n.endswith(".xml") and "Content" not in n])
        root = etree.fromstring(parts[name])
        element = chance.choice([e for e in root.iter() if e is not root] or [root])
        parent = element.getparent()
        what = chance.random()
        if what < 0.4 and parent is not None:
            parent.remove(element)
        elif what < 0.55 and parent is not None:
            parent.insert(0, copy.deepcopy(element))
        elif element.attrib:
            attribute = chance.choice(sorted(element.attrib))
            if what < 0.85:
                element.set(attribute, chance.choice(ODD))
            else:
                del element.attrib[attribute]
        parts[name] = etree.tostring(root)
    return pack(parts)


def judged(data: bytes) -> FileVerdict | Refused:
    """What becomes of the file, mended where it can be."""
    try:
        source = parse_source(data)
        verdict = lint_source(source, "x.docx", SETTINGS)
    except Refused as refused:
        return refused
    fix(source, verdict.findings)
    return verdict


@pytest.mark.parametrize("manner", ["table", "boxes", "tabs"])
def test_a_damaged_file_is_judged_or_refused(manner: str) -> None:
    chance, data = random.Random(30), build(replace(GOOD, manner=manner))
    found = [judged(damaged(data, chance)) for _ in range(15)]
    assert all(isinstance(one, FileVerdict) or one.remedy for one in found)
    assert any(isinstance(one, FileVerdict) for one in found)


@pytest.mark.parametrize("text", [None, "", "abc", "NaN", "inf", "1e400", "5%"])
def test_a_measure_that_is_none_is_the_default(text: str | None) -> None:
    assert number(text, 7) == 7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1" * 150_000, "trên 20.000 ký tự"),
        ("Tổng số " + "9" * 20_000 + " hồ sơ", "trên 20.000 ký tự"),
        ("1.111." * 3_000, "trên 1.000 con số"),
        ("12 " * 1_001, "trên 1.000 con số"),
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml"])
def test_a_paragraph_that_no_one_writes_is_refused_at_once(text: str, why: str, part: str) -> None:
    runs = "".join(f"<w:r><w:t>{text[at : at + 999]}</w:t></w:r>" for at in range(0, len(text), 999))
    body = f'<w:x xmlns:w="{NAMESPACES["w"]}"><w:p>{runs}</w:p></w:x>'.encode()

    with pytest.raises(Refused) as refused:
        Source(b"", {part: body}, part).tree(part)

    assert why in refused.value.reason
    assert "chạy lại" in refused.value.remedy


HEAD = "<w:trPr><w:tblHeader/></w:trPr>"


def table(span: str, n_rows: int = 1) -> bytes:
    """A table whose rows have one cell, which covers so many columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>Tên</w:t></w:r></w:p></w:tc>'
    rows = "".join(f"<w:tr>{HEAD}{cell}</w:tr>".replace("Tên", f"Tên {n}") for n in range(n_rows))
    body = f"<w:body><w:tbl>{rows}</w:tbl></w:body>"
    return f'<w:document xmlns:w="{NAMESPACES["w"]}">{body}</w:document>'.encode()


@pytest.mark.parametrize("span", ["2000", "-5", "abc", ""])
def test_a_cell_covers_no_more_columns_than_word_has(span: str) -> None:
    widest, given = (etree.fromstring(table(one)) for one in (str(MAX_SPAN), span))

    assert read_blocks(given)[0].cells == ("Tên 0",)
    assert n_steps(lambda: read_blocks(given)) <= 1.1 * n_steps(lambda: read_blocks(widest))


def test_a_head_of_more_rows_than_anybody_writes_grows_no_further() -> None:
    blocks = read_blocks(etree.fromstring(table("1", 500)))

    assert max(len(head) for block in blocks for head in block.heads) < 1_000


def test_a_paragraph_as_long_as_people_write_them_is_read() -> None:
    text = "Hồ sơ số 12 đã giải quyết. " * 700
    body = f'<w:x xmlns:w="{NAMESPACES["w"]}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>'.encode()
    assert Source(b"", {"a.xml": body}, "a.xml").tree("a.xml") is not None
