"""What the checks of the house share: reading the tree's components and C++ sources, and reporting faults."""
import argparse
import dataclasses
import hashlib
import os
import pathlib
import re
import subprocess
import sys

LAYERS = ["foundation", "engines", "modules", "delivery"]


@dataclasses.dataclass(frozen=True, order=True)
class Fault:
    path: pathlib.Path
    line: int
    text: str


def seen_folder(root, check):
    """Where a slow check keeps a mark for each thing that passed, so that it need not be done again."""
    folder = root / "build" / "check" / check
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(check, description):
    """The main of a check: `check(root)` gives faults; prints them and ends with 0 or 1."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root.resolve()
    faults = sorted(set(check(root)))
    for fault in faults:
        print(f"{fault.path.relative_to(root)}:{fault.line}: {fault.text}", file=sys.stderr)
    sys.exit(1 if faults else 0)


def read(path):
    return path.read_text(encoding="utf-8")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


# --- C++ -----------------------------------------------------------------------------------------

TOKEN = re.compile(
    r"""(?P<line_comment>//[^\n]*)
      | (?P<block_comment>/\*.*?\*/)
      | (?P<raw>\b(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\((?P<raw_text>.*?)\)(?P=mark)")
      | (?P<string>"(?P<text>(?:\\.|[^"\\\n])*)")
      | (?P<number>\b\d[\w.']*)
      | (?P<character>'(?:\\.|[^'\\\n])+')""",
    re.VERBOSE | re.DOTALL,
)


def _blanked(text):
    return re.sub(r"[^\n]", " ", text)


def code(source):
    """The source with comments and the insides of literals blanked; lines and columns stay."""
    return TOKEN.sub(lambda m: m.group() if m.lastgroup == "number" or m.group("number") else _blanked(m.group()), source)


def without_comments(source):
    return TOKEN.sub(
        lambda m: _blanked(m.group()) if m.group("line_comment") or m.group("block_comment") else m.group(), source
    )


def literals(source):
    """(line, text) of every string literal, comments left out."""
    for match in TOKEN.finditer(source):
        if match.group("string") is not None:
            yield line_of(source, match.start()), match.group("text")
        elif match.group("raw") is not None:
            yield line_of(source, match.start()), match.group("raw_text")


INCLUDED = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)


def with_its_includes(path, folders, seen=None):
    """`path` and every header of ours that it includes, directly or not."""
    seen = set() if seen is None else seen
    if path not in seen:
        seen.add(path)
        for name in INCLUDED.findall(read(path)):
            for folder in folders:
                if (folder / name).is_file():
                    with_its_includes(folder / name, folders, seen)
    return seen


def key_of(path, root, folders, *more):
    """A hash that changes when `path`, a header of ours that it includes, or `more` changes."""
    key = hashlib.sha256("\0".join(more).encode())
    for part in sorted(with_its_includes(path, folders)):
        key.update(str(part.relative_to(root)).encode() + b"\0" + part.read_bytes() + b"\0")
    return key.hexdigest()


COMPILER = os.environ.get("CXX", "g++")


def compiler_version():
    return subprocess.run([COMPILER, "--version"], capture_output=True, text=True, check=True).stdout


def compiled(*arguments):
    """Runs the compiler; its messages are in plain English with plain quotation marks."""
    return subprocess.run([COMPILER, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})


# --- components ----------------------------------------------------------------------------------


@dataclasses.dataclass
class Component:
    name: str
    layer: str
    folder: pathlib.Path
    needs: list
    test_needs: list

    def sources(self):
        found = [p for p in self.folder.rglob("*") if p.suffix in (".h", ".cpp") and p.is_file()]
        return sorted(p for p in found if "node_modules" not in p.parts)


def is_test(path):
    return path.name.endswith("_test.cpp")


def components(root):
    """{name: Component} of every folder src/<layer>/<name> that states itself in its CMakeLists.txt."""
    found = {}
    for layer in LAYERS:
        for lists in sorted((root / "src" / layer).glob("*/CMakeLists.txt")):
            text = re.sub(r"#[^\n]*", "", read(lists))
            match = re.search(r"\bballast_component\s*\(([^)]*)\)", text)
            if not match:
                # A program of its own: what it is linked with is what it needs.
                program = re.search(r"\btarget_link_libraries\s*\(\s*\w+\s+(?:PRIVATE|PUBLIC)\s+([^)]*)\)", text)
                if program:
                    name = lists.parent.name
                    needs = [word for word in program.group(1).split() if re.fullmatch(r"[a-z_]+", word)]
                    found[name] = Component(name, layer, lists.parent, needs, [])
                continue
            name, *words = match.group(1).split()
            lists_of = {"NEEDS": [], "LIBRARIES": [], "TEST_NEEDS": [], "TEST_LIBRARIES": []}
            current = None
            for word in words:
                if word in lists_of:
                    current = word
                elif current:
                    lists_of[current].append(word)
            found[name] = Component(name, layer, lists.parent, lists_of["NEEDS"], lists_of["TEST_NEEDS"])
    return found
