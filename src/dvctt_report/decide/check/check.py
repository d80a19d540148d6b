"""An edited report against its manifest: every place where it says something else, by how grave that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dvctt_report.decide.check.compare import Change, DocumentComparison, EditKind, Gravity
from dvctt_report.decide.check.document import EditedDocument, PrintedReport
from dvctt_report.decide.check.passages import CLOSING, CutDocument
from dvctt_report.decide.check.values import even_text, is_same, names_of, words_of
from dvctt_report.plan.texts import TEXTS
from dvctt_report.report.beside import AXES, COUNTED, DRAWN, is_place
from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.report.wording import lower_first
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.nd30 import BY_ABBREVIATION, LETTER
from dvctt_report.word.package import with_comments
from dvctt_report.word.source import read_source
from dvctt_report.word.tree import COLLATOR, W

_REPORTS = frozenset(text.name for text in TEXTS)
"""The texts that are said again from the register; letters and papers print counts of their own."""
_MOST_LAID = 200_000
"""Changes times hidden texts up to which each is laid against each."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """A figure that the register gives otherwise today: where it was printed first; ``now`` "" for none."""

    section: str
    where: str
    figure: str
    printed: str
    now: str


@dataclass(frozen=True, slots=True)
class Collation:
    """An edited document against its manifest; ``changes`` in the order of the document.

    untouched: the file is byte by byte the rendered one.
    n_figures: how many places print a figure; ``n_agree`` of them as it was printed.
    since: what the register gives otherwise today.
    """

    untouched: bool
    n_figures: int
    n_agree: int
    changes: tuple[Change, ...]
    since: tuple[ChangedSince, ...] = ()

    def of(self, gravity: Gravity) -> list[Change]:
        return [change for change in self.changes if change.gravity is gravity]


def check_document(
    document: EditedDocument, manifest: PrintedReport, now: Mapping[str, str] | None = None
) -> Collation:
    """Check ``document`` against ``manifest``; ``now`` is what the register gives for each figure today.

    ``now`` None: not asked. Raises CannotRun where the document is no copy of the manifest's report.
    """
    printed, edited = CutDocument(manifest.printed), CutDocument.of(document.blocks)
    require_copy(document, manifest, printed, edited)
    names, as_of = names_of(manifest.printed, manifest.targets, manifest.units), manifest.as_of.date()
    whole = DocumentComparison(printed, edited, names, as_of)
    # Heads and feet of pages, charts, pictures, comments: how often each stands there only where it was kept
    kept, there = (Counter(one.section for one in of) for of in (manifest.beside, document.beside))
    passed = COUNTED - kept.keys()
    if kept[AXES] != there[AXES]:  # a chart that came or went is told by its rows
        passed |= {AXES}
    was, stands = (
        CutDocument.of(one for one in of if one.section not in passed)
        for of in (manifest.beside, document.beside)
    )
    aside, end = DocumentComparison(was, stands, names, as_of), len(document.blocks)
    hidden = [(_spoken(text), how) for text, how in document.unsaid.items()]
    laid = len(whole.changes) * len(hidden) <= _MOST_LAID
    changes = []
    for change in whole.changes:  # how what is gone still stands there
        words = _spoken(change.before) if laid else ""
        unseen = (how for text, how in hidden if words and (text in words or words in text))
        changes.append(replace(change, unseen=next(unseen, "")))
    changes += [replace(change, at=end) for change in aside.changes]
    for said, text in document.things:  # what brings other text in: nothing was issued that does
        shown = f"{said} (sau “{' '.join(text.split())}”)"
        changes.append(Change(Gravity.READ, EditKind.ADDED, DRAWN, "", "", said, "", shown, end))
    n_figures = sum(passage.n_figures for passage in printed.passages)
    since: dict[str, ChangedSince] = {}  # the first place of each figure
    for passage in printed.passages if now is not None else ():
        for cell, span in ((cell, span) for cell, spans in enumerate(passage.figures) for span in spans):
            today = (now or {}).get(span.id)
            asked = span.id not in since and (today is not None or manifest.text in _REPORTS)
            if asked and not is_same(span.text, today or ""):
                where = printed.place_of(passage, cell)
                section = passage.block.section
                since[span.id] = ChangedSince(section, where, span.id, span.text, today or "")
    untouched, n_agree = document.sha256 == manifest.sha256, n_figures - whole.touched
    return Collation(untouched, n_figures, n_agree, tuple(changes), tuple(since.values()))


def _spoken(text: str) -> str:
    """The words of a text, a blank before and behind each; "" for signs alone."""
    return re.sub(r"(?<=.)$", " ", " ".join(("", *words_of(text)))) if any(map(str.isalnum, text)) else ""


# Whether a document is an edited copy of what a manifest was rendered as; the reason where it is none

LEAST_FOUND = 0.3
"""Share of the printed sentences and rows that a file without identity must hold to be an edited copy."""
_SYMBOL = re.compile(r"số\s*:[^/\n]{0,80}/\s*(?P<kind>[A-ZĐ][\w]*)-(?P<issuer>\w+)", re.IGNORECASE)


def require_copy(
    document: EditedDocument, manifest: PrintedReport, printed: CutDocument, edited: CutDocument
) -> None:
    """Refuse a copy of another rendering; without identity one of another symbol, or of too little."""
    if document.identity == manifest.id:
        return
    if document.identity:
        raise CannotRun(
            f"Tệp “{document.name}” là bản sửa từ lần lập có mã {document.identity[:8]}; bảng nguồn "
            f"“{manifest.path.name}” là của lần lập có mã {manifest.id[:8]} nên không dùng để đối chiếu "
            "được.",
            "Chạy trong thư mục làm việc đã lập văn bản, bỏ --manifest: chương trình tự tìm tệp .json của "
            "lần lập đó; ở nơi khác thì nêu tệp đó bằng --manifest. Không còn tệp đó thì lập lại báo cáo "
            "(dvctt-report render) rồi so hai tệp trong Word (Review, Compare).",
        )
    there, own = _symbol(document.blocks), _symbol(place.block for place in manifest.printed)
    wanted = {passage.key for passage in printed.passages}
    n_found = len(wanted & {one.key for one in edited.passages})
    if (not there or not own or there == own) and n_found >= LEAST_FOUND * len(wanted):
        return
    kind = lower_first(BY_ABBREVIATION.get(there.partition("-")[0], LETTER))  # a letter's: with its office
    looks = f" là {kind} (ký hiệu {there})," if there else ""
    ours = f" (ký hiệu {own})" if own else ""
    raise CannotRun(
        f"Tệp “{document.name}”{looks} không mang mã của lần lập nào, chỉ có {n_found}/{len(wanted)} câu, "
        f"dòng của “{manifest.report}”{ours}: không phải là bản sửa của văn bản này.",
        "Chỉ đối chiếu được văn bản do chương trình lập (báo cáo, Tờ trình, công văn, tóm tắt trình ký …), "
        "kể cả khi đã sửa: kiểm tra lại tên tệp; của năm khác thì thêm --year, của bản lập khác thì nêu tệp "
        ".json ghi cùng văn bản đó bằng --manifest. Văn bản khác thì chỉ kiểm tra được thể thức: "
        "dvctt-report lint TỆP",
    )


def _symbol(blocks: Iterable[TextBlock]) -> str:
    """The kind and the issuer in the number of a document: "BC-SKHCN"; "" where it has none."""
    opening = (block for block in blocks if block.section == OPENING)
    found = (_SYMBOL.search(text) for block in opening for text in block.cells)
    return next((f"{one['kind']}-{one['issuer']}" for one in found if one), "")


# -------- The edited copy with Word's comments: what differs or is to be read, at the paragraph it stands in

_AHEAD = 400
"""Paragraphs looked ahead for the next block: a row of many cells has one each."""


def marked_copy(path: Path, blocks: Iterable[TextBlock], changes: Iterable[Change]) -> bytes:
    """Return the document at ``path`` with a comment at the paragraph of each change.

    ``blocks`` are those of the document. A change stands in the paragraph of its block that says what is
    there now, else in the block's first one; of a block that isn't found, where the search stood.
    """
    source = read_source(path)
    paragraphs = [p for p in source.main_tree.iter(f"{W}p") if next(p.iter(f"{W}t"), None) is not None]
    texts = [even_text("".join(t.text or "" for t in p.iter(f"{W}t"))) for p in paragraphs]
    firsts: list[int] = []
    at = 0
    for block in blocks:
        said = [even_text(text.strip().split("\n")[0]) for text in block.cells if text.strip()]
        ahead = texts[at : at + _AHEAD]
        found = bool(said) and said[0] in ahead
        firsts.append(at + ahead.index(said[0]) if found else at)
        at = firsts[-1] + len(said) if found else at
    firsts.append(len(texts))
    notes: dict[int, tuple[Any, list[str]]] = {}
    for change in changes:
        now = even_text(change.now)
        first, end = firsts[change.at : change.at + 2] if 0 <= change.at < len(firsts) - 1 else (0, 0)
        at = next((n for n in range(first, end) if now and now in texts[n]), first)
        line = f"{GRAVITY_NAMES[change.gravity]}: {format_change(change, everything=True)}."
        lines = notes.setdefault(at, (paragraphs[at], []))[1]
        lines += [line] if line not in lines else []
    return with_comments(source, [notes[at] for at in sorted(notes)], COLLATOR)


# ---------------------------------------------------------------- A change in a Vietnamese line, and as JSON

GRAVITY_NAMES = {Gravity.DIFFERS: "KHÁC", Gravity.READ: "CẦN ĐỌC", Gravity.LISTED: "ĐÃ ĐIỀN"}
_DONE = {EditKind.ADDED: "thêm", EditKind.REMOVED: "bớt", EditKind.MOVED: "chuyển chỗ"}
_LINE = 160
"""Characters of a text that are shown where not all of it is asked for."""
NOT_COMPARED = "Không đối chiếu, người soát tự đọc: nội dung ảnh, định dạng."
"""What nothing was said of; told with every check."""
_TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_TURNING |= dict.fromkeys(_TURNING, "‹dấu đổi chiều chữ›")


def shortened(text: str, most: int) -> str:
    """A text, or as many whole words of it as there is room for."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def format_section(section: str) -> str:
    """Name a section as a reader would: "mục II.2.c", "Phụ lục II"."""
    named = section in (OPENING, CLOSING) or is_place(section) or section.startswith("Phụ lục")
    return section if named else f"mục {section}"


def format_change(change: Change, everything: bool = False) -> str:
    """Say what was changed, before and after: "“Chưa đạt” → “Đạt”"; not the section."""
    own = change.after if change.kind is EditKind.ADDED else change.before
    texts = (change.was, change.now, own)
    was, now, own = texts if everything else (shortened(text, _LINE) for text in texts)
    done = _DONE.get(change.kind, "")
    if change.kind is EditKind.FILLED:
        said = f"“{shortened(change.after, _LINE)}”"
    elif done and change.whole:
        said = f"{done} {change.whole} “{now or was}”"
    else:
        said = f"{done} “{own}”: “{was}” → “{now}”" if done else f"“{was}” → “{now}”"
    if change.unseen:
        said += f" (còn trong tệp nhưng không nhìn thấy: {change.unseen})"
    if change.n_alike > 1:
        alike = "dòng" if change.whole == "dòng" else "ô cùng cột" if change.column else "chỗ"
        said += f"; và {change.n_alike - 1} {alike} khác như vậy"
    return (f"{change.where}: {said}" if change.where else said).translate(_TURNING)


def change_json(change: Change) -> dict[str, Any]:
    """Lay a change out as ``check --format json`` gives it."""
    return {
        "gravity": change.gravity.value,
        "kind": change.kind.value,
        "section": change.section,
        "where": change.where or None,
        "before": change.before or None,
        "after": change.after or None,
        "values": [kind.value for kind in change.values],
        "figures": list(change.figures),
        "still_seen": change.unseen or None,
        "message": f"{format_section(change.section)}: {format_change(change, True)}",
    }
