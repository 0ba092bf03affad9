#!/usr/bin/env python3
"""A check that cannot fail is worthless: each must pass a clean tree and find every planted fault."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

CLEAN = {
    "src/foundation/base/CMakeLists.txt": "ballast_component(base)",
    "src/foundation/base/date.h": "#pragma once\nstruct Date {};\n",
    "src/foundation/base/clock.cpp": "auto t = std::chrono::system_clock::now();\n",
    "src/foundation/db/CMakeLists.txt": "ballast_component(db NEEDS base LIBRARIES sqlite3)",
    "src/foundation/db/db.h": '#pragma once\n#include "base/date.h"\nstruct Tx { Date date; };\n',
    "src/engines/feel/CMakeLists.txt": "ballast_component(feel NEEDS base)",
    "src/engines/feel/feel.h": '#pragma once\n#include "base/date.h"\ninline Date today;\n',
    "src/modules/auth/CMakeLists.txt": "ballast_component(auth NEEDS base db)",
    "src/modules/auth/auth.cpp": 'auto q = "SELECT id FROM auth_user"; auto right = "registry_person";\n',
    "src/modules/auth/schema/0001_users.sql": "CREATE TABLE auth_user (id BIGINT);\n",
    "src/modules/audit/CMakeLists.txt": "ballast_component(audit NEEDS base db auth)",
    "src/modules/registry/CMakeLists.txt": "ballast_component(registry # the register\n  NEEDS base db\n  auth)",
    "src/modules/registry/person.cpp": '#include "auth/auth.h"\n'
    'auto q = "SELECT p.id FROM registry_person p"; // SELECT * FROM auth_user\n'
    'auto e = invalid("registry.no_person"); // invalid("registry.imagined")\n',
    "src/modules/registry/person_test.cpp": 'auto e = std::getenv("PATH"); std::cout << invalid("test.only").id;\n',
    "src/modules/registry/schema/0030_people.sql": "CREATE TABLE registry_person (id BIGINT); -- auth_user\n"
    "CREATE VIEW registry_v_people AS SELECT id FROM registry_person;\n",
    "src/modules/feeds/CMakeLists.txt": "ballast_component(feeds NEEDS base db registry)",
    "src/modules/feeds/match.cpp": 'auto q = "SELECT id FROM registry_v_people"; // std::random_device\nint time_of(int time);\n',
    "src/delivery/cli/CMakeLists.txt": "ballast_component(cli NEEDS base feeds)",
    "src/delivery/cli/main.cpp": 'int main() { std::cout << "rand()"; }\n',
    "src/foundation/packs/CMakeLists.txt": "ballast_component(packs NEEDS base)",
    "src/foundation/packs/packs.cpp": "#include \"base/toml.h\"\n",
    "words/registry.zh.json": '{"registry.no_person": "没有 {name} 这个人。"}',
    "words/registry.en.json": '{"registry.no_person": "There is nobody called {name}."}',
    "tests/must_not_compile/int_as_text.cpp": "// refused: invalid conversion\n#ifdef CONTROL\nint n = 1;\n#else\nint n = \"1\";\n#endif\n",
}


class Checks(unittest.TestCase):
    def faults(self, check, changes):
        """What tools/check_<check>.py says of the clean tree with some files changed; None takes a file away."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**CLEAN, **changes}.items():
                if text is None:
                    continue
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            result = subprocess.run(
                [sys.executable, ROOT / "tools" / f"check_{check}.py", "--root", folder],
                capture_output=True, text=True, check=False)
            said = result.stderr
            self.assertNotIn("Traceback", said)
            self.assertEqual(result.returncode, 1 if said else 0, said)
            return said

    def finds(self, check, expected, changes):
        with self.subTest(expected):
            self.assertIn(expected, self.faults(check, changes))

    def test_a_clean_tree_passes(self):
        for check in ("layers", "banned", "words", "migrations", "toml"):
            with self.subTest(check):
                self.assertEqual(self.faults(check, {}), "")

    def test_toml(self):
        packs = "src/foundation/packs/packs.cpp"
        self.finds("toml", "packs.cpp:1: toml++ itself", {packs: "#include <toml++/toml.h>\n"})
        self.finds("toml", "packs.cpp:1: a switch of toml++",
                   {packs: "#define TOML_EXCEPTIONS 1\n#include \"base/toml.h\"\n"})
        self.finds("toml", "date.h:2: toml++ itself",
                   {"src/foundation/base/date.h": "#pragma once\n#include <toml++/toml.h>\n"})

    def test_layers(self):
        def component(name, layer, needs):
            return {f"src/{layer}/{name}/CMakeLists.txt": f"ballast_component({name} NEEDS {needs})"}

        self.finds("layers", "feel/deep.cpp:2: feel includes db/ but does not need it",
                   {"src/engines/feel/deep.cpp": '// why\n#include "db/db.h"\n'})
        self.finds("layers", "there is no such component", {"src/engines/feel/deep.cpp": '#include "nowhere/x.h"\n'})
        self.finds("layers", "lies above it", component("base", "foundation", "cli"))
        self.finds("layers", "the engine feel reaches db", component("feel", "engines", "base db"))
        self.finds("layers", "the engine dmn reaches db",
                   component("dmn", "engines", "table") | component("table", "foundation", "db"))
        self.finds("layers", "registry needs itself in a circle", component("registry", "modules", "base db auth feeds"))
        self.finds("layers", "auth may not use the module registry", component("auth", "modules", "base db registry"))
        self.finds("layers", "audit may not use the module registry", component("audit", "modules", "auth registry"))
        self.finds("layers", "which is no component", component("feeds", "modules", "base db registry nobody"))
        self.finds("layers", "calls itself", {"src/modules/feeds/CMakeLists.txt": "ballast_component(fed NEEDS registry)"})
        self.finds("layers", "without ballast_component", {"src/modules/lost/lost.cpp": "int lost;\n"})

    def test_sql_of_others(self):
        for sql in ('"SELECT id FROM registry_person"', '"DELETE FROM\\n registry_person"', 'R"(SELECT 1\nFROM registry_person)"',
                    '"INSERT INTO registry_made_up VALUES (?)"', '"SELECT 1 WHERE registry_person.id = ?"'):
            self.finds("layers", "a table of registry", {"src/modules/feeds/match.cpp": f"auto q = {sql};\n"})
        self.finds("layers", "match.cpp:3: SQL of feeds", {"src/modules/feeds/match.cpp": 'auto q = R"(\nSELECT\n1 FROM registry_person)";\n'})
        self.finds("layers", "SQL of cli names auth_user", {"src/delivery/cli/users.cpp": 'auto q = "UPDATE auth_user SET x = 1";\n'})
        self.finds("layers", "a table of auth", {
            "src/modules/registry/schema/0031_x.sql": "CREATE TABLE registry_x (id BIGINT REFERENCES auth_user(id));\n"})
        self.finds("layers", "must be called feeds_", {"src/modules/feeds/schema/0050_x.sql": "CREATE TABLE rows (id BIGINT);\n"})
        self.finds("layers", "must be called feeds_v_", {
            "src/modules/feeds/schema/0050_x.sql": "CREATE VIEW feeds_open AS SELECT 1;\n"})

    def test_banned(self):
        for line, what in {
            "auto t = std::chrono::system_clock::now();": "reads the clock",
            "using std::chrono::high_resolution_clock;": "reads the clock",
            "auto t = time(nullptr);": "reads the clock",
            "auto t = std::time( 0 );": "reads the clock",
            "auto d = system_clock().today();": "asks the machine's clock",
            "auto t = std::chrono::steady_clock::now();": "measures time",
            "std::random_device device;": "draws random numbers",
            "int n = rand();": "draws random numbers",
            "std::mt19937 twister;": "draws random numbers",
            "randombytes_buf(p, n);": "draws secrets",
            'auto e = std::getenv("HOME");': "reads the environment",
            'std::cerr << "x";': "prints",
            'printf("x");': "prints",
            'std::fputs("x", f);': "prints",
            'auto q = "UPDATE x SET at = CURRENT_TIMESTAMP";': "SQL reads the clock",
            """auto q = "SELECT datetime('now')";""": "SQL reads the clock",
        }.items():
            self.finds("banned", f"match.cpp:2: {what}", {"src/modules/feeds/match.cpp": f"// first\n{line}\n"})
        self.finds("banned", "SQL reads the clock", {
            "src/modules/feeds/schema/0050_x.sql": "CREATE TABLE feeds_x (at TIMESTAMP DEFAULT now());\n"})
        # In a test the environment is free, the clock is not.
        self.finds("banned", "reads the clock", {"src/modules/feeds/x_test.cpp": "auto t = std::time(nullptr);\n"})
        allowed = "int x = brand(1); auto s = snprintf(b, n, f); at.time(0); int big = 1'000'000; auto c = 'x'; // rand()\n"
        self.assertEqual(self.faults("banned", {"src/modules/feeds/match.cpp": allowed}), "")

    def test_words(self):
        zh, en = "words/registry.zh.json", "words/registry.en.json"
        self.finds("words", "registry.en.json:1: registry.no_person is missing", {en: "{}"})
        self.finds("words", "registry.zh.json:1: registry.more is missing",
                   {en: '{"registry.no_person": "Nobody {name}.", "registry.more": "More."}'})
        self.finds("words", "has the places ['nom']", {en: '{"registry.no_person": "Nobody is called {nom}."}'})
        self.finds("words", "has no twin", {en: None})
        self.finds("words", "has no Chinese twin", {zh: None})
        self.finds("words", "not JSON", {en: '{"registry.no_person": }'})
        self.finds("words", "stands 2 times", {en: '{"registry.no_person": "{name}", "registry.no_person": "{name}"}'})
        self.finds("words", "has no sentence", {zh: '{"registry.no_person": ""}'})
        self.finds("words", "is Chinese in the English file", {en: '{"registry.no_person": "没有 {name}"}'})
        self.finds("words", "stands in", {"words/a.zh.json": '{"registry.no_person": "{name}。"}',
                                          "words/a.en.json": '{"registry.no_person": "{name}."}'})
        helper = 'Error refused(std::string id, int n);\nauto e = refused("feeds.unsaid", 1);\n'
        self.finds("words", "match.cpp:2: the error feeds.unsaid", {"src/modules/feeds/match.cpp": helper})
        recorded = 'auto e = audit::record(tx, vault, actor,\n    {"feeds.burn", object, area, "", "{}"}, now);\n'
        self.finds("words", "match.cpp:2: the audit's feeds.burn has no words", {"src/modules/feeds/match.cpp": recorded})
        named = '{"registry.no_person": "Nobody called {name} stands in the sheet 人员."}'
        self.assertEqual(self.faults("words", {en: named}), "")
        caught = 'auto e = invalid("feeds.enough");  // no sentence: caught below\n'
        self.assertEqual(self.faults("words", {"src/modules/feeds/match.cpp": caught}), "")
        for raised in ('invalid(odd ? "registry.no_person" : "feeds.unsaid", 1)', 'invalid("feeds.unsaid")', 'corrupt(\n    "feeds.unsaid", detail)', 'Error{ErrorKind::conflict, "feeds.unsaid"}'):
            self.finds("words", "the error feeds.unsaid has no sentence",
                       {"src/modules/feeds/match.cpp": f"auto e = {raised};\n"})

    def test_migrations(self):
        self.finds("migrations", "is taken by", {"src/modules/registry/schema/0030_other.sql": "SELECT 1;"})
        self.finds("migrations", "outside the range of registry, 0030 to 0049", {"src/modules/registry/schema/0050_x.sql": ""})
        self.finds("migrations", "called NNNN_name.sql", {"src/modules/registry/schema/31_x.sql": ""})

    def test_headers(self):
        self.finds("headers", "needy.h:1: does not compile alone",
                   {"src/modules/feeds/needy.h": "#pragma once\ninline std::string s;\n"})
        # Its own source shows it, when it includes the header before anything else.
        needy = {"src/modules/feeds/needy.h": "#pragma once\ninline std::string s;\n"}
        self.assertEqual(self.faults("headers", needy | {"src/modules/feeds/needy.cpp": '#include "feeds/needy.h"\n'}), "")
        self.finds("headers", "needy.h:1: does not compile alone",
                   needy | {"src/modules/feeds/needy.cpp": '#include <string>\n#include "feeds/needy.h"\n'})

    def test_must_not_compile(self):
        name = "tests/must_not_compile/int_as_text.cpp"
        self.assertEqual(self.faults("must_not_compile", {}), "")
        self.finds("must_not_compile", "compiles, though the types must refuse it",
                   {name: "// refused: conversion\n#ifdef CONTROL\n#endif\nint n = 1;\n"})
        self.finds("must_not_compile", "fails, but not with", {name: CLEAN[name].replace("invalid conversion", "no match")})
        self.finds("must_not_compile", "its right branch does not compile", {name: "// refused: x\n#ifdef CONTROL\n#endif\nint n = y;\n"})
        self.finds("must_not_compile", "must begin with", {name: "int n = y;\n"})
        self.finds("must_not_compile", "holds nothing", {name: None})


if __name__ == "__main__":
    unittest.main()
