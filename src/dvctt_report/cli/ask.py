"""The dialogue: questions in Vietnamese, yes or no, and those about a workspace's settings."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import NamedTuple, TypeVar

import typer

from dvctt_report.cli.screen import fitted, is_terminal, say, tell
from dvctt_report.files.writing import replace_file
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import parse_date
from dvctt_report.text.visible import legible

Offered = TypeVar("Offered")
YES = frozenset({"c", "có", "co", "y", "yes", "1"})
_YES_OR_NO = "Xin trả lời “c” (có) hoặc “k” (không)."
NO = frozenset({"k", "không", "khong", "n", "no", "0"})
_ANSWER = 8
"""Columns that the last line of a question leaves for what is typed, at the least."""
_WORDED = re.compile(r".*[^\W\d_].*")
_PERSON = re.compile(r"[^\d/]+")
_ABBREVIATION = re.compile(r"[A-ZĐ](?:[A-Za-zĐđ0-9&.-]*[A-Za-zĐđ0-9])?")
_NUMBER = re.compile(r"\d+[A-Za-zĐđ]*\s*[/-][\w&./ -]*[^\W\d_][\w&./ -]*")
"""Number and symbol of a document: "12a/KH-UBND"; with a year "12/2025/KH-UBND"; of the Party "45-KH/TU"."""
_KINDS = {
    "name": ("tên", _WORDED),
    "lines": ("chức vụ", _WORDED),
    "person": ("họ và tên", _PERSON),
    "abbreviation": ("chữ viết tắt (chữ in hoa viết liền)", _ABBREVIATION),
    "number": ("số, ký hiệu văn bản", _NUMBER),
}
"""What an answer is called and looks like."""
_CLEAR = "-"
_BLANK = "(trống)"


def confirm(question: str, default: bool | None = None) -> bool:
    """Ask yes or no until answered; empty is ``default`` where given. Raises typer.Abort at the end."""
    marks = {None: "c/k", True: "C/k", False: "c/K"}[default]
    while True:
        answer = ask(f"{question} [{marks}]").lower()
        if answer in YES:
            return True
        if answer in NO:
            return False
        if not answer and default is not None:
            return default
        tell(_YES_OR_NO)


def ask(question: str, default: str = "") -> str:
    """Ask for a line of text; an empty answer is ``default``. Raises typer.Abort where the input ends."""
    suggestion = f" [{default}]" if default else ""
    asked = legible(f"{question}{suggestion}:")
    if is_terminal(sys.stderr):
        asked = fitted(asked, get_terminal_size().columns - _ANSWER)
    sys.stderr.write(f"{asked} ")
    sys.stderr.flush()
    try:
        return input().strip() or default
    except EOFError:
        raise typer.Abort from None


def numbered(answer: str, offered: Sequence[Offered]) -> Offered | None:
    """The one of several that was chosen by its number, counted from 1; None where the answer is none."""
    return offered[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(offered) else None


def pick(
    offered: Sequence[Offered], words: Sequence[str], none: str = "Thôi", default: str = ""
) -> Offered | None:
    """Ask for one of several by its number; None for 0, and for Enter where there is no ``default``."""
    for n, text in enumerate((*words, none), 1):
        say(f"  {n if n <= len(words) else 0} {text}")
    while (answer := ask("Chọn số", default)) not in ("", "0"):
        if (chosen := numbered(answer, offered)) is not None:
            return chosen
        say(f"Gõ một số từ 0 đến {len(offered)} rồi bấm Enter.")
    return None


class Prompt(NamedTuple):
    """One setting: where it stands in ``dvctt.toml``, what is asked, an example, the kind of answer.

    kind: of ``_KINDS``; or "date", which is checked with the settings as a whole; or "yes_no".
    """

    table: str
    key: str
    text: str
    example: str = ""
    kind: str = "name"


_TABLE = tomllib.loads(read_text(PACKAGE / "cli" / "settings.toml"))
QUESTIONS = tuple(Prompt(**asked) for asked in _TABLE["question"])
HALF_YEAR = Prompt(**_TABLE["half"])
"""Asked first where the workspace is about a half-year: the plan itself seldom sets that deadline."""


def ask_settings(root: Path, only: tuple[Prompt, ...] = ()) -> None:
    """Ask every question about the workspace in ``root``, or ``only`` some, and write down the answers.

    An empty answer leaves a setting as it is, "-" empties it. An answer that can't be used is asked for
    again. Comments and order of the file stay; what changed is told, old and new. Each answer is written down
    at once: where the input ends (typer.Abort) or the program is interrupted, those given are kept.
    """
    import tomlkit

    from dvctt_report.store.workspace import parse_settings

    path = root / SETTINGS
    document = tomlkit.parse(read_text(path))
    half = Period.known(str(document.get("nam", "")))
    questions = only or ((HALF_YEAR, *QUESTIONS) if half and half.part else QUESTIONS)
    say("Bấm Enter để giữ nội dung trong ngoặc vuông; gõ - để bỏ trống.")
    say("Trả lời câu nào ghi ngay câu đó; dừng giữa chừng (Ctrl+C) không mất câu đã trả lời.")
    changed = []
    for number, question in enumerate(questions, 1):
        table = document.setdefault(question.table, tomlkit.table())  # settings may lack a later line
        before = table.setdefault(question.key, False if question.kind == "yes_no" else "")
        shown = _shown(before)
        hint = "" if shown or not question.example else f" (ví dụ {question.example})"
        while (answer := ask(f"{number}/{len(questions)} {question.text}{hint}", shown)) != shown:
            if not (fault := _wrong_kind(answer, question)):
                table[question.key] = "" if answer == _CLEAR else answer
                if question.kind == "yes_no":
                    table[question.key] = answer.lower() in YES
                elif question.kind == "lines":
                    lines = map(str.strip, answer.split("/"))
                    table[question.key] = [line for line in lines if line not in ("", _CLEAR)]
                try:
                    parse_settings(path, document.unwrap())
                    break
                except CannotRun as error:
                    fault = error.message
            table[question.key] = before
            say(fault)
        if (now := _shown(table[question.key])) != shown:
            replace_file(path, tomlkit.dumps(document).encode())  # whoever stops here loses no answer
            changed.append(f"  {question.text}: {shown or _BLANK} → {now or _BLANK}")
    if not changed:
        say("Không có thay đổi nào.")
        return
    say(f"Đã ghi {len(changed)} thay đổi vào {SETTINGS}:", *changed)


def _wrong_kind(answer: str, question: Prompt) -> str:
    """Say why an answer is not of the kind that is asked for, with an example; "" where it may be."""
    if question.kind == "yes_no":
        return "" if answer.lower() in YES | NO else _YES_OR_NO
    if answer == _CLEAR or question.kind == "date":
        return ""
    called, pattern = _KINDS[question.kind]
    is_number = _NUMBER.fullmatch(answer) is not None
    looks_like = "ngày" if parse_date(answer) else "số văn bản" if is_number else ""
    if pattern.fullmatch(answer) and (not looks_like or (is_number and question.kind == "number")):
        return ""
    seen = f" (giống {looks_like})" if looks_like else ""
    return f"“{answer}”{seen} không phải {called}. Ghi dạng: {question.example}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "c" if value else "k"
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)
