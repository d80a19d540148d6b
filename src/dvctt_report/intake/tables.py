"""One of the form's tables as it stands in a sheet: by its keys, else by what is printed in it.

The number in the first column is only a hint, never a proof. What differs a little counts, and is told;
what differs more does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

from dvctt_report.files.cells import Cell, Sheet
from dvctt_report.files.extents import SheetTexts, is_column_numbers, merged_at, page_of
from dvctt_report.forms.form import LIST, FormRow, FormTable, Role, key_of
from dvctt_report.model import Key
from dvctt_report.text.grouping import by_key
from dvctt_report.text.limits import MAX_LABELLED_ROWS
from dvctt_report.text.vietnamese import key, unaccented

ADDED = "+"
"""Stands in the made-up key of a line that a unit inserted into a list."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row by its key; ``added``: a line of a list that the unit inserted, its key made up.

    ``weight``: its own in the control code; None where the row was recognised by its labels.
    """

    key: str
    number: int
    weight: int | None = None
    added: bool = False


@dataclass(frozen=True)
class SheetBlock:
    """One table as it stands in a sheet: the columns by key, the rows by key, the rows it reaches over.

    ``by_label``: no key was left, rows and columns were recognised by what is printed in them.
    ``twice``: columns of which the sheet has two.
    """

    table: FormTable
    sheet: Sheet
    columns: dict[str, int]
    rows: tuple[FoundRow, ...]
    first: int
    last: int
    by_label: bool = False
    twice: tuple[str, ...] = ()

    @cached_property
    def answers(self) -> tuple[tuple[FoundRow, str, Key], ...]:
        """Each answer cell: its row, the key of its column, what it answers."""
        closed = self.table.closed
        asked = [column for column in self.table.asked if column in self.columns]
        return tuple(
            (row, column, key_of(row.key, column))
            for row in self.rows
            if row.key in closed or row.added
            for column in asked
            if column not in closed.get(row.key, ())
        )

    def place(self, row: FoundRow, column: str) -> tuple[int, int]:
        """Where the answer of that column stands in a row."""
        return row.number, self.columns[column]

    def cell(self, row: FoundRow, column: str) -> Cell | None:
        """What stands there; None where it is empty."""
        return self.sheet.cell(row.number, self.columns[column])


# -------- Recognise a table whose keys are gone by what is printed in it: its headings, and its rows' labels

_NOWHERE: Mapping[str, int] = MappingProxyType({})
_ENOUGH = 0.6
"""The share of a table's headings that must stand in a row to make it the table's."""


@dataclass
class Header:
    """The headings of a table by key; ``twice``: of which there are two."""

    table: FormTable
    top: int
    bottom: int
    columns: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)


def find_headers(page: SheetTexts, tables: Sequence[FormTable]) -> list[Header]:
    """Return the headings in a sheet, each of the table that it fits best; the same table may stand twice.

    Three in five of a table's headings have to stand there, one of answers among them.
    """
    headers: dict[int, Header] = {}
    shares: dict[int, float] = {}
    names = [(table, keys_of_any(c.group or c.header for c in table.columns)) for table in tables]
    for at, number in enumerate(page.numbers):
        above = page.texts.get(number, {})
        said = [keys(text) for text in above.values()]
        for table, wanted in names:
            if sum(not own.isdisjoint(wanted) for own in said) < 2:
                continue
            rows = page.numbers[at : at + 1 + any(c.group for c in table.columns)]
            header = Header(table, number, rows[-1])
            # By column: the heading over its run of columns, its own
            printed: dict[int, tuple[str, str]] = {}
            for place in (place for row in rows for place in page.texts.get(row, {})):
                over, own = above.get(place, ""), page.text(rows[-1], place)
                if len(rows) > 1 and (not own or own == over):
                    printed[place] = "", over
                else:
                    run = max((c for c in above if c <= place), default=place)
                    printed[place] = above.get(run, "") if len(rows) > 1 else "", own
            for column in table.columns:
                fits = [
                    c
                    for c, (over, own) in printed.items()
                    if is_same(own, column.header) and (not column.group or is_same(over, column.group))
                ]
                if len(fits) == 1:
                    header.columns[column.key] = fits[0]
                elif fits:
                    header.twice.append(column.key)
            has_answers = any(c.role is not Role.LABEL and c.key in header.columns for c in table.columns)
            share = len(header.columns) / len(table.columns)
            if has_answers and share >= _ENOUGH and share > shares.get(at, 0):
                headers[at], shares[at] = header, share
    return [h for at, h in sorted(headers.items()) if at - 1 not in headers or headers[at - 1].bottom < h.top]


_HINTS = ("stt", "unit", "point")
"""Printed columns that help a reader but do not tell one row from another."""


def label_blocks(
    sheet: Sheet, wanted: Iterable[FormTable], form: Sequence[FormTable]
) -> Iterator[SheetBlock]:
    """Yield the ``wanted`` tables that stand in ``sheet``; ``form`` has all, whose titles end a table.

    They are looked for in so many rows as stand in no form; what is below is a list of the unit's own.
    """
    page = page_of(sheet)
    page = replace(page, numbers=page.numbers[:MAX_LABELLED_ROWS])
    tables = tuple(wanted)
    headers = find_headers(page, [t for t in form if not t.bare])
    titles = {
        t.id: n
        for t in form
        if t.title
        for n in page.numbers
        if any(is_same(text, t.title) for text in page.texts.get(n, {}).values())
    }
    bare = {t.id: _bare_rows(page, t, titles.get(t.id)) for t in form if t.bare}
    # The last row of a table that begins at n is the one above whatever comes next.
    starts = {*(h.top for h in headers), *titles.values(), *(rows[0] for rows in bare.values() if rows)}
    ends = [n - 1 for n in sorted({*starts, *(n + 1 for n in page.numbers[-1:])})]
    for table in tables:
        if table.bare and (found := bare[table.id]):
            first = found[0]
            last = next(end for end in ends if end >= first)
            places = label_columns(page, table, first, last)
            label = next(reversed(places.values()))
            # The answers: in the column beside the labels, or the nearest further right in which one stands.
            area = merged_at(page.sheet, first, label)
            beside = (area.last_column if area else label) + 1
            filled = (c for n in found if n <= last for c in page.texts.get(n, {}) if c >= beside)
            name = next(c.key for c in table.columns if c.role is not Role.LABEL)
            rows = _match_rows(page, table, table.rows, places, first, last)
            columns = {name: min(filled, default=beside)}
            yield SheetBlock(table, page.sheet, columns, tuple(rows), first, last, True)
    for header in (h for h in headers if h.table in tables):
        table, first = header.table, header.bottom + 1
        last = next(end for end in ends if end >= header.bottom)
        columns = {k: c for k, c in header.columns.items() if k in table.asked}
        if table.id.startswith(LIST):
            # The lines of a list: every row in which something is answered
            filled_rows = [
                n
                for n in page.rows(first, last)
                if {*columns.values()} & page.texts.get(n, {}).keys()
                and not is_column_numbers(sheet.by_row[n])
            ]
            name = table.id.removeprefix(LIST)
            rows = [FoundRow(f"{name}/{n}", row, 0, added=True) for n, row in enumerate(filled_rows, 1)]
        else:
            places = label_columns(page, table, first, last, header.columns)
            rows = _match_rows(page, table, table.rows, places, first, last)
        yield SheetBlock(table, sheet, columns, tuple(rows), first, last, True, tuple(header.twice))


def lacks(block: SheetBlock) -> tuple[bool, bool]:
    """Whether a table found by its keys lacks that of a column, and that of a row."""
    table, keyed = block.table, {row.key for row in block.rows}
    columns = any(c.role is not Role.LABEL and c.key not in block.columns for c in table.columns)
    return columns, not table.id.startswith(LIST) and any(r.key and r.key not in keyed for r in table.rows)


def complete(block: SheetBlock) -> SheetBlock:
    """Add to a table found by its keys the rows and columns that have lost theirs."""
    table, rows = block.table, block.rows
    lacks_columns, lacks_rows = lacks(block)
    if lacks_columns and not table.bare:
        first = min((row.number for row in rows), default=block.first)
        headers = (h for h in find_headers(page_of(block.sheet), [table]) if block.first <= h.top < first)
        if (header := next(headers, None)) is not None:
            asked, held = {*table.asked}.difference(block.columns), {*block.columns.values()}
            more = {k: c for k, c in header.columns.items() if k in asked and c not in held}
            twice = tuple(k for k in header.twice if k not in block.columns)
            block = replace(block, columns={**block.columns, **more}, twice=twice)
    if lacks_rows:
        page, keyed, taken = page_of(block.sheet), {row.key for row in rows}, {row.number for row in rows}
        lost = [r for r in table.rows if r.key not in keyed]
        places = label_columns(page, table, block.first, block.last)
        again = _match_rows(page, table, lost, places, block.first, block.last, taken)
        block = replace(block, rows=tuple(sorted((*rows, *again), key=lambda row: row.number)))
    return block


def _identities(table: FormTable) -> tuple[int, ...]:
    """Which of a row's labels tell it from others."""
    printed = [c.key for c in table.columns if c.role is Role.LABEL]
    return tuple(n for n, name in enumerate(printed) if name not in _HINTS)


def _expected(table: FormTable) -> list[tuple[FormRow, tuple[str, ...]]]:
    """Each row with its telling labels, what it goes on with from the row above filled in."""
    expected = []
    above: tuple[str, ...] = ()
    for row in table.rows:
        own = [row.labels[n] for n in _identities(table)]
        above = tuple(text or (above[n] if above else "") for n, text in enumerate(own))
        if row.key:
            expected.append((row, above))
    return expected


def label_columns(
    page: SheetTexts, table: FormTable, first: int, last: int, headed: Mapping[str, int] = _NOWHERE
) -> dict[int, int]:
    """Where each telling label stands: below its heading, else where most rows say what they should."""
    printed = [c.key for c in table.columns if c.role is Role.LABEL]
    columns: dict[int, int] = {}
    for n in _identities(table):
        votes: Counter[int] = Counter()
        labels = keys_of_any(row.labels[n] for row in table.rows)
        for number in page.rows(first, last):
            for column, text in page.texts.get(number, {}).items():
                if not keys(text).isdisjoint(labels):
                    votes[column] += 1
        if votes:
            columns[n] = min(votes, key=lambda column: (-votes[column], column))
        elif printed[n] in headed:
            columns[n] = headed[printed[n]]
    return columns


def _match_rows(
    page: SheetTexts,
    table: FormTable,
    wanted: Sequence[FormRow],
    places: Mapping[int, int],
    first: int,
    last: int,
    taken: Collection[int] = (),
) -> list[FoundRow]:
    """The rows that say what one of ``wanted`` says; a row that says it twice is found twice."""
    if not places:
        return []
    identities = _identities(table)
    printed = {
        row.key: (row, tuple(text for n, text in zip(identities, labels, strict=True) if n in places))
        for row, labels in _expected(table)
        if row in wanted
    }
    written: dict[int, tuple[str, ...]] = {}  # what a row goes on with from the row above filled in
    above = [""] * len(places)
    for number in page.rows(first, last):
        own = [page.text(number, column) for column in places.values()]
        if own[-1]:
            above = [text or before for text, before in zip(own, above, strict=True)]
            if all(above) and number not in taken:
                written[number] = tuple(above)
        elif any(own):
            above = own
    exact: dict[int, str] = {}
    for number, written_labels in written.items():
        names = [name for name, (_, labels) in printed.items() if all(map(is_same, written_labels, labels))]
        if len(names) > 1:  # where first lines agree, the whole decides
            whole = [*map(key, written_labels)]
            names = [n for n in names if [*map(key, printed[n][1])] == whole]
        if len(names) == 1:
            exact[number] = names[0]
    lost = {name: labels for name, (_, labels) in printed.items() if name not in set(exact.values())}
    scores = {
        (number, name): row_likeness(written_labels, labels, name.startswith("@"))
        for number, written_labels in written.items()
        if number not in exact
        for name, labels in lost.items()
    }
    edited = pair_up(scores)
    return [FoundRow(name, number) for number, name in sorted({**exact, **edited}.items())]


def _bare_rows(page: SheetTexts, table: FormTable, title: int | None) -> list[int]:
    """The rows of a table without headings: below its title, or wherever half of its labels stand."""
    places = label_columns(page, table, 1, page.numbers[-1] if page.numbers else 0)
    if not places or not page.numbers:
        return []
    labels = [labels[-1] for _, labels in _expected(table)]
    wanted = keys_of_any(labels)
    column = next(reversed(places.values()))
    rows = [n for n in page.numbers if not keys(page.text(n, column)).isdisjoint(wanted)]
    if title is not None:
        return [n for n in rows if n > title]
    return rows if len(rows) * 2 >= len(labels) else []


# --------------------------- Whether a printed label and what the form says are the same words, or nearly so

SIMILAR = 90
"""Of 100, from which an edited label still counts as the form's own."""

_numbers_in = re.compile(r"\d+").findall
_LONGEST_LABEL = 500
"""Characters of a text whose keys are remembered; the forms' longest label has 330."""


@lru_cache(maxsize=4096)
def _keys(text: str) -> frozenset[str]:
    return frozenset(k for k in (key(text.strip().partition("\n")[0]), key(text)) if k)


def keys(text: str) -> frozenset[str]:
    """The keys of a label: of its first line and of the whole, which some programs save as one line."""
    return _keys(text) if len(text) <= _LONGEST_LABEL else _keys.__wrapped__(text)


def keys_of_any(texts: Iterable[str]) -> frozenset[str]:
    """The keys of several labels together: what shares one of them says the same as one of the labels."""
    return frozenset[str]().union(*map(keys, texts))


def is_same(written: str, printed: str) -> bool:
    """Whether two labels say the same, by their first line or as a whole; two empty ones do not."""
    return not keys(written).isdisjoint(keys(printed))


def pair_up(scores: Mapping[tuple[int, str], float]) -> dict[int, str]:
    """Pair rows that were found with those wanted where each is the other's best by a clear lead."""
    near = {pair: score for pair, score in scores.items() if score >= SIMILAR}
    of_found = by_key((found, score) for (found, _), score in near.items())
    of_wanted = by_key((wanted, score) for (_, wanted), score in near.items())
    return {
        found: wanted
        for (found, wanted), score in near.items()
        for others in [(of_found[found], of_wanted[wanted])]
        if all(score == max(scores) and scores.count(score) == 1 for scores in others)
    }


def row_likeness(written: Sequence[str], printed: Sequence[str], is_name: bool) -> float:
    """How alike two rows are, 0 to 100: as their least alike label; names only by their letters.

    Labels that hold different numbers are not alike.
    """
    if is_name:  # which may differ in marks alone: "Phuoc Hau" for one with its accents
        plain = [{*map(unaccented, keys(text))} for text in (*written, *printed)]
        pairs = zip(plain[: len(written)], plain[len(written) :], strict=True)
        return 0 if any(a.isdisjoint(b) for a, b in pairs) else 100
    from rapidfuzz import fuzz

    likenesses = (
        max(
            (fuzz.ratio(a, b) for a in keys(x) for b in keys(y) if _numbers_in(a) == _numbers_in(b)),
            default=0,
        )
        for x, y in zip(written, printed, strict=True)
    )
    return min(likenesses, default=0)
