"""Whom a document goes to: the addressee above the text and the recipients below it, each on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import (
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    capital_fault,
    check,
    dash_fault,
    ending_found,
    ending_mend,
    look_faults,
)
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.looks import looks
from dvctt_report.lint.offices import COMMUNE, groups_of, issuer_of
from dvctt_report.lint.parts import Paper, Piece, entries_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.titles import ADDRESSEE as ADDRESSED_TO
from dvctt_report.lint.titles import ALSO_TO
from dvctt_report.nd30.format import component
from dvctt_report.nd30.kinds import ADDRESSED, LETTER, NAMES_RECEIVER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

RECIPIENTS = "Nơi nhận"
_NO_RECIPIENTS = NotApplicable("không có Nơi nhận")
SAME = lazy_pattern(r"-?\s*nhu (?:tren|kinh gui)\b")
_AS_ABOVE = lazy_pattern(r"-?\s*nhu tren\b")
_KEPT = lazy_pattern(r"-?\s*luu\b")
_ODD_CAPITALS = lazy_pattern(r"[-–]\s*(?P<word>(?!Như (?:trên|kính gửi))(?i:như (?:trên|kính gửi))|như)\b")
"""What the first entry is written like: "như trên", "Như Trên"."""
_WORD_KEPT = lazy_pattern(r"(?:[-–]\s*+)?(?P<word>l[ưu]u)(?P<colon>:?)\s*+:?\s*", re.IGNORECASE)
"""The word of that line as people type it, also without its marks: "Luu", "lưu :"."""
_KEPT_BY_CLERK = frozenset(
    {"Giấy giới thiệu", "Giấy ủy quyền", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo"}
)
"""Kinds that no unit drafts: the form of the first has "Lưu: VT." alone. Source: A3, Mẫu 1.8."""


@check("TT53", Severity.ERROR, Block.END)
def as_above(paper: Paper, settings: Settings) -> Answers:
    """“Như trên” thiếu hoặc thừa.

    Sai: có “Kính gửi” nhưng Nơi nhận bắt đầu bằng “- UBND tỉnh;”
    Đúng: “- Như trên;” là dòng đầu
    Căn cứ: Phụ lục I, mục II.9b
    """
    recipients = paper.signature.recipients
    if paper.signature.recipients_title is None:
        yield _NO_RECIPIENTS
        return
    said = [at for at, p in enumerate(recipients) if SAME.match(p.plain)]
    addressee = paper.title.addressee
    above = {p.key.strip(" -;.") for p in paper.title.addressees}
    for line in recipients:
        if said and len(above) > 1 and line.key.strip(" -;.") in above:
            what, fix = "đã có ở “Kính gửi”", "Bỏ dòng này: “Như trên” đã gồm nơi nhận ấy"
            yield Fault(RECIPIENTS, line, what, "chỉ ghi “Như trên”", fix, severity=Severity.WARNING)
    if addressee is not None and not ADDRESSED_TO.match(addressee.plain):
        yield NotApplicable("văn bản không có “Kính gửi”")
    elif addressee is not None and not said:
        fix = "Thêm dòng “- Như trên;” ở đầu"
        yield Fault(RECIPIENTS, recipients[:1], "không có “Như trên”", "dòng đầu là “- Như trên;”", fix)
    elif addressee is not None and said[0] != 0:
        found = f"“Như trên” ở dòng {said[0] + 1}"
        fix = "Chuyển “- Như trên;” lên dòng đầu"
        yield Fault(RECIPIENTS, recipients[said[0]], found, "“Như trên” là dòng đầu", fix)
    elif addressee is not None and not _AS_ABOVE.match(recipients[said[0]].plain):
        shown = recipients[said[0]].text.strip("- ;.")
        fix = f"Sửa “{shown}” thành “Như trên”"
        yield Fault(RECIPIENTS, recipients[said[0]], f"“{shown}”", "“Như trên”", fix)
    elif addressee is None and said and paper.kind not in NAMES_RECEIVER:
        found = "có “Như trên” nhưng không có “Kính gửi”"
        fix = "Thay “Như trên” bằng tên nơi nhận; gửi cấp trên thì thêm “Kính gửi: …” trước nội dung"
        yield Fault(RECIPIENTS, recipients[said[0]], found, "ghi tên nơi nhận", fix)


@check("TT54", Severity.ERROR, Block.END, mends="một phần")
def recipients_title(paper: Paper, settings: Settings) -> Answers:
    """Từ “Nơi nhận” sai kiểu.

    Sai: NƠI NHẬN (gạch chân, cỡ 14)
    Đúng: ***Nơi nhận:*** (cỡ 12, đậm, nghiêng)
    Căn cứ: Phụ lục I, mục II.9d
    """
    piece = paper.signature.recipients_title
    yield from looks(paper, "TT54")
    if piece is None:
        return
    if wrong := capital_fault(RECIPIENTS, piece, RECIPIENTS):
        yield wrong
    if any(s.face.underline for s in piece.visible):
        mends = tuple(Mend("underline", s.element, False) for s in piece.visible if s.face.underline)
        fix = "Bỏ gạch chân (Ctrl+U)"
        yield Fault(RECIPIENTS, piece, "gạch chân", "không gạch chân", fix, mends)
    if piece.paragraph.shape.align in ("center", "right"):
        mends = (Mend("align", piece.paragraph.element, "left"),)
        yield Fault(RECIPIENTS, piece, "không canh trái", "canh trái", "Canh trái dòng này (Ctrl+L)", mends)
    if not piece.text.endswith(":"):
        yield Fault(RECIPIENTS, piece, "thiếu dấu hai chấm", "“Nơi nhận:”", "Thêm dấu hai chấm")
    elif piece.text.endswith(" :"):
        fix = "Xóa dấu cách trước dấu hai chấm"
        right = "“Nơi nhận:”"
        yield Fault(RECIPIENTS, piece, "dấu cách trước dấu hai chấm", right, fix)


@check("TT55", Severity.ERROR, Block.END, mends="một phần")
def recipients_look(paper: Paper, settings: Settings) -> Answers:
    """Các dòng nơi nhận sai kiểu, thiếu gạch đầu dòng hoặc sai dấu cuối.

    Sai: + Văn phòng, (cỡ 12, không gạch đầu dòng, dấu phẩy)
    Đúng: - Văn phòng; (cỡ 11)
    Căn cứ: Phụ lục I, mục II.9d
    """
    lines = paper.signature.recipients
    if not lines:
        yield _NO_RECIPIENTS
    yield from looks(paper, "TT55")
    entries = entries_of(lines)
    for at, entry in enumerate(entries):
        first, last = entry[0], entry[-1]
        if wrong := dash_fault(RECIPIENTS, first):
            yield wrong
        elif re.match(r"-\S", first.text):
            what, expected = "gạch đầu dòng viết liền với chữ", "“- …”, một dấu cách sau gạch đầu dòng"
            remedy = "Thêm một dấu cách sau gạch đầu dòng"
            yield Fault(RECIPIENTS, first, what, expected, remedy, severity=Severity.WARNING)
        if odd := _ODD_CAPITALS.match(first.text):
            right = odd["word"].capitalize()
            how = "viết chữ thường" if odd["word"].islower() else "viết hoa sai"
            fix = f"Sửa thành “{right}”"
            what = f"“{odd['word']}” {how}"
            yield Fault(RECIPIENTS, first, what, f"“{right}”", fix, severity=Severity.WARNING)
        if at < len(entries) - 1 and not _KEPT.match(first.plain) and not last.text.endswith(";"):
            found = ending_found(last.text)
            fix = ending_mend(last.text, ";")
            yield Fault(RECIPIENTS, last, found, "kết thúc bằng “;”", fix)


@check("TT56", Severity.ERROR, Block.END)
def kept(paper: Paper, settings: Settings) -> Answers:
    """Dòng “Lưu” thiếu hoặc sai.

    Sai: - Lưu VT; (không hai chấm, không đơn vị soạn thảo, không phải dòng cuối); - Lưu: CĐS, VT.
    Đúng: - Lưu: VT, CĐS.
    Căn cứ: Phụ lục I, mục II.9d
    """
    lines = paper.signature.recipients
    if paper.signature.recipients_title is None:
        yield _NO_RECIPIENTS
        return
    entries = entries_of(lines)
    at = next((i for i, entry in enumerate(entries) if _KEPT.match(entry[0].plain)), None)
    if at is None:
        right = "“- Lưu: VT, <đơn vị soạn thảo>.”"
        fix = f"Thêm dòng cuối {right}"
        yield Fault(RECIPIENTS, lines[-1:], "không có dòng “Lưu”", right, fix)
        return
    text = " ".join(piece.text for piece in entries[at])
    wrong = []
    if at != len(entries) - 1:
        wrong.append("không phải dòng cuối")
    word = _WORD_KEPT.match(text.lstrip())
    if word and word["word"] != "Lưu":
        wrong.append(f"“{word['word']}” thay cho “Lưu”")
    if not (word and word["colon"]):
        wrong.append("thiếu dấu hai chấm sau “Lưu”")
    clerk, unit = _clerk(text)
    if clerk:
        wrong.append(clerk)
    expected = None if unit or clerk else _unit_expected(paper)
    if expected is not None:
        wrong.append(_NO_UNIT)
    if not text.endswith("."):
        wrong.append("thiếu dấu chấm cuối")
    elif text.endswith("/."):
        wrong.append("cuối dòng là “./.”")
    if wrong:
        right = f"“- Lưu: VT, {unit or '<đơn vị soạn thảo>'}.”"
        severity = expected if wrong == [_NO_UNIT] else None
        found = ", ".join(wrong)
        fix = f"Sửa thành {right}"
        yield Fault(RECIPIENTS, entries[at], found, right, fix, severity=severity)


_NO_UNIT = "thiếu đơn vị soạn thảo"
_WITH_UNITS = lazy_pattern(r"(?:so|bo|tong cuc|uy ban nhan dan|ubnd|van phong (?:uy ban|ubnd|hdnd|doan))\b")
_WITHOUT_UNITS = lazy_pattern(r"(?:phong|to|doi|tram|truong (?!dai hoc|cao dang|chinh tri)|thon|cong doan)\b")
_BEHIND_CLERK = lazy_pattern(r"\s*(?P<sign>[^\w\s(]?)\s*(?P<unit>[^(]*)")


def _clerk(text: str) -> tuple[str, str]:
    """What is wrong with "VT" in the line, and the unit that the line names, "" each where there is none."""
    kept = _WORD_KEPT.sub("", text.lstrip(), count=1).rstrip(" ./;,")
    found = re.search(r"(?<!\w)(?:VT|văn thư)(?!\w)", kept, re.IGNORECASE)
    if found is None:
        return "thiếu “VT”", kept
    before = kept[: found.start()].strip(" ,;")
    behind = _BEHIND_CLERK.match(kept, found.end())
    sign, named = (behind["sign"], behind["unit"].strip()) if behind else ("", "")
    unit = ", ".join(filter(None, (before, named)))
    if found[0] != "VT":
        return f"“{found[0]}” thay cho “VT”", unit
    if before:
        return "“VT” không đứng đầu", unit
    if unit and sign != ",":
        return f"dấu “{sign}” sau “VT”" if sign else "thiếu dấu phẩy sau “VT”", unit
    return "", unit


def _unit_expected(paper: Paper) -> Severity | None:
    """How surely the line names a unit: the decree asks for it where there is one; a phòng has none."""
    issuer = issuer_of(paper)
    communal = any(re.search(r"\b(?:xa|phuong|dac khu)\b", p.plain) for p in paper.head.parent)
    if (
        paper.kind in _KEPT_BY_CLERK
        or communal
        or is_joint(paper.head.issuer)
        or _WITHOUT_UNITS.match(issuer)
        # One office serves these: the symbol of a letter alone tells whether a unit of theirs drafted it.
        or (COMMUNE.match(issuer) and (paper.kind != LETTER or len(groups_of(paper)) < 2))
    ):
        return None
    surely = _WITH_UNITS.match(issuer) or COMMUNE.match(issuer)
    return Severity.ERROR if surely else Severity.WARNING


ADDRESSEE = "Kính gửi"
_NEAR, _LONG = 10, 120
"""Lines of the body among which an addressee may have slipped, and characters of a line that is text."""


@check("TT52", Severity.ERROR, Block.HEAD, mends="một phần")
def addressee(paper: Paper, settings: Settings) -> Answers:
    """“Kính gửi” thiếu hoặc trình bày sai.

    Sai: KÍNH GỬI: - Cơ quan A; - Cơ quan B (cùng một dòng, in hoa)
    Đúng: Kính gửi: xuống dòng “- Cơ quan A;” xuống dòng “- Cơ quan B.”
    Căn cứ: Phụ lục I, mục II.9b, II.9d
    """
    piece = paper.title.addressee
    if (late := _below_text(paper)) is not None:
        fix = "Chuyển “Kính gửi” lên trên nội dung, dưới tên loại và trích yếu"
        yield Fault(ADDRESSEE, late, "“Kính gửi” đứng sau lời văn", "trên phần nội dung", fix)
        return
    if piece is None:
        if paper.kind in ADDRESSED:
            fix = "Thêm “Kính gửi:” trước phần nội dung"
            yield Fault(ADDRESSEE, "", "không có “Kính gửi”", f"{paper.kind} có “Kính gửi: …”", fix)
        elif paper.kind == "Báo cáo" and not any(SAME.match(p.plain) for p in paper.signature.recipients):
            reason = "không biết báo cáo có gửi cấp trên hay không; gửi cấp trên thì phải có “Kính gửi”"
            yield NotEvaluated(reason)
        else:
            yield NotApplicable("văn bản không có “Kính gửi”")
        return
    if not ADDRESSED_TO.match(piece.plain):
        yield from _listed(piece, paper.title.addressees)
        return
    lines = (piece, *paper.title.addressees)
    yield from look_faults(ADDRESSEE, lines, component("addressee"), upper=False if piece.is_upper else None)
    if piece.text[:8].isupper() and not piece.is_upper:
        fix = "Viết “Kính gửi:” bằng chữ in thường"
        yield Fault(ADDRESSEE, piece, f"“{piece.text[:8]}” viết hoa", "“Kính gửi:”", fix)
    elif wrong := capital_fault(ADDRESSEE, piece, ADDRESSEE):
        yield wrong
    if not paper.title.addressees and not re.search(r"[^\W\d_]", piece.text[len(ADDRESSEE) :]):
        fix = "Ghi tên nơi nhận sau “Kính gửi:”"
        yield Fault(ADDRESSEE, piece, "“Kính gửi” không ghi nơi nhận", "“Kính gửi: …”", fix)
    found = re.match(r"kính\s+gửi(\s*:?)", piece.text, re.IGNORECASE)
    if found is not None and found[1] != ":":
        what = f"“{found[0].strip()}”"
        yield Fault(ADDRESSEE, piece, what, "“Kính gửi:”", "Ghi dấu hai chấm liền sau “gửi”")
    yield from _one_alone(piece) if not paper.title.addressees else ()
    yield from _listed(piece, paper.title.addressees)


def _below_text(paper: Paper) -> Piece | None:
    """The line "Kính gửi" where text stands above it; None where it is at its place or missing."""
    piece = paper.title.addressee
    if piece is None:
        return next((p for p in paper.body[:_NEAR] if ADDRESSED_TO.match(p.plain)), None)
    top = [p.paragraph.number for p in (paper.head.number, paper.head.place_date, paper.title.kind) if p]
    between = (p for p in paper.pieces if max(top, default=0) < p.paragraph.number < piece.paragraph.number)
    plain = (p for p in between if p.paragraph.cell is None and p.paragraph.box is None)
    text = any(len(p.text) > _LONG and p.text.endswith(".") and not p.any_bold for p in plain)
    return piece if text else None


_SHORT = lazy_pattern(r"\bUBND(?= (?:tỉnh|xã|phường|đặc khu)\b)")


def _one_alone(piece: Piece) -> Iterator[Fault]:
    """The one addressee beside "Kính gửi", whose name is written out."""
    if short := _SHORT.search(piece.text):
        right = "“Ủy ban nhân dân”"
        found, fix = f"“{short[0]}” viết tắt", "Viết đầy đủ tên cơ quan nhận"
        yield Fault(ADDRESSEE, piece, found, right, fix, severity=Severity.INFO)


_RANKED = r"(?:Sở|Bộ|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng nhân dân|Tỉnh ủy|Thành ủy|Công an tỉnh)"
_TWO_BODIES = lazy_pattern(rf"{_RANKED}\s[^,;]+(?:,| và)\s+{_RANKED}\s[^\W\d_]")
"""Two bodies of a rank of their own in one line; "Phòng A, cơ quan B" is one."""


def _listed(piece: Piece, others: tuple[Piece, ...]) -> Iterator[Fault]:
    inline = piece.text.partition(":")[2]
    listed_inline = re.search(r";\s*-?\s*\w", inline) or len(re.findall(r"(?:^|\s)-\s", inline)) > 1
    if listed_inline or _TWO_BODIES.match(inline.strip()):
        found = "nhiều nơi nhận trên cùng một dòng"
        fix = "Xuống dòng sau mỗi nơi nhận, thêm gạch đầu dòng"
        yield Fault(ADDRESSEE, piece, found, "mỗi nơi một dòng, có gạch đầu dòng", fix)
    # One who is named beside "Kính gửi" needs no sign, wherever the name goes on.
    entries = entries_of((piece, *others))[1:]
    listed = [entry[0] for entry in entries if not ALSO_TO.match(entry[0].plain)]
    for line in listed if len(listed) > 1 else ():
        if wrong := dash_fault(ADDRESSEE, line):
            yield wrong
    for at, entry in enumerate(entries):
        right, line = "." if at == len(entries) - 1 else ";", entry[-1]
        if not ALSO_TO.match(entry[0].plain) and not line.text.endswith(right):
            found, expected = ending_found(line.text), f"kết thúc bằng “{right}”"
            fix = ending_mend(line.text, right)
            yield Fault(ADDRESSEE, line, found, expected, fix)
