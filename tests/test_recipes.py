"""The examples of CONTRIBUTING.md do what the page says of them, as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from dvctt_report.cli.door import main
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import answer_tables
from dvctt_report.model.codes import RULES_BY_CODE, read_codes
from dvctt_report.model.period import Period
from dvctt_report.plan.load import load_profile
from dvctt_report.word.lint import checks_asked, lint_source
from dvctt_report.word.lint.check import ENTRIES, Check, read_settings
from dvctt_report.word.source import parse_source
from dvctt_report.year.rules import Rule, format_finding, plausibility
from tests.word.lint.drafts import body
from tests.word.lint.papers import LONG, build
from tests.year.rules.tables import dataset

GUIDE = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
ENTRY, FUNCTION, FIRES, SILENT, CHECK_ENTRY, CHECK, ITEM = map(
    dedent, re.findall(r"```(?:toml|python)\n(.*?)```", GUIDE, re.DOTALL)
)


def defined(source: str, module: Any, kind: type) -> Any:
    """What ``source`` defines of that kind, as if it stood in the module."""
    names = dict(vars(module))
    before = set(names)
    exec(source, names)
    return next(names[name] for name in names if name not in before and isinstance(names[name], kind))


def test_the_rule_fires_in_the_words_of_its_example_and_is_silent_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (about,) = read_codes(ENTRY).values()
    monkeypatch.setitem(RULES_BY_CODE, about.code, about)
    rule: Rule[Any] = defined(FUNCTION, plausibility, Rule)
    (fires,), (silent,) = (eval(f"{{{case}}}").values() for case in (FIRES, SILENT))

    of = dataset(fires)
    assert [format_finding(found, of.profile) for found in rule.findings(of)] == [about.example]
    assert list(rule.findings(dataset(silent))) == []


def test_the_check_names_what_is_wrong_and_nothing_in_a_right_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    ((code, entry),) = tomllib.loads(CHECK_ENTRY).items()
    monkeypatch.setitem(ENTRIES, code, entry)
    check: Check = defined(CHECK, checks_asked, Check)
    wrong, right = (
        lint_source(parse_source(build(body(11, f"- {said}, {LONG}."))), "x", read_settings(), (check,))
        for said in (check.wrong, check.right)
    )
    assert [(found.code, found.place) for found in wrong.findings] == [(check.code, "Nội dung, mục II")]
    assert right.findings == ()


def test_the_item_is_asked_of_whom_the_roster_names_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["plan", "copy", "tinh"]) == 0
    before = load_profile(tmp_path / "tinh")
    plan, roster = tmp_path / "tinh" / "plan.toml", tmp_path / "tinh" / "units.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n" + ITEM, encoding="utf-8")
    group = roster.read_text(encoding="utf-8").replace('own = ["T1",', 'own = ["T15", "T1",', 1)
    roster.write_text(group, encoding="utf-8")
    assert main(["plan", "check", "--profile", "tinh"]) == 0
    profile = load_profile(tmp_path / "tinh")
    assert profile.plan.items_by_code.keys() - before.plan.items_by_code.keys() == {"T15"}
    asked = next(unit for unit in profile.roster.units if "T15" in profile.asked_codes(unit))
    tables = answer_tables(build_form(profile, asked, Period(2025))).values()
    assert any(row.key.startswith("T15") for table in tables for row in table.rows)


def test_the_province_gets_a_form_for_every_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (commands,) = re.findall(r"^## Add a province\n+```\n(.*?)```", GUIDE, re.DOTALL | re.MULTILINE)
    for line in commands.splitlines():
        assert main(line.partition("#")[0].split()[1:]) == 0
    assert len([*(tmp_path / "thu" / "bieu-mau").rglob("*.xlsx")]) >= 27
