#!/usr/bin/env python3
"""toml++ has one door, base/toml.h, which sets its switches: no exceptions, no assertions.

Its types differ with and without exceptions, under the same names to the linker's eye; both in one program crash when
a file has a fault. With its assertions a file with `[标题]` ends the process.
"""
import re

from checking import Fault, line_of, read, run

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*[<\"]toml(?:\+\+|plusplus)?[/.]", re.MULTILINE)
SWITCH = re.compile(r"^[ \t]*#[ \t]*(?:undef|define)[ \t]+TOML_", re.MULTILINE)
DOOR = "src/foundation/base/toml.h"


def check(root):
    for folder in ("src", "tests", "bench"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp") or "node_modules" in path.parts or path == root / DOOR:
                continue
            source = read(path)
            for match in INCLUDE.finditer(source):
                yield Fault(path, line_of(source, match.start()), "toml++ itself: include base/toml.h")
            for match in SWITCH.finditer(source):
                yield Fault(path, line_of(source, match.start()), "a switch of toml++: base/toml.h sets them for all")


if __name__ == "__main__":
    run(check, __doc__)
