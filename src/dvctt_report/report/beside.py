"""What a Word file says beside its body: at the head and foot of its pages, and in its charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from dvctt_report.packages import Package
from dvctt_report.report.blocks import TextBlock

_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_CHART = re.compile(r"word/charts/(?!style|colors)[^/]*\.xml")
_PAGE_NUMBER = re.compile(r"(?:trang)?[\s\W]*\d*\s*(?:/\s*\d+)?\W*", re.IGNORECASE)
RUNNING, CHART = "đầu trang, chân trang", "biểu đồ"
"""Where it stands."""


def is_beside(name: str) -> bool:
    """Whether a part of a package is looked into."""
    return bool(_RUNNING.fullmatch(name) or _CHART.fullmatch(name))


def blocks_beside(parts: Mapping[str, etree._Element]) -> tuple[TextBlock, ...]:
    """The lines of heads and feet, each once and without numbers of pages, and the words of each chart."""
    lines = {
        text.strip(): TextBlock(RUNNING, (text.strip(),))
        for name in filter(_RUNNING.fullmatch, sorted(parts))
        for text in ("".join(p.itertext("{*}t")) for p in parts[name].iter("{*}p"))
        if not _PAGE_NUMBER.fullmatch(text)
    }
    charts = (parts[name] for name in filter(_CHART.fullmatch, sorted(parts)))
    return (*lines.values(), *(TextBlock(CHART, ("; ".join(_in_chart(root)),)) for root in charts))


def document_beside(content: bytes) -> tuple[TextBlock, ...]:
    """The same of the bytes of a document of ours."""
    package = Package(content)
    return blocks_beside({n: etree.fromstring(package.read(n)) for n in package.names if is_beside(n)})


def _in_chart(root: etree._Element) -> Iterator[str]:
    """Titles, names, labels and values of a chart; a value as a number, however it is written."""
    for one in root.iter("{*}t", "{*}v"):
        text = " ".join((one.text or "").split())
        try:
            yield f"{float(text):.6g}"
        except ValueError:
            if text:
                yield text
