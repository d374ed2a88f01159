#!/usr/bin/env python3
"""Breaks one rule of the semantics at a time, and asks whether the campaign that changes cases notices.

The rules and how each is broken stand in semantic-mutants.toml. The sources are copied to target/semantic-mutants/tree, broken and
built there, and put right again there; the working tree is only read. Fails when the campaign does not hold as things are, when a
text to break is not there exactly once, or when the property that a mutant names does not notice it.
"""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "target" / "semantic-mutants"
TREE = PLACE / "tree"
BUILD = PLACE / "build"
REPORT = re.compile(r"^(\w+) (\d+) (\d+)$", re.MULTILINE)


def sources():
    """The files of the working tree that are or could be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


def copy():
    """Brings the copy up to date. What is the same is left alone, so that it need not be built again."""
    wanted = set(sources())
    for name in wanted:
        there, here = TREE / name, (ROOT / name).read_bytes()
        if not there.is_file() or there.read_bytes() != here:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(here)
    for there in [p for p in TREE.rglob("*") if p.is_file()]:
        if str(there.relative_to(TREE)) not in wanted and "target" not in there.relative_to(TREE).parts:
            there.unlink()


def build():
    """Builds the copy; what the compiler says where it does not build."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(BUILD), "CARGO_PROFILE_DEV_DEBUG": "false", "CARGO_PROFILE_DEV_OPT_LEVEL": "1"}
    command = [os.environ.get("CARGO", "cargo"), "build", "--quiet", "--package", "whereabouts-casebook", "--example", "broken", "--locked"]
    done = subprocess.run(command, cwd=TREE, env=environment, check=False, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr


def campaign(cases):
    """How many answers broke, by property; the script ends where the campaign did not run to its end."""
    command = [str(BUILD / "debug" / "examples" / "broken"), str(cases)]
    done = subprocess.run(command, cwd=TREE, check=False, capture_output=True, text=True)
    broken = {name: int(number) for name, changed, number in REPORT.findall(done.stdout) if int(changed)}
    if not broken or done.returncode != 0:
        sys.exit(f"the campaign did not run: {done.stdout}{done.stderr}")
    return broken


def judge(mutant, cases):
    """Breaks one rule in the copy, and says whether it was noticed, and by what."""
    file = TREE / mutant["file"]
    whole = file.read_text()
    times = whole.count(mutant["find"])
    if times != 1:
        return False, f"the text to break stands {times} times in {mutant['file']}"
    try:
        file.write_text(whole.replace(mutant["find"], mutant["put"]))
        if wrong := build():
            return False, f"does not build: {wrong.strip().splitlines()[0]}"
        broken = {name: number for name, number in campaign(cases).items() if number}
    finally:
        file.write_text(whole)
    return mutant["property"] in broken, ", ".join(f"{name} {number}" for name, number in broken.items()) or "nothing"


def gone(mutants):
    """The mutants whose text to break is not there exactly once."""
    times = [(m, (ROOT / m["file"]).read_text().count(m["find"])) for m in mutants]
    return [f"semantic-mutants.toml: “{m['find']}” stands {n} times in {m['file']}" for m, n in times if n != 1]


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--cases", type=int, default=60, help="changed cases for each property (60)")
    words.add_argument("--only", metavar="PROPERTY", help="only the mutants of one property")
    words.add_argument("--check", action="store_true", help="only see whether each text to break is there exactly once")
    given = words.parse_args()
    mutants = tomllib.loads((ROOT / "scripts" / "semantic-mutants.toml").read_text())["mutant"]
    mutants = [m for m in mutants if given.only in (None, m["property"])]
    if given.check:
        sys.exit("\n".join(gone(mutants)) or 0)
    copy()
    if wrong := build():
        sys.exit(f"the copy does not build: {wrong}")
    unbroken = campaign(given.cases)
    if any(unbroken.values()):
        sys.exit(f"the campaign does not hold as things are: {unbroken}")
    missing = set(unbroken) - {m["property"] for m in mutants} if given.only is None else set()
    for name in sorted(missing):
        print(f"{name:<10} no rule is broken for it")
    failed = len(missing)
    for mutant in mutants:
        found, by = judge(mutant, given.cases)
        failed += not found
        print(f"{mutant['property']:<10} {'found' if found else 'NOT FOUND':<10} {mutant['breaks']}\n{'':<21} by {by}", flush=True)
    print(f"\n{len(mutants)} rules broken, {len(mutants) + len(missing) - failed} noticed by the property that each names")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
