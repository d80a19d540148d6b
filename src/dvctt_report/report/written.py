"""Write a document that people may go on editing: what they wrote is never lost to the next writing.

What a document printed, where, and which figure each number is, goes with it as its manifest: beside it or,
of letters and working papers, among the kept ones alone, where its identity leads (``identity``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from dvctt_report.files.manifests import PACKED, keep_manifest, kept_manifest, read_parts, unpacked
from dvctt_report.files.packages import Package
from dvctt_report.files.writing import replace_file, staged, told_beside, write_beside
from dvctt_report.report.beside import blocks_beside, is_beside
from dvctt_report.report.identity import is_as_written, read_identity
from dvctt_report.report.manifest import Entries, letter_manifest, packed_manifest
from dvctt_report.report.printed import PrintedBlock, index_json
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.opening import read_file
from dvctt_report.text.packed import Packed
from dvctt_report.text.vietnamese import join_names

if TYPE_CHECKING:  # what fills a template isn't loaded where a page or a workbook alone is kept
    from dvctt_report.report.render import Filled


@dataclass(frozen=True, slots=True)
class Written:
    """Where a document was written; ``notes`` are Vietnamese sentences for the user."""

    path: Path
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The manifest a letter's figures are from, or of the units alone, and the folder of kept manifests."""

    manifest: Mapping[str, Any]
    kept_in: Path


def write_paper(out: Path, filled: Filled, text: str, origin: Origin) -> Written:
    """Write a letter or a working paper, the ``text`` of that name, and keep what it printed where."""
    manifest = letter_manifest(origin.manifest, filled.printed)
    content = filled.content(manifest["id"])
    made = packed_manifest(manifest | {"report": _made(out.name, content, {"text": text})})
    keep_manifest(origin.kept_in, manifest["id"], made)
    return write_document(out, content)


def keep_index(
    workspace: Workspace,
    path: Path,
    printed: Iterable[PrintedBlock],
    names: Iterable[Mapping[str, Any]] = (),
    digest: str = "",
) -> None:
    """Keep what a page, workbook, folder prints; ``names`` that no manifest knows, a copy's ``digest``."""
    if not path.is_relative_to(workspace.root):  # what was put elsewhere is not looked up
        return
    made = {"file": path.relative_to(workspace.root).as_posix(), "sha256": digest}
    index = {"report": made, "names": [*names], "printed": Entries(lambda: index_json(printed))}
    with suppress(OSError):  # the paper itself is there
        write_beside(workspace.indexes / f"{path.name}{PACKED}", packed_manifest(index).content)


def write_traced(
    out: Path,
    filled: Filled,
    manifest: Mapping[str, Any],
    said: Mapping[str, Any],
    kept_in: Path | None,
    trace: Mapping[str, Any] | None = None,
    companions: Sequence[Path] = (),
) -> tuple[Written, Path]:
    """Write a document and its manifest, also kept; ``said``, ``trace`` are no part of its identity."""
    content = filled.content(manifest["id"])

    @cache
    def named(file: str) -> Packed:
        return packed_manifest({**manifest, "report": _made(file, content, said), **(trace or {})})

    if kept_in is not None:  # before the document is there: wherever this is stopped, none is unknown
        keep_manifest(kept_in, manifest["id"], named(out.name))
    written, beside = write_with_manifest(out, content, named, companions, kept_in)
    if kept_in is not None and written.path != out:
        keep_manifest(kept_in, manifest["id"], named(written.path.name))
    return written, beside


def _made(file: str, content: bytes, said: Mapping[str, Any]) -> dict[str, Any]:
    package = Package(content)
    trees = {n: etree.fromstring(package.read(n)) for n in package.names if is_beside(n)}
    blocks = blocks_beside(trees, lambda name: package.read(name) if name in package.names else None)
    beside = [[b.section, b.text if b.table is None else list(b.cells)] for b in blocks]
    return {"file": file, "sha256": sha256(content).hexdigest(), **said, "beside": beside}


def write_document(
    out: Path, content: bytes, companions: Sequence[Path] = (), kept_in: Path | None = None
) -> Written:
    """Write a sealed document to ``out``, or beside it where that is open elsewhere.

    What stands there and was edited is kept under a name of its own; so is a final report, edited or not,
    with its manifest and the ``companions``, or known by the manifest in ``kept_in`` where it was stopped
    before.
    """
    found, beside, notes = _read(out), out.with_suffix(".json"), list[str]()
    final: dict[Path, bytes | None] = {}
    if found is None or found == content:
        pass
    elif is_final(out):
        final = {path: _read(path) for path in (out, beside, *companions)}
    elif kept_in is not None and (path := kept_manifest(kept_in, read_identity(out))) is not None:
        # The manifest kept of just these bytes, where they were rendered as a final report.
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = read_parts(path, ("report",))["report"]
            if said["final"] is True and said["sha256"] == sha256(found).hexdigest():
                final = {out: found, beside: unpacked(path)}
    if final:
        there = {path: held for path, held in final.items() if held is not None}
        kept, *others = keep_under("trình ký", there)
        with_it = join_names(f"“{path.name}”" for path in others)
        notes.append(f"“{out.name}” là bản trình ký: được giữ ở “{kept.name}”, kèm {with_it}.")
    elif found is not None and found != content and not is_as_written(found):
        (kept,) = keep_under("bản sửa tay", {out: found})
        notes.append(f"“{out.name}” đã được sửa tay sau lần lập trước: bản sửa được giữ ở “{kept.name}”.")
    path = write_beside(out, content)
    return Written(path, (*told_beside(out, path), *notes))


def write_with_manifest(
    out: Path,
    content: bytes,
    manifest: Callable[[str], bytes | Packed],
    companions: Sequence[Path] = (),
    kept_in: Path | None = None,
) -> tuple[Written, Path]:
    """Write a document and its ``manifest`` under the same name beside it, both or neither."""
    with staged(out.with_suffix(".json"), manifest(out.name)) as put:
        written = write_document(out, content, companions, kept_in)
        if written.path == out:
            return written, put()
    return written, write_beside(written.path.with_suffix(".json"), manifest(written.path.name))


def is_final(report: Path) -> bool:
    """Whether the report there was rendered as a final one, edited since or not, as its manifest says.

    A sealed report of another hash is another, whose writing was broken off before its manifest was there.
    """
    try:
        said = read_parts(report.with_suffix(".json"), ("report",))["report"]
        if said.get("final") is not True:
            return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    content = _read(report)
    if content is None or sha256(content).hexdigest() == said.get("sha256"):
        return True
    return not is_as_written(content)


def keep_under(label: str, there: Mapping[Path, bytes]) -> list[Path]:
    """Copy files to "name (label).docx", all with one number behind the label."""
    for n in chain([""], map(" {}".format, count(2))):
        names = {path.with_stem(f"{path.stem} ({label}{n})"): content for path, content in there.items()}
        if all(_read(path) in (None, content) for path, content in names.items()):
            for path, content in names.items():
                replace_file(path, content)
            return [*names]
    raise AssertionError("unreachable")


def _read(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except OSError:
        return None
