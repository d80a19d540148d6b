"""The linter by itself, ``python -m dvctt_report.lint TỆP …``: no workspace, no plan, nothing else loaded."""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dvctt_report import OBJECTS_BETWEEN
from dvctt_report.errors import CannotRun, explain_os_error
from dvctt_report.interrupts import ending_in_words
from dvctt_report.legible import legible
from dvctt_report.limits import MAX_TEXT
from dvctt_report.lint.command import Wanted, find_files, is_missing, judge
from dvctt_report.lint.outcome import lines_of, verdict_json
from dvctt_report.lint.recognise import forced_kind
from dvctt_report.lint.settings import Settings, Stage, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Check files and folders; the exit codes are those of ``dvctt-report lint``."""
    gc.set_threshold(OBJECTS_BETWEEN)
    sys.set_int_max_str_digits(MAX_TEXT)
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except CannotRun as error:
        print(f"Lỗi: {error.message}\n{error.fix}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1  # whoever read what is printed has stopped
    except OSError as error:
        if (told := explain_os_error(error)) is None:
            raise
        print(f"Lỗi: {told.message}\n{told.fix}", file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace) -> int:
    settings = _settings(asked)
    if missing := is_missing(asked.files):
        raise CannotRun(f"Không tìm thấy “{missing}”.", "Kiểm tra lại đường dẫn của tệp hoặc thư mục.")
    wanted = Wanted(marked=asked.mark, slip=asked.docx, mended=asked.fix)
    done = [judge(path, settings, wanted) for path in find_files(asked.files)]
    if asked.json:
        print(
            json.dumps({"files": [verdict_json(one.verdict) for one in done]}, ensure_ascii=False, indent=1)
        )
    width = min(shutil.get_terminal_size().columns, 100)
    for one in done if not asked.json else ():
        lines = [line.text for line in lines_of(one.verdict, width)] + [f"  {said}" for said in one.said]
        print("", *map(legible, lines), sep="\n")
    return 1 if any(one.is_bad for one in done) else 0


def _settings(asked: argparse.Namespace) -> Settings:
    kind = forced_kind(asked.kind) if asked.kind else ""
    if kind is None:
        raise CannotRun(
            f"Không có loại văn bản “{asked.kind}”.", "Ghi tên loại, ví dụ “Báo cáo”, “Công văn”."
        )
    settings = read_settings(*([asked.profile] if asked.profile else []))
    electronic = asked.electronic or settings.electronic
    return replace(settings, kind=kind, stage=Stage(asked.stage), electronic=electronic, today=date.today())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m dvctt_report.lint", description="Kiểm tra thể thức văn bản Word theo NĐ 30/2020/NĐ-CP."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp .docx hoặc thư mục")
    for name, told in (
        ("--mark", "ghi thêm bản có ghi chú trong Word"),
        ("--docx", "ghi thêm Phiếu kiểm tra thể thức"),
        ("--fix", "ghi bản sao đã sửa hình thức, không đổi chữ nào"),
        ("--electronic", "văn bản điện tử: số, ngày đóng lên bản đã ký"),
        ("--json", "in kết quả dạng JSON"),
    ):
        parser.add_argument(name, action="store_true", help=told)
    parser.add_argument("--stage", choices=list(Stage), default=Stage.DRAFT, help="bước của văn bản")
    parser.add_argument("--kind", metavar="LOẠI", help="loại văn bản khi chương trình không tự nhận ra")
    parser.add_argument("--profile", type=Path, metavar="TỆP", help="tệp thiết lập riêng (.toml)")
    return parser


if __name__ == "__main__":
    sys.exit(ending_in_words(main))
