"""What changed between two renderings of the report: sentences, and cells of tables, by their places.

The list of them is a Word file to work with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeAlias

from dvctt_report.manifests import kept_manifests, parse_json, read_manifest_text
from dvctt_report.period import Period
from dvctt_report.report.blocks import OPENING
from dvctt_report.report.texts import DEPARTMENT
from dvctt_report.report.word_package import HEADERS, write_package
from dvctt_report.report.word_xml import WordRow, cell, paragraph, run, section, table
from dvctt_report.verify.known import text_of
from dvctt_report.verify.table_pairing import is_name
from dvctt_report.vietnamese import clean_text, first_letter_capital, format_small_count

SIGNATURE = "phần ký, nơi nhận"
"""Where what stands beside and below the signature is said to stand: it is of no section."""
LIKE = 0.5
"""Share of equal letters from which a new sentence counts as the old one reworded."""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A place and what stood there: ``old`` "" for what is new, ``new`` "" for what is gone."""

    section: str
    where: str
    old: str
    new: str


def read_former(
    manifest: Path, kept: Path, period: Period, text: str = DEPARTMENT.name
) -> Mapping[str, Any] | None:
    """Read the manifest of the text's last rendering: ``manifest``, else the latest of the year in ``kept``.

    None where there is none that can be read.
    """
    if (found := _read(manifest)) is not None:
        return found
    others = [_read(path) for path in kept_manifests(kept)]
    of_year = [
        one
        for one in others
        if one is not None and Period.of_manifest(one) == period and text_of(one) == text
    ]
    return max(of_year, key=lambda one: str(one["as_of"]), default=None)


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        table = parse_json(read_manifest_text(path))
        return table if {"printed", "indicators", "year", "as_of"} <= set(table) else None
    except (OSError, ValueError, TypeError):
        return None


def compare_drafts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[DraftChange, ...]:
    """Compare what two manifests printed: sentences in the order of the text, then tables cell by cell."""
    names = {one["code"]: one["name"] for one in new["indicators"]}
    (texts, tables), (texts_now, tables_now) = _split(old["printed"]), _split(new["printed"])
    return (*_texts(texts, texts_now), *_tables(tables, tables_now, names))


_Rows: TypeAlias = list[Mapping[str, Any]]
_Tables: TypeAlias = dict[tuple[str, str, int], _Rows]


def _split(printed: Iterable[Mapping[str, Any]]) -> tuple[list[tuple[str, str]], _Tables]:
    """Part paragraphs (section, text) from tables, these by section, title and their number there.

    Letterhead and signature, which only stand in tables, are texts.
    """
    texts: list[tuple[str, str]] = []
    rows: dict[int, _Rows] = {}
    for place in printed:
        if "text" in place:
            texts.append((place["section"], place["text"]))
        else:
            rows.setdefault(place["table"], []).append(place)
    seen: Counter[tuple[str, str]] = Counter()
    tables: _Tables = {}
    for found in rows.values():
        if not found[0]["title"] and len(found) <= 2 and max(len(row["cells"]) for row in found) <= 2:
            lines = (line for row in found for cell in row["cells"] for line in cell.split("\n"))
            section = found[0]["section"]
            where = section if section == OPENING or section.startswith("Phụ lục") else SIGNATURE
            texts += [(where, line) for line in lines if line.strip()]
            continue
        at = (found[0]["section"], found[0]["title"])
        tables[(*at, seen[at])] = found
        seen[at] += 1
    return texts, tables


# ---------------------------------------------------------------------------------------------------- texts


def _texts(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[DraftChange]:
    """Compare paragraphs, then sentence by sentence those that stand in place of each other."""
    for one, other in _differing([text for _, text in old], [text for _, text in new]):
        was = old[one] if one is not None else ("", "")
        now = new[other] if other is not None else ("", "")
        whole = not (was[1] and now[1])
        told = [(was[1], now[1])] if whole else _sentences(was[1], now[1])
        yield from (DraftChange(now[0] or was[0], "", *pair) for pair in told)


def _sentences(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = _cut(old), _cut(new)
    for one, other in _differing(before, after):
        yield before[one] if one is not None else "", after[other] if other is not None else ""


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """The places of the texts that differ, the hour of day aside: in pairs where one was reworded."""
    before, after = [*map(_timeless, old)], [*map(_timeless, new)]
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for one, other in _pairs(before[a:b], after[c:d]) if how != "equal" else ():
            yield None if one is None else a + one, None if other is None else c + other


_TIME = re.compile(r"\b\d{1,2} giờ(?: \d{1,2})?(?: phút)?")


def _timeless(text: str) -> str:
    """Leave out the hour of day: every rendering says another one, and nobody has changed anything."""
    return _TIME.sub("giờ", text)


def _cut(text: str) -> list[str]:
    """Cut a paragraph into sentences; the number or letter it begins with stays with the first."""
    cut: list[str] = []
    for part in re.split(r"(?<=[.!?…])\s+|\n", text):
        first = next((char for char in part if char.isalpha()), "")
        if cut and (not first.isupper() or re.fullmatch(r"\W*\w{1,4}[.)]", cut[-1])):
            cut[-1] += f" {part}"
        elif part.strip():
            cut.append(part.strip())
    return cut


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair what was reworded, in order; what has no like stands alone, gone before come."""
    at = 0
    for n, text in enumerate(old):
        like = next((m for m in range(at, len(new)) if _is_like(text, new[m])), None)
        if like is None:
            yield n, None
            continue
        yield from ((None, m) for m in range(at, like))
        yield n, like
        at = like + 1
    yield from ((None, m) for m in range(at, len(new)))


def _is_like(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old[:400], new[:400], autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


# --------------------------------------------------------------------------------------------------- tables

_NUMBERED = re.compile(r"\(\d+\)")
_Key = tuple[str, ...]


def _tables(old: _Tables, new: _Tables, names: Mapping[str, str]) -> Iterator[DraftChange]:
    for at in dict.fromkeys((*new, *old)):
        section, title, _ = at
        before, after = _keyed(old.get(at, ())), _keyed(new.get(at, ()))
        heads = _heads(new.get(at, ())) or _heads(old.get(at, ()))
        for key in dict.fromkeys((*after, *before)):
            was, now = before.get(key), after.get(key)
            row = ", ".join(filter(None, (title, f"dòng “{key[0]}”" if key[0] else "")))
            if was is None or now is None or len(was["cells"]) != len(now["cells"]):
                said = ("; ".join(filter(None, one["cells"])) if one else "" for one in (was, now))
                yield DraftChange(section, row, *said)
                continue
            for n, (a, b) in enumerate(zip(was["cells"], now["cells"], strict=True)):
                column = _column(n, heads, now, was, names)
                if _timeless(a) != _timeless(b) and column != "STT":
                    yield DraftChange(section, f"{row}, cột “{column}”" if column else row, a, b)


def _heads(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of the columns: of the last heading row that isn't their numbers, with the one above."""
    said = [r["cells"] for r in rows if r.get("header") and not all(map(_NUMBERED.fullmatch, r["cells"]))]
    if not said:
        return []
    below = said[-1]
    above = _over(below, said[-2]) if len(said) > 1 else [""] * len(below)
    return [" – ".join(dict.fromkeys(filter(None, pair))) for pair in zip(above, below, strict=True)]


def _over(below: Sequence[str], above: Sequence[str]) -> list[str]:
    """Name for each cell of a heading row the cell above it, which may span several.

    A cell stands over one blank, or over the names up to the next blank or up to the first that comes again.
    """
    groups: list[list[str]] = []
    for name in below:
        goes_on = name and groups and groups[-1] != [""] and name not in groups[-1]
        groups[-1:] = [[*groups[-1], name]] if goes_on else [*groups[-1:], [name]]
    if len(groups) != len(above):
        return [above[n] if not name and n < len(above) else "" for n, name in enumerate(below)]
    return [head for head, group in zip(above, groups, strict=True) for _ in group]


def _column(
    n: int, heads: Sequence[str], now: Mapping[str, Any], was: Mapping[str, Any], names: Mapping[str, str]
) -> str:
    """Name a cell's column, with the target it speaks of where the row doesn't say it.

    A row with fewer cells than there are columns has its first ones joined; these have no column.
    """
    joined = len(heads) - len(now["cells"])
    at = n + joined if joined > 0 else n
    head = heads[at] if at < len(heads) and (n or joined <= 0) else ""
    ids = (figure["id"] for row in (now, was) for figure in row["figures"] if figure["cell"] == n)
    target = names.get(next(ids, "").split(".")[0], "")
    told = target and target not in head and not any(target == cell for cell in now["cells"])
    return ": ".join(filter(None, (target if told else "", head)))


def _keyed(rows: Sequence[Mapping[str, Any]]) -> dict[_Key, Mapping[str, Any]]:
    """Name the rows below the headings by their first words, by more of them where these are not enough."""
    found: list[tuple[list[str], Mapping[str, Any]]] = []
    filled: list[str] = []
    for row in rows:
        if row.get("header"):
            continue
        cells = list(row["cells"])
        if len(filled) == len(cells):
            cells[:2] = [c or f for c, f in zip(cells[:2], filled[:2], strict=True)]
        filled = cells
        found.append(([c for c in cells if is_name(c)], row))
    once = Counter(words[:1][0] if words else "" for words, _ in found)
    keyed: dict[_Key, Mapping[str, Any]] = {}
    seen: Counter[_Key] = Counter()
    for words, row in found:
        first = words[0] if words else ""
        key = (first,) if once[first] == 1 else (", ".join(words[:2]),)
        seen[key] += 1
        keyed[(*key, str(seen[key]))] = row
    return keyed


# ----------------------------------------------------------------------------------------- the list in Word

_WIDTHS = (11, 44, 55, 55)
_HEADS = ("STT", "Vị trí", "Bản trước", "Bản này")
NEW, GONE = "(chưa có)", "(không còn)"


def format_place(change: DraftChange) -> str:
    """Say where a change stands: "Mục II.2.k", "Phụ lục II, Bảng 5, dòng “UBND xã”, cột “Tỷ lệ (%)”"."""
    numbered = change.section[:1].isupper() and not change.section.startswith("Phụ lục")
    section = f"Mục {change.section}" if numbered else first_letter_capital(change.section)
    return ", ".join(filter(None, (section, change.where)))


def changes_bytes(
    changes: Sequence[DraftChange], period: Period, former: str, author: str, notice: Iterable[str]
) -> bytes:
    """Write the list under ``notice``; ``former`` says which rendering it is compared with."""
    title = f"Thay đổi của dự thảo báo cáo {period.words}"
    n = format_small_count(len(changes)) if changes else "không"
    about = f"So với {former}: có {n} chỗ thay đổi. Tài liệu làm việc, không gửi kèm báo cáo."
    if not changes:
        about = f"So với {former}: không có thay đổi. Tài liệu làm việc, không gửi kèm báo cáo."
    body = paragraph("kind", run(title.upper())) + "".join(
        paragraph("memo_note", run(line)) for line in (about, *notice)
    )
    if changes:
        head = WordRow(tuple(cell("column", name) for name in _HEADS), header=True)
        rows = (_row(number, change) for number, change in enumerate(changes, 1))
        body += table(_WIDTHS, (head, *rows)) + paragraph("section_end")
    return write_package(body + section(HEADERS), title=title, author=author)


def _row(number: int, change: DraftChange) -> WordRow:
    texts = (format_place(change), change.old or NEW, change.new or GONE)
    return WordRow(
        (cell("cell_center", str(number)), *(cell("cell_text", clean_text(text)) for text in texts))
    )
