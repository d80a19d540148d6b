"""The documents as pages: whole, leading to each other, asking for nothing from the network."""

from __future__ import annotations

import re

import pytest

from scripts.bundle_windows.contents import DOCUMENTS, GUIDE
from scripts.bundle_windows.pages import PAGES, pages

FILES = pages(DOCUMENTS)
MADE = {path: data.decode() for path, data in FILES.items() if path.endswith(".html")}


@pytest.mark.parametrize("path", MADE)
def test_every_link_leads_to_a_page_or_a_heading_that_is_there(path: str) -> None:
    for target in re.findall(r'href="([^"]*)"', MADE[path]):
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in MADE[path]
        else:
            assert target == f"../{GUIDE}" or f"{DOCUMENTS}/{target}" in MADE


@pytest.mark.parametrize("path", MADE)
def test_a_page_is_whole_without_network_and_script(path: str) -> None:
    text = MADE[path]
    assert not re.search(r'<script|(src|href)="http', text)
    assert text.count("<table>") == text.count("</table>")
    assert "<h1>" in text
    assert len(re.findall("<h2 id=", text)) == len(set(re.findall('<h2 id="[^"]*"', text)))


def test_every_picture_is_there() -> None:
    shown = {
        f"{DOCUMENTS}/{name}" for text in MADE.values() for name in re.findall(r'<img src="([^"]+)"', text)
    }
    assert len(shown) > 5
    assert shown == FILES.keys() - MADE.keys()


def test_the_documents_name_each_other() -> None:
    assert len(MADE) == len(PAGES)
    assert '<a href="rules.html">Quy tắc kiểm tra số liệu</a>' in MADE[f"{DOCUMENTS}/huong-dan-su-dung.html"]
