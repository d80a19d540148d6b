"""The page in Chromium: for every reader, on every screen, with and without its script, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from lxml import html
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from dvctt_report.papers.page.write import page_bytes
from tests.report.conftest import RETURNS, build
from tests.report.page.conftest import paged
from tests.report.page.test_write import hostile

pytestmark = pytest.mark.requires("chromium")

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
LONGEST = 600_000
"""Milliseconds for what takes some hundred: a machine may have much else to do."""
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
REVIEWED = {"color-contrast-enhanced": ".cuon *", "th-has-data-cells": "table"}
"""What axe-core leaves to people, and of which elements. Contrast in the matrix, whose cells lie under its
sticky heads, is measured below; the headings of groups of rows stand over rows, which axe doesn't count."""
OF_COLOUR = ("color-contrast-enhanced", "link-in-text-block")
"""The rules that ask how something is coloured; for the others dark is as light."""
HELPERS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
A4 = (595, 842)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium with a new profile."""
    with sync_playwright() as play:
        program = shutil.which("chromium")
        found = play.chromium.launch(executable_path=program, args=ARGUMENTS, timeout=LONGEST)
        yield found
        found.close()


@pytest.fixture(scope="module")
def sample_page(rendered_sample: Path) -> Path:
    return rendered_sample / "ket-qua" / "2025" / "tinh-hinh.html"


@pytest.fixture
def hostile_page(tmp_path: Path) -> Path:
    path = tmp_path / "tinh-hinh.html"
    path.write_bytes(page_bytes(paged(*hostile(RETURNS, build))))
    return path


@pytest.fixture
def empty_page(tmp_path: Path) -> Path:
    path = tmp_path / "trong.html"
    path.write_bytes(page_bytes(paged(build(()))))
    return path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Open a page with settings of one's own; a request or a message of the browser fails the test."""
    contexts: list[BrowserContext] = []
    told: list[str] = []

    def open_page(path: Path, **settings: Any) -> Tab:
        contexts.append(browser.new_context(**settings))
        contexts[-1].set_default_timeout(LONGEST)
        tab = contexts[-1].new_page()
        tab.on("request", lambda request: told.append(request.url))
        tab.on("console", lambda message: told.append(message.text))
        tab.on("pageerror", lambda error: told.append(str(error)))
        tab.goto(path.as_uri())
        assert told.pop(0) == path.as_uri()
        if settings.get("java_script_enabled", True):
            tab.evaluate(HELPERS)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert told == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("which", ["sample_page", "hostile_page", "empty_page"])
def test_axe_finds_nothing_in_the_light_and_in_the_dark(
    which: str, size: dict[str, int], opened: Callable[..., Tab], request: pytest.FixtureRequest
) -> None:
    tab = opened(request.getfixturevalue(which), color_scheme="light", viewport=size)
    tab.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    if size is DESK:  # every row is looked at on the phone
        tab.evaluate("one_of_each()")
    tab.evaluate(AXE_SCRIPT)
    tab.evaluate("strict()")
    assert len(rules_kept(tab, *tab.evaluate("rules => others(rules)", OF_COLOUR))) > 20
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.evaluate("one_of_each()")
    for scheme in ("dark", "light"):
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme)
        assert OF_COLOUR[0] in rules_kept(tab, *OF_COLOUR)


def rules_kept(tab: Tab, *rules: str) -> list[str]:
    """Those of the rules that the page keeps; it breaks none and leaves people only what they looked at."""
    found = tab.evaluate("([only, reviewed]) => run(only, reviewed)", [rules, REVIEWED])
    assert (found["broken"], found["open"]) == ([], [])
    passed: list[str] = found["passed"]
    return passed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_strokes_of_the_drawings_stand_out(
    scheme: str, sample_page: Path, opened: Callable[..., Tab]
) -> None:
    tab = opened(sample_page, color_scheme=scheme)
    ground = colour(tab.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    inks = tab.eval_on_selector_all(
        ".ma-tran :is(th, td)",
        "found => found.map(one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor])",
    )
    strokes = tab.eval_on_selector_all(
        ".thanh-kc rect", "found => found.map(one => getComputedStyle(one).stroke)"
    )
    assert len(inks) > 200
    assert strokes
    own = {(ink, paper if "0, 0, 0, 0" not in paper else "") for ink, paper in inks}
    assert min(contrast(colour(ink), colour(paper) if paper else ground) for ink, paper in own) >= 7
    assert min(contrast(colour(text), ground) for text in set(strokes)) >= 3


def colour(css: str) -> tuple[float, ...]:
    return tuple(int(part) / 255 for part in re.findall(r"\d+", css)[:3])


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The ratio of WCAG 2 (definition of contrast ratio)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(rgb: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def column(tab: Tab, table: str, number: int) -> list[str]:
    """The texts of a column of the rows that are shown, from above."""
    return shown(tab, table, f":nth-child({number})")


def shown(tab: Tab, table: str, which: str = "*") -> list[str]:
    """The texts of cells of the rows that are shown."""
    cells = tab.locator(f"table.{table} tbody tr:not(.nhom):visible > {which}")
    return [" ".join(text.split()) for text in cells.all_text_contents()]


def test_a_keyboard_alone_sorts_a_table_and_is_told(sample_page: Path, opened: Callable[..., Tab]) -> None:
    tab = opened(sample_page, viewport=DESK)
    tab.locator("#loc-tt").focus()
    for _ in range(2):
        tab.keyboard.press("Tab")
    focused = tab.locator(":focus")
    assert focused.text_content() == "Đơn vị"
    head = tab.locator("table.don-vi th", has=tab.get_by_role("button", name="Đơn vị"))
    protocol = column(tab, "don-vi", 2)
    said = tab.get_by_role("status")
    assert head.get_attribute("aria-sort") == "none"
    tab.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert said.text_content() == "Đã xếp theo Đơn vị, tăng dần."
    assert column(tab, "don-vi", 2) == sorted(protocol, key=in_vietnamese)
    tab.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert column(tab, "don-vi", 2) == sorted(protocol, key=in_vietnamese, reverse=True)
    tab.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "none"
    assert column(tab, "don-vi", 2) == protocol
    assert said.text_content() == "Đã trở lại thứ tự ban đầu."


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"


def in_vietnamese(name: str) -> list[Any]:
    """Letters in the order of the alphabet; tones count where nothing else differs."""
    text = unicodedata.normalize("NFD", name.lower())
    tones = [TONES.find(c) for c in text if c in TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in text if c not in TONES))
    return [[ALPHABET.find(c) if c in ALPHABET else -1 for c in plain if c.isalnum() or c == " "], tones]


def test_figures_are_sorted_by_value_dates_by_day_and_signs_come_last(
    sample_page: Path, opened: Callable[..., Tab]
) -> None:
    tab = opened(sample_page, viewport=DESK)
    tab.get_by_role("button", name="Kết quả (%)").click()
    rates = [text.partition(" (")[0] for text in column(tab, "muc-tieu", 5)]
    values = [float(text.replace(",", ".")) for text in rates if text != "..."]
    assert values == sorted(values)
    assert rates[len(values) :] == ["..."] * 2
    tab.get_by_role("button", name="Ngày gửi").click()
    days = column(tab, "don-vi", 4)
    assert days[0] == "30/10/2025"
    assert days[-5:] == ["12/11/2025", *["..."] * 4]
    tab.get_by_role("button", name="Lỗi", exact=True).click()
    tab.get_by_role("button", name="Lỗi", exact=True).click()
    assert column(tab, "don-vi", 6)[:4] == ["1", "1", "1", "0"]
    assert column(tab, "don-vi", 6)[-3:] == ["x"] * 3


def test_units_are_found_without_their_marks_and_by_status(
    sample_page: Path, opened: Callable[..., Tab]
) -> None:
    tab = opened(sample_page, viewport=PHONE)
    tab.get_by_label("Tên đơn vị có chữ").fill("ninh  ".strip().upper())
    assert "UBND huyện Ninh Sơn" in column(tab, "don-vi", 2)
    assert all("Ninh" in name for name in column(tab, "don-vi", 2))
    tab.get_by_label("Tình trạng").select_option("Sau thời hạn")
    assert column(tab, "don-vi", 2) == ["UBND huyện Ninh Sơn"]
    assert tab.get_by_role("status").text_content() == "Đang hiện 1/27 đơn vị."


def test_without_its_script_everything_is_there(sample_page: Path, opened: Callable[..., Tab]) -> None:
    plain = opened(sample_page, java_script_enabled=False)
    scripted = opened(sample_page)
    assert plain.get_by_role("button").count() == 0
    assert plain.locator(".loc").is_hidden()
    for table in ("muc-tieu", "don-vi", "tep", "loi"):
        found = shown(plain, table)
        assert found == shown(scripted, table)
        assert found
    narrow = opened(sample_page, java_script_enabled=False, viewport=PHONE)
    assert narrow.locator("table.don-vi tbody tr:not(.nhom)").count() == 27
    assert narrow.locator("table.don-vi tbody th").first.is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_who_has_not_sent_is_named_in_the_first_view(
    size: dict[str, int], sample_page: Path, opened: Callable[..., Tab]
) -> None:
    names = opened(sample_page, viewport=size).locator(".chua-gui li")
    assert "UBND huyện Bác Ái" in names.all_text_contents()[1]
    box = names.last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size["height"]


def test_no_figure_runs_into_the_bar_beside_it(sample_page: Path, opened: Callable[..., Tab]) -> None:
    tab = opened(sample_page, viewport=DESK)
    widths = tab.locator(".so-kc").evaluate_all(
        "found => found.map(one => [one.scrollWidth, one.clientWidth])"
    )
    assert any("79,96% (KH ≥ 80)" in text for text in tab.locator(".so-kc").all_text_contents())
    assert all(needed <= there for needed, there in widths)


def test_each_cell_on_a_phone_says_its_column(sample_page: Path, opened: Callable[..., Tab]) -> None:
    tab = opened(sample_page, viewport=PHONE)
    for table in ("muc-tieu", "don-vi", "tep", "loi"):
        heads = [text.strip() for text in tab.locator(f"table.{table} thead th").all_text_contents()]
        row = tab.locator(f"table.{table} tbody tr:not(.nhom)").first
        said = row.locator(":scope > *").evaluate_all(
            "cells => cells.map(c => getComputedStyle(c, '::before').content)"
        )
        assert len(said) == len(heads)
        for head, content in zip(heads, said, strict=True):
            assert content in (f'"{head}: "', "none")
        assert said.count("none") == 1  # the name that heads the row
    roles = tab.get_by_role("table").first.get_by_role("row").first.get_by_role("columnheader")
    assert roles.count() == 8


def test_the_matrix_is_sorted_by_keyboard_and_keeps_its_heads_in_sight(
    sample_page: Path, opened: Callable[..., Tab]
) -> None:
    tab = opened(sample_page, viewport=PHONE)
    region = tab.get_by_role("region", name="Bảng từng đơn vị, từng chỉ tiêu")
    region.focus()
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").text_content() == "Đơn vị"
    tab.get_by_role("button", name="Số chỉ tiêu Chưa đạt").press("Enter")
    tab.get_by_role("button", name="Số chỉ tiêu Chưa đạt").press("Enter")
    told = column(tab, "ma-tran", 2)
    worst = [int(text) for text in told if text != "..."]
    assert worst == sorted(worst, reverse=True)
    assert set(told[len(worst) :]) == {"..."}  # of units that have told nothing
    tenth = tab.get_by_role("button", name="Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến")
    tenth.press("Enter")
    rates = column(tab, "ma-tran", 11)
    values = [float(text.replace(",", ".")) for text in rates if text[0].isdigit()]
    assert values == sorted(values)
    assert not any(text[0].isdigit() for text in rates[len(values) :])
    region.evaluate("found => { found.scrollTop = 400; found.scrollLeft = 200; }")
    box, head = region.bounding_box(), tab.locator(".ma-tran thead th").first.bounding_box()
    assert box is not None
    assert head is not None
    assert (abs(head["x"] - box["x"]), abs(head["y"] - box["y"])) <= (2, 2)


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("n_units", [27, 82])
def test_on_paper_two_pages_of_a4_hold_every_unit_and_nothing_is_cut(
    n_units: int, sample_page: Path, opened: Callable[..., Tab]
) -> None:
    tab = opened(sample_page, viewport=PHONE, color_scheme="dark")
    names = column(tab, "ma-tran", 1)
    if n_units > len(names):
        tab.evaluate("n => more_rows(n)", n_units - len(names))
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=tab.pdf(prefer_css_page_size=True),
        stdout=subprocess.PIPE,
        check=True,
    )
    texts, feet = [], []
    for page in html.fromstring(told.stdout.decode("utf-8")).iter("page"):
        width, height = float(page.get("width")), float(page.get("height"))
        assert (round(width), round(height)) == A4
        assert max(float(word.get("xmax")) for word in page) < width - 25
        texts.append(" ".join(word.text for word in page))
        feet.append(max(page, key=lambda word: float(word.get("ymin"))).text)
    assert len(texts) == 2
    assert "Khoảng cách đến mức Kế hoạch" in texts[0]
    assert "I. Sở, ban, ngành: Sở Dân tộc và Tôn giáo." in texts[0]  # who has not sent
    words = set(texts[1].split())
    assert {word for name in names for word in name.partition(": ")[2].split()} <= words
    assert "Toàn tỉnh" in texts[1]
    assert feet == ["1/2", "2/2"]
