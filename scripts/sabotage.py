#!/usr/bin/env python3
"""Sabotages the build in one place at a time, and asks whether the tests notice.

What is sabotaged, how, and which tests have to notice stands in sabotage.toml. The sources are copied to target/sabotage/tree, broken
and tested there, and put right again there; the working tree is only read. Fails when those tests do not pass as things are, when a
text to break is not there exactly once, or when a sabotaged build passes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib

from broken_copy import ROOT, broken, copy, gone

PLACE = ROOT / "target" / "sabotage"
TREE = PLACE / "tree"
BUILD = PLACE / "build"
RESULT = re.compile(r"test result: (ok|FAILED). (\d+) passed; (\d+) failed")


def tested(package, tests):
    """How many of the named tests passed and failed in the copy; none where it does not build or they did not run to their end."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(BUILD), "RUST_BACKTRACE": "0"}
    command = [os.environ.get("CARGO", "cargo"), "test", "--quiet", "--locked", "--package", f"whereabouts-{package}", "--test", "it", "--"]
    done = subprocess.run(command + tests, cwd=TREE, env=environment, check=False, capture_output=True, text=True)
    found = RESULT.search(done.stdout)
    return (int(found[2]), int(found[3])) if found else None


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", metavar="TEXT", help="only sabotages whose name has this in it")
    words.add_argument("--check", action="store_true", help="only see whether each text to break is there exactly once")
    given = words.parse_args()
    all_of_them = tomllib.loads((ROOT / "scripts" / "sabotage.toml").read_text())["sabotage"]
    if given.check:
        sys.exit("\n".join(gone("sabotage.toml", all_of_them)) or 0)
    wanted = [one for one in all_of_them if given.only is None or given.only in one["breaks"]]
    copy(TREE)
    # Made from npm packages, and not kept with the sources.
    shutil.copytree(ROOT / "crates/web/assets", TREE / "crates/web/assets", dirs_exist_ok=True)
    sound = set()
    caught = 0
    for one in wanted:
        tests = tuple(one["tests"])
        if (one["package"], tests) not in sound:
            answer = tested(one["package"], one["tests"])
            if answer is None or answer[0] == 0 or answer[1] > 0:
                sys.exit(f"the tests {' '.join(tests)} of {one['package']} do not pass as things are: {answer}")
            sound.add((one["package"], tests))
        answer, why = broken(TREE, one, lambda: tested(one["package"], one["tests"]))
        is_caught = answer is not None and answer[1] > 0
        caught += is_caught
        by = why or (f"{answer[1]} of {sum(answer)} tests" if answer else "nothing: it does not build, or the tests did not end")
        print(f"{'caught' if is_caught else 'NOT CAUGHT':<11} {one['breaks']}\n{'':<11} by {by}", flush=True)
    print(f"\n{len(wanted)} sabotaged builds, {caught} caught")
    sys.exit(0 if caught == len(wanted) else 1)


if __name__ == "__main__":
    main()
