#!/usr/bin/env python3
"""Runs the program as a person at a terminal does: what it says, and what it answers to the shell.

usage: cli_test.py PROGRAM [unittest arguments]
"""
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))


def ballast(*arguments, given=""):
    done = subprocess.run([PROGRAM, *arguments, "--lang", "en"], input=given, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def answer(*arguments, given=""):
    code, out, _ = ballast(*arguments, "--json", given=given)
    return code, json.loads(out)


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="ballast-cli-")
        cls.data = os.path.join(cls.place, "county")
        code, said, errors = ballast("init", "--area", "513431", "--data", cls.data)
        assert code == 0, errors
        code, _, errors = ballast("users", "add", "wang", "--name", "王芳", "--role", "county_officer", "--area",
                                  "513431", "--data", cls.data, given="long-enough\n")
        assert code == 0, errors

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place)

    def serve(self, data):
        server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--data", data, "--json"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        return server, json.loads(server.stdout.readline())["address"].removeprefix("http://")

    def test_insurance_settle_refuses_what_it_cannot_settle(self):
        series = os.path.join(self.place, "56137.csv")
        with open(series, "w") as file:
            file.write("日期,数值\n2025-10-01,1.2\n")

        def settle(product, season="2025"):
            code, said = answer("insurance", "settle", "--product", product, "--area", "513431", "--season", season,
                                "--series", series, "--data", self.data)
            return code, said["error"]["id"]
        self.assertEqual(settle("rice_full_cost"), (2, "insurance.not_by_series"))
        self.assertEqual(settle("no_such_product"), (3, "insurance.no_such_product"))
        self.assertEqual(settle("snow_index"), (5, "insurance.nothing_to_settle"))

    def test_rules_evaluate_decides_a_sheet_and_says_why(self):
        model = os.path.join(os.path.dirname(__file__), "../../packs/screening/water.dmn")
        facts, decided = os.path.join(self.place, "facts.csv"), os.path.join(self.place, "decided.csv")
        with open(facts, "w") as file:
            file.write("water_outage_days,water_quality_bad,water_outage_limit\n5,true,3\n1,false,3\n")
        code, counts = answer("rules", "evaluate", model, "--decision", "warnings", "--input", facts, "--output", decided,
                              "--explain")
        self.assertEqual((code, counts["rows"], counts["rules"][0]["matched"]), (0, 2, 1))
        with open(decided, encoding="utf-8-sig") as file:
            self.assertIn("wanted: > water_outage_limit (water_outage_limit = 3)", file.read())
        # Without a column the parameter of the pack holds, and is told with its day and authority.
        with open(facts, "w") as file:
            file.write("water_outage_days,water_quality_bad\n5,true\n3,false\n")
        code, counts = answer("rules", "evaluate", model, "--decision", "warnings", "--input", facts, "--output", decided,
                              "--explain", "--area", "513431", "--as-of", "2026-11-01")
        self.assertEqual((code, counts["rules"][0]["matched"]), (0, 1))
        with open(decided, encoding="utf-8-sig") as file:
            self.assertIn("(water_outage_limit) is 3 from 2021-01-01, by: assumed", file.read())
        code, _, errors = ballast("rules", "evaluate", model, "--decision", "warnings", "--input", decided + ".no",
                                  "--output", decided)
        self.assertEqual(code, 6)
        self.assertIn("decided.csv.no", errors)

    def test_pack_check_finds_nothing_in_our_packs_and_says_where_a_fault_is(self):
        packs = os.path.join(os.path.dirname(__file__), "../../packs")
        code, found = answer("pack", "check", *(os.path.join(packs, name) for name in sorted(os.listdir(packs))))
        self.assertEqual((code, [pack["findings"] for pack in found["packs"]]), (0, [[]] * len(found["packs"])))
        copy = os.path.join(self.place, "packs", "screening")
        shutil.copytree(os.path.join(packs, "screening"), copy)
        os.remove(os.path.join(copy, "cases", "good", "R01.toml"))
        code, said, _ = ballast("pack", "check", copy)
        self.assertEqual(code, 2)
        self.assertIn("screening/cases/good/R01.toml: there are no cases here", said)

    def test_pack_check_reads_insurance_products_and_names_every_file_that_is_wrong(self):
        copy = os.path.join(self.place, "packs", "insurance")
        shutil.copytree(os.path.join(os.path.dirname(__file__), "../../packs/insurance"), copy)

        def spoil(name, before, after):
            path = os.path.join(copy, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            self.assertIn(before, text)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace(before, after, 1))

        spoil("cotton_target_price.toml", 'county = "0.4"', 'county = "0.5"')  # shares that do not add up
        spoil("rice_full_cost.toml", 'first = "06-16"', 'first = "06-10"')  # stages that overlap
        spoil("pig_futures.toml", 'last = "08-31"', 'last = "09-30"')  # sold when the window has begun
        code, said, _ = ballast("pack", "check", copy)
        self.assertEqual(code, 2)
        self.assertIn("insurance/cotton_target_price.toml:15: The shares add up to 1.1, not to 1.", said)
        self.assertIn("insurance/rice_full_cost.toml, line 36: 06-10 lies in 2 stages.", said)
        self.assertIn("insurance/pig_futures.toml, line 9: it is sold until 09-30", said)

    def test_pack_check_says_file_and_line_of_each_fault_that_was_passed_over(self):
        broken = os.path.join(os.path.dirname(__file__), "../data/packs")
        wanted = {"no_such_area": [("packs.unknown_area", 6)], "copied": [("packs.other_name", 1)],
                  "sites_as_households": [("programmes.pack_unit_of_rows", 14)],
                  "wrong_parent": [("programmes.pack_reference", 3), ("programmes.pack_unknown_key", 12)], "sound": []}
        for name, faults in wanted.items():
            code, found = answer("pack", "check", os.path.join(broken, name))
            self.assertEqual((code, [(one["id"], one["line"]) for one in found["packs"][0]["findings"]]), (2 if faults else 0, faults))
        # Of a pack that is no programme as well.
        copy = os.path.join(self.place, "areas", "funds")
        shutil.copytree(os.path.join(os.path.dirname(__file__), "../../packs/funds"), copy)
        with open(os.path.join(copy, "pack.toml"), encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(copy, "pack.toml"), "w", encoding="utf-8") as file:
            file.write(text.replace("000000000000", "513499"))
        code, found = answer("pack", "check", copy)
        self.assertEqual((code, [(one["id"], one["file"], one["line"]) for one in found["packs"][0]["findings"]]),
                         (2, [("packs.unknown_area", "funds/pack.toml", "6")]))

    def test_a_new_pack_passes_its_check_until_it_is_broken(self):
        packs = os.path.join(self.place, "new_packs")
        os.mkdir(packs)
        code, made = answer("pack", "new", "reading_rooms", "--in", packs)
        self.assertEqual(code, 0)
        code, found = answer("pack", "check", made["folder"])
        self.assertEqual((code, found["packs"][0]["findings"]), (0, []))
        self.assertEqual(ballast("pack", "new", "reading_rooms", "--in", packs)[0], 5)
        with open(os.path.join(made["folder"], "programme.toml"), "a", encoding="utf-8") as file:
            file.write("\nno_such_key = 1\n")
        code, said, _ = ballast("pack", "check", made["folder"])
        self.assertEqual(code, 2)
        self.assertIn("reading_rooms/programme.toml:", said)
        self.assertIn("no_such_key", said)
        with open(os.path.join(made["folder"], "parameters.toml"), encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(made["folder"], "parameters.toml"), "w", encoding="utf-8") as file:
            file.write(text.replace("value = 180", "until = 2020-01-01, value = 180"))
        code, said, _ = ballast("pack", "check", made["folder"])
        self.assertEqual((code, said.count("reading_rooms/parameters.toml")), (2, 1))
        self.assertIn("reading_rooms/parameters.toml, line 6: there is no key “until”", said)

    def test_pack_check_takes_a_name_and_tells_a_copy_once(self):
        ours = os.path.join(os.path.dirname(__file__), "../../packs")
        place = os.path.join(self.place, "named")
        for pack, name in (("environment", "environment"), ("indicators", "copied"), ("returns", "returned")):
            shutil.copytree(os.path.join(ours, pack), os.path.join(place, "packs", name))
        # A copy that bears the other's name says so first; here it was given its own.
        done = subprocess.run([PROGRAM, "pack", "check", "copied", "--json"], cwd=place, capture_output=True, text=True)
        self.assertEqual([one["id"] for one in json.loads(done.stdout)["packs"][0]["findings"]], ["packs.other_name", "indicators.pack_copy"])
        for pack, name in (("indicators", "copied"), ("returns", "returned")):
            head = os.path.join(place, "packs", name, "pack.toml")
            with open(head, encoding="utf-8") as file:
                text = file.read()
            with open(head, "w", encoding="utf-8") as file:
                file.write(text.replace(f'name = "{pack}"', f'name = "{name}"'))
        done = subprocess.run([PROGRAM, "pack", "check", "environment", "--json"], cwd=place, capture_output=True, text=True)
        self.assertEqual((done.returncode, json.loads(done.stdout)["packs"][0]["findings"]), (0, []))
        for name, source in (("copied", "indicators"), ("returned", "returns")):
            done = subprocess.run([PROGRAM, "pack", "check", name, "--json"], cwd=place, capture_output=True, text=True)
            found = json.loads(done.stdout)["packs"][0]["findings"]
            self.assertEqual([(one["id"], f"“{source}”" in one["says"]) for one in found], [("indicators.pack_copy", True)])

    def test_help_names_every_command_and_gives_an_example(self):
        code, said, _ = ballast("--help")
        self.assertEqual(code, 0)
        for command in ("serve", "doctor", "backup", "restore", "areas", "users", "audit", "papers"):
            self.assertIn(command, said)
        code, said, _ = ballast("areas", "find", "--help")
        self.assertEqual(code, 0)
        self.assertIn("Example: ballast areas find", said)

    def test_speaks_chinese_when_asked(self):
        done = subprocess.run([PROGRAM, "areas", "find", "qqqqqqqq", "--lang", "zh"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 3)
        self.assertIn("没有与“qqqqqqqq”相符的区划", done.stderr)

    def test_what_cannot_be_understood_exits_with_2(self):
        for arguments in ((), ("dance",), ("areas", "find"), ("areas", "find", "x", "--limit", "many"), ("doctor",)):
            self.assertEqual(ballast(*arguments)[0], 2, arguments)

    def test_finds_an_area_without_a_data_directory(self):
        code, found = answer("areas", "find", "zjx", "--within", "5134")
        self.assertEqual(code, 0)
        self.assertIn("513431000000", [item["code"] for item in found["items"]])

    def test_a_directory_that_is_not_there_exits_with_3(self):
        code, refused = answer("users", "list", "--data", "/no/such/county")
        self.assertEqual(code, 3)
        self.assertEqual(refused["error"]["id"], "app.no_directory")

    def test_an_area_that_is_no_county_or_a_used_directory_is_refused(self):
        code, refused = answer("init", "--area", "5134", "--data", os.path.join(self.place, "other"))
        self.assertEqual((code, refused["error"]["id"]), (2, "app.no_such_county"))
        code, refused = answer("init", "--area", "513431", "--data", self.data)
        self.assertEqual((code, refused["error"]["id"]), (5, "app.directory_not_empty"))

    def test_users_are_added_and_listed(self):
        code, refused = answer("users", "add", "wang", "--name", "x", "--role", "county_officer", "--area", "513431",
                               "--data", self.data, given="long-enough\n")
        self.assertEqual((code, refused["error"]["id"]), (5, "auth.account_taken"))
        code, users = answer("users", "list", "--data", self.data)
        self.assertEqual(code, 0)
        self.assertEqual(users["items"][0]["grants"], [{"role": "county_officer", "area": "513431000000"}])

    def test_the_sheets_of_a_register_come_as_several_files_and_are_one_import(self):
        def file(name, *lines):
            path = os.path.join(self.place, name)
            with open(path, "w", encoding="utf-8") as out:
                out.write("".join(line + "\n" for line in lines))
            return path

        digits = "51343119800301001"
        number = digits + "10X98765432"[sum(int(d) * (1 << (17 - i)) for i, d in enumerate(digits)) % 11]
        households = file("户.csv", "户编号,行政村代码,村民小组,农户类型", "0001,513431100003,一组,脱贫户")
        members = file("成员.csv", "户编号,姓名,证件号码,与户主关系", f"0001,吉克·阿依,{number},户主", "0009,沙马·木果,,户主")
        code, seen = answer("registry", "import", households, members, "--preview", "--data", self.data)
        self.assertEqual(code, 0, seen)
        self.assertEqual((seen["households"]["new"], seen["rows"]["new"], seen["rows"]["rejected"]), (1, 2, 1))
        self.assertFalse(seen["applied"])
        code, refused = answer("registry", "import", households, os.path.join(self.place, "none.csv"), "--data", self.data)
        self.assertNotEqual(code, 0)
        self.assertEqual(refused["error"]["args"]["file"], "none.csv")

    def test_a_sheet_of_posts_is_taken_whole_or_not_at_all(self):
        sheets = os.path.join(os.path.dirname(__file__), "../data/employment")
        code, said, _ = ballast("employment", "posts", os.path.join(sheets, "岗位有误.csv"), "--data", self.data)
        self.assertEqual(code, 2)
        self.assertIn('row 4: "工种" cannot be read.', said)
        taken = os.path.join(sheets, "岗位.csv")
        self.assertEqual(answer("employment", "posts", taken, "--data", self.data)[1]["changed"], 2)
        self.assertEqual(answer("employment", "posts", taken, "--data", self.data)[1]["changed"], 0)
        code, wishes = answer("employment", "wishes", os.path.join(sheets, "就业意愿.csv"), "--data", self.data)
        self.assertEqual((code, [one["id"] for one in wishes["faults"]]), (2, ["employment.no_person"] * 2))

    def test_the_figures_of_a_text_are_listed_whole_or_not_at_all(self):
        text, rows = os.path.join(self.place, "issue.txt"), os.path.join(self.place, "figures.csv")

        def refused(content, output, *words):
            with open(text, "wb") as file:
                file.write(content)
            code, _, said = ballast("bulletin", "figures", text, "--output", output)
            self.assertNotEqual(code, 0)
            for word in words:
                self.assertIn(word, said)

        refused("共1200人。".encode("gbk"), rows, "UTF-8", "byte 0")
        refused("共1200人。".encode() + b"\xff", rows, "UTF-8", "byte 13")
        refused(b"", rows, "empty")
        refused("共1200人。".encode(), text, "over the text")
        refused("共1200人。".encode(), os.path.join(self.place, "none", "figures.csv"), "cannot be written")
        self.assertFalse(os.path.exists(rows))
        with open(text, "rb") as file:
            self.assertEqual(file.read(), "共1200人。".encode())
        with open(text, "w") as file:  # right to left, and a character beyond the basic plane
            file.write("\ufeff\u202eשלום مرحبا 𠀀 共1200人。\n")
        self.assertEqual(ballast("bulletin", "figures", text, "--output", rows)[0], 0)
        with open(rows) as file:
            self.assertIn("1200人,quantity,1200,人", file.read())
        os.truncate(text, 100 << 20)
        code, _, said = ballast("bulletin", "check", text)
        self.assertNotEqual(code, 0)
        self.assertIn("larger than 64 MB", said)

    def test_entries_of_a_feed_are_added_to_an_issue_and_built(self):
        def file(name, text):
            path = os.path.join(self.place, name)
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
            return path

        text = file("简报.txt", "目 录\n乡村动态\n昭觉县 | 公益岗位托底\n\n乡村动态\n昭觉县 | 公益岗位托底\n全县新开公益岗位120个。\n")
        code, made = answer("bulletin", "import", text, "--data", self.data)
        self.assertEqual((code, made["articles"]), (0, 1), made)
        issue = str(made["issue"])
        entries = "".join(
            f"<item><title>{title}</title><link>https://example.org/{i}</link><description>{body}</description></item>"
            for i, (title, body) in enumerate((("三所小学结对", "三所小学与县城学校结对，送课24节。"), ("新修通村路", "新修通村路8公里。"))))
        feed = file("来稿.xml", f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>来稿</title>{entries}</channel></rss>')
        code, added = answer("bulletin", "import", feed, "--issue", issue, "--data", self.data)
        self.assertEqual((code, str(added["issue"]), added["articles"]), (0, issue, 2), added)
        code, broken = answer("bulletin", "import", file("坏.xml", "<rss><channel><item>"), "--issue", issue, "--data", self.data)
        self.assertNotEqual(code, 0, broken)

        built = os.path.join(self.place, "built")
        self.assertEqual(answer("bulletin", "build", issue, "--format", "txt", "--output", built, "--data", self.data)[0], 0)
        with open(built, encoding="utf-8") as out:
            printed = out.read()
        for part in ("公益岗位120个", "送课24节", "新修通村路8公里"):
            self.assertEqual(printed.count(part), 1, printed)
        self.assertEqual(answer("bulletin", "build", issue, "--format", "html", "--site", "https://example.org", "--output", built, "--data", self.data)[0], 0)
        with open(built, encoding="utf-8") as out:
            self.assertIn(f'og:image" content="https://example.org/api/public/bulletins/{issue}/preview"', out.read())

    def test_a_blank_paper_is_printed_whole_or_not_at_all(self):
        code, said = answer("papers", "list")
        self.assertEqual(code, 0)
        self.assertIn("visit_form", [paper["kind"] for paper in said["papers"]])
        file = os.path.join(self.place, "minutes.pdf")
        self.assertEqual(ballast("papers", "blank", "minutes", "--output", file)[0], 0)
        with open(file, "rb") as written:
            self.assertTrue(written.read().startswith(b"%PDF-"))
        for name, wrong in (("minutes.odt", "minutes"), ("minutes.html", "no_such_paper"), ("none/minutes.pdf", "minutes")):
            file = os.path.join(self.place, name)
            self.assertNotEqual(ballast("papers", "blank", wrong, "--output", file)[0], 0)
            self.assertFalse(os.path.exists(file))

    def test_the_doctor_finds_a_fresh_county_well_and_a_missing_key(self):
        code, found = answer("doctor", "--data", self.data)
        self.assertEqual(code, 0, found)
        copy = os.path.join(self.place, "keyless")
        shutil.copytree(self.data, copy)
        os.remove(os.path.join(copy, "key"))
        code, found = answer("doctor", "--data", copy)
        self.assertEqual(code, 1)
        self.assertIn("crypto.key_missing", [check["id"] for check in found["checks"] if not check["ok"]])
        self.assertEqual(ballast("audit", "verify", "--data", copy)[0], 6)

    def test_a_tampered_audit_row_is_found_and_named(self):
        self.assertEqual(ballast("audit", "verify", "--data", self.data)[0], 0)
        copy = os.path.join(self.place, "tampered")
        shutil.copytree(self.data, copy)
        with sqlite3.connect(os.path.join(copy, "county.db")) as database:
            table = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'audit_e%'").fetchone()[0]
            for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {trigger}")
            database.execute(f"UPDATE {table} SET account = 'somebody'")
        database.close()
        code, verdict = answer("audit", "verify", "--data", copy)
        self.assertEqual(code, 70)
        self.assertEqual(verdict["breaks"][0]["sequence"], 1)

    def test_a_database_put_back_to_an_earlier_day_is_found_by_the_heads_noted_since(self):
        earlier = os.path.join(self.place, "earlier")
        shutil.copytree(self.data, earlier)
        ballast("users", "add", "zhao", "--name", "赵敏", "--role", "county_officer", "--area", "513431", "--data", self.data,
                given="long-enough\n")
        code, verdict = answer("audit", "verify", "--data", self.data)
        self.assertEqual(code, 0)
        note = os.path.join(self.place, "heads.json")
        with open(note, "w", encoding="utf-8") as file:
            json.dump(verdict, file)
        self.assertEqual(answer("audit", "verify", "--data", self.data, "--expect", note)[0], 0)
        code, found = answer("audit", "verify", "--data", earlier, "--expect", note)
        self.assertEqual((code, found["breaks"][0]["what"]), (70, "put_back"))
        with open(note, "w", encoding="utf-8") as file:
            file.write('{"heads": [{"chain": "x"}]}')
        self.assertEqual(answer("audit", "verify", "--data", earlier, "--expect", note)[1]["error"]["id"],
                         "cli.audit.verify.bad_note")

    def test_a_backup_comes_back_whole_and_never_over_something(self):
        file = os.path.join(self.place, "county.zip")
        code, made = answer("backup", file, "--data", self.data)
        self.assertEqual(code, 0, made)
        self.assertFalse(made["key_included"])
        self.assertEqual(answer("backup", file, "--data", self.data)[1]["error"]["id"], "cli.backup.exists")
        back = os.path.join(self.place, "back")
        code, restored = answer("restore", file, "--data", back)
        self.assertEqual(code, 0, restored)
        shutil.copy2(os.path.join(self.data, "key"), os.path.join(back, "key"))
        self.assertEqual(answer("users", "list", "--data", back), answer("users", "list", "--data", self.data))
        self.assertEqual(answer("audit", "verify", "--data", back)[0], 0)
        code, refused = answer("restore", file, "--data", back)
        self.assertEqual((code, refused["error"]["id"]), (5, "app.directory_not_empty"))

    def test_a_damaged_backup_is_refused_and_leaves_nothing(self):
        file = os.path.join(self.place, "with-key.zip")
        self.assertEqual(answer("backup", file, "--with-key", "--data", self.data)[1]["key_included"], True)
        with open(file, "r+b") as archive:
            archive.seek(2000)
            archive.write(b"damage")
        back = os.path.join(self.place, "never")
        code, refused = answer("restore", file, "--data", back)
        self.assertEqual((code, refused["error"]["id"]), (70, "cli.restore.damaged"))
        self.assertFalse(os.path.exists(back) or os.path.exists(back + ".restoring"))

    def test_serves_until_it_is_told_to_end_and_alone(self):
        server, address = self.serve(self.data)
        connection = http.client.HTTPConnection(address, timeout=20)
        connection.request("GET", "/api/meta")
        self.assertEqual(json.load(connection.getresponse())["area"]["code"], "513431000000")
        connection.request("GET", "/households/7", headers={"Accept-Encoding": "gzip"})
        page = connection.getresponse()
        self.assertEqual((page.status, page.headers["Content-Encoding"]), (200, "gzip"))
        etag = page.headers["ETag"]
        page.read()
        connection.request("GET", "/", headers={"If-None-Match": etag})
        page = connection.getresponse()
        self.assertEqual((page.status, page.read()), (304, b""))
        connection.request("GET", "/no/such/file.js")
        page = connection.getresponse()
        page.read()
        self.assertEqual(page.status, 404)
        connection.close()
        code, refused = answer("serve", "--data", self.data)
        self.assertEqual((code, refused["error"]["id"]), (5, "app.directory_in_use"))
        other = os.path.join(self.place, "neighbour")
        self.assertEqual(ballast("init", "--area", "513431", "--data", other)[0], 0)
        code, refused = answer("serve", "--data", other, "--port", address.rpartition(":")[2])
        self.assertEqual((code, refused["error"]["id"]), (5, "app.port_in_use"))
        server.send_signal(signal.SIGINT)
        self.assertEqual(server.wait(timeout=20), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
