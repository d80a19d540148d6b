"""What is asked about: a target, another figure of the report, or a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from dvctt_report.errors import CannotRun
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.wording import figure_name
from dvctt_report.vietnamese import format_count, unaccented

_MOST = 12
"""Figures of the same number that are named."""


@dataclass(frozen=True, slots=True)
class Subject:
    """``code`` names a target, a figure or a unit of the manifest."""

    kind: Literal["target", "figure", "unit"]
    code: str


class NothingSoNamed(CannotRun):
    """Nothing in the report bears what was typed: no code, no name, no printed number."""


def find_subject(manifest: Manifest, said: str) -> Subject:
    """Tell what ``said`` names, whatever its case: by its code, or a number as it is printed ("79,96%").

    Raises CannotRun that proposes the nearest (``NothingSoNamed``), or names all that print such a number.
    """
    if code := _code(manifest.indicators, said):
        return Subject("target", code)
    if code := _code(manifest.figures, said):
        return Subject("figure", code)
    if len(named := manifest.unit_names.find(said)) == 1:
        return Subject("unit", named[0].code)
    if printed := _number(said):
        return _printing(manifest, printed)
    if counted := _COUNTED.fullmatch(said.strip()):
        return _counting(manifest, _number(counted[1]), counted[2])
    if pointed := _POINTED.fullmatch(re.sub(r"\s", "", said)):
        raise _with_comma(manifest, said, f"{pointed[1]},{pointed[2]}")
    if manifest.unit_names.meant(said):
        return Subject("unit", manifest.unit_names.pick(said).code)
    known = [*manifest.indicators, *manifest.figures, *manifest.units]
    within = [k for k in known if k.lower().startswith(f"{said.lower()}.")]
    mistyped = _code(manifest.indicators, said.lower().replace("o", "0").replace("l", "1"))
    near = within or ([mistyped] if mistyped else get_close_matches(said.upper(), known, n=5))
    near = near or [f"{unit.short_name} ({unit.code})" for unit in manifest.unit_names.nearest(said)]
    proposed = f"Gần nhất: {', '.join(near)}. " if near else ""
    listed = ", ".join(manifest.indicators)
    raise NothingSoNamed(
        f"Báo cáo không có mục tiêu, con số hay đơn vị nào mang mã “{said}”.",
        f"{proposed}Các mục tiêu: {listed}. Con số khác: gõ số như in trong báo cáo, ví dụ 1.234.",
    )


def _number(said: str) -> str:
    """A number as it is printed, without its unit and blanks; "" for what is none."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?(%?)", re.sub(r"\s", "", said))
    if found is None:
        return ""
    return format_count(int(found[1].replace(".", ""))) + (found[2] or "") + found[3]


_COUNTED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)\s*([^\W\d_].*)")
"""A count with what it counts: "17 đơn vị"."""
_POINTED = re.compile(r"(\d+)\.(\d{1,2})%?")
"""A share typed with a point."""


def _with_comma(manifest: Manifest, said: str, number: str) -> CannotRun:
    """Refuse a share typed with a point, and propose those printed that begin so, else all that are."""
    near = dict.fromkeys(text for _, _, text in _texts(manifest) if text.startswith(number))
    if near:
        commands = "; ".join(f'dvctt-report explain "{text}"' for text in list(near)[:_MOST])
        return CannotRun(f"Báo cáo ghi phần lẻ sau dấu phẩy, không ghi “{said}”.", f"Có thể là: {commands}.")
    printed = ((code, one["percent"]) for code, one in manifest.indicators.items() if one["percent"])
    shares = ", ".join(f"{percent} ({code})" for code, percent in printed)
    return CannotRun(
        f"Báo cáo ghi phần lẻ sau dấu phẩy, và không in số nào bắt đầu bằng {number}.",
        f"Các tỷ lệ mục tiêu: {shares}.",
    )


def _counting(manifest: Manifest, number: str, words: str) -> Subject:
    """The figure that is printed so and counts what ``words`` say; CannotRun that says what can be asked."""
    wanted = unaccented(words).split()
    of_units = wanted[:2] == ["don", "vi"]
    found = {
        subject.code: subject
        for subject, _, text in _texts(manifest)
        if text == number and _counted_in(manifest, subject)[: len(wanted)] == wanted
    }
    counts = list(_counts_of_units(manifest, int(number.replace(".", "")))) if of_units else []
    if len(found) == 1 and not counts:
        return next(iter(found.values()))
    if not found and not of_units:
        return _printing(manifest, number)
    named = [f"  {code}: số {words} của mục tiêu, nội dung này" for code in found] + counts
    if not named:
        raise CannotRun(
            f"Không có số đếm đơn vị nào là {number}.",
            "Hỏi được: số in của mục tiêu, nội dung; mã mục tiêu (T10); mã hoặc tên một đơn vị. Ai đã gửi, "
            "ai chưa: dvctt-report status",
        )
    more = [f"  … và {len(named) - _MOST} số khác"] if len(named) > _MOST else []
    raise CannotRun(
        f"Số đếm là {number}:\n" + "\n".join(named[:_MOST] + more),
        "Gõ mã mục tiêu để xem từng đơn vị, ví dụ dvctt-report explain T10; ai đã gửi, ai chưa: "
        "dvctt-report status",
    )


def _counted_in(manifest: Manifest, subject: Subject) -> list[str]:
    """The words for what a figure counts, without accents."""
    known = manifest.indicators if subject.kind == "target" else manifest.figures
    return unaccented(known[subject.code]["unit_of_count"]).split()


def _counts_of_units(manifest: Manifest, n: int) -> Iterator[str]:
    """Yield a line for each count of units in the report that comes to ``n``."""
    sent = manifest.data["returns"]
    counts = (
        ("phải gửi báo cáo", sent["expected"]),
        ("đã gửi báo cáo", sent["received"]),
        ("gửi muộn", sent["late"]),
        ("chưa gửi", len(sent["missing"])),
    )
    yield from (f"  số đơn vị {name} (dvctt-report status)" for name, count in counts if count == n)
    for code, one in manifest.indicators.items():
        if one["coverage"]["reported"] == n:
            yield f"  {code}: số đơn vị có số liệu của mục tiêu này"


def _printing(manifest: Manifest, number: str) -> Subject:
    """The one figure that is printed so; raises CannotRun that names all where there are several."""
    found = {
        (subject.code, what): subject
        for subject, what, text in _texts(manifest)
        if number in (text, text.rstrip("%"))
    }
    if len({subject.code for subject in found.values()}) == 1:
        return next(iter(found.values()))
    units = [] if found else list(_of_units(manifest, number))
    if not found and not units:
        raise NothingSoNamed(
            f"Không có mục tiêu, nội dung nào của báo cáo có số {number}.",
            "Số đếm mục tiêu, đơn vị, nhiệm vụ: xem phụ lục của báo cáo, hoặc gõ mã mục tiêu.",
        )
    named = [f"  {code}: {what}" for code, what in found] or units
    more = [f"  … và {len(named) - _MOST} con số khác"] if len(named) > _MOST else []
    raise CannotRun(
        f"Có {len(named)} con số in là {number}:\n" + "\n".join(named[:_MOST] + more),
        "Gõ lại với mã ở trên, ví dụ: dvctt-report explain" + named[0].partition(":")[0].replace("  ", " "),
    )


def _of_units(manifest: Manifest, number: str) -> Iterator[str]:
    """Yield a line for each target in which a unit's own figure is printed so."""
    for code, given in manifest.contributions.items():
        for one in given:
            values = (one[part] for part in ("numerator", "denominator"))
            if any(value is not None and format_count(value) == number for value in values):
                name = manifest.indicators[code]["name"]
                yield f"  {code} --unit {one['unit']}: {name}, {manifest.unit_name(one['unit'])}"


def _texts(manifest: Manifest) -> Iterator[tuple[Subject, str, str]]:
    """Yield each printed result with what it is and how it is printed."""
    for code, one in manifest.indicators.items():
        name = manifest.items[code]["name"] if code in manifest.items else one["name"]
        for label, value in (("đã thực hiện", one["numerator"]), ("tổng số", one["denominator"])):
            if value is not None:
                yield Subject("target", code), f"{name} ({label})", format_count(value)
        if one["percent"]:
            yield Subject("target", code), f"{name} (tỷ lệ)", one["percent"]
        target = manifest.targets[code]
        for label, value in (("còn thiếu", target.get("short")), ("số làm đổi kết luận", target.get("turn"))):
            if value and one["basis"]:
                yield Subject("target", code), f"{name} ({label})", format_count(value)
        for field in target.get("fields") or ():
            if field["percent"]:
                yield Subject("target", code), f"{name} ({field['name']})", field["percent"]
    for code, one in manifest.figures.items():
        if one["value"] is not None:
            text = f"{figure_name(manifest, code)}, {one['unit_of_count']}"
            yield Subject("figure", code), text, format_count(one["value"])


def _code(known: Mapping[str, Entry], said: str) -> str:
    return next((code for code in known if code.lower() == said.strip().lower()), "")
