"""What NĐ 30/2020/NĐ-CP says of an administrative document: sheet, components, kinds; how long a line is.

The template builder writes Word styles from these facts and a linter reads the same ones. Sizes are points,
lengths millimetres. Source: Điều 7; Phụ lục I (A1), II (A2), III (A3). Advance widths of letters are
thousandths of an em, the same for every accent: hmtx tables of Liberation Serif, metric-compatible with Times
New Roman.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dvctt_report.text.vietnamese import key

Align: TypeAlias = Literal["left", "center", "right", "both"]
BODY_INDENT = 12.7
BODY_LINE = 1.1
COLON_INDENT = 47.6
"""Where the colon of a "Kính gửi:" that begins at 30 mm stands: dashes are aligned under it (A1 II.9d)."""
DASH = 2.9
_CELL = "A1 không quy định cỡ chữ trong bảng"

_TEXT: dict[str, Any] = {"align": "both", "before": 6, "line": BODY_LINE, "first_indent": BODY_INDENT}
_TOGETHER: dict[str, Any] = {"keep_next": True, "keep_lines": True}
_MIDDLE: dict[str, Any] = {"align": "center"}
_TITLE: dict[str, Any] = {"bold": True, "align": "center"}
_ROW: dict[str, Any] = {"before": 1, "after": 1}


@dataclass(frozen=True, slots=True)
class Component:
    """How one component is set.

    ``sizes`` is what the decree allows, ``size`` what we write: the larger consistent set of the footnote to
    A1 V (13/14/14). ``line`` is a multiple of single spacing; ``upper`` says the text itself is in capitals.
    ``outline`` is the level in the navigation pane, None for text. A negative ``first_indent`` hangs the
    first line out; ``frame`` draws a single border round the paragraph; ``grey`` is for working papers alone.
    """

    key: str
    style: str
    size: float
    sizes: tuple[float, float]
    source: str
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_indent: float = 0
    left_indent: float = 0
    right_indent: float = 0
    frame: bool = False
    grey: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None

    @property
    def style_id(self) -> str:
        """The identifier of the Word style: the key with a prefix of its own."""
        return (
            f"Heading{self.outline + 1}"
            if self.outline is not None
            else "Nd" + self.key.title().replace("_", "")
        )


def _cells(key: str, name: str, of_words: str = "", **look: Any) -> tuple[Component, ...]:
    """The three kinds of cells of one kind of row: words (under a name of their own), middle, figures."""
    aligns: tuple[tuple[str, str, Align], ...] = (
        ("text", "chữ", "left"),
        ("center", "giữa", "center"),
        ("figure", "số liệu", "right"),
    )
    return tuple(
        Component(f"{key}_{kind}", style, 11, (10, 14), _CELL, align=align, **_ROW, **look)
        for kind, word, align in aligns
        for style in ((of_words if kind == "text" else "") or name.format(word),)
    )


COMPONENTS: tuple[Component, ...] = (
    Component("motto_state", "Quốc hiệu", 13, (12, 13), "A1 II.1a", upper=True, **_TITLE),
    Component("motto", "Tiêu ngữ", 14, (13, 14), "A1 II.1b", after=6, **_TITLE),
    Component("parent", "Tên cơ quan chủ quản", 13, (12, 13), "A1 II.2b", upper=True, **_MIDDLE),
    Component("issuer", "Tên cơ quan ban hành", 13, (12, 13), "A1 II.2b", upper=True, after=6, **_TITLE),
    Component("number", "Số, ký hiệu", 13, (13, 13), "A1 II.3c", before=6, **_MIDDLE),
    Component("place_date", "Địa danh, thời gian", 14, (13, 14), "A1 II.4c", italic=True, before=6,
        **_MIDDLE),
    Component("about", "Trích yếu công văn", 13, (12, 13), "A1 II.5b", before=6, **_MIDDLE),
    Component("draft_mark", "Dấu DỰ THẢO", 13, (13, 14), "thông lệ; khung viền đơn theo A1 III.2",
        upper=True, before=8, left_indent=16, right_indent=16, frame=True, **_TITLE),
    Component("kind", "Tên loại văn bản", 14, (13, 14), "A1 II.5b", upper=True, before=18, keep_next=True,
        **_TITLE),
    Component("subject", "Trích yếu", 14, (13, 14), "A1 II.5b", after=8, **_TITLE),
    Component("addressee", "Kính gửi", 14, (13, 14), "A1 II.9d", before=12, after=12, **_MIDDLE),
    Component("addressee_title", "Kính gửi: nhiều nơi", 14, (13, 14), "A1 II.9d; A3 Mẫu 1.5", before=12,
        left_indent=30, keep_next=True),
    Component("addressee_item", "Kính gửi: từng nơi", 14, (13, 14), "A1 II.9d; A3 Mẫu 1.5",
        left_indent=COLON_INDENT + DASH, first_indent=-DASH),
    Component("body", "Nội dung", 14, (13, 14), "A1 II.6e", **_TEXT),
    Component("closing", "Nội dung kết thúc", 14, (13, 14), "A1 II.6e; A3 Mẫu 1.4", after=12, **_TOGETHER,
        **_TEXT),
    Component("draft", "Nội dung gợi ý, bổ sung", 14, (13, 14), "A1 II.6e", italic=True, **_TEXT),
    Component("roman", "heading 1", 14, (13, 14), "A1 V, 6b", bold=True, upper=True, outline=0, **_TOGETHER,
        **{**_TEXT, "before": 12}),
    Component("clause", "heading 2", 14, (13, 14), "A1 II.6đ, V", bold=True, outline=1, **_TOGETHER, **_TEXT),
    Component("lead", "Nội dung dẫn", 14, (13, 14), "A1 II.6e", **_TOGETHER, **_TEXT),
    Component("authority", "Quyền hạn, chức vụ", 14, (13, 14), "A1 II.7d", upper=True, **_TITLE),
    Component("signer", "Họ tên người ký", 14, (13, 14), "A1 II.7d", before=84, **_TITLE),
    Component("recipients_title", "Nơi nhận", 12, (12, 12), "A1 II.9d", bold=True, italic=True),
    Component("recipients", "Nơi nhận: từng dòng", 11, (11, 11), "A1 II.9d"),
    Component("annex", "Phụ lục", 14, (14, 14), "A1 III.1b", keep_next=True, **_TITLE),
    Component("annex_title", "Tên phụ lục", 14, (13, 14), "A1 III.1b", upper=True, keep_next=True, **_TITLE),
    Component("annex_of", "Kèm theo văn bản", 14, (13, 14), "A1 III.1c", italic=True, after=10,
        keep_next=True, **_MIDDLE),
    Component("page_number", "Số trang", 14, (13, 14), "A1 I.7", **_MIDDLE),
    Component("table_title", "Tên bảng", 13, (10, 14), _CELL, before=8, after=4, keep_next=True, **_TITLE),
    Component("chart", "Biểu đồ", 12, (10, 14), _CELL, before=6, keep_next=True, **_MIDDLE),
    Component("column", "Bảng: tên cột", 12, (10, 14), _CELL, keep_next=True, **_ROW, **_TITLE),
    Component("column_number", "Bảng: số thứ tự cột", 11, (10, 14), _CELL, italic=True, keep_next=True,
        **_ROW, **_MIDDLE),
    *_cells("cell", "Bảng: {}"),
    *_cells("last", "Bảng: {}, dòng cuối", keep_next=True),
    *_cells("group", "Bảng: nhóm, {}", "Bảng: nhóm", bold=True, keep_next=True),
    Component("note", "Ghi chú bảng", 11, (10, 14), _CELL, italic=True, align="both", before=4),
    Component("memo_label", "Tóm tắt: đề mục", 11, (10, 14), _CELL, bold=True, **_ROW),
    Component("memo_line", "Tóm tắt: từng dòng", 11, (10, 14), _CELL, align="both", **_ROW),
    Component("memo_note", "Tóm tắt: ghi chú", 12, (10, 14), _CELL, italic=True, after=8, **_MIDDLE),
    Component("prompt", "Lời nhắc", 13, (10, 14), _CELL, align="both", before=3, grey=True),
    Component("suggestion", "Dự thảo gợi ý", 13, (10, 14), _CELL, align="both", before=3, grey=True),
    Component("section_end", "Ngắt phần", 1, (1, 14), "dấu ngắt phần sau khối chữ ký"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineBelow:
    """A horizontal line under a component: as long as its text, or a share of it.

    ``shares`` is the range the decree allows, ``share`` what we draw. Source: A1 II.1b, II.2b, II.5b.
    """

    under: str
    share: float
    shares: tuple[float, float]
    source: str
    weight: float = 0.75


RULES: tuple[LineBelow, ...] = (
    LineBelow("motto", 1.0, (0.95, 1.05), "A1 II.1b"),
    LineBelow("issuer", 0.42, (1 / 3, 1 / 2), "A1 II.2b"),
    LineBelow("subject", 0.42, (1 / 3, 1 / 2), "A1 II.5b"),
    LineBelow("annex_of", 0.35, (0, 1), "A3 Mẫu 2.1"),
)

STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def component(key: str) -> Component:
    """The component of that key; KeyError where the table has none."""
    return _BY_KEY[key]


_BY_KEY = {c.key: c for c in COMPONENTS}


KINDS: dict[str, str] = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ",
    "Thông cáo": "TC", "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH",
    "Phương án": "PA", "Đề án": "ĐA", "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr",
    "Hợp đồng": "HĐ", "Công điện": "CĐ", "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ", "Giấy mời": "GM", "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB",
}  # fmt: skip
LETTER = "Công văn"
"""The kind without a name of its own in the document and without an abbreviation."""
ANY_KIND = "|".join((*KINDS, LETTER))
"""The name of a kind, for the brackets of a pattern."""
ANNEX = "Phụ lục"
"""No kind of the decree: an annex in a file of its own."""

WRITTEN_OUT = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
"""The bodies that are often abbreviated, as a letterhead and a signature write them."""

BY_KEY = {key(name): name for name in KINDS}
BY_ABBREVIATION = {short: name for name, short in KINDS.items()}

ADDRESSED = frozenset({LETTER, "Tờ trình"})
"""Kinds that always say to whom they go. A report does so when it goes to a superior. Source: A1 II.9b."""

Part: TypeAlias = Literal["number", "place_date", "subject", "recipients", "signature"]

_SLIPS = (
    "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển",
    "Phiếu báo",
)  # fmt: skip
_NOT_DRAWN: dict[str, frozenset[Part]] = {"Biên bản": frozenset({"place_date"})}
_NOT_DRAWN |= dict.fromkeys(_SLIPS, frozenset({"subject"}))
_ENCLOSED: frozenset[Part] = frozenset({"number", "place_date", "recipients", "signature"})
_LONGEST_NAME = 3
NAMES_RECEIVER = frozenset({"Công điện", *_SLIPS})
"""Kinds whose own words say for whom they are, so that "Như trên" needs no "Kính gửi".

Source: A3, Mẫu 1.6, 1.7, 1.8, 1.10.
"""

OF_SEVERAL_PARTIES = frozenset({"Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận"})
"""Kinds of the decree that no form of it draws: their parties agree on the form. Source: A3 II, Mẫu 1.4."""

DECIDING = frozenset({"Quyết định", "Nghị quyết"})
"""Kinds made of articles that put other texts into force. Source: A3, Mẫu 1.1, 1.2, 1.3."""

PUT_INTO_FORCE = frozenset(
    {"Quy chế", "Quy định", "Hướng dẫn", "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án"}
)
"""Kinds that a decision puts into force; what else it encloses is a list or a form. Source: A3, Mẫu 1.3."""


def parts_not_missed(kind: str, *, words_behind: int = 0, enclosed: bool = False) -> frozenset[Part]:
    """The parts that a document of this kind may do without.

    ``words_behind``: how many words the title has behind the kind ("BIÊN BẢN LÀM VIỆC"); a few of them say
    what a subject would. ``enclosed``: it is issued with another document, which has those parts.
    Source: A3, Mẫu 1.3, 1.8, 1.9, 1.10; papers and slips are their own subject in practice.
    """
    parts = _NOT_DRAWN.get(kind, frozenset())
    if 0 < words_behind <= _LONGEST_NAME:
        parts |= {"subject"}
    return parts | _ENCLOSED if enclosed else parts


FONT = "Times New Roman"
LANGUAGE = "vi-VN"
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
POINTS_PER_MM = 72 / 25.4
LINE_EM = 1.149
"""Height of a single line of Times New Roman, in em: (ascent + descent + gap) of the face."""


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in mm, with the ranges the decree allows. Source: A1 I.1-I.3, I.7."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10
    top_range: tuple[float, float] = (20, 25)
    bottom_range: tuple[float, float] = (20, 25)
    left_range: tuple[float, float] = (30, 35)
    right_range: tuple[float, float] = (15, 20)

    @property
    def text_width(self) -> float:
        """Width between the margins of a portrait page."""
        return self.width - self.left - self.right

    @property
    def landscape_text_width(self) -> float:
        """Width between the same margins, as displayed, on the page turned round."""
        return self.height - self.left - self.right


PAGE = Page()

LETTERHEAD_GRID = (65.0, 100.0)
"""Columns of the letterhead in mm, together the text width: the state name at 13 pt bold takes 95.7 mm."""

SIGNATURE_GRID = (75.0, 90.0)
"""Columns of recipients and signature in mm."""


_REGULAR = {
    180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr‘’", 389: "Js", 400: "°", 408: '"',
    444: "?acez“”", 469: "^", 480: "{}", 500: "#$*0123456789_bdghknopquvxyđ–§", 529: "ơ", 541: "~", 542: "ư",
    549: "≥≤", 556: "FPS", 564: "+<=>×", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư",
    778: "&m", 833: "%", 889: "M", 921: "@", 944: "W", 1000: "—…",
}  # fmt: skip
_BOLD = {
    220: "|", 250: " ,.", 278: "'/\\il", 333: "!()-:;[]`fjt‘’", 389: "Is", 394: "{}", 400: "°", 444: "cerz",
    500: "#$*0123456789?J_agovxy–“”§", 520: "~", 549: "≥≤", 554: "ơ", 555: '"', 556: "Sbdhknpquđ",
    570: "+<=>×", 581: "^", 600: "ư", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư",
    833: "&m", 930: "@", 944: "M", 1000: "%W—…",
}  # fmt: skip
_ITALIC = {
    214: "'", 250: " ,.", 275: "|", 278: "/\\fijlt", 333: "!()-:;I`‘’", 389: "[]rsz", 400: "{}°", 420: '"',
    422: "^", 444: "Jcekvxy", 500: "#$*0123456789?S_abdghnopquđ–§", 534: "ơ", 541: "~", 545: "ư", 549: "≥≤",
    556: "LTYZ“”", 611: "ABEFPRVX", 667: "CKNw", 675: "+<=>×", 722: "DGHOQUmĐƠ", 754: "Ư", 778: "&",
    833: "%MW", 889: "—…", 920: "@",
}  # fmt: skip
_HORN = "\u031b"
_WIDEST = 1000
_GLUE = "\u2060"
_CLINGING = frozenset({"và", "của", "về", "các", "tại", "theo", "năm", "do", "cho", "VÀ", "CỦA", "CÁC"})
_STEP = 2.0


class _Widths(dict[str, int]):
    """Widths by character; that of a letter with marks is its base's, found once."""

    def __init__(self, groups: dict[int, str]) -> None:
        super().__init__({char: width for width, chars in groups.items() for char in chars})

    def __missing__(self, char: str) -> int:
        self[char] = sum(self.get(base, _WIDEST) for base in _bases(char))
        return self[char]


_TABLES = {"regular": _Widths(_REGULAR), "bold": _Widths(_BOLD), "italic": _Widths(_ITALIC)}


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of ``text`` in mm at ``size`` points; an unknown character counts as
    widest.

    Bold italic is measured as bold, which is never narrower by more than a tenth.
    """
    widths = _TABLES["bold" if bold else "italic" if italic else "regular"]
    total = sum(map(widths.__getitem__, unicodedata.normalize("NFC", text)))
    return total * size / 1000 / POINTS_PER_MM


def component_width(text: str, component: Component) -> float:
    """Return the width in mm of the longest line of ``text`` set as ``component``."""
    return max(
        text_width(line, component.size, bold=component.bold, italic=component.italic)
        for line in text.split("\n")
    )


def _bases(text: str) -> list[str]:
    bases: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if char == _HORN and bases:
            bases[-1] = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}.get(bases[-1], bases[-1])
        elif not unicodedata.combining(char):
            bases.append(char)
    return bases


def break_lines(text: str, width: float, component: Component, unbroken: Iterable[str] = ()) -> str:
    """Break ``text`` into the fewest lines of at most ``width`` mm, as even as they come; breaks become
    ``\\n``.

    Lines already broken stay so. A word wider than ``width`` stands alone. The compounds of ``unbroken``
    are kept whole, and no line ends in a word that leans on the next one ("và", "của" …).
    """
    keep, broken = tuple(unbroken), list[str]()
    for tokens in (_tokens(line, keep) for line in text.split("\n")):
        # Lines are filled greedily, then narrowed as long as that costs no further line.
        lines, narrower = _filled(tokens, width, component), width - _STEP
        while narrower > 0 and len(even := _filled(tokens, narrower, component)) == len(lines):
            lines, narrower = even, narrower - _STEP
        broken += lines
    return "\n".join(broken)


def count_lines(text: str, width: float, component: Component) -> int:
    """Return how many lines ``break_lines`` makes of ``text`` without compounds."""
    return sum(len(_filled(_tokens(line, ()), width, component)) for line in text.split("\n"))


def _tokens(line: str, unbroken: tuple[str, ...]) -> list[str]:
    """Words with the blanks behind them, a compound as one word."""
    for compound in sorted(filter(None, unbroken), key=len, reverse=True):
        line = line.replace(compound, compound.replace(" ", _GLUE))
    return [word.replace(_GLUE, " ") for word in re.findall(r"\S+ *", line)]


def _filled(tokens: list[str], width: float, component: Component) -> list[str]:
    lines: list[list[str]] = [[]]
    for token in tokens:
        line = lines[-1]
        if line and component_width("".join([*line, token]).rstrip(), component) > width:
            keep = len(line)
            while keep > 1 and line[keep - 1].strip() in _CLINGING:
                keep -= 1
            lines[-1], moved = line[:keep], line[keep:]
            lines.append([*moved, token])
        else:
            line.append(token)
    return ["".join(line).rstrip() for line in lines]
