#!/usr/bin/env python3
"""toml++ is compiled without exceptions in every source.

Its types differ with and without them, under the same names to the linker's eye; both in one program crash when a
file has a fault. No header of ours includes it: what includes it says so itself, on the line before.
"""
import re

from checking import Fault, line_of, read, run

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*[<\"]toml(?:\+\+|plusplus)?[/.]", re.MULTILINE)
SWITCH = re.compile(r"^[ \t]*#[ \t]*define[ \t]+TOML_EXCEPTIONS[ \t]+0\b[^\n]*\n\Z", re.MULTILINE)
OTHER = re.compile(r"^[ \t]*#[ \t]*(?:undef[ \t]+TOML_EXCEPTIONS|define[ \t]+TOML_EXCEPTIONS(?![ \t]+0\b))", re.MULTILINE)


def check(root):
    for folder in ("src", "tests", "bench"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp") or "node_modules" in path.parts:
                continue
            source = read(path)
            for match in INCLUDE.finditer(source):
                line = line_of(source, match.start())
                if path.suffix == ".h":
                    yield Fault(path, line, "a header includes toml++: include it in the source that reads the file")
                elif not SWITCH.search(source, 0, match.start()):
                    yield Fault(path, line, "toml++ with exceptions: put `#define TOML_EXCEPTIONS 0` on the line before")
            for match in OTHER.finditer(source):
                yield Fault(path, line_of(source, match.start()), "toml++ is compiled without exceptions everywhere: TOML_EXCEPTIONS is 0")


if __name__ == "__main__":
    run(check, __doc__)
