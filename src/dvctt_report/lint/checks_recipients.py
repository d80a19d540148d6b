"""Whom a document goes to: the addressee above the text and the recipients below it, each on a line."""

from __future__ import annotations

import re

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
    ending_fault,
    look_faults,
    span_mends,
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
SAME = lazy_pattern(r"-?\s*nhu (?:tren|kinh gui)\b")
_KEPT = lazy_pattern(r"-?\s*luu\b")
_ODD_CAPITALS = lazy_pattern(r"[-–]\s*(?P<word>(?!Như (?:trên|kính gửi))(?i:như (?:trên|kính gửi))|như)\b")
"""What the first entry is written like: "như trên", "Như Trên"."""
_WORD_KEPT = lazy_pattern(r"(?:[-–]\s*+)?(?P<word>l[ưu]u)(?P<colon>:?)\s*+:?\s*", re.IGNORECASE)
"""The word of that line as people type it, also without its marks: "Luu", "lưu :"."""
_KEPT_BY_CLERK = frozenset(
    {"Giấy giới thiệu", "Giấy ủy quyền", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo"}
)
"""Kinds that no unit drafts: the form of the first has "Lưu: VT." alone. Source: A3, Mẫu 1.8."""


@check("TT53", Severity.ERROR, Block.END, needs="signature.recipients_title")
def as_above(paper: Paper, settings: Settings) -> Answers:
    """“Như trên” thiếu hoặc thừa.

    Sai: có “Kính gửi” nhưng Nơi nhận bắt đầu bằng “- UBND tỉnh;”
    Đúng: “- Như trên;” là dòng đầu
    Căn cứ: Phụ lục I, mục II.9b
    """
    recipients, addressee = paper.signature.recipients, paper.title.addressee
    said = [at for at, p in enumerate(recipients) if SAME.match(p.plain)]
    above = {p.key.strip(" -;.") for p in paper.title.addressees}
    for line in recipients if said and len(above) > 1 else ():
        if line.key.strip(" -;.") in above:
            what, fix = "đã có ở “Kính gửi”", "Bỏ dòng này: “Như trên” đã gồm nơi nhận ấy"
            yield Fault(RECIPIENTS, line, what, "chỉ ghi “Như trên”", fix, severity=Severity.WARNING)
    if addressee is not None and not ADDRESSED_TO.match(addressee.plain):
        yield NotApplicable("văn bản không có “Kính gửi”")
    elif addressee is None:
        if said and paper.kind not in NAMES_RECEIVER:
            found = "có “Như trên” nhưng không có “Kính gửi”"
            fix = "Thay “Như trên” bằng tên nơi nhận; gửi cấp trên thì thêm “Kính gửi: …” trước nội dung"
            yield Fault(RECIPIENTS, recipients[said[0]], found, "ghi tên nơi nhận", fix)
    elif not said:
        right, fix = "dòng đầu là “- Như trên;”", "Thêm dòng “- Như trên;” ở đầu"
        yield Fault(RECIPIENTS, recipients[:1], "không có “Như trên”", right, fix)
    elif said[0] != 0:
        found, fix = f"“Như trên” ở dòng {said[0] + 1}", "Chuyển “- Như trên;” lên dòng đầu"
        yield Fault(RECIPIENTS, recipients[said[0]], found, "“Như trên” là dòng đầu", fix)
    elif not re.match(r"-?\s*nhu tren\b", recipients[0].plain):
        shown = recipients[0].text.strip("- ;.")
        yield Fault(RECIPIENTS, recipients[0], f"“{shown}”", "“Như trên”", f"Sửa “{shown}” thành “Như trên”")


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
    if lined := [s for s in piece.visible if s.face.underline]:
        mends = span_mends("underline", False, lined)
        yield Fault(RECIPIENTS, piece, "gạch chân", "không gạch chân", "Bỏ gạch chân (Ctrl+U)", mends)
    if piece.paragraph.shape.align in ("center", "right"):
        mends = (Mend("align", piece.paragraph.element, "left"),)
        yield Fault(RECIPIENTS, piece, "không canh trái", "canh trái", "Canh trái dòng này (Ctrl+L)", mends)
    if not piece.text.endswith(":"):
        yield Fault(RECIPIENTS, piece, "thiếu dấu hai chấm", "“Nơi nhận:”", "Thêm dấu hai chấm")
    elif piece.text.endswith(" :"):
        found, fix = "dấu cách trước dấu hai chấm", "Xóa dấu cách trước dấu hai chấm"
        yield Fault(RECIPIENTS, piece, found, "“Nơi nhận:”", fix)


@check("TT55", Severity.ERROR, Block.END, mends="một phần", needs="signature.recipients")
def recipients_look(paper: Paper, settings: Settings) -> Answers:
    """Các dòng nơi nhận sai kiểu, thiếu gạch đầu dòng hoặc sai dấu cuối.

    Sai: + Văn phòng, (cỡ 12, không gạch đầu dòng, dấu phẩy)
    Đúng: - Văn phòng; (cỡ 11)
    Căn cứ: Phụ lục I, mục II.9d
    """
    yield from looks(paper, "TT55")
    entries = entries_of(paper.signature.recipients)
    for at, entry in enumerate(entries):
        first, last = entry[0], entry[-1]
        if wrong := dash_fault(RECIPIENTS, first):
            yield wrong
        elif re.match(r"-\S", first.text):
            what, right = "gạch đầu dòng viết liền với chữ", "“- …”, một dấu cách sau gạch đầu dòng"
            fix = "Thêm một dấu cách sau gạch đầu dòng"
            yield Fault(RECIPIENTS, first, what, right, fix, severity=Severity.WARNING)
        if odd := _ODD_CAPITALS.match(first.text):
            what = f"“{odd['word']}” {'viết chữ thường' if odd['word'].islower() else 'viết hoa sai'}"
            right = f"“{odd['word'].capitalize()}”"
            yield Fault(RECIPIENTS, first, what, right, severity=Severity.WARNING)
        if at < len(entries) - 1 and not _KEPT.match(first.plain) and not last.text.endswith(";"):
            yield ending_fault(RECIPIENTS, last, ";")


@check("TT56", Severity.ERROR, Block.END, needs="signature.recipients_title")
def kept(paper: Paper, settings: Settings) -> Answers:
    """Dòng “Lưu” thiếu hoặc sai.

    Sai: - Lưu VT; (không hai chấm, không đơn vị soạn thảo, không phải dòng cuối); - Lưu: CĐS, VT.
    Đúng: - Lưu: VT, CĐS.
    Căn cứ: Phụ lục I, mục II.9d
    """
    lines = paper.signature.recipients
    entries = entries_of(lines)
    at = next((i for i, entry in enumerate(entries) if _KEPT.match(entry[0].plain)), None)
    if at is None:
        right = "“- Lưu: VT, <đơn vị soạn thảo>.”"
        yield Fault(RECIPIENTS, lines[-1:], "không có dòng “Lưu”", right, f"Thêm dòng cuối {right}")
        return
    text = " ".join(piece.text for piece in entries[at])
    wrong = ["không phải dòng cuối"] if at != len(entries) - 1 else []
    word = _WORD_KEPT.match(text.lstrip())
    if word and word["word"] != "Lưu":
        wrong.append(f"“{word['word']}” thay cho “Lưu”")
    if not (word and word["colon"]):
        wrong.append("thiếu dấu hai chấm sau “Lưu”")
    # The clerk, "VT", and the unit that drafted it behind him.
    named = _WORD_KEPT.sub("", text.lstrip(), count=1).rstrip(" ./;,")
    clerk = re.search(r"(?<!\w)(?:VT|văn thư)(?!\w)", named, re.IGNORECASE)
    sign, unit = "", named
    if clerk is None:
        wrong.append("thiếu “VT”")
    else:
        before = named[: clerk.start()].strip(" ,;")
        if behind := _BEHIND_CLERK.match(named, clerk.end()):
            sign, unit = behind["sign"], ", ".join(filter(None, (before, behind["unit"].strip())))
        if clerk[0] != "VT":
            wrong.append(f"“{clerk[0]}” thay cho “VT”")
        elif before:
            wrong.append("“VT” không đứng đầu")
        elif unit and sign != ",":
            wrong.append(f"dấu “{sign}” sau “VT”" if sign else "thiếu dấu phẩy sau “VT”")
    expected = None if unit or not clerk or clerk[0] != "VT" else _unit_expected(paper)
    if expected is not None:
        wrong.append(_NO_UNIT)
    if not text.endswith("."):
        wrong.append("thiếu dấu chấm cuối")
    elif text.endswith("/."):
        wrong.append("cuối dòng là “./.”")
    if wrong:
        right = f"“- Lưu: VT, {unit or '<đơn vị soạn thảo>'}.”"
        severity = expected if wrong == [_NO_UNIT] else None
        yield Fault(RECIPIENTS, entries[at], ", ".join(wrong), right, severity=severity)


_NO_UNIT = "thiếu đơn vị soạn thảo"
_WITH_UNITS = lazy_pattern(r"(?:so|bo|tong cuc|uy ban nhan dan|ubnd|van phong (?:uy ban|ubnd|hdnd|doan))\b")
_WITHOUT_UNITS = lazy_pattern(r"(?:phong|to|doi|tram|truong (?!dai hoc|cao dang|chinh tri)|thon|cong doan)\b")
_BEHIND_CLERK = lazy_pattern(r"\s*(?P<sign>[^\w\s(]?)\s*(?P<unit>[^(]*)")


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
    return Severity.ERROR if _WITH_UNITS.match(issuer) or COMMUNE.match(issuer) else Severity.WARNING


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
            right, fix = f"{paper.kind} có “Kính gửi: …”", "Thêm “Kính gửi:” trước phần nội dung"
            yield Fault(ADDRESSEE, "", "không có “Kính gửi”", right, fix)
        elif paper.kind == "Báo cáo" and not any(SAME.match(p.plain) for p in paper.signature.recipients):
            reason = "không biết báo cáo có gửi cấp trên hay không; gửi cấp trên thì phải có “Kính gửi”"
            yield NotEvaluated(reason)
        else:
            yield NotApplicable("văn bản không có “Kính gửi”")
        return
    others, inline = paper.title.addressees, piece.text.partition(":")[2]
    if ADDRESSED_TO.match(piece.plain):
        small = False if piece.is_upper else None
        yield from look_faults(ADDRESSEE, (piece, *others), component("addressee"), upper=small)
        if piece.text[:8].isupper() and not piece.is_upper:
            fix = "Viết “Kính gửi:” bằng chữ in thường"
            yield Fault(ADDRESSEE, piece, f"“{piece.text[:8]}” viết hoa", "“Kính gửi:”", fix)
        elif wrong := capital_fault(ADDRESSEE, piece, ADDRESSEE):
            yield wrong
        if not others and not re.search(r"[^\W\d_]", piece.text[len(ADDRESSEE) :]):
            fix = "Ghi tên nơi nhận sau “Kính gửi:”"
            yield Fault(ADDRESSEE, piece, "“Kính gửi” không ghi nơi nhận", "“Kính gửi: …”", fix)
        opened = re.match(r"kính\s+gửi(\s*:?)", piece.text, re.IGNORECASE)
        if opened and opened[1] != ":":
            fix = "Ghi dấu hai chấm liền sau “gửi”"
            yield Fault(ADDRESSEE, piece, f"“{opened[0].strip()}”", "“Kính gửi:”", fix)
        if not others and (short := re.search(r"\bUBND(?= (?:tỉnh|xã|phường|đặc khu)\b)", piece.text)):
            found, right = f"“{short[0]}” viết tắt", "“Ủy ban nhân dân”"
            fix = "Viết đầy đủ tên cơ quan nhận"
            yield Fault(ADDRESSEE, piece, found, right, fix, severity=Severity.INFO)
    listed_inline = re.search(r";\s*-?\s*\w", inline) or len(re.findall(r"(?:^|\s)-\s", inline)) > 1
    if listed_inline or _TWO_BODIES.match(inline.strip()):
        found, right = "nhiều nơi nhận trên cùng một dòng", "mỗi nơi một dòng, có gạch đầu dòng"
        yield Fault(ADDRESSEE, piece, found, right, "Xuống dòng sau mỗi nơi nhận, thêm gạch đầu dòng")
    # One who is named beside "Kính gửi" needs no sign, wherever the name goes on.
    entries = entries_of((piece, *others))[1:]
    listed = [entry[0] for entry in entries if not ALSO_TO.match(entry[0].plain)]
    yield from (wrong for line in listed if len(listed) > 1 and (wrong := dash_fault(ADDRESSEE, line)))
    for at, entry in enumerate(entries):
        sign = "." if at == len(entries) - 1 else ";"
        if not ALSO_TO.match(entry[0].plain) and not entry[-1].text.endswith(sign):
            yield ending_fault(ADDRESSEE, entry[-1], sign)


_RANKED = r"(?:Sở|Bộ|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng nhân dân|Tỉnh ủy|Thành ủy|Công an tỉnh)"
_TWO_BODIES = lazy_pattern(rf"{_RANKED}\s[^,;]+(?:,| và)\s+{_RANKED}\s[^\W\d_]")
"""Two bodies of a rank of their own in one line; "Phòng A, cơ quan B" is one."""


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
