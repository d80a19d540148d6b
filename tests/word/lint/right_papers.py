"""Right documents of every kind that the decree names, and of what offices make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dvctt_report.word.nd30 import KINDS, text_width
from tests.word.lint.papers import (
    BODY,
    CENTRE,
    HEADING,
    LONG,
    WORDS,
    Draft,
    Line,
    Look,
    letterhead,
    para,
    shape_line,
    table,
)

CENTRED: Look = {**CENTRE, "bold": True, "before": 6, "keep": True}
SUBJECT = "Kết quả thực hiện Kế hoạch tuyên truyền năm 2025"
NOTE: Look = {"size": 12, "italic": True}


def office(**changes: Any) -> Draft:
    """A letterhead, a signature and nothing in between that isn't asked for."""
    plain: dict[str, Any] = {
        "addressee": (),
        "bases": (),
        "annexes": (),
        "recipients": ("- UBND tỉnh;", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, VP."),
        "authority": ("GIÁM ĐỐC",),
        "body": text(LONG, f"1. {LONG}", f"2. {LONG}"),
    }
    draft = Draft(**{**plain, **changes})
    issuer, subject = widest(draft.issuer, 13, draft.columns[0]), widest(draft.subject, 14, 165)
    return replace(draft, lines={"issuer": issuer * 0.4, "subject": subject * 0.4, **draft.lines})


def widest(text: str, size: float, room: float) -> float:
    """How long the longest of some lines of bold text stands on paper, in mm."""
    return min(max(text_width(line, size, bold=True) for line in text.split("\n")), room)


def text(*paragraphs: str) -> tuple[Line, ...]:
    """Paragraphs of running text, the last one closed with "./."."""
    paragraphs = tuple(p.replace("{LONG}", LONG) for p in paragraphs)
    ended = [p if p.endswith((".", ";", ":")) else f"{p}." for p in paragraphs[:-1]]
    return tuple(Line(p) for p in (*ended, f"{paragraphs[-1]}./."))


def named(of: str, subject: str = SUBJECT, **changes: Any) -> Draft:
    """A document with a name of its own: its number begins with the abbreviation of its kind."""
    number = f"Số: 15/{KINDS[of]}-SNV"
    return office(**{"kind": of.upper(), "subject": subject, "number": number, **changes})


def signers(*pairs: tuple[str, str]) -> str:
    """A table in which each one who signs has a cell: titles broken by newlines, the name below."""
    row = [
        "".join(para(line, **CENTRE, bold=True) for line in titles.split("\n"))
        + para("", **CENTRE) * 3
        + para(name, **CENTRE, bold=True)
        for titles, name in pairs
    ]
    return table([row], [165 / len(row)] * len(row))


def recipients(*lines: str) -> str:
    return para("Nơi nhận:", size=12, bold=True, italic=True) + "".join(para(line, size=11) for line in lines)


def table_of(*rows: tuple[str, str]) -> Line:
    made = [[para(one, size=12), para(other, size=12)] for one, other in rows]
    return Line(raw=table(made, [15, 150], bordered=True, header=True))


MEETING = text(*WORDS["meeting"])
CLERK, CHAIR = ("THƯ KÝ", "Trần Thị Bình"), ("CHỦ TỌA", "Nguyễn Văn An")
KEPT = ("- Lãnh đạo Sở;", "- Lưu: VT, Hồ sơ.")


def minutes(**changes: Any) -> Draft:
    """Mẫu 1.9: no place and date, two who sign, the recipients below them."""
    closing = signers(CLERK, CHAIR) + recipients(*KEPT)
    default = {"subject": "Họp giao ban tháng 3 năm 2025", "date": "", "body": MEETING, "closing": closing}
    return named("Biên bản", **{**default, **changes})


def _minutes() -> Iterator[tuple[str, Draft]]:
    yield "Biên bản", minutes()
    yield "biên bản có địa danh, ngày", minutes(date="Bình An, ngày 05 tháng 3 năm 2025")
    left, right = signers(CLERK, CHAIR), recipients(*KEPT)
    yield "biên bản, Nơi nhận trong bảng riêng", minutes(closing=left + table([[right, para()]], [80, 85]))
    yield "biên bản, Nơi nhận ở trên", minutes(closing=right + signers(("NGƯỜI GHI BIÊN BẢN", "Lê B"), CHAIR))
    cells = [[para("THƯ KÝ", **CENTRE, bold=True), para("CHỦ TRÌ", **CENTRE, bold=True)]]
    cells += [[para("Trần Thị Bình", **CENTRE, bold=True), para("Nguyễn Văn An", **CENTRE, bold=True)]]
    cells += [[recipients(*KEPT), para()]]
    yield "biên bản, mọi thứ trong một bảng", minutes(closing=table(cells, [80, 85]))
    tabbed = para("\tTHƯ KÝ\tCHỦ TỌA", bold=True) + para() * 3 + para("\tLê Thị Lý\tNguyễn Văn An", bold=True)
    yield "biên bản, ký bằng Tab", minutes(closing=tabbed + right)
    three = signers(CLERK, ("ĐẠI DIỆN CÔNG ĐOÀN", "Lê C"), ("CHỦ TRÌ\nPHÓ GIÁM ĐỐC", "Nguyễn Văn An"))
    yield "biên bản, ba người ký", minutes(closing=three + right)
    hint = signers(("THƯ KÝ", "(Ký, ghi rõ họ tên)"), ("CHỦ TỌA", "(Ký, ghi rõ họ tên)"))
    yield "biên bản chưa ghi tên", minutes(closing=hint + right)
    yield "biên bản làm việc", minutes(kind="BIÊN BẢN LÀM VIỆC", subject="")


def _papers() -> Iterator[tuple[str, Draft]]:
    """Papers and slips: Mẫu 1.7, 1.8, 1.10 and what the decree draws with Mẫu 1.4."""
    invited = text(*WORDS["invited"])
    as_above = ("- Như trên;", "- Lưu: VT, VP.")
    subject = "Dự Hội nghị sơ kết công tác cải cách hành chính"
    yield "Giấy mời", named("Giấy mời", subject, body=invited, recipients=as_above)
    yield "giấy mời không trích yếu", named("Giấy mời", "", body=invited)
    addressed = ("Kính gửi:", "- Giám đốc các bệnh viện;", "- Trung tâm Kiểm soát bệnh tật.")
    named_receivers = {"addressee": addressed, "recipients": as_above}
    yield "giấy mời có Kính gửi", named("Giấy mời", subject, body=invited, **named_receivers)
    yield "giấy mời họp", named("Giấy mời", "", kind="GIẤY MỜI HỌP", body=invited)
    short = ("- Như trên;", "- Lưu: VT.")
    yield "Giấy giới thiệu", named("Giấy giới thiệu", "", body=text(*WORDS["person"]), recipients=short)
    leave = text(*WORDS["leave"])
    kept = ("- Ông B;", "- Lưu: VT, TCCB.")
    yield "Giấy nghỉ phép", named("Giấy nghỉ phép", "", body=leave, recipients=kept)
    power = ("Giám đốc Sở Nội vụ ủy quyền cho:", "Ông: Nguyễn Văn Bảo, Phó Giám đốc Sở", f"Nội dung: {LONG}")
    yield "Giấy ủy quyền", named("Giấy ủy quyền", "", body=text(*power))
    slip = text("Sở Nội vụ gửi kèm theo phiếu này các văn bản, tài liệu sau:", "1. Báo cáo", "2. Tờ trình")
    to = ("Kính gửi: Văn phòng Ủy ban nhân dân tỉnh",)
    for kind in ("Phiếu gửi", "Phiếu chuyển", "Phiếu báo"):
        yield kind, named(kind, "", addressee=to, body=slip, recipients=as_above)


def telegram(caller: str, **look: Any) -> Draft:
    """Mẫu 1.6: who calls whom, then the text."""
    called = (
        Line(caller, {**CENTRE, "bold": True, "before": 6, **look}),
        Line("- Giám đốc các sở, ban, ngành;", {"left": 30, "before": 6}),
        Line("- Chủ tịch UBND các xã, phường.", {"left": 30, "before": 6}),
    )
    return named(
        "Công điện",
        "Về việc chủ động ứng phó bão số 5",
        parent="",
        issuer="ỦY BAN NHÂN DÂN TỈNH A",
        number="Số: 05/CĐ-UBND",
        body=(*called, *text(f"Để chủ động ứng phó, {LONG}", f"1. {LONG}", f"2. {LONG}")),
        recipients=("- Như trên;", "- Lưu: VT, NN."),
        authority=("CHỦ TỊCH",),
    )


def _telegrams() -> Iterator[tuple[str, Draft]]:
    yield "Công điện", telegram("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A điện:")
    yield "công điện, chữ thường", telegram("Chủ tịch Ủy ban nhân dân tỉnh A điện:", bold=False)
    alone = telegram("x")
    named_below = replace(alone, body=alone.body[3:], recipients=("- UBND các xã;", "- Lưu: VT, NN."))
    yield "công điện không ghi nơi nhận điện", named_below


def directive(kind: str, opening: str = "") -> Draft:
    """Mẫu 1.1, 1.2: authority, bases, articles."""
    number = f"Số: 09/{KINDS[kind]}-UBND"
    basis = {**BODY, "italic": True}
    return named(
        kind,
        "Về việc kiện toàn Tổ công tác cải cách hành chính",
        parent="",
        issuer="ỦY BAN NHÂN DÂN TỈNH A",
        number=number,
        body=(
            Line("ỦY BAN NHÂN DÂN TỈNH A", CENTRED),
            Line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025;", basis),
            Line("Theo đề nghị của Giám đốc Sở Nội vụ.", basis),
            Line(opening or f"{kind.upper()}:", CENTRED),
            Line(f"**Điều 1.** {LONG}."),
            Line(f"**Điều 2.** {LONG}."),
            Line("**Điều 3.** Các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành./."),
        ),
        recipients=("- Như Điều 3;", "- Bộ Nội vụ;", "- Lưu: VT, NC."),
        authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )


LOOKS: dict[str, Look] = {"CENTRED": CENTRED, "HEADING": HEADING, "BODY": BODY}
ARTICLES, SECTIONS = (
    tuple(
        Line(words.replace("{LONG}", LONG), dict(LOOKS[(*look, "BODY")[0]])) for words, *look in WORDS[name]
    )
    for name in ("articles", "sections")
)


ENCLOSED = "(Ban hành kèm theo Quyết định số 09/QĐ-UBND ngày 05 tháng 3 năm 2025\ncủa Ủy ban nhân dân tỉnh A)"


def enclosed(
    title: str, subject: str, body: tuple[Line, ...], *, new_page: str = "section", head: bool = True
) -> str:
    """A text that a decision puts into force, on a page of its own: Mẫu 1.3."""
    draft = directive("Quyết định")
    page = para("", section=draft.sheet.xml(), size=2) if new_page == "section" else ""
    broken = para("", inner='<w:r><w:br w:type="page"/></w:r>') if new_page == "break" else ""
    made = page + broken + (letterhead(replace(draft, number="", date="")) if head else "")
    made += para(title, **CENTRE, bold=True, before=12) + para(subject, **CENTRE, bold=True)
    made += para(ENCLOSED, **CENTRE, italic=True, inner=shape_line(50))
    return made + "".join(line.xml() for line in body)


def _enclosing() -> Iterator[tuple[str, Draft]]:
    """Decisions with what they put into force in the same file."""
    decision = directive("Quyết định")
    own = signers(("", ""), ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Lê A"))
    texts = {
        "quy chế": ("QUY CHẾ", "Hoạt động của Tổ công tác", ARTICLES),
        "quy định": ("QUY ĐỊNH", "Quản lý tài sản công của tỉnh", ARTICLES),
        "kế hoạch": ("KẾ HOẠCH", "Cải cách hành chính năm 2025", SECTIONS),
        "đề án": ("ĐỀ ÁN", "Chuyển đổi số giai đoạn 2025 - 2030", SECTIONS),
        "chương trình": ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Thực hiện Nghị quyết về chuyển đổi số", SECTIONS),
        "danh sách": ("DANH SÁCH", "Thành viên Tổ công tác", (table_of(("STT", "Họ tên"), ("1", "Lê A")),)),
    }
    for name, (title, subject, body) in texts.items():
        yield f"quyết định kèm {name}", replace(decision, behind=enclosed(title, subject, body))
        bare = enclosed(title, subject, body, new_page="break", head=False)
        yield f"quyết định kèm {name}, không có phần đầu", replace(decision, behind=bare)
    signed = enclosed("QUY CHẾ", "Hoạt động của Tổ công tác", ARTICLES) + own
    yield "quyết định kèm quy chế có chữ ký", replace(decision, behind=signed)
    two = enclosed("QUY CHẾ", "Hoạt động", ARTICLES) + enclosed("KẾ HOẠCH", "Hoạt động năm 2025", SECTIONS)
    yield "quyết định kèm hai văn bản", replace(decision, behind=two)


def alone(kind: str, body: tuple[Line, ...]) -> Draft:
    """A text that a decision puts into force, in a file of its own, without number and date."""
    return named(
        kind,
        "Hoạt động của Tổ công tác",
        parent="",
        issuer="ỦY BAN NHÂN DÂN TỈNH A",
        number="",
        date="",
        body=(Line(ENCLOSED, {**CENTRE, "italic": True}), *body),
        closing=para(),
    )


def _named() -> Iterator[tuple[str, Draft]]:
    """Kinds that the decree draws with Mẫu 1.1, 1.2, 1.4."""
    yield "Nghị quyết", directive("Nghị quyết", "QUYẾT NGHỊ:")
    yield "Quyết định", directive("Quyết định")
    for kind in ("Chỉ thị", "Thông cáo", "Thông báo", "Hướng dẫn"):
        yield kind, named(kind)
    for kind in ("Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án"):
        yield kind, named(kind, body=SECTIONS)
    for kind in ("Quy chế", "Quy định"):
        yield kind, named(kind, "Làm việc của Sở Nội vụ", body=ARTICLES)
        yield f"{kind.lower()} kèm theo, tệp riêng", alone(kind, ARTICLES)
    to = ("Kính gửi: Ủy ban nhân dân tỉnh A",)
    for kind in ("Báo cáo", "Tờ trình"):
        yield kind, named(kind, addressee=to, recipients=("- Như trên;", "- Lưu: VT, VP."))
    opinion = named("Báo cáo", "Dự thảo Nghị quyết về chuyển đổi số", kind="BÁO CÁO THẨM ĐỊNH")
    yield "báo cáo thẩm định", opinion


def _notes() -> Iterator[tuple[str, Draft]]:
    """What stands below a table in smaller letters: sources, notes, lists of notes, explanations of marks."""
    right, left = {**NOTE, "align": "right"}, {**NOTE, "before": 3}
    looks: dict[str, Look] = {"left": left, "right": right, "small": {"size": 11}}
    notes = {
        name: [Line(words.replace("{LONG}", LONG), looks[look]) for words, look in lines]
        for name, lines in WORDS["notes"].items()
    }
    rows = table_of(("STT", "Nội dung"), ("1", "Số cuộc"))
    for name, lines in notes.items():
        above = (Line(f"{LONG}."), Line("Bảng 1. Kết quả", CENTRED), Line("Đơn vị tính: cuộc", right), rows)
        yield name, named("Kế hoạch", body=(*above, *lines, *text(LONG, f"{LONG} theo quy định")))
    last = notes["nguồn"]
    yield "nguồn ở cuối văn bản", named("Kế hoạch", body=(*text(LONG), rows, *last))


RIGHT_PAPERS: dict[str, Draft] = dict(
    pair for family in (_named, _enclosing, _minutes, _papers, _telegrams, _notes) for pair in family()
)
