"""What kind of document it is, by everything that speaks for one: no single sign makes a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import quote
from dvctt_report.lint.heads import is_agency
from dvctt_report.lint.parts import Letterhead, Number, Paper, Signature, Signs, Title
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.stamps import is_stamp
from dvctt_report.lint.symbols import groups_in
from dvctt_report.lint.titles import ENCLOSED, kind_of, stands_aside
from dvctt_report.nd30.kinds import ANNEX, BY_ABBREVIATION, BY_KEY, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key
from dvctt_report.word.strokes import typed_stroke

_LONGEST_NAME = 120
_ENOUGH = 2
"""Signs that must speak for a letter, and parts that an office's document with a name must have."""
_IN_PLACE_OF_A_NAME = lazy_pattern(r"(?:so|luat so|ngay)\b.*\d|\(.*\)|.*[.;:]$")


def read_signs(head: Letterhead, title: Title, number: Number | None, signature: Signature) -> Signs:
    """Look at the whole document for what only some kinds have."""
    groups = groups_in(number, head)
    lettered = bool(groups) and bool(re.search(r"[^\W\d_]", groups[0]))
    of_letter = lettered and groups[0] not in BY_ABBREVIATION
    looked: tuple[tuple[str, bool], ...] = (
        ("Quốc hiệu, Tiêu ngữ", head.state is not None or head.motto is not None),
        ("tên cơ quan ban hành", any(is_agency(line) for line in (*head.parent, *head.issuer))),
        ("số, ký hiệu", head.number is not None),
        ("địa danh, ngày", head.place_date is not None),
        ("tên loại", title.kind is not None),
        ("ký hiệu của công văn", of_letter),
        ("“V/v” dưới số", bool(head.matter)),
        ("“Kính gửi”", title.addressee is not None),
        ("“Nơi nhận”", signature.recipients_title is not None),
    )
    have = dict(looked)
    letter = ("ký hiệu của công văn", "“V/v” dưới số", "“Kính gửi”", "“Nơi nhận”")
    office = ("tên cơ quan ban hành", "số, ký hiệu", "địa danh, ngày", "“Nơi nhận”")
    return Signs(
        seen=tuple(name for name, found in looked if found),
        missing=tuple(name for name, found in looked if not found),
        of_letter=sum(have[name] for name in letter),
        of_office=sum(have[name] for name in office),
    )


def kind_by_signs(head: Letterhead, title: Title, number: Number | None, signs: Signs) -> str:
    """The kind that title, number, "V/v", "Kính gửi" and "Nơi nhận" agree upon; "" where they don't."""
    named = kind_of(title.kind) if title.kind else None
    if named is not None:
        return named.name if signs.of_office >= _ENOUGH or title.enclosed_in else ""
    groups = groups_in(number, head)
    by_symbol = BY_ABBREVIATION.get(groups[0]) if groups else None
    if title.other is None and by_symbol and not (head.matter and title.addressee):
        return by_symbol
    if title.other is not None and not head.matter:
        return ""
    return LETTER if signs.of_letter >= _ENOUGH else ""


def forced_kind(word: str) -> str | None:
    """The kind that a clerk means by its name or abbreviation, "báo cáo" or "BC"; None: there is no such."""
    wanted = key(word)
    if wanted in (key(LETTER), "cv"):
        return LETTER
    if wanted == key(ANNEX):
        return ANNEX
    by_short = {key(short): name for short, name in BY_ABBREVIATION.items()}
    return BY_KEY.get(wanted) or by_short.get(wanted)


def name_without_kind(front: Sequence[Piece], head: Letterhead) -> Piece | None:
    """The line above the text that names the document, though by none of the decree's kinds."""
    return next(_names(front, head), None)


def _names(front: Sequence[Piece], head: Letterhead) -> Iterator[Piece]:
    parts = [p for p in (head.state, head.motto, head.number, head.place_date, *head.matter) if p is not None]
    top = max((p.paragraph.number for p in (head.state, head.motto) if p is not None), default=-1)
    for line in front:
        taken = any(line.paragraph is part.paragraph for part in parts)
        if taken or line.paragraph.number < top or stands_aside(line) or len(line.text) > _LONGEST_NAME:
            continue
        if typed_stroke(line.text) or is_stamp(line.text) or is_agency(line) or ENCLOSED.match(line.plain):
            continue
        centred = line.paragraph.shape.align == "center"
        set_apart = (centred and (line.is_upper or line.is_bold)) or (line.is_upper and line.is_bold)
        if set_apart and not _IN_PLACE_OF_A_NAME.fullmatch(line.plain):
            yield line


SAY_THE_KIND = (
    'Nếu đây là văn bản hành chính, chạy lại với --kind và tên loại, ví dụ --kind "Công văn" hoặc --kind BC; '
    "nếu không phải thì không cần kiểm tra theo NĐ 30/2020/NĐ-CP."
)


def unclear_reason(paper: Paper) -> str:
    """Say that the kind isn't clear, what was seen and what wasn't."""
    title = paper.title.kind or paper.title.other
    named = f"tên “{quote(title.text, 60)}”, " if title else ""
    seen, missing = ", ".join(paper.signs.seen), ", ".join(paper.signs.missing)
    return f"Chưa rõ loại văn bản: thấy {named}{seen or 'lời văn'}; không thấy {missing}"
