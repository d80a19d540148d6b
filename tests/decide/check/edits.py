"""What hands do to a report in Word: figures changed at known places, prose reworded around them."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from dvctt_report.word.package import pack
from dvctt_report.word.tree import W

DOCUMENT = "word/document.xml"
Edit = Callable[["Report"], object]


class Report:
    """A rendered report that can be edited: its parts, its body as XML, the places its manifest names."""

    def __init__(self, content: bytes, manifest: dict[str, Any]) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts[DOCUMENT])
        self.places: list[dict[str, Any]] = manifest["printed"]

    def content(self) -> bytes:
        return pack(self.parts | {DOCUMENT: etree.tostring(self.root, encoding="UTF-8", standalone=True)})

    def paragraphs(self) -> list[etree._Element]:
        """The paragraphs outside tables that say something."""
        body = self.root[0]
        return [p for p in body if p.tag == f"{W}p" and text_of(p).strip()]

    def paragraph(self, start: str) -> etree._Element:
        return next(p for p in self.paragraphs() if text_of(p).startswith(start))

    def holders(self) -> Iterator[tuple[dict[str, Any], dict[str, Any], etree._Element]]:
        """Every printed figure with its place and the element (paragraph or cell) that holds it."""
        body = self.root[0]
        tables = [t for t in body if t.tag == f"{W}tbl"]
        texts = iter(self.paragraphs())
        rows = [r for t in tables for r in t.iter(f"{W}tr") if "".join(r.itertext()).strip()]
        in_order = iter(rows)
        for place in self.places:
            holder = next(texts) if "text" in place else next(in_order)
            for figure in place["figures"]:
                cell = holder.findall(f"{W}tc")[figure["cell"]] if "cells" in place else holder
                yield place, figure, cell


def text_of(element: etree._Element) -> str:
    return "".join("\n" if n.tag == f"{W}br" else n.text or "" for n in element.iter(f"{W}t", f"{W}br"))


def replace_at(element: etree._Element, at: int, old: str, new: str) -> None:
    """Replace ``old``, which stands at ``at`` in the element's text, wherever the runs divide it."""
    done = 0
    for node in element.iter(f"{W}t", f"{W}br"):
        text = "\n" if node.tag == f"{W}br" else node.text or ""
        if done <= at and at + len(old) <= done + len(text):
            inside = at - done
            assert text[inside : inside + len(old)] == old
            node.text = text[:inside] + new + text[inside + len(old) :]
            return
        done += len(text)
    raise AssertionError(f"not found: {old}")


def set_text(paragraph: etree._Element, text: str) -> None:
    """Give a paragraph another text, in its first run."""
    first, *rest = paragraph.iter(f"{W}t")
    first.text = text
    for node in rest:
        node.text = ""


def replaced(report: Report, old: str, new: str, n: int = 0) -> None:
    """Replace ``old`` in the ``n``-th paragraph that holds it, of the body or of a cell."""
    paragraphs = [p for p in report.root.iter(f"{W}p") if old in text_of(p)]
    set_text(paragraphs[n], text_of(paragraphs[n]).replace(old, new, 1))


def added(report: Report, after: str, text: str) -> None:
    """Put a paragraph in behind the one that begins with ``after``."""
    paragraph = report.paragraph(after)
    new = copy.deepcopy(paragraph)
    set_text(new, text)
    paragraph.addnext(new)


def table(report: Report, n: int) -> list[list[etree._Element]]:
    """The cells of the ``n``-th table, row by row."""
    tables = [one for one in report.root[0] if one.tag == f"{W}tbl"]
    return [row.findall(f"{W}tc") for row in tables[n].findall(f"{W}tr")]


def exchange(one: etree._Element, other: etree._Element) -> None:
    """Exchange the texts of two cells."""
    texts = text_of(one), text_of(other)
    for cell, text in ((one, texts[1]), (other, texts[0])):
        set_text(next(cell.iter(f"{W}p")), text)


def reworded(element: etree._Element, change: Callable[[str], str]) -> None:
    """Change the text of every run of the element."""
    for node in element.iter(f"{W}t"):
        node.text = change(node.text or "")


def other_digit(text: str, random: random.Random) -> str:
    """Change one digit so that the number becomes another one."""
    while True:
        at = random.choice([m.start() for m in re.finditer(r"\d", text)])
        new = text[:at] + random.choice("0123456789".replace(text[at], "")) + text[at + 1 :]
        if re.sub(r"\b0+(?=\d)", "", new) != re.sub(r"\b0+(?=\d)", "", text):
            return new


def plant(report: Report, n: int, seed: int) -> set[str]:
    """Change ``n`` figures at places drawn by ``seed``, of prose, body tables, annexes; return which.

    One digit is changed, or a number put for a word or sign.
    """
    draw = random.Random(seed)
    holders = list(report.holders())
    prose = [h for h in holders if "text" in h[0]]
    annexes = [h for h in holders if "cells" in h[0] and h[0]["section"].startswith("Phụ lục")]
    body = [h for h in holders if "cells" in h[0] and not h[0]["section"].startswith("Phụ lục")]
    chosen = draw.sample(prose, n // 2) + draw.sample(body, n // 4)
    chosen += draw.sample(annexes, n - len(chosen))
    # from the end of each place to its beginning: offsets stay right
    for _, figure, holder in sorted(chosen, key=lambda h: -h[1]["at"]):
        old = figure["text"]
        new = other_digit(old, draw) if re.search(r"\d", old) else "17"
        replace_at(holder, figure["at"], old, new)
    return {figure["id"] for _, figure, _ in chosen}


def split_paragraphs(report: Report) -> None:
    """Make a paragraph of every sentence."""
    for paragraph in report.paragraphs():
        first, *others = re.split(r"(?<=\D\.) (?=[A-ZĐ])", text_of(paragraph))
        if not others or len(first) < 40:
            continue
        set_text(paragraph, first)
        for text in reversed(others):
            passage = copy.deepcopy(paragraph)
            set_text(passage, text)
            paragraph.addnext(passage)


def split_runs(root: etree._Element) -> None:
    """Divide every run of prose after each third character, as Word does after much editing."""
    for run in list(root.iter(f"{W}r")):
        texts = run.findall(f"{W}t")
        if len(texts) != 1 or len(run) > 2 or not texts[0].text:
            continue
        text = texts[0].text
        for at in range(0, len(text), 3):
            passage = copy.deepcopy(run)
            node = passage.find(f"{W}t")
            node.text = text[at : at + 3]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(passage)
        run.getparent().remove(run)
