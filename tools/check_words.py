#!/usr/bin/env python3
"""Every sentence stands in both languages with the same {places}, and every error id in the code has one."""
import collections
import json
import re

from checking import Fault, code, is_test, line_of, read, run

HAN = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"\{([^{}]*)\}")
ID = r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+"
RAISED = re.compile(
    r"\b(?:invalid|not_found|forbidden|conflict|unavailable|corrupt)\s*\(\s*\"([^\"]+)\""
    r"|\bError\s*\{\s*(?:ballast::)?ErrorKind::\w+\s*,\s*\"([^\"]+)\""
)
WHOLE_LITERAL = re.compile(r'"(' + ID + r')"')


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
        elif path.name.endswith(".en.json") and HAN.search(sentence):
            faults.append(Fault(path, at, f"{id} is Chinese in the English file"))
    return found


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
        if path.suffix not in (".h", ".cpp") or is_test(path) or "node_modules" in path.parts:
            continue
        source = read(path)
        stripped = code(source)
        for match in RAISED.finditer(source):
            at = match.start()
            id = match.group(1) or match.group(2)
            # The same words in a comment are blank in the stripped text.
            if stripped[at].isspace() or id in known:
                continue
            faults.append(Fault(path, line_of(source, at), f"the error {id} has no sentence in words/"))
    return faults


if __name__ == "__main__":
    run(check, __doc__)
