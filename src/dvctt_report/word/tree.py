"""Walking Word's XML as Word shows it: of alternatives the first choice, of revisions what stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dvctt_report.text.limits import MAX_SPAN
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE

NAMES: dict[str, Any] = parse_toml(read_text(PACKAGE / "word" / "names.toml"))
NAMESPACES: dict[str, str] = NAMES["namespaces"]
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
W = "{" + NAMESPACES["w"] + "}"
MC = "{" + NAMESPACES["mc"] + "}"
WP = "{" + NAMESPACES["wp"] + "}"
A = "{" + NAMESPACES["a"] + "}"
WPS = "{" + NAMESPACES["wps"] + "}"
R = "{" + NAMESPACES["r"] + "}"
V = "{urn:schemas-microsoft-com:vml}"
AUTHOR, COLLATOR = "Kiểm tra thể thức", "Đối chiếu số liệu"
"""Who the comments of a copy marked by ``lint`` and by ``check`` are from."""
OURS = frozenset((AUTHOR, COLLATOR))  # Those whose comments are none that an author left in

_CLEAR, _GONE = (frozenset(f"{W}{name}" for name in NAMES[around]) for around in ("clear", "gone"))
_PARAGRAPH, _ALTERNATIVES = f"{W}p", f"{MC}AlternateContent"
_APART = _CLEAR | _GONE | {_PARAGRAPH, _ALTERNATIVES}  # What isn't always shown as it stands
_LARGEST = 1e9
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""How the names of what Word understands begin."""


def child(element: Any, name: str) -> Any | None:
    """The first child of that name in Word's own namespace; None where it or the element is missing.

    Properties stand first. lxml finds a child so in a tenth of the time that its ``find`` takes for a path.
    """
    if element is None or not len(element):
        return None
    first, tag = element[0], W + name
    return first if first.tag == tag else next(element.iterchildren(tag), None)


def children(element: Any) -> Iterator[Any]:
    """Yield the children that Word shows; wrappers without a look of their own are stepped into."""
    for inner in element:
        tag = inner.tag
        if tag == _PARAGRAPH:
            # One goes with its mark when revisions are accepted, where nothing of it stands.
            properties = child(inner, "pPr")
            mark = child(properties, "rPr")
            if (
                mark is None
                or next(mark.iterchildren(f"{W}del", f"{W}moveFrom"), None) is None
                or child(properties, "sectPr") is not None
                or next(descendants(inner, f"{W}r"), None) is not None
            ):
                yield inner
        elif tag not in _APART:
            yield inner
        elif tag in _CLEAR:
            yield from children(inner)
        elif tag == _ALTERNATIVES:
            yield from children(alternative(inner))


def alternative(element: Any) -> Any:
    """The one of several alternatives that Word shows: the first it understands; () where there is none."""
    for choice in element:
        if choice.tag == f"{MC}Fallback":
            return choice
        wanted = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
        if choice.tag == f"{MC}Choice" and all(name.startswith(_KNOWN) for name in wanted):
            return choice
    return ()


_SIGNS = {0xF025: "%", 0xF02B: "+", 0xF02D: "-", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">"}
_SIGNS |= {0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±"} | {0xF030 + n: str(n) for n in range(10)}
"""Signs of the font Symbol that are figures or stand before them."""


def symbol(element: Any) -> str:
    """What a w:sym shows: the letter or sign, or a box for a picture of any other font."""
    attributes = {name.rpartition("}")[2]: text for name, text in element.attrib.items()}
    code = re.fullmatch("[0-9a-fA-F]{1,6}", attributes.get("char", ""))
    return _SIGNS.get(int(code[0], 16), "□") if code and attributes.get("font") == "Symbol" else "□"


def descendants(element: Any, *tags: str) -> Iterator[Any]:
    """Yield the shown descendants of these tags, outermost only."""
    # Most paragraphs have none; lxml sees that faster than a walk.
    if next(element.iter(*tags), None) is None:
        return
    for inner in children(element):
        if inner.tag in tags:
            yield inner
        elif len(inner):
            yield from descendants(inner, *tags)


def value(element: Any, name: str, attribute: str = "val") -> str | None:
    """The attribute of the child ``name``; None where either is missing."""
    named = child(element, name)
    return None if named is None else named.get(f"{W}{attribute}")


def written(element: Any) -> tuple[Any, ...]:
    """All that stands in an element as one value: equal where two elements say the same."""
    return tuple((inner.tag, *inner.items(), written(inner) if len(inner) else ()) for inner in element)


def is_on(element: Any) -> bool:
    """Whether a toggle such as ``w:b`` is there and switched on."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def span_of(span: str | None) -> int:
    """How many columns a cell covers that says so; one where it says nothing that a table could hold."""
    return min(max(int(number(span, 1)), 1), MAX_SPAN)


def number(text: str | None, default: float = 0.0) -> float:
    """Read a measure's figure; ``default`` where there is none or it isn't one that a page could hold."""
    try:
        measure = float(text) if text is not None else default
    except ValueError:
        return default
    return measure if abs(measure) < _LARGEST else default
