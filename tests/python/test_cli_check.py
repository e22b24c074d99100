# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor check: options beside the recorded rules of states, as text, JSON and CSV."""
import csv
import io
import os

import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, USAGE, corridor, entries

NOT_MET = 1
HEADER = "state,applies_to,specific_usd,laser_rule,effect,status,citation,source,recorded_on,text"


def ruled_book(path, states, effective="2026-07", employees=60, laser=None):
    """Three groups with deductibles of 20,000, 30,000 and 40,000."""
    book = small_book.content()
    book["groups"].update({"state": np.array(states, "S2"),
                           "effective": np.array([effective] * 3, "S7"),
                           "eligible_employees": np.full(3, employees, np.uint32),
                           "full_time_employees": np.full(3, employees, np.uint32),
                           "prior_year_employees": np.full(3, employees, np.uint32)})
    if laser is not None:
        book["members"]["laser_usd"] = np.full(small_book.MEMBERS, np.nan)
        book["members"]["laser_usd"][5] = laser
    return small_book.write(path, book)


def rules(path, *rows, header=HEADER):
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


@pytest.fixture(name="rule_file")
def _rule_file(tmp_path):
    return rules(tmp_path / "rules.csv",
                 'ZZ,all,30000,none,prohibits,binding,Code 7,a page,2026-11,"Thirty thousand, no lasers."')


@pytest.fixture(name="book")
def _book(tmp_path):
    return ruled_book(tmp_path / "book.h5", [b"ZZ", b"ZZ", b"ZZ"])


def test_options_outside_a_rule_are_named_with_both_numbers(book, rule_file):
    checked = corridor("check", book, "--rules", rule_file)
    assert checked.code == NOT_MET, checked.why
    assert "G1 (ZZ)" in checked.out and "violates" in checked.out, checked.why
    assert "specific deductible 20,000, at least 30,000 [ZZ line 2]" in checked.out, checked.why
    assert "Thirty thousand, no lasers." in checked.out and "Code 7" in checked.out
    assert "outside it: prohibits" in checked.out and "not verified" in checked.out
    assert "G2" not in checked.out and "G3" not in checked.out, checked.why
    assert checked.out.splitlines()[-1].endswith(
        "1 violate, 0 unknown, 0 stale, 2 ok, 0 not applicable"), checked.why


def test_a_book_within_its_rules_is_0_and_says_no_more(book, rule_file):
    checked = corridor("check", book, "--rules", rule_file, "--specific", "30000,50000")
    assert checked.code == OK, checked.why
    assert len(checked.out.splitlines()) == 1, checked.why
    assert "6 options" in checked.out and "6 ok" in checked.out


def test_all_shows_what_is_met_too(book, rule_file):
    checked = corridor("check", book, "--rules", rule_file, "--specific", "30000", "--all")
    assert checked.code == OK, checked.why
    assert "ok" in checked.out
    assert "specific deductible 30,000, at least 30,000" in checked.out, checked.why
    assert "nobody has a laser above the deductible" in checked.out


@pytest.mark.parametrize("laser", [350_000.0, np.inf])
def test_lasers_and_excluded_members_break_a_rule_of_no_lasers(laser, rule_file, tmp_path):
    book = ruled_book(tmp_path / "lasered.h5", [b"ZZ"] * 3, laser=laser)
    checked = corridor("check", book, "--rules", rule_file, "--specific", "30000", "--json")
    assert checked.code == NOT_MET, checked.why
    found = [(f["group_id"], f["part"], f["found"]) for f in checked.json()["findings"]]
    assert found == [("G1", "lasers", "inf" if np.isinf(laser) else laser)]


def test_unknown_is_1_and_says_why(rule_file, tmp_path):
    book = ruled_book(tmp_path / "elsewhere.h5", [b"ZZ", b"OR", b""])
    checked = corridor("check", book, "--rules", rule_file, "--specific", "50000")
    assert checked.code == NOT_MET, checked.why
    assert "no rule is recorded for OR" in checked.out
    assert "G3 (no state)" in checked.out and "the book gives no state" in checked.out


def test_json_has_the_summary_the_findings_and_the_rules(book, rule_file):
    document = corridor("check", book, "--rules", rule_file, "--json").json()
    assert document["options"] == 3
    assert document["summary"] == {"violates": 1, "unknown": 0, "stale": 0, "ok": 2,
                                   "not_applicable": 0}
    (finding,) = document["findings"]
    assert finding["group_id"] == "G1" and finding["outcome"] == "violates"
    assert (finding["required"], finding["found"]) == (30000, 20000)
    assert finding["aggregate_corridor"] == 1.25 and finding["rule_line"] == 2
    (rule,) = document["rules"]
    assert rule["citation"] == "Code 7" and rule["effect"] == "prohibits"
    assert rule["status"] == "binding" and rule["line"] == 2


def test_csv_goes_to_a_file_or_to_standard_output(book, rule_file, tmp_path):
    shown = corridor("check", book, "--rules", rule_file, "--csv", "-")
    assert shown.code == NOT_MET, shown.why
    (row,) = csv.DictReader(io.StringIO(shown.out))
    assert (row["group_id"], row["outcome"], row["part"]) == ("G1", "violates", "specific")
    assert row["text"] == "Thirty thousand, no lasers." and row["citation"] == "Code 7"
    path = tmp_path / "findings.csv"
    written = corridor("check", book, "--rules", rule_file, "--csv", path)
    assert written.code == NOT_MET and "violates" in written.out, written.why
    assert path.read_bytes().decode() == shown.out.replace("\n", "\r\n")
    again = corridor("check", book, "--rules", rule_file, "--csv", path)
    assert again.code == CANNOT_CREATE, again.why
    assert corridor("check", book, "--rules", rule_file, "--csv", path, "--force").code == NOT_MET
    assert sorted(entries(tmp_path)) == ["book.h5", "findings.csv", "rules.csv"]


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(book, tmp_path):
    rows = 'ZZ,all,30000,ok,,binding,=1+1,a page,2026-11,"Say ""no""."'
    shown = corridor("check", book, "--rules", rules(tmp_path / "r.csv", rows), "--csv", "-")
    (row,) = csv.DictReader(io.StringIO(shown.out))
    assert row["citation"] == "'=1+1" and row["text"] == 'Say "no".'


def test_control_characters_of_a_rule_file_do_not_reach_the_terminal(book, tmp_path):
    rows = "ZZ,all,30000,ok,,binding,Code,a page,2026-11,\x1b[2Jgone."
    shown = corridor("check", book, "--rules", rules(tmp_path / "r.csv", rows))
    assert "\x1b" not in shown.out and "?[2Jgone." in shown.out, shown.why


BAD_FILES = {
    "a number with separators": ('ZZ,all,"30,000",ok,,binding,C,S,2026-11,T.', HEADER,
                                 ["specific_usd: line 2", "'30,000' is not a number"]),
    "an unknown word": ("ZZ,all,30000,some,,binding,C,S,2026-11,T.", HEADER,
                        ["laser_rule: line 2", "ok, none, max_multiple"]),
    "no citation": ("ZZ,all,30000,ok,,binding,,S,2026-11,T.", HEADER,
                    ["citation: line 2", "empty"]),
    "an unknown column": ("ZZ,1", "state,specific", ["specific: line 1", "no such column"]),
    "a missing column": ("ZZ,all", "state,applies_to", ["status: line 1", "missing"]),
    "a short row": ("ZZ,all,30000", HEADER, ["line 2: the row has 3 cells"]),
    "an open quote": ('ZZ,"all', HEADER, ["line 2: a quote opens"]),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_rule_file_is_65_and_names_line_and_column(case, book, tmp_path):
    row, header, fragments = BAD_FILES[case]
    path = rules(tmp_path / "bad.csv", row, header=header)
    for command in ("check", "price"):
        refused = corridor(command, book, "--rules", path)
        assert refused.code == BAD_DATA and refused.out == "", refused.why
        for fragment in ("bad.csv", *fragments):
            assert fragment in refused.err, refused.why


def test_a_missing_rule_file_or_book_is_66(book, rule_file, tmp_path):
    refused = corridor("check", book, "--rules", tmp_path / "none.csv")
    assert refused.code == MISSING_INPUT and "none.csv" in refused.err, refused.why
    refused = corridor("check", tmp_path / "none.h5", "--rules", rule_file)
    assert refused.code == MISSING_INPUT and "none.h5" in refused.err, refused.why


@pytest.mark.parametrize("arguments, fragment", [
    (["--specific", "50000,30000"], "Use --specific 30000,50000"),
    (["--corridor", "125"], "For 125 percent write 1.25"),
    (["--json", "--csv", "-"], "standard output"),
    (["--csv", "findings.txt"], ".csv"),
    (["--rule", "x.csv"], "Did you mean --rules?"),
])
def test_a_bad_flag_is_64(arguments, fragment, book, tmp_path):
    refused = corridor("check", book, *arguments, cwd=tmp_path)
    assert refused.code == USAGE, refused.why
    assert fragment in refused.err, refused.why


def test_help_opens_with_examples_and_says_the_exit_codes():
    shown = corridor("check", "--help")
    assert shown.code == OK, shown.why
    assert shown.out.index("Examples:") < shown.out.index("Usage:"), shown.why
    assert "nothing violates and nothing is unknown" in shown.out
    assert "re-checked with the state" in shown.out


def test_the_built_in_rules_choose_by_state_month_and_size(tmp_path):
    new = ruled_book(tmp_path / "new.h5", [b"CA", b"NY", b"DE"], employees=15)
    document = corridor("check", new, "--json").json()
    assert document["rules_from"] == "built-in rules"
    violated = {(f["group_id"], f["part"]) for f in document["findings"]
                if f["outcome"] == "violates"}
    assert {("G1", "specific"), ("G2", "sale"), ("G3", "sale")} <= violated
    old = ruled_book(tmp_path / "old.h5", [b"UT", b"UT", b"UT"], "2025-06", employees=15)
    low = [f for f in corridor("check", old, "--json").json()["findings"]
           if f["part"] == "specific"]
    assert low == [], "10,000 was enough before July 2025"
    now = ruled_book(tmp_path / "now.h5", [b"UT", b"UT", b"UT"], "2025-07", employees=15)
    low = [f for f in corridor("check", now, "--json").json()["findings"]
           if f["part"] == "specific"]
    assert [(f["group_id"], f["required"]) for f in low] == [("G1", 25000)]


def test_price_flags_its_rows(book, rule_file):
    priced = corridor("price", book, "--rules", rule_file, "--years", 200, "--csv", "-")
    assert priced.code == OK, priced.why
    flags = {row["group_id"]: row["flags"].split(";") for row in csv.DictReader(io.StringIO(priced.out))}
    assert "RULE_VIOLATION" in flags["G1"] and "RULE_VIOLATION" not in flags["G2"]
    elsewhere = corridor("price", book, "--years", 200, "--csv", "-")
    for row in csv.DictReader(io.StringIO(elsewhere.out)):
        assert "RULE_UNKNOWN" in row["flags"].split(";"), "no rule is recorded for ZZ"


def test_nothing_is_left_beside_a_csv_that_cannot_be_written(book, rule_file, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root writes anywhere")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    refused = corridor("check", book, "--rules", rule_file, "--csv", folder / "findings.csv")
    assert refused.code == CANNOT_CREATE, refused.why
    assert entries(folder) == []
