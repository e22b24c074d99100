# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""--memory-limit is kept, or the run says before it simulates what it would take."""
import re
import subprocess
import sys

import h5py
import pytest

from corridor_program import OK, PROGRAM, ROOT, USAGE, corridor

MEGA = 1_000_000
# A child's peak counts what its parent held when it was forked, so that a small parent starts it.
WATCH = ("import os, sys; child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:]); "
         "_, status, usage = os.wait4(child, 0); print(status, usage.ru_maxrss)")


def peak_bytes(*arguments):
    done = subprocess.run([sys.executable, "-S", "-E", "-c", WATCH, PROGRAM, *map(str, arguments), "-q"],
                          capture_output=True, text=True, timeout=300)
    status, kib = map(int, done.stdout.split()[-2:])
    assert status in (0, 256), done.stderr
    return kib * 1024


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """1,000 groups, 25,000 members, 10,000 quotes: two parts of a run."""
    path = tmp_path_factory.mktemp("large") / "book.h5"
    subprocess.run([sys.executable, ROOT / "scripts" / "make_book", path, "--groups", "1000",
                    "--members-per-group", "25"], check=True, capture_output=True)
    return path


@pytest.mark.parametrize("limit_mb", [80, 110])
def test_a_pricing_keeps_its_memory_limit_within_a_tenth(limit_mb, book, tmp_path):
    peak = peak_bytes("price", book, "--years", "200", "--method", "simulate", "-o", tmp_path / "q.h5",
                      "--memory-limit", f"{limit_mb}MB")
    assert peak <= 1.1 * limit_mb * MEGA


def test_a_study_of_the_book_keeps_its_memory_limit_within_a_tenth(book, tmp_path):
    peak = peak_bytes("tail", book, "--years", "20000", "-o", tmp_path / "tail.h5",
                      "--memory-limit", "72MB")
    assert peak <= 1.1 * 72 * MEGA


def made_book(path, groups, members):
    subprocess.run([sys.executable, ROOT / "scripts" / "make_book", path, "--groups", str(groups),
                    "--members-per-group", str(members)], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def million(tmp_path_factory):
    """4,000 groups, a million members: 120 MB as a whole."""
    return made_book(tmp_path_factory.mktemp("million") / "book.h5", 4000, 250)


def test_a_book_that_memory_does_not_hold_is_studied_a_slice_at_a_time(million, tmp_path):
    asked = ("tail", million, "--years", "100", "--table", "contributions", "--csv")
    peak = peak_bytes(*asked, tmp_path / "sliced.csv", "--memory-limit", "64MB")
    assert peak <= 1.1 * 64 * MEGA
    whole = corridor(*asked, "-", "-q")
    assert whole.code in (OK, 1)
    assert whole.out == (tmp_path / "sliced.csv").read_text()


def test_rare_layers_of_a_book_that_memory_does_not_hold_are_priced_a_slice_at_a_time(million, tmp_path):
    asked = ("layers", million, "--layer", "1000000:1000000", "--years", "20", "--csv")
    peak = peak_bytes(*asked, tmp_path / "sliced.csv", "--memory-limit", "64MB")
    assert peak <= 1.1 * 64 * MEGA
    whole = corridor(*asked, "-", "-q")
    assert whole.code in (OK, 1)
    assert whole.out == (tmp_path / "sliced.csv").read_text()


def test_a_scenario_says_before_its_first_run_what_both_runs_take(million, tmp_path):
    asked = ("scenario", million, "effects_doubled", "--method", "simulate", "--years", "20",
             "-o", tmp_path / "scenario.h5")
    refused = corridor(*asked, "--memory-limit", "100MB")
    assert refused.code == USAGE, refused.why
    enough = int(re.search(r"Give --memory-limit (\d+)MB or more", refused.err)[1])
    assert 100 < enough < 250
    assert peak_bytes(*asked, "--memory-limit", f"{enough}MB") <= 1.1 * enough * MEGA


def test_one_employer_of_a_large_book_takes_the_memory_of_one_group(million, tmp_path):
    with h5py.File(million) as file:
        group = file["groups/group_id"][2000].decode()
    peak = peak_bytes("employer", million, "--group", group, "--years", "100", "-o", tmp_path / "e.h5",
                      "--memory-limit", "64MB")
    assert peak <= 1.1 * 64 * MEGA


def test_units_of_a_study_are_computed_a_slice_at_a_time(million, tmp_path):
    asked = ("tail", million, "--years", "60")
    run = tmp_path / "run"
    planned = corridor("plan", *asked, "--memory-limit", "64MB", "--units", "2", "-o", run)
    assert planned.code == OK, planned.why
    assert peak_bytes("work", run) <= 1.1 * 64 * MEGA
    assert peak_bytes("merge", run, "--csv", tmp_path / "merged.csv") <= 1.1 * 64 * MEGA
    whole = corridor(*asked, "--csv", "-", "-q")
    assert whole.code in (OK, 1)
    assert whole.out == (tmp_path / "merged.csv").read_text()


def test_a_book_that_memory_does_not_hold_is_priced_a_slice_at_a_time(million, tmp_path):
    path = million
    asked = ("price", path, "--specific", "100000", "--years", "20", "--method", "simulate")
    peak = peak_bytes(*asked, "--csv", tmp_path / "sliced.csv", "--memory-limit", "64MB")
    assert peak <= 1.1 * 64 * MEGA
    whole = corridor(*asked, "--csv", "-", "-q")
    assert whole.code in (OK, 1)
    assert whole.out == (tmp_path / "sliced.csv").read_text()
    assert corridor(*asked, "--memory-limit", "64MB", "--dry-run").code == OK


def test_units_of_a_run_are_computed_a_slice_at_a_time(book, tmp_path):
    asked = ("price", book, "--specific", "100000,200000,300000", "--years", "20", "--method", "simulate")
    whole = corridor(*asked, "--csv", "-", "-q")
    run = tmp_path / "run"
    planned = corridor("plan", *asked, "--memory-limit", "64MB", "--units", "3", "-o", run)
    assert planned.code == OK, planned.why
    assert peak_bytes("work", run) <= 1.1 * 64 * MEGA
    merged = corridor("merge", run, "--csv", "-", "-q")
    assert merged.code in (OK, 1) and merged.out == whole.out


def test_a_limit_that_one_group_exceeds_is_refused_with_one_that_does(tmp_path):
    path = made_book(tmp_path / "one.h5", 1, 1_000_000)
    asked = ("price", path, "--years", "3", "--method", "simulate", "-o", tmp_path / "quotes.h5")
    refused = corridor(*asked, "--memory-limit", "64MB")
    assert refused.code == USAGE, refused.why
    assert not (tmp_path / "quotes.h5").exists()
    enough = int(re.search(r"Give --memory-limit (\d+)MB or more", refused.err)[1])
    assert 64 < enough < 160
    assert peak_bytes(*asked, "--memory-limit", f"{enough}MB") <= 1.1 * enough * MEGA


def test_figures_do_not_depend_on_the_memory_limit(book, tmp_path):
    found = [corridor("price", book, "--years", "50", "--csv", "-", "-q", "--method", "simulate", *limit)
             for limit in ([], ["--memory-limit", "100MB"])]
    assert all(each.code in (OK, 1) for each in found)
    assert found[0].out == found[1].out
