"""Lead a copy of the sample on: its report signed, a supplement, the next year with a merger and a hand-over.

Run it from the project's folder: ``python -m scripts.make_sample --following FOLDER``. Everything is done by
the commands that an officer would run; what he types into Word is put in here.
"""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from dvctt_report.cli import door
from dvctt_report.decide.arrivals import keep_marks
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.folders import copy_profile, shipped_profile
from dvctt_report.plan.model import Target
from dvctt_report.report.remarks import remarks_of
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year.loader import OpenYear
from scripts.sample.answers import read_told

AS_OF = ("--as-of", "20/11/2025 17:00")
LATER = ("--as-of", "26/11/2025 09:00")
RESULTS = Path("ket-qua/2025")
LATE = "BAI"
"""The district whose return comes after the signature."""
PROFILE = "tinh"
MERGED = """
[[changes]]
on = 2026-07-01
document = "Nghị quyết số 9/NQ-HĐND (minh họa)"
kind = "merged"
before = ["{gone}"]
after = ["{left}"]
"""


def make_following(sample: Path, root: Path) -> None:
    """Make the workspace ``root`` out of the sample, up to the draft of the following year's report."""
    shutil.copytree(sample, root)
    run(root, "collect")
    run(root, "render", *AS_OF)
    make_final(root)
    run(
        root,
        "publish",
        "--file",
        str(root / RESULTS / "bao-cao-2025.docx"),
        "--number",
        "386",
        "--date",
        "25/11/2025",
    )
    _supplement(root)
    _merge_two_communes(root)
    run(root, "roll", "2026", "--number", "77/KH-UBND", "--date", "18/3/2026", "--level", "T10=85")
    run(root, "forms")
    _send_next_year(root)
    _send_communes(root)
    run(root, "collect")
    run(root, "render", "--as-of", "20/11/2026 17:00")


def run(root: Path, *argv: str) -> int:
    """Run a command in the workspace; raises RuntimeError where it can't."""
    code = door.main(["--workspace", str(root), *argv])
    if code > 1:
        raise RuntimeError(f"{argv}: {code}")
    return code


def make_final(root: Path) -> None:
    """Do by commands and by hand what ``render --final`` still asks of the rendered sample; then run it."""
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('ho_ten = ""', 'ho_ten = "Nguyễn Văn A"', 1), encoding="utf-8")
    told = ("--reason", "Đơn vị xác nhận", "--document", "Công văn số 12/SKHCN-CĐS")
    run(root, "decide", "--unit", "BQLKCN", "--set", "T10.done=50", *told)
    run(root, "decide", "--unit", "SYT", "--set", "T10.done=2041", *told)
    write_prose(root / "noi-dung" / "2025.docx")
    read_remarks(root)
    if run(root, "render", "--final", *AS_OF) != 0:
        raise RuntimeError("the sample's report is not final")


def read_remarks(root: Path) -> None:
    """Mark as read what the units wrote beside their figures."""
    workspace = read_workspace(root)
    dataset = OpenYear(workspace, datetime.now()).dataset
    keep_marks(workspace, frozenset(one.digest for one in remarks_of(dataset)))


def write_prose(path: Path) -> None:
    """Write a sentence under each heading of the officer's file, in the place of what stands there."""
    document = docx.Document(str(path))
    for heading in [p for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]:
        at = heading._p.getnext()
        while at is not None and at.tag.endswith("}p") and not _is_heading(Paragraph(at, heading._parent)):
            at, gone = at.getnext(), at
            gone.getparent().remove(gone)
        new = Paragraph(OxmlElement("w:p"), heading._parent)
        heading._p.addnext(new._p)
        new.add_run("Nội dung do cán bộ viết.")
    document.save(str(path))


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.style is not None and paragraph.style.name == "Heading 1"


def _supplement(root: Path) -> None:
    workspace = read_workspace(root, Period(2025))
    told = next(one for one in read_told(workspace.profile, 2025) if one.unit.group == "huyen")
    unit = workspace.profile.roster.unit(LATE)
    form = form_bytes(workspace.profile, unit, Period(2025), told.answers)
    (workspace.inbox / form_name(unit, Period(2025))).write_bytes(form)
    run(root, "collect")
    run(root, "decide", form_name(unit, Period(2025)), "--unit", LATE)
    run(root, "decide", "--leave-out", "--all", "--reason", "Đơn vị chưa kịp chỉnh lý")
    read_remarks(root)
    run(root, "render", "--supplement", "--final", *LATER)
    signed = root / RESULTS / "bao-cao-bo-sung-2025.docx"
    run(root, "publish", "--file", str(signed), "--number", "401", "--date", "27/11/2025")


def _merge_two_communes(root: Path) -> None:
    """Give the workspace a profile of its own whose province goes on, two communes of it merged in July."""
    folder = root / PROFILE
    copy_profile(shipped_profile("ninh_thuan"), folder)
    plan = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(re.sub(r"(?s)\[ended\].*?\n\n", "", plan), encoding="utf-8")
    units = (folder / "units.toml").read_text(encoding="utf-8")
    gone, left = re.findall(r'code = "([^"]+)"\n(?:[^\[]*?)group = "xa"', units)[:2]
    units = units.replace(f'code = "{gone}"\n', f'code = "{gone}"\nvalid_to = 2026-06-30\n', 1)
    (folder / "units.toml").write_text(units + MERGED.format(gone=gone, left=left), encoding="utf-8")
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said.replace('ho_so = "ninh_thuan"', f'ho_so = "{PROFILE}"', 1), encoding="utf-8")


def _year_later(answer: Answer) -> Answer:
    """The same answer a year later: its days, and the year where its words name it."""
    if isinstance(answer, date):
        return answer.replace(year=answer.year + 1)
    return answer.replace("2025", "2026") if isinstance(answer, str) else answer


def _send_next_year(root: Path) -> None:
    """The offices that are still there send the same answers again, of a year later."""
    workspace = read_workspace(root)
    for told in read_told(workspace.profile, 2025):
        if workspace.profile.unit_asked(told.unit.code, Period(2026)) and told.year is None:
            answers = {key: _year_later(answer) for key, answer in told.answers.items()}
            form = form_bytes(workspace.profile, told.unit, Period(2026), answers)
            (workspace.inbox / form_name(told.unit, Period(2026))).write_bytes(form)


def _send_communes(root: Path) -> None:
    """The commune that ended hands its figures over; the one that is left reports for both."""
    workspace = read_workspace(root)
    profile, period = workspace.profile, workspace.period
    (change,) = profile.roster.changes
    for code, share in ((change.before[0], 1), (change.after[0], 3)):
        unit = profile.roster.unit(code)
        ratios = [one for one in profile.asked(unit) if isinstance(one, Target) and one.measure != "yes_no"]
        answers: dict[Key, Answer] = {Key(one.code, "total"): 20 * share for one in ratios}
        answers |= {Key(one.code, "done"): 15 * share for one in ratios}
        answers[Key(COVER, "sent_on")] = date(2026, 7, 2) if share == 1 else date(2026, 11, 5)
        (workspace.inbox / form_name(unit, period)).write_bytes(form_bytes(profile, unit, period, answers))
