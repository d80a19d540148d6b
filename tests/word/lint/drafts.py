"""Drafts made of the words of a table: which document, and what is other in it.

``on`` names the document: GOOD, the report, where none is named; LETTER, DECISION, PLAN or one of
RIGHT_PAPERS. The fields of Draft are told by their names; in ``sheet`` and ``annexes`` only what differs.
The body is told whole in ``body``, or line by line by the numbers that its lines have in that document:
``at`` changes some, ``before`` puts some in, ``without`` leaves some out, ``each`` lays a look over all
that have one of the kind. A text alone is a line of text in BODY; a table names the look (``as``) that it
departs from. Finished XML is told by what makes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tests.word.lint import papers, right_papers
from tests.word.lint.papers import BODY, CENTRE, HEADING, LONG, Annex, Draft, Line, Look, Sheet, para
from tests.word.lint.right_papers import CENTRED, RIGHT_PAPERS

GOOD = Draft()
DOCUMENTS: Final[dict[str, Draft]] = {**RIGHT_PAPERS, "GOOD": GOOD}
LOOKS: Final[Mapping[str, Look]] = {
    "BODY": BODY,
    "HEADING": HEADING,
    "CENTRE": CENTRE,
    "CENTRED": CENTRED,
    "PLAIN": {},
}


def body(at: int, text: str | None = None, **look: object) -> Draft:
    """The good report with one line of the body changed; the look is laid over its own."""
    lines = list(GOOD.body)
    old = lines[at]
    lines[at] = Line(old.text if text is None else text, {**old.look, **look})
    return replace(GOOD, body=tuple(lines))


def draft(said: Mapping[str, Any]) -> Draft:
    """The draft that is told in a table."""
    old = DOCUMENTS[said.get("on", "GOOD")]
    fields: dict[str, Any] = {"body": _body(old.body, said)}
    for name, told in said.items():
        match name:
            case "sheet":
                fields[name] = _sheet(old.sheet, told)
            case "annexes":
                fields[name] = tuple(
                    _annex(old.annexes[min(n, len(old.annexes) - 1)], each) for n, each in enumerate(told)
                )
            case "header" | "footer" | "closing" | "behind":
                fields[name] = made(told) if isinstance(told, list) else told
            case "lines":
                fields[name] = {part: None if line is False else line for part, line in told.items()}
            case "on" | "body" | "at" | "before" | "without" | "each":
                pass
            case _:
                fields[name] = tuple(map(_text, told)) if isinstance(told, list) else _text(told)
    return replace(old, **fields)


def _text(said: Any) -> Any:
    """Words of a table, with the long sentence where they name it."""
    if not isinstance(said, str):
        return said
    named = {"{LONG}": LONG, "{long}": LONG[0].lower() + LONG[1:], "{LONG60}": LONG[:60]}
    for name, words in named.items():
        said = said.replace(name, words)
    return said


def _line(said: str | Mapping[str, Any], old: Line | None = None) -> Line:
    if isinstance(said, str):
        return replace(old, text=_text(said)) if old else Line(_text(said))
    if "raw" in said:
        return Line(raw=made(said["raw"]))
    plain = old.look if old and "as" not in said else LOOKS[said.get("as", "BODY")]
    look = {name: value for name, value in said.items() if name not in ("as", "text")}
    return Line(_text(said["text"]) if "text" in said or old is None else old.text, {**plain, **look})


def _body(old: Sequence[Line], said: Mapping[str, Any]) -> tuple[Line, ...]:
    if "body" in said:
        return tuple(map(_line, said["body"]))
    lines: list[Line] = []
    for n in range(len(old) + 1):
        put = said.get("before", {}).get(str(n), ())
        lines += map(_line, [put] if isinstance(put, str) else put)
        if n < len(old) and n not in said.get("without", ()):
            at = said.get("at", {})
            lines.append(_line(at[str(n)], old[n]) if str(n) in at else old[n])
    for name, value in said.get("each", {}).items():
        lines = [
            replace(line, look={**line.look, name: value}) if line.look.get(name) else line for line in lines
        ]
    return tuple(lines)


def _sheet(old: Sheet, said: Mapping[str, Any]) -> Sheet:
    sides: dict[str, Any] = {name: None if value == "none" else value for name, value in said.items()}
    return replace(old, **sides)


def _annex(old: Annex, said: Mapping[str, Any]) -> Annex:
    fields = {name: _text(value) for name, value in said.items() if name not in ("sheet", "behind")}
    if "sheet" in said:
        fields["sheet"] = _sheet(old.sheet, said["sheet"])
    if "behind" in said:
        fields["behind"] = made(said["behind"])
    return replace(old, **fields)


def made(words: Sequence[Any]) -> str:
    """Finished XML: "+" and parts, "*" a part and how often, or a function and what it is given."""
    name, *given = words
    named = given.pop() if isinstance(given[-1] if given else None, dict) else {}
    if name == "+":
        return "".join(map(made, given))
    if name == "*":
        return made(given[0]) * int(given[1])
    if name == "rows":
        widths, rows = given
        table = {key: named.pop(key) for key in ("bordered", "header") if key in named}
        cells = [[para(cell, **named) for cell in row.split(" | ")] for row in rows]
        return papers.table(cells, widths, **table)
    maker = getattr(papers, name, None) or getattr(right_papers, name)
    return str(maker(*map(_given, given), **{key: _given(value) for key, value in named.items()}))


def _given(value: Any) -> Any:
    if isinstance(value, list):
        return made(value) if value and value[0] in _MAKERS else [_given(each) for each in value]
    return _text(value)


_MAKERS: Final = ("+", "*", "rows", "para", "text_box", "table", "page_number", "signers", "recipients")
_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LETTER, DECISION, PLAN = (draft(_TOLD[name]) for name in ("LETTER", "DECISION", "PLAN"))
DOCUMENTS.update(LETTER=LETTER, DECISION=DECISION, PLAN=PLAN)
