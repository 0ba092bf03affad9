#!/usr/bin/env python3
"""Holds every component to its layer and to the needs it states (docs/architecture.md, section 2).

- every #include "component/..." is among the NEEDS in that component's CMakeLists.txt (a test's also among
  TEST_NEEDS), and every need exists;
- needs point down or sideways: delivery > modules > engines > foundation; there are no cycles;
- engines do not reach db; auth uses no other module, audit none but auth;
- a module's tables are named <module>_..., its published views <module>_v_...; SQL names no other component's
  tables, only its published views.
"""
import re

from checking import LAYERS, Fault, components, is_test, line_of, literals, read, run, without_comments

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"/]+)/[^"]*"', re.MULTILINE)
CREATED = re.compile(r"\bCREATE\s+(?:TEMP(?:ORARY)?\s+)?(TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_0-9]+)", re.IGNORECASE)
NAMED_BY_SQL = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|VIEW|REFERENCES|ON)\s+([a-z][a-z_0-9]*)", re.IGNORECASE)
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|JOIN|WHERE|INTO|SET|VALUES)\b")
MODULES_WITHOUT_MODULES = {"auth": set(), "audit": {"auth"}}


def check_includes(everything):
    for component in everything.values():
        for path in component.sources():
            text = without_comments(read(path))
            allowed = {component.name, *component.needs, *(component.test_needs if is_test(path) else [])}
            for match in INCLUDE.finditer(text):
                used = match.group(1)
                if used in ("embedded", "generate") or used in allowed:
                    continue
                why = f"add {used} to NEEDS" if used in everything else "there is no such component"
                yield Fault(path, line_of(text, match.start()), f"{component.name} includes {used}/ but does not need it: {why}")


def check_needs(everything):
    for component in everything.values():
        lists = component.folder / "CMakeLists.txt"
        if component.folder.name != component.name:
            yield Fault(lists, 1, f"the component of folder {component.folder.name} calls itself {component.name}")
        for need in component.needs + component.test_needs:
            if need not in everything:
                yield Fault(lists, 1, f"{component.name} needs {need}, which is no component")
                continue
            other = everything[need]
            if LAYERS.index(other.layer) > LAYERS.index(component.layer):
                yield Fault(lists, 1, f"{component.name} ({component.layer}) needs {need} ({other.layer}), which lies above it")
            only = MODULES_WITHOUT_MODULES.get(component.name)
            if component.layer == "modules" and other.layer == "modules" and only is not None and need not in only | {component.name}:
                yield Fault(lists, 1, f"{component.name} may not use the module {need}: every module uses {component.name}")
        if component.layer == "engines" and "db" in reached(everything, component.name):
            yield Fault(lists, 1, f"the engine {component.name} reaches db: an engine computes on values, not on tables")


def reached(everything, start):
    """Every component that `start` needs, directly or through others."""
    seen, todo = set(), [start]
    while todo:
        component = everything.get(todo.pop())
        for need in component.needs if component else []:
            if need not in seen:
                seen.add(need)
                todo.append(need)
    return seen


def check_cycles(everything):
    for component in everything.values():
        if component.name in reached(everything, component.name):
            yield Fault(component.folder / "CMakeLists.txt", 1, f"{component.name} needs itself in a circle")


def check_sql(everything):
    owner_of = {}
    for component in everything.values():
        for script in sorted(component.folder.glob("schema/**/*.sql")):
            sql = re.sub(r"--[^\n]*", "", read(script))
            for kind, name in CREATED.findall(sql):
                owner_of[name.lower()] = component.name
                prefix = component.name + ("_v_" if kind.upper() == "VIEW" else "_")
                if not name.startswith(prefix):
                    at = line_of(sql, sql.index(name))
                    yield Fault(script, at, f"the {kind.lower()} {name} of {component.name} must be called {prefix}...")
    owners = sorted({c.name for c in everything.values() if c.layer in ("modules", "delivery")}, key=len, reverse=True)

    def others_tables(component, text):
        named = [(m.start(1), m.group(1).lower()) for m in NAMED_BY_SQL.finditer(text)]
        if SQL.search(text):  # not a right or a key that is called like a table
            words = re.finditer(r"\b[a-z]+_[a-z_0-9]+\b", text)
            named += [(m.start(), m.group()) for m in words if m.group() in owner_of]
        for at, name in named:
            owner = owner_of.get(name) or next((o for o in owners if name.startswith(o + "_")), None)
            if owner and owner != component.name and not name.startswith(owner + "_v_"):
                yield at, name, owner

    for component in everything.values():
        if component.layer == "foundation":
            continue
        pieces = []
        for script in sorted(component.folder.glob("schema/**/*.sql")):
            pieces.append((script, 1, re.sub(r"--[^\n]*", "", read(script))))
        for path in component.sources():
            if not is_test(path):
                pieces += [(path, line, text) for line, text in literals(read(path))]
        for path, line, text in pieces:
            for at, name, owner in others_tables(component, text):
                yield Fault(path, line + text.count("\n", 0, at),
                            f"SQL of {component.name} names {name}, a table of {owner}: use a view {owner}_v_... or its functions")


def check(root):
    everything = components(root)
    for layer in LAYERS:
        for folder in sorted((root / "src" / layer).glob("*/")):
            has_sources = any(folder.glob("*.cpp")) or any(folder.glob("*.h"))
            if has_sources and not any(c.folder.samefile(folder) for c in everything.values()):
                yield Fault(folder, 1, "a folder with sources but without ballast_component(...) in its CMakeLists.txt")
    yield from check_includes(everything)
    yield from check_needs(everything)
    yield from check_cycles(everything)
    yield from check_sql(everything)


if __name__ == "__main__":
    run(check, __doc__)
