#!/usr/bin/env python3
"""Every header compiles alone: it includes what it uses.

The build itself shows it for a header that its own source (x.cpp for x.h) includes before anything else; those
are not compiled here. A test shows nothing: it starts from a precompiled header. Another header that passed is not compiled again until it, a
header of ours that it includes, or the compiler changes.
"""
import concurrent.futures
import re

from checking import LAYERS, Fault, compiled, compiler_version, key_of, read, run, seen_folder, without_comments

FLAGS = ["-std=gnu++20", "-fsyntax-only", "-x", "c++-header", "-Wall", "-Wextra"]
FIRST_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^">]+)[">]', re.MULTILINE)


def shown_by_its_source(header, folders):
    name = next(header.relative_to(f).as_posix() for f in folders if f in header.parents)
    source = header.with_suffix(".cpp")
    if not source.is_file():
        return False
    first = FIRST_INCLUDE.search(without_comments(read(source)))
    return first is not None and first.group(1) == name


def check(root):
    folders = [root / "src" / layer for layer in LAYERS]
    headers = [h for f in folders for h in sorted(f.rglob("*.h")) if "node_modules" not in h.parts]
    headers = [h for h in headers if not shown_by_its_source(h, folders)]
    # A header over a generated one can be compiled only in a build folder; its component does that.
    headers = [h for h in headers if not re.search(r'#\s*include\s*"embedded/', read(h))]
    passed, version = seen_folder(root, "headers"), compiler_version()

    def compile_alone(header):
        mark = passed / key_of(header, root, folders, version, *FLAGS)
        if mark.exists():
            return None
        result = compiled(*FLAGS, *[f"-I{folder}" for folder in folders], header)
        if result.returncode == 0:
            mark.touch()
            return None
        errors = [line for line in result.stderr.splitlines() if "error: " in line]
        return Fault(header, 1, "does not compile alone: " + (errors or [result.stderr[:300]])[0])

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        return [fault for fault in pool.map(compile_alone, headers) if fault]


if __name__ == "__main__":
    run(check, __doc__)
