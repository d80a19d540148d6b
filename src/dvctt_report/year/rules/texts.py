"""May a free text be printed: is it a text at all, and does it name a private person's data?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.model import Observation, State
from dvctt_report.plan.fields import fields
from dvctt_report.text.personal import kinds_in
from dvctt_report.text.vietnamese import key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import effective_returns, format_cells
from dvctt_report.year.rules.rule import RuleFault, about, rule

_MARKS = re.compile(r"[\s.…_*\-–—]+")
_DOTS = re.compile(r"[.…_*]{2}")
_SPACES = re.compile(r"[\s…]+")
_LEFT_OPEN = re.compile(r"\[\s*(?:…|\.{2,})\s*\]|\bx{2,}\b|lorem ipsum", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_TO_FILL_IN = ("…", "điền", "nhập", "ghi")
_FILLERS = frozenset(
    key(words)
    for words in ("abc", "aaa", "test", "thử", "xyz", "asdf", "123", "ghi rõ", "(ghi rõ)", "điền vào đây")
)


@rule("VB01")
def placeholder_left(dataset: Dataset) -> Iterator[RuleFault]:
    """Report free texts that are nothing but dots, or hold a gap still to be filled."""
    for said in _free_texts(dataset):
        text = str(said.value)
        if _is_left_open(text):
            shown = text if len(text) <= 60 else f"{text[:60]}…"
            fix = f"Ghi nội dung hoặc để trống {format_cells(said, otherwise='ô này')}."
            yield replace(about(said, f"“{shown}” còn chữ giữ chỗ", fix), value=shown)


@rule("VB02")
def personal_data(dataset: Dataset) -> Iterator[RuleFault]:
    """Report free texts with twelve digits like those of an identity card, or a mobile telephone number."""
    for said in _free_texts(dataset):
        names = kinds_in(str(said.value))
        if names:
            message = f"nội dung có số giống {' và '.join(names)} của cá nhân"
            fix = f"Xóa số này khỏi {format_cells(said, otherwise='ô này')} rồi gửi lại."
            yield replace(about(said, message, fix), value="")


def _is_left_open(text: str) -> bool:
    """Whether a text is nothing but dots and the like, or has a gap in it; in time in proportion to it."""
    if _SPACES.fullmatch(text) or (_MARKS.fullmatch(text) and _DOTS.search(text)):
        return True
    angles = (match[1].lower() for match in _IN_ANGLES.finditer(text))
    return (
        _LEFT_OPEN.search(text) is not None
        or any(word in inner for inner in angles for word in _TO_FILL_IN)
        or key(text) in _FILLERS
    )


def _free_texts(dataset: Dataset) -> Iterator[Observation]:
    """Yield every text that units wrote of their own, about whatever item of the plan."""
    texts = {(i.code, f.code) for i in dataset.profile.plan.items for f in fields(i) if f.kind == "text"}
    for _, found in effective_returns(dataset):
        for observation in found.observations:
            if observation.state is State.GIVEN and (observation.item, observation.field) in texts:
                yield observation
