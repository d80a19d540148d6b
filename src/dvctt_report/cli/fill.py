"""``dvctt-report fill``: figures of the period put at the tags of another's form, in Word or Excel."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import typer

from dvctt_report.cli.screen import say, say_list
from dvctt_report.cli.session import open_year
from dvctt_report.explain.manifest import Manifest, read_manifest
from dvctt_report.files.writing import write_beside
from dvctt_report.model.period import Period
from dvctt_report.papers.fill.filling import (
    Terms,
    fill_form,
    listing_bytes,
    listing_index,
    open_form,
    write_filled,
)
from dvctt_report.papers.fill.values import FigureValues
from dvctt_report.report.issuers import issuer_of
from dvctt_report.report.written import keep_index
from dvctt_report.store.published.record import publications
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.limits import MAX_FILE
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear


def run(
    ctx: typer.Context,
    forms: list[Path] | None = None,
    tags: bool = False,
    blank: str = "",
    period: Period | None = None,
    as_of: str | None = None,
) -> int:
    """Fill forms. Returns 1 where one has a tag that names nothing."""
    if not forms and not tags:
        raise CannotRun(
            "Chưa nêu tệp cần điền.", "dvctt-report fill BIỂU.xlsx; danh sách thẻ: dvctt-report fill --tags"
        )
    year = open_year(ctx, period, as_of)

    @cache
    def figures() -> tuple[Manifest, FigureValues, Terms]:
        """Those of the signed report where there is one, else those of today; each by its name."""
        from dvctt_report.decide.check.finals import manifest_now

        published = publications(year.workspace, year.period) if as_of is None else ()
        manifest = read_manifest(published[-1].manifest) if published else manifest_now(year)
        signed, issuer = published[-1].titled if published else "", issuer_of(year.workspace, year.as_of)
        terms = Terms(blank, issuer.leading_zero, signed, year.as_of, issuer.notice)
        return manifest, FigureValues(manifest), terms

    if tags:
        told, values, terms = figures()
        listing = year.workspace.results / f"the-so-lieu-{year.period}.xlsx"
        path = write_beside(listing, listing_bytes(told, values, terms))
        keep_index(year.workspace, path, listing_index(told, values))
        say(f"Danh sách thẻ: {path}")
    return max([_fill_one(form, year, figures) for form in forms or ()], default=0)


def _fill_one(form: Path, year: OpenYear, figures: Callable[[], tuple[Manifest, FigureValues, Terms]]) -> int:
    """Fill one form; no figure is asked for before it is known that the form can be used."""
    if not form.exists():
        raise CannotRun(f"Không tìm thấy tệp “{form}”.", "Nêu tệp .docx hoặc .xlsx có thẻ.")
    data = read_file(form, MAX_FILE)
    opened = open_form(form.name, data)
    manifest, values, terms = figures()
    filled = fill_form(opened, values, terms)
    if filled.faults:
        say(f"{form.name}: {len(filled.faults)} thẻ chưa điền được, chưa ghi gì.")
        for fault in filled.faults:
            say(f"  {{{{ {fault.tag.said} }}}} ({fault.tag.where}): {fault.said}. {fault.fix}")
        return 1
    written, beside = write_filled(form, data, filled, manifest, terms, year.workspace.results)
    say(*written.notes)
    say(f"Đã điền {len(filled.put)} chỗ: {written.path}")
    say(f"Nguồn của từng con số:  {beside}")
    say(f"Số của {terms.signed}." if terms.signed else "Bản dự thảo: báo cáo của kỳ chưa phát hành.")
    blanks = [one for one in filled.put if one.value.missing]
    say_list(
        f"Chưa có số ở {len(blanks)} chỗ, để trống:",
        (f"{one.value.tag} ({one.tag.where}): {one.value.missing}" for one in blanks),
    )
    of = {one.value.tag: one.value.of for one in filled.put if one.value.of and not one.value.missing}
    say_list("Số mới có của một phần đơn vị:", (f"{tag}: {units}" for tag, units in of.items()))
    if form.suffix.lower() == ".xlsx":
        say("Mở bằng Excel, lưu một lần để các công thức được tính lại, rồi mới tải lên hệ thống.")
    return 0
