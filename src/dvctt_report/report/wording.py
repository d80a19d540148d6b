"""Small pieces of prose that several parts of the report share: counts, names of units, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, TypeVar

from dvctt_report.model import Number
from dvctt_report.plan.phrases import Phrases, figure_id
from dvctt_report.report.marks import mark, mark_numbers
from dvctt_report.report.settings import NO_ANNEXES, Annexes, Issuer
from dvctt_report.report.unit_lists import FARTHEST, MANY, n_by_kind, terms
from dvctt_report.text.vietnamese import (
    clean_text,
    first_letter_capital,
    first_letter_small,
    format_count,
    format_small_count,
    join_names,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Voice:
    """The profile's phrases and the issuer's choices: how a sentence is said, and in which text.

    ``marking``: every figure is marked with its identifier, for the manifest (see ``marks``). ``subject`` is
    what the sentences are about; identifiers continue it. ``annexes`` are those it may refer to.
    """

    phrases: Phrases
    issuer: Issuer
    marking: bool = False
    subject: str = ""
    annexes: Annexes = NO_ANNEXES

    def say(self, name: str, /, **slots: str) -> str:
        """Write the pattern ``name``."""
        if self.marking:
            slots = {
                slot: self.mark(figure_id(name, slot, self.subject), text) for slot, text in slots.items()
            }
        return self.phrases.fill(name, self.issuer.text.name, **{**dict(self.issuer.places), **slots})

    def about(self, subject: str) -> Voice:
        """The same voice, speaking of ``subject``: a target's code, a figure's identifier."""
        return replace(self, subject=subject)

    def mark(self, id: str, text: str) -> str:
        """Mark ``text`` as the figure ``id`` where figures are marked and it is one."""
        return mark(id, text) if self.marking and id and text else text

    def mark_numbers(self, id: str, text: str) -> str:
        """Mark each number of ``text`` as the figure ``id`` where figures are marked."""
        return mark_numbers(id, text) if self.marking else text

    def refer(self, annex: str, how: str = "annex") -> str:
        """Point at an annex in brackets, or "told_in" behind a comma; "" where it isn't printed."""
        return self.say(f"names.{how}", annex=annex) if annex else ""

    def count(self, n: Number) -> str:
        """Write a count for prose, with a leading zero below 10 where the setting says so."""
        return format_small_count(n) if self.issuer.leading_zero else format_count(n)

    def named(
        self, names: Sequence[str], annex: str, farthest: Sequence[str] = (), most: str = "farthest"
    ) -> str:
        """Name units after their number as far as the naming setting allows; "" where it does not.

        Many are counted by kind, of which the ``annex`` names all, and the first of ``farthest`` are named:
        of what they have most says the pattern ``most``.
        """
        if self.issuer.naming == "khong" or not names:
            return ""
        if self.issuer.naming == "phu_luc":
            return self.say("names.in_annex", annex=annex) if annex else ""
        if len(names) > MANY and (annex or farthest):
            first = self.say(f"names.{most}", names=join_units(farthest[:FARTHEST])) if farthest else ""
            return self.say("names.kinds", kinds=self.kinds(names), farthest=first, annex=self.refer(annex))
        most_named = self.issuer.max_named if annex else len(names)
        if len(names) <= most_named:
            return self.say("names.listed", names=join_units(names))
        separator = "; " if _hold_joints(names) else ", "
        others = self.count(len(names) - most_named)
        shown = separator.join(names[:most_named])
        return self.say("names.others", names=shown, n=others, annex=self.refer(annex))

    def introduce(self, value: T) -> T:
        """Spell out each abbreviation where it first stands, but in quoted titles and documents' symbols."""
        said = {text: text for text in strings(value)}
        for short, full in self.phrases.abbreviations.items():
            bare = rf"(?<![\w/-]){re.escape(short)}(?![\w/-])"
            if not re.search(bare, re.sub("“[^”]*”", "", "\n".join(said.values()))):
                continue
            spelt = f"{re.escape(full)}|{re.escape(first_letter_capital(full))}"
            first = re.compile(rf"({spelt})(?: \({re.escape(short)}\))?|{bare}")
            for text, written in said.items():
                unquoted = (
                    match
                    for match in first.finditer(written)
                    if written.count("“", 0, match.start()) <= written.count("”", 0, match.start())
                )
                if (found := next(unquoted, None)) is not None:
                    spelled = found.group(1) or (first_letter_capital(full) if found.start() == 0 else full)
                    said[text] = f"{written[: found.start()]}{spelled} ({short}){written[found.end() :]}"
                    break
        return map_strings(value, said.__getitem__)

    def kinds(self, names: Sequence[str]) -> str:
        """Count units by kind: "04 cơ quan cấp tỉnh, 16 xã và 06 phường"."""
        return join_names(self.say(f"names.{kind}", n=self.count(n)) for kind, n in n_by_kind(names).items())


def join_units(names: Iterable[str]) -> str:
    """Join names of units for a sentence, communes of a kind together."""
    return join_terms(terms(names))


def join_terms(terms: Iterable[str]) -> str:
    """Join terms for a sentence, by semicolons where one of them holds a comma or "và"."""
    listed = list(terms)
    return join_names(listed, "; ") if _hold_joints(listed) else join_names(listed)


def _hold_joints(terms: Iterable[str]) -> bool:
    return any(", " in term or " và " in term for term in terms)


def lower_first(text: str) -> str:
    """Write the first letter small, as inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else first_letter_small(text)


def fit_for_print(text: str) -> str:
    """Clean a string at the only door into the document: what XML forbids or would move the text is gone.

    Outer and repeated spaces stay: they are the blanks for number and day.
    """
    lead = text[: len(text) - len(text.lstrip(" "))]
    return lead + clean_text(text).replace("\ue000", "") if text.strip() else ""


def for_print(value: T) -> T:
    """Return a finished text with every string of it fit for print."""
    return map_strings(value, fit_for_print)


def map_strings(value: T, change: Callable[[str], str]) -> T:
    """Return ``value`` (dataclass, tuple, string) with every string changed, in the order of fields."""
    return _map(value, cache(change))  # type: ignore[no-any-return]  # the walk keeps every type, which Any can't say


def _map(value: Any, change: Callable[[str], str]) -> Any:
    """What is unchanged stays the same object: copying the whole of a report takes longer than reading it."""
    if isinstance(value, str):
        said = change(value)
        return value if said == value else said
    if isinstance(value, tuple):
        mapped = tuple(_map(one, change) for one in value)
        return value if all(map(is_, mapped, value)) else mapped
    changed = {}
    for name in _fields_of(value.__class__):
        before = getattr(value, name)
        after = _map(before, change)
        if after is not before:
            changed[name] = after
    return replace(value, **changed) if changed else value


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass; none of any other class."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def strings(value: Any, names: Collection[str] | None = None) -> Iterator[str]:
    """Yield every string of a dataclass or tuple in the order of fields, those of ``names`` where given."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one, names)
    else:
        for name in _fields_of(value.__class__):
            if names is None or name in names:
                yield from strings(getattr(value, name), names)
