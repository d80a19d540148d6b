"""Text typed in the codes of before Unicode, TCVN3 (ABC) and VNI, whose letters live in the font alone.

Told by font *and* letters: a cell in such a font may hold Unicode all the same (a word chosen from a list),
and letters alone turn "Société" into nonsense. Digits, marks and plain Latin letters are the same in all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.syllables import count_misspelt
from dvctt_report.old_fonts import Code, font_code

_TCVN3_CODES = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®¡¢§£¤¥¦"  # 0xAD is "ư"
_LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂĐÊÔƠƯ"
TCVN3: dict[str, str] = dict(zip(_TCVN3_CODES, _LETTERS, strict=True))
"""One character for each letter of TCVN 5712:1993 (VN3); a capital with a tone only in fonts ending in H."""

_TCVN3_TABLE = {ord(code): letter for code, letter in TCVN3.items()}

_VNI_PLAIN = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI_TONES = ("ù", "ø", "û", "õ", "ï")
_VNI_MARKED = (
    ("a", "", _VNI_TONES, "áàảãạ"),
    ("a", "ê", ("é", "è", "ú", "ü", "ë"), "ắằẳẵặ"),
    ("a", "â", ("á", "à", "å", "ã", "ä"), "ấầẩẫậ"),
    ("e", "", _VNI_TONES, "éèẻẽẹ"),
    ("e", "â", ("á", "à", "å", "ã", "ä"), "ếềểễệ"),
    ("o", "", _VNI_TONES, "óòỏõọ"),
    ("o", "â", ("á", "à", "å", "ã", "ä"), "ốồổỗộ"),
    ("ô", "", _VNI_TONES, "ớờởỡợ"),
    ("u", "", _VNI_TONES, "úùủũụ"),
    ("ö", "", _VNI_TONES, "ứừửữự"),
    ("y", "", _VNI_TONES[:4], "ýỳỷỹ"),
)
"""Letter, the mark that makes it ă, â, ê, ô (with no tone), its tones, what they give."""


def _vni() -> dict[str, str]:
    table = dict(_VNI_PLAIN)
    for letter, mark, tones, toned in _VNI_MARKED:
        if mark:
            table[letter + mark] = {"aê": "ă", "aâ": "â", "eâ": "ê", "oâ": "ô"}[letter + mark]
        table |= {letter + tone: made for tone, made in zip(tones, toned, strict=True)}
    return table | {code.upper(): made.upper() for code, made in table.items()}


VNI: dict[str, str] = _vni()
"""A letter and a mark behind it for most letters; both small or both capital."""

_VNI_CODE = re.compile("|".join(sorted(VNI, key=len, reverse=True)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Converted:
    """A text made Unicode: out of which code, and the result, NFC."""

    code: Code
    text: str


def decode(text: str, code: Code, *, capitals: bool = False) -> str:
    """Turn every character of ``code`` into its letter, NFC; ``capitals``: the font shows capitals only."""
    if code == "TCVN3":
        made = text.translate(_TCVN3_TABLE)
    else:
        made = _VNI_CODE.sub(lambda match: _vni_letter(match[0]), text)
    return unicodedata.normalize("NFC", made.upper() if capitals else made)


def _vni_letter(code: str) -> str:
    """A capital's mark may have been typed small ("Où"): the letter decides."""
    return VNI.get(code) or VNI[code.upper() if code[0].isupper() else code.lower()]


def to_unicode(text: str, font: str, *, proven: bool = False) -> Converted | None:
    """Convert text typed in a legacy font; None where it is plain, or is Unicode as it stands.

    Converted where that makes more of its words Vietnamese; where both ways are as good ("Cã" may
    be "Cã" or "Có"), only if the font is ``proven`` to be used in its own code elsewhere in the file.
    """
    code = font_code(font)
    if code is None or text.isascii() or _has_unicode_letters(text):
        return None
    capitals = code == "TCVN3" and font.strip().removesuffix(" Bold").endswith("H")
    made = decode(text, code, capitals=capitals)
    as_is, converted = count_misspelt(text), count_misspelt(made)
    better = converted < as_is or (proven and converted == as_is)
    return Converted(code, made) if better and made != text else None


def suspect(text: str) -> Converted | None:
    """What a text in an ordinary font would say in TCVN3 or VNI, where nothing else makes sense of it.

    Only where at least two words are no Vietnamese as they stand and all are when converted.
    """
    if text.isascii() or _has_unicode_letters(text) or count_misspelt(text) < 2:
        return None
    codes: tuple[Code, ...] = ("TCVN3", "VNI")
    found = [Converted(code, decode(text, code)) for code in codes]
    return next((made for made in found if count_misspelt(made.text) == 0), None)


def proven_fonts(cells: Iterable[Cell | None]) -> frozenset[str]:
    """The legacy fonts of which at least one text can only be in their code."""
    return frozenset(
        cell.font
        for cell in cells
        if cell is not None and cell.kind is CellKind.TEXT and to_unicode(cell.raw, cell.font) is not None
    )


def _has_unicode_letters(text: str) -> bool:
    """Whether there is a letter or a combining mark that the old codes cannot hold: "ạ", "ư", NFD."""
    return any(ord(c) > 0xFF and unicodedata.category(c)[0] in "LM" for c in text)
