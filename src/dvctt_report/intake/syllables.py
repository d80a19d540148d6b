"""Whether a word is a Vietnamese syllable by its spelling: what tells text from text in a wrong code."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

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
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_TONE_OF_STOPPED = ("\u0301", "\u0323")
_BETWEEN_WORDS = re.compile(r"[\s!-,./:-@\[-`{-~“”‘’…–—-]+")


def count_misspelt(text: str) -> int:
    """Count the words with a letter or sign beyond ASCII that are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in _BETWEEN_WORDS.split(text) if not word.isascii())


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    """Whether the word is spelt as a syllable (onset, rhyme, at most one tone) or is one like "QĐ", "đ"."""
    if _ABBREVIATION.fullmatch(word):
        return True
    apart = unicodedata.normalize("NFD", word.lower())
    tones = _TONES.findall(apart)
    bare = unicodedata.normalize("NFC", _TONES.sub("", apart))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or (bool(tones) and tones[0] in _TONE_OF_STOPPED)
