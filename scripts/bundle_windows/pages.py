"""The documents for officers as pages for a browser, without a network and without a script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCUMENTS = Path(__file__).parents[2] / "docs"
PAGES = {
    "huong-dan-su-dung": "Hướng dẫn sử dụng",
    "rules": "Quy tắc kiểm tra số liệu",
    "lint": "Kiểm tra thể thức",
    "tep-mau": "Tệp mẫu báo cáo",
}
"""Name of each document, and what it is called where the pages name each other."""
_ELSEWHERE = {"cai-dat-windows": ("../Huong-dan.html", "Hướng dẫn cài đặt")}

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 "Segoe UI", Arial, sans-serif; max-width: 52em; margin: 0 auto; padding: 0 1em 3em; }
nav { margin: 1em 0; }
nav a { margin-right: 1.2em; }
h2 { margin-top: 1.8em; }
code, pre { font-family: Consolas, monospace; font-size: .95em; }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; border: 1px solid #8886; padding: .6em .8em; }
pre code { overflow-wrap: normal; }
img { max-width: 100%; height: auto; border: 1px solid #8884; }
table { border-collapse: collapse; margin: .6em 0; }
th, td { border: 1px solid #8888; padding: .25em .5em; text-align: left; vertical-align: top; }
@media print { nav { display: none; } body { font-size: 10pt; max-width: none; } }
"""


def pages(folder: str) -> dict[str, bytes]:
    """Return path and content of every page below ``folder``, and of the pictures on them."""
    made = {f"{folder}/{name}.html": _page(name) for name in PAGES}
    shown = {picture for text in made.values() for picture in re.findall(r'<img src="([^"]+)"', text)}
    pictures = {f"{folder}/{name}": (DOCUMENTS / name).read_bytes() for name in shown}
    return pictures | {path: text.encode() for path, text in made.items()}


def _page(name: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((DOCUMENTS / f"{name}.md").read_text(encoding="utf-8"))
    headings = list(_named(tokens))
    for token in tokens:
        for link, text in pairwise(token.children or ()):
            _lead(link, text)
    contents = "".join(f'<li><a href="#{anchor}">{html.escape(text)}</a></li>' for anchor, text in headings)
    others = "".join(f'<a href="{other}.html">{title}</a>' for other, title in PAGES.items() if other != name)
    body = reader.renderer.render(tokens, reader.options, {})
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{PAGES[name]}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<nav><a href="../Huong-dan.html">Cài đặt</a>{others}</nav>\n'
        f"<details><summary>Mục lục</summary><ul>{contents}</ul></details>\n{body}</body>\n</html>\n"
    )


def _named(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Give every heading of the second level an anchor; yield anchor and text of each."""
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            text = "".join(child.content for child in content.children or ())
            anchor = re.sub(r"\W+", "-", text.lower()).strip("-")
            token.attrSet("id", anchor)
            yield anchor, text


def _lead(link: Token, text: Token) -> None:
    """Make a link to another document lead to its page and name it; one to what is no page is none."""
    target = str(link.attrGet("href") or "")
    if link.type != "link_open" or not target.endswith(".md"):
        return
    name = target.removesuffix(".md")
    if name not in PAGES and name not in _ELSEWHERE:
        del link.attrs["href"]
        return
    address, title = (f"{name}.html", PAGES[name]) if name in PAGES else _ELSEWHERE[name]
    link.attrSet("href", address)
    if text.content == target:
        text.content = title
