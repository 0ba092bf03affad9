#!/usr/bin/env python3
"""Every sentence stands in both languages with the same {places}, every error id in the code has one, and every action
that the audit records by its name.

An error that no user can meet, because its own file catches it, says so on its line: `// no sentence: why`.
"""
import collections
import json
import re

from checking import Fault, is_test, line_of, read, run, without_comments

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")  # an English sentence may name a sheet or a column in Chinese
PLACE = re.compile(r"\{([^{}]*)\}")
KINDS = ["invalid", "not_found", "forbidden", "conflict", "unavailable", "corrupt"]
ERROR_HELPER = re.compile(r"\bError\s+(\w+)\s*\(")
ERROR_VALUE = re.compile(r"\bError\s*\{\s*(?:ballast::)?ErrorKind::\w+\s*,\s*\"([^\"]+)\"")
SHAPED_LIKE_AN_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
RECORDED = re.compile(r'\b(?:audit::record\s*\([^{;]*\{\s*|record\s*\(tx,[^{;"]*)"([a-z_]+\.[a-z_.]+)",')
LITERAL = re.compile(r'"([^"]+)"')


def raised(source):
    """(offset, id) of every id that the source makes an Error of: by a kind, or by a function of its own that
    gives an Error. Looks at the first argument, `invalid(odd ? "a.odd" : "a.even", ...)` included."""
    makers = "|".join([*KINDS, *map(re.escape, set(ERROR_HELPER.findall(source)))])
    for call in re.finditer(rf"\b({makers})\s*\(([^,()]*)", source):
        for literal in LITERAL.finditer(call.group(2)):
            if call.group(1) in KINDS or SHAPED_LIKE_AN_ID.fullmatch(literal.group(1)):
                yield call.start(2) + literal.start(1), literal.group(1)
    for value in ERROR_VALUE.finditer(source):
        yield value.start(1), value.group(1)


def sentences_of(path, faults):
    """{id: sentence}; doubled ids and broken JSON are faults."""
    text = read(path)

    def pairs(items):
        for id, count in collections.Counter(key for key, _ in items).items():
            if count > 1:
                faults.append(Fault(path, 1, f"{id} stands {count} times"))
        return dict(items)

    try:
        found = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        faults.append(Fault(path, error.lineno, f"not JSON: {error.msg}"))
        return {}
    for id, sentence in found.items():
        at = line_of(text, text.find(f'"{id}"'))
        if not isinstance(sentence, str) or not sentence.strip():
            faults.append(Fault(path, at, f"{id} has no sentence"))
        elif path.name.endswith(".en.json") and mostly_chinese(sentence):
            faults.append(Fault(path, at, f"{id} is Chinese in the English file"))
    return found


def mostly_chinese(sentence):
    words = PLACE.sub("", sentence)
    return len(HAN.findall(words)) > len(LATIN.findall(words))


def places(sentence):
    return set(PLACE.findall(sentence)) if isinstance(sentence, str) else set()


def check(root):
    faults, known, file_of = [], set(), {}
    folder = root / "words"
    for path in sorted(folder.glob("*.json")):
        if not re.fullmatch(r"[a-z_0-9]+\.(zh|en)\.json", path.name):
            faults.append(Fault(path, 1, "a word file is called <component>.zh.json or <component>.en.json"))
    for zh in sorted(folder.glob("*.zh.json")):
        en = zh.with_name(zh.name.replace(".zh.json", ".en.json"))
        if not en.exists():
            faults.append(Fault(zh, 1, f"has no twin {en.name}"))
            continue
        chinese, english = sentences_of(zh, faults), sentences_of(en, faults)
        for id in chinese.keys() - english.keys():
            faults.append(Fault(en, 1, f"{id} is missing"))
        for id in english.keys() - chinese.keys():
            faults.append(Fault(zh, 1, f"{id} is missing"))
        for id in chinese.keys() & english.keys():
            if places(chinese[id]) != places(english[id]):
                faults.append(Fault(en, 1, f"{id} has the places {sorted(places(english[id]))}, "
                                           f"in Chinese {sorted(places(chinese[id]))}"))
            if id in file_of:
                faults.append(Fault(zh, 1, f"{id} stands in {file_of[id]} too"))
            file_of[id] = zh.name
        known |= chinese.keys()
    for en in sorted(folder.glob("*.en.json")):
        if not en.with_name(en.name.replace(".en.json", ".zh.json")).exists():
            faults.append(Fault(en, 1, "has no Chinese twin"))

    for path in sorted((root / "src").rglob("*")):
        for_tests = is_test(path) or "db_testing" in path.parts
        if path.suffix not in (".h", ".cpp") or for_tests or "node_modules" in path.parts:
            continue
        lines, source = read(path).split("\n"), without_comments(read(path))
        for at, id in raised(source):
            if id not in known and "// no sentence:" not in lines[line_of(source, at) - 1]:
                faults.append(Fault(path, line_of(source, at), f"the error {id} has no sentence in words/"))
        for event in RECORDED.finditer(source):
            if f"api.action.{event.group(1)}" not in known:
                faults.append(Fault(path, line_of(source, event.start(1)), f"the audit's {event.group(1)} has no words: api.action.*"))
    return faults


if __name__ == "__main__":
    run(check, __doc__)
