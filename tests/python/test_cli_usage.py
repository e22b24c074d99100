# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What a command line may say: exit 64 names flag, value and remedy; help, version and outside commands."""
import os
import stat

import pytest

import small_book
from corridor_program import BAD_DATA, MISSING_INPUT, OK, USAGE, corridor, entries


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("book") / "book.h5")


REFUSED = {
    "unsorted deductibles": (["--specific", "100000,50000"],
                             ["--specific 100000,50000", "50000 comes after 100000",
                              "Use --specific 50000,100000"]),
    "repeated deductible": (["--specific", "50000,100000,100000"],
                            ["twice", "Use --specific 50000,100000"]),
    "zero deductible": (["--specific", "0"], ["--specific", "not above 0"]),
    "negative deductible": (["--specific", "-50000"], ["--specific -50000", "not above 0"]),
    "NaN deductible": (["--specific", "nan"], ["'nan' is not a number"]),
    "no deductible": (["--specific", ""], ["--specific", "empty"]),
    "thousands separators": (["--specific", "50,000"], ["without thousands separators"]),
    "deductible beyond cents": (["--specific", "1e17"], ["--specific 1e17", "above 1000000000"]),
    "half cents": (["--specific", "50000.005"], ["whole cents"]),
    "unsorted corridors": (["--corridor", "1.25,1.1"], ["Use --corridor 1.1,1.25"]),
    "corridor in percent": (["--corridor", "125"], ["For 125 percent write 1.25"]),
    "corridor below the range": (["--corridor", "0.2"], ["outside 0.5 to 5"]),
    "zero years": (["--years", "0"], ["--years 0", "from 1 to 4294967295"]),
    "too many years": (["--years", "4294967296"], ["--years 4294967296", "from 1 to 4294967295"]),
    "negative years": (["--years", "-5"], ["--years -5"]),
    "years with an exponent": (["--years", "1e6"], ["--years 1e6", "whole number"]),
    "seed beyond 64 bits": (["--seed", "18446744073709551616"], ["--seed"]),
    "level of 1": (["--levels", "1"], ["--levels 1"]),
    "level of 0": (["--levels", "0"], ["--levels 0"]),
    "level in percent": (["--levels", "99"], ["--levels 99", "For 99 percent write 0.99"]),
    "level twice": (["--levels", "0.99,0.990"], ["--levels", "twice"]),
    "unknown principle": (["--principles", "wang_transfrom"],
                          ["'wang_transfrom' is unknown", "Did you mean wang_transform?"]),
    "unknown device": (["--device", "cdua"], ["--device", "Did you mean cuda?"]),
    "unknown instruction set": (["--instruction-set", "avx1024"], ["--instruction-set", "avx512"]),
    "no threads": (["--threads", "0"], ["--threads 0"]),
    "no memory": (["--memory-limit", "lots"], ["--memory-limit lots", "8GB"]),
    "less memory than any run takes": (["--memory-limit", "1MB"],
                                       ["--memory-limit 1MB", "64MB to", "8GB"]),
    "a capital level of 1": (["--load", "capital_level=1"],
                             ["load 'capital_level=1'", "between 0 and 1", "0.995"]),
    "a load out of its range": (["--load", "expense=8"],
                                ["load 'expense=8'", "0 to 0.95", "share of the premium"]),
    "unknown load": (["--load", "expens=0.1"], ["expens"]),
    "load without value": (["--load", "expense"], ["expense"]),
    "load of no number": (["--load", "expense=much"], ["much"]),
    "unknown flag": (["--specifc", "50000"], ["--specifc", "Did you mean --specific?"]),
    "a second book": (["other.h5"], ["other.h5"]),
    "flag without value": (["--years"], ["--years"]),
    "flag twice": (["--years", "10", "--years", "20"], ["--years is there twice. Give it once"]),
    "corridor as a margin in percent": (["--corridor", "25"], ["For 25 percent write 1.25"]),
    "unknown ending": (["-o", "out.xls"], ["-o out.xls", ".h5"]),
    "CSV to another ending": (["--csv", "out.txt"], ["--csv out.txt", ".csv"]),
    "standard output twice": (["--json", "--csv", "-"], ["standard output"]),
    "nowhere to go": (["--quiet"], ["--quiet", "would go nowhere"]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_flag_is_64_and_names_the_remedy(case, book, tmp_path):
    arguments, fragments = REFUSED[case]
    refused = corridor("price", book, *arguments, cwd=tmp_path)
    assert refused.code == USAGE, refused.why
    for fragment in fragments:
        assert fragment in refused.err, refused.why
    assert entries(tmp_path) == []
    assert refused.out == "" or "--json" in arguments, refused.why


def test_flags_are_checked_before_the_book_is_opened():
    refused = corridor("price", "no-such-book.h5", "--years", "0")
    assert refused.code == USAGE, refused.why


def test_usage_errors_speak_json_too(book):
    refused = corridor("price", book, "--json", "--years", "0")
    error = refused.json()["error"]
    assert (error["kind"], error["exit_code"]) == ("usage", USAGE)
    assert "--years 0" in error["message"]


def test_no_command_and_unknown_commands_are_64():
    assert corridor().code == USAGE
    misspelt = corridor("pirce")
    assert misspelt.code == USAGE
    assert "Did you mean price?" in misspelt.err, misspelt.why
    assert "Did you mean" not in corridor("reinsure").err


def test_a_command_without_its_book_is_64():
    for command in ("price", "tail", "validate", "seal"):
        refused = corridor(command)
        assert refused.code == USAGE, refused.why
        assert "BOOK" in refused.err


def test_help_opens_with_examples():
    for command in ("price", "tail", "validate", "info", "seal"):
        shown = corridor(command, "--help")
        assert shown.code == OK and shown.err == "", shown.why
        assert shown.out.index("Examples:") < shown.out.index("Usage:"), shown.why
        assert f"corridor {command} " in shown.out
    overview = corridor("--help")
    assert overview.code == OK
    assert overview.out.index("Examples:") < overview.out.index("Commands:")
    assert "__read-book" not in overview.out


def test_help_of_price_lists_every_principle_and_load():
    shown = corridor("price", "--help").out
    for name in ("expected_value", "wang_transform", "cost_of_capital", "premium_tax", "theta"):
        assert name in shown


def test_version_is_one_line():
    shown = corridor("--version")
    assert shown.code == OK
    assert shown.out.startswith("corridor ") and shown.out.count("\n") == 1


def test_an_unknown_command_runs_the_program_of_that_name(tmp_path):
    program = tmp_path / "corridor-hello"
    program.write_text("#!/bin/sh\necho \"hello $@\"\nexit 7\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    said = corridor("hello", "to", "--you all", env=path)
    assert (said.code, said.out) == (7, "hello to --you all\n"), said.why
    assert corridor("hello").code == USAGE


def test_numbers_are_read_and_written_the_same_in_every_locale(book):
    plain = corridor("price", book, "--years", 200, "--specific", "50000.5", "--csv", "-")
    for locale in ("de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "C"):
        other = corridor("price", book, "--years", 200, "--specific", "50000.5", "--csv", "-",
                         env={"LC_ALL": locale, "LANG": locale})
        assert other.out == plain.out, other.why


def test_no_colour_off_a_terminal_and_none_with_no_color(book):
    for env in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\033" not in corridor("price", book, "--years", 0, env=env).err


def on_a_terminal(arguments, env):
    """stderr of a run whose stderr is a terminal."""
    master, slave = os.openpty()
    refused = corridor(*arguments, env=env, stderr=slave)
    os.close(slave)
    said = os.read(master, 65536).decode()
    os.close(master)
    assert refused.code == USAGE
    return said


def test_a_terminal_gets_colour_unless_no_color_is_set(book):
    arguments = ("price", book, "--years", "0")
    assert "\033[" in on_a_terminal(arguments, {"TERM": "xterm", "NO_COLOR": ""})
    assert "\033" not in on_a_terminal(arguments, {"TERM": "xterm", "NO_COLOR": "1"})
    assert "\033" not in on_a_terminal(arguments, {"TERM": "dumb", "NO_COLOR": ""})


def test_a_terminal_gets_a_progress_line_that_is_taken_away(book):
    master, slave = os.openpty()
    done = corridor("price", book, "--years", 500000, "--csv", "-", stderr=slave)
    os.close(slave)
    said = os.read(master, 65536).decode()
    os.close(master)
    assert done.code == OK
    if "simulate" in said:  # a run under a fifth of a second shows none
        assert said.rindex("\033[K") > said.rindex("simulate")


def test_a_pricing_file_is_checked_with_its_line(book, tmp_path):
    (tmp_path / "loads.toml").write_text("expense = 0.1\nexpens = 0.2\n")
    refused = corridor("price", book, "--pricing", "loads.toml", cwd=tmp_path)
    assert refused.code == BAD_DATA, refused.why
    assert "loads.toml" in refused.err and "expens" in refused.err
    missing = corridor("price", book, "--pricing", "none.toml", cwd=tmp_path)
    assert missing.code == MISSING_INPUT, missing.why
    assert "none.toml" in missing.err


def test_a_misspelt_column_is_told_with_the_one_that_was_meant(tmp_path):
    book = small_book.content()
    book["groups"]["aggregate_coridor"] = book["groups"].pop("aggregate_corridor")
    book["members"]["exposuer"] = book["members"].pop("exposure")
    book["groups"]["zzz"] = book["groups"]["specific_deductible_usd"]
    found = corridor("validate", small_book.write(tmp_path / "book.h5", book)).out
    assert "Did you mean /groups/aggregate_corridor?" in found
    assert "Did you mean /members/exposure?" in found
    assert "/groups/zzz: this is not part of a book" in found and found.count("Did you mean") == 2
