#!/usr/bin/env python3
"""Writes a C++ source that carries files inside the program.

usage: embed.py SYMBOL BASE LIST_FILE OUT_DIR
LIST_FILE names one file per line. In the program each is known by its path relative to BASE.
"""
import os
import sys

symbol, base, list_file, out = sys.argv[1:5]
files = [line for line in open(list_file, encoding="utf-8").read().split("\n") if line]
os.makedirs(out, exist_ok=True)

header = f"""#pragma once
#include <span>
#include <string_view>
namespace ballast::embedded {{
struct {symbol}_file {{
    std::string_view name;
    std::string_view bytes;
}};
std::span<const {symbol}_file> {symbol}();
}}  // namespace ballast::embedded
"""
lines = [f'#include "embedded/{symbol}.h"', "", "#include <array>", "#include <cstddef>", ""]
for index, file in enumerate(files):
    label = f"ballast_embedded_{symbol}_{index}"
    path = os.path.abspath(file)
    lines += [
        f'__asm__(".section .rodata\\n.balign 16\\n{label}:\\n.incbin \\"{path}\\"\\n{label}_end:\\n.byte 0\\n.previous\\n");',
        f'extern "C" const char {label}[];',
        f'extern "C" const char {label}_end[];',
    ]
lines += ["", "namespace ballast::embedded {", f"std::span<const {symbol}_file> {symbol}() {{"]
if files:
    lines += [f"    static const std::array<{symbol}_file, {len(files)}> files{{{{"]
    for index, file in enumerate(files):
        label = f"ballast_embedded_{symbol}_{index}"
        name = os.path.relpath(file, base)
        lines += [f'        {{"{name}", {{{label}, static_cast<std::size_t>({label}_end - {label})}}}},']
    lines += ["    }};", "    return files;"]
else:
    lines += ["    return {};"]
lines += ["}", "}  // namespace ballast::embedded", ""]


def write(name, text):
    path = os.path.join(out, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


write(symbol + ".h", header)
write(symbol + ".cpp", "\n".join(lines))
