"""Text typed in the codes of before Unicode, TCVN3 (ABC) and VNI, whose letters live in the font alone.

Told by font *and* letters: a cell in such a font may hold Unicode all the same (a word chosen from a list),
and letters alone turn "Société" into nonsense. Digits, marks and plain Latin letters are the same in all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from dvctt_report.text.patterns import lazy_pattern

Code: TypeAlias = Literal["TCVN3", "VNI"]

_TCVN3_FONT = lazy_pattern(r"\.vn\w")
_LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_TCVN3_CODES = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®"  # 0xAD is "ư"
_VNI_CODES = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä eù eø eû eõ eï eâ eá eà eå eã eä "
    "í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä "
    "ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
)
TCVN3: dict[str, str] = dict(zip(_TCVN3_CODES + "¡¢§£¤¥¦", _LETTERS + "ĂÂĐÊÔƠƯ", strict=True))
"""One character for each letter of TCVN 5712:1993 (VN3); a capital with a tone only in fonts ending in H."""
_SMALL: dict[str, str] = dict(zip(_VNI_CODES.split(), _LETTERS, strict=True))
VNI: dict[str, str] = _SMALL | {code.upper(): letter.upper() for code, letter in _SMALL.items()}
"""A letter and a mark behind it for most letters; both small or both capital."""

_TCVN3_TABLE = str.maketrans(TCVN3)
_VNI_CODE = re.compile("|".join(sorted(VNI, key=len, reverse=True)), re.IGNORECASE)
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en "
    "eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt "
    "iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet "
    "oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uê "
    "uêch uênh uc ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uynh uyên uyêt uyt uyu uơ "
    "ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{_RHYMES.replace(' ', '|')})|gi[nm]?|gi[êe]ng")
_ABBREVIATION = re.compile("[A-ZĐ]+|đ")
_BETWEEN_WORDS = re.compile(r"[\s!-,./:-@\[-`{-~“”‘’…–—-]+")


@dataclass(frozen=True, slots=True)
class Converted:
    """A text made Unicode: out of which code, and the result, NFC."""

    code: Code
    text: str


def font_code(font: str) -> Code | None:
    """The code that a font's glyphs stand for: ".VnTime" TCVN3, "VNI-Times" VNI; None: Unicode."""
    start = font.strip().lower()
    return (
        "TCVN3" if _TCVN3_FONT.match(start) else "VNI" if start.startswith(("vni-", "vni_", "vni ")) else None
    )


def to_unicode(text: str, font: str, *, proven: bool = False) -> Converted | None:
    """Convert text typed in a legacy font; None where it is plain, or is Unicode as it stands.

    Converted where that makes more of its words Vietnamese; where both ways are as good ("Cã" may
    be "Cã" or "Có"), only if the font is ``proven`` to be used in its own code elsewhere in the file.
    """
    code = font_code(font)
    if code is None or _is_unicode(text):
        return None
    capitals = code == "TCVN3" and font.strip().removesuffix(" Bold").endswith("H")
    made = decode(text, code, capitals=capitals)
    better = count_misspelt(made) < count_misspelt(text) + proven
    return Converted(code, made) if better and made != text else None


def suspect(text: str) -> Converted | None:
    """What a text in an ordinary font would say in TCVN3 or VNI, where nothing else makes sense of it.

    Only where at least two words are no Vietnamese as they stand and all are when converted.
    """
    if _is_unicode(text) or count_misspelt(text) < 2:
        return None
    made = (Converted(code, decode(text, code)) for code in get_args(Code))
    return next((one for one in made if count_misspelt(one.text) == 0), None)


def decode(text: str, code: Code, *, capitals: bool = False) -> str:
    """Turn every character of ``code`` into its letter, NFC; ``capitals``: the font shows capitals only."""
    if code == "TCVN3":
        made = text.translate(_TCVN3_TABLE)
    else:  # a capital's mark may have been typed small ("Où"): the letter decides
        made = _VNI_CODE.sub(
            lambda said: (
                VNI.get(said[0]) or VNI[said[0].upper() if said[0][0].isupper() else said[0].lower()]
            ),
            text,
        )
    return unicodedata.normalize("NFC", made.upper() if capitals else made)


def _is_unicode(text: str) -> bool:
    """Whether it is plain, or has a letter or a combining mark that the old codes cannot hold: "ạ", NFD."""
    return text.isascii() or any(ord(c) > 0xFF and unicodedata.category(c)[0] in "LM" for c in text)


def count_misspelt(text: str) -> int:
    """Count the words with a letter or sign beyond ASCII that are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in _BETWEEN_WORDS.split(text) if not word.isascii())


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    """Whether the word is spelt as a syllable (onset, rhyme, at most one tone) or is one like "QĐ", "đ"."""
    if _ABBREVIATION.fullmatch(word):
        return True
    apart = unicodedata.normalize("NFD", word.lower())
    tones = _TONE_MARKS.findall(apart)
    bare = unicodedata.normalize("NFC", _TONE_MARKS.sub("", apart))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(("c", "ch", "p", "t")) or tones in (["\u0301"], ["\u0323"])
