"""Writes what the program is made of as CycloneDX 1.6: each crate that is built in, from the lock file, with its checksum and licence, and the
packages whose scripts and styles are compiled in, and the standard library; with `--static` also the C library and the compiler's, which are linked
in whole then. The argument is the program's version."""

import json
import os
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


def said(*command):
    """What a command says."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def system(static):
    """What is linked in of the machine that built it: Rust's standard library, and with `static` those of C, by the packages that hold them."""
    rust = said("rustc", "--version").split()[1]
    yield {"type": "library", "name": "rust-std", "version": rust, "bom-ref": f"rust:std@{rust}",
           "licenses": [{"expression": "MIT OR Apache-2.0"}]}
    if not static:
        return
    for name, file, licence in [("glibc", "libc.a", "LGPL-2.1-or-later"),
                                ("gcc", "libgcc_eh.a", "GPL-3.0-or-later WITH GCC-exception-3.1")]:
        held = said("dpkg", "--search", os.path.realpath(said("cc", f"-print-file-name={file}"))).partition(": ")[0]
        # The package as it is built from its source: advisories are by that.
        source, version = said("dpkg-query", "--show", "--showformat=${source:Package} ${source:Version}", held).split()
        purl = f"pkg:deb/debian/{source}@{version.replace('+', '%2B')}?arch=source"
        yield {"type": "library", "name": name, "version": version, "bom-ref": f"deb:{source}@{version}", "purl": purl,
               "licenses": [{"expression": licence}]}


def main():
    components = [*crates(), *packages(), *system("--static" in sys.argv[2:])]
    print(json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "whereabouts", "version": sys.argv[1], "bom-ref": "whereabouts"}},
        "components": components,
    }, indent=1))
    print(f"{len(components)} components", file=sys.stderr)


main()
