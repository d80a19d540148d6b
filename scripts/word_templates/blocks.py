"""The blocks that templates are put together from: paragraphs with tags, letterhead, signature, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvctt_report.word.nd30 import (
    LETTERHEAD_GRID,
    MOTTO,
    RULES,
    SIGNATURE_GRID,
    STATE_NAME,
    component,
    component_width,
)
from dvctt_report.word.xml import PLAIN_TABLE, WordCell, WordRow, cell, paragraph, rule, run, table


def text(key: str, said: str) -> str:
    """Write a paragraph set as the component ``key``."""
    return paragraph(key, run(said))


def each(key: str, loop: str, *content: str) -> str:
    """Write the paragraphs ``content`` once for every entry of ``loop`` ("line in returns")."""
    return text(key, "{%p for " + loop + " %}") + "".join(content) + text(key, "{%p endfor %}")


def only_if(key: str, name: str, *content: str) -> str:
    """Write ``content`` as what is there only where the field ``name`` isn't empty."""
    return text(key, "{%p if " + name + " %}") + "".join(content) + text(key, "{%p endif %}")


def lines(key: str, name: str) -> str:
    """Write a paragraph for every string of the field ``name``."""
    return each(key, f"line in {name}", text(key, "{{ line }}"))


def ruled(key: str, said: str, number: int, sample: str) -> str:
    """Write a paragraph with its line below, drawn as long as ``sample`` asks for."""
    share = next(r.share for r in RULES if r.under == key)
    return paragraph(key, run(said), rule(key, number, component_width(sample, component(key)) * share))


def letterhead(below_number: str = "") -> str:
    """The letterhead, ``below_number`` in the number's cell. Source: NĐ 30/2020 Phụ lục I, IV, ô 1 to 5b."""
    names = WordCell(
        only_if("parent", "parent_name", text("parent", "{{ parent_name }}"))
        + ruled("issuer", "{{ issuer_name }}", 1, "TÊN CƠ QUAN BAN HÀNH")
    )
    state = WordCell(text("motto_state", STATE_NAME) + ruled("motto", MOTTO, 2, MOTTO))
    number = WordCell(text("number", "{{ number_line }}") + below_number)
    signs = (number, cell("place_date", "{{ date_line }}"))
    return table(LETTERHEAD_GRID, (WordRow((names, state)), WordRow(signs)), PLAIN_TABLE)


def signature_block() -> str:
    """Write recipients and signature side by side, in one row that never splits."""
    recipients = text("recipients_title", "Nơi nhận:") + lines("recipients", "recipients")
    signature = text("authority", "{{ authority }}") + text("signer", "{{ signer_name }}")
    return table(SIGNATURE_GRID, (WordRow((WordCell(recipients), WordCell(signature))),), PLAIN_TABLE)


def annex_heading(
    label: str, title: str, number: int, kind: str, of: str = "{{ annex_of }}"
) -> Iterator[str]:
    """Write label, title and "(Kèm theo …)" of an annex; ``number`` is that of its line."""
    yield text("annex", label)
    yield text("annex_title", title)
    sample = f"(Kèm theo {kind} số        ngày      tháng      năm      của tên cơ quan)"
    yield ruled("annex_of", of, number, sample)


def data_table(
    heads: Sequence[str], widths: Sequence[float], loop: str, cells: Sequence[tuple[str, str]]
) -> str:
    """Write a table: a header row, a row for every entry of ``loop``; ``cells`` are (component, field)."""
    head = WordRow(tuple(cell("column", h) for h in heads), header=True)
    return table(widths, (head, *body_rows(loop, cells, len(widths))))


def head_rows(heads: Sequence[str]) -> tuple[WordRow, WordRow]:
    """Make the header row of an annex' table and the row of column numbers below it."""
    names = WordRow(tuple(cell("column", head) for head in heads), header=True)
    return names, WordRow(
        tuple(cell("column_number", f"({n})") for n in range(1, len(heads) + 1)), header=True
    )


def loop_row(tag: str, n_columns: int) -> WordRow:
    """Make the row that holds one ``{%tr … %}`` tag; rendering removes it."""
    return WordRow((cell("cell_text", tag, span=n_columns),))


def body_rows(loop: str, cells: Sequence[tuple[str, str]], n_columns: int) -> tuple[WordRow, ...]:
    """Make the rows that repeat for ``loop``: the tag, the row shown, the closing tag."""
    shown = WordRow(tuple(cell(key, "{{ row." + name + " }}") for key, name in cells))
    return loop_row("{%tr for " + loop + " %}", n_columns), shown, loop_row("{%tr endfor %}", n_columns)


def grouped_table(
    heads: Sequence[str], widths: Sequence[float], loop: str, cells: Sequence[tuple[str, str]]
) -> str:
    """Write a table with a row of its own above the rows of every ``group`` of ``loop``."""
    n = len(widths)
    rows = (
        *head_rows(heads),
        loop_row("{%tr for " + loop + " %}", n),
        WordRow((cell("group_text", "{{ group.heading }}", span=n),)),
        *body_rows("row in group.rows", cells, n),
        loop_row("{%tr endfor %}", n),
    )
    return table(widths, rows)
