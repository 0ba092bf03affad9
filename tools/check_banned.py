#!/usr/bin/env python3
"""The clock, randomness and the environment are read in three places only; nobody but delivery prints.

Everything else takes `Date today`, `Instant now` or `Rng&` as an argument, so that whatever was computed can be
computed again. SQL is held to it too: CURRENT_TIMESTAMP is a clock.
"""
import re

from checking import Fault, code, is_test, line_of, literals, read, run

# what: (pattern in code, where it is allowed, does the ban hold in tests)
BANS = {
    "reads the clock": (
        r"\bsystem_clock\s*::|\bchrono\s*::\s*system_clock\b"
        r"|\b(?:high_resolution_clock|utc_clock|tai_clock|file_clock)\b"
        r"|(?<![\w.>])time\s*\(\s*(?:NULL|nullptr|0|&)"
        r"|\b(?:clock_gettime|gettimeofday|timespec_get|localtime(?:_r)?)\s*\(",
        ["src/foundation/base/clock.cpp", "src/delivery/app/"],
        True,
    ),
    "asks the machine's clock": (
        r"\bsystem_clock\s*\(",
        ["src/foundation/base/clock.", "src/delivery/"],
        False,
    ),
    "measures time": (
        r"\bsteady_clock\b",
        ["src/foundation/base/clock.cpp", "src/delivery/"],
        False,
    ),
    "draws random numbers": (
        r"\brandom_device\b|\bmt19937(?:_64)?\b|\bdefault_random_engine\b|\bminstd_rand0?\b"
        r"|(?<![\w.>])s?rand(?:om)?\s*\(|\b(?:arc4random\w*|getrandom|getentropy|drand48|lrand48)\s*\(",
        ["src/foundation/base/rng.cpp", "src/delivery/app/"],
        True,
    ),
    "draws secrets": (
        r"\brandombytes_\w+|\bRAND_bytes\b",
        ["src/foundation/crypto/"],
        False,
    ),
    "reads the environment": (
        r"\b(?:getenv|secure_getenv|setenv|putenv|unsetenv)\s*\(|(?<![\w.>])environ\b",
        ["src/delivery/app/", "src/delivery/cli/", "src/foundation/db_testing/"],
        False,
    ),
    "prints": (
        r"\bstd::(?:cout|cerr|clog|print|println)\b|(?<![\w.>])(?:std::)?(?:v?f?printf|f?puts|putchar|perror)\s*\("
        r"|\bfmt::print(?:ln)?\b",
        ["src/delivery/"],
        False,
    ),
}
SQL_BAN = re.compile(
    r"\b(?:CURRENT_(?:TIMESTAMP|DATE|TIME)|LOCALTIMESTAMP|transaction_timestamp|clock_timestamp|julianday"
    r"|gen_random_uuid|randomblob)\b|'now'|\b(?:now|random)\s*\(\s*\)",
    re.IGNORECASE,
)


def check(root):
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp", ".sql") or "node_modules" in path.parts:
            continue
        place = path.relative_to(root).as_posix()
        source = read(path)
        if path.suffix == ".sql":
            sql = re.sub(r"--[^\n]*", "", source)
            for match in SQL_BAN.finditer(sql):
                yield Fault(path, line_of(sql, match.start()), f"SQL reads the clock or draws ({match.group()}): pass the value in")
            continue
        if "/generate/" in place:  # programs that run when Ballast is built
            continue
        stripped = code(source)
        for what, (pattern, allowed, in_tests) in BANS.items():
            if any(place.startswith(a) for a in allowed) or (is_test(path) and not in_tests):
                continue
            for match in re.finditer(pattern, stripped):
                yield Fault(path, line_of(stripped, match.start()),
                            f"{what} ({match.group().strip()}): allowed only in {', '.join(allowed)}")
        if is_test(path):
            continue
        for line, text in literals(source):
            for match in SQL_BAN.finditer(text):
                yield Fault(path, line, f"SQL reads the clock or draws ({match.group()}): pass the value in")


if __name__ == "__main__":
    run(check, __doc__)
