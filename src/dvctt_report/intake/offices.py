"""Whose office a text of a few words names: the unit's own, or one that the form wasn't issued to.

Of those who sign, whom to call, letterheads and the signs of documents. Known units are weighed elsewhere
(``whose``); here it is asked about offices that no roster has, and places that aren't the unit's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from dvctt_report.catalogue import catalogue
from dvctt_report.codes import finding
from dvctt_report.forms.form import COVER
from dvctt_report.intake.hearsay import known_names
from dvctt_report.intake.locate import Located
from dvctt_report.intake.reading import quote
from dvctt_report.model import Finding, Key, Submission
from dvctt_report.period import Period
from dvctt_report.personal import masked
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.vietnamese import key, unaccented

_OFFICES = (
    *("ban quản lý", "bảo hiểm xã hội", "bệnh viện", "chi cục", "công an", "cục", "kho bạc", "sở"),
    *("thanh tra", "trung tâm", "trường", "ubnd", "uỷ ban nhân dân", "viện"),
)
_PLACES = ("tỉnh", "thành phố", "tp", "thị xã", "huyện", "quận", "phường", "xã", "thị trấn")
_PART_OF = ("chi cục", "trung tâm", "cục", "trường", "bệnh viện", "viện")
"""Offices that may be a part of the unit: whoever writes for it may work there."""
_COUNCIL = ("ubnd", "uy", "ban", "nhan", "dan", "tinh")
"""What stands over the name of an office of the province, without accents."""
_NAMED = re.compile(rf"\b({'|'.join(sorted((*_OFFICES, *_PLACES), key=len, reverse=True))})\b\.? ?")
_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[0-9]{1,6}[a-z]? ?/ ?([^\s,;()]+)")


@dataclass(frozen=True)
class Offices:
    """What names the unit itself, against all others."""

    names: UnitNames[Unit]
    unit: Unit
    province: str

    @classmethod
    def of(cls, profile: Profile, unit: Unit, period: Period) -> Offices:
        return cls(known_names(profile, period).ever, unit, profile.plan.province)

    @cached_property
    def _own_phrases(self) -> tuple[str, ...]:
        names = (*self.unit.names, *self.unit.parts, self.province)
        return tuple(" ".join(_WORD.findall(unaccented(name))) for name in names)

    @cached_property
    def _own_words(self) -> frozenset[str]:
        return frozenset(word for name in self._own_phrases for word in name.split())

    @cached_property
    def _own_names(self) -> tuple[str, ...]:
        return tuple(sorted(map(key, self.unit.names), key=len, reverse=True))

    @cached_property
    def _own_signs(self) -> frozenset[str]:
        return signs_of(self.unit)

    def is_own_letterhead(self, text: str) -> bool:
        """Whether a text is the unit's name, the office above it and the province perhaps with it."""
        said = key(text)
        name = next((name for name in self._own_names if name in said), "")
        rest = _WORD.findall(unaccented(said.replace(name, " ", 1))) if name else ["?"]
        return set(rest) <= {*_WORD.findall(unaccented(self.province)), *_COUNCIL}

    def foreign(self, text: str, part: bool = False) -> str:
        """The words of a text that name an office or a place which isn't the unit's; "" for none.

        A person's number or address is no such word: it is left out before words are told apart.
        ``part``: offices that may be a part of the unit are its own.
        """
        return next(self._foreign(text, part), "")

    def _foreign(self, text: str, part: bool) -> Iterator[str]:
        said = " ".join(masked(text).split())
        for found in _NAMED.finditer(_lower(said)):
            head = key(found[1])
            before, name = said[: found.start()], said[found.start() : found.end()].strip()
            words = [word for word in _WORD.findall(said[found.end() :])[:4] if word[0].isalpha()]
            if not words or (part and head in _PART_OF) or _is_persons(before, name):
                continue
            if not self._is_own(head, words):
                yield " ".join((name, *words))

    def _is_own(self, head: str, words: list[str]) -> bool:
        """Whether an office, or a place, and the words behind it may be the unit's own."""
        first = unaccented(words[0])
        known = first in self._own_words or first in self._own_signs
        if head in _PLACES:  # "tỉnh" alone is the own one
            name = " ".join(map(unaccented, list(takewhile(str.istitle, words))[:2] or words[:1]))
            return words[0].islower() or any(f" {name} " in f" {own} " for own in self._own_phrases)
        if head == "sở" and words[0][0].isupper() and not known:
            return len(words) > 1 and words[1][0].isupper()  # a person's name behind "Giám đốc Sở"
        return known and self._own_words.issuperset(_WORD.findall(unaccented(head)))

    def foreign_domain(self, address: str) -> str:
        """The label of an official address that is another province's or another office's; "" for none."""
        host = address.rpartition("@")[2].lower()
        labels = host.removesuffix(".gov.vn").split(".") if host.endswith(".gov.vn") else []
        if not labels:
            return ""
        after = catalogue().successor(self.province)
        home = {_in_address(self.province), _in_address(after.name) if after else ""}
        others = _provinces() - home
        alien = (one for one in labels if one in others or one in _signs_of_all(self.names) - self._own_signs)
        return next(alien, "")

    def foreign_sign(self, number: str) -> str:
        """The sign of a document's number that another office bears; "" for none, and for an unknown one."""
        found = _SIGN.search(key(number))
        parts = [p for p in re.split(r"[-–_.]", unaccented(found[1])) if p] if found else []
        if not parts:
            return ""
        others = _signs_of_all(self.names) - self._own_signs
        is_council = "ubnd" in self._own_words or {"uy", "ban", "nhan"} <= self._own_words
        reported = parts[:2] == ["bc", "ubnd"] and not is_council
        alien = (p for p in parts if p in others or (p == "ubnd" and reported))
        return "" if self._own_signs.intersection(parts) else next(alien, "").upper()


@lru_cache(maxsize=4)
def _signs_of_all(names: UnitNames[Unit]) -> frozenset[str]:
    """The first letters of every unit's names that are long enough to be told from a word."""
    return frozenset(sign for unit in names.units for sign in signs_of(unit) if len(sign) > _SHORTEST_SIGN)


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    """The provinces of today and of before as they stand in addresses."""
    return frozenset(_in_address(name) for p in catalogue().provinces for name in (p.name, *p.merged))


def _in_address(province: str) -> str:
    """A province's name without its kind, in small letters and one word."""
    return "".join(_WORD.findall(re.sub(r"^(?:tinh|thanh pho) ", "", unaccented(province))))


_SHORTEST_SIGN = 3
"""Letters that a sign may share with a kind of document: "TTr"."""


def signs_of(unit: Unit) -> frozenset[str]:
    """What stands for a unit in the sign of its documents: its code, the first letters of its names."""
    names = [_WORD.findall(unaccented(name)) for name in unit.names]
    found = {
        "".join(w[0] for w in words if w not in left_out) for words in names for left_out in ((), _JOINING)
    }
    return frozenset((unaccented(unit.code), *found)) - {""}


_JOINING = ("va", "cac")


def _is_persons(before: str, head: str) -> bool:
    """Whether what looks like an office is part of a person's name: "Nguyễn Trường Sơn"."""
    words = _WORD.findall(before)
    return bool(words and head[0].isupper() and words[-1].istitle() and len(words[-1]) > 1)


def check_people(said: Submission, located: Located, own: Offices, period: Period) -> Iterator[Finding]:
    """Ask about what the unit wrote of itself: who signs, whom to call, the number of its document.

    NH43: an office that isn't the unit's; NH79: a document that is taken back, a draft, or another year's.
    """
    told = {
        "signer": own.foreign(said.signer),
        "contact": own.foreign(said.contact, part=True),
        "email": own.foreign_domain(said.email),
        "document_number": own.foreign_sign(said.document_number),
    }
    unit = own.unit
    for name, words in told.items():
        weighed = name in ("signer", "contact") and bool(own.names.mentions(words))
        if words and not weighed and Key(COVER, name) in located.places:
            place = located.places[Key(COVER, name)]
            message = (
                f"biểu cấp cho {unit.short_name} nhưng ghi {quote(place.cell.raw if place.cell else words)}"
            )
            fix = "Xác nhận báo cáo là của đơn vị, do người của đơn vị lập và ký."
            yield finding("NH43", message, fix, place.at, unit.code, value=words)


def period_years(period: Period) -> tuple[str, str]:
    """The years in which a document about a period is issued."""
    return str(period.year), str(period.year + 1)


_YEAR = re.compile(r"\b20[0-9]{2}\b")


def _lower(text: str) -> str:
    """A text in small letters, of the same length, with the tones as patterns have them."""
    low = key(text)
    return low if len(low) == len(text) else text.lower()
