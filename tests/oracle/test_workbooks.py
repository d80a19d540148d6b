"""Random years as real workbooks: read by the program, and by openpyxl with the plan written down anew.

Nine units of the shipped plan send what they send in the sample, with figures changed at random. Run with
``--workbook-years 200`` for more of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import settle
from dvctt_report.model import FindingState, Key, Result
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from scripts.make_sample import ROOT
from scripts.sample.answers import read_told
from tests.oracle.recompute import World, results
from tests.oracle.test_oracle import in_words
from tests.oracle_sample import read_world

YEAR = 2025
UNITS = ("VPUB", "SKHCN", "SNNMT", "SYT", "TTT", "CAT", "NHI", "TNM", "PHDHNL")
STATUSES = ("Không phát sinh", "Chưa có số liệu", "Không áp dụng", "Không cung cấp")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--workbook-years", default=4)))


@cache
def profile() -> Profile:
    """The shipped plan with a roster of nine."""
    whole = read_workspace(ROOT / "sample_data").profile
    units = tuple(u for u in whole.roster.units if u.code in UNITS)
    return whole.model_copy(update={"roster": whole.roster.model_copy(update={"units": units})})


@cache
def sample() -> Mapping[str, Mapping[Key, Answer]]:
    told = read_told(read_workspace(ROOT / "sample_data").profile, YEAR)
    return {t.unit.code: t.answers for t in told if t.unit.code in UNITS}


def written(folder: Path, random: Random) -> tuple[frozenset[str], frozenset[str]]:
    """Write the year's workbooks to ``folder``; return who sent two different ones, and who one twice."""
    undecided, repeated = set(), set()
    trouble = random.choice((0.0, 0.03, 0.1, 0.3))
    for code in UNITS:
        if random.random() < trouble:
            continue
        data = workbook(code, random, trouble)
        (folder / f"{code}.xlsx").write_bytes(data)
        if random.random() < 0.2:
            (folder / f"{code} bản sao.xlsx").write_bytes(data)
            repeated.add(code)
        elif random.random() < trouble:
            other = dict(sample()[code]) | {Key("HT.d", "articles"): 987}
            (folder / f"{code} khác.xlsx").write_bytes(form_of(code, other))
            undecided.add(code)
    return frozenset(undecided), frozenset(repeated)


def form_of(code: str, answers: Mapping[Key, Answer]) -> bytes:
    return form_bytes(profile(), profile().roster.unit(code), Period(YEAR), answers)


def workbook(code: str, random: Random, trouble: float) -> bytes:
    answers = dict(sample()[code])
    rows = {(k.item, k.part) for k in answers if k.field in ("total", "done", "valid", "resolved_total")}
    for item, part in sorted(rows):
        own = [k for k in answers if (k.item, k.part) == (item, part) and isinstance(answers[k], int)]
        surveyed = any(k.field == "valid" for k in own)  # a part of it may be asked again elsewhere
        if random.random() < 0.5 and not surveyed:
            factor = random.choice((0, 2, 7, 30))
            answers |= {key: int(str(answers[key])) * factor for key in own}
        if random.random() < trouble:
            _spoil(answers, own, item, part, random)
    for key in [k for k in answers if k.field == "answer" and random.random() < trouble]:
        answers[key] = random.choice(("Không", "", "-"))
    return form_of(code, answers)


def _spoil(answers: dict[Key, Answer], own: list[Key], item: str, part: str, random: Random) -> None:
    """One number blank, unreadable or too great; or a state in the place of all numbers of the row.

    A dossier row keeps its identities: its sum alone is spoilt, and never to another number.
    """
    if item.startswith("HS.") and random.random() < 0.5:
        answers[Key(item, "resolved_total")] = random.choice(("", "khoảng 50"))
        return
    if part or (not item.startswith("HS.") and random.random() < 0.5):
        answers[random.choice(own)] = random.choice(("", "khoảng 50", 10**6, "-"))
        return
    for key in own:
        del answers[key]
    answers[Key(item, "status")] = random.choice(STATUSES)


def read(folder: Path, random: Random) -> tuple[list[Result], frozenset[tuple[str, str]]]:
    """The program's results, and the claims "Không áp dụng" that were accepted on the way."""
    returns = [read_return(p.name, p.read_bytes(), profile(), Period(YEAR)) for p in sorted(folder.iterdir())]
    of = Dataset(profile(), Period(YEAR), settle(returns), date(2025, 11, 20))
    told = (*(f for r in of.returns for f in r.findings), *check(of))
    accepted = [f.code == "SL06" and random.random() < 0.5 for f in told]
    found = [replace(f, state=FindingState.ACCEPTED) if a else f for f, a in zip(told, accepted, strict=True)]
    claims = frozenset((f.unit, f.item) for f in found if f.state is FindingState.ACCEPTED)
    # One row of the form, two targets
    twins = {t.same_as: t.code for t in profile().plan.targets if t.same_as}
    claims |= {(unit, twins[item]) for unit, item in claims if item in twins}
    return list(summarise(of, found).results), claims


def test_random_workbooks_give_what_an_independent_reading_of_them_gives(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    undecided, repeated = written(tmp_path, random)
    found, accepted = read(tmp_path, random)
    world, _ = read_world(sorted(tmp_path.glob("*.xlsx")), YEAR)
    aims = tuple(replace(a, asked=tuple(u for u in a.asked if u in UNITS)) for a in world.aims)
    expected = results(World(aims, world.answers, accepted, repeated, undecided))
    for result in found:
        said, wanted = in_words(result), dict(expected[result.item])
        if result.fields:  # judged field by field: what their sum could still be decides nothing
            wanted |= {"low": None, "high": None}
        assert said == wanted, (seed, result.item)
