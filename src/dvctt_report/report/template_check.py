"""Look a template over as an officer edited it: what is wrong, with the paragraph it stands in.

What tags there are, and what each of their entries has, is read off the classes of the report's context, so
that list and report can't differ.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from jinja2 import TemplateError

from dvctt_report.report.citing import Head
from dvctt_report.report.context import Body, Tail
from dvctt_report.report.tags import paragraph_faults, place_of
from dvctt_report.report.word_template import WordTemplate
from dvctt_report.text.errors import CannotRun

Kind: TypeAlias = Any
"""What a tag holds: ``str``, ``tuple[str, ...]``, or a tuple of one of the context's classes."""


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """A fault: the text of the paragraph where it stands, what is wrong, what to do."""

    paragraph: str
    what: str
    fix: str

    @property
    def said(self) -> str:
        """Place and fault in one sentence; what is no paragraph's has no place."""
        place = f"đoạn “{self.paragraph}”: " if self.paragraph else ""
        return f"{place}{self.what}"


def tags_of() -> dict[str, Kind]:
    """Return every tag of the report by name, in the order of the report, with what it holds."""
    return {**_fields_of(Head), "notice": tuple[str, ...], **_fields_of(Body), **_fields_of(Tail)}


def check_template(path: Path) -> tuple[TemplateFault, ...]:
    """What is wrong with a template of the report. Raises CannotRun where it is no Word document.

    It is filled with words in place of what a report holds, then with as little as it may hold.
    """
    faults = check_tags(path)
    for n in (2, 0) if not faults else ():
        values = {name: _sample(kind, n) for name, kind in tags_of().items()}
        trial = WordTemplate(path)
        try:
            trial.fill(values, {})
        except CannotRun as error:
            return (_fault(error, trial),)
    return faults


def check_tags(path: Path) -> tuple[TemplateFault, ...]:
    """What is wrong with any template, whatever its tags are called; as ``check_template``."""
    template = WordTemplate(path)
    faults = [TemplateFault("", what, fix) for what, fix in template.outside]
    for text in (" ".join(text.split()) for text in template.texts):
        faults += [TemplateFault(text, *fault) for fault in paragraph_faults(text)]
    try:
        template.read_tags()
    except CannotRun as error:
        faults = faults or [_fault(error, template)]
    return tuple(faults)


def _fault(error: CannotRun, template: WordTemplate) -> TemplateFault:
    """What keeps a template from being filled, with the paragraph where that is known."""
    cause = error.__cause__
    if isinstance(cause, TemplateError):
        return TemplateFault(*place_of(cause, template.texts), error.fix)
    return TemplateFault("", error.message.rstrip("."), error.fix)


def _sample(kind: Kind, n: int) -> Any:
    """Something of that kind: words for a text, ``n`` entries for a list."""
    origin: object = get_origin(kind)
    if origin is tuple:
        return tuple(_sample(get_args(kind)[0], n) for _ in range(n))
    if isinstance(kind, type) and is_dataclass(kind):
        return SimpleNamespace(**{name: _sample(inner, n) for name, inner in _fields_of(kind).items()})
    return "chữ" if n else ""


def unused_tags(path: Path) -> tuple[str, ...]:
    """Return the tags that the template doesn't use: what they hold will not stand in the report."""
    used = WordTemplate(path).read_tags().roots
    return tuple(name for name in tags_of() if name not in used)


def _fields_of(kind: type) -> dict[str, Kind]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}
