"""What the linter looks for: ``patterns.toml`` has the patterns of each module, ``words.toml`` its lists."""

from __future__ import annotations

import re
from typing import Any

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import CAPITALS, SMALL_LETTERS
from dvctt_report.word.cascade import ORDINAL
from dvctt_report.word.nd30 import ANY_KIND

_TABLES: dict[str, Any] = parse_toml(read_text(PACKAGE / "word" / "lint" / "patterns.toml"))
LISTS: dict[str, Any] = parse_toml(read_text(PACKAGE / "word" / "lint" / "words.toml"))
"""The lists of words that modules know, by the module."""
_SHARED = {"CAPITALS": CAPITALS, "SMALL_LETTERS": SMALL_LETTERS, "ANY_KIND": ANY_KIND, "ORDINAL": ORDINAL}


def patterns_of(module: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a module's table by their names, each compiled when it is first used."""
    parts = _SHARED | {name: "".join(said) for name, said in _TABLES[module].items()}

    def whole(text: str) -> str:
        return re.sub("‹([A-Za-z_]+)›", lambda named: whole(parts[named[1]]), text)

    return {name: lazy_pattern(whole(text)) for name, text in parts.items()}
