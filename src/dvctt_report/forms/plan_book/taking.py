"""Take an edited workbook over into the folder of a profile: whole or not at all, each change told."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.items import AoT, InlineTable, Table

from dvctt_report.files.writing import files_below, replace_file, write_folder
from dvctt_report.forms.plan_book import sheets, writer
from dvctt_report.forms.plan_book.codecs import Codec
from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.sheets import MARK, PHRASES, PLAN, UNITS, BookTable, rows_of
from dvctt_report.plan.folders import phrases_of, said_otherwise
from dvctt_report.plan.items import Frozen
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import format_date

_LONGEST = 60
"""Characters of a value that a line shows."""
_LEAD = 20
"""Characters shown before the first that differs."""


def workbook_of(folder: Path) -> bytes:
    """Return the workbook of the profile in ``folder``; PlanFault where it can't be used."""
    return writer.plan_workbook(load_profile(folder), phrases_of(folder / PHRASES))


def take_workbook(folder: Path, data: bytes, file: str, now: datetime) -> tuple[tuple[str, ...], Path | None]:
    """Take over what the workbook ``data`` says. Returns what has changed, a line each, and the former copy.

    Nothing is written where nothing has changed. Raises CannotRun where the workbook or what it makes of the
    profile can't be used, and for a profile that comes with the program, which is never edited.
    """
    if folder.resolve().is_relative_to(resource_path("templates").resolve()):
        raise CannotRun(
            f"Bộ cấu hình “{folder.name}” đi kèm chương trình, không sửa được.",
            "Chép vào thư mục làm việc rồi sửa bản chép: dvctt-report plan copy",
        )
    said, sentences = read_plan_workbook(data, file, phrases_of(folder / PHRASES))
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        paths = {name: folder / name for name in (PLAN, UNITS, PHRASES)}  # none where all is the base's
        own = {name: read_text(path) if path.exists() else "" for name, path in paths.items()}
        for file_name, text in {
            PLAN: merged_toml(own[PLAN], said.plan),
            UNITS: merged_toml(own[UNITS], said.roster),
            PHRASES: merged_table(own[PHRASES], said_otherwise(sentences)),
        }.items():
            (trial / file_name).write_text(text, encoding="utf-8", newline="")
        if load_profile(trial) != said:
            raise AssertionError("the files do not say what the workbook says")
        read_phrases(trial / PHRASES)
        names = [n for n, text in own.items() if read_text(trial / n) != text]
        former, phrases = load_profile(folder), phrases_of(folder / PHRASES)
        changes = tuple(changes_between(former, said, phrases, phrases_of(trial / PHRASES)))
        if not changes:
            return (), None
        kept = folder.with_name(f"{folder.name} (trước {now:%Y-%m-%d %H%M%S})")
        write_folder(kept, {n: read_file(path) for n, path in files_below(folder).items()})
        for n in names:
            replace_file(folder / n, read_file(trial / n))
    return changes, kept


def changes_between(
    old: Profile, new: Profile, old_phrases: Mapping[str, Any], new_phrases: Mapping[str, Any]
) -> Iterator[str]:
    """Yield a line for every cell that differs, row that is new or gone, in the order of the sheets."""
    was, now = old.plan.model_dump(), new.plan.model_dump()
    for info in sheets.INFO:
        pair = (writer.value_at(was, info.field), writer.value_at(now, info.field))
        yield from changed(f"{sheets.INFO_TITLE}, {info.header}", *pair, info.codec)
    for table in sheets.TABLES:
        yield from _of_table(table, old, new)
    groups = {group.code: group for group in old.roster.groups}
    rows = rows_of([*old.roster.groups, *new.roster.groups], [*old.plan.items, *new.plan.items])
    for group in new.roster.groups:
        had, has = groups.get(group.code, group).own, group.own
        for row in rows:
            where = f"{sheets.MATRIX_TITLE}, {row}, nhóm {group.code}"
            yield from changed(where, MARK if row in had else None, MARK if row in has else None)
    for column in sheets.WORD_COLUMNS:
        before, after = (getattr(profile.plan.words, column.field) for profile in (old, new))
        where = f"{sheets.WORDS_TITLE}, {column.header}"
        yield from (f"{where}: thêm “{word}”" for word in after if word not in before)
        yield from (f"{where}: bỏ “{word}”" for word in before if word not in after)
    said, says = dict(writer.flat_phrases(old_phrases)), dict(writer.flat_phrases(new_phrases))
    for name in dict.fromkeys((*said, *says)):
        yield from changed(f"{sheets.PHRASES_TITLE} {name}", said.get(name), says.get(name))


def _of_table(table: BookTable, old: Profile, new: Profile) -> Iterator[str]:
    years = sorted({*writer.threshold_years(old.plan), *writer.threshold_years(new.plan)})
    columns = [column for column in writer.columns_of(table, years) if column.field != sheets.ORDER]
    before, after = dict[str, Any](), dict[str, Any]()  # by what an officer knows a row by: code, else number
    for found, profile in ((before, old), (after, new)):
        for n, record in enumerate(writer.records_of(table, profile), 1):
            key = str(record.get("code") or f"dòng {n}")
            found[f"{record['item']} {key}" if table is sheets.FIELDS else key] = record
    for key, record in after.items():
        if key not in before:
            name = record.get("label") or record.get("short_name") or record.get("title") or ""
            filled = (c for c in columns if c.blank == sheets.ABOVE)  # what may have come from the row above
            values = (
                f"{c.header} {_cut(_text(writer.written(record[c.field], c.codec)), 0)}" for c in filled
            )
            yield "; ".join((f"{table.title} {key}: thêm dòng{f' “{name}”' if name else ''}", *values))
            continue
        for column in columns:
            where = f"{table.title} {key}, {column.header}"
            pair = (writer.value_at(before[key], column.field), writer.value_at(record, column.field))
            yield from changed(where, *pair, column.codec)
    yield from (f"{table.title} {key}: bỏ dòng" for key in before if key not in after)
    kept = [[key for key in one if key in other] for one, other in ((before, after), (after, before))]
    if kept[0] != kept[1]:
        yield f"{table.title}: đổi thứ tự các dòng"


def changed(where: str, was: Any, now: Any, codec: Codec | None = None) -> Iterator[str]:
    """Yield the line of a value that differs, of long ones the part where they do."""
    before, after = (_text(writer.written(value, codec) if codec else value) for value in (was, now))
    if was != now and before != after:
        differs = next(n for n, (a, b) in enumerate(zip_longest(before, after)) if a != b)
        start = max(differs - _LEAD, 0) if max(len(before), len(after)) > _LONGEST else 0
        yield f"{where}: {_cut(before, start)} → {_cut(after, start)}"


def _text(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "").replace("\n", "; ")


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _LONGEST]
    more = "…" if start + _LONGEST < len(text) else ""
    return f"“{'…' if start else ''}{shown}{more}”" if text else "(trống)"


_Tables = tomlkit.TOMLDocument | Table | InlineTable | OutOfOrderTableProxy


def merged_toml(text: str, model: Frozen) -> str:
    """Return the TOML ``text`` with what ``model`` says in place of its own.

    Entries of arrays of tables are known again by their code. A default is written only where the text has
    it. Where nothing differs the text is the same.
    """
    return merged_table(text, _plain(model.model_dump(exclude_defaults=True)), _plain(model.model_dump()))


def merged_table(text: str, said: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> str:
    """Return the TOML ``text`` with the values of the table ``said`` in place of its own.

    whole: the same with the defaults, which stay where the text has them.
    """
    document = tomlkit.parse(text)
    _merge(document, said, said if whole is None else whole)
    return re.sub(r"\n{3,}", "\n\n", tomlkit.dumps(document))


def _plain(value: Any) -> Any:
    """The value with lists in place of tuples and without what isn't there."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _merge(there: _Tables, said: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
    """Change a table to what is ``said``; ``whole`` has the defaults too."""
    nested = not isinstance(there, tomlkit.TOMLDocument)
    for name, own in list(there.items()):
        if name not in whole or (isinstance(own, AoT) and name not in said):
            del there[name]
            continue
        value, full = said.get(name, whole[name]), whole[name]
        if (own.unwrap() if hasattr(own, "unwrap") else own) in (full, said.get(name)):
            continue
        if isinstance(own, _Tables) and isinstance(value, Mapping):
            _merge(own, value, full)
        elif isinstance(own, AoT) and value:
            if [_name_of(table) for table in own] == [_name_of(entry) for entry in value]:
                for table, entry, of in zip(own, value, full, strict=True):
                    _merge(table, entry, of)
                continue
            known = {_name_of(table): table for table in own}  # each with what stands about it
            array = tomlkit.aot()
            for entry, of in zip(value, full, strict=True):
                table = known.pop(_name_of(entry), None)
                if table is None:
                    table = _item(entry, nested=False)
                    table.add(tomlkit.nl())
                else:
                    _merge(table, entry, of)
                array.append(table)
            there[name] = array
        else:
            there[name] = _item(value, nested=nested)
    for name in [name for name in said if name not in there]:
        there[name] = _item(said[name], nested=nested)


def _name_of(entry: Mapping[str, Any]) -> str:
    return str(entry.get("code") or entry.get("place") or entry.get("year") or dict(entry))


def _item(value: Any, *, nested: bool) -> Any:
    """A new value; tables inside of an entry stand on its line."""
    if isinstance(value, Mapping):
        table = tomlkit.inline_table() if nested else tomlkit.table()
        table.update({name: _item(inner, nested=True) for name, inner in value.items()})
        return table
    if nested and isinstance(value, list):
        array = tomlkit.array()
        array.extend(_item(inner, nested=True) for inner in value)
        return array.multiline(any(isinstance(inner, Mapping) for inner in value) and len(value) > 1)
    return tomlkit.item(value)
