"""What the register gives today: for each figure that a report prints, and as a manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from dvctt_report.explain.manifest import Manifest
from dvctt_report.report.context import build_context
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import build_manifest
from dvctt_report.report.printed import said_figures, said_places
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import build_trace
from dvctt_report.report.wording import Voice
from dvctt_report.store.workspace import AnnexChoice, Naming
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.year import Year


def figures_now(year: Year, plain: Voice, printed: Mapping[str, str]) -> dict[str, str]:
    """Say the report again in memory and return what it prints of each figure, by identifier.

    With every annex and under every way of naming units, of which the one that says what was ``printed``
    counts: a setting that was changed since is no figure that was changed. Where the first way says all of
    them no other is asked.
    """
    issuer = _everything(plain.issuer)
    found: dict[str, str] = {}
    for naming in dict.fromkeys((plain.issuer.naming, *get_args(Naming))):
        voice = Voice(plain.phrases, replace(issuer, naming=naming), marking=True)
        said = said_figures(build_context(Telling(year, voice)))
        found |= {id: text for id, text in said.items() if id not in found or text == printed.get(id)}
        if found.items() >= printed.items():
            break
    return found


def _everything(issuer: Issuer) -> Issuer:
    return replace(issuer, annexes=get_args(AnnexChoice), charts=False)


def manifest_now(year: OpenYear) -> Manifest:
    """The manifest that a report made now would have, with every annex."""
    plain = voice_of(year.workspace, year.as_of)
    voice = Voice(plain.phrases, _everything(plain.issuer), marking=True)
    told = Telling(year, voice)
    printed = said_places(build_context(told))
    manifest = build_manifest(year, told.figures, printed, year.as_of)
    manifest["report"] = {"file": "", "sha256": ""}
    return Manifest.of(manifest | build_trace(told, year.known.decisions))
