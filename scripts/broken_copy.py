"""A copy of the working tree in which texts are broken one at a time, and put right again. The working tree is only read."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sources():
    """The files of the working tree that are or could be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


def copy(tree):
    """Brings the copy up to date. What is the same is left alone, so that it need not be built again."""
    wanted = set(sources())
    for name in wanted:
        there, here = tree / name, (ROOT / name).read_bytes()
        if not there.is_file() or there.read_bytes() != here:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(here)
    for there in [p for p in tree.rglob("*") if p.is_file()]:
        if str(there.relative_to(tree)) not in wanted and "target" not in there.relative_to(tree).parts:
            there.unlink()


def broken(tree, one, work):
    """Breaks one text in the copy, works with it, and puts it right. What the work answers, or why there was none."""
    file = tree / one["file"]
    whole = file.read_text()
    times = whole.count(one["find"])
    if times != 1:
        return None, f"the text to break stands {times} times in {one['file']}"
    try:
        file.write_text(whole.replace(one["find"], one["put"]))
        return work(), None
    finally:
        file.write_text(whole)


def gone(name, all_of_them):
    """Those whose text to break is not there exactly once."""
    times = [(one, (ROOT / one["file"]).read_text().count(one["find"])) for one in all_of_them]
    return [f"{name}: “{one['find']}” stands {n} times in {one['file']}" for one, n in times if n != 1]
