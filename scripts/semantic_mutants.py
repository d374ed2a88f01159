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

from broken_copy import ROOT, broken, copy, gone

PLACE = ROOT / "target" / "semantic-mutants"
TREE = PLACE / "tree"
BUILD = PLACE / "build"
REPORT = re.compile(r"^(\w+) (\d+) (\d+)$", re.MULTILINE)


def build():
    """Builds the copy; what the compiler says where it does not build."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(BUILD), "CARGO_PROFILE_DEV_DEBUG": "false", "CARGO_PROFILE_DEV_OPT_LEVEL": "1"}
    command = [os.environ.get("CARGO", "cargo"), "build", "--quiet", "--package", "whereabouts-casebook", "--example", "broken", "--locked"]
    done = subprocess.run(command, cwd=TREE, env=environment, check=False, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr


def campaign(cases, only=None):
    """How many answers broke, by property; the script ends where the campaign did not run to its end."""
    command = [str(BUILD / "debug" / "examples" / "broken"), str(cases), *([only] if only else [])]
    done = subprocess.run(command, cwd=TREE, check=False, capture_output=True, text=True)
    broken = {name: int(number) for name, changed, number in REPORT.findall(done.stdout) if int(changed)}
    if not broken or done.returncode != 0:
        sys.exit(f"the campaign did not run: {done.stdout}{done.stderr}")
    return broken


def judge(mutant, cases, only=None):
    """Breaks one rule in the copy, and says whether it was noticed, and by what."""

    def work():
        if wrong := build():
            return f"does not build: {wrong.strip().splitlines()[0]}"
        return {name: number for name, number in campaign(cases, only).items() if number}

    found, why = broken(TREE, mutant, work)
    if not isinstance(found, dict):
        return False, why or found
    return mutant["property"] in found, ", ".join(f"{name} {number}" for name, number in found.items()) or "nothing"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--cases", type=int, default=60, help="changed cases for each property (60)")
    words.add_argument("--only", metavar="PROPERTY", help="only the mutants of one property")
    words.add_argument("--check", action="store_true", help="only see whether each text to break is there exactly once")
    given = words.parse_args()
    mutants = tomllib.loads((ROOT / "scripts" / "semantic-mutants.toml").read_text())["mutant"]
    mutants = [m for m in mutants if given.only in (None, m["property"])]
    if given.check:
        sys.exit("\n".join(gone("semantic-mutants.toml", mutants)) or 0)
    copy(TREE)
    if wrong := build():
        sys.exit(f"the copy does not build: {wrong}")
    unbroken = campaign(given.cases, given.only)
    if any(unbroken.values()):
        sys.exit(f"the campaign does not hold as things are: {unbroken}")
    missing = set(unbroken) - {m["property"] for m in mutants} if given.only is None else set()
    for name in sorted(missing):
        print(f"{name:<10} no rule is broken for it")
    failed = len(missing)
    for mutant in mutants:
        found, by = judge(mutant, max(given.cases, mutant.get("cases", 0)), given.only)
        failed += not found
        print(f"{mutant['property']:<10} {'found' if found else 'NOT FOUND':<10} {mutant['breaks']}\n{'':<21} by {by}", flush=True)
    print(f"\n{len(mutants)} rules broken, {len(mutants) + len(missing) - failed} noticed by the property that each names")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
