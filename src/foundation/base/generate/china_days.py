#!/usr/bin/env python3
"""Turns chinese-days.json into the table that china_days.h declares.

usage: china_days.py chinese-days.json OUT.cpp

A day is kept only where it differs from its weekday's rule: a weekday off, or a weekend day worked. Every
year that the source names has a published table, also one in which nothing would differ.
"""
import datetime
import json
import sys

source, out = sys.argv[1:3]
with open(source, encoding="utf-8") as f:
    days = json.load(f)

epoch = datetime.date(1970, 1, 1)


def is_weekend(day):
    return day.isoweekday() >= 6


off = {datetime.date.fromisoformat(d) for d in days["holidays"]}
worked = {datetime.date.fromisoformat(d) for d in days["workdays"]}
if off & worked:
    sys.exit(f"{source}: both a holiday and a workday: {sorted(off & worked)}")
years = sorted({d.year for d in off})
if years != list(range(years[0], years[-1] + 1)):
    sys.exit(f"{source}: years are missing: {years}")

exceptions = sorted([d for d in off if not is_weekend(d)] + [d for d in worked if is_weekend(d)])
numbers = "".join(f"    {(d - epoch).days},  // {d} {'worked' if d in worked else 'off'}\n" for d in exceptions)
with open(out, "w", encoding="utf-8") as f:
    f.write(
        '#include "base/china_days.h"\n\nnamespace ballast::china_days {\n'
        f"int first_published_year() {{ return {years[0]}; }}\n"
        f"int last_published_year() {{ return {years[-1]}; }}\n"
        "std::span<const std::int32_t> exceptions() {\n"
        f"    static constexpr std::int32_t days[] = {{\n{numbers}    }};\n"
        "    return days;\n}\n}  // namespace ballast::china_days\n"
    )
