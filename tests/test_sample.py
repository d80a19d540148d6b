"""The sample workspace: its faults are the planted ones, its figures add up, it is what its script makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dvctt_report.cli.sample import Made, readme_text, settings_text
from dvctt_report.files.container import read_workbook
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import settle
from dvctt_report.model import Basis, Finding, Return, Summary
from dvctt_report.model.period import Period
from dvctt_report.papers.communes.ranking import compare_communes
from dvctt_report.plan.model import Profile
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.year import Year
from scripts.make_sample import ROOT, SETTINGS_SAID, made_returns
from scripts.sample.answers import read_told
from scripts.sample.changes import convert_to_xls, says_the_same
from tests.libreoffice import LibreOffice, unpaged, without_results
from tests.oracle.recompute import World, results
from tests.oracle.test_oracle import in_words
from tests.oracle_sample import AIMS, read_world

SAMPLE = ROOT / "sample_data"
YEAR = 2025
TODAY = date(2025, 11, 20)
ANEW = "made otherwise now, run: python -m scripts.make_sample"

PLANTED = """
unit    | status    | findings                   | file
VPUB    | effective |                            | BM2025_VPUB_Van-phong-UBND-tinh.xlsx
SKHCN   | effective |                            | BM2025_SKHCN_So-Khoa-hoc-va-Cong-nghe.xlsx
SNV     | effective |                            | BM2025_SNV_So-Noi-vu.xlsx
SNV     | duplicate | NH07                       | Báo cáo DVCTT Sở Nội vụ (gửi lại).xlsx
STP     | effective |                            | Bao cao DVCTT (sua lan 2).xlsx
STC     | effective |                            | BM2025_STC_So-Tai-chinh.xlsx
SCT     | effective |                            | SO CONG THUONG_bieu bao cao 2025.xlsx
SNNMT   | effective | MK01                       | BM2025_SNNMT_So-Nong-nghiep-va-Moi-truong.xlsx
SXD     | effective | BC01 T3                    | Biểu số liệu DVCTT năm 2025 - Sở Xây dựng.xlsx
SVHTTDL | effective | BC02 T3                    | BM2025_SVHTTDL_So-Van-hoa-The-thao-va-Du-lich.xlsx
SGDDT   | effective |                            | BM2025_SGDDT_So-Giao-duc-va-Dao-tao (chinh thuc).xlsx
SYT     | effective | SL02 T10                   | BM2025_SYT_So-Y-te.xlsx
TTT     | effective | SL06 T12                   | thanh tra tinh.xlsx
BQLKCN  | effective | DL01 T10                   | BM2025_BQLKCN_Ban-Quan-ly-cac-khu-cong-nghiep.xlsx
CAT     | effective |                            | CAT-PV01.xlsx
BHXH    | effective |                            | BHXH khu vuc 27 - bao cao DVCTT 2025.xls
PRTC    | effective |                            | UBND TP Phan Rang - Tháp Chàm.xlsx
NSN     | effective | TH01                       | BM2025_NSN_UBND-huyen-Ninh-Son.xlsx
NHI     | effective | DL12 HT.b                  | Copy of BM2025_NHI_UBND-huyen-Ninh-Hai.xlsx
NPC     | effective |                            | Báo cáo số liệu tuyên truyền (Ninh Phước) final.xlsx
TBC     | effective | VB02 NV.7d                 | BM2025_TBC_UBND-huyen-Thuan-Bac.xlsx
TNM     | effective |                            | huyện Thuận Nam.xlsx
BPTTH   | effective |                            | Bao va Dai PTTH.xlsx
PHDHNL  | effective |                            | *
CDN     | refused   | NH03                       | BM2024_CDN_Truong-Cao-dang-nghe-Ninh-Thuan.xlsx
SDTTG   |           | TH02                       |
BAI     |           | TH02                       |
VDTMT   |           | TH02                       |
"""
"""Every file with its status and its findings (code and item); three units have no file. ``*``: any name."""


@cache
def workspace() -> Workspace:
    return read_workspace(SAMPLE)


def profile() -> Profile:
    return workspace().profile


def files() -> list[Path]:
    return sorted(workspace().inbox.iterdir())


@cache
def made() -> tuple[Made, ...]:
    return made_returns(profile())


@cache
def dataset() -> Dataset:
    names = (path.relative_to(SAMPLE).as_posix() for path in files())
    read = [
        read_return(n, p.read_bytes(), profile(), Period(YEAR)) for n, p in zip(names, files(), strict=True)
    ]
    return Dataset(profile(), Period(YEAR), settle(read, profile=profile()), TODAY)


@cache
def told_by_the_workbooks() -> tuple[World, Counter[str]]:
    return read_world(files(), YEAR)


@cache
def findings() -> tuple[Finding, ...]:
    return (*(f for r in dataset().returns for f in r.findings), *check(dataset()))


@cache
def summary() -> Summary:
    return summarise(dataset(), findings())


def planted() -> list[tuple[str, str, str, str]]:
    _, *rows = PLANTED.strip().splitlines()
    split = ([cell.strip() for cell in row.split("|")] for row in rows)
    return sorted((unit, status, found, file) for unit, status, found, file in split)


def said_of(received: Return | None, found: Iterable[Finding]) -> tuple[str, str]:
    return (received.status if received else ""), ", ".join(f"{f.code} {f.item}".strip() for f in found)


def test_files_statuses_and_findings_are_the_planted_ones_and_no_others() -> None:
    unnamed = {unit for unit, _, _, file in planted() if file == "*"}
    seen = []
    for received in dataset().returns:
        mine = [f for f in findings() if f.at is not None and f.at.file == received.file]
        name = "*" if received.unit in unnamed else Path(received.file).name
        seen.append((received.unit, *said_of(received, mine), name))
    seen += [(f.unit, *said_of(None, [f]), "") for f in findings() if f.at is None]
    assert sorted(seen) == planted()


def test_every_result_equals_an_independent_sum_and_there_is_one_of_each_kind() -> None:
    world, _ = told_by_the_workbooks()
    assert {found.item: in_words(found) for found in summary().results} == results(world)
    kinds = {(found.verdict.value, found.basis) for found in summary().results}
    assert kinds == {
        *(("missed", basis) for basis in Basis if basis is not Basis.CLOSED),
        *(("met", Basis.COMPLETE), ("met", Basis.PARTIAL), ("insufficient", None), ("not_due", None)),
    }


def test_every_sum_of_channels_funding_and_surveys_equals_an_independent_one() -> None:
    _, sums = told_by_the_workbooks()
    found = {f"{t.item}:{t.field}": t.value for t in summary().totals}
    assert {name: value for name, value in found.items() if value is not None} == dict(sums)
    assert sums["KS.HT.chung:valid"] == 38903


def test_committed_workbooks_hold_what_the_script_makes() -> None:
    assert {path.name for path in files()} == {m.name for m in made()}
    for m in made():
        data = (workspace().inbox / m.name).read_bytes()
        if m.name.endswith(".xls"):
            assert says_the_same(m.data, data), f"{m.name}: {ANEW}"
        else:
            kept, fresh = (
                {s.name: (s.state, dict(s.cells)) for s in read_workbook(d).sheets} for d in (data, m.data)
            )
            assert kept == fresh, f"{m.name}: {ANEW}"


def test_committed_readme_and_settings_are_what_the_script_makes() -> None:
    template = (ROOT / "scripts" / "sample" / "README.md.in").read_text(encoding="utf-8")
    assert (SAMPLE / "README.md").read_text(encoding="utf-8") == readme_text(profile(), made(), template), (
        ANEW
    )
    shipped = (ROOT / "templates" / "ninh_thuan" / "dvctt.toml").read_text(encoding="utf-8")
    assert (SAMPLE / "dvctt.toml").read_text(encoding="utf-8") == settings_text(shipped, SETTINGS_SAID), ANEW


def test_the_readme_lists_every_finding_with_its_code_its_file_and_its_cell() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for found in findings():
        name = profile().roster.unit(found.unit).name if found.at is None else Path(found.at.file).name
        cell = "" if found.at is None else found.at.cell
        lines = [line for line in readme.splitlines() if found.code in line]
        assert any(name.replace("Ủy ban nhân dân", "UBND") in line and cell in line for line in lines), found


def test_the_sample_is_small_and_says_that_it_is_invented() -> None:
    assert sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file()) < 1_500_000
    assert "bịa ra để minh họa" in (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "MINH HỌA" in workspace().settings.bao_cao.ghi_chu


def test_phones_mails_and_links_belong_to_nobody() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "scripts" / "sample").glob("*.toml"))
    assert len(re.findall(r'phone = "', text)) == len(re.findall(r'phone = "0259 ?000 ?0\d\d"', text)) == 24
    hosts = re.findall(r"https?://([^/\"]+)|@([\w.]+)", text)
    assert hosts
    assert {re.sub(r".*(?=example)", "", a or b) for a, b in hosts} == {"example.com"}


def test_no_prose_is_longer_than_the_form_allows() -> None:
    limits = {item.code: item.max_length for item in profile().plan.items if item.kind == "prose"}
    for told in read_told(profile(), YEAR):
        for key, said in told.answers.items():
            assert len(str(said)) <= limits.get(key.item, 500), (told.unit.code, key)


def made_of(unit: str) -> bytes:
    return next(m.data for m in made() if m.unit.code == unit)


@pytest.mark.requires("soffice")
def test_every_formula_gives_its_stored_result_when_it_is_saved_as_xls() -> None:
    calculated = convert_to_xls(made_of("BHXH"))
    assert calculated is not None
    assert says_the_same(made_of("BHXH"), calculated)


@pytest.mark.requires("soffice")
def test_every_formula_follows_the_rows_that_were_exchanged(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """One that didn't would show another result when it is calculated anew."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(unpaged(without_results(made_of("SVHTTDL"))))
    libreoffice.convert([source], "xls", tmp_path / "out")
    assert says_the_same(made_of("SVHTTDL"), (tmp_path / "out" / "a.xls").read_bytes())


def test_a_roster_of_districts_has_no_communes_to_compare() -> None:
    with pytest.raises(CannotRun, match="không có xã, phường nào gửi báo cáo riêng"):
        compare_communes(Year(dataset(), findings()), ())


def test_the_year_as_a_table_has_each_target_against_each_unit_and_adds_up() -> None:
    frame = Year(dataset(), findings()).to_frame()
    asked = {(aim.code, unit) for aim in AIMS for unit in aim.asked}
    assert {pair for pair in zip(frame["item"], frame["unit"], strict=True) if "." not in pair[0]} == asked
    assert not frame.duplicated(["item", "unit"]).any()
    for result in summary().results:
        own = frame[frame["item"] == result.item]
        tally, given = result.own_tally or result.tally, own[own["done"].notna()]
        assert (given["done"].sum(), len(given)) == (tally.numerator, result.coverage.reported)
        assert own["owed"].sum() == result.coverage.expected
    frame = Year(Dataset(profile(), Period(YEAR), (), TODAY), ()).to_frame()
    assert frame[["total", "done", "share"]].isna().all(axis=None), "a missing return is no zero"
    assert set(frame["standing"]) == {"chưa có báo cáo dùng được"}
