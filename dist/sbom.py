"""Writes what the program is made of as CycloneDX 1.6: each crate that is built in, from the lock file, with its checksum and licence, and the
packages whose scripts and styles are compiled in. The argument is the program's version."""

import json
import subprocess
import sys
import tomllib


def crates():
    """The crates of the program as it is built: not those of its tests, nor of other systems."""
    tree = subprocess.run(
        ["cargo", "tree", "--locked", "--package", "whereabouts-cli", "--edges", "normal,build", "--prefix", "none",
         "--format", "{p}\t{l}", "--target", "x86_64-unknown-linux-gnu"],
        check=True, capture_output=True, text=True).stdout
    checksums = {(one["name"], one["version"]): one.get("checksum")
                 for one in tomllib.load(open("Cargo.lock", "rb"))["package"]}
    found = {}
    for line in tree.splitlines():
        package, _, licence = line.removesuffix(" (*)").partition("\t")
        if not package:
            continue
        name, version = package.split()[:2]
        version = version.removeprefix("v")
        found[name, version] = licence.removesuffix(" (*)")
    for (name, version), licence in sorted(found.items()):
        one = {"type": "library", "name": name, "version": version, "bom-ref": f"cargo:{name}@{version}"}
        if licence:
            one["licenses"] = [{"expression": licence.replace("/", " OR ")}]
        checksum = checksums.get((name, version))
        if checksum:
            one["purl"] = f"pkg:cargo/{name}@{version}"
            one["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        yield one


def packages():
    """The packages of which scripts and styles are made, and the tools that make them, as the lock file has them."""
    for path, one in sorted(json.load(open("package-lock.json"))["packages"].items()):
        if not path:
            continue
        name = path.rpartition("node_modules/")[2]
        purl = name.replace("@", "%40")
        yield {"type": "library", "name": name, "version": one["version"], "bom-ref": f"npm:{path}",
               "purl": f"pkg:npm/{purl}@{one['version']}", "scope": "excluded" if one.get("dev") else "required",
               **({"licenses": [{"expression": one["license"]}]} if one.get("license") else {})}


def main():
    components = [*crates(), *packages()]
    print(json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "whereabouts", "version": sys.argv[1], "bom-ref": "whereabouts"}},
        "components": components,
    }, indent=1))
    print(f"{len(components)} components", file=sys.stderr)


main()
