#!/usr/bin/env python3
"""Takes the security advisories about crates out of a checkout of the RustSec advisory database into `dist/advisories.json`, with the day
and the commit of the checkout. `make test` holds the lock file against that data (`house::no_crate_has_a_known_advisory`), so that it needs no
network. The database is in the public domain (CC0), but for the words of some advisories, which are not taken.

    git clone https://github.com/rustsec/advisory-db somewhere
    make advisories DB=somewhere
"""

import json
import subprocess
import sys
import tomllib

# One advisory that affects no released version, or was taken back, is not kept.
KEPT = ("patched", "unaffected")


def git(folder, *words):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, text=True).stdout


def front_matter(text):
    """The TOML at the head of an advisory."""
    head, found, _ = text.removeprefix("```toml").partition("\n```")
    if not found:
        raise ValueError("no TOML at its head")
    return tomllib.loads(head)


def advisories(folder):
    files = git(folder, "ls-tree", "-r", "--name-only", "HEAD", "crates/").split()
    for path in sorted(path for path in files if path.endswith(".md")):
        says = front_matter(git(folder, "show", f"HEAD:{path}"))
        if "withdrawn" in says["advisory"]:
            continue
        one = {"id": says["advisory"]["id"], "package": says["advisory"]["package"]}
        # What is only unmaintained is noticed, and is no hole.
        if "informational" in says["advisory"]:
            one["informational"] = says["advisory"]["informational"]
        versions = says.get("versions", {})
        yield one | {key: versions.get(key, []) for key in KEPT}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    commit, day = git(folder, "log", "-1", "--format=%H %cs").split()
    found = list(advisories(folder))
    lines = ",\n".join(json.dumps(one) for one in found)
    source = "RustSec advisory database, CC0-1.0"
    with open("dist/advisories.json", "w", encoding="utf-8") as file:
        file.write(f'{{"source": {json.dumps(source)}, "taken": "{day}", "commit": "{commit}", "advisories": [\n{lines}\n]}}\n')
    print(f"{len(found)} advisories, as of {day}")


main()
