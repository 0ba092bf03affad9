#!/usr/bin/env python3
"""Migrations are numbered once for the whole product, in their component's range, and called NNNN_name.sql."""
import re

from checking import Fault, run

RANGES = {
    "auth": (1, 9),
    "audit": (10, 19),
    "areas": (20, 29),
    "registry": (30, 49),
    "feeds": (50, 69),
    "screening": (70, 89),
    "jobs": (90, 99),
    "casework": (100, 139),
    "bulletin": (140, 159),
    "finance": (160, 179),
    "insurance": (180, 199),
    "programmes": (220, 239),
    "employment": (240, 259),
    "indicators": (260, 269),
    "returns": (270, 279),
    "tasks": (280, 289),
    "rules": (300, 309),
    "surveillance": (290, 299),
}


def check(root):
    taken = {}
    for path in sorted((root / "src").glob("*/*/schema/**/*.sql")):
        component = path.relative_to(root).parts[2]
        match = re.fullmatch(r"(\d{4})_[a-z0-9_]+(?:\.(?:sqlite|postgres(?:ql)?))?\.sql", path.name)
        if not match:
            yield Fault(path, 1, "a migration is called NNNN_name.sql")
            continue
        number = int(match.group(1))
        first, last = RANGES.get(component, (180, 9999))
        if not first <= number <= last:
            yield Fault(path, 1, f"number {number:04} lies outside the range of {component}, {first:04} to {last:04}")
        if number in taken and taken[number].name.split(".")[0] == path.name.split(".")[0] and taken[number].name != path.name:
            continue  # the two dialects of one migration
        if number in taken:
            yield Fault(path, 1, f"number {number:04} is taken by {taken[number].relative_to(root)}")
        taken[number] = path


if __name__ == "__main__":
    run(check, __doc__)
