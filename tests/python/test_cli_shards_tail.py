# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A study of the whole book in units of years and groups is that of one process, to the last bit."""
import json
import subprocess
import time

import h5py
import pytest

import small_book
from corridor_program import OK, PATIENCE_S, PROGRAM, ROOT, USAGE, corridor
from test_cli_results import contents

INCOMPLETE, INTERNAL = 75, 70
TREATIES = ROOT / "data" / "books" / "treaties.h5"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("book") / "book.h5")


def ok(*arguments, **options):
    outcome = corridor(*arguments, **options)
    assert outcome.code == OK, outcome.why
    return outcome


def planned(run, book, *flags, units):
    ok("plan", "tail", book, *flags, "-o", run, "--units", units)
    return run


def merged(run):
    ok("merge", run, "-o", f"{run}.h5", "-q", "--force")
    return contents(f"{run}.h5")


def single(tmp_path, book, *flags):
    ok("tail", book, *flags, "-o", tmp_path / "single.h5", "-q", "--force")
    return contents(tmp_path / "single.h5")


@pytest.mark.parametrize("units", [1, 2, 5, 9])
def test_units_of_years_and_groups_give_the_file_of_one_process(units, book, tmp_path):
    """2,500 years make at most two periods, so that five and nine units cut groups too."""
    flags = ["--years", "2500", "--levels", "0.9,0.99", "--marginal", "G2"]
    run = planned(tmp_path / "run", book, *flags, units=units)
    ok("work", run)
    assert merged(run) == single(tmp_path, book, *flags)


def test_treaties_layers_and_captives_ride_along(tmp_path):
    flags = ["--years", "4100"]
    run = planned(tmp_path / "run", TREATIES, *flags, units=8)
    manifest = json.loads((run / "manifest.json").read_text())
    assert len(manifest["year_bounds"]) == 5 and len(manifest["group_bounds"]) == 3
    ok("work", run)
    assert merged(run) == single(tmp_path, TREATIES, *flags)
    assert "quota share" in ok("merge", run, "--csv", "-", "--table", "treaties").out


@pytest.mark.parametrize("workers", [2, 4])
def test_workers_share_a_study_and_survive_kills(workers, book, tmp_path):
    flags = ["--years", "200000"]
    run = planned(tmp_path / "run", book, *flags, units=8)
    begun = [subprocess.Popen([PROGRAM, "work", str(run), "--worker", f"{i}/{workers}", "-q"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for i in range(workers)]
    time.sleep(0.15)
    begun[0].kill()
    for process in begun:
        process.wait(PATIENCE_S)
    ok("work", run)
    assert merged(run) == single(tmp_path, book, *flags)


def test_gaps_damage_and_wrong_bits_are_found(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "2500", units=4)
    assert corridor("merge", run).code == INCOMPLETE
    refused = corridor("work", run, "--self-check", "100%", env={"CORRIDOR_FAULT": "flip-unit-bit:3"})
    assert refused.code == INTERNAL and "years 1250 to 2499" in refused.err, refused.why
    ok("work", run)
    unit = run / "units" / "000002.unit"
    unit.write_bytes(unit.read_bytes()[:-1])
    assert corridor("merge", run).code == INCOMPLETE
    ok("work", run)
    assert merged(run) == single(tmp_path, book, "--years", "2500")
    with h5py.File(f"{run}.h5") as file:
        assert file["run"].attrs["bad_units"] == 1
        assert file["run"].attrs["units"] == 4


def test_results_are_studied_again(book, tmp_path):
    first = single(tmp_path, book, "--years", "2500", "--no-treaties")
    ok("tail", "--from", tmp_path / "single.h5", "-o", tmp_path / "again.h5", "-q")
    assert contents(tmp_path / "again.h5") == first
    assert corridor("tail", "--from", tmp_path / "single.h5", "--years", "7").code == USAGE


def test_outputs_of_the_other_command_are_refused(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "2500", units=1)
    ok("work", run)
    assert corridor("merge", run, "--csv", "-", "--csv-bom").code == USAGE
