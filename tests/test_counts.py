"""Every count that papers, page and workbooks of the sample print is as large as what it is counted of."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from dvctt_report.store.workspace import read_workspace


def test_what_is_printed_is_as_many_as_it_is_counted_of(rendered_sample: Path) -> None:
    workspace = read_workspace(rendered_sample)
    manifest = json.loads((workspace.results / "bao-cao-2025.json").read_bytes())
    named = {name["id"]: name for name in manifest["names"] if "how" not in name}
    printed = list(manifest["printed"])
    for path in sorted(workspace.indexes.glob("*.gz")):
        printed += json.loads(gzip.decompress(path.read_bytes()))["printed"]
    checked, wrong = Counter[str](), []
    for place in printed:
        for figure in place["figures"]:
            if figure["id"] in named:
                counted = len(named[figure["id"]]["of"])
                checked[figure["id"].rpartition(".")[2]] += 1
                if [int(n) for n in re.findall(r"\d+", figure["text"].replace(".", ""))] != [counted]:
                    wrong.append((figure["id"], figure["text"], counted))
    assert wrong == []
    assert min(checked[role] for role in ("below", "missing", "errors", "reported", "received")) > 3
