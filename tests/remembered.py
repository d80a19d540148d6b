"""What the same input gives again is worked out once in a run of tests.

Hundreds of tests start from the same forms filled in the same way, and look at the same year from one side
each. Writing a form and reading it, unpacking, checking and adding up a year, filling a template takes longer
than what they try, and depends on nothing but what it is given.
"""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property, lru_cache, partial, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import tomlkit

from dvctt_report import consolidated
from dvctt_report.cli import soundness
from dvctt_report.decide.check import document, finals
from dvctt_report.decide.check import finals as now
from dvctt_report.forms import issue, writer
from dvctt_report.forms.form import Form
from dvctt_report.forms.plan_book import taking
from dvctt_report.intake import collect, recompute
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.model.period import Period
from dvctt_report.papers.letters import write
from dvctt_report.papers.mending import workbook
from dvctt_report.papers.years import amend
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.report import render, word_template
from dvctt_report.text import personal
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.year import Year

_MOST: Final = 400
"""Forms, readings and returns' figures that are kept, of each."""
_FEW: Final = 60
"""Years and documents that are kept, of each: they are a hundred times as large."""
_FEWEST: Final = 4
"""Years of which all is kept that a workbook prints, row by row."""


_OF_COMMANDS: Final = (*("cli", "decide", "explain", "published", "report", "tests", "check", "years"),)
"""Folders whose tests go whole ways through commands: they alone have a year worked out once."""


def remember(item: pytest.Item) -> None:
    """Have the commands of a test work out the same once; not where that is what is tried."""
    folder = item.path.parent.name
    anew = item.get_closest_marker("workers") is not None or item.get_closest_marker("anew") is not None
    _put(_FORMS, not anew and folder not in ("forms", "intake"))
    _put(_YEARS, not anew and folder in _OF_COMMANDS)


def _put(remembered: tuple[_Remembered, ...], once: bool) -> None:
    for one in remembered:
        setattr(one.owner, one.name, one.once if once else one.real)


class _Remembered(NamedTuple):
    """A function of a module or class, and what takes its place."""

    owner: Any
    name: str
    once: Any
    real: Any


class _Asked:
    """A question by its key, and what answers it where nobody asked before."""

    def __init__(self, key: Hashable, call: Callable[[], Any]) -> None:
        self.key, self.call = key, call

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key


class _This:
    """A value by what it is, not by what it says."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.value is other.value


class _Alike:
    """A value by what it says, found by ``name``, which is told faster."""

    def __init__(self, value: object, name: Hashable) -> None:
        self.value, self.name = value, name

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and self.name == other.name and self.value == other.value


def _answers(most: int) -> Callable[[Hashable, Callable[[], Any]], Any]:
    """What gives the answer to a question, by its key, or else by a call.

    Where personal numbers are asked for in full, every answer is another one.
    """
    found = lru_cache(most)(lambda asked: asked.call())
    return lambda key, call: found(_Asked((personal._asked.get(), key), call))


def _remembered(owner: Any, name: str, key: Callable[..., Hashable], most: int) -> _Remembered:
    """``owner.name`` asked once for each ``key`` of its arguments; None: too special to be asked again."""
    real, answer = getattr(owner, name), _answers(most)

    @wraps(real)
    def once(*args: Any, **named: Any) -> Any:
        call = partial(real, *args, **named)
        asked = key(*args, **named)
        return call() if asked is None else answer(asked, call)

    return _Remembered(owner, name, once, real)


# -------------------------------------------------------------------------------------- forms and readings


def _reading(
    file: str, data: bytes, profile: Profile, period: Period, assigned: Mapping[str, str] | None = None
) -> Hashable:
    given = tuple(sorted((assigned or {}).items()))
    return file, sha256(data).digest(), profile, period, given, recompute._engine_runs.get()


def _form(
    profile: Profile,
    unit: Unit,
    form: Form,
    typed: Mapping[Any, Any],
    edition: str,
    before: Mapping[Any, Any],
    back: Any,
    joint: Any,
) -> Hashable:
    if back is not issue.NOT_SENT_BACK or joint is not None:
        return None
    answers = tuple((key, type(value), value) for key, value in typed.items())
    return profile, unit.code, form, answers, edition, tuple(before.items())


def _own_form(
    asked: Any, sent: Any, content: bytes, profile: Profile, head: Any, last: Any = None
) -> Hashable:
    return _Alike((asked, sent, content, profile, last), (asked.unit.code, sent.sha256, sent.follows, head))


_FIGURES: Final = _answers(_MOST)


def _laid_out(kept: KeptObservations) -> Any:
    if kept._answers is None:
        kept._answers = _FIGURES(kept.packed, partial(_LAY_OUT, kept))
    return kept._answers


_LAY_OUT: Final = KeptObservations.answers


# ------------------------------------------------------------------------------------------------- a year


_DATASET: Final = OpenYear.__dict__["dataset"]
_DATASETS: Final = _answers(_FEW)
_CHECKED: Final = _answers(_FEW)


def _dataset(year: OpenYear) -> Any:
    """The data set that was built first of those that say the same."""
    built = _DATASET.func(year)
    files = tuple((r.file, r.sha256, r.status) for r in built.returns)
    decided = len(built.notes), len(built.acceptances), len(built.overrides), len(built.left_out)
    return _DATASETS(_Alike(built, (built.period, built.today, files, decided)), lambda: built)


def _checked(year: OpenYear) -> Any:
    return _CHECKED(_This(year.dataset), partial(Year, year.dataset))


def _part(name: str) -> _Remembered:
    """A part of a year, which is that of all years of the same data set."""
    return _property(name, lambda year: getattr(_checked(year), name))


def _parts(year: Any) -> Hashable:
    return _This(year.dataset), _This(year.summary), tuple(map(_This, year.findings))


def _figures(year: Any, plain: Any, printed: Mapping[str, str]) -> Hashable:
    return _parts(year), _Alike((plain, printed), plain.issuer.as_of)


def _property(name: str, made: Callable[[OpenYear], Any]) -> _Remembered:
    once = cached_property(made)
    once.__set_name__(OpenYear, name)
    return _Remembered(OpenYear, name, once, getattr(OpenYear, name))


# ---------------------------------------------------------------------------------------------- documents


def _content(path: Path) -> bytes | None:
    """A name for what stands in a file; None where it can't be read, which is for the program to tell."""
    try:
        return sha256(read_file(path)).digest()
    except (OSError, CannotRun):
        return None


def _workbook(year: Any, phrases: Any, notice: Any = ()) -> Hashable:
    return _parts(year), _Alike(phrases, len(phrases.patterns)), tuple(notice)


_INDEX: Final = consolidated.workbook_index
_INDEXES: Final = _answers(_FEWEST)


def _workbook_index(*asked: Any) -> Any:
    """What the workbook of a year prints, all of which whoever asks about a figure looks through."""
    return iter(_INDEXES(_workbook(*asked), lambda: tuple(_INDEX(*asked))))


def _filled(
    template: Path,
    parts: tuple[Any, ...],
    title: str,
    issuer: Any,
    written: Any = None,
    whole_text: bool = True,
    order: tuple[str, ...] = (),
) -> Hashable:
    if (content := _content(template)) is None:
        return None
    asked = content, parts, title, issuer, tuple((written or {}).items()), whole_text, order
    try:
        hash(asked)
    except TypeError:
        return None
    return asked


_FILLED: Final = _remembered(render, "fill_parts", _filled, _FEW)


def _read(path: Path) -> Hashable:
    content = _content(path)
    return None if content is None else (path.name, content)


_EDITED: Final = _remembered(document, "read_document", _read, _FEW)
_LOAD: Final = tomllib.loads
_TABLES: Final = _answers(_MOST)


def _loads(text: str, **named: Any) -> Any:
    """What stands in a TOML file, its own each time: who reads it may take something out."""
    if named or not isinstance(text, str):
        return _LOAD(text, **named)
    return pickle.loads(_TABLES(text, lambda: pickle.dumps(_LOAD(text))))


_PARSE: Final = tomlkit.parse
_DOCUMENTS: Final = _answers(_FEW)


def _parse(text: str) -> Any:
    """A TOML file with its comments, its own each time: who parses it changes it."""
    return pickle.loads(_DOCUMENTS(text, lambda: pickle.dumps(_PARSE(text))))


def _merged(text: str, said: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> Hashable:
    return text, repr(said), repr(whole)


_FORMS: Final = (
    _remembered(collect, "read_received", _reading, _MOST),
    _remembered(writer, "_form_bytes", _form, _MOST),
    _Remembered(tomlkit, "parse", _parse, _PARSE),
)
_YEARS: Final = (
    _remembered(workbook, "own_form", _own_form, _MOST),
    _Remembered(KeptObservations, "answers", _laid_out, _LAY_OUT),
    _property("dataset", _dataset),
    *map(_part, ("findings", "summary", "lines", "by_unit")),
    _remembered(now, "figures_now", _figures, _FEW),
    _remembered(consolidated, "consolidated_bytes", _workbook, _FEW),
    _Remembered(consolidated, "workbook_index", _workbook_index, _INDEX),
    *(_FILLED._replace(owner=one) for one in (render, write, amend)),
    _remembered(word_template.WordTemplate, "patch_xml", lambda _, xml: xml, _FEW),
    _remembered(soundness, "check_tags", _read, _FEW),
    _EDITED,
    _EDITED._replace(owner=finals),
    _remembered(taking, "merged_table", _merged, _FEW),
    _Remembered(tomllib, "loads", _loads, _LOAD),
)
