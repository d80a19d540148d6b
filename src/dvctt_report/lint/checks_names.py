"""Do the names that a document bears agree: offices, places, persons, its own title? Questions alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from dvctt_report.catalogue import catalogue
from dvctt_report.lint import twice
from dvctt_report.lint.check import HERE, Answers, Fault, check, quote
from dvctt_report.lint.offices import (
    COMMITTEE,
    COMMUNE,
    NAMED,
    PLACE_WORDS,
    Doubt,
    is_slip_of,
    issuer_of,
    letterhead_words,
    words_of,
)
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.twice import WORD, persons_told
from dvctt_report.nd30.kinds import ANY_KIND, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import CAPITALS, key, unaccented

_ACTS = lazy_pattern(
    rf"(?:^|[,;.] )(?P<who>{NAMED}(?: [^\s,;.:]+){{0,9}}?) (?:kính |trân trọng |xin )?"
    r"(?:báo cáo|ban hành|xây dựng|đề nghị|hướng dẫn|thông báo|trình|yêu cầu|có ý kiến|đăng ký|trả lời)\b"
    r"[^,;.]{0,150}\bsau(?: đây)?:$"
)
"""Who says what follows: "Thực hiện …, cơ quan A báo cáo như sau:"."""
_RESPECTFUL = lazy_pattern(
    rf"\bkính (?:trình|đề nghị|báo cáo|gửi|mong|xin ý kiến) (?P<who>{NAMED}"
    rf"(?: (?:tỉnh|thành phố|xã|phường|đặc khu))?(?: [{CAPITALS}][^\W\d_]*){{0,4}})"
)
_UPWARD = lazy_pattern(
    rf"(?:Ủy ban nhân dân|UBND) (?:tỉnh|thành phố) ([{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{0,3}})"
)
_REPLIED = lazy_pattern(
    rf"\b(?:nhận được|[Pp]húc đáp|[Tt]rả lời) [^,;.]{{0,80}}? của (?P<who>{NAMED}(?: [^\s,;.:]+){{0,9}}?)"
    r"(?= về\b| đề nghị\b| xin\b|[,;.]|$)"
)
_SUMS_UP = lazy_pattern(rf"Trên đây là (?:toàn bộ |nội dung )*({ANY_KIND})\b", re.IGNORECASE)
_THIS = lazy_pattern(rf"({ANY_KIND}) này\b")
_PUT = lazy_pattern(
    rf"\b[Bb]an hành (?:kèm theo (?:{ANY_KIND}) này )?(?P<kind>{ANY_KIND}) (?P<name>[^.;:]{{8,200}})"
)
_YEAR = lazy_pattern(r"[Nn](?<!\w[Nn])ăm (20\d\d)(?!\d)")
_DATED_YEAR = lazy_pattern(r"tháng \d{1,2} năm 20\d\d")
_FIRST_WORDS = 4
"""Words that a name is known by; what follows them is often left out the second time."""
_OPENING = 8
"""Paragraphs of the body among which it is said who speaks to whom."""


@check(
    "TT75",
    Severity.INFO,
    "Tên cơ quan, địa danh, người ký, tên văn bản không khớp nhau, cần xem lại",
    rationale="Tên ở phần đầu, Kính gửi, nội dung, phần ký thường lệch nhau khi văn bản chép từ văn bản "
    "khác. Chương trình chỉ hỏi: tên nào đúng thì người soạn biết.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def names_agree(paper: Paper, settings: Settings) -> Answers:
    """Ask about offices, places, persons, kinds and years that the parts of the document tell otherwise.

    Sai: đầu văn bản là xã A, địa danh xã B; “Trên đây là Kế hoạch …” cuối một báo cáo
    Đúng: các phần cùng ghi một tên
    """
    for look in _LOOKS:
        for place, words, found, right in look(paper):
            yield Fault(place, words, found, right, "Xem lại tên ở chỗ này và chỗ kia")


def _place(paper: Paper) -> Iterator[Doubt]:
    line = paper.head.place_date
    place = re.split(r",| ngày\b", line.text)[0].strip() if line is not None else ""
    issuer, parent = issuer_of(paper), " ".join(p.plain for p in paper.head.parent)
    if line is None or not place or len(place) > 40 or not (words := words_of(place) - PLACE_WORDS):
        return
    commune = re.search(r"\b(?:xa|phuong|dac khu) (?!hoi)([^\d]+)$", issuer)
    if commune is not None and re.match(r"(?:uy ban|ubnd|hoi dong|hdnd)", issuer):
        if words - words_of(paper.head.issuer):
            yield "Địa danh, thời gian", line, f"địa danh “{place}”", quote(paper.head.issuer, 60)
        return
    province = re.search(r"\b(?:tinh|thanh pho) (\S+(?: \S+){0,3})$", issuer) or re.search(
        r"\b(?:tinh|thanh pho) (\S+(?: \S+){0,3})$", parent
    )
    if province is None or words & letterhead_words(paper):
        return
    if catalogue().province(place) or catalogue().successor(f"tỉnh {place}"):
        name = next((p.bare_name for p in catalogue().provinces if _is_named(p.bare_name, province[1])), "")
        right = f"“{name}”" if name else quote((*paper.head.parent, *paper.head.issuer), 60)
        yield "Địa danh, thời gian", line, f"địa danh “{place}” là tên tỉnh khác", right


def _is_named(name: str, words: str) -> bool:
    """Whether words without marks, a letterhead's behind "tỉnh", begin with the name."""
    return f"{words} ".startswith(f"{unaccented(name)} ")


_STANDING = ("ban thuong vu", "thuong truc")
"""Who acts for a committee or a union between its meetings."""


def _actor(paper: Paper) -> Iterator[Doubt]:
    known = letterhead_words(paper)
    own = unaccented(" ".join(line.text for line in paper.head.issuer))
    for piece in paper.body[:_OPENING] if paper.head.issuer else ():
        found = _ACTS.search(piece.text) if piece.text.endswith(":") else None
        if found is None or unaccented(found["who"]).startswith((own, *_STANDING)):
            continue
        if words_of(found["who"]) - known - PLACE_WORDS:
            told = f"“{found['who']}”, văn bản của {quote(paper.head.issuer, 50)}"
            yield HERE, piece, told, "tên cơ quan ban hành"


def _addressed(paper: Paper) -> Iterator[Doubt]:
    title = paper.title
    lines = [p for p in (title.addressee, *title.addressees) if p is not None]
    if not lines:
        return
    known = words_of(lines)
    for piece in paper.text.holding("kính "):
        for found in _RESPECTFUL.finditer(piece.text):
            strange = words_of(found["who"]) - known
            own = letterhead_words(paper) | PLACE_WORDS
            if strange - own or strange & {"hội", "đồng"}:
                yield HERE, piece, f"“{found[0]}”", quote(lines, 60)
    parent = [p for p in paper.head.parent if COMMITTEE.match(p.plain)]
    if parent and paper.kind in ("Báo cáo", "Tờ trình") and len(title.addressees) <= 1:
        text = " ".join(p.text for p in lines)
        upward = _UPWARD.search(text)
        if upward and words_of(upward[1]) - words_of(paper.head.parent):
            yield "Kính gửi", lines, f"gửi “{quote(text, 60)}”", quote(paper.head.parent, 60)


def _replied(paper: Paper) -> Iterator[Doubt]:
    lines = [p for p in (paper.title.addressee, *paper.title.addressees) if p is not None]
    if paper.kind != LETTER or not lines or len(paper.title.addressees) > 1:
        return
    handed_on = any(_HANDED_ON.search(piece.text) for piece in paper.body[:_OPENING])
    for piece in paper.body[:2] if not handed_on else ():
        found = _REPLIED.search(piece.text)
        if found is not None and words_of(found["who"]) - words_of(lines) - PLACE_WORDS - letterhead_words(
            paper
        ):
            yield HERE, piece, f"trả lời “{found['who']}”", quote(lines, 60)


_HANDED_ON = lazy_pattern(
    r"\b(?:chuyển|có ý kiến (?:chỉ đạo|như sau)|giao (?:Sở|Ban|Chi cục|Phòng|UBND|Ủy ban|Công an))\b",
    re.IGNORECASE,
)
"""What an office says that hands a letter on to whom it addresses, and answers nobody."""
_CHAIRED = lazy_pattern(
    r"\b[Cc]hủ tịch (?:(?:Ủy ban|Hội đồng) nhân dân|UBND|HĐND) (?:xã|phường|đặc khu)"
    rf" (?P<name>{WORD}(?: {WORD}){{0,6}}),? (?:đã )?(?:chủ trì|kết luận|tiếp|ký)\b"
)
_ROLES = lazy_pattern(r"thu ky|chu toa|chu tri|nguoi ghi bien ban")


def _chairman(paper: Paper) -> Iterator[Doubt]:
    """Whose meeting a commune's paper tells of: the chairman's of another one."""
    commune = COMMUNE.match(issuer_of(paper)) if paper.kind == "Thông báo" else None
    own = issuer_of(paper)[commune.end() :].strip() if commune else ""
    for piece in paper.body[:_OPENING] if own else ():
        found = _CHAIRED.search(piece.text)
        if found is not None and not _is_named(own, unaccented(found["name"])):
            right = quote(paper.head.issuer, 60)
            yield HERE, piece, f"“{found[0]}”", right


def _in_minutes(paper: Paper) -> Iterator[Doubt]:
    """Who has a part in a meeting by its minutes, and who signs them in that part."""
    told = persons_told(paper) if paper.kind == "Biên bản" else ()
    for signer in paper.signature.signers if told else ():
        role = _ROLES.match(" ".join(p.plain for p in signer.authority))
        if role is None or signer.name is None:
            continue
        for name, piece in (one for one in told if one[1].plain.startswith(role[0])):
            one, other = key(name).split(), key(signer.name.text).split()
            odd = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
            if odd and not is_slip_of(name, signer.name.text):
                found = f"“{name}”, ở phần ký là “{signer.name.text}”"
                yield HERE, piece, found, "cùng một người"


def _signer(paper: Paper) -> Iterator[Doubt]:
    for name in (s.name for s in paper.signature.signers if s.name is not None):
        for piece in paper.plain_text.holding(name.plain) if " " in name.text else ():
            if _names(piece, name.plain) and key(name.text) not in piece.key:
                found = f"“{name.text}” ở phần ký, nội dung ghi khác dấu"
                yield HERE, piece, found, f"“{name.text}”"


def _names(piece: Piece, name: str) -> bool:
    """Whether a line has the words of a name without marks, each with its capital."""
    words = re.findall(r"\w+", piece.text)
    runs = (words[at : at + len(name.split())] for at in range(len(words)))
    return any(all(w[0].isupper() for w in run) and unaccented(" ".join(run)) == name for run in runs)


def _person(paper: Paper) -> Iterator[Doubt]:
    """One who signs, and in the text someone whose name is a slip away."""
    told = persons_told(paper)
    names = {name: key(name) for name, _ in told}
    for signer in (s.name for s in paper.signature.signers if s.name is not None):
        others = names if key(signer.text) not in names.values() else ()
        slips = {name for name in others if is_slip_of(name, signer.text)}
        for name, piece in told if slips else ():
            if name in slips and unaccented(name) != unaccented(signer.text):
                found = f"“{name}”, ở phần ký là “{signer.text}”"
                yield HERE, piece, found, "cùng một tên"


_PROVINCE = lazy_pattern(rf"\btỉnh (?P<name>{WORD} {WORD})")
_FEWEST_LETTERS = 4
"""Letters of a word in which a slip is told from another name: many a province abroad is a letter away."""


def _province(paper: Paper) -> Iterator[Doubt]:
    """A province whose name is a slip away from one that there is or was."""
    lines = (*paper.title.addressees, *paper.text.holding("tỉnh "), *paper.signature.recipients)
    for piece in (p for p in (paper.title.addressee, *lines) if p is not None and "tỉnh " in p.text):
        for name in dict.fromkeys(m["name"] for m in _PROVINCE.finditer(piece.text)):
            right = _meant(name) if not name.isupper() else ""
            if right:
                yield HERE, piece, f"“tỉnh {name}”", f"“tỉnh {right}”"


def _of_which_province(paper: Paper) -> Iterator[Doubt]:
    """A commune whose text names one province alone, another than its letterhead does."""
    above = next((m for p in paper.head.parent if (m := _OF_PROVINCE.match(p.plain))), None)
    if above is None or not COMMUNE.match(issuer_of(paper)) or paper.kind == LETTER:
        return
    known = {p.bare_name for p in catalogue().provinces}
    lines = (*paper.title.addressees, *paper.text.holding("tỉnh "), *paper.signature.recipients)
    told = [(m["name"], piece) for piece in lines for m in _PROVINCE.finditer(piece.text)]
    named = {unaccented(name): (name, piece) for name, piece in told if name in known}
    if len(named) == 1 and above["name"] not in named:
        ((name, piece),) = named.values()
        parent = quote(paper.head.parent, 60)
        yield HERE, piece, f"“tỉnh {name}”, đầu văn bản là {parent}", parent


_OF_PROVINCE = lazy_pattern(r"(?:ubnd |uy ban nhan dan )?tinh (?P<name>.+)")


@lru_cache(maxsize=256)
def _meant(name: str) -> str:
    """The province whose name was to be written, "" where it is written rightly or is none of ours."""
    provinces = catalogue().provinces
    names = {p.bare_name for p in provinces} | {m.partition(" ")[2] for p in provinces for m in p.merged}
    if any(key(name) == key(one) for one in names):
        return ""
    alike = [one for one in sorted(names) if unaccented(one) == unaccented(name)]
    strange = any(len(word) >= _FEWEST_LETTERS for word in _words_of([name]) - _words_of(names))
    return next(iter(alike or [one for one in sorted(names) if strange and is_slip_of(name, one)]), "")


def _words_of(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in key(name).split()}


def _office(paper: Paper) -> Iterator[Doubt]:
    """The issuer, and in the text an office whose name is a slip away."""
    name = " ".join(line.text for line in paper.head.issuer)
    words = key(name).split()
    if len(words) < _SHORTEST_OFFICE:
        return
    opening = re.compile(rf"{re.escape(words[0][0].upper())}(?i:{re.escape(words[0][1:])})(?!\w)")
    words_behind = {word for word in words[1:] if word != "và"}
    of_commune = COMMUNE.match(issuer_of(paper))
    for piece in paper.body:
        for found in (
            m for m in opening.finditer(piece.text) if not piece.text[m.start() - 1 : m.start()].isalnum()
        ):
            behind = re.split(r"[,;.:()]", piece.text[found.start() : found.start() + _LONGEST_OFFICE])[
                0
            ].split()
            # Of the words behind the first, one of two at least is the same.
            if words_behind.isdisjoint(re.findall(r"\w+", key(" ".join(behind[: _SHORTEST_OFFICE + 2])))[1:]):
                continue
            shown = next(
                (" ".join(behind[:n]) for n in _lengths(words) if is_slip_of(" ".join(behind[:n]), name)), ""
            )
            # Behind a commune's council stand words of the sentence: "Hội đồng nhân dân xã tại kỳ họp".
            named = shown and (not of_commune or shown.split()[-1][0].isupper())
            if named and key(" ".join(behind[: len(words)])) != key(name):
                what = f"“{shown}”, đầu văn bản là “{name}”"
                yield HERE, piece, what, "cùng một tên"
                return


def _lengths(words: Sequence[str]) -> tuple[int, ...]:
    """How many words a name may have that is a slip away: "và" may be missing, or be one too many."""
    return (len(words), len(words) - 1, len(words) + 1)


_SHORTEST_OFFICE, _LONGEST_OFFICE = 3, 300
"""Words of an office's name that a slip is told in, characters among which its name ends."""
_OF_COMMUNE = lazy_pattern(
    r"\b(?:của |địa bàn )(?:(?:Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND) )?(?P<what>xã|phường|đặc khu)"
    rf" (?P<name>{WORD}(?: {WORD}){{0,3}})"
)


def _of_which_commune(paper: Paper) -> Iterator[Doubt]:
    """A subject that names a commune, another than the one that issues it: copied from an older paper."""
    lines: Sequence[Piece] = paper.title.subject
    if not lines or not COMMUNE.match(issuer_of(paper)):
        return
    named = _OF_COMMUNE.search(" ".join(line.text for line in lines))
    if named is not None and words_of(named["name"]) - letterhead_words(paper):
        right = quote(paper.head.issuer, 60)
        yield "Trích yếu", lines, f"“{named['what']} {named['name']}”, văn bản của {right}", right


def _kind(paper: Paper) -> Iterator[Doubt]:
    own = {key(paper.kind), *(key(text.kind) for text in paper.enclosed)}
    title = (*paper.title.subject, *paper.head.matter)
    these = {*paper.text.holding(" này")}
    for at, piece in enumerate(paper.body):
        text = piece.text
        for found in _THIS.finditer(text) if piece in these else ():
            said = "\n".join(p.text for p in (*title, *paper.body[:at]))
            told = f"{said}\n{text[: found.start()]}"
            if key(found[1]) not in own and found[1] not in told:
                yield HERE, piece, f"“{found[0]}”", f"“{paper.kind} này”"
        closes = paper.kind != LETTER and text[:4].lower() == "trên"
        closing = _SUMS_UP.match(text) if closes else None
        if closing is not None and key(closing[1]) not in own:
            yield HERE, piece, f"“{closing[0]}”", f"văn bản là {paper.kind}"


def _title(paper: Paper) -> Iterator[Doubt]:
    """What a text puts into force, and what it calls that in its title and on the enclosed paper."""
    subject = " ".join(line.text for line in paper.title.subject)
    names = [(m["kind"], m["name"], p) for p in paper.body[:30] if (m := _PUT.search(p.text)) is not None]
    if not names or not subject:
        return
    kind, name, piece = names[0]
    at = place_of(paper, piece.paragraph), quote(piece)
    own = key(kind) == key(paper.kind)
    titled = _PUT.search(f"{subject}.")
    against = (paper.kind, subject) if own else (titled["kind"], titled["name"]) if titled else None
    if against is not None and (key(kind) != key(against[0]) or not _alike(name, against[1])):
        yield *at, f"“{quote(f'{kind} {name}', 60)}”, trích yếu ghi khác", f"“{quote(subject, 80)}”"
    if own or len(paper.enclosed) != 1 or (text := paper.enclosed[0]).title.kind is None:
        return
    if key(text.kind) != key(kind):
        yield *at, f"ban hành “{kind}”, kèm theo là “{text.kind}”", "cùng một tên loại"
    elif text.title.subject and _differ(
        paper, name, enclosed := " ".join(p.text for p in text.title.subject)
    ):
        put = quote(f"{kind} {name}", 60)
        yield *at, f"“{put}”, bản kèm theo là “{quote(enclosed, 60)}”", "cùng một tên"


_OF_ANY = words_of(
    "về việc các ban hành kèm theo quyết định này thực hiện một số trên địa bàn tại năm cơ quan đơn vị"
)
"""Words of titles that one may have and the other not."""
_STRANGE = 2
"""Words that each of two titles has alone, from which they are of two things."""


def _differ(paper: Paper, one: str, other: str) -> bool:
    """Whether two titles of one text are of two things, or of two years."""
    years, others = ({*re.findall(r"20\d\d", title)} for title in (one, other))
    if years and others and not years & others:
        return True
    known = letterhead_words(paper) | PLACE_WORDS | _OF_ANY
    first, second = (words_of(title) - known for title in (one, other))
    return min(len(first - second), len(second - first)) >= _STRANGE


def _alike(one: str, other: str) -> bool:
    first, second = re.findall(r"\w+", key(one)), re.findall(r"\w+", key(other))
    return sum(word in second for word in first[:_FIRST_WORDS]) * 2 >= min(_FIRST_WORDS, len(first)) or sum(
        word in first for word in second[:_FIRST_WORDS]
    ) * 2 >= min(_FIRST_WORDS, len(second))


_MONTHS = lazy_pattern(r"(?<!\d)0?(\d{1,2}) tháng đầu năm\b", re.IGNORECASE)
_QUARTER = lazy_pattern(r"\b[Qq]uý ([IVX]{1,3}|\d)\b")


def _months(paper: Paper) -> Iterator[Doubt]:
    """The months or quarter that title and text tell of: "9 tháng đầu năm" above a text of ten months."""
    lines: Sequence[Piece] = paper.title.subject or paper.head.matter
    title = " ".join(line.text for line in lines)
    for pattern, what in ((_MONTHS, "{} tháng"), (_QUARTER, "quý {}")):
        titled = set(pattern.findall(title))
        text = "\n".join(p.text for p in paper.body if not p.text.startswith("Trên đây")) if titled else ""
        told = set(pattern.findall(text))
        if told and not titled & told:
            said, other = (", ".join(what.format(n) for n in sorted(one)) for one in (titled, told))
            yield "Trích yếu", lines, f"{said}, nội dung ghi {other}", "cùng một kỳ"


_IN_MONTHS = lazy_pattern(r"(?:^|[.;] |^\d{1,2}\. )Trong (?P<n>\d{1,2}) tháng(?: đầu năm)?,")


def _told_months(paper: Paper) -> Iterator[Doubt]:
    """A sentence that opens with other months than the title's: "Trong 9 tháng, …" of "10 tháng đầu năm"."""
    lines: Sequence[Piece] = paper.title.subject or paper.head.matter
    titled = {*map(int, _MONTHS.findall(" ".join(line.text for line in lines)))}
    for piece in paper.text.holding("Trong ") if len(titled) == 1 else ():
        for found in _IN_MONTHS.finditer(piece.text):
            if int(found["n"]) not in titled:
                right = f"{min(titled)} tháng"
                what = f"“{found['n']} tháng”, trích yếu ghi {right}"
                yield HERE, piece, what, right


_ENDS = lazy_pattern(rf"\b(?:thực hiện|triển khai|thi hành) (?:nghiêm túc |tốt )?({ANY_KIND}) này\s*[./]*$")


def _last_kind(paper: Paper) -> Iterator[Doubt]:
    """The last sentence, which asks to carry out another kind of document than this."""
    own = {key(paper.kind), *(key(text.kind) for text in paper.enclosed)}
    for piece in paper.body[-1:]:
        found = _ENDS.search(piece.text)
        if found is not None and key(found[1]) not in own:
            what = f"“{found[1]} này”"
            yield HERE, piece, what, f"“{paper.kind} này”"


_OF_THE_PAST = lazy_pattern(
    r"khắc phục|cải thiện|kết quả|kiểm điểm|đánh giá|tổng kết|quyết toán|kiểm toán|theo"
)
"""What a plan may be about though it names a year that is over."""


_COMPARES = lazy_pattern(r"\b(?:so với|cùng kỳ)\b")
"""What a report says of the year before its own."""


def _year(paper: Paper) -> Iterator[Doubt]:
    lines: Sequence[Piece] = paper.title.subject or paper.head.matter
    subject = " ".join(line.text for line in lines)
    years = set(_YEAR.findall(subject))
    if paper.kind == "Kế hoạch" and paper.day and years and not _OF_THE_PAST.search(subject.lower()):
        last = max(years)
        if int(last) < paper.day.year:
            right = f"năm {paper.day.year} hoặc sau đó"
            yield "Trích yếu", lines, f"kế hoạch năm {last}, văn bản năm {paper.day.year}", right
            return
    texts = [_DATED_YEAR.sub("", piece.text) for piece in paper.body if years and "20" in piece.text]
    told = Counter(year for text in texts for year in _YEAR.findall(text))
    if told and max(told) < max(years) and any(_COMPARES.search(text) for text in texts):
        return
    named = any(year in text for text in texts for year in years)
    if years and told and not named and max(told.values()) > 1:
        place = "Trích yếu" if paper.title.subject else "Trích yếu công văn"
        most = told.most_common(1)[0][0]
        yield (
            place,
            lines,
            f"năm {', '.join(sorted(years))} không có trong nội dung",
            f"nội dung nói về {most}",
        )


_LOOKS: tuple[Callable[[Paper], Iterator[Doubt]], ...] = (
    _place,
    _actor,
    _addressed,
    _replied,
    _chairman,
    _in_minutes,
    _signer,
    _person,
    _province,
    _office,
    _kind,
    _title,
    _year,
    _months,
    _told_months,
    _last_kind,
    _of_which_province,
    _of_which_commune,
    twice.speaks_for,
    twice.tells_of,
    twice.persons,
    twice.bodies,
    twice.manners,
    twice.places,
    twice.listed,
    twice.ranks,
    twice.addressed,
    twice.heads,
    twice.passed,
)
