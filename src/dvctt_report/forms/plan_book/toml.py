"""Lay what a workbook says into the TOML files it came from: comments and layout of the rest stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.container import OutOfOrderTableProxy
from tomlkit.items import AoT, InlineTable, Table

from dvctt_report.plan.items import Frozen

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
            merged = _merged_array(own, value, full)
            if merged is not own:
                there[name] = merged
        else:
            there[name] = _item(value, nested=nested)
    for name in [name for name in said if name not in there]:
        there[name] = _item(said[name], nested=nested)


def _merged_array(own: AoT, said: list[dict[str, Any]], whole: list[dict[str, Any]]) -> AoT:
    """The tables of ``said`` in their order, those that were there with what stood about them."""
    if [_name_of(table) for table in own] == [_name_of(entry) for entry in said]:
        for table, entry, full in zip(own, said, whole, strict=True):
            _merge(table, entry, full)
        return own
    known = {_name_of(table): table for table in own}
    array = tomlkit.aot()
    for entry, full in zip(said, whole, strict=True):
        table = known.pop(_name_of(entry), None)
        if table is None:
            table = _item(entry, nested=False)
            table.add(tomlkit.nl())
        else:
            _merge(table, entry, full)
        array.append(table)
    return array


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
