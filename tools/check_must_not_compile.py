#!/usr/bin/env python3
"""What the types must refuse: each source of tests/must_not_compile fails, and for the reason it names.

The first line says the reason, `// refused: REGULAR EXPRESSION` of the compiler's message. With -DCONTROL the
same source takes its right branch and must compile; otherwise it might fail for a reason of its own. A source
that was refused as it should is not tried again until it or a header that it includes changes.
"""
import concurrent.futures
import re

from checking import LAYERS, Fault, compiled, compiler_version, key_of, read, run, seen_folder


def check(root):
    folders = [root / "src" / layer for layer in LAYERS]
    flags = ["-std=gnu++20", "-fsyntax-only", *[f"-I{folder}" for folder in folders]]
    passed, version = seen_folder(root, "must_not_compile"), compiler_version()

    def check_one(source):
        text = read(source)
        reason = re.match(r"// refused: (.+)\n", text)
        if not reason or "CONTROL" not in text:
            return Fault(source, 1, "must begin with `// refused: ...` and hold a branch for CONTROL")
        mark = passed / key_of(source, root, folders, version)
        if mark.exists():
            return None
        control = compiled(*flags, "-DCONTROL", source)
        if control.returncode != 0:
            return Fault(source, 1, "its right branch does not compile: " + control.stderr.strip()[:300])
        wrong = compiled(*flags, source)
        if wrong.returncode == 0:
            return Fault(source, 1, "compiles, though the types must refuse it")
        if not re.search(reason.group(1), wrong.stderr):
            return Fault(source, 1, f"fails, but not with {reason.group(1)!r}: " + wrong.stderr.strip()[:300])
        mark.touch()
        return None

    sources = sorted((root / "tests" / "must_not_compile").glob("*.cpp"))
    if not sources:
        return [Fault(root / "tests", 1, "tests/must_not_compile holds nothing")]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        return [fault for fault in pool.map(check_one, sources) if fault]


if __name__ == "__main__":
    run(check, __doc__)
