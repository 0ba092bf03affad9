#!/usr/bin/env python3
"""A small demo county from the command line: what it holds, what it hides, and that its numbers agree with its truth file.

usage: demo_test.py PROGRAM [unittest arguments]
"""
import csv
import glob
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))


def ballast(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--lang", "en"], capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def answer(*arguments):
    code, out, errors = ballast(*arguments, "--json")
    assert code == 0, errors
    return json.loads(out)


class Visitor:
    """Somebody at the sign-in page of a served county."""

    def __init__(self, address, account, password="ballast-demo"):
        self.address = address
        self.headers = {"Content-Type": "application/json"}
        reply, session = self.ask("POST", "/api/session", {"account": account, "password": password})
        self.headers["Cookie"] = reply.getheader("Set-Cookie").split(";")[0]
        self.headers["X-CSRF"] = session["csrf"]

    def ask(self, method, path, body=None):
        line = http.client.HTTPConnection(self.address, timeout=60)
        line.request(method, path, json.dumps(body) if body else None, self.headers)
        reply = line.getresponse()
        told = json.loads(reply.read())
        line.close()
        assert reply.status == 200, (path, told)
        return reply, told

    def get(self, path):
        return self.ask("GET", path)[1]


# What the procedure of cases and the machine of clues know. Their states are those that the words name.
CASE_STATES = {"opened", "verified", "consented", "compared", "explaining", "reviewed", "publicised", "objected",
               "town_reviewed", "approved", "enrolled", "rejected", "closed"}
CASE_REASONS = {"asset", "review", "objection", "township", "county", "refused_consent", "no_risk", "resolved_on_spot",
                "single_difficulty", "watch_list", "moved_away", "all_deceased", "not_rural_household"}
CLUE_STATES = {"new", "dispatched", "verifying", "case_opened", "closed"}
CLUE_REASONS = {"no_risk", "duplicate", "resolved_on_spot", "not_rural_household", "refused_consent", "false_report",
                "merged_into_case"}
SOURCES = {"self_report", "grassroots_check", "department_screening", "other"}


def worded(file, prefix):
    """The codes that the program has words for."""
    with open(os.path.join(os.path.dirname(__file__), "..", "..", "words", file + ".zh.json"), encoding="utf-8") as words:
        return {key.removeprefix(prefix) for key in json.load(words) if key.startswith(prefix)}


def codes(items, field):
    return {item[field]["code"] for item in items if item.get(field)}


class DemoCounty(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.mkdtemp(prefix="ballast-demo-test-")
        cls.data = os.path.join(cls.place, "county")
        cls.made = answer("demo", "--data", cls.data, "--people", "2000", "--seed", "3", "--faults", "high", "--no-serve")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.place)

    def served(self):
        server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--data", self.data, "--json"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        return json.loads(server.stdout.readline())["address"].removeprefix("http://")

    def people(self):
        with open(os.path.join(self.data, "samples", "register_成员信息.csv"), encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def test_everybody_in_the_samples_is_in_the_register(self):
        self.assertEqual(self.made["people"], len(self.people()))
        self.assertGreater(self.made["warnings"], 0)

    def test_linking_agrees_with_the_truth_row_by_row(self):
        told = answer("feeds", "evaluate", "--data", self.data, "--truth", os.path.join(self.data, "samples", "truth.csv"))
        self.assertEqual(told["rows"], self.made["rows"])
        self.assertEqual(told["not_received"], 0)
        self.assertEqual(told["disagreements"], {})
        for kind in ("matched", "candidate"):
            self.assertGreater(told[kind]["expected"], 0)
            self.assertEqual(told[kind]["found"], told[kind]["right"])

    def test_no_number_of_anybody_lies_in_clear_outside_the_samples(self):
        numbers = set()
        for person in self.people():
            numbers.add(person["证件号码"].encode())
            for column in ("联系电话", "残疾证号"):
                if person.get(column):
                    numbers.add(person[column].encode())
        self.assertGreater(len(numbers), 1500)
        files = [path for path in glob.glob(os.path.join(self.data, "**"), recursive=True)
                 if os.path.isfile(path) and not path.startswith(os.path.join(self.data, "samples"))]
        self.assertGreater(len(files), 2)
        for path in files:
            with open(path, "rb") as file:
                held = file.read()
            for number in numbers:
                self.assertNotIn(number, held, path)
        with open(os.path.join(self.data, "samples", "truth.csv"), "rb") as file:  # the scan finds what is there
            self.assertTrue(any(number in held for held in [file.read()] for number in numbers))

    def test_has_clues_and_cases_in_every_state(self):
        officer = Visitor(self.served(), "county")
        cases = officer.get("/api/cases?size=100")
        self.assertEqual(cases["total"], self.made["cases"])
        self.assertEqual(len(cases["items"]), cases["total"])
        reasons = {item["state"]["reason"]["code"] for item in cases["items"] if item["state"].get("reason")}
        self.assertEqual(CASE_STATES, worded("casework", "casework.state."))
        self.assertEqual(CLUE_STATES, worded("clues", "clues.state."))
        self.assertEqual(codes(cases["items"], "state"), CASE_STATES)
        self.assertEqual(reasons, CASE_REASONS)
        self.assertEqual(codes(cases["items"], "source"), SOURCES)
        self.assertTrue(any(item["paused"] for item in cases["items"]))
        self.assertTrue(any(item["green"] for item in cases["items"]))
        self.assertGreater(officer.get("/api/cases?overdue=true")["total"], 0)

        clues = []
        while len(clues) < officer.get("/api/clues?state=any&size=1")["total"]:
            clues += officer.get(f"/api/clues?state=any&size=100&page={len(clues) // 100 + 1}")["items"]
        self.assertEqual(codes(clues, "state"), CLUE_STATES)
        self.assertEqual(codes(clues, "closed_reason"), CLUE_REASONS)
        self.assertEqual(codes(clues, "source"), SOURCES)

    def test_each_number_of_its_bulletin_opens_a_list_as_long_as_it_says(self):
        address = self.served()
        county, editor = Visitor(address, "county"), Visitor(address, "editor")
        issues = county.get("/api/bulletin/issues")["items"]
        self.assertEqual([issue["state"]["code"] for issue in issues], ["checked", "published"])
        self.assertGreater(issues[0]["open_findings"], 0)
        told = 0
        for line in county.get("/api/bulletin/issues/" + issues[0]["id"])["articles"]:
            article = county.get("/api/bulletin/articles/" + line["id"])
            for snapshot in article["snapshots"]:
                self.assertGreater(snapshot["total"], 0, snapshot["query"])
                parts = 0
                for figure in snapshot["figures"]:
                    self.assertTrue(figure["printed"], figure)
                    listed = county.get(f"/api/bulletin/snapshots/{snapshot['id']}/rows?size=100&key={figure['key']}")
                    self.assertEqual(listed["total"], figure["value"], figure)
                    self.assertEqual(len(listed["items"]), min(100, figure["value"]))
                    parts += figure["value"] if figure["key"] else 0
                    told += 1
                self.assertIn(parts, (0, snapshot["total"]))
            seen = editor.get("/api/bulletin/articles/" + line["id"])
            self.assertEqual([number["list"] for number in seen["traced"]], [None] * len(article["traced"]))
        self.assertGreater(told, 5)

    def test_work_waits_for_those_of_the_sign_in_page(self):
        address = self.served()
        for account in ("village", "township", "leader", "county"):
            with self.subTest(account):
                self.assertGreater(Visitor(address, account).get("/api/work")["total"], 0)

    def test_every_area_but_one_has_its_secretary_and_findings_go_to_them(self):
        county = Visitor(self.served(), "county")
        answering = county.get("/api/indicators/responsible")
        self.assertEqual(answering["items"][0]["post"], "县委书记")
        self.assertEqual(len(answering["gaps"]), 1)
        self.assertEqual(len(answering["before"]), 2)
        owners = {finding["owner"] for finding in county.get("/api/indicators/findings")["items"]}
        self.assertGreater(len(owners - {""}), 0)

    def test_a_search_says_when_it_found_more_than_it_lists(self):
        county = Visitor(self.served(), "county")
        everybody = county.get("/api/registry/households?area=513431")
        self.assertGreater(everybody["total"], 500)
        number = everybody["items"][0]["household_no"]
        for what, total, more in ((number, 1, False), (number[:3], 500, True)):
            found = county.ask("POST", "/api/registry/search", {"q": what})[1]
            self.assertEqual((found["total"], found["more"]), (total, more))

    def test_screening_again_raises_nothing_new(self):
        again = answer("screen", "--data", self.data)
        self.assertEqual((again["raised"], again["merged"], again["cleared"]), (0, 0, 0))
        self.assertGreater(again["suppressed"], 0)
        self.assertLessEqual(again["suppressed"], self.made["warnings"])  # of those weeks ago some no longer hold

    def test_a_file_sent_twice_is_recognised(self):
        file = sorted(glob.glob(os.path.join(self.data, "samples", "feeds", "*.csv")))[0]
        code, out, errors = ballast("feeds", "receive", file, "--data", self.data)
        self.assertNotEqual(code, 0)
        self.assertIn("received before", out + errors)

    def test_the_audit_holds_and_nothing_overwrites_a_county(self):
        self.assertEqual(ballast("audit", "verify", "--data", self.data)[0], 0)
        code, _, errors = ballast("demo", "--data", self.data, "--people", "500", "--no-serve")
        self.assertEqual(code, 5, errors)


if __name__ == "__main__":
    unittest.main(verbosity=2)
