#!/usr/bin/env python3
"""Puts a folder of web files into the program, each text also compressed (gzip).

usage: embed_web.py FOLDER OUT_DIR    writes OUT_DIR/web.cpp and OUT_DIR/web.h (see embed.py)
"""
import gzip
import os
import shutil
import subprocess
import sys

folder, out = sys.argv[1:3]
copy = os.path.join(out, "web")
shutil.rmtree(copy, ignore_errors=True)
shutil.copytree(folder, copy)
names = []
for where, folders, files in os.walk(copy):
    folders.sort()
    names += [os.path.join(where, name) for name in sorted(files) if not name.endswith((".gz", ".map"))]
packed = []
for name in names:
    if name.endswith((".html", ".js", ".css", ".json", ".svg", ".webmanifest")):
        with open(name, "rb") as plain:
            small = gzip.compress(plain.read(), 9, mtime=0)
        with open(name + ".gz", "wb") as f:
            f.write(small)
        packed.append(name + ".gz")
list_file = os.path.join(out, "web.list")
with open(list_file, "w", encoding="utf-8") as f:
    f.write("\n".join(names + packed) + "\n")
embed = os.path.join(os.path.dirname(os.path.abspath(__file__)), "embed.py")
subprocess.run([sys.executable, embed, "web", copy, list_file, out], check=True)
