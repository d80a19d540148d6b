"""Filled forms as no unit would fill them in: rows tenfold, dots, long digits, odd names, spoilt XML.

``make fuzz`` reads such forms for some minutes and keeps every one that the program bears badly; a short
part of it with fixed seeds is tested here.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dvctt_report.intake.collect import read_return
from dvctt_report.model import ReturnStatus
from dvctt_report.model.period import Period
from tests.forms.fill import ONE_OF_EACH_GROUP, fill, real
from tests.intake.excel import Parts, unzipped

SECONDS = 5.0
"""Of the processor, which no return may take: a real one takes some milliseconds."""

Change = Callable[[Parts, random.Random], None]


def hostile(seed: int) -> bytes:
    """A filled form after one to four changes, the same for the same seed."""
    rng = random.Random(seed)
    parts = unzipped(fill(rng.choice(list(ONE_OF_EACH_GROUP)), rng.randrange(3)).data)
    for change in rng.sample(CHANGES, rng.randint(1, 4)):
        change(parts, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    changed = bytearray(out.getvalue())
    if rng.random() < 0.05:
        del changed[rng.randrange(len(changed)) :]
    return bytes(changed)


def faults(seed: int) -> list[str]:
    """What the program bears badly about the form of a seed; empty for a form that it reads or refuses."""
    data, start = hostile(seed), time.process_time()
    try:
        found = read_return("a.xlsx", data, real(), Period(2025))
    except Exception as error:
        return [f"seed {seed}: {type(error).__name__}: {error}"]
    taken = time.process_time() - start
    told = [f"seed {seed}: {taken:.1f} s"] if taken > SECONDS else []
    length = max((len(f.message) for f in found.findings), default=0)
    told += [f"seed {seed}: a message of {length} characters"] if length > 5_000 else []
    return told + ([] if found.findings or found.observations else [f"seed {seed}: nothing said"])


# ------------------------------------------------------------------------------------- changes


def _sheet(parts: Parts, rng: random.Random) -> str:
    return rng.choice(sorted(name for name in parts if "/worksheets/sheet" in name and name.endswith(".xml")))


To = Callable[[re.Match[bytes]], bytes]


def _some(parts: Parts, name: str, what: bytes, to: To, rng: random.Random, share: float) -> None:
    """Change that share of what is found in a part."""
    parts[name] = re.sub(what, lambda m: to(m) if rng.random() < share else m[0], parts[name])


def _rows_tenfold(parts: Parts, rng: random.Random) -> None:
    name = _sheet(parts, rng)
    rows = re.findall(rb'<row r="(\d+)".*?</row>', parts[name], re.DOTALL)
    if not rows:
        return
    first = int(rng.choice(rows))
    line = re.search(rb'<row r="%d".*?</row>' % first, parts[name], re.DOTALL)
    assert line is not None
    n = rng.choice([10, 100, 600])
    last = max(map(int, rows))
    place = rb'(r="[A-Z]*)%d"' % first
    copies = [re.sub(place, rb"\g<1>%d\"" % (last + k), line[0]) for k in range(1, n + 1)]
    parts[name] = parts[name].replace(b"</sheetData>", b"".join(copies) + b"</sheetData>")


def _texts(parts: Parts, rng: random.Random) -> None:
    long = ["." * 30_000 + " (chưa có)", "1." * 10_000, "[" * 20_000, "<ghi" * 5_000, " " * 32_000 + "x"]
    odd = ["_x001B_[2J_x000A_Không có lỗi nào", "\u202e123\u200b", "=cmd|' /C calc'!A0", "1.234,567.890"]
    said = rng.choice([*long, *odd, "-" * 5_000, "không " * 4_000, "{{ x }}"]).encode()
    for name in [n for n in parts if n.endswith("sharedStrings.xml") or "/worksheets/sheet" in n]:
        _some(parts, name, rb"(<t[^>]*>)[^<]*(</t>)", lambda m: m[1] + said + m[2], rng, 0.02)


def _digits(parts: Parts, rng: random.Random) -> None:
    odd = ["9" * 400, "9" * 5_000, "1e999", "-0", "NaN", "1.7976931348623157E308", "0." + "1" * 50]
    number = rng.choice(odd).encode()
    _some(parts, _sheet(parts, rng), rb"<v>[^<]*</v>", lambda m: b"<v>%s</v>" % number, rng, 0.1)


def _types(parts: Parts, rng: random.Random) -> None:
    name, kind = _sheet(parts, rng), rng.choice([b"s", b"b", b"e", b"d", b"str", b"inlineStr", b"x"])
    cell = rb'(<c r="[A-Z]+\d+"[^>]*?)(?: t="\w+")?>'
    typed = rb'%%s t="%s">' % kind
    _some(parts, name, cell, lambda m: m[0] if m[1].endswith(b"/") else typed % m[1], rng, 0.1)


def _names(parts: Parts, rng: random.Random) -> None:
    odd = rng.choice(["", "_meta (2)", "a" * 5_000, "&#10;Không có lỗi", "../..", "[1]x", "\u202ea"]).encode()
    _some(parts, "xl/workbook.xml", rb'(<sheet name=")[^"]*"', lambda m: m[1] + odd + b'"', rng, 0.3)


def _merges(parts: Parts, rng: random.Random) -> None:
    name = _sheet(parts, rng)
    ends = ((rng.randrange(1, 60), rng.randrange(60, 1_048_576)) for _ in range(rng.choice([1, 50, 2_000])))
    cells = "".join(f'<mergeCell ref="A{first}:XFD{last}"/>' for first, last in ends)
    merged = f"<mergeCells>{cells}</mergeCells>".encode()
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + merged, 1)


def _bytes(parts: Parts, rng: random.Random) -> None:
    name = rng.choice(sorted(parts))
    spoilt = bytearray(parts[name])
    for _ in range(rng.choice([1, 5, 50])):
        if spoilt:
            at = rng.randrange(len(spoilt))
            new = bytes(rng.choice(b"<>&\"'/ =0r\xff\0") for _ in range(2))
            spoilt[at : at + rng.choice([0, 1, 1, 30])] = new
    parts[name] = bytes(spoilt)


def _gone(parts: Parts, rng: random.Random) -> None:
    del parts[rng.choice(sorted(parts))]
    parts.setdefault("xl/workbook.xml", b"")


CHANGES: tuple[Change, ...] = (_rows_tenfold, _texts, _digits, _types, _names, _merges, _bytes, _gone)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_no_form_is_borne_badly(first: int) -> None:
    assert [told for seed in range(first, first + 20) for told in faults(seed)] == []


@pytest.mark.parametrize("seed", [919263101], ids=["a table without any column of answers"])
def test_no_form_that_was_once_borne_badly_is(seed: int) -> None:
    assert faults(seed) == []


def test_the_forms_are_neither_all_read_nor_all_refused() -> None:
    found = {read_return("a.xlsx", hostile(seed), real(), Period(2025)).status for seed in range(60, 80)}

    assert found == {ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED}
    assert hostile(1) == hostile(1)


def main(seconds: float, first: int) -> int:
    """Try form after form; keep those that are borne badly in ``fuzz/``. Returns how many there were."""
    end, seed, n = time.monotonic() + seconds, first, 0
    while time.monotonic() < end:
        for told in faults(seed):
            print(told)
            n += 1
            Path("fuzz").mkdir(exist_ok=True)
            (Path("fuzz") / f"{seed}.xlsx").write_bytes(hostile(seed))
        seed += 1
    print(f"{seed - first} forms, {n} borne badly (seeds {first} to {seed - 1})")
    return min(n, 1)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 10**9))
