# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A run cut into units gives, to the last bit, what one process gives, whatever happens on the way."""
import json
import shutil
import signal
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import (BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, PATIENCE_S, PROGRAM, ROOT, USAGE, corridor)
from test_cli_results import contents

INCOMPLETE, INTERNAL = 75, 70
CONTRACTS = ROOT / "data" / "books" / "contracts.h5"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("book") / "book.h5")


def ok(*arguments, **options):
    outcome = corridor(*arguments, **options)
    assert outcome.code == OK, outcome.why
    return outcome


def planned(run, book, *flags, units=3):
    ok("plan", "price", book, *flags, "-o", run, "--units", units)
    return run


def merged(run):
    ok("merge", run, "-o", f"{run}.h5", "-q", "--force")
    return contents(f"{run}.h5")


def single(tmp_path, book, *flags):
    ok("price", book, *flags, "-o", tmp_path / "single.h5", "-q", "--force")
    return contents(tmp_path / "single.h5")


def unit(run, number):
    return run / "units" / f"{number:06}.unit"


def unit_events(log):
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return [event for event in lines if event["event"] == "unit"]


@pytest.mark.parametrize("flags", [
    ["--years", "2000"],
    ["--years", "500", "--method", "simulate", "--principles", "wang_transform,tvar",
     "--levels", "0.9,0.99", "--specific", "20000,40000", "--corridor", "1.1,1.25"],
    ["--years", "300", "--method", "simulate", "--target-se", "10%", "--max-years", "3000",
     "--memory-limit", "1GB"],
    ["--method", "exact"]])
def test_units_give_the_file_of_one_process(flags, book, tmp_path):
    expected = single(tmp_path, book, *flags)
    for units in (1, 3):
        run = planned(tmp_path / f"run{units}", book, *flags, units=units)
        ok("work", run)
        assert merged(run) == expected, units


def test_options_of_contracts_ride_along(tmp_path):
    flags = ["--years", "100", "--method", "simulate", "--specific", "100000", "--corridor", "1.25"]
    run = planned(tmp_path / "run", CONTRACTS, *flags, units=4)
    ok("work", run)
    assert merged(run) == single(tmp_path, CONTRACTS, *flags)


def test_control_variates_ride_along(tmp_path):
    content = small_book.content()
    groups = content["groups"]
    del groups["aggregate_corridor"]
    groups["aggregate_attachment_usd"] = np.array([45000.0, 120000.0, 200000.0])
    groups["specific_family_deductible_usd"] = np.array([30000.0, np.inf, np.inf])
    content["members"]["family"] = np.where(np.arange(60) < 10, 1 + np.arange(60) // 4, 0).astype(np.uint32)
    families = small_book.write(tmp_path / "book.h5", content)
    flags = ["--years", "2000", "--method", "simulate", "--control-variates"]
    run = planned(tmp_path / "run", families, *flags, units=3)
    ok("work", run)
    assert merged(run) == single(tmp_path, families, *flags)


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_workers_share_a_run_and_survive_kills(workers, book, tmp_path):
    flags = ["--years", "20000", "--method", "simulate"]
    run = planned(tmp_path / "run", book, *flags)
    begun = [subprocess.Popen([PROGRAM, "work", str(run), "--worker", f"{i}/{workers}", "-q",
                               "--instruction-set", "scalar" if i % 2 else "avx2"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
             for i in range(workers)]
    time.sleep(0.15)
    begun[0].kill()
    for process in begun:
        process.wait(PATIENCE_S)
    ok("work", run)
    assert merged(run) == single(tmp_path, book, *flags)
    assert not list((run / "units").glob("*.tmp.*"))
    assert not list((run / "claims").iterdir())


def test_damaged_results_are_computed_again_and_counted(book, tmp_path):
    flags = ["--years", "300", "--method", "simulate"]
    run = planned(tmp_path / "run", book, *flags)
    ok("work", run)
    unit(run, 0).write_bytes(unit(run, 0).read_bytes()[:-7])
    flipped = bytearray(unit(run, 1).read_bytes())
    flipped[len(flipped) // 2] ^= 8
    unit(run, 1).write_bytes(flipped)
    shutil.copy(unit(run, 1), unit(run, 2))
    refused = corridor("merge", run, "-o", tmp_path / "no.h5")
    assert refused.code == INCOMPLETE and "3 of 3 units are missing or damaged" in refused.err, refused.why
    again = json.loads(ok("work", run, "--json").out)
    assert (again["computed"], again["bad"], again["finished"]) == (3, 3, True)
    assert merged(run) == single(tmp_path, book, *flags)
    with h5py.File(f"{run}.h5") as file:
        assert file["run"].attrs["bad_units"] == 3
        assert file["run"].attrs["units"] == 3


def test_a_finished_run_is_left_alone(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    ok("work", run)
    before = {path: path.stat().st_mtime_ns for path in (run / "units").iterdir()}
    assert "all 3 units were done already" in ok("work", run).out
    assert "3 done" in ok("plan", "price", book, "--years", "300", "--method", "simulate", "-o", run,
                          "--units", "3").out
    assert {path: path.stat().st_mtime_ns for path in (run / "units").iterdir()} == before


def test_a_gap_is_75_and_names_the_units(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    assert corridor("merge", run).code == INCOMPLETE
    ok("work", run)
    unit(run, 1).unlink()
    refused = corridor("merge", run, "-o", tmp_path / "no.h5")
    assert refused.code == INCOMPLETE and "1 of 3 units" in refused.err and "(1)" in refused.err
    assert not (tmp_path / "no.h5").exists()
    assert json.loads(ok("work", run, "--json").out)["computed"] == 1
    merged(run)


def test_another_run_in_the_folder_is_73(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300")
    refused = corridor("plan", "price", book, "--years", "301", "-o", run)
    assert refused.code == CANNOT_CREATE and "[E_RUN_EXISTS]" in refused.err, refused.why
    ok("plan", "price", book, "--years", "301", "-o", run, "--restart")
    assert json.loads((run / "manifest.json").read_text())["years"] == 301


def test_a_changed_manifest_is_65_and_a_missing_one_66(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300")
    manifest = run / "manifest.json"
    manifest.write_text(manifest.read_text().replace("--years=300", "--years=400"))
    for command in ("work", "merge"):
        refused = corridor(command, run)
        assert refused.code == BAD_DATA and "[E_RUN_MANIFEST]" in refused.err, refused.why
    assert corridor("work", tmp_path / "nowhere").code == MISSING_INPUT


def test_a_changed_book_is_65_and_names_both_digests(book, tmp_path):
    mine = tmp_path / "mine.h5"
    shutil.copy(book, mine)
    run = planned(tmp_path / "run", mine, "--years", "300")
    ok("work", run)
    planned_digest = json.loads((run / "manifest.json").read_text())["book"]["digest"]
    changed = small_book.content()
    changed["members"]["scale"][3] *= 1.01
    small_book.write(mine, changed)
    for command in ("work", "merge"):
        refused = corridor(command, run)
        assert refused.code == BAD_DATA and planned_digest in refused.err, refused.why
        assert refused.err.count("digest") >= 1 and "[E_RUN_BOOK]" in refused.err
    ok("work", run, "--book", book)
    ok("merge", run, "--book", book, "-o", tmp_path / "moved.h5", "-q")


def test_a_changed_pricing_file_is_65(book, tmp_path):
    loads = tmp_path / "loads.toml"
    loads.write_text("expense = 0.1\n")
    run = tmp_path / "run"
    ok("plan", "price", book, "--years", "300", "--method", "simulate", "--pricing", "loads.toml", "-o", run,
       cwd=tmp_path)
    ok("work", run, cwd="/")
    loads.write_text("expense = 0.2\n")
    refused = corridor("merge", run)
    assert refused.code == BAD_DATA and "[E_RUN_INPUT]" in refused.err, refused.why


def test_time_that_is_up_is_75_before_the_next_unit(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    stopped = corridor("work", run, "--max-hours", "0")
    assert stopped.code == INCOMPLETE and "0 of 3 units done" in stopped.err, stopped.why
    assert list((run / "units").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1])
def test_a_signal_ends_a_worker_after_its_unit_with_75(number, book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "3000000", "--method", "simulate", "--device", "cpu",
                  "--instruction-set", "scalar", "--threads", "1")
    process = subprocess.Popen([PROGRAM, "work", str(run)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    while not list((run / "claims").iterdir()):
        time.sleep(0.01)
        assert process.poll() is None
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == INCOMPLETE, err
    assert "1 units computed here" in out and "Run corridor work" in err
    assert len(list((run / "units").iterdir())) == 1


def test_a_wrong_bit_is_found_where_units_are_computed_twice(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    fault = {"CORRIDOR_FAULT": "flip-unit-bit:1"}
    refused = corridor("work", run, "--self-check", "100%", env=fault)
    assert refused.code == INTERNAL and "unit 1 (groups G2 to G2, years 0 to 299)" in refused.err, refused.why
    assert not unit(run, 1).exists()
    assert json.loads(ok("work", run, "--self-check", "100%", "--json").out)["self_checked"] == 2
    assert merged(run) == single(tmp_path, book, "--years", "300", "--method", "simulate")
    with h5py.File(f"{run}.h5") as file:
        assert file["run"].attrs["self_checked_units"] == 3


def test_results_price_themselves_again(book, tmp_path):
    first = single(tmp_path, book, "--years", "300", "--method", "simulate", "--load", "expense=0.1")
    ok("price", "--from", tmp_path / "single.h5", "-o", tmp_path / "again.h5", "--threads", "1", "-q")
    assert contents(tmp_path / "again.h5") == first
    refused = corridor("price", "--from", tmp_path / "single.h5", "--seed", "2")
    assert refused.code == USAGE and "--seed=2" in refused.err, refused.why
    refused = corridor("price", "--from", book)
    assert refused.code == BAD_DATA and "corridor.quotes" in refused.err, refused.why


def test_a_merged_file_prices_itself_again(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    ok("work", run)
    expected = merged(run)
    ok("price", "--from", f"{run}.h5", "-o", tmp_path / "again.h5", "-q")
    assert contents(tmp_path / "again.h5") == expected


@pytest.mark.parametrize("environment,first", [
    ({"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "1"}, 2),
    ({"SLURM_PROCID": "1", "SLURM_NTASKS": "3"}, 1),
    ({"OMPI_COMM_WORLD_RANK": "2", "OMPI_COMM_WORLD_SIZE": "3"}, 2),
    ({"PMI_RANK": "1", "PMI_SIZE": "3"}, 1),
    ({"JOB_COMPLETION_INDEX": "1", "CORRIDOR_WORKERS": "3"}, 1),
    ({}, 0)])
def test_a_worker_knows_its_number_from_the_scheduler(environment, first, book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    ok("work", run, "-q", "--log-file", tmp_path / "work.log", env=environment)
    assert [event["unit"] for event in unit_events(tmp_path / "work.log")] == [
        (first + step) % 3 for step in range(3)]


def test_a_worker_logs_its_units_as_the_schema_says(book, tmp_path):
    schemas = pytest.importorskip("json_schemas")
    run = planned(tmp_path / "run", book, "--years", "300", "--method", "simulate")
    ok("work", run)
    unit(run, 1).unlink()
    ok("work", run, "--log-file", tmp_path / "work.log")
    [event] = unit_events(tmp_path / "work.log")
    assert (event["unit"], event["outcome"]) == (1, "computed") and event["seconds"] > 0
    schemas.check(event, "log")


def test_flags_that_make_no_sense_are_usage_errors(book, tmp_path):
    run = planned(tmp_path / "run", book, "--years", "50")
    for flags in (["--worker", "3/3"], ["--worker", "x"], ["--self-check", "2"], ["--max-hours", "-1"]):
        assert corridor("work", run, *flags).code == USAGE, flags
    refused = corridor("plan", "price", book, "--target-se", "1%", "-o", tmp_path / "other")
    assert refused.code == USAGE and "--memory-limit" in refused.err
    assert corridor("plan", "-o", run).code == USAGE
    refused = corridor("plan", "price", book, "--yeers", "5", "-o", run)
    assert refused.code == USAGE and "--years" in refused.err, refused.why


def test_chaos_changes_nothing():
    done = subprocess.run([sys.executable, ROOT / "scripts" / "chaos", "--rounds", "2", "--program", PROGRAM, "--pause", "0.1",
                           "--units", "6", "--", "--years", "3000", "--method", "simulate"],
                          stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == OK and "1 distinct results, equal to one process's" in done.stdout, done.stdout
