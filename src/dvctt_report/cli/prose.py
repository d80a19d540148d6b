"""Questions about the officer's own words before a report is written: what was edited, what fell behind."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from dvctt_report.cli.ask import confirm
from dvctt_report.cli.screen import say, tell
from dvctt_report.files.manifests import kept_manifest
from dvctt_report.files.writing import replace_file
from dvctt_report.report.context import build_context
from dvctt_report.report.identity import is_as_written, read_identity
from dvctt_report.report.narrative import suggested_by
from dvctt_report.report.prose.rewriting import ProseChange, changed_prose, edits_of, line
from dvctt_report.report.prose.taking import OwnFiles, read_words
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import own_files
from dvctt_report.report.written import keep_under
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear


def ask_about_prose(year: OpenYear, voice: Voice) -> None:
    """Offer to take over what was edited in the draft, then to bring up to date what was suggested once."""
    workspace = year.workspace
    own = own_files(workspace, voice.issuer.text)
    if not own.prose.exists():
        return
    draft = workspace.manifest_of(workspace.period, voice.issuer.text.stem).with_suffix(".docx")
    manifest = kept_manifest(workspace.manifests, read_identity(draft)) if draft.exists() else None
    edited: tuple[ProseChange, ...] = ()
    lost: tuple[str, ...] = ()
    with suppress(ValueError, KeyError, OSError, CannotRun):  # such a draft is kept aside whole
        if manifest is not None and not is_as_written(read_file(draft)):
            edited, lost = edits_of(draft, manifest, voice)
    for slot in lost:
        tell(
            f"{draft.name}: chưa rõ đã sửa gì ở mục “{voice.say(f'prose.{slot}')}”, vì đoạn ngay trên, "
            f"ngay dưới mục cũng đã sửa; chép phần cần giữ vào {own.name}."
        )
    asked = f"Đưa {len(edited)} chỗ đã sửa trong {draft.name} vào {own.name}?"
    _offer(edited, "Đã sửa trong bản dự thảo:", asked, own, voice)
    told = Telling(year, replace(voice, marking=True))
    words = read_words(own, year, build_context(told).body, told.voice, suggested_by(told))
    behind = [
        ProseChange(slot, (stale.text,), (line(stale.now),) if stale.now else ())
        for slot, one in words.taken.items()
        for stale in one.stale
    ]
    asked = f"Thay {len(behind)} đoạn ghi số đã cũ ở {own.name} bằng lời theo số liệu nay?"
    _offer(behind, "Gợi ý đã dùng, nay ghi số đã cũ:", asked, own, voice)


def _offer(changes: Sequence[ProseChange], title: str, question: str, own: OwnFiles, voice: Voice) -> None:
    """Show old and new of every change, ask once, and on a yes make them in the officer's file."""
    if not changes:
        return
    say(f"\n{title}")
    for change in changes:
        say(f"- Mục “{voice.say(f'prose.{change.slot}')}”")
        say(
            *(f"    đang ghi: {text}" for text in change.old),
            *(f"    nay ghi:  {one.text}" for one in change.new),
        )
        if not change.new:
            say("    nay: bỏ đoạn này")
    if not confirm(question, default=True):
        return
    try:
        content = changed_prose(own.prose, changes, voice)
        (kept,) = keep_under("trước khi thay", {own.prose: read_file(own.prose)})
        replace_file(own.prose, content)
    except OSError:
        tell(f"Chưa ghi được {own.name}: đóng tệp trong Word rồi chạy lại.")
        return
    say(f"Đã ghi vào {own.name}; bản trước đó giữ ở “{kept.name}”.")
