# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs from Python give the command line's bits, in columns, tables and files."""
import contextlib
import inspect
import json
import math
import re
import typing

import numpy as np
import pytest

from corridor_program import ROOT, SAMPLE, corridor as program
from frames_book import frames

corridor = pytest.importorskip("corridor")
pandas = pytest.importorskip("pandas")

BOOKS = ROOT / "data" / "books"
TREATIES = BOOKS / "treaties.h5"
SMALL = {"years": 200, "seed": 7, "progress": False}
FLAGS = ["--years", 200, "--seed", 7, "--quiet"]
GROUP = "65981d9d69b9ed1a034b"

# A verb's call, and the command line that asks for the same.
PAIRS = {
    "price": (lambda: corridor.price(SAMPLE, specific=[50_000, 1e5], corridor=1.25, levels=[0.9, "0.99"],
                                     principles=["wang_transform"], loads={"expense": 0.09},
                                     method="simulate", **SMALL),
              ["price", SAMPLE, "--specific", "50000,100000", "--corridor", "1.25", "--levels",
               "0.9,0.99", "--principles", "wang_transform", "--load", "expense=0.09", "--method",
               "simulate"]),
    "tail": (lambda: corridor.tail(TREATIES, levels=0.95, return_periods=[10, 50], members=3,
                                   marginal=GROUP, **SMALL),
             ["tail", TREATIES, "--levels", "0.95", "--return-periods", "10,50", "--members", 3,
              "--marginal", GROUP]),
    "scenario": (lambda: corridor.scenario("book.h5", "trend_plus_4", method="simulate",
                                           return_periods=[10, 50], **SMALL),
                 ["scenario", "book.h5", "trend_plus_4", "--method", "simulate", "--return-periods",
                  "10,50"]),
    "replay": (lambda: corridor.replay(SAMPLE, 11, group=GROUP, floor_usd=5000, **SMALL),
               ["replay", SAMPLE, "--group", GROUP, "--year", 11, "--floor", 5000]),
    "layers": (lambda: corridor.layers(SAMPLE, [(1e6, 1e6), (5e6, math.inf)], groups=GROUP, **SMALL),
               ["layers", SAMPLE, "--layer", "1000000:1000000,5000000:inf", "--groups", GROUP]),
    "maturity": (lambda: corridor.maturity("book.h5", specific=[20_000, math.inf], progress=False),
                 ["maturity", "book.h5", "--specific", "20000,inf", "--quiet"]),
    "employer": (lambda: corridor.employer(SAMPLE, GROUP, {"fees": {"administration_pepm": 38}},
                                           specific=[50_000, 75_000], **SMALL),
                 ["employer", SAMPLE, "--group", GROUP, "--specific", "50000,75000", "--arrangement",
                  "plan.toml"]),
}


def equal(ours, theirs):
    """Bit for bit: text as text, numbers with their NaN."""
    assert ours.dtype == theirs.dtype
    return np.array_equal(ours, theirs, equal_nan=ours.dtype.kind == "f")


def unequal_tables(ours, theirs):
    assert list(ours.tables) == list(theirs.tables)
    pairs = [(ours.tables[name], theirs.tables[name]) for name in ours.tables]
    pairs.append((ours.losses, theirs.losses))
    for one, other in pairs:
        assert set(one.columns) == set(other.columns)
        assert (one.units, one.descriptions) == (other.units, other.descriptions)
        yield from (f"{one.name}.{name}" for name in one if not equal(one[name], other[name]))


@pytest.fixture(scope="module", params=PAIRS)
def pair(request, tmp_path_factory):
    """What Python gives, and what the command line's file holds."""
    call, command = PAIRS[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    corridor.Book.from_frames(**frames()).write(folder / "book.h5")
    (folder / "plan.toml").write_text("[fees]\nadministration_pepm = 38\n")
    flags = [] if "maturity" in command else FLAGS
    outcome = program(*command, *flags, "-o", "theirs.h5", cwd=folder)
    assert outcome.code in (0, 1), outcome.why
    with contextlib.chdir(folder):
        ours = call()
    return ours, corridor.read_results(folder / "theirs.h5"), folder


def test_every_column_has_the_command_lines_bits(pair):
    ours, theirs, _ = pair
    assert ours.schema == theirs.schema
    assert list(unequal_tables(ours, theirs)) == []
    assert len(ours.table()) > 0


def test_gate_warnings_and_facts_are_the_command_lines(pair):
    ours, theirs, _ = pair
    assert ours.gate == theirs.gate
    if ours.kind != "employer":
        assert [(p.code, p.message) for p in ours.warnings] == [(p.code, p.message) for p in theirs.warnings]
        assert ours.run.settings == theirs.run.settings
    same = ("seed", "years", "input_digest", "table_digest", "version")
    assert [getattr(ours.run, name) for name in same] == [getattr(theirs.run, name) for name in same]
    assert ours.run.command_line.startswith("corridor.") and "progress" not in ours.run.command_line


def test_a_run_s_own_file_reads_back_as_the_run(pair):
    ours, _, folder = pair
    ours.write(folder / "ours.h5", replace=True)
    again = corridor.read_results(folder / "ours.h5")
    assert list(unequal_tables(ours, again)) == []
    assert again.run.command_line == ours.run.command_line
    with pytest.raises(corridor.CannotCreateError):
        ours.write(folder / "ours.h5")
    with pytest.raises(corridor.UsageError):
        again.write(folder / "copy.h5")


def test_json_and_csv_come_from_the_programs_writers(pair):
    ours, _, folder = pair
    ours.write(folder / "ours.json", replace=True)
    assert json.loads((folder / "ours.json").read_text())["schema"] == ours.schema
    ours.write(folder / "ours.csv", replace=True)
    lines = (folder / "ours.csv").read_text().splitlines()
    assert lines[0].split(",") == list(ours.table()) and len(lines) == len(ours.table()) + 1


def test_the_screen_is_the_command_lines(pair):
    if pair[0].kind == "maturity":
        with pytest.raises(corridor.UsageError, match="to_pandas"):
            pair[0].text()
    else:
        assert len(pair[0].text().splitlines()) > 3


def test_a_book_in_memory_and_its_file_have_the_same_results(tmp_path):
    book = corridor.Book.from_frames(**frames())
    book.write(tmp_path / "book.h5")
    in_memory, on_disk = (corridor.price(which, **SMALL) for which in (book, tmp_path / "book.h5"))
    assert list(unequal_tables(in_memory, on_disk)) == []
    assert in_memory.run.input_path == "a book in memory"
    assert in_memory.run.input_digest == book.digest
    assert book.file not in in_memory.run.command_line + repr(in_memory.warnings)


def test_a_stress_may_be_a_dict_or_a_file(tmp_path):
    (tmp_path / "stress.toml").write_text('name = "stress"\n[trend]\nshock = 0.1\n')
    book = corridor.Book.from_frames(**frames())
    made = [corridor.scenario(book, stress, **SMALL)
            for stress in ({"trend": {"shock": 0.1}}, tmp_path / "stress.toml")]
    assert list(unequal_tables(*made)) == []
    with pytest.raises(corridor.BadDataError):
        corridor.scenario(book, {"trend": {"shok": 0.1}}, **SMALL)


def test_pricing_may_be_a_dict_and_single_loads():
    stated = {"expense": 0.11, "specific": {"theta": 0.2}, "premium_tax_state": {"TX": 0.0175}}
    single = {"expense": 0.11, "specific.theta": 0.2, "premium_tax_state.TX": 0.0175}
    made = [corridor.price(SAMPLE, method="simulate", **how, **SMALL)
            for how in ({"pricing": stated}, {"loads": single})]
    assert list(unequal_tables(*made)) == []
    usual = corridor.price(SAMPLE, method="simulate", **SMALL)
    assert set(unequal_tables(usual, made[0])) >= {"summary.quoted_premium_usd"}


def test_an_explained_group_has_its_account():
    explained = corridor.price(SAMPLE, explain=GROUP, specific=50_000, corridor=1.25, **SMALL)
    assert explained.explanation["group_id"] == GROUP
    assert set(explained["summary"]["group_id"]) == {GROUP}


@pytest.mark.parametrize("arguments, words", [
    ({"specific": [1e5, 5e4]}, "comes after"), ({"specific": -1}, "not above 0"),
    ({"specific": 50_000.001}, "whole cents"), ({"specific": []}, "empty"),
    ({"corridor": 125}, "outside 0.5 to 5"), ({"levels": 1.5}, "1.5"), ({"levels": [0.9, "0.9"]}, "twice"),
    ({"principles": "wang_transfrm"}, "Did you mean wang_transform?"), ({"method": "sim"}, "unknown"),
    ({"device": "abacus"}, "Known are auto, cpu, cuda"), ({"years": 0}, "whole number from 1"),
    ({"years": 10.5}, "whole number"), ({"seed": -1}, "whole number from 0"),
    ({"threads": 0}, "whole number from 1"), ({"target_se": 0.5, "method": "exact"}, "target_se"),
    ({"max_years": 10}, "target_se"), ({"loads": {"expens": 0.1}}, "expens"),
    ({"joint": True, "method": "simulate"}, "joint"), ({"explain": "nobody"}, "nobody"),
])
def test_an_argument_that_does_not_fit_is_named_with_what_to_write(arguments, words):
    with pytest.raises(corridor.UsageError) as caught:
        corridor.price(SAMPLE, **{**SMALL, **arguments})
    assert words in str(caught.value) and caught.value.exit_code == 64
    assert isinstance(caught.value, ValueError)


# What a flag of the command line is called in Python, where it is not called the same.
RENAMED = {"load": "loads", "memory_limit": "memory_limit_bytes", "no_treaties": "treaties",
           "floor": "floor_usd", "layer": "layers"}
# Outputs, messages, and what Python says in other ways.
OF_THE_PROGRAM = {"help", "output", "csv", "csv_bom", "json", "force", "quiet", "dry_run", "from", "table",
                  "list", "all", "log_format", "log_file", "verbose", "color", "no_color"}


@pytest.mark.parametrize("command, function", [
    *((name, name) for name in ("price", "tail", "scenario", "replay", "layers", "employer", "check",
                                "maturity", "work", "merge")),
    ("plan price", "plan_price"), ("plan tail", "plan_tail")])
def test_every_flag_of_a_command_is_an_argument_of_its_function(command, function):
    shown = program(*command.split(), "--help").out
    flags = {flag.replace("-", "_") for flag in re.findall(r"^ +(?:-\w,)?--([a-z-]+)", shown, re.MULTILINE)}
    arguments = set(inspect.signature(getattr(corridor, function)).parameters)
    assert len(flags) >= 10
    machine = {"device", "threads", "instruction_set"} if command.startswith("plan") else set()
    assert {RENAMED.get(flag, flag) for flag in flags - OF_THE_PROGRAM} - machine - arguments == set()


def test_the_types_name_every_premium_principle():
    options = pytest.importorskip("corridor.options")
    assert typing.get_args(options.Principle) == tuple(corridor.principles())


def test_a_device_that_is_not_there_is_a_device_error():
    if corridor.devices()["cuda_usable"]:
        pytest.skip("there is one")
    with pytest.raises(corridor.DeviceError):
        corridor.price(SAMPLE, device="cuda", **SMALL)
