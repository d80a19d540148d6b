"""No pattern needs more time than in proportion to a text: it may have been written to keep us busy.

Every pattern of the program is tried, in the way it is used, on texts made of what stands in it.
"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pytest

import dvctt_report
from dvctt_report.text.patterns import LazyPattern

Use = Literal["search", "match", "fullmatch"]

LENGTHS = (125, 500, 2_000, 8_000)
"""Tried one after another: a cubic one is found while it still ends."""
SLOW = 0.008
"""Seconds that a pattern in proportion never needs for so long a text, and a quadratic one always does."""
IN_PROPORTION = 5
"""Times that a pattern needs for a text four times as long: four in proportion, six from the first length to
the second where it comes to half of the square over the whole length."""
LONGER = 16
"""How many times as long a text is as the one it is held against: time grows by that, or by its square."""
BOUND = 100
"""How often something may be repeated and still be a constant beside that length."""
_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
_CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "-"}
_USED = re.compile(
    r"\b(_?[A-Z][A-Z_]*(?:\[\"\w+\"\])?)\.(search|match|fullmatch|finditer|findall|sub|split)\("
)
"""A pattern by its name, or by the name of its table and its own: ``_RE["day"].search(…)``."""

BOUNDED = {
    "cli.ask._NUMBER": "typed at the keyboard",
    "files.xlsx._NUMBER": "texts of at most MAX_DIGITS characters",
    "word.lint.checks_end._TITLES_BEHIND": "texts without two spaces in a row",
    'word.lint.checks_body._RE["nearly_ended"]': "the last characters of a text",
    "text.personal._MAILBOX": "64 characters before the sign of an address",
    "consolidated.table._SAME_ROW": "our own formulas",
}
"""Patterns that no long text reaches, and why."""


def patterns() -> dict[str, tuple[re.Pattern[str] | LazyPattern, frozenset[Use]]]:
    """Every pattern at the top of a module, with the ways in which the module uses it."""
    found = {}
    for module in pkgutil.walk_packages(dvctt_report.__path__, "dvctt_report."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
        uses: dict[str, set[Use]] = {}
        for name, use in _USED.findall(source):
            uses.setdefault(name, set()).add(use if use in ("match", "fullmatch") else "search")
        modules = (value for value in vars(loaded).values() if isinstance(value, ModuleType))
        known = {name: value for other in modules for name, value in vars(other).items()} | vars(loaded)
        known |= {f'_RE["{name}"]': pattern for name, pattern in known.get("_RE", {}).items()}
        for name, value in known.items():
            if (
                isinstance(value, LazyPattern | re.Pattern)
                and isinstance(value.pattern, str)
                and name in uses
            ):
                found[f"{module.name.removeprefix('dvctt_report.')}.{name}"] = value, frozenset(uses[name])
    return found


def written(pattern: str) -> tuple[str, ...]:
    """The characters and words that stand in a pattern, one for each set."""
    found: list[str] = []

    def walk(sequence: Any) -> None:
        word = ""
        for operation, argument in sequence:
            if operation is constants.LITERAL:
                word += chr(argument)
                found.append(chr(argument))
                continue
            found.append(word)
            word = ""
            if operation is constants.IN:
                found.extend(_of_set(argument))
            elif operation is constants.BRANCH:
                for branch in argument[1]:
                    walk(branch)
            elif operation is constants.SUBPATTERN:
                walk(argument[3])
            elif operation in _REPEATS:
                walk(argument[2])
            elif operation in (constants.ASSERT, constants.ASSERT_NOT):
                walk(argument[1])
            elif operation is constants.ATOMIC_GROUP:
                walk(argument)
        found.append(word)

    walk(parser.parse(pattern))
    return tuple(dict.fromkeys(text for text in found if text))


def is_unbounded(sequence: Any) -> bool:
    """Whether anything in a parsed pattern is repeated without end; else a text costs in proportion."""
    for operation, argument in sequence:
        if operation in _REPEATS and argument[1] > BOUND:
            return True
        inner = (argument if isinstance(argument, tuple) else (argument,)) if argument is not None else ()
        inner = (*inner, *(branch for one in inner if isinstance(one, list) for branch in one))
        if any(isinstance(one, parser.SubPattern) and is_unbounded(one) for one in inner):
            return True
    return False


def _of_set(members: Any) -> Iterator[str]:
    for operation, argument in members:
        if operation is constants.LITERAL:
            yield chr(argument)
        elif operation is constants.RANGE:
            yield chr(argument[0])
        elif operation is constants.CATEGORY:
            yield _CATEGORIES.get(str(argument), "a")


def texts(pattern: str) -> Iterator[tuple[str, str, str]]:
    """What stands before, what is repeated, what stands behind."""
    parts = written(pattern)
    pieces = tuple(dict.fromkeys((*parts[:9], " ", "1", "a", ".")))
    pumps = [*pieces, *(a + b for a, b in itertools.product(pieces[:6], repeat=2) if a != b)]
    heads = dict.fromkeys(("", *parts[:1], *[part for part in parts if len(part) > 1][:2]))
    for pump in pumps:
        for tail in ("", "\0"):
            for head in heads:
                yield head, pump, tail


def seconds(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


def grows(run: Callable[[str], object], short: str, long: str, n_runs: int) -> bool:
    """Whether a text ``LONGER`` times as long takes more than half of the square of that.

    The least of some runs counts, both lengths by turns: a machine is busy with other things for a while, and
    would have to be so each time with the longer one alone, by half of ``LONGER`` times.
    """
    runs = [[seconds(run, text) for text in (short, long)] for _ in range(n_runs)]
    quick, slow = (min(run[n] for run in runs) for n in (0, 1))
    return slow > max(SLOW, LONGER**2 / 2 * quick)


def slow(pattern: re.Pattern[str] | LazyPattern, uses: frozenset[Use]) -> Iterator[str]:
    if not is_unbounded(parser.parse(str(pattern.pattern))):
        return
    for (head, pump, tail), use in itertools.product(texts(str(pattern.pattern)), uses):
        made = tuple(head + (pump * length)[:length] + tail for length in LENGTHS)
        run: Callable[[str], object] = getattr(pattern, use)
        for n, (length, text) in enumerate(zip(LENGTHS, made, strict=True)):
            needed = seconds(run, text)
            if needed > SLOW:
                short = head + (pump * length)[: length // LONGER] + tail
                if grows(run, short, text, 2) and grows(run, short, text, 6):
                    yield f"{use}: {head!r} + {pump!r} × {length} + {tail!r}"
                    return
            if n and needed < SLOW * (length / LENGTHS[-1]) ** 2:
                break  # a quadratic one that is slow over the whole length needs more for a part of it
            if n and needed < IN_PROPORTION * min(seconds(run, made[n - 1]) for _ in range(3)):
                break


KNOWN = patterns()


def test_the_patterns_are_found() -> None:
    assert len(KNOWN) > 150
    assert BOUNDED.keys() <= KNOWN.keys()


@pytest.mark.parametrize("package", sorted({name.partition(".")[0] for name in KNOWN}))
def test_patterns_take_time_in_proportion(package: str) -> None:
    found = {
        name: case
        for name, (pattern, uses) in KNOWN.items()
        if name.partition(".")[0] == package and name not in BOUNDED
        for case in slow(pattern, uses)
    }
    assert found == {}


def test_the_hunt_finds_what_it_hunts() -> None:
    for bad, use in ((r"[.\s]*\.{2,}[.\s]*", "fullmatch"), (r"<[^>]*>", "search"), (r"s\s*:?\s*x", "match")):
        assert any(slow(re.compile(bad), frozenset({use})))  # type: ignore[arg-type]
    assert not any(slow(re.compile(r"<[^<>]*>"), frozenset({"search"})))


@pytest.mark.parametrize(
    "pattern", ["a+b", "(?:x|a*b)", "(?=a{2,}b)", "(?i:(a)*?)", "(?>a*)", "(a)?(?(1)b*|c)"]
)
def test_what_is_repeated_without_end_is_seen_wherever_it_stands(pattern: str) -> None:
    assert is_unbounded(parser.parse(pattern))
    assert not is_unbounded(parser.parse(re.sub(r"[*+]|\{2,\}", "{2,9}", pattern)))
