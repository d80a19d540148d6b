"""What is edited in a draft under the officer's own headings is taken into his file, nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import docx
import pytest

from dvctt_report.model import Finding
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.prose.rewriting import ProseChange, changed_prose, edits_of, line
from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from tests.report.test_prose import HEADINGS, Desk, add_after


@pytest.fixture
def desk(tmp_path: Path, issuer: Issuer, phrases: Phrases) -> Desk:
    return Desk(tmp_path, issuer, phrases)


def lines(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def edit_draft(
    desk: Desk, edits: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[ProseChange, ...], tuple[str, ...]]:
    """Put other lines in place of those of the draft that begin so; return what is offered of that."""
    document = docx.Document(str(desk.out))
    for begins, (first, *more) in edits.items():
        found = next(p for p in document.paragraphs if p.text.startswith(begins))
        found.text = first
        for text in reversed(more):
            add_after(found, text)
    document.save(str(desk.out))
    return edits_of(desk.out, desk.out.with_suffix(".json"), Voice(desk.phrases, desk.issuer))


def take_over(desk: Desk, changes: Iterable[ProseChange]) -> None:
    voice = Voice(desk.phrases, desk.issuer)
    desk.files.prose.write_bytes(changed_prose(desk.files.prose, changes, voice))


def test_own_lines_are_taken_over_in_their_place_and_what_the_program_prints_is_not(
    desk: Desk, dataset: Dataset
) -> None:
    desk.render(dataset)
    for heading in HEADINGS:
        desk.write(heading, f"Về {heading.lower()}: lời thứ nhất.", "Lời thứ hai.")
    desk.render(dataset)
    before = lines(desk.files.prose)
    changes, lost = edit_draft(
        desk,
        {
            "Về nguyên nhân: lời": ("Nguyên nhân là thiếu người.", "Và thiếu máy."),
            "BÁO CÁO": ("BÁO CÁO KHÁC",),
            "Trên đây là": ("Hết.",),
        },
    )
    assert [(one.slot, one.old, [new.text for new in one.new]) for one in changes] == [
        ("causes", ("Về nguyên nhân: lời thứ nhất.",), ["Nguyên nhân là thiếu người.", "Và thiếu máy."])
    ]
    assert lost == ()
    take_over(desk, changes)
    at = before.index("Về nguyên nhân: lời thứ nhất.")
    assert lines(desk.files.prose) == [
        *before[:at],
        "Nguyên nhân là thiếu người.",
        "Và thiếu máy.",
        *before[at + 1 :],
    ]


def test_a_prompt_and_a_drafted_line_that_were_typed_over_are_the_officers_words(
    desk: Desk, dataset: Dataset, findings: tuple[Finding, ...]
) -> None:
    desk.render(dataset, findings)
    before = lines(desk.files.prose)
    changes, _ = edit_draft(
        desk,
        {
            "[Nội dung do Sở bổ sung: nguyên nhân": ("Do nguồn lực.",),
            "- Về chế độ báo cáo": ("- Chế độ báo cáo chưa được thực hiện nghiêm.",),
        },
    )
    take_over(desk, changes)
    now = lines(desk.files.prose)
    assert [text for text in before if text not in now] == [
        text for text in before if text.startswith("[dự thảo gợi ý] - Về chế độ báo cáo")
    ]
    typed = ["- Chế độ báo cáo chưa được thực hiện nghiêm.", "Do nguồn lực."]
    assert [text for text in now if text not in before] == typed
    desk.render(dataset, findings)
    assert "Nội dung | Do nguồn lực." in desk.text()


def test_a_place_between_edited_neighbours_is_told_and_left(desk: Desk, dataset: Dataset) -> None:
    desk.render(dataset)
    desk.write("Nguyên nhân", "Do nguồn lực.")
    desk.render(dataset)
    edits = {"2. Nguyên nhân": ("2. Vì sao",), "Do nguồn lực": ("Do thiếu người.",)}
    assert edit_draft(desk, edits) == ((), ("causes",))


def test_only_the_changed_paragraph_of_the_file_is_another(desk: Desk, dataset: Dataset) -> None:
    desk.render(dataset)
    desk.write("Nguyên nhân", "Có 05 xã chưa gửi.", "Lời khác.")
    before = docx.Document(str(desk.files.prose)).element.body
    take_over(desk, [ProseChange("causes", ("Có 03 xã chưa gửi.",), (line("Có 02 xã chưa gửi."),))])
    after = docx.Document(str(desk.files.prose)).element.body
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a.xml != b.xml] == [
        lines(desk.files.prose).index("Có 02 xã chưa gửi.")
    ]
    take_over(desk, [ProseChange("causes", ("Có 02 xã chưa gửi.",), ())])
    assert "Có 02 xã chưa gửi." not in lines(desk.files.prose)
